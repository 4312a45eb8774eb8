//! Reads each file of a document once, and resolves the relative paths in references.
//!
//! Imports `diagnostics`, `reference` and `text`.

use std::collections::hash_map::Entry;
use std::collections::{BTreeSet, HashMap, HashSet};
use std::rc::Rc;
use std::sync::Arc;

use serde_json::{Map, Value};

use super::super::reference::percent_decoded;
use super::super::text;
use super::anchors::{self, Anchors};
use super::{DOCUMENT, FilePointer};
use crate::diagnostics::{Code, Diagnostics, Pointer, Sources, Unreadable};

/// The extensions of files that are parsed. The content of any other file is a string.
const VALUE_EXTENSIONS: [&str; 3] = [".yaml", ".yml", ".json"];

/// The document and the files read so far.
pub(super) struct Files<'s> {
    sources: &'s Sources<'s>,
    files: Vec<File>,
    by_path: HashMap<String, usize>,
    /// The files that declare a URI of their own in `$self`, by that URI. Of several, the document counts, or the first
    /// in the order of their paths.
    by_self: HashMap<String, usize>,
    /// True if every file has been read that a relative path leads to.
    are_all_read: bool,
}

struct File {
    path: Arc<str>,
    contents: Contents,
    /// The size of the text in bytes.
    length: usize,
    anchors: Option<Rc<Anchors>>,
    /// The findings about the text, until a reference leads to the file.
    findings: Diagnostics,
}

#[derive(Clone)]
enum Contents {
    Value(Rc<Value>),
    /// The text cannot be parsed, which has been reported.
    Broken,
    Unreadable(Unreadable),
}

/// The reason why a reference does not lead to a file of the document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum FileError {
    Url,
    Absolute,
    /// The path is outside the document's folder.
    Outside(String),
    Missing(String),
    /// The file cannot be read. Holds its path, the cause and the remedy.
    Unreadable(String, String, String),
    /// The file cannot be parsed, which has been reported.
    Broken,
}

impl<'s> Files<'s> {
    pub(super) fn new(mut document: Value, sources: &'s Sources<'s>) -> Self {
        anchors::resolve_dynamic_references(&mut document);
        let path: Arc<str> = Arc::from(sources.file_name());
        let by_path = HashMap::from([(path.to_string(), DOCUMENT)]);
        let contents = Contents::Value(Rc::new(document));
        let length = sources.document.text.len();
        let by_self = HashMap::new();
        let mut files = Self { sources, files: Vec::new(), by_path, by_self, are_all_read: false };
        files.add(File { path, contents, length, anchors: None, findings: Diagnostics::new() });
        files
    }

    /// Adds a file, and returns its index.
    fn add(&mut self, file: File) -> usize {
        let index = self.files.len();
        if let Some(uri) = file.own_uri() {
            match self.by_self.entry(uri.to_owned()) {
                Entry::Vacant(entry) => drop(entry.insert(index)),
                Entry::Occupied(mut entry) => {
                    let known = *entry.get();
                    if known != DOCUMENT && file.path < self.files[known].path {
                        entry.insert(index);
                    }
                }
            }
        }
        self.files.push(file);
        index
    }

    /// Returns the file whose `$self` is the URI that `address` refers to in the file `from`.
    ///
    /// The answer does not depend on the order of the references: all files are read before.
    fn find_by_self(&mut self, address: &str, from: usize) -> Option<usize> {
        let uri = if is_url(address) {
            address.to_owned()
        } else {
            let base = self.files[from].own_uri().filter(|uri| is_url(uri))?;
            resolve_uri(address, base)?
        };
        self.read_all();
        self.by_self.get(&uri).copied()
    }

