//! Reads the files that a document refers to, from the document's folder only.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::Files;
use crate::diagnostics::Unreadable;

/// The folder of a document. Each file is read at most once.
pub struct DocumentFolder {
    path: PathBuf,
    read: RefCell<BTreeMap<String, Result<Arc<str>, Unreadable>>>,
}

impl DocumentFolder {
    /// Returns the folder of the document at `document`.
    pub fn of(document: &Path) -> Self {
        let path = document.parent().filter(|parent| !parent.as_os_str().is_empty());
        Self { path: path.unwrap_or(Path::new(".")).to_owned(), read: RefCell::default() }
    }

    fn text(&self, path: &str) -> Result<Arc<str>, Unreadable> {
        // Resolve links: the target of a link must be in the folder.
        let folder = self.path.canonicalize().map_err(unreadable)?;
        let path = self.path.join(path).canonicalize().map_err(unreadable)?;
        if !path.starts_with(folder) {
            return Err(Unreadable::Outside);
        }
        // Reading a pipe could block forever.
        let kind = fs::metadata(&path).map_err(unreadable)?;
        if !kind.is_file() {
            let what = if kind.is_dir() { "is a folder" } else { "is not a regular file" };
            return Err(Unreadable::Because(what.to_owned()));
        }
        let text = String::from_utf8(fs::read(&path).map_err(unreadable)?);
        text.map(Arc::from).map_err(|error| {
            Unreadable::Because(format!("is not UTF-8 at byte {}", error.utf8_error().valid_up_to()))
        })
    }
}

impl Files for DocumentFolder {
    fn read(&self, path: &str) -> Result<Arc<str>, Unreadable> {
        let text = self.read.borrow().get(path).cloned();
        text.unwrap_or_else(|| {
            let text = self.text(path);
            self.read.borrow_mut().insert(path.to_owned(), text.clone());
            text
        })
    }
}

fn unreadable(error: io::Error) -> Unreadable {
    match error.kind() {
        io::ErrorKind::NotFound => Unreadable::Missing,
        _ => Unreadable::Because(format!("cannot be read: {error}")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_only_files_of_the_folder() {
        let root = tempfile::tempdir().expect("a folder");
        let folder = root.path().join("api");
        fs::create_dir_all(folder.join("schemas")).expect("a folder");
        let write = |path: PathBuf, bytes: &[u8]| fs::write(path, bytes).expect("a file");
        write(root.path().join("secret.yaml"), b"secret: true");
        write(folder.join("schemas/pet.yaml"), b"type: string");
        write(folder.join("latin.yaml"), b"a: \xe9");

        let files = DocumentFolder::of(&folder.join("openapi.yaml"));
        assert_eq!(files.read("schemas/pet.yaml").as_deref(), Ok("type: string"));
        assert_eq!(files.read("schemas/dog.yaml"), Err(Unreadable::Missing));
        assert_eq!(files.read("schemas"), Err(Unreadable::Because("is a folder".to_owned())));
        assert_eq!(files.read("latin.yaml"), Err(Unreadable::Because("is not UTF-8 at byte 3".to_owned())));
        assert_eq!(files.read("../secret.yaml"), Err(Unreadable::Outside));
        #[cfg(unix)]
        {
            use std::os::unix::fs::symlink;
            symlink(root.path().join("secret.yaml"), folder.join("link.yaml")).expect("a link");
            symlink("schemas", folder.join("inside")).expect("a link");
            assert_eq!(files.read("link.yaml"), Err(Unreadable::Outside));
            assert_eq!(files.read("inside/pet.yaml").as_deref(), Ok("type: string"));
        }

        // The text was cached when it was first read.
        write(folder.join("schemas/pet.yaml"), b"type: integer");
        assert_eq!(files.read("schemas/pet.yaml").as_deref(), Ok("type: string"));
    }
}
