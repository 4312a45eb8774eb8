// @generated from the OpenAPI document: change that, and generate again.

//! serde's traits for the types of the crate, by way of the traits here.
//!
//! Each macro stands for two impls that differ in the type only. They need `wire` in scope where they are used.

#![allow(unused_macros, reason = "a crate uses those that its document needs")]

/// `Serialize` and `Deserialize` by way of [`OneOf`](super::OneOf), for a type of this name.
macro_rules! serde_one_of {
    ($type:ident, $name:literal) => {
        wire::serde_impls!($type, serialize_one_of, deserialize_one_of, $name);
    };
}

/// `Serialize`, `Deserialize`, `Display`, `FromStr`, `Eq` and `Hash` by way of [`Text`](super::Text).
macro_rules! serde_text {
    ($type:ident) => {
        wire::serde_impls!($type, serialize_text, deserialize_text);

        // Not derived: in a crate with hundreds of enums it shows.
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

/// `Serialize` and `Deserialize` by way of [`Union`](super::Union).
macro_rules! serde_union {
    ($type:ident) => {
        wire::serde_impls!($type, serialize_union, deserialize_union);
    };
}

/// `Serialize`, `Deserialize`, `Display`, `From<i64>`, `Eq` and `Hash` by way of [`Integer`](super::Integer).
macro_rules! serde_integer {
    ($type:ident) => {
        wire::serde_impls!($type, serialize_integer, deserialize_integer);

        impl ::std::cmp::Eq for $type {}

        impl ::std::hash::Hash for $type {
            fn hash<H: ::std::hash::Hasher>(&self, state: &mut H) {
                ::std::hash::Hash::hash(&wire::Integer::get(self), state);
            }
        }

        impl ::std::fmt::Display for $type {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                ::std::fmt::Display::fmt(&wire::Integer::get(self), f)
            }
        }

        impl From<i64> for $type {
            fn from(number: i64) -> Self {
                wire::Integer::from_number(number)
            }
        }
    };
}

/// `Serialize` and `Deserialize` by way of two functions of `wire`.
macro_rules! serde_impls {
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

#[allow(unused_imports, reason = "a crate uses those that its document needs")]
pub(crate) use {serde_impls, serde_integer, serde_one_of, serde_text, serde_union};
