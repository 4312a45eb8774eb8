//! Checks of values of `codegen.toml`.

use super::rust_type::RustType;

/// Checks a value.
pub(super) type Check = fn(&str) -> Result<(), Violation>;

/// A rule that a value violates: the end of a sentence that names the value, and what to do about it.
pub(super) struct Violation {
    pub(super) message: String,
    pub(super) remedy: String,
}

fn violation(message: impl Into<String>, remedy: impl Into<String>) -> Result<(), Violation> {
    Err(Violation { message: message.into(), remedy: remedy.into() })
}

/// Accepts any text.
pub(super) fn any_text(_: &str) -> Result<(), Violation> {
    Ok(())
}

/// Accepts a name that registries accept for a package and that a program can `use`.
pub(super) fn crate_name(name: &str) -> Result<(), Violation> {
    const REMEDY: &str = "choose a name such as `acme-client`";
    let has_valid_start = name.starts_with(|first: char| first.is_ascii_alphabetic());
    if !has_valid_start
        || !name.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'))
    {
        return violation(
            "a crate name has only ASCII letters, digits, `-` and `_`, and starts with a letter",
            REMEDY,
        );
    }
    if name.len() > 64 {
        return violation("a crate name has at most 64 characters", "shorten it");
    }
    if is_keyword(name) || matches!(name, "std" | "core" | "alloc" | "proc_macro" | "proc-macro" | "test") {
        return violation("this name is reserved in Rust", "choose a name such as `acme-client`");
    }
    if DEPENDENCIES.contains(&name.replace('_', "-").as_str()) {
        return violation(
            "the client depends on a crate of this name",
            "choose a name such as `acme-client`",
        );
    }
    Ok(())
}

/// Accepts the name of a crate without capital letters, which the compiler warns about.
pub(super) fn runtime_name(name: &str) -> Result<(), Violation> {
    crate_name(name)?;
    match name.bytes().any(|byte| byte.is_ascii_uppercase()) {
        true => violation("this name has capital letters", "write it in lower case"),
        false => Ok(()),
    }
}

/// Possible dependencies of generated crates. A crate cannot have the name of one of them.
pub(crate) const DEPENDENCIES: [&str; 28] = [
    "base64",
    "bytes",
    "chrono",
    "encoding-rs",
    "futures-channel",
    "futures-core",
    "http",
    "http-body",
    "httpdate",
    "hyper",
    "hyper-util",
    "jiff",
    "js-sys",
    "percent-encoding",
    "regex",
    "reqwest",
    "ring",
    "rustls",
    "serde",
    "serde-json",
    "time",
    "tokio",
    "tracing",
    "uuid",
    "wasm-bindgen",
    "wasm-bindgen-futures",
    "web-sys",
    "web-time",
];

/// Accepts a semantic version.
pub(super) fn version(version: &str) -> Result<(), Violation> {
    match semver::Version::parse(version) {
        Ok(_) => Ok(()),
        Err(error) => violation(
            format!("this is not a semantic version: {error}"),
            "write three numbers, such as `1.4.0`",
        ),
    }
}

/// The table below `[package.metadata]` that the generator writes.
pub(crate) const METADATA: &str = "openapi-crate";

/// Accepts requirements that this version of the generator fulfills.
pub(super) fn required_version(required: &str) -> Result<(), Violation> {
    let own = env!("CARGO_PKG_VERSION");
    let Ok(requirement) = semver::VersionReq::parse(required) else {
        return violation(
            "this is not a version requirement",
            "write it as in Cargo.toml, such as `0.4` or `>=0.4, <0.6`",
        );
    };
    match semver::Version::parse(own) {
        Ok(version) if !requirement.matches(&version) => violation(
            format!("this is openapi-crate {own}"),
            format!("install a version that matches `{required}`, or change the requirement"),
        ),
        _ => Ok(()),
    }
}

