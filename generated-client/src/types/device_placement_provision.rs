// @generated from the OpenAPI document. Change the document, and generate again.

use crate::runtime::wire;

/// Waits until a member's device admits the recipient's device.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct DevicePlacementProvision {
    /// The vault boundary that the recipient's device joins.
    pub vault_boundary_id: String,
    /// Unknown properties, preserved as received.
    pub unknown_fields: wire::UnknownFields,
}

impl DevicePlacementProvision {
    /// Sets [`vault_boundary_id`](Self::vault_boundary_id).
    #[must_use]
    pub fn with_vault_boundary_id(mut self, value: &str) -> Self {
        self.vault_boundary_id = value.to_owned();
        self
    }
}

impl wire::Struct for DevicePlacementProvision {
    fn read<'de, D: wire::Deserializer<'de>>(
        &mut self,
        field: usize,
        input: wire::Input<'de, D>,
    ) -> Result<(), D::Error> {
        match field {
            0 => input.plain(&mut self.vault_boundary_id),
            _ => input.unknown(&mut self.unknown_fields),
        }
    }
}

impl<'de> serde::Deserialize<'de> for DevicePlacementProvision {
    fn deserialize<D: serde::Deserializer<'de>>(input: D) -> Result<Self, D::Error> {
        wire::deserialize_struct(
            input,
            "c1.api.policy.v1.DevicePlacementProvision",
            &["vaultBoundaryId"],
        )
    }
}

impl serde::Serialize for DevicePlacementProvision {
    fn serialize<S: serde::Serializer>(&self, output: S) -> Result<S::Ok, S::Error> {
        let mut output = wire::Output::object(output)?;
        output.put("vaultBoundaryId", &self.vault_boundary_id);
        output.unknown::<Self>(&self.unknown_fields);
        output.end()
    }
}
