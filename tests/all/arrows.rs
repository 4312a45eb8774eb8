//! Imports of the generator point one way, as its architecture says, and the runtime asks for anything in one place.
//!
//! Tests inside the modules are read as well: what they need says as much about a module as its code.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

/// Each module of the generator, and the modules that it may use. The root ties them together and may use all.
const ARROWS: &[(&str, &[&str])] = &[
    ("analyze", &["ir", "diagnostics"]),
    ("config", &[]),
    ("diagnostics", &[]),
    ("document", &["diagnostics"]),
    ("examples", &["document", "lower", "ir", "diagnostics", "config"]),
    ("file_tree", &[]),
    ("ir", &["diagnostics"]),
    ("lower", &["document", "ir", "diagnostics", "config"]),
    ("naming", &["ir", "diagnostics"]),
    ("render", &["ir", "analyze", "naming", "samples", "file_tree", "config"]),
    ("samples", &["ir", "diagnostics", "config", "document", "lower"]),
    ("summary", &["ir", "diagnostics"]),
];

#[test]
fn every_import_follows_an_arrow() {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("../generator/src");
    let mut modules = BTreeSet::new();
    let mut wrong = Vec::new();
    for (path, text) in files(&source, "") {
        let segments = segments(&path);
        let Some(module) = segments.first() else { continue };
        modules.insert(module.clone());
        wrong.extend(check(&segments, &text).into_iter().map(|complaint| format!("{path}: {complaint}")));
    }
    assert_eq!(
        modules.iter().map(String::as_str).collect::<Vec<_>>(),
        ARROWS.iter().map(|it| it.0).collect::<Vec<_>>()
    );
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn an_import_against_an_arrow_is_found() {
    fn complaints(path: &str, text: &str) -> usize {
        check(&segments(path), text).len()
    }
    // Against the arrow.
    assert_eq!(complaints("render/ty.rs", "use crate::document::Document;"), 1);
    assert_eq!(complaints("ir/mod.rs", "pub(crate) use crate::lower;"), 1);
    assert_eq!(complaints("render/docs/mod.rs", "    use super::super::document::Document;"), 1);
    assert_eq!(complaints("ir/types.rs", "use super::super::lower::Lower;"), 1);
    assert_eq!(complaints("file_tree.rs", "use super::ir::Api;"), 1);
    assert_eq!(
        complaints("ir/mod.rs", "use crate::{\n    diagnostics::Pointer,\n    render::Context,\n};"),
        1
    );
    assert_eq!(complaints("ir/mod.rs", "fn f() -> crate::naming::Names { loop {} }"), 1);
    assert_eq!(complaints("ir/mod.rs", "use crate::*;"), 1);
    // Along it.
    assert_eq!(complaints("render/ty.rs", "use crate::ir::{Integer, Type};"), 0);
    assert_eq!(complaints("render/docs/mod.rs", "use super::ty;"), 0);
    assert_eq!(complaints("ir/types.rs", "use super::Docs;"), 0);
    assert_eq!(complaints("ir/types.rs", "use crate::ir::Docs;"), 0);
    // What is only said, or spelt into the output.
    assert_eq!(complaints("ir/types.rs", "// see crate::lower"), 0);
    assert_eq!(complaints("render/types.rs", "quote!(use crate::runtime::wire;)"), 0);
}

#[test]
fn the_runtime_asks_for_anything_in_one_place() {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("../generator/runtime/src");
    let asks = files(&source, "").into_iter().filter(|(_, text)| text.contains(".deserialize_any("));
    assert_eq!(asks.map(|(path, _)| path).collect::<Vec<_>>(), ["wire/number.rs"], "it says why");
}

/// The modules that a file stands for: `lower/mod.rs` is `lower`, `lower/schema.rs` is `lower`, `schema`.
fn segments(path: &str) -> Vec<String> {
    let path = path.strip_suffix(".rs").expect("it is source");
    let path = path.strip_suffix("/mod").unwrap_or(path);
    path.split('/').filter(|segment| *segment != "lib").map(str::to_owned).collect()
}

/// What a file imports against the arrows.
fn check(module: &[String], text: &str) -> Vec<String> {
    let own = &module[0];
    let allowed =
        ARROWS.iter().find(|(name, _)| name == own).map(|(_, allowed)| *allowed).unwrap_or_default();
    let is_wrong = |used: &String| {
        let is_module = used == "*" || ARROWS.iter().any(|(name, _)| name == used);
        is_module && used != own && !allowed.contains(&used.as_str())
    };
    used(module, text).into_iter().filter(is_wrong).map(|used| format!("`{own}` uses `{used}`")).collect()
}

/// The modules at the root of the crate that a file names, in imports and elsewhere.
fn used(module: &[String], text: &str) -> BTreeSet<String> {
    let code: String = text.lines().map(|line| line.split("//").next().unwrap_or_default()).collect();
    let code: String = code.split_whitespace().collect::<Vec<_>>().join(" ");
    let up = "super::";
    let mut used = BTreeSet::new();
    for (at, root) in code.match_indices("crate::").chain(code.match_indices(up)) {
        // `$crate` is of a macro, and what is not the first `super` of a run was looked at with the first.
        if code[..at].ends_with(['$', ':']) {
            continue;
        }
        let mut rest = &code[at..];
        let mut steps = 0;
        while let Some(after) = rest.strip_prefix(up) {
            rest = after;
            steps += 1;
        }
        // Within an inline module one step leads less far: then this finds what is no module at the root.
        if root != up || steps >= module.len() {
            used.extend(first_segments(rest.trim_start_matches("crate::")));
        }
    }
    used
}

/// The first segments of what follows a `::`: one, or those of a list in braces.
fn first_segments(rest: &str) -> Vec<String> {
    let word = |text: &str| {
        let text = text.trim_start();
        let end = text.find(|c: char| !(c.is_alphanumeric() || matches!(c, '_' | '*'))).unwrap_or(text.len());
        text[..end].to_owned()
    };
    let Some(list) = rest.trim_start().strip_prefix('{') else { return vec![word(rest)] };
    let mut depth = 0;
    let mut items = vec![String::new()];
    for c in list.chars() {
        match c {
            '{' => depth += 1,
            '}' if depth == 0 => break,
            '}' => depth -= 1,
            ',' if depth == 0 => items.push(String::new()),
            _ if depth == 0 => items.last_mut().expect("there is one").push(c),
            _ => {}
        }
    }
    items.iter().map(|item| word(item)).collect()
}

/// The source files under a folder, by their path in it, sorted.
fn files(folder: &Path, prefix: &str) -> Vec<(String, String)> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display())) {
        let path = entry.expect("the folder can be read").path();
        let name = path.file_name().and_then(|name| name.to_str()).expect("names are text");
        if path.is_dir() {
            files.extend(self::files(&path, &format!("{prefix}{name}/")));
        } else if name.ends_with(".rs") {
            let text =
                fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
            files.push((format!("{prefix}{name}"), text));
        }
    }
    files.sort();
    files
}
