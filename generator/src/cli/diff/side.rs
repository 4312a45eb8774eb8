//! The sides of a comparison: where each is read from, and the texts that it consists of.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use crate::diagnostics::{Diagnostic, Severity, Style};
use crate::surface::Surface;
use crate::{Config, Diagnostics, Files, Generated, LOCK_FILE_NAME, Lock, Outcome, Source, Sources};

use super::git::{Commit, is_folder};
use crate::cli::console::FAILED;
use crate::cli::failure::Failure;
use crate::cli::inputs::{NamedPath, Paths, Settings, parse_config, parse_lock, read};
use crate::disk::DocumentFolder;

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
    /// The crate as it was written, by the paths of its files, if there is one.
    pub(crate) written: Option<BTreeMap<String, String>>,
    /// The lock of the crate. Empty if there is none.
    pub(crate) lock: Lock,
}

/// A document with its settings and other files.
pub(crate) struct Document {
    pub(crate) name: String,
    pub(crate) text: String,
    pub(crate) settings: Option<Settings>,
    files: Box<dyn Files>,
}

impl Document {
    /// Reads the document and the settings of the working tree.
    pub(crate) fn working_tree(paths: &Paths) -> Result<Self, Failure> {
        Ok(Self {
            name: paths.spec.name.clone(),
            text: paths.document()?,
            settings: paths.settings()?,
            files: Box::new(DocumentFolder::of(&paths.spec.path)),
        })
    }

    pub(crate) fn sources(&self) -> Sources<'_> {
        Sources {
            document: Source { name: &self.name, text: &self.text },
            files: &*self.files,
            config: self.settings.as_ref().map(Settings::source),
        }
    }

    pub(crate) fn config(&self, style: Style) -> Result<Config, Failure> {
        parse_config(self.settings.as_ref(), style)
    }
}

/// Returns true for the files that decide on the public API of a crate.
pub(crate) fn is_code(path: &str) -> bool {
    path == "Cargo.toml" || (path.starts_with("src/") && path.ends_with(".rs"))
}

/// Returns true for the files of a crate that a side consists of.
fn is_read(path: &str) -> bool {
    path == LOCK_FILE_NAME || is_code(path)
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
            SideArg::Path(path) if is_folder(path) => Self::of_crate(path),
            SideArg::Path(path) => Self::of_document(path, paths),
        }
    }

    /// Reads the document, the settings and the crate at a commit. `None` if the commit does not have the document.
    pub(crate) fn at_if_any(commit: &Commit, paths: &Paths) -> Result<Option<Self>, Failure> {
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
                let written = commit.folder(&paths.out, &is_read)?;
                let lock = lock_of(&written, &name_of(&paths.out.inside(LOCK_FILE_NAME))?)?;
                (written, lock)
            }
            false => (BTreeMap::new(), Lock::default()),
        };
        Ok(Some(Self {
            name: commit.name.clone(),
            document: Some(document),
            lock,
            written: written.contains_key("Cargo.toml").then_some(written),
        }))
    }

    /// Reads the document and the settings of the working tree.
    pub(crate) fn working_tree(paths: &Paths) -> Result<Self, Failure> {
        let document = Some(Document::working_tree(paths)?);
        Ok(Self { name: paths.spec.name.clone(), document, written: None, lock: Lock::default() })
    }

    /// Reads a document. Its settings are the ones of `--config`, or are beside it.
    fn of_document(path: &Path, paths: &Paths) -> Result<Self, Failure> {
        let spec = NamedPath { path: path.to_owned(), name: path.display().to_string() };
        let text = read(&spec, "pass a document, the folder of a crate, or `git:REV`")?;
        let settings = paths.settings_of(&spec)?;
        let document =
            Document { name: spec.name.clone(), text, settings, files: Box::new(DocumentFolder::of(path)) };
        Ok(Self { name: spec.name, document: Some(document), written: None, lock: Lock::default() })
    }

    /// Reads the folder of a crate.
    fn of_crate(path: &Path) -> Result<Self, Failure> {
        let name = path.display().to_string();
        let folder = NamedPath { path: path.to_owned(), name: name.clone() };
        let written = files_of_crate(path)
            .map_err(|error| Failure::wrong_use(format!("cannot read the crate in `{name}`: {error}")))?;
        if !written.contains_key("Cargo.toml") {
            return Err(Failure::wrong_use(format!(
                "`{name}` is not the folder of a crate: it has no Cargo.toml"
            ))
            .with_help("pass a document, the folder of a crate, or `git:REV`"));
        }
        let lock = lock_of(&written, &folder.inside(LOCK_FILE_NAME).name)?;
        Ok(Self { name, document: None, written: Some(written), lock })
    }

    /// Uses the settings of another side if this one has a document without settings.
    pub(crate) fn use_settings_of(&mut self, other: &Self) {
        let settings = other.document.as_ref().and_then(|document| document.settings.clone());
        if let Some(document) = self.document.as_mut().filter(|document| document.settings.is_none()) {
            document.settings = settings;
        }
    }

    /// Returns the public API of the crate as it was written.
    pub(crate) fn written_surface(&self) -> Option<Result<Surface, Failure>> {
        let files = self.written.as_ref()?;
        Some(surface_of(&self.name, files.iter().map(|(path, text)| (path.as_str(), text.as_str()))))
    }
}

