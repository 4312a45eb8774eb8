//! Objects: structs with fields, and the unions among them.

use std::collections::{BTreeMap, BTreeSet};

use indexmap::IndexMap;
use indexmap::map::Entry;
use openapiv3::{AdditionalProperties, ReferenceOr, Schema, SchemaData};
use serde_json::Value;

use super::Lower;
use super::all_of::SchemaPart;
use super::boilerplate::without_boilerplate;
use super::keyed_union::KeyedGroup;
use super::keywords::Keywords;
use super::schema::{Lowered, Site};
use crate::config::TimeLibrary;
use crate::diagnostics::{Code, Pointer};
use crate::document::is_only_null;
use crate::ir::{Access, Constraint, Docs, Field, FieldKind, Shape, Struct, Type, TypeId};

/// A property and all its contributions: several parts of an `allOf` may describe the same property.
#[derive(Clone)]
pub(super) struct Property<'a> {
    /// The last contribution.
    pub(super) last: Contribution<'a>,
    /// The contributions before it, in document order.
    pub(super) also: Vec<Contribution<'a>>,
}

/// One of the schemas that describe a property, and its location.
#[derive(Clone)]
pub(super) struct Contribution<'a> {
    pub(super) schema: PropertySchema<'a>,
    pub(super) at: Pointer,
}

#[derive(Clone, Copy, PartialEq)]
pub(super) enum PropertySchema<'a> {
    Reference(&'a str),
    Item(&'a Schema),
    /// A string, described differently in each alternative of a union.
    AnyText,
    /// Described differently in each alternative of a union.
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

impl<'a> From<Contribution<'a>> for Property<'a> {
    fn from(last: Contribution<'a>) -> Self {
        Self { last, also: Vec::new() }
    }
}

impl<'a> Property<'a> {
    /// Returns all contributions, in document order.
    pub(super) fn contributions(&self) -> impl DoubleEndedIterator<Item = &Contribution<'a>> {
        self.also.iter().chain([&self.last])
    }

    /// Returns the schema of `additionalProperties`, if there is one.
    pub(super) fn of_additional(keywords: &Keywords<'a>, at: &Pointer) -> Option<Self> {
        let Some(AdditionalProperties::Schema(schema)) = keywords.additional_properties else { return None };
        let schema = match &**schema {
            ReferenceOr::Reference { reference } => PropertySchema::Reference(reference),
            ReferenceOr::Item(schema) => PropertySchema::Item(schema),
        };
        Some(Contribution { schema, at: at.child("additionalProperties") }.into())
    }

    /// Adds the contributions of another part.
    pub(super) fn with(mut self, other: Self) -> Self {
        for contribution in other.also.into_iter().chain([other.last]) {
            // The same contribution may be inherited twice.
            if !self.contributions().any(|known| known.at == contribution.at) {
                self.also.push(std::mem::replace(&mut self.last, contribution));
            }
        }
        self
    }
}

/// The properties of an object, gathered from all its parts, in document order.
#[derive(Default)]
pub(super) struct MergedObject<'a> {
    pub(super) properties: IndexMap<String, Property<'a>>,
    /// The required properties, with their locations in `required`.
    pub(super) required: BTreeMap<String, Pointer>,
    /// The schema of `additionalProperties`.
    pub(super) additional_properties: Option<Property<'a>>,
    /// The unions beside the properties.
    pub(super) unions: Vec<SchemaPart<'a>>,
}

impl<'a> MergedObject<'a> {
    /// Adds the properties and unions that a schema lists itself.
    pub(super) fn add(&mut self, keywords: &Keywords<'a>, at: &Pointer) {
        let place = at.child("properties");
        for (name, schema) in keywords.properties {
            let contribution = Contribution { schema: PropertySchema::of(schema), at: place.child(name) };
            match self.properties.entry(name.clone()) {
                Entry::Vacant(entry) => drop(entry.insert(contribution.into())),
                Entry::Occupied(mut entry) => {
                    let known = entry.get().clone();
                    entry.insert(known.with(contribution.into()));
                }
            }
        }
        if let Some(contribution) = Property::of_additional(keywords, at) {
            self.additional_properties = Some(match self.additional_properties.take() {
                Some(known) => known.with(contribution),
                None => contribution,
            });
        }
        for (index, name) in keywords.required.iter().enumerate() {
            let entry = self.required.entry(name.clone());
            entry.or_insert_with(|| at.child("required").index(index));
        }
        if !keywords.alternatives().is_empty() {
            self.unions.push(SchemaPart { keywords: keywords.clone(), at: at.clone() });
        }
    }
}

