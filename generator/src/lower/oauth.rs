//! How tokens are handed out, and what a client takes from the environment: by the document and by codegen.toml.

use indexmap::IndexMap;
use openapiv3::OAuth2Flows;

use super::Lower;
use crate::config;
use crate::ir::{ClientAuthentication, Environment, Flow, OAuth, Place, Sets, TokenUrls, Way};

impl Lower<'_, '_> {
    /// Settles where tokens for a scheme are asked for, by a client that speaks for itself and by one that acts for a
    /// user: as codegen.toml says, or the first scheme with a flow of that kind, and what other schemes have of their own.
    pub(super) fn lower_oauth(&mut self, name: &str, flows: &OAuth2Flows) {
        let settings = &self.config.client.oauth;
        if settings.token_url.is_none() {
            let url = flows.client_credentials.as_ref().map(|flow| &flow.token_url);
            if let Some(url) = url.filter(|url| !url.is_empty()) {
                add(&mut self.oauth().clients, name, url.clone());
            }
        }
        if settings.refresh_url.is_none() {
            if let Some(url) = refresh_url(flows, settings).filter(|url| !url.is_empty()) {
                let first = token_url_for_users(flows).filter(|url| !url.is_empty());
                let oauth = self.oauth();
                add(&mut oauth.users, name, url);
                oauth.first_token_url = oauth.first_token_url.take().or(first);
            }
        }
    }

    /// What codegen.toml says about credentials.
    pub(super) fn configure_credentials(&mut self) {
        let config::OAuth { token_url, refresh_url, .. } = self.config.client.oauth.clone();
        if let Some(url) = token_url {
            self.oauth().clients = Some(TokenUrls::at(url));
        }
        if let Some(url) = refresh_url {
            self.oauth().users = Some(TokenUrls::at(url));
        }
        let env = &self.config.client.env;
        if *env != config::Env::default() {
            self.api.security.environment = Some(self.environment(env));
        }
    }

    /// How tokens are handed out, which is something now.
    fn oauth(&mut self) -> &mut OAuth {
        let settings = &self.config.client.oauth;
        self.api.security.oauth.get_or_insert_with(|| oauth(settings))
    }

    /// Whether a client that speaks for itself knows where to ask for tokens.
    fn has_tokens_for_clients(&self) -> bool {
        self.api.security.oauth.as_ref().is_some_and(|oauth| oauth.clients.is_some())
    }

    fn environment(&self, env: &config::Env) -> Environment {
        let schemes = &self.api.security.schemes;
        let way = |sets: Sets, variables: &[&Option<String>]| {
            let variables: Option<Vec<String>> = variables.iter().map(|name| (*name).clone()).collect();
            variables.map(|variables| Way { variables, sets })
        };
        let mut tokens = vec![way(Sets::BearerToken, &[&env.bearer_token])];
        if self.has_tokens_for_clients() {
            tokens.push(way(Sets::TokenExchange, &[&env.client_id, &env.subject_token]));
            tokens.push(way(Sets::ClientCredentials, &[&env.client_id, &env.client_secret]));
        }
        let basic = schemes.iter().find(|scheme| scheme.place == Place::Basic);
        let basic = basic.and_then(|it| way(Sets::Basic(it.name.clone()), &[&env.user, &env.password]));
        let keys = env.api_keys.iter().filter(|(name, _)| self.takes_key(name));
        let keys = keys.map(|(scheme, variable)| {
            vec![Way { variables: vec![variable.clone()], sets: Sets::Key(scheme.clone()) }]
        });
        let groups = [tokens.into_iter().flatten().collect(), Vec::from_iter(basic)].into_iter().chain(keys);
        Environment {
            credentials: groups.filter(|group: &Vec<Way>| !group.is_empty()).collect(),
            base_url: env.base_url.clone(),
            server_variables: env.server_variables.clone().into_iter().collect(),
        }
    }

