//! Credentials: the methods of the builder, OAuth 2 grants, scopes, and the environment.

use super::super::context::Context;
use super::super::docs;
use super::builder::builder_steps;
use super::markdown::{paragraph, table};
use crate::analyze::scopes::{self, ScopeRow};
use crate::ir::{BuilderMethod, EnvCredential, Environment, OAuth, Scheme, SchemeKind};
use crate::naming::Ident;

/// The heading of the section about scopes.
const SCOPES: &str = "OAuth 2 scopes";

/// A credential of a snippet.
pub(super) struct Credential {
    /// Statements that read the secret from the environment.
    pub(super) variables: String,
    /// The method call of the builder.
    pub(super) step: String,
}

/// Returns the credentials of the first call.
pub(super) fn of_first_call(context: &Context<'_>) -> Vec<Credential> {
    let known = context.api.security.schemes.iter().zip(context.names.security_schemes());
    let known: Vec<(&Scheme, &Ident)> = known.collect();
    let positions = context.showcase.credentials.iter();
    let credentials = positions.map(|position| {
        let (scheme, ident) = known[*position];
        credential(context, scheme, ident.as_str())
    });
    credentials.collect()
}

fn credential(context: &Context<'_>, scheme: &Scheme, ident: &str) -> Credential {
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
    let configured = context.api.security.environment.as_ref().and_then(|it| it.variables_of(scheme));
    let prefix = context.package().library_name();
    let variables = locals.iter().enumerate().map(|(position, local)| {
        let own = format!("{prefix}_{}", local.trim_start_matches("r#")).to_ascii_uppercase();
        let variable = configured.and_then(|names| names.get(position)).unwrap_or(&own);
        format!("    let {local} = std::env::var({variable:?})?;\n")
    });
    Credential { variables: variables.collect(), step: format!(".{ident}({})", locals.join(", ")) }
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
    if scopes::scopes(security).is_some() {
        text.push_str(&format!("\nFor the scopes, see [{SCOPES}](#oauth-2-scopes).\n"));
    }
    if let Some(environment) = &security.environment {
        text.push_str(&from_env(context, environment));
    }
    let hosts = match security.oauth {
        Some(_) => "the API and its token endpoints",
        None => "the API",
    };
    let note = paragraph(&format!(
        "Credentials are sent only to {hosts}, even after a redirect. `Debug` output and error messages contain no credentials."
    ));
    text.push_str(&format!("\n{}\n", note.trim_end()));
    text
}

