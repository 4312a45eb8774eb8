//! The modules of the generator import one another in one direction, as ARCHITECTURE.md draws, and the runtime calls
//! `deserialize_any` in one file.
//!
//! Unit tests inside the modules count as well.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

/// Each module of the generator with the modules that it may import. `lib.rs` and `main.rs` may import all of them.
const ARROWS: &[(&str, &[&str])] = &[
    ("analyze", &["ir", "diagnostics"]),
    ("changelog", &["hash"]),
    ("classify", &["document", "ir", "diagnostics", "config"]),
    ("cli", &["config", "diagnostics", "diff", "disk", "safe_text", "surface", "wire_changes"]),
    ("config", &["diagnostics"]),
    ("derives", &["ir", "analyze", "naming", "diagnostics"]),
    ("diagnostics", &["safe_text"]),
    ("diff", &["surface", "safe_text"]),
    ("disk", &["config", "diagnostics"]),
    ("document", &["diagnostics"]),
    ("examples", &["document", "lower", "ir", "diagnostics", "config"]),
    ("file_tree", &[]),
    ("guide", &[]),
    ("hash", &[]),
    ("ir", &["diagnostics"]),
    ("lock", &["hash"]),
    ("lower", &["classify", "document", "ir", "diagnostics", "config"]),
    ("naming", &["ir", "hash", "lock", "diagnostics"]),
    ("origins", &["ir", "naming", "diagnostics"]),
    ("passes", &["ir", "diagnostics"]),
    ("render", &["ir", "analyze", "naming", "derives", "samples", "showcase", "file_tree", "config"]),
    ("safe_text", &[]),
    ("samples", &["ir", "diagnostics", "config", "document", "lower"]),
    ("showcase", &["ir", "analyze", "naming", "samples"]),
    ("suggested_settings", &["config", "ir"]),
    ("summary", &["ir", "diagnostics"]),
    ("surface", &["hash"]),
    ("wire_changes", &["ir", "diagnostics"]),
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
fn architecture_md_draws_the_same_arrows() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../ARCHITECTURE.md");
    let text = fs::read_to_string(path).expect("ARCHITECTURE.md is text");
    let drawn: Vec<(&str, &str)> =
        text.lines().filter_map(|line| line.strip_prefix("  ")?.split_once(" --> ")).collect();
    let mut allowed: Vec<(&str, &str)> =
        ARROWS.iter().flat_map(|(from, to)| to.iter().map(move |to| (*from, *to))).collect();
    let mut sorted = drawn.clone();
    sorted.sort_unstable();
    allowed.sort_unstable();
    assert_eq!(sorted, allowed);
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
    // Comments, and code that is emitted.
    assert_eq!(complaints("ir/types.rs", "// see crate::lower"), 0);
    assert_eq!(complaints("render/types.rs", "quote!(use crate::runtime::wire;)"), 0);
}

#[test]
fn only_one_file_of_the_runtime_calls_deserialize_any() {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("../generator/runtime/src");
    let callers = files(&source, "").into_iter().filter(|(_, text)| text.contains(".deserialize_any("));
    assert_eq!(callers.map(|(path, _)| path).collect::<Vec<_>>(), ["wire/number.rs"]);
}

/// Returns the module path of a file: `lower/mod.rs` is `lower`, `lower/schema.rs` is `lower`, `schema`.
fn segments(path: &str) -> Vec<String> {
    let path = path.strip_suffix(".rs").expect("it is source");
    let path = path.strip_suffix("/mod").unwrap_or(path);
    path.split('/').filter(|segment| !matches!(*segment, "lib" | "main")).map(str::to_owned).collect()
}

/// Returns the imports of a file that no arrow allows.
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

/// Returns the modules at the root of the crate that a file names, in imports and elsewhere.
fn used(module: &[String], text: &str) -> BTreeSet<String> {
    let code: String = text.lines().map(|line| line.split("//").next().unwrap_or_default()).collect();
    let code: String = code.split_whitespace().collect::<Vec<_>>().join(" ");
    let up = "super::";
    let mut used = BTreeSet::new();
    for (at, root) in code.match_indices("crate::").chain(code.match_indices(up)) {
        // `$crate` belongs to a macro. A `super` after another one was handled with the first.
        if code[..at].ends_with(['$', ':']) {
            continue;
        }
        let mut rest = &code[at..];
        let mut steps = 0;
        while let Some(after) = rest.strip_prefix(up) {
            rest = after;
            steps += 1;
        }
        // In an inline module a `super` goes less far up. Then the name found here is not a module at the root.
        if root != up || steps >= module.len() {
            used.extend(first_segments(rest.trim_start_matches("crate::")));
        }
    }
    used
}

/// Returns the first segment of a path, or of each path of a list in braces.
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

/// Returns the path, relative to the folder, and the text of each source file in it, sorted.
pub(super) fn files(folder: &Path, prefix: &str) -> Vec<(String, String)> {
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
