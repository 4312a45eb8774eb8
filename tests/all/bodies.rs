//! Tests with bodies of the reference API: decoded values, preserved unknown properties, and encoded bodies.
//!
//! Each file of `bodies/` is one body. Its name has the type and the kind of the body: from a server (no infix), from a
//! newer server (`drift`), or from the documentation, with all variants of every union at once (`all-variants`).

use std::collections::BTreeMap;
use std::fmt::Debug;
use std::fs;
use std::path::Path;

use chrono::{DateTime, TimeDelta, Utc};
use conductorone::types::{
    AccountProvision, AccountProvisionStorageType, AppEntitlement, AppEntitlementMaxGrantDuration,
    AppEntitlementPurpose, ConnectorProvision, DelegatedProvision, GetAppEntitlementResponse,
    GetConnectorEntitlementOwnerResponse, GroupProvisioner, ManualProvision, MultiStep, ProvisionPolicy,
    ProvisionerAssignment, SaveToVault, Status, UnconfiguredProvision, WebhookProvision,
};
use conductorone::wire::{self, Object, Value};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::json;
use tests::BODIES;

/// The folder of published bodies, which is optional and not part of the workspace.
const EXAMPLES: &str = "../../../shared/examples";

/// Reads one of our bodies.
pub(crate) fn text(name: &str) -> String {
    let path = Path::new(BODIES).join(name);
    fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// Reads one of our bodies as JSON.
fn json(name: &str) -> Value {
    serde_json::from_str(&text(name)).unwrap()
}

/// Decodes one of our bodies.
fn typed<T: DeserializeOwned>(name: &str) -> T {
    wire::from_slice(text(name).as_bytes()).unwrap_or_else(|error| panic!("{name}: {error}"))
}

fn owning_entitlement(name: &str) -> AppEntitlement {
    let response: GetConnectorEntitlementOwnerResponse = typed(name);
    response.connector_owner_entitlement.unwrap().app_entitlement.unwrap()
}

fn viewed_entitlement(name: &str) -> AppEntitlement {
    let response: GetAppEntitlementResponse = typed(name);
    response.app_entitlement_view.unwrap().app_entitlement.unwrap()
}

fn time(text: &str) -> Option<DateTime<Utc>> {
    Some(text.parse().unwrap())
}

fn object(value: Value) -> Object {
    match value {
        Value::Object(object) => object,
        other => panic!("not an object: {other}"),
    }
}

// Bodies of a server.

#[test]
fn decodes_an_owning_entitlement() {
    let response: GetConnectorEntitlementOwnerResponse = typed("get-entitlement-owner.json");
    let owner = response.connector_owner_entitlement.unwrap();
    assert_eq!((owner.app_id.as_str(), owner.connector_id.as_str()), ("app_crm", "con_crm"));
    assert_eq!(owner.created_at, time("2022-04-02T09:30:00Z"));
    assert_eq!(owner.role_slug, "owner");

    let entitlement = owner.app_entitlement.unwrap();
    assert_eq!(entitlement.alias, "crm-export");
    assert_eq!(entitlement.annotations, BTreeMap::new());
    assert_eq!(entitlement.compliance_framework_value_ids, ["cfv_gdpr", "cfv_soc2"]);
    assert_eq!(entitlement.created_at, time("2022-04-01T06:00:00Z"));
    assert_eq!(entitlement.deleted_at, None);
    assert_eq!(entitlement.updated_at, time("2025-12-31T22:33:44.654321Z"));
    // A double cannot represent this value.
    assert_eq!(entitlement.grant_count, 9_007_199_254_740_995);
    assert_eq!(entitlement.purpose, AppEntitlementPurpose::Assignment);
    assert_eq!(entitlement.purpose.as_str(), "APP_ENTITLEMENT_PURPOSE_VALUE_ASSIGNMENT");
    let sources = BTreeMap::from([("con_crm".to_owned(), "profile-77".to_owned())]);
    assert_eq!(entitlement.source_connector_ids, sources);
    assert!(entitlement.is_automation_enabled && !entitlement.system_builtin);
    assert_eq!(entitlement.user_edited_mask.as_deref(), Some("slug,displayName"));
    let duration = entitlement.max_grant_duration.as_ref().unwrap();
    assert_eq!(duration.as_duration_grant(), Some(TimeDelta::minutes(90)));
    assert_eq!(duration.as_duration_unset(), None);
}

#[test]
fn decodes_a_policy_with_several_steps() {
    let entitlement = owning_entitlement("get-entitlement-owner.json");
    let policy = entitlement.provisioner_policy.unwrap();
    let [first, second, third] = policy.as_multi_step().unwrap().provision_steps.as_slice() else {
        panic!("not three steps: {policy:?}")
    };

    let manual = first.as_manual().unwrap();
    assert_eq!(manual.instructions, "Check that the contract is signed.");
    let group = manual.assignee.as_ref().unwrap().as_group().unwrap();
    assert_eq!((group.app_group_id.as_str(), group.app_id.as_str()), ("grp_privacy", "app_crm"));
    assert_eq!(group.fallback_user_ids, ["usr_dpo"]);
    assert!(group.allow_reassignment);

    assert_eq!(second.as_webhook().unwrap().webhook_id, "wh_notify");

    let inner = &third.as_multi_step().unwrap().provision_steps;
    assert_eq!(inner[..], [UnconfiguredProvision::default().into()]);
}

#[test]
fn decodes_nested_unions_and_free_form_fields() {
    let entitlement = owning_entitlement("get-entitlement-owner.json");
    let Some(ProvisionPolicy::Connector(ConnectorProvision::Account(account))) =
        entitlement.deprovisioner_policy
    else {
        panic!("not an account: {:?}", entitlement.deprovisioner_policy)
    };
    assert_eq!((account.connector_id.as_str(), account.schema_id.as_str()), ("con_crm", "schema_seat"));
    assert_eq!(account.config, Some(object(json!({ "site": "hamburg", "licences": 5 }))));
    let storage = account.storage_type.unwrap();
    assert_eq!(storage.as_save_to_vault().unwrap().vault_ids, ["vault_sales", "vault_audit"]);
    assert_eq!(storage.as_do_not_save(), None);
}

#[test]
fn decodes_an_entitlement_with_expanded_messages() {
    let response: GetAppEntitlementResponse = typed("get-app-entitlement.json");
    let view = response.app_entitlement_view.unwrap();
    assert_eq!(view.app_path, "$.expanded[0]");
    assert_eq!(view.app_resource_path, "");
    assert_eq!(view.object_permissions, None);

    let entitlement = view.app_entitlement.unwrap();
    assert_eq!(entitlement.grant_count, 0);
    assert_eq!(entitlement.purpose, AppEntitlementPurpose::Unspecified);
    assert_eq!(entitlement.user_edited_mask.as_deref(), Some(""));
    assert_eq!(entitlement.updated_at, None);
    let duration = entitlement.max_grant_duration.unwrap();
    assert_eq!(duration.as_duration_unset(), Some(&Object::new()));
    let delegated = DelegatedProvision::default()
        .with_app_id("app_ci")
        .with_entitlement_id("ent_developer")
        .with_implicit(true);
    assert_eq!(entitlement.provisioner_policy, Some(delegated.into()));
    assert_eq!(entitlement.deprovisioner_policy, Some(UnconfiguredProvision::default().into()));

    let names = response.expanded.iter().map(wire::Any::type_name).collect::<Vec<_>>();
    assert_eq!(names, ["c1.api.app.v1.App", "c1.api.app.v1.AppResourceType"]);
    assert_eq!(response.expanded[0].type_url, "type.googleapis.com/c1.api.app.v1.App");
    assert_eq!(response.expanded[1].fields["displayName"], "Project");
    // Decoding as another type fails, except with `decode_as`. Here the types have similar properties.
    assert!(response.expanded[0].decode::<AppEntitlement>().is_err());
    let app: AppEntitlement = response.expanded[0].decode_as().unwrap();
    assert_eq!((app.id.as_str(), app.display_name.as_str()), ("app_ci", "Build farm"));
}

#[test]
fn decodes_an_error() {
    let status: Status = typed("error-not-found.json");
    assert_eq!(status.code, 5);
    assert_eq!(status.message, "connector owner not found (request-id: b83e0f47)");
    assert_eq!(status.details[0].type_name(), "google.rpc.ErrorInfo");
    assert_eq!(status.details[0].fields["reason"], "NOT_FOUND");
}

// Bodies of a newer server.

#[test]
fn preserves_responses_of_newer_servers() {
    let response: GetAppEntitlementResponse = typed("get-app-entitlement.drift.json");
    assert_eq!(response.expanded, []);
    let view = response.app_entitlement_view.unwrap();
    assert_eq!(view.app_path, "");

    let entitlement = view.app_entitlement.unwrap();
    assert_eq!(entitlement.grant_count, 31);
    assert_eq!(entitlement.compliance_framework_value_ids, Vec::<String>::new());
    assert_eq!(entitlement.max_grant_duration, None);

    let AppEntitlementPurpose::Unknown(purpose) = &entitlement.purpose else {
        panic!("not unknown: {:?}", entitlement.purpose)
    };
    assert_eq!(purpose.as_str(), "APP_ENTITLEMENT_PURPOSE_VALUE_NOT_YET_NAMED");
    assert_eq!(entitlement.purpose.to_string(), purpose.as_str());

    let pigeon = object(json!({ "carrierPigeon": { "loftId": "loft_4", "birds": 3 } }));
    assert_eq!(entitlement.provisioner_policy, Some(ProvisionPolicy::Unknown(pigeon)));

    // Null properties next to the one with a value are ignored.
    let policy = entitlement.deprovisioner_policy.unwrap();
    let webhook = policy.as_webhook().unwrap();
    assert_eq!(webhook.webhook_id, "wh_goodbye");
    assert_eq!(webhook.unknown_fields.get("laterMember"), Some(json!([8, 13])));
    assert_eq!(entitlement.unknown_fields.iter().count(), 1);
    let deep = json!({ "deep": { "deeper": false } });
    assert_eq!(entitlement.unknown_fields.get("anotherLaterMember"), Some(deep));
}

#[test]
fn preserves_unknown_properties_at_every_level() {
    let mut body = json("get-entitlement-owner.json");
    let locations = [
        "",
        "/connectorOwnerEntitlement",
        "/connectorOwnerEntitlement/appEntitlement",
        "/connectorOwnerEntitlement/appEntitlement/deprovisionerPolicy/connector/account",
        "/connectorOwnerEntitlement/appEntitlement/deprovisionerPolicy/connector/account/saveToVault",
        "/connectorOwnerEntitlement/appEntitlement/provisionerPolicy/multiStep",
        "/connectorOwnerEntitlement/appEntitlement/provisionerPolicy/multiStep/provisionSteps/0/manual",
        "/connectorOwnerEntitlement/appEntitlement/provisionerPolicy/multiStep/provisionSteps/0/manual\
         /assignee/group",
        "/connectorOwnerEntitlement/appEntitlement/provisionerPolicy/multiStep/provisionSteps/1/webhook",
        "/connectorOwnerEntitlement/appEntitlement/provisionerPolicy/multiStep/provisionSteps/2/multiStep\
         /provisionSteps/0/unconfigured",
    ];
    for location in locations {
        body.pointer_mut(location).unwrap()["later"] = json!({ "at": location, "numbers": [1, 1.5, null] });
    }
    let decoded: GetConnectorEntitlementOwnerResponse =
        wire::from_slice(body.to_string().as_bytes()).unwrap();
    assert_eq!(format!("{decoded:?}").matches("unknown_fields: {\"later\":").count(), locations.len());
    let encoded = serde_json::to_value(&decoded).unwrap();
    for location in locations {
        assert_eq!(
            encoded.pointer(location).unwrap()["later"],
            body.pointer(location).unwrap()["later"],
            "{location}"
        );
    }
}

#[test]
fn preserves_numeric_enum_values() {
    let mut body = json("get-app-entitlement.json");
    body["appEntitlementView"]["appEntitlement"]["purpose"] = json!(17);
    let decoded: GetAppEntitlementResponse = wire::from_slice(body.to_string().as_bytes()).unwrap();
    let entitlement = decoded.app_entitlement_view.as_ref().unwrap().app_entitlement.as_ref().unwrap();
    let AppEntitlementPurpose::Unknown(purpose) = &entitlement.purpose else {
        panic!("not unknown: {:?}", entitlement.purpose)
    };
    assert_eq!(purpose.as_number(), Some(17));
    assert_eq!(entitlement.purpose.as_str(), "17");
    assert_eq!(serde_json::to_value(entitlement).unwrap()["purpose"], json!(17));
}

#[test]
fn missing_and_null_fields_decode_to_defaults() {
    for body in ["{}", r#"{"appEntitlementView":null,"expanded":null}"#] {
        let decoded: GetAppEntitlementResponse = wire::from_slice(body.as_bytes()).unwrap();
        assert_eq!(decoded, GetAppEntitlementResponse::default());
    }
    // All documented properties, as null.
    let received = &json("get-app-entitlement.all-members.json")["appEntitlementView"]["appEntitlement"];
    let names = received.as_object().unwrap().keys();
    let all_null = names.map(|name| (name.clone(), Value::Null)).collect::<Object>();
    let decoded: AppEntitlement = wire::from_slice(Value::Object(all_null).to_string().as_bytes()).unwrap();
    assert_eq!(decoded, AppEntitlement::default());
}

// Bodies from the documentation.

#[test]
fn preserves_unions_with_several_variants() {
    let entitlement = owning_entitlement("get-entitlement-owner.all-members.json");
    let received = &json("get-entitlement-owner.all-members.json")["connectorOwnerEntitlement"];
    assert_preserved(&entitlement, &received["appEntitlement"], 8);

    let entitlement = viewed_entitlement("get-app-entitlement.all-members.json");
    let received = &json("get-app-entitlement.all-members.json")["appEntitlementView"];
    assert_preserved(&entitlement, &received["appEntitlement"], 6);
}

fn assert_preserved(entitlement: &AppEntitlement, received: &Value, variants: usize) {
    for (policy, name) in [
        (&entitlement.provisioner_policy, "provisionerPolicy"),
        (&entitlement.deprovisioner_policy, "deprovisionerPolicy"),
    ] {
        let Some(ProvisionPolicy::Unknown(kept)) = policy else { panic!("{name}: {policy:?}") };
        assert_eq!(kept.len(), variants, "{name}");
        assert_eq!(Value::Object(kept.clone()), received[name], "{name}");
    }
    let duration = json!({
        "durationGrant": received["durationGrant"],
        "durationUnset": received["durationUnset"],
    });
    let duration = AppEntitlementMaxGrantDuration::Unknown(object(duration));
    assert_eq!(entitlement.max_grant_duration, Some(duration));
    // Fields next to the unions are decoded.
    assert_eq!(entitlement.alias, "every");
    assert!(entitlement.is_manually_managed);
    assert!(entitlement.unknown_fields.is_empty());
}

#[test]
fn preserves_nested_unions_with_several_variants() {
    let all = json("get-entitlement-owner.all-members.json");
    let policy = &all["connectorOwnerEntitlement"]["appEntitlement"]["provisionerPolicy"];

    let connector: ConnectorProvision = serde_json::from_value(policy["connector"].clone()).unwrap();
    assert_eq!(connector, ConnectorProvision::Unknown(object(policy["connector"].clone())));

    let assignee = &policy["manual"]["assignee"];
    let manual: ManualProvision = serde_json::from_value(policy["manual"].clone()).unwrap();
    assert_eq!(manual.assignee, Some(ProvisionerAssignment::Unknown(object(assignee.clone()))));
    assert_eq!(manual.instructions, "Call the help desk.");

    let account: AccountProvision = serde_json::from_value(policy["connector"]["account"].clone()).unwrap();
    let storage = json!({ "doNotSave": {}, "saveToVault": { "vaultIds": ["vault_2a"] } });
    assert_eq!(account.storage_type, Some(AccountProvisionStorageType::Unknown(object(storage))));
    assert_eq!(account.schema_id, "schema_2e");
}

// Round trips.

#[test]
fn our_bodies_round_trip() {
    assert_eq!(check_folder(Path::new(BODIES)), 6);
}

#[test]
fn published_bodies_round_trip() {
    let examples = &Path::new(BODIES).join(EXAMPLES);
    if examples.is_dir() {
        assert!(check_folder(examples) > 0);
    } else {
        eprintln!("skipped: the folder of published bodies does not exist");
    }
}

/// Checks all bodies of a folder, and returns their number.
fn check_folder(folder: &Path) -> usize {
    let mut count = 0;
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_str().unwrap();
        let Some(stem) = name.strip_suffix(".json") else { continue };
        let (response_name, infix) = stem.split_once('.').unwrap_or((stem, ""));
        let body = fs::read_to_string(&path).unwrap();
        match response_name {
            "get-entitlement-owner" => check::<GetConnectorEntitlementOwnerResponse>(name, infix, &body),
            "get-app-entitlement" => check::<GetAppEntitlementResponse>(name, infix, &body),
            _ if response_name.starts_with("error") => check::<Status>(name, infix, &body),
            _ => panic!("{name}: unknown type"),
        }
        count += 1;
    }
    count
}

