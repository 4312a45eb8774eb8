//! A value for each alternative of a union, to test that it decodes as this alternative.

use serde_json::Value;

use super::{Sampler, Samples};
use crate::ir::{Alternative, Api, Shape, TypeId};

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
            let Some(value) = samples.received_alternative(alternative) else { continue };
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

impl Samples<'_> {
    /// Makes a value that a client can receive, for an alternative of a union.
    fn received_alternative(&self, alternative: &Alternative) -> Option<Value> {
        let mut sampler = Sampler { is_received: true, ..Sampler::new(self.api, &self.received) };
        sampler.largest(|it| it.alternative(alternative))
    }
}
