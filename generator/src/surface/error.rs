//! The error of reading a file that is not valid.

use std::error::Error;
use std::fmt;

/// A file of a crate that is not valid Rust or TOML.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SurfaceError {
    /// The path of the file in the crate.
    pub file: String,
    /// The line, counted from 1.
    pub line: usize,
    /// The message of the error: lower case, without a full stop.
    pub message: String,
}

impl fmt::Display for SurfaceError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: {}", self.file, self.line, self.message)
    }
}

impl Error for SurfaceError {}
