//! The operations that codegen.toml selects.

use openapiv3::Operation;

use crate::config::Config;
use crate::lower::stale::StaleEntry;

/// The entries of `[operations]`, and if each of them matched an operation.
pub(super) struct Selection<'a> {
    include: Vec<Entry<'a>>,
    exclude: Vec<Entry<'a>>,
    retry: Vec<Entry<'a>>,
}

struct Entry<'a> {
    text: &'a str,
    is_used: bool,
}

impl<'a> Selection<'a> {
    pub(super) fn new(config: &'a Config) -> Self {
        let entries = |texts: &'a [String]| texts.iter().map(|text| Entry { text, is_used: false }).collect();
        let crate::config::Operations { include, exclude, retry } = &config.operations;
        Self { include: entries(include), exclude: entries(exclude), retry: entries(retry) }
    }

    /// Returns true if an operation is selected: included, or no entry includes any, and not excluded.
    pub(super) fn selects(&mut self, method: &str, path: &str, operation: &Operation) -> bool {
        let is_included =
            mark_matching(&mut self.include, method, path, operation) || self.include.is_empty();
        let is_excluded = mark_matching(&mut self.exclude, method, path, operation);
        is_included && !is_excluded
    }

    /// Returns true if an operation may be retried, whatever its method.
    pub(super) fn is_repeatable(&mut self, method: &str, path: &str, operation: &Operation) -> bool {
        mark_matching(&mut self.retry, method, path, operation)
    }

    /// Returns the entries that match no operation.
    pub(super) fn stale(&self) -> Vec<StaleEntry> {
        let of = |list: &str, entries: &[Entry<'_>]| -> Vec<StaleEntry> {
            let stale = entries.iter().enumerate().filter(|(_, entry)| !entry.is_used);
            let entry = |(index, entry): (usize, &Entry<'_>)| {
                let path = ["operations", list, &index.to_string()];
                StaleEntry::new(&path, entry.text, no_operation(entry.text))
            };
            stale.map(entry).collect()
        };
        [of("include", &self.include), of("exclude", &self.exclude), of("retry", &self.retry)].concat()
    }
}

/// Returns the finding about an entry that matches no operation.
pub(super) fn no_operation(entry: &str) -> String {
    format!("`{entry}` matches no operation")
}

/// Returns true if an entry matches an operation. Every entry is checked, so that stale ones are known.
fn mark_matching(entries: &mut [Entry<'_>], method: &str, path: &str, operation: &Operation) -> bool {
    let mut any = false;
    for entry in entries {
        let met = matches_operation(entry.text, method, path, operation);
        entry.is_used |= met;
        any |= met;
    }
    any
}

/// Returns true if an entry matches an operation: by its id, a tag or a pattern of its path, with or without
/// the method.
pub(super) fn matches_operation(entry: &str, method: &str, path: &str, operation: &Operation) -> bool {
    if let Some((wanted, pattern)) = entry.split_once(' ') {
        if wanted.eq_ignore_ascii_case(method) && pattern.starts_with('/') {
            return path_matches(pattern, path);
        }
    }
    operation.operation_id.as_deref() == Some(entry)
        || operation.tags.iter().any(|tag| tag == entry)
        || (entry.starts_with(['/', '*']) && path_matches(entry, path))
}

/// Returns true if a pattern matches a text: `*` matches anything but a slash, `**` matches anything.
///
/// All ways to match are followed at once, so the time grows with the length of the pattern times that of the text.
fn path_matches(pattern: &str, text: &str) -> bool {
    if !pattern.contains('*') {
        return pattern == text;
    }
    let steps = steps(pattern);
    // `reached[n]` is true if the first `n` steps match the text read so far.
    let mut reached = vec![false; steps.len() + 1];
    reached[0] = true;
    skip_wildcards(&steps, &mut reached);
    for c in text.chars() {
        let mut next = vec![false; steps.len() + 1];
        for (index, step) in steps.iter().enumerate().filter(|(index, _)| reached[*index]) {
            match step {
                Step::Char(expected) => next[index + 1] |= *expected == c,
                Step::Segment => next[index] |= c != '/',
                Step::Anything => next[index] = true,
            }
        }
        skip_wildcards(&steps, &mut next);
        reached = next;
    }
    reached[steps.len()]
}

/// A step of a pattern.
enum Step {
    Char(char),
    /// `*`
    Segment,
    /// `**`
    Anything,
}

fn steps(pattern: &str) -> Vec<Step> {
    let mut steps = Vec::new();
    let mut chars = pattern.chars().peekable();
    while let Some(c) = chars.next() {
        steps.push(match c {
            '*' if chars.next_if_eq(&'*').is_some() => Step::Anything,
            '*' => Step::Segment,
            c => Step::Char(c),
        });
    }
    steps
}

/// Marks the steps behind wildcards as reached, since a wildcard also matches an empty text.
fn skip_wildcards(steps: &[Step], reached: &mut [bool]) {
    for (index, step) in steps.iter().enumerate() {
        if !matches!(step, Step::Char(_)) {
            reached[index + 1] |= reached[index];
        }
    }
}

#[cfg(test)]
mod tests {
    use super::path_matches;
    use crate::{Config, Source};

    #[track_caller]
    fn check(pattern: &str, matching: &[&str], others: &[&str]) {
        assert!(
            matching.iter().all(|path| path_matches(pattern, path)),
            "{pattern} does not match all of {matching:?}"
        );
        assert!(
            !others.iter().any(|path| path_matches(pattern, path)),
            "{pattern} matches one of {others:?}"
        );
    }

    #[test]
    fn patterns_match_paths() {
        check("/pets", &["/pets"], &["/pets/", "/pet", "/v1/pets"]);
        check("/pets/*", &["/pets/{id}", "/pets/"], &["/pets", "/pets/{id}/toys"]);
        check("/pets/**", &["/pets/{id}", "/pets/{id}/toys"], &["/pets", "/owners"]);
        check("/*/toys", &["/{id}/toys"], &["/a/b/toys"]);
        check("**/toys", &["/a/b/toys", "/toys"], &["/toys/{id}"]);
        check("/*é*", &["/é", "/aéb"], &["/a/é", "/e"]);
    }

    #[test]
    fn a_pattern_with_many_wildcards_is_fast() {
        let pattern = "**a".repeat(40);
        check(&pattern, &[&"a".repeat(80)], &[&format!("{}b", "a".repeat(80))]);
    }

    #[test]
    fn an_entry_without_a_match_is_an_error() {
        let text = "openapi: 3.1.0\ninfo: {title: Pets, version: '1'}\n\
                    paths: {/pets: {get: {operationId: listPets, responses: {'204': {description: Done.}}}}}";
        let config = "[operations]\ninclude = ['listPets', 'listDogs']\nexclude = ['/dogs/**']\n\
                      retry = ['listCats', '/pets']\n[names.operations]\n'listPets' = 'list'";
        let config = Config::parse(config).expect("the config is valid");
        let outcome = crate::generate(Source { name: "pets.yaml", text }, &config);
        let found: Vec<String> = outcome.diagnostics.iter().map(|found| found.message.clone()).collect();
        assert_eq!(
            found,
            [
                "`listDogs` matches no operation",
                "`/dogs/**` matches no operation",
                "`listCats` matches no operation"
            ]
        );
        assert!(outcome.generated.is_none());
    }
}
