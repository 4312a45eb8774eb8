// @generated from the OpenAPI document. Change the document, and generate again.

use crate::runtime::wire;

/// Assigns the task to the recipient's manager.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct ManagerProvisioner {
    /// True if the manager can reassign the task.
    pub allow_reassignment: bool,
    /// The fallback assignees if the recipient has no manager.
    pub fallback_user_ids: Vec<String>,
    /// Unknown properties, preserved as received.
    pub unknown_fields: wire::UnknownFields,
}

impl ManagerProvisioner {
    /// Sets [`allow_reassignment`](Self::allow_reassignment).
    #[must_use]
    pub fn with_allow_reassignment(mut self, value: bool) -> Self {
        self.allow_reassignment = value;
        self
    }

    /// Sets [`fallback_user_ids`](Self::fallback_user_ids).
    #[must_use]
    pub fn with_fallback_user_ids(
        mut self,
        value: impl IntoIterator<Item = impl AsRef<str>>,
    ) -> Self {
        self.fallback_user_ids = wire::list_of_text(value);
        self
    }
}

impl wire::Struct for ManagerProvisioner {
    fn read<'de, D: wire::Deserializer<'de>>(
        &mut self,
        field: usize,
        input: wire::Input<'de, D>,
    ) -> Result<(), D::Error> {
        match field {
            0 => input.plain(&mut self.allow_reassignment),
            1 => input.plain_as::<wire::List, _>(&mut self.fallback_user_ids),
            _ => input.unknown(&mut self.unknown_fields),
        }
    }
}

impl<'de> serde::Deserialize<'de> for ManagerProvisioner {
    fn deserialize<D: serde::Deserializer<'de>>(input: D) -> Result<Self, D::Error> {
        wire::deserialize_struct(
            input,
            "c1.api.policy.v1.ManagerProvisioner",
            &["allowReassignment", "fallbackUserIds"],
        )
    }
}

impl serde::Serialize for ManagerProvisioner {
    fn serialize<S: serde::Serializer>(&self, output: S) -> Result<S::Ok, S::Error> {
        let mut output = wire::Output::object(output)?;
        output.put("allowReassignment", &self.allow_reassignment);
        output.put_as::<wire::List, _>("fallbackUserIds", &self.fallback_user_ids);
        output.unknown::<Self>(&self.unknown_fields);
        output.end()
    }
}
