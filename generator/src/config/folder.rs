//! `[folder]`: files in the folder of the crate that people write.

use globset::{GlobBuilder, GlobSet, GlobSetBuilder};

use super::read::Section;
use super::values::{self, Violation};

/// Files in the folder of the crate that people write. The generator leaves them alone.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Folder {
    /// Patterns of your files, relative to the folder: `"LICENSE"`, `"tests/**"`. In a pattern, `*` matches anything but a
    /// slash and `**` matches anything. A file that the generator would write, such as `README.md`, is yours as well then;
    /// code is generated anyway. `folder.keep`. Default: none.
    pub keep: Vec<String>,
    /// Public modules of yours, such as `"ext"` for `src/ext.rs` or `src/ext/mod.rs`. `folder.modules`. Default: none.
    pub modules: Vec<String>,
}

impl Folder {
    pub(super) fn read(from: &mut Section<'_>) -> Self {
        Self {
            keep: from.optional_texts("keep", pattern).unwrap_or_default(),
            modules: from.optional_texts("modules", values::module).unwrap_or_default(),
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
        KeptFiles { set: set.build().unwrap_or_default() }
    }
}

/// Files in the folder of a crate that the generator leaves alone.
#[derive(Clone, Debug, Default)]
pub struct KeptFiles {
    set: GlobSet,
}

impl KeptFiles {
    /// Returns true for a path that a person may write, relative to the folder and with `/` between its segments.
    pub fn contains(&self, path: &str) -> bool {
        self.set.is_match(path)
    }

    /// Returns true for a path that a person writes instead of the generator. Code is always generated.
    pub fn replaces(&self, path: &str) -> bool {
        let is_code = path == "Cargo.toml" || path == crate::LOCK_FILE_NAME || path.starts_with("src/");
        !is_code && self.contains(path)
    }
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
