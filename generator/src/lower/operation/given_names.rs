//! The names that codegen.toml gives to methods and parameters: `[names.operations]` and `[names.parameters]`.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::selection::{matches_operation, no_operation};
use crate::config;
use crate::diagnostics::{Code, Diagnostics, Pointer, closest};
use crate::ir::{GivenName, OperationId, Parameter};
use crate::lower::name_entry::give;
use crate::lower::stale::HELP;

/// The entries, and which of them match something.
pub(super) struct GivenNames<'a> {
    names: &'a config::Names,
    used_operations: BTreeSet<&'a str>,
    /// The entries of `[names.parameters]` that match an operation, with the parameters of these operations.
    used_tables: HashMap<&'a str, Known>,
    used_parameters: BTreeSet<(&'a str, &'a str)>,
    pub(super) methods: BTreeMap<OperationId, GivenName>,
    pub(super) parameters: BTreeMap<(OperationId, usize), GivenName>,
}

/// The parameters of the operations that an entry matches.
#[derive(Default)]
struct Known {
    names: BTreeSet<String>,
    /// True if an operation is not selected, so its parameters are not known.
    is_incomplete: bool,
}

/// An operation in the document.
pub(super) struct Called<'o> {
    pub(super) method: &'o str,
    pub(super) path: &'o str,
    pub(super) operation: &'o openapiv3::Operation,
}

impl Called<'_> {
    /// Returns true if an entry names exactly this operation: by its id, or by method and path.
    fn is_named_by(&self, entry: &str) -> bool {
        let by_call = || {
            let (method, path) = entry.split_once(' ').unwrap_or_default();
            method.eq_ignore_ascii_case(self.method) && path == self.path
        };
        self.operation.operation_id.as_deref() == Some(entry) || by_call()
    }
}

impl<'a> GivenNames<'a> {
    pub(super) fn new(names: &'a config::Names) -> Self {
        Self {
            names,
            used_operations: BTreeSet::new(),
            used_tables: HashMap::new(),
            used_parameters: BTreeSet::new(),
            methods: BTreeMap::new(),
            parameters: BTreeMap::new(),
        }
    }

    /// Finds the name of a method. `id` is the id of a selected operation.
    pub(super) fn name_method(
        &mut self,
        called: &Called<'_>,
        id: Option<OperationId>,
        diagnostics: &mut Diagnostics,
    ) {
        // Most documents have no such entries, and all operations have ids.
        let entries = &self.names.operations;
        let by_id = called.operation.operation_id.as_ref().and_then(|id| entries.get_key_value(id));
        let by_call = entries.iter().filter(|(entry, _)| entry.contains(' '));
        let by_call = by_call.filter(|(entry, _)| called.is_named_by(entry));
        for (entry, name) in by_id.into_iter().chain(by_call) {
            self.used_operations.insert(entry);
            if let Some(id) = id {
                let at = Pointer::in_config(["names", "operations", entry]);
                give(&mut self.methods, id, GivenName { name: name.clone(), at }, diagnostics);
            }
        }
    }

    /// Finds the names of the parameters of a selected operation. An entry for the operation alone comes before the entries
    /// for several ones.
    pub(super) fn name_parameters(
        &mut self,
        called: &Called<'_>,
        id: OperationId,
        parameters: &[Parameter],
        diagnostics: &mut Diagnostics,
    ) {
        let mut tables: Vec<(&'a String, &'a BTreeMap<String, String>)> = self.tables_of(called).collect();
        tables.sort_by_key(|(entry, _)| !called.is_named_by(entry));
        for (entry, table) in tables {
            let known = self.used_tables.entry(entry).or_default();
            let names =
                parameters.iter().flat_map(|parameter| [parameter.name.clone(), located_key(parameter)]);
            known.names.extend(names);
            for (position, parameter) in parameters.iter().enumerate() {
                let keys = keys_of(parameter, parameters, table);
                self.used_parameters.extend(keys.iter().map(|(key, _)| (entry.as_str(), key.as_str())));
                let Some((key, name)) = keys.first() else { continue };
                let is_named = self.parameters.contains_key(&(id, position));
                if is_named && !called.is_named_by(entry) && self.is_given_alone((id, position), called) {
                    continue;
                }
                let at = Pointer::in_config(["names", "parameters", entry, key]);
                let given = GivenName { name: (*name).clone(), at };
                give(&mut self.parameters, (id, position), given, diagnostics);
            }
        }
    }

    /// Returns true if the entry that names a parameter is for this operation alone.
    fn is_given_alone(&self, parameter: (OperationId, usize), called: &Called<'_>) -> bool {
        let entry = self.parameters.get(&parameter).and_then(|given| given.at.segments().nth(2));
        entry.is_some_and(|entry| called.is_named_by(&entry))
    }

    /// Notes that an operation with entries is not selected.
    pub(super) fn skip_parameters(&mut self, called: &Called<'_>) {
        for (entry, _) in self.tables_of(called).collect::<Vec<_>>() {
            self.used_tables.entry(entry).or_default().is_incomplete = true;
        }
    }

    fn tables_of<'c>(
        &self,
        called: &'c Called<'c>,
    ) -> impl Iterator<Item = (&'a String, &'a BTreeMap<String, String>)> + use<'a, 'c> {
        let Called { method, path, operation } = called;
        self.names
            .parameters
            .iter()
            .filter(move |(entry, _)| matches_operation(entry, method, path, operation))
    }

    /// Reports the entries that match nothing.
    pub(super) fn report_stale(&self, ids: &[String], diagnostics: &mut Diagnostics) {
        let mut report =
            |path: &[&str], name: &str, message: String, candidates: &mut dyn Iterator<Item = &str>| {
                let help = closest(name, candidates).map(|meant| format!("did you mean `{meant}`?"));
                let at = Pointer::in_config(path.iter().copied());
                diagnostics.report(Code::StaleName, &at, message, help.unwrap_or_else(|| HELP.to_owned()));
            };
        let ids = || ids.iter().map(String::as_str);
        for entry in
            self.names.operations.keys().filter(|entry| !self.used_operations.contains(entry.as_str()))
        {
            let message = format!("the document has no operation `{entry}`");
            report(&["names", "operations", entry], entry, message, &mut ids());
        }
        for (entry, table) in &self.names.parameters {
            let Some(known) = self.used_tables.get(entry.as_str()) else {
                report(&["names", "parameters", entry], entry, no_operation(entry), &mut ids());
                continue;
            };
            let is_used =
                |key: &str| known.is_incomplete || self.used_parameters.contains(&(entry.as_str(), key));
            for key in table.keys().filter(|key| !is_used(key)) {
                let message = format!("`{key}` is not a parameter of `{entry}`");
                let mut candidates = known.names.iter().map(String::as_str);
                report(&["names", "parameters", entry, key], key, message, &mut candidates);
            }
        }
    }
}

/// Returns the key that names a parameter by its location and its name, such as `query id`.
fn located_key(parameter: &Parameter) -> String {
    format!("{} {}", parameter.location.keyword(), parameter.name)
}

/// Returns the keys of a table that match a parameter. The first key decides: the location and the name, or the name
/// alone. A key that is the whole name of another parameter is the name of that one.
fn keys_of<'a>(
    parameter: &Parameter,
    parameters: &[Parameter],
    table: &'a BTreeMap<String, String>,
) -> Vec<(&'a String, &'a String)> {
    let located = table.get_key_value(&located_key(parameter));
    let located = located.filter(|(key, _)| parameters.iter().all(|other| other.name != **key));
    located.into_iter().chain(table.get_key_value(&parameter.name)).collect()
}
