// @generated from the OpenAPI document. Change the document, and generate again.

use std::collections::BTreeMap;
use super::ProvisionPolicy;
use crate::runtime::wire;

/// A permission in an app that users can be granted, such as a role, a group or a license.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct AppEntitlement {
    /// An alternative name for command lines and exact searches.
    pub alias: String,
    /// Labels that customers and infrastructure tools attach, at most 16. The prefix `c1/` is reserved
    /// for the server.
    pub annotations: BTreeMap<String, String>,
    /// The app of the entitlement.
    pub app_id: String,
    /// The resource in the app that the entitlement gives access to.
    pub app_resource_id: String,
    /// The type of the resource.
    pub app_resource_type_id: String,
    /// The policy for reviews of existing grants.
    pub certify_policy_id: String,
    /// The compliance frameworks that apply to the entitlement.
    pub compliance_framework_value_ids: Vec<String>,
    /// The time when the entitlement was created.
    pub created_at: Option<chrono::DateTime<chrono::Utc>>,
    /// True if the request settings are inherited from the app.
    pub default_values_applied: bool,
    /// The time when the entitlement was deleted, if it was.
    pub deleted_at: Option<chrono::DateTime<chrono::Utc>>,
    /// The way in which access is removed.
    pub deprovisioner_policy: Option<ProvisionPolicy>,
    /// A description of what holders can do.
    pub description: String,
    /// The display name.
    pub display_name: String,
    /// True if users can request emergency access, which has a policy of its own.
    pub emergency_grant_enabled: bool,
    /// The policy for emergency access.
    pub emergency_grant_policy_id: String,
    /// The external id of the entitlement, set by the connector.
    pub external_id: String,
    /// The number of users that hold the entitlement.
    pub grant_count: i64,
    /// The policy for requests.
    pub grant_policy_id: String,
    /// The id of the entitlement, unique in its app.
    pub id: String,
    /// True if rules grant the entitlement automatically.
    pub is_automation_enabled: bool,
    /// True if users maintain the entitlement, not a connector.
    pub is_manually_managed: bool,
    /// The key by which a connector recognizes an entitlement that was created by hand.
    pub match_baton_id: String,
    /// True if the request settings override those of the app.
    pub override_access_requests_defaults: bool,
    /// The way in which access is provisioned.
    pub provisioner_policy: Option<ProvisionPolicy>,
    /// The purpose of the entitlement in its app.
    pub purpose: AppEntitlementPurpose,
    /// The form that requesters fill in.
    pub request_schema_id: String,
    /// The policy for the removal of access.
    pub revoke_policy_id: String,
    /// The risk level of the entitlement.
    pub risk_level_value_id: String,
    /// A short label of the permission, shown beside the display name.
    pub slug: String,
    /// The ids of the connectors that found the entitlement.
    pub source_connector_ids: BTreeMap<String, String>,
    /// True if the platform defines the entitlement.
    pub system_builtin: bool,
    /// The time of the last change.
    pub updated_at: Option<chrono::DateTime<chrono::Utc>>,
    /// The fields that users have changed, separated by commas.
    pub user_edited_mask: Option<String>,
    /// At most one of the properties `durationUnset` and `durationGrant`.
    pub max_grant_duration: Option<AppEntitlementMaxGrantDuration>,
    /// Unknown properties, preserved as received.
    pub unknown_fields: wire::UnknownFields,
}

impl AppEntitlement {
    /// Sets [`alias`](Self::alias).
    #[must_use]
    pub fn with_alias(mut self, value: &str) -> Self {
        self.alias = value.to_owned();
        self
    }

    /// Sets [`annotations`](Self::annotations).
    #[must_use]
    pub fn with_annotations(
        mut self,
        value: impl IntoIterator<Item = (impl AsRef<str>, impl AsRef<str>)>,
    ) -> Self {
        self.annotations = wire::map_of_text(value);
        self
    }

    /// Sets [`app_id`](Self::app_id).
    #[must_use]
    pub fn with_app_id(mut self, value: &str) -> Self {
        self.app_id = value.to_owned();
        self
    }

