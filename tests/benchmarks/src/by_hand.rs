//! Hand-written types for the bodies of the benchmarks, which derive serde's traits.

use std::collections::BTreeMap;

use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

/// The response with an entitlement and expanded messages.
#[derive(Debug, Default, Deserialize, Serialize)]
#[serde(rename_all = "camelCase", default)]
pub struct ViewResponse {
    /// The view.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub app_entitlement_view: Option<View>,
    expanded: Vec<Map<String, Value>>,
}

/// The response with an owning entitlement.
#[derive(Debug, Default, Deserialize, Serialize)]
#[serde(rename_all = "camelCase", default)]
pub struct OwnerResponse {
    #[serde(skip_serializing_if = "Option::is_none")]
    connector_owner_entitlement: Option<Owner>,
}

/// An entitlement and the paths of expanded messages.
#[derive(Debug, Default, Deserialize, Serialize)]
#[serde(rename_all = "camelCase", default)]
pub struct View {
    /// The entitlement.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub app_entitlement: Option<Entitlement>,
    app_path: String,
    app_resource_path: String,
    app_resource_type_path: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    object_permissions: Option<Permissions>,
}

#[derive(Debug, Default, Deserialize, Serialize)]
#[serde(rename_all = "camelCase", default)]
struct Permissions {
    delete: bool,
    edit: bool,
    extra: BTreeMap<String, bool>,
    read: bool,
}

#[derive(Debug, Default, Deserialize, Serialize)]
#[serde(rename_all = "camelCase", default)]
struct Owner {
    #[serde(skip_serializing_if = "Option::is_none")]
    app_entitlement: Option<Entitlement>,
    app_id: String,
    connector_id: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    created_at: Option<DateTime<Utc>>,
    role_slug: String,
}

/// An entitlement.
#[derive(Debug, Default, Deserialize, Serialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Entitlement {
    alias: String,
    annotations: BTreeMap<String, String>,
    app_id: String,
    app_resource_id: String,
    app_resource_type_id: String,
    certify_policy_id: String,
    compliance_framework_value_ids: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    created_at: Option<DateTime<Utc>>,
    default_values_applied: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    deleted_at: Option<DateTime<Utc>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    deprovisioner_policy: Option<Policy>,
    description: String,
    /// The display name.
    pub display_name: String,
    emergency_grant_enabled: bool,
    emergency_grant_policy_id: String,
    external_id: String,
    #[serde(with = "quoted")]
    grant_count: i64,
    grant_policy_id: String,
    id: String,
    is_automation_enabled: bool,
    is_manually_managed: bool,
    match_baton_id: String,
    override_access_requests_defaults: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    provisioner_policy: Option<Policy>,
    purpose: Purpose,
    request_schema_id: String,
    revoke_policy_id: String,
    risk_level_value_id: String,
    slug: String,
    source_connector_ids: BTreeMap<String, String>,
    system_builtin: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    updated_at: Option<DateTime<Utc>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    user_edited_mask: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    duration_unset: Option<Empty>,
    #[serde(with = "seconds", skip_serializing_if = "Option::is_none")]
    duration_grant: Option<TimeDelta>,
}

#[derive(Debug, Default, Deserialize, Serialize)]
enum Purpose {
    #[default]
    #[serde(rename = "APP_ENTITLEMENT_PURPOSE_VALUE_UNSPECIFIED")]
    Unspecified,
    #[serde(rename = "APP_ENTITLEMENT_PURPOSE_VALUE_ASSIGNMENT")]
    Assignment,
    #[serde(rename = "APP_ENTITLEMENT_PURPOSE_VALUE_PERMISSION")]
    Permission,
    #[serde(rename = "APP_ENTITLEMENT_PURPOSE_VALUE_OWNERSHIP")]
    Ownership,
}

#[derive(Debug, Deserialize, Serialize)]
#[serde(rename_all = "camelCase")]
enum Policy {
    Connector(Connector),
    Manual(Manual),
    Delegated(Delegated),
    Webhook(Webhook),
    MultiStep(Box<MultiStep>),
    ExternalTicket(ExternalTicket),
    Unconfigured(Empty),
    Action(Action),
    DevicePlacement(DevicePlacement),
}

#[derive(Debug, Deserialize, Serialize)]
#[serde(rename_all = "camelCase")]
enum Connector {
    DefaultBehavior(OfConnector),
    Account(Account),
    DeleteAccount(OfConnector),
}

#[derive(Debug, Deserialize, Serialize)]
#[serde(rename_all = "camelCase")]
enum Assignment {
    Users(Users),
    AppOwners(Fallback),
    Group(Group),
    Manager(Fallback),
    Expression(Expression),
    EntitlementOwners(Fallback),
}

