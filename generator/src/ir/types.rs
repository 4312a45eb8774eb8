//! Types: structs, unions, enums, and what refers to them.

use serde_json::Value;

use super::{Docs, Expectation};

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
    Inline {
        owner: TypeId,
        place: String,
        /// What it is to that place.
        role: Role,
    },
    /// An inline schema of an operation: the operation's id and the schema's place there.
    OfOperation {
        operation: String,
        place: String,
        /// What it is to that place.
        role: Role,
    },
}

/// What an inline schema is to the place that it is named after.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Role {
    /// It stands there.
    Itself,
    /// A list holds it that stands there.
    Element,
    /// A map holds it that stands there.
    Value,
}

/// What a named type is.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Shape {
    Struct(Struct),
    OneOf(OneOf),
    Union(Union),
    Enum(Enum),
}

/// An object with named fields.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Struct {
    /// The fields, in document order.
    pub(crate) fields: Vec<Field>,
    /// What members beside the fields hold, where the document says it.
    pub(crate) additional: Option<Type>,
}

/// A field of a struct.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Field {
    /// What the field would like to be called: the property, or the union.
    pub(crate) name: String,
    /// What the document says about it.
    pub(crate) docs: Docs,
    /// How it gets there.
    pub(crate) kind: FieldKind,
    /// Which way it travels.
    pub(crate) access: Access,
    /// The one truth value that it may have, where there is one.
    pub(crate) always: Option<bool>,
    /// Whether it is a text that is not for logs.
    pub(crate) secret: bool,
}

/// Which way a field travels.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Access {
    /// In requests and in answers.
    #[default]
    Both,
    /// In answers: only the server sets it.
    ReadOnly,
    /// In requests: the server does not tell it.
    WriteOnly,
}

impl Field {
    /// What the document says that the field is, if it is not there.
    pub(crate) fn default(&self) -> Option<Value> {
        self.docs.expectations.iter().find_map(|expectation| match expectation {
            Expectation::Default(json) => serde_json::from_str(json).ok(),
            _ => None,
        })
    }
}

/// What a field is before anything is said about it, where that is not the empty value of its type.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Initial {
    True,
    Integer(i128),
    Float(f64),
    Text(String),
    /// The value of an enum at a position.
    Value(TypeId, usize),
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
    /// May be absent; null means the same, or nothing.
    Optional(Type),
    /// May be absent, may be null, and a request may tell the one from the other.
    Maybe(Type),
    /// May be absent, and is null otherwise: that it is there is all that it says.
    Presence,
    /// A union whose members stand among the fields of the struct.
    OneOf(TypeId),
}

/// A union told apart by which one member of an object is set.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct OneOf {
    /// The members, in document order.
    pub(crate) variants: Vec<Variant>,
    /// Whether the members stand among the fields of a struct, rather than in an object of their own.
    pub(crate) flattened: bool,
}

/// A member of a union.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Variant {
    /// The member's name on the wire, or what an alternative would like to be called.
    pub(crate) key: String,
    /// What the document says about it.
    pub(crate) docs: Docs,
    /// What it holds.
    pub(crate) ty: Type,
}

/// A union told apart by looking at the value.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Union {
    /// The alternatives, in document order.
    pub(crate) alternatives: Vec<Alternative>,
    /// By what they are told apart.
    pub(crate) strategy: Strategy,
}

/// An alternative of a union.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Alternative {
    /// What it is called and what it holds.
    pub(crate) variant: Variant,
    /// Whether it is called after a schema, rather than after a value or a kind of value.
    pub(crate) is_named: bool,
    /// What values look like that may be this: any of these.
    pub(crate) looks: Vec<Look>,
    /// What the member that tells it apart has to hold, where the type itself is not sure to write it.
    pub(crate) tag: Option<Constant>,
}

/// What a value looks like, without decoding it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Look {
    /// An object one member of which has one of these values.
    Tag { member: String, values: Vec<Constant> },
    /// An object.
    Object {
        /// The members that it has to have.
        required: Vec<String>,
        /// Every member that its type knows, where nothing else tells the alternatives apart.
        known: Vec<String>,
    },
    /// An object one member of which looks like one of these.
    Member { member: String, looks: Vec<Look> },
    /// A list; if its elements look like something, like one of these.
    List(Vec<Look>),
    /// One of these.
    Constants(Vec<Constant>),
    /// A value of a type.
    Kind(Kind),
    /// Any value at all.
    Anything,
}

/// The types of JSON, integers among its numbers, and texts that show what they are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Kind {
    Boolean,
    Integer,
    Number,
    Text,
    Ipv4,
    Ipv6,
}

/// A value that a document writes down.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Constant {
    Text(String),
    Integer(i64),
    Boolean(bool),
}

impl Constant {
    /// The text, if it is one.
    pub(crate) fn as_text(&self) -> Option<&str> {
        match self {
            Self::Text(text) => Some(text),
            Self::Integer(_) | Self::Boolean(_) => None,
        }
    }
}

/// By what the alternatives of a union are told apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Strategy {
    /// A discriminator.
    Discriminator,
    /// A member that has other values in each alternative.
    Constant,
    /// A member that is something else in each alternative.
    Member,
    /// The types of JSON.
    Kinds,
    /// The members that each alternative requires.
    Keys,
    /// Nothing is sure: the first alternative that a value fits.
    Trial,
}

/// An enum of strings or integers.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Enum {
    /// The values, in document order.
    pub(crate) values: Vec<EnumValue>,
    /// What the values are.
    pub(crate) kind: EnumKind,
    /// The position of the value that absence means, where there is one.
    pub(crate) default: Option<usize>,
}

/// What the values of an enum are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum EnumKind {
    Text,
    Integer,
}

