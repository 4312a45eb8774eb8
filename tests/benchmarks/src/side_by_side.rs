//! The same work done in two ways, measured in turns.
//!
//! What else the machine does changes from second to second, and times that were taken one after the other say more
//! about that than about the work. So both ways take turns, in changing order; each turn is so short that it mostly ends
//! before anything else gets the processor, and is compared with its neighbour; and the median of these comparisons is
//! what counts.

use std::fmt::Write as _;
use std::process::ExitCode;
use std::time::{Duration, Instant};

/// How long a comparison takes, about.
const WHOLE: Duration = Duration::from_secs(5);

/// One way to do some work, as often as it is told.
pub type Work<'a> = &'a mut dyn FnMut(u32);

/// What is compared.
pub struct Pair<'a> {
    /// What both do.
    pub name: &'static str,
    /// How we do it.
    pub ours: Work<'a>,
    /// What the other is.
    pub other: &'static str,
    /// How the other does it.
    pub theirs: Work<'a>,
    /// How long a turn takes, about: long enough that its beginning does not count.
    pub turn: Duration,
    /// Our speed as a multiple of theirs that we aim at; none where it is only of interest.
    pub target: Option<f64>,
}

/// What came of comparisons.
pub struct Table {
    text: String,
    is_well: bool,
}

impl Table {
    /// A table with nothing in it but its head.
    pub fn new(title: &str) -> Self {
        let mut text = format!("\n{title}\n\n");
        let columns = ("", "ours", "theirs", "ratio", "middle half", "target");
        let _ = writeln!(
            text,
            "{:<60}{:>12}{:>12}{:>8}{:>14}{:>8}",
            columns.0, columns.1, columns.2, columns.3, columns.4, columns.5
        );
        Self { text, is_well: true }
    }

    /// Measures two ways to do the same: our speed as a multiple of theirs, so that more is better.
    pub fn compare(&mut self, pair: Pair<'_>) {
        let Pair { name, ours, other, theirs, turn, target } = pair;
        // As often for both, since the first time in a turn takes longer than the next.
        let times = times_in(turn, ours).max(times_in(turn, theirs));
        let mut rounds: Vec<(f64, f64)> = Vec::new();
        let start = Instant::now();
        while start.elapsed() < WHOLE {
            if rounds.len() % 2 == 0 {
                let ours = seconds_each(ours, times);
                rounds.push((ours, seconds_each(theirs, times)));
            } else {
                let theirs = seconds_each(theirs, times);
                rounds.push((seconds_each(ours, times), theirs));
            }
        }
        let ratios = sorted(rounds.iter().map(|(ours, theirs)| theirs / ours));
        let ratio = at(&ratios, 0.5);
        let middle = format!("{:.2}-{:.2}", at(&ratios, 0.25), at(&ratios, 0.75));
        let ours = at(&sorted(rounds.iter().map(|round| round.0)), 0.5);
        let theirs = at(&sorted(rounds.iter().map(|round| round.1)), 0.5);
        let goal = target.map(|target| Goal { text: format!("{target:.2}"), is_met: ratio >= target });
        self.row(&format!("{name}, against {other}"), [&time(ours), &time(theirs)], ratio, &middle, goal);
    }

    /// Adds two sizes in bytes: ours as a multiple of theirs, so that less is better.
    pub fn sizes(&mut self, name: &str, ours: u64, theirs: u64, most: f64) {
        #[allow(clippy::cast_precision_loss, reason = "programs are shorter than 2^52 bytes")]
        let ratio = ours as f64 / theirs as f64;
        let goal = Goal { text: format!("<={most:.2}"), is_met: ratio <= most };
        let kilobytes = |bytes: u64| format!("{} kB", bytes / 1000);
        self.row(name, [&kilobytes(ours), &kilobytes(theirs)], ratio, "", Some(goal));
    }

    fn row(&mut self, name: &str, [ours, theirs]: [&str; 2], ratio: f64, middle: &str, goal: Option<Goal>) {
        let (target, verdict) = match &goal {
            None => ("", ""),
            Some(goal) => (goal.text.as_str(), if goal.is_met { "  met" } else { "  MISSED" }),
        };
        self.is_well &= goal.as_ref().is_none_or(|goal| goal.is_met);
        let _ = writeln!(
            self.text,
            "{name:<60}{ours:>12}{theirs:>12}{ratio:>8.2}{middle:>14}{target:>8}{verdict}"
        );
    }

    /// Prints the table. The benchmark fails where a target is missed.
    pub fn end(self) -> ExitCode {
        println!("{}", self.text);
        if self.is_well { ExitCode::SUCCESS } else { ExitCode::FAILURE }
    }
}

/// What a ratio should be.
struct Goal {
    text: String,
    is_met: bool,
}

/// How often some work is done in a turn.
fn times_in(turn: Duration, work: Work<'_>) -> u32 {
    let mut times = 1;
    loop {
        // The quickest of several, since others may be held up by what else the machine does.
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

/// The number below which this part of the sorted ones is.
#[allow(
    clippy::cast_possible_truncation,
    clippy::cast_precision_loss,
    clippy::cast_sign_loss,
    reason = "it is the index of one of them"
)]
fn at(sorted: &[f64], part: f64) -> f64 {
    sorted[((sorted.len() - 1) as f64 * part).round() as usize]
}

fn time(seconds: f64) -> String {
    format!("{:.2} µs", seconds * 1e6)
}
