//! `openapi-crate init`: the files that a repository needs to generate a client.
//!
//! `workflow` has the texts of the files for GitHub and git; `new_files` writes all files or none.

mod new_files;
mod workflow;

use std::path::{MAIN_SEPARATOR, Path, PathBuf};
use std::process::ExitCode;

use self::new_files::NewFiles;
use self::workflow::Client;
use super::console::{Console, FAILED};
use super::failure::Failure;
use super::inputs::{NamedPath, quoted, read, unreadable};
use crate::config::{self, ClientPaths};
use crate::disk::real_path::absolute;
use crate::disk::{DocumentFolder, SETTINGS, text};
use crate::{Config, Source, Sources};

/// The documents that are found without an argument.
const DOCUMENTS: [&str; 9] = [
    "api/openapi.yaml",
    "api/openapi.yml",
    "api/openapi.json",
    "openapi.yaml",
    "openapi.yml",
    "openapi.json",
    "spec/openapi.yaml",
    "spec/openapi.yml",
    "spec/openapi.json",
];

/// The workflow that is written.
const WORKFLOW: &str = ".github/workflows/openapi-crate.yml";

const ATTRIBUTES: &str = ".gitattributes";

/// Write the files that a repository needs to generate a client
///
/// Writes `codegen.toml` next to the document, with the settings that the document suggests, and at the top of the
/// repository a line in `.gitattributes` and a workflow for GitHub that checks the client. An existing `codegen.toml` is
/// an error. An existing workflow is not changed; the command prints what to add to it.
#[derive(Clone, Debug, Default, clap::Args)]
#[command(after_help = "\
Examples:
  openapi-crate init                    use api/openapi.yaml
  openapi-crate init acme.yaml --out crates/acme

Exit codes:
  0  the files were written
  1  the document has errors
  2  invalid arguments, or a file cannot be read or written")]
pub struct Args {
    /// OpenAPI document, YAML or JSON [default: openapi.yaml, .yml or .json in api, in spec or in the current folder]
    #[arg(value_name = "DOCUMENT")]
    document: Option<PathBuf>,
    /// Name of the client crate [default: derived from the title of the document]
    #[arg(long, value_name = "NAME", value_parser = crate_name)]
    name: Option<String>,
    /// Output folder of the client crate [default: crates/NAME, with the name of the crate]
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
}

fn crate_name(name: &str) -> Result<String, String> {
    match config::is_crate_name(name) {
        true => Ok(name.to_owned()),
        false => {
            Err("a crate name has only ASCII letters, digits, `-` and `_`, and is not reserved".to_owned())
        }
    }
}

/// Runs the command, and prints its errors.
pub fn run(args: &Args, console: &mut Console<'_>) -> ExitCode {
    match init(args, console) {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => failure.report(console),
    }
}

fn init(args: &Args, console: &mut Console<'_>) -> Result<(), Failure> {
    let document = document(args)?;
    let text = read(&document, "pass an OpenAPI document")?;
    let settings = document.beside(SETTINGS);
    if !settings.is_missing() {
        return Err(exists_already(&settings, &document, console));
    }
    let files = DocumentFolder::of(&document.path);
    let sources =
        Sources { document: Source { name: &document.name, text: &text }, files: &files, config: None };
    let suggested = |paths: &ClientPaths| {
        crate::suggest_settings(sources, args.name.as_deref(), paths).map_err(|diagnostics| Failure {
            code: FAILED,
            rendered: Some(diagnostics.render_in(console.style(), sources)),
            errors: vec![format!("`{}` has errors, so nothing was written", document.name)],
            help: Vec::new(),
        })
    };
    let (name, _) = suggested(&ClientPaths::default())?;
    let out = args.out.clone().unwrap_or_else(|| Path::new("crates").join(&name));
    [&document.path, &out].into_iter().try_for_each(|path| refuse_unusual(path))?;
    let file_name = document.path.file_name().map(|name| name.to_string_lossy().into_owned());
    let paths =
        ClientPaths { document: file_name, settings: None, out: Some(from_folder_of(&document.path, &out)) };
    let (_, toml) = suggested(&paths)?;

    let top = top_of_repository(&document.path);
    let from_top = |path: &Path| from_folder(&top, path);
    let client = Client { settings: from_top(&settings.path), out: from_top(&out) };
    let mut new = NewFiles::default();
    new.add(&settings.path, None, toml);
    let attributes = top.join(ATTRIBUTES);
    let before = text::read_if_any(&attributes)
        .map_err(|error| unreadable(&attributes.display().to_string(), &error, "move it"))?;
    if let Some(text) = client.attributes(before.as_deref().unwrap_or_default()) {
        new.add(&attributes, before, text);
    }
    let workflow = NamedPath::of(&top.join(WORKFLOW));
    let mut to_add = None;
    if workflow.is_missing() {
        new.add(&workflow.path, None, client.workflow());
    } else {
        let before = read(&workflow, "move it")?;
        to_add = (!before.contains(&client.check())).then(|| client.addition());
    }
    new.write()?.iter().for_each(|path| console.print(format_args!("wrote {}", slashes(path))));

    let config = match console.program().settings.contains(&slashes(&settings.path).as_str()) {
        true => String::new(),
        false => format!(" --config {}", quoted(&settings.name)),
    };
    let program = *console.program();
    if let Some(to_add) = to_add {
        console
            .print(format_args!("\n`{}` exists already. Add this client to it:\n\n{to_add}", workflow.name));
        console.print(
            "\nTo handle all clients with one command, list them in `[[client]]` tables of a codegen.toml.",
        );
    }
    console.print(format_args!("\nNext, read `{}`, and run:\n", settings.name));
    console.print(format_args!("  {}{config}    # writes {}", program.generate(), slashes(&out)));
    console.print(format_args!("  {}{config}       # fails if the client is out of date", program.check()));
    Ok(())
}

