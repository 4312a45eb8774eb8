//! Credentials: the methods of the builder, OAuth 2 grants, scopes, and the environment.

use super::super::{Context, docs};
use super::first_call::builder_steps;
use super::table;
use crate::ir::{
    BuilderMethod, CredentialKind, Environment, Flow, OAuth, Operation, Requirement, Scheme, SchemeKind,
};

/// The heading of the section about scopes.
const SCOPES: &str = "OAuth 2 scopes";

/// A credential of a snippet.
#[derive(PartialEq)]
pub(super) struct Credential {
    /// Statements that read the secret from the environment.
    pub(super) variables: String,
    /// The method call of the builder.
    pub(super) step: String,
}

/// Returns the credentials for an operation, from its first requirement that is not empty.
pub(super) fn of_call(context: &Context<'_>, operation: Option<&Operation>) -> Vec<Credential> {
    let security = &context.api.security;
    let own = operation.and_then(|operation| operation.security.as_ref());
    let alternatives: &[Requirement] = own.unwrap_or(&security.default_requirements);
    let Some(schemes) = alternatives.iter().find(|schemes| !schemes.is_empty()) else { return Vec::new() };
    let known = security.schemes.iter().zip(context.names.security_schemes());
    let required = known.filter(|(scheme, _)| schemes.contains(&scheme.name));
    let mut credentials: Vec<Credential> = required
        .map(|(scheme, ident)| credential(context, scheme, ident.as_ref().map_or("", |ident| ident.as_str())))
        .collect();
    // Schemes may share a method, such as `bearer_token`.
    credentials.dedup();
    credentials
}

fn credential(context: &Context<'_>, scheme: &Scheme, ident: &str) -> Credential {
    let method = method(scheme, ident);
    let locals: &[&str] = match &scheme.kind {
        SchemeKind::Bearer => &["token"],
        SchemeKind::Basic => &["user", "password"],
        SchemeKind::Header(_) | SchemeKind::Query(_) | SchemeKind::Cookie(_) => &["api_key"],
    };
    // Several credentials of one call get variables of their own.
    let locals: Vec<String> = locals
        .iter()
        .map(|local| match scheme.builder_method {
            BuilderMethod::NamedAfterScheme if locals.len() == 1 => ident.to_owned(),
            BuilderMethod::NamedAfterScheme => format!("{}_{local}", ident.trim_start_matches("r#")),
            BuilderMethod::BearerToken | BuilderMethod::NamedAfterKind => (*local).to_owned(),
        })
        .collect();
    let configured = context.api.security.environment.as_ref().and_then(|it| variables_of(it, scheme));
    let prefix = context.package.library_name();
    let variables = locals.iter().enumerate().map(|(position, local)| {
        let own = format!("{prefix}_{}", local.trim_start_matches("r#")).to_ascii_uppercase();
        let variable = configured.and_then(|names| names.get(position)).unwrap_or(&own);
        format!("    let {local} = std::env::var({variable:?})?;\n")
    });
    Credential { variables: variables.collect(), step: format!(".{method}({})", locals.join(", ")) }
}

/// Returns the environment variables that `codegen.toml` sets for the credentials of a scheme.
fn variables_of<'a>(environment: &'a Environment, scheme: &Scheme) -> Option<&'a [String]> {
    let mut alternatives = environment.credentials.iter().flatten();
    let found = alternatives.find(|way| match &way.kind {
        CredentialKind::BearerToken => scheme.kind == SchemeKind::Bearer,
        CredentialKind::Basic(name) | CredentialKind::Key(name) => *name == scheme.name,
        CredentialKind::TokenExchange | CredentialKind::ClientCredentials => false,
    });
    found.map(|way| way.variables.as_slice())
}

/// Returns the method of the builder that sets the credentials of a scheme.
fn method<'a>(scheme: &Scheme, ident: &'a str) -> &'a str {
    match (scheme.builder_method, &scheme.kind) {
        (BuilderMethod::NamedAfterScheme, _) => ident,
        (_, SchemeKind::Bearer) => "bearer_token",
        (_, SchemeKind::Basic) => "basic_auth",
        (_, SchemeKind::Header(_) | SchemeKind::Query(_) | SchemeKind::Cookie(_)) => "api_key",
    }
}