    /// Reads every file that a relative path leads to, from the document or from such a file.
    fn read_all(&mut self) {
        if std::mem::replace(&mut self.are_all_read, true) {
            return;
        }
        let mut next = 0;
        while let Some(file) = self.files.get(next) {
            let from = file.path.clone();
            let value = self.value(next);
            let mut addresses = HashSet::new();
            add_addresses(&value, &mut addresses);
            let paths = addresses.into_iter().filter_map(|address| resolve_path(address, &from).ok());
            let paths: BTreeSet<String> = paths.filter(|path| !self.by_path.contains_key(path)).collect();
            for path in paths {
                self.read(path);
            }
            next += 1;
        }
    }

    /// Returns the index of the file that `address` refers to in the file `from`, and reads it if necessary.
    pub(super) fn find(
        &mut self,
        address: &str,
        from: usize,
        diagnostics: &mut Diagnostics,
    ) -> Result<usize, FileError> {
        if address.is_empty() {
            return Ok(from);
        }
        if let Some(file) = self.find_by_self(address, from) {
            self.report(file, diagnostics);
            return Ok(file);
        }
        let path = resolve_path(address, &self.files[from].path)?;
        let file = match self.by_path.get(&path) {
            Some(file) => *file,
            None => self.read(path.clone()),
        };
        self.report(file, diagnostics);
        match &self.files[file].contents {
            Contents::Value(_) => Ok(file),
            Contents::Broken => Err(FileError::Broken),
            Contents::Unreadable(Unreadable::Missing) => Err(FileError::Missing(path)),
            Contents::Unreadable(Unreadable::Outside) => Err(FileError::Outside(path)),
            Contents::Unreadable(Unreadable::Because { cause, help }) => {
                Err(FileError::Unreadable(path, cause.clone(), help.clone()))
            }
        }
    }

    /// Reports the findings about the text of a file to which a reference leads.
    fn report(&mut self, file: usize, diagnostics: &mut Diagnostics) {
        diagnostics.extend(std::mem::take(&mut self.files[file].findings));
    }

    fn read(&mut self, path: String) -> usize {
        let name: Arc<str> = Arc::from(path.as_str());
        let mut findings = Diagnostics::new();
        let (contents, length) = match self.sources.files.read(&path) {
            Err(why) => (Contents::Unreadable(why), 0),
            // A text, such as a description in Markdown.
            Ok(text) if !VALUE_EXTENSIONS.iter().any(|end| path.to_ascii_lowercase().ends_with(end)) => {
                let value = Value::String(text.to_string());
                (Contents::Value(Rc::new(value)), text.len())
            }
            Ok(text) => {
                let mut found = Diagnostics::new();
                let mut value = text::parse(&text, &mut found);
                value.iter_mut().for_each(anchors::resolve_dynamic_references);
                findings.extend_at(found, |at| at.clone().in_file(Some(name.clone())));
                (value.map_or(Contents::Broken, |value| Contents::Value(Rc::new(value))), text.len())
            }
        };
        let file = self.add(File { path: name, contents, length, anchors: None, findings });
        self.by_path.insert(path, file);
        file
    }

    /// Returns the content of a file, or `null` if it could not be read or parsed.
    pub(super) fn value(&self, file: usize) -> Rc<Value> {
        match &self.files[file].contents {
            Contents::Value(value) => value.clone(),
            Contents::Broken | Contents::Unreadable(_) => Rc::new(Value::Null),
        }
    }

    /// Returns the path of a file, relative to the document's folder.
    pub(super) fn path(&self, file: usize) -> &str {
        &self.files[file].path
    }

    /// Returns a location as a finding refers to it.
    pub(super) fn pointer(&self, FilePointer { file, at }: &FilePointer) -> Pointer {
        let path = (*file != DOCUMENT).then(|| self.files[*file].path.clone());
        at.clone().in_file(path)
    }

    /// Returns the location in another file for a pointer from [`Files::pointer`]. Returns `None` for the
    /// document.
    pub(super) fn file_pointer(&self, pointer: &Pointer) -> Option<FilePointer> {
        let file = *self.by_path.get(pointer.file()?)?;
        Some(FilePointer { file, at: pointer.clone().in_file(None) })
    }

