//! The inputs of a run: the document, the settings, and the lock of the crate's folder.

use std::borrow::Cow;
use std::env;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use codegen::diagnostics::Style;
use codegen::{Config, LOCK_FILE_NAME, Lock, Source};

use crate::console::WRONG_USE;
use crate::failure::Failure;

/// A path and its name in messages: the path as given by the user, or the default.
#[derive(Clone, Debug)]
pub(crate) struct NamedPath {
    pub(crate) path: PathBuf,
    pub(crate) name: String,
}

impl NamedPath {
    /// Resolves the default against the workspace, and a given path against the current folder.
    pub(crate) fn new(given: Option<&Path>, default: &str) -> Self {
        match given {
            Some(path) => Self::of(path),
            None => Self { path: workspace().join(default), name: default.to_owned() },
        }
    }

    /// Names a path as the user gave it.
    pub(crate) fn of(path: &Path) -> Self {
        Self { path: path.to_owned(), name: path.display().to_string() }
    }

    /// Returns a file in the same folder.
    pub(crate) fn beside(&self, file_name: &str) -> Self {
        Self {
            path: self.path.with_file_name(file_name),
            name: Path::new(&self.name).with_file_name(file_name).display().to_string(),
        }
    }

    /// Returns a file in this folder.
    pub(crate) fn inside(&self, file_name: &str) -> Self {
        Self {
            path: self.path.join(file_name),
            name: Path::new(&self.name).join(file_name).display().to_string(),
        }
    }

    /// Returns true if nothing exists at the path.
    pub(crate) fn is_missing(&self) -> bool {
        fs::symlink_metadata(&self.path).is_err_and(|error| error.kind() == io::ErrorKind::NotFound)
    }
}

/// Returns the folder of the workspace if cargo runs the program, or else the current folder.
pub(crate) fn workspace() -> PathBuf {
    let package = env::var_os("CARGO_MANIFEST_DIR").map(PathBuf::from);
    package.as_deref().and_then(Path::parent).map(Path::to_owned).unwrap_or_default()
}

/// The text of codegen.toml.
#[derive(Clone, Debug)]
pub(crate) struct Settings {
    pub(crate) name: String,
    pub(crate) text: String,
}

impl Settings {
    pub(crate) fn source(&self) -> Source<'_> {
        Source { name: &self.name, text: &self.text }
    }
}

/// The paths of a run.
#[derive(Clone, Debug)]
pub(crate) struct Paths {
    pub(crate) spec: NamedPath,
    pub(crate) config: NamedPath,
    pub(crate) out: NamedPath,
    is_spec_given: bool,
    is_config_given: bool,
}

impl Paths {
    /// Uses the paths that the user gave, or the defaults.
    pub(crate) fn new(spec: Option<&Path>, config: Option<&Path>, out: Option<&Path>) -> Self {
        let is_spec_given = spec.is_some();
        let spec = NamedPath::new(spec, "spec/openapi.yaml");
        let config_path = match config {
            Some(path) => NamedPath::of(path),
            None => spec.beside("codegen.toml"),
        };
        Self {
            config: config_path,
            out: NamedPath::new(out, "generated-client"),
            spec,
            is_spec_given,
            is_config_given: config.is_some(),
        }
    }

    /// Reads the document.
    pub(crate) fn document(&self) -> Result<String, Failure> {
        let name = &self.spec.name;
        if name.starts_with("https://") || name.starts_with("http://") {
            return Err(Failure::wrong_use(format!(
                "`{name}` is a URL, and documents are not downloaded; save it as a file, and pass the file with `--spec`"
            )));
        }
        let remedy = match self.is_spec_given {
            true => "correct the path after `--spec`",
            false => "pass the document with `--spec`",
        };
        read(&self.spec, remedy)
    }

