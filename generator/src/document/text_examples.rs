//! Reads examples that are JSON written as text.
//!
//! Some documents quote the examples of objects and arrays: `example: '{"name": "Rex"}'`. Where the schema allows no
//! text, and the text is JSON of an object or an array, the example is that value.
//!
//! Imports `diagnostics`, `grammar`, `location`, `references` and `walk`.

use std::cell::Cell;

use serde_json::Value;

use super::grammar::{ObjectKind, Shape};
use super::location::Location;
use super::references::References;
use super::walk::each_inside;
use crate::diagnostics::Pointer;

/// The maximum number of schemas to visit for one example, since they can refer to each other in a cycle. The schemas of
/// one `allOf` or union beyond it are not visited either, so the time for an example has a limit.
const MAX_SCHEMAS: usize = 64;

/// The number of types that JSON Schema has.
const TYPES: usize = 7;

/// Replaces examples that are JSON written as text.
pub(super) fn rewrite(document: &mut Value, references: &References) {
    let mut search = Search { document, found: Vec::new(), visits: Cell::default() };
    references.each_root(document, &mut |value, shape, at| search.walk(value, shape, at));
    for (at, value) in search.found {
        if let Some(example) = document.pointer_mut(at.as_str()) {
            *example = value;
        }
    }
}

struct Search<'a> {
    document: &'a Value,
    /// The locations of examples, and their values as JSON.
    found: Vec<(Pointer, Value)>,
    /// The number of schemas that were looked at.
    visits: Cell<usize>,
}

impl Search<'_> {
    fn walk(&mut self, value: &Value, shape: Shape, at: &Location<'_>) {
        if let Shape::Object(kind) | Shape::OrReference(kind) = shape {
            let schema = match kind {
                ObjectKind::Schema => Some(value),
                ObjectKind::MediaType | ObjectKind::Parameter => value.get("schema"),
                _ => None,
            };
            if let Some(schema) = schema {
                self.add_examples(value, schema, at);
            }
        }
        each_inside(value, shape, at, &mut |value, shape, at| self.walk(value, shape, at));
    }

    /// Adds the examples of an object whose values have a schema.
    fn add_examples(&mut self, holder: &Value, schema: &Value, at: &Location<'_>) {
        if holder.get("example").or_else(|| holder.get("examples")).is_none() {
            return;
        }
        let at = at.current();
        let several = at.child("examples");
        let mut examples: Vec<(Pointer, &Value)> = Vec::new();
        examples.extend(holder.get("example").map(|example| (at.child("example"), example)));
        match holder.get("examples") {
            Some(Value::Array(values)) => {
                examples
                    .extend(values.iter().enumerate().map(|(index, value)| (several.index(index), value)));
            }
            Some(Value::Object(named)) => {
                for (name, example) in named {
                    if let Some(value) = example.get("value") {
                        examples.push((several.child(name).child("value"), value));
                    }
                }
            }
            _ => {}
        }
        for (at, example) in examples {
            if let Some(value) = parsed(example).filter(|_| !self.allows_text(schema)) {
                self.found.push((at, value));
            }
        }
    }

    /// Returns true if a value of a schema may be text.
    fn allows_text(&self, schema: &Value) -> bool {
        let mut left = MAX_SCHEMAS;
        !self.has_structure(schema, &mut left)
    }

    /// Returns true if a schema describes only objects and arrays.
    fn has_structure(&self, schema: &Value, left: &mut usize) -> bool {
        self.visits.set(self.visits.get() + 1);
        let Some(fewer) = left.checked_sub(1) else { return false };
        *left = fewer;
        if let Some(reference) = schema.get("$ref").and_then(Value::as_str) {
            let target = reference.strip_prefix('#').and_then(|at| self.document.pointer(at));
            return target.is_some_and(|target| self.has_structure(target, left));
        }
        let is_structure = |name: &Value| name == "object" || name == "array";
        match schema.get("type") {
            Some(Value::Array(names)) => {
                let names = names.iter().take(TYPES + 1);
                let mut names = names.filter(|name| *name != "null").peekable();
                return names.peek().is_some() && names.all(is_structure);
            }
            Some(name) => return is_structure(name),
            None => {}
        }
        if ["properties", "additionalProperties", "items", "prefixItems"]
            .iter()
            .any(|key| schema.get(key).is_some())
        {
            return true;
        }
        let parts = |key: &str| schema.get(key).and_then(Value::as_array).map_or(&[][..], Vec::as_slice);
        if parts("allOf").iter().take(MAX_SCHEMAS).any(|part| self.has_structure(part, left)) {
            return true;
        }
        let (one_of, any_of) = (parts("oneOf"), parts("anyOf"));
        if one_of.len() + any_of.len() > MAX_SCHEMAS {
            return false;
        }
        let is_null = |part: &&Value| part.get("type").is_some_and(|name| name == "null");
        let mut alternatives = one_of.iter().chain(any_of).filter(|part| !is_null(part)).peekable();
        alternatives.peek().is_some() && alternatives.all(|part| self.has_structure(part, left))
    }
}

