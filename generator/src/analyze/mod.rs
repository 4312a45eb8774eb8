//! Facts derived from the whole ir: which types are recursive, which are sent or received, which are identical,
//! and which resources depend on them. [`required_checks`] and [`structure`] answer questions about single
//! operations and types.
//!
//! Imports `ir` only.

mod dedup;
mod dependents;
mod headers;
mod messages;
mod reach;
mod recursion;
pub(crate) mod required_checks;
pub(crate) mod structure;

use std::collections::{BTreeSet, HashMap, HashSet};

use crate::ir::{Access, Api, Field, OperationId, ResourceId, Type, TypeId};
use dedup::Dedup;
use dependents::Dependents;

/// Facts derived from an [`Api`].
#[derive(Debug, Default)]
pub(crate) struct Facts {
    boxed: HashSet<(TypeId, usize)>,
    sent: HashSet<TypeId>,
    received: HashSet<TypeId>,
    messages: HashSet<TypeId>,
    dependents: Vec<Dependents>,
    dedup: Dedup,
    same_headers: HashMap<OperationId, OperationId>,
    operations: Vec<Vec<OperationId>>,
}

impl Facts {
    /// Derives the facts.
    pub(crate) fn of(api: &Api) -> Self {
        let (sent, received) = reach::reach(api);
        let dedup = Dedup::of(api, &sent, &received);
        Self {
            boxed: recursion::boxed(api, &dedup),
            sent,
            received,
            messages: messages::messages(api),
            dependents: dependents::dependents(api, &dedup),
            dedup,
            same_headers: headers::same_headers(api),
            operations: api.operations_by_resource(),
        }
    }

    /// Returns `true` if the field or variant at a position of a type is boxed because the type contains itself
    /// through it.
    pub(crate) fn is_boxed(&self, owner: TypeId, member: usize) -> bool {
        self.boxed.contains(&(owner, member))
    }

    /// Returns `true` if requests contain values of a type.
    pub(crate) fn is_sent(&self, id: TypeId) -> bool {
        self.sent.contains(&id)
    }

    /// Returns `true` if requests contain values of a type and responses do not. Fields of such values that are
    /// not set are not written.
    pub(crate) fn is_only_sent(&self, id: TypeId) -> bool {
        self.sent.contains(&id) && !self.received.contains(&id)
    }

    /// Returns `true` if a `google.protobuf.Any` can hold values of a type.
    pub(crate) fn is_message(&self, id: TypeId) -> bool {
        self.messages.contains(&id)
    }

    /// Returns the first operation of the resource with the same response headers, unless that is the operation
    /// itself.
    pub(crate) fn first_with_same_headers(&self, id: OperationId) -> Option<OperationId> {
        self.same_headers.get(&id).copied()
    }

    /// Returns the operations of a resource, in document order.
    pub(crate) fn operations_of(&self, id: ResourceId) -> &[OperationId] {
        &self.operations[id.index()]
    }

    /// Returns the direction of a field, or `Both` if the whole type has that direction anyway.
    pub(crate) fn direction(&self, id: TypeId, field: &Field) -> Access {
        match field.access {
            Access::ReadOnly if self.is_sent(id) => Access::ReadOnly,
            Access::WriteOnly if !self.is_only_sent(id) => Access::WriteOnly,
            _ => Access::Both,
        }
    }

    /// Returns the type that a type is an alias of.
    pub(crate) fn alias_of(&self, id: TypeId) -> Option<TypeId> {
        self.dedup.alias_of(id)
    }

    /// Returns `ty` with every alias replaced by its type.
    pub(crate) fn canonical_type(&self, ty: &Type) -> Type {
        let mut ty = ty.clone();
        dedup::replace(&mut ty, &|id| self.dedup.canonical_of(id));
        ty
    }

    /// Returns the types that have aliases in other files.
    pub(crate) fn shared(&self) -> &BTreeSet<TypeId> {
        self.dedup.shared()
    }

    /// Returns the dependents of a type.
    pub(crate) fn dependents(&self, id: TypeId) -> &Dependents {
        &self.dependents[id.index()]
    }
}
