//! Chooses the programs in `examples/`. A program is only written if the document has what it shows.

use serde_json::json;

use super::calls::{BodyExample, CallExample};
use super::errors;
use super::operations::requires_body;
use super::value::Value;
use crate::ir::{Api, OperationId, Shape, Type, TypeId};
use crate::samples::Samples;

/// A program in `examples/`.
#[derive(Debug)]
pub(crate) struct Program {
    pub(crate) kind: ProgramKind,
    /// True if the program uses a deprecated operation or type, because the document has no other to show.
    pub(crate) uses_deprecated: bool,
}

/// The subject of a program.
#[derive(Debug)]
pub(crate) enum ProgramKind {
    /// Makes the first call.
    FirstCall(OperationId),
    /// Sends the body of the showcase.
    Sending,
    /// Handles an error of the first call.
    Errors {
        operation: OperationId,
        /// The struct that a 404 is decoded as.
        not_found: Option<TypeId>,
    },
    Pages(OperationId),
    Streams(OperationId),
    /// Decodes a union and matches one of its variants.
    Unions {
        ty: TypeId,
        /// Position of the variant.
        variant: usize,
        /// JSON of the variant.
        json: String,
    },
}

/// The operations and the union that programs may show.
pub(super) struct Subjects<'s> {
    pub(super) call: Option<OperationId>,
    pub(super) body: Option<&'s BodyExample>,
    pub(super) pages: Option<OperationId>,
    pub(super) stream: Option<OperationId>,
    pub(super) union: Option<TypeId>,
}

/// Selects the programs. Each calls an operation that requires nothing but strings in its path, and perhaps a body that the
/// README can build.
pub(super) fn select(api: &Api, calls: &[CallExample], subjects: &Subjects<'_>) -> Vec<Program> {
    let requires_strings = |id: &OperationId| api.operations[id.index()].requires_only_string_path_params();
    let suitable = |selected: Option<OperationId>| {
        selected.filter(|id| requires_strings(id) && !requires_body(&api.operations[id.index()]))
    };
    let call = suitable(subjects.call);
    let errors = call.map(|operation| ProgramKind::Errors {
        operation,
        not_found: errors::not_found(api, &api.operations[operation.index()]),
    });
    let programs = [
        call.map(ProgramKind::FirstCall),
        subjects.body.filter(|body| requires_strings(&body.operation)).map(|_| ProgramKind::Sending),
        errors,
        suitable(subjects.pages).map(ProgramKind::Pages),
        suitable(subjects.stream).map(ProgramKind::Streams),
        subjects.union.and_then(|union| unions(api, union)),
    ];
    let programs = programs.into_iter().flatten().map(|kind| {
        let uses_deprecated = uses_deprecated(api, calls, subjects.body, &kind);
        Program { kind, uses_deprecated }
    });
    programs.collect()
}

fn uses_deprecated(
    api: &Api,
    calls: &[CallExample],
    body: Option<&BodyExample>,
    program: &ProgramKind,
) -> bool {
    let is_deprecated = |id: TypeId| api.type_def(id).docs.deprecated;
    let uses = |value: &Value| value.any_type(&is_deprecated);
    let calls_deprecated = |id: OperationId| {
        api.operations[id.index()].docs.deprecated || calls[id.index()].parameters.iter().any(uses)
    };
    match program {
        ProgramKind::FirstCall(id) | ProgramKind::Pages(id) | ProgramKind::Streams(id) => {
            calls_deprecated(*id)
        }
        ProgramKind::Errors { operation, not_found } => {
            calls_deprecated(*operation) || not_found.is_some_and(is_deprecated)
        }
        ProgramKind::Sending => body.is_some_and(|body| calls_deprecated(body.operation) || uses(&body.body)),
        ProgramKind::Unions { ty, .. } => is_deprecated(*ty),
    }
}

/// Returns the program about a union whose value is an object of its own. Its JSON is the shortest that is known.
fn unions(api: &Api, ty: TypeId) -> Option<ProgramKind> {
    let samples = Samples::of(api);
    let shape = &api.type_def(ty).shape;
    let mut variants = (shape.variants().enumerate())
        .filter(|(_, it)| !it.docs.deprecated && !matches!(it.ty, Type::Constant(_)));
    let (json, variant) = match shape {
        Shape::KeyedUnion(it) if !it.flattened => {
            let values = variants.filter_map(|(position, it)| {
                let value = samples.sample(&it.ty, &it.docs.constraints)?;
                Some((json!({ (it.key.as_str()): value }).to_string(), position))
            });
            values.min_by_key(|(json, _)| json.len())?
        }
        Shape::Union(_) => {
            let (position, _) = variants.next()?;
            (samples.sample(&Type::Named(ty), &[])?.to_string(), position)
        }
        _ => return None,
    };
    Some(ProgramKind::Unions { ty, variant, json })
}
