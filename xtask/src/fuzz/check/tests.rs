use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use openapi_crate::diagnostics::Pointer;
use serde_json::json;

use super::*;

/// Checks a small document with a generator that has a planted failure.
fn failure(generate: fn(Source<'_>, &Config) -> Outcome) -> Failure {
    let schemas = json!({ "First": { "type": "string" }, "Second": { "type": "object" } });
    let document = json!({
        "openapi": "3.1.0",
        "info": { "title": "Pets", "version": "1" },
        "paths": {},
        "components": { "schemas": schemas },
    });
    // With a program, and in an order that is not the written one.
    let mut cases = (0..10_000)
        .map(|index| Case { document: document.clone(), choices: ::fuzz::Random::new(0, index).number() });
    let case = cases.find(|case| {
        let order = case.reordered_text();
        case.has_program() && order.find("Second") < order.find("First") && case.settings().is_empty()
    });
    let case = case.expect("one of many");
    assert_eq!(check(&case, Generator::LIBRARY), Ok(Passed::Generated));
    let planted = Generator { generate, longest_run: Duration::from_millis(200), ..Generator::LIBRARY };
    let failure = check(&case, planted).expect_err("the failure is found");
    if !failure.kind.contains("chance") {
        let planted = Generator { generate_program: generate, ..Generator::LIBRARY };
        let in_program = check(&case, planted).is_err();
        assert_eq!(
            in_program,
            !matches!(failure.kind.as_str(), "order" | "location" | "a slow run"),
            "{failure:?}"
        );
    }
    failure
}

fn with_file(source: Source<'_>, config: &Config, path: &str, text: &str) -> Outcome {
    let mut outcome = openapi_crate::generate(source, config);
    if let Some(generated) = &mut outcome.generated {
        generated.files.insert(path, text.to_owned());
    }
    outcome
}

#[test]
fn finds_panics() {
    let failure = failure(|_, _| panic!("`pet` is written twice"));
    assert_eq!(failure.kind, "panic");
    assert!(failure.cause.ends_with(": `_` is written twice"), "{}", failure.cause);
    assert_eq!(failure.detail, "`pet` is written twice");
}

#[test]
fn finds_slow_runs() {
    let failure = failure(|source, config| {
        thread::sleep(Duration::from_millis(210));
        openapi_crate::generate(source, config)
    });
    assert_eq!(failure.kind, "a slow run");
}

#[test]
fn finds_crates_in_spite_of_errors_and_missing_crates() {
    let both = failure(|source, config| {
        let diagnostics = openapi_crate::check(Source { text: "", ..source }, &Config::default());
        assert!(diagnostics.has_errors());
        Outcome { diagnostics, ..openapi_crate::generate(source, config) }
    });
    let neither =
        failure(|source, config| Outcome { generated: None, ..openapi_crate::generate(source, config) });
    assert_eq!((both.kind.as_str(), neither.kind.as_str()), ("both", "neither"));
}

#[test]
fn finds_files_that_do_not_parse() {
    let rust = failure(|source, config| with_file(source, config, "src/types/pet.rs", "fn {}"));
    let toml = failure(|source, config| with_file(source, config, "a.toml", "a = "));
    assert_eq!((rust.kind.as_str(), toml.kind.as_str()), ("syntax", "syntax"));
    assert!(rust.cause.starts_with("src/types/* does not parse"), "{}", rust.cause);
}

#[test]
fn finds_output_that_depends_on_order() {
    let failure = failure(|source, config| {
        let first = if source.text.find("First") < source.text.find("Second") { "one" } else { "two" };
        with_file(source, config, "src/types/pet.rs", &format!("pub struct Pet {{}}\npub mod {first};"))
    });
    assert_eq!(failure.kind, "order");
    assert_eq!(failure.cause, "order changes src/types/*: pub mod _;");
}

#[test]
fn finds_output_that_depends_on_chance() {
    let failure = failure(|source, config| {
        static RUNS: AtomicUsize = AtomicUsize::new(0);
        let run = RUNS.fetch_add(1, Ordering::Relaxed);
        with_file(source, config, &format!("src/types/pet{run}.rs"), "")
    });
    assert_eq!(failure.kind, "output that depends on chance");
}

#[test]
fn finds_findings_that_depend_on_order() {
    let failure = failure(|source, config| {
        let mut outcome = openapi_crate::generate(source, config);
        if source.text.find("First") < source.text.find("Second") {
            let at = Pointer::root().child("components");
            outcome.diagnostics.report(Code::UntypedSchema, &at, "a schema has no type", "");
        }
        outcome
    });
    assert_eq!(failure.cause, "order changes findings `untyped-schema`");
}

#[test]
fn finds_findings_outside_of_the_document() {
    let failure = failure(|source, config| {
        let mut outcome = openapi_crate::generate(source, config);
        let at = Pointer::root().child("nowhere").child("a");
        outcome.diagnostics.report(Code::UntypedSchema, &at, "a schema has no type", "");
        outcome
    });
    assert_eq!(failure.kind, "location");
}