/// Returns the failure for a document whose settings exist.
fn exists_already(settings: &NamedPath, document: &NamedPath, console: &Console<'_>) -> Failure {
    let failure = Failure::wrong_use(format!("`{}` exists already", settings.name));
    let of_settings = text::read(&settings.path).ok().and_then(|text| Config::parse(&text).ok());
    let other = of_settings.and_then(|config| config.document).map(|other| settings.beside(&other));
    match other.filter(|other| absolute(&other.path) != absolute(&document.path)) {
        Some(other) => failure.with_help(format!(
            "it has the settings of `{}`; move `{}` to a folder of its own, and pass its new path",
            other.name, document.name
        )),
        None => {
            let generate = console.program().generate();
            failure.with_help(format!(
                "run `{generate} --config {}`, or delete the file",
                quoted(&settings.name)
            ))
        }
    }
}

/// Refuses a path that cannot be written in every file.
fn refuse_unusual(path: &Path) -> Result<(), Failure> {
    let is_unusual = path.to_str().is_none_or(|path| path.contains(char::is_control) || path.contains("${{"));
    match is_unusual {
        false => Ok(()),
        true => Err(Failure::wrong_use(format!(
            "`{}` has a character that a workflow cannot have",
            path.display().to_string().escape_debug()
        ))
        .with_help("rename it, without control characters and `${{`")),
    }
}

/// Returns the folder of the repository that contains a file, or the current folder.
fn top_of_repository(file: &Path) -> PathBuf {
    let here = absolute(Path::new("."));
    let file = absolute(file);
    let top = file.ancestors().skip(1).find(|folder| folder.join(".git").exists());
    match top {
        Some(top) if top != here => relative(&here, top),
        _ => PathBuf::new(),
    }
}

/// Returns the path from one folder to another, which exist.
fn relative(from: &Path, to: &Path) -> PathBuf {
    match from.strip_prefix(to) {
        Ok(below) => below.components().map(|_| "..").collect(),
        Err(_) => to.to_owned(),
    }
}

/// Returns a path relative to a folder, or the absolute path if it is not in the folder.
fn from_folder(folder: &Path, path: &Path) -> String {
    let (folder, path) =
        (absolute(if folder.as_os_str().is_empty() { Path::new(".") } else { folder }), absolute(path));
    path.strip_prefix(&folder).map_or_else(|_| slashes(&path), slashes)
}

/// Returns the document: the given one, or the first that exists.
fn document(args: &Args) -> Result<NamedPath, Failure> {
    let found = DOCUMENTS.iter().map(Path::new).find(|path| path.is_file());
    let path = args.document.as_deref().or(found).ok_or_else(|| {
        Failure::wrong_use("there is no document `api/openapi.yaml`")
            .with_help("save the document there, or pass its path")
    })?;
    Ok(NamedPath { path: path.to_owned(), name: slashes(path) })
}

/// Returns a path of the current folder relative to the folder of a file.
fn from_folder_of(file: &Path, path: &Path) -> String {
    let folder = file.parent().unwrap_or(Path::new(""));
    let is_plain =
        |path: &Path| path.components().all(|component| matches!(component, std::path::Component::Normal(_)));
    match (is_plain(folder), path.is_relative()) {
        (true, true) => {
            let up = "../".repeat(folder.components().count());
            format!("{up}{}", slashes(path))
        }
        _ => std::path::absolute(path).map_or_else(|_| slashes(path), |path| slashes(&path)),
    }
}

/// Returns a path with `/` between its segments, which every platform accepts.
fn slashes(path: &Path) -> String {
    with_slashes(&path.to_string_lossy(), MAIN_SEPARATOR)
}

fn with_slashes(path: &str, separator: char) -> String {
    path.replace(separator, "/")
}

#[cfg(test)]
mod tests {
    use super::with_slashes;

    #[test]
    fn paths_of_all_systems_have_slashes() {
        assert_eq!(with_slashes("api/openapi.yaml", '/'), "api/openapi.yaml");
        assert_eq!(with_slashes("/home/a", '/'), "/home/a");
        assert_eq!(with_slashes(r"crates\pets", '\\'), "crates/pets");
        assert_eq!(with_slashes(r"C:\a\b", '\\'), "C:/a/b");
        // A backslash is a valid character of a name elsewhere.
        assert_eq!(with_slashes(r"a\b/c", '/'), r"a\b/c");
    }
}
