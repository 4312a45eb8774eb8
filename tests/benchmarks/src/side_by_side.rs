//! Measures two implementations of the same work in turns.
//!
//! Other programs on the machine disturb measurements, and their load changes from second to second. So both
//! implementations run in short turns with alternating order, each turn is compared with its neighbor, and the result
//! is the median of these ratios.

use std::fmt::Write as _;
use std::process::ExitCode;
use std::time::{Duration, Instant};

/// The approximate time of a comparison.
const COMPARISON_TIME: Duration = Duration::from_secs(5);

/// An implementation of some work. The argument is the number of repetitions.
pub type Work<'a> = &'a mut dyn FnMut(u32);

/// Two implementations that are compared.
pub struct Pair<'a> {
    /// The name of the work.
    pub name: &'static str,
    /// Our implementation.
    pub ours: Work<'a>,
    /// The name of the other implementation.
    pub other: &'static str,
    /// The other implementation.
    pub theirs: Work<'a>,
    /// The approximate time of a turn, which must be long enough that its overhead is negligible.
    pub turn: Duration,
    /// The minimum of our speed as a multiple of theirs, or `None` without a target.
    pub target: Option<f64>,
}

/// The results of comparisons.
pub struct Table {
    text: String,
    targets_met: bool,
}

impl Table {
    /// Returns a table without rows.
    pub fn new(title: &str) -> Self {
        let mut text = format!("\n{title}\n\n");
        let columns = ("", "ours", "theirs", "ratio", "middle half", "target");
        let _ = writeln!(
            text,
            "{:<60}{:>12}{:>12}{:>8}{:>14}{:>8}",
            columns.0, columns.1, columns.2, columns.3, columns.4, columns.5
        );
        Self { text, targets_met: true }
    }

    /// Measures two implementations. The ratio is our speed as a multiple of theirs, so higher is better.
    pub fn compare(&mut self, pair: Pair<'_>) {
        let Pair { name, ours, other, theirs, turn, target } = pair;
        // The same number for both, because the first repetition of a turn is slower.
        let times = repetitions_in(turn, ours).max(repetitions_in(turn, theirs));
        let mut rounds: Vec<(f64, f64)> = Vec::new();
        let start = Instant::now();
        while start.elapsed() < COMPARISON_TIME {
            if rounds.len() % 2 == 0 {
                let ours = seconds_each(ours, times);
                rounds.push((ours, seconds_each(theirs, times)));
            } else {
                let theirs = seconds_each(theirs, times);
                rounds.push((seconds_each(ours, times), theirs));
            }
        }
        let ratios = sorted(rounds.iter().map(|(ours, theirs)| theirs / ours));
        let ratio = quantile(&ratios, 0.5);
        let middle = format!("{:.2}-{:.2}", quantile(&ratios, 0.25), quantile(&ratios, 0.75));
        let ours = quantile(&sorted(rounds.iter().map(|round| round.0)), 0.5);
        let theirs = quantile(&sorted(rounds.iter().map(|round| round.1)), 0.5);
        let goal = target.map(|target| Goal { text: format!("{target:.2}"), is_met: ratio >= target });
        self.row(&format!("{name}, against {other}"), [&time(ours), &time(theirs)], ratio, &middle, goal);
    }

    /// Adds two sizes in bytes. The ratio is our size as a multiple of theirs, so lower is better.
    pub fn sizes(&mut self, name: &str, ours: u64, theirs: u64, max_ratio: f64) {
        #[allow(clippy::cast_precision_loss, reason = "programs are shorter than 2^52 bytes")]
        let ratio = ours as f64 / theirs as f64;
        let goal = Goal { text: format!("<={max_ratio:.2}"), is_met: ratio <= max_ratio };
        let kilobytes = |bytes: u64| format!("{} kB", bytes / 1000);
        self.row(name, [&kilobytes(ours), &kilobytes(theirs)], ratio, "", Some(goal));
    }

    fn row(&mut self, name: &str, [ours, theirs]: [&str; 2], ratio: f64, middle: &str, goal: Option<Goal>) {
        let (target, verdict) = match &goal {
            None => ("", ""),
            Some(goal) => (goal.text.as_str(), if goal.is_met { "  met" } else { "  MISSED" }),
        };
        self.targets_met &= goal.as_ref().is_none_or(|goal| goal.is_met);
        let _ = writeln!(
            self.text,
            "{name:<60}{ours:>12}{theirs:>12}{ratio:>8.2}{middle:>14}{target:>8}{verdict}"
        );
    }

    /// Prints the table. Returns a failure if a target is missed.
    pub fn finish(self) -> ExitCode {
        println!("{}", self.text);
        if self.targets_met { ExitCode::SUCCESS } else { ExitCode::FAILURE }
    }
}

/// The target of a ratio.
struct Goal {
    text: String,
    is_met: bool,
}

/// Returns the number of repetitions that fill a turn.
fn repetitions_in(turn: Duration, work: Work<'_>) -> u32 {
    let mut times = 1;
    loop {
        // The quickest of several, because other programs can delay the rest.
        let quickest = (0..20).map(|_| seconds_each(work, times)).fold(f64::INFINITY, f64::min);
        if quickest * f64::from(times) >= turn.as_secs_f64() / 2.0 {
            return times;
        }
        times *= 2;
    }
}

fn seconds_each(work: Work<'_>, times: u32) -> f64 {
    let start = Instant::now();
    work(times);
    start.elapsed().as_secs_f64() / f64::from(times)
}

fn sorted(numbers: impl Iterator<Item = f64>) -> Vec<f64> {
    let mut numbers: Vec<f64> = numbers.collect();
    numbers.sort_by(f64::total_cmp);
    numbers
}

/// Returns a quantile of sorted numbers.
#[allow(
    clippy::cast_possible_truncation,
    clippy::cast_precision_loss,
    clippy::cast_sign_loss,
    reason = "the result is a valid index"
)]
fn quantile(sorted: &[f64], fraction: f64) -> f64 {
    sorted[((sorted.len() - 1) as f64 * fraction).round() as usize]
}

fn time(seconds: f64) -> String {
    format!("{:.2} µs", seconds * 1e6)
}
