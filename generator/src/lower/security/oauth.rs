//! OAuth: token endpoints and flows.

use indexmap::IndexMap;
use openapiv3::OAuth2Flows;

use crate::config;
use crate::ir::{ClientAuthentication, Flow, OAuth, TokenUrls};

/// The token endpoints found so far: for client credentials and for refresh tokens.
///
/// URLs in codegen.toml take precedence. Otherwise the first scheme with such a flow sets the default, and other schemes
/// keep URLs that differ from it.
pub(super) struct Endpoints<'a> {
    settings: &'a config::OAuth,
    oauth: Option<OAuth>,
}

impl<'a> Endpoints<'a> {
    pub(super) fn new(settings: &'a config::OAuth) -> Self {
        Self { settings, oauth: None }
    }

    /// Adds the token endpoints of a scheme.
    pub(super) fn add(&mut self, scheme: &str, flows: &OAuth2Flows) {
        if self.settings.token_url.is_none() {
            let url = flows.client_credentials.as_ref().map(|flow| &flow.token_url);
            if let Some(url) = url.filter(|url| !url.is_empty()) {
                add_url(&mut self.oauth().client_urls, scheme, url.clone());
            }
        }
        if self.settings.refresh_url.is_none() {
            if let Some(url) = refresh_url(flows, self.settings).filter(|url| !url.is_empty()) {
                let first = user_token_url(flows).filter(|url| !url.is_empty());
                let oauth = self.oauth();
                add_url(&mut oauth.refresh_urls, scheme, url);
                oauth.initial_token_url = oauth.initial_token_url.take().or(first);
            }
        }
    }

    /// Applies the URLs of codegen.toml, and returns the settings, if there is any endpoint.
    pub(super) fn finish(mut self) -> Option<OAuth> {
        if let Some(url) = &self.settings.token_url {
            self.oauth().client_urls = Some(TokenUrls::single(url.clone()));
        }
        if let Some(url) = &self.settings.refresh_url {
            self.oauth().refresh_urls = Some(TokenUrls::single(url.clone()));
        }
        self.oauth
    }

    fn oauth(&mut self) -> &mut OAuth {
        self.oauth.get_or_insert_with(|| without_endpoints(self.settings))
    }
}

/// Returns the flows of a scheme.
pub(super) fn flows(flows: &OAuth2Flows) -> Vec<Flow> {
    let OAuth2Flows { implicit, password, client_credentials, authorization_code, .. } = flows;
    let flow = |name, authorization_url: Option<&String>, scopes: &IndexMap<String, String>| Flow {
        name,
        authorization_url: authorization_url.cloned(),
        scopes: scopes.iter().map(|(scope, text)| (scope.clone(), text.clone())).collect(),
    };
    let implicit = implicit.iter().map(|it| flow("implicit", Some(&it.authorization_url), &it.scopes));
    let password = password.iter().map(|it| flow("password", None, &it.scopes));
    let of_clients = client_credentials.iter().map(|it| flow("clientCredentials", None, &it.scopes));
    let of_users = authorization_code.iter();
    let of_users = of_users.map(|it| flow("authorizationCode", Some(&it.authorization_url), &it.scopes));
    of_users.chain(of_clients).chain(password).chain(implicit).collect()
}

/// Returns the URL for refresh tokens, from the first flow that issues any (RFC 6749, sections 4.1.4 and
/// 4.3.3).
fn refresh_url(flows: &OAuth2Flows, settings: &config::OAuth) -> Option<String> {
    let of_authorization_code = flows.authorization_code.as_ref().map(|flow| &flow.refresh_url);
    let refresh_url = of_authorization_code.or(flows.password.as_ref().map(|flow| &flow.refresh_url))?;
    let refresh_url = refresh_url.clone().filter(|url| !url.is_empty());
    refresh_url.or_else(|| settings.token_url.clone()).or_else(|| user_token_url(flows))
}

fn user_token_url(flows: &OAuth2Flows) -> Option<String> {
    let of_authorization_code = flows.authorization_code.as_ref().map(|flow| &flow.token_url);
    of_authorization_code.or(flows.password.as_ref().map(|flow| &flow.token_url)).cloned()
}

/// Adds the URL of a scheme. The first one becomes the default.
fn add_url(urls: &mut Option<TokenUrls>, scheme: &str, url: String) {
    match urls {
        None => *urls = Some(TokenUrls::single(url)),
        Some(urls) if urls.default_url == url => {}
        Some(urls) => urls.others.push((scheme.to_owned(), url)),
    }
}

/// Returns OAuth settings without endpoints.
fn without_endpoints(settings: &config::OAuth) -> OAuth {
    OAuth {
        client_urls: None,
        refresh_urls: None,
        initial_token_url: None,
        scopes: settings.scopes.clone(),
        authentication: match settings.client_authentication {
            None | Some(config::ClientAuthentication::Body) => ClientAuthentication::Body,
            Some(config::ClientAuthentication::Basic) => ClientAuthentication::Basic,
            Some(config::ClientAuthentication::Assertion) => ClientAuthentication::Assertion,
        },
        audience_is_host: settings.assertion_audience == Some(config::Audience::Host),
        nonce_in_header: settings.assertion_nonce == Some(config::Nonce::Header),
        key_prefix: settings.signing_key_prefix.clone(),
        host_in_client_id: settings.host_in_client_id,
        subject_token_type: settings.subject_token_type.clone(),
    }
}
