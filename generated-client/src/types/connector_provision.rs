// @generated from the OpenAPI document. Change the document, and generate again.

use super::{AccountProvision, DefaultBehavior, DeleteAccount};
use crate::runtime::wire;

/// The way in which a connector provisions or removes access.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum ConnectorProvision {
    /// The connector's default behavior for this type of entitlement.
    DefaultBehavior(DefaultBehavior),
    /// Creates an account.
    Account(AccountProvision),
    /// Deletes the account.
    DeleteAccount(DeleteAccount),
    /// A value that matches no variant, or several: the properties as received.
    Unknown(wire::Object),
}

/// Returns `Unknown` without properties.
impl Default for ConnectorProvision {
    fn default() -> Self {
        Self::Unknown(wire::Object::new())
    }
}

impl ConnectorProvision {
    /// Returns the [`DefaultBehavior`](Self::DefaultBehavior) value, if this is one.
    pub fn as_default_behavior(&self) -> Option<&DefaultBehavior> {
        match self {
            Self::DefaultBehavior(value) => Some(value),
            _ => None,
        }
    }

    /// Returns the [`Account`](Self::Account) value, if this is one.
    pub fn as_account(&self) -> Option<&AccountProvision> {
        match self {
            Self::Account(value) => Some(value),
            _ => None,
        }
    }

    /// Returns the [`DeleteAccount`](Self::DeleteAccount) value, if this is one.
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

impl wire::KeyedUnion for ConnectorProvision {
    const KEYS: &'static [&'static str] = &[
        "defaultBehavior",
        "account",
        "deleteAccount",
    ];

    fn read<'de, D: wire::Deserializer<'de>>(
        key: usize,
        input: wire::Input<'de, D>,
    ) -> Result<Option<Self>, D::Error> {
        match key {
            0 => input.key(Self::DefaultBehavior),
            1 => input.key(Self::Account),
            _ => input.key(Self::DeleteAccount),
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

wire::serde_keyed_union!(ConnectorProvision, "c1.api.policy.v1.ConnectorProvision");
