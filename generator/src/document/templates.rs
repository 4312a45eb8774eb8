//! Binds schema templates: a `$dynamicRef` leads to the schema that the referring schema binds to its anchor.
//!
//! ```yaml
//! Page: { properties: { items: { type: array, items: { $dynamicRef: '#T' } } }, $defs: { T: { $dynamicAnchor: T } } }
//! UserPage: { $ref: '#/components/schemas/Page', $defs: { T: { $dynamicAnchor: T, $ref: '#/components/schemas/User' } } }
//! ```
//!
//! `UserPage` becomes a copy of `Page` whose items are `User`. Each schema that binds a template is copied once, from the
//! document as it is written, so templates that bind one another end. Copies have a limited size in total. What remains of
//! `$dynamicRef` is reported by `dialect`. Imports `diagnostics`, `moves`, `reference`
//! and `walk`.

use std::cmp::Reverse;
use std::collections::{BTreeMap, HashMap, HashSet};

use serde_json::{Map, Value};

use super::moves::Moves;
use super::reference::Reference;
use super::walk::size;
use crate::diagnostics::Pointer;

type Object = Map<String, Value>;

/// The size of all copies together, as a multiple of the document's size.
const MAX_GROWTH: usize = 16;

/// The fields whose values are data, in which `$dynamicRef` is an ordinary key.
const DATA_KEYS: [&str; 5] = ["example", "examples", "default", "enum", "const"];

/// The fields that map names to schemas.
const MAPS: [&str; 4] = ["properties", "patternProperties", "$defs", "definitions"];

/// The fields that a schema that binds a template may have besides extensions.
const ANNOTATIONS: [&str; 15] = [
    "$ref",
    "$defs",
    "$id",
    "$schema",
    "$anchor",
    "$dynamicAnchor",
    "$comment",
    "title",
    "description",
    "deprecated",
    "readOnly",
    "writeOnly",
    "example",
    "examples",
    "externalDocs",
];

/// The fields of a template that its copies do not have.
const IDENTITY: [&str; 5] = ["$defs", "$id", "$schema", "$anchor", "$dynamicAnchor"];

/// The references that anchors lead to.
type Bindings = HashMap<String, String>;

/// A schema that refers to a template and binds its anchors.
struct Binder {
    at: Pointer,
    template: Pointer,
    bindings: Bindings,
}

/// The anchors that a component refers to by `$dynamicRef`, if it is a template.
#[derive(Default)]
struct Template {
    anchors: HashSet<String>,
    /// True if the template cannot be copied: its `$defs` refer to anchors, or a schema in it binds a template.
    is_nested: bool,
}

/// Replaces each schema that binds a template by a copy of the template, and records where the copies come from.
pub(super) fn bind(document: &mut Object, imported: &mut Moves) {
    let mut templates = templates(document);
    if templates.is_empty() {
        return;
    }
    let mut found = Found::default();
    for (key, value) in &*document {
        found.collect(value, &Pointer::root().child(key), Role::Value);
    }
    for binder in &found.binders {
        let outer = component_of(&binder.at).filter(|component| *component != binder.at);
        if let Some(outer) = outer.and_then(|component| templates.get_mut(&component)) {
            outer.is_nested = true;
        }
    }
    let mut left = MAX_GROWTH * document.values().map(size).sum::<usize>();
    let mut copies = Vec::new();
    for binder in found.binders {
        match copy(document, &templates, &binder, &mut left) {
            Some(copy) => copies.push((binder, copy)),
            None => found.unbound.extend(binder.bindings.into_keys()),
        }
    }
    for (binder, copy) in copies {
        let Some(Value::Object(fields)) = at_mut(document, &binder.at) else { continue };
        fields.shift_remove("$ref");
        for (key, value) in copy {
            if !fields.contains_key(&key) {
                let original = imported.original(&binder.template.child(&key));
                imported.moved_tree(binder.at.child(&key), original);
                fields.insert(key, value);
            }
        }
    }
    for (at, template) in templates {
        let defaults = defaults(document, &at, &template, &found.unbound);
        if let Some(Value::Object(fields)) = at_mut(document, &at) {
            fields.iter_mut().filter(|(key, _)| *key != "$defs").for_each(|(key, value)| {
                replace(value, &defaults, ("", ""), MAPS.contains(&key.as_str()));
            });
        }
    }
}

/// The role of a value in the object around it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Role {
    Value,
    /// A map of names to schemas. Holds the role of its values.
    Map(bool),
    /// A schema in `$defs`, whose owner binds its anchor.
    Definition,
}