/// Accepts an SPDX expression with known licenses.
pub(super) fn license(expression: &str) -> Result<(), Violation> {
    let Err(error) = spdx::Expression::parse(expression) else { return Ok(()) };
    let remedy = match spdx::Expression::canonicalize(expression) {
        Ok(Some(meant)) => format!("write `{meant}`"),
        _ => {
            "use identifiers of https://spdx.org/licenses with `AND`, `OR` and `WITH`, or set `license-file`"
                .to_owned()
        }
    };
    violation(format!("this is not an SPDX expression: {}", error.reason), remedy)
}

/// Accepts a path.
pub(super) fn path(path: &str) -> Result<(), Violation> {
    match path.is_empty() || path.contains(char::is_control) {
        false => Ok(()),
        true => violation("this is not a path", "write it as in `api/openapi.yaml`"),
    }
}

/// Accepts a path to a file in the folder of the crate.
pub(super) fn relative_path(path: &str) -> Result<(), Violation> {
    match is_inside(path) {
        true => Ok(()),
        false => {
            violation("this is not a path in the folder of the crate", "write it as in `licenses/MIT.txt`")
        }
    }
}

/// Accepts the path of a folder outside of the folder of the crate, with `..` at its start only.
pub(super) fn neighbor(path: &str) -> Result<(), Violation> {
    let names = path.trim_start_matches("../");
    match names.len() < path.len() && is_inside(names) && !names.contains(char::is_control) {
        true => Ok(()),
        false => violation(
            "this path does not have the form `../folder`",
            "write `..` and then the names of folders, from the folder of the crate, as in `../acme-runtime`",
        ),
    }
}

/// Accepts the path of an overlay, which is in the folder of the document.
pub(super) fn overlay_path(path: &str) -> Result<(), Violation> {
    match is_inside(path) {
        true => Ok(()),
        false => violation(
            "this is not a path in the folder of the document",
            "copy the overlay into this folder, and write its path as in `fixes.yaml`",
        ),
    }
}

/// Returns true if a path has only names of folders and files, so that it does not lead out of a folder.
fn is_inside(path: &str) -> bool {
    !path.is_empty()
        && !path.contains(['\\', ':'])
        && path.split('/').all(|segment| !matches!(segment, "" | "." | ".."))
}

/// Accepts the name of a module that a person adds to the crate.
pub(super) fn module(name: &str) -> Result<(), Violation> {
    const GENERATED: [&str; 10] =
        ["chrono", "client", "errors", "jiff", "mock", "resources", "runtime", "time", "types", "uuid"];
    snake_case(name)?;
    if GENERATED.contains(&name) || matches!(name, "lib" | "main" | "wire") {
        return violation("the generated crate has this name already", "choose another name, such as `ext`");
    }
    Ok(())
}

/// Accepts an `http` or `https` URL.
pub(super) fn web_url(url: &str) -> Result<(), Violation> {
    let rest = url.strip_prefix("https://").or_else(|| url.strip_prefix("http://"));
    match rest {
        Some(rest) if !rest.is_empty() && !url.contains(|c: char| c.is_whitespace() || c.is_control()) => {
            Ok(())
        }
        _ => violation("this is not a web URL", "write it as in `https://acme.com/api`"),
    }
}

/// Accepts a keyword of [crates.io](https://doc.rust-lang.org/cargo/reference/manifest.html#the-keywords-field).
pub(super) fn keyword(keyword: &str) -> Result<(), Violation> {
    let has_valid_start = keyword.starts_with(|first: char| first.is_ascii_alphanumeric());
    let is_valid = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b'+');
    match has_valid_start && keyword.len() <= 20 && keyword.bytes().all(is_valid) {
        true => Ok(()),
        false => violation(
            "a keyword has at most 20 characters: ASCII letters, digits, `_`, `-` and `+`",
            "write one word, such as `api`",
        ),
    }
}

/// Accepts the slug of a category, such as `web-programming::http-client`.
pub(super) fn category(slug: &str) -> Result<(), Violation> {
    let is_word = |word: &str| {
        !word.is_empty()
            && word.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-')
    };
    match slug.split("::").all(is_word) {
        true => Ok(()),
        false => {
            violation("this is not the slug of a category", "use one of https://crates.io/category_slugs")
        }
    }
}

