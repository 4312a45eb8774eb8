//! Reads the attributes that belong to an API: conditions, deprecation, derives, documentation.

use syn::punctuated::Punctuated;
use syn::{Attribute, Expr, Lit, Meta, Path, Token};

use super::raw::Attributes;
use super::skeleton;
use super::spell::{Speller, code};
use crate::hash::Hash;

/// Reads the attributes of an item. Attributes that are not valid are ignored, because the compiler reports them.
pub(super) fn attributes(attrs: &[Attribute]) -> Attributes {
    let mut read = Attributes::default();
    let mut docs = Hash::new();
    for attribute in attrs {
        let Some(name) = attribute.path().get_ident() else { continue };
        match (name.to_string().as_str(), &attribute.meta) {
            ("doc", Meta::NameValue(it)) => match skeleton::hash(&it.value) {
                Some(hash) => docs.write(&hash.to_le_bytes()),
                None => docs.write(text(&it.value).unwrap_or_default().as_bytes()),
            },
            ("doc", Meta::List(it)) => read.is_hidden |= it.tokens.to_string() == "hidden",
            ("cfg", Meta::List(_)) => {
                if let Ok(condition) = attribute.parse_args::<Meta>() {
                    conjuncts(&condition, &mut read.conditions);
                }
            }
            ("deprecated", meta) => read.deprecated = Some(note(meta)),
            ("must_use", _) => read.must_use = true,
            ("non_exhaustive", _) => read.non_exhaustive = true,
            ("macro_export", _) => read.is_exported = true,
            ("derive", Meta::List(_)) => {
                let paths = attribute.parse_args_with(Punctuated::<Path, Token![,]>::parse_terminated);
                let speller = Speller::default();
                read.derives.extend(paths.iter().flatten().map(|path| speller.path(path)));
            }
            _ => {}
        }
    }
    read.docs = docs.finish();
    read.conditions.sort();
    read
}

/// Returns true if an item exists only in tests.
pub(super) fn is_test(attributes: &Attributes) -> bool {
    attributes.conditions.iter().any(|condition| matches!(condition.as_str(), "test" | "doctest"))
}

/// Adds the conditions that have to hold together.
fn conjuncts(condition: &Meta, all: &mut Vec<String>) {
    match inner(condition, "all") {
        Some(parts) => parts.iter().for_each(|part| conjuncts(part, all)),
        None => all.push(spelled(condition)),
    }
}

fn spelled(condition: &Meta) -> String {
    match inner(condition, "any") {
        Some(parts) => {
            let mut parts: Vec<String> = parts.iter().map(spelled).collect();
            parts.sort();
            format!("any({})", parts.join(", "))
        }
        None => code(condition),
    }
}

/// Returns the conditions in `all(..)` or `any(..)`.
fn inner(condition: &Meta, name: &str) -> Option<Punctuated<Meta, Token![,]>> {
    match condition {
        Meta::List(list) if list.path.is_ident(name) => {
            list.parse_args_with(Punctuated::<Meta, Token![,]>::parse_terminated).ok()
        }
        _ => None,
    }
}

/// Returns the note of `#[deprecated]`.
fn note(meta: &Meta) -> String {
    let note = match meta {
        Meta::Path(_) => None,
        Meta::NameValue(it) => text(&it.value),
        Meta::List(it) => {
            let parts = it.parse_args_with(Punctuated::<Meta, Token![,]>::parse_terminated);
            parts.iter().flatten().find_map(|part| match part {
                Meta::NameValue(it) if it.path.is_ident("note") => text(&it.value),
                _ => None,
            })
        }
    };
    note.unwrap_or_default()
}

/// Returns the value of a string literal.
fn text(expression: &Expr) -> Option<String> {
    match expression {
        Expr::Lit(it) => match &it.lit {
            Lit::Str(text) => Some(text.value()),
            _ => None,
        },
        _ => None,
    }
}
