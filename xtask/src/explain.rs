//! `cargo xtask explain`: what a finding means, at length.

use std::process::ExitCode;

use codegen::diagnostics::Code;

use crate::console::Console;

/// How wide an explanation is laid out.
const WIDTH: usize = 80;

/// Explains what a finding about a document means.
///
/// Without a code: lists every code there is.
#[derive(Clone, Debug, Default, clap::Args)]
#[command(after_help = "\
Examples:
  cargo xtask explain                  list all codes
  cargo xtask explain untyped-schema   what `warning[untyped-schema]` means, and what to do about it

Exit code: 0 explained; 2 there is no such code.")]
pub(crate) struct Args {
    /// The code, as it stands in the brackets of a finding
    #[arg(value_name = "CODE")]
    code: Option<String>,
}

/// Runs the command.
pub(crate) fn run(args: &Args, console: &mut Console<'_>) -> ExitCode {
    match &args.code {
        None => list(console),
        Some(id) => match parse(id) {
            Ok(code) => explain(code, console),
            Err(message) => {
                console.warn(format_args!("error: {message}"));
                return ExitCode::from(crate::codegen::WRONG_USE);
            }
        },
    }
    ExitCode::SUCCESS
}

/// The code of that id, with or without the brackets around it.
pub(crate) fn parse(id: &str) -> Result<Code, String> {
    let bare = id.rsplit('[').next().unwrap_or(id).trim_end_matches(']');
    bare.parse().map_err(|unknown| {
        let begins_alike =
            |code: &Code| bare.split('-').any(|word| code.id().split('-').any(|it| it == word));
        let alike: Vec<&str> = Code::all().filter(begins_alike).map(Code::id).take(5).collect();
        match alike.as_slice() {
            [] => format!("`{bare}`: {unknown}; `cargo xtask explain` lists all"),
            alike => format!("`{bare}`: {unknown}; there is `{}`", alike.join("`, `")),
        }
    })
}

fn list(console: &mut Console<'_>) {
    let width = Code::all().map(|code| code.id().len()).max().unwrap_or_default();
    for code in Code::all() {
        console.say(format_args!("{:7} {:width$} {}", code.severity(), code.id(), code.title()));
    }
}

fn explain(code: Code, console: &mut Console<'_>) {
    console.say(format_args!("{}[{code}]: {}\n", code.severity(), code.title()));
    console.say(wrapped(code.explanation()));
}

/// Breaks lines between words.
fn wrapped(text: &str) -> String {
    let mut wrapped = String::with_capacity(text.len());
    let mut column = 0;
    for word in text.split_whitespace() {
        let length = word.chars().count();
        if column > 0 && column + 1 + length > WIDTH {
            wrapped.push('\n');
            column = 0;
        } else if column > 0 {
            wrapped.push(' ');
            column += 1;
        }
        wrapped.push_str(word);
        column += length;
    }
    wrapped
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(code: Option<&str>) -> (String, String) {
        let (mut out, mut err) = (Vec::new(), Vec::new());
        run(&Args { code: code.map(str::to_owned) }, &mut Console::new(&mut out, &mut err));
        (String::from_utf8(out).unwrap(), String::from_utf8(err).unwrap())
    }

    #[test]
    fn every_code_is_listed_and_explained() {
        let (list, _) = said(None);
        assert_eq!(list.lines().count(), Code::all().count());
        for code in Code::all() {
            let (out, err) = said(Some(code.id()));
            assert!(out.contains(code.title()) && out.lines().all(|line| line.len() <= WIDTH + 40), "{out}");
            assert!(out.split_whitespace().count() > code.explanation().split_whitespace().count(), "{out}");
            assert_eq!(err, "");
        }
    }

    #[test]
    fn a_code_is_known_with_its_brackets() {
        assert_eq!(said(Some("warning[untyped-schema]")), said(Some("untyped-schema")));
    }

    #[test]
    fn an_unknown_code_is_an_error() {
        let unknown = "error: `no-such-thing`: no diagnostic has this code";
        assert!(said(Some("no-such-thing")).1.starts_with(unknown));
        assert!(said(Some("schema")).1.contains("`untyped-schema`"));
    }
}