/// The schemas that bind anchors.
#[derive(Default)]
struct Found {
    binders: Vec<Binder>,
    /// The anchors that a schema binds in a way that is not supported.
    unbound: HashSet<String>,
}

impl Found {
    fn collect(&mut self, value: &Value, at: &Pointer, role: Role) {
        match value {
            Value::Object(fields) => {
                let role_of = |key: &String| match role {
                    Role::Map(true) => Role::Definition,
                    Role::Map(false) => Role::Value,
                    _ if MAPS.contains(&key.as_str()) => Role::Map(key == "$defs"),
                    _ => Role::Value,
                };
                if !matches!(role, Role::Map(_)) {
                    self.add(fields, at, role);
                }
                let is_schema = |key: &str| matches!(role, Role::Map(_)) || !is_data(key);
                for (key, field) in fields.iter().filter(|(key, _)| is_schema(key)) {
                    self.collect(field, &at.child(key), role_of(key));
                }
            }
            Value::Array(elements) => {
                let elements = elements.iter().enumerate();
                elements.for_each(|(index, element)| self.collect(element, &at.index(index), Role::Value));
            }
            _ => {}
        }
    }

    fn add(&mut self, fields: &Object, at: &Pointer, role: Role) {
        let mut bindings = bindings(fields, at);
        if let Some(Value::String(anchor)) = fields.get("$dynamicAnchor").filter(|_| role == Role::Definition)
        {
            bindings.remove(anchor);
        }
        if bindings.is_empty() {
            return;
        }
        let is_annotation = |key: &String| ANNOTATIONS.contains(&key.as_str()) || key.starts_with("x-");
        match fields.get("$ref").and_then(Value::as_str).map(Reference::parse) {
            Some(Reference::Local(template)) if fields.keys().all(is_annotation) => {
                self.binders.push(Binder { at: at.clone(), template, bindings });
            }
            // The defaults of a template.
            None if uses_anchors(fields) => {}
            _ => self.unbound.extend(bindings.into_keys()),
        }
    }
}

/// Returns the anchors of a schema and of its `$defs`, each with a reference to its schema.
fn bindings(fields: &Object, at: &Pointer) -> Bindings {
    let mut bindings = Bindings::new();
    if let Some(Value::String(anchor)) = fields.get("$dynamicAnchor") {
        bindings.insert(anchor.clone(), at.reference());
    }
    let Some(Value::Object(schemas)) = fields.get("$defs") else { return bindings };
    // Of several schemas with the same anchor, the first one by key counts, whatever their order.
    let mut sorted: Vec<_> = schemas.iter().collect();
    sorted.sort_by_key(|(key, _)| Reverse(*key));
    for (key, schema) in sorted {
        let Some(anchor) = schema.get("$dynamicAnchor").and_then(Value::as_str) else { continue };
        // A schema that is only a reference stands for its target, which has the better name.
        let target = schema.get("$ref").and_then(Value::as_str);
        let is_alias = schema.as_object().is_some_and(|fields| fields.len() == 2);
        let target = target.filter(|_| is_alias).map(str::to_owned);
        let reference = target.unwrap_or_else(|| at.child("$defs").child(key).reference());
        bindings.insert(anchor.to_owned(), reference);
    }
    bindings
}

/// Returns the components that refer to anchors.
fn templates(document: &Object) -> BTreeMap<Pointer, Template> {
    let at = Pointer::root().child("components").child("schemas");
    let schemas = document.get("components").and_then(|components| components.get("schemas")?.as_object());
    let templates = schemas.into_iter().flatten().filter_map(|(key, schema)| {
        let mut template = Template::default();
        for (keyword, value) in schema.as_object()? {
            let mut anchors = HashSet::new();
            add_anchors(value, MAPS.contains(&keyword.as_str()), &mut anchors);
            template.is_nested |= keyword == "$defs" && !anchors.is_empty();
            template.anchors.extend(anchors);
        }
        (!template.anchors.is_empty()).then(|| (at.child(key), template))
    });
    templates.collect()
}

/// Returns true if a schema refers to anchors outside of its `$defs`.
fn uses_anchors(fields: &Object) -> bool {
    let mut anchors = HashSet::new();
    let schemas = fields.iter().filter(|(key, _)| *key != "$defs" && !is_data(key));
    schemas.for_each(|(key, value)| add_anchors(value, MAPS.contains(&key.as_str()), &mut anchors));
    !anchors.is_empty()
}

