//! Properties and their descriptions: several parts of an `allOf` may describe the same property.

use std::collections::HashSet;

use openapiv3::{AdditionalProperties, ReferenceOr, Schema, SchemaData};

use super::docs::{docs_of_property, docs_of_reference};
use super::keywords::Keywords;
use super::parts::SchemaPart;
use super::schemas::{Entry, Schemas};
use crate::diagnostics::Pointer;
use crate::document::SchemaId;
use crate::ir::{Access, CustomType, Docs};

/// A property and all its contributions.
#[derive(Clone, Debug)]
pub(crate) struct Property<'a> {
    /// The last contribution.
    pub(crate) last: Contribution<'a>,
    /// The contributions before it, in document order.
    pub(crate) also: Vec<Contribution<'a>>,
}

/// One of the schemas that describe a property, and the location where it is written.
#[derive(Clone, Debug)]
pub(crate) struct Contribution<'a> {
    pub(crate) schema: PropertySchema<'a>,
    pub(crate) at: Pointer,
}

#[derive(Clone, Copy, Debug)]
pub(crate) enum PropertySchema<'a> {
    Reference {
        written: &'a str,
        to: Option<SchemaId>,
    },
    Item(SchemaId, &'a Schema),
    /// A string, described differently in each alternative of a union.
    AnyText,
    /// Described differently in each alternative of a union.
    Anything,
}

impl PartialEq for PropertySchema<'_> {
    fn eq(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Reference { to: Some(one), .. }, Self::Reference { to: Some(other), .. }) => one == other,
            (Self::Reference { written, .. }, Self::Reference { written: other, .. }) => written == other,
            (Self::Item(one, schema), Self::Item(other, other_schema)) => {
                one == other || schema == other_schema
            }
            (Self::AnyText, Self::AnyText) | (Self::Anything, Self::Anything) => true,
            _ => false,
        }
    }
}

impl<'a> From<Contribution<'a>> for Property<'a> {
    fn from(last: Contribution<'a>) -> Self {
        Self { last, also: Vec::new() }
    }
}

impl<'a> Property<'a> {
    /// Returns a property with several contributions. A contribution that is inherited twice counts once.
    pub(super) fn of(contributions: impl IntoIterator<Item = Contribution<'a>>) -> Option<Self> {
        let mut seen = HashSet::new();
        let mut also: Vec<Contribution<'a>> =
            contributions.into_iter().filter(|contribution| seen.insert(contribution.at.clone())).collect();
        Some(Self { last: also.pop()?, also })
    }

    /// Returns the type that codegen.toml gives to the property. The last schema that contributes to the property decides.
    pub(super) fn custom_type<'s>(&self, schemas: &'s Schemas<'a>) -> Option<&'s CustomType> {
        self.contributions().rev().find_map(|it| schemas.custom_type_of_property(&it.at))
    }

    /// Returns all contributions, in document order.
    pub(crate) fn contributions(&self) -> impl DoubleEndedIterator<Item = &Contribution<'a>> {
        self.also.iter().chain([&self.last])
    }
}

impl<'a> Contribution<'a> {
    /// Returns the schema of a property that a part lists.
    pub(super) fn of_property(schemas: &Schemas<'a>, part: &SchemaPart<'a>, name: &str) -> Option<Self> {
        let written = part.keywords.properties.get(name)?;
        let at = part.at.child("properties").child(name);
        Some(Self::new(schemas, schemas.property(part.id, name), reference(written), at))
    }

    /// Returns the schema of all properties that a part lists, by name.
    pub(super) fn of_properties(schemas: &Schemas<'a>, part: &SchemaPart<'a>) -> Vec<(&'a str, Self)> {
        let place = part.at.child("properties");
        let properties = schemas.properties(part.id).zip(part.keywords.properties.values());
        properties
            .map(|((name, entry), written)| {
                (name, Self::new(schemas, entry, reference(written), place.child(name)))
            })
            .collect()
    }

    /// Returns the schema of the items that a part describes.
    pub(super) fn of_items(schemas: &Schemas<'a>, part: &SchemaPart<'a>) -> Option<Self> {
        let written = part.keywords.items?;
        let at = part.at.child("items");
        Some(Self::new(schemas, schemas.items(part.id), reference(written), at))
    }

    /// Returns the schema of the additional properties that a part describes.
    pub(super) fn of_additional(schemas: &Schemas<'a>, part: &SchemaPart<'a>) -> Option<Self> {
        let AdditionalProperties::Schema(written) = part.keywords.additional_properties? else {
            return None;
        };
        let at = part.at.child("additionalProperties");
        Some(Self::new(schemas, schemas.additional_properties(part.id), reference(written), at))
    }

    fn new(schemas: &Schemas<'a>, entry: Option<Entry>, reference: Option<&'a str>, at: Pointer) -> Self {
        let to = entry.map(|entry| entry.id);
        let schema = match (reference, to) {
            (Some(written), to) => PropertySchema::Reference { written, to },
            (None, Some(id)) => PropertySchema::Item(id, schemas.schema(id)),
            (None, None) => PropertySchema::Anything,
        };
        Self { schema, at }
    }

    /// Returns the schema of the contribution, following a reference.
    pub(crate) fn id(&self) -> Option<SchemaId> {
        match self.schema {
            PropertySchema::Item(id, _) => Some(id),
            PropertySchema::Reference { to, .. } => to,
            PropertySchema::AnyText | PropertySchema::Anything => None,
        }
    }

    /// Returns the documentation of the contribution.
    pub(super) fn docs(&self, schemas: &Schemas<'a>) -> Docs {
        match self.schema {
            PropertySchema::Reference { to, .. } => docs_of_reference(schemas, to, &self.at),
            PropertySchema::Item(_, schema) => docs_of_property(schemas, schema, &self.at),
            PropertySchema::AnyText | PropertySchema::Anything => {
                Docs { pointer: self.at.clone(), ..Docs::default() }
            }
        }
    }
}

/// Returns the reference that is written in place of a schema, if it is one.
fn reference<T>(written: &ReferenceOr<T>) -> Option<&str> {
    match written {
        ReferenceOr::Item(_) => None,
        ReferenceOr::Reference { reference } => Some(reference),
    }
}

/// Returns the direction in which a property is sent: requests, responses or both.
///
/// `readOnly` and `writeOnly` count on the property itself, not on a schema that it refers to (OpenAPI 3.0.3,
/// section 4.7.24.2), and both together count as neither. A later part of `allOf` that describes the property
/// again overrides them: documents do so where a property that the server sets elsewhere has to be sent.
pub(super) fn access(property: &Property<'_>) -> Access {
    let (mut read_only, mut write_only) = (false, false);
    for contribution in property.contributions() {
        let PropertySchema::Item(_, schema) = contribution.schema else {
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
