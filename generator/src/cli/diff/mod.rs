//! `openapi-crate diff`: what a change of the document changes for the users of the crate.
//!
//! `side` reads the two sides, from files or with `git`; `comparison` compares them; `text`, `markdown` and `json`
//! write the report.

pub(crate) mod bump;
mod causes;
pub(crate) mod comparison;
pub(crate) mod crate_files;
pub(crate) mod document;
mod git;
pub(crate) mod json;
mod limit;
mod markdown;
mod parallel;
pub(crate) mod side;
mod text;
mod told;
mod versions;

use std::path::PathBuf;
use std::process::ExitCode;

use crate::diff::Class;

use crate::cli::console::{Console, FAILED};
use crate::cli::failure::Failure;
use crate::cli::inputs::{InputArgs, OF_ONE_CLIENT, Paths, quoted};
use crate::safe_text::code_span;
use comparison::{Comparison, NewSide};
use side::{OldSide, Side, SideArg};

/// Show what changes in the crate and on the wire, and which version that requires
///
/// A side is a document, the folder of a crate, or `git:REV`: the document, the settings and the crate at that commit.
/// The report lists the changes of the public API with their causes in the document. A separate section lists requests that
/// the new server rejects and responses that old clients cannot decode. For a list of clients, the report has a part for
/// each of them.
#[derive(Clone, Debug, Default, clap::Args)]
#[command(after_help = "\
Examples:
  openapi-crate diff                   the last commit and the working tree
  openapi-crate diff git:v1.2.0        a tag and the working tree
  openapi-crate diff git:main git:next
  openapi-crate diff old.yaml new.yaml --config spec/codegen.toml
  openapi-crate diff git:origin/main --format markdown > comment.md
  openapi-crate diff --deny breaking   fail if programs may no longer compile

Exit codes:
  0  the sides were compared
  1  a document has errors, or --deny found breaking changes
  2  invalid arguments or settings, or a side cannot be read")]
pub struct Args {
    /// Old side: a document, the folder of a crate, or `git:REV` [default: git:HEAD]
    #[arg(value_name = "OLD", value_parser = SideArg::parse)]
    old: Option<SideArg>,
    /// New side: a document, the folder of a crate, or `git:REV` [default: the working tree]
    #[arg(value_name = "NEW", value_parser = SideArg::parse)]
    new: Option<SideArg>,
    /// OpenAPI document in the working tree and in commits [default: `document` in the settings]
    #[arg(long, value_name = "FILE")]
    spec: Option<PathBuf>,
    /// Settings file of both sides [default: codegen.toml next to each document, or codegen.toml, api/codegen.toml or
    /// spec/codegen.toml]
    #[arg(long, value_name = "FILE")]
    config: Option<PathBuf>,
    /// Folder of the crate in commits [default: `out` in the settings]
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
    /// Exit with code 1 if there are changes of this class
    #[arg(long, value_enum)]
    deny: Option<Denied>,
    /// Output format
    #[arg(long = "format", id = "report_format", value_enum, default_value_t)]
    format: ReportFormat,
}

/// The classes of changes that can be denied.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
enum Denied {
    /// Changes after which programs may no longer compile
    Breaking,
}

/// The format of the report.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, clap::ValueEnum)]
enum ReportFormat {
    /// Human-readable text
    #[default]
    Text,
    /// Markdown for a pull request, at most 65,536 characters
    Markdown,
    /// JSON for other programs
    Json,
}

/// Runs the command for two sides, or for all clients of a list, and prints its errors.
pub fn run(args: &Args, console: &mut Console<'_>) -> ExitCode {
    match compare_all(args, console) {
        Ok(code) => ExitCode::from(code),
        Err(failure) => failure.report(console),
    }
}

