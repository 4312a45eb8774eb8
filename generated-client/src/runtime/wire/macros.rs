// @generated from the OpenAPI document. Change the document, and generate again.

//! Macros that implement serde's traits for the types of the crate.
//!
//! They require the module `wire` in scope.

/// Implements `Serialize` and `Deserialize` for a `KeyedUnion` with this type name.
#[doc(hidden)]
#[macro_export]
macro_rules! __serde_keyed_union {
    ($type:ident, $name:literal) => {
        wire::serde_impls!($type, serialize_keyed_union, deserialize_keyed_union, $name);
    };
}

/// Implements `Serialize`, `Deserialize`, `Display`, `FromStr`, `Eq` and `Hash` for a `Text`
/// enum.
#[doc(hidden)]
#[macro_export]
macro_rules! __serde_text {
    ($type:ident) => {
        wire::serde_impls!($type, serialize_text, deserialize_text);

        // Not derived: with hundreds of enums, deriving takes noticeably longer to compile.
        impl ::std::cmp::Eq for $type {}

        impl ::std::hash::Hash for $type {
            fn hash<H: ::std::hash::Hasher>(&self, state: &mut H) {
                ::std::hash::Hash::hash(self.as_str(), state);
            }
        }

        impl ::std::fmt::Display for $type {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                f.write_str(self.as_str())
            }
        }

        impl ::std::str::FromStr for $type {
            type Err = ::std::convert::Infallible;

            fn from_str(text: &str) -> ::std::result::Result<Self, ::std::convert::Infallible> {
                Ok(wire::Text::from_text(text))
            }
        }
    };
}

/// Implements `Serialize` and `Deserialize` with two functions of `wire`.
#[doc(hidden)]
#[macro_export]
macro_rules! __serde_impls {
    ($type:ident, $serialize:ident, $deserialize:ident $(, $name:literal)?) => {
        impl ::serde::Serialize for $type {
            fn serialize<S: ::serde::Serializer>(&self, output: S) -> ::std::result::Result<S::Ok, S::Error> {
                wire::$serialize(self, output)
            }
        }

        impl<'de> ::serde::Deserialize<'de> for $type {
            fn deserialize<D: ::serde::Deserializer<'de>>(input: D) -> ::std::result::Result<Self, D::Error> {
                wire::$deserialize(input $(, $name)?)
            }
        }
    };
}

pub use __serde_impls as serde_impls;
pub use __serde_keyed_union as serde_keyed_union;
pub use __serde_text as serde_text;
