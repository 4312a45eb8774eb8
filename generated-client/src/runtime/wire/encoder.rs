// @generated from the OpenAPI document. Change the document, and generate again.

//! [`Encoder`], a serializer of JSON that refuses NaN and infinity: JSON has neither, and the serializer of serde_json
//! writes null in their place.
//!
//! It is used in place of that serializer, not around it, so no type is compiled twice. Strings, numbers and names are
//! still written by serde_json. The path of an error is read from the JSON that was written before it, so nothing is
//! recorded while encoding succeeds.

use std::fmt;

use serde::ser::{
    Error as _, Serialize, SerializeMap, SerializeSeq, SerializeStruct, SerializeStructVariant,
    SerializeTuple, SerializeTupleStruct, SerializeTupleVariant, Serializer,
};
use serde_json::Error;
use serde_json::ser::Formatter;

use super::path::{self, Step};

/// The start of the names by which serde_json passes numbers and values as text.
const PRIVATE_NAMES: &str = "$serde_json::private::";

/// The size of most bodies.
const CAPACITY: usize = 128;

/// Encodes a value. An error adds its path to the path that is being recorded.
pub(super) fn encode<T: Serialize + ?Sized>(value: &T) -> Result<Vec<u8>, Error> {
    encode_by(|encoder| value.serialize(encoder))
}

/// Like [`encode`], with a function that serializes the value.
pub(super) fn encode_by(serialize: impl FnOnce(&mut Encoder) -> Result<(), Error>) -> Result<Vec<u8>, Error> {
    let mut encoder = Encoder { json: Vec::with_capacity(CAPACITY), is_text: false };
    match serialize(&mut encoder) {
        Ok(()) => Ok(encoder.json),
        Err(error) => {
            record_path(&encoder.json);
            Err(error)
        }
    }
}

/// A serializer of JSON.
pub(super) struct Encoder {
    json: Vec<u8>,
    /// True while a string is JSON that is written as it is.
    is_text: bool,
}

impl Encoder {
    #[inline]
    fn check(number: f64) -> Result<(), Error> {
        match number.is_finite() {
            true => Ok(()),
            false => Err(Error::custom(format_args!("JSON cannot represent {number}"))),
        }
    }

    #[inline]
    fn write(&mut self, json: &str) {
        self.json.extend_from_slice(json.as_bytes());
    }

    /// Writes the name of the only property of an object.
    #[inline]
    fn open_variant(&mut self, variant: &'static str) -> Result<(), Error> {
        self.json.push(b'{');
        serde_json::Serializer::new(&mut self.json).serialize_str(variant)?;
        self.json.push(b':');
        Ok(())
    }

    #[inline]
    fn open(&mut self, start: u8, end: &'static str) -> Container<'_> {
        self.json.push(start);
        Container { encoder: self, end, is_empty: true, is_text: false }
    }
}

/// Lets serde_json write scalars.
macro_rules! scalars {
    ($($method:ident($($argument:ident: $ty:ty),*))*) => {
        $(#[inline]
        fn $method(self, $($argument: $ty),*) -> Result<(), Error> {
            serde_json::Serializer::new(&mut self.json).$method($($argument),*)
        })*
    };
}

impl<'a> Serializer for &'a mut Encoder {
    type Ok = ();
    type Error = Error;
    type SerializeSeq = Container<'a>;
    type SerializeTuple = Container<'a>;
    type SerializeTupleStruct = Container<'a>;
    type SerializeTupleVariant = Container<'a>;
    type SerializeMap = Container<'a>;
    type SerializeStruct = Container<'a>;
    type SerializeStructVariant = Container<'a>;

    scalars! {
        serialize_bool(truth: bool)
        serialize_i8(number: i8)
        serialize_i16(number: i16)
        serialize_i32(number: i32)
        serialize_i64(number: i64)
        serialize_i128(number: i128)
        serialize_u8(number: u8)
        serialize_u16(number: u16)
        serialize_u32(number: u32)
        serialize_u64(number: u64)
        serialize_u128(number: u128)
        serialize_char(character: char)
        serialize_bytes(bytes: &[u8])
        serialize_unit()
    }

