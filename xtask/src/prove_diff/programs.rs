//! Programs that breaking changes break: each uses an item of the old crate as its old declaration permits.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use openapi_crate::diff::{Change, ChangeKind, Class};
use openapi_crate::surface::{Callable, Item, ItemKind, Surface};

use super::compiler::Compiler;
use super::crates::Crates;

/// The result of the program for a breaking change.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Proof {
    /// It compiles with the old crate only.
    Breaks,
    /// It compiles with both crates.
    Compiles,
    /// There is no program, or it does not compile with the old crate.
    Missing,
}

/// Compiles a program for each breaking change with both crates. Returns the results in the order of the changes.
pub(super) fn prove(crates: &Crates, changes: &[Change], out: &Path) -> Result<Vec<Proof>, String> {
    let breaking = changes.iter().enumerate().filter(|(_, change)| change.class == Class::Breaking);
    let mut by_features: BTreeMap<Option<Vec<String>>, BTreeMap<usize, String>> = BTreeMap::new();
    for (number, change) in breaking {
        if let Some(program) = program(&crates.old.surface, change) {
            by_features.entry(features(crates, change)).or_default().insert(number, program);
        }
    }
    let mut proofs = vec![Proof::Missing; changes.len()];
    let target = out.join("target");
    for (features, mut programs) in by_features {
        let compiler = |of, folder| Compiler::new(of, features.as_deref(), out.join(folder), &target);
        let without_old = compiler(&crates.old, "old-programs")?.failing(&programs)?;
        programs.retain(|number, _| !without_old.contains(number));
        let broken = compiler(&crates.new, "new-programs")?.failing(&programs)?;
        for number in programs.into_keys() {
            proofs[number] = if broken.contains(&number) { Proof::Breaks } else { Proof::Compiles };
        }
    }
    Ok(proofs)
}

/// Returns the only features of a program that breaks because an item needs another feature: one with which the old crate has
/// the item, and the new one does not. `None` for all features.
fn features(crates: &Crates, change: &Change) -> Option<Vec<String>> {
    if change.kind != ChangeKind::FeatureRequired {
        return None;
    }
    let mut old = features_of(crates.old.surface.at(&change.path));
    if old.is_empty() {
        // All resources reach the item.
        let items = crates.old.surface.items().iter();
        old = features_of(items.filter(|item| item.path.starts_with("resources::")));
    }
    let new = features_of(crates.new.surface.at(&change.path));
    let enables_new = |feature: &str| {
        let items = crates.new.surface.at(&format!("feature {feature}"));
        items.iter().any(|item| match &item.kind {
            ItemKind::Feature(enables) => enables.iter().any(|enabled| new.contains(enabled)),
            _ => false,
        })
    };
    let only = old.difference(&new).find(|feature| !enables_new(feature));
    Some(only.cloned().into_iter().collect())
}

/// Returns the Cargo features in the conditions of items.
fn features_of<'i>(items: impl IntoIterator<Item = &'i Item>) -> BTreeSet<String> {
    let conditions = items.into_iter().flat_map(|item| &item.conditions);
    let names = conditions.flat_map(|condition| condition.split("feature = \"").skip(1));
    names.filter_map(|rest| Some(rest.split_once('"')?.0.to_owned())).collect()
}

/// Returns a function that uses the old item of a change, in one line. `None` if there is none for this kind of item.
fn program(old: &Surface, change: &Change) -> Option<String> {
    let declaration = change.old.as_ref()?;
    let item = old.at(&change.path).iter().find(|item| item.declaration(true) == *declaration)?;
    let body = match &item.kind {
        ItemKind::Enum(generics) if generics.is_empty() && change.kind == ChangeKind::ItemKindChanged => {
            let is_variant =
                |it: &&Item| it.owner() == item.path && matches!(it.kind, ItemKind::Variant { .. });
            let variant = old.items().iter().find(is_variant)?;
            format!("(it: {}) {{ if let {} {{ .. }} = it {{}} }}", item.path, variant.path)
        }
        _ => use_of(item)?,
    };
    Some(body)
}

/// Returns the arguments, the return type and the body of a function that uses an item.
fn use_of(item: &Item) -> Option<String> {
    let (path, owner, name) = (&item.path, item.owner(), item.name());
    Some(match &item.kind {
        ItemKind::Struct { generics, .. } if generics.is_empty() => {
            format!("(it: {path}) {{ let {path} {{ .. }} = it; }}")
        }
        ItemKind::Enum(generics) if generics.is_empty() => format!("(it: {path}) {{}}"),
        ItemKind::Alias { generics, target } if generics.is_empty() => {
            format!("(it: {path}) -> {target} {{ it }}")
        }
        ItemKind::Field(ty) => format!("(it: {owner}) -> {ty} {{ it.{name} }}"),
        ItemKind::Variant { fields, .. } => {
            let is_tuple = fields.iter().all(|field| field.name.is_none());
            let names: Vec<String> = (0..fields.len()).map(|index| format!("v{index}")).collect();
            let of_field = |(index, field): (usize, &openapi_crate::surface::Field)| match &field.name {
                Some(name) => format!("{name}: v{index}"),
                None => format!("v{index}"),
            };
            let pattern: Vec<String> = fields.iter().enumerate().map(of_field).collect();
            let pattern = match (fields.is_empty(), is_tuple) {
                (true, _) => return Some(format!("() -> {owner} {{ {path} }}")),
                (false, true) => format!("{path}({})", pattern.join(", ")),
                (false, false) => format!("{path} {{ {}, .. }}", pattern.join(", ")),
            };
            let types: Vec<&str> = fields.iter().map(|field| field.ty.as_str()).collect();
            let (names, types) = (names.join(", "), types.join(", "));
            format!("(it: {owner}) {{ if let {pattern} = it {{ let all: ({types},) = ({names},); }} }}")
        }
        ItemKind::Function(callable) => call(item, callable)?,
        ItemKind::Impl { of, types, .. } => match types.iter().find_map(|ty| ty.strip_prefix("Output = ")) {
            Some(output) if of == "IntoFuture" => {
                format!("(it: {path}) {{ let run = async move {{ let value: {output} = it.await; }}; }}")
            }
            _ => format!("() {{ fn has<T: {of}>() {{}} has::<{path}>() }}"),
        },
        ItemKind::Const(ty) => format!("() -> {ty} {{ {path} }}"),
        _ => return None,
    })
}

