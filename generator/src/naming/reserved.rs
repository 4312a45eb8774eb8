//! Names that the generated code uses itself, so that no item of a document can have them.

/// Methods and modules of every client. No resource can have these names.
pub(super) const CLIENT_METHODS: [&str; 7] =
    ["builder", "clone", "from_env", "mod", "new", "request", "resources"];

/// Cargo features that a crate has or may get in the future, apart from the features of resources. They are in
/// snake_case, like the other names in the scope.
pub(crate) const FEATURES: [&str; 17] = [
    "all_resources",
    "blocking",
    "brotli",
    "default",
    "full",
    "gzip",
    "mock",
    "other_types",
    "private_key_jwt",
    "reqwest",
    "rustls",
    "serde",
    "stream",
    "test",
    "tokio",
    "tracing",
    "wasm",
];

/// Names that the files of resources use. No resource and no request type can have these names.
pub(super) const RESOURCE_IMPORTS: [&str; 24] = [
    "AsRef",
    "BTreeMap",
    "Box",
    "Bytes",
    "Client",
    "ClientBuilder",
    "Clone",
    "Debug",
    "Err",
    "From",
    "Into",
    "IntoIterator",
    "Method",
    "None",
    "Ok",
    "Operation",
    "Option",
    "Request",
    "Result",
    "Self",
    "Sized",
    "Some",
    "String",
    "Vec",
];

/// Methods of every resource.
pub(super) const RESOURCE_METHODS: [&str; 3] = ["new", "client", "clone"];

/// Methods of every request.
pub(super) const REQUEST_METHODS: [&str; 4] = ["clone", "into_future", "send", "request"];

/// Methods of requests of paginated operations.
pub(super) const PAGINATED_METHODS: [&str; 2] = ["items", "pages"];

/// Methods that traits of the runtime add to every request. A method with the same name would hide them.
pub(super) const REQUEST_EXT_METHODS: [&str; 8] = [
    "request_mut",
    "wait",
    "with_attempt_timeout",
    "with_header",
    "with_query",
    "with_response",
    "with_retry",
    "with_timeout",
];

/// Methods of every multipart form.
pub(super) const FORM_METHODS: [&str; 5] = ["clone", "form", "from", "into", "new"];

/// Methods of every client builder.
pub(super) const BUILDER_METHODS: [&str; 31] = [
    "api_key",
    "attempt_timeout",
    "base_url",
    "basic_auth",
    "bearer",
    "bearer_token",
    "build",
    "client_credentials",
    "clock",
    "clone",
    "connect_timeout",
    "credential",
    "credentials",
    "default_header",
    "environment",
    "from_env",
    "grant",
    "middleware",
    "new",
    "on_loopback",
    "proxy",
    "response_limit",
    "retry",
    "root_certificate",
    "server_variable",
    "settings",
    "timeout",
    "token_exchange",
    "token_provider",
    "transport",
    "user_agent",
];

/// Builder methods that are named after the kind of credential, if only one scheme needs it.
pub(super) const METHODS_OF_KINDS: [&str; 2] = ["api_key", "basic_auth"];

/// Names of the prelude and of items that the generated code uses. A type with such a name would hide them.
pub(super) const RESERVED_TYPES: [&str; 38] = [
    "Any",
    "AsMut",
    "AsRef",
    "BTreeMap",
    "Box",
    "Bytes",
    "Client",
    "Clone",
    "Copy",
    "Debug",
    "Default",
    "Drop",
    "Eq",
    "Err",
    "Fn",
    "FnMut",
    "FnOnce",
    "From",
    "Hash",
    "Into",
    "IntoIterator",
    "Iterator",
    "None",
    "Ok",
    "Option",
    "Ord",
    "PartialEq",
    "PartialOrd",
    "Result",
    "Self",
    "Send",
    "Sized",
    "Some",
    "String",
    "Sync",
    "ToOwned",
    "ToString",
    "Vec",
];

/// Reserved module names. `mod.rs` is the module of the directory itself.
pub(super) const RESERVED_MODULES: [&str; 2] = ["mod", "types"];

/// Names of devices on Windows, which cannot be file names with any extension.
pub(super) const WINDOWS_DEVICES: [&str; 22] = [
    "aux", "com1", "com2", "com3", "com4", "com5", "com6", "com7", "com8", "com9", "con", "lpt1", "lpt2",
    "lpt3", "lpt4", "lpt5", "lpt6", "lpt7", "lpt8", "lpt9", "nul", "prn",
];

/// Returns `true` if a type cannot have a name.
pub(super) fn is_reserved_type(name: &str) -> bool {
    RESERVED_TYPES.iter().any(|reserved| reserved.eq_ignore_ascii_case(name))
}

/// Returns `true` if the files of resources use a name.
pub(super) fn is_imported(name: &str) -> bool {
    RESOURCE_IMPORTS.iter().any(|import| import.eq_ignore_ascii_case(name))
}
