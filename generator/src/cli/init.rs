//! `openapi-crate init`: the files that a repository needs to generate a client.

use std::fs;
use std::io;
use std::path::{MAIN_SEPARATOR, Path, PathBuf};
use std::process::ExitCode;

use super::console::Console;
use super::failure::Failure;
use super::inputs::{NamedPath, quoted, read, unreadable};
use crate::config::ClientPaths;
use crate::disk::{DocumentFolder, SETTINGS, text, write_text};
use crate::{LOCK_FILE_NAME, Source, Sources};

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
/// Writes `codegen.toml` next to the document, with the settings that the document suggests, a line in `.gitattributes`,
/// and a workflow for GitHub that checks the client. Files that exist are not changed, apart from new lines in
/// `.gitattributes`.
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
    /// Output folder of the client crate [default: crates/NAME, with the name of the crate]
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
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
        let generate = console.program().generate();
        return Err(Failure::wrong_use(format!("`{}` exists already", settings.name))
            .with_help(format!("run `{generate} --config {}`, or delete the file", quoted(&settings.name))));
    }
    let files = DocumentFolder::of(&document.path);
    let sources =
        Sources { document: Source { name: &document.name, text: &text }, files: &files, config: None };
    let suggested = |paths: &ClientPaths| {
        crate::suggest_settings(sources, paths).map_err(|diagnostics| Failure {
            code: super::console::FAILED,
            rendered: Some(diagnostics.render_in(console.style(), sources)),
            errors: vec![format!("`{}` has errors, so nothing was written", document.name)],
            help: Vec::new(),
        })
    };
    let (name, _) = suggested(&ClientPaths::default())?;
    let out = args.out.clone().unwrap_or_else(|| Path::new("crates").join(&name));
    let file_name = document.path.file_name().map(|name| name.to_string_lossy().into_owned());
    let paths =
        ClientPaths { document: file_name, settings: None, out: Some(from_folder_of(&document.path, &out)) };
    let (_, toml) = suggested(&paths)?;

    let mut written = Vec::new();
    let mut write = |path: &Path, text: &str| -> Result<(), Failure> {
        if let Some(folder) = path.parent().filter(|folder| !folder.as_os_str().is_empty()) {
            fs::create_dir_all(folder).map_err(|error| unwritable(folder, &error))?;
        }
        write_text(path, text).map_err(Failure::wrong_use)?;
        written.push(slashes(path));
        Ok(())
    };
    write(&settings.path, &toml)?;
    let lock_line = format!("{} merge=union\n", slashes(&out.join(LOCK_FILE_NAME)));
    if let Some(attributes) = with_line(Path::new(ATTRIBUTES), &lock_line)? {
        write(Path::new(ATTRIBUTES), &attributes)?;
    }
    if NamedPath::of(Path::new(WORKFLOW)).is_missing() {
        write(Path::new(WORKFLOW), &workflow(&settings.path, &out))?;
    }
    written.iter().for_each(|path| console.print(format_args!("wrote {path}")));
    let config = match console.program().settings.contains(&slashes(&settings.path).as_str()) {
        true => String::new(),
        false => format!(" --config {}", quoted(&settings.name)),
    };
    let program = *console.program();
    console.print(format_args!("\nNext, read `{}`, and run:\n", settings.name));
    console.print(format_args!("  {}{config}    # writes {}", program.generate(), slashes(&out)));
    console.print(format_args!("  {}{config}       # fails if the client is out of date", program.check()));
    Ok(())
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

/// Returns the text of a file with another line at its end. `None` if the file has the line already.
fn with_line(path: &Path, line: &str) -> Result<Option<String>, Failure> {
    let before = text::read_if_any(path)
        .map_err(|error| unreadable(&path.display().to_string(), &error, "move it"))?
        .unwrap_or_default();
    if before.lines().any(|existing| existing.trim_end() == line.trim_end()) {
        return Ok(None);
    }
    let end = if before.is_empty() || before.ends_with('\n') { "" } else { "\n" };
    Ok(Some(format!("{before}{end}{line}")))
}

fn unwritable(path: &Path, error: &io::Error) -> Failure {
    Failure::wrong_use(format!("cannot create `{}`: {error}", path.display()))
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

fn workflow(settings: &Path, out: &Path) -> String {
    let (settings, out) = (slashes(settings), slashes(out));
    let folder = Path::new(&settings).parent().map(slashes).unwrap_or_default();
    let documents = if folder.is_empty() { "'*.yaml'".to_owned() } else { format!("{folder}/**") };
    let version = env!("CARGO_PKG_VERSION");
    format!(
        "# Checks that the generated client is up to date, and that its version declares breaking changes.
name: client
on:
  pull_request:
    paths: [{documents}, {out}/**]
permissions:
  contents: read
jobs:
  client:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v4
        with:
          fetch-depth: 0
      - run: cargo install --locked openapi-crate@{version}
      - run: openapi-crate check --config {settings} --require-bump=git:${{{{ github.event.pull_request.base.sha }}}}
"
    )
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