/// The section about credentials.
pub(super) fn section(context: &Context<'_>) -> String {
    let security = &context.api.security;
    let mut text = "## Credentials\n\n".to_owned();
    text.push_str(if security.schemes.is_empty() {
        "The document describes no credentials. Credentials that are set on the builder are sent with every request:\n\n"
    } else {
        "Each request gets the credentials that its operation requires, if they are set on the builder:\n\n"
    });
    text.push_str(&table(["Method", "Credential"], rows(context)));
    if let Some(oauth) = &security.oauth {
        text.push_str(&client_credentials(context, oauth));
        text.push_str(&refresh_token(context, oauth));
    }
    if scopes(context).is_some() {
        text.push_str(&format!("\nThe scopes are listed in [{SCOPES}](#oauth-2-scopes).\n"));
    }
    if let Some(environment) = &security.environment {
        text.push_str(&from_env(context, environment));
    }
    let hosts = match security.oauth {
        Some(_) => "the API and its token endpoints",
        None => "the host that the client was built for",
    };
    text.push_str(&format!(
        "\n`Debug` output and errors contain no secrets. After a redirect, too, credentials are only sent to\n{hosts}.\n"
    ));
    text
}

/// The methods of the builder, each with a description.
fn rows(context: &Context<'_>) -> Vec<[String; 2]> {
    let security = &context.api.security;
    let schemes = security.schemes.iter().zip(context.names.security_schemes());
    let mut rows: Vec<[String; 2]> = schemes
        .filter(|(scheme, _)| scheme.builder_method != BuilderMethod::BearerToken)
        .map(|(scheme, ident)| {
            let method = method(scheme, ident.as_ref().map_or("", |ident| ident.as_str()));
            let sent = match &scheme.kind {
                SchemeKind::Bearer => format!("a bearer token for the scheme {}", docs::code(&scheme.name)),
                SchemeKind::Basic => "a user and a password".to_owned(),
                SchemeKind::Header(name) => format!("a key, sent in the header {}", docs::code(name)),
                SchemeKind::Query(name) => format!("a key, sent as the query parameter {}", docs::code(name)),
                SchemeKind::Cookie(name) => format!("a key, sent in the cookie {}", docs::code(name)),
            };
            [format!("`{method}`"), sent]
        })
        .collect();
    let mut add = |method: &str, credential: &str| {
        rows.push([format!("`{method}`"), credential.to_owned()]);
    };
    if security.accepts_bearer_tokens() || security.schemes.is_empty() {
        add("bearer_token", "a fixed bearer token");
        add(
            "token_provider",
            "a closure or `runtime::TokenProvider` that returns tokens; a token is reused until a minute before it expires",
        );
    }
    let oauth = security.oauth.as_ref();
    if oauth.is_some_and(|oauth| oauth.refresh_urls.is_some()) {
        add("grant", "an OAuth 2 grant: `runtime::oauth::RefreshToken` acts for a user");
    }
    if oauth.is_some_and(|oauth| oauth.client_urls.is_some()) {
        add("client_credentials", "the id and the secret of an OAuth 2 client");
        add("token_exchange", "tokens of another issuer, which are exchanged for tokens of the API");
    }
    add("credentials", "anything else: a `runtime::Authorize` that changes each request");
    rows
}

/// OAuth 2 client credentials.
fn client_credentials(context: &Context<'_>, oauth: &OAuth) -> String {
    let Some(urls) = &oauth.client_urls else { return String::new() };
    let steps = if oauth.host_in_client_id { String::new() } else { builder_steps(context) };
    let note = if oauth.host_in_client_id {
        "The client id contains the host of the API, so no server has to be set:\n\n"
    } else {
        "With client credentials, the client gets its tokens from the token endpoint and renews them:\n\n"
    };
    let name = context.package.library_name();
    let grant = ("ClientCredentials", "secret");
    let others: String =
        urls.others.iter().map(|(scheme, url)| other_endpoint(context, scheme, url, grant)).collect();
    format!(
        "\n{note}```rust,no_run\nuse {name}::{{Client, Error}};\n\n\
         fn client(id: &str, secret: &str) -> Result<Client, Error> {{\n    Client::builder()\n{steps}        \
         .client_credentials(id, secret)\n        .build()\n}}\n```\n{others}"
    )
}