#[derive(Debug, Default, Deserialize, Serialize)]
#[serde(rename_all = "camelCase", default)]
struct Account {
    #[serde(skip_serializing_if = "Option::is_none")]
    config: Option<Map<String, Value>>,
    connector_id: String,
    schema_id: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    save_to_vault: Option<Vaults>,
    #[serde(skip_serializing_if = "Option::is_none")]
    do_not_save: Option<Empty>,
}

#[derive(Debug, Default, Deserialize, Serialize)]
#[serde(rename_all = "camelCase", default)]
struct Empty {}

#[derive(Debug, Default, Deserialize, Serialize)]
#[serde(rename_all = "camelCase", default)]
struct Vaults {
    vault_ids: Vec<String>,
}

#[derive(Debug, Default, Deserialize, Serialize)]
#[serde(rename_all = "camelCase", default)]
struct OfConnector {
    connector_id: String,
}

#[derive(Debug, Default, Deserialize, Serialize)]
#[serde(rename_all = "camelCase", default)]
struct Manual {
    #[serde(skip_serializing_if = "Option::is_none")]
    assignee: Option<Assignment>,
    instructions: String,
    user_ids: Vec<String>,
}

#[derive(Debug, Default, Deserialize, Serialize)]
#[serde(rename_all = "camelCase", default)]
struct Delegated {
    app_id: String,
    entitlement_id: String,
    implicit: bool,
}

#[derive(Debug, Default, Deserialize, Serialize)]
#[serde(rename_all = "camelCase", default)]
struct Webhook {
    webhook_id: String,
}

#[derive(Debug, Default, Deserialize, Serialize)]
#[serde(rename_all = "camelCase", default)]
struct MultiStep {
    provision_steps: Vec<Policy>,
}

#[derive(Debug, Default, Deserialize, Serialize)]
#[serde(rename_all = "camelCase", default)]
struct ExternalTicket {
    app_id: String,
    connector_id: String,
    external_ticket_provisioner_config_id: String,
    instructions: String,
}

#[derive(Debug, Default, Deserialize, Serialize)]
#[serde(rename_all = "camelCase", default)]
struct Action {
    action_name: String,
    app_id: String,
    connector_id: String,
    display_name: String,
}

#[derive(Debug, Default, Deserialize, Serialize)]
#[serde(rename_all = "camelCase", default)]
struct DevicePlacement {
    vault_boundary_id: String,
}

#[derive(Debug, Default, Deserialize, Serialize)]
#[serde(rename_all = "camelCase", default)]
struct Users {
    allow_reassignment: bool,
    user_ids: Vec<String>,
}

#[derive(Debug, Default, Deserialize, Serialize)]
#[serde(rename_all = "camelCase", default)]
struct Fallback {
    allow_reassignment: bool,
    fallback_user_ids: Vec<String>,
}

#[derive(Debug, Default, Deserialize, Serialize)]
#[serde(rename_all = "camelCase", default)]
struct Group {
    allow_reassignment: bool,
    app_group_id: String,
    app_id: String,
    fallback_user_ids: Vec<String>,
}

#[derive(Debug, Default, Deserialize, Serialize)]
#[serde(rename_all = "camelCase", default)]
struct Expression {
    allow_reassignment: bool,
    expressions: Vec<String>,
    fallback_user_ids: Vec<String>,
}

/// A 64-bit integer as a string.
mod quoted {
    use serde::de::{Deserialize, Deserializer, Error};
    use serde::ser::Serializer;

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(input: D) -> Result<i64, D::Error> {
        <&str>::deserialize(input)?.parse().map_err(D::Error::custom)
    }

    #[allow(clippy::trivially_copy_pass_by_ref, reason = "serde requires this signature")]
    pub(super) fn serialize<S: Serializer>(number: &i64, output: S) -> Result<S::Ok, S::Error> {
        output.collect_str(number)
    }
}

/// A duration as whole seconds with an `s`.
mod seconds {
    use chrono::TimeDelta;
    use serde::de::{Deserialize, Deserializer, Error};
    use serde::ser::Serializer;

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(input: D) -> Result<Option<TimeDelta>, D::Error> {
        let Some(text) = Option::<&str>::deserialize(input)? else { return Ok(None) };
        let seconds = text.strip_suffix('s').and_then(|digits| digits.parse().ok());
        seconds
            .and_then(TimeDelta::try_seconds)
            .map(Some)
            .ok_or_else(|| D::Error::custom("not a duration in seconds"))
    }

    pub(super) fn serialize<S: Serializer>(span: &Option<TimeDelta>, output: S) -> Result<S::Ok, S::Error> {
        match span {
            Some(span) => output.collect_str(&format_args!("{}s", span.num_seconds())),
            None => output.serialize_none(),
        }
    }
}
