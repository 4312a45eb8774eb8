//! A client crate in a repository: its document, its settings and its folder.

use std::fmt;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use super::text::{self, ReadError};
use super::{Counts, DocumentFolder, Error, OutputFolder, Plan, Report, RuntimeFolder, Written};
use crate::diagnostics::Style;
use crate::{Changelog, Config, Diagnostics, Generated, LOCK_FILE_NAME, Lock, Outcome, Source, Sources};

/// The file name of the settings beside a document.
pub const SETTINGS: &str = "codegen.toml";

/// The file name of the changelog, next to the settings and in the crate.
pub(crate) const CHANGELOG: &str = "CHANGELOG.md";

/// A client crate in a repository: a document, settings, and the folder of the crate.
///
/// # Examples
///
/// The `xtask` of a repository:
///
/// ```no_run
/// use openapi_crate::disk::Project;
///
/// fn main() -> Result<(), openapi_crate::disk::ProjectError> {
///     let project = Project::new("api/openapi.yaml", "crates/acme-client");
///     match std::env::args().nth(1).as_deref() {
///         Some("check") => project.check()?,
///         _ => println!("{}", project.write()?),
///     }
///     Ok(())
/// }
/// ```
#[derive(Clone, Debug)]
pub struct Project {
    document: PathBuf,
    settings: Option<PathBuf>,
    folder: PathBuf,
}

/// A crate that has been written. `Display` shows the warnings about the document, and then one line about each folder.
#[derive(Debug)]
pub struct WrittenProject {
    /// The folder.
    pub folder: PathBuf,
    /// The crate.
    pub generated: Generated,
    /// The changes to the folder.
    pub written: Written,
    /// The folder of the runtime and its changes, if several clients share it.
    pub runtime: Option<(PathBuf, Written)>,
    /// The warnings about the document, with their lines. Empty if there are none.
    pub warnings: String,
}

/// The reason that a crate was not written, or is not up to date.
///
/// `Debug` shows the same text as `Display`, because Rust prints the `Debug` form of an error that `main` returns.
#[non_exhaustive]
pub enum ProjectError {
    /// A file cannot be read.
    Unreadable {
        /// Path of the file.
        path: PathBuf,
        /// The error of the file system, or an error that says what the file is instead, with the remedy.
        source: io::Error,
    },
    /// The settings or the lock are not valid. Holds the problems with their lines.
    Invalid(String),
    /// The document has errors. Holds the findings with their lines.
    Document(String),
    /// The folder cannot be compared or written.
    Folder(Error),
    /// The folder is not up to date. Holds a list of the differences.
    OutOfDate {
        /// Path of the folder.
        folder: PathBuf,
        /// A short list of the differences.
        differences: String,
    },
}

impl Project {
    /// Describes a crate by the path of its document and by its folder. The settings are the file `codegen.toml` beside the
    /// document, if it exists.
    pub fn new(document: impl Into<PathBuf>, folder: impl Into<PathBuf>) -> Self {
        Self { document: document.into(), settings: None, folder: folder.into() }
    }

    /// Reads the settings from another file, which has to exist.
    #[must_use]
    pub fn with_settings(self, path: impl Into<PathBuf>) -> Self {
        Self { settings: Some(path.into()), ..self }
    }

    /// Generates the crate with the names in the lock of its folder, and writes nothing. Returns the warnings as well.
    ///
    /// # Errors
    ///
    /// Returns an error if a file cannot be read, if the settings or the lock are not valid, or if the document has errors.
    pub fn generate(&self) -> Result<(Generated, Diagnostics), ProjectError> {
        let run = self.run()?;
        Ok((run.generated, run.diagnostics))
    }

    /// Generates the crate, and makes the folder equal to it.
    ///
    /// # Errors
    ///
    /// Like [`generate`](Self::generate). Returns an error as well if the folder has files of others in the place of
    /// generated ones, or cannot be written. The folder then is as it was.
    pub fn write(&self) -> Result<WrittenProject, ProjectError> {
        let Run { generated, config, warnings, .. } = self.run()?;
        let folder = self.open_folder(&config)?;
        // Everything that can be in the way is found before the first change.
        folder.compare(&generated.files).map_err(ProjectError::Folder)?;
        let write_runtime = |runtime| {
            let folder = RuntimeFolder::open(&self.folder, runtime)?;
            Ok((folder.path().to_owned(), folder.write(runtime)?))
        };
        let runtime =
            generated.runtime.as_ref().map(write_runtime).transpose().map_err(ProjectError::Folder)?;
        let written = folder.write(&generated.files).map_err(ProjectError::Folder)?;
        Ok(WrittenProject { folder: self.folder.clone(), generated, written, runtime, warnings })
    }

