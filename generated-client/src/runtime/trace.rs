// @generated from the OpenAPI document: change that, and generate again.

//! What a call says about itself while it is on its way: a span a call, and within it an event for each attempt that
//! failed, by the names of OpenTelemetry's
//! [conventions for HTTP clients](https://opentelemetry.io/docs/specs/semconv/http/http-spans/#http-client-span).
//!
//! Nothing here can hold a secret. Of the URL there are the host and the path of the operation, without the values of
//! parameters; of a failure, its status or its kind. Without the feature `tracing` nothing is said.

#[cfg(not(feature = "tracing"))]
pub(super) use off::Span;
#[cfg(feature = "tracing")]
pub(super) use on::Span;

#[cfg(feature = "tracing")]
mod on {
    use std::time::Duration;

    use http::Uri;
    use tracing::field::Empty;
    use tracing::{Instrument, debug, info_span};

    use super::super::error::Error;
    use super::super::operation::Operation;
    use super::super::response::Response;

    /// The span of a call.
    pub(in super::super) struct Span(tracing::Span);

    impl Span {
        pub(in super::super) fn of(operation: &Operation, uri: &Uri) -> Self {
            let span = info_span!(
                "call",
                otel.name = %operation,
                otel.kind = "client",
                otel.status_code = Empty,
                http.request.method = operation.method().as_str(),
                http.request.resend_count = Empty,
                http.response.status_code = Empty,
                url.template = operation.path(),
                url.scheme = uri.scheme_str(),
                server.address = uri.host(),
                server.port = uri.port_u16(),
                "error.type" = Empty,
            );
            Self(span)
        }

        /// The call, within its span.
        pub(in super::super) fn around<T>(&self, call: impl Future<Output = T>) -> impl Future<Output = T> {
            call.instrument(self.0.clone())
        }

        pub(in super::super) fn failed(&self, error: &Error, delay: Option<Duration>) {
            let attempt = error.attempts();
            let error = error.type_name();
            match delay {
                Some(delay) => {
                    let delay = delay.as_secs_f64();
                    debug!(parent: &self.0, attempt, "error.type" = &*error, delay, "failed, and is tried again");
                }
                None => debug!(parent: &self.0, attempt, "error.type" = &*error, "failed"),
            }
        }

        /// What the call came to.
        pub(in super::super) fn ended(&self, attempts: u32, outcome: Result<&Response, &Error>) {
            let status = match outcome {
                Ok(response) => Some(response.status()),
                Err(error) => {
                    self.0.record("error.type", &*error.type_name());
                    self.0.record("otel.status_code", "ERROR");
                    error.status()
                }
            };
            if let Some(status) = status {
                self.0.record("http.response.status_code", status.as_u16());
            }
            if attempts > 1 {
                self.0.record("http.request.resend_count", attempts - 1);
            }
        }
    }
}

#[cfg(not(feature = "tracing"))]
mod off {
    use std::time::Duration;

    use http::Uri;

    use super::super::error::Error;
    use super::super::operation::Operation;
    use super::super::response::Response;

    /// Nothing.
    pub(in super::super) struct Span;

    impl Span {
        pub(in super::super) fn of(_: &Operation, _: &Uri) -> Self {
            Self
        }

        pub(in super::super) fn around<T>(&self, call: impl Future<Output = T>) -> impl Future<Output = T> {
            call
        }

        pub(in super::super) fn failed(&self, _: &Error, _: Option<Duration>) {}

        pub(in super::super) fn ended(&self, _: u32, _: Result<&Response, &Error>) {}
    }
}
