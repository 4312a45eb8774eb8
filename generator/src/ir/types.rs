//! Types: structs, unions, enums, and references to them.

use serde_json::Value;

use super::{Constraint, CustomType, Docs};
use crate::diagnostics::Pointer;

/// Id of a named type.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct TypeId(usize);

impl TypeId {
    /// Creates the id of the type at an index of `Api::types`.
    pub(crate) fn new(index: usize) -> Self {
        Self(index)
    }

    /// Returns the index in `Api::types`.
    pub(crate) fn index(self) -> usize {
        self.0
    }
}

/// A named type.
#[derive(Clone, Debug)]
pub(crate) struct TypeDef {
    /// Preferred name.
    pub(crate) name: TypeName,
    pub(crate) docs: Docs,
    pub(crate) shape: Shape,
    /// True if the document allows no properties beyond the fields of the struct. Clients accept others nevertheless.
    pub(crate) is_closed: bool,
}

/// Origin of a named type, which determines its name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum TypeName {
    /// A component schema: its key.
    Component { key: String },
    /// An inline schema in a type: its owner, and the property name.
    Inline {
        owner: TypeId,
        place: String,
        /// Nesting below `place`.
        role: Role,
    },
    /// An inline schema in an operation: the operation id, and the name of the parameter or body.
    InOperation {
        operation: String,
        place: String,
        /// Nesting below `place`.
        role: Role,
    },
}

/// Nesting of an inline schema below the property that it is named after.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Role {
    /// The schema of the property itself.
    Itself,
    /// The schema of the items of a list.
    ListItem,
    /// The schema of the values of a map.
    Value,
}

/// Shape of a named type.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Shape {
    Struct(Struct),
    KeyedUnion(KeyedUnion),
    Union(Union),
    Enum(Enum),
}

/// A struct.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub(crate) struct Struct {
    /// Fields, in document order.
    pub(crate) fields: Vec<Field>,
    /// Type of `additionalProperties`, if the document defines one.
    pub(crate) additional_properties: Option<Type>,
}

/// A field of a struct.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Field {
    /// Preferred name: the name of the property or union.
    pub(crate) name: String,
    pub(crate) docs: Docs,
    /// Kind: optional, nullable, ...
    pub(crate) kind: FieldKind,
    pub(crate) access: Access,
    /// The only allowed value of a boolean, if there is one.
    pub(crate) constant_bool: Option<bool>,
    /// True if it is a string that must not be logged.
    pub(crate) secret: bool,
    /// True if the document lists it in `required`. The kind can be optional nevertheless, because of codegen.toml, of
    /// presence in protobuf, or of recursion.
    pub(crate) is_listed_as_required: bool,
}

/// Direction of a field.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub(crate) enum Access {
    /// Requests and responses.
    #[default]
    Both,
    /// Responses only: the server sets it.
    ReadOnly,
    /// Requests only: the server does not return it.
    WriteOnly,
}

impl Field {
    /// Returns the `default` of the field.
    pub(crate) fn default(&self) -> Option<Value> {
        self.docs.constraints.iter().find_map(|constraint| match constraint {
            Constraint::Default(json) => serde_json::from_str(json).ok(),
            _ => None,
        })
    }
}

/// Default of a required field that is not the empty value of its type.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum DefaultValue {
    True,
    Integer(i128),
    Float(f64),
    Text(String),
    /// The enum value at an index.
    Value(TypeId, usize),
}

/// Type of a field, and the meaning of absence and null.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) enum FieldKind {
    /// Required.
    Required(Type),
    /// Required, may be null.
    Nullable(Type),
    /// Absence and null mean the empty value of the type, as in protobuf.
    ImplicitPresence {
        ty: Type,
        /// True if requests require it.
        required: bool,
    },
    /// Optional. Null, if allowed, means absence.
    Optional(Type),
    /// Optional, may be null. Requests distinguish null from absence.
    OptionalNullable(Type),
    /// Optional, and the only allowed value is null: its presence is the information.
    NullOnly,
    /// A flattened union: an object whose properties are part of the struct.
    KeyedUnion(TypeId),
}

/// A union whose variants are the properties of an object, of which exactly one is set.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct KeyedUnion {
    /// Variants, in document order.
    pub(crate) variants: Vec<Variant>,
    /// True if the properties are part of a struct instead of an object of their own.
    pub(crate) flattened: bool,
}

/// A variant of a union.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Variant {
    /// Name of the property on the wire, or the preferred name of an alternative.
    pub(crate) key: String,
    /// Location of the schema that the alternative is, whatever the form of the union: of the component that it refers to, or
    /// where it is written. `None` if the document lists no alternatives.
    pub(crate) schema: Option<Pointer>,
    pub(crate) docs: Docs,
    /// Type of the value.
    pub(crate) ty: Type,
}

