//! The program `openapi-crate`.

use std::process::ExitCode;

use clap::{CommandFactory as _, Parser, Subcommand};
use openapi_crate::cli::console::Console;
use openapi_crate::cli::{Program, check, diff, explain, generate, init};

/// Generating a large client allocates and frees millions of tokens.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// Generate Rust client crates from OpenAPI documents
#[derive(Debug, Parser)]
#[command(
    name = "openapi-crate",
    version = env!("OPENAPI_CRATE_VERSION"),
    arg_required_else_help = true,
    after_help = "Examples:\n  openapi-crate init api/openapi.yaml\n  openapi-crate generate\n  openapi-crate check"
)]
struct CommandLine {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    Init(init::Args),
    Generate(generate::Args),
    Check(check::Args),
    Diff(diff::Args),
    Explain(explain::Args),
    /// Print completions for a shell
    #[command(
        after_help = "Example:\n  openapi-crate completions bash > ~/.local/share/bash-completion/completions/openapi-crate"
    )]
    Completions {
        /// The shell
        #[arg(value_enum)]
        shell: clap_complete::Shell,
    },
    /// Print the manual page
    #[command(after_help = "Example:\n  openapi-crate manual | man -l -")]
    Manual,
}

fn main() -> ExitCode {
    let CommandLine { command } = CommandLine::parse();
    let console = &mut Console::standard(Program::OPENAPI_CRATE);
    let regenerate: generate::Generate<'_> =
        &|sources, config, lock| openapi_crate::regenerate(sources, config, lock);
    match command {
        Command::Init(args) => init::run(&args, console),
        Command::Generate(args) => generate::run(&args, regenerate, console),
        Command::Check(args) => check::run(&args, regenerate, console),
        Command::Diff(args) => diff::run(&args, console),
        Command::Explain(args) => explain::run(&args, console),
        Command::Completions { shell } => {
            let mut script = Vec::new();
            clap_complete::generate(shell, &mut CommandLine::command(), "openapi-crate", &mut script);
            console.print(String::from_utf8_lossy(&script).trim_end());
            ExitCode::SUCCESS
        }
        Command::Manual => {
            let mut manual = Vec::new();
            let rendered = clap_mangen::Man::new(CommandLine::command()).render(&mut manual);
            console.exit_code(rendered.map(|()| true).map_err(|error| error.to_string()));
            console.print(String::from_utf8_lossy(&manual).trim_end());
            ExitCode::SUCCESS
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_arguments_are_consistent() {
        CommandLine::command().debug_assert();
    }

    /// The text after the options has aligned columns, so no line of it may wrap.
    #[test]
    fn examples_and_exit_codes_fit_a_terminal() {
        let program = CommandLine::command();
        for command in program.get_subcommands().chain([&program]).filter(|it| it.get_name() != "completions")
        {
            let text = command.get_after_help().map(ToString::to_string).unwrap_or_default();
            for line in text.lines() {
                assert!(line.len() <= 80, "{}: {line}", command.get_name());
            }
        }
    }
}
