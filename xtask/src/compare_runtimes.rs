//! `cargo xtask compare-runtimes`: several clients in one workspace, each with its own runtime or all with a shared one.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Instant;

use openapi_crate::cli::console::Console;
use openapi_crate::cli::inputs::workspace;
use openapi_crate::config::{Package, SharedRuntime};
use openapi_crate::disk::DocumentFolder;
use openapi_crate::{Config, FileTree, Generated, Outcome, Source, Sources};

use crate::corpus::{Crate, lock};

/// Compare clients in one workspace: each with its own runtime, and all with a shared one
///
/// Writes both workspaces, counts their lines, and measures `cargo check` without earlier output: of everything, and of the
/// clients and the runtimes alone. The measurements of the workspaces alternate, so that other programs affect both.
#[derive(Clone, Debug, clap::Args)]
#[command(after_help = "\
Examples:
  cargo xtask compare-runtimes apis/pets.yaml apis/toys.yaml

Exit codes:
  0  both workspaces were measured
  1  a document has errors, or a crate does not compile
  2  invalid arguments, or a file cannot be read or written")]
pub(crate) struct Args {
    /// OpenAPI documents, one for each client
    #[arg(value_name = "DOCUMENT", required = true, num_args = 1..)]
    documents: Vec<PathBuf>,
    /// Number of measurements of each workspace; the table shows the shortest
    #[arg(long, value_name = "NUMBER", default_value_t = 3, value_parser = clap::value_parser!(u8).range(1..))]
    rounds: u8,
    /// Folder for the workspaces and the build output [default: target/compare-runtimes in the workspace]
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
}

/// The name of the shared runtime.
const RUNTIME: &str = "shared-runtime";

/// A workspace of clients.
#[derive(Debug)]
struct Clients {
    name: &'static str,
    folder: PathBuf,
    target: PathBuf,
    packages: Vec<String>,
    files: usize,
    lines: usize,
    /// Seconds for everything.
    whole: Option<f64>,
    /// Seconds for the clients and the runtimes.
    own: Option<Measured>,
}

/// The duration of a command, in seconds.
#[derive(Clone, Copy, Debug)]
struct Measured {
    elapsed: f64,
    /// Time of all processors. `None` if the system does not report it.
    processor: Option<f64>,
}

/// Runs the command.
pub(crate) fn run(args: &Args, console: &mut Console<'_>) -> ExitCode {
    let result = attempt(args, console);
    console.exit_code(result)
}

/// Returns an error if a file cannot be read or written, and `false` if a document or a crate has errors.
fn attempt(args: &Args, console: &mut Console<'_>) -> Result<bool, String> {
    let out = args.out.clone().unwrap_or_else(|| workspace().join("target/compare-runtimes"));
    let out =
        std::path::absolute(&out).map_err(|error| format!("cannot resolve `{}`: {error}", out.display()))?;
    let mut both = Vec::new();
    for (name, is_shared) in [("own runtimes", false), ("shared runtime", true)] {
        match Clients::write(name, is_shared, &args.documents, &out)? {
            Ok(clients) => both.push(clients),
            Err(findings) => {
                console.eprint(findings);
                return Ok(false);
            }
        }
    }
    for clients in &mut both {
        console.progress(format_args!("{}: everything\n", clients.name));
        if let Err(error) = clients.measure_all() {
            console.eprint(format_args!("error: {error}"));
            return Ok(false);
        }
    }
    for round in 1..=args.rounds {
        for clients in &mut both {
            console.progress(format_args!("{}: round {round} of {}\n", clients.name, args.rounds));
            if let Err(error) = clients.measure_own() {
                console.eprint(format_args!("error: {error}"));
                return Ok(false);
            }
        }
    }
    console.print(table(&both).trim_end());
    Ok(true)
}

