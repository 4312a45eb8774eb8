//! Passes: changes to the model that need all of its types and operations (`ir` to `ir`).
//!
//! `lower` makes one type or operation at a time, and a type may refer to another one that is not complete yet. So
//! decisions about several types are passes. A pass looks at each type a fixed number of times and keeps its own
//! stack, so its time grows with the size of the model, and no depth of a document overflows the stack. Where the order
//! of types matters, it is `Api::types_by_origin`, because ids depend on the order of lowering.
//!
//! Imports `ir` and `diagnostics`.

mod default_security;
#[cfg(test)]
mod fixture;
mod infinite_structs;
mod recursive_tuples;
mod union_tags;

use crate::diagnostics::Diagnostics;
use crate::ir::Api;

/// A change to the model.
type Pass = fn(&mut Api, &mut Diagnostics);

/// All passes, in the order in which they run.
const PASSES: [Pass; 4] = [
    // Tuples come first, because a tuple that becomes a list no longer holds structs by value.
    recursive_tuples::widen,
    infinite_structs::break_cycles,
    // A tag depends on required fields, and the pass before makes some of them optional.
    |api, _| union_tags::assign(api),
    // Independent of the passes before: it reads operations.
    |api, _| default_security::assign(api),
];

/// Runs every pass.
pub(crate) fn run(api: &mut Api, diagnostics: &mut Diagnostics) {
    for pass in PASSES {
        pass(api, diagnostics);
    }
}
