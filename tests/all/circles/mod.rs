//! No files of a room use one another in a circle, by imports or by method calls, and no struct has many methods over
//! several files. The rooms of the runtime import what their headers allow.
//!
//! An import shows in `use` and in paths. A method call shows in neither: the files that implement a shared struct can
//! call one another freely. So the receiver of a call is followed as far as its type is written down: `self`, the
//! parameters of a function, their fields, and the results of methods.

mod graph;
mod paths;
mod source;

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use self::graph::Graph;
use self::source::Source;
use super::arrows;

const RUNTIME: &str = "generator/runtime/src";

const GENERATOR: &str = "generator/src";

/// The rooms without circles: the folder of the crate, and the folder of the room in it. The empty room is the crate.
const ROOMS: &[(&str, &str)] = &[
    (RUNTIME, ""),
    (GENERATOR, "classify"),
    (GENERATOR, "lower"),
    (GENERATOR, "passes"),
    (GENERATOR, "render"),
    (GENERATOR, "wire_changes"),
];

/// The maximum number of methods of a struct that several files implement.
const MAX_SHARED_METHODS: usize = 40;

#[test]
fn no_files_of_a_room_form_a_circle() {
    for (folder, room) in ROOMS {
        let found = complaints(&read(folder), room);
        assert!(found.is_empty(), "{folder}/{room}:\n{}", found.join("\n"));
    }
}

#[test]
fn rooms_of_the_runtime_import_what_their_headers_allow() {
    let files = read(RUNTIME);
    let graph = Graph::of(&Source::of(&files));
    let imports = graph.rooms();
    let rooms: BTreeSet<&str> =
        files.keys().map(|file| room_of(file)).filter(|room| *room != "lib").collect();
    for room in rooms {
        let header = files.get(&format!("{room}/mod.rs")).or_else(|| files.get(&format!("{room}.rs")));
        let allowed = header.map(|text| allowed(text)).unwrap_or_default();
        let used = imports.get(room).cloned().unwrap_or_default();
        assert_eq!(allowed, Some(used), "the header of `{room}` against its imports");
    }
}

fn read(folder: &str) -> BTreeMap<String, String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("..").join(folder);
    arrows::files(&folder, "").into_iter().collect()
}

/// Returns the circles and the large shared structs in a room of a crate.
fn complaints(files: &BTreeMap<String, String>, room: &str) -> Vec<String> {
    let source = Source::of(files);
    let is_in_room =
        |file: &str| room.is_empty() || file.strip_prefix(room).is_some_and(|rest| rest.starts_with('/'));
    let mut complaints = Graph::of(&source).circles(is_in_room);
    for ((_, name), methods) in &source.methods {
        let methods: Vec<_> = methods.values().flatten().filter(|method| is_in_room(&method.file)).collect();
        let files: BTreeSet<_> = methods.iter().map(|method| method.file.as_str()).collect();
        if files.len() > 1 && methods.len() > MAX_SHARED_METHODS {
            complaints.push(format!("`{name}` has {} methods in {} files", methods.len(), files.len()));
        }
    }
    complaints
}

/// Returns the room of a file: its folder, or the file itself if it is beside `lib.rs`.
fn room_of(file: &str) -> &str {
    file.split(['/', '.']).next().unwrap_or(file)
}

/// Returns the rooms that a header allows: "This room may import `api` and `net`.", or "This room imports no other.".
fn allowed(text: &str) -> Option<BTreeSet<String>> {
    let lines = text.lines().map_while(|line| line.strip_prefix("//!"));
    let header: String = lines.collect();
    if header.contains("This room imports no other.") {
        return Some(BTreeSet::new());
    }
    let (_, list) = header.split_once("This room may import ")?;
    let (list, _) = list.split_once('.')?;
    Some(list.split('`').skip(1).step_by(2).map(str::to_owned).collect())
}

/// Returns the circles and the large shared structs in a crate of these files.
fn complaints_of(files: &[(&str, &str)]) -> Vec<String> {
    let files = files.iter().map(|(path, text)| ((*path).to_owned(), (*text).to_owned())).collect();
    complaints(&files, "")
}

/// Checks whether the files `a.rs` and `b.rs` form a circle. `shared.rs` and `lib.rs` are the same in all cases.
#[track_caller]
fn check(a: &str, b: &str, is_circle: bool) {
    let lib = "mod a; mod b; mod shared;";
    let shared = "pub struct Shared { pub inner: Inner } pub struct Inner; pub trait Named {}";
    let found = complaints_of(&[("lib.rs", lib), ("shared.rs", shared), ("a.rs", a), ("b.rs", b)]);
    assert_eq!(!found.is_empty(), is_circle, "{a}\n{b}\n{found:?}");
}

