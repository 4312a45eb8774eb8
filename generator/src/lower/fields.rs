//! Objects to structs: fields, what their absence means, unions among them.

use std::collections::BTreeSet;

use indexmap::IndexMap;
use indexmap::map::Entry;
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

/// A property, as all say it that describe it: several parts of an `allOf` may.
#[derive(Clone)]
pub(super) struct Property<'a> {
    /// What the last of them says.
    pub(super) last: Description<'a>,
    /// What others say before it, in document order.
    pub(super) also: Vec<Description<'a>>,
}

/// A schema of a property and where it stands.
#[derive(Clone)]
pub(super) struct Description<'a> {
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

impl<'a> From<Description<'a>> for Property<'a> {
    fn from(last: Description<'a>) -> Self {
        Self { last, also: Vec::new() }
    }
}

impl<'a> Property<'a> {
    /// All that is said of it, in document order.
    pub(super) fn descriptions(&self) -> impl DoubleEndedIterator<Item = &Description<'a>> {
        self.also.iter().chain([&self.last])
    }

    /// What members beside the properties hold.
    pub(super) fn of_additional(keywords: &Keywords<'a>, at: &Pointer) -> Option<Self> {
        let Some(AdditionalProperties::Schema(schema)) = keywords.additional else { return None };
        let schema = match &**schema {
            ReferenceOr::Reference { reference } => PropertySchema::Reference(reference),
            ReferenceOr::Item(schema) => PropertySchema::Item(schema),
        };
        Some(Description { schema, at: at.child("additionalProperties") }.into())
    }

    /// The same property, and what another part says of it.
    pub(super) fn with(mut self, other: Self) -> Self {
        for said in other.also.into_iter().chain([other.last]) {
            // A part may be inherited twice; what is written again elsewhere is said again.
            if !self.descriptions().any(|known| known.at == said.at) {
                self.also.push(std::mem::replace(&mut self.last, said));
            }
        }
        self
    }
}

/// The properties of an object, from wherever they come, in document order.
#[derive(Default)]
pub(super) struct Members<'a> {
    pub(super) properties: IndexMap<String, Property<'a>>,
    pub(super) required: BTreeSet<String>,
    /// What members beside the properties hold, and where that stands.
    pub(super) additional: Option<Property<'a>>,
    /// The unions beside them.
    pub(super) unions: Vec<Part<'a>>,
}

impl<'a> Members<'a> {
    /// Adds what a schema says of its own members.
    pub(super) fn add(&mut self, keywords: &Keywords<'a>, at: &Pointer) {
        let place = at.child("properties");
        for (name, schema) in keywords.properties {
            let said = Description { schema: PropertySchema::of(schema), at: place.child(name) };
            match self.properties.entry(name.clone()) {
                Entry::Vacant(entry) => drop(entry.insert(said.into())),
                Entry::Occupied(mut entry) => {
                    let known = entry.get().clone();
                    entry.insert(known.with(said.into()));
                }
            }
        }
        if let Some(said) = Property::of_additional(keywords, at) {
            self.additional = Some(match self.additional.take() {
                Some(known) => known.with(said),
                None => said,
            });
        }
        self.required.extend(keywords.required.iter().cloned());
        if !keywords.alternatives().is_empty() {
            self.unions.push(Part { keywords: keywords.clone(), at: at.clone() });
        }
    }
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
                let additional = members.additional.as_ref().map(|property| {
                    let lowered = self.lower_property(id, "additional property", property);
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
        let mut docs = self.docs_of_member(property);
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
        property.descriptions().find_map(|description| {
            let (schema, at) = self.schema_of(description)?;
            self.parts(schema, &at).iter().find_map(|part| match part.keywords.values.as_slice() {
                [Value::Bool(truth)] => Some(*truth),
                _ => None,
            })
        })
    }

    /// The schema that a property has or refers to, and where that stands.
    pub(super) fn schema_of(&self, description: &Description<'a>) -> Option<(&'a Schema, Pointer)> {
        match description.schema {
            PropertySchema::Item(schema) => Some((schema, description.at.clone())),
            PropertySchema::Reference(reference) => self.document.referred(reference),
            PropertySchema::AnyText | PropertySchema::Anything => None,
        }
    }

    /// What one description says in words.
    pub(super) fn docs_of_description(&self, Description { schema, at }: &Description<'a>) -> Docs {
        match schema {
            PropertySchema::Reference(reference) => self.docs_behind(reference, at),
            PropertySchema::Item(schema) => self.docs_of_property(schema, at),
            PropertySchema::AnyText | PropertySchema::Anything => {
                Docs { pointer: at.clone(), ..Docs::default() }
            }
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
        let is_null = |it| self.schema_of(it).is_some_and(|(schema, _)| is_only_null(schema));
        !self.config.protojson && property.descriptions().all(is_null)
    }

    /// The type of a property.
    pub(super) fn lower_property(&mut self, id: TypeId, name: &str, property: &Property<'a>) -> Lowered {
        self.lower_described(property, Site::inside(id, name))
    }

    /// The type of a property, or of what is described like one.
    pub(super) fn lower_described(&mut self, property: &Property<'a>, site: Site) -> Lowered {
        match property.also.as_slice() {
            [] => self.lower_description(&property.last, site),
            _ => self.lower_overlap(property, site),
        }
    }

    /// The type that one description comes to.
    pub(super) fn lower_description(
        &mut self,
        Description { schema, at }: &Description<'a>,
        site: Site,
    ) -> Lowered {
        match schema {
            PropertySchema::Reference(reference) => self.lower_reference(reference, at),
            PropertySchema::Item(schema) => {
                let lowered = self.lower_schema(schema, at, site);
                self.noted(at, lowered)
            }
            PropertySchema::AnyText => Type::String.into(),
            PropertySchema::Anything => {
                self.untyped(at, "it is something else in each alternative of a union").into()
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
/// that it refers to, which other properties may refer to as well; and nothing travels neither way. A part of an `allOf` that
/// describes the property anew says it anew, as documents do where a member that the server sets elsewhere is to be sent.
fn access(property: &Property<'_>) -> Access {
    let (mut read_only, mut write_only) = (false, false);
    for description in property.descriptions() {
        let PropertySchema::Item(schema) = description.schema else {
            (read_only, write_only) = (false, false);
            continue;
        };
        let keywords = Keywords::of(schema);
        let adds_to_others = keywords.is_comment();
        let combined = keywords.all_of.iter().filter_map(|entry| entry.as_item());
        let own: Vec<&SchemaData> = [schema].into_iter().chain(combined).map(|it| &it.schema_data).collect();
        read_only = (read_only && adds_to_others) || own.iter().any(|data| data.read_only);
        write_only = (write_only && adds_to_others) || own.iter().any(|data| data.write_only);
    }
    match (read_only, write_only) {
        (true, false) => Access::ReadOnly,
        (false, true) => Access::WriteOnly,
        (true, true) | (false, false) => Access::Both,
    }
}
