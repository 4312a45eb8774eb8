//! What is said about documents that are wrong: the smallest document that shows it, and all that is found in it.

mod crates;
mod files;
mod paths;
mod references;
mod structure;
mod text;

use std::collections::{BTreeMap, BTreeSet};

use codegen::diagnostics::{Code, Diagnostic, Position};
use codegen::{Source, Sources, check};

/// A document, and its findings as `line:column code: message | remedy`, with the file first if it is another one.
struct Case {
    /// What stands before `text`.
    head: &'static str,
    text: &'static str,
    /// The other files, by their paths.
    files: &'static [(&'static str, &'static str)],
    findings: &'static [&'static str],
}

/// The whole text of a document.
const fn text(text: &'static str, findings: &'static [&'static str]) -> Case {
    Case { head: "", text, files: &[], findings }
}

/// A document without its first two lines.
const fn document(text: &'static str, findings: &'static [&'static str]) -> Case {
    split(text, &[], findings)
}

/// A document without its first two lines, and the files that it refers to.
const fn split(
    text: &'static str,
    files: &'static [(&'static str, &'static str)],
    findings: &'static [&'static str],
) -> Case {
    Case { head: "openapi: 3.1.0\ninfo: {title: Pets, version: '1'}\n", text, files, findings }
}

fn cases() -> impl Iterator<Item = &'static Case> {
    [text::CASES, structure::CASES, references::CASES, files::CASES, paths::CASES].into_iter().flatten()
}

fn found_in(case: &Case) -> Vec<String> {
    let line = |(Position { line, column }, found): (Position, &Diagnostic)| {
        let file = found.pointer.file().map(|file| format!("{file}:")).unwrap_or_default();
        format!("{file}{line}:{column} {}: {} | {}", found.code, found.message, found.remedy)
    };
    let text = format!("{}{}", case.head, case.text);
    let files: BTreeMap<String, &str> =
        case.files.iter().map(|(path, text)| ((*path).to_owned(), *text)).collect();
    let sources = Sources { document: Source { name: "pets.yaml", text: &text }, files: &files };
    check(sources).located(sources).into_iter().map(line).collect()
}

#[test]
fn all_that_is_wrong_is_found() {
    for case in cases() {
        assert_eq!(found_in(case), case.findings, "in\n{}", case.text);
    }
}

#[test]
fn every_code_about_documents_has_a_case() {
    let code = |finding: &&str| {
        let (_, said) = finding.split_once(' ').unwrap_or_default();
        said.split(':').next().unwrap_or_default().parse()
    };
    let shown: BTreeSet<Code> = cases()
        .flat_map(|case| case.findings)
        .map(|finding| code(finding).expect("a finding names its code"))
        .collect();
    // From here on the codes are about what lowering makes of a document.
    let about_documents = Code::all().take_while(|code| *code != Code::UntypedSchema);
    assert_eq!(about_documents.filter(|code| !shown.contains(code)).collect::<Vec<_>>(), []);
}
