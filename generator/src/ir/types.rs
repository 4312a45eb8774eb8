//! Types: structs, unions, enums, and what refers to them.

use super::Docs;

/// Which of the document's types.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct TypeId(usize);

impl TypeId {
    /// The type at a position of `Api::types`.
    pub(crate) fn new(index: usize) -> Self {
        Self(index)
    }

    /// The position in `Api::types`.
    pub(crate) fn index(self) -> usize {
        self.0
    }
}

/// A type that gets a name of its own.
#[derive(Clone, Debug)]
pub(crate) struct TypeDef {
    /// What it would like to be called.
    pub(crate) name: TypeName,
    /// What the document says about it.
    pub(crate) docs: Docs,
    /// What it is.
    pub(crate) shape: Shape,
}

/// What a type would like to be called.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum TypeName {
    /// A component schema: its key, and the name that codegen.toml gives it.
    Component { key: String, pinned: Option<String> },
    /// An inline schema: the type that it stands in, and its place there.
    Inline { owner: TypeId, place: String },
    /// An inline schema of an operation: the operation's id and the schema's place there.
    OfOperation { operation: String, place: String },
}

/// What a named type is.
#[derive(Clone, Debug)]
pub(crate) enum Shape {
    Struct(Struct),
    OneOf(OneOf),
    Enum(Enum),
}

/// An object with named fields.
#[derive(Clone, Debug, Default)]
pub(crate) struct Struct {
    /// The fields, in document order.
    pub(crate) fields: Vec<Field>,
}

/// A field of a struct.
#[derive(Clone, Debug)]
pub(crate) struct Field {
    /// What the field would like to be called: the property, or the union.
    pub(crate) name: String,
    /// What the document says about it.
    pub(crate) docs: Docs,
    /// How it gets there.
    pub(crate) kind: FieldKind,
    /// Whether only the server sets it.
    pub(crate) read_only: bool,
}

/// How a field is held, and what its absence means.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum FieldKind {
    /// Always there.
    Required(Type),
    /// Always there, and possibly null.
    Nullable(Type),
    /// Absence and null are the type's empty value.
    Plain {
        ty: Type,
        /// Whether a request cannot do without it.
        required: bool,
    },
    /// May be absent or null.
    Optional(Type),
    /// A union whose members stand among the fields of the struct.
    OneOf(TypeId),
}

/// A union told apart by which one member of an object is set.
#[derive(Clone, Debug)]
pub(crate) struct OneOf {
    /// The members, in document order.
    pub(crate) variants: Vec<Variant>,
    /// Whether the members stand among the fields of a struct, rather than in an object of their own.
    pub(crate) flattened: bool,
}

/// A member of a union.
#[derive(Clone, Debug)]
pub(crate) struct Variant {
    /// The member's name on the wire.
    pub(crate) key: String,
    /// What the document says about it.
    pub(crate) docs: Docs,
    /// What it holds.
    pub(crate) ty: Type,
}

/// An enum of strings.
#[derive(Clone, Debug)]
pub(crate) struct Enum {
    /// The values, in document order.
    pub(crate) values: Vec<EnumValue>,
    /// Whether the first value is the one that absence means.
    pub(crate) first_is_default: bool,
}

/// A value of an enum of strings.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct EnumValue {
    /// The value on the wire.
    pub(crate) wire: String,
    /// What the variant would like to be called: the value, without the prefix that all of them share.
    pub(crate) name: String,
}

/// What a field, a parameter or an element is.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Type {
    /// A type with a name.
    Named(TypeId),
    /// Text.
    String,
    /// A truth value.
    Bool,
    /// An integer.
    Integer {
        width: Integer,
        /// Whether it travels in a string.
        quoted: bool,
    },
    /// A double.
    Float {
        /// Whether NaN and the infinities travel as strings.
        lenient: bool,
    },
    /// A point in time and its offset, RFC 3339.
    DateTime,
    /// A point in time, RFC 3339, of which the offset means nothing.
    Timestamp,
    /// A day, RFC 3339.
    Date,
    /// A UUID.
    Uuid,
    /// A span of time, as protobuf's JSON writes it.
    Duration,
    /// Bytes in base64.
    Bytes,
    /// A JSON array.
    List(Box<Type>),
    /// A JSON object with members of one type.
    Map(Box<Type>),
    /// A JSON object of any shape.
    Object,
    /// A JSON value of any shape.
    Json,
    /// A message beside the name of its type.
    Any,
}

/// How wide an integer is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
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
}

impl Integer {
    /// The least number that it holds.
    pub(crate) fn least(self) -> i128 {
        match self {
            Self::I8 => i8::MIN.into(),
            Self::I16 => i16::MIN.into(),
            Self::I32 => i32::MIN.into(),
            Self::I64 => i64::MIN.into(),
            Self::I128 => i128::MIN,
            Self::U8 | Self::U16 | Self::U32 | Self::U64 => 0,
        }
    }

    /// The greatest number that it holds.
    pub(crate) fn greatest(self) -> i128 {
        match self {
            Self::I8 => i8::MAX.into(),
            Self::I16 => i16::MAX.into(),
            Self::I32 => i32::MAX.into(),
            Self::I64 => i64::MAX.into(),
            Self::I128 => i128::MAX,
            Self::U8 => u8::MAX.into(),
            Self::U16 => u16::MAX.into(),
            Self::U32 => u32::MAX.into(),
            Self::U64 => u64::MAX.into(),
        }
    }
}

impl Type {
    /// The named types that a value of this type holds, containers included.
    pub(crate) fn named(&self) -> Option<TypeId> {
        match self {
            Self::Named(id) => Some(*id),
            Self::List(inner) | Self::Map(inner) => inner.named(),
            _ => None,
        }
    }
}

impl FieldKind {
    /// The named type that the field holds, containers included.
    pub(crate) fn named(&self) -> Option<TypeId> {
        match self {
            Self::Required(ty) | Self::Nullable(ty) | Self::Plain { ty, .. } | Self::Optional(ty) => {
                ty.named()
            }
            Self::OneOf(id) => Some(*id),
        }
    }
}

impl Shape {
    /// The named types that this one refers to, in document order.
    pub(crate) fn references(&self) -> Vec<TypeId> {
        match self {
            Self::Struct(it) => it.fields.iter().filter_map(|field| field.kind.named()).collect(),
            Self::OneOf(it) => it.variants.iter().filter_map(|variant| variant.ty.named()).collect(),
            Self::Enum(_) => Vec::new(),
        }
    }
}