/// A union whose variants are distinguished by match rules.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Union {
    /// Alternatives, in document order.
    pub(crate) alternatives: Vec<Alternative>,
    /// Method that distinguishes most of the alternatives.
    pub(crate) strategy: Strategy,
    /// Properties that distinguish objects, in the order in which decoding looks at them.
    pub(crate) criteria: Vec<Criterion>,
    /// Pairs of alternatives that nothing distinguishes, so that decoding tries them.
    pub(crate) ambiguous: Vec<(usize, usize)>,
}

/// A property that distinguishes objects.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Criterion {
    /// Name of the property. Properties of an object that is a property are separated by dots.
    pub(crate) property: String,
    /// True if its JSON type distinguishes the objects, and not its constants.
    pub(crate) is_by_type: bool,
}

/// An alternative of a union.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Alternative {
    /// Name and type.
    pub(crate) variant: Variant,
    /// True if the name comes from a schema and not from a value or a kind of value.
    pub(crate) is_named: bool,
    /// Rules, one of which a value has to match.
    pub(crate) match_rules: Vec<MatchRule>,
    /// Property that the union writes, if the type itself may not write it.
    pub(crate) tag: Option<Tag>,
}

/// A property that identifies an alternative, and its value.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Tag {
    pub(crate) property: String,
    pub(crate) value: Constant,
}

impl Alternative {
    /// Returns the properties with constants that a value of this alternative has, with their values. Empty if there
    /// are several rules.
    pub(crate) fn tags(&self) -> impl Iterator<Item = (&str, &[Constant])> {
        let conditions = match self.match_rules.as_slice() {
            [only] => only.conditions(),
            _ => &[],
        };
        conditions.iter().filter_map(|condition| match condition {
            MatchRule::Tag { member, values } => Some((member.as_str(), values.as_slice())),
            _ => None,
        })
    }
}

/// A condition on a value that can be checked without decoding it.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) enum MatchRule {
    /// An object with a property that has one of these values.
    Tag { member: String, values: Vec<Constant> },
    /// An object with all of these properties.
    Object { required: Vec<String> },
    /// An object with a property that matches one of these rules.
    Property { member: String, match_rules: Vec<MatchRule> },
    /// An object that matches all of these rules.
    All(Vec<MatchRule>),
    /// An object that matches this rule, and no rule of another alternative with a lower rank. Other rules have rank 0.
    Rest { rank: u32, rule: Box<MatchRule> },
    /// A list whose items match one of these rules, or any list if there are none.
    List(Vec<MatchRule>),
    /// One of these values.
    Constants(Vec<Constant>),
    /// A value of a kind.
    ValueKind(ValueKind),
    /// Any value.
    Anything,
}

impl MatchRule {
    /// Returns the conditions that a value has to meet together.
    pub(crate) fn conditions(&self) -> &[Self] {
        match self {
            Self::All(conditions) => conditions,
            Self::Rest { rule, .. } => rule.conditions(),
            rule => std::slice::from_ref(rule),
        }
    }
}

/// A JSON type, or a more specific kind of number or string.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum ValueKind {
    Boolean,
    Integer,
    Number,
    Text,
    Ipv4,
    Ipv6,
}

/// A constant of the document.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Constant {
    Text(String),
    Integer(i64),
    Boolean(bool),
}

impl Constant {
    /// Returns a value that can distinguish alternatives, if it is a string, an integer or a boolean.
    pub(crate) fn of(value: &Value) -> Option<Self> {
        match value {
            Value::String(text) => Some(Self::Text(text.clone())),
            Value::Number(number) => number.as_i64().map(Self::Integer),
            Value::Bool(truth) => Some(Self::Boolean(*truth)),
            _ => None,
        }
    }

    /// Returns the text of a string.
    pub(crate) fn as_text(&self) -> Option<&str> {
        match self {
            Self::Text(text) => Some(text),
            Self::Integer(_) | Self::Boolean(_) => None,
        }
    }

    /// Returns the value as a text, as enums write it in [`EnumValue::wire`].
    pub(crate) fn wire(&self) -> String {
        match self {
            Self::Text(text) => text.clone(),
            Self::Integer(number) => number.to_string(),
            Self::Boolean(truth) => truth.to_string(),
        }
    }
}

/// Method to distinguish the alternatives of a union.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Strategy {
    /// A discriminator.
    Discriminator,
    /// A property with different constants in each alternative.
    Constant,
    /// A property of a different kind in each alternative.
    Property,
    /// JSON types.
    JsonTypes,
    /// The required properties of each alternative.
    RequiredProperties,
    /// Nothing reliable: the alternative that fits best.
    Trial,
}

