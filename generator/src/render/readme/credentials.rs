//! The part about credentials: those that the document describes, by the names that the builder has for them.

use super::super::{Context, docs};
use super::{crate_name, served_at};
use crate::ir::{Environment, Flow, OAuth, Place, Scheme, Setter};

/// The usual credentials, as an example sets them.
pub(super) struct Usual {
    /// The parameters of the function around it.
    pub(super) parameters: &'static str,
    /// The call of the builder.
    pub(super) step: String,
}

/// What most users set: the credentials that the usual operation asks for first.
pub(super) fn usual(context: &Context<'_>) -> Option<Usual> {
    let security = &context.api.security;
    let asked = security.usual.iter().flatten();
    let mut schemes = asked.filter_map(|name| {
        let mut all = security.schemes.iter().zip(context.names.security_schemes());
        all.find(|(scheme, _)| scheme.name == *name)
    });
    let (scheme, ident) = schemes.next()?;
    let method = method(scheme, ident.as_ref().map_or("", |ident| ident.as_str()));
    let (parameters, arguments) = match &scheme.place {
        Place::Bearer => ("token: &str", "token"),
        Place::Basic => ("user: &str, password: &str", "user, password"),
        Place::Header(_) | Place::Query(_) | Place::Cookie(_) => ("key: &str", "key"),
    };
    Some(Usual { parameters, step: format!("{method}({arguments})") })
}

/// The method of the builder that sets the credentials of a scheme.
fn method<'a>(scheme: &Scheme, ident: &'a str) -> &'a str {
    match (scheme.setter, &scheme.place) {
        (Setter::OfScheme, _) => ident,
        (_, Place::Bearer) => "bearer_token",
        (_, Place::Basic) => "basic_auth",
        (_, Place::Header(_) | Place::Query(_) | Place::Cookie(_)) => "api_key",
    }
}

/// The section of the README.
pub(super) fn section(context: &Context<'_>) -> String {
    let security = &context.api.security;
    let mut text = "## Credentials\n\n".to_owned();
    text.push_str(if security.schemes.is_empty() {
        "The document describes no credentials. Those that the builder is given go with every request:\n\n"
    } else {
        "A request carries what the document asks for on behalf of its operation, as far as the builder was given it;\n\
         an operation that asks for nothing gets nothing. The builder takes\n\n"
    });
    lines(context).iter().for_each(|line| text.push_str(&format!("- {line}\n")));
    if let Some(oauth) = &security.oauth {
        text.push_str(&of_clients(context, oauth));
        text.push_str(&of_users(context, oauth));
    }
    text.push_str(&scopes(&security.schemes));
    if let Some(environment) = &security.environment {
        text.push('\n');
        text.push_str(&from_env(context, environment));
    }
    let hosts = match security.oauth {
        Some(_) => "those of the API and\nof its tokens",
        None => "the one that the client\nwas built for",
    };
    text.push_str(&format!(
        "\nNo secret is shown by `Debug` or by an error, and none is sent to another host than {hosts}, whatever a response \
         redirects to.\n"
    ));
    text
}

/// What the builder takes, a line each.
fn lines(context: &Context<'_>) -> Vec<String> {
    let security = &context.api.security;
    let mut lines: Vec<String> = security
        .schemes
        .iter()
        .zip(context.names.security_schemes())
        .filter(|(scheme, _)| scheme.setter != Setter::Common)
        .map(|(scheme, ident)| {
            let method = method(scheme, ident.as_ref().map_or("", |ident| ident.as_str()));
            let sent = match &scheme.place {
                Place::Bearer => "a bearer token".to_owned(),
                Place::Basic => "the name and the password of a user".to_owned(),
                Place::Header(name) => format!("a key, sent in the header {}", docs::code(name)),
                Place::Query(name) => format!("a key, sent in the query as {}", docs::code(name)),
                Place::Cookie(name) => format!("a key, sent in the cookie {}", docs::code(name)),
            };
            format!("`{method}`: {sent};")
        })
        .collect();
    if security.takes_tokens() || security.schemes.is_empty() {
        lines.push("`bearer_token`: a token that is sent as it is;".to_owned());
        lines.push(
            "`token_provider`: a closure or a `runtime::TokenProvider` that is asked for tokens. One that says how long\n  \
             it lasts is kept until a minute before its end, and fetched once however many calls wait for it;"
                .to_owned(),
        );
    }
    let oauth = security.oauth.as_ref();
    if oauth.is_some_and(|oauth| oauth.users.is_some()) {
        lines.push(
            "`grant`, with a `runtime::oauth::RefreshToken`: what a user has let the client do on their behalf;"
                .to_owned(),
        );
    }
    if oauth.is_some_and(|oauth| oauth.clients.is_some()) {
        lines
            .push("`client_credentials`: the id and the secret of a client, which get it tokens;".to_owned());
        lines.push(
            "`token_exchange`: tokens of another issuer, which are exchanged for tokens of the API;"
                .to_owned(),
        );
    }
    lines.push("`credentials`: anything else, by a `runtime::Authorize` that sees each request.".to_owned());
    lines
}

