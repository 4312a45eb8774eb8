// @generated from the OpenAPI document. Change the document, and generate again.

//! Messages with a type name: protobuf's `Any`.

use std::fmt;

use serde::de::{self, Deserialize, DeserializeOwned, Deserializer, MapAccess, Visitor};
use serde::ser::{Serialize, SerializeMap, Serializer};

use super::field_names::{FieldNames, UnknownName};
use super::json_text::{self, TextSeed};
use super::output::duplicate_property;
use super::path::{self, Step};
use super::{DecodeError, Object, Value, from_slice, type_name};

const TYPE: &str = "@type";

/// A message of any type with its type name: `google.protobuf.Any` in protobuf's JSON mapping.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct Any {
    /// The type of the message, such as `type.googleapis.com/acme.v1.Widget`.
    pub type_url: String,
    /// The properties of the message.
    pub fields: Object,
}

impl Any {
    /// Returns the name of the type: the part of the URL after the last slash.
    pub fn type_name(&self) -> &str {
        self.type_url.rsplit('/').next().unwrap_or_default()
    }

    /// Returns true if the message is a `T`: both have the same type name.
    ///
    /// The types of this crate have the names of the document, with their packages. A type that derives
    /// serde's traits can set its name with `#[serde(rename = "acme.v1.Widget")]`.
    pub fn is<T: DeserializeOwned>(&self) -> bool {
        type_name::of::<T>() == Some(self.type_name())
    }

    /// Decodes the message as a `T`.
    ///
    /// # Errors
    ///
    /// Returns an error if the message [is not a `T`](Self::is), or if its properties do not match. The error
    /// has the JSON path.
    pub fn decode<T: DeserializeOwned>(&self) -> Result<T, DecodeError> {
        let expected = type_name::of::<T>();
        if expected == Some(self.type_name()) {
            return self.decode_as();
        }
        let other = match expected {
            Some(name) => format!("a message of type {name:?}"),
            None => "a message without a type name".to_owned(),
        };
        let mismatch = format!("expected {other}, got one of type {:?}", self.type_name());
        Err(DecodeError::at(format!("$[{TYPE:?}]"), mismatch))
    }

    /// Decodes the message as one of several types: an enum declared with
    /// [`known_messages!`](crate::known_messages). A message of another type becomes the variant `Unknown`.
    ///
    /// # Errors
    ///
    /// Returns an error if the properties of the message do not match its type.
    pub fn decode_known<K: Known>(&self) -> Result<K, DecodeError> {
        K::of(self)
    }

    /// Decodes the message as a `T`, without comparing the type names.
    ///
    /// # Errors
    ///
    /// Returns an error if the properties do not match `T`. The error has the JSON path.
    pub fn decode_as<T: DeserializeOwned>(&self) -> Result<T, DecodeError> {
        // Decoded from text, so that its errors have paths, like the errors of a body.
        from_slice(Value::Object(self.fields.clone()).to_string().as_bytes())
    }

    /// Returns the message at a path such as `$.expanded[0]`, where `list` is the list that the path refers to.
    ///
    /// Returns `None` if the path is empty, does not end in an index, or the index is out of bounds.
    pub fn at_path<'a>(list: &'a [Self], path: &str) -> Option<&'a Self> {
        let (property, index) = path.strip_prefix('$')?.strip_suffix(']')?.rsplit_once('[')?;
        // `parse` would accept `+1`.
        let is_index = !index.is_empty() && index.bytes().all(|byte| byte.is_ascii_digit());
        list.get(index.parse::<usize>().ok().filter(|_| is_index && !property.is_empty())?)
    }
}

/// An enum of messages, implemented by [`known_messages!`](crate::known_messages).
pub trait Known: Sized {
    /// Decodes a message.
    ///
    /// # Errors
    ///
    /// Returns an error if the properties of the message do not match its type.
    fn of(any: &Any) -> Result<Self, DecodeError>;
}

/// Declares an enum of messages for [`Any::decode_known`].
///
/// ```
/// # use conductorone as pets;
/// # use conductorone::runtime::wire::{Any, DecodeError};
/// # mod types {
/// #     pub use serde_json::{Value as Dog, Value as Owner};
/// # }
/// pets::known_messages! {
///     /// The objects that are returned with a pet.
///     pub enum Expanded {
///         Dog(types::Dog),
///         Owner(types::Owner),
///     }
/// }
///
/// fn print(any: &Any) -> Result<(), DecodeError> {
///     match any.decode_known()? {
///         Expanded::Dog(dog) => println!("a dog: {dog}"),
///         Expanded::Owner(owner) => println!("its owner: {owner}"),
///         Expanded::Unknown(any) => println!("another type: {}", any.type_name()),
///     }
///     Ok(())
/// }
/// ```
#[macro_export]
macro_rules! known_messages {
    ($(#[$meta:meta])* $vis:vis enum $name:ident { $($(#[$of_variant:meta])* $variant:ident($type:ty)),+ $(,)? }) => {
        $(#[$meta])*
        #[derive(Clone, Debug, PartialEq)]
        #[allow(clippy::large_enum_variant, reason = "values are matched at once and not stored")]
        $vis enum $name {
            $($(#[$of_variant])* $variant($type),)+
            /// A message of another type, as it was received.
            Unknown($crate::runtime::wire::Any),
        }

        impl $crate::runtime::wire::Known for $name {
            fn of(
                any: &$crate::runtime::wire::Any,
            ) -> ::std::result::Result<Self, $crate::runtime::wire::DecodeError> {
                $(if any.is::<$type>() {
                    return any.decode().map(Self::$variant);
                })+
                ::std::result::Result::Ok(Self::Unknown(::std::clone::Clone::clone(any)))
            }
        }
    };
}

impl Serialize for Any {
    fn serialize<S: Serializer>(&self, output: S) -> Result<S::Ok, S::Error> {
        if self.fields.contains_key(TYPE) {
            return Err(duplicate_property(TYPE));
        }
        let mut map = output.serialize_map(Some(self.fields.len() + 1))?;
        map.serialize_entry(TYPE, &self.type_url)?;
        for (name, value) in &self.fields {
            map.serialize_entry(name, value)?;
        }
        map.end()
    }
}

impl<'de> Deserialize<'de> for Any {
    fn deserialize<D: Deserializer<'de>>(input: D) -> Result<Self, D::Error> {
        struct AnyVisitor;

        impl<'de> Visitor<'de> for AnyVisitor {
            type Value = Any;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut input: A) -> Result<Any, A::Error> {
                let mut any = Any::default();
                let mut names = FieldNames::new(&[TYPE]);
                while input.next_key_seed(&mut names)?.is_some() {
                    if let Some(name) = names.other.take() {
                        let json = input.next_value_seed(TextSeed)?;
                        let UnknownName(Some(name)) = *name else { continue };
                        match json_text::value(&json).map_err(de::Error::custom)? {
                            Some(value) => any.fields.insert(name, value),
                            // The last of several properties counts.
                            None => any.fields.remove(&name),
                        };
                        continue;
                    }
                    let url = input.next_value::<Option<String>>();
                    let url = url.inspect_err(|_| path::record_step(|| Step::Property(TYPE.to_owned())))?;
                    any.type_url = url.unwrap_or_default();
                }
                Ok(any)
            }
        }

        input.deserialize_map(AnyVisitor)
    }
}
