// @generated from the OpenAPI document. Change the document, and generate again.

use super::ConnectorOwnerEntitlement;
use crate::runtime::wire;

/// The response with an entitlement that confers ownership of a connector.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct GetConnectorEntitlementOwnerResponse {
    /// The entitlement and its connector.
    pub connector_owner_entitlement: Option<ConnectorOwnerEntitlement>,
    /// Unknown properties, preserved as received.
    pub unknown_fields: wire::UnknownFields,
}

impl GetConnectorEntitlementOwnerResponse {
    /// Sets [`connector_owner_entitlement`](Self::connector_owner_entitlement).
    #[must_use]
    pub fn with_connector_owner_entitlement(
        mut self,
        value: ConnectorOwnerEntitlement,
    ) -> Self {
        self.connector_owner_entitlement = Some(value);
        self
    }
}

impl wire::Struct for GetConnectorEntitlementOwnerResponse {
    fn read<'de, D: wire::Deserializer<'de>>(
        &mut self,
        field: usize,
        input: wire::Input<'de, D>,
    ) -> Result<(), D::Error> {
        match field {
            0 => input.optional(&mut self.connector_owner_entitlement),
            _ => input.unknown(&mut self.unknown_fields),
        }
    }
}

impl<'de> serde::Deserialize<'de> for GetConnectorEntitlementOwnerResponse {
    fn deserialize<D: serde::Deserializer<'de>>(input: D) -> Result<Self, D::Error> {
        wire::deserialize_struct(
            input,
            "c1.api.app.v2.GetConnectorEntitlementOwnerResponse",
            &["connectorOwnerEntitlement"],
        )
    }
}

impl serde::Serialize for GetConnectorEntitlementOwnerResponse {
    fn serialize<S: serde::Serializer>(&self, output: S) -> Result<S::Ok, S::Error> {
        let mut output = wire::Output::object(output)?;
        output.put_some("connectorOwnerEntitlement", &self.connector_owner_entitlement);
        output.unknown::<Self>(&self.unknown_fields);
        output.end()
    }
}