    /// Sets [`app_resource_id`](Self::app_resource_id).
    #[must_use]
    pub fn with_app_resource_id(mut self, value: &str) -> Self {
        self.app_resource_id = value.to_owned();
        self
    }

    /// Sets [`app_resource_type_id`](Self::app_resource_type_id).
    #[must_use]
    pub fn with_app_resource_type_id(mut self, value: &str) -> Self {
        self.app_resource_type_id = value.to_owned();
        self
    }

    /// Sets [`certify_policy_id`](Self::certify_policy_id).
    #[must_use]
    pub fn with_certify_policy_id(mut self, value: &str) -> Self {
        self.certify_policy_id = value.to_owned();
        self
    }

    /// Sets [`compliance_framework_value_ids`](Self::compliance_framework_value_ids).
    #[must_use]
    pub fn with_compliance_framework_value_ids(
        mut self,
        value: impl IntoIterator<Item = impl AsRef<str>>,
    ) -> Self {
        self.compliance_framework_value_ids = wire::list_of_text(value);
        self
    }

    /// Sets [`default_values_applied`](Self::default_values_applied).
    #[must_use]
    pub fn with_default_values_applied(mut self, value: bool) -> Self {
        self.default_values_applied = value;
        self
    }

    /// Sets [`deprovisioner_policy`](Self::deprovisioner_policy).
    #[must_use]
    pub fn with_deprovisioner_policy(
        mut self,
        value: impl Into<ProvisionPolicy>,
    ) -> Self {
        self.deprovisioner_policy = Some(value.into());
        self
    }

    /// Sets [`description`](Self::description).
    #[must_use]
    pub fn with_description(mut self, value: &str) -> Self {
        self.description = value.to_owned();
        self
    }

    /// Sets [`display_name`](Self::display_name).
    #[must_use]
    pub fn with_display_name(mut self, value: &str) -> Self {
        self.display_name = value.to_owned();
        self
    }

    /// Sets [`emergency_grant_enabled`](Self::emergency_grant_enabled).
    #[must_use]
    pub fn with_emergency_grant_enabled(mut self, value: bool) -> Self {
        self.emergency_grant_enabled = value;
        self
    }

    /// Sets [`emergency_grant_policy_id`](Self::emergency_grant_policy_id).
    #[must_use]
    pub fn with_emergency_grant_policy_id(mut self, value: &str) -> Self {
        self.emergency_grant_policy_id = value.to_owned();
        self
    }

    /// Sets [`grant_policy_id`](Self::grant_policy_id).
    #[must_use]
    pub fn with_grant_policy_id(mut self, value: &str) -> Self {
        self.grant_policy_id = value.to_owned();
        self
    }

    /// Sets [`is_manually_managed`](Self::is_manually_managed).
    #[must_use]
    pub fn with_is_manually_managed(mut self, value: bool) -> Self {
        self.is_manually_managed = value;
        self
    }

    /// Sets [`match_baton_id`](Self::match_baton_id).
    #[must_use]
    pub fn with_match_baton_id(mut self, value: &str) -> Self {
        self.match_baton_id = value.to_owned();
        self
    }

    /// Sets [`override_access_requests_defaults`](Self::override_access_requests_defaults).
    #[must_use]
    pub fn with_override_access_requests_defaults(mut self, value: bool) -> Self {
        self.override_access_requests_defaults = value;
        self
    }

    /// Sets [`provisioner_policy`](Self::provisioner_policy).
    #[must_use]
    pub fn with_provisioner_policy(mut self, value: impl Into<ProvisionPolicy>) -> Self {
        self.provisioner_policy = Some(value.into());
        self
    }

    /// Sets [`purpose`](Self::purpose).
    #[must_use]
    pub fn with_purpose(mut self, value: AppEntitlementPurpose) -> Self {
        self.purpose = value;
        self
    }

    /// Sets [`request_schema_id`](Self::request_schema_id).
    #[must_use]
    pub fn with_request_schema_id(mut self, value: &str) -> Self {
        self.request_schema_id = value.to_owned();
        self
    }

