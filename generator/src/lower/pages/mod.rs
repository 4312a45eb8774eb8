//! Pagination: how to get the next page, inferred from the response and the parameters of the request.
//!
//! OpenAPI does not describe pagination, but there are few schemes, with common names. [`Signature`] gathers
//! what an operation accepts and returns, `rules` recognizes the scheme, `items` finds the list, and
//! `settings` applies overrides in codegen.toml. An operation without a parameter for the next page is not
//! paginated.

mod items;
mod rules;
mod settings;
mod signature;

use openapiv3::ReferenceOr;

use super::Lower;
use crate::diagnostics::{Code, Pointer};
use crate::ir::{Operation, Pagination};
pub(super) use settings::Settings;
use signature::Signature;

impl Lower<'_, '_> {
    /// Returns the pagination of an operation whose other parts are lowered.
    pub(super) fn lower_pages(
        &mut self,
        path: &str,
        method: &str,
        operation: &openapiv3::Operation,
        lowered: &Operation,
        at: &Pointer,
    ) -> Option<Pagination> {
        let signature = Signature::of(&self.api, lowered)?;
        let overrides = self.pagination_settings.of(method, path, operation);
        if overrides.is_excluded {
            return None;
        }
        let inferred = rules::infer(&signature, self.has_link_header(operation, at));
        if let rules::Inferred::Unreachable(property) = &inferred {
            if !overrides.sets_rule() {
                self.diagnostics.report(
                    Code::UnreachablePages,
                    at,
                    format!(
                        "the response has `{property}`, but no parameter accepts it, so only the first page can be read"
                    ),
                    format!("declare the parameter that accepts the value of `{property}`"),
                );
            }
        }
        let applied = overrides.apply(&signature, inferred.pages());
        applied.unwrap_or_else(|stale| {
            self.report_stale(Code::StaleName, vec![stale], &[], "remove the entry, or correct it");
            None
        })
    }

    /// Returns true if a success has a `Link` header.
    fn has_link_header(&self, operation: &openapiv3::Operation, at: &Pointer) -> bool {
        let at = at.child("responses");
        operation.responses.responses.iter().any(|(status, response)| {
            let status = status.to_string();
            let response = match response {
                ReferenceOr::Item(response) => Some(response),
                ReferenceOr::Reference { .. } => {
                    self.document.response(response, &at.child(&status)).map(|(response, _)| response)
                }
            };
            let mut headers = response.into_iter().flat_map(|response| response.headers.keys());
            status.starts_with('2') && headers.any(|name| name.eq_ignore_ascii_case("link"))
        })
    }
}
