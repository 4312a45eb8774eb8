// @generated from the OpenAPI document. Change the document, and generate again.

//! Strings that are not shown.

use std::fmt;

/// A string that `Debug` does not show. It does not implement `Display`.
#[derive(Clone)]
pub struct Secret(String);

impl Secret {
    /// Returns the string.
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl From<String> for Secret {
    fn from(text: String) -> Self {
        Self(text)
    }
}

impl From<&str> for Secret {
    fn from(text: &str) -> Self {
        Self(text.to_owned())
    }
}

impl From<&String> for Secret {
    fn from(text: &String) -> Self {
        Self(text.clone())
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(..)")
    }
}
