//! Each kind of change with the smallest pair of crates that has it. Code is `src/lib.rs`; a text that starts with `[` is
//! `Cargo.toml`.

use super::*;
use ChangeKind as K;

/// Each kind with the old and the new crate.
const CASES: &[(ChangeKind, Class, &str, &str)] = &[
    (K::ItemRemoved, Class::Breaking, "pub struct A; pub const B: u8 = 1;", "pub struct A;"),
    (K::ItemRemoved, Class::Breaking, "mod m { pub struct A; } pub use m::A;", "mod m { pub struct A; }"),
    (K::ItemRemoved, Class::Breaking, "pub use chrono;", ""),
    (
        K::ItemAdded,
        Class::Addition,
        "",
        "pub struct A { pub b: u8 } impl A { pub fn c() {} } impl Clone for A {}",
    ),
    (
        K::ItemRenamed,
        Class::Addition,
        "pub struct A { pub b: u8 } pub fn f() -> A {}",
        "pub struct B { pub b: u8 } #[deprecated] pub type A = B; pub fn f() -> B {}",
    ),
    (
        K::ItemRenamed,
        Class::Addition,
        "pub mod m { pub struct A; } pub fn f() -> m::A {}",
        "pub mod m { pub use super::A; } pub struct A; pub fn f() -> A {}",
    ),
    (
        K::ItemKindChanged,
        Class::Breaking,
        "#[non_exhaustive] pub struct A { pub b: u8 }",
        "#[non_exhaustive] pub enum A { B }",
    ),
    (K::ItemKindChanged, Class::Breaking, "pub const A: u8 = 1;", "pub static A: u8 = 1;"),
    (K::ItemKindChanged, Class::Breaking, "pub struct A { pub b: u8 }", "pub union A { pub b: u8 }"),
    (K::StructFormChanged, Class::Breaking, "pub struct A();", "pub struct A {}"),
    (K::StructFormChanged, Class::Breaking, "pub struct A;", "pub struct A {}"),
    (K::StructFormChanged, Class::Breaking, "pub struct A;", "pub struct A();"),
    (K::GenericsChanged, Class::Breaking, "pub struct A<T>(T);", "pub struct A<T: Clone>(T);"),
    (K::GenericsChanged, Class::Breaking, "pub struct A(&'static u8);", "pub struct A<'a>(&'a u8);"),
    (K::GenericsChanged, Class::Breaking, "pub union A { b: u8 }", "pub union A<T> { b: T }"),
    (K::GenericsChanged, Class::Breaking, "pub type A = Vec<u8>;", "pub type A<T> = Vec<u8>;"),
    (K::GenericsChanged, Class::Breaking, "pub type A<T = u8> = Vec<T>;", "pub type A<T> = Vec<T>;"),
    (K::ResourceRemoved, Class::Breaking, RESOURCE, ""),
    (K::ResourceAdded, Class::Addition, "", RESOURCE),
    (K::OperationRemoved, Class::Breaking, RESOURCE, WITHOUT_OPERATION),
    (K::OperationAdded, Class::Addition, WITHOUT_OPERATION, RESOURCE),
    (
        K::MethodRemoved,
        Class::Breaking,
        "pub struct A; impl A { pub fn b() {} }",
        "pub struct A; impl A { fn b() {} }",
    ),
    (K::MethodAdded, Class::Addition, "pub struct A;", "pub struct A; impl A { pub fn b() {} }"),
    (K::ArgumentAdded, Class::Breaking, "pub fn f(a: u8) {}", "pub fn f(a: u8, b: u8) {}"),
    (K::ArgumentAdded, Class::Breaking, "pub fn f(b: u8) {}", "pub fn f(a: u8, b: u8) {}"),
    (K::ArgumentRemoved, Class::Breaking, "pub fn f(a: u8, b: &str) {}", "pub fn f(b: &str) {}"),
    (K::ArgumentTypeChanged, Class::Breaking, "pub fn f(a: &str) {}", "pub fn f(a: u8) {}"),
    (K::ArgumentTypeChanged, Class::Breaking, "pub fn f(a: impl AsRef<str>) {}", "pub fn f(a: &str) {}"),
    (K::ArgumentTypeWidened, Class::Addition, "pub fn f(a: &str) {}", "pub fn f(a: impl AsRef<str>) {}"),
    (
        K::ArgumentsReordered,
        Class::Breaking,
        "pub fn f(a: &str, b: &str) {}",
        "pub fn f(b: &str, a: &str) {}",
    ),
    (
        K::ArgumentsReordered,
        Class::Breaking,
        "pub fn f(a: &str, b: &str) {}",
        "pub fn f(b: &str, c: &str) {}",
    ),
    (K::ReturnTypeChanged, Class::Breaking, "pub fn f() -> u8 {}", "pub fn f() -> u16 {}"),
    (
        K::ReturnTypeChanged,
        Class::Breaking,
        "pub fn f(a: &str) -> &'static str {}",
        "pub fn f(a: &str) -> &str {}",
    ),
    (
        K::ReturnTypeChanged,
        Class::Breaking,
        "pub struct A(u8); impl std::future::IntoFuture for A { type Output = u8; }",
        "pub struct A(u8); impl IntoFuture for A { type Output = u16; }",
    ),
    (
        K::ReceiverChanged,
        Class::Breaking,
        "pub struct A; impl A { pub fn b(&self) {} }",
        "pub struct A; impl A { pub fn b(self) {} }",
    ),
    (
        K::ReceiverWidened,
        Class::Addition,
        "pub struct A; impl A { pub fn b(&mut self) {} }",
        "pub struct A; impl A { pub fn b(&self) {} }",
    ),
    (K::FunctionGenericsChanged, Class::Breaking, "pub fn f<T>(a: T) {}", "pub fn f<T: Clone>(a: T) {}"),
    (K::FunctionModifiersChanged, Class::Breaking, "pub const fn f() {}", "pub fn f() {}"),
    (K::FunctionModifiersChanged, Class::Breaking, "pub fn f() {}", "pub async fn f() {}"),
    (K::FunctionModifiersWidened, Class::Addition, "pub fn f() {}", "pub const fn f() {}"),
    (K::RequestTypeChanged, Class::Addition, RESOURCE, WITH_PARAMETER),
    (
        K::FieldRemoved,
        Class::Breaking,
        "#[non_exhaustive] pub struct A { pub b: u8, pub c: u8 } impl A { pub fn with_b(self, value: u8) {} }",
        "#[non_exhaustive] pub struct A { pub c: u8 }",
    ),
    (
        K::FieldAdded,
        Class::Addition,
        "#[non_exhaustive] pub struct A {}",
        "#[non_exhaustive] pub struct A { pub b: u8 } impl A { pub fn with_b(self, value: u8) -> Self {} }",
    ),
    (K::FieldAdded, Class::Addition, "pub struct A { a: u8 }", "pub struct A { a: u8, pub b: u8 }"),
    (K::FieldAdded, Class::Addition, "pub union A { pub a: u8 }", "pub union A { pub a: u8, pub b: u8 }"),
    (
        K::ExhaustiveFieldAdded,
        Class::Breaking,
        "pub struct A { pub a: u8 }",
        "pub struct A { pub a: u8, pub b: u8 }",
    ),
    (
        K::FieldTypeChanged,
        Class::Breaking,
        "pub struct A { pub a: String }",
        "pub struct A { pub a: Option<String> }",
    ),
    (
        K::PrivateFieldAdded,
        Class::Breaking,
        "pub struct A { pub a: u8 }",
        "pub struct A { pub a: u8, b: u8 }",
    ),
    (
        K::VariantRemoved,
        Class::Breaking,
        "#[non_exhaustive] pub enum A { B(u8), C } impl A { pub fn as_b(&self) {} } impl From<u8> for A {}",
        "#[non_exhaustive] pub enum A { C }",
    ),
    (
        K::VariantAdded,
        Class::Addition,
        "#[non_exhaustive] pub enum A { C }",
        "#[non_exhaustive] pub enum A { BigB(u8), C } impl A { pub fn as_big_b(&self) {} } impl From<u8> for A {}",
    ),
    (K::ExhaustiveVariantAdded, Class::Breaking, "pub enum A { B }", "pub enum A { B, C }"),
    (K::VariantFieldsChanged, Class::Breaking, "pub enum A { B(u8) }", "pub enum A { B(u16) }"),
    (K::VariantFieldsChanged, Class::Breaking, "pub enum A { B }", "pub enum A { B {} }"),
    (K::NonExhaustiveAdded, Class::Breaking, "pub enum A { B }", "#[non_exhaustive] pub enum A { B }"),
    (K::NonExhaustiveRemoved, Class::Addition, "#[non_exhaustive] pub enum A { B }", "pub enum A { B }"),
    (K::AliasTargetChanged, Class::Breaking, "pub type A = u8;", "pub type A = u16;"),
    (K::ConstTypeChanged, Class::Breaking, "pub const A: u8 = 1;", "pub const A: u16 = 1;"),
    (K::ConstTypeChanged, Class::Breaking, "pub static mut A: u8 = 1;", "pub static A: u8 = 1;"),
    (K::ConstValueChanged, Class::Fix, "pub const A: u8 = 1;", "pub const A: u8 = 2;"),
    (
        K::ImplRemoved,
        Class::Breaking,
        "#[derive(Clone, Copy)] pub struct A;",
        "#[derive(Clone)] pub struct A;",
    ),
    (
        K::ImplRemoved,
        Class::Breaking,
        "pub struct A; impl IntoIterator for A {} impl IntoIterator for &A {}",
        "pub struct A; impl IntoIterator for A {}",
    ),
    (K::ImplAdded, Class::Addition, "pub struct A;", "pub struct A; impl From<u8> for A {}"),
    (K::ImplAdded, Class::Addition, "pub struct A;", "pub struct A; impl IntoIterator for &A {}"),
    (
        K::ImplChanged,
        Class::Breaking,
        "pub struct A<T>(T); impl<T> Clone for A<T> {}",
        "pub struct A<T>(T); impl<T: Clone> Clone for A<T> {}",
    ),
    (
        K::ImplChanged,
        Class::Breaking,
        "pub struct A(u8); impl Iterator for A { type Item = u8; }",
        "pub struct A(u8); impl Iterator for A { type Item = u16; }",
    ),
    (K::SupertraitsChanged, Class::Breaking, "pub trait A {}", "pub trait A: Clone {}"),
    (K::TraitSafetyChanged, Class::Breaking, "pub trait A {}", "pub unsafe trait A {}"),
    (K::TraitItemRequired, Class::Breaking, "pub trait A {}", "pub trait A { fn b(&self); }"),
    (K::TraitItemRequired, Class::Breaking, "pub trait A { fn b(&self) {} }", "pub trait A { fn b(&self); }"),
    (K::TraitItemAdded, Class::Addition, "pub trait A {}", "pub trait A { fn b(&self) {} }"),
    (K::TraitItemRemoved, Class::Breaking, "pub trait A { type B; }", "pub trait A {}"),
    (
        K::TraitItemChanged,
        Class::Breaking,
        "pub trait A { fn b(&self); }",
        "pub trait A { fn b(&self, c: u8); }",
    ),
    (
        K::MacroChanged,
        Class::Breaking,
        "#[macro_export] macro_rules! a { ($a:ident) => {} }",
        "#[macro_export] macro_rules! a { ($a:ty) => {} }",
    ),
    (K::ReexportChanged, Class::Breaking, "pub use std::io::Error;", "pub use std::fmt::Error;"),
    (K::PackageRenamed, Class::Breaking, "[package]\nname = 'a-b'", "[package]\nname = 'a-c'"),
    (K::PackageRenamed, Class::Breaking, "[lib]\nname = 'a'", "[lib]\nname = 'b'"),
    (
        K::FeatureRemoved,
        Class::Breaking,
        "[dependencies]\na = { version = '1', optional = true }",
        "[dependencies]",
    ),
    (K::FeatureRemoved, Class::Breaking, "[features]\na = []\nb = []", "[features]\nb = []"),
    (K::FeatureAdded, Class::Addition, "[features]\nb = []", "[features]\na = []\nb = []"),
    (K::FeatureNarrowed, Class::Breaking, "[features]\na = ['b']\nb = []", "[features]\na = []\nb = []"),
    (K::FeatureWidened, Class::Addition, "[features]\na = []\nb = []", "[features]\na = ['b']\nb = []"),
    (
        K::DefaultFeatureRemoved,
        Class::Breaking,
        "[features]\ndefault = ['b']\nb = []",
        "[features]\ndefault = []\nb = []",
    ),
    (
        K::FeatureRequired,
        Class::Breaking,
        "pub struct A { pub b: u8 } impl A { pub fn c() {} }",
        "#[cfg(feature = \"a\")] pub struct A { pub b: u8 } #[cfg(feature = \"a\")] impl A { pub fn c() {} }",
    ),
    (
        K::FeatureRequired,
        Class::Breaking,
        "#[cfg(feature = \"a\")] mod m { pub struct A; } #[cfg(feature = \"a\")] pub use m::A;",
        "#[cfg(feature = \"b\")] mod m { pub struct A; } #[cfg(feature = \"b\")] pub use m::A;",
    ),
    (
        K::FeatureRequired,
        Class::Breaking,
        "pub struct A; impl Clone for A {}",
        "pub struct A; #[cfg(feature = \"a\")] impl Clone for A {}",
    ),
    (K::FeatureNotRequired, Class::Addition, "#[cfg(feature = \"a\")] pub fn f() {}", "pub fn f() {}"),
    (
        K::RustVersionRaised,
        Class::Addition,
        "[package]\nrust-version = '1.9'",
        "[package]\nrust-version = '1.85'",
    ),
    (
        K::RustVersionLowered,
        Class::Fix,
        "[package]\nrust-version = '1.85'",
        "[package]\nrust-version = '1.84.1'",
    ),
    (K::Deprecated, Class::Addition, "pub fn f() {}", "#[deprecated(note = \"use g\")] pub fn f() {}"),
    (K::NotDeprecated, Class::Docs, "#[deprecated] pub fn f() {}", "pub fn f() {}"),
    (K::MustUseAdded, Class::Addition, "pub fn f() {}", "#[must_use] pub fn f() {}"),
    (K::MustUseRemoved, Class::Fix, "#[must_use = \"reason\"] pub fn f() {}", "pub fn f() {}"),
    (K::BehaviorChanged, Class::Fix, "pub fn f() { 1 }", "pub fn f() { 2 }"),
    (
        K::BehaviorChanged,
        Class::Fix,
        "pub struct A; impl Clone for A { fn clone(&self) { 1 } }",
        "pub struct A; impl Clone for A { fn clone(&self) { 2 } }",
    ),
    (
        K::RuntimeChanged,
        Class::Fix,
        "pub mod runtime { pub fn f() { 1 } pub fn g() { 1 } }",
        "pub mod runtime { pub fn f() { 2 } pub fn g() { 2 } }",
    ),
    (K::DocsChanged, Class::Docs, "/// One.\npub fn f() {}", "/// Two.\npub fn f() {}"),
];

