// @generated from the OpenAPI document. Change the document, and generate again.

use crate::runtime::wire;

/// Discards new credentials. It has no settings.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct DoNotSave {
    /// Unknown properties, preserved as received.
    pub unknown_fields: wire::UnknownFields,
}

impl wire::Struct for DoNotSave {
    fn read<'de, D: wire::Deserializer<'de>>(
        &mut self,
        _: usize,
        input: wire::Input<'de, D>,
    ) -> Result<(), D::Error> {
        input.unknown(&mut self.unknown_fields)
    }
}

impl<'de> serde::Deserialize<'de> for DoNotSave {
    fn deserialize<D: serde::Deserializer<'de>>(input: D) -> Result<Self, D::Error> {
        wire::deserialize_struct(
            input,
            "c1.api.policy.v1.ConnectorProvision.DoNotSave",
            &[],
        )
    }
}

impl serde::Serialize for DoNotSave {
    fn serialize<S: serde::Serializer>(&self, output: S) -> Result<S::Ok, S::Error> {
        let mut output = wire::Output::object(output)?;
        output.unknown::<Self>(&self.unknown_fields);
        output.end()
    }
}
