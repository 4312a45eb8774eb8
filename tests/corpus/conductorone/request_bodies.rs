//! Tests of request bodies: unions, enums, durations and 64-bit integers in protobuf's JSON.

use std::collections::BTreeMap;

use chrono::TimeDelta;
use conductorone::types::{
    AppEntitlement, Approval, CreatePolicyRequest, CreatePolicyRequestPolicyType, Policy, PolicyStep,
    PolicySteps, Provision, TaskServiceCreateGrantRequest, UpdateAppEntitlementRequestInput,
};
use conductorone::wire;
use serde_json::{Value, json};
use tests::server::{Reply, Server};

use crate::http::client;

async fn server(response: &'static str) -> Server {
    Server::with(move || Reply::json("200 OK", response)).await
}

/// Returns the JSON body of the only request so far.
fn sent(server: &Server, line: &str) -> Value {
    let request = server.only_request();
    assert_eq!((&*request.line, request.header("content-type")), (line, Some("application/json")));
    serde_json::from_str(&request.body).unwrap()
}

#[tokio::test]
async fn sends_bodies() {
    let server =
        server(r#"{"taskView":{"appPath":"$.expanded[0]","task":{"numericId":"9007199254740993"}}}"#).await;
    let body = TaskServiceCreateGrantRequest::new("ent_1", "app_1")
        .with_description("on call")
        .with_grant_duration(TimeDelta::hours(8));
    let response = client(server.url()).task().create_grant_task().body(&body).await.unwrap();
    let sent = sent(&server, "POST /api/v1/task/grant");
    assert_eq!((&sent["appEntitlementId"], &sent["appId"]), (&json!("ent_1"), &json!("app_1")));
    assert_eq!((&sent["description"], &sent["grantDuration"]), (&json!("on call"), &json!("28800s")));
    // A double cannot represent this value.
    assert_eq!(response.task_view.unwrap().task.unwrap().numeric_id, 9_007_199_254_740_993);
}

#[tokio::test]
async fn encodes_unions_as_one_property() {
    let steps = PolicySteps::default().with_steps(vec![
        PolicyStep::from(Approval::default()),
        PolicyStep::from(Provision::default()),
        PolicyStep::Unknown(wire::Object::from_iter([("escalate".to_owned(), json!({ "after": "3600s" }))])),
    ]);
    let body = CreatePolicyRequest::new("Grants")
        .with_policy_type(CreatePolicyRequestPolicyType::Grant)
        .with_policy_steps(BTreeMap::from([("grant".to_owned(), steps)]));
    let server =
        server(r#"{"policy":{"policySteps":{"grant":{"steps":[{"reject":{}},{"vote":{"of":3}}]}}}}"#).await;
    let response = client(server.url()).policies().create().body(&body).await.unwrap();
    let sent = sent(&server, "POST /api/v1/policies");
    let steps = sent["policySteps"]["grant"]["steps"].as_array().unwrap();
    let keys_of = |step: &Value| step.as_object().unwrap().keys().cloned().collect::<Vec<_>>();
    assert_eq!(steps.iter().map(keys_of).collect::<Vec<_>>(), [["approval"], ["provision"], ["escalate"]]);
    assert_eq!(steps[2], json!({ "escalate": { "after": "3600s" } }));
    assert_eq!(sent["policyType"], "POLICY_TYPE_GRANT");

    let Policy { policy_steps, .. } = response.policy.unwrap();
    let steps = &policy_steps["grant"].steps;
    assert!(matches!(steps[..], [PolicyStep::Reject(_), PolicyStep::Unknown(_)]), "{steps:?}");
    assert_eq!(serde_json::to_value(&steps[1]).unwrap(), json!({ "vote": { "of": 3 } }));
}

#[tokio::test]
async fn preserves_unknown_properties_when_updating() {
    let server = Server::responding(|request| match request.line.starts_with("GET") {
        true => Reply::json(
            "200 OK",
            r#"{"appEntitlementView":{"appEntitlement":
                {"id":"e","displayName":"old","durationGrant":"3600s","grantCount":"3","sinceThen":{"x":[1]}}}}"#,
        ),
        false => Reply::json("200 OK", "{}"),
    });
    let server = server.await;
    let client = client(server.url());
    let view = client.app_entitlements().get("a", "e").await.unwrap().app_entitlement_view.unwrap();
    let entitlement: AppEntitlement = view.app_entitlement.unwrap().with_display_name("new");
    let body = UpdateAppEntitlementRequestInput::default()
        .with_entitlement(entitlement)
        .with_update_mask("displayName");
    client.app_entitlements().update("a", "e").body(&body).await.unwrap();
    let request = &server.received()[1];
    assert_eq!(request.line, "POST /api/v1/apps/a/entitlements/e");
    let sent: Value = serde_json::from_str(&request.body).unwrap();
    assert_eq!(sent["updateMask"], "displayName");
    let sent = &sent["entitlement"];
    assert_eq!((&sent["displayName"], &sent["durationGrant"]), (&json!("new"), &json!("3600s")));
    // Unknown properties are preserved.
    assert_eq!((&sent["grantCount"], &sent["sinceThen"]), (&json!("3"), &json!({ "x": [1] })));
}

#[tokio::test]
async fn sends_an_empty_body_as_an_object() {
    let server = server("{}").await;
    client(server.url()).apps().delete("a").await.unwrap();
    let request = server.only_request();
    assert_eq!((&*request.line, &*request.body), ("DELETE /api/v1/apps/a", ""));
    let server = self::server("{}").await;
    client(server.url()).app_search().search().body(&Default::default()).await.unwrap();
    assert!(sent(&server, "POST /api/v1/search/apps").is_object());
}
