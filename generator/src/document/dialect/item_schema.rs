//! `itemSchema`, by which 3.2 says what the items of a stream are: as the `schema` of a list of them.
//!
//! An event is described there as an object of `event`, `id` and `data`, and what `data` holds by `contentSchema`. Here
//! events have these members anyway, and the item is what `data` holds: of several kinds of events one of what each of
//! them holds, and text, where the description does not say more of all of them.

use std::cell::Cell;

use serde_json::Value;

use super::{Dialect, Object};
use crate::diagnostics::Pointer;
use crate::document::place::Place;

/// How many schemas are looked at to find what events hold: they may refer to one another in a circle.
const SCHEMAS: usize = 256;

/// A schema, and where it is written.
type Written = (Value, Pointer);

impl Dialect<'_> {
    /// Rewrites the content of a media type, and the schema that has moved.
    pub(super) fn item_schema(&mut self, media_type: &str, content: &mut Value, at: &Place<'_>) {
        let Some(members) = content.as_object_mut() else { return };
        let Some(item) = members.shift_remove("itemSchema") else { return };
        let written = at.key("itemSchema").pointer();
        let items = match is_of_events(media_type) {
            false => vec![(item, written)],
            true => {
                self.data(&item, &written, &Cell::new(SCHEMAS)).unwrap_or_else(|| vec![(text(), written)])
            }
        };
        let item = self.one_of(items, &at.key("schema").key("items"));
        let list = Object::from_iter([("type".to_owned(), Value::from("array")), ("items".to_owned(), item)]);
        members.insert("schema".to_owned(), Value::Object(list));
    }

    /// One schema of several, which have moved to `at`.
    fn one_of(&mut self, mut schemas: Vec<Written>, at: &Place<'_>) -> Value {
        if schemas.len() == 1 {
            if let Some((schema, written)) = schemas.pop() {
                self.moves.moved_tree(at.pointer(), written);
                return schema;
            }
        }
        let place = at.key("oneOf");
        let alternatives = schemas.into_iter().enumerate().map(|(index, (schema, written))| {
            self.moves.moved_tree(place.index(index).pointer(), written);
            schema
        });
        let alternatives = Value::Array(alternatives.collect());
        Value::Object(Object::from_iter([("oneOf".to_owned(), alternatives)]))
    }

    /// What the data of events holds in JSON, each kind once. None where some of it is text.
    fn data(&self, event: &Value, at: &Pointer, left: &Cell<usize>) -> Option<Vec<Written>> {
        left.set(left.get().checked_sub(1)?);
        if let Some((target, at)) = self.referred(event) {
            return self.data(target, &at, left);
        }
        let own = event.get("properties").and_then(|properties| properties.get("data"));
        let own = own.and_then(|data| self.json(data, &at.child("properties").child("data"), left));
        let parts = |keyword: &str| {
            let place = at.child(keyword);
            let parts = event.get(keyword).and_then(Value::as_array).into_iter().flatten().enumerate();
            parts.map(move |(index, part)| (part, place.index(index)))
        };
        let mut alternatives = parts("oneOf").chain(parts("anyOf")).peekable();
        if alternatives.peek().is_none() {
            let inherited = || parts("allOf").find_map(|(part, at)| self.data(part, &at, left));
            return own.map(|own| vec![own]).or_else(inherited);
        }
        let mut all: Vec<Written> = Vec::new();
        for (alternative, at) in alternatives {
            let data = match says_of_data(alternative) {
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

    /// What a text holds, if that is JSON.
    fn json(&self, data: &Value, at: &Pointer, left: &Cell<usize>) -> Option<Written> {
        left.set(left.get().checked_sub(1)?);
        if let Some((target, at)) = self.referred(data) {
            return self.json(target, &at, left);
        }
        let kind = data.get("contentMediaType").and_then(Value::as_str)?;
        let schema = data.get("contentSchema").filter(|_| kind.ends_with("json"))?;
        Some((schema.clone(), at.child("contentSchema")))
    }

    /// What a schema refers to, if that is all that it does.
    fn referred(&self, schema: &Value) -> Option<(&Value, Pointer)> {
        let reference = schema.get("$ref").and_then(Value::as_str)?;
        let target = Pointer::parse(reference.strip_prefix('#')?);
        Some((self.with_items.as_ref()?.pointer(target.as_str())?, target))
    }
}

/// Whether a document says of some stream what its items are.
pub(super) fn is_in(value: &Value) -> bool {
    match value {
        Value::Object(members) => members.iter().any(|(key, member)| key == "itemSchema" || is_in(member)),
        Value::Array(elements) => elements.iter().any(is_in),
        _ => false,
    }
}

/// Whether a kind of event says what its data is, or may say so where it refers to: else it says something of other members.
fn says_of_data(event: &Value) -> bool {
    let elsewhere = ["$ref", "oneOf", "anyOf", "allOf"];
    elsewhere.iter().any(|keyword| event.get(*keyword).is_some())
        || event.get("properties").is_some_and(|properties| properties.get("data").is_some())
}

fn is_of_events(media_type: &str) -> bool {
    let essence = media_type.split(';').next().unwrap_or_default();
    essence.trim().eq_ignore_ascii_case("text/event-stream")
}

fn text() -> Value {
    Value::Object(Object::from_iter([("type".to_owned(), Value::from("string"))]))
}
