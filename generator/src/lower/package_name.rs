//! The name of the crate if the settings have none: from the title, the file name or the server of the document.

use heck::ToKebabCase;
use icu_normalizer::DecomposingNormalizerBorrowed;
use openapiv3::OpenAPI;

use crate::config;

/// The maximum length of a name. Registries allow 64 characters, and `-client` may be appended.
const MAX_LENGTH: usize = 56;

/// The name if the document suggests none.
const DEFAULT: &str = "api-client";

/// Words that do not tell an API from others.
const GENERIC: [&str; 14] = [
    "api", "apis", "bundle", "bundled", "client", "doc", "docs", "document", "openapi", "rest", "schema",
    "service", "spec", "swagger",
];

/// Second-level domains below which names are registered, such as `co` in `acme.co.uk`.
const SHARED_DOMAINS: [&str; 9] = ["ac", "co", "com", "edu", "go", "gov", "ne", "net", "or"];

/// Hosts of examples and tests.
const UNNAMED_HOSTS: [&str; 3] = ["example", "localhost", "local"];

/// Returns a valid package name for a document, which does not clash with a dependency of the crate. `file` is the file
/// name of the document.
pub(super) fn package_name(openapi: &OpenAPI, file: &str) -> String {
    let server = openapi.servers.first().map_or("", |server| server.url.as_str());
    let words = words_of_title(openapi.info.title.trim())
        .or_else(|| words_of_file(file))
        .or_else(|| words_of_server(server));
    words.map_or_else(|| DEFAULT.to_owned(), |words| valid(&words))
}

/// Returns the words of a title. `None` if it has no words in Latin script that name the API.
fn words_of_title(title: &str) -> Option<String> {
    let words = transliterated(title).to_kebab_case();
    let (latin, other): (Vec<&str>, Vec<&str>) =
        words.split('-').filter(|word| !word.is_empty()).partition(|word| word.is_ascii());
    let is_named =
        if other.is_empty() { !latin.is_empty() } else { !latin.iter().all(|word| is_generic(word)) };
    let words = latin.join("-");
    let words = words.strip_suffix("-api").unwrap_or(&words);
    is_named.then(|| words.to_owned())
}

/// Returns the words of a file name that name the API: `acme` of `acme-openapi.v2.yaml`.
fn words_of_file(file: &str) -> Option<String> {
    let stem = file.rsplit_once('.').map_or(file, |(stem, _)| stem);
    let words = transliterated(stem).to_kebab_case();
    let words: Vec<&str> =
        words.split('-').filter(|word| !word.is_empty() && word.is_ascii() && !is_generic(word)).collect();
    (!words.is_empty()).then(|| words.join("-"))
}

/// Returns the name in the host of a server: `acme` of `https://api.acme.co.uk/v1`.
fn words_of_server(url: &str) -> Option<String> {
    let (_, rest) = url.split_once("://")?;
    let host = rest.split(['/', ':', '?', '#']).next().unwrap_or_default();
    let mut labels: Vec<&str> = host.split('.').collect();
    // An address, or a host without a domain.
    if labels.len() < 2 || labels.last().is_some_and(|last| last.starts_with(|c: char| c.is_ascii_digit())) {
        return None;
    }
    labels.pop();
    if labels.len() > 1 && labels.last().is_some_and(|label| SHARED_DOMAINS.contains(label)) {
        labels.pop();
    }
    let name = labels.pop()?.to_ascii_lowercase();
    let is_plain = name.chars().all(|c| c.is_ascii_alphanumeric() || c == '-') && !name.starts_with("xn--");
    (is_plain && !is_generic(&name) && !UNNAMED_HOSTS.contains(&name.as_str())).then_some(name)
}

/// Returns true for a word such as `api`, `v2` or `3`.
fn is_generic(word: &str) -> bool {
    let number = word.strip_prefix('v').unwrap_or(word);
    GENERIC.contains(&word) || number.chars().all(|c| c.is_ascii_digit())
}

