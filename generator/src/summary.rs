//! What a generated crate holds, in numbers: what a run reports, and what a corpus is compared by.
//!
//! Imports `ir` and `diagnostics`.

use std::collections::BTreeMap;

use crate::diagnostics::{Code, Diagnostics};
use crate::ir::{Api, OneOf, Shape, Strategy, Verdict};

/// What a generated crate holds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Summary {
    /// Operations that the client can call.
    pub operations: usize,
    /// Structs, enums and unions.
    pub types: usize,
    /// The unions among them, by what tells their variants apart.
    pub unions: BTreeMap<&'static str, usize>,
    /// Schemas that became free-form JSON although the document says more, by the reason.
    pub untyped: BTreeMap<String, usize>,
    /// The document's examples that the round trip tests, by whether they are what their schema asks for.
    pub examples: BTreeMap<&'static str, usize>,
}

impl Summary {
    /// Counts what is in a crate.
    pub(crate) fn of(api: &Api, diagnostics: &Diagnostics) -> Self {
        let mut summary =
            Self { operations: api.operations.len(), types: api.types.len(), ..Self::default() };
        for def in &api.types {
            if let Some(strategy) = strategy(&def.shape) {
                *summary.unions.entry(strategy).or_default() += 1;
            }
        }
        for finding in diagnostics.iter().filter(|finding| finding.code == Code::UntypedSchema) {
            let reason = finding.reason.clone().unwrap_or_else(|| finding.message.clone());
            *summary.untyped.entry(reason).or_default() += 1;
        }
        for example in &api.examples {
            let verdict = match example.verdict {
                Verdict::Valid => "valid",
                Verdict::Invalid => "invalid",
                Verdict::Unknown => "not judged",
            };
            *summary.examples.entry(verdict).or_default() += 1;
        }
        summary
    }

    /// How many unions there are, whatever tells their variants apart.
    pub fn unions(&self) -> usize {
        self.unions.values().sum()
    }
}

/// What tells the variants of a union apart, in a word or two; none where the type is no union.
fn strategy(shape: &Shape) -> Option<&'static str> {
    match shape {
        Shape::OneOf(OneOf { flattened: true, .. }) => Some("key beside fields"),
        Shape::OneOf(OneOf { flattened: false, .. }) => Some("key"),
        Shape::Union(union) => Some(match union.strategy {
            Strategy::Discriminator => "discriminator",
            Strategy::Constant => "constant",
            Strategy::Kinds => "JSON types",
            Strategy::Keys => "required members",
            Strategy::Trial => "trial",
        }),
        Shape::Struct(_) | Shape::Enum(_) => None,
    }
}
