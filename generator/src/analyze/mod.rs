//! Facts that follow from the ir: which types are recursive, which are sent and received, and which resources need them;
//! and, one at a time, what of a request shows its absence ([`absence`]) and what has a structure ([`structure`]).
//!
//! Imports `ir` only.

pub(crate) mod absence;
mod headers;
mod messages;
mod reach;
mod recursion;
mod same;
pub(crate) mod structure;
mod users;

use std::collections::{BTreeSet, HashMap, HashSet};

use crate::ir::{Access, Api, Field, OperationId, Type, TypeId};
use same::Same;
use users::Users;

/// What follows from an [`Api`].
#[derive(Debug, Default)]
pub(crate) struct Facts {
    boxed: HashSet<(TypeId, usize)>,
    sent: HashSet<TypeId>,
    received: HashSet<TypeId>,
    messages: HashSet<TypeId>,
    users: Vec<Users>,
    same: Same,
    alike: HashMap<OperationId, OperationId>,
}

impl Facts {
    /// Draws the conclusions.
    pub(crate) fn of(api: &Api) -> Self {
        let (sent, received) = reach::reach(api);
        let same = Same::of(api, &sent, &received);
        Self {
            boxed: recursion::boxed(api, &same),
            sent,
            received,
            messages: messages::messages(api),
            users: users::users(api, &same),
            same,
            alike: headers::alike(api),
        }
    }

    /// Whether the field or variant at a position of a type is boxed, because the type holds itself by way of it.
    pub(crate) fn is_boxed(&self, owner: TypeId, member: usize) -> bool {
        self.boxed.contains(&(owner, member))
    }

    /// Whether values of a type are sent.
    pub(crate) fn is_sent(&self, id: TypeId) -> bool {
        self.sent.contains(&id)
    }

    /// Whether values of a type are sent, and never received: what is not set in them need not be written.
    pub(crate) fn is_only_sent(&self, id: TypeId) -> bool {
        self.sent.contains(&id) && !self.received.contains(&id)
    }

    /// Whether values of a type can be messages beside the name of their type.
    pub(crate) fn is_message(&self, id: TypeId) -> bool {
        self.messages.contains(&id)
    }

    /// The operation of the same resource that comes first with the same headers, if it is another one.
    pub(crate) fn same_headers(&self, id: OperationId) -> Option<OperationId> {
        self.alike.get(&id).copied()
    }

    /// Which way a field travels, as far as that is not the way of all that its type holds.
    pub(crate) fn one_way(&self, id: TypeId, field: &Field) -> Access {
        match field.access {
            Access::ReadOnly if self.is_sent(id) => Access::ReadOnly,
            Access::WriteOnly if !self.is_only_sent(id) => Access::WriteOnly,
            _ => Access::Both,
        }
    }

    /// The type that another one is only a name of.
    pub(crate) fn other_name_of(&self, id: TypeId) -> Option<TypeId> {
        self.same.other(id)
    }

    /// The same type, without names that are only others of one.
    pub(crate) fn settled(&self, ty: &Type) -> Type {
        let mut ty = ty.clone();
        same::replace(&mut ty, &|id| self.same.first(id));
        ty
    }

    /// The types that have other names outside of the type that they stand in.
    pub(crate) fn shared(&self) -> &BTreeSet<TypeId> {
        self.same.shared()
    }

    /// Who needs a type.
    pub(crate) fn users(&self, id: TypeId) -> &Users {
        &self.users[id.index()]
    }
}
