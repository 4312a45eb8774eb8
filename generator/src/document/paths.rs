//! Checks that paths, parameters and operation ids are consistent with each other.
//!
//! Imports `diagnostics`, `grammar`, `moves` and `reference`.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use serde_json::{Value, json};

use super::grammar::{ObjectKind, Shape};
use super::moves::Moves;
use super::reference::Reference;
use crate::diagnostics::{Code, Diagnostics, Pointer, Suggestions};

/// Checks the paths of a document with valid references, and repairs its operations.
pub(super) fn check(document: &mut Value, imported: &Moves, diagnostics: &mut Diagnostics) {
    let mut check = PathCheck {
        document,
        imported,
        diagnostics,
        ids: BTreeMap::new(),
        shapes: BTreeMap::new(),
        repairs: Vec::new(),
        suggestions: Suggestions::default(),
    };
    check.paths();
    for (operation, repair) in check.repairs {
        let Some(Value::Object(fields)) = document.pointer_mut(operation.as_str()) else { continue };
        match repair {
            Repair::RemoveId => drop(fields.shift_remove("operationId")),
            Repair::Declare(name) => {
                let parameters = fields.entry("parameters").or_insert_with(|| json!([]));
                if let Value::Array(parameters) = parameters {
                    let schema = json!({"type": "string"});
                    parameters.push(json!({"name": name, "in": "path", "required": true, "schema": schema}));
                }
            }
        }
    }
}

struct PathCheck<'a> {
    document: &'a Value,
    imported: &'a Moves,
    diagnostics: &'a mut Diagnostics,
    /// The operation that uses an `operationId` first.
    ids: BTreeMap<&'a str, Pointer>,
    /// The paths, by the path without parameter names.
    shapes: BTreeMap<String, &'a str>,
    /// The pending repairs, with the locations of their operations.
    repairs: Vec<(Pointer, Repair)>,
    suggestions: Suggestions,
}

enum Repair {
    /// Removes the `operationId`.
    RemoveId,
    /// Declares a path parameter of this name.
    Declare(String),
}

/// A parameter that a path item or an operation declares.
struct Declared<'a> {
    name: &'a str,
    /// The value of `in`.
    location: &'a str,
    /// The entry of `parameters`.
    at: Pointer,
    is_reference: bool,
}

impl Declared<'_> {
    /// Returns the location of a field of the parameter, or of the `$ref` to the parameter.
    fn field(&self, key: &str) -> Pointer {
        self.at.child(if self.is_reference { "$ref" } else { key })
    }
}

impl<'a> PathCheck<'a> {
    fn paths(&mut self) {
        let at_paths = Pointer::root().child("paths");
        let Some(Value::Object(paths)) = self.document.get("paths") else { return };
        for (path, item) in paths.iter().filter(|(path, _)| !path.starts_with("x-")) {
            let at = at_paths.child(path);
            let Some(variables) = self.template(path, &at) else { continue };
            let Some((item, at)) = resolve(self.document, item, &at) else { continue };
            let shared = self.declared(item, &at);
            for (at, operation) in operations(item, &at) {
                self.operation(operation, &at, &shared, &variables);
            }
            self.report_unused(&shared, &variables);
        }
    }

