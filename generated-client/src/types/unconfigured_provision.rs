// @generated from the OpenAPI document: change that, and generate again.

use crate::runtime::wire;

/// Stands for a policy that nobody has chosen yet; there is nothing to set.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct UnconfiguredProvision {
    /// Members that this crate does not know, as they were received.
    pub unknown_fields: wire::UnknownFields,
}

impl wire::Struct for UnconfiguredProvision {
    const FIELDS: &'static [&'static str] = &[];

    fn read<'de, D: wire::Deserializer<'de>>(
        &mut self,
        _: usize,
        input: wire::Input<'de, D>,
    ) -> Result<(), D::Error> {
        input.unknown(&mut self.unknown_fields)
    }

    fn write<M: wire::SerializeMap>(&self, output: &mut wire::Output<'_, M>) {
        output.unknown(&self.unknown_fields);
    }
}

wire::serde_struct!(UnconfiguredProvision);
