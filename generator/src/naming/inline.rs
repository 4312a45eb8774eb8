//! What inline schemas are called: after what they stand in and where they stand there.
//!
//! `PolicyStep` in `Policy` at `policy_step` is no `PolicyPolicyStep`, and what stands in `steps` is a step. Where that name is
//! another type's, a word for the part that it plays comes behind it, and a number only where nothing else is left.

use std::collections::BTreeSet;

use super::ident::words;
use super::singular::singular;
use crate::ir::{Api, Role, TypeId, TypeName};

/// The places that schemas have for themselves, so that no element of a list is called after one of them.
pub(super) struct Places<'a>(BTreeSet<(Owner<'a>, Vec<String>)>);

/// What an inline schema stands in.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
enum Owner<'a> {
    Type(TypeId),
    Operation(&'a str),
}

impl<'a> Places<'a> {
    pub(super) fn of(api: &'a Api) -> Self {
        let places = api.types.iter().filter_map(|def| match &def.name {
            TypeName::Inline { owner, place, role: Role::Itself } => {
                Some((Owner::Type(*owner), words(place)))
            }
            TypeName::OfOperation { operation, place, role: Role::Itself } => {
                Some((Owner::Operation(operation), words(place)))
            }
            _ => None,
        });
        Self(places.collect())
    }

    /// What a schema in a type would like to be called, best first; the type's own name is known by now.
    pub(super) fn wanted_in_type(&self, id: TypeId, ident: &str, place: &str, role: Role) -> Vec<String> {
        candidates(ident, &self.place(Owner::Type(id), place, role), place, role)
    }

    /// What a schema in an operation would like to be called, best first.
    pub(super) fn wanted_in_operation(&self, id: &'a str, place: &str, role: Role) -> Vec<String> {
        let name = id.rsplit('.').next().unwrap_or(id);
        candidates(name, &self.place(Owner::Operation(id), place, role), place, role)
    }

    /// The words of a place; of what is held there the singular, unless something else stands there. Where there is none,
    /// what a map holds is a value.
    fn place(&self, owner: Owner<'a>, place: &str, role: Role) -> Vec<String> {
        let plural = words(place);
        if role == Role::Itself {
            return plural;
        }
        let wanted = (owner, singular(&plural));
        match role {
            Role::Value if wanted.1 == plural || self.0.contains(&wanted) => words(&format!("{place} value")),
            _ if self.0.contains(&wanted) => plural,
            _ => wanted.1,
        }
    }
}

/// Names for what stands at a place: without the words that it shares with its owner, with the part that it plays, and
/// with all of its words. As it is written a place may have symbols, which tell some apart.
fn candidates(owner: &str, place: &[String], written: &str, role: Role) -> Vec<String> {
    let plain = if role == Role::Itself { written.to_owned() } else { place.join(" ") };
    let plain = format!("{owner} {plain}");
    let own = &place[overlap(&words(owner), place)..];
    let short = if own == place { plain.clone() } else { format!("{owner} {}", own.join(" ")) };
    let played = match own.split_last() {
        _ if role == Role::Element => format!("{short} item"),
        Some((last, before)) if last == "response" => format!("{owner} {} answer", before.join(" ")),
        Some((last, _)) if last == "request" => format!("{short} body"),
        _ => format!("{short} value"),
    };
    vec![short, played, plain]
}

/// How many words a name ends with that a place begins with.
fn overlap(owner: &[String], place: &[String]) -> usize {
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
    fn words_are_not_said_twice() {
        check("Policy", "policyType", ["PolicyType", "PolicyTypeValue", "PolicyPolicyType"]);
        check("CreateRequest", "request", ["CreateRequest", "CreateRequestValue", "CreateRequestRequest"]);
        check("TaskSearch", "task", ["TaskSearchTask", "TaskSearchTaskValue", "TaskSearchTask"]);
    }

    #[test]
    fn another_name_says_which_part_it_plays() {
        check("facet", "response", ["FacetResponse", "FacetAnswer", "FacetResponse"]);
        check("facet", "request", ["FacetRequest", "FacetRequestBody", "FacetRequest"]);
        check("Vault", "vault", ["Vault", "VaultValue", "VaultVault"]);
    }
}
