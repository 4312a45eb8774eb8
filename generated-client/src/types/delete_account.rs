// @generated from the OpenAPI document. Change the document, and generate again.

use crate::runtime::wire;

/// Deletes the account.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct DeleteAccount {
    /// The connector that deletes the account.
    pub connector_id: String,
    /// Unknown properties, preserved as received.
    pub unknown_fields: wire::UnknownFields,
}

impl DeleteAccount {
    /// Sets [`connector_id`](Self::connector_id).
    #[must_use]
    pub fn with_connector_id(mut self, value: &str) -> Self {
        self.connector_id = value.to_owned();
        self
    }
}

impl wire::Struct for DeleteAccount {
    fn read<'de, D: wire::Deserializer<'de>>(
        &mut self,
        field: usize,
        input: wire::Input<'de, D>,
    ) -> Result<(), D::Error> {
        match field {
            0 => input.plain(&mut self.connector_id),
            _ => input.unknown(&mut self.unknown_fields),
        }
    }
}

impl<'de> serde::Deserialize<'de> for DeleteAccount {
    fn deserialize<D: serde::Deserializer<'de>>(input: D) -> Result<Self, D::Error> {
        wire::deserialize_struct(
            input,
            "c1.api.policy.v1.ConnectorProvision.DeleteAccount",
            &["connectorId"],
        )
    }
}

impl serde::Serialize for DeleteAccount {
    fn serialize<S: serde::Serializer>(&self, output: S) -> Result<S::Ok, S::Error> {
        let mut output = wire::Output::object(output)?;
        output.put("connectorId", &self.connector_id);
        output.unknown::<Self>(&self.unknown_fields);
        output.end()
    }
}
