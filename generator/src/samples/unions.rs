//! A value for each alternative of a union, to test that it decodes as this alternative.

use serde_json::{Value, json};

use super::{Sampler, Samples, constant_value};
use crate::ir::{Alternative, Api, MatchRule, Shape, TypeId, Union, ValueKind};

/// A value that is made for an alternative of a union.
pub(crate) struct AlternativeSample {
    pub(crate) union: TypeId,
    /// The position of the alternative.
    pub(crate) alternative: usize,
    /// The alternatives that nothing distinguishes from this one.
    pub(crate) ambiguous: Vec<usize>,
    pub(crate) value: Value,
}

/// Makes a value for each alternative of each union. Alternatives without a value of a reasonable size are omitted.
pub(crate) fn alternative_samples(api: &Api) -> Vec<AlternativeSample> {
    let samples = Samples::of(api);
    let mut made = Vec::new();
    for id in api.types_in_reading_order() {
        let Shape::Union(union) = &api.type_def(id).shape else { continue };
        for (position, alternative) in union.alternatives.iter().enumerate() {
            let is_open = alternative.match_rules.iter().any(|rule| matches!(rule, MatchRule::Anything));
            let value = match is_open {
                true => value_of_no_other(union, position),
                false => samples.received_alternative(alternative),
            };
            let Some(value) = value else { continue };
            let pairs = union.ambiguous.iter().filter_map(|(one, other)| match position {
                it if it == *one => Some(*other),
                it if it == *other => Some(*one),
                _ => None,
            });
            made.push(AlternativeSample {
                union: id,
                alternative: position,
                ambiguous: pairs.collect(),
                value,
            });
        }
    }
    made
}

/// Returns a value of a JSON type that no other alternative has, for an alternative that allows any value.
fn value_of_no_other(union: &Union, position: usize) -> Option<Value> {
    let others = || union.alternatives.iter().enumerate().filter(|(other, _)| *other != position);
    let is_taken = |value: &Value| {
        others().any(|(_, other)| other.match_rules.iter().any(|rule| allows_type_of(rule, value)))
    };
    [json!("text"), json!(true), json!(1.5), json!([]), json!({})].into_iter().find(|it| !is_taken(it))
}

/// Returns true if a rule matches some value of the same JSON type.
fn allows_type_of(rule: &MatchRule, value: &Value) -> bool {
    match rule {
        MatchRule::Anything => true,
        MatchRule::List(_) => value.is_array(),
        MatchRule::Constants(constants) => constants
            .iter()
            .any(|it| std::mem::discriminant(&constant_value(it)) == std::mem::discriminant(value)),
        MatchRule::ValueKind(ValueKind::Boolean) => value.is_boolean(),
        MatchRule::ValueKind(ValueKind::Integer | ValueKind::Number) => value.is_number(),
        MatchRule::ValueKind(ValueKind::Text | ValueKind::Ipv4 | ValueKind::Ipv6) => value.is_string(),
        MatchRule::Tag { .. }
        | MatchRule::Object { .. }
        | MatchRule::Property { .. }
        | MatchRule::All(_)
        | MatchRule::Rest { .. } => value.is_object(),
    }
}

impl Samples<'_> {
    /// Makes a value that a client can receive, for an alternative of a union.
    fn received_alternative(&self, alternative: &Alternative) -> Option<Value> {
        let mut sampler = Sampler { is_received: true, ..Sampler::new(self.api, &self.received) };
        sampler.largest(|it| it.alternative(alternative))
    }
}