    /// Sets [`revoke_policy_id`](Self::revoke_policy_id).
    #[must_use]
    pub fn with_revoke_policy_id(mut self, value: &str) -> Self {
        self.revoke_policy_id = value.to_owned();
        self
    }

    /// Sets [`risk_level_value_id`](Self::risk_level_value_id).
    #[must_use]
    pub fn with_risk_level_value_id(mut self, value: &str) -> Self {
        self.risk_level_value_id = value.to_owned();
        self
    }

    /// Sets [`slug`](Self::slug).
    #[must_use]
    pub fn with_slug(mut self, value: &str) -> Self {
        self.slug = value.to_owned();
        self
    }

    /// Sets [`source_connector_ids`](Self::source_connector_ids).
    #[must_use]
    pub fn with_source_connector_ids(
        mut self,
        value: impl IntoIterator<Item = (impl AsRef<str>, impl AsRef<str>)>,
    ) -> Self {
        self.source_connector_ids = wire::map_of_text(value);
        self
    }

    /// Sets [`user_edited_mask`](Self::user_edited_mask).
    #[must_use]
    pub fn with_user_edited_mask(mut self, value: &str) -> Self {
        self.user_edited_mask = Some(value.to_owned());
        self
    }

    /// Sets [`max_grant_duration`](Self::max_grant_duration).
    #[must_use]
    pub fn with_max_grant_duration(
        mut self,
        value: AppEntitlementMaxGrantDuration,
    ) -> Self {
        self.max_grant_duration = Some(value);
        self
    }
}

impl wire::Struct for AppEntitlement {
    fn read<'de, D: wire::Deserializer<'de>>(
        &mut self,
        field: usize,
        input: wire::Input<'de, D>,
    ) -> Result<(), D::Error> {
        match field {
            0 => input.plain(&mut self.alias),
            1 => input.plain_as::<wire::Map, _>(&mut self.annotations),
            2 => input.plain(&mut self.app_id),
            3 => input.plain(&mut self.app_resource_id),
            4 => input.plain(&mut self.app_resource_type_id),
            5 => input.plain(&mut self.certify_policy_id),
            6 => {
                input.plain_as::<wire::List, _>(&mut self.compliance_framework_value_ids)
            }
            7 => input.optional_as::<wire::Rfc3339, _>(&mut self.created_at),
            8 => input.plain(&mut self.default_values_applied),
            9 => input.optional_as::<wire::Rfc3339, _>(&mut self.deleted_at),
            10 => input.optional(&mut self.deprovisioner_policy),
            11 => input.plain(&mut self.description),
            12 => input.plain(&mut self.display_name),
            13 => input.plain(&mut self.emergency_grant_enabled),
            14 => input.plain(&mut self.emergency_grant_policy_id),
            15 => input.plain(&mut self.external_id),
            16 => input.plain_as::<wire::Quoted, _>(&mut self.grant_count),
            17 => input.plain(&mut self.grant_policy_id),
            18 => input.plain(&mut self.id),
            19 => input.plain(&mut self.is_automation_enabled),
            20 => input.plain(&mut self.is_manually_managed),
            21 => input.plain(&mut self.match_baton_id),
            22 => input.plain(&mut self.override_access_requests_defaults),
            23 => input.optional(&mut self.provisioner_policy),
            24 => input.plain(&mut self.purpose),
            25 => input.plain(&mut self.request_schema_id),
            26 => input.plain(&mut self.revoke_policy_id),
            27 => input.plain(&mut self.risk_level_value_id),
            28 => input.plain(&mut self.slug),
            29 => input.plain_as::<wire::Map, _>(&mut self.source_connector_ids),
            30 => input.plain(&mut self.system_builtin),
            31 => input.optional_as::<wire::Rfc3339, _>(&mut self.updated_at),
            32 => input.optional(&mut self.user_edited_mask),
            33..=34 => input.keyed_union(&mut self.max_grant_duration, field - 33),
            _ => input.unknown(&mut self.unknown_fields),
        }
    }
}