    #[inline]
    fn serialize_f32(self, number: f32) -> Result<(), Error> {
        Encoder::check(number.into())?;
        serde_json::Serializer::new(&mut self.json).serialize_f32(number)
    }

    #[inline]
    fn serialize_f64(self, number: f64) -> Result<(), Error> {
        Encoder::check(number)?;
        serde_json::Serializer::new(&mut self.json).serialize_f64(number)
    }

    #[inline]
    fn serialize_str(self, text: &str) -> Result<(), Error> {
        if self.is_text {
            self.write(text);
            return Ok(());
        }
        serde_json::Serializer::new(&mut self.json).serialize_str(text)
    }

    #[inline]
    fn collect_str<T: fmt::Display + ?Sized>(self, value: &T) -> Result<(), Error> {
        serde_json::Serializer::new(&mut self.json).collect_str(value)
    }

    #[inline]
    fn serialize_none(self) -> Result<(), Error> {
        self.serialize_unit()
    }

    #[inline]
    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Result<(), Error> {
        value.serialize(self)
    }

    #[inline]
    fn serialize_unit_struct(self, _: &'static str) -> Result<(), Error> {
        self.serialize_unit()
    }

    #[inline]
    fn serialize_unit_variant(self, _: &'static str, _: u32, variant: &'static str) -> Result<(), Error> {
        self.serialize_str(variant)
    }

    #[inline]
    fn serialize_newtype_struct<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        value: &T,
    ) -> Result<(), Error> {
        value.serialize(self)
    }

    #[inline]
    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        value: &T,
    ) -> Result<(), Error> {
        self.open_variant(variant)?;
        value.serialize(&mut *self)?;
        self.json.push(b'}');
        Ok(())
    }

    #[inline]
    fn serialize_seq(self, _: Option<usize>) -> Result<Container<'a>, Error> {
        Ok(self.open(b'[', "]"))
    }

    #[inline]
    fn serialize_tuple(self, _: usize) -> Result<Container<'a>, Error> {
        Ok(self.open(b'[', "]"))
    }

    #[inline]
    fn serialize_tuple_struct(self, _: &'static str, _: usize) -> Result<Container<'a>, Error> {
        Ok(self.open(b'[', "]"))
    }

    #[inline]
    fn serialize_tuple_variant(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        _: usize,
    ) -> Result<Container<'a>, Error> {
        self.open_variant(variant)?;
        Ok(self.open(b'[', "]}"))
    }

    #[inline]
    fn serialize_map(self, _: Option<usize>) -> Result<Container<'a>, Error> {
        Ok(self.open(b'{', "}"))
    }

    #[inline]
    fn serialize_struct(self, name: &'static str, _: usize) -> Result<Container<'a>, Error> {
        if name.starts_with(PRIVATE_NAMES) {
            return Ok(Container { encoder: self, end: "", is_empty: true, is_text: true });
        }
        Ok(self.open(b'{', "}"))
    }

    #[inline]
    fn serialize_struct_variant(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        _: usize,
    ) -> Result<Container<'a>, Error> {
        self.open_variant(variant)?;
        Ok(self.open(b'{', "}}"))
    }
}

/// An array or an object while it is written.
pub(super) struct Container<'a> {
    encoder: &'a mut Encoder,
    end: &'static str,
    is_empty: bool,
    /// True if the only field is the text of a value, which is written in place of the object.
    is_text: bool,
}

impl Container<'_> {
    #[inline]
    fn separate(&mut self) {
        if !self.is_empty {
            self.encoder.json.push(b',');
        }
        self.is_empty = false;
    }

    #[inline]
    fn end(self) -> Result<(), Error> {
        self.encoder.write(self.end);
        Ok(())
    }
}

