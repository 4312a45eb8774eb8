//! `cargo xtask conformance`: calls every operation of a generated client against a server that implements the
//! document.
//!
//! [`program`] generates the client and a program that calls it, [`document`] prepares the document for the server,
//! [`prism`] runs the server, and [`outcome`] counts the results of the calls.

mod document;
mod outcome;
mod prism;
mod program;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use codegen::{Config, ResponseValidator, Source, Sources};

use self::outcome::Outcomes;
use self::prism::Prism;
use self::program::Program;
use crate::codegen::Format;
use crate::console::Console;
use crate::folder::files_beside;
use crate::inputs::workspace;

/// Call every operation with the generated client, on a server that simulates the API
///
/// By default, the server is Prism (<https://github.com/stoplightio/prism>), a mock server that is not part of this
/// project. It validates every request against the document, and responds with the document's examples or with values
/// generated from the schemas. Prism needs Node.js. On first use, npm downloads and installs it in the subfolder `prism`
/// of the `--out` folder. With `--server mock`, the server is the one included in the generated crate.
///
/// Each operation is called with generated arguments; all optional parameters and properties are set, if valid values
/// can be generated.
///
/// Prism misreads some valid documents, such as those that use protobuf's JSON formats. The command gives Prism an
/// adapted copy of these.
///
/// Failures that the client does not cause are counted separately. Their causes: the response violates the document, the
/// server does not support a schema or a part of the request, the document has only error responses for the operation, the
/// request also matches the path of another operation, or the document allows no valid request.
#[derive(Clone, Debug, clap::Args)]
#[command(after_help = "\
Examples:
  cargo xtask conformance acme.yaml
  cargo xtask conformance acme.json --config acme.toml --format json
  cargo xtask conformance acme.yaml --server mock

Exit codes:
  0  the client caused no failure
  1  the client caused a failure, or the document has no operations
  2  invalid arguments, or the client or the server cannot be built or started")]
pub(crate) struct Args {
    /// OpenAPI document, YAML or JSON
    #[arg(value_name = "SPEC")]
    spec: PathBuf,
    /// Settings file [default: codegen.toml next to the document, if it exists]
    #[arg(long, value_name = "FILE")]
    config: Option<PathBuf>,
    /// Folder for the generated crates, the build output and Prism [default: target/conformance in the workspace]
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
    /// Server that simulates the API
    #[arg(long, value_enum, default_value_t)]
    server: Server,
    /// Output format; `json` prints one JSON value on standard output
    #[arg(long, value_enum, default_value_t)]
    format: Format,
}

/// The server that is called.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, clap::ValueEnum)]
enum Server {
    /// Prism, a separate mock server that validates every request
    #[default]
    Prism,
    /// The mock server included in the generated crate; does not need Node.js
    Mock,
}

/// Runs the command.
pub(crate) fn run(args: &Args, console: &mut Console<'_>) -> ExitCode {
    let result = attempt(args, console).map(|outcomes| outcomes.is_successful());
    console.exit_code(result)
}

fn attempt(args: &Args, console: &mut Console<'_>) -> Result<Outcomes, String> {
    let out = args.out.clone().unwrap_or_else(|| workspace().join("target/conformance"));
    let out = absolute(&out)?;
    let spec = absolute(&args.spec)?;
    let name =
        spec.file_stem().and_then(|name| name.to_str()).ok_or("the path of the document has no file name")?;
    let folder = out.join(name);
    fs::create_dir_all(&folder).map_err(|error| format!("cannot create `{}`: {error}", folder.display()))?;

    console.progress("generate,");
    let config = settings(&spec, args.config.as_deref())?;
    let program = Program::generate(&spec, &config, &folder)?;
    console.progress(" build,");
    let target = out.join("target");
    let output = match args.server {
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
    let outcomes = Outcomes::of(&output, &validator(&spec, &config.settings)?)?;
    match args.format {
        Format::Text => console.print(outcomes.text().trim_end()),
        Format::Json => console.print(outcomes.json()),
    }
    Ok(outcomes)
}

/// Returns a validator for responses to the operations of the document.
fn validator(spec: &Path, config: &Config) -> Result<ResponseValidator, String> {
    let text =
        fs::read_to_string(spec).map_err(|error| format!("cannot read `{}`: {error}", spec.display()))?;
    let name = spec.display().to_string();
    let files = files_beside(spec);
    let sources = Sources { document: Source { name: &name, text: &text }, files: &files, config: None };
    // The client has been generated, so the document has no errors.
    ResponseValidator::of(sources, config).ok_or_else(|| format!("`{name}` is not a valid document"))
}

/// The settings, and the file that contains them.
struct ConfigFile {
    settings: Config,
    path: Option<PathBuf>,
}

fn settings(spec: &Path, given: Option<&Path>) -> Result<ConfigFile, String> {
    let beside = Some(spec.with_file_name("codegen.toml")).filter(|path| path.is_file());
    let Some(path) = given.map(absolute).transpose()?.or(beside) else {
        return Ok(ConfigFile { settings: Config::default(), path: None });
    };
    let shown = path.display();
    let text = fs::read_to_string(&path).map_err(|error| format!("cannot read `{shown}`: {error}"))?;
    let settings = Config::parse(&text).map_err(|error| format!("{shown}: {error}"))?;
    Ok(ConfigFile { settings, path: Some(path) })
}

/// A path for a program that is started in another folder.
fn absolute(path: &Path) -> Result<PathBuf, String> {
    std::path::absolute(path).map_err(|error| format!("cannot resolve `{}`: {error}", path.display()))
}