    /// Returns the anchors and ids of a file.
    pub(super) fn anchors(&mut self, file: usize) -> Rc<Anchors> {
        if let Some(anchors) = &self.files[file].anchors {
            return anchors.clone();
        }
        let anchors = Rc::new(Anchors::of(&self.value(file)));
        self.files[file].anchors = Some(anchors.clone());
        anchors
    }

    /// Returns the total size of the files in bytes.
    pub(super) fn length(&self) -> usize {
        self.files.iter().map(|file| file.length).sum()
    }

    /// Returns the document.
    pub(super) fn into_document(mut self) -> Map<String, Value> {
        let contents = self.files.swap_remove(DOCUMENT).contents;
        match contents {
            Contents::Value(value) => match Rc::unwrap_or_clone(value) {
                Value::Object(fields) => fields,
                _ => Map::new(),
            },
            Contents::Broken | Contents::Unreadable(_) => Map::new(),
        }
    }
}

impl File {
    /// Returns the URI in the field `$self`, which OpenAPI 3.2 adds.
    fn own_uri(&self) -> Option<&str> {
        let Contents::Value(value) = &self.contents else { return None };
        let uri = value.get("$self")?.as_str()?;
        Some(uri.split('#').next().unwrap_or(uri)).filter(|uri| !uri.is_empty())
    }
}

/// Adds the addresses of all references in a value: of `$ref`, and of the `mapping` of a discriminator.
fn add_addresses<'v>(value: &'v Value, addresses: &mut HashSet<&'v str>) {
    let mut add = |text: &'v Value| {
        let address = text.as_str().map(|text| text.split('#').next().unwrap_or(text));
        addresses.extend(address.filter(|address| !address.is_empty()));
    };
    match value {
        Value::Object(fields) => {
            fields.get("$ref").into_iter().for_each(&mut add);
            fields
                .get("mapping")
                .and_then(Value::as_object)
                .into_iter()
                .flatten()
                .for_each(|(_, text)| add(text));
            fields.values().for_each(|field| add_addresses(field, addresses));
        }
        Value::Array(elements) => elements.iter().for_each(|element| add_addresses(element, addresses)),
        _ => {}
    }
}

/// Resolves a relative path against the URI of a file. Returns `None` if the path leads out of the URI.
fn resolve_uri(address: &str, base: &str) -> Option<String> {
    let authority_end = base.find("://").map_or(0, |scheme| scheme + "://".len());
    let path_start = base[authority_end..].find('/').map(|slash| authority_end + slash)?;
    let (server, path) = base.split_at(path_start);
    if address.starts_with('/') {
        return Some(format!("{server}{address}"));
    }
    let mut segments: Vec<&str> = path.split('/').skip(1).collect();
    segments.pop();
    for segment in address.split('/') {
        match segment {
            "." => {}
            ".." => drop(segments.pop()?),
            other => segments.push(other),
        }
    }
    Some(format!("{server}/{}", segments.join("/")))
}

/// Resolves `address` in the file at `from` to a path in the document's folder.
fn resolve_path(address: &str, from: &str) -> Result<String, FileError> {
    if is_url(address) {
        return Err(FileError::Url);
    }
    let address = percent_decoded(address);
    if address.starts_with(['/', '\\']) {
        return Err(FileError::Absolute);
    }
    let mut path: Vec<&str> = from.split('/').collect();
    path.pop();
    for segment in address.split('/') {
        match segment {
            "" | "." => {}
            ".." => {
                if path.pop().is_none() {
                    return Err(FileError::Outside(address));
                }
            }
            other => path.push(other),
        }
    }
    Ok(path.join("/"))
}

/// Returns true if an address begins with a scheme such as `https:`, a drive letter, or `//`.
fn is_url(address: &str) -> bool {
    let scheme = address.split_once(':').is_some_and(|(scheme, _)| {
        scheme.starts_with(|first: char| first.is_ascii_alphabetic())
            && scheme.chars().all(|c| c.is_ascii_alphanumeric() || "+-.".contains(c))
    });
    scheme || address.starts_with("//")
}

