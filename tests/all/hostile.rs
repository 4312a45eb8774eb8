//! Text of a document never becomes code.
//!
//! Each payload is put into each location of a document. The result must be an error, or a crate with the same
//! structure as for a harmless word: the same items, delimiters and punctuation.

mod settings;

use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind};

use openapi_crate::{Config, FileTree, Generated, Outcome, Source, Sources};
use proc_macro2::{Delimiter, TokenStream, TokenTree};
use serde_json::{Value, json};

/// A word in every payload. It must not become an identifier, except in a name.
const EVIL: &str = "evil";

/// The text in the place of the payload in the reference document.
const HARMLESS: &str = "harmless";

/// Locations of text, which must not become an identifier.
const TEXTS: &[&str] = &[
    "/info/description",
    "/info/version",
    "/servers/0/url",
    "/servers/0/variables/host/default",
    "/servers/0/variables/host/description",
    "/tags/0/description",
    "/paths/~1pets~1{id}/get/summary",
    "/paths/~1pets~1{id}/get/description",
    "/paths/~1pets~1{id}/get/parameters/1/description",
    "/paths/~1pets~1{id}/get/responses/200/description",
    "/paths/~1pets~1{id}/get/responses/404/description",
    "/components/schemas/Pet/title",
    "/components/schemas/Pet/description",
    "/components/schemas/Pet/properties/name/description",
    "/components/schemas/Pet/properties/name/pattern",
    "/components/schemas/Pet/properties/name/default",
    "/components/schemas/Pet/properties/name/example",
    "/components/schemas/Pet/properties/name/format",
    "/components/schemas/Choice/oneOf/0/description",
];

/// Locations of names, each of which becomes one identifier.
const NAMES: &[&str] = &[
    "/info/title",
    "/tags/0/name",
    "/paths/~1pets~1{id}/get/operationId",
    "/paths/~1pets~1{id}/get/tags/0",
    "/paths/~1pets~1{id}/get/x-speakeasy-group",
    "/paths/~1pets~1{id}/get/parameters/1/name",
    "/paths/~1pets~1{id}/get/parameters/2/name",
    "/components/schemas/Kind/enum/0",
    "/servers/0/variables/host/enum/1",
];

/// Keys that are names: a path, a schema, a property, a property of a union, a server variable.
const KEYS: &[(&str, &str)] = &[
    ("/paths", "/harmless"),
    ("/components/schemas", "harmless"),
    ("/components/schemas/Pet/properties", "harmless"),
    ("/components/schemas/Choice/oneOf/0/properties", "harmless"),
    ("/servers/0/variables", "harmless"),
];

fn payloads() -> Vec<String> {
    let mut payloads: Vec<String> = [
        "",
        " ",
        "\"; fn evil() {} //",
        "\\\"; fn evil() {} //",
        "*/ fn evil() {} /*",
        "\n#![evil]\nfn evil() {}\n",
        "\r\nfn evil() {}\r",
        "\"#] fn evil() {} #[doc = r#\"",
        "r##\"evil\"##",
        "} mod evil { ",
        "evil::evil!{}",
        "$evil {evil} {} %evil",
        "'evil",
        "../../evil",
        "/evil\\evil",
        "crate",
        "Self",
        "_",
        "1evil",
        "\u{202e}live\u{202c} evil \u{2066}evil\u{2069}",
        "\u{feff}evil\u{200b}\u{2028}fn evil() {}\u{85}",
        "\0evil\u{7}\u{1b}[31m",
        "🦀 evil é ﷺ ß İ",
        "```\nfn evil() {}\n```\n    evil();\n~~~rust\nevil()\n",
        "[evil](crate::evil) [`evil`] <evil> <!-- evil [evil]: evil",
        "evil = \"evil\"\n[dependencies]\nevil = \"1\"",
    ]
    .map(str::to_owned)
    .into();
    payloads.push(EVIL.repeat(2_500));
    payloads
}

#[test]
fn text_never_becomes_code() {
    check(
        TEXTS.iter().map(|location| {
            (
                *location,
                HARMLESS,
                Box::new(|text: &str| generate(&with_value(location, text))) as Generate<'_>,
            )
        }),
        AllowedWords::None,
    );
}

