// @generated from the OpenAPI document. Change the document, and generate again.

//! The decoding of a [`Response`]: its headers and its body.

use std::marker::PhantomData;

use bytes::Bytes;
use http::StatusCode;
use http::header::CONTENT_TYPE;
use serde::de::{Deserialize, DeserializeOwned, Deserializer};

use super::super::codec::charset;
use super::super::codec::response_header::{self, HeaderDecodeError, HeaderText};
use super::super::error::{Error, new_error};
use super::super::net::response::Response;
use super::super::rules::media_type;
use super::super::wire;

impl Response {
    /// Decodes the value of a header: a scalar from its text, a list from text separated by commas. Returns
    /// `None` if the response does not have the header.
    ///
    /// Several headers with the same name are one list. For `set-cookie`, each header is one item; if `T` is
    /// not a list, the first is used.
    ///
    /// ```
    /// # use conductorone::runtime::{Error, Response};
    /// fn left(response: &Response) -> Result<Option<u32>, Error> {
    ///     response.header("x-ratelimit-remaining")
    /// }
    /// ```
    ///
    /// # Errors
    ///
    /// Returns [`Error::is_decode`] if the value is not a valid `T`. The error does not contain the value.
    pub fn header<T: DeserializeOwned>(&self, name: &str) -> Result<Option<T>, Error> {
        self.read_header(name, T::deserialize)
    }

    /// Decodes the body from JSON. A response without content (status 204 or 205) is decoded as null.
    ///
    /// # Errors
    ///
    /// Returns [`Error::is_decode`] if the body is not a valid `T`.
    pub fn json<T: DeserializeOwned>(mut self) -> Result<T, Error> {
        let body = self.take_body();
        let json = if body.is_empty() && self.has_no_content() { b"null" } else { &*body };
        wire::from_slice_or(json, |error| new_error::undecodable(self.with_body(body.clone()), error))
    }

    /// Returns true if the status says that there is no body ([RFC 9110], sections 15.3.5 and 15.3.6).
    ///
    /// [RFC 9110]: https://www.rfc-editor.org/rfc/rfc9110
    fn has_no_content(&self) -> bool {
        matches!(self.status(), StatusCode::NO_CONTENT | StatusCode::RESET_CONTENT)
    }
}

/// Headers, for generated code.
impl Response {
    /// Decodes the value of a header with a codec. Returns `None` if the response does not have the header.
    ///
    /// # Errors
    ///
    /// Returns [`Error::is_decode`] if the value is not valid.
    pub fn header_as<C: wire::Codec<T>, T>(&self, name: &str) -> Result<Option<T>, Error> {
        self.read_header(name, C::decode)
    }

    fn read_header<'r, T>(
        &'r self,
        name: &str,
        read: impl FnOnce(HeaderText<'r>) -> Result<T, HeaderDecodeError>,
    ) -> Result<Option<T>, Error> {
        let value = response_header::value(self.headers(), name);
        let value = value.and_then(|value| value.map(read).transpose());
        value.map_err(|header_error| {
            new_error::undecodable_header(self.clone(), name, &header_error.to_string())
        })
    }
}

/// Bodies, for generated code.
impl Response {
    /// Decodes the body from JSON with a codec.
    ///
    /// # Errors
    ///
    /// Returns [`Error::is_decode`] if the body is not valid.
    pub fn json_as<C: wire::Codec<T>, T>(self) -> Result<T, Error> {
        self.json::<ViaCodec<C, T>>().map(|decoded| decoded.0)
    }

    /// Decodes the body from JSON. Returns `None` if the body is empty or null.
    ///
    /// # Errors
    ///
    /// Returns [`Error::is_decode`] if the body is not a valid `T`.
    pub fn json_or_none<T: DeserializeOwned>(self) -> Result<Option<T>, Error> {
        if self.body().is_empty() { Ok(None) } else { self.json() }
    }

    /// Decodes the body from JSON with a codec. Returns `None` if the body is empty or null.
    ///
    /// # Errors
    ///
    /// Returns [`Error::is_decode`] if the body is not valid.
    pub fn json_or_none_as<C: wire::Codec<T>, T>(self) -> Result<Option<T>, Error> {
        if self.body().is_empty() { Ok(None) } else { self.json_as::<wire::OrNull<C>, _>() }
    }

    /// Returns the body as text. It is decoded from JSON if its `content-type` is JSON.
    ///
    /// # Errors
    ///
    /// Returns [`Error::is_decode`] if the body is not valid text in its charset, or if it is JSON and not a string.
    pub fn text_or_json(self) -> Result<String, Error> {
        if self.content_type().is_some_and(media_type::is_json) { self.json() } else { self.text() }
    }

    /// Returns the body as text. If its `content-type` is JSON and the body is a JSON string, returns that string: some
    /// servers quote the text that their document describes.
    ///
    /// # Errors
    ///
    /// Returns [`Error::is_decode`] if the body is not valid text in its charset.
    pub fn unquoted_text(self) -> Result<String, Error> {
        let is_quoted = self.content_type().is_some_and(media_type::is_json);
        match is_quoted.then(|| wire::from_slice(self.body())) {
            Some(Ok(text)) => Ok(text),
            _ => self.text(),
        }
    }

    /// Returns the body as text, decoded from the charset in its `content-type`, or else from UTF-8. A byte order mark
    /// is removed.
    ///
    /// # Errors
    ///
    /// Returns [`Error::is_decode`] if the body is not valid text in its charset.
    pub fn text(self) -> Result<String, Error> {
        match charset::decode(self.content_type(), self.body()) {
            Ok(text) => Ok(text),
            Err(charset::NotText { problem, source }) => Err(new_error::not_text(self, problem, source)),
        }
    }

    fn content_type(&self) -> Option<&str> {
        self.headers().get(CONTENT_TYPE)?.to_str().ok()
    }

    /// Returns the body as received.
    ///
    /// # Errors
    ///
    /// Never. The return type matches the other methods that decode a body.
    pub fn bytes(mut self) -> Result<Bytes, Error> {
        Ok(self.take_body())
    }
}

/// A value that is decoded with a codec.
struct ViaCodec<C, T>(T, PhantomData<C>);

impl<'de, C: wire::Codec<T>, T> Deserialize<'de> for ViaCodec<C, T> {
    fn deserialize<D: Deserializer<'de>>(input: D) -> Result<Self, D::Error> {
        C::decode(input).map(|value| Self(value, PhantomData))
    }
}