impl<'de> serde::Deserialize<'de> for AppEntitlement {
    fn deserialize<D: serde::Deserializer<'de>>(input: D) -> Result<Self, D::Error> {
        wire::deserialize_struct(
            input,
            "c1.api.app.v1.AppEntitlement",
            &[
                "alias",
                "annotations",
                "appId",
                "appResourceId",
                "appResourceTypeId",
                "certifyPolicyId",
                "complianceFrameworkValueIds",
                "createdAt",
                "defaultValuesApplied",
                "deletedAt",
                "deprovisionerPolicy",
                "description",
                "displayName",
                "emergencyGrantEnabled",
                "emergencyGrantPolicyId",
                "externalId",
                "grantCount",
                "grantPolicyId",
                "id",
                "isAutomationEnabled",
                "isManuallyManaged",
                "matchBatonId",
                "overrideAccessRequestsDefaults",
                "provisionerPolicy",
                "purpose",
                "requestSchemaId",
                "revokePolicyId",
                "riskLevelValueId",
                "slug",
                "sourceConnectorIds",
                "systemBuiltin",
                "updatedAt",
                "userEditedMask",
                "durationUnset",
                "durationGrant",
            ],
        )
    }
}

impl serde::Serialize for AppEntitlement {
    fn serialize<S: serde::Serializer>(&self, output: S) -> Result<S::Ok, S::Error> {
        let mut output = wire::Output::object(output)?;
        output.put("alias", &self.alias);
        output.put_as::<wire::Map, _>("annotations", &self.annotations);
        output.put("appId", &self.app_id);
        output.put("appResourceId", &self.app_resource_id);
        output.put("appResourceTypeId", &self.app_resource_type_id);
        output.put("certifyPolicyId", &self.certify_policy_id);
        output
            .put_as::<
                wire::List,
                _,
            >("complianceFrameworkValueIds", &self.compliance_framework_value_ids);
        output.put_some_as::<wire::Rfc3339, _>("createdAt", &self.created_at);
        output.put("defaultValuesApplied", &self.default_values_applied);
        output.put_some_as::<wire::Rfc3339, _>("deletedAt", &self.deleted_at);
        output.put_some("deprovisionerPolicy", &self.deprovisioner_policy);
        output.put("description", &self.description);
        output.put("displayName", &self.display_name);
        output.put("emergencyGrantEnabled", &self.emergency_grant_enabled);
        output.put("emergencyGrantPolicyId", &self.emergency_grant_policy_id);
        output.put("externalId", &self.external_id);
        output.put_as::<wire::Quoted, _>("grantCount", &self.grant_count);
        output.put("grantPolicyId", &self.grant_policy_id);
        output.put("id", &self.id);
        output.put("isAutomationEnabled", &self.is_automation_enabled);
        output.put("isManuallyManaged", &self.is_manually_managed);
        output.put("matchBatonId", &self.match_baton_id);
        output
            .put(
                "overrideAccessRequestsDefaults",
                &self.override_access_requests_defaults,
            );
        output.put_some("provisionerPolicy", &self.provisioner_policy);
        output.put("purpose", &self.purpose);
        output.put("requestSchemaId", &self.request_schema_id);
        output.put("revokePolicyId", &self.revoke_policy_id);
        output.put("riskLevelValueId", &self.risk_level_value_id);
        output.put("slug", &self.slug);
        output.put_as::<wire::Map, _>("sourceConnectorIds", &self.source_connector_ids);
        output.put("systemBuiltin", &self.system_builtin);
        output.put_some_as::<wire::Rfc3339, _>("updatedAt", &self.updated_at);
        output.put_some("userEditedMask", &self.user_edited_mask);
        output.keyed_union(&self.max_grant_duration);
        output.unknown::<Self>(&self.unknown_fields);
        output.end()
    }
}

