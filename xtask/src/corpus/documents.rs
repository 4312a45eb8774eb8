//! Finds the documents below a folder, and counts their operations without the generator.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use serde_json::Value;

/// The methods of a path item.
const METHODS: [&str; 9] = ["get", "put", "post", "delete", "options", "head", "patch", "trace", "query"];

/// An OpenAPI document.
#[derive(Debug)]
pub(super) struct Document {
    /// The path relative to the folder, without the extension.
    pub(super) name: String,
    pub(super) path: PathBuf,
    /// The OpenAPI version that the document states.
    pub(super) version: String,
    /// The number of operations.
    pub(super) operations: usize,
}

/// Returns all documents below a folder, sorted by name. Other files with the same extensions, such as parts of
/// documents or settings of tools, do not state an OpenAPI version and are skipped.
pub(super) fn below(folder: &Path) -> io::Result<Vec<Document>> {
    let mut documents = Vec::new();
    for path in files_below(folder)? {
        let text = fs::read_to_string(&path)?;
        let (version, operations) = match openapi_crate::read(&text) {
            Ok(value) => {
                let Some(version) = ["openapi", "swagger"].iter().find_map(|key| value.get(*key)) else {
                    continue;
                };
                (version.as_str().map_or_else(|| version.to_string(), str::to_owned), operations(&value))
            }
            // The generator reports the error.
            Err(_) if has_openapi_key(&text) => ("?".to_owned(), 0),
            Err(_) => continue,
        };
        let inside = path.strip_prefix(folder).unwrap_or(&path).with_extension("");
        let name = inside.display().to_string().replace('\\', "/");
        documents.push(Document { name, version, operations, path });
    }
    Ok(documents)
}

/// Returns the YAML and JSON files below a folder, sorted by path.
pub(crate) fn files_below(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let mut paths = Vec::new();
    collect(folder, &mut paths)?;
    paths.sort();
    Ok(paths)
}

fn collect(folder: &Path, paths: &mut Vec<PathBuf>) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        let extension = path.extension().and_then(|extension| extension.to_str()).unwrap_or_default();
        if path.is_dir() {
            collect(&path, paths)?;
        } else if ["yaml", "yml", "json"].contains(&extension) {
            paths.push(path);
        }
    }
    Ok(())
}

/// Returns `true` if a text that cannot be parsed has a line with the key `openapi`.
fn has_openapi_key(text: &str) -> bool {
    let is_key = |line: &str| {
        let line = line.trim_start_matches(['{', '"', '\'', ' ', '\u{feff}']);
        let rest = line.strip_prefix("openapi").map(|rest| rest.trim_start_matches(['"', '\'']));
        rest.is_some_and(|rest| rest.trim_start().starts_with(':'))
    };
    text.lines().any(is_key)
}

/// Counts the operations of a document.
fn operations(document: &Value) -> usize {
    let Some(Value::Object(paths)) = document.get("paths") else { return 0 };
    let items = paths.iter().filter(|(path, _)| !path.starts_with("x-")).map(|(_, item)| item);
    let operations_in = |item: &Value| {
        let item = resolved(document, item);
        let own = METHODS.iter().filter(|method| item.get(**method).is_some_and(Value::is_object)).count();
        let additional = item.get("additionalOperations").and_then(Value::as_object);
        own + additional.map_or(0, |additional| additional.len())
    };
    items.map(operations_in).sum()
}

/// Resolves a path item that is a reference.
fn resolved<'a>(document: &'a Value, item: &'a Value) -> &'a Value {
    let mut item = item;
    // A longer chain of references is a cycle.
    for _ in 0..32 {
        let Some(reference) = item.get("$ref").and_then(Value::as_str) else { break };
        let Some(target) = reference.strip_prefix('#').and_then(|pointer| document.pointer(pointer)) else {
            break;
        };
        item = target;
    }
    item
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_operations() {
        let count = |text| operations(&serde_yaml::from_str(text).unwrap());
        assert_eq!(count("openapi: 3.1.0"), 0);
        assert_eq!(
            count("paths: {/a: {get: {}, trace: {}, parameters: []}, /b: {post: {}}, x-c: {get: {}}}"),
            3
        );
        assert_eq!(count("paths: {/a: {query: {}, additionalOperations: {COPY: {}, PURGE: {}}}}"), 3);
        assert_eq!(
            count("paths: {/a: {$ref: '#/x-items/a'}, /b: {$ref: '#/paths/~1b'}}\nx-items: {a: {put: {}}}"),
            1
        );
    }

    #[test]
    fn finds_documents_in_subfolders() {
        let root = tempfile::tempdir().unwrap();
        for (path, text) in [
            ("b.json", "{\"openapi\": \"3.0.3\", \"paths\": {\"/a\": {\"get\": {}}}}"),
            ("a/a.yml", "openapi: 3.1.0"),
            ("a/part.yaml", "type: object"),
            ("a/broken.json", "{"),
            ("broken.json", "{\"openapi\": \"3.1.0\""),
            ("bound.yaml", "openapi: 3.0.0\nminimum: -9223372036854776000"),
            ("c.txt", "openapi: 3.1.0"),
            ("old.yaml", "swagger: 2.0"),
        ] {
            let path = root.path().join(path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        }
        let found: Vec<_> = (below(root.path()).unwrap().into_iter())
            .map(|document| (document.name, document.version, document.operations))
            .collect();
        let one = |name: &str, version: &str, operations| (name.to_owned(), version.to_owned(), operations);
        assert_eq!(
            found,
            [
                one("a/a", "3.1.0", 0),
                one("b", "3.0.3", 1),
                one("bound", "3.0.0", 0),
                one("broken", "?", 0),
                one("old", "2.0", 0)
            ]
        );
    }
}
