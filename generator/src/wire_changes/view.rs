//! The JSON of types, through references, and their descriptions in words.
//!
//! Imports `ir`.

use crate::ir::{Api, Constant, CustomJson, Enum, EnumKind, Integer, Shape, Type, TypeDef, Union};

/// A type by its JSON.
#[derive(Clone, Copy)]
pub(super) enum View<'a> {
    Anything,
    Nullable(&'a Type),
    /// A boolean, number or string, possibly with a format.
    Scalar(&'a Type),
    Constant(&'a Constant),
    Enum(&'a Enum),
    /// A struct, or a union whose alternatives are properties.
    Object(&'a TypeDef),
    AnyObject,
    Map(&'a Type),
    List(&'a Type),
    Tuple(&'a [Type]),
    Union(&'a Union),
}

/// A type of JSON values.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum JsonType {
    Boolean,
    Number,
    Text,
    List,
    Object,
    Several,
}

impl<'a> View<'a> {
    pub(super) fn of(api: &'a Api, ty: &'a Type) -> Self {
        match ty {
            Type::Named(id) => {
                let def = api.type_def(*id);
                match &def.shape {
                    Shape::Struct(_) | Shape::KeyedUnion(_) => Self::Object(def),
                    Shape::Union(it) => Self::Union(it),
                    Shape::Enum(it) => Self::Enum(it),
                }
            }
            Type::Json => Self::Anything,
            Type::Object | Type::Any => Self::AnyObject,
            Type::Map(values) => Self::Map(values),
            Type::List(items) => Self::List(items),
            Type::Tuple(places) => Self::Tuple(places),
            Type::Nullable(inner) => Self::Nullable(inner),
            Type::Constant(constant) => Self::Constant(constant),
            Type::Custom(custom) => match custom.json {
                CustomJson::Text => Self::Scalar(&Type::String),
                CustomJson::Number => Self::Scalar(&Type::Float { lenient: false }),
                CustomJson::Other => Self::Anything,
            },
            scalar => Self::Scalar(scalar),
        }
    }

    /// Returns the JSON type of the values.
    pub(super) fn json_type(&self) -> JsonType {
        match self {
            Self::Scalar(Type::Bool) | Self::Constant(Constant::Boolean(_)) => JsonType::Boolean,
            Self::Scalar(Type::Integer { quoted: false, .. } | Type::Float { .. })
            | Self::Constant(Constant::Integer(_))
            | Self::Enum(Enum { kind: EnumKind::Integer, .. }) => JsonType::Number,
            Self::Scalar(_) | Self::Constant(Constant::Text(_)) | Self::Enum(_) => JsonType::Text,
            Self::Object(_) | Self::AnyObject | Self::Map(_) => JsonType::Object,
            Self::List(_) | Self::Tuple(_) => JsonType::List,
            Self::Anything | Self::Nullable(_) | Self::Union(_) => JsonType::Several,
        }
    }

    /// Describes the type: "an integer".
    pub(super) fn words(&self) -> String {
        match self {
            Self::Anything => "any value".to_owned(),
            Self::Nullable(_) => "a value or null".to_owned(),
            Self::Scalar(ty) => scalar_words(ty),
            Self::Constant(_) | Self::Enum(_) => "one of the listed values".to_owned(),
            Self::Object(_) => "an object with properties".to_owned(),
            Self::AnyObject => "any object".to_owned(),
            Self::Map(_) => "a map".to_owned(),
            Self::List(_) => "a list".to_owned(),
            Self::Tuple(places) => format!("a list of {} items", places.len()),
            Self::Union(_) => "a union".to_owned(),
        }
    }
}

fn scalar_words(ty: &Type) -> String {
    match ty {
        Type::Bool => "a boolean".to_owned(),
        Type::Integer { width, quoted } => {
            format!("{} integer{}", width_words(*width), if *quoted { " in a string" } else { "" })
        }
        Type::Float { .. } => "a number".to_owned(),
        Type::DateTime | Type::Timestamp => "a date-time".to_owned(),
        Type::Date => "a date".to_owned(),
        Type::Uuid => "a UUID".to_owned(),
        Type::Duration => "a duration".to_owned(),
        Type::Bytes { url: false } => "base64".to_owned(),
        Type::Bytes { url: true } => "base64url".to_owned(),
        _ => "a string".to_owned(),
    }
}

fn width_words(width: Integer) -> &'static str {
    match width {
        Integer::I8 => "an 8-bit",
        Integer::I16 => "a 16-bit",
        Integer::I32 => "a 32-bit",
        Integer::I64 => "a 64-bit",
        Integer::I128 => "a 128-bit",
        Integer::U8 => "an unsigned 8-bit",
        Integer::U16 => "an unsigned 16-bit",
        Integer::U32 => "an unsigned 32-bit",
        Integer::U64 => "an unsigned 64-bit",
        Integer::U128 => "an unsigned 128-bit",
    }
}
