//! Operations: matched by method and path, otherwise by operation id, and compared as a whole.
//!
//! Imports `ir` and `diagnostics`.

use std::collections::{HashMap, HashSet};

use super::comparison::{Comparison, Node};
use super::place::{Place, Subject};
use super::response::Nodes;
use super::{WireChangeKind as Kind, WireDirection, WireSeverity as Severity, request, response, security};
use crate::diagnostics::Pointer;
use crate::ir::{Api, Operation};

/// The nodes of an operation of the old document.
pub(super) struct OperationNodes {
    /// The operation, such as `GET /pets/{id}`.
    pub(super) name: String,
    pub(super) nodes: Nodes,
}

/// Compares all operations, and queues the types of their messages. Returns the operations of the old document.
pub(super) fn compare(comparison: &mut Comparison<'_>) -> Vec<OperationNodes> {
    let (old, new) = (comparison.old, comparison.new);
    let counterparts = counterparts(old, new);
    let mut all = Vec::with_capacity(old.operations.len());
    for (operation, counterpart) in old.operations.iter().zip(counterparts) {
        let nodes = Nodes { successes: comparison.add_node(), extras: comparison.add_node() };
        all.push(OperationNodes { name: name(operation), nodes });
        match counterpart {
            Counterpart::None => removed(comparison, nodes.successes, operation),
            Counterpart::Moved(to) => moved(comparison, nodes.successes, operation, to),
            Counterpart::Same(new) => {
                server(comparison, nodes.successes, operation, new);
                security::compare(comparison, nodes.successes, operation, new);
                request::compare(comparison, nodes.successes, operation, new);
                response::compare(comparison, nodes, operation, new);
            }
        }
    }
    all
}

/// Returns the operation as messages have it.
fn name(operation: &Operation) -> String {
    format!("{} {}", operation.method, operation.path)
}

/// The operation of the new document that an operation of the old one is.
#[derive(Clone, Copy)]
enum Counterpart<'a> {
    None,
    Same(&'a Operation),
    /// It has another method or path.
    Moved(&'a Operation),
}

/// Returns the counterparts of the old operations, in their order.
fn counterparts<'a>(old: &'a Api, new: &'a Api) -> Vec<Counterpart<'a>> {
    let mut by_place: HashMap<(&str, String), Vec<usize>> = HashMap::new();
    let mut by_id: HashMap<&str, usize> = HashMap::new();
    for (index, operation) in new.operations.iter().enumerate() {
        by_place.entry((&operation.method, without_names(&operation.path))).or_default().push(index);
        by_id.insert(&operation.id, index);
    }
    let mut taken: HashSet<usize> = HashSet::new();
    let mut found: Vec<Counterpart<'_>> = Vec::with_capacity(old.operations.len());
    for operation in &old.operations {
        let place = (operation.method.as_str(), without_names(&operation.path));
        let candidates = by_place.get(&place).map(Vec::as_slice).unwrap_or_default();
        // Several operations can have one path, because fragments and the names of parameters do not count.
        let is_free = |index: &&usize| !taken.contains(*index);
        let is_same = |index: &&usize| new.operations[**index].id == operation.id;
        let best = candidates.iter().filter(is_free).find(is_same);
        let best = best.or_else(|| candidates.iter().find(is_free)).copied();
        taken.extend(best);
        found.push(best.map_or(Counterpart::None, |index| Counterpart::Same(&new.operations[index])));
    }
    for (operation, counterpart) in old.operations.iter().zip(&mut found) {
        if let (Counterpart::None, Some(index)) = (&counterpart, by_id.get(operation.id.as_str())) {
            if taken.insert(*index) {
                *counterpart = Counterpart::Moved(&new.operations[*index]);
            }
        }
    }
    found
}

/// Returns a path template without the names of its parameters.
fn without_names(path: &str) -> String {
    let mut rest = path;
    let mut out = String::with_capacity(path.len());
    while let Some((text, (_, behind))) =
        rest.split_once('{').and_then(|(text, rest)| Some((text, rest.split_once('}')?)))
    {
        out.push_str(text);
        out.push_str("{}");
        rest = behind;
    }
    out.push_str(rest);
    out
}

fn removed(comparison: &mut Comparison<'_>, node: Node, operation: &Operation) {
    let (kind, words) = match operation.docs.deprecated {
        true => (Kind::ApiRemovedWithDeprecation, "was removed after it had been deprecated"),
        false => (Kind::ApiRemovedWithoutDeprecation, "was removed"),
    };
    let message = format!("`{}` {words}", name(operation));
    let at = &operation.docs.pointer;
    let place = Place { subject: Subject::Parameter, name: String::new(), old: at.clone(), new: at.clone() };
    comparison.report((node, WireDirection::Request), (kind, Severity::Error), &place, message);
    if let Some(finding) = comparison.findings.last_mut() {
        finding.new = None;
    }
}

fn moved(comparison: &mut Comparison<'_>, node: Node, operation: &Operation, to: &Operation) {
    let place = Place {
        subject: Subject::Parameter,
        name: String::new(),
        old: operation.docs.pointer.clone(),
        new: to.docs.pointer.clone(),
    };
    let message = format!("`{}` became `{}`", name(operation), name(to));
    let kind = (Kind::ApiPathChanged, Severity::Error);
    comparison.report((node, WireDirection::Request), kind, &place, message);
}

/// Compares the servers of an operation.
fn server(comparison: &mut Comparison<'_>, node: Node, old: &Operation, new: &Operation) {
    let url = |api: &Api, operation: &Operation| {
        let of_api = api.server.as_ref().map(|server| server.url.clone());
        operation.server.clone().or(of_api)
    };
    let (Some(before), Some(after)) = (url(comparison.old, old), url(comparison.new, new)) else { return };
    let mut others = comparison.new.other_servers.iter();
    let is_listed = others.any(|(url, _)| url.trim_end_matches('/') == before);
    if before == after || is_listed {
        return;
    }
    let at = |operation: &Operation| match operation.server {
        Some(_) => operation.docs.pointer.clone(),
        None => Pointer::root().child("servers"),
    };
    let place = Place { subject: Subject::Parameter, name: String::new(), old: at(old), new: at(new) };
    let message = format!("the server is `{after}`; it was `{before}`");
    let kind = (Kind::ApiServerChanged, Severity::Warning);
    comparison.report((node, WireDirection::Request), kind, &place, message);
}