/// A resource with its operation.
const RESOURCE: &str = "pub mod runtime { pub struct Call<T>(T); pub use super::Error; } pub struct Error(u8); pub struct Client(u8); impl Client { #[cfg(feature = \"pets\")] pub fn pets(&self) -> resources::Pets {} } #[cfg(feature = \"pets\")] pub mod resources { pub mod pets { pub struct Pets(u8); impl Pets { pub fn get(&self) -> Get {} } pub type Get = crate::runtime::Call<u8>; } pub use self::pets::Pets; }";

/// The resource without its operation.
const WITHOUT_OPERATION: &str = "pub mod runtime { pub struct Call<T>(T); pub use super::Error; } pub struct Error(u8); pub struct Client(u8); impl Client { #[cfg(feature = \"pets\")] pub fn pets(&self) -> resources::Pets {} } #[cfg(feature = \"pets\")] pub mod resources { pub mod pets { pub struct Pets(u8); } pub use self::pets::Pets; }";

/// The resource, whose operation has an optional parameter.
const WITH_PARAMETER: &str = "pub mod runtime { pub struct Call<T>(T); pub use super::Error; } pub struct Error(u8); pub struct Client(u8); impl Client { #[cfg(feature = \"pets\")] pub fn pets(&self) -> resources::Pets {} } #[cfg(feature = \"pets\")] pub mod resources { pub mod pets { pub struct Pets(u8); impl Pets { pub fn get(&self) -> Get {} } pub struct Get { request: u8 } impl IntoFuture for Get { type Output = Result<u8, crate::Error>; } } pub use self::pets::Pets; }";