/// An enum of strings or integers.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Enum {
    /// Values, in document order.
    pub(crate) values: Vec<EnumValue>,
    /// JSON type of the values.
    pub(crate) kind: EnumKind,
    /// Index of the value that absence means, if any.
    pub(crate) default: Option<usize>,
    /// True if the document allows any other string as well.
    pub(crate) is_open: bool,
}

/// JSON type of the values of an enum.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum EnumKind {
    Text,
    Integer,
}

/// A value of an enum.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct EnumValue {
    /// Value on the wire. Integers are in decimal.
    pub(crate) wire: String,
    /// Preferred name of the variant: the value without the prefix that all values share.
    pub(crate) name: String,
    pub(crate) text: Option<String>,
}

/// Type of a field, parameter or item.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Type {
    /// A named type.
    Named(TypeId),
    /// Text.
    String,
    /// A boolean.
    Bool,
    /// An integer.
    Integer {
        width: Integer,
        /// True if it is a string on the wire.
        quoted: bool,
    },
    /// A double.
    Float {
        /// True if NaN and the infinities are strings on the wire.
        lenient: bool,
    },
    /// An RFC 3339 date-time with its offset.
    DateTime,
    /// An RFC 3339 date-time whose offset has no meaning.
    Timestamp,
    /// An RFC 3339 full-date.
    Date,
    /// A UUID.
    Uuid,
    /// A duration in ProtoJSON, such as `"3600s"`.
    Duration,
    /// Bytes in base64.
    Bytes {
        /// True for base64url.
        url: bool,
    },
    /// A JSON array.
    List(Box<Type>),
    /// A JSON array of fixed length, with a type for each item.
    Tuple(Vec<Type>),
    /// A JSON object whose values have the same type.
    Map(Box<Type>),
    /// Any JSON object.
    Object,
    /// Any JSON value.
    Json,
    /// A `google.protobuf.Any`: a message and the name of its type.
    Any,
    /// A value that may be null, outside of fields: in a list, in a map, or on its own.
    Nullable(Box<Type>),
    /// A constant, as an alternative of a union. Holds no data.
    Constant(Constant),
    /// A type of the user.
    Custom(CustomType),
}

/// Width of an integer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Integer {
    I8,
    I16,
    I32,
    I64,
    I128,
    U8,
    U16,
    U32,
    U64,
    U128,
}

impl Integer {
    /// Returns the smallest value.
    pub(crate) fn least(self) -> i128 {
        match self {
            Self::I8 => i8::MIN.into(),
            Self::I16 => i16::MIN.into(),
            Self::I32 => i32::MIN.into(),
            Self::I64 => i64::MIN.into(),
            Self::I128 => i128::MIN,
            Self::U8 | Self::U16 | Self::U32 | Self::U64 | Self::U128 => 0,
        }
    }

    /// Returns the largest value, or the largest `i128`.
    pub(crate) fn greatest(self) -> i128 {
        match self {
            Self::I8 => i8::MAX.into(),
            Self::I16 => i16::MAX.into(),
            Self::I32 => i32::MAX.into(),
            Self::I64 => i64::MAX.into(),
            Self::I128 | Self::U128 => i128::MAX,
            Self::U8 => u8::MAX.into(),
            Self::U16 => u16::MAX.into(),
            Self::U32 => u32::MAX.into(),
            Self::U64 => u64::MAX.into(),
        }
    }
}

impl Type {
    /// Returns the number of types that the type is written with.
    pub(crate) fn size(&self) -> usize {
        match self {
            Self::List(inner) | Self::Map(inner) | Self::Nullable(inner) => 1 + inner.size(),
            Self::Tuple(places) => 1 + places.iter().map(Self::size).sum::<usize>(),
            _ => 1,
        }
    }

    /// Returns the named type in this type, through lists, maps and nullable types. `None` for tuples.
    pub(crate) fn named(&self) -> Option<TypeId> {
        let mut ty = self;
        while let Some(inner) = ty.inner() {
            ty = inner;
        }
        match ty {
            Self::Named(id) => Some(*id),
            _ => None,
        }
    }

    /// Returns all named types in this type, in the order in which the document has them.
    pub(crate) fn all_named(&self) -> Vec<TypeId> {
        let mut named = Vec::new();
        let mut open = vec![self];
        while let Some(ty) = open.pop() {
            match ty {
                Self::Named(id) => named.push(*id),
                Self::Tuple(places) => open.extend(places.iter().rev()),
                ty => open.extend(ty.inner()),
            }
        }
        named
    }

    /// Returns the item type of a list, map or nullable type.
    fn inner(&self) -> Option<&Self> {
        match self {
            Self::List(inner) | Self::Map(inner) | Self::Nullable(inner) => Some(inner),
            _ => None,
        }
    }

    /// Returns the type without null.
    pub(crate) fn without_null(self) -> Self {
        match self {
            Self::Nullable(inner) => *inner,
            ty => ty,
        }
    }

