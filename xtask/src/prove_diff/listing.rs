//! Reads the output of cargo-public-api and cargo-semver-checks.

/// The items that cargo-public-api prints, as declarations.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Items {
    pub(super) removed: Vec<String>,
    /// The old declarations of changed items.
    pub(super) changed: Vec<String>,
    pub(super) added: Vec<String>,
}

/// The findings of cargo-semver-checks: a lint and a sentence about an item each.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Findings {
    pub(super) items: Vec<(String, String)>,
    /// True if a finding requires a new major version, or a minor version before 1.0.0.
    pub(super) is_breaking: bool,
}

/// Reads the output of `cargo public-api diff`.
pub(super) fn items(output: &str) -> Items {
    let mut items = Items::default();
    let mut section = "";
    for line in output.lines() {
        if let Some(title) = ["Removed", "Changed", "Added"].into_iter().find(|title| line.starts_with(title))
        {
            section = title;
        }
        // A changed item has its old and its new declaration.
        let list = match (section, line.chars().next()) {
            ("Removed", Some('-')) => &mut items.removed,
            ("Changed", Some('-')) => &mut items.changed,
            ("Added", Some('+')) => &mut items.added,
            _ => continue,
        };
        list.push(line[1..].to_owned());
    }
    items
}

/// Returns the path of the item that a declaration of cargo-public-api declares, without the name of the crate:
/// `types::Pet::name` for `pub acme::types::Pet::name: u8`. An impl has the path of its type.
pub(super) fn path(declaration: &str) -> Option<String> {
    let mut rest = declaration.trim();
    while let Some(after) = rest.strip_prefix("#[") {
        rest = after.split_once("] ")?.1;
    }
    if rest.starts_with("impl") {
        let text = without_arguments(rest);
        let text = text.split(" where ").next().unwrap_or_default();
        let ty = text
            .rsplit_once(" for ")
            .map_or_else(|| text.split_once(' ').map(|(_, ty)| ty), |(_, ty)| Some(ty));
        return without_crate(ty?.trim().trim_start_matches('&'));
    }
    const KEYWORDS: [&str; 17] = [
        "pub ", "const ", "async ", "unsafe ", "fn ", "struct ", "enum ", "mod ", "type ", "use ", "trait ",
        "static ", "macro ", "union ", "extern ", "proc ", "mut ",
    ];
    while let Some(after) = KEYWORDS.iter().find_map(|word| rest.strip_prefix(word)) {
        rest = after;
    }
    let text = without_arguments(rest);
    let is_end = |character: char| matches!(character, '(' | ' ' | '!' | '{' | '=');
    let end = text.find(is_end).unwrap_or(text.len());
    without_crate(text[..end].trim_end_matches(':'))
}

/// Removes generic arguments: `wire::Nullable::get` for `wire::Nullable<T>::get`.
fn without_arguments(text: &str) -> String {
    let mut depth = 0_usize;
    let mut before = ' ';
    let mut kept = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '<' => depth += 1,
            // The arrow of a function is not a bracket.
            '>' if before != '-' => depth = depth.saturating_sub(1),
            _ if depth == 0 => kept.push(character),
            _ => {}
        }
        before = character;
    }
    kept
}

fn without_crate(path: &str) -> Option<String> {
    path.split_once("::").map(|(_, path)| path.to_owned())
}

/// Reads the output of `cargo semver-checks`.
pub(super) fn findings(output: &str) -> Findings {
    let mut findings = Findings::default();
    let mut lint = None;
    let mut is_list = false;
    for line in output.lines() {
        if let Some(rest) = line.strip_prefix("--- failure ").or_else(|| line.strip_prefix("--- warning ")) {
            lint = rest.split(':').next().map(str::to_owned);
            is_list = false;
        } else if line.starts_with("Failed in:") {
            is_list = true;
        } else if let (true, Some(lint), Some(item)) = (is_list, &lint, line.strip_prefix("  ")) {
            findings.items.push((lint.clone(), item.to_owned()));
        } else if line.contains("semver requires new") {
            findings.is_breaking |= line.contains("new major version");
        }
    }
    findings
}

/// Returns the names in a finding of cargo-semver-checks: `["Pet", "tag"]` for
/// `field tag of struct Pet, previously in file src/pet.rs:3`.
pub(super) fn names(finding: &str) -> Vec<&str> {
    let text = finding.split(", previously in").next().unwrap_or_default();
    let end = [" in ", " became ", " takes "].iter().filter_map(|word| text.find(word)).min();
    let text = &text[..end.unwrap_or(text.len())];
    let is_name = |character: char| character.is_alphanumeric() || matches!(character, '_' | ':');
    let words = text.split(|character: char| !is_name(character)).filter(|word| !word.is_empty());
    let mut names: Vec<&str> =
        words.flat_map(|word| word.split("::")).filter(|word| !word.is_empty()).collect();
    // The owner comes first, as in a path.
    if let Some(at) = names.iter().position(|word| *word == "of") {
        names.remove(at);
        names.rotate_left(at);
    }
    names
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_the_items_of_public_api() {
        let output = "Removed items from the public API\n===\n-pub fn a::b()\n\nChanged items in the public API\n===\n\
            -pub a::C::d: u8\n+pub a::C::d: u16\n\nAdded items to the public API\n===\n(none)\n";
        let expected = Items {
            removed: vec!["pub fn a::b()".to_owned()],
            changed: vec!["pub a::C::d: u8".to_owned()],
            added: Vec::new(),
        };
        assert_eq!(items(output), expected);
    }

    #[test]
    fn finds_the_path_of_a_declaration() {
        #[track_caller]
        fn check(declaration: &str, expected: &str) {
            assert_eq!(path(declaration).as_deref(), Some(expected), "{declaration}");
        }
        check("pub a::types::Pet::name: core::option::Option<alloc::string::String>", "types::Pet::name");
        check(
            "pub fn a::types::Pet::with_name(self, impl core::convert::Into<u8>) -> Self",
            "types::Pet::with_name",
        );
        check("pub fn a::wire::Nullable<T>::get(&self) -> u8", "wire::Nullable::get");
        check("#[non_exhaustive] pub struct a::types::Pet", "types::Pet");
        check("pub struct a::m::N<T>(_)", "m::N");
        check("impl core::convert::From<u8> for a::types::E", "types::E");
        check("impl<T> a::m::N<T>", "m::N");
        check("impl<T: core::fmt::Debug> core::fmt::Debug for a::m::N<T> where T: Clone", "m::N");
        check("pub type a::types::Al = alloc::vec::Vec<u8>", "types::Al");
        check("pub const fn a::f()", "f");
        check("pub a::types::E::A(u8)", "types::E::A");
        check("pub macro a::path!", "path");
    }

    #[test]
    fn reads_the_findings_of_semver_checks() {
        let output = "--- failure struct_missing: pub struct removed or renamed ---\n\nDescription:\nA struct.\n\n\
            Failed in:\n  struct a::Pet, previously in file src/lib.rs:1\n\n\
            Summary semver requires new major version: 1 major and 0 minor checks failed\n";
        let item = ("struct_missing".to_owned(), "struct a::Pet, previously in file src/lib.rs:1".to_owned());
        assert_eq!(findings(output), Findings { items: vec![item], is_breaking: true });
        assert_eq!(names("struct a::Pet, previously in file src/lib.rs:1"), ["struct", "a", "Pet"]);
        assert_eq!(names("field tag of struct Pet, previously in file x"), ["struct", "Pet", "field", "tag"]);
    }
}
