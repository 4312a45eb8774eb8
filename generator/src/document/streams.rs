//! Rewrites `itemSchema` of 3.2, which describes the items of a stream, to a `schema` that is an array of the
//! items.
//!
//! For server-sent events, 3.2 describes an item as an object with `event`, `id` and `data`, and the content
//! of `data` by `contentSchema`. The runtime decodes the event itself, so here the item is the content of
//! `data`: a `oneOf` if there are several kinds of event, and a string unless every kind of event has a JSON
//! `contentSchema`.
//!
//! The schemas of events are copies, which have a limited size in total: many media types can refer to one large schema.
//!
//! Imports `diagnostics`, `grammar`, `location`, `moves`, `references` and `walk`.

use std::cell::Cell;

use serde_json::{Map, Value};

use super::grammar::{ObjectKind, Shape};
use super::location::Location;
use super::moves::Moves;
use super::references::References;
use super::walk::{each_inside, size};
use crate::diagnostics::{Code, Diagnostics, Pointer};

/// The maximum number of schemas to visit for one event, since they can refer to each other in a cycle.
const MAX_SCHEMAS: usize = 256;

/// The size of all copies together, as a multiple of the document's size.
const MAX_GROWTH: usize = 16;

/// A schema and its original location.
type LocatedSchema<'a> = (&'a Value, Pointer);

/// Rewrites every `itemSchema` in place, and records where its schemas were.
pub(super) fn rewrite(document: &mut Value, references: &References, diagnostics: &mut Diagnostics) -> Moves {
    let mut search = Search { document, found: Vec::new(), size_left: None, diagnostics };
    references.each_root(document, &mut |value, shape, at| search.walk(value, shape, at));
    // An event can refer to a schema inside another `itemSchema`, so nothing is changed before all items are known.
    let items = search.found;
    let mut moves = Moves::default();
    for (media_type, schemas) in items {
        let fields = document.pointer_mut(media_type.as_str()).and_then(Value::as_object_mut);
        let Some(fields) = fields else { continue };
        let original = media_type.child("itemSchema");
        // A schema stays if a reference leads to it or into it.
        if has_target(references, &media_type.child("schema")) {
            continue;
        }
        if !has_target(references, &original) {
            fields.shift_remove("itemSchema");
        }
        let list = [
            ("type".to_owned(), Value::from("array")),
            ("items".to_owned(), one_of(schemas, &media_type.child("schema").child("items"), &mut moves)),
        ];
        fields.insert("schema".to_owned(), Value::Object(Map::from_iter(list)));
    }
    moves
}

/// Returns true if a reference leads to a location or into it.
fn has_target(references: &References, at: &Pointer) -> bool {
    let mut inside = references.targets.range(at.child("")..);
    references.targets.contains_key(at) || inside.next().is_some_and(|(target, _)| target.is_inside(at))
}

/// Moves schemas to `at`: a single schema, or the alternatives of a `oneOf`.
fn one_of(mut schemas: Vec<(Value, Pointer)>, at: &Pointer, moves: &mut Moves) -> Value {
    if schemas.len() == 1 {
        if let Some((schema, original)) = schemas.pop() {
            moves.moved_tree(at.clone(), original);
            return schema;
        }
    }
    let location = at.child("oneOf");
    let alternatives = schemas.into_iter().enumerate().map(|(index, (schema, original))| {
        moves.moved_tree(location.index(index), original);
        schema
    });
    let alternatives = Value::Array(alternatives.collect());
    Value::Object(Map::from_iter([("oneOf".to_owned(), alternatives)]))
}

/// A walk over the media types of a document.
struct Search<'a, 'd> {
    document: &'a Value,
    /// The locations of media types with `itemSchema`, and the schemas of their items.
    found: Vec<(Pointer, Vec<(Value, Pointer)>)>,
    /// The number of values that may still be copied. It is known once there is an event.
    size_left: Option<usize>,
    diagnostics: &'d mut Diagnostics,
}

