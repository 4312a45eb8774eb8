//! Durations in [protobuf's JSON mapping](https://protobuf.dev/programming-guides/json/).

use super::date_time::nanoseconds;

/// A duration: seconds with 0, 3, 6 or 9 decimals and an `s`, such as `"1.500s"`.
#[derive(Debug)]
pub struct Seconds;

impl Seconds {
    pub(super) const EXPECTED: &str = "a duration such as \"3600s\" or \"1.500s\"";
}

/// A duration as its sign and its absolute value.
pub(super) struct Span {
    pub(super) is_negative: bool,
    pub(super) seconds: u64,
    pub(super) nanoseconds: u32,
}

impl Span {
    pub(super) fn parse(text: &str) -> Option<Self> {
        let digits = text.strip_suffix('s')?;
        let (is_negative, digits) = match digits.strip_prefix('-') {
            Some(rest) => (true, rest),
            None => (false, digits),
        };
        let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
        let is_number = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
        if whole.is_empty() || !is_number(whole) || fraction.len() > 9 || !is_number(fraction) {
            return None;
        }
        let nanoseconds = nanoseconds(fraction.as_bytes());
        Some(Self { is_negative, seconds: whole.parse().ok()?, nanoseconds })
    }

    pub(super) fn text(&self) -> String {
        let sign = if self.is_negative { "-" } else { "" };
        let seconds = self.seconds;
        match self.nanoseconds {
            0 => format!("{sign}{seconds}s"),
            n if n % 1_000_000 == 0 => format!("{sign}{seconds}.{:03}s", n / 1_000_000),
            n if n % 1_000 == 0 => format!("{sign}{seconds}.{:06}s", n / 1_000),
            n => format!("{sign}{seconds}.{n:09}s"),
        }
    }
}
