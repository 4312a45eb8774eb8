//! The commands of the program `openapi-crate`, which other programs can offer as well.

pub mod check;
pub mod console;
pub mod diff;
pub mod explain;
mod failure;
pub mod generate;
pub mod init;
pub mod inputs;
mod json_output;
mod program;

pub use program::Program;