fn surface(text: &str) -> Surface {
    let path = if text.starts_with('[') { "Cargo.toml" } else { "src/lib.rs" };
    Surface::read([(path, text)]).unwrap_or_else(|error| panic!("{error}: {text}"))
}

#[track_caller]
fn kinds(old: &Surface, new: &Surface) -> Vec<&'static str> {
    compare(old, new).iter().map(|change| change.kind.id()).collect()
}

/// Kinds that come with others in the smallest pair of crates: the setter of a new parameter, and everything around a resource.
const WITH_OTHERS: [ChangeKind; 4] =
    [K::ResourceAdded, K::ResourceRemoved, K::RequestTypeChanged, K::DependencyUpdated];

#[test]
fn each_kind_is_found_alone() {
    for (kind, class, old, new) in CASES {
        let (old, new) = (surface(old), surface(new));
        let found = kinds(&old, &new);
        match WITH_OTHERS.contains(kind) {
            true => assert!(found.contains(&kind.id()), "{found:?} for {kind:?}"),
            false => assert_eq!(found, [kind.id()], "{old}\nto\n{new}"),
        }
        assert_eq!(kind.class(), *class, "{kind:?}");
        assert_eq!(kinds(&old, &old), [""; 0]);
    }
}

#[test]
fn each_kind_has_a_case() {
    // A dependency is public only if code names it.
    let elsewhere = [K::DependencyIncompatible, K::DependencyUpdated];
    let has_case =
        |kind: &&ChangeKind| CASES.iter().any(|(other, ..)| other == *kind) || elsewhere.contains(kind);
    let missing: Vec<_> = ChangeKind::ALL.iter().filter(|kind| !has_case(kind)).collect();
    assert!(missing.is_empty(), "{missing:?}");
}