/// Accepts the name of a feature.
pub(super) fn feature(name: &str) -> Result<(), Violation> {
    let is_valid = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-' | '+' | '.');
    match !name.is_empty() && name.chars().all(is_valid) {
        true => Ok(()),
        false => {
            violation("this is not the name of a feature", "write a feature of the crate, such as `reqwest`")
        }
    }
}

/// Accepts the name of an HTTP header: a token of [RFC 9110](https://www.rfc-editor.org/rfc/rfc9110#name-tokens).
pub(super) fn header_name(name: &str) -> Result<(), Violation> {
    let token = |byte: u8| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte);
    if name.is_empty() || !name.bytes().all(token) {
        return violation(
            "this is not a valid HTTP header name",
            "write only the name, such as `x-request-id`",
        );
    }
    Ok(())
}

/// Accepts the name of an environment variable that every shell can set.
pub(super) fn env_var_name(name: &str) -> Result<(), Violation> {
    let has_valid_start = name.starts_with(|first: char| first.is_ascii_alphabetic() || first == '_');
    if !has_valid_start || !name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_') {
        return violation(
            "this is not a valid name of an environment variable",
            "use ASCII letters, digits and `_`, as in `ACME_TOKEN`",
        );
    }
    Ok(())
}

/// Accepts a rule for page tokens: the parameter that accepts the token, and the response property that holds it.
pub(super) fn token_rule(rule: &str) -> Result<(), Violation> {
    match rule.split_once('=') {
        Some((lookup, member)) if !lookup.trim().is_empty() && !member.trim().is_empty() => Ok(()),
        _ => violation(
            "a rule has the form `parameter = response property`",
            "write it as in `cursor = meta.next_cursor`",
        ),
    }
}

/// Accepts the path of a Rust type, with type arguments.
pub(super) fn rust_type(text: &str) -> Result<(), Violation> {
    RustType::parse(text).map(drop)
}

/// Accepts a name for a Rust type.
pub(super) fn type_name(name: &str) -> Result<(), Violation> {
    let has_valid_start = name.starts_with(|first: char| first.is_ascii_uppercase());
    if !has_valid_start || !name.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
        return violation(
            "the name of a Rust type is in UpperCamelCase",
            "start with a capital letter, and use only ASCII letters and digits",
        );
    }
    not_a_keyword(name)
}

/// Accepts a name for a Rust method or field.
pub(super) fn snake_case(name: &str) -> Result<(), Violation> {
    let has_valid_start = name.starts_with(|first: char| first.is_ascii_lowercase());
    let word = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_';
    if !has_valid_start || !name.bytes().all(word) || name.contains("__") {
        return violation(
            "the name of a Rust method or field is in snake_case",
            "start with a lower-case letter, and use only lower-case ASCII letters, digits and single underscores",
        );
    }
    not_a_keyword(name)
}

/// Accepts a name for a Cargo feature of a resource.
pub(super) fn kebab_case(name: &str) -> Result<(), Violation> {
    let has_valid_start = name.starts_with(|first: char| first.is_ascii_lowercase());
    let word = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
    if !has_valid_start || !name.bytes().all(word) || name.contains("--") || name.ends_with('-') {
        return violation(
            "the name of a feature is in kebab-case",
            "start with a lower-case letter, and use only lower-case ASCII letters, digits and single dashes",
        );
    }
    Ok(())
}

fn not_a_keyword(name: &str) -> Result<(), Violation> {
    if is_keyword(name) {
        return violation("this is a Rust keyword", "choose another name");
    }
    Ok(())
}

/// Returns `true` if a word is a Rust keyword of any edition. Words with `-` are not identifiers and never keywords.
fn is_keyword(word: &str) -> bool {
    // syn does not know `gen`, a keyword of the 2024 edition.
    word == "gen" || (!word.contains('-') && syn::parse_str::<syn::Ident>(word).is_err())
}
