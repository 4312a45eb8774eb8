//! The output of `openapi-crate generate --format json`.

use std::fs;

use crate::diagnostics::{Diagnostic, Position};
use crate::disk::Report;
use crate::{Diagnostics, Generated, Sources};
use serde_json::{Value, json};

/// Returns all findings, sorted by location in the document.
pub(crate) fn findings(diagnostics: &Diagnostics, sources: Sources<'_>) -> Value {
    let finding = |(Position { line, column }, found): (Position, &Diagnostic)| {
        json!({
            "code": found.code.id(),
            "severity": found.code.severity().to_string(),
            "file": sources.name_of(&found.pointer),
            "line": line,
            "column": column,
            "pointer": found.pointer.as_str(),
            "message": found.message,
            "remedy": found.remedy,
        })
    };
    diagnostics.located(sources).into_iter().map(finding).collect()
}

/// Returns the counts of a generated crate.
pub(crate) fn summary(generated: &Generated) -> Value {
    let summary = &generated.summary;
    let lines: usize = generated.files.iter().map(|(_, text)| text.lines().count()).sum();
    json!({
        "operations": summary.operations,
        "types": summary.types,
        "unions": summary.unions,
        "untyped": summary.untyped,
        "examples": summary.examples,
        "files": generated.files.len(),
        "lines": lines,
    })
}

/// Returns the paths of all files that differ, by the kind of difference.
pub(crate) fn differences(report: &Report<'_>) -> Value {
    json!({
        "changed": report.changed().collect::<Vec<_>>(),
        "missing": report.missing(),
        "left_over": report.left_over(),
        "not_generated": report.foreign(),
    })
}

/// Returns the peak memory of the process in bytes, or `None` if the system does not report it.
pub(crate) fn peak_memory() -> Option<u64> {
    let status = fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    let kilobytes: u64 = line.trim().strip_suffix("kB")?.trim().parse().ok()?;
    Some(kilobytes * 1024)
}
