// @generated from the OpenAPI document. Change the document, and generate again.

//! A client of a token endpoint. All grants send their requests with it, so that each authenticates in the same way (RFC
//! 6749, section 2.3; RFC 8693, section 2.1).

use super::super::api::oauth::ClientAuthentication;
use super::super::auth::GrantContext;
use super::super::net::transport_error::BoxError;
use super::authenticator::{Authenticator, ClientSecret};
use super::endpoint::{Endpoint, Form, TokenOptions, TokenResponse};

/// Sends authenticated token requests.
pub(super) struct TokenClient {
    endpoint: Endpoint,
    authenticator: Option<Authenticator>,
}

impl TokenClient {
    /// Creates a client with this ID. Without a secret, it sends only its ID.
    ///
    /// # Errors
    ///
    /// Returns a message without secrets if a setting is not valid.
    pub(super) fn new(
        client_id: &str,
        secret: Option<ClientSecret>,
        authentication: Option<ClientAuthentication>,
        options: &TokenOptions,
        context: &GrantContext<'_>,
    ) -> Result<Self, String> {
        let endpoint = Endpoint::new(client_id, options, context)?;
        let authenticator =
            secret.map(|secret| secret.authenticator(authentication, client_id, context)).transpose()?;
        Ok(Self { endpoint, authenticator })
    }

    /// Requests a token with the form of a grant.
    ///
    /// # Errors
    ///
    /// Returns an error if an assertion cannot be signed, or if the server issues no token.
    pub(super) async fn request_token(&self, form: Form) -> Result<TokenResponse, BoxError> {
        let form = match &self.authenticator {
            Some(authenticator) => authenticator.add_to(form, &self.endpoint)?,
            None => form,
        };
        self.endpoint.request_token(form).await
    }
}
