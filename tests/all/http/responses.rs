//! Tests of responses: typed values, documented and other statuses, and invalid bodies.

use std::error::Error as _;

use conductorone::types::{AppEntitlementPurpose, ProvisionPolicy, Status};
use conductorone::{Client, Error, ErrorKind};
use serde_json::{Value, json};
use wiremock::matchers::{header, method, path};
use wiremock::{Mock, MockServer, ResponseTemplate};

use super::{ENTITLEMENT_PATH, OWNER_PATH, TOKEN, client, get_entitlement, get_owner, mock_server};
use crate::bodies;

/// Returns a server with the same response for both operations.
async fn responding(response: ResponseTemplate) -> MockServer {
    let server = mock_server().await;
    Mock::given(method("GET")).respond_with(response).mount(&server).await;
    server
}

/// Returns the errors of both operations for a response.
async fn failures(response: ResponseTemplate) -> [Error; 2] {
    let server = responding(response).await;
    let client = client(server.uri());
    [get_owner(&client).await.unwrap_err(), get_entitlement(&client).await.unwrap_err()]
}

#[tokio::test]
async fn both_operations_return_typed_values() {
    let server = mock_server().await;
    for (url_path, body) in
        [(OWNER_PATH, "get-entitlement-owner.json"), (ENTITLEMENT_PATH, "get-app-entitlement.json")]
    {
        Mock::given(method("GET"))
            .and(path(url_path))
            .and(header("authorization", format!("Bearer {TOKEN}")))
            .respond_with(ResponseTemplate::new(200).set_body_raw(bodies::text(body), "application/json"))
            .expect(1)
            .mount(&server)
            .await;
    }
    // With the default transport, like users build it.
    let client = Client::builder().base_url(server.uri()).bearer_token(TOKEN).build().unwrap();

    let owner = get_owner(&client).await.unwrap().connector_owner_entitlement.unwrap();
    let entitlement = owner.app_entitlement.unwrap();
    assert_eq!(entitlement.purpose, AppEntitlementPurpose::Assignment);
    match entitlement.provisioner_policy {
        Some(ProvisionPolicy::MultiStep(steps)) => assert_eq!(steps.provision_steps.len(), 3),
        other => panic!("not several steps: {other:?}"),
    }

    let response = get_entitlement(&client).await.unwrap();
    assert_eq!(response.expanded.len(), 2);
    let entitlement = response.app_entitlement_view.unwrap().app_entitlement.unwrap();
    assert_eq!(entitlement.display_name, "Release manager");
}

#[tokio::test]
async fn responses_of_newer_servers_decode() {
    let drift = bodies::text("get-app-entitlement.drift.json");
    let server = responding(ResponseTemplate::new(200).set_body_raw(drift, "application/json")).await;
    let response = get_entitlement(&client(server.uri())).await.unwrap();
    let entitlement = response.app_entitlement_view.unwrap().app_entitlement.unwrap();
    assert!(matches!(entitlement.provisioner_policy, Some(ProvisionPolicy::Unknown(_))));
}

#[tokio::test]
async fn error_statuses_have_all_details() {
    type Predicate = fn(&Error) -> bool;
    let predicates: [(u16, Predicate); 7] = [
        (400, Error::is_bad_request),
        (401, Error::is_unauthorized),
        (403, Error::is_forbidden),
        (404, Error::is_not_found),
        (409, Error::is_conflict),
        (429, Error::is_rate_limited),
        (500, Error::is_server_error),
    ];
    // The document does not mention the last one.
    for status in [400, 401, 403, 404, 409, 429, 500, 418] {
        let body = json!({
            "code": status - 390,
            "message": format!("no, for {status} reasons (request-id: r-{status})"),
            "details": [{ "@type": "type.googleapis.com/google.rpc.ErrorInfo", "reason": "BECAUSE" }],
        });
        let response = ResponseTemplate::new(status)
            .insert_header("c1-trace-id", format!("r-{status}"))
            .insert_header("retry-after", "7")
            .set_body_json(&body);
        for error in failures(response).await {
            assert_eq!(error.kind(), ErrorKind::Status);
            assert_eq!(error.status().unwrap().as_u16(), status);
            for (expected_status, predicate) in predicates {
                assert_eq!(predicate(&error), expected_status == status, "{status}: {expected_status}");
            }
            assert_eq!(error.request_id(), Some(format!("r-{status}").as_str()));
            assert_eq!(error.headers().unwrap()["retry-after"], "7");
            assert_eq!(error.code(), Some((status - 390).to_string().as_str()));
            assert_eq!(error.message(), body["message"].as_str());
            let raw: Value = serde_json::from_slice(error.raw_body().unwrap()).unwrap();
            assert_eq!(raw, body);

            let decoded: Status = error.decode().unwrap().unwrap();
            assert_eq!(decoded.code, i32::from(status) - 390);
            assert_eq!(decoded.details[0].type_name(), "google.rpc.ErrorInfo");
            assert_eq!(decoded.details[0].fields["reason"], "BECAUSE");
            assert!(decoded.unknown_fields.is_empty());

            let text = error.to_string();
            assert!(text.starts_with("GET /api/v"), "{text}");
            assert!(text.contains(&format!(": {status} ")), "{text}");
            assert!(
                text.ends_with(&format!(": no, for {status} reasons (request-id: r-{status})")),
                "{text}"
            );
        }
    }
}