#[test]
fn items_behind_aliases_are_renamed() {
    #[track_caller]
    fn check(old: &str, new: &str, expected: &[&str]) {
        assert_eq!(kinds(&surface(old), &surface(new)), expected, "{old}\nto\n{new}");
    }
    let renamed_twice = "pub struct C { pub b: u8 } pub type B = C; pub type A = B;";
    check("pub struct A { pub b: u8 }", renamed_twice, &["item-renamed", "item-added"]);
    check("pub struct B { pub b: u8 } pub type A = B;", renamed_twice, &["item-renamed"]);
    check(renamed_twice, "pub struct A { pub b: u8 }", &["item-removed", "item-removed"]);
    let merged = "pub struct C { pub b: u8 } pub type B = C; pub type A = C;";
    let same = "pub struct A { pub b: u8 } pub struct B { pub b: u8 }";
    check(same, merged, &["item-renamed", "item-renamed"]);
    let other = "pub struct A { pub b: u8 } pub struct B { pub b: u8, pub d: u8 }";
    check(other, merged, &["item-renamed", "item-renamed", "field-removed"]);
    // A second path of the item leads through the alias.
    check(
        "pub mod r { pub struct Pets; pub mod pets { pub use super::Pets; } } pub fn f() -> r::Pets {}",
        "pub mod r { pub struct Herd; pub type Pets = Herd; pub mod pets { pub use super::Pets; } } pub fn f() -> r::Herd {}",
        &["item-renamed"],
    );
}

