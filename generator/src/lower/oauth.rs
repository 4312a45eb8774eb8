//! How tokens are handed out, and what a client takes from the environment: by the document and by codegen.toml.

use openapiv3::{OAuth2Flows, SecurityScheme};

use super::Lower;
use crate::config;
use crate::ir::{ClientAuthentication, Environment, OAuth, Place, Sets, Way};

impl Lower<'_, '_> {
    /// Settles how tokens are handed out: as codegen.toml says, or the first scheme that hands them to clients, and what
    /// other schemes have of their own.
    pub(super) fn lower_oauth(&mut self, name: &str, scheme: &SecurityScheme) {
        let settings = &self.config.client.oauth;
        let SecurityScheme::OAuth2 { flows: OAuth2Flows { client_credentials: Some(flow), .. }, .. } = scheme
        else {
            return;
        };
        if flow.token_url.is_empty() || settings.token_url.is_some() {
            return;
        }
        match &mut self.api.security.oauth {
            None => self.api.security.oauth = Some(oauth(flow.token_url.clone(), settings)),
            Some(usual) if usual.token_url == flow.token_url => {}
            Some(usual) => usual.others.push((name.to_owned(), flow.token_url.clone())),
        }
    }

    /// What codegen.toml says about credentials.
    pub(super) fn configure_credentials(&mut self) {
        let settings = &self.config.client.oauth;
        if let Some(token_url) = &settings.token_url {
            self.api.security.oauth = Some(oauth(token_url.clone(), settings));
        }
        let env = &self.config.client.env;
        if *env != config::Env::default() {
            self.api.security.environment = Some(self.environment(env));
        }
    }

    fn environment(&self, env: &config::Env) -> Environment {
        let schemes = &self.api.security.schemes;
        let way = |sets: Sets, variables: &[&Option<String>]| {
            let variables: Option<Vec<String>> = variables.iter().map(|name| (*name).clone()).collect();
            variables.map(|variables| Way { variables, sets })
        };
        let mut tokens = vec![way(Sets::BearerToken, &[&env.bearer_token])];
        if self.api.security.oauth.is_some() {
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
        let has_oauth = self.api.security.oauth.is_some();
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

fn oauth(token_url: String, settings: &config::OAuth) -> OAuth {
    OAuth {
        token_url,
        others: Vec::new(),
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
