//! What is said about documents that are wrong: the smallest document that shows it, and all that is found in it.

mod crates;
mod paths;
mod references;
mod structure;
mod text;

use std::collections::BTreeSet;

use codegen::diagnostics::{Code, Diagnostic, Position};
use codegen::{Source, check};

/// A document, and its findings as `line:column code: message | remedy`.
struct Case {
    /// What stands before `text`.
    head: &'static str,
    text: &'static str,
    findings: &'static [&'static str],
}

/// The whole text of a document.
const fn text(text: &'static str, findings: &'static [&'static str]) -> Case {
    Case { head: "", text, findings }
}

/// A document without its first two lines.
const fn document(text: &'static str, findings: &'static [&'static str]) -> Case {
    Case { head: "openapi: 3.1.0\ninfo: {title: Pets, version: '1'}\n", text, findings }
}

fn cases() -> impl Iterator<Item = &'static Case> {
    [text::CASES, structure::CASES, references::CASES, paths::CASES].into_iter().flatten()
}

fn found_in(text: &str) -> Vec<String> {
    let line = |(Position { line, column }, found): (Position, &Diagnostic)| {
        format!("{line}:{column} {}: {} | {}", found.code, found.message, found.remedy)
    };
    let source = Source { name: "pets.yaml", text };
    check(source).located(&source).into_iter().map(line).collect()
}

#[test]
fn all_that_is_wrong_is_found() {
    for Case { head, text, findings } in cases() {
        assert_eq!(found_in(&format!("{head}{text}")), *findings, "in\n{text}");
    }
}

#[test]
fn every_code_about_documents_has_a_case() {
    let code = |finding: &&str| finding.split([' ', ':']).nth(2).unwrap_or_default().parse();
    let shown: BTreeSet<Code> = cases()
        .flat_map(|case| case.findings)
        .map(|finding| code(finding).expect("a finding names its code"))
        .collect();
    // From here on the codes are about what lowering makes of a document.
    let about_documents = Code::all().take_while(|code| *code != Code::UntypedSchema);
    assert_eq!(about_documents.filter(|code| !shown.contains(code)).collect::<Vec<_>>(), []);
}
