//! The changes of an item that is removed, added, or in both APIs: `declaration` compares what is declared.

use super::apis::Apis;
use super::change::{Change, ChangeKind};
use super::index::{Index, Role};
use super::renames::{self, Renames};
use super::{conditions, declaration, manifest};
use crate::surface::{Item, ItemKind, Origin};

/// The note of items that the document deprecates without a reason. It tells users nothing new.
const DEPRECATED_BY_DOCUMENT: &str = "marked as deprecated in the OpenAPI document";

/// Returns the change of an item that the new API lacks.
pub(super) fn removed(apis: &Apis<'_>, old: &Item) -> Option<Change> {
    if is_part_of_another_change(&apis.old, &apis.new, old) {
        return None;
    }
    let kind = match &old.kind {
        ItemKind::CrateName(_)
        | ItemKind::RustVersion(_)
        | ItemKind::Feature(_)
        | ItemKind::Dependency(_) => {
            return manifest::removed(apis, old);
        }
        ItemKind::Field(_) => ChangeKind::FieldRemoved,
        ItemKind::Variant { .. } => ChangeKind::VariantRemoved,
        ItemKind::TraitItem { .. } => ChangeKind::TraitItemRemoved,
        ItemKind::Function(_) if apis.old.is_resource(old.owner()) => ChangeKind::OperationRemoved,
        ItemKind::Function(_) if apis.old.ty(old.owner()).is_some() => ChangeKind::MethodRemoved,
        ItemKind::Impl { .. } => return Some(removed_impl(apis, old)),
        _ if apis.old.is_resource(&old.path) => ChangeKind::ResourceRemoved,
        _ => ChangeKind::ItemRemoved,
    };
    let mut change = apis.change(kind, Some(old), None, "is removed");
    change.advice = match (&old.kind, &old.deprecated) {
        (ItemKind::Function(_), None) => argument_instead(apis, old),
        (_, note) => reason(note.as_ref()).map(str::to_owned),
    };
    Some(change)
}

/// An impl that is gone, or that has other bounds.
fn removed_impl(apis: &Apis<'_>, old: &Item) -> Change {
    match changed_impl(&apis.new, &apis.old, old) {
        Some(new) => apis.change(ChangeKind::ImplChanged, Some(old), Some(new), "has other bounds"),
        None => apis.change(ChangeKind::ImplRemoved, Some(old), None, "is no longer implemented"),
    }
}

/// Returns the impl in an API of the same trait for the same type, if the other API has none with the same text.
fn changed_impl<'s>(index: &Index<'s>, other: &Index<'_>, item: &Item) -> Option<&'s Item> {
    let parts = |item: &Item| match &item.kind {
        ItemKind::Impl { of, self_type, .. } => Some((of.clone(), self_type.clone())),
        _ => None,
    };
    let is_new = |found: &&Item| {
        parts(found) == parts(item) && !other.items.contains_key(&(item.path.as_str(), Role::of(found)))
    };
    index.impls(&item.path).into_iter().find(is_new)
}

/// Returns advice for the setter of an optional parameter that has become an argument.
fn argument_instead(apis: &Apis<'_>, old: &Item) -> Option<String> {
    let is_returned = |item: &Item| match &item.kind {
        ItemKind::Function(it) => {
            it.output == old.owner() && it.arguments.iter().any(|argument| argument.name == old.name())
        }
        _ => false,
    };
    let functions = apis.new.functions(apis.new.resource_of(old.owner())?);
    let function = functions.into_iter().find(|item| is_returned(item))?;
    Some(format!("pass it to `{}`", function.name()))
}

