//! The command line: the only place that touches the disk.

mod codegen;
mod console;
mod folder;
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
    after_help = "Example:\n  cargo xtask codegen --check"
)]
struct CommandLine {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    Codegen(codegen::Args),
}

fn main() -> ExitCode {
    let CommandLine { command: Command::Codegen(args) } = CommandLine::parse();
    codegen::run(&args, |sources, config| ::codegen::generate(sources, config), &mut Console::standard())
}
