//! Facts derived from the whole ir: which types are recursive, which are sent or received, which are identical, which
//! features compile them, and which constructors, conversions and defaults they have. [`arguments`], [`requests`],
//! [`required_checks`], [`scopes`] and [`structure`] answer questions about single operations and types.
//! [`runtime_parts`] decides which parts of the runtime a crate has.
//!
//! Imports `ir` only.

pub(crate) mod arguments;
mod availability;
mod constraints;
mod constructors;
mod conversions;
mod custom_types;
mod dedup;
mod dependents;
pub(crate) mod errors;
mod headers;
mod initial_values;
mod messages;
mod reach;
mod recursion;
pub(crate) mod requests;
pub(crate) mod required_checks;
mod runtime_parts;
pub(crate) mod scopes;
pub(crate) mod stated_defaults;
pub(crate) mod structure;

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

pub(crate) use availability::Availability;
pub(crate) use constraints::{effective_constraints, has_patterns};
pub(crate) use custom_types::types_with_default;
pub(crate) use initial_values::InitialValue;
pub(crate) use runtime_parts::{RuntimePart, runtime_parts};

use crate::ir::{Access, Api, Field, FieldKind, OperationId, ResourceId, TypeId};
use dedup::Dedup;

/// Facts derived from an [`Api`].
#[derive(Debug, Default)]
pub(crate) struct Facts {
    boxed: HashSet<(TypeId, usize)>,
    sent: HashSet<TypeId>,
    received: HashSet<TypeId>,
    messages: HashSet<TypeId>,
    availability: Vec<Availability>,
    error_types: BTreeMap<TypeId, BTreeSet<String>>,
    has_other_types: bool,
    has_repeatable: bool,
    constructors: HashMap<TypeId, Vec<usize>>,
    conversions: HashMap<TypeId, HashSet<usize>>,
    initial_values: HashMap<TypeId, Vec<Option<InitialValue>>>,
    dedup: Dedup,
    same_headers: HashMap<OperationId, OperationId>,
    operations: Vec<Vec<OperationId>>,
}

impl Facts {
    /// Derives the facts.
    pub(crate) fn of(api: &Api) -> Self {
        let (sent, received) = reach::reach(api);
        let dedup = Dedup::of(api, &sent, &received);
        let dependents = dependents::dependents(api, &dedup);
        Self {
            boxed: recursion::boxed(api, &dedup),
            constructors: constructors::constructors(api, &sent),
            sent,
            received,
            messages: messages::messages(api),
            availability: availability::of_types(api, &dependents),
            error_types: errors::error_types(api, &dedup),
            has_other_types: dependents.iter().any(|it| it.unreachable),
            has_repeatable: api.operations.iter().any(|operation| operation.is_repeatable),
            conversions: conversions::conversions(api, &dedup),
            initial_values: initial_values::initial_values(api),
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

    /// Returns the types that have aliases in other files.
    pub(crate) fn shared(&self) -> &BTreeSet<TypeId> {
        self.dedup.shared()
    }

    /// Returns the features that compile a type.
    pub(crate) fn availability(&self, id: TypeId) -> &Availability {
        &self.availability[id.index()]
    }

    /// Returns the types of the bodies of errors, without aliases, each with its statuses.
    pub(crate) fn error_types(&self) -> &BTreeMap<TypeId, BTreeSet<String>> {
        &self.error_types
    }

    /// Returns `true` if no operation reaches some type, such as a webhook payload.
    pub(crate) fn has_other_types(&self) -> bool {
        self.has_other_types
    }

    /// Returns `true` if codegen.toml declares some operation repeatable.
    pub(crate) fn has_repeatable(&self) -> bool {
        self.has_repeatable
    }

    /// Returns the fields that the constructor of a struct requires, by position. `None` if it has no constructor.
    pub(crate) fn constructor(&self, id: TypeId) -> Option<&[usize]> {
        self.constructors.get(&id).map(Vec::as_slice)
    }

    /// Returns `true` if a union has a `From` impl for the type of the variant at a position.
    pub(crate) fn is_convertible(&self, union: TypeId, position: usize) -> bool {
        self.conversions.get(&union).is_some_and(|positions| positions.contains(&position))
    }

    /// Returns `true` if a type is a union with a `From` impl for a type of its variants.
    pub(crate) fn has_conversions(&self, id: TypeId) -> bool {
        self.conversions.contains_key(&id)
    }

    /// Returns the initial value of each field of a struct. `None` if the struct derives `Default`.
    pub(crate) fn initial_values(&self, id: TypeId) -> Option<&[Option<InitialValue>]> {
        self.initial_values.get(&id).map(Vec::as_slice)
    }

    /// Returns the kind of a field. Only requests distinguish null from absence, so a field that is never sent does not.
    pub(crate) fn field_kind(&self, id: TypeId, field: &Field) -> FieldKind {
        match &field.kind {
            FieldKind::OptionalNullable(ty) if !self.is_sent(id) => FieldKind::Optional(ty.clone()),
            kind => kind.clone(),
        }
    }
}
