//! Operations that only read. Reading several pages repeats the request, so the request must have no other effect.

use crate::rules::secret_name::words;

/// Verbs of operations that read.
const READ: [&str; 16] = [
    "search", "list", "query", "find", "filter", "lookup", "get", "read", "fetch", "retrieve", "scroll",
    "paginate", "browse", "scan", "select", "show",
];

/// Names of path segments below which a POST reads, whatever the last segment is.
const READ_FOLDERS: [&str; 4] = ["search", "query", "find", "lookup"];

/// Verbs of operations that change something. Then a word such as `list` is a noun: `createList`.
const WRITE: [&str; 44] = [
    "create",
    "add",
    "insert",
    "new",
    "make",
    "update",
    "put",
    "patch",
    "set",
    "save",
    "store",
    "upload",
    "import",
    "delete",
    "remove",
    "send",
    "publish",
    "start",
    "stop",
    "cancel",
    "assign",
    "revoke",
    "grant",
    "approve",
    "register",
    "subscribe",
    "buy",
    "pay",
    "book",
    "upsert",
    "submit",
    "trigger",
    "invite",
    "move",
    "copy",
    "clone",
    "merge",
    "restore",
    "archive",
    "share",
    "reset",
    "replace",
    "modify",
    "generate",
];

/// Returns true if an operation only reads, by its method or, for a POST, by its id and path.
pub(super) fn only_reads(method: &str, id: Option<&str>, path: &str) -> bool {
    match method {
        "GET" | "QUERY" => true,
        "POST" => reads_by_id(id.unwrap_or_default()).unwrap_or_else(|| reads_by_path(path)),
        _ => false,
    }
}

/// Returns true or false if the verb of an operation id reads or writes: `pets.search`, `createPets`.
fn reads_by_id(id: &str) -> Option<bool> {
    let last_part = id.rsplit(['.', '/', ':', '#']).next().unwrap_or(id);
    let words: Vec<String> = words(last_part).into_iter().filter(|word| word != "post").collect();
    let is = |word: &str, verbs: &[&str]| verbs.contains(&word);
    // `findOrCreate`, `search_and_replace`.
    let also_writes = words.windows(2).any(|pair| is(&pair[0], &["or", "and"]) && is(&pair[1], &WRITE));
    let (first, last) = (words.first()?, words.last()?);
    if also_writes || is(first, &WRITE) {
        Some(false)
    } else if is(first, &READ) || is(last, &READ) {
        Some(true)
    } else if is(last, &WRITE) {
        Some(false)
    } else {
        None
    }
}

/// Returns true if a path names a verb that reads: `/pets/search`, `/pets:query`, `/search/pets`.
fn reads_by_path(path: &str) -> bool {
    let segments = path.split('/').filter(|segment| !segment.is_empty() && !segment.starts_with('{'));
    let segments: Vec<Vec<String>> = segments.map(words).collect();
    let is_folder =
        |words: &Vec<String>| matches!(&words[..], [word] if READ_FOLDERS.contains(&word.as_str()));
    let ends = segments.last().into_iter().flat_map(|words| words.first().into_iter().chain(words.last()));
    segments.iter().any(is_folder) || ends.into_iter().any(|word| READ.contains(&word.as_str()))
}

#[cfg(test)]
mod tests {
    use super::only_reads;

    #[track_caller]
    fn check(method: &str, id: &str, path: &str, expected: bool) {
        assert_eq!(
            only_reads(method, Some(id).filter(|id| !id.is_empty()), path),
            expected,
            "{method} {id} {path}"
        );
    }

    #[test]
    fn a_get_reads_and_other_methods_than_post_do_not() {
        check("GET", "createPet", "/pets", true);
        check("QUERY", "", "/pets", true);
        check("PUT", "listPets", "/pets/search", false);
        check("DELETE", "", "/pets", false);
    }

    #[test]
    fn a_post_reads_if_its_id_says_so() {
        check("POST", "pets.v1.PetService.SearchPets", "/pets", true);
        check("POST", "pets.Create", "/pets/search", false);
        check("POST", "createList", "/lists", false);
        check("POST", "getRawPets", "/raw/pets", true);
        check("POST", "paginate_pets_pets_paginate_post", "/pets/paginate", true);
        check("POST", "post_pet_queries_execute_read", "/pet_queries/execute_read", true);
        check("POST", "petsList", "/pets/page", true);
        check("POST", "pets_create", "/pets/search", false);
        check("POST", "findOrCreatePet", "/pets/find", false);
        check("POST", "shareList", "/lists/{id}/share", false);
    }

    #[test]
    fn a_post_reads_if_its_path_says_so() {
        check("POST", "", "/pets/search", true);
        check("POST", "pets", "/pets/_search/", true);
        check("POST", "", "/pets:query", true);
        check("POST", "", "/v1/search/pets", true);
        check("POST", "", "/pets/{id}/filter", true);
        check("POST", "", "/pets", false);
        check("POST", "", "/lists", false);
        check("POST", "", "/searches", false);
        check("POST", "", "/", false);
        check("POST", "", "/{search}", false);
    }
}
