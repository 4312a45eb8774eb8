// @generated from the OpenAPI document: change that, and generate again.

use crate::runtime::wire;

/// Waits for a member's device to admit the recipient's; nobody has to act.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct DevicePlacementProvision {
    /// The boundary of the vault that the recipient's device joins.
    pub vault_boundary_id: String,
    /// Members that this crate does not know, as they were received.
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
    const FIELDS: &'static [&'static str] = &["vaultBoundaryId"];

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

    fn write<M: wire::SerializeMap>(&self, output: &mut wire::Output<'_, M>) {
        output.put("vaultBoundaryId", &self.vault_boundary_id);
        output.unknown(&self.unknown_fields);
    }
}

wire::serde_struct!(DevicePlacementProvision);
