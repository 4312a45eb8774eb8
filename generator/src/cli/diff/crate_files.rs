//! The files of a crate that decide on its public API.

use std::collections::{BTreeMap, HashSet};
use std::fs;

use crate::disk::output_folder::LIST_NAME;
use crate::surface::{Reader, Surface};
use crate::{LOCK_FILE_NAME, Lock};

use crate::cli::failure::Failure;
use crate::cli::inputs::{NamedPath, parse_lock, read};

/// The manifest of a crate.
const MANIFEST: &str = "Cargo.toml";

/// The root module of a library.
const ROOT: &str = "src/lib.rs";

/// Returns true for the files that decide on the public API of a crate.
pub(crate) fn is_code(path: &str) -> bool {
    path == MANIFEST || (path.starts_with("src/") && path.ends_with(".rs"))
}

/// Returns true for the files of a crate that a side consists of.
pub(super) fn is_read(path: &str) -> bool {
    path == LOCK_FILE_NAME || path == LIST_NAME || is_code(path)
}

/// The files of a crate as it was written, by their paths.
#[derive(Clone, Debug)]
pub(crate) struct CrateFiles {
    /// The name of the crate in messages.
    name: String,
    files: BTreeMap<String, String>,
}

impl CrateFiles {
    /// Collects files that have been read. `name` is the name of the crate in messages.
    ///
    /// Modules that people have added to a generated crate are left out, because the generator does not decide on them.
    pub(super) fn new(name: &str, mut files: BTreeMap<String, String>) -> Self {
        if let Some(list) = files.remove(LIST_NAME) {
            let generated: HashSet<&str> = list.lines().collect();
            files.retain(|path, _| !path.starts_with("src/") || generated.contains(path.as_str()));
        }
        Self { name: name.to_owned(), files }
    }

    /// Reads the crate in a folder.
    ///
    /// # Errors
    ///
    /// Returns an error if the folder has no manifest, or if a file is not text.
    pub(crate) fn read(folder: &NamedPath) -> Result<Self, Failure> {
        let files = Self::new(&folder.name, files_in(folder)?);
        match files.has_manifest() {
            true => Ok(files),
            false => Err(files.is_not_a_library(&format!("has no {MANIFEST}"))),
        }
    }

    /// Returns true if there is a crate.
    pub(super) fn has_manifest(&self) -> bool {
        self.files.contains_key(MANIFEST)
    }

    /// Parses the lock. `name` is the name of its file in messages. Empty if there is none.
    pub(super) fn lock(&self, name: &str) -> Result<Lock, Failure> {
        self.files.get(LOCK_FILE_NAME).map_or_else(|| Ok(Lock::default()), |text| parse_lock(name, text))
    }

    /// Returns the paths and texts of all files.
    fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.files.iter().map(|(path, text)| (path.as_str(), text.as_str()))
    }

    /// Returns true if another crate has the same code.
    pub(super) fn has_same_code<'f>(&'f self, other: impl Iterator<Item = (&'f str, &'f str)>) -> bool {
        let code = other.filter(|(path, _)| is_code(path));
        code.eq(self.iter().filter(|(path, _)| is_code(path)))
    }

    /// Reads the public API.
    ///
    /// # Errors
    ///
    /// Returns an error if a file is not valid, or if there is no library.
    pub(crate) fn surface(&self, reader: &mut Reader) -> Result<Surface, Failure> {
        if !self.files.contains_key(ROOT) {
            return Err(self.is_not_a_library(&format!("has no {ROOT}")));
        }
        let surface = surface_of(reader, &self.name, self.iter())?;
        match surface.package.is_empty() {
            true => Err(self.is_not_a_library(&format!("has a {MANIFEST} without `package.name`"))),
            false => Ok(surface),
        }
    }

    fn is_not_a_library(&self, reason: &str) -> Failure {
        Failure::wrong_use(format!("`{}` is not a library crate: it {reason}", self.name))
            .with_help("pass a document, the folder of a library crate, or `git:REV`")
    }
}

/// Reads the public API of a crate. `name` is the name of the crate in messages.
pub(crate) fn surface_of<'f>(
    reader: &mut Reader,
    name: &str,
    files: impl IntoIterator<Item = (&'f str, &'f str)>,
) -> Result<Surface, Failure> {
    reader
        .read(files)
        .map_err(|error| Failure::wrong_use(format!("the crate of `{name}` cannot be read: {error}")))
}

/// Reads the files of a folder. A folder has no cycles, because links are not followed.
fn files_in(folder: &NamedPath) -> Result<BTreeMap<String, String>, Failure> {
    let mut files = BTreeMap::new();
    let text = |path: &str| read(&folder.inside(path), "pass the folder of a crate");
    for path in [MANIFEST, LOCK_FILE_NAME, LIST_NAME].map(str::to_owned) {
        if folder.inside(&path).path.is_file() {
            files.insert(path.clone(), text(&path)?);
        }
    }
    let mut folders = vec!["src".to_owned()];
    while let Some(inner) = folders.pop() {
        let NamedPath { path, name } = folder.inside(&inner);
        if !path.is_dir() {
            continue;
        }
        let unreadable = |error| Failure::wrong_use(format!("cannot read the folder `{name}`: {error}"));
        for entry in fs::read_dir(&path).map_err(unreadable)? {
            let entry = entry.map_err(unreadable)?;
            let path = format!("{inner}/{}", entry.file_name().to_string_lossy());
            let kind = entry.file_type().map_err(unreadable)?;
            if kind.is_dir() {
                folders.push(path);
            } else if kind.is_file() && is_code(&path) {
                files.insert(path.clone(), text(&path)?);
            }
        }
    }
    Ok(files)
}
