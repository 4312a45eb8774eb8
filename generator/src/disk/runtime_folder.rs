//! The folder of a runtime that several clients share. Each client writes it, with the same content.

use std::fs;
use std::path::{Path, PathBuf};

use super::output_folder::{Error, OutputFolder, Plan, Written};
use super::real_path::{absolute, simplified};
use crate::{LOCK_FILE_NAME, RuntimeCrate};

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
        match Package::in_folder(&real) {
            Some(package) if !package.is_runtime => Err(Error::OtherCrate(path)),
            Some(Package { name, .. }) if name != runtime.name => {
                Err(Error::OtherRuntime { folder: path, found: name, expected: runtime.name.clone() })
            }
            _ if real.join(LOCK_FILE_NAME).exists() => Err(Error::OtherCrate(path)),
            _ => Ok(Self { path, folder }),
        }
    }

    /// Refuses the folder of a runtime as the folder of a client.
    ///
    /// # Errors
    ///
    /// Returns an error if the folder contains a runtime.
    pub fn refuse_client(folder: &Path) -> Result<(), Error> {
        match Package::in_folder(folder) {
            Some(package) if package.is_runtime => Err(Error::IsRuntime(folder.to_owned())),
            _ => Ok(()),
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

/// A crate in a folder.
struct Package {
    name: String,
    /// True if the crate is a runtime, as its manifest says.
    is_runtime: bool,
}

impl Package {
    /// Reads the manifest in a folder. Returns `None` if there is none, or if it is not valid.
    fn in_folder(folder: &Path) -> Option<Self> {
        let manifest: toml::Table = fs::read_to_string(folder.join("Cargo.toml")).ok()?.parse().ok()?;
        let package = manifest.get("package")?;
        let mark =
            |package: &toml::Value| package.get("metadata")?.get("openapi-crate")?.get("runtime")?.as_bool();
        let is_runtime = mark(package) == Some(true);
        Some(Self { name: package.get("name")?.as_str()?.to_owned(), is_runtime })
    }
}
