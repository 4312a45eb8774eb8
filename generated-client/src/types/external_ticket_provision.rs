// @generated from the OpenAPI document. Change the document, and generate again.

use crate::runtime::wire;

/// Tracks the work in a ticket of another system.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct ExternalTicketProvision {
    /// The app of the ticket system.
    pub app_id: String,
    /// The connector of the ticket system.
    pub connector_id: String,
    /// The settings for new tickets.
    pub external_ticket_provisioner_config_id: String,
    /// The instructions in the ticket.
    pub instructions: String,
    /// Unknown properties, preserved as received.
    pub unknown_fields: wire::UnknownFields,
}

impl ExternalTicketProvision {
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

    /// Sets [`external_ticket_provisioner_config_id`](Self::external_ticket_provisioner_config_id).
    #[must_use]
    pub fn with_external_ticket_provisioner_config_id(mut self, value: &str) -> Self {
        self.external_ticket_provisioner_config_id = value.to_owned();
        self
    }

    /// Sets [`instructions`](Self::instructions).
    #[must_use]
    pub fn with_instructions(mut self, value: &str) -> Self {
        self.instructions = value.to_owned();
        self
    }
}

impl wire::Struct for ExternalTicketProvision {
    fn read<'de, D: wire::Deserializer<'de>>(
        &mut self,
        field: usize,
        input: wire::Input<'de, D>,
    ) -> Result<(), D::Error> {
        match field {
            0 => input.plain(&mut self.app_id),
            1 => input.plain(&mut self.connector_id),
            2 => input.plain(&mut self.external_ticket_provisioner_config_id),
            3 => input.plain(&mut self.instructions),
            _ => input.unknown(&mut self.unknown_fields),
        }
    }
}

impl<'de> serde::Deserialize<'de> for ExternalTicketProvision {
    fn deserialize<D: serde::Deserializer<'de>>(input: D) -> Result<Self, D::Error> {
        wire::deserialize_struct(
            input,
            "c1.api.policy.v1.ExternalTicketProvision",
            &[
                "appId",
                "connectorId",
                "externalTicketProvisionerConfigId",
                "instructions",
            ],
        )
    }
}

impl serde::Serialize for ExternalTicketProvision {
    fn serialize<S: serde::Serializer>(&self, output: S) -> Result<S::Ok, S::Error> {
        let mut output = wire::Output::object(output)?;
        output.put("appId", &self.app_id);
        output.put("connectorId", &self.connector_id);
        output
            .put(
                "externalTicketProvisionerConfigId",
                &self.external_ticket_provisioner_config_id,
            );
        output.put("instructions", &self.instructions);
        output.unknown::<Self>(&self.unknown_fields);
        output.end()
    }
}