/// Returns the change of an item that the old API lacks.
pub(super) fn added(apis: &Apis<'_>, renames: &Renames, new: &Item) -> Option<Change> {
    if is_part_of_another_change(&apis.new, &apis.old, new) {
        return None;
    }
    if let Some(target) = renames.kept.get(&new.path).filter(|_| renames::target(new).is_some()) {
        let message = format!("is now `{target}`; the old name still works");
        return Some(apis.change(ChangeKind::ItemRenamed, None, Some(new), message));
    }
    let owner = apis.new.ty(new.owner());
    // A new member only breaks code that could write the literal or match the enum before.
    let owners = [apis.old.ty(new.owner()), owner];
    let is_constructible = owners
        .iter()
        .all(|owner| matches!(owner.map(|it| &it.kind), Some(ItemKind::Struct { constructible: true, .. })));
    let is_exhaustive = owners.iter().all(|owner| owner.is_some_and(|owner| !owner.non_exhaustive));
    let kind = match &new.kind {
        ItemKind::CrateName(_)
        | ItemKind::RustVersion(_)
        | ItemKind::Feature(_)
        | ItemKind::Dependency(_) => {
            return manifest::added(apis, new);
        }
        ItemKind::Field(_) if is_exhaustive && is_constructible => ChangeKind::ExhaustiveFieldAdded,
        ItemKind::Field(_) => ChangeKind::FieldAdded,
        ItemKind::Variant { .. } if is_exhaustive => ChangeKind::ExhaustiveVariantAdded,
        ItemKind::Variant { .. } => ChangeKind::VariantAdded,
        ItemKind::TraitItem { has_default: true, .. } => ChangeKind::TraitItemAdded,
        ItemKind::TraitItem { .. } => ChangeKind::TraitItemRequired,
        ItemKind::Function(_) if apis.new.is_resource(new.owner()) => ChangeKind::OperationAdded,
        ItemKind::Function(_) if owner.is_some() => ChangeKind::MethodAdded,
        // The removed impl has the change.
        ItemKind::Impl { .. } if changed_impl(&apis.old, &apis.new, new).is_some() => return None,
        ItemKind::Impl { .. } => ChangeKind::ImplAdded,
        _ if apis.new.is_resource(&new.path) => ChangeKind::ResourceAdded,
        _ => ChangeKind::ItemAdded,
    };
    let message = if kind == ChangeKind::ImplAdded { "is implemented" } else { "is new" };
    Some(apis.change(kind, None, Some(new), message))
}

/// Returns true if a change of the owner of an item covers the item: the owner is added or removed as well, or it becomes
/// another kind of type.
fn is_part_of_another_change(has: &Index<'_>, lacks: &Index<'_>, item: &Item) -> bool {
    let owner = match &item.kind {
        ItemKind::Impl { .. } => item.path.as_str(),
        _ => item.owner(),
    };
    match (has.ty(owner), lacks.ty(owner)) {
        (None, _) => false,
        (Some(_), None) => true,
        (Some(one), Some(other)) => {
            let differs = std::mem::discriminant(&one.kind) != std::mem::discriminant(&other.kind);
            // The methods of a request are its optional parameters, even if the request becomes an alias.
            differs && !matches!(item.kind, ItemKind::Function(_))
        }
    }
}

/// Returns the changes of an item that both APIs have.
pub(super) fn changed(apis: &Apis<'_>, old: &Item, new: &Item) -> Vec<Change> {
    let change = |kind, message: &str| apis.change(kind, Some(old), Some(new), message);
    let mut changes = declaration::changes(apis, old, new);
    if old.non_exhaustive != new.non_exhaustive && is_visibly_exhaustive(old) {
        changes.push(match new.non_exhaustive {
            true => change(ChangeKind::NonExhaustiveAdded, "is `#[non_exhaustive]`"),
            false => change(ChangeKind::NonExhaustiveRemoved, "is no longer `#[non_exhaustive]`"),
        });
    }
    changes.extend(feature_change(apis, old, new));
    changes.extend(deprecation(apis, old, new));
    match (old.must_use, new.must_use) {
        // The type that an alias names can have the attribute as well.
        _ if std::mem::discriminant(&old.kind) != std::mem::discriminant(&new.kind) => {}
        (false, true) => changes.push(change(ChangeKind::MustUseAdded, "warns if its value is not used")),
        (true, false) => {
            changes.push(change(ChangeKind::MustUseRemoved, "no longer warns if its value is not used"))
        }
        _ => {}
    }
    if old.code != new.code {
        changes.push(match (&old.kind, new.origin) {
            (ItemKind::Const(_) | ItemKind::Static(_), _) => {
                change(ChangeKind::ConstValueChanged, "has another value")
            }
            (_, Origin::Runtime) => change(ChangeKind::RuntimeChanged, "behaves differently"),
            (_, Origin::Document) => change(ChangeKind::BehaviorChanged, "behaves differently"),
        });
    }
    if old.docs != new.docs {
        changes.push(change(ChangeKind::DocsChanged, "has other documentation"));
    }
    changes
}