impl Clients {
    /// Writes a workspace. If a document has errors, returns the findings.
    fn write(
        name: &'static str,
        is_shared: bool,
        documents: &[PathBuf],
        out: &Path,
    ) -> Result<Result<Self, String>, String> {
        let mut crates: Vec<(String, FileTree)> = Vec::new();
        let mut runtime = None;
        for path in documents {
            let shown = path.display().to_string();
            let text = fs::read_to_string(path).map_err(|error| format!("cannot read `{shown}`: {error}"))?;
            let config = settings(crates.len() + 1, path, is_shared);
            let files = DocumentFolder::of(path);
            let document = Source { name: &shown, text: &text };
            let sources = Sources { document, files: &files, config: None };
            let Outcome { generated, diagnostics } = openapi_crate::generate(sources, &config);
            let Some(Generated { files, runtime: of_client, .. }) = generated else {
                return Ok(Err(diagnostics.render(sources)));
            };
            crates.push((config.package.name.unwrap_or_default(), files));
            runtime = of_client.or(runtime);
        }
        crates.extend(runtime.map(|runtime| (runtime.name, runtime.files)));

        let folder = out.join(name.replace(' ', "-"));
        let failed = |error| format!("cannot write `{}`: {error}", folder.display());
        let (mut files, mut lines) = (0, 0);
        for (package, tree) in &crates {
            for (path, text) in tree.iter() {
                let at = folder.join(package).join(path);
                fs::create_dir_all(at.parent().unwrap_or(&folder)).map_err(failed)?;
                fs::write(&at, text).map_err(failed)?;
                if path.ends_with(".rs") {
                    files += 1;
                    lines += text.lines().count();
                }
            }
        }
        let packages: Vec<String> = crates.into_iter().map(|(package, _)| package).collect();
        let members = toml::Value::from(packages.clone());
        let manifest = format!("[workspace]\nresolver = \"3\"\nmembers = {members}\n");
        fs::write(folder.join("Cargo.toml"), manifest).map_err(failed)?;
        lock(&folder)?;
        let target = folder.join("target");
        Ok(Ok(Self { name, folder, target, packages, files, lines, whole: None, own: None }))
    }

    fn cargo(&self, arguments: &[&str]) -> Result<(), String> {
        let package = Crate { folder: &self.folder, target: &self.target };
        // Incremental compilation would keep what it is about to measure.
        let variables = [("CARGO_INCREMENTAL", "0")];
        package.run(&format!("cargo {}", arguments[0]), arguments, &variables).map(drop)
    }

    /// Measures everything, with the dependencies.
    fn measure_all(&mut self) -> Result<(), String> {
        if self.target.exists() {
            fs::remove_dir_all(&self.target)
                .map_err(|error| format!("cannot remove `{}`: {error}", self.target.display()))?;
        }
        let measured = measure(|| self.cargo(&["check", "--quiet"]))?;
        self.whole = Some(measured.elapsed);
        Ok(())
    }

    /// Measures the packages of the workspace. The dependencies have been built.
    fn measure_own(&mut self) -> Result<(), String> {
        let packages = self.packages.iter().flat_map(|package| ["--package", package]);
        let clean: Vec<&str> = ["clean", "--quiet"].into_iter().chain(packages).collect();
        self.cargo(&clean)?;
        let measured = measure(|| self.cargo(&["check", "--quiet"]))?;
        let is_shorter = |before: Measured| measured.elapsed < before.elapsed;
        if self.own.is_none_or(is_shorter) {
            self.own = Some(measured);
        }
        Ok(())
    }
}

/// Returns the settings of a client.
fn settings(number: usize, document: &Path, is_shared: bool) -> Config {
    let stem = document.file_stem().unwrap_or_default().to_string_lossy();
    let name = format!("client-{number}-{stem}").replace(|c: char| !c.is_ascii_alphanumeric(), "-");
    let shared = SharedRuntime { path: format!("../{RUNTIME}"), name: RUNTIME.to_owned() };
    Config {
        package: Package { name: Some(name), ..Package::default() },
        runtime: is_shared.then_some(shared),
        ..Config::default()
    }
}

/// Measures a command that runs other processes.
fn measure(command: impl FnOnce() -> Result<(), String>) -> Result<Measured, String> {
    let (start, before) = (Instant::now(), processor_seconds());
    command()?;
    let processor = before.zip(processor_seconds()).map(|(before, after)| after - before);
    Ok(Measured { elapsed: start.elapsed().as_secs_f64(), processor })
}

