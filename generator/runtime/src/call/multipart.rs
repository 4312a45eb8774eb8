//! Multipart request bodies.

use http::header::CONTENT_TYPE;

use super::super::codec::multipart::Multipart;
use super::request::Request;

impl Request {
    /// Sets a `multipart/form-data` body.
    pub fn multipart(self, form: impl Into<Multipart>) -> Self {
        self.multipart_as("multipart/form-data", form)
    }

    /// Sets a multipart body with another media type, such as `multipart/related`.
    pub fn multipart_as(mut self, media_type: &str, form: impl Into<Multipart>) -> Self {
        match form.into().encode(media_type) {
            Ok((content_type, payload)) => {
                self.headers_mut().insert(CONTENT_TYPE, content_type);
                self.0.body = payload;
                self
            }
            Err(problem) => self.reject(format_args!("the body cannot be encoded: {problem}")),
        }
    }
}
