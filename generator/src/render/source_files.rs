//! Renders the Rust files of a crate, in parallel.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use super::context::Context;
use super::source_file::{self, SourceFile};
use super::{client, crate_root, errors, mock, resource, types};
use crate::file_tree::FileTree;

/// Renders every Rust file.
pub(super) fn render(context: &Context<'_>, tree: &mut FileTree) {
    let mut files = vec![
        SourceFile { path: "src/lib.rs".to_owned(), tokens: Box::new(crate_root::tokens) },
        SourceFile { path: "src/client.rs".to_owned(), tokens: Box::new(client::tokens) },
    ];
    files.extend(resource::files(context));
    files.extend(types::files(context));
    files.extend(errors::file(context));
    files.extend(mock::files(context));
    let next = AtomicUsize::new(0);
    let work = || {
        let mut done = Vec::new();
        while let Some(file) = files.get(next.fetch_add(1, Ordering::Relaxed)) {
            done.push((file.path.clone(), source_file::text((file.tokens)(context))));
        }
        done
    };
    let workers = thread::available_parallelism().map_or(1, usize::from).min(files.len());
    thread::scope(|scope| {
        let others: Vec<_> = (1..workers).map(|_| scope.spawn(work)).collect();
        let mine = work();
        let theirs = others.into_iter().flat_map(|other| match other.join() {
            Ok(done) => done,
            Err(panic) => std::panic::resume_unwind(panic),
        });
        for (path, text) in mine.into_iter().chain(theirs) {
            tree.insert(path, text);
        }
    });
}
