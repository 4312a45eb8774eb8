//! Values in examples, as trees that `render` spells as Rust.

use std::sync::Arc;

use crate::ir::{OperationId, Type, TypeId};

/// A value in an example.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Value {
    /// A string literal.
    Text(String),
    /// An owned string.
    String(String),
    /// Some value of a type that the document does not name: `true`, `1`, or the default of the type.
    Placeholder(Type),
    /// The default of a named type.
    Default(TypeId),
    /// The first value of an enum.
    Enum(TypeId),
    /// A struct from its constructor.
    New {
        ty: TypeId,
        /// The arguments of `new`. Empty for `default`.
        arguments: Vec<Arc<Value>>,
        /// Optional fields, by position.
        setters: Vec<(usize, Arc<Value>)>,
    },
    /// A variant of a union.
    Variant {
        ty: TypeId,
        position: usize,
        boxed: bool,
        /// `None` for a constant.
        value: Option<Arc<Value>>,
    },
    /// A vector.
    List(Vec<Arc<Value>>),
    /// A slice or array with one element.
    Slice(Arc<Value>),
    /// A slice or array without elements.
    EmptySlice,
    /// A key of a map and this value.
    Entry(Arc<Value>),
    Tuple(Vec<Arc<Value>>),
    Some(Arc<Value>),
    None,
    Reference(Arc<Value>),
    /// A multipart body without parts.
    Multipart,
    /// A multipart body with the required parts of the operation's form.
    Form {
        operation: OperationId,
        /// True if the parts belong to the first alternative.
        is_alternative: bool,
        arguments: Vec<Arc<Value>>,
    },
}

impl Value {
    /// Returns true if this value has a part of a type for which `is` is true. Values nest a few levels only.
    pub(super) fn any_type(&self, is: &dyn Fn(TypeId) -> bool) -> bool {
        let any = |values: &[Arc<Value>]| values.iter().any(|value| value.any_type(is));
        match self {
            Self::Default(ty) | Self::Enum(ty) => is(*ty),
            Self::New { ty, arguments, setters } => {
                is(*ty) || any(arguments) || setters.iter().any(|(_, value)| value.any_type(is))
            }
            Self::Variant { ty, value, .. } => {
                is(*ty) || value.as_ref().is_some_and(|value| value.any_type(is))
            }
            Self::List(values) | Self::Tuple(values) => any(values),
            Self::Form { arguments, .. } => any(arguments),
            Self::Slice(value) | Self::Entry(value) | Self::Some(value) | Self::Reference(value) => {
                value.any_type(is)
            }
            Self::Text(_)
            | Self::String(_)
            | Self::Placeholder(_)
            | Self::EmptySlice
            | Self::None
            | Self::Multipart => false,
        }
    }
}

/// Measures the code of a value, in bytes. Only `render` knows how a value is spelled.
pub(crate) type CodeLength<'a> = dyn Fn(&Value) -> usize + 'a;