impl<'a> Search<'a, '_> {
    fn walk(&mut self, value: &Value, shape: Shape, at: &Location<'_>) {
        match (shape, value) {
            // No media type is inside a schema.
            (Shape::OrReference(ObjectKind::Schema), _) => return,
            (Shape::Map(Shape::Object(ObjectKind::MediaType)), Value::Object(fields)) => {
                fields.iter().for_each(|(name, media_type)| self.add(name, media_type, &at.key(name)));
            }
            _ => {}
        }
        each_inside(value, shape, at, &mut |value, shape, at| self.walk(value, shape, at));
    }

    fn add(&mut self, name: &str, media_type: &Value, at: &Location<'_>) {
        let Some(item) = media_type.get("itemSchema") else { return };
        let at = at.current();
        let original = at.child("itemSchema");
        let items = match is_of_events(name) {
            false => vec![(item.clone(), original)],
            true => self.events(&at, &original).unwrap_or_else(|| vec![(text(), original)]),
        };
        self.found.push((at, items));
    }

    /// Returns copies of the JSON schemas of the events of a media type, or `None` if the data of an event is a string.
    fn events(&mut self, media_type: &Pointer, original: &Pointer) -> Option<Vec<(Value, Pointer)>> {
        let document = self.document;
        let item = document.pointer(original.as_str())?;
        let schemas = self.data(item, original, &Cell::new(MAX_SCHEMAS))?;
        let left = self.size_left.get_or_insert_with(|| MAX_GROWTH * size(document));
        // Skips the sizes if nothing may be copied any more.
        let needed =
            if *left > 0 { schemas.iter().map(|(schema, _)| size(schema)).sum() } else { usize::MAX };
        let Some(fewer) = left.checked_sub(needed) else {
            *left = 0;
            self.diagnostics.report(
                Code::UnsupportedKeyword,
                &media_type.child("itemSchema"),
                "the schemas of all events are too large together, so the data of this event is a string",
                "use smaller schemas for the events",
            );
            return None;
        };
        *left = fewer;
        Some(schemas.into_iter().map(|(schema, at)| (schema.clone(), at)).collect())
    }

    /// Returns the distinct JSON schemas of `data` in the alternatives of an event, or `None` if some data is
    /// not JSON.
    fn data(&self, event: &'a Value, at: &Pointer, left: &Cell<usize>) -> Option<Vec<LocatedSchema<'a>>> {
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
            let inherited =
                || parts("allOf").take(MAX_SCHEMAS).find_map(|(part, at)| self.data(part, &at, left));
            return own.map(|own| vec![own]).or_else(inherited);
        }
        let mut all: Vec<LocatedSchema<'a>> = Vec::new();
        for (alternative, at) in alternatives {
            let data = match describes_data(alternative) {
                true => self.data(alternative, &at, left)?,
                false => {
                    left.set(left.get().checked_sub(1)?);
                    vec![own.clone()?]
                }
            };
            for one in data {
                if !all.iter().any(|(known, _)| std::ptr::eq(*known, one.0) || *known == one.0) {
                    all.push(one);
                }
            }
        }
        Some(all)
    }

    /// Returns the schema of the JSON content of `data`, if the content is JSON.
    fn json(&self, data: &'a Value, at: &Pointer, left: &Cell<usize>) -> Option<LocatedSchema<'a>> {
        left.set(left.get().checked_sub(1)?);
        if let Some((target, at)) = self.resolve_schema(data) {
            return self.json(target, &at, left);
        }
        let kind = data.get("contentMediaType").and_then(Value::as_str)?;
        let schema = data.get("contentSchema").filter(|_| kind.ends_with("json"))?;
        Some((schema, at.child("contentSchema")))
    }

    /// Returns the target of a schema's `$ref` and its location.
    fn resolve_schema(&self, schema: &Value) -> Option<(&'a Value, Pointer)> {
        let reference = schema.get("$ref").and_then(Value::as_str)?;
        let target = Pointer::parse(reference.strip_prefix('#')?);
        Some((self.document.pointer(target.as_str())?, target))
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
    Value::Object(Map::from_iter([("type".to_owned(), Value::from("string"))]))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Rewrites the `itemSchema` of events, and compares the items and the original location of the first item
    /// schema.
    ///
    /// The document has the schemas `D`, a string that contains an integer as JSON, and `E`, which is cyclic.
    #[track_caller]
    fn check_events(item: &str, expected: &str, original: &str) {
        let content = format!("{{itemSchema: {item}}}");
        let content: Value = serde_yaml::from_str(&content).expect("the schema is YAML");
        let data =
            serde_json::json!({"contentMediaType": "application/json", "contentSchema": {"type": "integer"}});
        let circle = serde_json::json!({"oneOf": [{"$ref": "#/components/schemas/E"}, {"$ref": "#/components/schemas/E"}]});
        let mut document = serde_json::json!({
            "openapi": "3.2.0",
            "components": {
                "responses": {"R": {"content": {"text/event-stream": content}}},
                "schemas": {"D": data, "E": circle},
            },
        });
        let moves = rewrite(&mut document, &References::default(), &mut Diagnostics::new());
        let location = Pointer::parse("/components/responses/R/content/text~1event-stream/schema/items");
        let expected: Value = serde_yaml::from_str(expected).expect("the expectation is YAML");
        let items = document.pointer(location.as_str()).expect("the schema is an array");
        assert_eq!(*items, expected);
        let first = if items.get("oneOf").is_some() { location.child("oneOf").index(0) } else { location };
        let original =
            original.replace("...", "/components/responses/R/content/text~1event-stream/itemSchema");
        assert_eq!(moves.original(&first).as_str(), original);
    }

    #[test]
    fn events_become_the_content_of_their_data() {
        let json =
            |ty: &str| format!("{{contentMediaType: application/json, contentSchema: {{type: {ty}}}}}");
        let (object, named) = (json("object"), "{$ref: '#/components/schemas/D'}");
        let of = |data: &str| format!("{{properties: {{data: {data}}}}}");
        check_events(&of(&object), "{type: object}", ".../properties/data/contentSchema");
        check_events(&of(named), "{type: integer}", "/components/schemas/D/contentSchema");
        check_events(&of("{type: string}"), "{type: string}", "...");
        let inherited = format!("{{allOf: [{{type: object}}, {}]}}", of(named));
        check_events(&inherited, "{type: integer}", "/components/schemas/D/contentSchema");
        // Of several kinds of event, some have the same data and some do not describe it.
        let several = format!("{{oneOf: [{}, {}, {}]}}", of(&object), of(named), of(&object));
        let both = "{oneOf: [{type: object}, {type: integer}]}";
        check_events(&several, both, ".../oneOf/0/properties/data/contentSchema");
        let beside =
            format!("{{properties: {{data: {named}}}, anyOf: [{{required: [id]}}, {}]}}", of(&object));
        let both = "{oneOf: [{type: integer}, {type: object}]}";
        check_events(&beside, both, "/components/schemas/D/contentSchema");
        // Some of the data is not JSON.
        let mixed = format!("{{oneOf: [{}, {}]}}", of(&object), of("{type: string}"));
        check_events(&mixed, "{type: string}", "...");
        check_events("{$ref: '#/components/schemas/E'}", "{type: string}", "...");
    }

    #[test]
    fn copies_have_a_limited_size() {
        let event = serde_json::json!({"$ref": "#/components/schemas/E"});
        let properties: Map<String, Value> =
            (0..100).map(|index| (format!("p{index}"), Value::from("x"))).collect();
        let media_types: Map<String, Value> = (0..100)
            .map(|index| (format!("text/event-stream; a={index}"), serde_json::json!({"itemSchema": event})))
            .collect();
        let mut document = serde_json::json!({
            "openapi": "3.2.0",
            "components": {
                "responses": {"R": {"content": media_types}},
                "schemas": {"E": {"properties": {"data": {
                    "contentMediaType": "application/json", "contentSchema": {"properties": properties},
                }}}},
            },
        });
        let before = size(&document);
        let mut diagnostics = Diagnostics::new();
        rewrite(&mut document, &References::default(), &mut diagnostics);
        assert!(size(&document) < (MAX_GROWTH + 2) * before);
        let item = |index: usize| {
            let media_type =
                &document["components"]["responses"]["R"]["content"][format!("text/event-stream; a={index}")];
            media_type["schema"]["items"].clone()
        };
        assert_eq!((item(0)["properties"]["p0"].as_str(), item(99)), (Some("x"), text()));
        assert_eq!(diagnostics.iter().next().map(|found| found.code), Some(Code::UnsupportedKeyword));
    }

    #[test]
    fn many_alternatives_of_an_event_are_a_string() {
        let of = |count: usize| {
            format!(
                "{{properties: {{data: {{$ref: '#/components/schemas/D'}}}}, oneOf: [{}]}}",
                "{},".repeat(count)
            )
        };
        check_events(&of(9), "{type: integer}", "/components/schemas/D/contentSchema");
        check_events(&of(MAX_SCHEMAS), "{type: string}", "...");
    }

    #[test]
    fn the_target_of_a_reference_stays() {
        let document = serde_json::json!({
            "paths": {"/a": {"get": {"responses": {"200": {"content": {"application/jsonl": {
                "itemSchema": {"properties": {"next": {"type": "string"}}},
            }}}}}}},
        });
        let media_type = "/paths/~1a/get/responses/200/content/application~1jsonl";
        for (target, stays) in [("", true), ("/properties/next", true), ("s", false), ("/../example", false)]
        {
            let mut references = References::default();
            let target =
                Pointer::parse(&format!("{media_type}/itemSchema{target}").replace("/itemSchema/..", ""));
            references.targets.entry(target.clone()).or_default().insert(ObjectKind::Schema);
            let mut rewritten = document.clone();
            rewrite(&mut rewritten, &references, &mut Diagnostics::new());
            let has = |field: &str| rewritten.pointer(&format!("{media_type}/{field}")).is_some();
            assert_eq!((has("itemSchema"), has("schema/items/properties")), (stays, true), "{target}");
        }
    }

    #[test]
    fn a_schema_that_a_reference_leads_to_is_not_replaced() {
        let mut document = serde_json::json!({"components": {"responses": {"R": {"content": {"application/jsonl": {
            "schema": {"type": "string"}, "itemSchema": {"type": "integer"},
        }}}}}});
        let at = Pointer::parse("/components/responses/R/content/application~1jsonl/schema");
        let mut references = References::default();
        references.targets.entry(at.clone()).or_default().insert(ObjectKind::Schema);
        rewrite(&mut document, &references, &mut Diagnostics::new());
        assert_eq!(document.pointer(at.as_str()), Some(&serde_json::json!({"type": "string"})));
    }
}