/// Returns the processor time of all ended processes that this one started. `None` if the system does not report it.
fn processor_seconds() -> Option<f64> {
    const TICKS_PER_SECOND: f64 = 100.0;
    let stat = fs::read_to_string("/proc/self/stat").ok()?;
    // The name of the program, in parentheses, can contain spaces. Then `cutime` and `cstime` are the 14th and 15th fields.
    let (_, fields) = stat.rsplit_once(')')?;
    let fields: Vec<&str> = fields.split_whitespace().collect();
    let ticks = |index: usize| fields.get(index)?.parse::<f64>().ok();
    Some((ticks(13)? + ticks(14)?) / TICKS_PER_SECOND)
}

/// Returns a table with a row for each workspace, and the ratio of the second one to the first one.
fn table(both: &[Clients]) -> String {
    let seconds = |seconds: Option<f64>| seconds.map_or_else(|| "-".to_owned(), |it| format!("{it:.1} s"));
    let numbers = |clients: &Clients| {
        let own = clients.own;
        [
            (Some(clients.packages.len() as f64), clients.packages.len().to_string()),
            (Some(clients.files as f64), clients.files.to_string()),
            (Some(clients.lines as f64), clients.lines.to_string()),
            (clients.whole, seconds(clients.whole)),
            (own.map(|own| own.elapsed), seconds(own.map(|own| own.elapsed))),
            (own.and_then(|own| own.processor), seconds(own.and_then(|own| own.processor))),
        ]
    };
    let mut rows: Vec<(String, Vec<String>)> = both
        .iter()
        .map(|clients| {
            (clients.name.to_owned(), numbers(clients).into_iter().map(|(_, text)| text).collect())
        })
        .collect();
    if let [first, second] = both {
        let ratios = numbers(first).into_iter().zip(numbers(second)).map(|((before, _), (after, _))| {
            before
                .zip(after)
                .map_or_else(|| "-".to_owned(), |(before, after)| format!("{:.2}", after / before))
        });
        rows.push(("ratio".to_owned(), ratios.collect()));
    }
    let line = |name: &str, cells: &[String]| {
        let cells: String = cells.iter().map(|cell| format!("{cell:>12}")).collect();
        format!("{name:16}{cells}\n")
    };
    let heads = ["crates", "files", "lines", "everything", "own crates", "processor"].map(str::to_owned);
    let rows = rows.iter().map(|(name, cells)| line(name, cells));
    [line("", &heads)].into_iter().chain(rows).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_has_the_ratios() {
        let clients = |name, lines, whole, own| Clients {
            name,
            folder: PathBuf::new(),
            target: PathBuf::new(),
            packages: vec!["a".to_owned(), "b".to_owned()],
            files: 40,
            lines,
            whole,
            own,
        };
        let own = Measured { elapsed: 3.0, processor: None };
        let both = [
            clients("own runtimes", 2000, Some(20.0), Some(own)),
            clients("shared runtime", 1000, Some(15.0), Some(Measured { elapsed: 1.5, ..own })),
        ];
        let expected = "
                      crates       files       lines  everything  own crates   processor
own runtimes               2          40        2000      20.0 s       3.0 s           -
shared runtime             2          40        1000      15.0 s       1.5 s           -
ratio                   1.00        1.00        0.50        0.75        0.50           -
";
        assert_eq!(table(&both), &expected[1..]);
    }

    #[test]
    fn the_workspaces_have_the_same_clients() {
        let out = tempfile::tempdir().expect("a folder");
        let document = out.path().join("pets API.yaml");
        let write = |is_shared| {
            let documents = [document.clone(), document.clone()];
            Clients::write("both", is_shared, &documents, out.path()).expect("the files can be written")
        };
        fs::write(&document, "openapi: 3.1.0").expect("a file");
        assert!(write(false).is_err_and(|findings| findings.contains("error[")));
        fs::write(&document, "openapi: 3.1.0\ninfo: {title: Pets, version: '1'}\npaths: {}\n")
            .expect("a file");
        let (own, shared) = (write(false).expect("no errors"), write(true).expect("no errors"));
        assert_eq!(own.packages, ["client-1-pets-API", "client-2-pets-API"]);
        assert_eq!(shared.packages, ["client-1-pets-API", "client-2-pets-API", RUNTIME]);
        assert!(own.lines > shared.lines && shared.lines > own.lines / 2, "{} {}", own.lines, shared.lines);
    }
}
