//! Surfaces of small crates, and of the generated client against a plain walk over its lines.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use super::*;

fn lines(files: &[(&str, &str)]) -> Vec<String> {
    let surface = Surface::read(files.iter().copied()).unwrap_or_else(|error| panic!("{error}"));
    let lines = surface.items().iter().filter(|item| item.path != "crate").map(ToString::to_string);
    lines.collect()
}

#[track_caller]
fn check(code: &str, expected: &[&str]) {
    assert_eq!(lines(&[("src/lib.rs", code)]), expected, "{code}");
}

#[test]
fn follows_modules_of_other_files() {
    let files = [
        ("src/lib.rs", "pub mod types; mod hidden;"),
        ("src/types/mod.rs", "mod pet; pub use self::pet::Pet; pub mod inner;"),
        ("src/types/pet.rs", "use super::inner::Tag; pub struct Pet { pub tag: Tag, name: String }"),
        ("src/types/inner.rs", "pub struct Tag;"),
        ("src/hidden.rs", "pub struct Hidden;"),
        ("src/unused.rs", "pub struct Unused;"),
    ];
    let expected = [
        "pub mod types",
        "pub struct types::Pet",
        "pub types::Pet::tag: types::inner::Tag",
        "pub mod types::inner",
        "pub struct types::inner::Tag",
    ];
    assert_eq!(lines(&files), expected);
}

#[test]
fn the_shortest_path_is_the_name() {
    check(
        "mod a { pub mod b { pub struct C; } } pub use a::b; pub use a::b::C; pub fn f(c: b::C) {}",
        &["pub struct C", "pub mod b", "pub use C as b::C", "pub fn f(c: C)"],
    );
    check("mod a { pub struct A; } pub use a::*;", &["pub struct A"]);
    check("mod a { pub struct A; } pub use a::A as B;", &["pub struct B"]);
    check("pub use chrono; pub use std::io as files;", &["pub use chrono", "pub use std::io as files"]);
}

#[test]
fn types_are_normalized() {
    let code = "use std::fmt; use std::collections::BTreeMap as Map; pub mod types { pub struct A; }
        use crate::types;
        pub fn f<'a>(a: &'a mut self::types::A, b: ::std::option::Option<Map<String, &'static str>>, c: impl Into<types::A>) -> fmt::Result {}";
    check(
        code,
        &[
            "pub fn f(a: &mut types::A, b: Option<BTreeMap<String, &'static str>>, c: impl Into<types::A>) -> std::fmt::Result",
            "pub mod types",
            "pub struct types::A",
        ],
    );
}