/// A new variant that holds the same type as another one removes the conversion.
#[test]
fn a_change_implies_no_more_severe_one() {
    let old = surface("#[non_exhaustive] pub enum A { B(u8) } impl From<u8> for A {}");
    let new = surface("#[non_exhaustive] pub enum A { B(u8), C(u8) }");
    assert_eq!(kinds(&old, &new), ["impl-removed", "variant-added"]);
    let old = surface("pub enum A { B(u8) } impl From<u8> for A {}");
    let new = surface("pub enum A { B(u8), C(u8) }");
    assert_eq!(kinds(&old, &new), ["impl-removed", "exhaustive-variant-added"]);
    let new = surface("pub enum A { /** B. */ B(u8) }");
    assert_eq!(kinds(&old, &new), ["impl-removed", "docs-changed"]);
}

/// The old type decides which code a new member breaks.
#[test]
fn a_type_that_becomes_exhaustive_can_have_new_members() {
    let old = surface("#[non_exhaustive] pub enum A { B }");
    assert_eq!(kinds(&old, &surface("pub enum A { B, C }")), ["non-exhaustive-removed", "variant-added"]);
}

#[test]
fn the_version_in_the_user_agent_is_not_a_change() {
    let with = |version: &str| {
        let manifest = format!("[package]\nname = 'a'\nversion = '{version}'");
        let client = format!("const B: C = C {{ user_agent: \"a/{version}\" }};");
        let files =
            [("Cargo.toml", manifest.as_str()), ("src/lib.rs", "mod client;"), ("src/client.rs", &client)];
        Surface::read(files).expect("the files are valid")
    };
    assert_eq!(compare(&with("1.0.0"), &with("1.1.0")), []);
}

