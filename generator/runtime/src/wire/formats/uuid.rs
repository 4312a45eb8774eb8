//! The type of [uuid](https://docs.rs/uuid).

use serde::{Deserializer, Serializer};
use uuid::Uuid;

use super::super::codec::{Codec, read_text};

/// A UUID in lower case with hyphens. Upper case and digits without hyphens are accepted, too.
#[derive(Debug)]
pub struct Hyphenated;

impl Codec<Uuid> for Hyphenated {
    fn decode<'de, D: Deserializer<'de>>(input: D) -> Result<Uuid, D::Error> {
        read_text(input, "a UUID", |text| Uuid::try_parse(text).ok())
    }

    fn encode<S: Serializer>(value: &Uuid, output: S) -> Result<S::Ok, S::Error> {
        output.serialize_str(value.hyphenated().encode_lower(&mut Uuid::encode_buffer()))
    }
}