fn check<T: DeserializeOwned + Serialize + PartialEq + Debug>(name: &str, infix: &str, body: &str) {
    let decoded: T = wire::from_slice(body.as_bytes()).unwrap_or_else(|error| panic!("{name}: {error}"));

    let shown = format!("{decoded:?}");
    let is_unknown = shown.contains("Unknown(");
    let has_unknown_fields = shown.replace("unknown_fields: {}", "").contains("unknown_fields");
    match infix {
        "" => assert!(!is_unknown && !has_unknown_fields, "{name}: {decoded:#?}"),
        "drift" => assert!(is_unknown && has_unknown_fields, "{name}: {decoded:#?}"),
        "all-members" => assert!(is_unknown && !has_unknown_fields, "{name}: {decoded:#?}"),
        _ => panic!("{name}: unknown kind of body"),
    }

    let encoded = wire::to_vec(&decoded).unwrap();
    let original = serde_json::from_str(body).unwrap();
    assert_same("$", &original, &serde_json::from_slice(&encoded).unwrap(), name);
    assert_eq!(wire::from_slice::<T>(&encoded).unwrap(), decoded, "{name}");
}

/// Asserts that `encoded` is equivalent to `original`. Null properties can be missing, missing properties can be
/// encoded as defaults, and numbers can be encoded as strings.
fn assert_same(path: &str, original: &Value, encoded: &Value, name: &str) {
    match (original, encoded) {
        (Value::Object(original), Value::Object(encoded)) => {
            for (property, value) in original.iter().filter(|(_, value)| !value.is_null()) {
                let path = format!("{path}.{property}");
                let Some(encoded) = encoded.get(property) else { panic!("{name}: {path} is lost") };
                assert_same(&path, value, encoded, name);
            }
            for (property, value) in
                encoded.iter().filter(|(property, _)| original.get(*property).is_none_or(Value::is_null))
            {
                assert!(is_empty(value), "{name}: {path}.{property} is {value} instead of missing");
            }
        }
        (Value::Array(original), Value::Array(encoded)) if original.len() == encoded.len() => {
            for (index, (original, encoded)) in original.iter().zip(encoded).enumerate() {
                assert_same(&format!("{path}[{index}]"), original, encoded, name);
            }
        }
        (Value::Number(number), Value::String(text)) => {
            assert_eq!(*text, number.to_string(), "{name}: {path}")
        }
        _ => assert_eq!(original, encoded, "{name}: {path}"),
    }
}

