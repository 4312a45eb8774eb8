// @generated from the OpenAPI document. Change the document, and generate again.

use crate::runtime::wire;

/// Calls a webhook, which provisions access.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct WebhookProvision {
    /// The webhook.
    pub webhook_id: String,
    /// Unknown properties, preserved as received.
    pub unknown_fields: wire::UnknownFields,
}

impl WebhookProvision {
    /// Sets [`webhook_id`](Self::webhook_id).
    #[must_use]
    pub fn with_webhook_id(mut self, value: &str) -> Self {
        self.webhook_id = value.to_owned();
        self
    }
}

impl wire::Struct for WebhookProvision {
    fn read<'de, D: wire::Deserializer<'de>>(
        &mut self,
        field: usize,
        input: wire::Input<'de, D>,
    ) -> Result<(), D::Error> {
        match field {
            0 => input.plain(&mut self.webhook_id),
            _ => input.unknown(&mut self.unknown_fields),
        }
    }
}

impl<'de> serde::Deserialize<'de> for WebhookProvision {
    fn deserialize<D: serde::Deserializer<'de>>(input: D) -> Result<Self, D::Error> {
        wire::deserialize_struct(
            input,
            "c1.api.policy.v1.WebhookProvision",
            &["webhookId"],
        )
    }
}

impl serde::Serialize for WebhookProvision {
    fn serialize<S: serde::Serializer>(&self, output: S) -> Result<S::Ok, S::Error> {
        let mut output = wire::Output::object(output)?;
        output.put("webhookId", &self.webhook_id);
        output.unknown::<Self>(&self.unknown_fields);
        output.end()
    }
}
