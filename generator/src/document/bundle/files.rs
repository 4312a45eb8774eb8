//! The files of a document, each read once, and the paths by which they refer to one another.
//!
//! Imports `diagnostics`, `reference` and `text`.

use std::collections::HashMap;
use std::rc::Rc;
use std::sync::Arc;

use serde_json::{Map, Value};

use super::super::reference::percent_decoded;
use super::super::text;
use super::anchors::{self, Anchors};
use super::{DOCUMENT, Spot};
use crate::diagnostics::{Code, Diagnostics, Pointer, Sources, Unreadable};

/// The endings of files that hold a value rather than prose.
const VALUES: [&str; 3] = [".yaml", ".yml", ".json"];

/// The document and the files that were read so far.
pub(super) struct Files<'s> {
    sources: &'s Sources<'s>,
    files: Vec<File>,
    by_path: HashMap<String, usize>,
}

struct File {
    path: Arc<str>,
    contents: Contents,
    /// How many bytes of text the file has.
    length: usize,
    anchors: Option<Rc<Anchors>>,
}

#[derive(Clone)]
enum Contents {
    Value(Rc<Value>),
    /// The text is wrong, which has been reported.
    Broken,
    Unreadable(Unreadable),
}

/// Why a reference leads to no file of the document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Abroad {
    Url,
    Absolute,
    /// The path climbs out of the folder.
    Outside(String),
    Missing(String),
    /// Why the file cannot be read.
    Unreadable(String, String),
    /// There is something wrong with the file itself, which has been reported.
    Broken,
}

impl<'s> Files<'s> {
    pub(super) fn new(mut document: Value, sources: &'s Sources<'s>) -> Self {
        anchors::settle(&mut document);
        let path: Arc<str> = Arc::from(sources.file_name());
        let by_path = HashMap::from([(path.to_string(), DOCUMENT)]);
        let contents = Contents::Value(Rc::new(document));
        let length = sources.document.text.len();
        Self { sources, files: vec![File { path, contents, length, anchors: None }], by_path }
    }

    /// The file that `address` leads to from another one.
    pub(super) fn find(
        &mut self,
        address: &str,
        from: usize,
        diagnostics: &mut Diagnostics,
    ) -> Result<usize, Abroad> {
        if address.is_empty() {
            return Ok(from);
        }
        let path = path_from(address, &self.files[from].path)?;
        let file = match self.by_path.get(&path) {
            Some(file) => *file,
            None => self.read(path.clone(), diagnostics),
        };
        match &self.files[file].contents {
            Contents::Value(_) => Ok(file),
            Contents::Broken => Err(Abroad::Broken),
            Contents::Unreadable(Unreadable::Missing) => Err(Abroad::Missing(path)),
            Contents::Unreadable(Unreadable::Outside) => Err(Abroad::Outside(path)),
            Contents::Unreadable(Unreadable::Because(why)) => Err(Abroad::Unreadable(path, why.clone())),
        }
    }

    fn read(&mut self, path: String, diagnostics: &mut Diagnostics) -> usize {
        let name: Arc<str> = Arc::from(path.as_str());
        let (contents, length) = match self.sources.files.read(&path) {
            Err(why) => (Contents::Unreadable(why), 0),
            // Prose, such as a description in Markdown.
            Ok(text) if !VALUES.iter().any(|end| path.to_ascii_lowercase().ends_with(end)) => {
                let value = Value::String(text.to_string());
                (Contents::Value(Rc::new(value)), text.len())
            }
            Ok(text) => {
                let mut found = Diagnostics::new();
                let mut value = text::parse(&text, &mut found);
                value.iter_mut().for_each(anchors::settle);
                diagnostics.extend_at(found, |at| at.clone().in_file(Some(name.clone())));
                (value.map_or(Contents::Broken, |value| Contents::Value(Rc::new(value))), text.len())
            }
        };
        let file = self.files.len();
        self.files.push(File { path: name, contents, length, anchors: None });
        self.by_path.insert(path, file);
        file
    }

    /// What a file holds.
    pub(super) fn value(&self, file: usize) -> Rc<Value> {
        match &self.files[file].contents {
            Contents::Value(value) => value.clone(),
            Contents::Broken | Contents::Unreadable(_) => Rc::new(Value::Null),
        }
    }

    /// The path of a file, relative to the document's folder.
    pub(super) fn path(&self, file: usize) -> &str {
        &self.files[file].path
    }

    /// A place as a finding names it.
    pub(super) fn pointer(&self, Spot { file, at }: &Spot) -> Pointer {
        let path = (*file != DOCUMENT).then(|| self.files[*file].path.clone());
        at.clone().in_file(path)
    }

    /// The place in another file that a finding names so.
    pub(super) fn spot(&self, pointer: &Pointer) -> Option<Spot> {
        let file = *self.by_path.get(pointer.file()?)?;
        Some(Spot { file, at: pointer.clone().in_file(None) })
    }