/// Returns `true` for values that protobuf's JSON can omit.
fn is_empty(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::Bool(value) => !value,
        Value::Number(number) => number.as_f64() == Some(0.0),
        Value::String(text) => text.is_empty() || text == "0" || text.ends_with("_UNSPECIFIED"),
        Value::Array(list) => list.is_empty(),
        Value::Object(object) => object.is_empty(),
    }
}

// Invalid bodies.

#[test]
fn decode_errors_have_a_json_path() {
    const ENTITLEMENT: &str = "/connectorOwnerEntitlement/appEntitlement";
    const STEPS: &str =
        "/connectorOwnerEntitlement/appEntitlement/provisionerPolicy/multiStep/provisionSteps";
    let cases = [
        ("", "/grantCount", json!("many"), ".grantCount"),
        ("", "/grantCount", json!(7.5), ".grantCount"),
        ("", "/grantCount", json!("9223372036854775808"), ".grantCount"),
        ("", "/displayName", json!(5), ".displayName"),
        ("", "/systemBuiltin", json!("true"), ".systemBuiltin"),
        ("", "/createdAt", json!("yesterday"), ".createdAt"),
        ("", "/purpose", json!(["A"]), ".purpose"),
        ("", "/durationGrant", json!("90min"), ".durationGrant"),
        ("", "/complianceFrameworkValueIds/1", json!(null), ".complianceFrameworkValueIds[1]"),
        ("", "/sourceConnectorIds/con_crm", json!({}), ".sourceConnectorIds.con_crm"),
        ("", "/provisionerPolicy", json!("manual"), ".provisionerPolicy"),
        ("steps", "/2", json!("wait"), "[2]"),
        (
            "steps",
            "/2/multiStep/provisionSteps/0/unconfigured",
            json!([]),
            "[2].multiStep.provisionSteps[0].unconfigured",
        ),
        (
            "steps",
            "/0/manual/assignee/group/fallbackUserIds/0",
            json!(1),
            "[0].manual.assignee.group.fallbackUserIds[0]",
        ),
    ];
    for (within, location, wrong, path) in cases {
        let (location, path) = match within {
            "steps" => (
                format!("{STEPS}{location}"),
                format!(
                    "$.connectorOwnerEntitlement.appEntitlement.provisionerPolicy.multiStep.provisionSteps{path}"
                ),
            ),
            _ => (
                format!("{ENTITLEMENT}{location}"),
                format!("$.connectorOwnerEntitlement.appEntitlement{path}"),
            ),
        };
        let mut body = json("get-entitlement-owner.json");
        *body.pointer_mut(&location).unwrap() = wrong;
        let error = wire::from_slice::<GetConnectorEntitlementOwnerResponse>(body.to_string().as_bytes())
            .unwrap_err();
        assert_eq!(error.path(), path, "{error}");
        assert!(error.to_string().starts_with(&format!("{path}: ")), "{error}");
    }
}