#[test]
fn a_name_becomes_one_identifier() {
    let values = NAMES.iter().map(|location| {
        (*location, HARMLESS, Box::new(|text: &str| generate(&with_value(location, text))) as Generate<'_>)
    });
    let keys = KEYS.iter().map(|(location, key)| {
        let generate = Box::new(move |text: &str| generate(&with_key(location, key, text)));
        (*location, HARMLESS, generate as Generate<'_>)
    });
    check(values.chain(keys), AllowedWords::InNames);
}

#[test]
fn output_is_deterministic() {
    let document = with_value("/info/title", HARMLESS);
    let (first, second) = (
        generate(&document).expect("the document is valid"),
        generate(&document).expect("the document is valid"),
    );
    assert_eq!(first.files, second.files);
}

#[test]
fn detects_additional_items() {
    let files = |text: &str| {
        let mut files = FileTree::new();
        files.insert("src/lib.rs", text.to_owned());
        files
    };
    let expected =
        Structure::read(&files("/// Fine.\nfn harmless() {}"), AllowedWords::None).expect("it parses");
    let same = "/// evil\n/// fn evil() {}\nfn other() {}";
    assert_eq!(Structure::read(&files(same), AllowedWords::None), Ok(expected.clone()));
    assert_ne!(
        Structure::read(&files("/// Fine.\nfn harmless() {} fn other() {}"), AllowedWords::None),
        Ok(expected)
    );
    assert!(Structure::read(&files("fn evil() {}"), AllowedWords::None).is_err());
    assert!(Structure::read(&files("fn f("), AllowedWords::None).is_err());
    assert!(Structure::read(&files("// \u{202e}"), AllowedWords::None).is_err());
}

/// The identifiers in which words of a payload are allowed.
#[derive(Clone, Copy, PartialEq)]
enum AllowedWords {
    None,
    InNames,
}

/// Generates the crate of a document, with a text in one location of the document, of an overlay, or of the settings.
type Generate<'a> = Box<dyn Fn(&str) -> Result<Generated, String> + 'a>;

/// Checks locations, each with a harmless text.
#[track_caller]
fn check<'a>(locations: impl Iterator<Item = (&'a str, &'a str, Generate<'a>)>, words: AllowedWords) {
    let payloads = payloads();
    let mut wrong = Vec::new();
    for (location, harmless, generate) in locations {
        let of_scripts = format!("{harmless}é");
        let harmless = generate(harmless).unwrap_or_else(|error| panic!("{location}: {error}"));
        let expected =
            Structure::read(&harmless.files, words).unwrap_or_else(|error| panic!("{location}: {error}"));
        // Letters of other scripts in names add attributes to the crate.
        let of_scripts = match generate(&of_scripts) {
            Ok(harmless) => Structure::read(&harmless.files, words),
            Err(_) => Ok(expected.clone()),
        };
        let of_scripts = of_scripts.unwrap_or_else(|error| panic!("{location}: {error}"));
        for payload in &payloads {
            let expected = if payload.contains('é') { &of_scripts } else { &expected };
            let outcome = catch_unwind(AssertUnwindSafe(|| match generate(payload) {
                Ok(generated) => Structure::read(&generated.files, words),
                // An error about the text is fine.
                Err(_) => Ok(expected.clone()),
            }));
            let problem = match outcome {
                Ok(Ok(structure)) => structure.difference(expected),
                Ok(Err(error)) => Some(error),
                Err(_) => Some("a panic".to_owned()),
            };
            let payload: String = payload.chars().take(40).collect();
            wrong.extend(problem.map(|problem| format!("{payload:?} at {location}: {problem}")));
        }
    }
    assert!(wrong.is_empty(), "{} failures:\n{}", wrong.len(), wrong.join("\n"));
}

/// Returns the crate of a document, or the errors.
fn generate(document: &Value) -> Result<Generated, String> {
    generate_with(document, &BTreeMap::new(), &Config::default())
}