/// How a client that speaks for itself gets tokens.
fn of_clients(context: &Context<'_>, oauth: &OAuth) -> String {
    let Some(urls) = &oauth.clients else { return String::new() };
    let steps = if oauth.host_in_client_id { String::new() } else { served_at(context) };
    let note = if oauth.host_in_client_id {
        "The id names the host, so that there is nothing else to set.\n\n"
    } else {
        ""
    };
    let name = crate_name(context);
    let grant = ("ClientCredentials", "secret");
    let others: String =
        urls.others.iter().map(|(scheme, url)| of_another(context, scheme, url, grant)).collect();
    format!(
        "\n{note}```rust,no_run\nuse {name}::{{Client, Error}};\n\n\
         fn connect_as_client(id: &str, secret: &str) -> Result<Client, Error> {{\n    Client::builder()\n{steps}        \
         .client_credentials(id, secret)\n        .build()\n}}\n```\n{others}"
    )
}

/// How a client that acts for a user gets tokens.
fn of_users(context: &Context<'_>, oauth: &OAuth) -> String {
    let Some(urls) = &oauth.users else { return String::new() };
    let (name, steps) = (crate_name(context), served_at(context));
    let grant = ("RefreshToken", "refresh_token");
    let others: String =
        urls.others.iter().map(|(scheme, url)| of_another(context, scheme, url, grant)).collect();
    format!(
        "\nA client that acts for a user has got a refresh token when the user let it, and gets its other tokens by that. A\n\
         server may replace it each time, and take the old one no more: keep the new one, and have one `Client` and its\n\
         clones to a refresh token.\n\n\
         ```rust,no_run\nuse {name}::runtime::oauth::RefreshToken;\nuse {name}::{{Client, Error}};\n\n\
         fn connect_for_user(\n    id: &str,\n    secret: &str,\n    refresh_token: &str,\n    keep: fn(&str),\n) -> Result<Client, Error> {{\n    \
         let grant = RefreshToken::new(id, refresh_token)\n        \
         .with_client_secret(secret) // if it has one\n        \
         .on_rotation(move |token| keep(token.expose()));\n    \
         Client::builder()\n{steps}        .grant(grant)\n        .build()\n}}\n```\n{others}"
    )
}

/// How a client gets tokens for a scheme that has a URL of its own for them: by a grant, which takes its id and what shows
/// that it is that client.
fn of_another(context: &Context<'_>, scheme: &str, url: &str, (grant, proof): (&str, &str)) -> String {
    let (name, steps) = (crate_name(context), served_at(context));
    format!(
        "\nTokens for {} come from {}, which is not asked unless it is told who asks:\n\n```rust,no_run\n\
         use {name}::runtime::{{Credential, oauth::{grant}}};\nuse {name}::{{Client, Error}};\n\n\
         fn connect(id: &str, {proof}: &str) -> Result<Client, Error> {{\n    \
         let grant = Credential::grant({grant}::new(id, {proof}));\n    \
         Client::builder()\n{steps}        .credential({scheme:?}, grant)\n        .build()\n}}\n```\n",
        docs::code(scheme),
        docs::code(url),
    )
}

/// The scopes that the document describes, of each flow; of flows with the same ones together.
fn scopes(schemes: &[Scheme]) -> String {
    let mut groups: Vec<(Vec<String>, &Flow)> = Vec::new();
    let several = schemes.iter().filter(|scheme| !scheme.flows.is_empty()).count() > 1;
    for (scheme, flow) in
        schemes.iter().flat_map(|scheme| scheme.flows.iter().map(move |flow| (scheme, flow)))
    {
        let of = if several { format!(" of {}", docs::code(&scheme.name)) } else { String::new() };
        let at = flow.authorization_url.as_deref().filter(|url| !url.is_empty());
        let at = at.map(|url| format!(", which begins at {}", docs::code(url))).unwrap_or_default();
        let name = format!("{}{of}{at}", docs::code(flow.name));
        match groups.iter_mut().find(|(_, other)| other.scopes == flow.scopes) {
            Some((names, _)) => names.push(name),
            None => groups.push((vec![name], flow)),
        }
    }
    let mut text = String::new();
    for (names, flow) in groups.iter().filter(|(_, flow)| !flow.scopes.is_empty()) {
        text.push_str(&format!("\nScopes of the flow {}:\n\n", names.join(", and of ")));
        for (scope, meaning) in &flow.scopes {
            let meaning = docs::rustdoc(meaning).join("\n  ");
            let meaning = if meaning.is_empty() { String::new() } else { format!(": {meaning}") };
            text.push_str(&format!("- {}{meaning}\n", docs::code(scope)));
        }
    }
    text
}

fn from_env(context: &Context<'_>, environment: &Environment) -> String {
    let name = crate_name(context);
    let variables = super::super::credentials::variables(environment).join("\n");
    format!(
        "`Client::from_env()` reads the environment, of each line the first that is there:\n\n{variables}\n\n\
         ```rust,no_run\nlet client = {name}::Client::from_env().expect(\"the environment is complete\");\n```\n"
    )
}
