//! The intermediate representation of a document, as plain data: types, operations, and their locations.
//!
//! Every decision about the output has been made, but identifiers have not been allocated. Imports only
//! `diagnostics`.

use std::collections::HashMap;

use serde_json::Value;

use crate::diagnostics::Pointer;

mod constraint;
mod constraint_table;
mod custom_type;
mod derive_rule;
mod encoding;
mod example;
mod formats;
mod names;
mod operation;
mod package;
mod pages;
mod reply;
mod security;
mod types;

pub(crate) use constraint::{Constraint, CountRange, RangeEnd};
pub(crate) use constraint_table::{
    BodyConstraints, Condition, ConstraintTable, Fit, ObjectConstraints, OperationConstraints,
    SchemaConstraints, SchemaIndex, TextConstraints, TextForm, TextPrefix, UnionConstraints,
};
pub(crate) use custom_type::{CustomJson, CustomType};
pub(crate) use derive_rule::DeriveRule;
pub(crate) use example::{Example, SchemaMatch, SchemaTypes, Verdict};
pub(crate) use formats::{Formats, TimeLibrary};
pub(crate) use names::{GivenName, GivenNames, NamePart, NamePattern, NameRules};
pub(crate) use operation::{
    Body, BodyContent, BodyKind, Content, DocumentedResponse, ErrorResponse, Location, Multipart,
    MultipartForm, Operation, OperationId, OtherResponse, Parameter, Part, PartKind, Resource, ResourceId,
    ResponseHeader, Server, ServerVariable, StatusResponse, Style, StyleKind, Success,
};
pub(crate) use package::{Package, SharedRuntime};
pub(crate) use pages::{FieldRef, PageItems, PageParam, PageSize, PageUnit, Pagination};
pub(crate) use reply::{Reply, ReplyBody};
pub(crate) use security::{
    BuilderMethod, ClientAuthentication, CredentialKind, EnvCredential, Environment, Flow, OAuth,
    Requirement, Scheme, SchemeKind, Security, TokenUrls,
};
pub(crate) use types::{
    Access, Alternative, Constant, Criterion, DefaultValue, Enum, EnumKind, EnumValue, Field, FieldKind,
    Integer, KeyedUnion, MatchRule, Role, Shape, Strategy, Struct, Tag, Type, TypeDef, TypeId, TypeName,
    Union, ValueKind, Variant,
};

/// A document.
#[derive(Clone, Debug, Default)]
pub(crate) struct Api {
    /// Title of the API.
    pub(crate) title: String,
    /// Package metadata of the crate.
    pub(crate) package: Package,
    /// Description of the API, in Markdown.
    pub(crate) description: Option<String>,
    /// Version of the document.
    pub(crate) version: String,
    /// Default server.
    pub(crate) server: Option<Server>,
    /// Other servers of the document, each as its URL and its description.
    pub(crate) other_servers: Vec<(String, Option<String>)>,
    /// True if the API uses ProtoJSON, the JSON encoding of protobuf.
    pub(crate) protojson: bool,
    /// Response header that identifies a request in the logs of the server.
    pub(crate) request_id_header: Option<String>,
    /// Security schemes and requirements.
    pub(crate) security: Security,
    /// String formats that are represented by types of other crates.
    pub(crate) formats: Formats,
    /// Types that codegen.toml names, sorted and each once.
    pub(crate) custom_types: Vec<CustomType>,
    /// Derives and attributes that codegen.toml adds to types.
    pub(crate) derive_rules: Vec<DeriveRule>,
    /// Named types. A [`TypeId`] is an index.
    pub(crate) types: Vec<TypeDef>,
    /// Groups of operations. A [`ResourceId`] is an index.
    pub(crate) resources: Vec<Resource>,
    /// Operations. An [`OperationId`] is an index.
    pub(crate) operations: Vec<Operation>,
    /// Names that codegen.toml gives.
    pub(crate) given_names: GivenNames,
}

