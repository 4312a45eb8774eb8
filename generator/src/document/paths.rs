//! Paths and their parameters, operations and their ids: what only shows when they are looked at together.
//!
//! Imports `diagnostics`, `grammar`, `moves`, `reference` and `suggest`.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value, json};

use super::grammar::{Kind, Shape};
use super::moves::Moves;
use super::reference::Reference;
use super::suggest::closest;
use crate::diagnostics::{Code, Diagnostics, Pointer};

/// Checks the paths of a document whose references are sound, and repairs its operations.
pub(super) fn check(document: &mut Value, brought: &Moves, diagnostics: &mut Diagnostics) {
    let mut check = Check {
        document,
        brought,
        diagnostics,
        ids: BTreeMap::new(),
        shapes: BTreeMap::new(),
        repairs: Vec::new(),
    };
    check.paths();
    for (operation, repair) in check.repairs {
        let Some(Value::Object(members)) = document.pointer_mut(operation.as_str()) else { continue };
        match repair {
            Repair::RemoveId => drop(members.shift_remove("operationId")),
            Repair::Declare(name) => {
                let parameters = members.entry("parameters").or_insert_with(|| json!([]));
                if let Value::Array(parameters) = parameters {
                    let schema = json!({"type": "string"});
                    parameters.push(json!({"name": name, "in": "path", "required": true, "schema": schema}));
                }
            }
        }
    }
}

struct Check<'a> {
    document: &'a Value,
    brought: &'a Moves,
    diagnostics: &'a mut Diagnostics,
    /// Where an `operationId` is first used.
    ids: BTreeMap<&'a str, Pointer>,
    /// The paths, apart from the names of their parameters.
    shapes: BTreeMap<String, &'a str>,
    /// What to do to the operations, by their places.
    repairs: Vec<(Pointer, Repair)>,
}

enum Repair {
    RemoveId,
    Declare(String),
}

/// A parameter that is declared for an operation.
struct Declared<'a> {
    name: &'a str,
    location: &'a str,
    at: Pointer,
}

impl<'a> Check<'a> {
    fn paths(&mut self) {
        let at_paths = Pointer::root().child("paths");
        let Some(Value::Object(paths)) = self.document.get("paths") else { return };
        for (path, item) in paths.iter().filter(|(path, _)| !path.starts_with("x-")) {
            let at = at_paths.child(path);
            let Some(variables) = self.template(path, &at) else { continue };
            let Some((item, at)) = follow(self.document, item, &at) else { continue };
            let shared = self.declared(item, &at);
            let members = item.as_object().into_iter().flatten();
            let mut operations: Vec<_> = members
                .filter(|(name, _)| Kind::PathItem.shape_of(name) == Some(Shape::Object(Kind::Operation)))
                .collect();
            // The order of methods has no meaning, so it does not decide which of two keeps an `operationId`.
            operations.sort_by_key(|(method, _)| *method);
            for (method, operation) in operations {
                self.operation(operation, &at.child(method), &shared, &variables);
            }
            self.unused(&shared, &variables);
        }
    }

    /// The variables of a path; none if it cannot be read.
    fn template(&mut self, path: &'a str, at: &Pointer) -> Option<Vec<&'a str>> {
        let Some((shape, variables)) = parse(path) else {
            self.diagnostics.report(
                Code::MalformedPath,
                at,
                format!("the braces of `{path}` do not match"),
                "write a parameter as `{name}`",
            );
            return None;
        };
        match self.shapes.get(&shape) {
            Some(other) => self.diagnostics.report(
                Code::AmbiguousPaths,
                at,
                format!("`{path}` differs from `{other}` only by the names of parameters"),
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
                            "another operation has the id `{id}` already: `{}`",
                            self.brought.written(first).reference()
                        ),
                        "rename one of the two",
                    );
                    self.repairs.push((at.clone(), Repair::RemoveId));
                }
                _ => drop(self.ids.insert(id, at.clone())),
            }
        }
        let own = self.declared(operation, at);
        for variable in variables {
            let mut declared = own.iter().chain(shared);
            if !declared.any(|declared| declared.location == "path" && declared.name == *variable) {
                self.undeclared(variable, own.iter().chain(shared), at);
            }
        }
        self.unused(&own, variables);
    }

    fn undeclared<'d>(
        &mut self,
        variable: &str,
        declared: impl Iterator<Item = &'d Declared<'a>> + Clone,
        at: &Pointer,
    ) where
        'a: 'd,
    {
        let elsewhere = declared.clone().find(|other| other.name == variable);
        let in_path = declared.filter(|other| other.location == "path").map(|other| other.name);
        let remedy = match (elsewhere, closest(variable, in_path)) {
            (Some(other), _) => format!("write `in: path` instead of `in: {}`", other.location),
            (None, Some(meant)) => format!("the parameter `{meant}` is declared: use one name for both"),
            (None, None) => format!("declare a parameter `{variable}` with `in: path`"),
        };
        let message = format!("the path's parameter `{variable}` is not declared, and is taken to be text");
        self.diagnostics.report(Code::UndeclaredPathParameter, at, message, remedy);
        self.repairs.push((at.clone(), Repair::Declare(variable.to_owned())));
    }

    fn unused(&mut self, declared: &[Declared<'_>], variables: &[&str]) {
        for Declared { name, location, at } in declared {
            if *location == "path" && !variables.contains(name) {
                let remedy = match closest(name, variables.iter().copied()) {
                    Some(meant) => format!("did you mean `{meant}`?"),
                    None => "remove it, or add it to the path".to_owned(),
                };
                let message = format!("the path has no `{{{name}}}`, and the parameter is left out");
                self.diagnostics.report(Code::UnusedPathParameter, at, message, remedy);
            }
        }
    }

    /// The parameters that a path item or an operation declares, each once.
    fn declared(&mut self, owner: &'a Value, at: &Pointer) -> Vec<Declared<'a>> {
        let at = at.child("parameters");
        let mut declared = Vec::new();
        let mut seen = BTreeSet::new();
        for (index, parameter) in
            owner.get("parameters").and_then(Value::as_array).into_iter().flatten().enumerate()
        {
            let at = at.index(index);
            let Some((parameter, _)) = follow(self.document, parameter, &at) else { continue };
            let text = |key: &str| parameter.get(key).and_then(Value::as_str).unwrap_or_default();
            let (name, location) = (text("name"), text("in"));
            // The names of headers know no case.
            let identity = if location == "header" { name.to_lowercase() } else { name.to_owned() };
            if seen.insert((location, identity)) {
                declared.push(Declared { name, location, at });
            } else {
                self.diagnostics.report(
                    Code::DuplicateParameter,
                    &at,
                    format!("the parameter `{name}` is there already, and the first counts"),
                    "remove one of the two",
                );
            }
        }
        declared
    }
}

/// What a value is or refers to, and where that stands.
fn follow<'a>(document: &'a Value, value: &'a Value, at: &Pointer) -> Option<(&'a Value, Pointer)> {
    let (mut value, mut at) = (value, at.clone());
    while let Some(reference) = value.get("$ref").and_then(Value::as_str) {
        let Reference::Here(target) = Reference::parse(reference) else { return None };
        value = document.pointer(target.as_str())?;
        at = target;
    }
    Some((value, at))
}

/// A path with the names of its variables taken out, and those names; none if its braces do not match.
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
    fn a_path_is_literals_and_variables() {
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
