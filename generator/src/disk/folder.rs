//! Reads the files that a document refers to, from the document's folder only.

use std::fs;
use std::io;
use std::path::Path;
use std::sync::Arc;

use super::read_once::ReadOnce;
use super::text::{ReadError, dangling_link};
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
    let path = folder.join(path);
    let unreadable = |error: io::Error| match error.kind() {
        io::ErrorKind::NotFound => match dangling_link(&path) {
            Some(target) => because(&ReadError::DanglingLink(target)),
            None => Unreadable::Missing,
        },
        _ => because(&ReadError::Io(error)),
    };
    // Resolve links: the target of a link must be in the folder.
    let real = path.canonicalize().map_err(unreadable)?;
    if !real.starts_with(folder.canonicalize().map_err(unreadable)?) {
        return Err(Unreadable::Outside);
    }
    // Reading a pipe could block forever.
    let kind = fs::metadata(&real).map_err(unreadable)?;
    if !kind.is_file() {
        let cause = if kind.is_dir() { "is a folder" } else { "is not a regular file" };
        return Err(Unreadable::Because { cause: cause.to_owned(), help: "correct the path".to_owned() });
    }
    fs::read(&real).map_err(unreadable)
}

fn because(error: &ReadError) -> Unreadable {
    Unreadable::Because {
        cause: error.to_string(),
        help: error.help().unwrap_or("correct the path").to_owned(),
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
        let because = |cause: &str, help: &str| {
            Err(Unreadable::Because { cause: cause.to_owned(), help: help.to_owned() })
        };
        assert_eq!(files.read("schemas"), because("is a folder", "correct the path"));
        assert_eq!(files.read("../secret.yaml"), Err(Unreadable::Outside));
        #[cfg(unix)]
        {
            use std::os::unix::fs::symlink;
            symlink(root.path().join("secret.yaml"), folder.join("link.yaml")).expect("a link");
            symlink("schemas", folder.join("inside")).expect("a link");
            symlink("none.yaml", folder.join("dangling.yaml")).expect("a link");
            let dangling = "is a symbolic link to `none.yaml`, which does not exist";
            let help = "correct the link, or replace it by a file";
            assert_eq!(files.read("dangling.yaml"), because(dangling, help));
            assert_eq!(files.read("link.yaml"), Err(Unreadable::Outside));
            assert_eq!(files.read("inside/pet.yaml").as_deref(), Ok("type: string"));
        }
    }
}