    /// Compares the folder with the crate, and writes nothing.
    ///
    /// # Errors
    ///
    /// Like [`generate`](Self::generate). Returns [`OutOfDate`](ProjectError::OutOfDate) if the folder differs.
    pub fn check(&self) -> Result<(), ProjectError> {
        let Run { generated, config, .. } = self.run()?;
        if let Some(runtime) = &generated.runtime {
            let folder = RuntimeFolder::open(&self.folder, runtime).map_err(ProjectError::Folder)?;
            let plan = folder.compare(runtime).map_err(ProjectError::Folder)?;
            refuse_differences(folder.path(), &plan)?;
        }
        let plan = self.open_folder(&config)?.compare(&generated.files).map_err(ProjectError::Folder)?;
        refuse_differences(&self.folder, &plan)
    }

    fn open_folder(&self, config: &Config) -> Result<OutputFolder, ProjectError> {
        RuntimeFolder::refuse_client(&self.folder).map_err(ProjectError::Folder)?;
        let kept = config.folder.kept_files();
        OutputFolder::open_keeping(&self.folder, kept).map_err(ProjectError::Folder)
    }

    fn run(&self) -> Result<Run, ProjectError> {
        let document = read(&self.document)?;
        let path = match &self.settings {
            Some(path) => path.clone(),
            None => self.document.with_file_name(SETTINGS),
        };
        let settings = match &self.settings {
            Some(_) => Some(read(&path)?),
            None => read_if_any(&path)?,
        };
        let settings_name = path.display().to_string();
        let settings = settings.as_deref().map(|text| Source { name: &settings_name, text });
        let config = match settings {
            Some(settings) => Config::parse(settings.text)
                .map_err(|error| ProjectError::Invalid(error.render(settings, Style::Plain)))?,
            None => Config::default(),
        };
        let lock = self.lock()?;
        let files = DocumentFolder::of(&self.document);
        let name = self.document.display().to_string();
        let sources =
            Sources { document: Source { name: &name, text: &document }, files: &files, config: settings };
        let Outcome { generated, diagnostics } = crate::regenerate(sources, &config, &lock);
        let findings = diagnostics.render_in(Style::Plain, sources);
        match generated {
            Some(mut generated) => {
                let changelog = changelog_beside(&path).map_err(|(path, error)| unreadable(&path, error))?;
                if let Some(text) = changelog.filter(|_| !config.folder.kept_files().replaces(CHANGELOG)) {
                    generated.files.insert(CHANGELOG, text);
                }
                Ok(Run { generated, diagnostics, config, warnings: findings })
            }
            None => Err(ProjectError::Document(findings)),
        }
    }

    fn lock(&self) -> Result<Lock, ProjectError> {
        let path = self.folder.join(LOCK_FILE_NAME);
        let Some(text) = read_if_any(&path)? else { return Ok(Lock::default()) };
        Lock::parse(&text).map_err(|error| {
            let (line, problem, help) = (error.line(), error.problem(), error.help());
            ProjectError::Invalid(format!("{}:{line}: {problem}; {help}", path.display()))
        })
    }
}

/// Refuses a folder with differences.
fn refuse_differences(folder: &Path, plan: &Plan) -> Result<(), ProjectError> {
    let report = Report::new(plan);
    match report.is_empty() {
        true => Ok(()),
        false => {
            Err(ProjectError::OutOfDate { folder: folder.to_owned(), differences: report.differences() })
        }
    }
}

/// A generated crate, before its folder is compared.
struct Run {
    generated: Generated,
    diagnostics: Diagnostics,
    config: Config,
    warnings: String,
}

/// Returns the changelog next to the settings if `--bump` writes it. The crate has a copy of it. A changelog of another project
/// can lie there, too.
///
/// # Errors
///
/// Returns the path and the reason if something is there that cannot be read: the crate would lose its copy.
pub(crate) fn changelog_beside(settings: &Path) -> Result<Option<String>, (PathBuf, ReadError)> {
    let path = settings.with_file_name(CHANGELOG);
    match text::read_if_any(&path) {
        Err(ReadError::NotText(_)) if !may_have_generated(&path) => Ok(None),
        read => Ok(read.map_err(|error| (path, error))?.filter(|text| Changelog::new(text).has_generated())),
    }
}

/// Returns true if a changelog in any encoding has a section that `--bump` wrote.
fn may_have_generated(path: &Path) -> bool {
    let bytes: Vec<u8> = fs::read(path).unwrap_or_default().into_iter().filter(|byte| *byte != 0).collect();
    Changelog::new(&String::from_utf8_lossy(&bytes)).has_generated()
}

fn read(path: &Path) -> Result<String, ProjectError> {
    text::read(path).map_err(|error| unreadable(path, error))
}

fn read_if_any(path: &Path) -> Result<Option<String>, ProjectError> {
    text::read_if_any(path).map_err(|error| unreadable(path, error))
}

