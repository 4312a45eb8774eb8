//! Which operations codegen.toml selects.

use openapiv3::Operation;

use crate::config::Config;

/// The entries of `[operations]`, and which of them have met an operation.
pub(super) struct Selection<'a> {
    include: Vec<Entry<'a>>,
    exclude: Vec<Entry<'a>>,
    retry: Vec<Entry<'a>>,
}

struct Entry<'a> {
    text: &'a str,
    has_met: bool,
}

impl<'a> Selection<'a> {
    pub(super) fn new(config: &'a Config) -> Self {
        let entries = |texts: &'a [String]| texts.iter().map(|text| Entry { text, has_met: false }).collect();
        let crate::config::Operations { include, exclude, retry } = &config.operations;
        Self { include: entries(include), exclude: entries(exclude), retry: entries(retry) }
    }

    /// Whether an operation is selected: it is included, or nothing says what is, and it is not excluded.
    pub(super) fn takes(&mut self, method: &str, path: &str, operation: &Operation) -> bool {
        let is_included = meets(&mut self.include, method, path, operation) || self.include.is_empty();
        let is_excluded = meets(&mut self.exclude, method, path, operation);
        is_included && !is_excluded
    }

    /// Whether an operation may be sent twice without harm, whatever its method.
    pub(super) fn repeats(&mut self, method: &str, path: &str, operation: &Operation) -> bool {
        meets(&mut self.retry, method, path, operation)
    }

    /// The entries that no operation answers to.
    pub(super) fn stale(&self) -> Vec<String> {
        let of = |list: &str, entries: &[Entry<'_>]| -> Vec<String> {
            let stale = entries.iter().filter(|entry| !entry.has_met);
            stale.map(|entry| format!("operations.{list} `{}`", entry.text)).collect()
        };
        [of("include", &self.include), of("exclude", &self.exclude), of("retry", &self.retry)].concat()
    }
}

/// Whether any of the entries is about an operation. Each is asked, so that the stale ones are known.
fn meets(entries: &mut [Entry<'_>], method: &str, path: &str, operation: &Operation) -> bool {
    let mut any = false;
    for entry in entries {
        let met = is_of(entry.text, method, path, operation);
        entry.has_met |= met;
        any |= met;
    }
    any
}

/// Whether an entry is the operation's id, one of its tags, or a pattern of its path, with or without its method.
pub(super) fn is_of(entry: &str, method: &str, path: &str, operation: &Operation) -> bool {
    if let Some((wanted, pattern)) = entry.split_once(' ') {
        if wanted.eq_ignore_ascii_case(method) && pattern.starts_with('/') {
            return matches(pattern, path);
        }
    }
    operation.operation_id.as_deref() == Some(entry)
        || operation.tags.iter().any(|tag| tag == entry)
        || (entry.starts_with(['/', '*']) && matches(entry, path))
}

/// Whether a pattern is a text: `*` stands for anything but a slash, `**` for anything.
fn matches(pattern: &str, text: &str) -> bool {
    let Some((before, behind)) = pattern.split_once('*') else { return pattern == text };
    let Some(rest) = text.strip_prefix(before) else { return false };
    let (behind, end) = match behind.strip_prefix('*') {
        Some(behind) => (behind, rest.len()),
        None => (behind, rest.find('/').unwrap_or(rest.len())),
    };
    (0..=end).filter(|at| rest.is_char_boundary(*at)).any(|at| matches(behind, &rest[at..]))
}

#[cfg(test)]
mod tests {
    use super::matches;
    use crate::{Config, Source};

    #[track_caller]
    fn check(pattern: &str, taken: &[&str], left: &[&str]) {
        assert!(taken.iter().all(|path| matches(pattern, path)), "{pattern} is not {taken:?}");
        assert!(!left.iter().any(|path| matches(pattern, path)), "{pattern} is one of {left:?}");
    }

    #[test]
    fn a_pattern_is_a_path_with_gaps() {
        check("/pets", &["/pets"], &["/pets/", "/pet", "/v1/pets"]);
        check("/pets/*", &["/pets/{id}", "/pets/"], &["/pets", "/pets/{id}/toys"]);
        check("/pets/**", &["/pets/{id}", "/pets/{id}/toys"], &["/pets", "/owners"]);
        check("/*/toys", &["/{id}/toys"], &["/a/b/toys"]);
        check("**/toys", &["/a/b/toys", "/toys"], &["/toys/{id}"]);
    }

    #[test]
    fn an_entry_that_selects_nothing_is_an_error() {
        let text = "openapi: 3.1.0\ninfo: {title: Pets, version: '1'}\n\
                    paths: {/pets: {get: {operationId: listPets, responses: {'204': {description: Done.}}}}}";
        let config = "[operations]\ninclude = ['listPets', 'listDogs']\nexclude = ['/dogs/**']\nretry = ['listCats', '/pets']\n\
                      [names.operations]\n'listPets' = 'list'";
        let config = Config::parse(config).expect("it is sound");
        let outcome = crate::generate(Source { name: "pets.yaml", text }, &config);
        let found: Vec<String> = outcome.diagnostics.iter().map(|found| found.message.clone()).collect();
        let stale = "codegen.toml selects operations that the document does not have";
        assert_eq!(
            found,
            [
                format!("{stale}: operations.include `listDogs`."),
                format!("{stale}: operations.exclude `/dogs/**`."),
                format!("{stale}: operations.retry `listCats`.")
            ]
        );
        assert!(outcome.generated.is_none());
    }
}
