//! Messages that say what they are.

use std::fmt;

use serde::de::{Deserialize, DeserializeOwned, Deserializer, MapAccess, Visitor};
use serde::ser::{Serialize, SerializeMap, Serializer};

use super::output::set_twice;
use super::path::{self, Step};
use super::{DecodeError, Object, Value, from_slice, type_name};

const TYPE: &str = "@type";

/// A message of any type beside the name of that type, as protobuf's JSON writes `google.protobuf.Any`.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct Any {
    /// What the message is, such as `type.googleapis.com/acme.v1.Widget`.
    pub type_url: String,
    /// The members of the message.
    pub fields: Object,
}

impl Any {
    /// The name of the message's type: what stands behind the last slash of the URL.
    pub fn type_name(&self) -> &str {
        self.type_url.rsplit('/').next().unwrap_or_default()
    }

    /// Whether the message is a `T`: its type is called as `T` is.
    ///
    /// A type of this crate is called as in the document, with its package. A type that derives serde's traits has the
    /// name that `#[serde(rename = "acme.v1.Widget")]` gives it.
    pub fn is<T: DeserializeOwned>(&self) -> bool {
        type_name::of::<T>() == Some(self.type_name())
    }

    /// Decodes the message, which has to be a `T`.
    ///
    /// # Errors
    ///
    /// Where it is [of another type](Self::is), or its members do not fit; the error names the path at which they do
    /// not, or that of the type.
    pub fn decode<T: DeserializeOwned>(&self) -> Result<T, DecodeError> {
        let asked = type_name::of::<T>();
        if asked == Some(self.type_name()) {
            return self.decode_as();
        }
        let other = match asked {
            Some(name) => format!("{name:?}"),
            None => "one that has no name".to_owned(),
        };
        let mismatch = format!("this is a message of type {:?}, not {other}", self.type_name());
        Err(DecodeError::at(format!("$[{TYPE:?}]"), mismatch))
    }

    /// Decodes the message as one of several types: an enum that
    /// [`known_messages!`](crate::known_messages) makes.
    ///
    /// # Errors
    ///
    /// Where the message is of one of the types, and its members do not fit. A message of another type is no error, but
    /// the variant `Unknown`.
    pub fn decode_known<K: Known>(&self) -> Result<K, DecodeError> {
        K::of(self)
    }

    /// Decodes the message, whatever its type is called.
    ///
    /// # Errors
    ///
    /// Where the members do not fit `T`; the error names the path at which they do not.
    pub fn decode_as<T: DeserializeOwned>(&self) -> Result<T, DecodeError> {
        // By way of text, so that the error of a message reads like that of a body.
        from_slice(Value::Object(self.fields.clone()).to_string().as_bytes())
    }

    /// The message of a list that a path leads to which another part of the same answer has: `$.expanded[0]`.
    ///
    /// None where the path is empty, leads beyond the list, or does not end in an index. Which list of the answer it
    /// leads into is for the caller to know.
    pub fn at_path<'a>(list: &'a [Self], path: &str) -> Option<&'a Self> {
        let (member, index) = path.strip_prefix('$')?.strip_suffix(']')?.rsplit_once('[')?;
        // `+1` is a number for Rust, and no index.
        let is_index = !index.is_empty() && index.bytes().all(|byte| byte.is_ascii_digit());
        list.get(index.parse::<usize>().ok().filter(|_| is_index && !member.is_empty())?)
    }
}

/// One of several messages: what [`known_messages!`](crate::known_messages) makes.
pub trait Known: Sized {
    /// Decodes a message.
    ///
    /// # Errors
    ///
    /// Where the message is of one of the types, and its members do not fit.
    fn of(any: &Any) -> Result<Self, DecodeError>;
}

/// Makes an enum of messages that a program knows what to do with, for [`Any::decode_known`].
///
/// ```
/// # use runtime as pets;
/// # use runtime::wire::{Any, DecodeError};
/// # mod types {
/// #     pub use serde_json::{Value as Dog, Value as Owner};
/// # }
/// pets::known_messages! {
///     /// What comes beside a pet.
///     pub enum Expanded {
///         Dog(types::Dog),
///         Owner(types::Owner),
///     }
/// }
///
/// fn tell(any: &Any) -> Result<(), DecodeError> {
///     match any.decode_known()? {
///         Expanded::Dog(dog) => println!("a dog: {dog}"),
///         Expanded::Owner(owner) => println!("its owner: {owner}"),
///         Expanded::Unknown(any) => println!("some {}", any.type_name()),
///     }
///     Ok(())
/// }
/// ```
#[macro_export]
macro_rules! known_messages {
    ($(#[$meta:meta])* $vis:vis enum $name:ident { $($(#[$of_variant:meta])* $variant:ident($type:ty)),+ $(,)? }) => {
        $(#[$meta])*
        #[derive(Clone, Debug, PartialEq)]
        #[allow(clippy::large_enum_variant, reason = "it is looked at, and not kept")]
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
            return Err(set_twice(TYPE));
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
        struct Members;

        impl<'de> Visitor<'de> for Members {
            type Value = Any;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut input: A) -> Result<Any, A::Error> {
                let mut any = Any::default();
                while let Some(name) = input.next_key::<String>()? {
                    if name == TYPE {
                        let url = input.next_value::<Option<String>>();
                        let url = url.inspect_err(|_| path::passed(|| Step::Member(name)))?;
                        any.type_url = url.unwrap_or_default();
                    } else {
                        any.fields.insert(name, input.next_value()?);
                    }
                }
                Ok(any)
            }
        }

        input.deserialize_map(Members)
    }
}