#[test]
fn decode_errors_in_a_view_have_a_json_path() {
    for (body, path) in [
        (
            r#"{"appEntitlementView":{"appEntitlement":{"grantCount":true}}}"#,
            "$.appEntitlementView.appEntitlement.grantCount",
        ),
        (r#"{"expanded":[{"@type":"a/B"},{"@type":"a/B"},"C"]}"#, "$.expanded[2]"),
        (r#"{"expanded":[{"@type":5}]}"#, r#"$.expanded[0]["@type"]"#),
        (
            r#"{"appEntitlementView":{"appEntitlement":{"annotations":{"c1/by":5}}}}"#,
            r#"$.appEntitlementView.appEntitlement.annotations["c1/by"]"#,
        ),
        ("[]", "$"),
        ("", "$"),
        ("null", "$"),
    ] {
        let error = wire::from_slice::<GetAppEntitlementResponse>(body.as_bytes()).unwrap_err();
        assert_eq!(error.path(), path, "{body}: {error}");
    }
}

// Values that a user builds.

#[test]
fn builds_values_from_defaults() {
    let group = GroupProvisioner::default()
        .with_app_id("app_crm")
        .with_app_group_id("grp_privacy")
        .with_fallback_user_ids(["usr_dpo"]);
    let manual = ManualProvision::default().with_assignee(group).with_instructions("Sign here.");
    let account = AccountProvision::default()
        .with_connector_id("con_crm")
        .with_storage_type(SaveToVault::default().with_vault_ids(["vault_sales"]));
    let steps = MultiStep::default().with_provision_steps(vec![
        manual.into(),
        WebhookProvision::default().with_webhook_id("wh_notify").into(),
    ]);
    let entitlement = AppEntitlement::default()
        .with_display_name("CRM export")
        .with_purpose(AppEntitlementPurpose::Ownership)
        .with_annotations(BTreeMap::from([("team".to_owned(), "sales".to_owned())]))
        .with_provisioner_policy(steps)
        .with_deprovisioner_policy(ConnectorProvision::from(account))
        .with_max_grant_duration(AppEntitlementMaxGrantDuration::DurationGrant(TimeDelta::milliseconds(
            1500,
        )));

    let encoded = serde_json::to_value(&entitlement).unwrap();
    let expected = json!({
        "displayName": "CRM export",
        "purpose": "APP_ENTITLEMENT_PURPOSE_VALUE_OWNERSHIP",
        "annotations": { "team": "sales" },
        "provisionerPolicy": { "multiStep": { "provisionSteps": [
            { "manual": {
                "assignee": { "group": {
                    "appId": "app_crm",
                    "appGroupId": "grp_privacy",
                    "fallbackUserIds": ["usr_dpo"],
                } },
                "instructions": "Sign here.",
            } },
            { "webhook": { "webhookId": "wh_notify" } },
        ] } },
        "deprovisionerPolicy": { "connector": { "account": {
            "connectorId": "con_crm",
            "saveToVault": { "vaultIds": ["vault_sales"] },
        } } },
        "durationGrant": "1.500s",
    });
    assert_same("$", &expected, &encoded, "built");
    assert_eq!(serde_json::from_value::<AppEntitlement>(encoded).unwrap(), entitlement);
}

#[test]
fn unions_are_matched_with_an_arm_for_unknown_variants() {
    fn describe(policy: &ProvisionPolicy) -> String {
        match policy {
            ProvisionPolicy::Manual(manual) => manual.instructions.clone(),
            ProvisionPolicy::MultiStep(steps) => {
                steps.provision_steps.iter().map(describe).collect::<Vec<_>>().join(", then ")
            }
            ProvisionPolicy::Unknown(raw) => {
                format!("newer than this client: {:?}", raw.keys().collect::<Vec<_>>())
            }
            _ => "by itself".to_owned(),
        }
    }
    let policy = owning_entitlement("get-entitlement-owner.json").provisioner_policy.unwrap();
    assert_eq!(describe(&policy), "Check that the contract is signed., then by itself, then by itself");
    let policy = viewed_entitlement("get-app-entitlement.drift.json").provisioner_policy.unwrap();
    assert_eq!(describe(&policy), r#"newer than this client: ["carrierPigeon"]"#);
}

#[test]
fn union_accessors_return_one_variant() {
    let policy = ProvisionPolicy::from(WebhookProvision::default());
    assert!(policy.as_webhook().is_some());
    assert!(policy.as_manual().is_none() && policy.as_multi_step().is_none());
    // The default of a union is an empty object without a variant.
    assert_eq!(ProvisionPolicy::default(), ProvisionPolicy::Unknown(Object::new()));
    assert_eq!(serde_json::to_value(ProvisionPolicy::default()).unwrap(), json!({}));
}

#[test]
fn enums_parse_and_display_as_text() {
    let ownership: AppEntitlementPurpose = "APP_ENTITLEMENT_PURPOSE_VALUE_OWNERSHIP".parse().unwrap();
    assert_eq!(ownership, AppEntitlementPurpose::Ownership);
    let later: AppEntitlementPurpose = "LATER".parse().unwrap();
    assert_eq!(later, AppEntitlementPurpose::Unknown("LATER".into()));
    assert_eq!(later.to_string(), "LATER");
}

#[test]
fn sends_unknown_fields() {
    let mut manual = ManualProvision::default();
    manual.unknown_fields.insert("priority", 3);
    assert_eq!(serde_json::to_value(&manual).unwrap()["priority"], json!(3));
}