/// Adds the anchors that `$dynamicRef` refers to in a schema, or in a map of schemas.
fn add_anchors(value: &Value, is_map: bool, anchors: &mut HashSet<String>) {
    match value {
        Value::Object(fields) => {
            anchors.extend(anchor(fields).filter(|_| !is_map).map(str::to_owned));
            for (key, field) in fields.iter().filter(|(key, _)| is_map || !is_data(key)) {
                add_anchors(field, !is_map && MAPS.contains(&key.as_str()), anchors);
            }
        }
        Value::Array(elements) => elements.iter().for_each(|element| add_anchors(element, false, anchors)),
        _ => {}
    }
}

/// Returns the anchor that the `$dynamicRef` of a schema refers to.
fn anchor(fields: &Object) -> Option<&str> {
    fields.get("$dynamicRef")?.as_str()?.strip_prefix('#').filter(|name| !name.starts_with('/'))
}

/// Returns the fields of the template of `binder` with its anchors bound, or `None` if they cannot be bound.
fn copy(
    document: &Object,
    templates: &BTreeMap<Pointer, Template>,
    binder: &Binder,
    left: &mut usize,
) -> Option<Object> {
    let template = templates.get(&binder.template).filter(|template| !template.is_nested)?;
    if !binder.bindings.keys().any(|anchor| template.anchors.contains(anchor)) {
        return None;
    }
    let fields = at(document, &binder.template)?.as_object()?;
    *left = left.checked_sub(fields.values().map(size).sum())?;
    let mut bindings = bindings(fields, &binder.template);
    bindings.extend(binder.bindings.clone());
    let fields = fields.iter().filter(|(key, _)| !IDENTITY.contains(&key.as_str()));
    let (template, own) = (binder.template.reference(), binder.at.reference());
    let fields = fields.map(|(key, value)| {
        let mut value = value.clone();
        if !is_data(key) {
            replace(&mut value, &bindings, (&template, &own), MAPS.contains(&key.as_str()));
        }
        (key.clone(), value)
    });
    Some(fields.collect())
}

/// Returns the references that the anchors of a template lead to if nothing binds them.
fn defaults(document: &Object, template: &Pointer, of: &Template, unbound: &HashSet<String>) -> Bindings {
    let mut defaults = at(document, template)
        .and_then(Value::as_object)
        .map(|fields| bindings(fields, template))
        .unwrap_or_default();
    defaults.retain(|anchor, _| of.anchors.contains(anchor) && !unbound.contains(anchor));
    defaults
}

/// Replaces the `$dynamicRef`s to bound anchors in a schema, or in a map of schemas, and references to the template.
fn replace(value: &mut Value, bindings: &Bindings, (template, own): (&str, &str), is_map: bool) {
    match value {
        Value::Object(fields) => {
            let is_dynamic = !is_map && !fields.contains_key("$ref");
            let bound = anchor(fields).filter(|_| is_dynamic).and_then(|anchor| bindings.get(anchor));
            if let Some(bound) = bound {
                fields.insert("$ref".to_owned(), Value::from(bound.as_str()));
                fields.shift_remove("$dynamicRef");
            } else if !is_map && fields.get("$ref").is_some_and(|reference| reference == template) {
                fields.insert("$ref".to_owned(), Value::from(own));
            }
            for (key, field) in fields.iter_mut().filter(|(key, _)| is_map || !is_data(key)) {
                replace(field, bindings, (template, own), !is_map && MAPS.contains(&key.as_str()));
            }
        }
        Value::Array(elements) => {
            elements.iter_mut().for_each(|element| replace(element, bindings, (template, own), false));
        }
        _ => {}
    }
}

fn is_data(key: &str) -> bool {
    DATA_KEYS.contains(&key)
}

/// Returns the component schema at or around a location.
fn component_of(at: &Pointer) -> Option<Pointer> {
    let segments: Vec<String> = at.segments().take(3).collect();
    let is_component = matches!(&segments[..], [components, schemas, _] if components == "components" && schemas == "schemas");
    is_component.then(|| segments.iter().fold(Pointer::root(), |above, segment| above.child(segment)))
}

fn at<'v>(document: &'v Object, at: &Pointer) -> Option<&'v Value> {
    let mut segments = at.segments();
    let first = document.get(&segments.next()?)?;
    segments.try_fold(first, |value, segment| match value {
        Value::Array(elements) => elements.get(segment.parse::<usize>().ok()?),
        value => value.get(&segment),
    })
}

