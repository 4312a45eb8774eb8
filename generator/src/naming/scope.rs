//! Uniqueness: each name is given once, whatever the case.

use std::collections::HashSet;

use super::ident::{Case, Ident, is_keyword, spelled, to_case};

/// A set of names in which no two are alike.
///
/// Names that differ in case only count as alike: they would be one file on some systems, and one name to most readers.
#[derive(Debug)]
pub(super) struct Scope {
    case: Case,
    /// What a name is when nothing is left of it.
    nameless: &'static str,
    taken: HashSet<String>,
}

impl Scope {
    /// An empty scope.
    pub(super) fn new(case: Case, nameless: &'static str) -> Self {
        Self { case, nameless, taken: HashSet::new() }
    }

    /// A scope in which some names belong to something else.
    pub(super) fn reserving(case: Case, nameless: &'static str, reserved: &[&str]) -> Self {
        let taken = reserved.iter().map(|name| name.to_lowercase()).collect();
        Self { case, nameless, taken }
    }

    /// Allocates a name: as it is wanted, or else with its symbols spelled out, or else with a number.
    pub(super) fn allocate(&mut self, wanted: &str) -> Ident {
        self.allocate_or(wanted, &[])
    }

    /// Allocates a name: as it is wanted, or else the first of `others` that is free.
    pub(super) fn allocate_or(&mut self, wanted: &str, others: &[&str]) -> Ident {
        let spelled = spelled(wanted);
        let first = self.to_case(wanted);
        let candidates = std::iter::once(first.clone())
            .chain(others.iter().map(|other| self.to_case(other)))
            .chain(std::iter::once(self.to_case(&spelled)).filter(|name| !name.is_empty()));
        let free = candidates.filter(|name| !name.is_empty()).find(|name| !self.is_taken(name));
        let name = free.unwrap_or_else(|| self.numbered(&first));
        self.take(name)
    }

    /// Whether a name is given already.
    pub(super) fn is_taken(&self, name: &str) -> bool {
        self.taken.contains(&name.to_lowercase())
    }

    fn take(&mut self, name: String) -> Ident {
        self.taken.insert(name.to_lowercase());
        Ident::new(name)
    }

    fn to_case(&self, text: &str) -> String {
        let mut name = to_case(text, self.case);
        if is_keyword(&name) {
            name.push('_');
        }
        name
    }

    fn numbered(&self, name: &str) -> String {
        let name = if name.is_empty() { self.nameless } else { name };
        if !self.is_taken(name) {
            return name.to_owned();
        }
        let name = name.trim_end_matches('_');
        let joint = match self.case {
            Case::Snake => "_",
            Case::Camel if name.ends_with(|last: char| last.is_ascii_digit()) => "_",
            Case::Camel => "",
        };
        let mut number = 2_usize;
        loop {
            let numbered = format!("{name}{joint}{number}");
            if !self.is_taken(&numbered) {
                return numbered;
            }
            number += 1;
        }
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
    fn names_are_given_once() {
        check(Case::Camel, &["a", "A", "b"], &["A", "A2", "B"]);
        check(Case::Snake, &["appId", "app_id", "app-id"], &["app_id", "app_id_2", "app_id_3"]);
        check(Case::Camel, &["v2", "V2"], &["V2", "V2_2"]);
    }

    #[test]
    fn keywords_take_an_underscore() {
        check(Case::Snake, &["type", "self", "in"], &["type_", "self_", "in_"]);
        check(Case::Camel, &["self", "type"], &["Self_", "Type"]);
    }

    #[test]
    fn symbols_are_spelled_where_nothing_else_is_left() {
        check(Case::Camel, &["+1", "-1", "<", "<="], &["_1", "Minus1", "Less", "LessEqual"]);
        check(Case::Camel, &["", "", "\u{7f}"], &["Value", "Value2", "Value3"]);
    }

    #[test]
    fn reserved_names_are_kept_free() {
        check(Case::Camel, &["unknown"], &["Unknown2"]);
    }
}
