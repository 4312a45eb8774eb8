// @generated from the OpenAPI document. Change the document, and generate again.

use super::{DoNotSave, SaveToVault};
use crate::runtime::wire;

/// Creates an account, and stores or discards its credentials.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct AccountProvision {
    /// The settings of the account, which follow the schema `schemaId`.
    pub config: Option<wire::Object>,
    /// The connector that creates the account.
    pub connector_id: String,
    /// The schema of `config`.
    pub schema_id: String,
    /// At most one of the properties `saveToVault` and `doNotSave`.
    pub storage_type: Option<AccountProvisionStorageType>,
    /// Unknown properties, preserved as received.
    pub unknown_fields: wire::UnknownFields,
}

impl AccountProvision {
    /// Sets [`config`](Self::config).
    #[must_use]
    pub fn with_config(
        mut self,
        value: impl IntoIterator<Item = (impl AsRef<str>, impl Into<wire::Value>)>,
    ) -> Self {
        self.config = Some(wire::object(value));
        self
    }

    /// Sets [`connector_id`](Self::connector_id).
    #[must_use]
    pub fn with_connector_id(mut self, value: &str) -> Self {
        self.connector_id = value.to_owned();
        self
    }

    /// Sets [`schema_id`](Self::schema_id).
    #[must_use]
    pub fn with_schema_id(mut self, value: &str) -> Self {
        self.schema_id = value.to_owned();
        self
    }

    /// Sets [`storage_type`](Self::storage_type).
    #[must_use]
    pub fn with_storage_type(
        mut self,
        value: impl Into<AccountProvisionStorageType>,
    ) -> Self {
        self.storage_type = Some(value.into());
        self
    }
}

impl wire::Struct for AccountProvision {
    fn read<'de, D: wire::Deserializer<'de>>(
        &mut self,
        field: usize,
        input: wire::Input<'de, D>,
    ) -> Result<(), D::Error> {
        match field {
            0 => input.optional_as::<wire::Json, _>(&mut self.config),
            1 => input.plain(&mut self.connector_id),
            2 => input.plain(&mut self.schema_id),
            3..=4 => input.keyed_union(&mut self.storage_type, field - 3),
            _ => input.unknown(&mut self.unknown_fields),
        }
    }
}

impl<'de> serde::Deserialize<'de> for AccountProvision {
    fn deserialize<D: serde::Deserializer<'de>>(input: D) -> Result<Self, D::Error> {
        wire::deserialize_struct(
            input,
            "c1.api.policy.v1.ConnectorProvision.AccountProvision",
            &["config", "connectorId", "schemaId", "saveToVault", "doNotSave"],
        )
    }
}

impl serde::Serialize for AccountProvision {
    fn serialize<S: serde::Serializer>(&self, output: S) -> Result<S::Ok, S::Error> {
        let mut output = wire::Output::object(output)?;
        output.put_some("config", &self.config);
        output.put("connectorId", &self.connector_id);
        output.put("schemaId", &self.schema_id);
        output.keyed_union(&self.storage_type);
        output.unknown::<Self>(&self.unknown_fields);
        output.end()
    }
}

/// At most one of several properties, which belong to the enclosing object.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum AccountProvisionStorageType {
    /// The credentials are stored in vaults.
    SaveToVault(SaveToVault),
    /// The credentials are discarded.
    DoNotSave(DoNotSave),
    /// A value that matches no variant, or several: the properties as received.
    Unknown(wire::Object),
}

/// Returns `Unknown` without properties.
impl Default for AccountProvisionStorageType {
    fn default() -> Self {
        Self::Unknown(wire::Object::new())
    }
}

impl AccountProvisionStorageType {
    /// Returns the [`SaveToVault`](Self::SaveToVault) value, if this is one.
    pub fn as_save_to_vault(&self) -> Option<&SaveToVault> {
        match self {
            Self::SaveToVault(value) => Some(value),
            _ => None,
        }
    }

    /// Returns the [`DoNotSave`](Self::DoNotSave) value, if this is one.
    pub fn as_do_not_save(&self) -> Option<&DoNotSave> {
        match self {
            Self::DoNotSave(value) => Some(value),
            _ => None,
        }
    }
}

impl From<SaveToVault> for AccountProvisionStorageType {
    fn from(value: SaveToVault) -> Self {
        Self::SaveToVault(value)
    }
}

impl From<DoNotSave> for AccountProvisionStorageType {
    fn from(value: DoNotSave) -> Self {
        Self::DoNotSave(value)
    }
}

impl wire::KeyedUnion for AccountProvisionStorageType {
    const KEYS: &'static [&'static str] = &["saveToVault", "doNotSave"];

    fn read<'de, D: wire::Deserializer<'de>>(
        key: usize,
        input: wire::Input<'de, D>,
    ) -> Result<Option<Self>, D::Error> {
        match key {
            0 => input.key(Self::SaveToVault),
            _ => input.key(Self::DoNotSave),
        }
    }

    fn write<M: wire::SerializeMap>(&self, output: &mut wire::Output<M>) {
        match self {
            Self::SaveToVault(value) => output.put("saveToVault", value),
            Self::DoNotSave(value) => output.put("doNotSave", value),
            Self::Unknown(object) => output.all(object),
        }
    }

    fn unknown(object: wire::Object) -> Self {
        Self::Unknown(object)
    }

    fn unknown_mut(&mut self) -> Option<&mut wire::Object> {
        match self {
            Self::Unknown(object) => Some(object),
            _ => None,
        }
    }
}

wire::serde_keyed_union!(AccountProvisionStorageType, "AccountProvisionStorageType");
