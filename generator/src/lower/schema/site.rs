//! The site of a schema, which names the type that it may become.

use crate::document::SchemaId;
use crate::ir::{Role, TypeId};

/// The site of a schema.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(in crate::lower) enum Site {
    /// A component, or the items or values of one.
    Component { key: String, target: Option<SchemaId> },
    /// Part of a named type.
    Inside { owner: TypeId, place: String, role: Role },
    /// Part of an operation.
    InOperation { operation: String, place: String, role: Role },
}

impl Site {
    /// Returns a site in a named type.
    pub(super) fn inside(owner: TypeId, place: impl Into<String>) -> Self {
        Self::Inside { owner, place: place.into(), role: Role::Itself }
    }

    /// Returns a site in an operation.
    pub(in crate::lower) fn of_operation(operation: impl Into<String>, place: impl Into<String>) -> Self {
        Self::InOperation { operation: operation.into(), place: place.into(), role: Role::Itself }
    }

    /// Returns the named type that the site is part of.
    pub(super) fn owner(&self) -> Option<TypeId> {
        match self {
            Self::Inside { owner, .. } => Some(*owner),
            Self::Component { .. } | Self::InOperation { .. } => None,
        }
    }

    /// Returns the reference target that the site is in, if the target has no named type.
    pub(super) fn target(&self) -> Option<SchemaId> {
        match self {
            Self::Component { target, .. } => *target,
            Self::Inside { .. } | Self::InOperation { .. } => None,
        }
    }

    pub(super) fn is_component(&self) -> bool {
        matches!(self, Self::Component { .. })
    }

    /// Returns the name at this site, without packages.
    pub(super) fn name(&self) -> &str {
        match self {
            Self::Component { key, .. } => key.rsplit('.').next().unwrap_or(key),
            Self::Inside { place, .. } | Self::InOperation { place, .. } => place,
        }
    }

    /// Returns the site of list items: the items of `steps` are named in the singular, without a suffix `item`.
    pub(in crate::lower) fn element(&self) -> Self {
        self.held(Role::ListItem, " item")
    }

    /// Returns the site of map values: the values of `prices` are named in the singular, without a suffix `value`.
    pub(super) fn value(&self) -> Self {
        self.held(Role::Value, " value")
    }

    fn held(&self, held: Role, of_component: &str) -> Self {
        let mut site = self.clone();
        match &mut site {
            Self::Component { key, .. } => key.push_str(of_component),
            Self::Inside { role, .. } | Self::InOperation { role, .. } => *role = held,
        }
        site
    }

    /// Returns the site of a part of this schema.
    pub(super) fn part(&self, name: &str) -> Self {
        let mut site = self.clone();
        match &mut site {
            Self::Component { key, .. } => key.push_str(&format!(" {name}")),
            Self::Inside { place, role, .. } | Self::InOperation { place, role, .. } => {
                place.push_str(&format!(" {name}"));
                *role = Role::Itself;
            }
        }
        site
    }
}
