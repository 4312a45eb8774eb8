// @generated from the OpenAPI document: change that, and generate again.

use super::{AccountProvision, DefaultBehavior, DeleteAccount};
use crate::runtime::wire;

/// What a connector does to set up or take away access.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum ConnectorProvision {
    /// Whatever the connector does for this kind of entitlement.
    DefaultBehavior(DefaultBehavior),
    /// An account is made.
    Account(AccountProvision),
    /// The account is removed.
    DeleteAccount(DeleteAccount),
    /// None of these, or several at once: the members as they were received.
    Unknown(wire::Object),
}

/// Nothing is set.
impl Default for ConnectorProvision {
    fn default() -> Self {
        Self::Unknown(wire::Object::new())
    }
}

impl ConnectorProvision {
    /// What [`DefaultBehavior`](Self::DefaultBehavior) holds, if it is that.
    pub fn as_default_behavior(&self) -> Option<&DefaultBehavior> {
        match self {
            Self::DefaultBehavior(value) => Some(value),
            _ => None,
        }
    }

    /// What [`Account`](Self::Account) holds, if it is that.
    pub fn as_account(&self) -> Option<&AccountProvision> {
        match self {
            Self::Account(value) => Some(value),
            _ => None,
        }
    }

    /// What [`DeleteAccount`](Self::DeleteAccount) holds, if it is that.
    pub fn as_delete_account(&self) -> Option<&DeleteAccount> {
        match self {
            Self::DeleteAccount(value) => Some(value),
            _ => None,
        }
    }
}

impl From<DefaultBehavior> for ConnectorProvision {
    fn from(value: DefaultBehavior) -> Self {
        Self::DefaultBehavior(value)
    }
}

impl From<AccountProvision> for ConnectorProvision {
    fn from(value: AccountProvision) -> Self {
        Self::Account(value)
    }
}

impl From<DeleteAccount> for ConnectorProvision {
    fn from(value: DeleteAccount) -> Self {
        Self::DeleteAccount(value)
    }
}

impl wire::OneOf for ConnectorProvision {
    const MEMBERS: &'static [&'static str] = &[
        "defaultBehavior",
        "account",
        "deleteAccount",
    ];

    fn read<'de, D: wire::Deserializer<'de>>(
        member: usize,
        input: wire::Input<'de, D>,
    ) -> Result<Option<Self>, D::Error> {
        match member {
            0 => input.member(Self::DefaultBehavior),
            1 => input.member(Self::Account),
            _ => input.member(Self::DeleteAccount),
        }
    }

    fn write<M: wire::SerializeMap>(&self, output: &mut wire::Output<M>) {
        match self {
            Self::DefaultBehavior(value) => output.put("defaultBehavior", value),
            Self::Account(value) => output.put("account", value),
            Self::DeleteAccount(value) => output.put("deleteAccount", value),
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

wire::serde_one_of!(ConnectorProvision, "c1.api.policy.v1.ConnectorProvision");
