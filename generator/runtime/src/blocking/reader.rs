//! [`Reader`], which reads the body of a response.

use std::io::{self, BufRead, Read};

use bytes::{Buf, Bytes};

use super::super::call::download::Download;
use super::run::run_to_completion;

impl Download {
    /// Returns a blocking reader of the body. It waits for each chunk.
    ///
    /// ```
    /// # use runtime::Download;
    /// fn save(photo: Download, file: &mut std::fs::File) -> std::io::Result<u64> {
    ///     std::io::copy(&mut photo.reader(), file)
    /// }
    /// ```
    pub fn reader(self) -> Reader {
        Reader { download: self, chunk: Bytes::new() }
    }
}

/// A blocking reader of the body of a [`Download`]. An error of the call becomes the source of an
/// [`io::Error`].
#[derive(Debug)]
pub struct Reader {
    download: Download,
    /// The bytes that have arrived and are not read yet.
    chunk: Bytes,
}

impl Reader {
    /// Returns a reference to the download, for its status and its headers.
    pub fn get_ref(&self) -> &Download {
        &self.download
    }
}

impl BufRead for Reader {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        while self.chunk.is_empty() {
            let next = run_to_completion(self.download.next()).unwrap_or_else(|refused| Some(Err(refused)));
            let Some(chunk) = next else { break };
            self.chunk = chunk.map_err(io::Error::other)?;
        }
        Ok(&self.chunk)
    }

    fn consume(&mut self, read: usize) {
        self.chunk.advance(read.min(self.chunk.len()));
    }
}

impl Read for Reader {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let chunk = self.fill_buf()?;
        let read = chunk.len().min(buffer.len());
        buffer[..read].copy_from_slice(&chunk[..read]);
        self.consume(read);
        Ok(read)
    }
}
