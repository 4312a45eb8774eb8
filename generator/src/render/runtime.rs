//! The hand-written half of the crate, embedded verbatim; only its examples call it by the name that it has here, and
//! modules that the document has no use for are left out.

use super::Context;
use super::source_file::HEADER;
use crate::file_tree::FileTree;

macro_rules! embedded {
    ($($path:literal)*) => {
        [$(($path, include_str!(concat!("../../runtime/src/", $path)))),*]
    };
}

/// Every file of the runtime.
const FILES: &[(&str, &str)] = &embedded! {
    "api.rs"
    "auth/authorize.rs"
    "auth/builder.rs"
    "auth/cache.rs"
    "auth/clock.rs"
    "auth/credentials.rs"
    "auth/flight.rs"
    "auth/mod.rs"
    "auth/oauth.rs"
    "auth/scheme.rs"
    "auth/secret.rs"
    "auth/token.rs"
    "auth/transient.rs"
    "base_url.rs"
    "blocking.rs"
    "body.rs"
    "call.rs"
    "client.rs"
    "download.rs"
    "environment.rs"
    "error/body.rs"
    "error/causes.rs"
    "error/line.rs"
    "error/mod.rs"
    "error/questions.rs"
    "error/said.rs"
    "error/show.rs"
    "exchange.rs"
    "fetch_transport.rs"
    "header.rs"
    "idle.rs"
    "lib.rs"
    "middleware.rs"
    "mock/answer.rs"
    "mock/check.rs"
    "mock/credentials.rs"
    "mock/endpoint.rs"
    "mock/form.rs"
    "mock/kind.rs"
    "mock/mod.rs"
    "mock/on.rs"
    "mock/received.rs"
    "mock/rejection.rs"
    "mock/route.rs"
    "mock/server.rs"
    "mock/state.rs"
    "multipart.rs"
    "operation.rs"
    "pages/ask.rs"
    "pages/link.rs"
    "pages/look.rs"
    "pages/mod.rs"
    "pages/paging.rs"
    "pages/trail.rs"
    "parameter.rs"
    "payload.rs"
    "random.rs"
    "redirect.rs"
    "reference.rs"
    "request.rs"
    "request_ext.rs"
    "reqwest_transport.rs"
    "response.rs"
    "response_header.rs"
    "retry.rs"
    "secrets.rs"
    "streams/event_parser.rs"
    "streams/events.rs"
    "streams/json_lines.rs"
    "streams/mod.rs"
    "streams/splitter.rs"
    "style.rs"
    "testing.rs"
    "time.rs"
    "trace.rs"
    "transport.rs"
    "wire/any.rs"
    "wire/codec.rs"
    "wire/direction.rs"
    "wire/effort.rs"
    "wire/input.rs"
    "wire/integer.rs"
    "wire/json.rs"
    "wire/macros.rs"
    "wire/mod.rs"
    "wire/number.rs"
    "wire/one_of.rs"
    "wire/output.rs"
    "wire/path.rs"
    "wire/structs.rs"
    "wire/text.rs"
    "wire/type_name.rs"
    "wire/union.rs"
};

/// The files about tokens that a server hands out, and the line that makes a module of them: a crate has them where it
/// is known which server that is.
const OAUTH: &[(&str, &str)] = &embedded! {
    "oauth/assertion.rs"
    "oauth/endpoint.rs"
    "oauth/key.rs"
    "oauth/mod.rs"
    "oauth/proof.rs"
};
const OAUTH_MODULE: &str = "pub mod oauth;\n";

/// Modules with what each exports and its file.
type Modules = &'static [(&'static str, &'static str, &'static str)];

/// The grants that a crate has where its document has a flow for them.
const FOR_CLIENTS: Modules = &[
    (
        "client_credentials",
        "ClientCredentials",
        include_str!("../../runtime/src/oauth/client_credentials.rs"),
    ),
    ("token_exchange", "TokenExchange", include_str!("../../runtime/src/oauth/token_exchange.rs")),
];
const FOR_USERS: Modules =
    &[("refresh_token", "RefreshToken", include_str!("../../runtime/src/oauth/refresh_token.rs"))];

/// The files about formats of text, by what they export: a crate has those that its document needs.
const FORMATS: Modules = &[
    ("chrono", "", include_str!("../../runtime/src/wire/formats/chrono.rs")),
    ("date_time", "{FullDate, Rfc3339}", include_str!("../../runtime/src/wire/formats/date_time.rs")),
    ("jiff", "", include_str!("../../runtime/src/wire/formats/jiff.rs")),
    ("seconds", "Seconds", include_str!("../../runtime/src/wire/formats/seconds.rs")),
    ("time", "", include_str!("../../runtime/src/wire/formats/time.rs")),
    ("uuid", "Hyphenated", include_str!("../../runtime/src/wire/formats/uuid.rs")),
];

/// How an example begins that is compiled, with a line that is not shown: the crate's items, and the crate itself.
const IN_EXAMPLES: [(&str, &str); 2] =
    [("# use runtime::", "# use CRATE::runtime::"), ("# use runtime as ", "# use CRATE as ")];

/// The text of a module without those of its modules that are not there.
fn without(text: &str, grants: [(Modules, bool); 2]) -> String {
    let absent = grants.into_iter().filter(|(_, is_there)| !is_there).flat_map(|(grants, _)| grants);
    absent.fold(text.to_owned(), |text, (module, export, _)| {
        text.replace(&format!("mod {module};\n"), "").replace(&format!("pub use {module}::{export};\n"), "")
    })
}

/// `src/runtime/`.
pub(super) fn render(context: &Context<'_>, tree: &mut FileTree) {
    let name = context.package.library_name();
    let mut insert = |path: &str, text: &str| {
        let text = IN_EXAMPLES
            .iter()
            .fold(text.to_owned(), |text, (here, there)| text.replace(here, &there.replace("CRATE", &name)));
        tree.insert(format!("src/runtime/{path}"), format!("{HEADER}{text}"));
    };
    let oauth = context.api.security.oauth.as_ref();
    for (path, text) in FILES {
        match *path {
            // What is the root of a crate there is a module here.
            "lib.rs" if oauth.is_some() => insert("mod.rs", text),
            "lib.rs" => insert("mod.rs", &text.replace(OAUTH_MODULE, "")),
            path => insert(path, text),
        }
    }
    if let Some(oauth) = oauth {
        let grants = [(FOR_CLIENTS, oauth.clients.is_some()), (FOR_USERS, oauth.users.is_some())];
        for (path, text) in OAUTH {
            match *path {
                "oauth/mod.rs" => insert(path, &without(text, grants)),
                path => insert(path, text),
            }
        }
        for (module, _, text) in
            grants.iter().filter(|(_, is_there)| *is_there).flat_map(|(grants, _)| *grants)
        {
            insert(&format!("oauth/{module}.rs"), text);
        }
    }
    let needed: Vec<_> = FORMATS.iter().filter(|(module, ..)| context.libraries.needs(module)).collect();
    let mut index = "//! Formats of text that have types of their own, in other crates.\n".to_owned();
    for (module, ..) in &needed {
        index.push_str(&format!("\nmod {module};"));
    }
    index.push('\n');
    for (module, exports, _) in needed.iter().filter(|(_, exports, _)| !exports.is_empty()) {
        index.push_str(&format!("\npub use {module}::{exports};"));
    }
    for (module, _, text) in &needed {
        tree.insert(format!("src/runtime/wire/formats/{module}.rs"), format!("{HEADER}{text}"));
    }
    tree.insert("src/runtime/wire/formats/mod.rs", format!("{HEADER}{index}\n"));
}
