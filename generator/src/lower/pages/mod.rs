//! Listings: how a page leads to the next, told by what the answer holds and what the request can ask for.
//!
//! Nothing says so in OpenAPI, but there are few ways to do it, and they have the same names nearly everywhere. What is
//! known of an operation is its [`Shape`]; `rules` recognizes the ways in it, `items` finds what is listed, and `settings`
//! is what codegen.toml says instead. An operation whose request cannot ask for another page has no pages.

mod items;
mod rules;
mod settings;
mod shape;

use openapiv3::ReferenceOr;

use super::Lower;
use crate::diagnostics::{Code, Pointer};
use crate::ir::{Operation, Pages};
pub(super) use settings::Settings;
use shape::Shape;

impl Lower<'_, '_> {
    /// The pages of an operation that is lowered but for them.
    pub(super) fn lower_pages(
        &mut self,
        path: &str,
        method: &str,
        operation: &openapiv3::Operation,
        lowered: &Operation,
        at: &Pointer,
    ) -> Option<Pages> {
        let shape = Shape::of(&self.api, lowered)?;
        let said = self.page_settings.of(method, path, operation);
        if said.is_excluded {
            return None;
        }
        let inferred = rules::infer(&shape, self.answers_links(operation, at));
        if let rules::Inferred::OutOfReach(member) = &inferred {
            if !said.is_rule() {
                self.diagnostics.report(
                    Code::UnreachablePages,
                    at,
                    format!("The answer has a `{member}`, and the request has no way to send it back."),
                    "Declare the parameter that asks for the next page; without it, only the first can be read.",
                );
            }
        }
        let applied = said.apply(&shape, inferred.pages());
        applied.unwrap_or_else(|problem| {
            self.diagnostics.report(
                Code::StaleName,
                at,
                format!("codegen.toml names something that the document does not have: {problem}."),
                "Remove the entry, or correct it.",
            );
            None
        })
    }

    /// Whether a success has a header `Link`.
    fn answers_links(&self, operation: &openapiv3::Operation, at: &Pointer) -> bool {
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
