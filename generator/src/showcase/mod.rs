//! Chooses what the README, the crate documentation and the programs in `examples/` show: operations, values and types.
//!
//! Every choice is made once, by a rule that does not depend on the order of the components. [`operations`] ranks the
//! operations, [`union`] finds the union, [`arguments`] and [`bodies`] choose values, and [`errors`] and [`messages`] find
//! the types of their sections. `render` only reads the result.
//!
//! Imports `ir`, `analyze`, `naming` and `samples`.

mod arguments;
mod bodies;
mod calls;
mod errors;
mod messages;
mod nullable;
mod operations;
mod programs;
mod server;
#[cfg(test)]
mod tests;
mod union;
mod value;

pub(crate) use calls::{BodyExample, CallExample};
pub(crate) use messages::AnyExample;
pub(crate) use nullable::NullableExample;
pub(crate) use programs::{Program, ProgramKind};
pub(crate) use server::ServerExample;
pub(crate) use value::{CodeLength, Value};

use std::sync::Arc;

use crate::analyze::Facts;
use crate::ir::{Api, OperationId, TypeId};
use crate::naming::Names;
use bodies::Bodies;
use operations::{Ranking, is_download, is_paginated, is_stream, is_whole};
use programs::Subjects;

/// The operations, values and types that the README, the crate documentation and the programs in `examples/` show.
#[derive(Debug, Default)]
pub(crate) struct Showcase {
    /// The operation that a newcomer to the API would call first.
    pub(crate) first_call: Option<OperationId>,
    /// The first call, if its response is received as a whole.
    pub(crate) whole_call: Option<OperationId>,
    /// The security schemes of the first call, by position.
    pub(crate) credentials: Vec<usize>,
    /// The settings of the server on the builder of a client.
    pub(crate) server: ServerExample,
    /// An operation whose request body is built and sent.
    pub(crate) body: Option<BodyExample>,
    /// A field that distinguishes null from absence.
    pub(crate) nullable: Option<NullableExample>,
    /// A union.
    pub(crate) union: Option<UnionExample>,
    /// A paginated operation whose items are known.
    pub(crate) paginated: Option<OperationId>,
    /// An operation whose response is a stream of server-sent events or JSON Lines.
    pub(crate) stream: Option<OperationId>,
    /// An operation whose response is a file.
    pub(crate) download: Option<OperationId>,
    /// An operation with described response headers. Its body is received as a whole.
    pub(crate) with_headers: Option<OperationId>,
    /// A list of values of protobuf's `Any`.
    pub(crate) any: Option<AnyExample>,
    /// The types of most documented errors, without aliases: at most two.
    pub(crate) error_types: Vec<TypeId>,
    /// The programs in `examples/`, in the order in which a newcomer reads them.
    pub(crate) programs: Vec<Program>,
    calls: Vec<CallExample>,
}

/// A union, a variant that is matched, and a value.
#[derive(Debug)]
pub(crate) struct UnionExample {
    pub(crate) ty: TypeId,
    /// Position of the variant.
    pub(crate) variant: usize,
    /// `None` if no value can be shown.
    pub(crate) value: Option<Arc<Value>>,
}

impl Showcase {
    /// Chooses what is shown. `length` measures the code of a value.
    pub(crate) fn of(api: &Api, facts: &Facts, names: &Names, length: &CodeLength<'_>) -> Self {
        let ranking = Ranking::of(api);
        let mut bodies = Bodies::new(api, facts, length);
        let first_call = ranking.first_call();
        let mut showcase = Self {
            first_call,
            whole_call: first_call.filter(|id| is_whole(&api.operations[id.index()])),
            credentials: server::credentials(api, first_call),
            server: ServerExample::of(api, names),
            body: calls::body(&ranking, facts, names, &mut bodies),
            nullable: None,
            union: union_example(api, first_call, &mut bodies),
            paginated: ranking.fewest_requirements(is_paginated),
            stream: ranking.fewest_requirements(is_stream),
            download: ranking.fewest_requirements(is_download),
            with_headers: ranking.fewest_requirements(|it| !it.headers.is_empty() && is_whole(it)),
            any: messages::select(api, facts, names),
            error_types: errors::most_used_types(api, facts),
            programs: Vec::new(),
            calls: api
                .operations()
                .map(|(id, it)| CallExample::of(api, facts, names, id, it, &mut bodies))
                .collect(),
        };
        let shown = showcase.body.as_ref().map(|shown| shown.operation);
        showcase.nullable = nullable::select(api, facts, shown, &mut bodies);
        let subjects = Subjects {
            call: first_call,
            body: showcase.body.as_ref(),
            pages: showcase.paginated,
            stream: showcase.stream,
            union: showcase.union.as_ref().map(|union| union.ty),
        };
        showcase.programs = programs::select(api, &showcase.calls, &subjects);
        showcase
    }

    /// Returns the values that examples pass to an operation.
    pub(crate) fn call(&self, id: OperationId) -> &CallExample {
        &self.calls[id.index()]
    }
}

fn union_example(
    api: &Api,
    first_call: Option<OperationId>,
    bodies: &mut Bodies<'_>,
) -> Option<UnionExample> {
    let ty = union::select(api, first_call)?;
    let variant = api.type_def(ty).shape.variants().position(|variant| !variant.docs.deprecated)?;
    let value = bodies.required(ty).map(|built| built.value);
    Some(UnionExample { ty, variant, value })
}
