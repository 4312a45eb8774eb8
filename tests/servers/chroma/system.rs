//! Operations that belong to no tenant.

use chroma::runtime::Wait as _;
use tests::calls::Fault;

use super::{client, failed};

#[tokio::test]
async fn tells_its_state() {
    let client = client();
    let system = client.system();
    assert!(system.heartbeat().await.unwrap().nanosecond_heartbeat > 1_700_000_000_000_000_000);
    let checks = system.pre_flight_checks().await.unwrap();
    assert!(checks.max_batch_size > 0 && checks.supports_base64_encoding);
    let identity = client.authentication().get_user_identity().await.unwrap();
    assert_eq!(
        (&*identity.tenant, &*identity.databases),
        ("default_tenant", &["default_database".to_owned()][..])
    );
}

#[tokio::test]
async fn tells_its_version() {
    assert_eq!(client().system().version().await.unwrap(), "1.0.0");
}

#[tokio::test]
async fn health_is_documented_as_text() {
    let error = client().system().healthcheck().await.unwrap_err();
    assert!(error.is_decode(), "{error}");
    failed(&error, Fault::Document, "describes a string; the server sends an object");
}

#[tokio::test]
async fn reset_is_disabled() {
    let error = client().system().reset().await.unwrap_err();
    assert_eq!(error.status().unwrap(), 403);
    assert!(error.message().unwrap().contains("Reset is disabled"), "{error}");
}

#[test]
fn works_without_an_async_runtime() {
    assert!(client().system().heartbeat().wait().unwrap().nanosecond_heartbeat > 0);
}
