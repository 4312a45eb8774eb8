//! Credentials: changed requirements that the credentials of an old client do not meet.
//!
//! Schemes are compared by what a request contains, not by their names. Imports `ir` and `diagnostics`.

use std::collections::BTreeSet;

use super::comparison::{Comparison, Node};
use super::place::{Place, Subject};
use super::{WireChangeKind as Kind, WireDirection, WireSeverity as Severity};
use crate::diagnostics::Pointer;
use crate::ir::{Api, Operation, SchemeKind};

/// The credentials of a request, in words.
type Credentials = BTreeSet<String>;

/// A difference, before it has a place.
type Change = (Kind, Severity, String);

/// Compares the security requirements of an operation.
pub(super) fn compare(comparison: &mut Comparison<'_>, node: Node, old: &Operation, new: &Operation) {
    let before = alternatives(comparison.old, old);
    let after = alternatives(comparison.new, new);
    let place = place(old.security.is_some(), new.security.is_some(), old, new);
    let lost = lost(&before, &after);
    let scopes = if lost.is_none() { missing_scopes(old, new) } else { None };
    for (kind, severity, message) in lost.into_iter().chain(scopes) {
        comparison.report((node, WireDirection::Request), (kind, severity), &place, message);
    }
    let needs_tokens = before.iter().flatten().any(|credential| credential == BEARER);
    if needs_tokens {
        token_url(comparison, node);
    }
}

const BEARER: &str = "a bearer token";

/// Returns the alternatives of which a request needs one. An empty one means that it needs nothing.
fn alternatives(api: &Api, operation: &Operation) -> Vec<Credentials> {
    let requirements = api.security.requirements_of(operation);
    if requirements.is_empty() {
        return vec![Credentials::new()];
    }
    let words = |name: &String| {
        let scheme = api.security.schemes.iter().find(|scheme| scheme.name == *name)?;
        Some(match &scheme.kind {
            SchemeKind::Bearer => BEARER.to_owned(),
            SchemeKind::Basic => "a user name and password".to_owned(),
            SchemeKind::Header(name) => format!("the header `{}`", name.to_ascii_lowercase()),
            SchemeKind::Query(name) => format!("the query parameter `{name}`"),
            SchemeKind::Cookie(name) => format!("the cookie `{name}`"),
        })
    };
    requirements.iter().map(|requirement| requirement.iter().filter_map(words).collect()).collect()
}

/// Returns the change if credentials of an old client no longer suffice.
fn lost(old: &[Credentials], new: &[Credentials]) -> Option<Change> {
    let suffices = |credentials: &&Credentials| new.iter().any(|new| new.is_subset(credentials));
    let lost: Vec<&Credentials> = old.iter().filter(|it| !suffices(it)).collect();
    if lost.is_empty() {
        return None;
    }
    let severity = if lost.len() == old.len() { Severity::Error } else { Severity::Warning };
    let required: Vec<String> = new.iter().map(words).collect();
    let required = required.join(" or ");
    if lost.iter().any(|credentials| credentials.is_empty()) {
        return Some((Kind::ApiSecurityAdded, severity, format!("requests need {required} now")));
    }
    let lost: Vec<String> = lost.into_iter().map(words).collect();
    let lost = lost.join(" or ");
    Some((Kind::ApiSecurityRemoved, severity, format!("{lost} no longer suffices; requests need {required}")))
}

fn words(credentials: &Credentials) -> String {
    match credentials.is_empty() {
        true => "no credentials".to_owned(),
        false => credentials.iter().map(String::as_str).collect::<Vec<_>>().join(" and "),
    }
}

/// Returns the change if a token with the old scopes may not suffice.
fn missing_scopes(old: &Operation, new: &Operation) -> Option<Change> {
    let suffices = |old: &[String]| new.scopes.iter().any(|new| new.iter().all(|scope| old.contains(scope)));
    let is_met = match old.scopes.is_empty() {
        true => new.scopes.is_empty(),
        false => new.scopes.is_empty() || old.scopes.iter().all(|old| suffices(old)),
    };
    if is_met {
        return None;
    }
    let known: BTreeSet<&String> = old.scopes.iter().flatten().collect();
    let added: BTreeSet<&String> =
        new.scopes.iter().flatten().filter(|scope| !known.contains(scope)).collect();
    let added: Vec<String> = added.into_iter().map(|scope| format!("`{scope}`")).collect();
    let message = match added.is_empty() {
        true => "tokens need other scopes".to_owned(),
        false => format!("tokens need the scope {}", added.join(", ")),
    };
    Some((Kind::ApiSecurityScopeAdded, Severity::Warning, message))
}

/// Compares the default token endpoints.
fn token_url(comparison: &mut Comparison<'_>, node: Node) {
    let url = |api: &'_ Api| api.security.oauth.as_ref().and_then(|oauth| oauth.default_token_url()).cloned();
    let (Some(old), Some(new)) = (url(comparison.old), url(comparison.new)) else { return };
    if old == new {
        return;
    }
    let at = Pointer::root().child("components").child("securitySchemes");
    let place = Place { subject: Subject::Parameter, name: String::new(), old: at.clone(), new: at };
    let kind = (Kind::ApiSecurityComponentOauthTokenUrlChanged, Severity::Warning);
    let message = format!("the token URL is `{new}`; it was `{old}`");
    comparison.report((node, WireDirection::Request), kind, &place, message);
}

fn place(is_old_own: bool, is_new_own: bool, old: &Operation, new: &Operation) -> Place {
    let at = |is_own: bool, operation: &Operation| {
        if is_own { operation.docs.pointer.clone() } else { Pointer::root() }.child("security")
    };
    Place {
        subject: Subject::Parameter,
        name: String::new(),
        old: at(is_old_own, old),
        new: at(is_new_own, new),
    }
}
