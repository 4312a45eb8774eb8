//! The names of the functions behind operations, in documents that FastAPI writes.
//!
//! FastAPI makes an `operationId` of the name of a function, its path and its method: `read_flow_flows__id__get` for
//! `read_flow` at `GET /flows/{id}`. The function alone says what the operation does.

use std::collections::HashSet;

use openapiv3::ReferenceOr;

use crate::document::Document;

/// The names of functions in a document.
pub(super) struct Functions {
    /// True if `operationId`s are made of functions.
    are_known: bool,
}

impl Functions {
    /// Finds out whether ids are made of functions. An id that only repeats path and method behind a constant prefix is
    /// not: without them, most operations of a tag would have the same name.
    pub(super) fn of(document: &Document) -> Self {
        let mut found = 0_usize;
        let mut distinct = HashSet::new();
        let items = document.paths().iter();
        let items = items.filter_map(|(path, item)| Some((path, ReferenceOr::as_item(item)?)));
        for (path, (method, operation)) in
            items.flat_map(|(path, item)| item.iter().map(move |it| (path, it)))
        {
            let id = operation.operation_id.as_deref().unwrap_or_default();
            if let Some(function) = without_path(id, &method.key(), path) {
                found += 1;
                distinct.insert((operation.tags.first(), function));
            }
        }
        Self { are_known: distinct.len() * 2 > found }
    }

    /// Returns the name of the function behind an operation.
    pub(super) fn name_of<'i>(&self, id: &'i str, method: &str, path: &str) -> Option<&'i str> {
        without_path(id, method, path).filter(|_| self.are_known)
    }
}

/// Returns an id without the path and the method that it ends in, as FastAPI writes them: with `_` for every symbol.
fn without_path<'i>(id: &'i str, method: &str, path: &str) -> Option<&'i str> {
    let is_word = |character: char| character.is_alphanumeric() || character == '_';
    let path = path.chars().map(|character| if is_word(character) { character } else { '_' });
    let path: String = path.collect();
    let function = id.strip_suffix(method)?.strip_suffix('_')?.strip_suffix(path.as_str())?;
    (function.contains(char::is_alphanumeric) && function.chars().all(is_word)).then_some(function)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(id: &str, method: &str, path: &str, expected: Option<&str>) {
        assert_eq!(without_path(id, method, path), expected);
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
    }
}
