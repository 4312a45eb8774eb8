//! Why a folder cannot be written or compared, each with what to do about it.

use std::collections::BTreeSet;
use std::fmt;
use std::path::PathBuf;

use super::disk::Failure;
use super::manifest;

/// How many files a message lists.
const LISTED: usize = 5;

/// Why a folder cannot be written or compared.
#[derive(Debug)]
pub(crate) enum Error {
    /// There is something else in its place.
    NotAFolder(PathBuf),
    /// It holds files and no manifest.
    NotOurs(PathBuf),
    /// It holds files of somebody where generated ones belong.
    InTheWay {
        /// The folder.
        folder: PathBuf,
        /// The files, by their paths in the folder.
        paths: BTreeSet<String>,
    },
    /// Another run does not come to an end.
    Busy(PathBuf),
    /// The disk refused something.
    Disk(Failure),
}

impl From<Failure> for Error {
    fn from(failure: Failure) -> Self {
        Self::Disk(failure)
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotAFolder(path) => {
                write!(f, "`{}` is not a folder; name one with `--out`, it may be missing", path.display())
            }
            Self::NotOurs(folder) => write!(
                f,
                "`{}` holds files that codegen did not write (it has no `{}`); name an empty or a new folder with `--out`",
                folder.display(),
                manifest::NAME
            ),
            Self::InTheWay { folder, paths } => {
                let are = if paths.len() == 1 { "is" } else { "are" };
                let mut list: Vec<_> = paths.iter().take(LISTED).map(|path| format!("`{path}`")).collect();
                if paths.len() > LISTED {
                    list.push(format!("{} more", paths.len() - LISTED));
                }
                write!(
                    f,
                    "{} in `{}` {are} in the way of generated files and not listed in `{}`; move or delete, then run again",
                    list.join(", "),
                    folder.display(),
                    manifest::NAME
                )
            }
            Self::Busy(parent) => write!(
                f,
                "another run is writing in `{}` and does not come to an end; stop it, then run again",
                parent.display()
            ),
            Self::Disk(failure) => write!(f, "{failure}"),
        }
    }
}