/// Patterns in the document add code to the mock server.
#[test]
fn private_code_has_a_name_that_users_know() {
    #[track_caller]
    fn check(old: &str, new: &str, expected: &str) {
        let messages: Vec<String> =
            compare(&surface(old), &surface(new)).into_iter().map(|change| change.message).collect();
        assert_eq!(messages, [expected]);
    }
    check("const A: u8 = 1;", "const A: u8 = 2;", "the crate behaves differently");
    check(
        "pub mod runtime { pub mod mock { fn f() { 1 } } }",
        "pub mod runtime { pub mod mock { fn f() { 2 } } }",
        "the mock server behaves differently",
    );
}

#[test]
fn new_code_implies_the_parts_of_the_runtime_that_it_uses() {
    #[track_caller]
    fn check(old: &str, new: &str, expected: &[&str]) {
        assert_eq!(kinds(&surface(old), &surface(new)), expected, "{old}\nto\n{new}");
    }
    let old = "pub mod runtime { pub struct A(u8); }";
    let part =
        "pub mod runtime { pub struct A(u8); pub struct Pages(u8); impl Pages { pub fn next(&self) {} } }";
    let used =
        &format!("{part} pub struct Pets(u8); impl Pets {{ pub fn pages(&self) -> runtime::Pages {{}} }}");
    check(old, used, &["item-added"]);
    check(old, part, &["item-added"]);
    // A removal breaks programs.
    check(used, old, &["item-removed", "item-removed"]);
}

#[test]
fn equal_manifests_have_no_changes() {
    #[track_caller]
    fn check(old: &str, new: &str) {
        assert_eq!(compare(&surface(old), &surface(new)), [], "{old}\nto\n{new}");
    }
    check("[features]\ndefault = []", "[features]");
    check("[package]\nrust-version = '1.70'", "[package]\nrust-version = '1.70.0'");
    check("[package]\nname = 'a-b'", "[package]\nname = 'a_b'");
}

#[test]
fn only_public_dependencies_matter() {
    #[track_caller]
    fn check(code: &str, (old, new): (&str, &str), expected: &[&str]) {
        let manifest = |version: &str| format!("[dependencies]\nchrono = '{version}'");
        let (old, new) = (manifest(old), manifest(new));
        let read = |manifest: &str| {
            Surface::read([("Cargo.toml", manifest), ("src/lib.rs", code)]).expect("the files are valid")
        };
        assert_eq!(kinds(&read(&old), &read(&new)), expected, "{code}");
    }
    check("pub use chrono;", ("0.4.1", "0.4.2"), &["dependency-updated"]);
    check("pub fn f(a: chrono::Duration) {}", ("0.4", "0.5"), &["dependency-incompatible"]);
    check("fn f(a: chrono::Duration) {}", ("0.4", "0.5"), &[]);
}