/// The purpose of the entitlement in its app.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub enum AppEntitlementPurpose {
    /// `APP_ENTITLEMENT_PURPOSE_VALUE_UNSPECIFIED`
    #[default]
    Unspecified,
    /// `APP_ENTITLEMENT_PURPOSE_VALUE_ASSIGNMENT`
    Assignment,
    /// `APP_ENTITLEMENT_PURPOSE_VALUE_PERMISSION`
    Permission,
    /// `APP_ENTITLEMENT_PURPOSE_VALUE_OWNERSHIP`
    Ownership,
    /// An unknown value, preserved as received.
    Unknown(wire::UnknownValue),
}

impl AppEntitlementPurpose {
    /// Returns the string that is sent for this value.
    pub fn as_str(&self) -> &str {
        wire::Text::text(self)
    }
}

impl wire::Text for AppEntitlementPurpose {
    const VALUES: &'static [Self] = &[
        Self::Unspecified,
        Self::Assignment,
        Self::Permission,
        Self::Ownership,
    ];

    fn get(&self) -> Result<&'static str, &wire::UnknownValue> {
        Ok(
            match self {
                Self::Unspecified => "APP_ENTITLEMENT_PURPOSE_VALUE_UNSPECIFIED",
                Self::Assignment => "APP_ENTITLEMENT_PURPOSE_VALUE_ASSIGNMENT",
                Self::Permission => "APP_ENTITLEMENT_PURPOSE_VALUE_PERMISSION",
                Self::Ownership => "APP_ENTITLEMENT_PURPOSE_VALUE_OWNERSHIP",
                Self::Unknown(value) => return Err(value),
            },
        )
    }

    fn unknown(value: wire::UnknownValue) -> Self {
        Self::Unknown(value)
    }
}

wire::serde_text!(AppEntitlementPurpose);

/// At most one of several properties, which belong to the enclosing object.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum AppEntitlementMaxGrantDuration {
    /// Access lasts until it is revoked.
    DurationUnset(wire::Object),
    /// Access lasts for this time, counted from the grant.
    DurationGrant(chrono::TimeDelta),
    /// A value that matches no variant, or several: the properties as received.
    Unknown(wire::Object),
}

/// Returns `Unknown` without properties.
impl Default for AppEntitlementMaxGrantDuration {
    fn default() -> Self {
        Self::Unknown(wire::Object::new())
    }
}

impl AppEntitlementMaxGrantDuration {
    /// Returns the [`DurationUnset`](Self::DurationUnset) value, if this is one.
    pub fn as_duration_unset(&self) -> Option<&wire::Object> {
        match self {
            Self::DurationUnset(value) => Some(value),
            _ => None,
        }
    }

    /// Returns the [`DurationGrant`](Self::DurationGrant) value, if this is one.
    pub fn as_duration_grant(&self) -> Option<chrono::TimeDelta> {
        match self {
            Self::DurationGrant(value) => Some(*value),
            _ => None,
        }
    }
}

impl wire::KeyedUnion for AppEntitlementMaxGrantDuration {
    const KEYS: &'static [&'static str] = &["durationUnset", "durationGrant"];

    fn read<'de, D: wire::Deserializer<'de>>(
        key: usize,
        input: wire::Input<'de, D>,
    ) -> Result<Option<Self>, D::Error> {
        match key {
            0 => input.key_as::<wire::Json, _, _>(Self::DurationUnset),
            _ => input.key_as::<wire::Seconds, _, _>(Self::DurationGrant),
        }
    }

    fn write<M: wire::SerializeMap>(&self, output: &mut wire::Output<M>) {
        match self {
            Self::DurationUnset(value) => output.put("durationUnset", value),
            Self::DurationGrant(value) => {
                output.put_as::<wire::Seconds, _>("durationGrant", value)
            }
            Self::Unknown(object) => output.all(object),
        }
    }

    fn unknown(object: wire::Object) -> Self {
        Self::Unknown(object)
    }

    fn unknown_mut(&mut self) -> Option<&mut wire::Object> {
        match self {
            Self::Unknown(object) => Some(object),
            _ => None,
        }
    }
}

wire::serde_keyed_union!(
    AppEntitlementMaxGrantDuration, "AppEntitlementMaxGrantDuration"
);
