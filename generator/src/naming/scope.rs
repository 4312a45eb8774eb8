//! Unique names: a scope allocates each name only once, ignoring case.

use std::collections::HashMap;
use std::iter;

use super::ident::{Case, Ident, folded, is_keyword, to_case};
use super::symbols::spell_symbols;
use crate::lock::Key;

/// A name of an item: the item, and the position of the name among the names of the item.
pub(super) type Slot<'k> = (&'k Key, usize);

/// A set of unique names.
///
/// Names that differ only in case are considered equal: some file systems do not distinguish them, and neither
/// do most readers.
#[derive(Debug)]
pub(super) struct Scope {
    case: Case,
    /// Name to use for text that contains no usable character.
    fallback: &'static str,
    /// Names that are not free. A name of an earlier run has the item that it belongs to, until the item gets it.
    taken: HashMap<String, Option<(Key, usize)>>,
    /// Names of earlier runs that their items have not got yet.
    remembered: HashMap<(Key, usize), Ident>,
    /// The next number to try for each name that has been numbered. All smaller numbers are taken.
    next_numbers: HashMap<String, usize>,
}

impl Scope {
    /// Creates an empty scope.
    pub(super) fn new(case: Case, fallback: &'static str) -> Self {
        Self {
            case,
            fallback,
            taken: HashMap::new(),
            remembered: HashMap::new(),
            next_numbers: HashMap::new(),
        }
    }

    /// Creates a scope in which `reserved` names are taken.
    pub(super) fn reserving(case: Case, fallback: &'static str, reserved: &[&str]) -> Self {
        let taken = reserved.iter().map(|name| (name.to_lowercase(), None)).collect();
        Self { taken, ..Self::new(case, fallback) }
    }

    /// Allocates `wanted` if it is free, otherwise with its symbols spelled out, otherwise with a number.
    pub(super) fn allocate(&mut self, wanted: &str) -> Ident {
        self.allocate_or(wanted, &[])
    }

    /// Allocates `wanted` if it is free, otherwise the first free name of `others`, otherwise as
    /// [`allocate`](Self::allocate).
    pub(super) fn allocate_or(&mut self, wanted: &str, others: &[&str]) -> Ident {
        let first = self.to_case(wanted);
        if !first.is_empty() && !self.is_taken(&first) {
            return self.take(first);
        }
        let others = others.iter().map(|other| self.to_case(other));
        let mut candidates = others.chain(iter::once_with(|| self.to_case(&spell_symbols(wanted))));
        let free = candidates.find(|name| !name.is_empty() && !self.is_taken(name));
        let name = free.unwrap_or_else(|| self.numbered(&first));
        self.take(name)
    }

    /// Takes a name of an earlier run for the item that had it, unless the name is taken or not valid any more.
    pub(super) fn remember(&mut self, (key, position): Slot<'_>, name: &str) {
        // A feature has dashes, and may be a keyword.
        let name = self.to_case_of_name(name);
        let is_free =
            !name.is_empty() && !self.is_taken(&name) && (self.case != Case::Module || name.is_ascii());
        if let Some(ident) = Ident::parse(&name).filter(|_| is_free) {
            self.taken.insert(folded(&name), Some((key.clone(), position)));
            self.remembered.insert((key.clone(), position), ident);
        }
    }

    /// Returns the name that an item had in an earlier run. If it had none, allocates one as
    /// [`allocate_or`](Self::allocate_or).
    pub(super) fn allocate_for(&mut self, slot: Slot<'_>, wanted: &str, others: &[&str]) -> Ident {
        self.recall(slot).unwrap_or_else(|| self.allocate_or(wanted, others))
    }

    /// Returns the name that an item had in an earlier run, if it had one.
    pub(super) fn recall(&mut self, (key, position): Slot<'_>) -> Option<Ident> {
        let ident = self.remembered.remove(&(key.clone(), position))?;
        self.reserve(ident.as_str());
        Some(ident)
    }

    /// Allocates the name that the settings choose for an item as it is, even if another item had it in an earlier run.
    /// If the name is taken or not valid, allocates another one.
    pub(super) fn allocate_chosen(&mut self, chosen: &str) -> Ident {
        let name = self.to_case_of_name(chosen);
        let key = folded(&name);
        if let Some(owner) = self.taken.get(&key).cloned().flatten() {
            self.remembered.remove(&owner);
            self.taken.remove(&key);
        }
        match Ident::parse(&name).filter(|_| !self.is_taken(&name)) {
            Some(ident) => {
                self.reserve(&name);
                ident
            }
            None => self.allocate(chosen),
        }
    }

