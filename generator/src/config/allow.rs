//! `[allow]`: warnings that the user accepts.

use std::collections::BTreeMap;

use crate::diagnostics::{Code, Diagnostic, Diagnostics, Pointer, Severity, closest};

/// Warnings that are accepted, by code, each with the places where it is accepted.
///
/// A place is a reference, such as `"#/components/schemas/Pet"`, and includes everything inside it; `"#"` is the whole
/// document. Accepted warnings are not reported.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Allow {
    /// The places, by code.
    pub places: BTreeMap<String, Vec<String>>,
}

impl Allow {
    /// Removes accepted warnings. If all findings are known, reports the entries that accept none.
    pub(crate) fn apply(&self, diagnostics: &mut Diagnostics, is_complete: bool) {
        if self.places.is_empty() {
            return;
        }
        let mut unused = Vec::new();
        for (code, places) in &self.places {
            let found = diagnostics.iter().filter(|found| found.code.id() == code);
            let found: Vec<&Diagnostic> = found.collect();
            let at = Pointer::in_config(["allow", code]);
            if places.is_empty() {
                unused.push((
                    at.clone(),
                    format!("`{code}` is allowed nowhere"),
                    "write `[\"#\"]`".to_owned(),
                ));
            }
            for (index, place) in places.iter().enumerate() {
                if !found.iter().any(|found| found.is_at(place)) {
                    unused.push((at.index(index), unused_message(code, place), help(place, &found)));
                }
            }
        }
        diagnostics.allow(|found| {
            let places = self.places.get(found.code.id());
            places.is_some_and(|places| places.iter().any(|place| found.is_at(place)))
        });
        for (at, message, help) in unused.into_iter().filter(|_| is_complete) {
            diagnostics.report(Code::StaleAllow, &at, message, help);
        }
    }
}

fn unused_message(code: &str, place: &str) -> String {
    match place {
        "#" => format!("the document has no finding `{code}`"),
        place => format!("there is no finding `{code}` at `{place}`"),
    }
}

fn help(place: &str, found: &[&Diagnostic]) -> String {
    let references: Vec<String> = found.iter().map(|found| found.pointer.reference()).collect();
    match closest(place, references.iter().map(String::as_str)) {
        Some(meant) => format!("did you mean `{meant}`?"),
        None => "remove the entry".to_owned(),
    }
}

/// Returns an error, and its remedy, if a text is not the code of a warning.
pub(super) fn check_code(text: &str) -> Result<(), (String, String)> {
    match text.parse::<Code>() {
        Ok(code) if code.severity() == Severity::Warning => Ok(()),
        Ok(_) => {
            let message = format!("`{text}` is an error, and errors cannot be allowed");
            Err((message, "correct the document".to_owned()))
        }
        Err(unknown) => {
            let remedy = match closest(text, Code::all().map(Code::id)) {
                Some(meant) => format!("did you mean `{meant}`?"),
                None => "the command `explain` lists all codes".to_owned(),
            };
            Err((format!("`{text}`: {unknown}"), remedy))
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::{Config, Source};

    const DOCUMENT: &str = "openapi: 3.1.0
info: {title: Pets, version: '1'}
components: {schemas: {
  Cat: {type: object, properties: {a: {not: {}, oneOf: [{}]}}, required: [b]},
  Dog: {type: object, required: [c]},
}}";

    /// Compares the findings of a document with two warnings, as `code: message | help`, and the number of allowed ones.
    #[track_caller]
    fn check(allow: &str, expected: &[&str], allowed: usize) {
        let config = Config::parse(&format!("[allow]\n{allow}")).expect("the settings are valid");
        let outcome = crate::generate(Source { name: "pets.yaml", text: DOCUMENT }, &config);
        let found = outcome.diagnostics.iter();
        let found: Vec<String> =
            found.map(|it| format!("{}: {} | {}", it.code, it.message, it.remedy)).collect();
        let found: Vec<&str> = found.iter().map(|it| it.split(" | add it").next().unwrap_or(it)).collect();
        assert_eq!((found.as_slice(), outcome.diagnostics.allowed().len()), (expected, allowed), "{allow}");
        assert_eq!(outcome.generated.is_some(), !outcome.diagnostics.has_errors());
    }

    #[test]
    fn warnings_are_accepted_in_the_document_or_at_a_place() {
        const CAT: &str = "undefined-property: `b` is listed in `required` but not defined in `properties`";
        const DOG: &str = "undefined-property: `c` is listed in `required` but not defined in `properties`";
        check("", &[CAT, DOG], 0);
        check("undefined-property = ['#']", &[], 2);
        check("undefined-property = ['#/components/schemas/Dog']", &[CAT], 1);
        check("undefined-property = ['#/components/schemas']", &[], 2);
        check(
            "undefined-property = ['#/components/schemas/Do', '#/components/schemas/Cat']",
            &[
                DOG,
                "stale-allow: there is no finding `undefined-property` at `#/components/schemas/Do` | remove the entry",
            ],
            1,
        );
        check(
            "ambiguous-union = ['#']\nundefined-property = []",
            &[
                CAT,
                DOG,
                "stale-allow: the document has no finding `ambiguous-union` | remove the entry",
                "stale-allow: `undefined-property` is allowed nowhere | write `[\"#\"]`",
            ],
            0,
        );
    }

    #[test]
    fn only_warnings_can_be_allowed() {
        for (code, expected) in [
            ("syntax", "2:1: `syntax` is an error, and errors cannot be allowed; correct the document"),
            (
                "untyped-shema",
                "2:1: `untyped-shema`: no finding has this code; did you mean `untyped-schema`?",
            ),
        ] {
            let error = Config::parse(&format!("[allow]\n{code} = ['#']")).expect_err(code);
            assert_eq!(error.to_string(), expected);
        }
    }
}