#[tokio::test]
async fn errors_name_the_operation() {
    let [owner, entitlement] = failures(ResponseTemplate::new(404)).await;
    let operation = owner.operation().unwrap();
    assert_eq!(operation.id(), "c1.api.app.v2.ConnectorOwners.GetEntitlementOwner");
    assert_eq!(entitlement.operation().unwrap().id(), "c1.api.app.v1.AppEntitlements.Get");
    assert_eq!(entitlement.to_string(), "GET /api/v1/apps/{app_id}/entitlements/{id}: 404 Not Found");
}

#[tokio::test]
async fn decodes_the_published_error() {
    let text = bodies::text("error-not-found.json");
    let response = ResponseTemplate::new(404)
        .insert_header("c1-trace-id", "b83e0f47")
        .set_body_raw(text.clone(), "application/json");
    for error in failures(response).await {
        assert!(error.is_not_found());
        assert_eq!(error.request_id(), Some("b83e0f47"));
        assert_eq!(error.raw_body().unwrap(), text.as_bytes());
        assert_eq!(error.decode::<Status>().unwrap().unwrap().code, 5);
    }
}

#[tokio::test]
async fn keeps_error_bodies_that_are_not_json() {
    for (body, kind) in [
        ("upstream request timeout", "text/plain"),
        ("<html>Bad Gateway</html>", "text/html"),
        ("", "text/plain"),
    ] {
        for error in failures(ResponseTemplate::new(502).set_body_raw(body, kind)).await {
            assert!(error.is_server_error() && !error.is_decode());
            assert_eq!(error.raw_body().unwrap(), body);
            assert!(error.decode::<Status>().unwrap().is_err());
            assert_eq!((error.code(), error.message(), error.request_id()), (None, None, None));
            assert!(error.to_string().ends_with(": 502 Bad Gateway"), "{error}");
        }
    }
}

#[tokio::test]
async fn rejects_html_responses() {
    let page = "<html>Please log in</html>";
    let response = ResponseTemplate::new(200)
        .insert_header("c1-trace-id", "r1")
        .set_body_raw(page, "text/html; charset=utf-8");
    for error in failures(response).await {
        assert!(error.is_decode());
        assert_eq!(error.status().unwrap(), 200);
        assert_eq!(error.request_id(), Some("r1"));
        assert_eq!(error.raw_body().unwrap(), page);
        let end = " (request id r1): the response body is text/html; charset=utf-8, not JSON";
        assert!(error.to_string().ends_with(end), "{error}");
    }
}

#[tokio::test]
async fn decode_errors_have_a_json_path() {
    let mut owner: Value = serde_json::from_str(&bodies::text("get-entitlement-owner.json")).unwrap();
    owner["connectorOwnerEntitlement"]["appEntitlement"]["grantCount"] = json!("private");
    let server = responding(ResponseTemplate::new(200).set_body_json(&owner)).await;
    let error = get_owner(&client(server.uri())).await.unwrap_err();
    assert!(error.is_decode());
    let location = "$.connectorOwnerEntitlement.appEntitlement.grantCount";
    assert_eq!(error.json_path(), Some(location));
    let end = format!(r#": response body at {location}: expected a 64-bit integer, got "private""#);
    assert!(error.to_string().ends_with(&end), "{error}");
    assert!(error.source().unwrap().to_string().contains("private"));
    assert_eq!(serde_json::from_slice::<Value>(error.raw_body().unwrap()).unwrap(), owner);
}

#[tokio::test]
async fn rejects_empty_bodies() {
    for status in [200, 204] {
        for error in failures(ResponseTemplate::new(status)).await {
            assert!(error.is_decode());
            assert!(
                error.to_string().ends_with(": the request succeeded, but the response has no content"),
                "{error}"
            );
        }
    }
}