    /// Allocates a name that follows from a chosen one: the name that the item had in an earlier run, if it is the same.
    pub(super) fn allocate_following(&mut self, (key, position): Slot<'_>, wanted: &str) -> Ident {
        let name = self.to_case(wanted);
        let slot = (key.clone(), position);
        match self.remembered.get(&slot).is_some_and(|known| known.as_str() == name) {
            true => self.allocate_for((key, position), wanted, &[]),
            false => self.allocate(wanted),
        }
    }

    /// Returns the item that had a name in an earlier run, and has not got it yet.
    pub(super) fn owner_of(&self, name: &str) -> Option<&Key> {
        self.taken.get(&folded(name))?.as_ref().map(|(key, _)| key)
    }

    /// Returns `true` if a name is taken.
    pub(super) fn is_taken(&self, name: &str) -> bool {
        self.taken.contains_key(&folded(name))
    }

    /// Makes a name unavailable.
    pub(super) fn reserve(&mut self, name: &str) {
        self.taken.insert(folded(name), None);
    }

    fn take(&mut self, name: String) -> Ident {
        self.reserve(&name);
        Ident::new(name)
    }

    fn to_case(&self, text: &str) -> String {
        let mut name = to_case(text, self.case);
        if is_keyword(&name) {
            name.push('_');
        }
        name
    }

    fn to_case_of_name(&self, name: &str) -> String {
        let name = name.replace('-', "_");
        if is_keyword(&name) { name + "_" } else { name }
    }

    fn numbered(&mut self, name: &str) -> String {
        let name = if name.is_empty() { self.fallback } else { name };
        if !self.is_taken(name) {
            return name.to_owned();
        }
        let name = name.trim_end_matches('_');
        let joint = match self.case {
            Case::Snake | Case::Module => "_",
            Case::Camel | Case::Variant if name.ends_with(|last: char| last.is_numeric()) => "_",
            Case::Camel | Case::Variant => "",
        };
        let key = format!("{}{joint}", name.to_lowercase());
        let mut number = self.next_numbers.get(&key).copied().unwrap_or(2);
        let mut numbered = format!("{name}{joint}{number}");
        while self.is_taken(&numbered) {
            number += 1;
            numbered = format!("{name}{joint}{number}");
        }
        self.next_numbers.insert(key, number + 1);
        numbered
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(case: Case, wanted: &[&str], expected: &[&str]) {
        let mut scope =
            Scope::reserving(case, if case == Case::Camel { "Value" } else { "value" }, &["Unknown"]);
        let names: Vec<Ident> = wanted.iter().map(|name| scope.allocate(name)).collect();
        let names: Vec<&str> = names.iter().map(Ident::as_str).collect();
        assert_eq!(names, expected);
    }

    #[test]
    fn names_are_unique_ignoring_case() {
        check(Case::Camel, &["a", "A", "b"], &["A", "A2", "B"]);
        check(Case::Snake, &["appId", "app_id", "app-id"], &["app_id", "app_id_2", "app_id_3"]);
        check(Case::Camel, &["v2", "V2"], &["V2", "V2_2"]);
        // The compiler compares the normal forms: U+0390 is U+03CA with an accent.
        check(Case::Snake, &["\u{390}", "\u{3aa}\u{301}"], &["\u{390}", "\u{390}_2"]);
    }

    #[test]
    fn keywords_get_an_underscore() {
        check(Case::Snake, &["type", "self", "in"], &["type_", "self_", "in_"]);
        check(Case::Camel, &["self", "type"], &["Self_", "Type"]);
    }

    #[test]
    fn symbols_are_spelled_out_if_names_collide() {
        check(Case::Camel, &["+1", "-1", "<", "<="], &["_1", "Minus1", "Less", "LessEqual"]);
        check(Case::Camel, &["", "", "\u{7f}"], &["Value", "Value2", "Value3"]);
        check(Case::Camel, &["😀", "日本 😀", "日本 😢"], &["U1f600", "日本", "日本U1f622"]);
    }

    #[test]
    fn reserved_names_get_a_number() {
        check(Case::Camel, &["unknown"], &["Unknown2"]);
    }
}
