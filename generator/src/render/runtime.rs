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
    "wire/input.rs"
    "wire/integer.rs"
    "wire/json.rs"
    "wire/macros.rs"
    "wire/mod.rs"
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
    "oauth/client_credentials.rs"
    "oauth/endpoint.rs"
    "oauth/key.rs"
    "oauth/mod.rs"
    "oauth/token_exchange.rs"
};
const OAUTH_MODULE: &str = "pub mod oauth;\n";

/// The files about formats of text, by what they export: a crate has those that its document needs.
const FORMATS: &[(&str, &str, &str)] = &[
    ("chrono", "", include_str!("../../runtime/src/wire/formats/chrono.rs")),
    ("date_time", "{FullDate, Rfc3339}", include_str!("../../runtime/src/wire/formats/date_time.rs")),
    ("jiff", "", include_str!("../../runtime/src/wire/formats/jiff.rs")),
    ("seconds", "Seconds", include_str!("../../runtime/src/wire/formats/seconds.rs")),
    ("time", "", include_str!("../../runtime/src/wire/formats/time.rs")),
    ("uuid", "Hyphenated", include_str!("../../runtime/src/wire/formats/uuid.rs")),
];

/// How an example begins that is compiled, with a line that is not shown.
const IN_EXAMPLES: &str = "/// # use runtime::";

/// `src/runtime/`.
pub(super) fn render(context: &Context<'_>, tree: &mut FileTree) {
    let name = context.package.library_name();
    let has_oauth = context.api.security.oauth.is_some();
    for (path, text) in FILES.iter().chain(OAUTH.iter().filter(|_| has_oauth)) {
        // What is the root of a crate there is a module here.
        let path = if *path == "lib.rs" { "mod.rs" } else { path };
        let text = text.replace(IN_EXAMPLES, &format!("/// # use {name}::runtime::"));
        let text = if has_oauth { text } else { text.replace(OAUTH_MODULE, "") };
        tree.insert(format!("src/runtime/{path}"), format!("{HEADER}{text}"));
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
