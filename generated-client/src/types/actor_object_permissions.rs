// @generated from the OpenAPI document. Change the document, and generate again.

use std::collections::BTreeMap;
use crate::runtime::wire;

/// The permissions of the caller on an object. Only older views have it.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct ActorObjectPermissions {
    /// True if the caller can delete the object.
    pub delete: bool,
    /// True if the caller can edit the object.
    pub edit: bool,
    /// Permissions specific to this type of object, by name.
    pub extra: BTreeMap<String, bool>,
    /// True if the caller can read the object.
    pub read: bool,
    /// Unknown properties, preserved as received.
    pub unknown_fields: wire::UnknownFields,
}

impl ActorObjectPermissions {
    /// Sets [`delete`](Self::delete).
    #[must_use]
    pub fn with_delete(mut self, value: bool) -> Self {
        self.delete = value;
        self
    }

    /// Sets [`edit`](Self::edit).
    #[must_use]
    pub fn with_edit(mut self, value: bool) -> Self {
        self.edit = value;
        self
    }

    /// Sets [`extra`](Self::extra).
    #[must_use]
    pub fn with_extra(
        mut self,
        value: impl IntoIterator<Item = (impl AsRef<str>, impl wire::IntoItem<bool>)>,
    ) -> Self {
        self.extra = wire::map(value);
        self
    }

    /// Sets [`read`](Self::read).
    #[must_use]
    pub fn with_read(mut self, value: bool) -> Self {
        self.read = value;
        self
    }
}

impl wire::Struct for ActorObjectPermissions {
    fn read<'de, D: wire::Deserializer<'de>>(
        &mut self,
        field: usize,
        input: wire::Input<'de, D>,
    ) -> Result<(), D::Error> {
        match field {
            0 => input.plain(&mut self.delete),
            1 => input.plain(&mut self.edit),
            2 => input.plain_as::<wire::Map, _>(&mut self.extra),
            3 => input.plain(&mut self.read),
            _ => input.unknown(&mut self.unknown_fields),
        }
    }
}

impl<'de> serde::Deserialize<'de> for ActorObjectPermissions {
    fn deserialize<D: serde::Deserializer<'de>>(input: D) -> Result<Self, D::Error> {
        wire::deserialize_struct(
            input,
            "c1.api.iam.v1.ActorObjectPermissions",
            &["delete", "edit", "extra", "read"],
        )
    }
}

impl serde::Serialize for ActorObjectPermissions {
    fn serialize<S: serde::Serializer>(&self, output: S) -> Result<S::Ok, S::Error> {
        let mut output = wire::Output::object(output)?;
        output.put("delete", &self.delete);
        output.put("edit", &self.edit);
        output.put_as::<wire::Map, _>("extra", &self.extra);
        output.put("read", &self.read);
        output.unknown::<Self>(&self.unknown_fields);
        output.end()
    }
}
