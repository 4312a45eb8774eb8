//! The command line, and the only code that writes to the disk.

mod compare_runtimes;
mod conformance;
mod corpus;
mod fuzz;
mod prove_diff;
mod servers;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

use openapi_crate::cli::console::Console;
use openapi_crate::cli::{Program, diff, explain, generate};

/// Generating a large client allocates and frees millions of tokens.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// The program that `cargo xtask` runs. Without arguments, it generates the client of this repository.
const PROGRAM: Program = Program {
    name: "cargo xtask",
    generate: "codegen",
    check: "codegen --check",
    settings: &["spec/codegen.toml"],
    is_in_workspace: true,
    document: Some("spec/openapi.yaml"),
    out: Some("generated-client"),
};

const CODEGEN: &str = "\
Examples:
  cargo xtask codegen           write generated-client/ from spec/openapi.yaml
  cargo xtask codegen --check   fail if generated-client/ is out of date (in CI)
  cargo xtask codegen acme.yaml --out ../acme-client
  cargo xtask codegen --deny warnings --allow ambiguous-union
  cargo xtask codegen --allow 'untyped-schema=#/components/schemas/Pet'
  cargo xtask codegen --bump    raise the version as the last changes require
  cargo xtask codegen --check --require-bump   fail if it is too low (in CI)

To explain an error or warning by its code, run: cargo xtask explain CODE

Exit codes:
  0  the crate was written, or is up to date
  1  a finding is an error or is denied, --check found differences, or the
     version is too low
  2  invalid arguments or settings, or a file cannot be read or written";

const DIFF: &str = "\
Examples:
  cargo xtask diff                   the last commit and the working tree
  cargo xtask diff git:v1.2.0        a tag and the working tree
  cargo xtask diff git:main git:next
  cargo xtask diff old.yaml new.yaml --config spec/codegen.toml
  cargo xtask diff git:origin/main --format markdown > comment.md
  cargo xtask diff --deny breaking   fail if programs may no longer compile

Exit codes:
  0  the sides were compared
  1  a document has errors, or --deny found breaking changes
  2  invalid arguments or settings, or a side cannot be read";

const EXPLAIN: &str = "\
Examples:
  cargo xtask explain                  list all codes
  cargo xtask explain untyped-schema   explain `warning[untyped-schema]`

Exit codes:
  0  success
  2  invalid arguments, or an unknown code";

/// Generate Rust client crates from OpenAPI documents, and test the generator
#[derive(Debug, Parser)]
#[command(
    bin_name = "cargo xtask",
    arg_required_else_help = true,
    after_help = "Examples:\n  cargo xtask codegen --check\n  cargo xtask explain untyped-schema"
)]
struct CommandLine {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    #[command(after_help = CODEGEN)]
    Codegen(generate::Args),
    CompareRuntimes(compare_runtimes::Args),
    Conformance(conformance::Args),
    Corpus(corpus::Args),
    #[command(after_help = DIFF)]
    Diff(diff::Args),
    #[command(after_help = EXPLAIN)]
    Explain(explain::Args),
    Fuzz(fuzz::Args),
    ProveDiff(prove_diff::Args),
    Servers(servers::Args),
    #[command(hide = true)]
    FuzzWorker(fuzz::worker::Args),
}

fn main() -> ExitCode {
    let CommandLine { command } = CommandLine::parse();
    let console = &mut Console::standard(PROGRAM);
    match command {
        Command::Codegen(args) => generate::run(
            &args,
            &|sources, config, lock| openapi_crate::regenerate(sources, config, lock),
            console,
        ),
        Command::CompareRuntimes(args) => compare_runtimes::run(&args, console),
        Command::Conformance(args) => conformance::run(&args, console),
        Command::Corpus(args) => corpus::run(&args, console),
        Command::Diff(args) => diff::run(&args, console),
        Command::Explain(args) => explain::run(&args, console),
        Command::Fuzz(args) => fuzz::run(&args, console),
        Command::ProveDiff(args) => prove_diff::run(&args, console),
        Command::Servers(args) => servers::run(&args, console),
        Command::FuzzWorker(args) => fuzz::worker::run(&args),
    }
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory as _;

    use super::CommandLine;

    /// The text after the options has aligned columns, so no line of it may wrap.
    #[test]
    fn examples_and_exit_codes_fit_a_terminal() {
        let program = CommandLine::command();
        for command in program.get_subcommands().chain([&program]) {
            let text = command.get_after_help().map(ToString::to_string).unwrap_or_default();
            for line in text.lines() {
                assert!(line.len() <= 80, "{}: {line}", command.get_name());
            }
        }
    }

    #[test]
    fn every_command_describes_the_output_format_alike() {
        let program = CommandLine::command();
        let formats = program.get_subcommands().flat_map(clap::Command::get_arguments);
        let formats = formats.filter(|argument| argument.get_id() == "format");
        let mut texts: Vec<_> = formats.map(|format| format.get_help().map(ToString::to_string)).collect();
        assert_eq!(texts.len(), 6);
        texts.dedup();
        assert_eq!(texts.len(), 1, "{texts:?}");
    }
}
