//! Reads the documents that are mutated.

use std::fs;
use std::path::{Path, PathBuf};

use ::fuzz::Seeds;

use crate::corpus::files_below;
use openapi_crate::cli::inputs::workspace;

/// The folders of the repository with small documents.
const FOLDERS: [&str; 2] = ["tests/fixtures", "tests/fuzz/seeds"];

/// Returns the documents of the repository and of other folders, in the order of folders and paths.
pub(super) fn seeds(others: &[PathBuf]) -> Result<Seeds, String> {
    let mut seeds = Seeds::default();
    for folder in FOLDERS {
        add(&workspace().join(folder), &mut seeds)?;
    }
    for folder in others {
        let before = seeds.len();
        add(folder, &mut seeds)?;
        if seeds.len() == before {
            return Err(format!("no OpenAPI document found below `{}`", folder.display()));
        }
    }
    Ok(seeds)
}

fn add(folder: &Path, seeds: &mut Seeds) -> Result<(), String> {
    let failed = |path: &Path, error| format!("cannot read `{}`: {error}", path.display());
    let paths = files_below(folder).map_err(|error| failed(folder, error))?;
    for path in paths {
        let text = fs::read_to_string(&path).map_err(|error| failed(&path, error))?;
        // Other files with the same extensions are parts of documents, or broken on purpose.
        let document = openapi_crate::read(&text).ok().filter(|document| document.get("openapi").is_some());
        let name = path.strip_prefix(folder).unwrap_or(&path).display().to_string().replace('\\', "/");
        document.map(|document| seeds.add(&name, document));
    }
    Ok(())
}