/// OAuth 2 refresh tokens.
fn refresh_token(context: &Context<'_>, oauth: &OAuth) -> String {
    let Some(urls) = &oauth.refresh_urls else { return String::new() };
    let (name, steps) = (context.package.library_name(), builder_steps(context));
    let grant = ("RefreshToken", "refresh_token");
    let others: String =
        urls.others.iter().map(|(scheme, url)| other_endpoint(context, scheme, url, grant)).collect();
    format!(
        "\nTo act for a user, pass the refresh token that your login flow returned. The server may replace it on\n\
         each use: store the new one, and use one `Client` and its clones per refresh token.\n\n\
         ```rust,no_run\nuse {name}::runtime::oauth::RefreshToken;\nuse {name}::{{Client, Error}};\n\n\
         fn client_of_user(\n    id: &str,\n    secret: &str,\n    refresh_token: &str,\n    store: fn(&str),\n) -> Result<Client, Error> {{\n    \
         let grant = RefreshToken::new(id, refresh_token)\n        \
         .with_client_secret(secret) // if the client has one\n        \
         .on_rotation(move |token| store(token.expose()));\n    \
         Client::builder()\n{steps}        .grant(grant)\n        .build()\n}}\n```\n{others}"
    )
}

/// A grant for a scheme with its own token endpoint. `proof` names what authenticates the client.
fn other_endpoint(context: &Context<'_>, scheme: &str, url: &str, (grant, proof): (&str, &str)) -> String {
    let (name, steps) = (context.package.library_name(), builder_steps(context));
    format!(
        "\nThe scheme {} has its own token endpoint, {}. Set its grant by name:\n\n```rust,no_run\n\
         use {name}::runtime::{{Credential, oauth::{grant}}};\nuse {name}::{{Client, Error}};\n\n\
         fn client(id: &str, {proof}: &str) -> Result<Client, Error> {{\n    \
         let grant = Credential::grant({grant}::new(id, {proof}));\n    \
         Client::builder()\n{steps}        .credential({scheme:?}, grant)\n        .build()\n}}\n```\n",
        docs::code(scheme),
        docs::code(url),
    )
}

/// The section about OAuth 2 scopes: the flows, and a table of all scopes.
pub(super) fn scopes(context: &Context<'_>) -> Option<String> {
    let schemes = &context.api.security.schemes;
    let several = schemes.iter().filter(|scheme| !scheme.flows.is_empty()).count() > 1;
    let flows = schemes.iter().flat_map(|scheme| scheme.flows.iter().map(move |flow| (scheme, flow)));
    let flows: Vec<(String, &Flow)> = flows
        .filter(|(_, flow)| !flow.scopes.is_empty())
        .map(|(scheme, flow)| {
            let of_scheme = if several { format!(" of {}", docs::code(&scheme.name)) } else { String::new() };
            (format!("{}{of_scheme}", docs::code(flow.name)), flow)
        })
        .collect();
    // Each scope with the flows that have it.
    let mut scopes: Vec<(&str, &str, Vec<&str>)> = Vec::new();
    for (name, flow) in &flows {
        for (scope, meaning) in &flow.scopes {
            match scopes.iter_mut().find(|(known, ..)| known == scope) {
                Some((.., names)) => names.push(name),
                None => scopes.push((scope, meaning, vec![name])),
            }
        }
    }
    if scopes.is_empty() {
        return None;
    }
    let mut text = format!("## {SCOPES}\n\n");
    for (name, flow) in &flows {
        let url = flow.authorization_url.as_deref().filter(|url| !url.is_empty());
        let url = url.map(|url| format!(", authorization at {}", docs::code(url))).unwrap_or_default();
        text.push_str(&format!("- Flow {name}{url}\n"));
    }
    text.push('\n');
    if scopes.iter().all(|(.., names)| names.len() == flows.len()) {
        let rows = scopes.iter().map(|(scope, meaning, _)| [docs::code(scope), docs::summary(meaning)]);
        text.push_str(&table(["Scope", "Meaning"], rows.collect()));
    } else {
        let rows = scopes.iter().map(|(scope, meaning, names)| {
            let names = if names.len() == flows.len() { "all".to_owned() } else { names.join(", ") };
            [docs::code(scope), docs::summary(meaning), names]
        });
        text.push_str(&table(["Scope", "Meaning", "Flows"], rows.collect()));
    }
    Some(text)
}

fn from_env(context: &Context<'_>, environment: &Environment) -> String {
    let name = context.package.library_name();
    let variables = super::super::credentials::variables(environment).join("\n");
    format!(
        "\n`Client::from_env()` reads the environment and uses the first complete alternative of each line:\n\n{variables}\n\n\
         ```rust,no_run\nuse {name}::{{Client, Error}};\n\n\
         fn client_from_env() -> Result<Client, Error> {{\n    Client::from_env()\n}}\n```\n"
    )
}
