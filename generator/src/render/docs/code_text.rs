//! Writes code blocks, none of which is a doctest, and code spans.

use super::characters::clean;
use super::inline::longest_run;

/// Returns the code between fences, or no lines if it is blank.
pub(super) fn fence(info: &str, code: &str) -> Vec<String> {
    let code = clean(code);
    let lines: Vec<&str> = code.lines().map(str::trim_end).collect();
    let is_text = |line: &&str| !line.is_empty();
    let (Some(first), Some(last)) = (lines.iter().position(is_text), lines.iter().rposition(is_text)) else {
        return Vec::new();
    };
    let fence = "`".repeat(longest_run(&code, b'`').max(2) + 1);
    let mut block = vec![format!("{fence}{}", language(info))];
    block.extend(lines[first..=last].iter().map(|&line| line.to_owned()));
    block.push(fence);
    block
}

/// Returns a text of the document as a code span.
pub(super) fn span(text: &str) -> String {
    let text = clean(text).replace('\n', " ");
    let ticks = "`".repeat(longest_run(&text, b'`') + 1);
    let space = if text.starts_with('`') || text.ends_with('`') { " " } else { "" };
    format!("{ticks}{space}{text}{space}{ticks}")
}

/// Returns the language of a code block if it is in [`LANGUAGES`], and `text` otherwise.
fn language(info: &str) -> &str {
    let name = info.split([' ', ',', '{']).next().unwrap_or("");
    LANGUAGES.iter().find(|known| known.eq_ignore_ascii_case(name)).unwrap_or(&"text")
}

/// The languages that are kept. `rust` and the words that rustdoc reads as attributes of a test are not among them.
const LANGUAGES: [&str; 29] = [
    "bash",
    "console",
    "csharp",
    "css",
    "csv",
    "curl",
    "diff",
    "go",
    "graphql",
    "hcl",
    "html",
    "http",
    "ini",
    "java",
    "javascript",
    "js",
    "json",
    "jsonc",
    "php",
    "proto",
    "protobuf",
    "python",
    "ruby",
    "sh",
    "shell",
    "sql",
    "toml",
    "typescript",
    "yaml",
];