/// The same API, spelled in two ways.
#[test]
fn spelling_is_not_a_change() {
    #[track_caller]
    fn check(old: &str, new: &str) {
        assert_eq!(compare(&surface(old), &surface(new)), [], "{old}\nto\n{new}");
    }
    check("pub struct A; pub fn f(a: A) {}", "pub struct A; pub fn f(b: crate::A) {}");
    check("pub fn f<'a>(a: &'a str) -> &'a str {}", "pub fn f(a: &str) -> &str {}");
    check("pub fn f(a: Option<String>) {}", "pub fn f(a: ::std::option::Option<std::string::String>) {}");
    check("mod a { pub struct A; } pub use a::A;", "mod b { pub struct A; } pub use self::b::A;");
    check("mod a { pub struct A; } pub use a::*;", "pub struct A;");
    check(
        "use std::fmt; pub struct A; impl fmt::Debug for A {}",
        "pub struct A; impl ::std::fmt::Debug for A {}",
    );
    check("pub struct A; impl A { pub fn b() -> Self {} }", "pub struct A; impl A { pub fn b() -> A {} }");
    check("pub type A = u8; pub fn f() -> A {}", "pub type A = u8; pub fn f() -> u8 {}");
    check("pub fn f() {} pub fn g() {}", "pub fn g() {} pub fn f() { /* comment */ }");
    check("pub struct A { b: u8 }", "#[non_exhaustive] pub struct A { b: u8 }");
    check("pub struct A(u8); impl A { pub fn b() {} }", "pub struct A { a: u8 } impl A { pub fn b() {} }");
    check("pub struct A {}", "pub struct A;");
    check("pub struct A<'a>(pub &'a u8);", "pub struct A<'b>(pub &'b u8);");
    check("#[doc(hidden)] pub fn f() {}", "");
    check("#[cfg(test)] pub fn f() {}", "");
}

#[test]
fn calls_show_what_to_write() {
    let old = surface(RESOURCE);
    let new = surface(&RESOURCE.replace("get(&self)", "get(&self, id: &str)"));
    let changes = compare(&old, &new);
    let calls = ("client.pets().get()".to_owned(), "client.pets().get(id)".to_owned());
    assert_eq!(changes[0].calls, Some(calls));
    assert_eq!(changes[0].group, "resources::Pets");
    assert_eq!(
        text(&changes),
        "Breaking changes\n  - `resources::Pets`: operation `get` has a new argument `id`\n    old: client.pets().get()\n    new: client.pets().get(id)\n"
    );
}

#[test]
fn a_member_is_reported_once() {
    #[track_caller]
    fn check(old: &str, new: &str, expected: &[&str]) {
        assert_eq!(kinds(&surface(old), &surface(new)), expected, "{old}\nto\n{new}");
    }
    check(
        "#[non_exhaustive] pub struct A { pub b: u8 } impl A { pub fn with_b(self) {} }",
        "#[non_exhaustive] pub struct A { #[deprecated] pub b: u8 } impl A { #[deprecated] pub fn with_b(self) {} }",
        &["deprecated"],
    );
    check(
        "#[non_exhaustive] pub struct A {}",
        "#[non_exhaustive] pub struct A { pub with_b: u8 } impl A { pub fn with_b(self) {} }",
        &["field-added"],
    );
    // The struct encodes the variants of its field.
    let code = |variant: &str, body: &str| {
        format!(
            "#[non_exhaustive] pub enum B {{ C{variant} }} pub struct A {{ pub b: Option<B> }} impl A {{ fn f() {{ {body} }} }}"
        )
    };
    check(&code("", "1"), &code(", D", "2"), &["variant-added"]);
    check(&code("", "1"), &code("", "2"), &["behavior-changed"]);
}

#[test]
fn changes_of_many_types_are_one_sentence() {
    let types = |cfg: &str| (0..20).map(|number| format!("{cfg} pub struct A{number};")).collect::<String>();
    let code = |types: &str| surface(&format!("pub mod types {{ {types} }}"));
    let text_of = |old: &str, new: &str| text(&compare(&code(old), &code(new)));
    assert_eq!(text_of("", &types("")), "Additions\n  - 20 types are new\n");
    let cfg = "#[cfg(feature = \"a\")]";
    let sentence = "Additions\n  - 20 types are available with more features\n";
    assert_eq!(text_of(&types(cfg), &types("")), sentence);
}

