//! The folder of a runtime that several clients share. Each client writes it, with the same content.

use std::fs;
use std::path::{Path, PathBuf};

use super::output_folder::{Error, OutputFolder, Plan, Written};
use super::real_path::{absolute, simplified};
use crate::RuntimeCrate;

/// The folder of a runtime that several clients share.
///
/// # Examples
///
/// ```no_run
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// use openapi_crate::disk::{Project, RuntimeFolder};
///
/// let (generated, _) = Project::new("api/openapi.yaml", "crates/acme-client").generate()?;
/// if let Some(runtime) = &generated.runtime {
///     RuntimeFolder::open("crates/acme-client".as_ref(), runtime)?.write(runtime)?;
/// }
/// # Ok(())
/// # }
/// ```
#[derive(Debug)]
pub struct RuntimeFolder {
    path: PathBuf,
    folder: OutputFolder,
}

impl RuntimeFolder {
    /// Opens the folder of the runtime of a client, whose folder is `client`. A missing folder will be created.
    ///
    /// # Errors
    ///
    /// Returns an error if the folder contains other files or another crate, or overlaps the folder of the client.
    pub fn open(client: &Path, runtime: &RuntimeCrate) -> Result<Self, Error> {
        // Cargo resolves the path in the same way, without following links.
        let path = simplified(&client.join(&runtime.path));
        let (real, client) = (absolute(&path), absolute(client));
        if real.starts_with(&client) || client.starts_with(&real) {
            return Err(Error::RuntimeInClient(path));
        }
        let folder = match OutputFolder::open(&path) {
            Err(Error::NotOurs(_)) => return Err(Error::RuntimeNotOurs(path)),
            Err(Error::NotAFolder(_) | Error::DanglingLink { .. }) => {
                return Err(Error::RuntimeNotAFolder(path));
            }
            opened => opened?,
        };
        match package_name(&real) {
            Some(found) if found != runtime.name => {
                Err(Error::OtherCrate { folder: path, found, wanted: runtime.name.clone() })
            }
            _ => Ok(Self { path, folder }),
        }
    }

    /// Returns the path of the folder.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Compares the folder with the crate. Never writes.
    ///
    /// # Errors
    ///
    /// Returns an error if the folder cannot be read.
    pub fn compare(&self, runtime: &RuntimeCrate) -> Result<Plan, Error> {
        self.folder.compare(&runtime.files)
    }

    /// Makes the folder equal to the crate.
    ///
    /// # Errors
    ///
    /// Returns an error if the folder has files of others in the place of generated ones, or cannot be written.
    pub fn write(&self, runtime: &RuntimeCrate) -> Result<Written, Error> {
        self.folder.write(&runtime.files)
    }
}

/// Returns the name of the crate in a folder. `None` if there is no crate.
fn package_name(folder: &Path) -> Option<String> {
    let manifest: toml::Table = fs::read_to_string(folder.join("Cargo.toml")).ok()?.parse().ok()?;
    Some(manifest.get("package")?.get("name")?.as_str()?.to_owned())
}
