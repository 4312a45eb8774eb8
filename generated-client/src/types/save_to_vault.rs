// @generated from the OpenAPI document. Change the document, and generate again.

use crate::runtime::wire;

/// Stores new credentials in vaults.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct SaveToVault {
    /// The vaults.
    pub vault_ids: Vec<String>,
    /// Unknown properties, preserved as received.
    pub unknown_fields: wire::UnknownFields,
}

impl SaveToVault {
    /// Sets [`vault_ids`](Self::vault_ids).
    #[must_use]
    pub fn with_vault_ids(
        mut self,
        value: impl IntoIterator<Item = impl AsRef<str>>,
    ) -> Self {
        self.vault_ids = wire::list_of_text(value);
        self
    }
}

impl wire::Struct for SaveToVault {
    fn read<'de, D: wire::Deserializer<'de>>(
        &mut self,
        field: usize,
        input: wire::Input<'de, D>,
    ) -> Result<(), D::Error> {
        match field {
            0 => input.plain_as::<wire::List, _>(&mut self.vault_ids),
            _ => input.unknown(&mut self.unknown_fields),
        }
    }
}

impl<'de> serde::Deserialize<'de> for SaveToVault {
    fn deserialize<D: serde::Deserializer<'de>>(input: D) -> Result<Self, D::Error> {
        wire::deserialize_struct(
            input,
            "c1.api.policy.v1.ConnectorProvision.SaveToVault",
            &["vaultIds"],
        )
    }
}

impl serde::Serialize for SaveToVault {
    fn serialize<S: serde::Serializer>(&self, output: S) -> Result<S::Ok, S::Error> {
        let mut output = wire::Output::object(output)?;
        output.put_as::<wire::List, _>("vaultIds", &self.vault_ids);
        output.unknown::<Self>(&self.unknown_fields);
        output.end()
    }
}
