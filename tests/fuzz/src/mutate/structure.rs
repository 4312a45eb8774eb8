//! Mutations that move values as they are: remove, duplicate, swap, rename, and splice from another document.

use serde_json::{Map, Value};

use super::{Target, pick_in};
use crate::cut::component;
use crate::role::{self, Role};
use crate::words;

/// The number of components that a spliced value brings along.
const IMPORTED: usize = 6;

/// Removes an element or a field.
pub(super) fn remove(target: &mut Target<'_>) {
    let Some(number) = target.pick(|_| true) else { return };
    let chosen = target.random.number();
    let nth = |count: usize| usize::try_from(chosen % (count.max(1) as u64)).unwrap_or_default();
    match target.node_mut(number) {
        Some(Value::Array(elements)) if !elements.is_empty() => {
            elements.remove(nth(elements.len()));
        }
        Some(Value::Object(fields)) if !fields.is_empty() => {
            let key = fields.keys().nth(nth(fields.len())).cloned().unwrap_or_default();
            fields.shift_remove(&key);
        }
        _ => {}
    }
}

/// Inserts an element or a field a second time, the field under another name.
pub(super) fn duplicate(target: &mut Target<'_>) {
    let Some(number) = target.pick(|_| true) else { return };
    let name = target.random.word(words::NAMES).to_owned();
    let (from, to) = (target.random.number(), target.random.number());
    let nth = |chosen: u64, count: usize| usize::try_from(chosen % (count.max(1) as u64)).unwrap_or_default();
    match target.node_mut(number) {
        Some(Value::Array(elements)) if !elements.is_empty() => {
            let copy = elements[nth(from, elements.len())].clone();
            elements.insert(nth(to, elements.len() + 1), copy);
        }
        Some(Value::Object(fields)) if !fields.is_empty() => {
            let copy = fields.values().nth(nth(from, fields.len())).cloned().unwrap_or_default();
            fields.insert(name, copy);
        }
        _ => {}
    }
}

/// Exchanges two values, which may be inside one another.
pub(super) fn swap(target: &mut Target<'_>) {
    let Some(one) = target.pick(|_| true) else { return };
    let roles = role::roles(target.document);
    let same_role = target.random.one_in(2);
    let Some(other) = target.pick(|role| !same_role || role == roles[one]) else { return };
    let (first, second) = (one.min(other), one.max(other));
    let (Some(earlier), Some(later)) = (target.node(first).cloned(), target.node(second).cloned()) else {
        return;
    };
    // The later value first, because it does not change the number of the earlier one.
    for (number, value) in [(second, earlier), (first, later)] {
        if let Some(node) = target.node_mut(number) {
            *node = value;
        }
    }
}

/// Renames a field, with all references to it or without.
pub(super) fn rename(target: &mut Target<'_>) {
    let Some(number) = target.pick(|_| true) else { return };
    let roles = role::roles(target.document);
    let names = match roles[number] {
        Role::Paths => words::PATHS,
        Role::PathItem => words::METHODS,
        Role::Responses => words::STATUS_CODES,
        Role::Content => words::MEDIA_TYPES,
        _ => words::NAMES,
    };
    let new = target.random.word(names).to_owned();
    let chosen = target.random.number();
    let Some(Value::Object(fields)) = target.node_mut(number) else { return };
    let nth = usize::try_from(chosen % (fields.len().max(1) as u64)).unwrap_or_default();
    let Some(old) = fields.keys().nth(nth).cloned() else { return };
    let renamed = std::mem::take(fields).into_iter();
    *fields = renamed.map(|(key, field)| (if key == old { new.clone() } else { key }, field)).collect();
    if roles[number] == Role::SchemaMap && !target.random.one_in(4) {
        let (old, new) = (reference("schemas", &old), reference("schemas", &new));
        change_references(target.document, &mut |text| {
            let rest = text.strip_prefix(&old)?;
            (rest.is_empty() || rest.starts_with('/')).then(|| format!("{new}{rest}"))
        });
    }
}

/// Replaces a value by a value of another document.
pub(super) fn splice(target: &mut Target<'_>) {
    splice_with(target, |_, _| true);
}

