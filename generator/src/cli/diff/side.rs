//! The sides of a comparison: where each is read from, and the texts that it consists of.

use std::path::{Path, PathBuf};

use crate::diagnostics::Style;
use crate::{Generated, LOCK_FILE_NAME, Lock};

use super::crate_files::{CrateFiles, is_read};
use super::document::Document;
use super::git::{Commit, is_folder};
use crate::cli::failure::Failure;
use crate::cli::inputs::{NamedPath, Paths, Settings};

/// A side as given on the command line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum SideArg {
    /// The document, the settings and the crate at a commit.
    Git(String),
    /// A document, or the folder of a crate.
    Path(PathBuf),
}

impl SideArg {
    /// Parses a side: `git:REV`, or a path.
    pub(crate) fn parse(text: &str) -> Result<Self, String> {
        match text.strip_prefix("git:") {
            Some("") => {
                Err("the revision is missing; write it after the colon, such as `git:HEAD`".to_owned())
            }
            Some(revision) => Ok(Self::Git(revision.to_owned())),
            None => Ok(Self::Path(PathBuf::from(text))),
        }
    }
}

/// The texts of a side.
pub(crate) struct Side {
    /// The name of the side in messages.
    pub(crate) name: String,
    /// The document. `None` for the folder of a crate.
    pub(crate) document: Option<Document>,
    /// The crate as it was written, if there is one.
    pub(crate) written: Option<CrateFiles>,
    /// The lock of the crate. Empty if there is none.
    pub(crate) lock: Lock,
}

/// The old side of a comparison.
pub(crate) enum OldSide {
    /// A side with a document or a crate.
    Side(Box<Side>),
    /// A commit that does not have the document, so the crate is new. Holds the name of the commit.
    Before(String),
}

impl OldSide {
    fn of(side: Side) -> Self {
        Self::Side(Box::new(side))
    }

    /// Reads the old side at a commit.
    pub(crate) fn at(commit: &Commit, paths: &Paths) -> Result<Self, Failure> {
        let side = Side::at_if_any(commit, paths)?;
        Ok(side.map_or_else(|| Self::Before(commit.name.clone()), Self::of))
    }
}

impl Side {
    /// Reads a side.
    pub(crate) fn read(side: &SideArg, paths: &Paths) -> Result<Self, Failure> {
        match side {
            SideArg::Git(revision) => {
                let commit = Commit::find(revision, &paths.spec)?;
                Self::at_if_any(&commit, paths)?.ok_or_else(|| {
                    let error = format!("`{}` does not have the document `{}`", commit.name, paths.spec.name);
                    Failure::wrong_use(error)
                        .with_help("pass a revision that has it, or its path with `--spec`")
                })
            }
            SideArg::Path(path) => Self::at_path(path, paths.given_config()),
        }
    }

    /// Reads the old side. A commit before the document was added has none of it.
    pub(crate) fn read_old(side: &SideArg, paths: &Paths) -> Result<OldSide, Failure> {
        match side {
            SideArg::Git(revision) => OldSide::at(&Commit::find(revision, &paths.spec)?, paths),
            SideArg::Path(path) => Self::at_path(path, paths.given_config()).map(OldSide::of),
        }
    }

    /// Reads a document or the folder of a crate. A document without `config` has the settings beside it, if there are any.
    pub(crate) fn at_path(path: &Path, config: Option<&Path>) -> Result<Self, Failure> {
        if is_folder(path) { Self::of_crate(path) } else { Self::of_document(path, config) }
    }

    /// Reads the document, the settings and the crate at a commit. `None` if the commit does not have the document.
    fn at_if_any(commit: &Commit, paths: &Paths) -> Result<Option<Self>, Failure> {
        let Some(text) = commit.text(&paths.spec)? else { return Ok(None) };
        let name_of = |path| Ok(commit.name_of(&commit.relative(path)?));
        let settings = match commit.contains(&paths.config) {
            true => match commit.text(&paths.config)? {
                Some(text) => Some(Settings { name: name_of(&paths.config)?, text }),
                None => None,
            },
            // Settings outside of the repository are the ones of both sides.
            false => paths.settings()?,
        };
        let document = Document {
            name: name_of(&paths.spec)?,
            text,
            settings,
            files: Box::new(commit.files_beside(&paths.spec)?),
        };
        let (written, lock) = match commit.contains(&paths.out) {
            true => {
                let files = CrateFiles::new(&commit.name, commit.folder(&paths.out, &is_read)?);
                let lock = files.lock(&name_of(&paths.out.inside(LOCK_FILE_NAME))?)?;
                (Some(files).filter(CrateFiles::has_manifest), lock)
            }
            false => (None, Lock::default()),
        };
        Ok(Some(Self { name: commit.name.clone(), document: Some(document), written, lock }))
    }

    /// Reads the document and the settings of the working tree.
    pub(crate) fn working_tree(paths: &Paths) -> Result<Self, Failure> {
        let document = Some(Document::working_tree(paths)?);
        Ok(Self { name: paths.spec.name.clone(), document, written: None, lock: Lock::default() })
    }

    /// Reads a document.
    fn of_document(path: &Path, config: Option<&Path>) -> Result<Self, Failure> {
        let document = Document::at(&NamedPath::of(path), config)?;
        Ok(Self {
            name: document.name.clone(),
            document: Some(document),
            written: None,
            lock: Lock::default(),
        })
    }

    /// Reads the folder of a crate.
    fn of_crate(path: &Path) -> Result<Self, Failure> {
        let folder = NamedPath::of(path);
        let written = CrateFiles::read(&folder)?;
        let lock = written.lock(&folder.inside(LOCK_FILE_NAME).name)?;
        Ok(Self { name: folder.name, document: None, written: Some(written), lock })
    }

    /// Returns true for a document that was given by its path.
    pub(super) fn is_only_a_document(&self) -> bool {
        self.written.is_none() && self.document.as_ref().is_some_and(|document| document.name == self.name)
    }

    /// Uses the settings of another side if this one has a document without settings.
    pub(crate) fn use_settings_of(&mut self, other: &Self) {
        let settings = other.document.as_ref().and_then(|document| document.settings.clone());
        if let Some(document) = self.document.as_mut().filter(|document| document.settings.is_none()) {
            document.settings = settings;
        }
    }

    /// Generates the crate of the document. `None` if the side is the folder of a crate.
    pub(super) fn generate(&self, lock: &Lock, style: Style) -> Result<Option<Generated>, Failure> {
        self.document.as_ref().map(|document| document.generate(lock, style)).transpose()
    }
}
