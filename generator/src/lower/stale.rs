//! Entries of codegen.toml that match nothing in the document.
//!
//! Each is reported at its own line, with the name that was probably meant. The users of a setting find its stale entries.

use crate::diagnostics::{Code, Diagnostics, Pointer, closest};

/// The help if no name resembles the entry.
pub(super) const HELP: &str = "remove the entry, or correct its name";

/// An entry of codegen.toml that matches nothing.
#[derive(Clone, Debug)]
pub(super) struct StaleEntry {
    at: Pointer,
    /// The name in the entry that the document does not have.
    name: String,
    /// The finding: a clause without a full stop.
    message: String,
}

impl StaleEntry {
    /// Describes the entry at a path of codegen.toml, whose `name` the document does not have.
    pub(super) fn new(path: &[&str], name: &str, message: impl Into<String>) -> Self {
        Self { at: Pointer::in_config(path.iter().copied()), name: name.to_owned(), message: message.into() }
    }
}

/// Returns the entries of a list of codegen.toml that `is_known` does not know.
pub(super) fn unknown_items(
    list: &[&str],
    items: &[String],
    is_known: impl Fn(&str) -> bool,
    message: impl Fn(&str) -> String,
) -> Vec<StaleEntry> {
    let unknown = items.iter().enumerate().filter(|(_, item)| !is_known(item));
    unknown
        .map(|(index, item)| StaleEntry::new(&[list, &[&index.to_string()]].concat(), item, message(item)))
        .collect()
}

/// Returns the keys of a table of codegen.toml that `is_known` does not know.
pub(super) fn unknown_keys<'k>(
    table: &[&str],
    keys: impl Iterator<Item = &'k String>,
    is_known: impl Fn(&str) -> bool,
    message: impl Fn(&str) -> String,
) -> Vec<StaleEntry> {
    let unknown = keys.filter(|key| !is_known(key));
    unknown.map(|key| StaleEntry::new(&[table, &[key.as_str()]].concat(), key, message(key))).collect()
}

/// Reports entries that match nothing. The help names the candidate that most resembles the entry, if any does.
pub(super) fn report(
    code: Code,
    entries: Vec<StaleEntry>,
    candidates: &[&str],
    help: &str,
    diagnostics: &mut Diagnostics,
) {
    for StaleEntry { at, name, message } in entries {
        let help = match closest(&name, candidates.iter().copied()) {
            Some(meant) => format!("did you mean `{meant}`?"),
            None => help.to_owned(),
        };
        diagnostics.report(code, &at, message, help);
    }
}
