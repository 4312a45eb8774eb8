//! The program `openapi-crate`.

use std::io;
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
    /// Print the manual pages of all commands
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
            let manual = manual().map_err(|error| error.to_string());
            let result = manual.map(|manual| console.print(manual.trim_end()));
            console.exit_code(result.map(|()| true))
        }
    }
}

/// Returns the manual page of the program, and after it the pages of its commands.
fn manual() -> io::Result<String> {
    let mut program = CommandLine::command().disable_help_subcommand(true);
    // Sets the names of the commands with the name of the program before them.
    program.build();
    let mut manual = Vec::new();
    clap_mangen::Man::new(program.clone()).render(&mut manual)?;
    for command in program.get_subcommands() {
        let name = command.get_bin_name().unwrap_or(command.get_name()).replace(' ', "-");
        clap_mangen::Man::new(command.clone()).title(name).render(&mut manual)?;
    }
    Ok(String::from_utf8_lossy(&manual).into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_arguments_are_consistent() {
        CommandLine::command().debug_assert();
    }

    #[test]
    fn the_manual_has_the_options_of_all_commands() {
        let manual = manual().expect("the manual is rendered");
        assert_eq!(
            manual.matches("\n.SH NAME\n").count(),
            CommandLine::command().get_subcommands().count() + 1
        );
        for option in ["\\-\\-adopt", "\\-\\-require\\-bump", "\\-\\-deny"] {
            assert!(manual.contains(option), "{option} is not in the manual");
        }
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
