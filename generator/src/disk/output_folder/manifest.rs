//! The list of the files that codegen wrote into a folder. It marks the folder as codegen's, and codegen replaces and
//! removes only files that it lists.
//!
//! The list contains paths, sorted, one per line, without its own. It has no hashes: git shows who edited a generated
//! file, and with hashes, two branches that both generate would conflict in every line. If branches conflict anyway,
//! the files of both sides count as written (no file is named like a conflict marker), and the next run corrects the
//! list.

use std::collections::BTreeSet;
use std::path::Path;

use super::{Error, disk};

/// The file name of the list.
pub(crate) const NAME: &str = ".codegen-manifest";

/// The name of a file until it is complete. Such a file is always ours.
pub(super) const PARTIAL: &str = ".codegen-partial";

/// The names that cargo and git create in the folder of a crate.
const OF_CARGO: [&str; 4] = [".git", ".gitignore", "Cargo.lock", "target"];

/// The names of files that the desktops of operating systems create in any folder.
const OF_DESKTOPS: [&str; 4] = [".DS_Store", "Thumbs.db", "desktop.ini", ".directory"];

/// Returns true for a name that does not matter: such a file is never ours, even if the list contains it.
pub(super) fn is_exempt(name: &str, is_at_top: bool) -> bool {
    (is_at_top && OF_CARGO.contains(&name)) || OF_DESKTOPS.contains(&name)
}

const HEADER: &str = "# Written by openapi-crate: these files are generated, all others are left alone.";

/// The files that codegen wrote into a folder.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Manifest {
    paths: BTreeSet<String>,
}

impl Manifest {
    /// Reads the list of a folder. An empty folder has an empty list.
    ///
    /// Paths are only compared with the files that are found in the folder, so `../file` has no effect.
    pub(super) fn read(folder: &Path) -> Result<Self, Error> {
        let path = folder.join(NAME);
        if disk::file_type_at(&path)?.is_some_and(|kind| kind.is_file()) {
            let bytes = disk::attempt("read", &path, std::fs::read(&path))?;
            return Ok(Self::parse(&String::from_utf8_lossy(&bytes)));
        }
        let matters = |name: &str| name != PARTIAL && !is_exempt(name, false);
        if disk::entries(folder)?.iter().any(|entry| matters(&entry.file_name().to_string_lossy())) {
            return Err(Error::NotOurs(folder.to_owned()));
        }
        Ok(Self::default())
    }

    fn parse(text: &str) -> Self {
        let is_exempt =
            |path: &str| path.split('/').enumerate().any(|(index, name)| is_exempt(name, index == 0));
        let lines = text.lines().filter(|line| !line.is_empty() && !line.starts_with("# Written by "));
        lines.filter(|line| !is_exempt(line)).map(str::to_owned).collect()
    }

    /// Returns the contents of the file with the list.
    pub(super) fn text(&self) -> String {
        let mut text = format!("{HEADER}\n");
        for path in &self.paths {
            text.push_str(path);
            text.push('\n');
        }
        text
    }

    /// Returns a list with the files of both lists.
    pub(super) fn merged_with(&self, other: &Self) -> Self {
        self.paths.union(&other.paths).cloned().collect()
    }

    /// Returns `true` if codegen wrote the file.
    pub(super) fn owns(&self, path: &str) -> bool {
        path == NAME || path == PARTIAL || self.paths.contains(path)
    }

    /// Returns `true` if codegen wrote a file below the folder.
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
