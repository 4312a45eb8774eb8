//! `[folder]`: files in the folder of the crate that people write.

use std::collections::BTreeSet;

use globset::{GlobBuilder, GlobSet, GlobSetBuilder};

use super::read::Section;
use super::values::{self, Violation};

/// Files in the folder of the crate that people write. The generator leaves them alone.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Folder {
    /// Patterns of your files, relative to the folder: `"LICENSE"`, `"tests/**"`. In a pattern, `*` matches anything but a
    /// slash and `**` matches anything. An entry without `*` can also name a generated file that is not code, such as
    /// `README.md`: it is yours then, and has to exist. `folder.keep`. Default: none.
    pub keep: Vec<String>,
    /// Public modules of yours, such as `"ext"` for `src/ext.rs` or `src/ext/mod.rs`, which have to exist.
    /// `folder.modules`. Default: none.
    pub modules: Vec<String>,
}

impl Folder {
    pub(super) fn read(from: &mut Section<'_>) -> Self {
        Self {
            keep: from.optional_texts("keep", pattern).unwrap_or_default(),
            modules: from.unique_texts("modules", values::module),
        }
    }

    /// Returns the files that the generator leaves alone.
    ///
    /// # Examples
    ///
    /// ```
    /// let config = openapi_crate::Config::parse("folder = { keep = ['tests/**'], modules = ['ext'] }")?;
    /// let kept = config.folder.kept_files();
    /// assert!(kept.contains("tests/pets.rs") && kept.contains("src/ext.rs") && !kept.contains("src/types/pet.rs"));
    /// # Ok::<(), openapi_crate::config::ConfigError>(())
    /// ```
    pub fn kept_files(&self) -> KeptFiles {
        let of_module = |name: &String| [format!("src/{name}.rs"), format!("src/{name}/**")];
        let patterns = self.keep.iter().cloned().chain(self.modules.iter().flat_map(of_module));
        let mut set = GlobSetBuilder::new();
        // Patterns are valid, because they have been parsed before.
        for glob in patterns.filter_map(|pattern| glob(&pattern).ok()) {
            set.add(glob);
        }
        let replaced = self.keep.iter().filter(|pattern| !is_pattern(pattern) && !is_code(pattern)).cloned();
        let replaced: BTreeSet<String> = replaced.collect();
        let modules =
            self.modules.iter().map(|name| vec![format!("src/{name}.rs"), format!("src/{name}/mod.rs")]);
        let documentation =
            replaced.iter().filter(|path| *path == DOCUMENTATION).map(|path| vec![path.clone()]);
        let required = modules.chain(documentation).collect();
        KeptFiles { set: set.build().unwrap_or_default(), replaced, required }
    }
}

/// The file that `src/lib.rs` and `Cargo.toml` refer to.
const DOCUMENTATION: &str = "README.md";

/// Files in the folder of a crate that the generator leaves alone.
#[derive(Clone, Debug, Default)]
pub struct KeptFiles {
    set: GlobSet,
    /// Generated files that people write instead.
    replaced: BTreeSet<String>,
    /// Files that the crate refers to: the paths of which one has to exist.
    required: Vec<Vec<String>>,
}

impl KeptFiles {
    /// Returns true for a path that a person may write, relative to the folder and with `/` between its segments.
    pub fn contains(&self, path: &str) -> bool {
        self.set.is_match(path)
    }

    /// Returns true for a path that a person writes instead of the generator: an entry of `folder.keep` names it without
    /// `*`. Code is always generated.
    pub fn replaces(&self, path: &str) -> bool {
        self.replaced.contains(path)
    }

    /// Returns the files of people that the crate refers to: for each, the paths of which one has to exist.
    pub fn required(&self) -> &[Vec<String>] {
        &self.required
    }
}

/// Returns true for the files that `Cargo.toml` and other code refer to.
fn is_code(path: &str) -> bool {
    let is_in_folder = ["src/", "tests/", "examples/"].iter().any(|folder| path.starts_with(folder));
    is_in_folder || path == "Cargo.toml" || path == crate::LOCK_FILE_NAME
}

/// Returns true for an entry that can match several paths.
fn is_pattern(entry: &str) -> bool {
    entry.contains(['*', '?', '[', '{'])
}

fn glob(pattern: &str) -> Result<globset::Glob, globset::Error> {
    GlobBuilder::new(pattern).literal_separator(true).backslash_escape(false).build()
}

/// Accepts a pattern of files in the folder of the crate.
fn pattern(pattern: &str) -> Result<(), Violation> {
    values::relative_path(pattern)?;
    glob(pattern).map(drop).map_err(|error| Violation {
        message: format!("this is not a valid pattern: {}", error.kind()),
        remedy: "write it as in `tests/**`".to_owned(),
    })
}