/// Returns the names from the component or operation to a type.
pub(crate) fn name_path(types: &[TypeDef], id: TypeId) -> Vec<&str> {
    let mut path = Vec::new();
    let mut next = Some(id);
    while let Some(id) = next.take() {
        match &types[id.index()].name {
            TypeName::Component { key, .. } => path.push(key.as_str()),
            TypeName::Inline { owner, place, .. } => {
                path.push(place.as_str());
                next = Some(*owner);
            }
            TypeName::InOperation { operation, place, .. } => {
                path.extend([place.as_str(), operation.as_str()])
            }
        }
    }
    path.reverse();
    path
}

impl Api {
    /// Returns the type with this id.
    pub(crate) fn type_def(&self, id: TypeId) -> &TypeDef {
        &self.types[id.index()]
    }

    /// Returns the wire name of a field, or an empty string if the type is not a struct.
    pub(crate) fn wire_name(&self, member: FieldRef) -> &str {
        match &self.type_def(member.of).shape {
            Shape::Struct(it) => &it.fields[member.field].name,
            _ => "",
        }
    }

    /// Iterates over all types.
    pub(crate) fn types(&self) -> impl Iterator<Item = (TypeId, &TypeDef)> {
        self.types.iter().enumerate().map(|(index, def)| (TypeId::new(index), def))
    }

    /// Returns all types in a canonical order: components by key, and each inline schema after its owner. Use
    /// it wherever the order affects the output, because ids depend on the order of lowering.
    pub(crate) fn types_by_origin(&self) -> Vec<(TypeId, &TypeDef)> {
        let mut types: Vec<_> = self.types().map(|(id, def)| (self.origin(id), id, def)).collect();
        types.sort_by(|(one, ..), (other, ..)| one.cmp(other));
        types.into_iter().map(|(_, id, def)| (id, def)).collect()
    }

    /// Returns all types in reading order: each component or operation with the types nested in it, in the order in
    /// which fields and variants refer to them.
    pub(crate) fn types_in_reading_order(&self) -> Vec<TypeId> {
        let mut nested: HashMap<TypeId, Vec<TypeId>> = HashMap::new();
        let mut waiting = Vec::new();
        for (id, def) in self.types_by_origin() {
            match &def.name {
                TypeName::Inline { owner, .. } => nested.entry(*owner).or_default().push(id),
                TypeName::Component { .. } | TypeName::InOperation { .. } => waiting.push(id),
            }
        }
        waiting.reverse();
        let mut order = Vec::with_capacity(self.types.len());
        while let Some(id) = waiting.pop() {
            order.push(id);
            let Some(mut nested) = nested.remove(&id) else { continue };
            let references = self.type_def(id).shape.references().into_iter().enumerate();
            // The first reference counts.
            let positions: HashMap<TypeId, usize> =
                references.rev().map(|(position, id)| (id, position)).collect();
            nested.sort_by_key(|id| positions.get(id).copied().unwrap_or(usize::MAX));
            waiting.extend(nested.into_iter().rev());
        }
        order
    }

    /// Returns the path of names from the component or operation to a type, and the location of its schema.
    fn origin(&self, id: TypeId) -> (usize, Vec<&str>, &Pointer) {
        let path = name_path(&self.types, id);
        (path.len(), path, &self.type_def(id).docs.pointer)
    }

