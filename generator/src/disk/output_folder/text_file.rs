//! Writes a single file that people edit, too: the file has the old text or the new one at every moment.

use std::ffi::OsString;
use std::path::Path;

use super::{Error, disk};

/// Replaces the text of a file, or creates it. If the path is a link, the file that it leads to is replaced.
pub(crate) fn write_text(path: &Path, text: &str) -> Result<(), Error> {
    let real = path.canonicalize().unwrap_or_else(|_| path.to_owned());
    let mut name = OsString::from(".");
    name.push(real.file_name().unwrap_or_default());
    name.push(".codegen-partial");
    let partial = real.with_file_name(name);
    // An interrupted run left it.
    if disk::file_type_at(&partial)?.is_some() {
        disk::remove_file(&partial)?;
    }
    let replace = || {
        disk::write_new(&partial, text)?;
        if disk::file_type_at(&real)?.is_some() {
            disk::copy_permissions(&real, &partial)?;
        }
        disk::replace(&partial, &real)
    };
    replace().map_err(|error| {
        let _ = disk::remove_file(&partial);
        Error::from(error)
    })
}