fn at_mut<'v>(document: &'v mut Object, at: &Pointer) -> Option<&'v mut Value> {
    let mut segments = at.segments();
    let first = document.get_mut(&segments.next()?)?;
    segments.try_fold(first, |value, segment| match value {
        Value::Array(elements) => elements.get_mut(segment.parse::<usize>().ok()?),
        value => value.get_mut(&segment),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Binds the templates of component schemas, and compares the result.
    #[track_caller]
    fn check(before: &str, after: &str) -> (Object, Moves) {
        let parse = |schemas: &str| -> Value { serde_yaml::from_str(schemas).expect("the schemas are YAML") };
        let document = serde_json::json!({ "components": { "schemas": parse(before) } });
        let Value::Object(mut document) = document else { panic!("the document is an object") };
        let mut moves = Moves::default();
        bind(&mut document, &mut moves);
        assert_eq!(document["components"]["schemas"], parse(after));
        (document, moves)
    }

    #[test]
    fn a_bound_template_is_copied() {
        let (_, moves) = check(
            "
            Page: { $id: page, title: P, properties: { of: { $dynamicRef: '#T' }, next: { $ref: '#/components/schemas/Page' } }, $defs: { T: { $dynamicAnchor: T } } }
            UserPage: { title: U, $ref: '#/components/schemas/Page', $defs: { T: { $dynamicAnchor: T, $ref: '#/components/schemas/User' } } }
            User: { type: object }",
            "
            Page: { $id: page, title: P, properties: { of: { $ref: '#/components/schemas/Page/$defs/T' }, next: { $ref: '#/components/schemas/Page' } }, $defs: { T: { $dynamicAnchor: T } } }
            UserPage: { title: U, properties: { of: { $ref: '#/components/schemas/User' }, next: { $ref: '#/components/schemas/UserPage' } }, $defs: { T: { $dynamicAnchor: T, $ref: '#/components/schemas/User' } } }
            User: { type: object }",
        );
        let original = |at: &str| moves.original(&Pointer::parse(at)).to_string();
        assert_eq!(
            original("/components/schemas/UserPage/properties/of"),
            "/components/schemas/Page/properties/of"
        );
        assert_eq!(original("/components/schemas/UserPage/$defs/T"), "/components/schemas/UserPage/$defs/T");
    }

    #[test]
    fn a_schema_can_extend_one_that_refers_to_itself() {
        check(
            "
            Tree: { $dynamicAnchor: node, properties: { children: { items: { $dynamicRef: '#node' } } } }
            Named: { $dynamicAnchor: node, $ref: '#/components/schemas/Tree' }",
            "
            Tree: { $dynamicAnchor: node, properties: { children: { items: { $ref: '#/components/schemas/Tree' } } } }
            Named: { $dynamicAnchor: node, properties: { children: { items: { $ref: '#/components/schemas/Named' } } } }",
        );
    }

    /// The default would be wrong where another anchor is bound, so the reference is kept, and reported later.
    #[test]
    fn what_cannot_be_bound_is_kept() {
        for schemas in [
            "
            Page: { allOf: [{ $ref: '#/components/schemas/Base' }] }
            Base: { items: { $dynamicRef: '#T' }, $defs: { T: { $dynamicAnchor: T } } }
            UserPage: { $ref: '#/components/schemas/Page', $defs: { T: { $dynamicAnchor: T } } }",
            "
            Page: { items: { $dynamicRef: '#T' }, $defs: { T: { $dynamicAnchor: T } } }
            UserPage: { allOf: [{ $ref: '#/components/schemas/Page' }], $defs: { T: { $dynamicAnchor: T } } }",
            "
            Page: { properties: { T: { $dynamicRef: '#T' }, inner: { $ref: '#/components/schemas/Page', $defs: { T: { $dynamicAnchor: T } } } } }",
        ] {
            check(schemas, schemas);
        }
    }

    #[test]
    fn copies_have_a_limited_size() {
        let properties: String =
            (0..1_000).map(|index| format!("p{index}: {{ $dynamicRef: '#T' }}, ")).collect();
        let binders: String = (0..1_000)
            .map(|index| format!("B{index}: {{ $ref: '#/components/schemas/Page', $defs: {{ T: {{ $dynamicAnchor: T }} }} }}\n"))
            .collect();
        let schemas = format!("Page: {{ properties: {{ {properties} }} }}\n{binders}");
        let schemas: Value = serde_yaml::from_str(&schemas).expect("the schemas are YAML");
        let before = size(&schemas);
        let Value::Object(mut document) = serde_json::json!({ "components": { "schemas": schemas } }) else {
            return;
        };
        bind(&mut document, &mut Moves::default());
        let after = document.values().map(size).sum::<usize>();
        assert!((2 * before..20 * before).contains(&after), "{before} values become {after}");
    }
}
