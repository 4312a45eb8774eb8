// @generated from the OpenAPI document: change that, and generate again.

//! How errors come about: one constructor a cause, in the order in which a call can meet them.
//!
//! They are cold, so that the code that leads to them stands apart from what a call that succeeds passes through.

use std::borrow::Cow;
use std::sync::Arc;

use http::header::{CONTENT_ENCODING, CONTENT_TYPE};

use super::super::body::CollectError;
use super::super::operation::OperationRef;
use super::super::response::Response;
#[cfg(all(feature = "reqwest", not(target_os = "unknown")))]
use super::super::transport::BoxError;
use super::super::transport::{Failure, TransportError};
use super::super::wire;
use super::said::Said;
use super::{Error, ErrorKind, Inner};

impl Error {
    pub(in super::super) fn configuration(summary: impl Into<Cow<'static, str>>) -> Self {
        Inner::new(ErrorKind::Configuration, None, summary).into()
    }

    #[cfg(all(feature = "reqwest", not(target_os = "unknown")))]
    pub(in super::super) fn transport_setup(source: impl Into<BoxError>) -> Self {
        let inner = Inner::new(ErrorKind::Configuration, None, "the transport cannot be set up");
        Inner { source: Some(source.into()), ..inner }.into()
    }

    #[cfg(all(feature = "blocking", not(target_os = "unknown")))]
    pub(in super::super) fn blocking(summary: impl Into<Cow<'static, str>>) -> Self {
        Inner::new(ErrorKind::Blocking, None, summary).into()
    }

    #[cold]
    pub(in super::super) fn invalid_request(operation: OperationRef, summary: String) -> Self {
        Inner::new(ErrorKind::InvalidRequest, Some(operation), summary).into()
    }

    #[cold]
    pub(in super::super) fn sent_already(operation: OperationRef) -> Self {
        let summary = "the body is a stream, and has been sent already";
        Inner::new(ErrorKind::InvalidRequest, Some(operation), summary).into()
    }

    #[cold]
    pub(in super::super) fn encode(operation: OperationRef, source: wire::EncodeError) -> Self {
        let inner = Inner::new(ErrorKind::InvalidRequest, Some(operation), "the body cannot be encoded");
        Inner { source: Some(source.into()), ..inner }.into()
    }

    #[cold]
    pub(in super::super) fn transport(operation: OperationRef, error: TransportError) -> Self {
        let summary = error.to_string();
        let kind = match error.failure {
            Failure::Connect => ErrorKind::Connect,
            Failure::Timeout => ErrorKind::Timeout,
            Failure::Broken => ErrorKind::Transport,
            Failure::Refused => ErrorKind::Refused,
            Failure::Credentials => ErrorKind::Credentials,
        };
        Inner { source: Some(error.source), ..Inner::new(kind, Some(operation), summary) }.into()
    }

    /// The head of a response came, its body did not.
    #[cold]
    pub(in super::super) fn no_body(head: Response, error: CollectError) -> Self {
        let inner = match error {
            CollectError::TooLong => {
                Inner::new(ErrorKind::ResponseLimit, None, "the body is longer than the client takes")
            }
            CollectError::Transport(error) => {
                let kind = match error.failure {
                    Failure::Timeout => ErrorKind::Timeout,
                    _ => ErrorKind::Transport,
                };
                let summary = format!("{error} before the end of the body");
                Inner { source: Some(error.source), ..Inner::new(kind, None, summary) }
            }
        };
        inner.about(head)
    }

    #[cold]
    pub(in super::super) fn redirect(response: Response, location: &str) -> Self {
        let summary = format!("redirects to {location}, which is not followed");
        Inner::new(ErrorKind::Redirect, None, summary).about(response)
    }

    #[cold]
    pub(in super::super) fn status_of(response: Response) -> Self {
        let said = Said::read(response.body(), response.secrets());
        Inner { said, ..Inner::new(ErrorKind::Status, None, "") }.about(response)
    }

