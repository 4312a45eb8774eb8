// @generated from the OpenAPI document. Change the document, and generate again.

//! The headers of a request, and rules for those that users add.

use std::ops::{Deref, DerefMut};

use http::{HeaderMap, HeaderName, HeaderValue};

use super::super::rules::connection_header::is_connection_header;
use super::super::rules::secret_name::is_secret_name;

/// The headers of a request, without its credentials.
#[derive(Clone, Default)]
pub(in super::super) struct Headers {
    all: HeaderMap,
    /// Headers of the user that may be shown if the server repeats their value.
    quotable: Vec<HeaderName>,
}

impl Headers {
    /// Sets a header of the user. The error message does not contain the value.
    ///
    /// The value is marked as sensitive, as secrets are also sent in headers with other names. So it is not
    /// logged, and not sent to another host. But if the server repeats a value that is not secret by its mark
    /// or by its name, such as `sandbox`, error messages show it to stay readable.
    pub(in super::super) fn insert_custom(
        &mut self,
        name: &str,
        value: Option<HeaderValue>,
    ) -> Result<(), String> {
        let (Ok(header), Some(mut value)) = (HeaderName::try_from(name), value) else {
            return Err(format!("the header {name:?} contains a character that is not allowed in headers"));
        };
        if is_connection_header(header.as_str()) {
            return Err(format!("the header {name:?} belongs to the connection and cannot be set"));
        }
        self.quotable.retain(|known| *known != header);
        if !value.is_sensitive() && !is_secret_name(header.as_str()) {
            self.quotable.push(header.clone());
        }
        value.set_sensitive(true);
        self.all.insert(header, value);
        Ok(())
    }

    /// Returns true if the value of this header may be shown if the server repeats it, although it is marked
    /// as sensitive.
    pub(super) fn is_quotable(&self, name: &HeaderName, value: &HeaderValue) -> bool {
        // Middleware or credentials may have replaced the value.
        self.quotable.contains(name) && self.all.get(name) == Some(value)
    }
}

impl Deref for Headers {
    type Target = HeaderMap;

    fn deref(&self) -> &HeaderMap {
        &self.all
    }
}

impl DerefMut for Headers {
    fn deref_mut(&mut self) -> &mut HeaderMap {
        &mut self.all
    }
}
