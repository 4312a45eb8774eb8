//! Chooses the values that the examples of each operation pass, and the operation whose body the README shows.

use std::cmp::Reverse;
use std::sync::Arc;

use super::arguments::{argument, body as placeholder};
use super::bodies::{Bodies, Built, is_scalar};
use super::operations::{Ranking, is_json_or_empty, required_parameters, requires_body};
use super::value::Value;
use crate::analyze::Facts;
use crate::ir::{Api, BodyKind, Operation, OperationId, Type, TypeId};
use crate::naming::Names;

/// The values that examples pass to an operation.
#[derive(Debug)]
pub(crate) struct CallExample {
    /// The required parameters, in document order.
    pub(crate) parameters: Vec<Value>,
    /// The arguments for a required body that has only its required parts.
    pub(crate) body: Vec<Value>,
    /// The body that the documentation of the operation builds, if it can be shown.
    pub(crate) built_body: Option<Arc<Value>>,
}

/// An operation whose request body is built and sent.
#[derive(Debug)]
pub(crate) struct BodyExample {
    pub(crate) operation: OperationId,
    pub(crate) body: Arc<Value>,
    /// The union of a variant in the body.
    pub(crate) union: Option<TypeId>,
    /// The position of an optional parameter that is set, and its argument.
    pub(crate) parameter: Option<(usize, Value)>,
}

impl CallExample {
    pub(super) fn of(
        api: &Api,
        facts: &Facts,
        names: &Names,
        id: OperationId,
        operation: &Operation,
        bodies: &mut Bodies<'_>,
    ) -> Self {
        let required = operation.parameters.iter().zip(&names.of_operation(id).parameters);
        let required = required.filter(|(parameter, _)| parameter.required);
        let parameters =
            required.map(|(it, ident)| argument(api, facts, &it.ty, &it.docs, ident.as_str())).collect();
        let required = operation.body.as_ref().filter(|body| body.required);
        let body = required.map(|body| placeholder(api, facts, id, body)).unwrap_or_default();
        let sends_body = matches!(operation.method.as_str(), "POST" | "PUT" | "PATCH" | "QUERY");
        let named = named_body(operation).filter(|_| sends_body);
        let built_body = named.and_then(|body| bodies.short(body)).map(|built| built.value);
        Self { parameters, body, built_body }
    }
}

/// An operation with a request body that can be shown.
struct Candidate<'a> {
    id: OperationId,
    operation: &'a Operation,
    body: Built,
    /// The position of the first optional parameter that is a scalar.
    parameter: Option<usize>,
}

/// Selects the operation whose body is shown, if one has a body with a named type.
///
/// Each criterion decides between operations that are equal by those before it: the operation is not deprecated; it
/// requires no parameters but strings in its path; its body is short; it is not about the service; its body is required;
/// it is a `POST`; its body has an optional field; few parameters are required; many operations have its path or a path
/// below it; its body has a union; it has an optional parameter; it comes first in the document.
pub(super) fn body(
    ranking: &Ranking<'_>,
    facts: &Facts,
    names: &Names,
    bodies: &mut Bodies<'_>,
) -> Option<BodyExample> {
    let api = ranking.api;
    let mut selected = None;
    for (id, operation) in api.operations() {
        let Some(candidate) = candidate(api, id, operation, bodies) else { continue };
        let rank = (
            operation.docs.deprecated,
            !operation.requires_only_string_path_params(),
            bodies.is_long(&candidate.body.value),
            ranking.is_about_service(operation),
            (!requires_body(operation), operation.method != "POST"),
            !candidate.body.has_setter,
            required_parameters(operation),
            Reverse(ranking.at_or_below(id)),
            (candidate.body.union.is_none(), candidate.parameter.is_none()),
        );
        if selected.as_ref().is_none_or(|(least, _)| rank < *least) {
            selected = Some((rank, candidate));
        }
    }
    let (_, Candidate { id, operation, body, parameter }) = selected?;
    let parameter = parameter.map(|position| {
        let it = &operation.parameters[position];
        let ident = &names.of_operation(id).parameters[position];
        (position, argument(api, facts, &it.ty, &it.docs, ident.as_str()))
    });
    Some(BodyExample { operation: id, body: body.value, union: body.union, parameter })
}

fn candidate<'a>(
    api: &Api,
    id: OperationId,
    operation: &'a Operation,
    bodies: &mut Bodies<'_>,
) -> Option<Candidate<'a>> {
    let body = bodies.whole(named_body(operation).filter(|_| is_json_or_empty(operation))?)?;
    let parameter = operation
        .parameters
        .iter()
        .position(|it| !it.required && !it.docs.deprecated && is_scalar(api, &it.ty));
    Some(Candidate { id, operation, body, parameter })
}

/// Returns the named type of a JSON body or form whose media type is fixed.
fn named_body(operation: &Operation) -> Option<TypeId> {
    let content = operation.body.as_ref()?.contents.first()?;
    match (&content.kind, &content.media_type) {
        (BodyKind::Json(Type::Named(id)) | BodyKind::Form { ty: Type::Named(id), .. }, Some(_)) => Some(*id),
        _ => None,
    }
}
