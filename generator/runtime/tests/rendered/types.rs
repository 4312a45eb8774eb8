//! Types of the document. The impls of serde's traits are handwritten here, and rendered in a generated crate.

use serde::de::{Deserialize, Deserializer, Error as _};
use serde::ser::{Serialize, SerializeMap, Serializer};

#[derive(Clone, Debug)]
pub struct OwnerResponse {
    pub owner: String,
}

#[derive(Clone, Debug)]
pub struct Problem {
    pub title: String,
}

#[derive(Clone, Debug)]
pub struct AddOwnerRequest {
    pub user_id: String,
}

impl<'de> Deserialize<'de> for OwnerResponse {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let object = serde_json::Value::deserialize(deserializer)?;
        let owner = object["owner"].as_str().ok_or_else(|| D::Error::missing_field("owner"))?;
        Ok(Self { owner: owner.to_owned() })
    }
}

impl<'de> Deserialize<'de> for Problem {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let object = serde_json::Value::deserialize(deserializer)?;
        let title = object["title"].as_str().ok_or_else(|| D::Error::missing_field("title"))?;
        Ok(Self { title: title.to_owned() })
    }
}

impl Serialize for AddOwnerRequest {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(1))?;
        map.serialize_entry("userId", &self.user_id)?;
        map.end()
    }
}
