//! Properties that hold for every document, valid or broken: documents are made at random, and made smaller when one
//! shows that a property does not hold.
//!
//! The same documents are made each time. `PROPERTY_CASES` sets how many, and `PROPERTY_SEED` makes others:
//!
//! ```console
//! $ PROPERTY_CASES=10000 PROPERTY_SEED=7 cargo test -p codegen --test properties
//! ```

mod damage;
mod documents;
mod order;

use std::env;

use codegen::{Config, Outcome, Source, generate};
use proptest::prelude::*;
use proptest::test_runner::{Config as Settings, RngAlgorithm, TestRng, TestRunner};
use serde_json::Value;

/// How many documents a property is tried on, unless somebody has more time.
const CASES: u32 = 40;

/// Tries a property on documents.
fn hold<S: Strategy>(documents: &S, property: impl Fn(S::Value) -> Result<(), TestCaseError>) {
    let number = |name: &str| env::var(name).ok().map(|text| text.parse().expect("a number"));
    let cases = number("PROPERTY_CASES").map_or(CASES, |cases: u64| cases as u32);
    let mut seed = [0; 32];
    seed[..8].copy_from_slice(&number("PROPERTY_SEED").unwrap_or_default().to_le_bytes());
    let settings =
        Settings { cases, failure_persistence: None, max_shrink_iters: 2_000, ..Settings::default() };
    let rng = TestRng::from_seed(RngAlgorithm::ChaCha, &seed);
    if let Err(error) = TestRunner::new_with_rng(settings, rng).run(documents, property) {
        panic!("{error}");
    }
}

fn generated(text: &str) -> Outcome {
    generate(Source { name: "made.yaml", text }, &Config::default())
}

/// The files that depend on the document, by their paths.
fn files(outcome: &Outcome) -> Vec<(String, String)> {
    let generated = outcome.generated.iter();
    let files = generated.flat_map(|generated| generated.files.iter());
    let own = files.filter(|(path, _)| !path.starts_with("src/runtime/"));
    own.map(|(path, text)| (path.to_owned(), text.to_owned())).collect()
}

/// What holds for any text at all.
fn is_sound(text: &str) -> Result<(), TestCaseError> {
    let outcome = generated(text);
    prop_assert!(outcome.generated.is_some() != outcome.diagnostics.has_errors());
    let said = outcome.diagnostics.render(Source { name: "made.yaml", text });
    prop_assert_eq!(said.is_empty(), outcome.diagnostics.is_empty());
    for (path, text) in files(&outcome).iter().filter(|(path, _)| path.ends_with(".rs")) {
        prop_assert!(syn::parse_file(text).is_ok(), "{} does not parse:\n{}", path, text);
    }
    let again = generated(text);
    prop_assert_eq!(&again.diagnostics, &outcome.diagnostics);
    same(&files(&again), &files(&outcome))
}

/// Fails with the first file that differs, and not with all of them.
fn same(left: &[(String, String)], right: &[(String, String)]) -> Result<(), TestCaseError> {
    for (left, right) in left.iter().zip(right) {
        prop_assert_eq!(&left.0, &right.0);
        for (left, right) in left.1.lines().zip(right.1.lines()) {
            prop_assert_eq!(left, right);
        }
    }
    prop_assert_eq!(left, right);
    Ok(())
}

#[test]
fn documents_are_read_and_written() {
    hold(&documents::document(), |document| is_sound(&document.to_string()));
}

#[test]
fn broken_documents_are_refused_or_repaired() {
    hold(&damage::damaged(documents::document()), |document| is_sound(&document.to_string()));
}

#[test]
fn broken_texts_are_refused_or_repaired() {
    hold(&damage::damaged_text(documents::document()), |text| is_sound(&text));
}

#[test]
fn order_without_a_meaning_does_not_show() {
    hold(&(documents::document(), any::<u64>()), |(document, seed): (Value, u64)| {
        let other = order::shuffled(&document, seed);
        let (one, other) = (generated(&document.to_string()), generated(&other.to_string()));
        same(&files(&one), &files(&other))
    });
}