    /// Returns `true` if `is` holds for this type or any type in it.
    pub(crate) fn any(&self, is: &dyn Fn(&Self) -> bool) -> bool {
        let mut open = vec![self];
        while let Some(ty) = open.pop() {
            if is(ty) {
                return true;
            }
            match ty {
                Self::Tuple(places) => open.extend(places),
                ty => open.extend(ty.inner()),
            }
        }
        false
    }
}

impl TypeDef {
    /// Returns the documentation of the type and of its fields or variants.
    pub(super) fn docs_mut(&mut self) -> Vec<&mut Docs> {
        let mut all = vec![&mut self.docs];
        match &mut self.shape {
            Shape::Struct(it) => all.extend(it.fields.iter_mut().map(|field| &mut field.docs)),
            Shape::KeyedUnion(it) => all.extend(it.variants.iter_mut().map(|variant| &mut variant.docs)),
            Shape::Union(it) => all.extend(it.alternatives.iter_mut().map(|it| &mut it.variant.docs)),
            Shape::Enum(_) => {}
        }
        all
    }
}

impl FieldKind {
    /// Returns the type of the field, unless it is a flattened union or holds only null.
    pub(crate) fn ty(&self) -> Option<&Type> {
        match self {
            Self::Required(ty)
            | Self::Nullable(ty)
            | Self::ImplicitPresence { ty, .. }
            | Self::Optional(ty)
            | Self::OptionalNullable(ty) => Some(ty),
            Self::NullOnly | Self::KeyedUnion(_) => None,
        }
    }

    /// Mutable version of [`ty`](Self::ty).
    pub(crate) fn ty_mut(&mut self) -> Option<&mut Type> {
        match self {
            Self::Required(ty)
            | Self::Nullable(ty)
            | Self::ImplicitPresence { ty, .. }
            | Self::Optional(ty)
            | Self::OptionalNullable(ty) => Some(ty),
            Self::NullOnly | Self::KeyedUnion(_) => None,
        }
    }

    /// Returns `true` if requests require the field.
    pub(crate) fn is_required(&self) -> bool {
        matches!(self, Self::Required(_) | Self::Nullable(_) | Self::ImplicitPresence { required: true, .. })
    }

    /// Returns all named types in the field.
    pub(crate) fn all_named(&self) -> Vec<TypeId> {
        match self {
            Self::KeyedUnion(id) => vec![*id],
            kind => kind.ty().map(Type::all_named).unwrap_or_default(),
        }
    }
}

impl Variant {
    /// Returns the value that the variant stands for, if it holds none.
    pub(crate) fn constant(&self) -> Option<&Constant> {
        match &self.ty {
            Type::Constant(constant) => Some(constant),
            _ => None,
        }
    }
}

impl Shape {
    /// Iterates over the variants of a union, in document order.
    pub(crate) fn variants(&self) -> impl Iterator<Item = &Variant> {
        let (by_key, by_look): (&[Variant], &[Alternative]) = match self {
            Self::KeyedUnion(it) => (&it.variants, &[]),
            Self::Union(it) => (&[], &it.alternatives),
            Self::Struct(_) | Self::Enum(_) => (&[], &[]),
        };
        by_key.iter().chain(by_look.iter().map(|alternative| &alternative.variant))
    }

    /// Returns the types of fields, additional properties or variants. Flattened unions are not included.
    pub(crate) fn value_types(&self) -> Vec<&Type> {
        match self {
            Self::Struct(it) => it
                .fields
                .iter()
                .filter_map(|field| field.kind.ty())
                .chain(&it.additional_properties)
                .collect(),
            shape => shape.variants().map(|variant| &variant.ty).collect(),
        }
    }

    /// Mutable version of [`value_types`](Self::value_types).
    pub(crate) fn value_types_mut(&mut self) -> Vec<&mut Type> {
        match self {
            Self::Struct(it) => {
                let fields = it.fields.iter_mut().filter_map(|field| field.kind.ty_mut());
                fields.chain(&mut it.additional_properties).collect()
            }
            Self::KeyedUnion(it) => it.variants.iter_mut().map(|variant| &mut variant.ty).collect(),
            Self::Union(it) => it.alternatives.iter_mut().map(|it| &mut it.variant.ty).collect(),
            Self::Enum(_) => Vec::new(),
        }
    }

    /// Returns the named types that this shape refers to, in document order.
    pub(crate) fn references(&self) -> Vec<TypeId> {
        match self {
            Self::Struct(it) => {
                let fields = it.fields.iter().flat_map(|field| field.kind.all_named());
                fields.chain(it.additional_properties.iter().flat_map(Type::all_named)).collect()
            }
            Self::KeyedUnion(_) | Self::Union(_) => {
                self.variants().flat_map(|variant| variant.ty.all_named()).collect()
            }
            Self::Enum(_) => Vec::new(),
        }
    }
}