#[test]
fn members_and_impls_are_items() {
    let code = "#[derive(Clone)] #[non_exhaustive] pub enum E { A(u8), B { c: u8 }, D }
        impl E { pub fn new() -> Self {} #[must_use] pub fn with(self) -> Self {} fn private() {} pub const C: u8 = 1; }
        impl From<u8> for E { fn from(value: u8) -> Self {} }
        pub struct G<T>(T); impl<T: Clone> G<T> { pub fn get(&self) -> &T {} }
        impl<T> Iterator for G<T> { type Item = T; }
        pub trait T: Clone { type A; fn b(&self) -> Self::A; }
        impl T for Vec<E> {}
        struct P; impl Clone for P {}";
    check(
        code,
        &[
            "#[non_exhaustive] pub enum E",
            "impl Clone for E",
            "impl From<u8> for E",
            "pub E::A(u8)",
            "pub E::B { c: u8 }",
            "pub const E::C: u8",
            "pub E::D",
            "pub fn E::new() -> E",
            "#[must_use] pub fn E::with(self) -> E",
            "pub struct G<T>",
            "impl<T> Iterator for G<T> { Item = T }",
            "pub fn G<T>::get<T: Clone>(&self) -> &T",
            "pub trait T: Clone",
            "impl T for Vec<E>",
            "pub type T::A",
            "pub fn T::b(&self) -> Self::A",
        ],
    );
}

#[test]
fn macros_are_expanded() {
    let files = [
        ("src/lib.rs", "mod macros; pub mod a; use macros::implement;"),
        (
            "src/macros.rs",
            "macro_rules! inner { ($t:ident) => { impl Eq for $t {} }; } macro_rules! implement { ($t:ident $(, $f:ident: $u:ty)*) => { inner!($t); impl $t { $(pub fn $f(&self) -> $u { 1 })* } }; } pub(crate) use implement;",
        ),
        (
            "src/a.rs",
            "pub struct A; crate::macros::implement!(A, b: Vec<u8>, c: super::a::A); thread_local! { static X: u8 = 1; }",
        ),
    ];
    let expected = [
        "pub mod a",
        "pub struct a::A",
        "impl Eq for a::A",
        "pub fn a::A::b(&self) -> Vec<u8>",
        "pub fn a::A::c(&self) -> a::A",
    ];
    assert_eq!(lines(&files), expected);
}

/// A file that has not changed is read again if it calls a macro that has.
#[test]
fn a_reader_knows_what_its_files_depend_on() {
    let mut reader = Reader::default();
    let mut lines = |code: &str, output: &str| {
        let macros = format!(
            "macro_rules! implement {{ ($t:ident) => {{ impl $t {{ pub fn f() -> {output} {{}} }} }}; }}"
        );
        let files =
            [("src/lib.rs", code), ("src/a.rs", "pub struct A; implement!(A);"), ("src/m.rs", &macros)];
        let surface = reader.read(files).expect("the files are valid");
        let items = surface.items().iter().filter(|item| item.path != "crate");
        items.map(ToString::to_string).collect::<Vec<_>>()
    };
    let private = "#[macro_use] mod m; mod a;";
    assert_eq!(lines(private, "u8"), [""; 0]);
    let public = "#[macro_use] mod m; pub mod a;";
    assert_eq!(lines(public, "u8"), ["pub mod a", "pub struct a::A", "pub fn a::A::f() -> u8"]);
    assert_eq!(lines(public, "u16"), ["pub mod a", "pub struct a::A", "pub fn a::A::f() -> u16"]);
}

/// Each macro alone is not nested too deeply.
#[test]
fn nested_expansions_have_a_limit() {
    let (open, close) = ("mod b { ".repeat(100), "} ".repeat(100));
    let rules = |number: usize| {
        format!("macro_rules! a{number} {{ () => {{ {open} a{}! {{}} {close} }}; }}\n", number + 1)
    };
    let code: String = (0..14).map(rules).chain(["a0! {}".to_owned()]).collect();
    let error = Surface::read([("src/lib.rs", code.as_str())]).expect_err("the code is nested too deeply");
    assert!(error.to_string().contains("the expansion is nested more than 128 levels deep"), "{error}");
}

#[test]
fn the_manifest_is_part_of_the_api() {
    let manifest = "[package]\nname = 'pets'\nversion = '1.2.3'\nrust-version = '1.85'\n[features]\ndefault = ['b', 'a']\na = []\n[dependencies]\nchrono = { version = '0.4' }\nserde = '1'\n";
    let files = [("Cargo.toml", manifest), ("src/lib.rs", "pub fn f(a: chrono::Duration) {}")];
    let expected = [
        "name = \"pets\"",
        "dependency chrono = \"0.4\"",
        "pub fn f(a: chrono::Duration)",
        "feature a = []",
        "feature default = [\"a\", \"b\"]",
        "rust-version = \"1.85\"",
    ];
    assert_eq!(lines(&files), expected);
    let surface = Surface::read(files).expect("the files are valid");
    assert_eq!((surface.package.as_str(), surface.version.as_str()), ("pets", "1.2.3"));
}

#[test]
fn conditions_and_deprecation_are_known() {
    let code = "#[cfg(all(feature = \"b\", not(unix)))] #[deprecated(note = \"use g\")] pub fn f() {}";
    let surface = Surface::read([("src/lib.rs", code)]).expect("the file is valid");
    let [item] = surface.at("f") else { panic!("there is one") };
    assert_eq!(item.conditions, ["feature = \"b\"", "not(unix)"]);
    assert_eq!(item.deprecated.as_deref(), Some("use g"));
}

#[test]
fn an_error_names_file_and_line() {
    #[track_caller]
    fn check(path: &str, text: &str, expected: &str) {
        let error = Surface::read([(path, text)]).expect_err("the file is not valid");
        assert_eq!(error.to_string(), expected);
    }
    check("src/lib.rs", "\n\npub fn (\n", "src/lib.rs:3: this delimiter is not closed");
    check("src/lib.rs", "pub struct A;\n\npub struct 1;\n", "src/lib.rs:3: expected identifier");
    check(
        "src/lib.rs",
        "pub struct A;\nimpl A {\n    fn a() {\n}\n    fn 1() {}\n}\n",
        "src/lib.rs:5: expected identifier",
    );
    check(
        "Cargo.toml",
        "[package]\n[dependencies]\nchrono = { workspace = true }\n",
        "Cargo.toml:3: `chrono` is inherited from a workspace, whose manifest is not read; write the value in its place",
    );
    let error =
        Surface::read([("Cargo.toml", "[package]\nname = \n")]).expect_err("the manifest is not valid");
    assert_eq!((error.file.as_str(), error.line), ("Cargo.toml", 2));
    check(
        "src/lib.rs",
        "macro_rules! a { (b) => {}; }\n\na!(c);",
        "src/lib.rs:3: `a!`: the call matches no rule of the macro",
    );
    check(
        "src/lib.rs",
        "macro_rules! a { () => { a!(); }; }\n a!();",
        "src/lib.rs:1: `a!`: the macro expands to itself",
    );
}

#[test]
fn files_of_any_kind_never_panic() {
    for text in [
        "",
        "\u{0}",
        "'",
        "r#\"",
        "pub use self::a as a; pub use crate::b::*;",
        "use a as b; use b as a; pub fn f(x: a) {}",
        "pub mod a { pub use super::*; } pub use a::*;",
        "pub use super::super::x;",
    ] {
        let _ = Surface::read([("src/lib.rs", text), ("Cargo.toml", "")]);
    }
}

#[test]
fn a_digest_covers_the_public_shape() {
    let digest = |code: &str, path: &str| {
        Surface::read([("src/lib.rs", code)]).expect("the file is valid").digest(path)
    };
    let pet = digest("/** A pet. */ pub struct Pet { pub name: u8, age: u8 }", "Pet");
    assert_eq!(pet.as_deref().map(str::len), Some(16));
    assert_eq!(digest("pub struct Pet { pub name: u8 }", "Pet"), pet);
    assert_ne!(digest("pub struct Pet { pub name: u16 }", "Pet"), pet);
    assert_ne!(digest("#[derive(Clone)] pub struct Pet { pub name: u8 }", "Pet"), pet);
    assert_eq!(digest("pub struct Pet;", "Owner"), None);
    let operation = |request: &str| {
        let code = format!(
            "pub mod resources {{ pub mod pets {{ pub struct Pets; impl Pets {{ pub fn get(&self, id: &str) -> Get {{}} }} {request} }} pub use pets::Pets; }}"
        );
        digest(&code, "resources::Pets::get")
    };
    assert_ne!(operation("pub struct Get;"), operation("pub struct Get; impl Get { pub fn page(self) {} }"));
}

/// The kind of an item, the type that it belongs to, and its name.
type Found = BTreeSet<(&'static str, String, String)>;

#[test]
fn the_generated_client_has_all_items_of_its_lines() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../generated-client");
    let mut files = Vec::new();
    read(&folder.join("src"), "src/", &mut files);
    let surface = Surface::read(files.iter().map(|(path, text)| (path.as_str(), text.as_str())));
    let surface = surface.expect("the client is valid");
    let of = |origin: Origin| -> Found {
        surface.items().iter().filter(|item| item.origin == origin).filter_map(found).collect()
    };
    let (runtime, document): (Vec<_>, Vec<_>) =
        files.iter().partition(|(path, _)| path.starts_with("src/runtime/"));
    let walk =
        |files: &[&(String, String)]| -> Found { files.iter().flat_map(|(_, text)| walk(text)).collect() };
    assert_eq!(of(Origin::Document), walk(&document));
    assert!(of(Origin::Document).len() > 250, "the client has many items");
    // Types of the runtime can be private although they are `pub`. Their members are not part of the API.
    let (known, walked) = (of(Origin::Runtime), walk(&runtime));
    let owners: BTreeSet<&String> =
        known.iter().filter(|(kind, ..)| matches!(*kind, "struct" | "enum")).map(|(.., name)| name).collect();
    let missing: Vec<_> = walked.iter().filter(|it| owners.contains(&it.1) && !known.contains(*it)).collect();
    assert!(missing.is_empty(), "{missing:?}");
    let made_up: Vec<_> = known.iter().filter(|it| !walked.contains(*it)).collect();
    assert!(made_up.is_empty(), "{made_up:?}");
}

fn found(item: &Item) -> Option<(&'static str, String, String)> {
    let kind = match &item.kind {
        ItemKind::Struct { .. } => "struct",
        ItemKind::Enum(_) => "enum",
        ItemKind::Alias { .. } => "type",
        ItemKind::Function(_) => "fn",
        ItemKind::Field(_) if item.name().starts_with(char::is_alphabetic) => "field",
        ItemKind::Variant { .. } => "variant",
        _ => return None,
    };
    let is_member = matches!(kind, "field" | "variant")
        || item.owner().rsplit("::").next().is_some_and(|it| it.starts_with(char::is_uppercase));
    let owner = if is_member { item.owner().rsplit("::").next().unwrap_or_default() } else { "" };
    Some((kind, owner.to_owned(), item.name().to_owned()))
}

/// Returns the public items of a file by the words and the indentation of its lines.
fn walk(text: &str) -> Found {
    let mut found = Found::new();
    let mut owner = String::new();
    let mut is_enum = false;
    let mut is_hidden = false;
    let word =
        |text: &str| text.chars().take_while(|it| it.is_alphanumeric() || *it == '_').collect::<String>();
    for line in text.lines().take_while(|line| *line != "mod tests {") {
        let (indent, line) = (line.len() - line.trim_start().len(), line.trim_start());
        is_hidden = line.starts_with("#[doc(hidden)]")
            || (is_hidden && (line.starts_with("#[") || line.starts_with("//")));
        let declared = line.strip_prefix("pub ").unwrap_or_default();
        let declared = declared.trim_start_matches("const ").trim_start_matches("async ");
        if indent == 0 && line != "}" && !line.is_empty() && !line.starts_with("//") {
            is_enum = line.contains("enum ");
            owner = match line.strip_prefix("impl") {
                Some(rest) if rest.contains(" for ") => String::new(),
                Some(rest) => word(after_generics(rest).trim_start()),
                None => String::new(),
            };
        }
        for kind in ["struct", "enum", "type", "fn"] {
            if let Some(rest) = declared.strip_prefix(kind).and_then(|rest| rest.strip_prefix(' ')) {
                let name = word(rest);
                if !is_hidden && (indent == 0 || (kind == "fn" && !owner.is_empty())) {
                    let of = if indent == 0 { String::new() } else { owner.clone() };
                    found.insert((kind, of, name.clone()));
                }
                if indent == 0 {
                    owner = if kind == "fn" || kind == "type" { String::new() } else { name };
                }
            }
        }
        let name = word(declared);
        if indent == 4
            && !is_hidden
            && !owner.is_empty()
            && declared[name.len()..].starts_with(": ")
            && name.starts_with(char::is_lowercase)
        {
            found.insert(("field", owner.clone(), name));
        }
        if indent == 4 && is_enum && !owner.is_empty() && line.starts_with(char::is_uppercase) {
            found.insert(("variant", owner.clone(), word(line)));
        }
    }
    found
}

/// Returns the text after `<...>`, if it starts with that.
fn after_generics(text: &str) -> &str {
    let mut depth = 0_usize;
    for (at, character) in text.char_indices() {
        match character {
            '<' => depth += 1,
            '>' => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return &text[at + usize::from(character == '>')..];
        }
    }
    text
}

fn read(folder: &Path, prefix: &str, files: &mut Vec<(String, String)>) {
    for entry in fs::read_dir(folder).expect("the folder exists") {
        let path = entry.expect("the folder can be read").path();
        let name = path.file_name().expect("it has a name").to_string_lossy().into_owned();
        match path.is_dir() {
            true => read(&path, &format!("{prefix}{name}/"), files),
            false => files.push((format!("{prefix}{name}"), fs::read_to_string(&path).expect("it is text"))),
        }
    }
}
