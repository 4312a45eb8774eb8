//! Records the calls of a program that `cargo xtask servers` runs against a real server.
//!
//! A program records each request, and each call that does not do what a user expects although neither the generator nor
//! the runtime is at fault. Every failing test counts as a fault of this project.

use std::env;
use std::fmt;
use std::fs::OpenOptions;
use std::io::Write as _;

/// The environment variable with the URL of the server.
pub const URL: &str = "SERVER_URL";

/// The environment variable with the path of the file that calls are recorded in.
pub const FILE: &str = "SERVER_CALLS";

/// The cause of a failed call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// The document says something else than the server does.
    Document,
    /// The server fails, or violates HTTP.
    Server,
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Document => "document",
            Self::Server => "server",
        })
    }
}

/// Returns the URL of the server.
///
/// # Panics
///
/// Panics outside of `cargo xtask servers`.
pub fn url() -> String {
    env::var(URL).unwrap_or_else(|_| panic!("{URL} is not set; run `cargo xtask servers`"))
}

/// Records a request for an operation, such as `GET /pets/{id}`.
pub fn record(method: &str, path: &str) {
    write(&["call", method, path]);
}

/// Records that a call fails, with the cause and the reason. The program has checked that it fails this way.
pub fn record_failure(fault: Fault, method: &str, path: &str, reason: &str) {
    write(&["failure", &fault.to_string(), method, path, reason]);
}

/// Appends a line to the file. Several processes or threads can append at the same time.
fn write(cells: &[&str]) {
    let Some(path) = env::var_os(FILE) else { return };
    let line = cells.iter().map(|cell| cell.replace(['\t', '\n', '\r'], " ")).collect::<Vec<_>>().join("\t");
    let file = OpenOptions::new().append(true).create(true).open(path);
    let written = file.and_then(|mut file| file.write_all(format!("{line}\n").as_bytes()));
    written.expect("calls can be recorded");
}

/// Defines `Recorder`, a middleware that records the requests of a generated client, and `failed`, which records a call
/// that failed with an error. The argument is the client's crate.
#[macro_export]
macro_rules! recorder {
    ($client:ident) => {
        /// Records each request for `cargo xtask servers`.
        struct Recorder;

        impl $client::runtime::Middleware for Recorder {
            fn handle<'a>(
                &'a self,
                request: http::Request<$client::runtime::Body>,
                next: $client::runtime::Next<'a>,
            ) -> $client::runtime::MiddlewareFuture<'a> {
                if let Some(attempt) = request.extensions().get::<$client::runtime::Attempt>() {
                    let operation = attempt.operation();
                    $crate::calls::record(operation.method().as_str(), operation.path());
                }
                next.run(request)
            }
        }

        /// Records that a call failed, who causes it, and why. The caller has checked the error.
        #[track_caller]
        fn failed(error: &$client::Error, fault: $crate::calls::Fault, reason: &str) {
            let operation = error.operation().expect("the error belongs to a call");
            $crate::calls::record_failure(fault, operation.method().as_str(), operation.path(), reason);
        }
    };
}
