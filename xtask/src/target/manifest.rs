//! The list of what codegen wrote into a folder: what it may replace and remove, and that the folder is its own.
//!
//! Paths alone, sorted, one a line, the list itself left out. There are no hashes: git tells who edited a generated file,
//! and with hashes two branches that both generate would conflict in every line. Where branches do conflict, the
//! markers name no file, both sides count as written, and the next run puts the list right.

use std::collections::BTreeSet;
use std::path::Path;

use super::{Error, disk};

/// What the list is called in its folder.
pub(super) const NAME: &str = ".codegen-manifest";

/// What a file is called until it is complete. Always ours.
pub(super) const PARTIAL: &str = ".codegen-partial";

/// What cargo and git put beside generated files: never ours, whatever a list says.
pub(super) const EXEMPT: [&str; 3] = [".git", "Cargo.lock", "target"];

const HEADER: &str =
    "# Written by `cargo xtask codegen`: these files are generated, all others are left alone.";

/// The files that codegen wrote into a folder.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Manifest {
    paths: BTreeSet<String>,
}

impl Manifest {
    /// Reads the list of a folder. A folder with nothing in it has an empty list.
    ///
    /// A path is only ever compared with what is found in the folder, so one that climbs out of it means nothing.
    pub(super) fn of(folder: &Path) -> Result<Self, Error> {
        let path = folder.join(NAME);
        if disk::look(&path)?.is_some_and(|kind| kind.is_file()) {
            let bytes = disk::attempt("read", &path, std::fs::read(&path))?;
            return Ok(Self::parse(&String::from_utf8_lossy(&bytes)));
        }
        if disk::entries(folder)?.iter().any(|entry| entry.file_name() != PARTIAL) {
            return Err(Error::NotOurs(folder.to_owned()));
        }
        Ok(Self::default())
    }

    fn parse(text: &str) -> Self {
        let is_exempt = |path: &str| path.split('/').next().is_some_and(|top| EXEMPT.contains(&top));
        let lines = text.lines().filter(|line| !line.is_empty() && *line != HEADER);
        lines.filter(|line| !is_exempt(line)).map(str::to_owned).collect()
    }

    /// The list as a file.
    pub(super) fn text(&self) -> String {
        let mut text = format!("{HEADER}\n");
        for path in &self.paths {
            text.push_str(path);
            text.push('\n');
        }
        text
    }

    /// Both lists in one.
    pub(super) fn and(&self, other: &Self) -> Self {
        self.paths.union(&other.paths).cloned().collect()
    }

    /// Whether a file is ours.
    pub(super) fn owns(&self, path: &str) -> bool {
        path == NAME || path == PARTIAL || self.paths.contains(path)
    }

    /// Whether there was a file of ours somewhere below a folder.
    pub(super) fn owns_below(&self, folder: &str) -> bool {
        let prefix = format!("{folder}/");
        self.paths.range(prefix.clone()..).next().is_some_and(|path| path.starts_with(&prefix))
    }
}

impl FromIterator<String> for Manifest {
    fn from_iter<T: IntoIterator<Item = String>>(paths: T) -> Self {
        Self { paths: paths.into_iter().collect() }
    }
}
