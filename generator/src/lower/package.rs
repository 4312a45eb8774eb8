//! What a crate is called after its API, unless codegen.toml gives it a name.

use heck::ToKebabCase;

use crate::config;

/// How long a name made of a title may be: registries take 64 characters, and `-client` may follow.
const LONGEST: usize = 56;

/// The name that a title makes: of a package that a program can depend on, beside what it depends on itself.
pub(super) fn name_of(title: &str) -> String {
    let words = title.to_kebab_case();
    let name: String = words.chars().filter(|c| c.is_ascii_alphanumeric() || *c == '-').collect();
    let name = name.trim_matches('-');
    let name = name.strip_suffix("-api").unwrap_or(name);
    let name = match name.chars().next() {
        Some(first) if first.is_ascii_alphabetic() => name.to_owned(),
        _ => format!("client-{name}").trim_end_matches('-').to_owned(),
    };
    // Of a long title the first words.
    let whole_words = |start: &str| start.rsplit_once('-').map_or(start, |(words, _)| words).to_owned();
    let name = name.get(..LONGEST).map_or_else(|| name.clone(), whole_words);
    if config::is_crate_name(&name) { name } else { format!("{name}-client") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_makes_a_name_that_a_program_can_use() {
        for (title, expected) in [
            ("Pets API", "pets"),
            ("Box", "box-client"),
            ("Test API", "test-client"),
            ("HTTP", "http-client"),
            ("Serde JSON", "serde-json-client"),
            ("3scale", "client-3scale"),
            ("…", "client"),
            (
                "Everything that there is to know about pets and about those who keep them",
                "everything-that-there-is-to-know-about-pets-and-about",
            ),
        ] {
            assert_eq!(name_of(title), expected);
        }
    }
}