    /// The names that the schemas of a file give themselves.
    pub(super) fn anchors(&mut self, file: usize) -> Rc<Anchors> {
        if let Some(anchors) = &self.files[file].anchors {
            return anchors.clone();
        }
        let anchors = Rc::new(Anchors::of(&self.value(file)));
        self.files[file].anchors = Some(anchors.clone());
        anchors
    }

    /// How many bytes all the texts have together.
    pub(super) fn length(&self) -> usize {
        self.files.iter().map(|file| file.length).sum()
    }

    /// The document, when nothing else holds it.
    pub(super) fn into_document(mut self) -> Map<String, Value> {
        let contents = self.files.swap_remove(DOCUMENT).contents;
        match contents {
            Contents::Value(value) => match Rc::unwrap_or_clone(value) {
                Value::Object(members) => members,
                _ => Map::new(),
            },
            Contents::Broken | Contents::Unreadable(_) => Map::new(),
        }
    }
}

/// The path, in the document's folder, that `address` leads to from the file at `from`.
fn path_from(address: &str, from: &str) -> Result<String, Abroad> {
    if is_url(address) {
        return Err(Abroad::Url);
    }
    let address = percent_decoded(address);
    if address.starts_with(['/', '\\']) {
        return Err(Abroad::Absolute);
    }
    let mut path: Vec<&str> = from.split('/').collect();
    path.pop();
    for segment in address.split('/') {
        match segment {
            "" | "." => {}
            ".." => {
                if path.pop().is_none() {
                    return Err(Abroad::Outside(address));
                }
            }
            other => path.push(other),
        }
    }
    Ok(path.join("/"))
}

/// Whether an address begins with a scheme, as `https:` or a drive's letter, or names a host.
fn is_url(address: &str) -> bool {
    let scheme = address.split_once(':').is_some_and(|(scheme, _)| {
        scheme.starts_with(|first: char| first.is_ascii_alphabetic())
            && scheme.chars().all(|c| c.is_ascii_alphanumeric() || "+-.".contains(c))
    });
    scheme || address.starts_with("//")
}

/// Says why a reference leads to no file, and what to do about it.
pub(super) fn explain(abroad: &Abroad, text: &str) -> Option<(Code, String, String)> {
    let said = match abroad {
        Abroad::Url => (
            Code::ExternalReference,
            format!("`{text}` is a URL, and nothing is fetched from the network"),
            "save the file in the document's folder, and refer to it by its relative path".to_owned(),
        ),
        Abroad::Absolute => (
            Code::ExternalReference,
            format!("`{text}` is an absolute path"),
            "refer to the file by its path from here, such as `./schemas/pet.yaml`".to_owned(),
        ),
        Abroad::Outside(_) => (
            Code::ExternalReference,
            format!("`{text}` leads out of the document's folder"),
            "move the file into the folder, or the document up".to_owned(),
        ),
        Abroad::Missing(path) => (
            Code::UnreadableFile,
            format!("there is no file `{path}` in the document's folder"),
            "correct the path, which is relative to the file that it stands in".to_owned(),
        ),
        Abroad::Unreadable(path, why) => (
            Code::UnreadableFile,
            format!("the file `{path}` {why}"),
            "make it a file that can be read, or put what it holds into the document".to_owned(),
        ),
        Abroad::Broken => return None,
    };
    Some(said)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_is_relative_to_the_file_that_it_stands_in() {
        let path = |address, from| path_from(address, from).ok();
        let is = |text: &str| Some(text.to_owned());
        assert_eq!(path("pet.yaml", "openapi.yaml"), is("pet.yaml"));
        assert_eq!(path("./schemas//pet.yaml", "openapi.yaml"), is("schemas/pet.yaml"));
        assert_eq!(path("../common/./a.yaml", "schemas/pet.yaml"), is("common/a.yaml"));
        assert_eq!(path("pet%20food.yaml", "schemas/pet.yaml"), is("schemas/pet food.yaml"));
        assert_eq!(path("a:b/c.yaml", "openapi.yaml"), None);
        assert_eq!(path("./a:b/c.yaml", "openapi.yaml"), is("a:b/c.yaml"));
    }

    #[test]
    fn nothing_outside_the_folder_has_a_path() {
        let why = |address, from| path_from(address, from).expect_err("it is outside");
        let outside = |text: &str| Abroad::Outside(text.to_owned());
        assert_eq!(why("../pet.yaml", "openapi.yaml"), outside("../pet.yaml"));
        assert_eq!(why("a/../../pet.yaml", "openapi.yaml"), outside("a/../../pet.yaml"));
        assert_eq!(why("../..//pet.yaml", "schemas/pet.yaml"), outside("../..//pet.yaml"));
        assert_eq!(why("%2e%2e/pet.yaml", "openapi.yaml"), outside("../pet.yaml"));
        for absolute in ["/etc/passwd", "%2Fetc/passwd", r"\\host\share"] {
            assert_eq!(why(absolute, "openapi.yaml"), Abroad::Absolute, "{absolute}");
        }
        for url in
            ["https://example.com/a.yaml", "file:///etc/passwd", "//example.com/a", "C:/a.yaml", "urn:a"]
        {
            assert_eq!(why(url, "openapi.yaml"), Abroad::Url, "{url}");
        }
    }
}