fn compare_all(args: &Args, console: &mut Console<'_>) -> Result<u8, Failure> {
    if let (Some(SideArg::Path(old)), Some(SideArg::Path(new))) = (&args.old, &args.new) {
        let config = args.config.as_deref();
        let sides = [Side::at_path(old, config)?, Side::at_path(new, config)?];
        let comparison = compare(args, sides, console)?;
        return Ok(args.report(&[(None, comparison)], console));
    }
    let inputs = InputArgs::of(args.spec.clone(), args.config.clone(), args.out.clone());
    let Some(clients) = inputs.clients(console)? else {
        let paths = inputs.paths(console).map_err(|failure| args.explain_one_path(failure))?;
        return Ok(args.report(&[(None, compare_states(args, &paths, console)?)], console));
    };
    if [&args.old, &args.new].iter().any(|side| matches!(side, Some(SideArg::Path(_)))) {
        let error = "a list of clients is compared between commits, not with a document or folder";
        return Err(Failure::wrong_use(error).with_help(OF_ONE_CLIENT));
    }
    let (mut comparisons, mut code) = (Vec::new(), 0);
    for client in clients {
        let compared = client
            .paths(console)
            .and_then(|paths| Ok((Some(paths.out.name.clone()), compare_states(args, &paths, console)?)));
        match compared {
            Ok(compared) => comparisons.push(compared),
            Err(failure) => code = code.max(failure.print(console)),
        }
    }
    Ok(code.max(args.report(&comparisons, console)))
}

impl Args {
    /// Prints the report of each comparison, with the name of its client in a list, and returns the exit code.
    fn report(&self, comparisons: &[(Option<String>, Comparison)], console: &mut Console<'_>) -> u8 {
        let max = markdown::MAX_LENGTH / comparisons.len().max(1);
        let reports = comparisons.iter().map(|(client, comparison)| match (self.format, client) {
            (ReportFormat::Text, None) => text::render(comparison),
            (ReportFormat::Text, Some(client)) => format!("{client}:\n\n{}\n", text::render(comparison)),
            (ReportFormat::Markdown, None) => markdown::render(comparison, max),
            (ReportFormat::Markdown, Some(client)) => {
                format!("## {}\n\n{}\n", code_span(client), markdown::render(comparison, max))
            }
            (ReportFormat::Json, _) => json::render(comparison).to_string(),
        });
        let reports: Vec<String> = reports.collect();
        match (self.format, comparisons) {
            (_, [(None, _)]) | (ReportFormat::Text | ReportFormat::Markdown, _) => {
                console.print(reports.join("\n").trim_end());
            }
            (ReportFormat::Json, _) => console.print(format_args!("[{}]", reports.join(","))),
        }
        let breaks = comparisons.iter().any(|(_, comparison)| comparison.count(Class::Breaking) > 0);
        if self.deny.is_some() && breaks { FAILED } else { 0 }
    }

    /// Adds help for a single document or folder without a project to compare it with.
    fn explain_one_path(&self, failure: Failure) -> Failure {
        match &self.old {
            Some(SideArg::Path(old)) => {
                let old = quoted(&old.display().to_string()).into_owned();
                failure.with_help(format!("or pass the other side, too: `diff {old} NEW`"))
            }
            _ => failure,
        }
    }
}

/// Compares the states of a client: commits and the working tree.
fn compare_states(args: &Args, paths: &Paths, console: &Console<'_>) -> Result<Comparison, Failure> {
    let head = SideArg::Git("HEAD".to_owned());
    let old = Side::read_old(args.old.as_ref().unwrap_or(&head), paths)?;
    let new = match &args.new {
        Some(side) => Side::read(side, paths)?,
        None => Side::working_tree(paths)?,
    };
    match old {
        OldSide::Side(old) => compare(args, [*old, new], console),
        OldSide::Before(commit) => Comparison::of_new(&commit, &NewSide::Side(&new), console.style()),
    }
}

fn compare(args: &Args, [mut old, mut new]: [Side; 2], console: &Console<'_>) -> Result<Comparison, Failure> {
    // A document that was saved elsewhere is meant to be read with the same settings.
    if matches!(args.old, Some(SideArg::Path(_))) {
        old.use_settings_of(&new);
    }
    if matches!(args.new, Some(SideArg::Path(_))) {
        new.use_settings_of(&old);
    }
    Comparison::of(&old, &NewSide::Side(&new), console.style())
}
