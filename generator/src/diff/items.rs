//! The changes of an item that is removed, added, or has another declaration.

use super::apis::Apis;
use super::change::{Change, ChangeKind};
use super::index::{Index, Role};
use super::renames::{self, Renames};
use super::{callable, conditions, manifest};
use crate::surface::{Item, ItemKind, Origin};

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
        ItemKind::Variant(_) => ChangeKind::VariantRemoved,
        ItemKind::TraitItem { .. } => ChangeKind::TraitItemRemoved,
        ItemKind::Function(_) if apis.old.is_resource(old.owner()) => ChangeKind::OperationRemoved,
        ItemKind::Function(_) if apis.old.ty(old.owner()).is_some() => ChangeKind::MethodRemoved,
        ItemKind::Impl { of, .. } => return Some(removed_impl(apis, old, of)),
        _ if apis.old.is_resource(&old.path) => ChangeKind::ResourceRemoved,
        _ => ChangeKind::ItemRemoved,
    };
    let mut change = apis.change(kind, Some(old), None, "is removed");
    change.advice = match (&old.kind, &old.deprecated) {
        (_, Some(note)) if !note.is_empty() => Some(note.clone()),
        (ItemKind::Function(_), _) => argument_instead(apis, old),
        _ => None,
    };
    Some(change)
}

/// An impl that is gone, or that has other bounds.
fn removed_impl(apis: &Apis<'_>, old: &Item, of: &str) -> Change {
    match changed_impl(&apis.new, &apis.old, &old.path, of) {
        Some(new) => apis.change(ChangeKind::ImplChanged, Some(old), Some(new), "has other bounds"),
        None => apis.change(ChangeKind::ImplRemoved, Some(old), None, "is no longer implemented"),
    }
}

/// Returns the impl of a trait that one API has, if the other has none with the same text.
fn changed_impl<'s>(index: &Index<'s>, other: &Index<'_>, path: &str, of: &str) -> Option<&'s Item> {
    let is_new = |item: &&Item| match &item.kind {
        ItemKind::Impl { of: found, .. } => found == of && !other.items.contains_key(&(path, Role::of(item))),
        _ => false,
    };
    index.impls(path).into_iter().find(is_new)
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
        let mut change = apis.change(ChangeKind::ItemRenamed, None, Some(new), format!("is now `{target}`"));
        let works = format!("use `{target}`; the old name still works");
        change.advice = Some(new.deprecated.clone().filter(|note| !note.is_empty()).unwrap_or(works));
        return Some(change);
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
        ItemKind::Variant(_) if is_exhaustive => ChangeKind::ExhaustiveVariantAdded,
        ItemKind::Variant(_) => ChangeKind::VariantAdded,
        ItemKind::TraitItem { has_default: true, .. } => ChangeKind::TraitItemAdded,
        ItemKind::TraitItem { .. } => ChangeKind::TraitItemRequired,
        ItemKind::Function(_) if apis.new.is_resource(new.owner()) => ChangeKind::OperationAdded,
        ItemKind::Function(_) if owner.is_some() => ChangeKind::MethodAdded,
        ItemKind::Impl { of, .. } if changed_impl(&apis.old, &apis.new, &new.path, of).is_some() => {
            return None;
        }
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
    let mut changes = declaration(apis, old, new);
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
            (ItemKind::Const(_), _) => change(ChangeKind::ConstValueChanged, "has another value"),
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
    if !conditions::implies(before, after) {
        let after = after.iter().filter(|condition| !before.contains(condition));
        let after: Vec<String> = after.map(|condition| format!("`{condition}`")).collect();
        let message = format!("exists only with {}", after.join(" and "));
        return Some(apis.change(ChangeKind::FeatureRequired, Some(old), Some(new), message));
    }
    // A new feature that includes the item is a change of its own.
    let is_known =
        |name: &&str| apis.old.items.contains_key(&(format!("feature {name}").as_str(), Role::Manifest));
    let is_relaxed = !conditions::implies(after, before) && conditions::features(after).iter().all(is_known);
    is_relaxed
        .then(|| apis.change(ChangeKind::FeatureNotRequired, Some(old), Some(new), "needs fewer features"))
}

fn deprecation(apis: &Apis<'_>, old: &Item, new: &Item) -> Option<Change> {
    match (&old.deprecated, &new.deprecated) {
        (None, Some(note)) => {
            let mut change = apis.change(ChangeKind::Deprecated, Some(old), Some(new), "is deprecated");
            change.advice = Some(note.clone()).filter(|note| !note.is_empty());
            Some(change)
        }
        (Some(_), None) => {
            Some(apis.change(ChangeKind::NotDeprecated, Some(old), Some(new), "is no longer deprecated"))
        }
        _ => None,
    }
}

