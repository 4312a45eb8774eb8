//! Files that are written together: all of them, or none.

use std::fs;
use std::path::{Path, PathBuf};

use crate::cli::failure::Failure;
use crate::disk::write_text;

/// Files that are written together.
#[derive(Default)]
pub(super) struct NewFiles {
    files: Vec<NewFile>,
}

struct NewFile {
    path: PathBuf,
    before: Option<String>,
    text: String,
}

impl NewFiles {
    /// Adds a file with its text before and after. A file without a text before does not exist.
    pub(super) fn add(&mut self, path: &Path, before: Option<String>, text: String) {
        self.files.push(NewFile { path: path.to_owned(), before, text });
    }

    /// Writes the files, and returns their paths.
    ///
    /// # Errors
    ///
    /// Returns the first error. The files that were written before have their old text again, or are removed.
    pub(super) fn write(self) -> Result<Vec<PathBuf>, Failure> {
        let mut done = Done::default();
        for file in &self.files {
            if let Err(error) = done.write(file) {
                done.undo();
                return Err(error);
            }
        }
        Ok(self.files.into_iter().map(|file| file.path).collect())
    }
}

/// Files and folders that were written.
#[derive(Default)]
struct Done<'a> {
    files: Vec<&'a NewFile>,
    /// New folders, parents before children.
    folders: Vec<PathBuf>,
}

impl<'a> Done<'a> {
    fn write(&mut self, file: &'a NewFile) -> Result<(), Failure> {
        let missing = file.path.ancestors().skip(1).take_while(|folder| !folder.as_os_str().is_empty());
        let missing: Vec<&Path> = missing.take_while(|folder| !folder.exists()).collect();
        for folder in missing.into_iter().rev() {
            fs::create_dir(folder).map_err(|error| {
                Failure::wrong_use(format!("cannot create `{}`: {error}", folder.display()))
            })?;
            self.folders.push(folder.to_owned());
        }
        write_text(&file.path, &file.text).map_err(Failure::wrong_use)?;
        self.files.push(file);
        Ok(())
    }

    /// Takes everything back. An error here would hide the first one.
    fn undo(self) {
        for file in self.files.into_iter().rev() {
            let _ = match &file.before {
                Some(text) => write_text(&file.path, text).is_ok(),
                None => fs::remove_file(&file.path).is_ok(),
            };
        }
        for folder in self.folders.into_iter().rev() {
            let _ = fs::remove_dir(folder);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_files_are_written_or_none() {
        let root = tempfile::tempdir().expect("a folder");
        let at = |path: &str| root.path().join(path);
        fs::write(at("old"), "before").expect("a file");
        fs::write(at("file"), "in the way").expect("a file");
        let write = |last: &str| {
            let mut new = NewFiles::default();
            new.add(&at("a/b/new"), None, "new".to_owned());
            new.add(&at("old"), Some("before".to_owned()), "after".to_owned());
            new.add(&at(last), None, "last".to_owned());
            new.write()
        };
        assert!(write("file/last").is_err());
        assert!(!at("a").exists());
        assert_eq!(fs::read_to_string(at("old")).expect("a file"), "before");
        assert_eq!(write("last").expect("all files").len(), 3);
        assert_eq!(fs::read_to_string(at("old")).expect("a file"), "after");
    }
}
