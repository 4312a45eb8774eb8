//! Names of the variants of a union, without the words that all of them share.

use std::collections::HashMap;

use super::chosen::{Chosen, chosen_first, in_order};
use super::distinct::distinct_by_signs;
use super::ident::{Case, is_keyword, to_case, words};
use super::ledger::{Ledger, ScopeId};
use super::owner::Owner;
use super::scope::Scope;
use super::type_keys::TypeKeys;
use super::types::VariantNames;
use super::variant_keys::{VariantKey, variant_keys};
use crate::ir::Shape;
use crate::lock::Item;

/// Allocates names for the variants of a union.
pub(super) fn allocate(
    it: &Shape,
    owner: &Owner<'_>,
    (types, chosen): (&TypeKeys<'_>, &Chosen),
    ledger: &mut Ledger<'_>,
) -> Vec<VariantNames> {
    let variants = Scope::reserving(Case::Variant, "Value", &["Unknown"]);
    let mut variants = ledger.open(&ScopeId::Variants(owner.before.to_owned()), variants);
    let accessors = Scope::reserving(Case::Snake, "as_value", &["as_unknown"]);
    let mut accessors = ledger.open(&ScopeId::Accessors(owner.before.to_owned()), accessors);
    let keys: Vec<(&str, bool)> = match it {
        Shape::Union(it) => it.alternatives.iter().map(|it| (it.variant.key.as_str(), it.is_named)).collect(),
        shape => shape.variants().map(|variant| (variant.key.as_str(), false)).collect(),
    };
    let item_keys = variant_keys(it, owner, types, ledger);
    let short = shorten(&keys, owner.ident.as_str());
    let short: Vec<&str> = short.iter().map(String::as_str).collect();
    let wanted = distinct_by_signs(&short, Case::Variant);
    let given = |position: usize| chosen.variant(owner.id, position);
    let order = chosen_first(item_keys.len(), |position| given(position).is_some());
    let named = order.into_iter().map(|position| {
        let (VariantKey { key, is_known, .. }, wanted) = (&item_keys[position], &wanted[position]);
        if let Some(name) = given(position) {
            let ident = variants.allocate_chosen(name);
            let accessor = accessors.allocate_following(key.slot(1), &format!("as {}", ident.as_str()));
            return (position, VariantNames { ident, accessor });
        }
        let recall = |scope: &mut Scope, slot| match is_known {
            true => scope.recall(key.slot(slot)),
            // The key can belong to another alternative by now.
            false => None,
        };
        let ident = recall(&mut variants, 0)
            .unwrap_or_else(|| variants.allocate_or(wanted, &[&format!("{wanted} value")]));
        let accessor = recall(&mut accessors, 1)
            .unwrap_or_else(|| accessors.allocate(&format!("as {}", ident.as_str())));
        (position, VariantNames { ident, accessor })
    });
    let named = in_order(named.collect());
    for (VariantKey { key, at, .. }, VariantNames { ident, accessor }) in item_keys.into_iter().zip(&named) {
        let names = vec![ident.as_str().to_owned(), accessor.as_str().to_owned()];
        ledger.record(key, Item { names, at, ..Item::default() });
    }
    named
}

/// Removes the words that all names share, and the name of the union where several names repeat it.
///
/// Only names of schemas are shortened, not values that the document gives.
fn shorten(keys: &[(&str, bool)], union: &str) -> Vec<String> {
    let mut names = VariantWords::of(keys.iter().map(|(key, _)| *key));
    let schema_names: Vec<usize> = (0..keys.len()).filter(|index| keys[*index].1).collect();
    if schema_names.len() > 1 {
        // All shared words or none: otherwise half a name would remain of `ShardKey` and `ShardKeyWithFallback`.
        let is_shorter = |names: &mut VariantWords, end| {
            let common = names.common(&schema_names, end);
            common > 0 && names.strip(&schema_names, end, common)
        };
        if !is_shorter(&mut names, Side::Last) {
            is_shorter(&mut names, Side::First);
        }
        let own = words(union);
        for end in [Side::Last, Side::First] {
            let repeating: Vec<usize> = schema_names
                .iter()
                .copied()
                .filter(|index| end.part(&names.words[*index], own.len()) == own)
                .collect();
            if repeating.len() > 1 {
                for index in repeating {
                    names.strip(&[index], end, own.len());
                }
            }
        }
    }
    names.keys
}

/// Side of a name.
#[derive(Clone, Copy)]
enum Side {
    First,
    Last,
}

impl Side {
    /// Returns `count` words at this side, or all words if there are fewer.
    fn part(self, words: &[String], count: usize) -> &[String] {
        let count = count.min(words.len());
        match self {
            Self::First => &words[..count],
            Self::Last => &words[words.len() - count..],
        }
    }

    /// Returns the words without the `count` words at this side.
    fn rest(self, words: &[String], count: usize) -> &[String] {
        let rest = words.len().saturating_sub(count);
        match self {
            Self::First => Self::Last.part(words, rest),
            Self::Last => Self::First.part(words, rest),
        }
    }
}

/// Preferred names of variants, with their words.
struct VariantWords {
    keys: Vec<String>,
    words: Vec<Vec<String>>,
    /// The number of variants with the same words.
    counts: HashMap<String, usize>,
}

impl VariantWords {
    fn of<'k>(keys: impl Iterator<Item = &'k str>) -> Self {
        let mut names = Self { keys: Vec::new(), words: Vec::new(), counts: HashMap::new() };
        for key in keys {
            names.keys.push(key.to_owned());
            names.words.push(words(key));
            names.count(names.words.len() - 1);
        }
        names
    }

    fn count(&mut self, index: usize) {
        *self.counts.entry(self.words[index].concat()).or_default() += 1;
    }

    /// Replaces the words of a variant, and returns the words before.
    fn replace(&mut self, index: usize, words: Vec<String>) -> Vec<String> {
        let before = std::mem::replace(&mut self.words[index], words);
        self.counts.entry(before.concat()).and_modify(|count| *count -= 1);
        self.count(index);
        before
    }

    /// Returns the number of words that some names share at one side.
    fn common(&self, schema_names: &[usize], end: Side) -> usize {
        let first = &self.words[schema_names[0]];
        let is_common = |count: &usize| {
            schema_names.iter().all(|index| end.part(&self.words[*index], *count) == end.part(first, *count))
        };
        (1..=first.len()).take_while(is_common).last().unwrap_or_default()
    }

    /// Removes words from one side of some names if the remaining names are valid and unique. Returns `true` if so.
    fn strip(&mut self, schema_names: &[usize], end: Side, count: usize) -> bool {
        let mut before = Vec::with_capacity(schema_names.len());
        for index in schema_names {
            let rest = end.rest(&self.words[*index], count).to_vec();
            before.push(self.replace(*index, rest));
        }
        let is_fit = |index: &usize| {
            let words = &self.words[*index];
            is_name(words) && self.counts.get(&words.concat()) == Some(&1)
        };
        if !schema_names.iter().all(is_fit) {
            for (index, words) in schema_names.iter().zip(before) {
                self.replace(*index, words);
            }
            return false;
        }
        for index in schema_names {
            self.keys[*index] = self.words[*index].join(" ");
        }
        true
    }
}

