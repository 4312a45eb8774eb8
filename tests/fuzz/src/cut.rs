//! Cuts a large document down to a few operations and schemas, and the components that they refer to.

use std::collections::{BTreeSet, VecDeque};

use serde_json::{Map, Value, json};

use crate::Random;
use crate::role::count;
use crate::seeds::Seed;

/// No more components are copied once the part has so many values.
const BUDGET: usize = 350;
const LONGEST_LIST: usize = 10;
const LARGEST_MAP: usize = 16;
const LONGEST_TEXT: usize = 300;
const LARGEST_EXAMPLE: usize = 40;

/// Returns a part of a document.
pub(crate) fn cut(seed: &Seed, random: &mut Random) -> Value {
    let from = &seed.document;
    let mut part = Part { from, random, size: 0, wanted: VecDeque::new(), seen: BTreeSet::new() };
    let mut paths = Map::new();
    for _ in 0..part.random.below(3) + 1 {
        let Some((path, method)) = part.random.pick(&seed.operations) else { break };
        let item = paths.entry(path.clone()).or_insert_with(|| json!({}));
        let fields = from["paths"][path].as_object().into_iter().flatten();
        for (key, field) in fields.filter(|(key, _)| *key == method || *key == "parameters") {
            item[key] = part.copy(field);
        }
    }
    let schemas = from["components"]["schemas"].as_object();
    for _ in 0..part.random.below(3) {
        let names: Vec<&String> = schemas.into_iter().flat_map(Map::keys).collect();
        let name = part.random.pick(&names).map(|name| ("schemas".to_owned(), (*name).clone()));
        part.wanted.extend(name);
    }
    let mut components = part.components();
    let mut document = json!({});
    for (key, field) in from.as_object().into_iter().flatten() {
        match key.as_str() {
            "openapi" | "jsonSchemaDialect" => document[key] = field.clone(),
            "info" => document[key] = json!({ "title": field["title"], "version": field["version"] }),
            "servers" | "security" | "tags" => document[key] = part.copy(field),
            "paths" => document[key] = Value::Object(std::mem::take(&mut paths)),
            "components" => {
                if let Some(schemes) = field.get("securitySchemes") {
                    components["securitySchemes"] = part.copy(schemes);
                }
                document[key] = std::mem::take(&mut components);
            }
            _ => {}
        }
    }
    without_dangling(&mut document);
    document
}

/// A part of a document while it is copied.
struct Part<'a, 'r> {
    from: &'a Value,
    random: &'r mut Random,
    /// The number of values that have been copied.
    size: usize,
    /// Sections and names of components that copied values refer to.
    wanted: VecDeque<(String, String)>,
    seen: BTreeSet<(String, String)>,
}

impl Part<'_, '_> {
    /// Copies the wanted components, and the components to which these components refer, until the budget is used.
    fn components(&mut self) -> Value {
        let mut components = json!({});
        while let Some((section, name)) = self.wanted.pop_front() {
            if self.size > BUDGET {
                break;
            }
            let Some(component) = self.from["components"][&section].get(&name) else { continue };
            if self.seen.insert((section.clone(), name.clone())) {
                let copy = self.copy(component);
                components[section][name] = copy;
            }
        }
        components
    }

    /// Copies a value without long texts, and with a part of long lists and large maps.
    fn copy(&mut self, value: &Value) -> Value {
        self.size += 1;
        match value {
            Value::Array(elements) => {
                let first = self.random.below(elements.len().saturating_sub(LONGEST_LIST) + 1);
                elements.iter().skip(first).take(LONGEST_LIST).map(|element| self.copy(element)).collect()
            }
            Value::Object(fields) => {
                if let Some(reference) = fields.get("$ref").and_then(Value::as_str) {
                    self.wanted.extend(component(reference));
                }
                let first = self.random.below(fields.len().saturating_sub(LARGEST_MAP) + 1);
                let kept = fields.iter().skip(first).take(LARGEST_MAP);
                let small = kept
                    .filter(|(key, field)| !key.starts_with("example") || count(field) <= LARGEST_EXAMPLE);
                Value::Object(small.map(|(key, field)| (key.clone(), self.copy(field))).collect())
            }
            Value::String(text) if text.len() > LONGEST_TEXT => {
                text.chars().take(LONGEST_TEXT).collect::<String>().into()
            }
            other => other.clone(),
        }
    }
}

/// Returns the section and the name of the component that a reference leads to or into.
pub(crate) fn component(reference: &str) -> Option<(String, String)> {
    let mut segments = reference.strip_prefix("#/components/")?.split('/');
    let unescaped = |text: &str| text.replace("~1", "/").replace("~0", "~");
    Some((unescaped(segments.next()?), unescaped(segments.next()?)))
}

/// Replaces objects by empty ones if they refer to something that was not copied.
fn without_dangling(document: &mut Value) {
    let known = document["components"].clone();
    let mut rest = vec![document];
    while let Some(value) = rest.pop() {
        let dangling = value.get("$ref").and_then(Value::as_str).is_some_and(|reference| {
            component(reference).is_none_or(|(section, name)| known[section].get(name).is_none())
        });
        if dangling {
            *value = json!({});
            continue;
        }
        match value {
            Value::Array(elements) => rest.extend(elements),
            Value::Object(fields) => rest.extend(fields.values_mut()),
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Seeds;

    #[test]
    fn a_part_refers_only_to_components_that_it_has() {
        let pet = |next: usize| {
            let next = json!({ "$ref": format!("#/components/schemas/Pet{next}") });
            json!({ "type": "object", "description": "long ".repeat(200), "properties": { "a": next, "b": next } })
        };
        let schemas: Map<String, Value> =
            (0..500).map(|number| (format!("Pet{number}"), pet(number + 1))).collect();
        let response = json!({ "content": { "a/b": { "schema": { "$ref": "#/components/schemas/Pet0" } } } });
        let mut seeds = Seeds::default();
        seeds.add(
            "pets",
            json!({
                "openapi": "3.1.0",
                "paths": { "/pets": { "get": { "responses": { "200": response } } } },
                "components": { "schemas": schemas },
            }),
        );
        for index in 0..20 {
            let part = seeds.part(&mut Random::new(1, index));
            let schemas = part["components"]["schemas"].as_object().expect("there are schemas");
            assert!(schemas.contains_key("Pet0") && schemas.len() < 100);
            assert!(count(&part) < 2 * BUDGET);
            let text = part.to_string();
            for (_, rest) in
                text.match_indices("#/components/schemas/").map(|(at, found)| text.split_at(at + found.len()))
            {
                let name = rest.split('"').next().expect("a name");
                assert!(schemas.contains_key(name), "{name}");
            }
        }
    }
}
