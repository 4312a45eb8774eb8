//! Errors from writing or comparing a folder, each with a remedy.

use std::collections::BTreeSet;
use std::fmt;
use std::path::PathBuf;

use super::disk::Failure;
use super::manifest;

/// The maximum number of files that a message lists.
const MAX_LISTED: usize = 5;

/// The reason that a folder cannot be written or compared.
#[derive(Debug)]
pub enum Error {
    /// The path is not a folder.
    NotAFolder(PathBuf),
    /// The path is a symbolic link to a path at which nothing exists.
    DanglingLink {
        /// The link.
        folder: PathBuf,
        /// The path to which the link leads.
        target: PathBuf,
    },
    /// The folder contains files but no manifest.
    NotOurs(PathBuf),
    /// Files that codegen did not write are in the way of generated files.
    InTheWay {
        /// The folder.
        folder: PathBuf,
        /// The paths of the files in the folder.
        paths: BTreeSet<String>,
    },
    /// The crate refers to files of people that do not exist.
    Absent {
        /// The folder.
        folder: PathBuf,
        /// The paths of the files in the folder: for each file, the paths that it can have.
        paths: Vec<Vec<String>>,
    },
    /// The folder of the runtime, which several clients share, contains files but no manifest.
    RuntimeNotOurs(PathBuf),
    /// The path of the runtime, which several clients share, is not a folder.
    RuntimeNotAFolder(PathBuf),
    /// The folder of the runtime overlaps the folder of the client.
    RuntimeInClient(PathBuf),
    /// The folder of the runtime contains a crate that is not a runtime.
    OtherCrate(PathBuf),
    /// The folder of the runtime contains a runtime with another name.
    OtherRuntime {
        /// The folder.
        folder: PathBuf,
        /// The name of the runtime in the folder.
        found: String,
        /// The name of the runtime in the settings.
        expected: String,
    },
    /// The folder of a client contains a runtime.
    IsRuntime(PathBuf),
    /// Another run holds the lock on this parent folder for too long.
    Busy(PathBuf),
    /// An operation on the disk failed. The folder is unchanged.
    Disk(Failure),
    /// An operation on the disk failed. Some files of the folder are new, and others are old.
    Incomplete {
        /// The folder.
        folder: PathBuf,
        /// The operation that failed.
        failure: Failure,
    },
    /// An error left a hidden folder next to the folder.
    LeftOver {
        /// The folder.
        folder: PathBuf,
        /// The hidden folder.
        hidden: PathBuf,
        /// True if the hidden folder has files that codegen did not write.
        has_foreign: bool,
        /// The first error.
        error: Box<Error>,
    },
}

impl std::error::Error for Error {}

impl From<Failure> for Error {
    fn from(failure: Failure) -> Self {
        Self::Disk(failure)
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotAFolder(path) => {
                write!(f, "`{}` is not a folder; pass an existing or new folder with `--out`", path.display())
            }
            Self::DanglingLink { folder, target } => write!(
                f,
                "`{}` is a symbolic link to `{}`, which does not exist; create that folder, or remove the link",
                folder.display(),
                target.display()
            ),
            Self::NotOurs(folder) => write!(
                f,
                "`{}` contains other files (it has no `{}`); pass an empty or new folder with `--out`, or take the folder with `--adopt`",
                folder.display(),
                manifest::NAME
            ),
            Self::InTheWay { folder, paths } => {
                let are = if paths.len() == 1 { "is" } else { "are" };
                let mut list: Vec<_> =
                    paths.iter().take(MAX_LISTED).map(|path| format!("`{path}`")).collect();
                if paths.len() > MAX_LISTED {
                    list.push(format!("{} more", paths.len() - MAX_LISTED));
                }
                write!(
                    f,
                    "{} in `{}` {are} in the way of generated files but not listed in `{}`; move or delete the conflicting files, then run again",
                    list.join(", "),
                    folder.display(),
                    manifest::NAME
                )
            }
            Self::Absent { folder, paths } => {
                let quoted = |path: &String| format!("`{path}`");
                let one = |paths: &Vec<String>| paths.iter().map(quoted).collect::<Vec<_>>().join(" or ");
                let list: Vec<_> = paths.iter().map(one).collect();
                let (do_not, them) = if paths.len() == 1 { ("does not", "it") } else { ("do not", "them") };
                write!(
                    f,
                    "{} in `{}` {do_not} exist, although `[folder]` of codegen.toml lists {them}; create {them}, or change the settings",
                    list.join(", "),
                    folder.display()
                )
            }
            Self::RuntimeNotOurs(folder) => write!(
                f,
                "the folder of the runtime, `{}`, contains other files (it has no `{}`); restore that file from version control, delete the folder, or set `runtime.path` of codegen.toml to a new folder",
                folder.display(),
                manifest::NAME
            ),
            Self::RuntimeNotAFolder(path) => write!(
                f,
                "the path of the runtime, `{}`, does not lead to a folder; set `runtime.path` of codegen.toml to a new folder, or remove what is there",
                path.display()
            ),
            Self::RuntimeInClient(folder) => write!(
                f,
                "the folder of the runtime, `{}`, and the folder of the client overlap; set `runtime.path` of codegen.toml to a folder of its own",
                folder.display()
            ),
            Self::OtherCrate(folder) => write!(
                f,
                "the folder of the runtime, `{}`, contains another crate; set `runtime.path` of codegen.toml to a new folder",
                folder.display()
            ),
            Self::OtherRuntime { folder, found, expected } => write!(
                f,
                "the runtime in `{}` is called `{found}`, not `{expected}`; set `runtime.name` of codegen.toml to `{found}`, or delete the folder to rename the runtime",
                folder.display()
            ),
            Self::IsRuntime(folder) => write!(
                f,
                "`{}` contains a runtime that clients share; set another folder for the client",
                folder.display()
            ),
            Self::Busy(parent) => write!(
                f,
                "timed out waiting for another run that writes in `{}`; stop it, then run again",
                parent.display()
            ),
            Self::Disk(failure) => write!(f, "{failure}"),
            Self::Incomplete { folder, failure } => write!(
                f,
                "{failure}; `{}` has new and old files until the next run completes",
                folder.display()
            ),
            Self::LeftOver { folder, hidden, has_foreign: true, error } => write!(
                f,
                "{error}; your files of `{}` are in `{}` until the next run moves them back",
                folder.display(),
                hidden.display()
            ),
            Self::LeftOver { hidden, has_foreign: false, error, .. } => {
                write!(f, "{error}; the copy `{}` stays until the next run removes it", hidden.display())
            }
        }
    }
}
