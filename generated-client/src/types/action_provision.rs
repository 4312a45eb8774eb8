// @generated from the OpenAPI document. Change the document, and generate again.

use crate::runtime::wire;

/// Runs an action of a connector, such as enabling an account.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct ActionProvision {
    /// The name of the action in the connector.
    pub action_name: String,
    /// The app that the action changes.
    pub app_id: String,
    /// The connector of the action.
    pub connector_id: String,
    /// The display name of the action.
    pub display_name: String,
    /// Unknown properties, preserved as received.
    pub unknown_fields: wire::UnknownFields,
}

impl ActionProvision {
    /// Sets [`action_name`](Self::action_name).
    #[must_use]
    pub fn with_action_name(mut self, value: &str) -> Self {
        self.action_name = value.to_owned();
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

    /// Sets [`display_name`](Self::display_name).
    #[must_use]
    pub fn with_display_name(mut self, value: &str) -> Self {
        self.display_name = value.to_owned();
        self
    }
}

impl wire::Struct for ActionProvision {
    fn read<'de, D: wire::Deserializer<'de>>(
        &mut self,
        field: usize,
        input: wire::Input<'de, D>,
    ) -> Result<(), D::Error> {
        match field {
            0 => input.plain(&mut self.action_name),
            1 => input.plain(&mut self.app_id),
            2 => input.plain(&mut self.connector_id),
            3 => input.plain(&mut self.display_name),
            _ => input.unknown(&mut self.unknown_fields),
        }
    }
}

impl<'de> serde::Deserialize<'de> for ActionProvision {
    fn deserialize<D: serde::Deserializer<'de>>(input: D) -> Result<Self, D::Error> {
        wire::deserialize_struct(
            input,
            "c1.api.policy.v1.ActionProvision",
            &["actionName", "appId", "connectorId", "displayName"],
        )
    }
}

impl serde::Serialize for ActionProvision {
    fn serialize<S: serde::Serializer>(&self, output: S) -> Result<S::Ok, S::Error> {
        let mut output = wire::Output::object(output)?;
        output.put("actionName", &self.action_name);
        output.put("appId", &self.app_id);
        output.put("connectorId", &self.connector_id);
        output.put("displayName", &self.display_name);
        output.unknown::<Self>(&self.unknown_fields);
        output.end()
    }
}
