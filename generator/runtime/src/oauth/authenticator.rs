//! Authentication of a client at the token endpoint (RFC 6749, section 2.3; RFC 7523, section 2.2).

use super::super::api::oauth::ClientAuthentication;
use super::super::auth::{GrantContext, Secret};
use super::super::net::transport_error::BoxError;
#[cfg(all(feature = "private-key-jwt", not(target_os = "unknown")))]
use super::assertion::Assertion;
use super::endpoint::{Endpoint, Form};
#[cfg(all(feature = "private-key-jwt", not(target_os = "unknown")))]
use super::key::PrivateKey;

/// The secret of a client.
#[derive(Clone, Debug)]
pub(super) enum ClientSecret {
    Text(Secret),
    #[cfg(all(feature = "private-key-jwt", not(target_os = "unknown")))]
    Key(PrivateKey),
}

/// Authenticates token requests.
pub(super) enum Authenticator {
    Body(Secret),
    Basic(Secret),
    #[cfg(all(feature = "private-key-jwt", not(target_os = "unknown")))]
    Assertion(Assertion),
}

impl ClientSecret {
    /// Creates the authenticator of the kind that the user has set, or else of the default kind of the API.
    pub(super) fn authenticator(
        self,
        authentication: Option<ClientAuthentication>,
        client_id: &str,
        context: &GrantContext<'_>,
    ) -> Result<Authenticator, String> {
        let oauth = context.api.oauth;
        let api_default = oauth.map_or(ClientAuthentication::Body, |oauth| oauth.authentication);
        // Only an assertion contains the client ID.
        #[cfg(any(not(feature = "private-key-jwt"), target_os = "unknown"))]
        let _ = client_id;
        match (self, authentication.unwrap_or(api_default)) {
            (Self::Text(secret), _) if secret.expose().is_empty() => {
                Err("the client secret is empty".to_owned())
            }
            (Self::Text(secret), ClientAuthentication::Body) => Ok(Authenticator::Body(secret)),
            (Self::Text(secret), ClientAuthentication::Basic) => Ok(Authenticator::Basic(secret)),
            #[cfg(all(feature = "private-key-jwt", not(target_os = "unknown")))]
            (Self::Text(secret), ClientAuthentication::Assertion) => {
                let prefix = oauth.and_then(|oauth| oauth.key_prefix).unwrap_or_default();
                let key = PrivateKey::from_secret(&secret, prefix).map_err(|error| error.to_string())?;
                Ok(Authenticator::Assertion(Assertion::new(key, client_id, context)))
            }
            #[cfg(any(not(feature = "private-key-jwt"), target_os = "unknown"))]
            (Self::Text(_), ClientAuthentication::Assertion) => Err(NO_ASSERTIONS.to_owned()),
            #[cfg(all(feature = "private-key-jwt", not(target_os = "unknown")))]
            (Self::Key(key), _) => Ok(Authenticator::Assertion(Assertion::new(key, client_id, context))),
        }
    }
}

impl Authenticator {
    /// Adds the authentication to a token request.
    ///
    /// # Errors
    ///
    /// Returns an error if an assertion cannot be signed.
    pub(super) fn add_to(&self, form: Form, endpoint: &Endpoint) -> Result<Form, BoxError> {
        // Only an assertion contains the audience.
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
const NO_ASSERTIONS: &str = "signed assertions require the feature `private-key-jwt`";

#[cfg(target_os = "unknown")]
const NO_ASSERTIONS: &str =
    "signed assertions are not supported in WebAssembly: set a token or a client secret";