    #[cold]
    pub(in super::super) fn not_text(response: Response, error: std::str::Utf8Error) -> Self {
        let inner = Inner::new(ErrorKind::Decode, None, "the body is no text");
        Inner { source: Some(error.into()), ..inner }.about(response)
    }

    #[cold]
    pub(in super::super) fn undecodable(response: Response, error: wire::DecodeError) -> Self {
        // What was met instead of the value is left to the source: it is part of the body.
        let said = |name| response.headers().get(name).map(|value| value.to_str().unwrap_or("not text"));
        let summary = match (said(CONTENT_ENCODING), said(CONTENT_TYPE)) {
            _ if response.body().is_empty() => "the body is empty".to_owned(),
            // Nobody has asked for it, and to unpack what a server has packed takes memory that nothing bounds.
            (Some(coding), _) if !coding.eq_ignore_ascii_case("identity") => {
                format!("the body is compressed ({coding})")
            }
            (_, Some(kind)) if !is_json(kind) => format!("the body is {kind}, not JSON"),
            _ => format!("the body does not decode at {}", error.path()),
        };
        Inner::undecodable(response, error, summary)
    }

    /// A header is not what the document says. What it holds instead may be a secret, and is not said.
    #[cold]
    pub(in super::super) fn undecodable_header(response: Response, name: &str, problem: &str) -> Self {
        Inner::new(ErrorKind::Decode, None, format!("the header `{name}` {problem}")).about(response)
    }

    /// An item of an answer that goes on and on is not what the document says. The body of the response is the item.
    #[cold]
    pub(in super::super) fn undecodable_item(
        response: Response,
        item: u64,
        error: wire::DecodeError,
    ) -> Self {
        let summary = format!("item {item} of the stream does not decode at {}", error.path());
        Inner::undecodable(response, error, summary)
    }

    /// An item is longer than the client takes.
    #[cold]
    pub(in super::super) fn long_item(head: Response, item: u64) -> Self {
        let summary = format!("item {item} of the stream is longer than the client takes");
        Inner::new(ErrorKind::ResponseLimit, None, summary).about(head)
    }

    /// The body is none of those that can be read item by item.
    #[cold]
    pub(in super::super) fn no_stream(head: Response, summary: String) -> Self {
        Inner::new(ErrorKind::Decode, None, summary).about(head)
    }

    /// A page is not asked for.
    #[cold]
    pub(in super::super) fn pages(response: Response, summary: String) -> Self {
        Inner::new(ErrorKind::Pages, None, summary).about(response)
    }
}

impl Error {
    /// The same error, of a call that has taken so many attempts.
    #[cold]
    pub(in super::super) fn after(mut self, attempts: u32) -> Self {
        // Nobody else has it yet.
        if let Some(inner) = Arc::get_mut(&mut self.0) {
            inner.attempts = attempts;
        }
        self
    }
}

impl Inner {
    fn new(kind: ErrorKind, operation: Option<OperationRef>, summary: impl Into<Cow<'static, str>>) -> Self {
        let said = Said::default();
        Self { kind, operation, summary: summary.into(), said, response: None, attempts: 0, source: None }
    }

    /// What was met is said in the source, but for secrets.
    fn undecodable(response: Response, error: wire::DecodeError, summary: String) -> Error {
        let problem = error.problem();
        let (path, problem) = (response.secrets().hide(error.path()), response.secrets().hide(&problem));
        let error = match (&path, &problem) {
            (Cow::Borrowed(_), Cow::Borrowed(_)) => error,
            _ => wire::DecodeError::at(path.into_owned(), problem.into_owned()),
        };
        Self { source: Some(error.into()), ..Self::new(ErrorKind::Decode, None, summary) }.about(response)
    }

    fn about(self, response: Response) -> Error {
        let (operation, attempts) = (Some(response.operation_ref()), response.attempts());
        Self { operation, attempts, response: Some(response), ..self }.into()
    }
}

/// Whether a content type is JSON or made of it: `application/json; charset=utf-8`, `application/problem+json`.
fn is_json(content_type: &str) -> bool {
    let essence = content_type.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    essence.ends_with("/json") || essence.ends_with("+json")
}
