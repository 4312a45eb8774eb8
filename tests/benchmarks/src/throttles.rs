//! The rules by which other libraries limit retries, written from their documentation.

use std::sync::Mutex;
use std::sync::atomic::AtomicU64;

use super::flaky_server::random;

/// The decision about a retry.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Decision {
    /// It is sent.
    Send,
    /// It is not sent, but counts as an attempt that failed.
    Skip,
    /// The call fails.
    Stop,
}

/// A limit that all calls of a client share. `retries` are the retries of a call that were sent so far.
pub trait Throttle: Send + Sync {
    /// Decides about the next retry of a call.
    fn decide(&self, retries: u32) -> Decision;
    /// Records an attempt that failed.
    fn failed(&self);
    /// Records a call that ended.
    fn ended(&self, succeeded: bool, retries: u32);
}

/// Every retry is sent.
pub struct Unlimited;

impl Throttle for Unlimited {
    fn decide(&self, _: u32) -> Decision {
        Decision::Send
    }

    fn failed(&self) {}

    fn ended(&self, _: bool, _: u32) {}
}

/// The token bucket of aws-smithy-runtime: 500 tokens, and 10 for a retry after 503, which counts as transient like a
/// timeout. The tokens of the last retry of a call return when it ends, and a success without a retry adds a token.
pub struct TokenBucket(Mutex<u32>);

impl TokenBucket {
    const FULL: u32 = 500;
    const RETRY: u32 = 10;
}

impl Default for TokenBucket {
    fn default() -> Self {
        Self(Mutex::new(Self::FULL))
    }
}

impl Throttle for TokenBucket {
    fn decide(&self, _: u32) -> Decision {
        let mut tokens = self.0.lock().unwrap();
        match tokens.checked_sub(Self::RETRY) {
            Some(left) => {
                *tokens = left;
                Decision::Send
            }
            None => Decision::Stop,
        }
    }

    fn failed(&self) {}

    fn ended(&self, succeeded: bool, retries: u32) {
        let mut tokens = self.0.lock().unwrap();
        match retries {
            0 if succeeded => *tokens = Self::FULL.min(*tokens + 1),
            0 => {}
            _ => *tokens += Self::RETRY,
        }
    }
}

/// The adaptive throttler of google-cloud-gax, with its factor of 2. It counts all attempts of its lifetime, and rejects
/// retries with a probability that grows with the part of them that failed.
#[derive(Default)]
pub struct AdaptiveThrottler {
    /// The numbers of attempts and of successful attempts.
    counts: Mutex<(f64, f64)>,
    random: AtomicU64,
}

impl Throttle for AdaptiveThrottler {
    #[allow(clippy::cast_precision_loss, reason = "24 bits are exact")]
    fn decide(&self, _: u32) -> Decision {
        let (requests, accepts) = *self.counts.lock().unwrap();
        let rejected = (requests - 2.0 * accepts) / (requests + 1.0);
        let number = (random(&self.random) >> 40) as f64 / f64::from(1 << 24);
        if number < rejected { Decision::Skip } else { Decision::Send }
    }

    fn failed(&self) {
        self.counts.lock().unwrap().0 += 1.0;
    }

    fn ended(&self, succeeded: bool, _: u32) {
        if succeeded {
            let mut counts = self.counts.lock().unwrap();
            counts.0 += 1.0;
            counts.1 += 1.0;
        }
    }
}
