//! Resolves the marked paths of a text to the shortest public paths.

use std::cell::RefCell;
use std::collections::BTreeSet;

use super::paths::Paths;
use super::raw::{END, START};
use super::tree::{Target, Tree};

/// Items of the standard library that are written without their path.
const STANDARD: [&str; 41] = [
    "AsMut",
    "AsRef",
    "AtomicU64",
    "BTreeMap",
    "BTreeSet",
    "Box",
    "Clone",
    "Copy",
    "Cow",
    "Debug",
    "Default",
    "Deref",
    "DerefMut",
    "Display",
    "Drop",
    "Duration",
    "Eq",
    "Fn",
    "FnMut",
    "FnOnce",
    "From",
    "FromStr",
    "Future",
    "Hash",
    "HashMap",
    "Into",
    "IntoFuture",
    "IntoIterator",
    "Iterator",
    "Option",
    "Ord",
    "PartialEq",
    "PartialOrd",
    "Pin",
    "Send",
    "String",
    "Sync",
    "ToString",
    "TryFrom",
    "TryInto",
    "Vec",
];

/// Resolves names in the texts of types.
pub(super) struct Namer<'n, 'r> {
    pub(super) tree: &'n Tree<'r>,
    pub(super) paths: &'n Paths<'r>,
    /// Other crates whose items occur.
    pub(super) crates: RefCell<BTreeSet<String>>,
}

impl Namer<'_, '_> {
    /// Returns a text with resolved paths. `of` is the type that `Self` stands for.
    pub(super) fn text(&self, module: usize, of: Option<&str>, text: &str) -> String {
        let mut resolved = String::with_capacity(text.len());
        let mut rest = text;
        while let Some(start) = rest.find(START) {
            resolved.push_str(&rest[..start]);
            let path = &rest[start + START.len_utf8()..];
            let end = path.find(END).unwrap_or(path.len());
            resolved.push_str(&self.path(module, of, &path[..end]));
            rest = path.get(end + END.len_utf8()..).unwrap_or_default();
        }
        resolved.push_str(rest);
        resolved
    }

    /// Returns the public name of a path.
    pub(super) fn path(&self, module: usize, of: Option<&str>, path: &str) -> String {
        match (of, path.strip_prefix("Self")) {
            (Some(of), Some("")) => return of.to_owned(),
            (_, Some(rest)) if rest.is_empty() || rest.starts_with("::") => return path.to_owned(),
            _ => {}
        }
        self.target(self.tree.find(module, path))
    }

    fn target(&self, target: Target) -> String {
        match target {
            Target::Module(module) => self
                .paths
                .modules
                .get(&module)
                .map(|it| it.path.clone())
                .unwrap_or_else(|| "crate".to_owned()),
            Target::Item(item, rest) => {
                let path = match self.paths.items.get(&item) {
                    Some(path) => path.path.clone(),
                    // The item is private. Its path in the code distinguishes it from others.
                    None => {
                        let definition = self.tree.items[item];
                        let module = self.tree.modules[definition.module].path.join("::");
                        format!("crate::{module}::{}", definition.item.name)
                    }
                };
                rest.iter().fold(path, |path, segment| format!("{path}::{segment}"))
            }
            Target::External(segments) => self.external(&segments),
        }
    }

    fn external(&self, segments: &[String]) -> String {
        let segments: Vec<&str> = segments.iter().map(String::as_str).collect();
        match segments.as_slice() {
            ["std" | "core" | "alloc", .., last] if STANDARD.contains(last) => (*last).to_owned(),
            ["std" | "core" | "alloc", "result", "Result"] => "Result".to_owned(),
            ["core" | "alloc", rest @ ..] => format!("std::{}", rest.join("::")),
            ["serde", "ser", "Serialize"] => "serde::Serialize".to_owned(),
            ["serde", "de", "Deserialize"] => "serde::Deserialize".to_owned(),
            [name] => (*name).to_owned(),
            all => {
                if all[0] != "std" {
                    self.crates.borrow_mut().insert(all[0].to_owned());
                }
                all.join("::")
            }
        }
    }
}
