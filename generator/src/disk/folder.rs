//! Reads the files that a document refers to, from the document's folder only.

use std::fs;
use std::io;
use std::path::Path;
use std::sync::Arc;

use super::read_once::ReadOnce;
use crate::Files;
use crate::diagnostics::Unreadable;

/// The files in the folder of a document. Each is read at most once.
pub struct DocumentFolder {
    files: ReadOnce,
}

impl DocumentFolder {
    /// Returns the folder of the document at a path.
    pub fn of(document: &Path) -> Self {
        let folder = document.parent().filter(|parent| !parent.as_os_str().is_empty());
        let folder = folder.unwrap_or(Path::new(".")).to_owned();
        Self { files: ReadOnce::new(move |path| read(&folder, path)) }
    }
}

impl Files for DocumentFolder {
    fn read(&self, path: &str) -> Result<Arc<str>, Unreadable> {
        self.files.read(path)
    }
}

fn read(folder: &Path, path: &str) -> Result<Vec<u8>, Unreadable> {
    // Resolve links: the target of a link must be in the folder.
    let path = folder.join(path).canonicalize().map_err(unreadable)?;
    if !path.starts_with(folder.canonicalize().map_err(unreadable)?) {
        return Err(Unreadable::Outside);
    }
    // Reading a pipe could block forever.
    let kind = fs::metadata(&path).map_err(unreadable)?;
    if !kind.is_file() {
        let what = if kind.is_dir() { "is a folder" } else { "is not a regular file" };
        return Err(Unreadable::Because(what.to_owned()));
    }
    fs::read(&path).map_err(unreadable)
}

fn unreadable(error: io::Error) -> Unreadable {
    match error.kind() {
        io::ErrorKind::NotFound => Unreadable::Missing,
        _ => Unreadable::Because(format!("cannot be read: {error}")),
    }
}

#[cfg(test)]
mod tests {
    use std::path::PathBuf;

    use super::*;

    #[test]
    fn reads_only_files_of_the_folder() {
        let root = tempfile::tempdir().expect("a folder");
        let folder = root.path().join("api");
        fs::create_dir_all(folder.join("schemas")).expect("a folder");
        let write = |path: PathBuf, bytes: &[u8]| fs::write(path, bytes).expect("a file");
        write(root.path().join("secret.yaml"), b"secret: true");
        write(folder.join("schemas/pet.yaml"), b"type: string");

        let files = DocumentFolder::of(&folder.join("openapi.yaml"));
        assert_eq!(files.read("schemas/pet.yaml").as_deref(), Ok("type: string"));
        assert_eq!(files.read("schemas/dog.yaml"), Err(Unreadable::Missing));
        assert_eq!(files.read("schemas"), Err(Unreadable::Because("is a folder".to_owned())));
        assert_eq!(files.read("../secret.yaml"), Err(Unreadable::Outside));
        #[cfg(unix)]
        {
            use std::os::unix::fs::symlink;
            symlink(root.path().join("secret.yaml"), folder.join("link.yaml")).expect("a link");
            symlink("schemas", folder.join("inside")).expect("a link");
            assert_eq!(files.read("link.yaml"), Err(Unreadable::Outside));
            assert_eq!(files.read("inside/pet.yaml").as_deref(), Ok("type: string"));
        }
    }
}