/// Returns a function that calls a function with values of the types of its arguments.
fn call(item: &Item, callable: &Callable) -> Option<String> {
    if !callable.generics.is_empty() || callable.output.contains("impl ") {
        return None;
    }
    let values =
        callable.arguments.iter().map(|argument| Some(format!("value::<{}>()", concrete(&argument.ty)?)));
    let values = values.collect::<Option<Vec<String>>>()?.join(", ");
    let (argument, called) = match (&callable.receiver, &callable.owner) {
        (Some(_), owner) => {
            let owner = owner.as_deref().unwrap_or(item.owner());
            (format!("mut it: {owner}"), format!("it.{}", item.name()))
        }
        (None, Some(owner)) => (String::new(), format!("<{owner}>::{}", item.name())),
        (None, None) => (String::new(), item.path.clone()),
    };
    let output = &callable.output;
    Some(match callable.modifiers.contains("async ") {
        true => format!(
            "({argument}) {{ let run = async move {{ let value: {output} = {called}({values}).await; }}; }}"
        ),
        false => format!("({argument}) {{ let value: {output} = {called}({values}); }}"),
    })
}

/// Returns a type that an argument accepts. `None` if it is not known for a trait.
fn concrete(ty: &str) -> Option<String> {
    let argument = |prefix: &str| ty.strip_prefix(prefix)?.strip_suffix('>');
    if let Some(item) = argument("impl IntoIterator<Item = ") {
        return Some(format!("Vec<{}>", concrete(item)?));
    }
    if let Some(item) = argument("impl wire::IntoItem<") {
        // Items can be references.
        return Some(format!("&{item}"));
    }
    if let Some(inner) = argument("impl Into<") {
        return Some(inner.to_owned());
    }
    match ty {
        "impl AsRef<str>" => Some("&str".to_owned()),
        _ => (!ty.contains("impl ")).then(|| ty.to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use openapi_crate::diff::compare;

    use super::*;

    /// Compares two crates, and expects the programs for their breaking changes.
    #[track_caller]
    fn check(old: &str, new: &str, expected: &[Option<&str>]) {
        let surface = |code| Surface::read([("src/lib.rs", code)]).expect("the code is valid");
        let (old, new) = (surface(old), surface(new));
        let changes = compare(&old, &new);
        let breaking = changes.iter().filter(|change| change.class == Class::Breaking);
        let programs: Vec<Option<String>> = breaking.map(|change| program(&old, change)).collect();
        assert_eq!(programs.iter().map(Option::as_deref).collect::<Vec<_>>(), expected);
    }

    #[test]
    fn removed_items_are_used() {
        check("pub struct Pet(u8);", "", &[Some("(it: Pet) { let Pet { .. } = it; }")]);
        check("pub enum Pet {}", "", &[Some("(it: Pet) {}")]);
        check("pub const SIZE: u8 = 1;", "", &[Some("() -> u8 { SIZE }")]);
        check("pub trait Walk {}", "", &[None]);
    }

    #[test]
    fn members_have_their_old_types() {
        let pet = |fields| format!("#[non_exhaustive] pub struct Pet {{ {fields} }}");
        check(&pet("pub age: u8"), &pet("pub age: u16"), &[Some("(it: Pet) -> u8 { it.age }")]);
        let pet = |variants| format!("#[non_exhaustive] pub enum Pet {{ {variants} }}");
        check(&pet("Dog, Cat"), &pet("Cat"), &[Some("() -> Pet { Pet::Dog }")]);
        check(
            &pet("Dog(u8, u16)"),
            &pet("Dog(u8)"),
            &[Some("(it: Pet) { if let Pet::Dog(v0, v1) = it { let all: (u8, u16,) = (v0, v1,); } }")],
        );
        check(
            &pet("Dog { age: u8 }"),
            &pet("Dog { size: u8 }"),
            &[Some("(it: Pet) { if let Pet::Dog { age: v0, .. } = it { let all: (u8,) = (v0,); } }")],
        );
    }

    #[test]
    fn functions_are_called_with_values_of_the_old_types() {
        let api = |functions| format!("pub struct Api; impl Api {{ {functions} }}");
        check(
            &api("pub fn get(&self, id: &str, tags: impl IntoIterator<Item = impl Into<String>>) -> u8 {}"),
            &api("pub fn get(&self) -> u8 {}"),
            &[
                Some("(mut it: Api) { let value: u8 = it.get(value::<&str>(), value::<Vec<String>>()); }"),
                Some("(mut it: Api) { let value: u8 = it.get(value::<&str>(), value::<Vec<String>>()); }"),
            ],
        );
        check(
            &api("pub async fn new() -> u8 {}"),
            &api(""),
            &[Some("() { let run = async move { let value: u8 = Api::new().await; }; }")],
        );
        check(&api("pub fn read<T>(value: T) {}"), &api(""), &[None]);
    }
}
