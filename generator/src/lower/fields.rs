//! Objects to structs: fields, what their absence means, unions among them.

use std::collections::BTreeSet;

use indexmap::IndexMap;
use openapiv3::{AdditionalProperties, ReferenceOr, Schema, SchemaData};
use serde_json::Value;

use super::Lower;
use super::comments::beyond_name;
use super::compose::Part;
use super::keywords::Keywords;
use super::one_of::Group;
use super::schema::{Lowered, Site};
use crate::config::TimeLibrary;
use crate::diagnostics::{Code, Pointer};
use crate::document::is_only_null;
use crate::ir::{Access, Docs, Expectation, Field, FieldKind, Shape, Struct, Type, TypeId};

/// A property and where it stands.
#[derive(Clone)]
pub(super) struct Property<'a> {
    pub(super) schema: PropertySchema<'a>,
    pub(super) at: Pointer,
}

#[derive(Clone, Copy, PartialEq)]
pub(super) enum PropertySchema<'a> {
    Reference(&'a str),
    Item(&'a Schema),
    /// Text, and something else in each alternative of a union.
    AnyText,
    /// Something else in each alternative of a union.
    Anything,
}

impl<'a> PropertySchema<'a> {
    pub(super) fn of(schema: &'a ReferenceOr<Box<Schema>>) -> Self {
        match schema {
            ReferenceOr::Reference { reference } => Self::Reference(reference),
            ReferenceOr::Item(schema) => Self::Item(schema),
        }
    }
}

/// The properties of an object, from wherever they come, in document order.
#[derive(Default)]
pub(super) struct Members<'a> {
    pub(super) properties: IndexMap<String, Property<'a>>,
    pub(super) required: BTreeSet<String>,
    /// What members beside the properties hold, and where that stands.
    pub(super) additional: Option<(&'a ReferenceOr<Schema>, Pointer)>,
    /// The unions beside them.
    pub(super) unions: Vec<Part<'a>>,
}

impl<'a> Members<'a> {
    /// Adds what a schema says of its own members.
    pub(super) fn add(&mut self, keywords: &Keywords<'a>, at: &Pointer) {
        let place = at.child("properties");
        for (name, schema) in keywords.properties {
            let schema = PropertySchema::of(schema);
            let property = Property { schema, at: place.child(name) };
            // What says no more of a member than another part does not replace it.
            let known = self.properties.get(name).map(|known| known.schema);
            if !known.is_some_and(|known| is_wider(schema, known)) {
                self.properties.insert(name.clone(), property);
            }
        }
        if let Some(AdditionalProperties::Schema(schema)) = keywords.additional {
            self.additional = Some((schema, at.child("additionalProperties")));
        }
        self.required.extend(keywords.required.iter().cloned());
        if !keywords.alternatives().is_empty() {
            self.unions.push(Part { keywords: keywords.clone(), at: at.clone() });
        }
    }
}

/// Whether a schema says no more of a member than another: it only comments on it, or names the type of listed values.
fn is_wider(schema: PropertySchema<'_>, known: PropertySchema<'_>) -> bool {
    let PropertySchema::Item(schema) = schema else { return false };
    let schema = Keywords::of(schema);
    let lists_values = match known {
        PropertySchema::Item(known) => {
            let known = Keywords::of(known);
            !known.values.is_empty() && known.ty == schema.ty
        }
        _ => false,
    };
    schema.is_comment() || (lists_values && schema.only_comments() && schema.all_of.is_empty())
}

impl<'a> Lower<'a, '_> {
    /// An object that says all of itself in one place.
    pub(super) fn lower_struct(&mut self, keywords: &Keywords<'a>, at: &Pointer, site: Site) -> Type {
        let mut members = Members::default();
        members.add(keywords, at);
        self.lower_merged(keywords, members, at, site)
    }

    /// An object whose members have been gathered.
    pub(super) fn lower_merged(
        &mut self,
        keywords: &Keywords<'a>,
        mut members: Members<'a>,
        at: &Pointer,
        site: Site,
    ) -> Type {
        let mut docs = self.docs(keywords, at);
        let mut groups = self.prose_groups(&mut docs, &members, at);
        groups.extend(self.written_groups(&mut members, &site));
        let members = &members;
        docs.expectations.extend(self.undescribed(members, &groups, at));
        match groups.as_slice() {
            [only] if only.is_the_whole_of(members) && members.additional.is_none() => {
                let id = self.reserve_at(&site, docs);
                self.define_one_of(id, only, false)
            }
            groups => {
                let id = self.reserve_at(&site, docs);
                let fields = self.lower_fields(id, members, groups, at);
                let additional = members.additional.clone().map(|(schema, at)| {
                    let site = Site::inside(id, "additional property");
                    let lowered = self.lower_schema_or_reference(schema, &at, site);
                    self.element(lowered)
                });
                let additional = additional.filter(|ty| *ty != Type::Json);
                self.define(id, Shape::Struct(Struct { fields, additional }))
            }
        }
    }

    /// Members that an object has to have and of which the document says nothing: the caller has to set them, beside the
    /// fields.
    fn undescribed(
        &mut self,
        members: &Members<'a>,
        groups: &[Group<'a>],
        at: &Pointer,
    ) -> Option<Expectation> {
        let is_described = |name: &String| {
            members.properties.contains_key(name)
                || groups.iter().any(|group| group.members.contains_key(name))
        };
        let names: Vec<String> =
            members.required.iter().filter(|name| !is_described(name)).cloned().collect();
        if names.is_empty() {
            return None;
        }
        if members.additional.is_none() {
            self.diagnostics.report(
                Code::UndescribedMember,
                at,
                format!("`required` names what is no property: `{}`.", names.join("`, `")),
                "Describe it under `properties`, or correct the name.",
            );
        }
        Some(Expectation::Present(names))
    }

    fn lower_fields(
        &mut self,
        id: TypeId,
        members: &Members<'a>,
        groups: &[Group<'a>],
        at: &Pointer,
    ) -> Vec<Field> {
        let mut fields = Vec::with_capacity(members.properties.len());
        let mut begun = BTreeSet::new();
        for (name, property) in &members.properties {
            // A union stands where the first of its members stood.
            match groups.iter().position(|group| group.members.contains_key(name)) {
                None => {
                    let is_required =
                        members.required.contains(name) && !self.is_softened(at, name, property);
                    fields.push(self.lower_field(id, name, property, is_required));
                }
                Some(group) if begun.insert(group) => fields.push(self.lower_group(id, &groups[group])),
                Some(_) => {}
            }
        }
        for (index, group) in groups.iter().enumerate() {
            if begun.insert(index) {
                fields.push(self.lower_group(id, group));
            }
        }
        fields
    }

    fn lower_field(&mut self, id: TypeId, name: &str, property: &Property<'a>, required: bool) -> Field {
        let mut docs = match property.schema {
            PropertySchema::Reference(reference) => self.docs_behind(reference, &property.at),
            PropertySchema::Item(schema) => self.docs_of_property(schema, &property.at),
            PropertySchema::AnyText | PropertySchema::Anything => {
                Docs { pointer: property.at.clone(), ..Docs::default() }
            }
        };
        docs.text = beyond_name(docs.text, name);
        let access = access(property);
        if !required && self.is_presence(property) {
            let kind = FieldKind::Presence;
            return Field { name: name.to_owned(), docs, kind, access, always: None, secret: false };
        }
        let lowered = self.lower_property(id, name, property);
        let secret = lowered.ty == Type::String && self.is_secret(name, property);
        let always = if lowered.ty == Type::Bool { self.only_truth(property) } else { None };
        // What travels one way has to be empty on the other, and these have no empty value.
        let has_empty_value = access == Access::Both || !self.is_without_empty_value(&lowered.ty);
        let kind = self.field_kind(lowered, required && has_empty_value);
        Field { name: name.to_owned(), docs, kind, access, always, secret }
    }

    /// The one truth value that a property may have: it, or a schema that it is made of.
    fn only_truth(&self, property: &Property<'a>) -> Option<bool> {
        let (schema, at) = self.schema_of(property)?;
        self.parts(schema, &at).iter().find_map(|part| match part.keywords.values.as_slice() {
            [Value::Bool(truth)] => Some(*truth),
            _ => None,
        })
    }

    /// The schema that a property has or refers to, and where that stands.
    fn schema_of(&self, property: &Property<'a>) -> Option<(&'a Schema, Pointer)> {
        match property.schema {
            PropertySchema::Item(schema) => Some((schema, property.at.clone())),
            PropertySchema::Reference(reference) => self.document.referred(reference),
            PropertySchema::AnyText | PropertySchema::Anything => None,
        }
    }

    /// Whether a library that was chosen gives its type no value of its own.
    fn is_without_empty_value(&self, ty: &Type) -> bool {
        let of_time = self.config.types.time == TimeLibrary::Time;
        match ty {
            Type::DateTime | Type::Timestamp | Type::Date => of_time,
            Type::Tuple(places) => places.iter().any(|place| self.is_without_empty_value(place)),
            _ => false,
        }
    }

    /// Whether a property says something only by being there. Under protobuf's JSON null is absence.
    fn is_presence(&self, property: &Property<'a>) -> bool {
        !self.config.protojson && self.schema_of(property).is_some_and(|(schema, _)| is_only_null(schema))
    }

    /// The type of a property.
    pub(super) fn lower_property(&mut self, id: TypeId, name: &str, property: &Property<'a>) -> Lowered {
        match property.schema {
            PropertySchema::Reference(reference) => self.lower_reference(reference, &property.at),
            PropertySchema::Item(schema) => {
                let site = Site::inside(id, name);
                let lowered = self.lower_schema(schema, &property.at, site);
                self.noted(&property.at, lowered)
            }
            PropertySchema::AnyText => Type::String.into(),
            PropertySchema::Anything => {
                self.untyped(&property.at, "it is something else in each alternative of a union").into()
            }
        }
    }

    /// What the absence of a field means.
    ///
    /// Under protobuf's JSON null is absence, and the absence of a plain field is its empty value; only a message, or
    /// a scalar that the document lets be null, can be told from its empty value.
    fn field_kind(&self, lowered: Lowered, required: bool) -> FieldKind {
        let Lowered { ty, nullable } = lowered;
        if self.config.protojson {
            let is_container = matches!(ty, Type::List(_) | Type::Map(_));
            let is_plain = is_container || (!nullable && self.has_empty_value(&ty));
            return if is_plain { FieldKind::Plain { ty, required } } else { FieldKind::Optional(ty) };
        }
        match (required, nullable) {
            (true, false) => FieldKind::Required(ty),
            (true, true) => FieldKind::Nullable(ty),
            (false, false) => FieldKind::Optional(ty),
            (false, true) => FieldKind::Maybe(ty),
        }
    }

    /// Whether protobuf cannot tell a value of the type from its absence.
    fn has_empty_value(&self, ty: &Type) -> bool {
        match ty {
            Type::Named(id) => matches!(self.api.type_def(*id).shape, Shape::Enum(_)),
            Type::String
            | Type::Bool
            | Type::Integer { .. }
            | Type::Float { .. }
            | Type::Bytes { .. }
            | Type::List(_)
            | Type::Map(_) => true,
            Type::DateTime
            | Type::Timestamp
            | Type::Date
            | Type::Duration
            | Type::Uuid
            | Type::Tuple(_)
            | Type::Object
            | Type::Json
            | Type::Any
            | Type::Nullable(_)
            | Type::Constant(_) => false,
        }
    }
}

/// Which way the values of a property travel. OpenAPI 3.0.3, section 4.7.24.2: the property has to say it, and not a schema
/// that it refers to, which other properties may refer to as well; and nothing travels neither way.
fn access(property: &Property<'_>) -> Access {
    let PropertySchema::Item(schema) = property.schema else { return Access::Both };
    let combined = Keywords::of(schema).all_of.iter().filter_map(|entry| entry.as_item());
    let own: Vec<&SchemaData> = [schema].into_iter().chain(combined).map(|it| &it.schema_data).collect();
    match (own.iter().any(|data| data.read_only), own.iter().any(|data| data.write_only)) {
        (true, false) => Access::ReadOnly,
        (false, true) => Access::WriteOnly,
        (true, true) | (false, false) => Access::Both,
    }
}
