//! Pagination: how to get the next page, inferred from the response and the parameters of the request.
//!
//! OpenAPI does not describe pagination, but there are few schemes, with common `names`. [`Signature`] gathers
//! the inputs of an operation and the properties of its response, `rules` recognizes the scheme, `items` finds
//! the list, and `settings` applies overrides in codegen.toml. An operation without a parameter for the next
//! page is not paginated. An operation that does more than read (`reads`) is paginated only by codegen.toml.

mod fields;
mod items;
mod names;
mod reads;
mod rules;
mod settings;
mod signature;

use openapiv3::ReferenceOr;

use self::rules::Inferred;
pub(super) use self::settings::Settings;
use self::signature::{Signature, Signatures};
use crate::diagnostics::{Code, Diagnostics, Pointer};
use crate::document::Document;
use crate::ir::{Api, Operation, Pagination};
use crate::lower::context::Lower;
use crate::lower::stale;

/// An operation of the document that may be paginated.
pub(super) struct Paginated<'a> {
    pub(super) method: &'a str,
    pub(super) path: &'a str,
    pub(super) operation: &'a openapiv3::Operation,
    pub(super) at: Pointer,
}

/// Sets the pagination of all operations, whose types are complete.
pub(super) fn assign(
    lower: &mut Lower<'_, '_>,
    api: &Api,
    settings: &mut Settings<'_>,
    operations: &mut [Operation],
    written: &[Paginated<'_>],
) {
    let mut signatures = Signatures::new(api);
    for (operation, written) in operations.iter_mut().zip(written) {
        operation.pages = signatures
            .of(operation)
            .and_then(|signature| pages(lower.document, settings, &signature, written, lower.diagnostics));
    }
}

/// Returns the pagination of an operation.
fn pages(
    document: &Document,
    settings: &mut Settings<'_>,
    signature: &Signature<'_>,
    written: &Paginated<'_>,
    diagnostics: &mut Diagnostics,
) -> Option<Pagination> {
    let overrides = settings.of(written.method, written.path, written.operation);
    if overrides.is_excluded {
        return None;
    }
    let id = written.operation.operation_id.as_deref();
    let inferred = match reads::only_reads(&signature.operation.method, id, written.path) {
        true => rules::infer(signature, has_link_header(document, written)),
        false => Inferred::Nothing,
    };
    if let Inferred::Unreachable(property) = &inferred {
        if !overrides.sets_rule() {
            diagnostics.report(
                Code::UnreachablePages,
                &written.at,
                format!(
                    "the response has `{property}`, but no parameter accepts it, so only the first page can be read"
                ),
                format!("declare the parameter that accepts the value of `{property}`"),
            );
        }
    }
    overrides.apply(signature, inferred.pages()).unwrap_or_else(|entry| {
        stale::report(Code::StaleName, vec![entry], &[], "remove the entry, or correct it", diagnostics);
        None
    })
}

/// Returns true if a success has a `Link` header.
fn has_link_header(document: &Document, written: &Paginated<'_>) -> bool {
    let at = written.at.child("responses");
    written.operation.responses.responses.iter().any(|(status, response)| {
        let status = status.to_string();
        let response = match response {
            ReferenceOr::Item(response) => Some(response),
            ReferenceOr::Reference { .. } => {
                document.response(response, &at.child(&status)).map(|(response, _)| response)
            }
        };
        let mut headers = response.into_iter().flat_map(|response| response.headers.keys());
        status.starts_with('2') && headers.any(|name| name.eq_ignore_ascii_case("link"))
    })
}
