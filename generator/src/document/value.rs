//! What a parser says -> `serde_json::Value`, noticing on the way what the type cannot express.
//!
//! Imports `diagnostics` and `place`.

use std::cell::{Cell, RefCell};
use std::collections::BTreeSet;
use std::fmt;

use serde::de::{
    DeserializeSeed, Deserializer, EnumAccess, Error, MapAccess, SeqAccess, VariantAccess, Visitor,
};
use serde_json::{Map, Number, Value};

use super::place::Place;
use crate::diagnostics::Pointer;

/// How many bytes of a string take the room of a value.
const LONG: usize = 64;

/// What is common to all values of one text.
pub(super) struct Building {
    /// Whether `<<` merges another mapping into the one that holds it.
    pub(super) merges: bool,
    /// How many more values the text may expand to; a long string counts as several.
    budget: Cell<usize>,
    repeated: RefCell<BTreeSet<Pointer>>,
}

impl Building {
    pub(super) fn for_text(text: &str) -> Self {
        // No text holds more values than bytes, unless aliases repeat them.
        let budget = Cell::new(text.len() + 100_000);
        Self { merges: false, budget, repeated: RefCell::default() }
    }

    /// Whether the text expanded to more than it may.
    pub(super) fn is_exhausted(&self) -> bool {
        self.budget.get() == 0
    }

    /// The keys that were there twice.
    pub(super) fn repeated(self) -> BTreeSet<Pointer> {
        self.repeated.into_inner()
    }

    fn spend<E: Error>(&self, units: usize) -> Result<(), E> {
        self.budget.set(self.budget.get().saturating_sub(units));
        if self.is_exhausted() { Err(E::custom("too many values")) } else { Ok(()) }
    }
}

/// Builds the value at one place.
#[derive(Clone, Copy)]
pub(super) struct ValueSeed<'a> {
    building: &'a Building,
    place: &'a Place<'a>,
}

impl<'a> ValueSeed<'a> {
    pub(super) fn new(building: &'a Building, place: &'a Place<'a>) -> Self {
        Self { building, place }
    }
}

impl<'de> DeserializeSeed<'de> for ValueSeed<'_> {
    type Value = Value;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Value, D::Error> {
        self.building.spend(1)?;
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for ValueSeed<'_> {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value")
    }

    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_none<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Value, E> {
        Ok(Value::Bool(value))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Value, E> {
        Ok(Value::Number(value.into()))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Value, E> {
        Ok(Value::Number(value.into()))
    }

    fn visit_i128<E: Error>(self, value: i128) -> Result<Value, E> {
        self.visit_f64(value as f64)
    }

    fn visit_u128<E: Error>(self, value: u128) -> Result<Value, E> {
        self.visit_f64(value as f64)
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<Value, E> {
        // YAML knows infinity and "not a number"; JSON does not.
        Ok(Number::from_f64(value).map_or(Value::Null, Value::Number))
    }

    fn visit_str<E: Error>(self, value: &str) -> Result<Value, E> {
        self.visit_string(value.to_owned())
    }

    fn visit_string<E: Error>(self, value: String) -> Result<Value, E> {
        self.building.spend(value.len() / LONG)?;
        Ok(Value::String(value))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Value, A::Error> {
        let mut elements = Vec::new();
        loop {
            let place = self.place.index(elements.len());
            match list.next_element_seed(ValueSeed { place: &place, ..self })? {
                Some(element) => elements.push(element),
                None => return Ok(Value::Array(elements)),
            }
        }
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Value, A::Error> {
        let mut members = Map::new();
        let mut bases = Vec::new();
        while let Some(key) = map.next_key::<String>()? {
            self.building.spend(key.len() / LONG)?;
            let place = self.place.key(&key);
            let value = map.next_value_seed(ValueSeed { place: &place, ..self })?;
            if self.building.merges && key == "<<" {
                match value {
                    Value::Object(base) => bases.push(base),
                    Value::Array(list) if list.iter().all(Value::is_object) => {
                        bases.extend(list.into_iter().filter_map(object));
                    }
                    other => drop(members.insert(key, other)),
                }
            } else {
                if members.contains_key(&key) {
                    self.building.repeated.borrow_mut().insert(place.pointer());
                }
                members.insert(key, value);
            }
        }
        // What the mapping does not say itself, its bases say, and the first base first.
        for (key, value) in bases.into_iter().flatten() {
            members.entry(key).or_insert(value);
        }
        Ok(Value::Object(members))
    }

    /// A value with a tag of YAML: what the tag means is known to whoever made it up.
    fn visit_enum<A: EnumAccess<'de>>(self, data: A) -> Result<Value, A::Error> {
        let (_, value) = data.variant::<String>()?;
        value.newtype_variant_seed(self)
    }
}

fn object(value: Value) -> Option<Map<String, Value>> {
    match value {
        Value::Object(members) => Some(members),
        _ => None,
    }
}
