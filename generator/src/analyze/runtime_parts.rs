//! Decides which optional parts of the runtime a crate needs. The others have no use: only generated code reaches them.

use std::collections::BTreeSet;

use super::Facts;
use super::constraints::has_patterns;
use crate::ir::{
    Api, BodyKind, ConstraintTable, Content, EnumKind, FieldKind, Operation, Shape, Success, TimeLibrary,
    Type,
};

/// An optional part of the runtime.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum RuntimePart {
    /// `google.protobuf.Any`.
    Any,
    Chrono,
    /// The constraints that the mock server checks.
    Constraints,
    /// Response bodies that are read in chunks.
    Downloads,
    /// The charsets of text responses.
    Encodings,
    /// Clients from environment variables.
    Environment,
    IntegerEnums,
    Jiff,
    KeyedUnions,
    Multipart,
    /// Fields that distinguish null from absence.
    Nullable,
    OAuth,
    /// The OAuth 2 grants of clients that act for themselves.
    OAuthClients,
    /// The OAuth 2 grants of clients that act for a user.
    OAuthUsers,
    Pages,
    /// The patterns of strings that the mock server checks.
    Patterns,
    Streams,
    TextEnums,
    Time,
    Unions,
    Uuid,
}

/// Returns the parts that a crate needs.
pub(crate) fn runtime_parts(
    api: &Api,
    facts: &Facts,
    constraints: &ConstraintTable,
) -> BTreeSet<RuntimePart> {
    let mut parts = BTreeSet::new();
    let mut add = |part, is_needed: bool| parts.extend(is_needed.then_some(part));
    add(RuntimePart::Constraints, !constraints.is_empty());
    add(RuntimePart::Patterns, has_patterns(constraints));
    add(RuntimePart::Environment, api.security.environment.is_some());
    let oauth = api.security.oauth.as_ref();
    add(RuntimePart::OAuth, oauth.is_some());
    add(RuntimePart::OAuthClients, oauth.is_some_and(|oauth| oauth.client_urls.is_some()));
    add(RuntimePart::OAuthUsers, oauth.is_some_and(|oauth| oauth.refresh_urls.is_some()));
    add(RuntimePart::Chrono, api.formats.time == Some(TimeLibrary::Chrono));
    add(RuntimePart::Jiff, api.formats.time == Some(TimeLibrary::Jiff));
    add(RuntimePart::Time, api.formats.time == Some(TimeLibrary::Time));
    add(RuntimePart::Uuid, api.formats.uuids);
    add(RuntimePart::Any, api.types.iter().any(|def| contains_any(def.shape.value_types())));
    for operation in &api.operations {
        parts.extend(of_operation(operation));
    }
    for (id, def) in api.types() {
        let part = match &def.shape {
            Shape::Struct(it) => {
                let mut kinds = it.fields.iter().map(|field| facts.field_kind(id, field));
                let is_nullable = kinds.any(|kind| matches!(kind, FieldKind::OptionalNullable(_)));
                is_nullable.then_some(RuntimePart::Nullable)
            }
            Shape::KeyedUnion(_) => Some(RuntimePart::KeyedUnions),
            Shape::Union(_) => Some(RuntimePart::Unions),
            Shape::Enum(it) => Some(match it.kind {
                EnumKind::Text => RuntimePart::TextEnums,
                EnumKind::Integer => RuntimePart::IntegerEnums,
            }),
        };
        parts.extend(part);
    }
    parts
}

/// Returns the parts that an operation needs.
fn of_operation(operation: &Operation) -> impl Iterator<Item = RuntimePart> {
    let contents = operation.body.iter().flat_map(|body| &body.contents);
    let is_multipart = contents.into_iter().any(|content| matches!(content.kind, BodyKind::Multipart(_)));
    let always = match &operation.success {
        Success::Always(content) => Some(content),
        _ => None,
    };
    let read = || always.into_iter().chain(operation.other_responses.iter().map(|other| &other.content));
    let has_streams = read().any(|content| matches!(content, Content::Events(_) | Content::Lines(_)));
    let has_bytes = read().any(|content| matches!(content, Content::Bytes));
    let errors = operation.errors.iter().filter_map(|error| error.ty.as_ref());
    let has_any = contains_any(operation.request_types().chain(operation.response_types()).chain(errors));
    [
        (RuntimePart::Any, has_any),
        (RuntimePart::Downloads, has_bytes || has_streams),
        (RuntimePart::Encodings, operation.receives_text()),
        (RuntimePart::Multipart, is_multipart),
        (RuntimePart::Pages, operation.pages.is_some()),
        (RuntimePart::Streams, has_streams),
    ]
    .into_iter()
    .filter_map(|(part, is_needed)| is_needed.then_some(part))
}

fn contains_any<'t>(types: impl IntoIterator<Item = &'t Type>) -> bool {
    types.into_iter().any(|ty| ty.any(&|ty| matches!(ty, Type::Any)))
}
