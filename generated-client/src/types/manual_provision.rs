// @generated from the OpenAPI document: change that, and generate again.

use super::ProvisionerAssignment;
use crate::runtime::wire;

/// Asks people to do the work by hand.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct ManualProvision {
    /// How those people are found.
    pub assignee: Option<ProvisionerAssignment>,
    /// What they are told to do.
    pub instructions: String,
    /// A fixed list of people; `assignee` takes its place.
    #[deprecated]
    pub user_ids: Vec<String>,
    /// Members that this crate does not know, as they were received.
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
    #[deprecated]
    #[must_use]
    pub fn with_user_ids(
        mut self,
        value: impl IntoIterator<Item = impl Into<String>>,
    ) -> Self {
        self.user_ids = value.into_iter().map(Into::into).collect();
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