#[test]
fn a_circle_by_imports_is_found() {
    check("use super::b::f; pub fn g() { f() }", "use super::a::g; pub fn f() { g() }", true);
    check("pub fn g() { super::b::f() }", "pub fn f() { crate::a::g() }", true);
    check("use super::b; pub fn g() { b::f() }", "use super::{a}; pub fn f() { a::g() }", true);
    check("use super::b::*; pub fn g() { f() }", "use super::a::g; pub fn f() { g() }", true);
    check("pub fn g() { vec![super::b::f()]; }", "pub fn f() { println!(\"{}\", super::a::g()) }", true);
    check("pub struct G(super::b::F);", "pub struct F; impl From<super::a::G> for F {}", true);
    check(
        "use super::b::F as Other; pub trait G { fn f() -> Other; }",
        "use super::a::G; pub struct F;",
        true,
    );
}

#[test]
fn a_circle_by_method_calls_is_found() {
    let shared = "use super::shared::Shared; impl Shared {";
    let check =
        |a: &str, b: &str, is_circle| check(&format!("{shared} {a}"), &format!("{shared} {b}"), is_circle);
    check("fn g(&self) { self.f() } }", "fn f(&self) { self.g() } }", true);
    check("fn g() { Self::f() } }", "fn f() { Shared::g() } }", true);
    check("fn g(&self) {} } fn h(it: &mut Shared) { it.f() }", "fn f(&self) { vec![self.g()]; } }", true);
    check(
        "fn g(&self) -> &Self { self.f()?.g() } }",
        "fn f(&self) -> Option<&Self> { self.g().g() } }",
        true,
    );
    check("fn g(&self) { self.f::<u8>() } }", "fn f<T>(&self) { self.g() } }", true);
    // In one direction only.
    check("fn g(&self) { self.f() } }", "fn f(&self) { self.f() } }", false);
    check("fn g(&self) { self.f() } }", "fn f(&self) { other.g() } }", false);
}

#[test]
fn a_method_call_on_a_field_is_found() {
    check(
        "use super::shared::{Inner, Shared}; impl Inner { fn g(&self) {} } fn h(it: Shared) { it.inner.f() }",
        "use super::shared::Inner; impl Inner { fn f(&self) { self.g() } }",
        true,
    );
}

#[test]
fn imports_in_one_direction_are_no_circle() {
    check("use super::b::f; pub fn g() { f() }", "pub fn f() {}", false);
    check(
        "use super::shared::Shared; fn g(_: Shared) {}",
        "use super::shared::Shared; fn f(_: Shared) {}",
        false,
    );
    // A module does not use what it only exports again, and a text or a comment names nothing.
    check(
        "pub use super::b::f; pub fn g() {}",
        "// super::a::f()\npub fn f() { super::a::g(); \"self.g()\"; }",
        false,
    );
    // Unit tests are left out.
    check(
        "#[cfg(test)] mod tests { use super::super::b::f; } pub fn g() {}",
        "pub fn f() { super::a::g() }",
        false,
    );
}

#[test]
fn files_of_a_folder_can_form_a_circle_with_its_root() {
    let check = |root: &str, child: &str, is_circle| {
        let found = complaints_of(&[("lib.rs", "mod a;"), ("a/mod.rs", root), ("a/b.rs", child)]);
        assert_eq!(!found.is_empty(), is_circle, "{root}\n{child}\n{found:?}");
    };
    check("mod b; use b::F; pub struct G(F);", "use super::G; pub struct F(Box<G>);", true);
    check("mod b; pub use b::F; pub struct G(F);", "use super::G; pub struct F(Box<G>);", true);
    check("mod b; pub use b::F; pub struct G;", "use super::G; pub struct F(Box<G>);", false);
}

#[test]
fn a_large_struct_over_several_files_is_found() {
    let methods = |from: usize, to: usize| -> String {
        let methods = (from..to).map(|number| format!("fn f{number}(&self) {{}}"));
        format!("use super::shared::Shared; impl Shared {{ {} }}", methods.collect::<String>())
    };
    check(&methods(0, 39), &methods(39, 40), false);
    check(&methods(0, 39), &methods(39, 41), true);
    check(&methods(0, 41), "", false);
}

#[test]
fn a_header_lists_the_rooms_to_import() {
    let check = |text: &str, expected: Option<&[&str]>| {
        let expected = expected.map(|rooms| rooms.iter().map(|room| (*room).to_owned()).collect());
        assert_eq!(allowed(text), expected, "{text}");
    };
    check(
        "//! Text.\n//!\n//! This room may import `api`, `net` and\n//! `wire`.\n\nuse `x`.",
        Some(&["api", "net", "wire"]),
    );
    check("//! This room imports no other.", Some(&[]));
    check("//! Text.\n// This room may import `api`.", None);
}
