// @generated from the OpenAPI document. Change the document, and generate again.

use super::AppEntitlement;
use crate::runtime::wire;

/// An entitlement whose holders own a connector.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct ConnectorOwnerEntitlement {
    /// The entitlement.
    pub app_entitlement: Option<AppEntitlement>,
    /// The app of the connector.
    pub app_id: String,
    /// The connector.
    pub connector_id: String,
    /// The time when the entitlement began to confer ownership.
    pub created_at: Option<chrono::DateTime<chrono::Utc>>,
    /// The role of the owners.
    pub role_slug: String,
    /// Unknown properties, preserved as received.
    pub unknown_fields: wire::UnknownFields,
}

impl ConnectorOwnerEntitlement {
    /// Sets [`app_entitlement`](Self::app_entitlement).
    #[must_use]
    pub fn with_app_entitlement(mut self, value: AppEntitlement) -> Self {
        self.app_entitlement = Some(value);
        self
    }

    /// Sets [`app_id`](Self::app_id).
    #[must_use]
    pub fn with_app_id(mut self, value: &str) -> Self {
        self.app_id = value.to_owned();
        self
    }

    /// Sets [`connector_id`](Self::connector_id).
    #[must_use]
    pub fn with_connector_id(mut self, value: &str) -> Self {
        self.connector_id = value.to_owned();
        self
    }

    /// Sets [`created_at`](Self::created_at).
    #[must_use]
    pub fn with_created_at(mut self, value: chrono::DateTime<chrono::Utc>) -> Self {
        self.created_at = Some(value);
        self
    }

    /// Sets [`role_slug`](Self::role_slug).
    #[must_use]
    pub fn with_role_slug(mut self, value: &str) -> Self {
        self.role_slug = value.to_owned();
        self
    }
}

impl wire::Struct for ConnectorOwnerEntitlement {
    fn read<'de, D: wire::Deserializer<'de>>(
        &mut self,
        field: usize,
        input: wire::Input<'de, D>,
    ) -> Result<(), D::Error> {
        match field {
            0 => input.optional(&mut self.app_entitlement),
            1 => input.plain(&mut self.app_id),
            2 => input.plain(&mut self.connector_id),
            3 => input.optional_as::<wire::Rfc3339, _>(&mut self.created_at),
            4 => input.plain(&mut self.role_slug),
            _ => input.unknown(&mut self.unknown_fields),
        }
    }
}

impl<'de> serde::Deserialize<'de> for ConnectorOwnerEntitlement {
    fn deserialize<D: serde::Deserializer<'de>>(input: D) -> Result<Self, D::Error> {
        wire::deserialize_struct(
            input,
            "c1.api.app.v2.ConnectorOwnerEntitlement",
            &["appEntitlement", "appId", "connectorId", "createdAt", "roleSlug"],
        )
    }
}

impl serde::Serialize for ConnectorOwnerEntitlement {
    fn serialize<S: serde::Serializer>(&self, output: S) -> Result<S::Ok, S::Error> {
        let mut output = wire::Output::object(output)?;
        output.put_some("appEntitlement", &self.app_entitlement);
        output.put("appId", &self.app_id);
        output.put("connectorId", &self.connector_id);
        output.put_some_as::<wire::Rfc3339, _>("createdAt", &self.created_at);
        output.put("roleSlug", &self.role_slug);
        output.unknown::<Self>(&self.unknown_fields);
        output.end()
    }
}
