//! Copies the runtime, the hand-written half of every crate, to `src/runtime/`.
//!
//! The code is copied verbatim; only the crate name in doctests changes. Modules that the document does not need are left
//! out.

use std::borrow::Cow;

use super::context::Context;
use super::source_file::{HEADER, header};
use crate::file_tree::FileTree;

/// A file of the runtime, with its first line.
macro_rules! runtime_file {
    ($path:literal) => {
        concat!(header!(), include_str!(concat!("../../runtime/src/", $path)))
    };
}

macro_rules! embedded {
    ($($path:literal)*) => {
        [$(($path, runtime_file!($path))),*]
    };
}

/// Every file of the runtime.
const FILES: &[(&str, &str)] = &embedded! {
    "api/mod.rs"
    "api/oauth.rs"
    "api/operation.rs"
    "api/scheme.rs"
    "auth/authorize.rs"
    "auth/cache.rs"
    "auth/clock.rs"
    "auth/credential.rs"
    "auth/credentials.rs"
    "auth/header_value.rs"
    "auth/mod.rs"
    "auth/secret.rs"
    "auth/shared_future.rs"
    "auth/token.rs"
    "auth/transient.rs"
    "blocking.rs"
    "call/decode.rs"
    "call/download.rs"
    "call/exchange.rs"
    "call/mod.rs"
    "call/redirect.rs"
    "call/request.rs"
    "call/request_ext.rs"
    "call/response_future.rs"
    "call/send.rs"
    "call/trace.rs"
    "call/typed_call.rs"
    "client/base_url.rs"
    "client/builder.rs"
    "client/credentials.rs"
    "client/environment.rs"
    "client/mod.rs"
    "client/retry.rs"
    "client/transport_settings.rs"
    "codec/charset.rs"
    "codec/mod.rs"
    "codec/multipart.rs"
    "codec/parameter.rs"
    "codec/response_header.rs"
    "codec/scalar.rs"
    "codec/style.rs"
    "error/body.rs"
    "error/display.rs"
    "error/limited.rs"
    "error/mod.rs"
    "error/new_error.rs"
    "error/node.rs"
    "error/predicates.rs"
    "error/problems.rs"
    "error/sanitize.rs"
    "error/server_message.rs"
    "lib.rs"
    "mock/check.rs"
    "mock/conditions.rs"
    "mock/constraints.rs"
    "mock/credentials.rs"
    "mock/endpoint.rs"
    "mock/expected.rs"
    "mock/form.rs"
    "mock/formats.rs"
    "mock/limits.rs"
    "mock/mod.rs"
    "mock/operation.rs"
    "mock/page_sequence.rs"
    "mock/readings.rs"
    "mock/received.rs"
    "mock/rejection.rs"
    "mock/response_body.rs"
    "mock/responses.rs"
    "mock/route.rs"
    "mock/schema_check.rs"
    "mock/server.rs"
    "mock/state.rs"
    "mock/text_values.rs"
    "mock/violation.rs"
    "net/body.rs"
    "net/failure_reason.rs"
    "net/fetch_transport.rs"
    "net/headers.rs"
    "net/idle.rs"
    "net/middleware.rs"
    "net/mod.rs"
    "net/origin.rs"
    "net/payload.rs"
    "net/random.rs"
    "net/recorded_request.rs"
    "net/reference.rs"
    "net/reqwest_transport.rs"
    "net/response.rs"
    "net/retry_hint.rs"
    "net/secrets.rs"
    "net/time.rs"
    "net/transport.rs"
    "net/transport_error.rs"
    "pages/content.rs"
    "pages/extent.rs"
    "pages/link.rs"
    "pages/listing.rs"
    "pages/lookup.rs"
    "pages/mod.rs"
    "pages/next_page.rs"
    "pages/page.rs"
    "pages/page_param.rs"
    "pages/pagination.rs"
    "pages/visited.rs"
    "rules/connection_header.rs"
    "rules/invisible.rs"
    "rules/media_type.rs"
    "rules/mod.rs"
    "rules/secret_name.rs"
    "rules/server_url.rs"
    "stream/event.rs"
    "stream/event_parser.rs"
    "stream/events.rs"
    "stream/json_lines.rs"
    "stream/mod.rs"
    "stream/splitter.rs"
    "testing.rs"
    "wire/any.rs"
    "wire/codec.rs"
    "wire/collect.rs"
    "wire/decode_budget.rs"
    "wire/direction.rs"
    "wire/encoder.rs"
    "wire/explain.rs"
    "wire/field_names.rs"
    "wire/fit.rs"
    "wire/input.rs"
    "wire/integer.rs"
    "wire/json.rs"
    "wire/json_node.rs"
    "wire/json_text.rs"
    "wire/keyed_union.rs"
    "wire/macros.rs"
    "wire/mod.rs"
    "wire/nesting.rs"
    "wire/nullable.rs"
    "wire/number.rs"
    "wire/output.rs"
    "wire/parts.rs"
    "wire/path.rs"
    "wire/private_name.rs"
    "wire/strict.rs"
    "wire/structs.rs"
    "wire/text.rs"
    "wire/tree_size.rs"
    "wire/type_name.rs"
    "wire/union.rs"
    "wire/unknown_fields.rs"
};

/// The files for OAuth 2. A crate only has them if its document or configuration has a token endpoint.
const OAUTH: &[(&str, &str)] = &embedded! {
    "oauth/assertion.rs"
    "oauth/endpoint.rs"
    "oauth/key.rs"
    "oauth/mod.rs"
    "oauth/authenticator.rs"
    "oauth/token_client.rs"
};
const OAUTH_MODULE: &str = "pub mod oauth;\n";

