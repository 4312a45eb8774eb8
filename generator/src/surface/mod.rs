//! The public API of a generated crate as data: every item that a user can name, with its signature.
//!
//! [`Surface::read`] parses the files of a crate, so a surface always agrees with the code. `skeleton` removes the bodies
//! of functions, `parse` expands macros and turns the rest into plain data, `lifetimes` writes their lifetimes alike, `tree`
//! finds modules and resolves names, `paths` finds the shortest public paths, and `collect` writes the items. [`Reader`] keeps
//! the files that it has parsed. Imports `hash`.

mod attributes;
mod collect;
mod declare;
mod error;
mod item;
mod lexer;
mod lifetimes;
mod macros;
mod manifest;
mod names;
mod parse;
mod paths;
mod raw;
mod reader;
mod skeleton;
mod spell;
mod tree;

#[cfg(test)]
mod tests;

pub use error::SurfaceError;
pub use item::{Argument, Callable, Field, Form, Item, ItemKind, Origin};
pub(crate) use item::{map_paths, words};
pub use reader::Reader;

use std::fmt;

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
        Reader::default().read(files)
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

    /// Returns the items for which `is_kept` is true, with other paths. `map` returns the new path of an item, or `None` if it
    /// stays the same.
    pub(crate) fn with_paths(
        &self,
        is_kept: &dyn Fn(&Item) -> bool,
        map: &dyn Fn(&str) -> Option<String>,
    ) -> Self {
        let kept = self.items.iter().filter(|item| is_kept(item));
        let mut items: Vec<Item> = kept.map(|item| item.map_paths(map)).collect();
        sort(&mut items);
        Self { package: self.package.clone(), version: self.version.clone(), items }
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
        Some(crate::hash::in_hex(crate::hash::of(&lines)))
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

impl fmt::Display for Surface {
    /// Writes one line for each item.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.items.iter().try_for_each(|item| writeln!(f, "{item}"))
    }
}
