//! The value of a property while it is decoded.

use std::collections::BTreeMap;
use std::marker::PhantomData;

#[cfg(feature = "keyed-unions")]
use serde::de::DeserializeSeed;
use serde::de::{Deserialize, Deserializer, IgnoredAny};

use super::codec::{Codec, decode_or_null};
use super::field_names::UnknownName;
use super::path::{self, Step};
use super::{UnknownFields, decode_budget, json_text};

/// The value of a property that is decoded.
///
/// Each method decodes one kind of field. Methods that end in `_as` decode with a [`Codec`].
pub struct Input<'de, D> {
    pub(super) input: D,
    /// The name of the property if the type does not define it.
    name: Option<Box<UnknownName>>,
    lifetime: PhantomData<&'de ()>,
}

impl<'de, D: Deserializer<'de>> Input<'de, D> {
    #[cfg(any(feature = "keyed-unions", feature = "unions"))]
    pub(super) fn new(input: D) -> Self {
        Self::with_name(None, input)
    }

    pub(super) fn with_name(name: Option<Box<UnknownName>>, input: D) -> Self {
        Self { input, name, lifetime: PhantomData }
    }

    /// Preserves an unknown property. It is ignored if its name is not valid Unicode.
    pub fn unknown(self, fields: &mut UnknownFields) -> Result<(), D::Error> {
        let json = json_text::read(self.input)?;
        if let Some(UnknownName(Some(name))) = self.name.as_deref() {
            fields.push(name, &json);
        }
        Ok(())
    }

    /// Decodes a required field. Null is an error.
    pub fn required<T: Deserialize<'de>>(self, field: &mut T) -> Result<(), D::Error> {
        *field = T::deserialize(self.input)?;
        Ok(())
    }

    /// Like [`required`](Self::required), with a codec.
    pub fn required_as<C: Codec<T>, T>(self, field: &mut T) -> Result<(), D::Error> {
        *field = C::decode(self.input)?;
        Ok(())
    }

    /// Decodes a field whose default value stands for null and absence.
    pub fn plain<T: Deserialize<'de> + Default>(self, field: &mut T) -> Result<(), D::Error> {
        *field = Option::deserialize(self.input)?.unwrap_or_default();
        Ok(())
    }

    /// Like [`plain`](Self::plain), with a codec.
    pub fn plain_as<C: Codec<T>, T: Default>(self, field: &mut T) -> Result<(), D::Error> {
        *field = decode_or_null::<C, T, D>(self.input)?.unwrap_or_default();
        Ok(())
    }

    /// Decodes an optional field. Null is the same as absence.
    pub fn optional<T: Deserialize<'de>>(self, field: &mut Option<T>) -> Result<(), D::Error> {
        *field = Option::deserialize(self.input)?;
        Ok(())
    }

    /// Like [`optional`](Self::optional), with a codec.
    pub fn optional_as<C: Codec<T>, T>(self, field: &mut Option<T>) -> Result<(), D::Error> {
        *field = decode_or_null::<C, T, D>(self.input)?;
        Ok(())
    }

    /// Decodes a field whose only value is null. It becomes true if the property is present.
    pub fn present(self, field: &mut bool) -> Result<(), D::Error> {
        IgnoredAny::deserialize(self.input)?;
        *field = true;
        Ok(())
    }

    /// Decodes an additional property whose type the document defines. It is ignored if its name is not valid
    /// Unicode.
    pub fn additional<T: Deserialize<'de>>(
        self,
        properties: &mut BTreeMap<String, T>,
    ) -> Result<(), D::Error> {
        self.insert_into(properties, T::deserialize)
    }

    /// Like [`additional`](Self::additional), with a codec.
    pub fn additional_as<C: Codec<T>, T>(self, properties: &mut BTreeMap<String, T>) -> Result<(), D::Error> {
        self.insert_into(properties, C::decode)
    }

    fn insert_into<T>(
        self,
        properties: &mut BTreeMap<String, T>,
        decode: impl FnOnce(D) -> Result<T, D::Error>,
    ) -> Result<(), D::Error> {
        let Some(name) = self.name.and_then(|name| name.0) else {
            return IgnoredAny::deserialize(self.input).map(|_| ());
        };
        let value =
            decode_budget::allocate_entry::<T, _>(properties.is_empty()).and_then(|()| decode(self.input));
        match value {
            Ok(value) => {
                properties.insert(name, value);
                Ok(())
            }
            Err(error) => {
                path::record_step(|| Step::Property(name));
                Err(error)
            }
        }
    }

    /// Decodes a variant of a union.
    pub fn variant<T: Deserialize<'de>, U>(self, variant: fn(T) -> U) -> Result<U, D::Error> {
        T::deserialize(self.input).map(variant)
    }

    /// Like [`variant`](Self::variant), with a codec.
    pub fn variant_as<C: Codec<T>, T, U>(self, variant: fn(T) -> U) -> Result<U, D::Error> {
        C::decode(self.input).map(variant)
    }

    /// Decodes the value of a key of a keyed union. Null is the same as absence.
    pub fn key<T: Deserialize<'de>, U>(self, variant: fn(T) -> U) -> Result<Option<U>, D::Error> {
        Ok(Option::deserialize(self.input)?.map(variant))
    }

    /// Like [`key`](Self::key), with a codec.
    pub fn key_as<C: Codec<T>, T, U>(self, variant: fn(T) -> U) -> Result<Option<U>, D::Error> {
        Ok(decode_or_null::<C, T, D>(self.input)?.map(variant))
    }
}

/// Preserves an unknown property.
#[cfg(feature = "keyed-unions")]
pub(super) struct UnknownSeed<'a> {
    pub(super) fields: &'a mut UnknownFields,
    pub(super) name: Option<Box<UnknownName>>,
}

#[cfg(feature = "keyed-unions")]
impl<'de> DeserializeSeed<'de> for UnknownSeed<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, input: D) -> Result<(), D::Error> {
        Input::with_name(self.name, input).unknown(self.fields)
    }
}
