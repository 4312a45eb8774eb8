//! The changes of the declaration of an item: its type, its generic parameters, its form.

use super::apis::Apis;
use super::change::{Change, ChangeKind};
use super::index::Index;
use super::{callable, manifest};
use crate::surface::{Field, Form, Item, ItemKind};

/// Returns the changes of the declaration of an item that both APIs have.
pub(super) fn changes(apis: &Apis<'_>, old: &Item, new: &Item) -> Vec<Change> {
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
        (K::Const(before), K::Const(after)) | (K::Static(before), K::Static(after)) => {
            types(ChangeKind::ConstTypeChanged, before, after)
        }
        (K::Enum(before), K::Enum(after)) => generics(before, after),
        (
            K::Struct { generics: before, constructible: was_open, form: old_form },
            K::Struct { generics: after, constructible, form: new_form },
        ) => {
            let mut changes = generics(before, after);
            // Users can only write the form of a struct without private fields. `A {}` fits all forms.
            let is_visible = *was_open && !old.non_exhaustive;
            if is_visible && old_form != new_form && *old_form != Form::Braces {
                let message = format!("is {} instead of {}", form(*new_form), form(*old_form));
                changes.extend(change(ChangeKind::StructFormChanged, message));
            } else if is_visible && !constructible {
                changes.extend(change(ChangeKind::PrivateFieldAdded, "has a private field".to_owned()));
            }
            changes
        }
        (K::Union(before), K::Union(after)) => generics(before, after),
        (K::Variant { form: old_form, fields: before }, K::Variant { form: new_form, fields: after }) => {
            let is_same = old_form == new_form
                && before.len() == after.len()
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
        (
            K::Alias { generics: old_generics, target: before },
            K::Alias { generics: new_generics, target: after },
        ) => {
            let mut changes = generics(old_generics, new_generics);
            changes.extend(alias(apis, (old, before), (new, after)));
            changes
        }
        (K::Trait { is_unsafe: was_unsafe, text: before }, K::Trait { is_unsafe, text: after }) => {
            let mut changes = Vec::new();
            if !apis.are_same(before, after) {
                let message = "has other supertraits or generic parameters".to_owned();
                changes.extend(change(ChangeKind::SupertraitsChanged, message));
            }
            if was_unsafe != is_unsafe {
                let verb = if *is_unsafe { "is" } else { "is no longer" };
                let message = format!("{verb} `unsafe` to implement");
                changes.extend(change(ChangeKind::TraitSafetyChanged, message));
            }
            changes
        }
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
        (K::Reexport(before), K::Reexport(after)) if !apis.are_same(before, after) => {
            change(ChangeKind::ReexportChanged, format!("is `{after}` instead of `{before}`"))
        }
        (before, after) if std::mem::discriminant(before) != std::mem::discriminant(after) => {
            let message = || format!("is {} instead of {}", noun(after), noun(before));
            request_type(apis, old, new).unwrap_or_else(|| change(ChangeKind::ItemKindChanged, message()))
        }
        _ => Vec::new(),
    }
}

/// Names the form of a struct.
fn form(form: Form) -> &'static str {
    match form {
        Form::Unit => "a unit struct",
        Form::Tuple => "a tuple struct",
        Form::Braces => "a struct with named fields",
    }
}

/// Names the kind of an item that can be another kind.
fn noun(kind: &ItemKind) -> &'static str {
    match kind {
        ItemKind::Struct { .. } => "a struct",
        ItemKind::Union(_) => "a union",
        ItemKind::Enum(_) => "an enum",
        ItemKind::Trait { .. } => "a trait",
        ItemKind::Alias { .. } => "a type alias",
        ItemKind::Reexport(_) => "a reexport",
        ItemKind::Field(_) => "a field",
        ItemKind::Variant { .. } => "a variant",
        ItemKind::TraitItem { .. } => "an item of a trait",
        ItemKind::Const(_) => "a constant",
        ItemKind::Static(_) => "a static",
        ItemKind::Function(_) => "a function",
        ItemKind::Module => "a module",
        ItemKind::Macro(_) => "a macro",
        ItemKind::Impl { .. } => "an impl",
        ItemKind::CrateName(_)
        | ItemKind::RustVersion(_)
        | ItemKind::Feature(_)
        | ItemKind::Dependency(_) => "a key of the manifest",
    }
}

/// Describes other fields of a variant.
fn payload(before: &[Field], after: &[Field]) -> String {
    match (before, after) {
        // The braces or parentheses differ.
        ([], []) => "has another form".to_owned(),
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
