//! Between JSON and the types of the crate.
//!
//! The types of the crate do not derive serde's traits: each lists its wire names and says, in one line a field, how
//! that field is read and written. What is common to all of them stands here, once: the loops over objects, what null
//! and absence mean, unions, open enums, the paths in error messages. It is a fraction of what a derive expands to,
//! and it reads and writes at the same speed.
//!
//! - [`Struct`]: an object with named fields; what the type does not know is kept in its [`UnknownFields`].
//! - [`OneOf`]: a union told apart by which one member of an object is set.
//! - [`Union`]: a union told apart by looking at the value.
//! - [`Text`] and [`Integer`]: an enum of strings or integers that a server may extend.
//! - [`Codec`]: a Rust type that travels in another shape than its own, such as an integer in a string.
//! - [`from_slice`] and [`to_vec`]: whole bodies; an error of the first names the JSON path.

mod any;
mod codec;
mod direction;
mod effort;
mod formats;
mod input;
mod integer;
mod json;
mod macros;
pub(super) mod number;
mod one_of;
mod output;
mod path;
mod structs;
mod text;
mod type_name;
mod union;

pub use any::{Any, Known};
pub use codec::{Base64, Base64Url, Codec, Float, List, Map, Nullable, Own, Quoted};
#[allow(unused_imports, reason = "a crate has the formats that its document needs")]
pub use formats::*;
pub use input::Input;
pub use integer::{Integer, deserialize_integer, serialize_integer};
pub(super) use json::from_slice_or;
pub use json::{DecodeError, EncodeError, from_slice, request_from_slice, request_to_vec, to_vec};
#[allow(unused_imports, reason = "a crate uses those that its document needs")]
pub(crate) use macros::{serde_impls, serde_integer, serde_one_of, serde_text, serde_union};
pub use one_of::{OneOf, deserialize_one_of, serialize_one_of};
pub use output::Output;
pub use structs::{
    Struct, UnknownFields, deserialize_struct, deserialize_struct_by_direction, deserialize_struct_requiring,
};
pub use text::{Text, UnknownValue, deserialize_text, serialize_text};
pub use union::{Constant, Look, Union, deserialize_union, serialize_as, serialize_tagged, serialize_union};

pub use serde::de::Deserializer;
pub use serde::ser::SerializeMap;

/// A JSON object of any shape.
pub type Object = serde_json::Map<String, serde_json::Value>;

/// A JSON value of any shape.
pub type Value = serde_json::Value;

/// What keeps a JSON value from becoming another type.
pub type ValueError = serde_json::Error;
