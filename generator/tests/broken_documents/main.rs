//! Invalid documents and their findings: for each code, a minimal document that provokes it.

mod crates;
mod files;
mod newer;
mod overlays;
mod paths;
mod references;
mod structure;
mod text;

use std::collections::{BTreeMap, BTreeSet};

use openapi_crate::diagnostics::{Code, Diagnostic, Position};
use openapi_crate::{Config, Source, Sources, check};
use tests::findings::style_faults;

/// A document and its findings as `line:column code: message | help`, or `file:line:column ...` in another
/// file.
struct Case {
    /// The lines before `text`.
    head: &'static str,
    text: &'static str,
    /// The other files, with their paths.
    files: &'static [(&'static str, &'static str)],
    /// True if the other files are overlays.
    are_overlays: bool,
    findings: &'static [&'static str],
}

/// Returns a case for the whole text of a document.
const fn text(text: &'static str, findings: &'static [&'static str]) -> Case {
    Case { head: "", text, files: &[], are_overlays: false, findings }
}

/// Returns a case for a document without its first two lines.
const fn document(text: &'static str, findings: &'static [&'static str]) -> Case {
    split(text, &[], findings)
}

/// Returns a case for a document without its first two lines, and the files that it refers to.
const fn split(
    text: &'static str,
    files: &'static [(&'static str, &'static str)],
    findings: &'static [&'static str],
) -> Case {
    let head = "openapi: 3.1.0\ninfo: {title: Pets, version: '1'}\n";
    Case { head, text, files, are_overlays: false, findings }
}

/// Returns a case for a document without its first two lines, and its overlays.
const fn overlaid(
    text: &'static str,
    files: &'static [(&'static str, &'static str)],
    findings: &'static [&'static str],
) -> Case {
    Case { are_overlays: true, ..split(text, files, findings) }
}

fn cases() -> impl Iterator<Item = &'static Case> {
    [
        text::CASES,
        structure::CASES,
        newer::CASES,
        references::CASES,
        files::CASES,
        paths::CASES,
        overlays::CASES,
    ]
    .into_iter()
    .flatten()
}

fn found_in(case: &Case) -> Vec<String> {
    let line = |(Position { line, column }, found): (Position, &Diagnostic)| {
        let file = found.pointer.file().map(|file| format!("{file}:")).unwrap_or_default();
        format!("{file}{line}:{column} {}: {} | {}", found.code, found.message, found.remedy)
    };
    let text = format!("{}{}", case.head, case.text);
    let files: BTreeMap<String, &str> =
        case.files.iter().map(|(path, text)| ((*path).to_owned(), *text)).collect();
    let sources =
        Sources { document: Source { name: "pets.yaml", text: &text }, files: &files, config: None };
    let paths = case.files.iter().map(|(path, _)| (*path).to_owned()).filter(|_| case.are_overlays);
    let config = Config { overlays: paths.collect(), ..Config::default() };
    check(sources, &config).located(sources).into_iter().map(line).collect()
}

#[test]
fn every_fault_is_reported() {
    for case in cases() {
        assert_eq!(found_in(case), case.findings, "in\n{}", case.text);
    }
}

#[test]
fn findings_have_one_style() {
    let titles = Code::all().map(|code| code.title().to_owned());
    let texts = cases().flat_map(|case| case.findings).flat_map(|finding| {
        let (_, text) = finding.split_once(": ").expect("a finding has a message");
        text.split(" | ").map(str::to_owned).collect::<Vec<_>>()
    });
    let of_crates = crates::findings().into_iter().flat_map(|found| [found.message, found.remedy]);
    let faults: Vec<String> =
        titles.chain(texts).chain(of_crates).flat_map(|text| style_faults(&text)).collect();
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn a_fault_of_style_is_found() {
    for (text, is_fault) in [
        ("the document is empty", false),
        ("`Pet` includes itself", false),
        ("YAML aliases expand to too many values", false),
        ("", false),
        ("The document is empty", true),
        ("the document is empty.", true),
        ("the document\nis empty", true),
    ] {
        assert_eq!(!style_faults(text).is_empty(), is_fault, "{text}");
    }
}

#[test]
fn every_code_about_documents_has_a_case() {
    let code = |finding: &&str| {
        let (_, rest) = finding.split_once(' ').unwrap_or_default();
        rest.split(':').next().unwrap_or_default().parse()
    };
    let shown: BTreeSet<Code> = cases()
        .flat_map(|case| case.findings)
        .map(|finding| code(finding).expect("a finding has a valid code"))
        .collect();
    // From `UntypedSchema` on, the codes belong to lowering, and `crates` has their cases.
    let about_documents = Code::all().take_while(|code| *code != Code::UntypedSchema);
    assert_eq!(about_documents.filter(|code| !shown.contains(code)).collect::<Vec<_>>(), []);
}
