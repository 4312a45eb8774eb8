//! Builds a `serde_json::Value` from a parser, limits its size, and records repeated keys, which the type
//! cannot express.
//!
//! Imports `diagnostics` and `location`.

use std::cell::{Cell, RefCell};
use std::collections::BTreeSet;
use std::fmt;

use serde::de::{
    DeserializeSeed, Deserializer, EnumAccess, Error, MapAccess, SeqAccess, VariantAccess, Visitor,
};
use serde_json::{Map, Number, Value};

use super::location::Location;
use crate::diagnostics::Pointer;

/// The length of string, in bytes, that counts as one value of the budget.
const BYTES_PER_UNIT: usize = 64;

/// The state shared by all values of one text.
pub(super) struct ParseContext {
    /// True if the key `<<` merges another mapping into its own mapping.
    pub(super) merge_keys: bool,
    /// The number of values that the text may still expand to. A long string counts as several values.
    budget: Cell<usize>,
    repeated_keys: RefCell<BTreeSet<Pointer>>,
}

impl ParseContext {
    pub(super) fn for_text(text: &str) -> Self {
        // A text has at most one value per byte, unless aliases repeat values.
        let budget = Cell::new(text.len() + 100_000);
        Self { merge_keys: false, budget, repeated_keys: RefCell::default() }
    }

    /// Returns true if the text expanded to more values than allowed.
    pub(super) fn is_exhausted(&self) -> bool {
        self.budget.get() == 0
    }

    /// Returns the locations of keys that occur more than once in an object.
    pub(super) fn repeated_keys(self) -> BTreeSet<Pointer> {
        self.repeated_keys.into_inner()
    }

    fn spend<E: Error>(&self, units: usize) -> Result<(), E> {
        self.budget.set(self.budget.get().saturating_sub(units));
        if self.is_exhausted() { Err(E::custom("too many values")) } else { Ok(()) }
    }
}

/// Builds the value at one location.
#[derive(Clone, Copy)]
pub(super) struct ValueSeed<'a> {
    context: &'a ParseContext,
    location: &'a Location<'a>,
}

impl<'a> ValueSeed<'a> {
    pub(super) fn new(context: &'a ParseContext, location: &'a Location<'a>) -> Self {
        Self { context, location }
    }
}

impl<'de> DeserializeSeed<'de> for ValueSeed<'_> {
    type Value = Value;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Value, D::Error> {
        self.context.spend(1)?;
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
        // JSON has no infinity and no NaN.
        Ok(Number::from_f64(value).map_or(Value::Null, Value::Number))
    }

    fn visit_str<E: Error>(self, value: &str) -> Result<Value, E> {
        self.visit_string(value.to_owned())
    }

    fn visit_string<E: Error>(self, value: String) -> Result<Value, E> {
        self.context.spend(value.len() / BYTES_PER_UNIT)?;
        Ok(Value::String(value))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Value, A::Error> {
        let mut elements = Vec::new();
        loop {
            let location = self.location.index(elements.len());
            match list.next_element_seed(ValueSeed { location: &location, ..self })? {
                Some(element) => elements.push(element),
                None => return Ok(Value::Array(elements)),
            }
        }
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Value, A::Error> {
        let mut fields = Map::new();
        let mut bases = Vec::new();
        while let Some(key) = map.next_key::<String>()? {
            self.context.spend(key.len() / BYTES_PER_UNIT)?;
            let location = self.location.key(&key);
            let value = map.next_value_seed(ValueSeed { location: &location, ..self })?;
            if self.context.merge_keys && key == "<<" {
                match value {
                    Value::Object(base) => bases.push(base),
                    Value::Array(list) if list.iter().all(Value::is_object) => {
                        bases.extend(list.into_iter().filter_map(object));
                    }
                    other => drop(fields.insert(key, other)),
                }
            } else {
                if fields.contains_key(&key) {
                    self.context.repeated_keys.borrow_mut().insert(location.pointer());
                }
                fields.insert(key, value);
            }
        }
        // Keys of the mapping override keys of its bases, and earlier bases override later ones.
        for (key, value) in bases.into_iter().flatten() {
            fields.entry(key).or_insert(value);
        }
        Ok(Value::Object(fields))
    }

    /// Reads a value with a custom YAML tag, and ignores the tag.
    fn visit_enum<A: EnumAccess<'de>>(self, data: A) -> Result<Value, A::Error> {
        let (_, value) = data.variant::<String>()?;
        value.newtype_variant_seed(self)
    }
}

fn object(value: Value) -> Option<Map<String, Value>> {
    match value {
        Value::Object(fields) => Some(fields),
        _ => None,
    }
}
