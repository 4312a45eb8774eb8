//! Statistics of a generated crate.
//!
//! Imports `ir` and `diagnostics`.

use std::collections::BTreeMap;

use crate::diagnostics::{Code, Diagnostics};
use crate::ir::{Api, Example, KeyedUnion, Shape, Strategy, Type, TypeDef, TypeId, Verdict};

/// Statistics of a generated crate.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Summary {
    /// Number of operations.
    pub operations: usize,
    /// Number of structs, enums and unions.
    pub types: usize,
    /// Number of unions, by what distinguishes their variants.
    pub unions: BTreeMap<&'static str, usize>,
    /// Number of fields and schemas that are free-form JSON, by reason.
    pub untyped: BTreeMap<String, usize>,
    /// Number of examples in the round-trip test, by result of their validation.
    pub examples: BTreeMap<&'static str, usize>,
}

impl Summary {
    /// Counts the contents of a crate, without aliases.
    pub(crate) fn of(
        api: &Api,
        is_alias: impl Fn(TypeId) -> bool,
        examples: &[Example],
        diagnostics: &Diagnostics,
    ) -> Self {
        let types: Vec<&TypeDef> = api.types().filter(|(id, _)| !is_alias(*id)).map(|(_, def)| def).collect();
        let mut summary = Self { operations: api.operations.len(), types: types.len(), ..Self::default() };
        for def in &types {
            if let Some(strategy) = strategy(&def.shape) {
                *summary.unions.entry(strategy).or_default() += 1;
            }
        }
        let reasons = types.iter().flat_map(|def| def.shape.value_types()).filter_map(reason_untyped);
        for reason in reasons {
            *summary.untyped.entry(reason.to_owned()).or_default() += 1;
        }
        for finding in diagnostics.iter().filter(|finding| finding.code == Code::UntypedSchema) {
            let reason = finding.reason.clone().unwrap_or_else(|| finding.message.clone());
            *summary.untyped.entry(reason).or_default() += 1;
        }
        for example in examples {
            let verdict = match example.verdict {
                Verdict::Valid => "valid",
                Verdict::Invalid => "invalid",
                Verdict::Unknown => "not validated",
            };
            *summary.examples.entry(verdict).or_default() += 1;
        }
        summary
    }

    /// Returns the total number of unions.
    pub fn unions(&self) -> usize {
        self.unions.values().sum()
    }
}

/// Returns why a type is free-form JSON although there is no finding about it. `None` if it is not free-form JSON.
fn reason_untyped(ty: &Type) -> Option<&'static str> {
    match ty {
        Type::Json => Some("the document allows any value"),
        Type::Object => Some("the document allows any object"),
        Type::List(inner) | Type::Map(inner) | Type::Nullable(inner) => reason_untyped(inner),
        Type::Tuple(places) => places.iter().find_map(reason_untyped),
        _ => None,
    }
}

/// Returns what distinguishes the variants of a union. `None` if the type is not a union.
fn strategy(shape: &Shape) -> Option<&'static str> {
    match shape {
        Shape::KeyedUnion(KeyedUnion { flattened: true, .. }) => Some("key beside fields"),
        Shape::KeyedUnion(KeyedUnion { flattened: false, .. }) => Some("key"),
        Shape::Union(union) => Some(match union.strategy {
            Strategy::Discriminator => "discriminator",
            Strategy::Constant => "constant",
            Strategy::Property => "kind of a property",
            Strategy::JsonTypes => "JSON types",
            Strategy::RequiredProperties => "required properties",
            Strategy::Trial => "trial",
        }),
        Shape::Struct(_) | Shape::Enum(_) => None,
    }
}

#[cfg(test)]
mod tests {
    use crate::{Config, Source, generate};

    #[test]
    fn counts_the_contents_of_a_crate() {
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
        let summary = generate(source, &config).generated.expect("the document is valid").summary;
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
                ("the parts of `allOf` conflict", 1),
            ]
        );
    }
}
