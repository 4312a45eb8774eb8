//! Resources: the group of an operation, and its name in the group.
//!
//! Vendor extensions come first, then the dots in the `operationId`, then the first tag, then a segment of
//! the path.

use std::collections::{BTreeMap, HashMap};

use heck::ToSnakeCase;
use openapiv3::{Operation, Tag};
use serde_json::Value;

use crate::config;
use crate::diagnostics::{Diagnostics, Pointer};
use crate::ir::{GivenName, GivenNames, Resource, ResourceId};
use crate::lower::name_entry::give;

/// Extensions that name the group of an operation, and its name in the group.
const GROUP: [&str; 2] = ["x-speakeasy-group", "x-fern-sdk-group-name"];
const NAME: [&str; 3] = ["x-speakeasy-name-override", "x-fern-sdk-method-name", "x-methodName"];

/// The resources that operations belong to.
pub(super) struct Resources<'a> {
    names: &'a config::Names,
    /// The descriptions of tags, by name.
    descriptions: HashMap<&'a str, Option<&'a String>>,
    resources: Vec<Resource>,
    given: GivenNames,
    /// The indexes of `resources`, by name.
    known: HashMap<String, usize>,
}

impl<'a> Resources<'a> {
    pub(super) fn new(names: &'a config::Names, tags: &'a [Tag]) -> Self {
        // Of tags with the same name, the first counts.
        let descriptions = tags.iter().rev().map(|tag| (tag.name.as_str(), tag.description.as_ref()));
        Self {
            names,
            descriptions: descriptions.collect(),
            resources: Vec::new(),
            given: GivenNames::default(),
            known: HashMap::new(),
        }
    }

    /// Returns all resources, in the order in which they were met, and the names that codegen.toml gives to them.
    pub(super) fn finish(self) -> (Vec<Resource>, GivenNames) {
        (self.resources, self.given)
    }

    /// Returns the operation's resource, and the name of the operation in it. `function` is the name of the function
    /// behind the operation, if it is known.
    pub(super) fn resource_and_name(
        &mut self,
        operation: &Operation,
        method: &str,
        path: &str,
        function: Option<&str>,
        diagnostics: &mut Diagnostics,
    ) -> (ResourceId, String) {
        let id = operation.operation_id.as_deref().unwrap_or_default();
        let (service, method_of_service) = split(id);
        let pinned = entry_of(&self.names.resources, id, operation);
        let group = pinned
            .map(|(_, group)| group.clone())
            .or_else(|| extension(operation, &GROUP))
            .or_else(|| service.map(group_of_service))
            .or_else(|| operation.tags.first().cloned())
            .unwrap_or_else(|| group_of_path(path));
        let name = extension(operation, &NAME)
            .or_else(|| function.map(str::to_owned))
            .or_else(|| Some(method_of_service.to_owned()).filter(|name| !name.is_empty()))
            .unwrap_or_else(|| format!("{method} {}", path.replace(['{', '}'], " ")));
        let resource = ResourceId::new(self.index_of(&group, operation));
        let given = |table: &str, (entry, name): (&String, &String)| GivenName {
            name: name.clone(),
            at: Pointer::in_config(["names", table, entry]),
        };
        if let Some(entry) = pinned {
            self.given.resources.entry(resource).or_insert_with(|| given("resources", entry));
        }
        if let Some(entry) = entry_of(&self.names.features, id, operation) {
            give(&mut self.given.features, resource, given("features", entry), diagnostics);
        }
        (resource, name)
    }

    fn index_of(&mut self, group: &str, operation: &Operation) -> usize {
        let name = group.to_snake_case();
        if let Some(known) = self.known.get(&name) {
            return *known;
        }
        let description = operation.tags.first().and_then(|tag| *self.descriptions.get(tag.as_str())?);
        self.known.insert(name.clone(), self.resources.len());
        self.resources.push(Resource { name, description: description.cloned() });
        self.resources.len() - 1
    }
}

/// Returns the entry of codegen.toml for the resource of an operation.
fn entry_of<'t>(
    table: &'t BTreeMap<String, String>,
    id: &str,
    operation: &Operation,
) -> Option<(&'t String, &'t String)> {
    let by_id = id.rsplit_once('.').and_then(|(prefix, _)| table.get_key_value(prefix));
    by_id.or_else(|| operation.tags.first().and_then(|tag| table.get_key_value(tag)))
}

/// Returns the first segment of a path that is neither a parameter, nor a version, nor `api`.
fn group_of_path(path: &str) -> String {
    let is_subject = |segment: &&str| {
        let has_letters = segment.contains(|c: char| c.is_alphabetic());
        has_letters && !segment.contains('{') && !is_version(segment) && *segment != "api"
    };
    let path = path.split(['?', '#']).next().unwrap_or_default();
    path.split('/').find(is_subject).unwrap_or("api").to_owned()
}

/// Splits `acme.v2.Widgets.Get` into service and method. An id without dots has no service.
fn split(id: &str) -> (Option<&str>, &str) {
    match id.rsplit_once('.') {
        Some((service, method)) => (Some(service), method),
        None => (None, id),
    }
}

/// Returns the group name of a service: its last segment without `Service`, and its version unless that is
/// `v1`.
fn group_of_service(service: &str) -> String {
    let mut segments = service.rsplit('.');
    let last = segments.next().unwrap_or_default();
    let name = last.strip_suffix("Service").filter(|name| !name.is_empty()).unwrap_or(last);
    let version = segments.find(|segment| is_version(segment));
    match version {
        Some(version) if version != "v1" && !name.to_lowercase().ends_with(version) => {
            format!("{name} {version}")
        }
        _ => name.to_owned(),
    }
}

fn is_version(segment: &str) -> bool {
    segment.strip_prefix('v').is_some_and(|rest| rest.starts_with(|first: char| first.is_ascii_digit()))
}

fn extension(operation: &Operation, names: &[&str]) -> Option<String> {
    let value = names.iter().find_map(|name| operation.extensions.get(*name))?;
    match value {
        Value::String(text) if !text.trim().is_empty() => Some(text.trim().to_owned()),
        Value::Array(parts) => {
            let parts: Vec<&str> = parts.iter().filter_map(Value::as_str).collect();
            Some(parts.join(" ")).filter(|text| !text.trim().is_empty())
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::{group_of_path, group_of_service};

    #[track_caller]
    fn check(service: &str, expected: &str) {
        assert_eq!(group_of_service(service), expected);
    }

    #[test]
    fn a_service_determines_its_group() {
        check("Widgets", "Widgets");
        check("acme.v1.Widgets", "Widgets");
        check("acme.v1.WidgetService", "Widget");
        check("acme.v1.Service", "Service");
    }

    #[test]
    fn a_path_determines_its_group() {
        for (path, expected) in [
            ("/pets/{id}", "pets"),
            ("/api/v2/{tenant}/pets", "pets"),
            ("/{id}", "api"),
            ("/", "api"),
            ("/#x", "api"),
        ] {
            assert_eq!(group_of_path(path), expected, "{path}");
        }
    }

    #[test]
    fn later_versions_are_part_of_the_name() {
        check("acme.v2.Widgets", "Widgets v2");
        check("acme.v2.WidgetsV2", "WidgetsV2");
        check("acme.v2beta1.Widgets", "Widgets v2beta1");
    }
}