/// Reads the public API of a crate. `name` is the name of the crate in messages.
pub(crate) fn surface_of<'f>(
    name: &str,
    files: impl IntoIterator<Item = (&'f str, &'f str)>,
) -> Result<Surface, Failure> {
    Surface::read(files)
        .map_err(|error| Failure::wrong_use(format!("the crate of `{name}` cannot be read: {error}")))
}

/// Generates the crate of a document. Findings that are errors are the failure.
pub(crate) fn generate(
    document: &Document,
    config: &Config,
    lock: &Lock,
    style: Style,
) -> Result<Generated, Failure> {
    let sources = document.sources();
    let Outcome { generated, diagnostics } = crate::regenerate(sources, config, lock);
    generated.ok_or_else(|| {
        let mut errors = Diagnostics::new();
        let is_error = |found: &&Diagnostic| found.code.severity() == Severity::Error;
        diagnostics.iter().filter(is_error).for_each(|found| errors.insert(found.clone()));
        Failure {
            code: FAILED,
            rendered: Some(format!("{}\n", errors.render_in(style, sources).trim_end())),
            errors: vec![format!("`{}` has errors, so its crate cannot be compared", document.name)],
            help: Vec::new(),
        }
    })
}

fn lock_of(files: &BTreeMap<String, String>, name: &str) -> Result<Lock, Failure> {
    files.get(LOCK_FILE_NAME).map_or_else(|| Ok(Lock::default()), |text| parse_lock(name, text))
}

/// Reads the files of a crate that decide on its public API. A folder has no cycles, because links are not followed.
pub(crate) fn files_of_crate(folder: &Path) -> std::io::Result<BTreeMap<String, String>> {
    let mut files = BTreeMap::new();
    let mut read = |path: &Path, name: String| -> std::io::Result<()> {
        files.insert(name, fs::read_to_string(path)?);
        Ok(())
    };
    for name in ["Cargo.toml", LOCK_FILE_NAME] {
        let path = folder.join(name);
        if path.is_file() {
            read(&path, name.to_owned())?;
        }
    }
    let mut folders = vec![(folder.join("src"), "src".to_owned())];
    while let Some((path, name)) = folders.pop() {
        if !path.is_dir() {
            continue;
        }
        for entry in fs::read_dir(&path)? {
            let entry = entry?;
            let name = format!("{name}/{}", entry.file_name().to_string_lossy());
            let kind = entry.file_type()?;
            if kind.is_dir() {
                folders.push((entry.path(), name));
            } else if kind.is_file() && is_code(&name) {
                read(&entry.path(), name)?;
            }
        }
    }
    Ok(files)
}
