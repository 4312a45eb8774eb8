// @generated from the OpenAPI document: change that, and generate again.

//! Messages that say what they are.

use std::fmt;

use serde::de::{Deserialize, DeserializeOwned, Deserializer, MapAccess, Visitor};
use serde::ser::{Serialize, SerializeMap, Serializer};

use super::path::{self, Step};
use super::{DecodeError, Object, Value, from_slice};

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

    /// Decodes the message, whatever its type is called.
    ///
    /// # Errors
    ///
    /// Where the members do not fit `T`; the error names the path at which they do not.
    pub fn decode<T: DeserializeOwned>(&self) -> Result<T, DecodeError> {
        // By way of text, so that the error of a message reads like that of a body.
        from_slice(Value::Object(self.fields.clone()).to_string().as_bytes())
    }
}

impl Serialize for Any {
    fn serialize<S: Serializer>(&self, output: S) -> Result<S::Ok, S::Error> {
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
