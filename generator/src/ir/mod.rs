//! What a document says, as plain data: the types, the operations and where they came from.
//!
//! Every decision about the output has been taken by the time it is here; every identifier is still to be allocated.
//! Imports `diagnostics` only.

use std::collections::HashMap;

use serde_json::Value;

use crate::diagnostics::Pointer;

mod example;
mod expectation;
mod operation;
mod pages;
mod security;
mod types;

pub(crate) use example::{Example, Judgement, Verdict};
pub(crate) use expectation::{Count, End, Expectation};
pub(crate) use operation::{
    Body, BodyContent, BodyKind, Content, ErrorAnswer, ErrorTable, ErrorTableId, Form, Location, Multipart,
    Operation, OperationId, OtherAnswer, Parameter, Part, PartKind, Reply, ReplyBody, Resource, ResourceId,
    ResponseHeader, Server, ServerVariable, StatusAnswer, Style, StyleKind, Success,
};
pub(crate) use pages::{Ask, Counted, Items, Member, Pages};
pub(crate) use security::{
    ClientAuthentication, Environment, Flow, OAuth, Place, Requirement, Scheme, Security, Sets, Setter,
    TokenUrls, Way,
};
pub(crate) use types::{
    Access, Alternative, Constant, Enum, EnumKind, EnumValue, Field, FieldKind, Initial, Integer, Kind, Look,
    OneOf, Role, Shape, Strategy, Struct, Type, TypeDef, TypeId, TypeName, Union, Variant,
};

/// A whole document.
#[derive(Clone, Debug, Default)]
pub(crate) struct Api {
    /// What the API is called.
    pub(crate) title: String,
    /// What its crate is called, unless codegen.toml says otherwise.
    pub(crate) package_name: String,
    /// What it is, in Markdown.
    pub(crate) description: Option<String>,
    /// The version of the document.
    pub(crate) version: String,
    /// Where it is served.
    pub(crate) server: Option<Server>,
    /// Which credentials it takes.
    pub(crate) security: Security,
    /// Which formats of text have types of other crates here.
    pub(crate) formats: Formats,
    /// Every named type; a [`TypeId`] counts them.
    pub(crate) types: Vec<TypeDef>,
    /// The groups of operations; a [`ResourceId`] counts them.
    pub(crate) resources: Vec<Resource>,
    /// Every operation; an [`OperationId`] counts them.
    pub(crate) operations: Vec<Operation>,
    /// Errors of several types; an [`ErrorTableId`] counts them.
    pub(crate) error_tables: Vec<ErrorTable>,
    /// What the schemas became, by their places; noted only where the examples of the document are asked for.
    pub(crate) places: HashMap<Pointer, Type>,
    /// The examples of the document, where they are asked for.
    pub(crate) examples: Vec<Example>,
}

impl Api {
    /// The type that `id` stands for.
    pub(crate) fn type_def(&self, id: TypeId) -> &TypeDef {
        &self.types[id.index()]
    }

    /// The wire name of a field; empty for what is none.
    pub(crate) fn wire_name(&self, member: Member) -> &str {
        match &self.type_def(member.of).shape {
            Shape::Struct(it) => &it.fields[member.field].name,
            _ => "",
        }
    }

    /// Every type with its id.
    pub(crate) fn types(&self) -> impl Iterator<Item = (TypeId, &TypeDef)> {
        self.types.iter().enumerate().map(|(index, def)| (TypeId::new(index), def))
    }

    /// Every type with its id, in an order of where they come from: components by their keys, what is inline after what
    /// it stands in. Types are numbered as they are met, and that order is not to show where it decides anything.
    pub(crate) fn types_by_origin(&self) -> Vec<(TypeId, &TypeDef)> {
        let mut types: Vec<_> = self.types().map(|(id, def)| (self.origin(id), id, def)).collect();
        types.sort_by(|(one, ..), (other, ..)| one.cmp(other));
        types.into_iter().map(|(_, id, def)| (id, def)).collect()
    }

    /// The names that lead to a type, and where its schema stands.
    fn origin(&self, id: TypeId) -> (usize, Vec<&str>, &Pointer) {
        let mut trail = Vec::new();
        let mut next = Some(id);
        while let Some(id) = next.take() {
            match &self.type_def(id).name {
                TypeName::Component { key, .. } => trail.push(key.as_str()),
                TypeName::Inline { owner, place, .. } => {
                    trail.push(place.as_str());
                    next = Some(*owner);
                }
                TypeName::OfOperation { operation, place, .. } => {
                    trail.extend([place.as_str(), operation.as_str()])
                }
            }
        }
        trail.reverse();
        (trail.len(), trail, &self.type_def(id).docs.pointer)
    }

