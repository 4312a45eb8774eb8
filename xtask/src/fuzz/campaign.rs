//! Checks many documents on several workers, and counts the results.
//!
//! Workers take the documents in order, so `--seconds` and `--jobs` decide how many documents are checked, and never which
//! document has a number.

use std::collections::BTreeMap;
use std::io;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc;
use std::thread;
use std::time::{Duration, Instant};

use ::fuzz::Seeds;

use super::case::Case;
use super::check::Passed;
use super::failure::Failure;
use super::process::Workers;

/// The documents to check.
pub(super) struct Campaign<'a> {
    pub(super) seeds: &'a Seeds,
    pub(super) seed: u64,
    /// The number of the first document.
    pub(super) first: u64,
    pub(super) limit: Limit,
    pub(super) jobs: usize,
    /// Returns workers for one job.
    pub(super) workers: &'a (dyn Fn() -> Workers + Sync),
}

/// Where a campaign ends.
#[derive(Clone, Copy, Debug)]
pub(super) enum Limit {
    Documents(u64),
    Time(Duration),
}

/// The results of a campaign.
#[derive(Debug, Default)]
pub(super) struct Results {
    /// The number of documents without errors.
    pub(super) generated: u64,
    /// The number of documents with errors.
    pub(super) rejected: u64,
    /// The number of documents that fail.
    pub(super) failed: u64,
    /// Findings by kind and cause.
    pub(super) findings: BTreeMap<(String, String), Finding>,
}

/// A failure with a new cause.
#[derive(Clone, Copy, Debug)]
pub(super) struct NewFailure<'a> {
    /// The number of the document.
    pub(super) index: u64,
    pub(super) failure: &'a Failure,
}

/// Failures with one cause.
#[derive(Debug)]
pub(super) struct Finding {
    /// The first document.
    pub(super) index: u64,
    pub(super) failure: Failure,
    /// The number of documents.
    pub(super) count: u64,
}

impl Results {
    /// Returns the number of documents.
    pub(super) fn documents(&self) -> u64 {
        self.generated + self.rejected + self.failed
    }

    /// Counts a result. Returns true if it is a failure with a new cause.
    fn add(&mut self, index: u64, result: Result<Passed, Failure>) -> bool {
        let failure = match result {
            Ok(Passed::Generated) => {
                return {
                    self.generated += 1;
                    false
                };
            }
            Ok(Passed::Rejected) => {
                return {
                    self.rejected += 1;
                    false
                };
            }
            Err(failure) => failure,
        };
        self.failed += 1;
        let key = (failure.kind.clone(), failure.cause.clone());
        match self.findings.get_mut(&key) {
            None => {
                self.findings.insert(key, Finding { index, failure, count: 1 });
                return true;
            }
            Some(finding) => {
                finding.count += 1;
                // Results arrive in any order.
                if index < finding.index {
                    (finding.index, finding.failure) = (index, failure);
                }
            }
        }
        false
    }
}

/// Runs a campaign. `progress` is called after each document, with the results so far, and with
/// the failure if its cause is new.
pub(super) fn run(
    campaign: &Campaign<'_>,
    progress: &mut dyn FnMut(&Results, Option<NewFailure<'_>>),
) -> io::Result<Results> {
    let start = Instant::now();
    let next = AtomicU64::new(campaign.first);
    let (sender, received) = mpsc::channel();
    let job = |sender: mpsc::Sender<(u64, Result<Passed, Failure>)>| -> io::Result<()> {
        let mut workers = (campaign.workers)();
        loop {
            if matches!(campaign.limit, Limit::Time(limit) if start.elapsed() >= limit) {
                return Ok(());
            }
            let index = next.fetch_add(1, Ordering::Relaxed);
            if matches!(campaign.limit, Limit::Documents(count) if index.wrapping_sub(campaign.first) >= count)
            {
                return Ok(());
            }
            let result = workers.check(&Case::new(campaign.seeds, campaign.seed, index))?;
            if sender.send((index, result)).is_err() {
                return Ok(());
            }
        }
    };
    thread::scope(|scope| {
        let job = &job;
        let jobs: Vec<_> = (0..campaign.jobs.max(1))
            .map(|_| {
                let sender = sender.clone();
                scope.spawn(move || job(sender))
            })
            .collect();
        drop(sender);
        let mut results = Results::default();
        for (index, result) in received {
            let failure = result.as_ref().err().cloned();
            let is_new = results.add(index, result);
            progress(
                &results,
                failure.as_ref().filter(|_| is_new).map(|failure| NewFailure { index, failure }),
            );
        }
        for job in jobs {
            job.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))?;
        }
        Ok(results)
    })
}
