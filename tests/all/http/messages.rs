//! Tests of `google.protobuf.Any` messages: found by path, and decoded by their type names.

use conductorone::types::{AppEntitlement, AppEntitlementPurpose, Status};
use conductorone::wire::Any;
use tests::server::{Reply, Server};

use super::{client, get_entitlement};
use crate::bodies;

conductorone::known_messages! {
    /// The expanded messages that this program knows.
    enum Expanded {
        Entitlement(AppEntitlement),
        Status(Status),
    }
}

const BODY: &str = r#"{
    "appEntitlementView": { "appPath": "$.expanded[1]" },
    "expanded": [
        { "@type": "type.googleapis.com/c1.api.app.v1.AppEntitlement", "displayName": "Deploy",
          "purpose": "APP_ENTITLEMENT_PURPOSE_VALUE_ASSIGNMENT" },
        { "@type": "type.googleapis.com/c1.api.app.v1.App", "id": "app_ci" },
        { "@type": "type.googleapis.com/c1.api.app.v1.AppEntitlement", "grantCount": "many" }
    ]
}"#;

#[tokio::test]
async fn finds_and_decodes_expanded_messages() {
    let server = Server::with(|| Reply::json("200 OK", BODY)).await;
    let response = get_entitlement(&client(server.url())).await.unwrap();
    let view = response.app_entitlement_view.unwrap();
    let app = Any::at_path(&response.expanded, &view.app_path).unwrap();
    assert_eq!((app.type_name(), &app.fields["id"]), ("c1.api.app.v1.App", &"app_ci".into()));
    assert_eq!(Any::at_path(&response.expanded, &view.app_resource_path), None);

    let entitlement: AppEntitlement = response.expanded[0].decode().unwrap();
    assert_eq!(entitlement.display_name, "Deploy");
    assert_eq!(entitlement.purpose, AppEntitlementPurpose::Assignment);
    assert!(!app.is::<AppEntitlement>());
    let error = app.decode::<AppEntitlement>().unwrap_err();
    assert!(error.to_string().contains("c1.api.app.v1.App"), "{error}");

    let known = |index: usize| response.expanded[index].decode_known::<Expanded>();
    assert!(matches!(known(0).unwrap(), Expanded::Entitlement(it) if it.display_name == "Deploy"));
    assert!(matches!(known(1).unwrap(), Expanded::Unknown(any) if any == *app));
    assert!(known(2).is_err());
}

#[tokio::test]
async fn responses_round_trip() {
    let text = bodies::text("get-app-entitlement.json");
    let server = Server::with(move || Reply::json("200 OK", &text)).await;
    let response = get_entitlement(&client(server.url())).await.unwrap();
    let again: conductorone::types::GetAppEntitlementResponse =
        serde_json::from_value(serde_json::to_value(&response).unwrap()).unwrap();
    assert_eq!(again, response);
    assert_eq!(
        response.expanded.iter().map(Any::type_name).collect::<Vec<_>>(),
        ["c1.api.app.v1.App", "c1.api.app.v1.AppResourceType"]
    );
}
