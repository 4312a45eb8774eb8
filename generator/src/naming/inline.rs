//! Names of inline schemas: the name of the owner, followed by the name of the property.
//!
//! Shared words are not repeated: the property `policy_step` of `Policy` becomes `PolicyStep`, not
//! `PolicyPolicyStep`. Items of the list `steps` are named in the singular. If the name is taken, a suffix such
//! as `Value` is added, and a number as a last resort.

use std::collections::{BTreeSet, HashMap};

use super::chosen::Chosen;
use super::ident::words;
use super::singular::singular;
use crate::ir::{Api, Operation, OperationId, Role, TypeId, TypeName};

/// Names of the inline schemas that are not nested in a list or map, by owner. Items of a list must not get the same
/// name.
pub(super) struct InlineNames<'a> {
    places: BTreeSet<(Owner<'a>, Vec<String>)>,
    functions: HashMap<&'a str, &'a str>,
}

/// The type or operation that contains an inline schema.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
enum Owner<'a> {
    Type(TypeId),
    Operation(&'a str),
}

impl<'a> InlineNames<'a> {
    pub(super) fn of(api: &'a Api, chosen: &'a Chosen) -> Self {
        let places = api.types.iter().filter_map(|def| match &def.name {
            TypeName::Inline { owner, place, role: Role::Itself } => {
                Some((Owner::Type(*owner), words(place)))
            }
            TypeName::InOperation { operation, place, role: Role::Itself } => {
                Some((Owner::Operation(operation), words(place)))
            }
            _ => None,
        });
        Self { places: places.collect(), functions: functions(api, chosen) }
    }

    /// Returns candidate names for a schema in a type, best first. `ident` is the name of the type.
    pub(super) fn candidates_in_type(&self, id: TypeId, ident: &str, place: &str, role: Role) -> Vec<String> {
        candidates(ident, &self.place(Owner::Type(id), place, role), place, role)
    }

    /// Returns candidate names for a schema in an operation, best first.
    pub(super) fn candidates_in_operation(&self, id: &'a str, place: &str, role: Role) -> Vec<String> {
        let name = self.functions.get(id).copied().unwrap_or_else(|| id.rsplit('.').next().unwrap_or(id));
        candidates(name, &self.place(Owner::Operation(id), place, role), place, role)
    }

    /// Returns the words of a property name. For items and values these are in the singular, unless another
    /// schema has that name. A map value without a usable singular gets the suffix `value`.
    fn place(&self, owner: Owner<'a>, place: &str, role: Role) -> Vec<String> {
        let plural = words(place);
        if role == Role::Itself {
            return plural;
        }
        let wanted = (owner, singular(&plural));
        match role {
            Role::Value if wanted.1 == plural || self.places.contains(&wanted) => {
                words(&format!("{place} value"))
            }
            _ if self.places.contains(&wanted) => plural,
            _ => wanted.1,
        }
    }
}

/// Returns the names of the functions behind operations, by operation id. A name that several operations have is left
/// out, so that one of them never gets the types of another.
pub(super) fn functions<'a>(api: &'a Api, chosen: &'a Chosen) -> HashMap<&'a str, &'a str> {
    let given = |id: OperationId| chosen.given_method(id);
    let names = || {
        api.operations()
            .map(|(id, it)| it.function.as_deref().unwrap_or_else(|| given(id).unwrap_or(&it.name)))
    };
    let mut counts: HashMap<String, usize> = HashMap::new();
    names().for_each(|name| *counts.entry(words(name).concat()).or_default() += 1);
    let functions = api.operations.iter().zip(names()).filter(|(operation, _)| operation.function.is_some());
    let is_unique = |(_, name): &(&Operation, &str)| counts.get(&words(name).concat()) == Some(&1);
    functions.filter(is_unique).map(|(operation, name)| (operation.id.as_str(), name)).collect()
}

/// Returns candidate names for a schema: without the words that it shares with its owner, with a suffix, and with all
/// words. `written` is the original property name, whose symbols may distinguish it from others.
fn candidates(owner: &str, place: &[String], written: &str, role: Role) -> Vec<String> {
    let plain = if role == Role::Itself { written.to_owned() } else { place.join(" ") };
    let plain = format!("{owner} {plain}");
    let remaining = &place[shared_words(&words(owner), place)..];
    let short = if remaining == place { plain.clone() } else { format!("{owner} {}", remaining.join(" ")) };
    let with_suffix = match remaining.split_last() {
        _ if role == Role::ListItem => format!("{short} item"),
        Some((last, before)) if last == "response" => format!("{owner} {} answer", before.join(" ")),
        Some((last, _)) if last == "request" => format!("{short} body"),
        _ => format!("{short} value"),
    };
    vec![short, with_suffix, plain]
}

/// Returns the number of words at the end of the owner name that the property name begins with.
fn shared_words(owner: &[String], place: &[String]) -> usize {
    let most = owner.len().min(place.len());
    (1..=most).rev().find(|count| owner[owner.len() - count..] == place[..*count]).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::naming::ident::{Case, to_case};

    #[track_caller]
    fn check(owner: &str, place: &str, expected: [&str; 3]) {
        let found = candidates(owner, &words(place), place, Role::Itself);
        let found: Vec<String> = found.iter().map(|name| to_case(name, Case::Camel)).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn shared_words_are_not_repeated() {
        check("Policy", "policyType", ["PolicyType", "PolicyTypeValue", "PolicyPolicyType"]);
        check("CreateRequest", "request", ["CreateRequest", "CreateRequestValue", "CreateRequestRequest"]);
        check("TaskSearch", "task", ["TaskSearchTask", "TaskSearchTaskValue", "TaskSearchTask"]);
    }

    #[test]
    fn alternatives_have_a_suffix() {
        check("facet", "response", ["FacetResponse", "FacetAnswer", "FacetResponse"]);
        check("facet", "request", ["FacetRequest", "FacetRequestBody", "FacetRequest"]);
        check("Vault", "vault", ["Vault", "VaultValue", "VaultVault"]);
    }
}