fn unreadable(path: &Path, error: ReadError) -> ProjectError {
    let help = error.help().unwrap_or("correct its path");
    let text = format!("it {error}; {help}");
    let source = match error {
        ReadError::Io(error) => error,
        ReadError::Missing | ReadError::DanglingLink(_) => io::Error::new(io::ErrorKind::NotFound, text),
        ReadError::Folder => io::Error::new(io::ErrorKind::IsADirectory, text),
        ReadError::NotText(_) => io::Error::new(io::ErrorKind::InvalidData, text),
    };
    ProjectError::Unreadable { path: path.to_owned(), source }
}

impl fmt::Display for WrittenProject {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if !self.warnings.is_empty() {
            writeln!(f, "{}\n", self.warnings.trim_end())?;
        }
        let line = |folder: &Path, written: &Written| {
            let Counts { files, written, unchanged, removed } = written.plan.counts();
            let folder = folder.display();
            format!("{folder}: {files} files ({written} written, {unchanged} unchanged, {removed} removed)")
        };
        if let Some((folder, written)) = &self.runtime {
            writeln!(f, "{}", line(folder, written))?;
        }
        f.write_str(&line(&self.folder, &self.written))
    }
}

impl fmt::Debug for ProjectError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl fmt::Display for ProjectError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unreadable { path, source } => write!(f, "cannot read `{}`: {source}", path.display()),
            Self::Invalid(problems) => f.write_str(problems.trim_end()),
            Self::Document(findings) => f.write_str(findings.trim_end()),
            Self::Folder(error) => write!(f, "{error}"),
            Self::OutOfDate { folder, differences } => {
                write!(f, "`{}` is not up to date:\n{}", folder.display(), differences.trim_end())
            }
        }
    }
}

