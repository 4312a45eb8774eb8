//! Which texts are not for logs.

use heck::ToSnakeCase;
use openapiv3::{ReferenceOr, Schema};

use super::Lower;
use super::fields::Property;
use super::keywords::Keywords;
use crate::diagnostics::Pointer;

/// What texts are called that nobody but the server should see. A name may have words before these.
const NAMES: [&str; 16] = [
    "access_token",
    "api_key",
    "client_assertion",
    "client_secret",
    "credentials",
    "cvc",
    "cvv",
    "id_token",
    "passphrase",
    "passwd",
    "password",
    "private_key",
    "refresh_token",
    "secret",
    "secret_key",
    "signing_key",
];

impl<'a> Lower<'a, '_> {
    /// Whether a text is secret: the document says so, by `format: password` or `writeOnly`, or its name does.
    pub(super) fn is_secret(&self, name: &str, property: &Property<'a>) -> bool {
        let says = |it| self.schema_of(it).is_some_and(|(schema, _)| is_password(schema));
        property.descriptions().any(says) || is_called_secret(name)
    }

    /// Whether the document says that a text is secret.
    pub(super) fn says_secret(&self, schema: &'a ReferenceOr<Schema>, at: &Pointer) -> bool {
        self.document.schema(schema, &at.child("schema")).is_some_and(|(schema, _)| is_password(schema))
    }
}

fn is_password(schema: &Schema) -> bool {
    schema.schema_data.write_only || Keywords::of(schema).format.as_deref() == Some("password")
}

pub(super) fn is_called_secret(name: &str) -> bool {
    let name = name.to_snake_case();
    NAMES.iter().any(|secret| {
        name.strip_suffix(secret).is_some_and(|before| before.is_empty() || before.ends_with('_'))
    })
}

#[cfg(test)]
mod tests {
    use super::is_called_secret;

    #[track_caller]
    fn check(name: &str, expected: bool) {
        assert_eq!(is_called_secret(name), expected, "{name}");
    }

    #[test]
    fn names_of_secrets() {
        check("password", true);
        check("clientSecret", true);
        check("old-password", true);
        check("accessToken", true);
        check("page_token", false);
        check("passwordPolicy", false);
        check("secretary", false);
    }
}
