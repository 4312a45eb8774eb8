// @generated from the OpenAPI document: change that, and generate again.

//! What operations answer, as types: each says which values a test may answer with, and how these travel.

use std::fmt;
use std::marker::PhantomData;

use super::super::parameter::Coded;
use super::super::wire::{self, Codec, Own};

/// What an operation answers.
pub trait Kind {
    /// What a test answers with.
    type Value<'a>: ?Sized;

    /// The media type, where the document does not say.
    const MEDIA_TYPE: &'static str;

    /// The body that a value becomes. None where there is no body.
    ///
    /// # Errors
    ///
    /// If the value has no form on the wire.
    fn encode(value: &Self::Value<'_>) -> Result<Option<Vec<u8>>, wire::EncodeError>;
}

/// A value of `T` in JSON, by way of `C`.
pub struct Json<T, C = Own>(PhantomData<fn() -> (T, C)>);

/// A value of `T` in JSON, by way of `C`, or nothing.
pub struct Optional<T, C = Own>(PhantomData<fn() -> (T, C)>);

/// Server-sent events, with a value of `T` in JSON each.
pub struct Events<T>(PhantomData<fn() -> T>);

/// Server-sent events, with a text each.
pub struct TextEvents(());

/// Values of `T` in JSON, one a line.
pub struct Lines<T>(PhantomData<fn() -> T>);

/// Text.
pub struct Text(());

/// Bytes.
pub struct Bytes(());

/// Nothing: a status, and no body.
pub struct Nothing(());

/// Something that has no single type: it is set as it is on the wire.
pub struct Raw(());

impl<T, C: Codec<T>> Kind for Json<T, C> {
    type Value<'a> = T;
    const MEDIA_TYPE: &'static str = "application/json";

    fn encode(value: &T) -> Result<Option<Vec<u8>>, wire::EncodeError> {
        wire::to_vec(&Coded::<C, T>::new(value)).map(Some)
    }
}

impl<T, C: Codec<T>> Kind for Optional<T, C> {
    type Value<'a> = Option<T>;
    const MEDIA_TYPE: &'static str = "application/json";

    fn encode(value: &Option<T>) -> Result<Option<Vec<u8>>, wire::EncodeError> {
        value.as_ref().map(|value| wire::to_vec(&Coded::<C, T>::new(value))).transpose()
    }
}

impl<T: serde::Serialize> Kind for Events<T> {
    type Value<'a> = [T];
    const MEDIA_TYPE: &'static str = "text/event-stream";

    fn encode(values: &[T]) -> Result<Option<Vec<u8>>, wire::EncodeError> {
        let mut body = Vec::new();
        for value in values {
            append_event(&wire::to_vec(value)?, &mut body);
        }
        Ok(Some(body))
    }
}

impl Kind for TextEvents {
    type Value<'a> = [&'a str];
    const MEDIA_TYPE: &'static str = "text/event-stream";

    fn encode(texts: &[&str]) -> Result<Option<Vec<u8>>, wire::EncodeError> {
        let mut body = Vec::new();
        texts.iter().for_each(|text| append_event(text.as_bytes(), &mut body));
        Ok(Some(body))
    }
}

impl<T: serde::Serialize> Kind for Lines<T> {
    type Value<'a> = [T];
    const MEDIA_TYPE: &'static str = "application/x-ndjson";

    fn encode(values: &[T]) -> Result<Option<Vec<u8>>, wire::EncodeError> {
        let mut body = Vec::new();
        for value in values {
            body.extend(wire::to_vec(value)?);
            body.push(b'\n');
        }
        Ok(Some(body))
    }
}

impl Kind for Text {
    type Value<'a> = str;
    const MEDIA_TYPE: &'static str = "text/plain";

    fn encode(text: &str) -> Result<Option<Vec<u8>>, wire::EncodeError> {
        Ok(Some(text.as_bytes().to_vec()))
    }
}

impl Kind for Bytes {
    type Value<'a> = [u8];
    const MEDIA_TYPE: &'static str = "application/octet-stream";

    fn encode(bytes: &[u8]) -> Result<Option<Vec<u8>>, wire::EncodeError> {
        Ok(Some(bytes.to_vec()))
    }
}

impl Kind for Nothing {
    type Value<'a> = ();
    const MEDIA_TYPE: &'static str = "";

    fn encode((): &()) -> Result<Option<Vec<u8>>, wire::EncodeError> {
        Ok(None)
    }
}

/// Appends an event with this data, each line of it on a line of its own, however it ends
/// ([HTML](https://html.spec.whatwg.org/multipage/server-sent-events.html), sections 9.2.5 and 9.2.6).
pub(super) fn append_event(mut data: &[u8], body: &mut Vec<u8>) {
    loop {
        let end = data.iter().position(|byte| matches!(byte, b'\r' | b'\n'));
        let (line, rest) = data.split_at(end.unwrap_or(data.len()));
        body.extend([b"data: ", line, b"\n"].concat());
        data = match rest {
            [b'\r', b'\n', rest @ ..] | [_, rest @ ..] => rest,
            [] => break,
        };
    }
    body.push(b'\n');
}

macro_rules! debug_by_name {
    ($($kind:ident $(<$($parameter:ident),+>)?)*) => {$(
        impl $(<$($parameter),+>)? fmt::Debug for $kind $(<$($parameter),+>)? {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(stringify!($kind))
            }
        }
    )*};
}

debug_by_name! { Json<T, C> Optional<T, C> Events<T> TextEvents Lines<T> Text Bytes Nothing Raw }

#[cfg(test)]
mod tests {
    use super::{Kind, TextEvents, append_event};

    #[track_caller]
    fn check(data: &str, expected: &str) {
        let mut body = Vec::new();
        append_event(data.as_bytes(), &mut body);
        assert_eq!(String::from_utf8(body).unwrap(), expected, "{data:?}");
    }

    #[test]
    fn no_line_of_the_data_is_one_of_the_event() {
        check("", "data: \n\n");
        check("a", "data: a\n\n");
        check("a\nb", "data: a\ndata: b\n\n");
        check("a\rid: 5\r\nb", "data: a\ndata: id: 5\ndata: b\n\n");
        check("\n\r", "data: \ndata: \ndata: \n\n");
    }

    #[test]
    fn texts_may_be_made_as_the_test_goes() {
        let texts: Vec<String> = (1..3).map(|number| format!("pet {number}")).collect();
        let body = TextEvents::encode(&[&texts[0], "and", &texts[1]]).unwrap();
        assert_eq!(body, Some(b"data: pet 1\n\ndata: and\n\ndata: pet 2\n\n".to_vec()));
    }
}