/// Returns the object or array that a text contains as JSON.
fn parsed(example: &Value) -> Option<Value> {
    let text = example.as_str()?.trim();
    if !text.starts_with(['{', '[']) {
        return None;
    }
    serde_json::from_str(text).ok()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    /// Checks if the text `{"a": 1}` is read as JSON beside a schema.
    #[track_caller]
    fn check(schema: &str, is_json: bool) {
        let schema: Value = serde_yaml::from_str(schema).expect("the schema is YAML");
        let example = Value::from(" {\"a\": 1}");
        let mut document = json!({"openapi": "3.1.0", "components": {
            "schemas": {
                "Pet": {"properties": {"a": {}}},
                "Loop": {"allOf": [{"$ref": "#/components/schemas/Loop"}, {"$ref": "#/components/schemas/Loop"}]},
            },
            "responses": {"R": {"content": {"application/json": {
                "schema": schema, "example": example, "examples": {"one": {"value": example}},
            }}}},
        }});
        rewrite(&mut document, &References::default());
        let content = &document["components"]["responses"]["R"]["content"]["application/json"];
        let expected = if is_json { json!({"a": 1}) } else { example };
        assert_eq!(
            (&content["example"], &content["examples"]["one"]["value"]),
            (&expected, &expected),
            "{schema}"
        );
    }

    #[test]
    fn text_is_read_as_json_where_the_schema_allows_no_text() {
        check("{properties: {a: {}}}", true);
        check("{type: object}", true);
        check("{type: [object, 'null']}", true);
        check("{$ref: '#/components/schemas/Pet'}", true);
        check("{allOf: [{description: A pet.}, {$ref: '#/components/schemas/Pet'}]}", true);
        check("{anyOf: [{$ref: '#/components/schemas/Pet'}, {type: 'null'}]}", true);
        check("{anyOf: [{$ref: '#/components/schemas/Pet'}, {type: string}]}", false);
        check("{type: string}", false);
        check("{type: [object, string]}", false);
        check("{}", false);
        check("{$ref: '#/components/schemas/Loop'}", false);
    }

    #[test]
    fn many_parts_are_not_visited_for_each_example() {
        let part = json!({"$ref": "#/components/schemas/Parts"});
        let document = json!({"components": {"schemas": {"Parts": {"allOf": vec![part.clone(); 20_000]}}}});
        let search = Search { document: &document, found: Vec::new(), visits: Cell::default() };
        assert!(search.allows_text(&part));
        assert!(search.visits.get() <= MAX_SCHEMAS * MAX_SCHEMAS, "{}", search.visits.get());
    }

    #[test]
    fn examples_of_schemas_are_read_too() {
        let mut document = json!({"components": {"schemas": {
            "Pet": {"properties": {"a": {}}, "example": "{\"a\": 1}", "examples": ["[1]", "{", "text"]},
        }}});
        rewrite(&mut document, &References::default());
        let pet = &document["components"]["schemas"]["Pet"];
        assert_eq!((&pet["example"], &pet["examples"]), (&json!({"a": 1}), &json!([[1], "{", "text"])));
    }
}