/// Returns true if users can notice `#[non_exhaustive]`: a struct with private fields cannot be written as a literal anyway.
fn is_visibly_exhaustive(item: &Item) -> bool {
    !matches!(item.kind, ItemKind::Struct { constructible: false, .. })
}

fn feature_change(apis: &Apis<'_>, old: &Item, new: &Item) -> Option<Change> {
    let (before, after) = (&old.conditions, &new.conditions);
    // A member or an impl shares the change of its owner.
    let owner = |item: &Item| match item.kind {
        ItemKind::Impl { .. } => item.path.clone(),
        _ => item.owner().to_owned(),
    };
    let owners = (apis.old.ty(&owner(old)), apis.new.ty(&owner(new)));
    let is_shared = match owners {
        (Some(one), Some(other)) => one.conditions == *before && other.conditions == *after,
        _ => false,
    };
    if before == after || is_shared {
        return None;
    }
    // The removal of a feature is a change of its own. All resources reach an item without a condition, and programs enable at
    // least one resource: a new resource that does not reach the item changes nothing for them.
    let is_removed = |name: &str| apis.old.has_feature(name) && !apis.new.has_feature(name);
    let kept =
        conditions::without(if before.is_empty() { apis.old.any_resource() } else { before }, is_removed)?;
    if !conditions::implies(&kept, after, |feature| apis.new.enabled_by(feature)) {
        let after = after.iter().filter(|condition| !before.contains(condition));
        let after: Vec<String> = after.map(|condition| format!("`{condition}`")).collect();
        let message = format!("exists only with {}", after.join(" and "));
        return Some(apis.change(ChangeKind::FeatureRequired, Some(old), Some(new), message));
    }
    // A new feature that includes the item is a change of its own.
    let is_known = |name: &&str| apis.old.has_feature(name);
    let is_relaxed = !conditions::implies(after, before, |feature| apis.old.enabled_by(feature))
        && conditions::features(after).iter().all(is_known);
    is_relaxed.then(|| {
        apis.change(ChangeKind::FeatureNotRequired, Some(old), Some(new), "is available with more features")
    })
}

/// Returns the reason in the note of a deprecation, without a full stop.
fn reason(note: Option<&String>) -> Option<&str> {
    let note = note?.trim().trim_end_matches('.');
    (!note.is_empty() && note != DEPRECATED_BY_DOCUMENT).then_some(note)
}

fn deprecation(apis: &Apis<'_>, old: &Item, new: &Item) -> Option<Change> {
    match (&old.deprecated, &new.deprecated) {
        (None, Some(note)) => {
            let reason = reason(Some(note)).map(|reason| format!(": {reason}")).unwrap_or_default();
            let message = format!("is deprecated{reason}");
            Some(apis.change(ChangeKind::Deprecated, Some(old), Some(new), message))
        }
        (Some(_), None) => {
            Some(apis.change(ChangeKind::NotDeprecated, Some(old), Some(new), "is no longer deprecated"))
        }
        _ => None,
    }
}
