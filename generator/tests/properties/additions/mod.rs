//! Names of the lock: whatever is added to a document, everything that was in it keeps its names.
//!
//! A document grows by a few additions at a time, and is generated with the lock of the time before. `ADDITIONS` sets the
//! number of additions, `ADDITIONS_SEED` selects others, and `ADDITIONS_FROM` names a folder with other documents:
//!
//! ```console
//! $ ADDITIONS=10000 ADDITIONS_FROM=../specs cargo test --release -p openapi-crate --test properties -- additions --nocapture
//! ```

mod edit;
mod growing;
mod names;

use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};
use std::{env, fs, thread};

use serde_json::Value;

use growing::{Growing, MAX_AT_ONCE};

/// The default number of additions.
const ADDITIONS: usize = 300;

#[test]
fn additions_rename_nothing() {
    let number = |name: &str| env::var(name).ok().map(|text| text.parse().expect("a number"));
    let additions: usize = number("ADDITIONS").unwrap_or(ADDITIONS);
    let seed = number("ADDITIONS_SEED").unwrap_or_default() as u64;
    let documents = documents().into_iter().enumerate();
    let documents =
        documents.map(|(index, (path, document))| Growing::new(path, document, seed + index as u64));
    let mut documents: Vec<Growing> = documents.collect();
    while let missing @ 1.. = additions.saturating_sub(documents.iter().map(|it| it.additions).sum()) {
        let mut growing: Vec<&mut Growing> = documents.iter_mut().filter(|it| !it.is_finished).collect();
        assert!(!growing.is_empty(), "{missing} additions are not possible");
        growing.sort_by_key(|it| it.additions);
        growing.truncate(missing.div_ceil(MAX_AT_ONCE));
        for_each(growing, Growing::grow);
    }
    documents.retain(|it| it.additions > 0);
    for_each(documents.iter_mut().collect(), Growing::generate_anew);
    println!("{}", growing::table(&documents));
    let faults: Vec<&String> = documents.iter().flat_map(|it| &it.faults).collect();
    assert!(faults.is_empty(), "{faults:#?}");
    let would_move: usize = documents.iter().map(|it| it.would_move).sum();
    assert!(would_move > 0, "no addition would have moved a name, so the test shows nothing");
}

/// Does something with each document, on all processors.
fn for_each(documents: Vec<&mut Growing>, work: impl Fn(&mut Growing) + Sync) {
    let threads = thread::available_parallelism().map_or(1, usize::from).min(documents.len());
    let queue = Mutex::new(documents.into_iter());
    let next = || queue.lock().unwrap_or_else(PoisonError::into_inner).next();
    thread::scope(|scope| {
        for _ in 0..threads {
            scope.spawn(|| {
                while let Some(document) = next() {
                    work(document);
                }
            });
        }
    });
}

/// Returns the documents of the folder, or those of the fixtures.
fn documents() -> Vec<(PathBuf, Value)> {
    let given = env::var_os("ADDITIONS_FROM").map(PathBuf::from);
    let folder = given.unwrap_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/fixtures"));
    let mut folders = vec![folder];
    let mut documents = Vec::new();
    while let Some(folder) = folders.pop() {
        let entries = fs::read_dir(&folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
        let mut paths: Vec<PathBuf> = entries.map(|entry| entry.expect("an entry").path()).collect();
        paths.sort();
        for path in paths {
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "yaml" || extension == "json") {
                let text = fs::read_to_string(&path).expect("the document is text");
                documents.extend(openapi_crate::read(&text).ok().map(|document| (path, document)));
            }
        }
    }
    documents.retain(|(_, document)| document["openapi"].is_string());
    assert!(!documents.is_empty(), "there are no documents");
    documents
}
