//! What each schema is: the plan from which `lower` makes types.
//!
//! A plan is shallow: the schemas inside are named, and have plans of their own.

use std::collections::BTreeSet;
use std::rc::Rc;

use super::keywords::Keywords;
use super::parts::SchemaPart;
use super::property::Property;
use crate::diagnostics::Pointer;
use crate::document::SchemaId;
use crate::ir::{Access, Constant, Criterion, Docs, Enum, MatchRule, Strategy, Type, ValueKind, Variant};

/// What a schema is.
#[derive(Clone, Debug)]
pub(crate) enum Plan<'a> {
    /// Any value.
    Anything,
    /// Any value, because Rust has no type for the schema.
    Untyped {
        at: Pointer,
        because: &'static str,
    },
    /// A scalar.
    Scalar(Type),
    /// A list. Without a schema, its items are any values.
    List(Option<Child<'a>>),
    /// A list with a schema for each position.
    Tuple(Vec<Child<'a>>),
    /// An object whose values have the same schema.
    Map(Child<'a>),
    /// Any object.
    Object,
    /// A protobuf message with the name of its type.
    ProtobufAny,
    /// The same as another schema.
    Same(Child<'a>),
    /// A string that can have the values of an enum, and any other value.
    OpenEnum(Child<'a>),
    /// Listed values of one type.
    Enum(Box<EnumPlan>),
    /// Listed values of several types.
    Mixed(Box<MixedPlan>),
    Struct(Box<StructPlan<'a>>),
    KeyedUnion(Box<KeyedUnionPlan<'a>>),
    Union(Box<UnionPlan<'a>>),
}

/// A schema inside another one.
#[derive(Clone, Debug)]
pub(crate) struct Child<'a> {
    pub(crate) schema: ChildSchema<'a>,
    /// True if null is allowed there.
    pub(crate) nullable: bool,
}

#[derive(Clone, Debug)]
pub(crate) enum ChildSchema<'a> {
    /// A schema that is written there.
    Inline(SchemaId),
    /// A reference to a schema, written at a location.
    Reference { to: SchemaId, at: Pointer },
    /// A reference that leads nowhere, written at a location.
    Dangling { reference: &'a str, at: Pointer },
    /// A part of a schema, as if it were the whole schema.
    Part(Rc<SchemaPart<'a>>),
    /// Several descriptions of the same property, combined.
    Merged(Rc<MergedSchema<'a>>),
    /// A schema that is not written anywhere, at the location that stands for it.
    Planned(Rc<Plan<'a>>, Pointer),
    /// A string.
    Text,
    /// Any value, because Rust has no type for the schema.
    Untyped { at: Pointer, because: &'static str },
}

/// A property that several parts of an `allOf` describe.
#[derive(Clone, Debug)]
pub(crate) struct MergedSchema<'a> {
    /// The parts of all descriptions. Two merged schemas with the same parts are the same.
    pub(crate) of: BTreeSet<SchemaId>,
    pub(crate) parts: Vec<SchemaPart<'a>>,
    /// The keywords that document the property.
    pub(crate) keywords: Keywords<'a>,
    /// The location of the last description.
    pub(crate) at: Pointer,
}

/// An enum.
#[derive(Clone, Debug)]
pub(crate) struct EnumPlan {
    pub(crate) docs: Docs,
    pub(crate) values: Enum,
}

/// Listed values of several types: a union with an alternative for each type.
#[derive(Clone, Debug)]
pub(crate) struct MixedPlan {
    pub(crate) docs: Docs,
    pub(crate) alternatives: Vec<MixedAlternative>,
    pub(crate) has_booleans: bool,
}

/// The listed values of one type, among several.
#[derive(Clone, Debug)]
pub(crate) struct MixedAlternative {
    pub(crate) key: &'static str,
    pub(crate) kind: ValueKind,
    pub(crate) values: MixedValues,
}

#[derive(Clone, Debug)]
pub(crate) enum MixedValues {
    Constant(Constant, Variant),
    Enum(EnumPlan),
}

/// An object with properties.
#[derive(Clone, Debug)]
pub(crate) struct StructPlan<'a> {
    /// The location of the object.
    pub(crate) at: Pointer,
    pub(crate) docs: Docs,
    pub(crate) fields: Vec<FieldPlan<'a>>,
    /// The schema of additional properties.
    pub(crate) additional_properties: Option<Child<'a>>,
    /// True if no other properties are allowed.
    pub(crate) is_closed: bool,
}

/// A field of an object.
#[derive(Clone, Debug)]
pub(crate) enum FieldPlan<'a> {
    Property(Box<PropertyPlan<'a>>),
    /// A union whose properties are properties of the object.
    KeyedUnion(Box<KeyedUnionPlan<'a>>),
}

/// A property of an object.
#[derive(Clone, Debug)]
pub(crate) struct PropertyPlan<'a> {
    pub(crate) name: String,
    pub(crate) docs: Docs,
    pub(crate) access: Access,
    pub(crate) is_required: bool,
    /// True if the property can only be null, so that its presence is the information.
    pub(crate) is_presence_only: bool,
    /// The only value, if the property is a boolean.
    pub(crate) only_bool: Option<bool>,
    /// True if the property is secret if it is a string.
    pub(crate) is_secret: bool,
    /// Each description of the property.
    pub(crate) property: Property<'a>,
    pub(crate) schema: Child<'a>,
}

/// A union whose alternatives are properties of which one is set.
#[derive(Clone, Debug)]
pub(crate) struct KeyedUnionPlan<'a> {
    /// The name of the union among the fields of an object.
    pub(crate) name: String,
    pub(crate) docs: Docs,
    /// The location of the union.
    pub(crate) at: Pointer,
    /// True if the document writes the union as `oneOf`, so that codegen.toml can set its name.
    pub(crate) is_one_of: bool,
    pub(crate) variants: Vec<KeyedVariantPlan<'a>>,
}

#[derive(Clone, Debug)]
pub(crate) struct KeyedVariantPlan<'a> {
    pub(crate) key: String,
    /// The location of the alternative, if the document lists alternatives.
    pub(crate) at: Option<Pointer>,
    pub(crate) docs: Docs,
    pub(crate) schema: Child<'a>,
}

/// A union whose alternatives are recognized by match rules.
#[derive(Clone, Debug)]
pub(crate) struct UnionPlan<'a> {
    pub(crate) docs: Docs,
    /// The method that distinguishes most of the alternatives.
    pub(crate) strategy: Strategy,
    /// The properties that distinguish objects.
    pub(crate) criteria: Vec<Criterion>,
    pub(crate) alternatives: Vec<AlternativePlan<'a>>,
    /// Pairs of alternatives that nothing distinguishes, by their positions.
    pub(crate) ambiguous: Vec<(usize, usize)>,
}

#[derive(Clone, Debug)]
pub(crate) struct AlternativePlan<'a> {
    /// The location of the schema: of the component that the alternative refers to, or where it is written.
    pub(crate) at: Pointer,
    pub(crate) docs: Docs,
    pub(crate) match_rules: Vec<MatchRule>,
    pub(crate) value: AlternativeValue<'a>,
}

#[derive(Clone, Debug)]
pub(crate) enum AlternativeValue<'a> {
    /// A constant: a variant without a value.
    Constant(Box<Variant>),
    Schema {
        name: VariantName,
        /// The name of the place that an inline schema is named after.
        place: String,
        schema: Child<'a>,
    },
}

impl Plan<'_> {
    /// Returns true if the schema becomes a named type.
    pub(crate) fn is_named(&self) -> bool {
        matches!(
            self,
            Self::Enum(_) | Self::Mixed(_) | Self::Struct(_) | Self::KeyedUnion(_) | Self::Union(_)
        )
    }
}

/// The preferred name of a variant, and its origin.
#[derive(Clone, Debug)]
pub(crate) struct VariantName {
    pub(crate) text: String,
    pub(crate) origin: NameOrigin,
}

/// The origin of a variant name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum NameOrigin {
    /// The name of a component, or the title of a schema.
    Schema,
    /// A value that distinguishes the alternative, or a property that only it has.
    Value,
    /// The JSON type of its values.
    Kind,
}

impl VariantName {
    pub(super) fn new(text: impl Into<String>, origin: NameOrigin) -> Self {
        Self { text: text.into(), origin }
    }

    /// Returns the name for a variant with this type. A name by JSON type becomes more specific.
    pub(crate) fn refined_by_type(self, ty: &Type) -> String {
        let specific = match ty {
            _ if self.origin != NameOrigin::Kind => None,
            Type::Uuid => Some("uuid"),
            Type::DateTime | Type::Timestamp => Some("date time"),
            Type::Date => Some("date"),
            Type::Duration => Some("duration"),
            Type::Bytes { .. } => Some("bytes"),
            Type::Map(_) => Some("map"),
            _ => None,
        };
        specific.map_or(self.text, str::to_owned)
    }
}
