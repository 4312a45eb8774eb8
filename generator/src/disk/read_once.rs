//! The files that a document refers to: each is read at most once, and checked to be text.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use super::text::{NotText, decode};
use crate::Files;
use crate::diagnostics::Unreadable;

/// Returns the bytes of the file at a path, which is relative to the folder of the document.
type Read = dyn Fn(&str) -> Result<Vec<u8>, Unreadable> + Send + Sync;

/// Files that are read when they are needed, and then kept.
pub(crate) struct ReadOnce {
    read: Box<Read>,
    texts: Mutex<BTreeMap<String, Result<Arc<str>, Unreadable>>>,
}

impl ReadOnce {
    /// Creates files whose bytes `read` returns.
    pub(crate) fn new(read: impl Fn(&str) -> Result<Vec<u8>, Unreadable> + Send + Sync + 'static) -> Self {
        Self { read: Box::new(read), texts: Mutex::default() }
    }
}

impl Files for ReadOnce {
    fn read(&self, path: &str) -> Result<Arc<str>, Unreadable> {
        let mut texts = self.texts.lock().unwrap_or_else(PoisonError::into_inner);
        texts.entry(path.to_owned()).or_insert_with(|| text((self.read)(path)?)).clone()
    }
}

fn text(bytes: Vec<u8>) -> Result<Arc<str>, Unreadable> {
    let not_text = |NotText { cause, help }| Unreadable::Because { cause, help: help.to_owned() };
    decode(bytes).map(Arc::from).map_err(not_text)
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};

    use super::*;

    #[test]
    fn reads_each_file_once_and_checks_that_it_is_text() {
        static READS: AtomicUsize = AtomicUsize::new(0);
        let files = ReadOnce::new(|path| {
            READS.fetch_add(1, Ordering::Relaxed);
            match path {
                "pet.yaml" => Ok(b"type: string".to_vec()),
                "latin.yaml" => Ok(b"a: \xe9".to_vec()),
                _ => Err(Unreadable::Missing),
            }
        });
        for _ in 0..2 {
            assert_eq!(files.read("pet.yaml").as_deref(), Ok("type: string"));
            let Err(Unreadable::Because { cause, help }) = files.read("latin.yaml") else {
                panic!("it is text")
            };
            assert!(cause.contains("the byte 0xE9 at 1:4") && help == "save it as UTF-8", "{cause}; {help}");
            assert_eq!(files.read("dog.yaml"), Err(Unreadable::Missing));
        }
        assert_eq!(READS.load(Ordering::Relaxed), 3);
    }
}
