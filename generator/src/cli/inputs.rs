//! The inputs of a run: the document, the settings, and the lock of the crate's folder.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use std::env;
use std::fs;
use std::io::{self, Read as _};
use std::iter;
use std::path::{Path, PathBuf};

use super::Program;
use super::console::Console;
use super::failure::Failure;
use crate::config::{ClientPaths, Clients, SharedRuntime};
use crate::diagnostics::Style;
use crate::disk::output_folder::hidden_path;
use crate::disk::real_path::{absolute, simplified};
use crate::disk::text::{self, NotText, ReadError};
use crate::disk::{self, CHANGELOG, SETTINGS};
use crate::{Config, LOCK_FILE_NAME, Lock, Source};

/// A path and its name in messages: the path as given by the user, or the default.
#[derive(Clone, Debug)]
pub(crate) struct NamedPath {
    pub(crate) path: PathBuf,
    pub(crate) name: String,
}

impl NamedPath {
    /// Names a path as the user gave it.
    pub(crate) fn of(path: &Path) -> Self {
        Self { path: path.to_owned(), name: path.display().to_string() }
    }

    /// Returns true for the argument `-`.
    pub(crate) fn is_standard_input(&self) -> bool {
        self.path == Path::new("-")
    }

    /// Returns a file in the same folder.
    pub(crate) fn beside(&self, file_name: &str) -> Self {
        Self {
            path: self.path.with_file_name(file_name),
            name: Path::new(&self.name).with_file_name(file_name).display().to_string(),
        }
    }

    /// Returns a path relative to the folder of this file, without `..` after another segment.
    fn relative(&self, path: &str) -> Self {
        let Self { path, name } = self.beside(path);
        Self { path: simplified(&path), name: simplified(Path::new(&name)).display().to_string() }
    }

