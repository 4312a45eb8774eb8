//! The command line, and the only code that writes to the disk.

mod codegen;
mod conformance;
mod console;
mod corpus;
mod diff;
mod explain;
mod failure;
mod folder;
mod fuzz;
mod inputs;
mod json_output;
mod prove_diff;
mod read_once;
mod report;
mod servers;
mod target;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

use console::Console;

/// Generating a large client allocates and frees millions of tokens.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

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
    Codegen(codegen::Args),
    Conformance(conformance::Args),
    Corpus(corpus::Args),
    Diff(diff::Args),
    Explain(explain::Args),
    Fuzz(fuzz::Args),
    ProveDiff(prove_diff::Args),
    Servers(servers::Args),
    #[command(hide = true)]
    FuzzWorker(fuzz::worker::Args),
}

fn main() -> ExitCode {
    let CommandLine { command } = CommandLine::parse();
    let console = &mut Console::standard();
    match command {
        Command::Codegen(args) => {
            codegen::run(&args, |sources, config, lock| ::codegen::regenerate(sources, config, lock), console)
        }
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
