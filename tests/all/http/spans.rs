//! Tests of `tracing` output: a span for each call with the field names of OpenTelemetry, and its events.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::{Arc, Mutex};

use conductorone::runtime::testing::{MockResponse, TestTransport};
use conductorone::{Client, RequestExt};
use tests::server::{self, Server};
use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id, Record};
use tracing::{Event, Metadata, Subscriber};

use super::{TOKEN, client, get_entitlement};

/// The fields of a span or an event, by name.
type Fields = BTreeMap<String, String>;

/// Records all spans and events.
#[derive(Clone, Default)]
struct Recorder(Arc<Mutex<(Vec<Fields>, Vec<Fields>)>>);

struct FieldVisitor<'a>(&'a mut Fields);

impl Visit for FieldVisitor<'_> {
    fn record_debug(&mut self, field: &Field, value: &dyn fmt::Debug) {
        self.0.insert(field.name().to_owned(), format!("{value:?}"));
    }

    fn record_str(&mut self, field: &Field, value: &str) {
        self.0.insert(field.name().to_owned(), value.to_owned());
    }
}

impl Subscriber for Recorder {
    fn enabled(&self, metadata: &Metadata<'_>) -> bool {
        metadata.target().starts_with("conductorone")
    }

    fn new_span(&self, span: &Attributes<'_>) -> Id {
        let mut fields = Fields::new();
        span.record(&mut FieldVisitor(&mut fields));
        let spans = &mut self.0.lock().unwrap().0;
        spans.push(fields);
        Id::from_u64(spans.len() as u64)
    }

    fn record(&self, span: &Id, values: &Record<'_>) {
        let spans = &mut self.0.lock().unwrap().0;
        values.record(&mut FieldVisitor(&mut spans[span.into_u64() as usize - 1]));
    }

    fn record_follows_from(&self, _: &Id, _: &Id) {}

    fn event(&self, event: &Event<'_>) {
        let mut fields = Fields::new();
        event.record(&mut FieldVisitor(&mut fields));
        self.0.lock().unwrap().1.push(fields);
    }

    fn enter(&self, _: &Id) {}

    fn exit(&self, _: &Id) {}
}

/// Returns the span and the events of a call with these responses.
async fn record_call(replies: impl IntoIterator<Item = MockResponse>) -> (Fields, Vec<Fields>) {
    let recorder = Recorder::default();
    let guard = tracing::subscriber::set_default(recorder.clone());
    let builder = Client::builder().base_url("https://acme.test:8443/root").bearer_token(TOKEN);
    let client = builder.transport(TestTransport::with_responses(replies)).build().unwrap();
    let request = client.app_entitlements().get("app_secret", "ent_secret").with_query("key", &TOKEN);
    drop(request.with_header("x-key", TOKEN).await);
    drop(guard);
    let (mut spans, events) = recorder.0.lock().unwrap().clone();
    assert_eq!(spans.len(), 1);
    let shown = format!("{spans:?}{events:?}");
    assert!(!shown.contains(TOKEN) && !shown.contains("_secret"), "{shown}");
    (spans.remove(0), events)
}

#[track_caller]
fn check(fields: &Fields, expected: &[(&str, &str)]) {
    let expected: Fields =
        expected.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
    assert_eq!(*fields, expected);
}

/// The fields of the span of every call.
const CALL: [(&str, &str); 7] = [
    ("otel.name", "GET /api/v1/apps/{app_id}/entitlements/{id}"),
    ("otel.kind", "client"),
    ("http.request.method", "GET"),
    ("url.template", "/api/v1/apps/{app_id}/entitlements/{id}"),
    ("url.scheme", "https"),
    ("server.address", "acme.test"),
    ("server.port", "8443"),
];

#[tokio::test]
async fn a_call_has_a_span() {
    let (span, events) = record_call([MockResponse::json(200, &serde_json::json!({}))]).await;
    check(&span, &[&CALL[..], &[("http.response.status_code", "200")]].concat());
    assert!(events.is_empty());
}

#[tokio::test]
async fn a_call_over_the_network_has_a_span() {
    let server = Server::with(|| server::Reply::json("404 Not Found", "{}")).await;
    let recorder = Recorder::default();
    let guard = tracing::subscriber::set_default(recorder.clone());
    get_entitlement(&client(server.url())).await.unwrap_err();
    drop(guard);
    let spans = recorder.0.lock().unwrap().0.clone();
    let port = server.url().rsplit(':').next().unwrap().to_owned();
    assert_eq!((spans[0]["server.port"].as_str(), spans.len()), (port.as_str(), 1));
    assert_eq!(spans[0]["http.response.status_code"], "404");
    assert!(!format!("{spans:?}").contains("ent_release"), "{spans:?}");
}

#[tokio::test]
async fn attempts_are_events_of_the_span() {
    let failure = MockResponse::json(503, &serde_json::json!({ "message": format!("no {TOKEN}") }));
    let limited = MockResponse::status(429).with_header("retry-after", "7");
    let (span, events) =
        record_call([failure, limited, MockResponse::json(200, &serde_json::json!({}))]).await;
    let end_fields = [("http.response.status_code", "200"), ("http.request.resend_count", "2")];
    check(&span, &[&CALL[..], &end_fields].concat());
    let summary = |event: &Fields| [&event["attempt"], &event["error.type"]].map(String::clone);
    assert_eq!(events.iter().map(summary).collect::<Vec<_>>(), [["1", "503"], ["2", "429"]]);
    assert_eq!(events[1]["delay"], "7.0");
}

#[tokio::test]
async fn the_span_of_a_failure_has_the_error_type() {
    let (span, events) = record_call([MockResponse::status(404)]).await;
    let end_fields =
        [("http.response.status_code", "404"), ("error.type", "404"), ("otel.status_code", "ERROR")];
    check(&span, &[&CALL[..], &end_fields].concat());
    assert_eq!(events.len(), 1);

    let (span, events) = record_call([]).await;
    let end_fields =
        [("http.request.resend_count", "3"), ("error.type", "connect"), ("otel.status_code", "ERROR")];
    check(&span, &[&CALL[..], &end_fields].concat());
    assert_eq!(events.len(), 4);
}