#[test]
fn changes_read_like_a_changelog() {
    let old = surface(
        "pub mod types { #[non_exhaustive] pub struct Pet { pub tag: u8, pub age: u8 } /** A. */ pub struct Owner; }",
    );
    let new = surface(
        "pub mod types { #[non_exhaustive] pub struct Pet { pub age: u16, pub name: u8, pub size: u8 } /** B. */ pub struct Owner; pub enum Toy {} }",
    );
    assert_eq!(
        markdown(&compare(&old, &new), 3),
        "\
### Breaking changes

- `types::Pet`:
  - field `age` has the type `u16` instead of `u8`
  - field `tag` is removed

### Additions

- `types::Pet`: fields `name` and `size` are new
- `types::Toy` is new

### Documentation

- `types::Owner`
"
    );
}

#[test]
fn a_removed_feature_explains_fewer_conditions() {
    let api = |features: &str, condition: &str| {
        let manifest = format!("[features]\n{features}");
        let code = format!("#[cfg({condition})] pub fn f() {{}}");
        Surface::read([("Cargo.toml", manifest.as_str()), ("src/lib.rs", code.as_str())])
            .expect("the crate is valid")
    };
    let kinds = |old: &Surface, new: &Surface| -> Vec<ChangeKind> {
        compare(old, new).iter().map(|change| change.kind).collect()
    };
    let both = api("a = []\nb = []", "any(feature = \"a\", feature = \"b\")");
    assert_eq!(kinds(&both, &api("a = []", "feature = \"a\"")), [ChangeKind::FeatureRemoved]);
    assert_eq!(kinds(&both, &api("a = []\nb = []", "feature = \"a\"")), [ChangeKind::FeatureRequired]);
}

/// A type that every resource reaches has no condition, until a resource is new that does not reach it.
#[test]
fn a_new_resource_requires_no_feature_of_the_types_of_others() {
    let resource = |name: &str| {
        let ty = name.to_uppercase();
        format!(
            "#[cfg(feature = \"{name}\")] pub mod {name} {{ pub struct {ty}(u8); }} #[cfg(feature = \"{name}\")] pub use self::{name}::{ty};"
        )
    };
    let api = |names: &[&str], condition: &str| {
        let features: String = names.iter().map(|name| format!("{name} = []\n")).collect();
        let resources: String = names.iter().map(|name| resource(name)).collect();
        let code =
            format!("pub mod resources {{ {resources} }} pub mod types {{ {condition} pub struct Pet; }}");
        Surface::read([
            ("Cargo.toml", format!("[features]\n{features}").as_str()),
            ("src/lib.rs", code.as_str()),
        ])
        .expect("the crate is valid")
    };
    let kinds = |old: &Surface, new: &Surface| -> Vec<ChangeKind> {
        compare(old, new).iter().map(|change| change.kind).collect()
    };
    let (of_one, of_two) = (api(&["a"], ""), api(&["a", "b"], ""));
    let only = |name: &str| format!("#[cfg(feature = \"{name}\")]");
    assert_eq!(kinds(&of_one, &api(&["a", "b"], &only("a"))), [ChangeKind::ResourceAdded]);
    assert_eq!(kinds(&of_two, &api(&["a", "b"], &only("a"))), [ChangeKind::FeatureRequired]);
    assert_eq!(
        kinds(&of_one, &api(&["a", "b"], &only("b"))),
        [ChangeKind::ResourceAdded, ChangeKind::FeatureRequired]
    );
}

#[test]
fn a_deprecated_operation_is_reported_without_its_mock() {
    let api = |note: &str| {
        let methods = format!("pub struct Pets(u8); impl Pets {{ {note} pub fn get(&self) {{}} }}");
        surface(&format!(
            "pub mod resources {{ pub mod pets {{ {methods} }} pub use self::pets::Pets; }} pub mod mock {{ pub mod pets {{ {methods} }} }}"
        ))
    };
    let changes = compare(&api(""), &api("#[deprecated]"));
    let paths: Vec<(ChangeKind, &str)> = changes.iter().map(|it| (it.kind, it.path.as_str())).collect();
    assert_eq!(paths, [(ChangeKind::Deprecated, "resources::Pets::get")]);
}
