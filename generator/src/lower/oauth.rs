//! OAuth flows and the environment variables of a client, from the document and codegen.toml.

use indexmap::IndexMap;
use openapiv3::OAuth2Flows;

use super::Lower;
use super::stale::StaleEntry;
use crate::config;
use crate::ir::{
    ClientAuthentication, CredentialKind, EnvCredential, Environment, Flow, OAuth, SchemeKind, TokenUrls,
};

impl Lower<'_, '_> {
    /// Sets the token URLs of a scheme: for client credentials and for refresh tokens.
    ///
    /// URLs in codegen.toml take precedence. Otherwise the first scheme with such a flow sets the default,
    /// and other schemes keep URLs that differ from it.
    pub(super) fn lower_oauth(&mut self, name: &str, flows: &OAuth2Flows) {
        let settings = &self.config.client.oauth;
        if settings.token_url.is_none() {
            let url = flows.client_credentials.as_ref().map(|flow| &flow.token_url);
            if let Some(url) = url.filter(|url| !url.is_empty()) {
                add_url(&mut self.oauth().client_urls, name, url.clone());
            }
        }
        if settings.refresh_url.is_none() {
            if let Some(url) = refresh_url(flows, settings).filter(|url| !url.is_empty()) {
                let first = user_token_url(flows).filter(|url| !url.is_empty());
                let oauth = self.oauth();
                add_url(&mut oauth.refresh_urls, name, url);
                oauth.initial_token_url = oauth.initial_token_url.take().or(first);
            }
        }
    }

    /// Applies the credentials settings of codegen.toml.
    pub(super) fn configure_credentials(&mut self) {
        let config::OAuth { token_url, refresh_url, .. } = self.config.client.oauth.clone();
        if let Some(url) = token_url {
            self.oauth().client_urls = Some(TokenUrls::single(url));
        }
        if let Some(url) = refresh_url {
            self.oauth().refresh_urls = Some(TokenUrls::single(url));
        }
        let env = &self.config.client.env;
        if *env != config::Env::default() {
            self.api.security.environment = Some(self.environment(env));
        }
    }

    /// Returns the OAuth settings of the model, and adds them if there are none yet.
    fn oauth(&mut self) -> &mut OAuth {
        let settings = &self.config.client.oauth;
        self.api.security.oauth.get_or_insert_with(|| oauth(settings))
    }

    /// Returns true if a token URL for client credentials is known.
    fn has_client_token_url(&self) -> bool {
        self.api.security.oauth.as_ref().is_some_and(|oauth| oauth.client_urls.is_some())
    }

    fn environment(&self, env: &config::Env) -> Environment {
        let schemes = &self.api.security.schemes;
        let credential = |kind: CredentialKind, variables: &[&Option<String>]| {
            let variables: Option<Vec<String>> = variables.iter().map(|name| (*name).clone()).collect();
            variables.map(|variables| EnvCredential { variables, kind })
        };
        let mut tokens = vec![credential(CredentialKind::BearerToken, &[&env.bearer_token])];
        if self.has_client_token_url() {
            tokens.push(credential(CredentialKind::TokenExchange, &[&env.client_id, &env.subject_token]));
            tokens.push(credential(CredentialKind::ClientCredentials, &[&env.client_id, &env.client_secret]));
        }
        let basic = schemes.iter().find(|scheme| scheme.kind == SchemeKind::Basic);
        let basic = basic.and_then(|it| {
            credential(CredentialKind::Basic(it.name.clone()), &[&env.username, &env.password])
        });
        let keys = env.api_keys.iter().filter(|(name, _)| self.has_key_scheme(name));
        let keys = keys.map(|(scheme, variable)| {
            vec![EnvCredential {
                variables: vec![variable.clone()],
                kind: CredentialKind::Key(scheme.clone()),
            }]
        });
        let groups = [tokens.into_iter().flatten().collect(), Vec::from_iter(basic)].into_iter().chain(keys);
        Environment {
            credentials: groups.filter(|group: &Vec<EnvCredential>| !group.is_empty()).collect(),
            base_url: env.base_url.clone(),
            server_variables: env.server_variables.clone().into_iter().collect(),
        }
    }

    fn has_key_scheme(&self, name: &str) -> bool {
        self.key_schemes().any(|scheme| scheme == name)
    }

    /// Returns the names of the API key schemes.
    pub(super) fn key_schemes(&self) -> impl Iterator<Item = &str> {
        let schemes = self.api.security.schemes.iter().filter(|scheme| scheme.kind.is_api_key());
        schemes.map(|scheme| scheme.name.as_str())
    }

    /// Returns the entries of `[client.env]` for credentials that the document has no use for.
    pub(super) fn unusable_environment(&self) -> Vec<StaleEntry> {
        let env = &self.config.client.env;
        let has_oauth = self.has_client_token_url();
        let has_basic = self.api.security.schemes.iter().any(|scheme| scheme.kind == SchemeKind::Basic);
        let of_oauth = [
            ("client-id", &env.client_id),
            ("client-secret", &env.client_secret),
            ("subject-token", &env.subject_token),
        ];
        let of_basic = [("username", &env.username), ("password", &env.password)];
        let entry = |key: &str, reason: &str| {
            StaleEntry::new(&["client", "env", key], key, format!("`{key}` has no effect: {reason}"))
        };
        let of_oauth = of_oauth.iter().filter(|(_, variable)| !has_oauth && variable.is_some());
        let of_basic = of_basic.iter().filter(|(_, variable)| !has_basic && variable.is_some());
        let of_oauth = of_oauth.map(|(key, _)| entry(key, "no token URL is known"));
        of_oauth.chain(of_basic.map(|(key, _)| entry(key, "no scheme uses basic authentication"))).collect()
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

fn oauth(settings: &config::OAuth) -> OAuth {
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