/// Modules: the name, the exported items, and the text of the file.
type Modules = &'static [(&'static str, &'static str, &'static str)];

/// The charsets other than UTF-8. A crate only decodes them if its document has text responses.
const ENCODINGS: &str = runtime_file!("codec/encodings.rs");
const NO_ENCODINGS: &str = concat!(
    header!(),
    r#"//! Charsets other than UTF-8. This crate has none, because its document has no text responses.

/// Returns a message.
pub(super) fn decode(charset: &str, _: &[u8]) -> Result<String, String> {
    Err(format!("the charset {charset:?} of the response body is not supported"))
}
"#
);

/// The patterns of strings. A mock server only checks them if its document has some.
const PATTERNS: &str = runtime_file!("mock/pattern.rs");
const NO_PATTERNS: &str = concat!(
    header!(),
    r#"//! Patterns of strings. This crate has none, because its document has no patterns.

/// Decides nothing.
pub(super) fn is_match(_: &str, _: &str) -> Option<bool> {
    None
}
"#
);

/// The OAuth 2 grants. A crate has those for which its document has a flow.
const FOR_CLIENTS: Modules = &[
    ("client_credentials", "ClientCredentials", runtime_file!("oauth/client_credentials.rs")),
    ("token_exchange", "TokenExchange", runtime_file!("oauth/token_exchange.rs")),
];
const FOR_USERS: Modules = &[("refresh_token", "RefreshToken", runtime_file!("oauth/refresh_token.rs"))];

/// The modules for string formats. A crate has those that its document needs.
const FORMATS: Modules = &[
    ("chrono", "", runtime_file!("wire/formats/chrono.rs")),
    ("date_time", "{FullDate, Rfc3339}", runtime_file!("wire/formats/date_time.rs")),
    ("jiff", "", runtime_file!("wire/formats/jiff.rs")),
    ("seconds", "Seconds", runtime_file!("wire/formats/seconds.rs")),
    ("time", "", runtime_file!("wire/formats/time.rs")),
    ("uuid", "Hyphenated", runtime_file!("wire/formats/uuid.rs")),
];

/// Hidden lines of doctests that refer to the runtime by name, and their replacements.
const IN_EXAMPLES: [(&str, &str); 2] =
    [("# use runtime::", "# use CRATE::runtime::"), ("# use runtime as ", "# use CRATE as ")];

/// Removes the modules of absent grants from the text of a module.
fn without(text: &str, grants: [(Modules, bool); 2]) -> String {
    let absent = grants.into_iter().filter(|(_, is_there)| !is_there).flat_map(|(grants, _)| grants);
    absent.fold(text.to_owned(), |text, (module, export, _)| {
        text.replace(&format!("mod {module};\n"), "").replace(&format!("pub use {module}::{export};\n"), "")
    })
}

/// Returns the text of a runtime file, with the name of the crate in its doctests. Text without doctests is not copied.
fn in_crate(text: Cow<'static, str>, name: &str) -> Cow<'static, str> {
    if !text.contains("# use runtime") {
        return text;
    }
    let examples = IN_EXAMPLES.iter();
    examples.fold(text, |text, (here, there)| text.replace(here, &there.replace("CRATE", name)).into())
}

/// `src/runtime/`.
pub(super) fn render(context: &Context<'_>, tree: &mut FileTree) {
    let name = context.package().library_name();
    let mut insert = |path: &str, text: Cow<'static, str>| {
        tree.insert(format!("src/runtime/{path}"), in_crate(text, &name));
    };
    let oauth = context.api.security.oauth.as_ref();
    for (path, text) in FILES {
        match *path {
            // The root of the runtime crate is a module here.
            "lib.rs" if oauth.is_some() => insert("mod.rs", (*text).into()),
            "lib.rs" => insert("mod.rs", text.replace(OAUTH_MODULE, "").into()),
            path => insert(path, (*text).into()),
        }
    }
    insert("codec/encodings.rs", if context.receives_text() { ENCODINGS } else { NO_ENCODINGS }.into());
    insert("mock/pattern.rs", if context.checks_patterns() { PATTERNS } else { NO_PATTERNS }.into());
    if let Some(oauth) = oauth {
        let grants = [(FOR_CLIENTS, oauth.client_urls.is_some()), (FOR_USERS, oauth.refresh_urls.is_some())];
        for (path, text) in OAUTH {
            match *path {
                "oauth/mod.rs" => insert(path, without(text, grants).into()),
                path => insert(path, (*text).into()),
            }
        }
        for (module, _, text) in
            grants.iter().filter(|(_, is_there)| *is_there).flat_map(|(grants, _)| *grants)
        {
            insert(&format!("oauth/{module}.rs"), (*text).into());
        }
    }
    let needed: Vec<_> = FORMATS.iter().filter(|(module, ..)| context.libraries().needs(module)).collect();
    let mut index = "//! String formats with types of other crates.\n".to_owned();
    for (module, ..) in &needed {
        index.push_str(&format!("\nmod {module};"));
    }
    index.push('\n');
    for (module, exports, _) in needed.iter().filter(|(_, exports, _)| !exports.is_empty()) {
        index.push_str(&format!("\npub use {module}::{exports};"));
    }
    for (module, _, text) in &needed {
        tree.insert(format!("src/runtime/wire/formats/{module}.rs"), *text);
    }
    tree.insert("src/runtime/wire/formats/mod.rs", format!("{HEADER}{index}\n"));
}
