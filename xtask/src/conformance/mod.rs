//! `cargo xtask conformance`: calls every operation of a generated client against a server that knows the document and
//! was not written here.
//!
//! [`program`] generates the client and a program that calls it, [`document`] is what the server is given, [`prism`] is
//! the server, [`outcome`] counts what came of the calls.

mod document;
mod outcome;
mod prism;
mod program;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use codegen::{Answers, Config, Source, Sources};

use self::outcome::Outcomes;
use self::prism::Prism;
use self::program::Program;
use crate::codegen::{FAILED, Format, WRONG_USE, workspace};
use crate::console::Console;
use crate::folder::Folder;

/// Calls every operation of a document's client against a server that knows the document.
///
/// The server is Prism (<https://github.com/stoplightio/prism>), which `npm` installs below the workspace's target folder
/// the first time. It judges every request by the document, and answers with the document's examples or with values
/// that it makes of the schemas. Arguments are made of the types, and have all that they may have.
///
/// Where the server takes something for what the document does not mean, such as the formats of protobuf's JSON, its copy of
/// the document spells that out. What is not the client's fault is counted apart: answers that the document does not
/// allow or that are beyond the server, operations that have errors for answers only, and paths that look the same.
#[derive(Clone, Debug, clap::Args)]
#[command(after_help = "\
Examples:
  cargo xtask conformance acme.yaml
  cargo xtask conformance acme.json --config acme.toml --format json
  cargo xtask conformance acme.yaml --server mock

Exit code: 0 all is well; 1 a request was refused or not made, or an answer not decoded, that the client answers for;
2 wrong use.")]
pub(crate) struct Args {
    /// The OpenAPI document, YAML or JSON
    #[arg(value_name = "SPEC")]
    spec: PathBuf,
    /// What the document cannot say [default: the codegen.toml beside the document, if there is one]
    #[arg(long, value_name = "FILE")]
    config: Option<PathBuf>,
    /// Where to write the crates, what is built of them and the server [default: the workspace's target/conformance]
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
    /// The server: one that was not written here, or the one that comes with the client for the tests of its users
    #[arg(long, value_enum, default_value_t)]
    server: Server,
    /// How to say what came of it: as a table, or as JSON
    #[arg(long, value_enum, default_value_t)]
    format: Format,
}

/// What is called.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, clap::ValueEnum)]
enum Server {
    /// Prism
    #[default]
    Prism,
    /// The client's own
    Mock,
}

/// Runs the command.
pub(crate) fn run(args: &Args, console: &mut Console<'_>) -> ExitCode {
    match attempt(args, console) {
        Ok(outcomes) if outcomes.is_well() => ExitCode::SUCCESS,
        Ok(_) => ExitCode::from(FAILED),
        Err(error) => {
            console.warn(format_args!("error: {error}"));
            ExitCode::from(WRONG_USE)
        }
    }
}

fn attempt(args: &Args, console: &mut Console<'_>) -> Result<Outcomes, String> {
    let out = args.out.clone().unwrap_or_else(|| workspace().join("target/conformance"));
    let out = absolute(&out)?;
    let spec = absolute(&args.spec)?;
    let name = spec.file_stem().and_then(|name| name.to_str()).ok_or("the document has no name")?;
    let folder = out.join(name);
    fs::create_dir_all(&folder).map_err(|error| format!("cannot make `{}`: {error}", folder.display()))?;

    console.progress("generate,");
    let config = settings(&spec, args.config.as_deref())?;
    let program = Program::generate(&spec, &config, &folder)?;
    console.progress(" build,");
    let target = out.join("target");
    let said = match args.server {
        Server::Prism => {
            let program = program.build("", &target)?;
            console.progress(" server,");
            let prism = Prism::installed(&out)?;
            let document = document::for_server(&spec, config.settings.protojson, &folder)?;
            let server = prism.serve(&document, &folder.join("server.log"))?;
            console.progress(" call");
            program.run(Some(&server.url()))?
        }
        Server::Mock => {
            let program = program.build("mock", &target)?;
            console.progress(" call");
            program.run(None)?
        }
    };
    console.progress("\n");
    let outcomes = Outcomes::of(&said, &answers(&spec, &config.settings)?)?;
    match args.format {
        Format::Text => console.say(outcomes.text().trim_end()),
        Format::Json => console.say(outcomes.json()),
    }
    Ok(outcomes)
}

/// What the document allows the server to answer.
fn answers(spec: &Path, config: &Config) -> Result<Answers, String> {
    let text =
        fs::read_to_string(spec).map_err(|error| format!("cannot read `{}`: {error}", spec.display()))?;
    let name = spec.display().to_string();
    let folder = Folder::of(spec);
    let sources = Sources { document: Source { name: &name, text: &text }, files: &folder };
    // The client has been generated, so there is nothing wrong with the document.
    Answers::of(sources, config).ok_or_else(|| format!("`{name}` is no document"))
}

/// What the document cannot say, and where that is said.
struct Configured {
    settings: Config,
    path: Option<PathBuf>,
}

fn settings(spec: &Path, given: Option<&Path>) -> Result<Configured, String> {
    let beside = Some(spec.with_file_name("codegen.toml")).filter(|path| path.is_file());
    let Some(path) = given.map(absolute).transpose()?.or(beside) else {
        return Ok(Configured { settings: Config::default(), path: None });
    };
    let shown = path.display();
    let text = fs::read_to_string(&path).map_err(|error| format!("cannot read `{shown}`: {error}"))?;
    let settings = Config::parse(&text).map_err(|error| format!("{shown}: {error}"))?;
    Ok(Configured { settings, path: Some(path) })
}

/// A path for a program that is started in another folder.
fn absolute(path: &Path) -> Result<PathBuf, String> {
    std::path::absolute(path).map_err(|error| format!("cannot find `{}`: {error}", path.display()))
}
