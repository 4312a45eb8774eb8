//! Rewrites `itemSchema` of 3.2, which describes the items of a stream, to a `schema` that is an array of the
//! items.
//!
//! For server-sent events, 3.2 describes an item as an object with `event`, `id` and `data`, and the content
//! of `data` by `contentSchema`. The runtime decodes the event itself, so here the item is the content of
//! `data`: a `oneOf` if there are several kinds of event, and a string unless every kind of event has a JSON
//! `contentSchema`.

use std::cell::Cell;

use serde_json::Value;

use super::{Dialect, Object};
use crate::diagnostics::Pointer;
use crate::document::location::Location;

/// The maximum number of schemas to visit for one event, since they can refer to each other in a cycle.
const MAX_SCHEMAS: usize = 256;

/// A schema and its original location.
type LocatedSchema = (Value, Pointer);

impl Dialect<'_> {
    /// Rewrites `itemSchema` of a media type, and records the moved schemas.
    pub(super) fn item_schema(&mut self, media_type: &str, content: &mut Value, at: &Location<'_>) {
        let Some(fields) = content.as_object_mut() else { return };
        let Some(item) = fields.shift_remove("itemSchema") else { return };
        let original = at.key("itemSchema").pointer();
        let items = match is_of_events(media_type) {
            false => vec![(item, original)],
            true => self
                .data(&item, &original, &Cell::new(MAX_SCHEMAS))
                .unwrap_or_else(|| vec![(text(), original)]),
        };
        let item = self.one_of(items, &at.key("schema").key("items"));
        let list = Object::from_iter([("type".to_owned(), Value::from("array")), ("items".to_owned(), item)]);
        fields.insert("schema".to_owned(), Value::Object(list));
    }

    /// Moves the schemas to `at`: a single schema, or the alternatives of a `oneOf`.
    fn one_of(&mut self, mut schemas: Vec<LocatedSchema>, at: &Location<'_>) -> Value {
        if schemas.len() == 1 {
            if let Some((schema, original)) = schemas.pop() {
                self.moves.moved_tree(at.pointer(), original);
                return schema;
            }
        }
        let location = at.key("oneOf");
        let alternatives = schemas.into_iter().enumerate().map(|(index, (schema, original))| {
            self.moves.moved_tree(location.index(index).pointer(), original);
            schema
        });
        let alternatives = Value::Array(alternatives.collect());
        Value::Object(Object::from_iter([("oneOf".to_owned(), alternatives)]))
    }

    /// Returns the distinct JSON schemas of `data` in the alternatives of an event, or `None` if some data is
    /// not JSON.
    fn data(&self, event: &Value, at: &Pointer, left: &Cell<usize>) -> Option<Vec<LocatedSchema>> {
        left.set(left.get().checked_sub(1)?);
        if let Some((target, at)) = self.resolve_schema(event) {
            return self.data(target, &at, left);
        }
        let own = event.get("properties").and_then(|properties| properties.get("data"));
        let own = own.and_then(|data| self.json(data, &at.child("properties").child("data"), left));
        let parts = |keyword: &str| {
            let location = at.child(keyword);
            let parts = event.get(keyword).and_then(Value::as_array).into_iter().flatten().enumerate();
            parts.map(move |(index, part)| (part, location.index(index)))
        };
        let mut alternatives = parts("oneOf").chain(parts("anyOf")).peekable();
        if alternatives.peek().is_none() {
            let inherited = || parts("allOf").find_map(|(part, at)| self.data(part, &at, left));
            return own.map(|own| vec![own]).or_else(inherited);
        }
        let mut all: Vec<LocatedSchema> = Vec::new();
        for (alternative, at) in alternatives {
            let data = match describes_data(alternative) {
                true => self.data(alternative, &at, left)?,
                false => vec![own.clone()?],
            };
            for one in data {
                if !all.iter().any(|(known, _)| *known == one.0) {
                    all.push(one);
                }
            }
        }
        Some(all)
    }

    /// Returns the schema of the JSON content of `data`, if the content is JSON.
    fn json(&self, data: &Value, at: &Pointer, left: &Cell<usize>) -> Option<LocatedSchema> {
        left.set(left.get().checked_sub(1)?);
        if let Some((target, at)) = self.resolve_schema(data) {
            return self.json(target, &at, left);
        }
        let kind = data.get("contentMediaType").and_then(Value::as_str)?;
        let schema = data.get("contentSchema").filter(|_| kind.ends_with("json"))?;
        Some((schema.clone(), at.child("contentSchema")))
    }

    /// Returns the target of a schema's `$ref` and its location.
    fn resolve_schema(&self, schema: &Value) -> Option<(&Value, Pointer)> {
        let reference = schema.get("$ref").and_then(Value::as_str)?;
        let target = Pointer::parse(reference.strip_prefix('#')?);
        Some((self.original_document.as_ref()?.pointer(target.as_str())?, target))
    }
}

/// Returns true if a value contains the key `itemSchema`.
pub(super) fn is_in(value: &Value) -> bool {
    match value {
        Value::Object(fields) => fields.iter().any(|(key, field)| key == "itemSchema" || is_in(field)),
        Value::Array(elements) => elements.iter().any(is_in),
        _ => false,
    }
}

/// Returns true if an event schema describes `data`, or may describe it in another schema that it refers to
/// or contains.
fn describes_data(event: &Value) -> bool {
    let elsewhere = ["$ref", "oneOf", "anyOf", "allOf"];
    elsewhere.iter().any(|keyword| event.get(*keyword).is_some())
        || event.get("properties").is_some_and(|properties| properties.get("data").is_some())
}

fn is_of_events(media_type: &str) -> bool {
    crate::rules::media_type::is(media_type, "text/event-stream")
}

fn text() -> Value {
    Value::Object(Object::from_iter([("type".to_owned(), Value::from("string"))]))
}