    /// Returns a path relative to this folder, without `..` after another segment.
    pub(crate) fn leading_to(&self, path: &str) -> Self {
        let Self { path, name } = self.inside(path);
        Self { path: simplified(&path), name: simplified(Path::new(&name)).display().to_string() }
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

/// The remedy for a list of clients where the settings of one client are needed.
pub(crate) const OF_ONE_CLIENT: &str = "pass the settings of one client with `--config`";

/// The remedy for settings that cannot be read.
const OTHER_SETTINGS: &str = "pass another file with `--config`";

/// Returns the folder of the workspace if cargo runs the program, or else the current folder.
pub fn workspace() -> PathBuf {
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

/// The settings of a run, which the user gave or which lie at a default path.
struct SettingsFile {
    path: NamedPath,
    text: Option<String>,
}

impl SettingsFile {
    /// Finds and reads the settings. A file that the user gave has to exist.
    fn find(program: &Program, spec: Option<&Path>, config: Option<&Path>) -> Result<Self, Failure> {
        let path = settings_path(program, spec, config);
        let is_absent = config.is_none() && path.is_missing();
        let text = if is_absent { None } else { Some(read(&path, OTHER_SETTINGS)?) };
        Ok(Self { path, text })
    }

    /// Returns the paths of one client.
    fn paths(&self, style: Style) -> Result<ClientPaths, Failure> {
        let Some(text) = &self.text else { return Ok(ClientPaths::default()) };
        let name = &self.path.name;
        if Clients::parse(text).is_some() {
            let error = format!("`{name}` lists several clients, so it has no settings of one client");
            return Err(Failure::wrong_use(error).with_help(OF_ONE_CLIENT));
        }
        ClientPaths::of_settings(text)
            .map_err(|error| Failure::rendered(error.render(Source { name, text }, style)))
    }
}

impl Paths {
    /// Uses the paths that the user gave, the paths in the settings, or the defaults of the program.
    pub(crate) fn new(
        console: &Console<'_>,
        spec: Option<&Path>,
        config: Option<&Path>,
        out: Option<&Path>,
    ) -> Result<Self, Failure> {
        let program = console.program();
        let file = SettingsFile::find(program, spec, config)?;
        let of_settings = file.paths(console.style())?;
        let config_path = file.path;
        let in_settings = |path: Option<String>| path.map(|path| config_path.relative(&path));
        let default = |path: Option<&str>| path.map(|path| program.default_path(path));
        let find = |given: Option<&Path>, in_settings: Option<NamedPath>, default: Option<NamedPath>| {
            given.map(NamedPath::of).or(in_settings).or(default)
        };
        let of_other = in_settings(of_settings.document);
        if let (Some(spec), Some(other), None, None) = (spec, &of_other, config, out) {
            refuse_other_document(spec, other, &config_path)?;
        }
        let document = find(spec, of_other, default(program.document));
        let folder = find(out, in_settings(of_settings.out), default(program.out));
        let missing = |what: &str, flag: &str, key: &str| {
            let help = format!("pass {flag}, or set `{key}` in `{}`", config_path.name);
            Failure::wrong_use(format!("{what} is not given")).with_help(help)
        };
        Ok(Self {
            spec: document.ok_or_else(|| missing("the document", "its path", "document"))?,
            out: folder.ok_or_else(|| missing("the folder of the crate", "`--out DIR`", "out"))?,
            is_spec_given: spec.is_some(),
            is_config_given: config.is_some(),
            config: config_path,
        })
    }

    /// Reads the document.
    pub(crate) fn document(&self) -> Result<String, Failure> {
        let name = &self.spec.name;
        if self.spec.is_standard_input() {
            let mut bytes = Vec::new();
            io::stdin().lock().read_to_end(&mut bytes).map_err(|error| {
                Failure::wrong_use(format!("cannot read the document from standard input: {error}"))
            })?;
            return utf8("standard input", bytes);
        }
        if name.starts_with("https://") || name.starts_with("http://") {
            return Err(Failure::wrong_use(format!(
                "`{name}` is a URL, and documents are not downloaded; download it first, and pass the file"
            )));
        }
        let remedy = match self.is_spec_given {
            true => "correct its path",
            false => "pass the path of the document",
        };
        read(&self.spec, remedy)
    }

    /// Reads the settings, if there are any.
    pub(crate) fn settings(&self) -> Result<Option<Settings>, Failure> {
        if !self.is_config_given && self.config.is_missing() {
            return Ok(None);
        }
        let text = read(&self.config, OTHER_SETTINGS)?;
        Ok(Some(Settings { name: self.config.name.clone(), text }))
    }

    /// Returns the settings, if they are valid.
    fn valid_settings(&self) -> Option<Config> {
        Config::parse(&self.settings().ok()??.text).ok()
    }

    /// Returns the path of the settings if the user gave it.
    pub(crate) fn given_config(&self) -> Option<&Path> {
        self.is_config_given.then_some(self.config.path.as_path())
    }

    /// Reads the names of earlier runs from the output folder. A new folder has none.
    pub(crate) fn lock(&self) -> Result<Lock, Failure> {
        let file = self.out.inside(LOCK_FILE_NAME);
        if file.is_missing() {
            return Ok(Lock::default());
        }
        parse_lock(&file.name, &read(&file, "restore it from version control")?)
    }
}

/// Refuses a document that is not the one of the settings beside it: its crate would replace the crate of the other one.
fn refuse_other_document(spec: &Path, other: &NamedPath, config: &NamedPath) -> Result<(), Failure> {
    let spec = NamedPath::of(spec);
    if spec.is_standard_input() || absolute(&spec.path) == absolute(&other.path) {
        return Ok(());
    }
    let error = format!("`{}` has the settings of `{}`, not of `{}`", config.name, other.name, spec.name);
    Err(Failure::wrong_use(error)
        .with_help("pass the folder of its crate with `--out`, or its settings with `--config`"))
}

/// Reads the settings of a document: the given ones, or the ones beside it, if there are any.
pub(crate) fn settings_of(spec: &NamedPath, config: Option<&Path>) -> Result<Option<Settings>, Failure> {
    let path = config.map_or_else(|| spec.beside(SETTINGS), NamedPath::of);
    if config.is_none() && path.is_missing() {
        return Ok(None);
    }
    let text = read(&path, OTHER_SETTINGS)?;
    Ok(Some(Settings { name: path.name, text }))
}

/// Returns the path of the settings: the given one, the one beside the document, or the default of the program.
fn settings_path(program: &Program, spec: Option<&Path>, config: Option<&Path>) -> NamedPath {
    match (config, spec) {
        (Some(path), _) => NamedPath::of(path),
        (None, Some(spec)) => NamedPath::of(spec).beside(SETTINGS),
        (None, None) => {
            let first = program.default_path(program.settings.first().unwrap_or(&SETTINGS));
            let above = folders_above(program);
            let defaults = program.settings.iter().map(|path| program.default_path(path));
            let in_folders = above
                .iter()
                .flat_map(|folder| program.settings.iter().map(|path| NamedPath::of(&folder.join(path))));
            defaults.chain(in_folders).find(|path| !path.is_missing()).unwrap_or(first)
        }
    }
}

/// Returns the folders above the current one, up to the top of the repository. There are none outside of a repository.
fn folders_above(program: &Program) -> Vec<PathBuf> {
    if program.is_in_workspace {
        return Vec::new();
    }
    let here = absolute(Path::new("."));
    let depth = here.ancestors().position(|folder| folder.join(".git").exists()).unwrap_or_default();
    (1..=depth).map(|depth| iter::repeat_n("..", depth).collect()).collect()
}

/// The document, the settings and the folder of a crate, as arguments.
#[derive(Clone, Debug, Default, clap::Args)]
pub struct InputArgs {
    /// OpenAPI document, YAML or JSON; `-` reads standard input [default: `document` in the settings]
    #[arg(value_name = "DOCUMENT")]
    document: Option<PathBuf>,
    /// The document as an option
    #[arg(long, value_name = "FILE", conflicts_with = "document")]
    spec: Option<PathBuf>,
    /// Settings file [default: codegen.toml next to the document, or codegen.toml, api/codegen.toml or spec/codegen.toml in
    /// the current folder or above it in the repository]
    #[arg(long, value_name = "FILE")]
    config: Option<PathBuf>,
    /// Output folder of the client crate [default: `out` in the settings]
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
}

impl InputArgs {
    fn document(&self) -> Option<&Path> {
        self.document.as_deref().or(self.spec.as_deref())
    }

    /// Collects paths that are options of another command.
    pub(crate) fn of(spec: Option<PathBuf>, config: Option<PathBuf>, out: Option<PathBuf>) -> Self {
        Self { document: None, spec, config, out }
    }

    /// Returns the paths of a run.
    pub(crate) fn paths(&self, console: &Console<'_>) -> Result<Paths, Failure> {
        Paths::new(console, self.document(), self.config.as_deref(), self.out.as_deref())
    }

    /// Returns the inputs of all clients if the settings are a list of clients.
    pub(crate) fn clients(&self, console: &Console<'_>) -> Result<Option<Vec<Self>>, Failure> {
        let file = SettingsFile::find(console.program(), self.document(), self.config.as_deref())?;
        let SettingsFile { path: file, text: Some(text) } = file else { return Ok(None) };
        let Some(clients) = Clients::parse(&text) else { return Ok(None) };
        let source = Source { name: &file.name, text: &text };
        let clients = clients.map_err(|error| Failure::rendered(error.render(source, console.style())))?;
        if self.document().is_some() || self.out.is_some() {
            let error =
                format!("`{}` lists several clients, so a document or folder cannot be given", file.name);
            return Err(Failure::wrong_use(error).with_help(OF_ONE_CLIENT));
        }
        let beside = |path: Option<String>| path.map(|path| file.relative(&path).path);
        let inputs = |client: ClientPaths| Self {
            document: None,
            spec: beside(client.document),
            config: beside(client.settings),
            out: beside(client.out),
        };
        let inputs: Vec<Self> = clients.list.into_iter().map(inputs).collect();
        refuse_overlaps(&inputs, &file, console)?;
        Ok(Some(inputs))
    }

    /// Returns the flags for a command with the same inputs.
    pub(crate) fn flags(&self) -> String {
        let flags = [
            ("--spec", self.document()),
            ("--config", self.config.as_deref()),
            ("--out", self.out.as_deref()),
        ];
        let mut text = String::new();
        for (flag, path) in flags {
            if let Some(path) = path {
                text.push_str(&format!(" {flag} {}", quoted(&path.display().to_string())));
            }
        }
        text
    }
}

/// Refuses clients whose folders overlap: each run would replace files of another client. Several clients can share the folder of
/// a runtime, under one name. A client whose paths are not known reports that in its own run.
fn refuse_overlaps(clients: &[InputArgs], list: &NamedPath, console: &Console<'_>) -> Result<(), Failure> {
    let mut folders = Vec::new();
    let mut packages = Vec::new();
    let mut runtimes: BTreeMap<PathBuf, (String, NamedPath)> = BTreeMap::new();
    for paths in clients.iter().filter_map(|client| client.paths(console).ok()) {
        let settings = paths.valid_settings().unwrap_or_default();
        packages.extend(settings.package.name);
        if let Some(SharedRuntime { path, name }) = settings.runtime {
            let folder = paths.out.leading_to(&path);
            let real = absolute(&folder.path);
            let (list, at) = (&list.name, &folder.name);
            if let Some((other, _)) = runtimes.get(&real).filter(|(other, _)| *other != name) {
                let error = format!(
                    "`{list}` has clients that give the runtime in `{at}` two names: `{other}` and `{name}`"
                );
                let help = "set `runtime.name` to the same name for each client";
                return Err(Failure::wrong_use(error).with_help(help));
            }
            // Cargo does not follow links, and refuses two crates with one name.
            let is_other = |there: &NamedPath| !is_same_path(&there.path, &folder.path);
            if let Some((_, there)) =
                runtimes.values().find(|(other, there)| *other == name && is_other(there))
            {
                let error = format!(
                    "`{list}` has clients whose runtimes `{at}` and `{}` are both called `{name}`",
                    there.name
                );
                let help = "set `runtime.path` so that it leads to the same folder for each client";
                return Err(Failure::wrong_use(error).with_help(help));
            }
            if let Entry::Vacant(entry) = runtimes.entry(real) {
                folders.push((entry.key().clone(), format!("`{at}` (runtime)")));
                entry.insert((name, folder));
            }
        }
        folders.push((absolute(&paths.out.path), format!("`{}`", paths.out.name)));
    }
    if let Some((name, _)) = runtimes.values().find(|(name, _)| packages.contains(name)) {
        let error = format!("`{}` has a client and a runtime that are both called `{name}`", list.name);
        return Err(Failure::wrong_use(error).with_help("set another `runtime.name`"));
    }
    let owned = folders.into_iter().flat_map(|(real, name)| {
        let hidden = hidden_path(&real);
        [(real, name.clone()), (hidden, name)]
    });
    let mut owned: Vec<(PathBuf, String)> = owned.collect();
    // A folder directly precedes the folders in it, apart from other folders in it.
    owned.sort();
    for pair in owned.windows(2) {
        let [(outer, one), (inner, other)] = pair else { continue };
        if inner.starts_with(outer) {
            let error = match one == other {
                true => format!("`{}` has two clients with the folder {one}", list.name),
                false => format!("`{}` has clients whose folders {one} and {other} overlap", list.name),
            };
            let help = match runtimes.is_empty() {
                true => "set `out` to a folder for each client",
                false => "set `out` to a folder for each client, and `runtime.path` to another one",
            };
            return Err(Failure::wrong_use(error).with_help(help));
        }
    }
    Ok(())
}

/// Returns true if two paths are equal without following links.
fn is_same_path(one: &Path, other: &Path) -> bool {
    let full = |path: &Path| std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    simplified(&full(one)) == simplified(&full(other))
}

/// Returns the changelog next to the settings if `--bump` writes it.
pub(crate) fn changelog_beside(paths: &Paths) -> Result<Option<String>, Failure> {
    let name = paths.config.beside(CHANGELOG).name;
    disk::changelog_beside(&paths.config.path)
        .map_err(|(_, error)| unreadable(&name, &error, "move it, so that `--bump` can write a changelog"))
}

/// Parses the settings. Without settings, returns the defaults.
pub(crate) fn parse_config(settings: Option<&Settings>, style: Style) -> Result<Config, Failure> {
    let Some(settings) = settings else { return Ok(Config::default()) };
    Config::parse(&settings.text).map_err(|error| Failure::rendered(error.render(settings.source(), style)))
}

/// Parses a lock. `name` is the name of the file in messages.
pub(crate) fn parse_lock(name: &str, text: &str) -> Result<Lock, Failure> {
    Lock::parse(text).map_err(|error| {
        Failure::wrong_use(format!("{name}:{}: {}", error.line(), error.problem())).with_help(error.help())
    })
}

/// Reads a file whose path the user can set.
pub(crate) fn read(named: &NamedPath, remedy: &str) -> Result<String, Failure> {
    text::read(&named.path).map_err(|error| unreadable(&named.name, &error, remedy))
}

/// Returns the failure of a command that cannot read a file.
pub(crate) fn unreadable(name: &str, error: &ReadError, remedy: &str) -> Failure {
    Failure::wrong_use(format!("`{name}` {error}; {}", error.help().unwrap_or(remedy)))
}

/// Returns the bytes of a file as text.
pub(crate) fn utf8(name: &str, bytes: Vec<u8>) -> Result<String, Failure> {
    text::decode(bytes)
        .map_err(|NotText { cause, help }| Failure::wrong_use(format!("`{name}` {cause}; {help}")))
}

/// Returns a number with its noun: `1 type`, `2 types`.
pub(crate) fn count(number: usize, noun: &str) -> String {
    let s = if number == 1 { "" } else { "s" };
    format!("{number} {noun}{s}")
}

/// Quotes a word for a POSIX shell if necessary.
pub(crate) fn quoted(word: &str) -> Cow<'_, str> {
    let is_plain = |c: char| c.is_alphanumeric() || "_-./:@%+=,".contains(c);
    if word.chars().all(is_plain) { word.into() } else { format!("'{}'", word.replace('\'', r"'\''")).into() }
}
