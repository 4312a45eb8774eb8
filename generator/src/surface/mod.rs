//! The public API of a generated crate as data: every item that a user can name, with its signature.
//!
//! [`Surface::read`] parses the files of a crate, so a surface always agrees with the code. `skeleton` removes the bodies
//! of functions, `parse` expands macros and turns the rest into plain data, `tree` finds modules and resolves names,
//! `paths` finds the shortest public paths, and `collect` writes the items. Imports `hash`.

mod attributes;
mod collect;
mod declare;
mod error;
mod item;
mod lexer;
mod macros;
mod manifest;
mod names;
mod parse;
mod paths;
mod raw;
mod skeleton;
mod spell;
mod tree;

#[cfg(test)]
mod tests;

pub use error::SurfaceError;
pub(crate) use item::map_paths;
pub use item::{Argument, Callable, Field, Item, ItemKind, Origin};

use std::collections::BTreeMap;
use std::fmt;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use crate::hash;
use manifest::Manifest;
use parse::{MacroTexts, Parser};
use raw::RawItem;
use tree::Tree;

/// The public API of a crate.
///
/// # Examples
///
/// ```
/// let files = [("src/lib.rs", "pub mod types { pub struct Pet { pub name: Option<String> } }")];
/// let surface = openapi_crate::surface::Surface::read(files).expect("the file is valid");
/// let lines: Vec<String> = surface.items().iter().map(ToString::to_string).collect();
/// assert_eq!(lines, [
///     "pub mod crate",
///     "pub mod types",
///     "pub struct types::Pet",
///     "pub types::Pet::name: Option<String>",
/// ]);
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Surface {
    /// The name of the package.
    pub package: String,
    /// The version of the package.
    pub version: String,
    items: Vec<Item>,
}

impl Surface {
    /// Reads the public API from the files of a crate, given as path and text. Uses `Cargo.toml` and the Rust files in
    /// `src/`, and ignores all others.
    ///
    /// # Errors
    ///
    /// Returns an error for the first file, by path, that is not valid.
    pub fn read<'f>(files: impl IntoIterator<Item = (&'f str, &'f str)>) -> Result<Self, SurfaceError> {
        let files: BTreeMap<&str, &str> = files.into_iter().collect();
        let manifest = files.get("Cargo.toml");
        let manifest =
            manifest.map(|text| Manifest::parse("Cargo.toml", text)).transpose()?.unwrap_or_default();
        let is_code = |path: &str| path.starts_with("src/") && path.ends_with(".rs");
        let code: Vec<(&str, &str)> = files.into_iter().filter(|(path, _)| is_code(path)).collect();
        // The version in the user agent is not a change of the code.
        let user_agent = format!("\"{}/{}\"", manifest.package, manifest.version);
        let client = code.iter().find(|(path, _)| *path == "src/client.rs");
        let client = client.map(|(_, text)| text.replace(&user_agent, "\"\""));
        let text_of =
            |path, text| if path == "src/client.rs" { client.as_deref().unwrap_or(text) } else { text };
        let code: Vec<(&str, &str)> =
            code.iter().map(|(path, text)| (*path, text_of(*path, *text))).collect();
        let parsed = parse_all(&code)?;
        let (mut items, crates) = collect::items(&Tree::of(&parsed));
        items.extend(manifest.items(&crates));
        sort(&mut items);
        Ok(Self { package: manifest.package, version: manifest.version, items })
    }

    /// Returns the items, sorted by path and kind.
    pub fn items(&self) -> &[Item] {
        &self.items
    }

    /// Returns the items with this path. A path can belong to several items, such as a type and its constructor function.
    pub fn at(&self, path: &str) -> &[Item] {
        let start = self.items.partition_point(|item| item.path.as_str() < path);
        let length = self.items[start..].partition_point(|item| item.path == path);
        &self.items[start..start + length]
    }

    /// Returns the members of an item: the items whose path continues this path.
    pub fn members<'s>(&'s self, path: &str) -> impl Iterator<Item = &'s Item> {
        let prefix = format!("{path}::");
        let start = self.items.partition_point(|item| item.path.as_str() < prefix.as_str());
        self.items[start..].iter().take_while(move |item| item.path.starts_with(&prefix))
    }

    /// Returns the same items with other paths. `map` returns the new path of an item, or `None` if it stays the same.
    pub(crate) fn map_paths(&self, map: &dyn Fn(&str) -> Option<String>) -> Self {
        let mut items: Vec<Item> = self.items.iter().map(|item| item.map_paths(map)).collect();
        sort(&mut items);
        Self { items, ..self.clone() }
    }

    /// Returns the items for which `is_kept` is true.
    pub(crate) fn retain(&self, is_kept: &dyn Fn(&Item) -> bool) -> Self {
        let items = self.items.iter().filter(|item| is_kept(item)).cloned().collect();
        Self { items, ..self.clone() }
    }

    /// Returns a short, stable hash of the public shape of an item: its own lines and the lines of its members. For an operation, these
    /// are its method and its request type. `None` if there is no item with this path.
    pub fn digest(&self, path: &str) -> Option<String> {
        let item = self.at(path).first()?;
        let mut all: Vec<&Item> = self.at(path).iter().chain(self.members(path)).collect();
        if let ItemKind::Function(callable) = &item.kind {
            let request = callable.output.split('<').next().unwrap_or_default();
            // The request type of an operation is beside its resource.
            if path.starts_with("resources::") && request.starts_with("resources::") {
                all.extend(self.at(request).iter().chain(self.members(request)));
            }
        }
        let lines: String =
            all.iter().map(|item| format!("{}{}\n", marks(item), item.declaration(false))).collect();
        Some(hash::in_hex(hash::of(&lines)))
    }
}

fn sort(items: &mut Vec<Item>) {
    items.sort_by(|one, other| {
        (&one.path, &one.kind, &one.conditions).cmp(&(&other.path, &other.kind, &other.conditions))
    });
    items.dedup();
}

/// Returns the attributes that change the shape of an item.
fn marks(item: &Item) -> &'static str {
    if item.non_exhaustive { "#[non_exhaustive] " } else { "" }
}

/// Parses files in parallel.
fn parse_all<'f>(files: &[(&'f str, &str)]) -> Result<BTreeMap<&'f str, Vec<RawItem>>, SurfaceError> {
    let texts = MacroTexts::of(files.iter().copied())?;
    let next = AtomicUsize::new(0);
    let work = || {
        let mut parser = Parser::new(&texts);
        let mut done = Vec::new();
        while let Some((path, text)) = files.get(next.fetch_add(1, Ordering::Relaxed)) {
            done.push((*path, parser.file(path, text)));
        }
        done
    };
    let workers = thread::available_parallelism().map_or(1, usize::from).min(files.len());
    let mut parsed = thread::scope(|scope| {
        let others: Vec<_> = (1..workers).map(|_| scope.spawn(work)).collect();
        let mut all = work();
        for other in others {
            match other.join() {
                Ok(done) => all.extend(done),
                Err(panic) => std::panic::resume_unwind(panic),
            }
        }
        all
    });
    parsed.sort_by_key(|(path, _)| *path);
    parsed.into_iter().map(|(path, items)| Ok((path, items?))).collect()
}

impl fmt::Display for Surface {
    /// Writes one line for each item.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.items.iter().try_for_each(|item| writeln!(f, "{item}"))
    }
}
