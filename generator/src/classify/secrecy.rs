//! Secret strings, which are kept out of logs.

use super::property::{Contribution, Property};
use super::schemas::Schemas;
use crate::document::SchemaId;
use crate::rules::secret_name::words;

/// Names of secrets. A name may have words before these.
///
/// These are fewer than the names that hide a header, or a value in an error: a field that is hidden without need makes
/// `Debug` of a type less useful.
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

/// Returns true if a string is secret: by `format: password`, `writeOnly` or its name.
pub(super) fn is_secret(schemas: &Schemas<'_>, name: &str, property: &Property<'_>) -> bool {
    let says = |it: &Contribution<'_>| it.id().is_some_and(|id| is_marked_secret(schemas, id));
    property.contributions().any(says) || has_secret_name(name)
}

/// Returns true if a schema says that a string is secret.
pub(crate) fn is_marked_secret(schemas: &Schemas<'_>, id: SchemaId) -> bool {
    let keywords = schemas.keywords(id);
    keywords.data.write_only || keywords.format.as_deref() == Some("password")
}

fn has_secret_name(name: &str) -> bool {
    let name = words(name).join("_");
    NAMES.iter().any(|secret| {
        name.strip_suffix(secret).is_some_and(|before| before.is_empty() || before.ends_with('_'))
    })
}

#[cfg(test)]
mod tests {
    use super::{NAMES, has_secret_name};
    use crate::rules::secret_name::is_secret_name;

    #[track_caller]
    fn check(name: &str, expected: bool) {
        assert_eq!(has_secret_name(name), expected, "{name}");
    }

    #[test]
    fn secrets_are_recognized_by_name() {
        check("password", true);
        check("clientSecret", true);
        check("old-password", true);
        check("accessToken", true);
        check("page_token", false);
        check("passwordPolicy", false);
        check("secretary", false);
    }

    /// A client must not show in an error what `Debug` of a type hides.
    #[test]
    fn hidden_fields_are_hidden_in_errors() {
        for name in NAMES {
            assert!(is_secret_name(name), "{name}");
        }
    }
}