/// Returns the changes of the declaration itself.
fn declaration(apis: &Apis<'_>, old: &Item, new: &Item) -> Vec<Change> {
    use ItemKind as K;
    let change = |kind, message: String| vec![apis.change(kind, Some(old), Some(new), message)];
    let types = |kind, before: &str, after: &str| match apis.are_same(before, after) {
        true => Vec::new(),
        false => change(kind, format!("has the type `{after}` instead of `{before}`")),
    };
    let generics = |before: &str, after: &str| match apis.are_same(before, after) {
        true => Vec::new(),
        false => change(ChangeKind::GenericsChanged, "has other generic parameters".to_owned()),
    };
    match (&old.kind, &new.kind) {
        (K::CrateName(_) | K::RustVersion(_) | K::Feature(_) | K::Dependency(_), _) => {
            manifest::changes(apis, old, new)
        }
        (K::Function(before), K::Function(after)) => callable::changes(apis, (old, before), (new, after)),
        (K::Field(before), K::Field(after)) => types(ChangeKind::FieldTypeChanged, before, after),
        (K::Const(before), K::Const(after)) => types(ChangeKind::ConstTypeChanged, before, after),
        (K::Enum(before), K::Enum(after)) => generics(before, after),
        (
            K::Struct { generics: before, constructible: was_open, is_tuple: was_tuple },
            K::Struct { generics: after, constructible, is_tuple },
        ) => {
            let mut changes = generics(before, after);
            // Nobody can tell the form of a struct whose fields are all private.
            if was_tuple != is_tuple && *was_open {
                let form = if *is_tuple { "is a tuple struct" } else { "is no longer a tuple struct" };
                changes.extend(change(ChangeKind::ItemKindChanged, form.to_owned()));
            } else if *was_open && !constructible && !old.non_exhaustive {
                changes.extend(change(ChangeKind::PrivateFieldAdded, "has a private field".to_owned()));
            }
            changes
        }
        (K::Variant(before), K::Variant(after)) => {
            let is_same = before.len() == after.len()
                && before
                    .iter()
                    .zip(after)
                    .all(|(old, new)| old.name == new.name && apis.are_same(&old.ty, &new.ty));
            if is_same {
                Vec::new()
            } else {
                change(ChangeKind::VariantFieldsChanged, payload(before, after))
            }
        }
        (K::Alias { target: before, .. }, K::Alias { target: after, .. }) => {
            alias(apis, (old, before), (new, after))
        }
        (K::Trait(before), K::Trait(after)) => match apis.are_same(before, after) {
            true => Vec::new(),
            false => change(
                ChangeKind::SupertraitsChanged,
                "has other supertraits or generic parameters".to_owned(),
            ),
        },
        (
            K::TraitItem { function: before, text: old_text, has_default: had },
            K::TraitItem { function: after, text: new_text, has_default: has },
        ) => {
            let is_same = apis.are_same(&old.declaration(false), &new.declaration(false));
            match (is_same && before.is_some() == after.is_some() && old_text == new_text, had, has) {
                (true, true, false) => {
                    change(ChangeKind::TraitItemRequired, "no longer has a default".to_owned())
                }
                (true, ..) => Vec::new(),
                (false, ..) => change(ChangeKind::TraitItemChanged, "has another declaration".to_owned()),
            }
        }
        (K::Impl { of, types: before, .. }, K::Impl { types: after, .. }) => {
            associated(apis, (old, before), (new, after), of)
        }
        (K::Macro(before), K::Macro(after)) if before != after => {
            change(ChangeKind::MacroChanged, "accepts other input".to_owned())
        }
        (K::Reexport(before), K::Reexport(after)) if before != after => {
            change(ChangeKind::ReexportChanged, format!("is `{after}` instead of `{before}`"))
        }
        (before, after) if std::mem::discriminant(before) != std::mem::discriminant(after) => {
            request_type(apis, old, new)
                .unwrap_or_else(|| change(ChangeKind::ItemKindChanged, "is another kind of item".to_owned()))
        }
        _ => Vec::new(),
    }
}