/// A value of an enum.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct EnumValue {
    /// The value on the wire; an integer in decimal.
    pub(crate) wire: String,
    /// What the variant would like to be called: the value, without the prefix that all of them share.
    pub(crate) name: String,
    /// What the document says about it.
    pub(crate) text: Option<String>,
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
    Bytes {
        /// Whether it is the base64 that can stand in a URL.
        url: bool,
    },
    /// A JSON array.
    List(Box<Type>),
    /// A JSON array with a type for each place, and no more places.
    Tuple(Vec<Type>),
    /// A JSON object with members of one type.
    Map(Box<Type>),
    /// A JSON object of any shape.
    Object,
    /// A JSON value of any shape.
    Json,
    /// A message beside the name of its type.
    Any,
    /// A value that may be null, where no field says so: in a list, in a map, or alone.
    Nullable(Box<Type>),
    /// One value and no other, as an alternative of a union: nothing to hold.
    Constant(Constant),
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
    /// The named type that a value of this type is made of, containers included; none where there are several.
    pub(crate) fn named(&self) -> Option<TypeId> {
        match self {
            Self::Named(id) => Some(*id),
            Self::List(inner) | Self::Map(inner) | Self::Nullable(inner) => inner.named(),
            _ => None,
        }
    }

    /// The named types that a value of this type holds, containers included.
    pub(crate) fn all_named(&self) -> Vec<TypeId> {
        match self {
            Self::Tuple(places) => places.iter().flat_map(Self::all_named).collect(),
            ty => ty.inner().map_or_else(|| ty.named().into_iter().collect(), Self::all_named),
        }
    }

    /// What a container of one type holds.
    fn inner(&self) -> Option<&Self> {
        match self {
            Self::List(inner) | Self::Map(inner) | Self::Nullable(inner) => Some(inner),
            _ => None,
        }
    }

    /// The type of a value that is there.
    pub(crate) fn without_null(self) -> Self {
        match self {
            Self::Nullable(inner) => *inner,
            ty => ty,
        }
    }

    /// Whether this, or anything in it, is such a type.
    pub(crate) fn any(&self, is: &dyn Fn(&Self) -> bool) -> bool {
        let inside = match self {
            Self::Tuple(places) => places.iter().any(|place| place.any(is)),
            ty => ty.inner().is_some_and(|inner| inner.any(is)),
        };
        inside || is(self)
    }
}

impl FieldKind {
    /// What the field holds, unless that is nothing, or a union among the fields.
    pub(crate) fn ty(&self) -> Option<&Type> {
        match self {
            Self::Required(ty)
            | Self::Nullable(ty)
            | Self::Plain { ty, .. }
            | Self::Optional(ty)
            | Self::Maybe(ty) => Some(ty),
            Self::Presence | Self::OneOf(_) => None,
        }
    }

    /// [`ty`](Self::ty), to be changed.
    pub(crate) fn ty_mut(&mut self) -> Option<&mut Type> {
        match self {
            Self::Required(ty)
            | Self::Nullable(ty)
            | Self::Plain { ty, .. }
            | Self::Optional(ty)
            | Self::Maybe(ty) => Some(ty),
            Self::Presence | Self::OneOf(_) => None,
        }
    }

    /// Whether a request cannot do without the field.
    pub(crate) fn is_required(&self) -> bool {
        matches!(self, Self::Required(_) | Self::Nullable(_) | Self::Plain { required: true, .. })
    }

    /// The named types that the field holds, containers included.
    pub(crate) fn all_named(&self) -> Vec<TypeId> {
        match self {
            Self::OneOf(id) => vec![*id],
            kind => kind.ty().map(Type::all_named).unwrap_or_default(),
        }
    }
}

impl Shape {
    /// The variants of a union, in document order.
    pub(crate) fn variants(&self) -> impl Iterator<Item = &Variant> {
        let (by_key, by_look): (&[Variant], &[Alternative]) = match self {
            Self::OneOf(it) => (&it.variants, &[]),
            Self::Union(it) => (&[], &it.alternatives),
            Self::Struct(_) | Self::Enum(_) => (&[], &[]),
        };
        by_key.iter().chain(by_look.iter().map(|alternative| &alternative.variant))
    }

    /// What the fields, members or variants hold, but for unions among the fields.
    pub(crate) fn held(&self) -> Vec<&Type> {
        match self {
            Self::Struct(it) => {
                it.fields.iter().filter_map(|field| field.kind.ty()).chain(&it.additional).collect()
            }
            shape => shape.variants().map(|variant| &variant.ty).collect(),
        }
    }

    /// [`held`](Self::held), to be changed.
    pub(crate) fn held_mut(&mut self) -> Vec<&mut Type> {
        match self {
            Self::Struct(it) => {
                let fields = it.fields.iter_mut().filter_map(|field| field.kind.ty_mut());
                fields.chain(&mut it.additional).collect()
            }
            Self::OneOf(it) => it.variants.iter_mut().map(|variant| &mut variant.ty).collect(),
            Self::Union(it) => it.alternatives.iter_mut().map(|it| &mut it.variant.ty).collect(),
            Self::Enum(_) => Vec::new(),
        }
    }

    /// The named types that this one refers to, in document order.
    pub(crate) fn references(&self) -> Vec<TypeId> {
        match self {
            Self::Struct(it) => {
                let fields = it.fields.iter().flat_map(|field| field.kind.all_named());
                fields.chain(it.additional.iter().flat_map(Type::all_named)).collect()
            }
            Self::OneOf(_) | Self::Union(_) => {
                self.variants().flat_map(|variant| variant.ty.all_named()).collect()
            }
            Self::Enum(_) => Vec::new(),
        }
    }
}
