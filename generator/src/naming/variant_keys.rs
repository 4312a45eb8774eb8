//! Finds the alternatives of a union in the lock, whatever the form of the union.
//!
//! The name of an alternative depends on the form: a property, a tag, or the name of a schema. An addition can change the
//! form, so an alternative is found by its schema first: by the component that it refers to, or by its nested type. Another
//! schema is found by the name of the alternative, and if that has changed, by its location, which depends on the others.

use std::collections::{HashMap, HashSet};

use super::ident::{Case, folded, to_case};
use super::ledger::{ItemKey, Ledger};
use super::owner::Owner;
use super::type_keys::{TypeKeys, location_of};
use crate::diagnostics::Pointer;
use crate::ir::{Constant, Shape, Type, Variant};
use crate::lock::{Item, Key, Kind};

/// Keys of an alternative.
pub(super) struct VariantKey {
    pub(super) key: ItemKey,
    /// True if the alternative is in the lock.
    pub(super) is_known: bool,
    /// Location of the schema, if no other alternative has it.
    pub(super) at: Option<String>,
}

/// Returns the keys of the alternatives, in document order.
pub(super) fn variant_keys(
    it: &Shape,
    owner: &Owner<'_>,
    types: &TypeKeys<'_>,
    ledger: &mut Ledger<'_>,
) -> Vec<VariantKey> {
    let variants: Vec<&Variant> = it.variants().collect();
    let key = |(variant, at): (&&Variant, Option<String>)| {
        let key = owner.key(Kind::Variant, &variant.key, ledger);
        VariantKey { key, is_known: false, at }
    };
    let mut keys: Vec<VariantKey> = variants.iter().zip(locations(&variants)).map(key).collect();
    let items = ledger.members(Kind::Variant, owner.before).collect();
    let mut known = Known { items, used: HashSet::new() };
    let is_component = |it: &Variant| it.schema.as_ref().is_some_and(|schema| !is_place(schema));
    known.find(&mut keys, |index, key| key.at.clone().filter(|_| is_component(variants[index])), by_location);
    for (key, variant) in keys.iter_mut().zip(&variants).filter(|(key, _)| !key.is_known) {
        known.take(key, key_by_type(variant, owner, types, ledger));
    }
    // Alternatives with the same name are told apart by their locations.
    let name_and_location = |key: &VariantKey| Some((key.key.before.path.clone(), key.at.clone()?));
    known.find(
        &mut keys,
        |_, key| name_and_location(key).map(joined),
        |key, item| item.at.clone().map(|at| joined((key.path.clone(), at))),
    );
    for key in keys.iter_mut().filter(|key| !key.is_known) {
        let same = Some(key.key.before.clone()).filter(|key| ledger.item(key).is_some());
        known.take(key, same);
    }
    known.find(&mut keys, |_, key| key.at.clone(), by_location);
    // Earlier versions wrote where an alternative is listed, and only of a schema without a name.
    known.find(&mut keys, |index, _| Some(location_of(&variants[index].docs.pointer)), by_location);
    // A constant was a value of an enum.
    known.find(&mut keys, |index, _| variants[index].constant().map(Constant::wire), by_value);
    let component = |index: usize| {
        let schema = variants[index].schema.as_ref().filter(|schema| !is_place(schema));
        schema.and_then(|schema| schema.segments().last())
    };
    known.find(&mut keys, |index, _| component(index).as_deref().map(name_of), by_name);
    known.find(&mut keys, |index, _| Some(name_of(&variants[index].key)), by_name);
    keys
}

/// Returns the key that an alternative had, if its type is a nested type of the union that is in the lock. Both have the same
/// location there, and in the lock of an earlier version, the same place.
fn key_by_type(
    variant: &Variant,
    owner: &Owner<'_>,
    types: &TypeKeys<'_>,
    ledger: &Ledger<'_>,
) -> Option<Key> {
    let Type::Named(id) = variant.ty else { return None };
    let before = &types.of_type(id)?.before;
    let is_of_union =
        before.kind == Kind::NestedType && before.path.first().is_some_and(|it| it == owner.before);
    if !is_of_union {
        return None;
    }
    let at = ledger.item(before)?.at.as_ref();
    let mut there = ledger.members(Kind::Variant, owner.before).filter(|(_, item)| item.at.as_ref() == at);
    if let (Some(_), Some((key, _)), None) = (at, there.next(), there.next()) {
        return Some(key.clone());
    }
    let same_place = Key { kind: Kind::Variant, ..before.clone() };
    ledger.item(&same_place).filter(|item| item.at.is_none()).map(|_| same_place)
}

/// Returns the name of an alternative and its location as one text.
fn joined((path, at): (Vec<String>, String)) -> String {
    format!("{} {at}", path.join(" "))
}

fn by_location(_: &Key, item: &Item) -> Option<String> {
    item.at.clone()
}

fn by_value(key: &Key, item: &Item) -> Option<String> {
    key.path.get(1).filter(|_| item.at.is_none()).cloned()
}

fn by_name(key: &Key, item: &Item) -> Option<String> {
    key.path.get(1).filter(|_| item.at.is_none()).map(|name| name_of(name))
}

/// Returns the name of a variant that is called like a component or a value.
fn name_of(text: &str) -> String {
    folded(&to_case(text.rsplit('.').next().unwrap_or(text), Case::Camel))
}

/// Returns the location of each alternative's schema, if no other alternative has the same one.
fn locations(variants: &[&Variant]) -> Vec<Option<String>> {
    let mut counts: HashMap<&Pointer, usize> = HashMap::new();
    variants.iter().filter_map(|it| it.schema.as_ref()).for_each(|at| *counts.entry(at).or_default() += 1);
    let only = |it: &&Variant| it.schema.as_ref().filter(|at| counts.get(at) == Some(&1)).map(location_of);
    variants.iter().map(only).collect()
}

/// Returns true if a location is a place in a list of alternatives, so other alternatives can move it.
fn is_place(schema: &Pointer) -> bool {
    let segments: Vec<String> = schema.segments().collect();
    matches!(segments.as_slice(), [.., list, _] if matches!(list.as_str(), "oneOf" | "anyOf"))
}

/// The alternatives of a union in the last run.
struct Known<'l> {
    items: Vec<(&'l Key, &'l Item)>,
    /// The alternatives that have been found.
    used: HashSet<Key>,
}

impl Known<'_> {
    /// Notes that an alternative had a key, unless another one had it.
    fn take(&mut self, key: &mut VariantKey, before: Option<Key>) {
        if let Some(before) = before.filter(|before| self.used.insert(before.clone())) {
            key.is_known = true;
            key.key.before = before;
        }
    }

    /// Finds the alternatives that have the same text as only one alternative of the last run.
    fn find(
        &mut self,
        keys: &mut [VariantKey],
        now: impl Fn(usize, &VariantKey) -> Option<String>,
        before: impl Fn(&Key, &Item) -> Option<String>,
    ) {
        if self.items.iter().all(|(key, _)| self.used.contains(*key)) {
            return;
        }
        let mut by_text: HashMap<String, Vec<&Key>> = HashMap::new();
        for (key, item) in self.items.iter().filter(|(key, _)| !self.used.contains(*key)) {
            if let Some(text) = before(key, item) {
                by_text.entry(text).or_default().push(key);
            }
        }
        for (index, key) in keys.iter_mut().enumerate().filter(|(_, key)| !key.is_known) {
            let text = now(index, key);
            let only = text.and_then(|text| by_text.get(&text)).map(Vec::as_slice);
            if let Some([before]) = only {
                self.take(key, Some((*before).clone()));
            }
        }
    }
}
