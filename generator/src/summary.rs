//! What a generated crate holds, in numbers: what a run reports, and what a corpus is compared by.
//!
//! Imports `ir` and `diagnostics`.

use std::collections::BTreeMap;

use crate::diagnostics::{Code, Diagnostics};
use crate::ir::{Api, OneOf, Shape, Strategy, Type, TypeDef, TypeId, Verdict};

/// What a generated crate holds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Summary {
    /// Operations that the client can call.
    pub operations: usize,
    /// Structs, enums and unions.
    pub types: usize,
    /// The unions among them, by what tells their variants apart.
    pub unions: BTreeMap<&'static str, usize>,
    /// What is free-form JSON, by the reason: schemas of which the document says more, and fields of which it does not.
    pub untyped: BTreeMap<String, usize>,
    /// The document's examples that the round trip tests, by whether they are what their schema asks for.
    pub examples: BTreeMap<&'static str, usize>,
}

impl Summary {
    /// Counts what is in a crate, but for the types that are only names of others.
    pub(crate) fn of(api: &Api, is_name: impl Fn(TypeId) -> bool, diagnostics: &Diagnostics) -> Self {
        let types: Vec<&TypeDef> = api.types().filter(|(id, _)| !is_name(*id)).map(|(_, def)| def).collect();
        let mut summary = Self { operations: api.operations.len(), types: types.len(), ..Self::default() };
        for def in &types {
            if let Some(strategy) = strategy(&def.shape) {
                *summary.unions.entry(strategy).or_default() += 1;
            }
        }
        let reasons = types.iter().flat_map(|def| def.shape.held()).filter_map(free_form);
        for reason in reasons {
            *summary.untyped.entry(reason.to_owned()).or_default() += 1;
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

/// Why a field is free-form JSON although nothing was found wrong with its schema; none where it is not.
fn free_form(ty: &Type) -> Option<&'static str> {
    match ty {
        Type::Json => Some("the document allows any value"),
        Type::Object => Some("the document allows any object"),
        Type::List(inner) | Type::Map(inner) | Type::Nullable(inner) => free_form(inner),
        Type::Tuple(places) => places.iter().find_map(free_form),
        _ => None,
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
            Strategy::Member => "kind of a member",
            Strategy::Kinds => "JSON types",
            Strategy::Keys => "required members",
            Strategy::Trial => "trial",
        }),
        Shape::Struct(_) | Shape::Enum(_) => None,
    }
}

#[cfg(test)]
mod tests {
    use crate::{Config, Source, generate};

    #[test]
    fn a_crate_is_counted() {
        let text = "
openapi: 3.1.0
info: {title: Pets, version: '1'}
paths: {/pets: {get: {operationId: list, responses: {}}, head: {operationId: look, responses: {}}}}
components:
  schemas:
    Pet:
      type: object
      properties: {any: {}, more: {type: array, items: {}}, free: {type: object}, name: {type: string}}
    Told: {oneOf: [{type: object, required: [a], properties: {a: {type: string}}}, {type: object, required: [b], properties: {b: {type: string}}}]}
    Kinds: {oneOf: [{type: string}, {type: integer}]}
    Torn: {allOf: [{type: string, format: date}, {type: integer, format: int32}]}
";
        let source = Source { name: "pets.yaml", text };
        let config = Config { round_trip: true, ..Config::default() };
        let summary = generate(source, &config).generated.expect("nothing is wrong").summary;
        let counts: Vec<(&str, usize)> = summary.unions.iter().map(|(name, count)| (*name, *count)).collect();
        assert_eq!(counts, [("JSON types", 1), ("key", 1)]);
        assert_eq!((summary.unions(), summary.operations, summary.types), (2, 2, 3));
        let counts: Vec<(&str, usize)> =
            summary.untyped.iter().map(|(reason, count)| (reason.as_str(), *count)).collect();
        assert_eq!(
            counts,
            [
                ("the document allows any object", 1),
                ("the document allows any value", 2),
                ("the parts of `allOf` contradict one another", 1),
            ]
        );
    }
}