/// Returns the crate of a document with other files and settings, or the errors.
fn generate_with(
    document: &Value,
    files: &BTreeMap<String, &str>,
    config: &Config,
) -> Result<Generated, String> {
    let text = document.to_string();
    let sources = Sources { document: Source { name: "hostile.json", text: &text }, files, config: None };
    let Outcome { generated, diagnostics } = openapi_crate::generate(sources, config);
    assert_eq!(generated.is_none(), diagnostics.has_errors(), "either a crate or an error");
    generated.ok_or_else(|| diagnostics.render(sources))
}

/// The structure of a crate without identifiers and the values of literals.
#[derive(Clone, Debug, Default, PartialEq)]
struct Structure {
    /// The number of each kind of token that does not come from the document.
    counts: BTreeMap<String, usize>,
}

impl Structure {
    fn read(files: &FileTree, words: AllowedWords) -> Result<Self, String> {
        let mut structure = Self::default();
        for (path, text) in files.iter().filter(|(path, _)| !path.starts_with("src/runtime/")) {
            if let Some(found) = text.chars().find(|c| is_deceptive(*c)) {
                return Err(format!("{path} has {found:?}"));
            }
            if path.ends_with(".rs") {
                let tokens = syn::parse_file(text)
                    .map(|_| text.parse::<TokenStream>())
                    .map_err(|error| format!("{path} is not valid Rust: {error}"))?
                    .map_err(|error| format!("{path} has no tokens: {error}"))?;
                structure.add(tokens, words).map_err(|error| format!("{path}: {error}"))?;
            } else if path.ends_with(".toml") {
                let manifest: toml::Table = text.parse().map_err(|error| format!("{path}: {error}"))?;
                structure.add_table(&manifest, words);
            }
        }
        Ok(structure)
    }

    fn add_table(&mut self, table: &toml::Table, words: AllowedWords) {
        for (key, value) in table {
            let is_name = key.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-');
            // Features are named after resources.
            let is_feature =
                words == AllowedWords::InNames && is_name && value.as_array().is_some_and(Vec::is_empty);
            self.count(if is_feature { "a feature" } else { key });
            if let Some(table) = value.as_table() {
                self.add_table(table, words);
            }
        }
    }

    fn add(&mut self, tokens: TokenStream, words: AllowedWords) -> Result<(), String> {
        let mut tokens = tokens.into_iter().peekable();
        while let Some(token) = tokens.next() {
            match token {
                TokenTree::Punct(punct) if punct.as_char() == '#' && tokens.peek().is_some_and(is_doc) => {
                    tokens.next();
                }
                // Trailing commas depend on the layout.
                TokenTree::Punct(punct) if punct.as_char() == ',' => {}
                TokenTree::Punct(punct) => self.count(&punct.to_string()),
                TokenTree::Group(group) => {
                    // Long `match` arms get braces; all other braces follow a keyword.
                    match group.delimiter() {
                        Delimiter::Parenthesis => self.count("()"),
                        Delimiter::Bracket => self.count("[]"),
                        Delimiter::Brace | Delimiter::None => {}
                    }
                    self.add(group.stream(), words)?;
                }
                TokenTree::Ident(ident) => {
                    let ident = ident.to_string();
                    if words == AllowedWords::None && ident.to_lowercase().contains(EVIL) {
                        return Err(format!("`{ident}` became an identifier"));
                    }
                    if is_keyword(&ident) {
                        self.count(&ident);
                    }
                }
                TokenTree::Literal(_) => self.count("literal"),
            }
        }
        Ok(())
    }

    fn count(&mut self, item: &str) {
        *self.counts.entry(item.to_owned()).or_default() += 1;
    }

    fn difference(&self, expected: &Self) -> Option<String> {
        let count_of =
            |structure: &Self, item: &String| structure.counts.get(item).copied().unwrap_or_default();
        let keys = self.counts.keys().chain(expected.counts.keys());
        let differ: Vec<String> = keys
            .filter(|item| count_of(self, item) != count_of(expected, item))
            .map(|item| {
                format!("`{item}` {} times instead of {}", count_of(self, item), count_of(expected, item))
            })
            .collect();
        (!differ.is_empty()).then(|| differ.join(", "))
    }
}

/// Returns `true` if the token after a `#` is documentation.
fn is_doc(token: &TokenTree) -> bool {
    let TokenTree::Group(group) = token else { return false };
    matches!(group.stream().into_iter().next(), Some(TokenTree::Ident(ident)) if ident == "doc")
}

