//! How a client shows who it is (RFC 6749, section 2.3; RFC 7523, section 2.2).

use super::super::auth::{ClientAuthentication, Secret, Surroundings};
use super::super::transport::BoxError;
#[cfg(all(feature = "private-key-jwt", not(target_os = "unknown")))]
use super::assertion::Assertion;
use super::endpoint::{Endpoint, Form};
#[cfg(all(feature = "private-key-jwt", not(target_os = "unknown")))]
use super::key::PrivateKey;

/// What only the client has.
#[derive(Clone, Debug)]
pub(super) enum ClientSecret {
    Text(Secret),
    #[cfg(all(feature = "private-key-jwt", not(target_os = "unknown")))]
    Key(PrivateKey),
}

/// What shows that it has it.
pub(super) enum Proof {
    Body(Secret),
    Basic(Secret),
    #[cfg(all(feature = "private-key-jwt", not(target_os = "unknown")))]
    Assertion(Assertion),
}

impl ClientSecret {
    /// The proof of the kind that the user says, or else the API's usual one.
    pub(super) fn proof(
        self,
        authentication: Option<ClientAuthentication>,
        client_id: &str,
        around: &Surroundings<'_>,
    ) -> Result<Proof, String> {
        let oauth = around.api.oauth;
        let usual = oauth.map_or(ClientAuthentication::Body, |oauth| oauth.authentication);
        // Only an assertion says whose it is.
        #[cfg(any(not(feature = "private-key-jwt"), target_os = "unknown"))]
        let _ = client_id;
        match (self, authentication.unwrap_or(usual)) {
            (Self::Text(secret), _) if secret.expose().is_empty() => {
                Err("the client secret is empty".to_owned())
            }
            (Self::Text(secret), ClientAuthentication::Body) => Ok(Proof::Body(secret)),
            (Self::Text(secret), ClientAuthentication::Basic) => Ok(Proof::Basic(secret)),
            #[cfg(all(feature = "private-key-jwt", not(target_os = "unknown")))]
            (Self::Text(secret), ClientAuthentication::Assertion) => {
                let prefix = oauth.and_then(|oauth| oauth.key_prefix).unwrap_or_default();
                let key = PrivateKey::from_secret(&secret, prefix).map_err(|error| error.to_string())?;
                Ok(Proof::Assertion(Assertion::new(key, client_id, around)))
            }
            #[cfg(any(not(feature = "private-key-jwt"), target_os = "unknown"))]
            (Self::Text(_), ClientAuthentication::Assertion) => Err(NO_KEYS.to_owned()),
            #[cfg(all(feature = "private-key-jwt", not(target_os = "unknown")))]
            (Self::Key(key), _) => Ok(Proof::Assertion(Assertion::new(key, client_id, around))),
        }
    }
}

impl Proof {
    /// Adds it to a request for tokens.
    ///
    /// # Errors
    ///
    /// If an assertion cannot be signed.
    pub(super) fn add_to(&self, form: Form, endpoint: &Endpoint) -> Result<Form, BoxError> {
        // Only an assertion says whom it is for.
        #[cfg(any(not(feature = "private-key-jwt"), target_os = "unknown"))]
        let _ = endpoint;
        Ok(match self {
            Self::Body(secret) => form.with_secret("client_secret", secret),
            Self::Basic(secret) => form.with_password(secret),
            #[cfg(all(feature = "private-key-jwt", not(target_os = "unknown")))]
            Self::Assertion(assertion) => form
                .with("client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:jwt-bearer")
                .with_secret("client_assertion", &assertion.sign(endpoint)?),
        })
    }
}

#[cfg(not(target_os = "unknown"))]
#[cfg(not(feature = "private-key-jwt"))]
const NO_KEYS: &str = "assertions are signed by the feature `private-key-jwt`: enable it";

#[cfg(target_os = "unknown")]
const NO_KEYS: &str = "assertions cannot be signed in WebAssembly: get a token elsewhere, or send the secret";