    /// Reads the settings, if there are any.
    pub(crate) fn settings(&self) -> Result<Option<Settings>, Failure> {
        if !self.is_config_given && self.config.is_missing() {
            return Ok(None);
        }
        let text = read(&self.config, "pass another file with `--config`")?;
        Ok(Some(Settings { name: self.config.name.clone(), text }))
    }

    /// Reads the settings of another document: the ones that the user gave, or the ones beside it, if there are any.
    pub(crate) fn settings_of(&self, spec: &NamedPath) -> Result<Option<Settings>, Failure> {
        let beside = Self { config: spec.beside("codegen.toml"), ..self.clone() };
        if self.is_config_given { self.settings() } else { beside.settings() }
    }

    /// Reads the names of earlier runs from the output folder. A new folder has none.
    pub(crate) fn lock(&self) -> Result<Lock, Failure> {
        let file = self.out.inside(LOCK_FILE_NAME);
        if file.is_missing() {
            return Ok(Lock::default());
        }
        parse_lock(&file.name, &read(&file, "restore it from version control")?)
    }

    /// Returns the flags for a command with the same paths.
    pub(crate) fn flags(&self, spec: Option<&Path>, out: Option<&Path>) -> String {
        let config = self.is_config_given.then_some(self.config.path.as_path());
        let mut flags = String::new();
        for (flag, path) in [("--spec", spec), ("--config", config), ("--out", out)] {
            if let Some(path) = path {
                flags.push_str(&format!(" {flag} {}", quoted(&path.display().to_string())));
            }
        }
        flags
    }
}

/// Parses the settings. Without settings, returns the defaults.
pub(crate) fn parse_config(settings: Option<&Settings>, style: Style) -> Result<Config, Failure> {
    let Some(settings) = settings else { return Ok(Config::default()) };
    Config::parse(&settings.text).map_err(|error| {
        let rendered = error.render(settings.source(), style).trim_end().to_owned();
        Failure { code: WRONG_USE, rendered: Some(rendered), errors: Vec::new(), help: Vec::new() }
    })
}

/// Parses a lock. `name` is the name of the file in messages.
pub(crate) fn parse_lock(name: &str, text: &str) -> Result<Lock, Failure> {
    Lock::parse(text).map_err(|error| {
        Failure::wrong_use(format!("{name}:{}: {}", error.line(), error.problem())).with_help(error.help())
    })
}

/// Reads a file whose path the user can set.
pub(crate) fn read(named: &NamedPath, remedy: &str) -> Result<String, Failure> {
    let NamedPath { path, name } = named;
    let what = match fs::read(path) {
        Ok(bytes) => return utf8(name, bytes),
        Err(error) if error.kind() == io::ErrorKind::NotFound => format!("`{name}` does not exist"),
        Err(_) if path.is_dir() => format!("`{name}` is a folder"),
        Err(error) => format!("cannot read `{name}`: {error}"),
    };
    Err(Failure::wrong_use(format!("{what}; {remedy}")))
}

/// Returns the bytes of a file as text.
pub(crate) fn utf8(name: &str, bytes: Vec<u8>) -> Result<String, Failure> {
    String::from_utf8(bytes).map_err(|error| {
        let offset = error.utf8_error().valid_up_to();
        Failure::wrong_use(format!(
            "`{name}` is not text in UTF-8 (byte {offset}); check that it is the right file, or save it as UTF-8"
        ))
    })
}

/// Returns a number with its noun: `1 type`, `2 types`.
pub(crate) fn count(number: usize, noun: &str) -> String {
    let s = if number == 1 { "" } else { "s" };
    format!("{number} {noun}{s}")
}

/// Quotes a word for a POSIX shell if necessary.
pub(crate) fn quoted(word: &str) -> Cow<'_, str> {
    let is_plain = |c: char| c.is_alphanumeric() || "_-./:@%+=,~".contains(c);
    if word.chars().all(is_plain) { word.into() } else { format!("'{}'", word.replace('\'', r"'\''")).into() }
}
