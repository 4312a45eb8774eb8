//! The command line: the only place that touches the disk.

mod codegen;
mod conformance;
mod console;
mod corpus;
mod explain;
mod folder;
mod machine;
mod report;
mod target;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

use console::Console;

/// Millions of tokens are made and dropped for a large document.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// The tasks of this workspace.
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
    Explain(explain::Args),
}

fn main() -> ExitCode {
    let CommandLine { command } = CommandLine::parse();
    let console = &mut Console::standard();
    match command {
        Command::Codegen(args) => {
            codegen::run(&args, |sources, config| ::codegen::generate(sources, config), console)
        }
        Command::Conformance(args) => conformance::run(&args, console),
        Command::Corpus(args) => corpus::run(&args, console),
        Command::Explain(args) => explain::run(&args, console),
    }
}