    /// Returns the type of a field if the caller has to set it in requests: it is required, not read-only, not
    /// nullable, and has more than one possible value.
    pub(crate) fn required_from_caller<'a>(&self, field: &'a Field) -> Option<&'a Type> {
        let is_required_in_requests = field.kind.is_required() && field.access != Access::ReadOnly;
        let ty = field.kind.ty().filter(|_| is_required_in_requests)?;
        let is_constant = match ty {
            Type::Bool => field.constant_bool.is_some(),
            Type::Named(id) => {
                matches!(&self.type_def(*id).shape, Shape::Enum(it) if it.values.len() == 1)
            }
            _ => false,
        };
        (!is_constant && !matches!(field.kind, FieldKind::Nullable(_))).then_some(ty)
    }

    /// Returns the default that the document gives for a required field. `None` if the field is read-only, if
    /// the value does not have the type of the field, or if it is the empty value of that type.
    pub(crate) fn documented_default(&self, field: &Field) -> Option<DefaultValue> {
        let FieldKind::Required(ty) = &field.kind else { return None };
        if field.access == Access::ReadOnly {
            return None;
        }
        match (ty, field.constant_bool.map(Value::from).or_else(|| field.default())?) {
            (Type::Bool, Value::Bool(true)) => Some(DefaultValue::True),
            (Type::Integer { width, .. }, Value::Number(number)) => {
                let number = number.as_i128().filter(|number| *number != 0)?;
                (width.least()..=width.greatest()).contains(&number).then_some(DefaultValue::Integer(number))
            }
            (Type::Float { .. }, Value::Number(number)) => {
                number.as_f64().filter(|number| *number != 0.0 && number.is_finite()).map(DefaultValue::Float)
            }
            (Type::String, Value::String(text)) => (!text.is_empty()).then_some(DefaultValue::Text(text)),
            (Type::Named(id), value) => {
                let Shape::Enum(it) = &self.type_def(*id).shape else { return None };
                let wire = match (it.kind, value) {
                    (EnumKind::Text, Value::String(text)) => text,
                    (EnumKind::Integer, Value::Number(number)) => number.to_string(),
                    _ => return None,
                };
                let position = it.values.iter().position(|value| value.wire == wire)?;
                (it.default != Some(position)).then_some(DefaultValue::Value(*id, position))
            }
            _ => None,
        }
    }

    /// Iterates over all resources.
    pub(crate) fn resources(&self) -> impl Iterator<Item = (ResourceId, &Resource)> {
        self.resources.iter().enumerate().map(|(index, resource)| (ResourceId::new(index), resource))
    }

    /// Returns the operations of each resource, in document order.
    pub(crate) fn operations_by_resource(&self) -> Vec<Vec<OperationId>> {
        let mut grouped = vec![Vec::new(); self.resources.len()];
        self.operations().for_each(|(id, operation)| grouped[operation.resource.index()].push(id));
        grouped
    }

    /// Returns the operation with this id.
    pub(crate) fn operation(&self, id: OperationId) -> &Operation {
        &self.operations[id.index()]
    }

    /// Replaces all locations.
    pub(crate) fn map_locations(&mut self, map: impl Fn(&Pointer) -> Pointer) {
        for docs in self.docs_mut() {
            docs.pointer = map(&docs.pointer);
            docs.target = docs.target.as_ref().map(&map);
        }
    }

    /// Iterates over the documentation of all types and operations, and of everything in them.
    fn docs_mut(&mut self) -> impl Iterator<Item = &mut Docs> {
        let of_types = self.types.iter_mut().flat_map(TypeDef::docs_mut);
        of_types.chain(self.operations.iter_mut().flat_map(Operation::docs_mut))
    }

    /// Iterates over all operations, in document order.
    pub(crate) fn operations(&self) -> impl Iterator<Item = (OperationId, &Operation)> {
        self.operations.iter().enumerate().map(|(index, operation)| (OperationId::new(index), operation))
    }
}

/// Documentation of an item, and its location.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub(crate) struct Docs {
    /// Description, in Markdown.
    pub(crate) text: Option<String>,
    /// True if the item is deprecated.
    pub(crate) deprecated: bool,
    /// Replacement for a deprecated item.
    pub(crate) advice: Option<String>,
    /// Constraints beyond the type.
    pub(crate) constraints: Vec<Constraint>,
    /// Example.
    pub(crate) example: Option<Value>,
    /// Location in the document.
    pub(crate) pointer: Pointer,
    /// Location of the schema that a reference leads to, if the schema has no type of its own: a change of the schema is
    /// one change, however many values it describes.
    pub(crate) target: Option<Pointer>,
}
