//! The names of the functions behind operations, in documents that FastAPI writes.
//!
//! FastAPI makes an `operationId` of the name of a function, its path and its method: `read_flow_flows__id__get` for
//! `read_flow` at `GET /flows/{id}`. The function alone says what the operation does.
//!
//! FastAPI makes all ids of a document in this form, except those that a program sets itself, and no other generator
//! does. So most ids of a document decide for all: a new operation changes the names of others only if it is the one
//! that makes, or ends, a majority.

use std::collections::HashSet;

use openapiv3::ReferenceOr;

use crate::document::Document;

/// The names of functions in a document.
pub(super) struct Functions {
    /// True if most `operationId`s of the document are made of functions.
    are_known: bool,
}

impl Functions {
    /// Finds out whether ids are made of functions. An id that only repeats path and method behind a constant prefix is
    /// not: without them, most operations of a tag would have the same name.
    pub(super) fn of(document: &Document) -> Self {
        let mut ids = 0_usize;
        let mut found = 0_usize;
        let mut distinct = HashSet::new();
        let items = document.paths().iter();
        let items = items.filter_map(|(path, item)| Some((path, ReferenceOr::as_item(item)?)));
        for (path, (method, operation)) in
            items.flat_map(|(path, item)| item.iter().map(move |it| (path, it)))
        {
            let Some(id) = operation.operation_id.as_deref() else { continue };
            ids += 1;
            if let Some(function) = without_path(id, &method.key(), path) {
                found += 1;
                distinct.insert((operation.tags.first(), function));
            }
        }
        Self { are_known: found * 2 > ids && distinct.len() * 2 > found }
    }

    /// Returns the name of the function behind an operation.
    pub(super) fn name_of<'i>(&self, id: &'i str, method: &str, path: &str) -> Option<&'i str> {
        without_path(id, method, path).filter(|_| self.are_known)
    }
}

/// Returns an id without the path and the method that it ends in, as `generate_unique_id` of FastAPI writes them: the
/// path with `_` for every character that is not part of a word, and the method in lower case. The rest is the name of a
/// Python function.
fn without_path<'i>(id: &'i str, method: &str, path: &str) -> Option<&'i str> {
    let is_word = |character: char| character.is_alphanumeric() || character == '_';
    let path = path.chars().map(|character| if is_word(character) { character } else { '_' });
    let path: String = path.collect();
    let function = id.strip_suffix(method)?.strip_suffix('_')?.strip_suffix(path.as_str())?;
    let is_name = !function.starts_with(char::is_numeric) && function.contains(char::is_alphanumeric);
    (is_name && function.chars().all(is_word)).then_some(function)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostics::{Diagnostics, Source, Sources};

    #[track_caller]
    fn check(id: &str, method: &str, path: &str, expected: Option<&str>) {
        assert_eq!(without_path(id, method, path), expected);
    }

    /// Checks if the ids of the operations `GET /0`, `GET /1` and so on are made of functions.
    #[track_caller]
    fn check_known(ids: &[&str], expected: bool) {
        let paths = ids
            .iter()
            .enumerate()
            .map(|(index, id)| format!("  /{index}: {{get: {{operationId: {id}, responses: {{}}}}}}\n"));
        let text = format!(
            "openapi: 3.1.0\ninfo: {{title: A, version: '1'}}\npaths:\n{}",
            paths.collect::<String>()
        );
        let sources = Sources::from(Source { name: "a.yaml", text: &text });
        let document = Document::load(&sources, &[], &mut Diagnostics::new()).expect("the document is valid");
        assert_eq!(Functions::of(&document).are_known, expected, "{ids:?}");
    }

    #[test]
    fn most_ids_of_a_document_decide() {
        check_known(&["a_0_get"], true);
        check_known(&["a_0_get", "b_1_get", "list_pets"], true);
        check_known(&["a_0_get", "list_pets"], false);
        check_known(&["a_0_get", "list_pets", "show_pet", "delete_pet"], false);
        // The rest of the ids is a constant prefix.
        check_known(&["api_0_get", "api_1_get", "api_2_get"], false);
    }

    #[test]
    fn an_id_loses_its_path_and_method() {
        check("read_flow_flows__id__get", "get", "/flows/{id}", Some("read_flow"));
        check("root__get", "get", "/", Some("root"));
        check("read_me_api_v1_me_get", "get", "/api/v1/me", Some("read_me"));
    }

    #[test]
    fn any_other_id_is_kept() {
        check("read_flow_flows__id__get", "post", "/flows/{id}", None);
        check("read_flow_flows__id__get", "get", "/flow/{id}", None);
        check("read_flow_flows_id_get", "get", "/flows/{id}", None);
        check("_flows_get", "get", "/flows", None);
        check("flows_get", "get", "/flows", None);
        check("acme.flows_flows_get", "get", "/flows", None);
        check("2_flows_get", "get", "/flows", None);
        check("read_flows_GET", "get", "/flows", None);
    }
}