/// Returns `true` for keywords that start an item or a statement.
fn is_keyword(word: &str) -> bool {
    const KEYWORDS: [&str; 17] = [
        "const",
        "enum",
        "extern",
        "fn",
        "for",
        "if",
        "impl",
        "let",
        "loop",
        "macro_rules",
        "match",
        "mod",
        "static",
        "struct",
        "trait",
        "unsafe",
        "use",
    ];
    KEYWORDS.contains(&word)
}

/// Returns `true` for characters that are invisible or change the order of the text.
fn is_deceptive(c: char) -> bool {
    let is_direction =
        matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{200e}' | '\u{200f}');
    is_direction || c == '\u{feff}' || (c.is_control() && c != '\n')
}

/// Returns a document with `text` in a location.
fn with_value(location: &str, text: &str) -> Value {
    let mut document = document();
    *document.pointer_mut(location).unwrap_or_else(|| panic!("{location} is in the document")) = json!(text);
    document
}

/// Returns a document with the key of a location replaced by `text`. A path keeps its leading slash.
fn with_key(location: &str, key: &str, text: &str) -> Value {
    let mut document = document();
    let new = if key.starts_with('/') { format!("/{text}") } else { text.to_owned() };
    let object = document.pointer_mut(location).and_then(Value::as_object_mut);
    let object = object.unwrap_or_else(|| panic!("{location} is in the document"));
    let value = object.remove(key).unwrap_or_else(|| panic!("{location} has {key}"));
    object.insert(new, value);
    if let Some(required) = document.pointer_mut("/components/schemas/Choice/oneOf/0/required/0") {
        if location.contains("oneOf") {
            *required = json!(text);
        }
    }
    document
}

fn document() -> Value {
    json!({
        "openapi": "3.1.0",
        "info": { "title": "Pets", "version": "1.0.0", "description": "" },
        "servers": [{
            "url": "https://{host}.example.com/{harmless}",
            "variables": {
                "host": { "default": "a", "enum": ["a", "b"], "description": "" },
                "harmless": { "default": "a" },
            },
        }],
        "tags": [{ "name": "pets", "description": "" }],
        "paths": {
            "/pets/{id}": {
                "get": {
                    "operationId": "getPet",
                    "summary": "",
                    "description": "",
                    "tags": ["pets"],
                    "x-speakeasy-group": "pets",
                    "parameters": [
                        { "name": "id", "in": "path", "required": true, "schema": { "type": "string" } },
                        { "name": "q", "in": "query", "description": "", "schema": { "type": "string" } },
                        { "name": "H", "in": "header", "schema": { "type": "string" } },
                    ],
                    "responses": {
                        "200": {
                            "description": "",
                            "content": {
                                "application/json": { "schema": { "$ref": "#/components/schemas/Pet" } },
                            },
                        },
                        "404": { "description": "" },
                    },
                },
            },
            "/harmless": {
                "get": { "operationId": "list", "tags": ["others"], "responses": { "204": { "description": "" } } },
            },
        },
        "components": {
            "schemas": {
                "Pet": {
                    "type": "object",
                    "title": "",
                    "description": "",
                    "properties": {
                        "name": {
                            "type": "string",
                            "description": "",
                            "pattern": "",
                            "default": "",
                            "example": "",
                            "format": "",
                        },
                        // A payload can be a valid pattern or not. This one is valid, so the mock server always has patterns.
                        "harmless": { "type": "string", "pattern": "^[a-z]*$" },
                    },
                },
                "harmless": { "type": "object", "properties": { "a": { "type": "string" } } },
                // Has a default, because otherwise an empty value would be the default.
                "Kind": { "type": "string", "enum": ["a", "b"], "default": "b" },
                "Choice": {
                    "oneOf": [
                        {
                            "type": "object",
                            "description": "",
                            "required": ["harmless"],
                            "properties": { "harmless": { "type": "string" } },
                        },
                        { "type": "object", "required": ["b"], "properties": { "b": { "type": "integer" } } },
                    ],
                },
            },
        },
    })
}
