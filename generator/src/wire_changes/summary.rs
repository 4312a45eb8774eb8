//! The differences as users read them: one for each cause, with all of its operations, in a fixed order.
//!
//! Imports `diagnostics`.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use super::comparison::{Comparison, Finding};
use super::operations::OperationNodes;
use super::reach::Reach;
use super::{WireChange, WireChangeKind as Kind, WireDirection, WireSeverity};
use crate::diagnostics::Pointer;

/// The facts that findings with the same cause share.
type Cause<'f> = (Kind, WireDirection, &'f Option<Pointer>, &'f Option<Pointer>, &'f str);

/// Returns the differences, errors first, then sorted by location in the old document.
pub(super) fn changes(comparison: &Comparison<'_>, operations: &[OperationNodes]) -> Vec<WireChange> {
    let reach = Reach::of(comparison, operations);
    let mut causes: BTreeMap<Cause<'_>, (WireSeverity, BTreeSet<usize>)> = BTreeMap::new();
    let settled = defaults_of_requests(&comparison.findings);
    for finding in &comparison.findings {
        if is_default_of_response(finding) && settled.contains(&(&finding.old, &finding.new)) {
            continue;
        }
        let cause = (finding.kind, finding.direction, &finding.old, &finding.new, finding.message.as_str());
        // Callers decode error bodies and headers on demand.
        let severity = match finding.severity {
            WireSeverity::Error if reach.is_extra(finding.node) => WireSeverity::Warning,
            severity => severity,
        };
        let (known, affected) = causes.entry(cause).or_insert((severity, BTreeSet::new()));
        *known = severity.min(*known);
        affected.extend(reach.operations(finding.node));
    }
    let change =
        |((kind, direction, old, new, message), (severity, affected)): (Cause<'_>, (_, BTreeSet<usize>))| {
            let names: BTreeSet<&str> =
                affected.into_iter().map(|position| operations[position].name.as_str()).collect();
            WireChange {
                kind,
                severity,
                direction,
                operations: names.into_iter().map(str::to_owned).collect(),
                message: message.to_owned(),
                old: old.clone(),
                new: new.clone(),
                advice: kind.advice().map(str::to_owned),
            }
        };
    let mut changes: Vec<WireChange> = causes.into_iter().map(change).collect();
    changes.sort_by(|one, other| order(one).cmp(&order(other)));
    changes
}

/// Returns the key by which differences are sorted.
fn order(change: &WireChange) -> impl Ord + '_ {
    (change.severity, &change.old, &change.new, change.direction, change.kind, &change.message)
}

/// Returns the locations of defaults that matter in requests. Responses with the same default say nothing new.
fn defaults_of_requests(findings: &[Finding]) -> HashSet<(&Option<Pointer>, &Option<Pointer>)> {
    let of_requests =
        findings.iter().filter(|finding| finding.kind == Kind::RequestPropertyDefaultValueChanged);
    of_requests.map(|finding| (&finding.old, &finding.new)).collect()
}

fn is_default_of_response(finding: &Finding) -> bool {
    finding.kind == Kind::ResponsePropertyDefaultValueChanged
}
