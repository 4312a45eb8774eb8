//! What a call says about itself to `tracing`: a span by OpenTelemetry's names, and events within it.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::{Arc, Mutex};

use conductorone::runtime::testing::{Reply, TestTransport};
use conductorone::{Client, RequestExt};
use tests::server::{self, Server};
use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id, Record};
use tracing::{Event, Metadata, Subscriber};

use super::{TOKEN, client, get_entitlement};

/// The fields of a span or an event by name.
type Fields = BTreeMap<String, String>;

/// Keeps everything that is said.
#[derive(Clone, Default)]
struct Kept(Arc<Mutex<(Vec<Fields>, Vec<Fields>)>>);

struct Into<'a>(&'a mut Fields);

impl Visit for Into<'_> {
    fn record_debug(&mut self, field: &Field, value: &dyn fmt::Debug) {
        self.0.insert(field.name().to_owned(), format!("{value:?}"));
    }

    fn record_str(&mut self, field: &Field, value: &str) {
        self.0.insert(field.name().to_owned(), value.to_owned());
    }
}

impl Subscriber for Kept {
    fn enabled(&self, metadata: &Metadata<'_>) -> bool {
        metadata.target().starts_with("conductorone")
    }

    fn new_span(&self, span: &Attributes<'_>) -> Id {
        let mut fields = Fields::new();
        span.record(&mut Into(&mut fields));
        let spans = &mut self.0.lock().unwrap().0;
        spans.push(fields);
        Id::from_u64(spans.len() as u64)
    }

    fn record(&self, span: &Id, values: &Record<'_>) {
        let spans = &mut self.0.lock().unwrap().0;
        values.record(&mut Into(&mut spans[span.into_u64() as usize - 1]));
    }

    fn record_follows_from(&self, _: &Id, _: &Id) {}

    fn event(&self, event: &Event<'_>) {
        let mut fields = Fields::new();
        event.record(&mut Into(&mut fields));
        self.0.lock().unwrap().1.push(fields);
    }

    fn enter(&self, _: &Id) {}

    fn exit(&self, _: &Id) {}
}

/// What is said during a call that is answered like this: its span, and the events.
async fn said(replies: impl IntoIterator<Item = Reply>) -> (Fields, Vec<Fields>) {
    let kept = Kept::default();
    let guard = tracing::subscriber::set_default(kept.clone());
    let builder = Client::builder().base_url("https://acme.test:8443/root").bearer_token(TOKEN);
    let client = builder.transport(TestTransport::replying(replies)).build().unwrap();
    let request = client.app_entitlements().get("app_secret", "ent_secret").with_query("key", &TOKEN);
    drop(request.with_header("x-key", TOKEN).await);
    drop(guard);
    let (mut spans, events) = kept.0.lock().unwrap().clone();
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

/// What the span of every call has.
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
async fn a_call_is_a_span() {
    let (span, events) = said([Reply::json(200, &serde_json::json!({}))]).await;
    check(&span, &[&CALL[..], &[("http.response.status_code", "200")]].concat());
    assert!(events.is_empty());
}

#[tokio::test]
async fn a_call_over_the_network_is_one_as_well() {
    let server = Server::with(|| server::Reply::json("404 Not Found", "{}")).await;
    let kept = Kept::default();
    let guard = tracing::subscriber::set_default(kept.clone());
    get_entitlement(&client(server.url())).await.unwrap_err();
    drop(guard);
    let spans = kept.0.lock().unwrap().0.clone();
    let port = server.url().rsplit(':').next().unwrap().to_owned();
    assert_eq!((spans[0]["server.port"].as_str(), spans.len()), (port.as_str(), 1));
    assert_eq!(spans[0]["http.response.status_code"], "404");
    assert!(!format!("{spans:?}").contains("ent_release"), "{spans:?}");
}

#[tokio::test]
async fn attempts_and_waits_are_events_of_one_span() {
    let failure = Reply::json(503, &serde_json::json!({ "message": format!("no {TOKEN}") }));
    let limited = Reply::status(429).with_header("retry-after", "7");
    let (span, events) = said([failure, limited, Reply::json(200, &serde_json::json!({}))]).await;
    let ended = [("http.response.status_code", "200"), ("http.request.resend_count", "2")];
    check(&span, &[&CALL[..], &ended].concat());
    let summary = |event: &Fields| [&event["attempt"], &event["error.type"]].map(String::clone);
    assert_eq!(events.iter().map(summary).collect::<Vec<_>>(), [["1", "503"], ["2", "429"]]);
    assert_eq!(events[1]["delay"], "7.0");
}

#[tokio::test]
async fn a_failure_is_a_span_with_its_type() {
    let (span, events) = said([Reply::status(404)]).await;
    let ended = [("http.response.status_code", "404"), ("error.type", "404"), ("otel.status_code", "ERROR")];
    check(&span, &[&CALL[..], &ended].concat());
    assert_eq!(events.len(), 1);

    let (span, events) = said([]).await;
    let ended =
        [("http.request.resend_count", "3"), ("error.type", "connect"), ("otel.status_code", "ERROR")];
    check(&span, &[&CALL[..], &ended].concat());
    assert_eq!(events.len(), 4);
}