impl<'a> Lower<'a, '_> {
    /// Lowers an object without `allOf`.
    pub(super) fn lower_struct(&mut self, keywords: &Keywords<'a>, at: &Pointer, site: Site) -> Type {
        let mut object = MergedObject::default();
        object.add(keywords, at);
        self.lower_merged_object(keywords, object, at, site)
    }

    /// Lowers an object with gathered properties.
    pub(super) fn lower_merged_object(
        &mut self,
        keywords: &Keywords<'a>,
        mut object: MergedObject<'a>,
        at: &Pointer,
        site: Site,
    ) -> Type {
        let mut docs = self.docs(keywords, at);
        let mut groups = self.protobuf_groups(&mut docs, &object, at);
        groups.extend(self.keyed_groups(&mut object, &site));
        let object = &object;
        docs.constraints.extend(self.undefined_required(object, &groups));
        match groups.as_slice() {
            [only] if only.covers_object(object) && object.additional_properties.is_none() => {
                let id = self.reserve_at(&site, docs);
                self.define_keyed_union(id, only, false)
            }
            groups => {
                let id = self.reserve_at(&site, docs);
                let fields = self.lower_fields(id, object, groups, at);
                let additional_properties = object.additional_properties.as_ref().map(|property| {
                    let lowered = self.lower_property(id, "additional property", property);
                    self.element(lowered)
                });
                let additional_properties = additional_properties.filter(|ty| *ty != Type::Json);
                self.define(id, Shape::Struct(Struct { fields, additional_properties }))
            }
        }
    }

    /// Returns the required properties that have no schema. They have no field, so the caller has to set them
    /// as unknown properties.
    fn undefined_required(
        &mut self,
        object: &MergedObject<'a>,
        groups: &[KeyedGroup<'a>],
    ) -> Option<Constraint> {
        let is_described = |name: &String| {
            object.properties.contains_key(name)
                || groups.iter().any(|group| group.properties.contains_key(name))
        };
        let undefined: Vec<(&String, &Pointer)> =
            object.required.iter().filter(|(name, _)| !is_described(name)).collect();
        if undefined.is_empty() {
            return None;
        }
        if object.additional_properties.is_none() {
            for (name, at) in &undefined {
                self.diagnostics.report(
                    Code::UndefinedProperty,
                    at,
                    format!("`{name}` is listed in `required` but not defined in `properties`"),
                    "add it to `properties`, or remove it from `required`",
                );
            }
        }
        Some(Constraint::RequiredProperties(undefined.into_iter().map(|(name, _)| name.clone()).collect()))
    }

    fn lower_fields(
        &mut self,
        id: TypeId,
        object: &MergedObject<'a>,
        groups: &[KeyedGroup<'a>],
        at: &Pointer,
    ) -> Vec<Field> {
        let mut fields = Vec::with_capacity(object.properties.len());
        let mut lowered_groups = BTreeSet::new();
        for (name, property) in &object.properties {
            // The field of a union takes the position of its first property.
            match groups.iter().position(|group| group.properties.contains_key(name)) {
                None => {
                    let is_required =
                        object.required.contains_key(name) && !self.is_made_optional(at, name, property);
                    fields.push(self.lower_field(id, name, property, is_required));
                }
                Some(group) if lowered_groups.insert(group) => {
                    fields.push(self.lower_keyed_group(id, &groups[group]))
                }
                Some(_) => {}
            }
        }
        for (index, group) in groups.iter().enumerate() {
            if lowered_groups.insert(index) {
                fields.push(self.lower_keyed_group(id, group));
            }
        }
        fields
    }

    fn lower_field(&mut self, id: TypeId, name: &str, property: &Property<'a>, required: bool) -> Field {
        let mut docs = self.merged_docs(property);
        docs.text = without_boilerplate(docs.text, name);
        let access = access(property);
        if !required && self.is_presence_only(property) {
            let kind = FieldKind::NullOnly;
            return Field { name: name.to_owned(), docs, kind, access, constant_bool: None, secret: false };
        }
        let lowered = self.lower_property(id, name, property);
        let secret = lowered.ty == Type::String && self.is_secret(name, property);
        let constant_bool = if lowered.ty == Type::Bool { self.only_bool(property) } else { None };
        // A read-only or write-only field is empty in the other direction, so its type needs a default value.
        let has_empty_value = access == Access::Both || !self.lacks_default(&lowered.ty);
        let kind = self.field_kind(lowered, required && has_empty_value);
        Field { name: name.to_owned(), docs, kind, access, constant_bool, secret }
    }

    /// Returns the only boolean that a property allows, if its schema or a part of it has such an enum.
    fn only_bool(&self, property: &Property<'a>) -> Option<bool> {
        property.contributions().find_map(|contribution| {
            let (schema, at) = self.schema_of(contribution)?;
            self.parts(schema, &at).iter().find_map(|part| match part.keywords.values.as_slice() {
                [Value::Bool(truth)] => Some(*truth),
                _ => None,
            })
        })
    }

    /// Returns the schema of a property and its location, following a reference.
    pub(super) fn schema_of(&self, contribution: &Contribution<'a>) -> Option<(&'a Schema, Pointer)> {
        match contribution.schema {
            PropertySchema::Item(schema) => Some((schema, contribution.at.clone())),
            PropertySchema::Reference(reference) => self.document.resolve_schema(reference),
            PropertySchema::AnyText | PropertySchema::Anything => None,
        }
    }

    /// Returns the documentation of one contribution.
    pub(super) fn docs_of_contribution(&self, Contribution { schema, at }: &Contribution<'a>) -> Docs {
        match schema {
            PropertySchema::Reference(reference) => self.docs_of_reference(reference, at),
            PropertySchema::Item(schema) => self.docs_of_property(schema, at),
            PropertySchema::AnyText | PropertySchema::Anything => {
                Docs { pointer: at.clone(), ..Docs::default() }
            }
        }
    }

    /// Returns true if the Rust type has no default value, as the types of the `time` crate.
    fn lacks_default(&self, ty: &Type) -> bool {
        let of_time = self.config.types.time == TimeLibrary::Time;
        match ty {
            Type::DateTime | Type::Timestamp | Type::Date => of_time,
            Type::Tuple(places) => places.iter().any(|place| self.lacks_default(place)),
            _ => false,
        }
    }

    /// Returns true if a property can only be null, so that its presence is the information. In protobuf's
    /// JSON null means absence.
    fn is_presence_only(&self, property: &Property<'a>) -> bool {
        let is_null = |it| self.schema_of(it).is_some_and(|(schema, _)| is_only_null(schema));
        !self.config.protojson && property.contributions().all(is_null)
    }

    /// Lowers a property of a named type.
    pub(super) fn lower_property(&mut self, id: TypeId, name: &str, property: &Property<'a>) -> Lowered {
        self.lower_property_at(property, Site::inside(id, name))
    }

    /// Lowers a property, list item or map value with one or several contributions.
    pub(super) fn lower_property_at(&mut self, property: &Property<'a>, site: Site) -> Lowered {
        match property.also.as_slice() {
            [] => self.lower_contribution(&property.last, site),
            _ => self.lower_merged_property(property, site),
        }
    }

    /// Lowers one contribution of a property.
    pub(super) fn lower_contribution(
        &mut self,
        Contribution { schema, at }: &Contribution<'a>,
        site: Site,
    ) -> Lowered {
        match schema {
            PropertySchema::Reference(reference) => self.lower_reference(reference, at),
            PropertySchema::Item(schema) => {
                let lowered = self.lower_schema(schema, at, site);
                self.record_type(at, lowered)
            }
            PropertySchema::AnyText => Type::String.into(),
            PropertySchema::Anything => {
                self.untyped(at, "each alternative describes the property differently").into()
            }
        }
    }

    /// Returns the kind of a field: required, optional, nullable.
    ///
    /// In protobuf's JSON null means absence, and a plain field that is absent has its default value. Only
    /// messages and scalars that may be null have presence.
    fn field_kind(&self, lowered: Lowered, required: bool) -> FieldKind {
        let Lowered { ty, nullable } = lowered;
        if self.config.protojson {
            let is_container = matches!(ty, Type::List(_) | Type::Map(_));
            let is_plain = is_container || (!nullable && self.has_empty_value(&ty));
            return if is_plain {
                FieldKind::ImplicitPresence { ty, required }
            } else {
                FieldKind::Optional(ty)
            };
        }
        match (required, nullable) {
            (true, false) => FieldKind::Required(ty),
            (true, true) => FieldKind::Nullable(ty),
            (false, false) => FieldKind::Optional(ty),
            (false, true) => FieldKind::OptionalNullable(ty),
        }
    }

    /// Returns true if protobuf does not distinguish the default value of the type from absence.
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

/// Returns the direction in which a property is sent: requests, responses or both.
///
/// `readOnly` and `writeOnly` count on the property itself, not on a schema that it refers to (OpenAPI 3.0.3,
/// section 4.7.24.2), and both together count as neither. A later part of `allOf` that describes the property
/// again overrides them: documents do so where a property that the server sets elsewhere has to be sent.
fn access(property: &Property<'_>) -> Access {
    let (mut read_only, mut write_only) = (false, false);
    for contribution in property.contributions() {
        let PropertySchema::Item(schema) = contribution.schema else {
            (read_only, write_only) = (false, false);
            continue;
        };
        let keywords = Keywords::of(schema);
        let adds_to_others = keywords.is_annotation();
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