    /// What a field holds that only the caller can say, and that a request cannot do without: neither the server sets
    /// it, nor is there one value that it can only have, nor may it be null.
    pub(crate) fn asked_of_caller<'a>(&self, field: &'a Field) -> Option<&'a Type> {
        let is_asked = field.kind.is_required() && field.access != Access::ReadOnly;
        let ty = field.kind.ty().filter(|_| is_asked)?;
        let is_constant = match ty {
            Type::Bool => field.always.is_some(),
            Type::Named(id) => {
                matches!(&self.type_def(*id).shape, Shape::Enum(it) if it.values.len() == 1)
            }
            _ => false,
        };
        (!is_constant && !matches!(field.kind, FieldKind::Nullable(_))).then_some(ty)
    }

    /// The value that the document gives for a required field that is not said; none where it is none of its type, or
    /// its empty value, or where only the server gives it one.
    pub(crate) fn documented_default(&self, field: &Field) -> Option<Initial> {
        let FieldKind::Required(ty) = &field.kind else { return None };
        if field.access == Access::ReadOnly {
            return None;
        }
        match (ty, field.always.map(Value::from).or_else(|| field.default())?) {
            (Type::Bool, Value::Bool(true)) => Some(Initial::True),
            (Type::Integer { width, .. }, Value::Number(number)) => {
                let number = number.as_i128().filter(|number| *number != 0)?;
                (width.least()..=width.greatest()).contains(&number).then_some(Initial::Integer(number))
            }
            (Type::Float { .. }, Value::Number(number)) => {
                number.as_f64().filter(|number| *number != 0.0 && number.is_finite()).map(Initial::Float)
            }
            (Type::String, Value::String(text)) => (!text.is_empty()).then_some(Initial::Text(text)),
            (Type::Named(id), value) => {
                let Shape::Enum(it) = &self.type_def(*id).shape else { return None };
                let wire = match (it.kind, value) {
                    (EnumKind::Text, Value::String(text)) => text,
                    (EnumKind::Integer, Value::Number(number)) => number.to_string(),
                    _ => return None,
                };
                let position = it.values.iter().position(|value| value.wire == wire)?;
                (it.default != Some(position)).then_some(Initial::Value(*id, position))
            }
            _ => None,
        }
    }

    /// Every resource with its id.
    pub(crate) fn resources(&self) -> impl Iterator<Item = (ResourceId, &Resource)> {
        self.resources.iter().enumerate().map(|(index, resource)| (ResourceId::new(index), resource))
    }

    /// The operations of a resource, in document order.
    pub(crate) fn operations_of(&self, id: ResourceId) -> impl Iterator<Item = (OperationId, &Operation)> {
        self.operations().filter(move |(_, operation)| operation.resource == id)
    }

    /// Every table of errors with its id.
    pub(crate) fn error_tables(&self) -> impl Iterator<Item = (ErrorTableId, &ErrorTable)> {
        self.error_tables.iter().enumerate().map(|(index, table)| (ErrorTableId::new(index), table))
    }

    /// Every operation with its id, in document order.
    pub(crate) fn operations(&self) -> impl Iterator<Item = (OperationId, &Operation)> {
        self.operations.iter().enumerate().map(|(index, operation)| (OperationId::new(index), operation))
    }
}

/// Formats of text that become types of other crates.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Formats {
    /// Points in time, days, and spans of time.
    pub(crate) times: bool,
    /// UUIDs.
    pub(crate) uuids: bool,
}

/// What the document says about a thing, and where.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Docs {
    /// Markdown, as the document has it.
    pub(crate) text: Option<String>,
    /// Whether it should no longer be used.
    pub(crate) deprecated: bool,
    /// What to use instead of it, if the document says.
    pub(crate) advice: Option<String>,
    /// What the server expects beyond the type.
    pub(crate) expectations: Vec<Expectation>,
    /// A value that the document gives as an example.
    pub(crate) example: Option<Value>,
    /// Where it stands.
    pub(crate) pointer: Pointer,
}