/// Returns the code, message and help for an error, or `None` if the error has been reported already.
pub(super) fn describe(file_error: &FileError, text: &str) -> Option<(Code, String, String)> {
    let finding = match file_error {
        FileError::Url => (
            Code::ExternalReference,
            format!("`{text}` is a URL, and URLs are not fetched"),
            "save the file in the document's folder, and refer to it by a relative path".to_owned(),
        ),
        FileError::Absolute => (
            Code::ExternalReference,
            format!("`{text}` is an absolute path, not a path relative to this file"),
            "refer to the file by a relative path, such as `./schemas/pet.yaml`".to_owned(),
        ),
        FileError::Outside(_) => (
            Code::ExternalReference,
            format!("`{text}` is outside the document's folder"),
            "move the file into the folder, or move the document up".to_owned(),
        ),
        FileError::Missing(path) => (
            Code::UnreadableFile,
            format!("the file `{path}` does not exist in the document's folder"),
            "correct the path, which is relative to the file with the reference".to_owned(),
        ),
        FileError::Unreadable(path, cause, help) => {
            (Code::UnreadableFile, format!("the file `{path}` {cause}"), help.clone())
        }
        FileError::Broken => return None,
    };
    Some(finding)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_relative_to_the_referring_file() {
        let path = |address, from| resolve_path(address, from).ok();
        let is = |text: &str| Some(text.to_owned());
        assert_eq!(path("pet.yaml", "openapi.yaml"), is("pet.yaml"));
        assert_eq!(path("./schemas//pet.yaml", "openapi.yaml"), is("schemas/pet.yaml"));
        assert_eq!(path("../common/./a.yaml", "schemas/pet.yaml"), is("common/a.yaml"));
        assert_eq!(path("pet%20food.yaml", "schemas/pet.yaml"), is("schemas/pet food.yaml"));
        assert_eq!(path("a:b/c.yaml", "openapi.yaml"), None);
        assert_eq!(path("./a:b/c.yaml", "openapi.yaml"), is("a:b/c.yaml"));
    }

    #[test]
    fn paths_are_relative_to_the_uri_of_their_file() {
        let uri = |address| resolve_uri(address, "https://example.com/v1/openapi.yaml");
        let is = |text: &str| Some(text.to_owned());
        assert_eq!(uri("openapi.yaml"), is("https://example.com/v1/openapi.yaml"));
        assert_eq!(uri("./a/../pet.yaml"), is("https://example.com/v1/pet.yaml"));
        assert_eq!(uri("../pet.yaml"), is("https://example.com/pet.yaml"));
        assert_eq!(uri("/pet.yaml"), is("https://example.com/pet.yaml"));
        assert_eq!(uri("../../pet.yaml"), None);
        assert_eq!(resolve_uri("pet.yaml", "urn:example:pets"), None);
    }

    #[test]
    fn paths_outside_the_folder_are_rejected() {
        let why = |address, from| resolve_path(address, from).expect_err("it is outside");
        let outside = |text: &str| FileError::Outside(text.to_owned());
        assert_eq!(why("../pet.yaml", "openapi.yaml"), outside("../pet.yaml"));
        assert_eq!(why("a/../../pet.yaml", "openapi.yaml"), outside("a/../../pet.yaml"));
        assert_eq!(why("../..//pet.yaml", "schemas/pet.yaml"), outside("../..//pet.yaml"));
        assert_eq!(why("%2e%2e/pet.yaml", "openapi.yaml"), outside("../pet.yaml"));
        for absolute in ["/etc/passwd", "%2Fetc/passwd", r"\\host\share"] {
            assert_eq!(why(absolute, "openapi.yaml"), FileError::Absolute, "{absolute}");
        }
        for url in
            ["https://example.com/a.yaml", "file:///etc/passwd", "//example.com/a", "C:/a.yaml", "urn:a"]
        {
            assert_eq!(why(url, "openapi.yaml"), FileError::Url, "{url}");
        }
    }
}