/// Returns a text with the Latin letters without their accents, and with ligatures in two letters.
fn transliterated(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let decomposed = DecomposingNormalizerBorrowed::new_nfd().normalize(text);
    let mut characters = decomposed.chars().peekable();
    while let Some(character) = characters.next() {
        // The accents of Latin letters.
        if ('\u{300}'..='\u{36f}').contains(&character) {
            continue;
        }
        let letters = match character {
            'ß' | 'ẞ' => "ss",
            'Æ' | 'æ' => "ae",
            'Œ' | 'œ' => "oe",
            'Ø' | 'ø' => "o",
            'Đ' | 'Ð' | 'đ' | 'ð' => "d",
            'Ł' | 'ł' => "l",
            'Þ' | 'þ' => "th",
            'ı' => "i",
            // The wide forms of ASCII.
            '\u{ff01}'..='\u{ff5e}' => {
                plain.extend(char::from_u32(u32::from(character) - 0xfee0));
                continue;
            }
            other => {
                plain.push(other);
                continue;
            }
        };
        // Words are told apart by their capitals.
        let is_in_capitals = characters.peek().is_none_or(|next| !next.is_lowercase());
        match (character.is_uppercase(), is_in_capitals) {
            (true, true) => plain.push_str(&letters.to_ascii_uppercase()),
            (true, false) => {
                plain.push_str(&letters[..1].to_ascii_uppercase());
                plain.push_str(&letters[1..]);
            }
            _ => plain.push_str(letters),
        }
    }
    plain
}

/// Returns the name of a package made of words in ASCII.
fn valid(words: &str) -> String {
    let name = match words.chars().next() {
        Some(first) if first.is_ascii_alphabetic() => words.to_owned(),
        _ => format!("client-{words}").trim_end_matches('-').to_owned(),
    };
    // Long words are cut after a word.
    let whole_words = |start: &str| start.rsplit_once('-').map_or(start, |(words, _)| words).to_owned();
    let name = name.get(..MAX_LENGTH).map_or_else(|| name.clone(), whole_words);
    if config::is_crate_name(&name) { name } else { format!("{name}-client") }
}

#[cfg(test)]
mod tests {
    use openapiv3::{Info, Server};

    use super::*;

    #[track_caller]
    fn check(title: &str, file: &str, server: &str, expected: &str) {
        let info = Info { title: title.to_owned(), ..Info::default() };
        let servers = vec![Server { url: server.to_owned(), ..Server::default() }];
        let name = package_name(&OpenAPI { info, servers, ..OpenAPI::default() }, file);
        assert_eq!(name, expected, "{title:?}, {file:?}, {server:?}");
        assert!(config::is_crate_name(&name), "{name}");
    }

    #[test]
    fn a_title_becomes_a_valid_package_name() {
        for (title, expected) in [
            ("Pets API", "pets"),
            ("API", "api"),
            ("Box", "box-client"),
            ("Test API", "test-client"),
            ("HTTP", "http-client"),
            ("Serde JSON", "serde-json-client"),
            ("3scale", "client-3scale"),
            (
                "Everything that there is to know about pets and about those who keep them",
                "everything-that-there-is-to-know-about-pets-and-about",
            ),
        ] {
            check(title, "openapi.yaml", "https://api.acme.com", expected);
        }
    }

    #[test]
    fn accents_are_removed() {
        for (title, expected) in [
            ("Übersicht", "ubersicht"),
            ("Ubersicht mit Zeichen u\u{308}ber", "ubersicht-mit-zeichen-uber"),
            ("Straße & Größe", "strasse-grosse"),
            ("Œuvres ÆNIMA", "oeuvres-aenima"),
            ("Łódź Øresund", "lodz-oresund"),
            ("Ｐｅｔｓ　ＡＰＩ", "pets"),
            ("Đặng Việt", "dang-viet"),
        ] {
            check(title, "", "", expected);
        }
    }

    #[test]
    fn other_scripts_fall_back_to_the_file_name_and_the_server() {
        check("情報 API", "pets.yaml", "https://api.acme.com", "pets");
        check("Данные", "acme_billing-openapi.v2.json", "", "acme-billing");
        check("情報 API", "openapi.yaml", "https://api.acme.com/v1", "acme");
        check("情報 API", "openapi.yaml", "https://{region}.api.acme.co.jp:8443", "acme");
        check("情報 API v2", "api-v2.yaml", "/v1", DEFAULT);
        for server in ["https://10.0.0.1", "https://localhost:80", "https://example.com", "https://{host}"] {
            check("Данные", "-", server, DEFAULT);
        }
        check("Данные", "データ.yaml", "https://xn--80aa.xn--p1ai", DEFAULT);
        check("", "openapi.yaml", "", DEFAULT);
        check("…", "openapi.yaml", "https://acme.com", "acme");
        // The words in Latin script name the API.
        check("Acme 情報 API", "pets.yaml", "", "acme");
    }
}