/// Writes no brackets: only the name of a property is written by serde_json.
struct OnlyNames;

impl Formatter for OnlyNames {
    fn begin_object<W: ?Sized>(&mut self, _: &mut W) -> std::io::Result<()> {
        Ok(())
    }
}

impl SerializeMap for Container<'_> {
    type Ok = ();
    type Error = Error;

    #[inline]
    fn serialize_key<T: Serialize + ?Sized>(&mut self, name: &T) -> Result<(), Error> {
        self.separate();
        let mut names = serde_json::Serializer::with_formatter(&mut self.encoder.json, OnlyNames);
        names.serialize_map(None)?.serialize_key(name)?;
        self.encoder.json.push(b':');
        Ok(())
    }

    #[inline]
    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Error> {
        value.serialize(&mut *self.encoder)
    }

    #[inline]
    fn end(self) -> Result<(), Error> {
        self.end()
    }
}

impl SerializeStruct for Container<'_> {
    type Ok = ();
    type Error = Error;

    #[inline]
    fn serialize_field<T: Serialize + ?Sized>(&mut self, name: &'static str, value: &T) -> Result<(), Error> {
        if self.is_text {
            self.encoder.is_text = true;
            let written = value.serialize(&mut *self.encoder);
            self.encoder.is_text = false;
            return written;
        }
        SerializeMap::serialize_entry(self, name, value)
    }

    #[inline]
    fn end(self) -> Result<(), Error> {
        self.end()
    }
}

impl SerializeStructVariant for Container<'_> {
    type Ok = ();
    type Error = Error;

    #[inline]
    fn serialize_field<T: Serialize + ?Sized>(&mut self, name: &'static str, value: &T) -> Result<(), Error> {
        SerializeMap::serialize_entry(self, name, value)
    }

    #[inline]
    fn end(self) -> Result<(), Error> {
        self.end()
    }
}

macro_rules! list {
    ($($container:ident: $method:ident),*) => {
        $(impl $container for Container<'_> {
            type Ok = ();
            type Error = Error;

            #[inline]
            fn $method<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Error> {
                self.separate();
                value.serialize(&mut *self.encoder)
            }

            #[inline]
            fn end(self) -> Result<(), Error> {
                self.end()
            }
        })*
    };
}

list! {
    SerializeSeq: serialize_element,
    SerializeTuple: serialize_element,
    SerializeTupleStruct: serialize_field,
    SerializeTupleVariant: serialize_field
}

/// Records the path of the value that comes next in JSON that ends too early.
#[cold]
fn record_path(json: &[u8]) {
    // The containers that are not closed, each with the step to its current value, if it has one.
    let mut steps: Vec<Option<Step>> = Vec::new();
    let mut bytes = json.iter().enumerate();
    let mut name: &[u8] = &[];
    while let Some((start, byte)) = bytes.next() {
        match byte {
            b'"' => loop {
                match bytes.next() {
                    Some((_, b'\\')) => drop(bytes.next()),
                    Some((end, b'"')) => break name = &json[start..=end],
                    Some(_) => {}
                    None => break,
                }
            },
            b'[' => steps.push(Some(Step::Element(0))),
            b'{' => steps.push(None),
            b']' | b'}' => drop(steps.pop()),
            b':' => {
                if let Some(step) = steps.last_mut() {
                    *step = Some(Step::Property(serde_json::from_slice(name).unwrap_or_default()));
                }
            }
            b',' => match steps.last_mut() {
                Some(Some(Step::Element(index))) => *index += 1,
                Some(step) => *step = None,
                None => {}
            },
            _ => {}
        }
    }
    // An object can be refused after a complete property.
    if !json.ends_with(b":") && !json.ends_with(b"[") && !json.ends_with(b",") {
        steps.pop();
    }
    steps.into_iter().rev().flatten().for_each(|step| path::record_step(|| step));
}
