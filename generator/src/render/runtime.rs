//! The hand-written half of the crate, embedded verbatim.

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
    "authorize.rs"
    "base_url.rs"
    "body.rs"
    "client.rs"
    "download.rs"
    "error/causes.rs"
    "error/line.rs"
    "error/mod.rs"
    "error/questions.rs"
    "error/said.rs"
    "exchange.rs"
    "lib.rs"
    "multipart.rs"
    "operation.rs"
    "parameter.rs"
    "payload.rs"
    "redirect.rs"
    "request.rs"
    "reqwest_transport.rs"
    "response.rs"
    "secret.rs"
    "style.rs"
    "transport.rs"
    "wire/any.rs"
    "wire/codec.rs"
    "wire/input.rs"
    "wire/json.rs"
    "wire/macros.rs"
    "wire/mod.rs"
    "wire/one_of.rs"
    "wire/output.rs"
    "wire/path.rs"
    "wire/structs.rs"
    "wire/text.rs"
};

/// `src/runtime/`.
pub(super) fn render(tree: &mut FileTree) {
    for (path, text) in FILES {
        // What is the root of a crate there is a module here.
        let path = if *path == "lib.rs" { "mod.rs" } else { path };
        tree.insert(format!("src/runtime/{path}"), format!("{HEADER}{text}"));
    }
}