impl std::error::Error for ProjectError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Unreadable { source, .. } => Some(source),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const DOCUMENT: &str = "openapi: 3.1.0\ninfo: {title: Pets, version: '1'}\npaths: {}\n";

    #[test]
    fn writes_and_checks_a_crate() {
        let root = tempfile::tempdir().expect("a folder");
        let at = |path: &str| root.path().join(path);
        let put = |path: &str, text: &str| fs::write(at(path), text).expect("a file");
        let project = Project::new(at("pets.yaml"), at("client"));
        let missing = project.write().unwrap_err().to_string();
        assert!(missing.starts_with("cannot read `"), "{missing}");
        assert!(missing.ends_with("pets.yaml`: it does not exist; correct its path"), "{missing}");

        put("pets.yaml", DOCUMENT);
        let missing = project.check().unwrap_err().to_string();
        assert!(missing.contains("is not up to date:\nmissing: "), "{missing}");
        let first = project.write().expect("the document is valid").to_string();
        assert!(first.contains("0 unchanged, 0 removed)"), "{first}");
        project.check().expect("it was written");
        let second = project.write().expect("the document is valid");
        assert_eq!(second.written.plan.counts().written, 0);

        put("codegen.toml", "package.version = '2.0.0'");
        let changed = format!("{:?}", project.check().unwrap_err());
        assert!(changed.contains("+version = \"2.0.0\""), "{changed}");
        put("codegen.toml", "package.versoin = '2.0.0'");
        let invalid = project.check().unwrap_err().to_string();
        assert!(invalid.contains("did you mean `package.version`?"), "{invalid}");
        put("other.toml", "");
        project.clone().with_settings(at("other.toml")).check().expect("these settings change nothing");
        let missing = project.clone().with_settings(at("none.toml")).check().unwrap_err().to_string();
        assert!(missing.contains("none.toml"), "{missing}");

        put("pets.yaml", "openapi: 3.1.0\ninfo: {title: Pets, version: '1'}\npaths: []\n");
        put("codegen.toml", "");
        let invalid = project.check().unwrap_err().to_string();
        assert!(invalid.contains("error["), "{invalid}");
        put("client/codegen.lock", "<<<<<<< ours\n");
        let invalid = project.check().unwrap_err().to_string();
        assert!(invalid.contains("codegen.lock:1: "), "{invalid}");
    }

    #[test]
    fn writes_and_checks_a_shared_runtime() {
        let root = tempfile::tempdir().expect("a folder");
        let at = |path: &str| root.path().join(path);
        let project = Project::new(at("pets.yaml"), at("client"));
        fs::write(at("pets.yaml"), DOCUMENT).expect("a file");
        fs::write(at("codegen.toml"), "runtime = { path = '../acme' }").expect("a file");
        let written = project.write().expect("the document is valid").to_string();
        assert_eq!(written.matches(" files (").count(), 2, "{written}");
        project.check().expect("both were written");
        fs::write(at("acme/src/lib.rs"), "// Mine.").expect("a file");
        let changed = project.check().unwrap_err().to_string();
        assert!(changed.contains("acme` is not up to date:\nchanged: src/lib.rs"), "{changed}");
        project.write().expect("the folder is ours");
        project.check().expect("both were written");
        fs::write(at("codegen.toml"), "runtime = { path = '../client', name = 'acme' }").expect("a file");
        let overlaps = project.write().unwrap_err().to_string();
        assert!(overlaps.contains("and the folder of the client overlap"), "{overlaps}");
    }

    /// A file that cannot be read is never treated like a missing one.
    #[test]
    fn files_that_are_not_text_are_errors() {
        let root = tempfile::tempdir().expect("a folder");
        let at = |path: &str| root.path().join(path);
        let put = |path: &str, bytes: &[u8]| fs::write(at(path), bytes).expect("a file");
        let project = Project::new(at("pets.yaml"), at("client"));
        put("pets.yaml", DOCUMENT.as_bytes());
        project.write().expect("the document is valid");
        let lock = fs::read(at("client/codegen.lock")).expect("a lock");
        let (old, new) = (semver::Version::new(0, 1, 0), semver::Version::new(0, 2, 0));
        // The text has a section of `--bump`, so the changelog has to be read.
        let changes = Changelog::new("").with_section(&old, &new, "- Change").expect("the text is empty");
        let changes = changes.as_str();
        let utf_16 = |text: &str| text.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<u8>>();
        for (path, before) in [
            ("pets.yaml", Some(DOCUMENT.as_bytes())),
            ("codegen.toml", None),
            ("CHANGELOG.md", None),
            ("client/codegen.lock", Some(&*lock)),
        ] {
            for (bytes, cause) in [
                (utf_16(changes), "it is text in UTF-16 (little endian), not in UTF-8; save it as UTF-8"),
                (utf_16(&format!("\u{feff}{changes}")), "it is text in UTF-16 (little endian), not in UTF-8"),
                ([changes.as_bytes(), b"# \xe9"].concat(), "the byte 0xE9 at "),
            ] {
                put(path, &bytes);
                let error = project.write().unwrap_err().to_string();
                assert!(error.contains(&format!("{path}`: ")) && error.contains(cause), "{path}: {error}");
            }
            fs::remove_file(at(path)).expect("a file");
            #[cfg(unix)]
            {
                std::os::unix::fs::symlink("none", at(path)).expect("a link");
                let error = project.write().unwrap_err().to_string();
                let cause = "it is a symbolic link to `none`, which does not exist; correct the link";
                assert!(error.contains(&format!("{path}`: {cause}")), "{path}: {error}");
                fs::remove_file(at(path)).expect("a link");
            }
            fs::create_dir(at(path)).expect("a folder");
            let error = project.write().unwrap_err().to_string();
            assert!(error.contains(&format!("{path}`: it is a folder; ")), "{path}: {error}");
            fs::remove_dir(at(path)).expect("a folder");
            if let Some(bytes) = before {
                put(path, bytes);
            }
        }
        // The changelog of another project does not matter.
        put("CHANGELOG.md", b"# Caf\xe9");
        project.check().expect("nothing has changed");
    }
    /// Git can change the ends of lines of all files.
    #[test]
    fn the_ends_of_lines_do_not_matter() {
        let root = tempfile::tempdir().expect("a folder");
        let at = |path: &str| root.path().join(path);
        let put = |path: &str, text: &str| fs::write(at(path), text).expect("a file");
        let project = Project::new(at("pets.yaml"), at("client"));
        put(
            "pets.yaml",
            "openapi: 3.1.0\ninfo:\n  title: Pets\n  version: '1'\n  description: |\n    One line.\n\n    Another.\ncomponents:\n  schemas:\n    Pet:\n      properties: {name: {type: string}}\n",
        );
        put("codegen.toml", "# Settings.\n[package]\ndescription = \"\"\"\nPets.\nToys.\"\"\"\n");
        project.write().expect("the document is valid");
        let files = |project: &Project| {
            let (generated, _) = project.generate().expect("the document is valid");
            generated.files.iter().map(|(path, text)| (path.to_owned(), text.to_owned())).collect::<Vec<_>>()
        };
        let before = files(&project);
        assert!(before.iter().all(|(_, text)| !text.contains('\r')));
        for path in ["pets.yaml", "codegen.toml", "client/codegen.lock", "client/.codegen-manifest"] {
            let text = fs::read_to_string(at(path)).expect("a file");
            put(path, &text.replace('\n', "\r\n"));
            let differs: Vec<_> = files(&project).into_iter().filter(|file| !before.contains(file)).collect();
            assert_eq!(differs, [], "{path}");
        }
        let differs = project.check().unwrap_err().to_string();
        assert!(differs.contains("changed: codegen.lock\n  only the line endings differ"), "{differs}");
        project.write().expect("the folder is ours");
        project.check().expect("it was written");
    }
}
