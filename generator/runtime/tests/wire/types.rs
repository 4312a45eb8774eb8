//! Types in the form in which the generator renders them.

use std::collections::BTreeMap;

use runtime::wire::{self, Deserializer, Input, Object, Output, SerializeMap, UnknownFields, UnknownValue};

macro_rules! serde_by {
    ($type:ident, $serialize:ident, $deserialize:ident $(, $name:literal)?) => {
        impl serde::Serialize for $type {
            fn serialize<S: serde::Serializer>(&self, output: S) -> Result<S::Ok, S::Error> {
                runtime::wire::$serialize(self, output)
            }
        }

        impl<'de> serde::Deserialize<'de> for $type {
            fn deserialize<D: serde::Deserializer<'de>>(input: D) -> Result<Self, D::Error> {
                runtime::wire::$deserialize(input $(, $name)?)
            }
        }
    };
}

pub(crate) use serde_by;

/// Implements `Serialize` and `Deserialize` for a struct, from its names, the indices of required fields, and a
/// block that encodes the fields.
macro_rules! serde_struct {
    ($type:ident, $name:literal, $names:expr, $required:expr, |$self:ident, $output:ident| $writes:block) => {
        impl<'de> serde::Deserialize<'de> for $type {
            fn deserialize<D: serde::Deserializer<'de>>(input: D) -> Result<Self, D::Error> {
                runtime::wire::deserialize_struct_requiring(input, $name, $names, $required)
            }
        }

        impl serde::Serialize for $type {
            fn serialize<S: serde::Serializer>(&self, output: S) -> Result<S::Ok, S::Error> {
                #[allow(unused_mut, reason = "some structs encode no fields")]
                let mut $output = runtime::wire::Output::object(output)?;
                let $self = self;
                $writes
                $output.end()
            }
        }
    };
}
pub(crate) use serde_struct;

/// A recursive struct with most kinds of fields and a flattened union.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Pet {
    pub id: String,
    pub name: String,
    pub age: i64,
    pub mood: Option<Mood>,
    pub friends: Vec<Pet>,
    pub tags: BTreeMap<String, i64>,
    pub home: Option<Home>,
    pub unknown_fields: UnknownFields,
}

impl Pet {
    pub fn with_id(id: &str) -> Self {
        Self { id: id.to_owned(), ..Self::default() }
    }
}

impl wire::Struct for Pet {
    fn read<'de, D: Deserializer<'de>>(
        &mut self,
        field: usize,
        input: Input<'de, D>,
    ) -> Result<(), D::Error> {
        match field {
            0 => input.required(&mut self.id),
            1 => input.plain(&mut self.name),
            2 => input.plain_as::<wire::Quoted, _>(&mut self.age),
            3 => input.optional(&mut self.mood),
            4 => input.plain_as::<wire::List, _>(&mut self.friends),
            5 => input.plain_as::<wire::Map<wire::Quoted>, _>(&mut self.tags),
            6..=8 => input.keyed_union(&mut self.home, field - 6),
            _ => input.unknown(&mut self.unknown_fields),
        }
    }
}

serde_struct!(
    Pet,
    "pets.v1.Pet",
    &["id", "name", "age", "mood", "friends", "tags", "kennel", "flat", "street"],
    &[0],
    |it, output| {
        output.put("id", &it.id);
        output.put_set("name", &it.name);
        output.put_set_as::<wire::Quoted, _>("age", &it.age);
        output.put_some("mood", &it.mood);
        output.put_set_as::<wire::List, _>("friends", &it.friends);
        output.put_set_as::<wire::Map<wire::Quoted>, _>("tags", &it.tags);
        output.keyed_union(&it.home);
        output.unknown::<Pet>(&it.unknown_fields);
    }
);

/// A union with a recursive variant, a variant with a codec, and a variant of any JSON object.
#[derive(Clone, Debug, PartialEq)]
pub enum Home {
    Kennel(Box<Pet>),
    Flat(i64),
    Street(Object),
    Unknown(Object),
}

impl wire::KeyedUnion for Home {
    const KEYS: &'static [&'static str] = &["kennel", "flat", "street"];

    fn read<'de, D: Deserializer<'de>>(key: usize, input: Input<'de, D>) -> Result<Option<Self>, D::Error> {
        match key {
            0 => input.key(Self::Kennel),
            1 => input.key_as::<wire::Quoted, _, _>(Self::Flat),
            _ => input.key(Self::Street),
        }
    }

    fn write<M: SerializeMap>(&self, output: &mut Output<M>) {
        match self {
            Self::Kennel(value) => output.put("kennel", value),
            Self::Flat(value) => output.put_as::<wire::Quoted, _>("flat", value),
            Self::Street(value) => output.put("street", value),
            Self::Unknown(object) => output.all(object),
        }
    }

    fn unknown(object: Object) -> Self {
        Self::Unknown(object)
    }

    fn unknown_mut(&mut self) -> Option<&mut Object> {
        match self {
            Self::Unknown(object) => Some(object),
            _ => None,
        }
    }
}

serde_by!(Home, serialize_keyed_union, deserialize_keyed_union, "pets.v1.Home");

#[derive(Clone, Debug, PartialEq)]
pub enum Mood {
    Calm,
    Wild,
    Unknown(UnknownValue),
}

impl wire::Text for Mood {
    const VALUES: &'static [Self] = &[Self::Calm, Self::Wild];

    fn get(&self) -> Result<&'static str, &UnknownValue> {
        Ok(match self {
            Self::Calm => "CALM",
            Self::Wild => "WILD",
            Self::Unknown(value) => return Err(value),
        })
    }

    fn unknown(value: UnknownValue) -> Self {
        Self::Unknown(value)
    }
}

serde_by!(Mood, serialize_text, deserialize_text);
