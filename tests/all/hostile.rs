//! Text of a document never becomes code, wherever it stands and whatever it says.
//!
//! Each place of a document gets each of the payloads, one at a time. What comes of it is an error about the document,
//! or a crate that is built like the one of a harmless word: the same items, delimiters and punctuation, other words.

use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind};

use codegen::{Config, FileTree, Generated, Outcome, Source};
use proc_macro2::{Delimiter, TokenStream, TokenTree};
use serde_json::{Value, json};

/// The word of every payload that must never be a word of the code, unless it is the name of something.
const EVIL: &str = "evil";

/// What stands where the payload will.
const HARMLESS: &str = "harmless";

/// Places of text: nothing of it may be an identifier.
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

/// Places of names: they become one identifier each, whose words may be theirs.
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

/// Keys that are names: of a path, a schema, a property, a member of a union.
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
        TEXTS.iter().map(|place| (*place, Box::new(|text: &str| with_value(place, text)) as Make<'_>)),
        Words::None,
    );
}

#[test]
fn a_name_becomes_one_identifier() {
    let values =
        NAMES.iter().map(|place| (*place, Box::new(|text: &str| with_value(place, text)) as Make<'_>));
    let keys = KEYS
        .iter()
        .map(|(place, key)| (*place, Box::new(move |text: &str| with_key(place, key, text)) as Make<'_>));
    check(values.chain(keys), Words::OfNames);
}

#[test]
fn the_same_document_gives_the_same_bytes() {
    let document = with_value("/info/title", HARMLESS);
    let (first, second) =
        (generate(&document).expect("it is fine"), generate(&document).expect("it is fine"));
    assert_eq!(first.files, second.files);
}

#[test]
fn an_item_that_is_too_many_is_seen() {
    let files = |text: &str| {
        let mut files = FileTree::new();
        files.insert("src/lib.rs", text);
        files
    };
    let expected = Build::of(&files("/// Fine.\nfn harmless() {}"), Words::None).expect("it parses");
    let same = "/// evil\n/// fn evil() {}\nfn other() {}";
    assert_eq!(Build::of(&files(same), Words::None), Ok(expected.clone()));
    assert_ne!(Build::of(&files("/// Fine.\nfn harmless() {} fn other() {}"), Words::None), Ok(expected));
    assert!(Build::of(&files("fn evil() {}"), Words::None).is_err());
    assert!(Build::of(&files("fn f("), Words::None).is_err());
    assert!(Build::of(&files("// \u{202e}"), Words::None).is_err());
}

/// Whether the words of a payload may be words of the code.
#[derive(Clone, Copy, PartialEq)]
enum Words {
    None,
    OfNames,
}

/// Puts a text into its place of a document.
type Make<'a> = Box<dyn Fn(&str) -> Value + 'a>;

#[track_caller]
fn check<'a>(places: impl Iterator<Item = (&'a str, Make<'a>)>, words: Words) {
    let payloads = payloads();
    let mut wrong = Vec::new();
    for (place, make) in places {
        let harmless = generate(&make(HARMLESS)).unwrap_or_else(|error| panic!("{place}: {error}"));
        let expected = Build::of(&harmless.files, words).unwrap_or_else(|error| panic!("{place}: {error}"));
        for payload in &payloads {
            let outcome = catch_unwind(AssertUnwindSafe(|| match generate(&make(payload)) {
                Ok(generated) => Build::of(&generated.files, words),
                // An error about the document is as good.
                Err(_) => Ok(expected.clone()),
            }));
            let complaint = match outcome {
                Ok(Ok(build)) => build.difference(&expected),
                Ok(Err(error)) => Some(error),
                Err(_) => Some("a panic".to_owned()),
            };
            let payload: String = payload.chars().take(40).collect();
            wrong.extend(complaint.map(|complaint| format!("{payload:?} at {place}: {complaint}")));
        }
    }
    assert!(wrong.is_empty(), "{} are wrong:\n{}", wrong.len(), wrong.join("\n"));
}

/// The crate of a document, or what is wrong with the document.
fn generate(document: &Value) -> Result<Generated, String> {
    let text = document.to_string();
    let source = Source { name: "hostile.json", text: &text };
    let Outcome { generated, diagnostics } = codegen::generate(source, &Config::default());
    assert_eq!(generated.is_none(), diagnostics.has_errors(), "a crate, or an error that says why not");
    generated.ok_or_else(|| diagnostics.render(source))
}

/// How a crate is built, words and literals aside.
#[derive(Clone, Debug, Default, PartialEq)]
struct Build {
    /// How often each thing occurs that is no word of the document.
    things: BTreeMap<String, usize>,
}

impl Build {
    fn of(files: &FileTree, words: Words) -> Result<Self, String> {
        let mut build = Self::default();
        for (path, text) in files.iter().filter(|(path, _)| !path.starts_with("src/runtime/")) {
            if let Some(found) = text.chars().find(|c| is_deceptive(*c)) {
                return Err(format!("{path} has {found:?}"));
            }
            if path.ends_with(".rs") {
                let tokens = syn::parse_file(text)
                    .map(|_| text.parse::<TokenStream>())
                    .map_err(|error| format!("{path} is no Rust: {error}"))?
                    .map_err(|error| format!("{path} has no tokens: {error}"))?;
                build.add(tokens, words).map_err(|error| format!("{path}: {error}"))?;
            } else if path.ends_with(".toml") {
                let manifest: toml::Table = text.parse().map_err(|error| format!("{path}: {error}"))?;
                build.add_table(&manifest, words);
            }
        }
        Ok(build)
    }

    fn add_table(&mut self, table: &toml::Table, words: Words) {
        for (key, value) in table {
            let is_name = key.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-');
            // Features are called like resources.
            let is_feature =
                words == Words::OfNames && is_name && value.as_array().is_some_and(Vec::is_empty);
            self.count(if is_feature { "a feature" } else { key });
            if let Some(table) = value.as_table() {
                self.add_table(table, words);
            }
        }
    }

    fn add(&mut self, tokens: TokenStream, words: Words) -> Result<(), String> {
        let mut tokens = tokens.into_iter().peekable();
        while let Some(token) = tokens.next() {
            match token {
                TokenTree::Punct(punct) if punct.as_char() == '#' && tokens.peek().is_some_and(is_doc) => {
                    tokens.next();
                }
                // The layout of a line decides whether there is one at its end.
                TokenTree::Punct(punct) if punct.as_char() == ',' => {}
                TokenTree::Punct(punct) => self.count(&punct.to_string()),
                TokenTree::Group(group) => {
                    // The arm of a `match` gets braces when it is long; every other pair comes with a keyword.
                    match group.delimiter() {
                        Delimiter::Parenthesis => self.count("()"),
                        Delimiter::Bracket => self.count("[]"),
                        Delimiter::Brace | Delimiter::None => {}
                    }
                    self.add(group.stream(), words)?;
                }
                TokenTree::Ident(ident) => {
                    let ident = ident.to_string();
                    if words == Words::None && ident.to_lowercase().contains(EVIL) {
                        return Err(format!("`{ident}` is a word of the code"));
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

    fn count(&mut self, thing: &str) {
        *self.things.entry(thing.to_owned()).or_default() += 1;
    }

    fn difference(&self, expected: &Self) -> Option<String> {
        let of = |build: &Self, thing: &String| build.things.get(thing).copied().unwrap_or_default();
        let things = self.things.keys().chain(expected.things.keys());
        let differ: Vec<String> = things
            .filter(|thing| of(self, thing) != of(expected, thing))
            .map(|thing| format!("`{thing}` {} times and not {}", of(self, thing), of(expected, thing)))
            .collect();
        (!differ.is_empty()).then(|| differ.join(", "))
    }
}

/// Whether what follows a `#` is documentation.
fn is_doc(token: &TokenTree) -> bool {
    let TokenTree::Group(group) = token else { return false };
    matches!(group.stream().into_iter().next(), Some(TokenTree::Ident(ident)) if ident == "doc")
}

/// Words that begin an item or a statement.
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

/// Characters that a reader of the source does not see, or sees elsewhere.
fn is_deceptive(c: char) -> bool {
    let is_direction =
        matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{200e}' | '\u{200f}');
    is_direction || c == '\u{feff}' || (c.is_control() && c != '\n')
}

/// A document with `text` in a place.
fn with_value(place: &str, text: &str) -> Value {
    let mut document = document();
    *document.pointer_mut(place).unwrap_or_else(|| panic!("{place} is in the document")) = json!(text);
    document
}

/// A document in which the key of a place is `text`; a path keeps the slash that it begins with.
fn with_key(place: &str, key: &str, text: &str) -> Value {
    let mut document = document();
    let new = if key.starts_with('/') { format!("/{text}") } else { text.to_owned() };
    let object = document.pointer_mut(place).and_then(Value::as_object_mut);
    let object = object.unwrap_or_else(|| panic!("{place} is in the document"));
    let value = object.remove(key).unwrap_or_else(|| panic!("{place} has {key}"));
    object.insert(new, value);
    if let Some(required) = document.pointer_mut("/components/schemas/Choice/oneOf/0/required/0") {
        if place.contains("oneOf") {
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
                        "harmless": { "type": "string" },
                    },
                },
                "harmless": { "type": "object", "properties": { "a": { "type": "string" } } },
                // With a default, which the empty text would be otherwise.
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
