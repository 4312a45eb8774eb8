//! Responses: one type for all successes or one for each status, and the documented errors.

use openapiv3::{Responses, StatusCode};

use super::error_response::{self, SharedErrors};
use super::headers::SharedHeaders;
use super::success::{self, Successes};
use crate::diagnostics::{Code, Diagnostics, Pointer};
use crate::ir::{DocumentedResponse, ErrorResponse, OtherResponse, Reply, ResponseHeader, Success};
use crate::lower::context::Lower;
use crate::lower::schema::Site;

/// The responses of an operation.
pub(super) struct LoweredResponses {
    pub(super) success: Success,
    /// The value of the `Accept` header, or `None` for plain JSON.
    pub(super) accept: Option<String>,
    pub(super) others: Vec<OtherResponse>,
    pub(super) documented: Vec<DocumentedResponse>,
    pub(super) errors: Vec<ErrorResponse>,
    pub(super) headers: Vec<ResponseHeader>,
    pub(super) reply: Reply,
    /// True if redirects are the only successes.
    pub(super) is_redirect: bool,
}

/// The parts of responses that operations share.
#[derive(Default)]
pub(super) struct SharedResponses {
    headers: SharedHeaders,
    errors: SharedErrors,
}

/// Lowers the responses of an operation.
pub(super) fn lower_responses<'a>(
    lower: &mut Lower<'a, '_>,
    responses: &'a Responses,
    at: &Pointer,
    method: &str,
    site: &dyn Fn(&str) -> Site,
    shared: &mut SharedResponses,
) -> LoweredResponses {
    report_upgrade(responses, at, lower.diagnostics);
    let is_redirect =
        !responses.responses.keys().any(is_success) && responses.responses.keys().any(is_redirect_elsewhere);
    let mut successes = Vec::new();
    let mut errors = Vec::new();
    for (status, response) in &responses.responses {
        let at = at.child(status.to_string());
        let list = match is_success(status) || (is_redirect && is_redirect_elsewhere(status)) {
            true => &mut successes,
            false => &mut errors,
        };
        list.push((status.to_string(), response, at));
    }
    if let Some(response) = &responses.default {
        let of_default = ("default".to_owned(), response, at.child("default"));
        if successes.is_empty() { &mut successes } else { &mut errors }.push(of_default);
    }
    let mut gathered = Successes::default();
    for (status, response, at) in successes {
        success::lower_success(lower, (status, response, &at), site, &mut shared.headers, &mut gathered);
    }
    let errors = errors.into_iter().map(|(status, response, at)| {
        error_response::lower_error(lower, (status, response, &at), site, &mut shared.errors)
    });
    let errors = errors.collect();
    let headers = std::mem::take(&mut gathered.headers).into_values().map(|(_, header)| header).collect();
    // A response to HEAD has headers but no body.
    if method == "HEAD" {
        return LoweredResponses {
            success: Success::Empty,
            accept: None,
            others: Vec::new(),
            documented: gathered.documented.into_iter().map(DocumentedResponse::without_body).collect(),
            errors,
            headers,
            reply: Reply { bodies: Vec::new(), ..gathered.reply.unwrap_or_default() },
            is_redirect,
        };
    }
    let Successes { responses, accept, others, documented, reply, .. } = gathered;
    let reply = reply.unwrap_or_default();
    let accept = accept.into_iter().collect::<Vec<_>>().join(", ");
    let accept = Some(accept).filter(|accept| !accept.is_empty() && accept != "application/json");
    LoweredResponses {
        success: success::simplest(responses),
        accept,
        others,
        documented,
        errors,
        headers,
        reply,
        is_redirect,
    }
}

fn report_upgrade(responses: &Responses, at: &Pointer, diagnostics: &mut Diagnostics) {
    let upgrade = StatusCode::Code(101);
    if responses.responses.contains_key(&upgrade) && !responses.responses.keys().any(is_success) {
        diagnostics.report(
            Code::UnsupportedUpgrade,
            &at.child(upgrade.to_string()),
            "status 101 switches to another protocol, which the client does not support, so every call fails",
            "leave the operation out by `operations.exclude` in codegen.toml",
        );
    }
}

fn is_success(status: &StatusCode) -> bool {
    matches!(status, StatusCode::Code(200..=299) | StatusCode::Range(2))
}

/// Returns true for a redirect. 304 is not one: it means that the client has the content already.
fn is_redirect_elsewhere(status: &StatusCode) -> bool {
    matches!(status, StatusCode::Code(300..=303 | 305..=399) | StatusCode::Range(3))
}
