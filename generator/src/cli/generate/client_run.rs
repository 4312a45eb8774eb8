//! A run of the command for one client: its paths, its start, and its JSON report.

use std::time::Instant;

use serde_json::Value;

use super::args::{Args, Format};
use crate::Lock;
use crate::cli::console::Console;
use crate::cli::diff;
use crate::cli::diff::comparison::Comparison;
use crate::cli::failure::Failure;
use crate::cli::inputs::Paths;

/// A run of the command for one client.
pub(super) struct ClientRun<'a> {
    pub(super) args: &'a Args,
    pub(super) paths: Paths,
    pub(super) start: Instant,
}

impl<'a> ClientRun<'a> {
    /// Starts a run.
    pub(super) fn new(args: &'a Args, paths: Paths) -> Self {
        Self { args, paths, start: Instant::now() }
    }

    /// Prints the report, with the changes since a commit, if the format is JSON.
    pub(super) fn print_json(
        &self,
        mut report: Value,
        since: Option<&Comparison>,
        console: &mut Console<'_>,
    ) {
        if self.args.format == Format::Json {
            report["changes"] = since.map_or(Value::Null, diff::json::summary);
            console.print_json(report);
        }
    }

    /// Returns the names of earlier runs.
    pub(super) fn lock(&self) -> Result<Lock, Failure> {
        if self.args.rebuild_lock {
            return Ok(Lock::default());
        }
        let lock = self.paths.lock()?;
        Ok(if self.args.prune_lock { lock.pruned() } else { lock })
    }
}