/// Replaces a value by one of another document that has the same role.
pub(super) fn splice_same_role(target: &mut Target<'_>) {
    splice_with(target, |role, other| role == other);
}

/// Adds the fields of a value of another document, or of this one, to a value with the same role.
pub(super) fn merge_same_role(target: &mut Target<'_>) {
    let Some(number) = target.pick(|role| role != Role::Other) else { return };
    let role = role::roles(target.document)[number];
    let other =
        if target.random.one_in(2) { target.document.clone() } else { target.seeds.part(target.random) };
    let Some(from) = pick_in(&other, target.random, |it| it == role) else { return };
    let mut added = role::node(&other, from).cloned().unwrap_or_default();
    import(target, &other, &mut added);
    match (role::node_mut(target.document, number), added) {
        (Some(Value::Object(fields)), Value::Object(added)) => fields.extend(added),
        (Some(Value::Array(elements)), Value::Array(added)) => elements.extend(added),
        _ => {}
    }
}

fn splice_with(target: &mut Target<'_>, fits: impl Fn(Role, Role) -> bool) {
    let Some(number) = target.pick(|role| role != Role::Other) else { return };
    let role = role::roles(target.document)[number];
    let other = target.seeds.part(target.random);
    let Some(from) = pick_in(&other, target.random, |it| fits(role, it)) else { return };
    let mut spliced = role::node(&other, from).cloned().unwrap_or_default();
    import(target, &other, &mut spliced);
    if let Some(node) = role::node_mut(target.document, number) {
        *node = spliced;
    }
}

/// Brings along components that a value from another document refers to. References to the others lead to components
/// that are already there.
///
/// New components are appended, so values of the document keep their numbers if `components` is the last field. Where it
/// is not, another value is replaced, which is as good.
fn import(target: &mut Target<'_>, other: &Value, value: &mut Value) {
    let mut budget = IMPORTED;
    let mut wanted = references(value);
    while let Some(text) = wanted.pop() {
        let Some((section, name)) = component(&text) else { continue };
        let is_here = target.document["components"][&section].get(&name).is_some();
        let Some(found) = other["components"][&section].get(&name) else { continue };
        if is_here || budget == 0 {
            continue;
        }
        budget -= 1;
        let components =
            target.document.as_object_mut().map(|fields| fields.entry("components").or_insert_with(object));
        let Some(Value::Object(components)) = components else { continue };
        if let Value::Object(names) = components.entry(section).or_insert_with(object) {
            names.insert(name, found.clone());
            wanted.extend(references(found));
        }
    }
    let names = target.component_names("schemas");
    let document = &*target.document;
    let random = &mut *target.random;
    change_references(value, &mut |text| {
        let (section, name) = component(text)?;
        let is_here = document["components"][&section].get(&name).is_some();
        let other = random.pick(&names).filter(|_| !is_here)?;
        Some(reference("schemas", other))
    });
}

fn object() -> Value {
    Value::Object(Map::new())
}

/// Returns the reference to a component.
pub(super) fn reference(section: &str, name: &str) -> String {
    format!("#/components/{section}/{}", name.replace('~', "~0").replace('/', "~1").replace('%', "%25"))
}

fn references(value: &Value) -> Vec<String> {
    let mut found = Vec::new();
    let mut rest = vec![value];
    while let Some(value) = rest.pop() {
        found.extend(value.get("$ref").and_then(Value::as_str).map(str::to_owned));
        match value {
            Value::Array(elements) => rest.extend(elements),
            Value::Object(fields) => rest.extend(fields.values()),
            _ => {}
        }
    }
    found
}

/// Replaces references and the references of discriminator mappings for which `new` returns a text.
fn change_references(value: &mut Value, new: &mut dyn FnMut(&str) -> Option<String>) {
    let mut rest = vec![value];
    while let Some(value) = rest.pop() {
        match value {
            Value::Array(elements) => rest.extend(elements),
            Value::Object(fields) => rest.extend(fields.values_mut()),
            Value::String(text) if text.starts_with("#/") => {
                if let Some(new) = new(text) {
                    *text = new;
                }
            }
            _ => {}
        }
    }
}
