//! Tracing: a span for each call, with an event for each failed attempt. Names follow OpenTelemetry's
//! [conventions for HTTP
//! clients](https://opentelemetry.io/docs/specs/semconv/http/http-spans/#http-client-span).
//!
//! No secrets are recorded. Of a URL, only the host and the path template of the operation are recorded,
//! without parameters; of an error, only its status or kind. Without the feature `tracing`, this module does
//! nothing.

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

    use super::super::super::api::operation::Operation;
    use super::super::super::error::Error;
    use super::super::super::net::response::Response;

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

        /// Runs the call within its span.
        pub(in super::super) fn instrument<T>(
            &self,
            call: impl Future<Output = T>,
        ) -> impl Future<Output = T> {
            call.instrument(self.0.clone())
        }

        pub(in super::super) fn failed(&self, error: &Error, delay: Option<Duration>) {
            let attempt = error.attempts();
            let error = error.type_name();
            match delay {
                Some(delay) => {
                    let delay = delay.as_secs_f64();
                    debug!(parent: &self.0, attempt, "error.type" = &*error, delay, "attempt failed, retrying");
                }
                None => debug!(parent: &self.0, attempt, "error.type" = &*error, "attempt failed"),
            }
        }

        /// Records the result of the call.
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

    use super::super::super::api::operation::Operation;
    use super::super::super::error::Error;
    use super::super::super::net::response::Response;

    /// Does nothing.
    pub(in super::super) struct Span;

    impl Span {
        pub(in super::super) fn of(_: &Operation, _: &Uri) -> Self {
            Self
        }

        pub(in super::super) fn instrument<T>(
            &self,
            call: impl Future<Output = T>,
        ) -> impl Future<Output = T> {
            call
        }

        pub(in super::super) fn failed(&self, _: &Error, _: Option<Duration>) {}

        pub(in super::super) fn ended(&self, _: u32, _: Result<&Response, &Error>) {}
    }
}