    fn takes_key(&self, name: &str) -> bool {
        self.api.security.schemes.iter().any(|scheme| scheme.name == name && scheme.place.is_key())
    }

    /// What `[client.env]` names that nothing in the document answers to.
    pub(super) fn stale_environment(&self) -> Vec<String> {
        let env = &self.config.client.env;
        let server = self.api.server.iter().flat_map(|server| &server.variables);
        let variables: Vec<&str> = server.map(|variable| variable.name.as_str()).collect();
        let has_oauth = self.has_tokens_for_clients();
        let has_basic = self.api.security.schemes.iter().any(|scheme| scheme.place == Place::Basic);
        let of_oauth = [
            ("client-id", &env.client_id),
            ("client-secret", &env.client_secret),
            ("subject-token", &env.subject_token),
        ];
        let of_basic = [("user", &env.user), ("password", &env.password)];
        let of_oauth = of_oauth.iter().filter(|(_, variable)| !has_oauth && variable.is_some());
        let of_basic = of_basic.iter().filter(|(_, variable)| !has_basic && variable.is_some());
        let keys = env.api_keys.keys().filter(|name| !self.takes_key(name));
        let others = env.server_variables.keys().filter(|name| !variables.contains(&name.as_str()));
        let keys = keys.map(|name| format!("[client.env.api-keys] `{name}`"));
        let others = others.map(|name| format!("[client.env.server-variables] `{name}`"));
        let of_oauth =
            of_oauth.map(|(key, _)| format!("client.env.{key}, and nothing says where to ask for tokens"));
        let of_basic =
            of_basic.map(|(key, _)| format!("client.env.{key}, for no scheme of basic authentication"));
        of_oauth.chain(of_basic).chain(keys).chain(others).collect()
    }
}

/// The ways to get tokens for a scheme.
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

/// Where refresh tokens are taken: of the flows that hand any out (RFC 6749, sections 4.1.4 and 4.3.3), the first.
fn refresh_url(flows: &OAuth2Flows, settings: &config::OAuth) -> Option<String> {
    let of_code = flows.authorization_code.as_ref().map(|flow| &flow.refresh_url);
    let refresh_url = of_code.or(flows.password.as_ref().map(|flow| &flow.refresh_url))?;
    let refresh_url = refresh_url.clone().filter(|url| !url.is_empty());
    refresh_url.or_else(|| settings.token_url.clone()).or_else(|| token_url_for_users(flows))
}

fn token_url_for_users(flows: &OAuth2Flows) -> Option<String> {
    let of_code = flows.authorization_code.as_ref().map(|flow| &flow.token_url);
    of_code.or(flows.password.as_ref().map(|flow| &flow.token_url)).cloned()
}

/// Adds the URL of a scheme: the usual one for the first of them.
fn add(urls: &mut Option<TokenUrls>, scheme: &str, url: String) {
    match urls {
        None => *urls = Some(TokenUrls::at(url)),
        Some(urls) if urls.usual == url => {}
        Some(urls) => urls.others.push((scheme.to_owned(), url)),
    }
}

fn oauth(settings: &config::OAuth) -> OAuth {
    OAuth {
        clients: None,
        users: None,
        first_token_url: None,
        scopes: settings.scopes.clone(),
        authentication: match settings.authentication {
            None | Some(config::ClientAuthentication::Body) => ClientAuthentication::Body,
            Some(config::ClientAuthentication::Basic) => ClientAuthentication::Basic,
            Some(config::ClientAuthentication::Assertion) => ClientAuthentication::Assertion,
        },
        is_for_host: settings.audience == Some(config::Audience::Host),
        has_nonce_in_header: settings.nonce == Some(config::Nonce::Header),
        key_prefix: settings.key_prefix.clone(),
        host_in_client_id: settings.host_in_client_id,
        subject_token_type: settings.subject_token_type.clone(),
    }
}
