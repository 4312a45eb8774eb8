// @generated from the OpenAPI document. Change the document, and generate again.

//! The kinds of response bodies, as types. Each defines which values a test can respond with, and their encoding.

use std::fmt;
use std::marker::PhantomData;

use serde::Serialize;
use serde::de::DeserializeOwned;

use super::super::codec::parameter::WithCodec;
use super::super::wire::{self, Codec, Own};
use super::endpoint::decodes_response;

/// A kind of response body.
pub trait ResponseBody {
    /// The value that a test passes to [`respond`](super::MockOperation::respond).
    type Value<'a>: ?Sized;

    /// The media type for responses that have none in the document.
    const MEDIA_TYPE: &'static str;

    /// Encodes a value. Returns `None` if the response has no body.
    ///
    /// # Errors
    ///
    /// If the value cannot be encoded.
    fn encode(value: &Self::Value<'_>) -> Result<Option<Vec<u8>>, wire::EncodeError>;

    /// Checks an encoded value against the document.
    ///
    /// # Errors
    ///
    /// If the document does not allow the value, with the path of the problem.
    fn check(_body: &[u8]) -> Result<(), wire::DecodeError> {
        Ok(())
    }

    /// Returns the JSON texts of an encoded value: the body, or the items of a stream.
    fn json_texts(_body: &[u8]) -> Vec<&[u8]> {
        Vec::new()
    }
}

/// JSON of a `T`, encoded with the codec `C`.
pub struct Json<T, C = Own>(PhantomData<fn() -> (T, C)>);

/// JSON of a `T`, encoded with the codec `C`, or no body.
pub struct Optional<T, C = Own>(PhantomData<fn() -> (T, C)>);

/// Server-sent events whose data is JSON of a `T`.
pub struct Events<T>(PhantomData<fn() -> T>);

/// Server-sent events whose data is text.
pub struct TextEvents(());

/// JSON Lines: a `T` in each line.
pub struct Lines<T>(PhantomData<fn() -> T>);

/// A text body.
pub struct Text(());

/// A binary body.
pub struct Bytes(());

/// No body.
pub struct NoBody(());

/// A body without a single type: tests set raw responses with
/// [`respond_with`](super::MockOperation::respond_with).
pub struct Raw(());

impl<T, C: Codec<T>> ResponseBody for Json<T, C> {
    type Value<'a> = T;
    const MEDIA_TYPE: &'static str = "application/json";

    fn encode(value: &T) -> Result<Option<Vec<u8>>, wire::EncodeError> {
        wire::to_vec(&WithCodec::<C, T>::new(value)).map(Some)
    }

    fn check(body: &[u8]) -> Result<(), wire::DecodeError> {
        decodes_response::<T, C>(body)
    }

    fn json_texts(body: &[u8]) -> Vec<&[u8]> {
        vec![body]
    }
}

impl<T, C: Codec<T>> ResponseBody for Optional<T, C> {
    type Value<'a> = Option<T>;
    const MEDIA_TYPE: &'static str = "application/json";

    fn encode(value: &Option<T>) -> Result<Option<Vec<u8>>, wire::EncodeError> {
        value.as_ref().map(|value| wire::to_vec(&WithCodec::<C, T>::new(value))).transpose()
    }

    fn check(body: &[u8]) -> Result<(), wire::DecodeError> {
        decodes_response::<T, C>(body)
    }

    fn json_texts(body: &[u8]) -> Vec<&[u8]> {
        vec![body]
    }
}

impl<T: Serialize + DeserializeOwned> ResponseBody for Events<T> {
    type Value<'a> = [T];
    const MEDIA_TYPE: &'static str = "text/event-stream";

    fn encode(values: &[T]) -> Result<Option<Vec<u8>>, wire::EncodeError> {
        let mut body = Vec::new();
        for value in values {
            append_event(&wire::to_vec(value)?, &mut body);
        }
        Ok(Some(body))
    }

    fn check(body: &[u8]) -> Result<(), wire::DecodeError> {
        Self::json_texts(body).into_iter().try_for_each(decodes_response::<T, Own>)
    }

    fn json_texts(body: &[u8]) -> Vec<&[u8]> {
        // JSON has no line breaks, so each event has one line of data.
        body.split(|byte| *byte == b'\n').filter_map(|line| line.strip_prefix(b"data: ")).collect()
    }
}

impl ResponseBody for TextEvents {
    type Value<'a> = [&'a str];
    const MEDIA_TYPE: &'static str = "text/event-stream";

    fn encode(texts: &[&str]) -> Result<Option<Vec<u8>>, wire::EncodeError> {
        let mut body = Vec::new();
        texts.iter().for_each(|text| append_event(text.as_bytes(), &mut body));
        Ok(Some(body))
    }
}

impl<T: Serialize + DeserializeOwned> ResponseBody for Lines<T> {
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

    fn check(body: &[u8]) -> Result<(), wire::DecodeError> {
        Self::json_texts(body).into_iter().try_for_each(decodes_response::<T, Own>)
    }

    fn json_texts(body: &[u8]) -> Vec<&[u8]> {
        body.split(|byte| *byte == b'\n').filter(|line| !line.is_empty()).collect()
    }
}

impl ResponseBody for Text {
    type Value<'a> = str;
    const MEDIA_TYPE: &'static str = "text/plain";

    fn encode(text: &str) -> Result<Option<Vec<u8>>, wire::EncodeError> {
        Ok(Some(text.as_bytes().to_vec()))
    }
}

impl ResponseBody for Bytes {
    type Value<'a> = [u8];
    const MEDIA_TYPE: &'static str = "application/octet-stream";

    fn encode(bytes: &[u8]) -> Result<Option<Vec<u8>>, wire::EncodeError> {
        Ok(Some(bytes.to_vec()))
    }
}

impl ResponseBody for NoBody {
    type Value<'a> = ();
    const MEDIA_TYPE: &'static str = "";

    fn encode((): &()) -> Result<Option<Vec<u8>>, wire::EncodeError> {
        Ok(None)
    }
}

/// Appends a server-sent event with this data ([HTML Standard], sections 9.2.5 and 9.2.6).
///
/// Each line of the data becomes a `data` field, whether it ends with `\n`, `\r` or `\r\n`.
///
/// [HTML Standard]: https://html.spec.whatwg.org/multipage/server-sent-events.html
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

debug_by_name! { Json<T, C> Optional<T, C> Events<T> TextEvents Lines<T> Text Bytes NoBody Raw }
