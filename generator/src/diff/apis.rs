//! The two APIs of a comparison, and the changes that are made of their items.

use super::change::{Change, ChangeKind};
use super::index::Index;
use super::renames;
use crate::surface::{Callable, Item, ItemKind, map_paths};

/// The maximum length of a chain of aliases.
pub(super) const MAX_ALIASES: usize = 4;

/// The old and the new API. Renamed items have their new paths in both.
pub(super) struct Apis<'s> {
    pub(super) old: Index<'s>,
    pub(super) new: Index<'s>,
}

impl Apis<'_> {
    /// Returns true if two types are the same, through aliases.
    pub(super) fn are_same(&self, old: &str, new: &str) -> bool {
        old == new || expanded(&self.old, old) == expanded(&self.new, new)
    }

    /// Returns a change. The message continues after the name of the item: `is removed`.
    pub(super) fn change(
        &self,
        kind: ChangeKind,
        old: Option<&Item>,
        new: Option<&Item>,
        message: impl AsRef<str>,
    ) -> Change {
        let (index, item) = match (old, new) {
            (_, Some(item)) => (&self.new, item),
            (Some(item), None) => (&self.old, item),
            (None, None) => unreachable!("a change has an item"),
        };
        let group = index.group(item);
        let label = label(index, item, &group);
        let declaration = |item: &Item| item.declaration(true);
        Change {
            kind,
            class: kind.class(),
            message: format!("{label} {}", message.as_ref()),
            path: item.path.clone(),
            group,
            old: old.map(declaration),
            new: new.map(declaration),
            advice: None,
            argument: None,
            cause: None,
            calls: None,
        }
    }

    /// Returns the code of a call of a function, with the names of its arguments.
    pub(super) fn call(&self, index: &Index<'_>, item: &Item, callable: &Callable) -> String {
        let names: Vec<&str> = callable.arguments.iter().map(|argument| argument.name.as_str()).collect();
        let names = names.join(", ");
        let name = item.name();
        match (index.accessor(item.owner()), &callable.receiver) {
            (Some(accessor), Some(_)) => format!("client.{accessor}().{name}({names})"),
            (None, Some(_)) => format!("{}.{name}({names})", variable(item.owner())),
            (_, None) => format!("{}({names})", item.path),
        }
    }
}

/// Returns the name of an item within the group of its changes, as code.
fn label(index: &Index<'_>, item: &Item, group: &str) -> String {
    let noun = match &item.kind {
        ItemKind::Module if item.path == "crate" => return "the crate".to_owned(),
        ItemKind::Module if item.path == "mock" => return "the mock server".to_owned(),
        ItemKind::Impl { of, self_type, .. } => {
            let ty = self_type.split('<').next().unwrap_or_default();
            let is_of_group = ty == item.path && ty == group;
            return if is_of_group { format!("`{of}`") } else { format!("`{of}` for `{self_type}`") };
        }
        ItemKind::CrateName(_) => return "the name of the crate".to_owned(),
        ItemKind::Feature(_) | ItemKind::Dependency(_) => {
            let (noun, name) = item.path.split_once(' ').unwrap_or_default();
            return format!("{noun} `{name}`");
        }
        ItemKind::Field(_) => "field ",
        ItemKind::Variant { .. } => "variant ",
        ItemKind::Function(_) if index.is_resource(item.owner()) => "operation ",
        _ => "",
    };
    let member = item.path.strip_prefix(group).and_then(|rest| rest.strip_prefix("::"));
    let request = item.path.strip_prefix("resources::").and_then(|rest| rest.split_once("::"));
    match (member, request) {
        (Some(member), _) => format!("{noun}`{member}`"),
        (None, Some((_, request))) if item.path != group => format!("{noun}`{request}`"),
        _ => format!("{noun}`{}`", item.path),
    }
}

/// Returns a name for a value of a type: `app_entitlement` for `types::AppEntitlement`.
fn variable(path: &str) -> String {
    let name = path.rsplit("::").next().unwrap_or_default();
    let mut words = String::new();
    for character in name.chars() {
        if character.is_uppercase() && !words.is_empty() {
            words.push('_');
        }
        words.extend(character.to_lowercase());
    }
    words
}

/// Returns a type with the targets of its aliases.
fn expanded(index: &Index<'_>, ty: &str) -> String {
    let mut ty = ty.to_owned();
    for _ in 0..MAX_ALIASES {
        let target = |path: &str| {
            let item = index.ty(path)?;
            match &item.kind {
                ItemKind::Alias { generics, target } if generics.is_empty() => Some(target.clone()),
                _ => renames::target(item).map(str::to_owned),
            }
        };
        let next = map_paths(&ty, &target);
        if next == ty {
            break;
        }
        ty = next;
    }
    ty
}
