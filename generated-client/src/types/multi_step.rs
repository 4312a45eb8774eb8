// @generated from the OpenAPI document. Change the document, and generate again.

use super::ProvisionPolicy;
use crate::runtime::wire;

/// Runs several policies in order.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct MultiStep {
    /// The policies in order. A step can have steps of its own.
    pub provision_steps: Vec<ProvisionPolicy>,
    /// Unknown properties, preserved as received.
    pub unknown_fields: wire::UnknownFields,
}

impl MultiStep {
    /// Sets [`provision_steps`](Self::provision_steps).
    #[must_use]
    pub fn with_provision_steps(
        mut self,
        value: impl IntoIterator<Item = ProvisionPolicy>,
    ) -> Self {
        self.provision_steps = wire::list(value);
        self
    }
}

impl wire::Struct for MultiStep {
    fn read<'de, D: wire::Deserializer<'de>>(
        &mut self,
        field: usize,
        input: wire::Input<'de, D>,
    ) -> Result<(), D::Error> {
        match field {
            0 => input.plain_as::<wire::List, _>(&mut self.provision_steps),
            _ => input.unknown(&mut self.unknown_fields),
        }
    }
}

impl<'de> serde::Deserialize<'de> for MultiStep {
    fn deserialize<D: serde::Deserializer<'de>>(input: D) -> Result<Self, D::Error> {
        wire::deserialize_struct(
            input,
            "c1.api.policy.v1.MultiStep",
            &["provisionSteps"],
        )
    }
}

impl serde::Serialize for MultiStep {
    fn serialize<S: serde::Serializer>(&self, output: S) -> Result<S::Ok, S::Error> {
        let mut output = wire::Output::object(output)?;
        output.put_as::<wire::List, _>("provisionSteps", &self.provision_steps);
        output.unknown::<Self>(&self.unknown_fields);
        output.end()
    }
}