/// Returns `true` if words form a valid name of a variant as they are.
fn is_name(words: &[String]) -> bool {
    let name = to_case(&words.join(" "), Case::Camel);
    name.starts_with(char::is_alphabetic) && !is_keyword(&name) && name != "Unknown"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(union: &str, names: &[&str], others: &[&str], expected: &[&str]) {
        let schema_names = names.iter().map(|name| (*name, true));
        let keys: Vec<(&str, bool)> = schema_names.chain(others.iter().map(|name| (*name, false))).collect();
        let found = shorten(&keys, union);
        let found: Vec<String> = found.iter().map(|name| to_case(name, Case::Camel)).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn removes_words_that_all_names_share() {
        check("Reply", &["PongCallbackRequest", "ModalCallbackRequest"], &[], &["Pong", "Modal"]);
        check("Reply", &["ShapeCircle", "ShapeSquare"], &["string"], &["Circle", "Square", "String"]);
    }

    #[test]
    fn removes_the_name_of_the_union_if_several_names_repeat_it() {
        check("Query", &["NearestQuery", "FusionQuery", "Vector"], &[], &["Nearest", "Fusion", "Vector"]);
        check("Event", &["EventOpened", "EventClosed", "Other"], &[], &["Opened", "Closed", "Other"]);
        check("Query", &["NearestQuery", "Vector"], &[], &["NearestQuery", "Vector"]);
    }

    #[test]
    fn keeps_names_that_would_become_invalid_or_ambiguous() {
        check("Reply", &["Page", "UserPage"], &[], &["Page", "UserPage"]);
        check("Reply", &["UserPage", "AdminUserPage"], &[], &["UserPage", "AdminUserPage"]);
        check(
            "Reply",
            &["StringFilter", "BoolFilter"],
            &["string"],
            &["StringFilter", "BoolFilter", "String"],
        );
        check("Reply", &["UnknownKind", "SelfKind"], &[], &["UnknownKind", "SelfKind"]);
        check("Reply", &["_2faKind", "MailKind"], &[], &["_2faKind", "MailKind"]);
        check("Query", &["Query", "NearestQuery", "FusionQuery"], &[], &["Query", "Nearest", "Fusion"]);
    }

    #[test]
    fn keeps_values_of_the_document() {
        check("Event", &[], &["user.created", "user.deleted"], &["UserCreated", "UserDeleted"]);
        check("Event", &["OnlyEvent"], &["event"], &["OnlyEvent", "Event"]);
    }
}