fn payload(before: &[crate::surface::Field], after: &[crate::surface::Field]) -> String {
    match (before, after) {
        ([before], [after]) => format!("holds `{}` instead of `{}`", after.ty, before.ty),
        ([], _) => "holds a value".to_owned(),
        (_, []) => "holds no value".to_owned(),
        _ => "holds other values".to_owned(),
    }
}

/// The changes of an alias. The alias of a request has the response as its first argument.
fn alias(apis: &Apis<'_>, (old, before): (&Item, &str), (new, after): (&Item, &str)) -> Vec<Change> {
    if apis.are_same(before, after) {
        return Vec::new();
    }
    let (kind, message) = match (response(before), response(after)) {
        (Some(one), Some(other)) if apis.are_same(&one, &other) => {
            (ChangeKind::RequestTypeChanged, "has another request body".to_owned())
        }
        (Some(one), Some(other)) => {
            (ChangeKind::ReturnTypeChanged, format!("returns `{other}` instead of `{one}`"))
        }
        _ => (ChangeKind::AliasTargetChanged, format!("is `{after}` instead of `{before}`")),
    };
    // A body that was sent before can no longer be set.
    let kind = match (kind, arguments(before), arguments(after)) {
        (ChangeKind::RequestTypeChanged, Some(one), _) if one.len() > 1 => ChangeKind::AliasTargetChanged,
        (kind, ..) => kind,
    };
    vec![apis.change(kind, Some(old), Some(new), message)]
}

/// A request that is a struct in one API and an alias in the other. Returns `None` for other types.
fn request_type(apis: &Apis<'_>, old: &Item, new: &Item) -> Option<Vec<Change>> {
    let (before, after) = (awaited(&apis.old, old)?, awaited(&apis.new, new)?);
    let (kind, message) = match apis.are_same(&before, &after) {
        true => (
            ChangeKind::RequestTypeChanged,
            "is another type, which returns the same when awaited".to_owned(),
        ),
        false => (ChangeKind::ReturnTypeChanged, format!("returns `{after}` instead of `{before}`")),
    };
    Some(vec![apis.change(kind, Some(old), Some(new), message)])
}

/// Returns the type that awaiting a request returns.
fn awaited(index: &Index<'_>, item: &Item) -> Option<String> {
    match &item.kind {
        ItemKind::Alias { target, .. } => response(target),
        ItemKind::Struct { .. } => index.impls(&item.path).into_iter().find_map(|it| match &it.kind {
            ItemKind::Impl { of, types, .. } if of == "IntoFuture" => {
                let output = types.iter().find_map(|ty| ty.strip_prefix("Output = "))?;
                Some(output.strip_prefix("Result<")?.strip_suffix(", Error>")?.to_owned())
            }
            _ => None,
        }),
        _ => None,
    }
}

/// Returns the response of an alias of a request.
fn response(target: &str) -> Option<String> {
    arguments(target).and_then(|arguments| arguments.into_iter().next())
}

/// Returns the arguments of `runtime::Call`.
fn arguments(target: &str) -> Option<Vec<String>> {
    let list = target.strip_prefix("runtime::Call<")?.strip_suffix('>')?;
    let mut arguments = vec![String::new()];
    let mut depth = 0_usize;
    for character in list.chars() {
        match character {
            '<' | '(' | '[' => depth += 1,
            '>' | ')' | ']' => depth = depth.saturating_sub(1),
            ',' if depth == 0 => {
                arguments.push(String::new());
                continue;
            }
            _ => {}
        }
        if let Some(last) = arguments.last_mut() {
            last.push(character);
        }
    }
    Some(arguments.iter().map(|argument| argument.trim().to_owned()).collect())
}

/// The changes of associated types.
fn associated(
    apis: &Apis<'_>,
    (old, before): (&Item, &[String]),
    (new, after): (&Item, &[String]),
    of: &str,
) -> Vec<Change> {
    let is_same =
        before.len() == after.len() && before.iter().zip(after).all(|(old, new)| apis.are_same(old, new));
    if is_same {
        return Vec::new();
    }
    let output =
        |types: &[String]| types.iter().find_map(|ty| ty.strip_prefix("Output = ").map(str::to_owned));
    let (kind, message) = match (of, output(before), output(after)) {
        ("IntoFuture" | "Future", Some(before), Some(after)) if before != after => {
            (ChangeKind::ReturnTypeChanged, format!("returns `{after}` instead of `{before}`"))
        }
        _ => (ChangeKind::ImplChanged, "has other associated types".to_owned()),
    };
    vec![apis.change(kind, Some(old), Some(new), message)]
}
