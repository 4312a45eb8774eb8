// @generated from the OpenAPI document: change that, and generate again.

use super::{
    AppOwnerProvisioner, EntitlementOwnerProvisioner, ExpressionProvisioner,
    GroupProvisioner, ManagerProvisioner, UserProvisioner,
};
use crate::runtime::wire;

/// Who is asked to do the work.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum ProvisionerAssignment {
    /// Certain people.
    Users(UserProvisioner),
    /// Whoever owns the app.
    AppOwners(AppOwnerProvisioner),
    /// The members of a group.
    Group(GroupProvisioner),
    /// The recipient's manager.
    Manager(ManagerProvisioner),
    /// Whoever an expression picks.
    Expression(ExpressionProvisioner),
    /// Whoever owns the entitlement.
    EntitlementOwners(EntitlementOwnerProvisioner),
    /// None of these, or several at once: the members as they were received.
    Unknown(wire::Object),
}

/// Nothing is set.
impl Default for ProvisionerAssignment {
    fn default() -> Self {
        Self::Unknown(wire::Object::new())
    }
}

impl ProvisionerAssignment {
    /// What [`Users`](Self::Users) holds, if it is that.
    pub fn as_users(&self) -> Option<&UserProvisioner> {
        match self {
            Self::Users(value) => Some(value),
            _ => None,
        }
    }

    /// What [`AppOwners`](Self::AppOwners) holds, if it is that.
    pub fn as_app_owners(&self) -> Option<&AppOwnerProvisioner> {
        match self {
            Self::AppOwners(value) => Some(value),
            _ => None,
        }
    }

    /// What [`Group`](Self::Group) holds, if it is that.
    pub fn as_group(&self) -> Option<&GroupProvisioner> {
        match self {
            Self::Group(value) => Some(value),
            _ => None,
        }
    }

    /// What [`Manager`](Self::Manager) holds, if it is that.
    pub fn as_manager(&self) -> Option<&ManagerProvisioner> {
        match self {
            Self::Manager(value) => Some(value),
            _ => None,
        }
    }

    /// What [`Expression`](Self::Expression) holds, if it is that.
    pub fn as_expression(&self) -> Option<&ExpressionProvisioner> {
        match self {
            Self::Expression(value) => Some(value),
            _ => None,
        }
    }

    /// What [`EntitlementOwners`](Self::EntitlementOwners) holds, if it is that.
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

impl wire::OneOf for ProvisionerAssignment {
    const MEMBERS: &'static [&'static str] = &[
        "users",
        "appOwners",
        "group",
        "manager",
        "expression",
        "entitlementOwners",
    ];

    fn read<'de, D: wire::Deserializer<'de>>(
        member: usize,
        input: wire::Input<'de, D>,
    ) -> Result<Option<Self>, D::Error> {
        match member {
            0 => input.member(Self::Users),
            1 => input.member(Self::AppOwners),
            2 => input.member(Self::Group),
            3 => input.member(Self::Manager),
            4 => input.member(Self::Expression),
            _ => input.member(Self::EntitlementOwners),
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

wire::serde_one_of!(ProvisionerAssignment, "c1.api.policy.v1.ProvisionerAssignment");