    /// Returns the variables of a path, or `None` if its braces are malformed.
    fn template(&mut self, path: &'a str, at: &Pointer) -> Option<Vec<&'a str>> {
        let Some((shape, variables)) = parse(path) else {
            self.diagnostics.report(
                Code::MalformedPath,
                at,
                format!("the path `{path}` has malformed braces"),
                "write each parameter as `{name}`",
            );
            return None;
        };
        match self.shapes.get(&shape) {
            Some(other) => self.diagnostics.report(
                Code::AmbiguousPaths,
                at,
                format!("`{path}` differs from `{other}` only in the names of parameters"),
                "describe the operations of both under one path",
            ),
            None => drop(self.shapes.insert(shape, path)),
        }
        Some(variables)
    }

    fn operation(
        &mut self,
        operation: &'a Value,
        at: &Pointer,
        shared: &[Declared<'a>],
        variables: &[&'a str],
    ) {
        if let Some(id) = operation.get("operationId").and_then(Value::as_str) {
            match self.ids.get(id) {
                Some(first) if first != at => {
                    self.diagnostics.report(
                        Code::DuplicateOperationId,
                        &at.child("operationId"),
                        format!(
                            "`{id}` is already the `operationId` of `{}`, so this one is ignored",
                            self.imported.original(first).reference()
                        ),
                        "give one of the operations another `operationId`",
                    );
                    self.repairs.push((at.clone(), Repair::RemoveId));
                }
                _ => drop(self.ids.insert(id, at.clone())),
            }
        }
        let own = self.declared(operation, at);
        let in_path = own.iter().chain(shared).filter(|declared| declared.location == "path");
        let in_path: HashSet<&str> = in_path.map(|declared| declared.name).collect();
        for variable in variables {
            if !in_path.contains(variable) {
                self.report_undeclared(variable, own.iter().chain(shared), at);
            }
        }
        self.report_unused(&own, variables);
        self.check_query_string(&own, shared);
    }

    /// Reports parameters beside a query string, which is the whole query.
    fn check_query_string(&mut self, own: &[Declared<'_>], shared: &[Declared<'_>]) {
        let is_overridden = |shared: &&Declared<'_>| {
            own.iter().any(|own| (own.location, own.name) == (shared.location, shared.name))
        };
        let all = || own.iter().chain(shared.iter().filter(|shared| !is_overridden(shared)));
        let Some(whole) = all().find(|declared| declared.location == "querystring") else { return };
        let is_in_query = |location: &str| matches!(location, "query" | "querystring");
        let mut others = all().filter(|other| is_in_query(other.location) && other.at != whole.at);
        if let Some(other) = others.next() {
            self.diagnostics.report(
                Code::ConflictingQuery,
                &whole.field("in"),
                format!(
                    "`{}` is the whole query, but `{}` is in the query too; `&` joins them",
                    whole.name, other.name
                ),
                "describe the properties of the query in one of the two ways",
            );
        }
    }

    fn report_undeclared<'d>(
        &mut self,
        variable: &str,
        declared: impl Iterator<Item = &'d Declared<'a>> + Clone,
        at: &Pointer,
    ) where
        'a: 'd,
    {
        let elsewhere = declared.clone().find(|other| other.name == variable);
        let in_path = declared.filter(|other| other.location == "path").map(|other| other.name);
        let message = format!("the path parameter `{variable}` is not declared, so it is read as a string");
        let (faulty, remedy) = match (elsewhere, self.suggestions.closest(variable, in_path)) {
            (Some(other), _) => {
                (other.field("in"), format!("write `in: path` instead of `in: {}`", other.location))
            }
            (None, Some(meant)) => {
                (at.clone(), format!("use the same name in the path and in the parameter `{meant}`"))
            }
            (None, None) => (at.clone(), format!("declare a parameter `{variable}` with `in: path`")),
        };
        self.diagnostics.report(Code::UndeclaredPathParameter, &faulty, message, remedy);
        self.repairs.push((at.clone(), Repair::Declare(variable.to_owned())));
    }

    fn report_unused(&mut self, declared: &[Declared<'_>], variables: &[&str]) {
        let known: HashSet<&str> = variables.iter().copied().collect();
        for parameter in declared {
            let name = parameter.name;
            if parameter.location == "path" && !known.contains(name) {
                let remedy = match self.suggestions.closest(name, variables.iter().copied()) {
                    Some(meant) => format!("rename it to `{meant}`"),
                    None => format!("remove it, or add `{{{name}}}` to the path"),
                };
                let message = format!("the parameter `{name}` does not occur in the path, so it is ignored");
                self.diagnostics.report(Code::UnusedPathParameter, &parameter.field("name"), message, remedy);
            }
        }
    }

    /// Returns the parameters that a path item or an operation declares, without duplicates.
    fn declared(&mut self, owner: &'a Value, at: &Pointer) -> Vec<Declared<'a>> {
        let at = at.child("parameters");
        let mut declared = Vec::new();
        let mut seen = BTreeSet::new();
        for (index, parameter) in
            owner.get("parameters").and_then(Value::as_array).into_iter().flatten().enumerate()
        {
            let at = at.index(index);
            let is_reference = parameter.get("$ref").is_some();
            let Some((parameter, _)) = resolve(self.document, parameter, &at) else { continue };
            let text = |key: &str| parameter.get(key).and_then(Value::as_str).unwrap_or_default();
            let (name, location) = (text("name"), text("in"));
            // Header names are case-insensitive.
            let identity = if location == "header" { name.to_lowercase() } else { name.to_owned() };
            if seen.insert((location, identity)) {
                declared.push(Declared { name, location, at, is_reference });
            } else {
                self.diagnostics.report(
                    Code::DuplicateParameter,
                    &at,
                    format!("the parameter `{name}` is declared twice, so this declaration is ignored"),
                    "remove one of the two declarations",
                );
            }
        }
        declared
    }
}

/// Returns the operations of a path item and their locations, sorted by location: the order of methods has no
/// meaning, so it must not decide which operation keeps its `operationId`.
fn operations<'a>(item: &'a Value, at: &Pointer) -> Vec<(Pointer, &'a Value)> {
    let mut operations = Vec::new();
    for (field, value) in item.as_object().into_iter().flatten() {
        let at = at.child(field);
        match ObjectKind::PathItem.shape_of(field) {
            Some(Shape::Object(ObjectKind::Operation)) => operations.push((at, value)),
            Some(Shape::Map(Shape::Object(ObjectKind::Operation))) => {
                let additional = value.as_object().into_iter().flatten();
                operations.extend(additional.map(|(method, operation)| (at.child(method), operation)));
            }
            _ => {}
        }
    }
    operations.sort_by(|one, other| one.0.cmp(&other.0));
    operations
}

/// Follows references from a value, and returns the value at the end of the chain and its location.
fn resolve<'a>(document: &'a Value, value: &'a Value, at: &Pointer) -> Option<(&'a Value, Pointer)> {
    let (mut value, mut at) = (value, at.clone());
    while let Some(reference) = value.get("$ref").and_then(Value::as_str) {
        let Reference::Local(target) = Reference::parse(reference) else { return None };
        value = document.pointer(target.as_str())?;
        at = target;
    }
    Some((value, at))
}

/// Splits a path into the path without variable names and the names, or returns `None` for malformed braces.
pub(super) fn parse(path: &str) -> Option<(String, Vec<&str>)> {
    let (mut shape, mut variables) = (String::new(), Vec::new());
    let mut rest = path;
    while let Some((literal, after)) = rest.split_once('{') {
        let (variable, after) = after.split_once('}')?;
        if variable.is_empty() || literal.contains('}') || variable.contains(['{', '/']) {
            return None;
        }
        shape.push_str(literal);
        shape.push_str("{}");
        variables.push(variable);
        rest = after;
    }
    shape.push_str(rest);
    (!rest.contains('}')).then_some((shape, variables))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_split_into_literals_and_variables() {
        let read = |path| parse(path).map(|(shape, variables)| (shape, variables.join(" ")));
        let of = |shape: &str, variables: &str| Some((shape.to_owned(), variables.to_owned()));
        assert_eq!(read("/users"), of("/users", ""));
        assert_eq!(read("/users/{id}/{file}.json"), of("/users/{}/{}.json", "id file"));
        assert_eq!(read("/files/{id}#thumbnail"), of("/files/{}#thumbnail", "id"));
        for broken in ["/users/{id", "/users/id}", "/users/{}", "/users/{{id}}", "/users/{a/b}"] {
            assert_eq!(read(broken), None, "{broken}");
        }
    }
}
