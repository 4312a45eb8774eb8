//! `openapi-crate explain`: prints the explanation of a diagnostic code.

use std::process::ExitCode;

use crate::diagnostics::Code;

use crate::cli::console::Console;

/// The line width of an explanation.
const LINE_WIDTH: usize = 80;

/// Explain an error or warning by its code, such as `untyped-schema`
///
/// Without a code, lists all codes.
#[derive(Clone, Debug, Default, clap::Args)]
#[command(after_help = "\
Examples:
  openapi-crate explain                  list all codes
  openapi-crate explain untyped-schema   explain `warning[untyped-schema]`

Exit codes:
  0  success
  2  invalid arguments, or an unknown code")]
pub struct Args {
    /// The code in square brackets, such as `untyped-schema` in `warning[untyped-schema]`
    #[arg(value_name = "CODE")]
    code: Option<String>,
}

/// Runs the command.
pub fn run(args: &Args, console: &mut Console<'_>) -> ExitCode {
    match &args.code {
        None => list(console),
        Some(id) => match parse(id) {
            Ok(code) => explain(code, console),
            Err(message) => {
                console.eprint(format_args!("error: {message}"));
                return ExitCode::from(crate::cli::console::WRONG_USE);
            }
        },
    }
    ExitCode::SUCCESS
}

/// Parses a code, which may be in brackets after its severity. The error suggests similar codes.
pub(crate) fn parse(id: &str) -> Result<Code, String> {
    let bare = id.rsplit('[').next().unwrap_or(id).trim_end_matches(']');
    bare.parse().map_err(|unknown| {
        let shares_a_word =
            |code: &Code| bare.split('-').any(|word| code.id().split('-').any(|it| it == word));
        let similar: Vec<&str> = Code::all().filter(shares_a_word).map(Code::id).take(5).collect();
        match similar.as_slice() {
            [] => format!("`{bare}`: {unknown}; the command `explain` lists all codes"),
            similar => format!("`{bare}`: {unknown}; similar codes: `{}`", similar.join("`, `")),
        }
    })
}

fn list(console: &mut Console<'_>) {
    let width = Code::all().map(|code| code.id().len()).max().unwrap_or_default();
    for code in Code::all() {
        console.print(format_args!("{:7} {:width$} {}", code.severity(), code.id(), code.title()));
    }
    let name = console.program().name;
    console.print(format_args!("\nTo explain a single code, run: {name} explain CODE"));
}

fn explain(code: Code, console: &mut Console<'_>) {
    console.print(format_args!("{}[{code}]: {}\n", code.severity(), code.title()));
    console.print(wrapped(code.explanation()));
}

/// Wraps a text at [`LINE_WIDTH`].
fn wrapped(text: &str) -> String {
    let mut wrapped = String::with_capacity(text.len());
    let mut column = 0;
    for word in text.split_whitespace() {
        let length = word.chars().count();
        if column > 0 && column + 1 + length > LINE_WIDTH {
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

    fn run_explain(code: Option<&str>) -> (String, String) {
        let (mut out, mut err) = (Vec::new(), Vec::new());
        run(&Args { code: code.map(str::to_owned) }, &mut Console::new(&mut out, &mut err));
        (String::from_utf8(out).unwrap(), String::from_utf8(err).unwrap())
    }

    #[test]
    fn lists_and_explains_every_code() {
        let (list, _) = run_explain(None);
        let (rows, end) = list.split_once("\n\n").expect("an empty line after the codes");
        assert_eq!(end, "To explain a single code, run: openapi-crate explain CODE\n");
        assert_eq!(rows.lines().count(), Code::all().count());
        for (row, code) in rows.lines().zip(Code::all()) {
            assert_eq!(row.find(code.id()), Some("warning ".len()), "the codes line up: {row}");
        }
        for code in Code::all() {
            let (out, err) = run_explain(Some(code.id()));
            assert!(
                out.contains(code.title()) && out.lines().all(|line| line.len() <= LINE_WIDTH + 40),
                "{out}"
            );
            assert!(out.split_whitespace().count() > code.explanation().split_whitespace().count(), "{out}");
            assert_eq!(err, "");
        }
    }

    #[test]
    fn accepts_a_code_in_brackets() {
        assert_eq!(run_explain(Some("warning[untyped-schema]")), run_explain(Some("untyped-schema")));
    }

    #[test]
    fn suggests_codes_similar_to_an_unknown_one() {
        let unknown = "error: `no-such-thing`: no finding has this code";
        assert!(run_explain(Some("no-such-thing")).1.starts_with(unknown));
        assert!(run_explain(Some("schema")).1.contains("`untyped-schema`"));
    }
}