/// The methods of the builder, each with a description.
fn rows(context: &Context<'_>) -> Vec<[String; 2]> {
    let security = &context.api.security;
    let schemes = security.schemes.iter().zip(context.names.security_schemes());
    let mut rows: Vec<[String; 2]> = schemes
        .filter(|(scheme, _)| scheme.builder_method != BuilderMethod::BearerToken)
        .map(|(scheme, ident)| {
            let method = ident.as_str();
            let sent = match &scheme.kind {
                SchemeKind::Bearer => format!("a bearer token for the scheme {}", docs::code(&scheme.name)),
                SchemeKind::Basic => "a user and a password".to_owned(),
                SchemeKind::Header(name) => {
                    let note = match name.eq_ignore_ascii_case("authorization") {
                        true => ", so include the prefix if the API requires one",
                        false => "",
                    };
                    format!("a key, sent unchanged in the header {}{note}", docs::code(name))
                }
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
            "a closure or a `runtime::TokenProvider` that returns tokens; a token with a lifetime is reused until one minute before it expires",
        );
    }
    let oauth = security.oauth.as_ref();
    if oauth.is_some_and(|oauth| oauth.refresh_urls.is_some()) {
        add(
            "grant",
            "an OAuth 2 grant, such as `runtime::oauth::RefreshToken` for calls on behalf of a user",
        );
    }
    if oauth.is_some_and(|oauth| oauth.client_urls.is_some()) {
        add("client_credentials", "the id and the secret of an OAuth 2 client");
        add(
            "token_exchange",
            "tokens from another issuer (such as OIDC tokens), which the client exchanges for API tokens",
        );
    }
    add("credentials", "any other scheme: a `runtime::Authorize` that adds the credentials to each request");
    rows
}

/// OAuth 2 client credentials.
fn client_credentials(context: &Context<'_>, oauth: &OAuth) -> String {
    let Some(urls) = &oauth.client_urls else { return String::new() };
    let steps = if oauth.host_in_client_id { String::new() } else { builder_steps(context) };
    let host = if oauth.host_in_client_id { host_note(context) } else { String::new() };
    let key = match oauth.signs_by_default() {
        true => {
            " The secret is a private key, which signs the token requests; this requires the feature `private-key-jwt`, \
             which is enabled by default."
        }
        false => "",
    };
    let end = if host.is_empty() && key.is_empty() { ":" } else { "." };
    let note = paragraph(&format!(
        "With `client_credentials`, the client requests tokens from the token endpoint and renews them{end}{host}{key}"
    ));
    let name = context.package().library_name();
    let grant = ("ClientCredentials", "secret");
    let others: String =
        urls.others.iter().map(|(scheme, url)| other_endpoint(context, scheme, url, grant)).collect();
    format!(
        "\n{note}```rust,no_run\nuse {name}::{{Client, Error}};\n\n\
         fn client(id: &str, secret: &str) -> Result<Client, Error> {{\n    Client::builder()\n{steps}        \
         .client_credentials(id, secret)\n        .build()\n}}\n```\n{others}"
    )
}

/// Explains that the client id contains the host of the API.
fn host_note(context: &Context<'_>) -> String {
    let server = context.api.server.as_ref();
    let variables = server.into_iter().flat_map(|server| &server.variables);
    let required = variables.zip(context.names.server_variables()).filter(|(it, _)| it.default.is_none());
    let setters: Vec<String> = required.map(|(_, ident)| format!("`{}`", ident.as_str())).collect();
    let unneeded = match setters.as_slice() {
        [] => "No server has to be set".to_owned(),
        [only] => format!("{only} is not needed"),
        several => format!("{} are not needed", several.join(" and ")),
    };
    format!(" {unneeded}: the OAuth client id contains the host of the API.")
}

/// OAuth 2 refresh tokens.
fn refresh_token(context: &Context<'_>, oauth: &OAuth) -> String {
    let Some(urls) = &oauth.refresh_urls else { return String::new() };
    let (name, steps) = (context.package().library_name(), builder_steps(context));
    let grant = ("RefreshToken", "refresh_token");
    let others: String =
        urls.others.iter().map(|(scheme, url)| other_endpoint(context, scheme, url, grant)).collect();
    format!(
        "\nFor calls on behalf of a user, pass the refresh token that your login flow returned. The server may replace it\n\
         at each use; then `on_rotation` gets the new token, which has to be stored. For each refresh token, build a single `Client` and share it by cloning.\n\n\
         ```rust,no_run\nuse {name}::runtime::oauth::RefreshToken;\nuse {name}::{{Client, Error}};\n\n\
         fn client_of_user(\n    id: &str,\n    secret: &str,\n    refresh_token: &str,\n    store: fn(&str),\n) -> Result<Client, Error> {{\n    \
         let grant = RefreshToken::new(id, refresh_token)\n        \
         .with_client_secret(secret) // omit for an OAuth client without a secret\n        \
         .on_rotation(move |token| store(token.expose()));\n    \
         Client::builder()\n{steps}        .grant(grant)\n        .build()\n}}\n```\n{others}"
    )
}

/// A grant for a scheme with its own token endpoint. `proof` names what authenticates the client.
fn other_endpoint(context: &Context<'_>, scheme: &str, url: &str, (grant, proof): (&str, &str)) -> String {
    let (name, steps) = (context.package().library_name(), builder_steps(context));
    format!(
        "\nThe scheme {} has its own token endpoint, {}. Set its grant by the name of the scheme:\n\n```rust,no_run\n\
         use {name}::runtime::{{Credential, oauth::{grant}}};\nuse {name}::{{Client, Error}};\n\n\
         fn client(id: &str, {proof}: &str) -> Result<Client, Error> {{\n    \
         let grant = Credential::grant({grant}::new(id, {proof}));\n    \
         Client::builder()\n{steps}        .credential({scheme:?}, grant)\n        .build()\n}}\n```\n",
        docs::code(scheme),
        docs::code(url),
    )
}

/// The section about OAuth 2 scopes: the flows, and a table of all scopes.
pub(super) fn scopes_section(context: &Context<'_>) -> Option<String> {
    let scopes = scopes::scopes(&context.api.security)?;
    let names: Vec<String> = (scopes.flows.iter())
        .map(|(scheme, flow)| match scopes.has_several_schemes {
            true => format!("{} of {}", docs::code(flow.name), docs::code(&scheme.name)),
            false => docs::code(flow.name),
        })
        .collect();
    let (noun, possessive) = match names.as_slice() {
        [_] => ("this OAuth 2 flow", "Its"),
        _ => ("these OAuth 2 flows", "Their"),
    };
    let mut text = format!("## {SCOPES}\n\nThe document declares {noun}:\n\n");
    for (name, (_, flow)) in names.iter().zip(&scopes.flows) {
        let url = flow.authorization_url.as_deref().filter(|url| !url.is_empty());
        let url = url.map(|url| format!(", authorization at {}", docs::code(url))).unwrap_or_default();
        text.push_str(&format!("- {name}{url}\n"));
    }
    text.push_str(&format!("\n{possessive} scopes are:\n\n"));
    let cells = |row: &ScopeRow<'_>| [docs::code(row.name), docs::summary(row.description)];
    if scopes.rows.iter().all(|row| scopes.is_in_all_flows(row)) {
        text.push_str(&table(["Scope", "Meaning"], scopes.rows.iter().map(cells).collect()));
    } else {
        let rows = scopes.rows.iter().map(|row| {
            let flows: Vec<&str> = row.flows.iter().map(|position| names[*position].as_str()).collect();
            let flows = if scopes.is_in_all_flows(row) { "all".to_owned() } else { flows.join(", ") };
            let [name, meaning] = cells(row);
            [name, meaning, flows]
        });
        text.push_str(&table(["Scope", "Meaning", "Flows"], rows.collect()));
    }
    Some(text)
}

/// Explains the environment variables that `from_env` reads.
fn variables_text(context: &Context<'_>, environment: &Environment) -> String {
    let options = |group: &Vec<EnvCredential>| -> String {
        let option = |(index, option): (usize, &EnvCredential)| {
            let names: Vec<String> = option.variables.iter().map(|name| docs::code(name)).collect();
            format!("{}. {}\n", index + 1, names.join(" and "))
        };
        group.iter().enumerate().map(option).collect()
    };
    let mut text = match environment.credentials.as_slice() {
        [] => String::new(),
        [group] => match group.as_slice() {
            [only] => {
                let names: Vec<String> = only.variables.iter().map(|name| docs::code(name)).collect();
                format!("The credentials are in {}.\n\n", names.join(" and "))
            }
            _ => format!(
                "For the credentials, it uses the first of these\noptions whose variables are all set:\n\n{}\n",
                options(group)
            ),
        },
        groups => {
            let lists: Vec<String> = groups.iter().map(options).collect();
            format!(
                "For the credentials, it uses the first option\nof each list whose variables are all set:\n\n{}\n",
                lists.join("\n<!-- -->\n\n")
            )
        }
    };
    let (url, variables) = (&environment.base_url, &environment.server_variables);
    if url.is_none() && variables.is_empty() {
        return text;
    }
    let is_one = usize::from(url.is_some()) + variables.len() == 1;
    let (they_set, they_are) =
        if is_one { ("This variable sets", "it is") } else { ("These variables set", "they are") };
    let in_client_id = match context.api.security.oauth.as_ref().is_some_and(|oauth| oauth.host_in_client_id)
    {
        true => format!("; with an OAuth client id, {they_are} not needed"),
        false => String::new(),
    };
    text.push_str(&format!("{they_set} the URL{in_client_id}:\n\n"));
    text.extend(url.iter().map(|name| format!("- {}: the URL of the API\n", docs::code(name))));
    let note = url.as_ref().map(|name| format!("; ignored if {} is set", docs::code(name)));
    let note = note.unwrap_or_default();
    for (name, variable) in variables {
        let (name, variable) = (docs::code(name), docs::code(variable));
        text.push_str(&format!("- {variable}: the value of {name} in the default URL{note}\n"));
    }
    text.push('\n');
    text
}

fn from_env(context: &Context<'_>, environment: &Environment) -> String {
    let name = context.package().library_name();
    let variables = variables_text(context, environment);
    format!(
        "\n`Client::from_env()` reads environment variables. {variables}\
         ```rust,no_run\nuse {name}::{{Client, Error}};\n\n\
         fn client_from_env() -> Result<Client, Error> {{\n    Client::from_env()\n}}\n```\n"
    )
}
