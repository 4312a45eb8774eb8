//! What a value must be so that a crate can be generated from it.

/// Judges a value.
pub(super) type Check = fn(&str) -> Result<(), Complaint>;

/// What is wrong with a value, as the end of a sentence that names it, and what to do about it.
pub(super) struct Complaint {
    pub(super) message: String,
    pub(super) remedy: String,
}

fn complain(message: impl Into<String>, remedy: impl Into<String>) -> Result<(), Complaint> {
    Err(Complaint { message: message.into(), remedy: remedy.into() })
}

/// Text for people: any.
pub(super) fn anything(_: &str) -> Result<(), Complaint> {
    Ok(())
}

/// A package name that registries take, and whose library a program can `use`.
pub(super) fn crate_name(name: &str) -> Result<(), Complaint> {
    const REMEDY: &str = "use letters, digits, `-` and `_`, for example `acme-client`";
    let starts_well = name.starts_with(|first: char| first.is_ascii_alphabetic());
    if !starts_well || !name.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_')) {
        return complain("cargo takes only ASCII names that start with a letter", REMEDY);
    }
    if name.len() > 64 {
        return complain("registries take at most 64 characters", "shorten it");
    }
    if is_keyword(name) || matches!(name, "std" | "core" | "alloc" | "proc_macro" | "proc-macro" | "test") {
        return complain(
            "that means something else in Rust",
            "choose another name, for example `acme-client`",
        );
    }
    if DEPENDENCIES.contains(&name.replace('_', "-").as_str()) {
        return complain(
            "the client depends on a crate of that name",
            "choose another name, for example `acme-client`",
        );
    }
    Ok(())
}

/// What generated crates may depend on, and so cannot be called.
pub(crate) const DEPENDENCIES: [&str; 26] = [
    "base64",
    "bytes",
    "chrono",
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

/// A version of a crate.
pub(super) fn version(version: &str) -> Result<(), Complaint> {
    match semver::Version::parse(version) {
        Ok(_) => Ok(()),
        Err(error) => complain(
            format!("that is no semantic version: {error}"),
            "write three numbers, for example `1.4.0`",
        ),
    }
}

/// The name of an HTTP header: a token of [RFC 9110](https://www.rfc-editor.org/rfc/rfc9110#name-tokens).
pub(super) fn header_name(name: &str) -> Result<(), Complaint> {
    let token = |byte: u8| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte);
    if name.is_empty() || !name.bytes().all(token) {
        return complain(
            "no HTTP header can be called that",
            "write the header's name alone, for example `x-request-id`",
        );
    }
    Ok(())
}

/// The name of a variable of the environment, as every shell takes it.
pub(super) fn variable(name: &str) -> Result<(), Complaint> {
    let starts_well = name.starts_with(|first: char| first.is_ascii_alphabetic() || first == '_');
    if !starts_well || !name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_') {
        return complain(
            "no shell can set a variable of that name",
            "use ASCII letters, digits and `_`, for example `ACME_TOKEN`",
        );
    }
    Ok(())
}

/// A rule of a listing: what asks for a page, and what it is asked for with.
pub(super) fn token_rule(rule: &str) -> Result<(), Complaint> {
    match rule.split_once('=') {
        Some((ask, member)) if !ask.trim().is_empty() && !member.trim().is_empty() => Ok(()),
        _ => complain(
            "it takes the name of a parameter, `=`, and a member of the answer",
            "write it like `cursor = meta.next_cursor`",
        ),
    }
}

/// A name for a Rust type.
pub(super) fn type_name(name: &str) -> Result<(), Complaint> {
    let starts_well = name.starts_with(|first: char| first.is_ascii_uppercase());
    if !starts_well || !name.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
        return complain(
            "a Rust type is written in UpperCamelCase",
            "start with a capital and use ASCII letters and digits only",
        );
    }
    not_a_keyword(name)
}

/// A name for a Rust method or field.
pub(super) fn snake_case(name: &str) -> Result<(), Complaint> {
    let starts_well = name.starts_with(|first: char| first.is_ascii_lowercase());
    let word = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_';
    if !starts_well || !name.bytes().all(word) || name.contains("__") {
        return complain(
            "a Rust method or field is written in snake_case",
            "start with a small letter and use small ASCII letters, digits and single `_` only",
        );
    }
    not_a_keyword(name)
}

fn not_a_keyword(name: &str) -> Result<(), Complaint> {
    if is_keyword(name) {
        return complain("that is a keyword of Rust", "choose another name");
    }
    Ok(())
}

/// Whether a word that could be an identifier is a keyword of any edition.
fn is_keyword(word: &str) -> bool {
    // syn leaves out the keyword of the 2024 edition.
    word == "gen" || (!word.contains('-') && syn::parse_str::<syn::Ident>(word).is_err())
}
