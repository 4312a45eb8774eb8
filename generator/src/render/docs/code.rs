//! Blocks of code, none of which is Rust to be run.

use super::characters::clean;
use super::inline::longest_run;

/// The code between fences; no lines where it is blank.
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

/// A text of the document as code in a line, whatever it holds.
pub(super) fn span(text: &str) -> String {
    let text = clean(text).replace('\n', " ");
    let ticks = "`".repeat(longest_run(&text, b'`') + 1);
    let space = if text.starts_with('`') || text.ends_with('`') { " " } else { "" };
    format!("{ticks}{space}{text}{space}{ticks}")
}

/// The language of a code block, if it is a known one that no tool would compile.
fn language(info: &str) -> &str {
    let name = info.split([' ', ',', '{']).next().unwrap_or("");
    LANGUAGES.iter().find(|known| known.eq_ignore_ascii_case(name)).unwrap_or(&"text")
}

/// Not among them: `rust`, and what rustdoc reads as an attribute of a test.
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
