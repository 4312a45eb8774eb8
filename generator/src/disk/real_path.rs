//! Absolute paths without links, which tell whether two paths lead to the same place.

use std::path::{Component, Path, PathBuf};

/// Returns the absolute path. The part that exists has no links and no `..`.
pub(crate) fn absolute(path: &Path) -> PathBuf {
    let absolute = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    for ancestor in absolute.ancestors() {
        if let Ok(real) = ancestor.canonicalize() {
            let rest = absolute.strip_prefix(ancestor).unwrap_or(Path::new(""));
            return rest.components().fold(real, |mut path, component| {
                match component {
                    Component::ParentDir => drop(path.pop()),
                    other => path.push(other),
                }
                path
            });
        }
    }
    absolute
}

/// Returns a path without `..` after another segment.
pub(crate) fn simplified(path: &Path) -> PathBuf {
    let mut simplified = PathBuf::new();
    for component in path.components() {
        match (component, simplified.components().next_back()) {
            (Component::ParentDir, Some(Component::Normal(_))) => drop(simplified.pop()),
            _ => simplified.push(component),
        }
    }
    simplified
}
