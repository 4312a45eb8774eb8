//! The type of [uuid](https://docs.rs/uuid).

use serde::{Deserializer, Serializer};
use uuid::Uuid;

use super::super::super::parameter::Parameter;
use super::super::codec::{Codec, read_text};

/// A UUID in five groups of small digits; capitals are read as well, and digits without groups.
#[derive(Debug)]
pub struct Hyphenated;

impl Codec<Uuid> for Hyphenated {
    fn decode<'de, D: Deserializer<'de>>(input: D) -> Result<Uuid, D::Error> {
        const EXPECTED: &str = "a UUID such as \"67e55044-10b1-426f-9247-bb680e5fe0c8\"";
        read_text(input, EXPECTED, |text| Uuid::try_parse(text).ok())
    }

    fn encode<S: Serializer>(value: &Uuid, output: S) -> Result<S::Ok, S::Error> {
        output.serialize_str(value.hyphenated().encode_lower(&mut Uuid::encode_buffer()))
    }
}

impl Parameter for Uuid {
    fn texts(&self, each: &mut dyn FnMut(&str)) {
        each(self.hyphenated().encode_lower(&mut Uuid::encode_buffer()));
    }
}
