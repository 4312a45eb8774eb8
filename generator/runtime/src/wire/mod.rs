//! JSON encoding and decoding of the types of the crate.
//!
//! The types of the crate do not derive serde's traits. Each type lists its property names, and has one line
//! per field to decode it and one to encode it. All common code is here: loops over objects, null and
//! absence, unions, open enums, and the paths in error messages. This compiles much faster than derived
//! impls, and runs at the same speed.
//!
//! - [`Struct`]: an object with fields. Unknown properties are preserved in [`UnknownFields`].
//! - `KeyedUnion`: a union distinguished by the key that is set in an object.
//! - `Union`: a union distinguished by match rules.
//! - `Text` and `Integer`: open enums of strings and integers. Unknown values are preserved.
//! - `Nullable`: an optional property that can be null.
//! - [`IntoItem`]: the items that setters of lists and maps accept.
//! - [`Codec`]: another JSON representation of a Rust type, such as an integer in a string.
//! - [`from_slice`] and [`to_vec`]: whole bodies. Decode errors have a JSON path.
//!
//! This room may import `rules`.

#[cfg(feature = "any")]
mod any;
mod codec;
mod collect;
mod decode_budget;
mod direction;
mod encoder;
mod explain;
mod field_names;
mod fit;
#[cfg(any(feature = "chrono", feature = "jiff", feature = "time", feature = "uuid"))]
mod formats;
mod input;
#[cfg(feature = "integer-enums")]
mod integer;
mod json;
#[cfg(any(feature = "pages", feature = "unions"))]
#[allow(dead_code, reason = "pages and unions use different methods")]
mod json_node;
mod json_text;
#[cfg(feature = "keyed-unions")]
mod keyed_union;
mod macros;
mod nesting;
#[cfg(feature = "nullable")]
mod nullable;
pub(super) mod number;
mod output;
pub(super) mod parts;
mod path;
mod private_name;
mod strict;
mod structs;
#[cfg(feature = "text-enums")]
mod text;
mod tree_size;
mod type_name;
#[cfg(feature = "unions")]
mod union;
mod unknown_fields;

#[cfg(feature = "any")]
pub use any::{Any, Known};
pub use codec::{Base64, Base64Url, Codec, Float, Json, List, Map, OrNull, Own, Quoted, Whole};
pub use collect::{IntoItem, list, list_from, list_of_text, map, map_from, map_of_text, object};
#[cfg(any(feature = "chrono", feature = "jiff", feature = "time", feature = "uuid"))]
#[allow(unused_imports, reason = "a crate has only the formats that its document needs")]
pub use formats::*;
pub use input::Input;
#[cfg(feature = "integer-enums")]
pub use integer::{Integer, deserialize_integer, serialize_integer};
pub use json::{DecodeError, EncodeError, from_slice, request_from_slice, request_to_vec, to_vec};
pub(super) use json::{from_slice_or, without_byte_order_mark};
#[cfg(feature = "pages")]
pub(super) use json_node::JsonNode;
#[cfg(feature = "keyed-unions")]
pub use keyed_union::{KeyedUnion, deserialize_keyed_union, serialize_keyed_union};
#[doc(hidden)]
pub use macros::*;
#[cfg(feature = "nullable")]
pub use nullable::Nullable;
pub use output::Output;
#[allow(unused_imports, reason = "only the mock server decodes strictly")]
pub(super) use strict::strictly;
pub use structs::{
    Struct, deserialize_struct, deserialize_struct_by_direction, deserialize_struct_requiring,
};
#[cfg(feature = "text-enums")]
pub use text::{Text, UnknownValue, deserialize_text, serialize_text};
#[cfg(feature = "unions")]
#[doc(hidden)]
pub use union::select;
#[cfg(feature = "unions")]
pub use union::{
    Constant, MatchRule, Union, UnionInput, deserialize_union, serialize_as, serialize_tagged,
    serialize_union,
};
pub use unknown_fields::UnknownFields;

pub use serde::de::Deserializer;
pub use serde::ser::SerializeMap;

/// A JSON object of any shape.
pub type Object = serde_json::Map<String, serde_json::Value>;

/// A JSON value of any shape.
pub type Value = serde_json::Value;

/// The error of converting a JSON value to another type.
pub type ValueError = serde_json::Error;
