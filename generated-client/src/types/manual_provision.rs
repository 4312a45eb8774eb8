// @generated from the OpenAPI document. Change the document, and generate again.

use super::ProvisionerAssignment;
use crate::runtime::wire;

/// Assigns the work to people.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct ManualProvision {
    /// The assignees.
    pub assignee: Option<ProvisionerAssignment>,
    /// The instructions for the assignees.
    pub instructions: String,
    /// A fixed list of users. Use `assignee` instead.
    #[deprecated(note = "Use `assignee` instead.")]
    pub user_ids: Vec<String>,
    /// Unknown properties, preserved as received.
    pub unknown_fields: wire::UnknownFields,
}

impl ManualProvision {
    /// Sets [`assignee`](Self::assignee).
    #[must_use]
    pub fn with_assignee(mut self, value: impl Into<ProvisionerAssignment>) -> Self {
        self.assignee = Some(value.into());
        self
    }

    /// Sets [`instructions`](Self::instructions).
    #[must_use]
    pub fn with_instructions(mut self, value: &str) -> Self {
        self.instructions = value.to_owned();
        self
    }

    /// Sets [`user_ids`](Self::user_ids).
    #[deprecated(note = "Use `assignee` instead.")]
    #[must_use]
    pub fn with_user_ids(
        mut self,
        value: impl IntoIterator<Item = impl AsRef<str>>,
    ) -> Self {
        self.user_ids = wire::list_of_text(value);
        self
    }
}

impl wire::Struct for ManualProvision {
    fn read<'de, D: wire::Deserializer<'de>>(
        &mut self,
        field: usize,
        input: wire::Input<'de, D>,
    ) -> Result<(), D::Error> {
        match field {
            0 => input.optional(&mut self.assignee),
            1 => input.plain(&mut self.instructions),
            2 => input.plain_as::<wire::List, _>(&mut self.user_ids),
            _ => input.unknown(&mut self.unknown_fields),
        }
    }
}

impl<'de> serde::Deserialize<'de> for ManualProvision {
    fn deserialize<D: serde::Deserializer<'de>>(input: D) -> Result<Self, D::Error> {
        wire::deserialize_struct(
            input,
            "c1.api.policy.v1.ManualProvision",
            &["assignee", "instructions", "userIds"],
        )
    }
}

impl serde::Serialize for ManualProvision {
    fn serialize<S: serde::Serializer>(&self, output: S) -> Result<S::Ok, S::Error> {
        let mut output = wire::Output::object(output)?;
        output.put_some("assignee", &self.assignee);
        output.put("instructions", &self.instructions);
        output.put_as::<wire::List, _>("userIds", &self.user_ids);
        output.unknown::<Self>(&self.unknown_fields);
        output.end()
    }
}
