// @generated from the OpenAPI document. Change the document, and generate again.

use super::{
    AppOwnerProvisioner, EntitlementOwnerProvisioner, ExpressionProvisioner,
    GroupProvisioner, ManagerProvisioner, UserProvisioner,
};
use crate::runtime::wire;

/// The assignees of a task.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum ProvisionerAssignment {
    /// Certain users.
    Users(UserProvisioner),
    /// The owners of the app.
    AppOwners(AppOwnerProvisioner),
    /// The members of a group.
    Group(GroupProvisioner),
    /// The recipient's manager.
    Manager(ManagerProvisioner),
    /// The users that expressions select.
    Expression(ExpressionProvisioner),
    /// The owners of the entitlement.
    EntitlementOwners(EntitlementOwnerProvisioner),
    /// A value that matches no variant, or several: the properties as received.
    Unknown(wire::Object),
}

/// Returns `Unknown` without properties.
impl Default for ProvisionerAssignment {
    fn default() -> Self {
        Self::Unknown(wire::Object::new())
    }
}

impl ProvisionerAssignment {
    /// Returns the [`Users`](Self::Users) value, if this is one.
    pub fn as_users(&self) -> Option<&UserProvisioner> {
        match self {
            Self::Users(value) => Some(value),
            _ => None,
        }
    }

    /// Returns the [`AppOwners`](Self::AppOwners) value, if this is one.
    pub fn as_app_owners(&self) -> Option<&AppOwnerProvisioner> {
        match self {
            Self::AppOwners(value) => Some(value),
            _ => None,
        }
    }

    /// Returns the [`Group`](Self::Group) value, if this is one.
    pub fn as_group(&self) -> Option<&GroupProvisioner> {
        match self {
            Self::Group(value) => Some(value),
            _ => None,
        }
    }

    /// Returns the [`Manager`](Self::Manager) value, if this is one.
    pub fn as_manager(&self) -> Option<&ManagerProvisioner> {
        match self {
            Self::Manager(value) => Some(value),
            _ => None,
        }
    }

    /// Returns the [`Expression`](Self::Expression) value, if this is one.
    pub fn as_expression(&self) -> Option<&ExpressionProvisioner> {
        match self {
            Self::Expression(value) => Some(value),
            _ => None,
        }
    }

    /// Returns the [`EntitlementOwners`](Self::EntitlementOwners) value, if this is one.
    pub fn as_entitlement_owners(&self) -> Option<&EntitlementOwnerProvisioner> {
        match self {
            Self::EntitlementOwners(value) => Some(value),
            _ => None,
        }
    }
}

impl From<UserProvisioner> for ProvisionerAssignment {
    fn from(value: UserProvisioner) -> Self {
        Self::Users(value)
    }
}

impl From<AppOwnerProvisioner> for ProvisionerAssignment {
    fn from(value: AppOwnerProvisioner) -> Self {
        Self::AppOwners(value)
    }
}

impl From<GroupProvisioner> for ProvisionerAssignment {
    fn from(value: GroupProvisioner) -> Self {
        Self::Group(value)
    }
}

impl From<ManagerProvisioner> for ProvisionerAssignment {
    fn from(value: ManagerProvisioner) -> Self {
        Self::Manager(value)
    }
}

impl From<ExpressionProvisioner> for ProvisionerAssignment {
    fn from(value: ExpressionProvisioner) -> Self {
        Self::Expression(value)
    }
}

impl From<EntitlementOwnerProvisioner> for ProvisionerAssignment {
    fn from(value: EntitlementOwnerProvisioner) -> Self {
        Self::EntitlementOwners(value)
    }
}

impl wire::KeyedUnion for ProvisionerAssignment {
    const KEYS: &'static [&'static str] = &[
        "users",
        "appOwners",
        "group",
        "manager",
        "expression",
        "entitlementOwners",
    ];

    fn read<'de, D: wire::Deserializer<'de>>(
        key: usize,
        input: wire::Input<'de, D>,
    ) -> Result<Option<Self>, D::Error> {
        match key {
            0 => input.key(Self::Users),
            1 => input.key(Self::AppOwners),
            2 => input.key(Self::Group),
            3 => input.key(Self::Manager),
            4 => input.key(Self::Expression),
            _ => input.key(Self::EntitlementOwners),
        }
    }

    fn write<M: wire::SerializeMap>(&self, output: &mut wire::Output<M>) {
        match self {
            Self::Users(value) => output.put("users", value),
            Self::AppOwners(value) => output.put("appOwners", value),
            Self::Group(value) => output.put("group", value),
            Self::Manager(value) => output.put("manager", value),
            Self::Expression(value) => output.put("expression", value),
            Self::EntitlementOwners(value) => output.put("entitlementOwners", value),
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

wire::serde_keyed_union!(
    ProvisionerAssignment, "c1.api.policy.v1.ProvisionerAssignment"
);
