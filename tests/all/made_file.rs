//! Writes the files of crates that tests compile.

use std::fs;
use std::path::Path;

/// Writes a file, unless it has this text: then cargo does not compile it again.
pub(super) fn write(path: &Path, text: &str) {
    if fs::read_to_string(path).is_ok_and(|before| before == text) {
        return;
    }
    fs::create_dir_all(path.parent().expect("the path has a parent")).expect("the folder can be created");
    fs::write(path, text).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
}
