//! Copies the runtime, the hand-written half of every crate, to `src/runtime/`.
//!
//! The code is copied verbatim; only the crate name in doctests changes. The parts that the document does not need are
//! left out: in the runtime's own package, they are Cargo features (`parts`), and the items of an absent feature are not
//! copied (`conditions`). Unit tests are not copied either.
//!
//! If several clients share the runtime, it is a crate of its own (`shared`), and the types that get methods from generated
//! code are wrapped (`methods`).

mod conditions;
pub(super) mod methods;
mod parts;
pub(super) mod shared;

use std::borrow::Cow;
use std::collections::BTreeSet;

use super::context::Context;
use super::source_file::header;
use crate::analyze::RuntimePart;
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
    "blocking/iterator.rs"
    "blocking/mod.rs"
    "blocking/reader.rs"
    "blocking/run.rs"
    "blocking/wait.rs"
    "call/decode.rs"
    "call/download.rs"
    "call/exchange.rs"
    "call/mod.rs"
    "call/multipart.rs"
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
    "codec/encodings.rs"
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
    "mock/check_values.rs"
    "mock/conditions.rs"
    "mock/constraints.rs"
    "mock/credentials.rs"
    "mock/endpoint.rs"
    "mock/expected.rs"
    "mock/form.rs"
    "mock/formats.rs"
    "mock/limits.rs"
    "mock/mod.rs"
    "mock/multipart.rs"
    "mock/operation.rs"
    "mock/page_sequence.rs"
    "mock/pages.rs"
    "mock/pattern.rs"
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
    "oauth/assertion.rs"
    "oauth/authenticator.rs"
    "oauth/client_credentials.rs"
    "oauth/endpoint.rs"
    "oauth/key.rs"
    "oauth/mod.rs"
    "oauth/refresh_token.rs"
    "oauth/token_client.rs"
    "oauth/token_exchange.rs"
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
    "wire/formats/chrono.rs"
    "wire/formats/date_time.rs"
    "wire/formats/jiff.rs"
    "wire/formats/mod.rs"
    "wire/formats/seconds.rs"
    "wire/formats/time.rs"
    "wire/formats/uuid.rs"
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

/// Returns the text of a runtime file, whose doctests refer to the runtime in hidden lines: by the path `runtime`, or under another
/// name as the crate `library`.
fn in_doctests<'t>(text: Cow<'t, str>, library: &str, runtime: &str) -> Cow<'t, str> {
    // Text without doctests is not copied.
    if !text.contains("# use runtime") {
        return text;
    }
    let text = text.replace("# use runtime::", &format!("# use {runtime}::"));
    text.replace("# use runtime as ", &format!("# use {library} as ")).into()
}

/// The feature of the items that only a shared runtime has.
const SHARED: &str = "shared";

/// Returns the features of the shared runtime that the client needs, and the features that only its mock server needs.
pub(super) fn shared_features(context: &Context<'_>) -> (BTreeSet<&'static str>, BTreeSet<&'static str>) {
    let is_of_mock = |part: &RuntimePart| matches!(part, RuntimePart::Constraints | RuntimePart::Patterns);
    let (of_mock, of_client) = context.runtime_parts().into_iter().partition(is_of_mock);
    (parts::features(&of_client), parts::features(&of_mock))
}

/// `src/runtime/`.
pub(super) fn render(context: &Context<'_>, tree: &mut FileTree) {
    if context.package().runtime.is_some() {
        return;
    }
    let library = context.package().library_name();
    let runtime = format!("{library}::runtime");
    for (path, text) in selected(&parts::features(&context.runtime_parts())) {
        // The root of the runtime crate is a module here.
        let path = if path == "lib.rs" { "mod.rs" } else { path };
        tree.insert(format!("src/runtime/{path}"), in_doctests(text, &library, &runtime));
    }
}

/// Returns the files of the runtime with these features, without the items of other features.
fn selected(features: &BTreeSet<&str>) -> Vec<(&'static str, Cow<'static, str>)> {
    let mut absent = Vec::new();
    let mut files = Vec::new();
    for (path, text) in FILES {
        let is_enabled = |feature: &str| match feature {
            SHARED => Some(false),
            part => parts::is_enabled(part, features),
        };
        let resolved = conditions::resolve(text, &is_enabled);
        let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
        absent.extend(resolved.absent_modules.iter().map(|module| match folder {
            "" => (*module).to_owned(),
            folder => format!("{folder}/{module}"),
        }));
        files.push((*path, resolved.text));
    }
    let is_absent = |path: &str| {
        absent.iter().any(|module| {
            path.strip_prefix(module.as_str()).is_some_and(|rest| rest == ".rs" || rest.starts_with('/'))
        })
    };
    files.retain(|(path, _)| !is_absent(path));
    files
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::{FILES, parts, selected};

    /// Returns the paths of the files that are copied without a part.
    fn left_out(features: &BTreeSet<&str>) -> Vec<&'static str> {
        let copied: BTreeSet<&str> = selected(features).into_iter().map(|(path, _)| path).collect();
        FILES.iter().map(|(path, _)| *path).filter(|path| !copied.contains(path)).collect()
    }

    #[test]
    fn all_features_copy_all_files_without_conditions() {
        let all: BTreeSet<&str> = parts::all().collect();
        assert_eq!(left_out(&all), [""; 0]);
        for (path, text) in selected(&all) {
            for feature in &all {
                assert!(!text.contains(&format!("feature = \"{feature}\"")), "{path}: {feature}");
            }
        }
    }

    #[test]
    fn each_part_leaves_out_its_files() {
        let check = |feature: &str, expected: &[&str]| {
            let others = parts::all().filter(|other| *other != feature).collect();
            assert_eq!(left_out(&others), expected, "{feature}");
        };
        check("any", &["wire/any.rs"]);
        check("downloads", &["blocking/reader.rs", "call/download.rs"]);
        check("encodings", &["codec/encodings.rs"]);
        check("environment", &["client/environment.rs"]);
        check("integer-enums", &["wire/integer.rs"]);
        check("keyed-unions", &["wire/keyed_union.rs"]);
        check("multipart", &["call/multipart.rs", "codec/multipart.rs", "mock/multipart.rs"]);
        check("nullable", &["wire/nullable.rs"]);
        check("oauth-users", &["oauth/refresh_token.rs"]);
        check("patterns", &["mock/pattern.rs"]);
        check("text-enums", &["wire/text.rs"]);
        check("unions", &["wire/union.rs"]);
        check("uuid", &["wire/formats/uuid.rs"]);
    }

    #[test]
    fn modules_are_left_out_as_a_whole() {
        let without = left_out(&parts::all().filter(|feature| *feature != "pages").collect());
        assert!(
            FILES
                .iter()
                .filter(|(path, _)| path.starts_with("pages/"))
                .all(|(path, _)| without.contains(path))
        );
        assert!(without.contains(&"mock/page_sequence.rs"), "{without:?}");
        // Unions need it as well.
        assert!(!without.contains(&"wire/json_node.rs"), "{without:?}");
        let without = left_out(&BTreeSet::new());
        assert!(without.contains(&"wire/json_node.rs"), "{without:?}");
    }
}
