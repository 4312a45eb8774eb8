// @generated from the OpenAPI document. Change the document, and generate again.

use crate::runtime::wire;

/// Assigns the task to the members of a group.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct GroupProvisioner {
    /// True if assignees can reassign the task.
    pub allow_reassignment: bool,
    /// The entitlement of the group.
    pub app_group_id: String,
    /// The app of the group.
    pub app_id: String,
    /// The fallback assignees if the group is empty.
    pub fallback_user_ids: Vec<String>,
    /// Unknown properties, preserved as received.
    pub unknown_fields: wire::UnknownFields,
}

impl GroupProvisioner {
    /// Sets [`allow_reassignment`](Self::allow_reassignment).
    #[must_use]
    pub fn with_allow_reassignment(mut self, value: bool) -> Self {
        self.allow_reassignment = value;
        self
    }

    /// Sets [`app_group_id`](Self::app_group_id).
    #[must_use]
    pub fn with_app_group_id(mut self, value: &str) -> Self {
        self.app_group_id = value.to_owned();
        self
    }

    /// Sets [`app_id`](Self::app_id).
    #[must_use]
    pub fn with_app_id(mut self, value: &str) -> Self {
        self.app_id = value.to_owned();
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

impl wire::Struct for GroupProvisioner {
    fn read<'de, D: wire::Deserializer<'de>>(
        &mut self,
        field: usize,
        input: wire::Input<'de, D>,
    ) -> Result<(), D::Error> {
        match field {
            0 => input.plain(&mut self.allow_reassignment),
            1 => input.plain(&mut self.app_group_id),
            2 => input.plain(&mut self.app_id),
            3 => input.plain_as::<wire::List, _>(&mut self.fallback_user_ids),
            _ => input.unknown(&mut self.unknown_fields),
        }
    }
}

impl<'de> serde::Deserialize<'de> for GroupProvisioner {
    fn deserialize<D: serde::Deserializer<'de>>(input: D) -> Result<Self, D::Error> {
        wire::deserialize_struct(
            input,
            "c1.api.policy.v1.GroupProvisioner",
            &["allowReassignment", "appGroupId", "appId", "fallbackUserIds"],
        )
    }
}

impl serde::Serialize for GroupProvisioner {
    fn serialize<S: serde::Serializer>(&self, output: S) -> Result<S::Ok, S::Error> {
        let mut output = wire::Output::object(output)?;
        output.put("allowReassignment", &self.allow_reassignment);
        output.put("appGroupId", &self.app_group_id);
        output.put("appId", &self.app_id);
        output.put_as::<wire::List, _>("fallbackUserIds", &self.fallback_user_ids);
        output.unknown::<Self>(&self.unknown_fields);
        output.end()
    }
}
