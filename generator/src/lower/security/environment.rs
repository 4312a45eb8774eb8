//! Credentials in environment variables, as codegen.toml names them.

use std::collections::HashSet;

use crate::config;
use crate::ir::{CredentialKind, EnvCredential, Environment, SchemeKind, Security};
use crate::lower::stale::StaleEntry;

/// Returns the environment variables that clients can read, or `None` if codegen.toml sets none.
pub(super) fn environment(env: &config::Env, security: &Security) -> Option<Environment> {
    if *env == config::Env::default() {
        return None;
    }
    let schemes = &security.schemes;
    let credential = |kind: CredentialKind, variables: &[&Option<String>]| {
        let variables: Option<Vec<String>> = variables.iter().map(|name| (*name).clone()).collect();
        variables.map(|variables| EnvCredential { variables, kind })
    };
    let mut tokens = vec![credential(CredentialKind::BearerToken, &[&env.bearer_token])];
    if has_client_token_url(security) {
        tokens.push(credential(CredentialKind::TokenExchange, &[&env.client_id, &env.subject_token]));
        tokens.push(credential(CredentialKind::ClientCredentials, &[&env.client_id, &env.client_secret]));
    }
    let basic = schemes.iter().find(|scheme| scheme.kind == SchemeKind::Basic);
    let basic = basic
        .and_then(|it| credential(CredentialKind::Basic(it.name.clone()), &[&env.username, &env.password]));
    let key_schemes: HashSet<&str> = security.key_schemes().collect();
    let keys = env.api_keys.iter().filter(|(name, _)| key_schemes.contains(name.as_str()));
    let keys = keys.map(|(scheme, variable)| {
        vec![EnvCredential { variables: vec![variable.clone()], kind: CredentialKind::Key(scheme.clone()) }]
    });
    let groups = [tokens.into_iter().flatten().collect(), Vec::from_iter(basic)].into_iter().chain(keys);
    Some(Environment {
        credentials: groups.filter(|group: &Vec<EnvCredential>| !group.is_empty()).collect(),
        base_url: env.base_url.clone(),
        server_variables: env.server_variables.clone().into_iter().collect(),
    })
}

/// Returns the entries of `[client.env]` for credentials that the document has no use for.
pub(in crate::lower) fn unusable_entries(env: &config::Env, security: &Security) -> Vec<StaleEntry> {
    let has_oauth = has_client_token_url(security);
    let has_basic = security.schemes.iter().any(|scheme| scheme.kind == SchemeKind::Basic);
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

/// Returns true if a token URL for client credentials is known.
fn has_client_token_url(security: &Security) -> bool {
    security.oauth.as_ref().is_some_and(|oauth| oauth.client_urls.is_some())
}
