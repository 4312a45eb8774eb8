//! Tokens that expire: kept for as long as they are good, and fetched once for all who wait.

use std::error::Error as StdError;
use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, SystemTime};

use http::HeaderValue;

use super::super::transport::BoxError;
use super::clock::Clock;
use super::credentials::bearer;
use super::flight::{Flight, WeakFlight};
use super::token::{Token, TokenProvider};
use super::transient::Transient;

/// How long before its end a token is not sent any more.
const MARGIN: Duration = Duration::from_secs(60);

/// How long a token that cannot be renewed is sent before that is tried again, while it has not come to its end.
const PAUSE: Duration = Duration::from_secs(10);

/// The longest that a token is believed to last: what a server says may be beyond what a clock can count to.
const LONGEST: Duration = Duration::from_secs(365 * 24 * 60 * 60);

/// The tokens of a provider. A clone shares them.
#[derive(Clone)]
pub(in super::super) struct TokenCache(Arc<Shared>);

struct Shared {
    provider: Box<dyn TokenProvider>,
    clock: Clock,
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    kept: Option<Kept>,
    /// The token that is being fetched, for as long as somebody waits for it.
    flight: Option<WeakFlight<Fetched>>,
}

struct Kept {
    header: HeaderValue,
    /// When another one is asked for.
    until: SystemTime,
    /// When it really is of no more use.
    end: SystemTime,
}

/// What all who wait are told. It is not kept for those who come later: the next one asks again.
type Fetched = Result<HeaderValue, FetchError>;

impl TokenCache {
    pub(super) fn new(provider: Box<dyn TokenProvider>, clock: Clock) -> Self {
        Self(Arc::new(Shared { provider, clock, state: Mutex::default() }))
    }

    /// What to send as `authorization`, if it is there.
    pub(super) fn kept(&self) -> Option<HeaderValue> {
        self.0.kept(&self.0.state())
    }

    /// What to send as `authorization`, fetched first if need be.
    pub(super) async fn header(&self) -> Result<HeaderValue, BoxError> {
        match self.kept_or_fetched() {
            Ok(kept) => Ok(kept),
            Err(flight) => flight.await.map_err(FetchError::into_cause),
        }
    }

    /// The token that is there, or else the one that is being fetched from now on, if it was not yet.
    fn kept_or_fetched(&self) -> Result<HeaderValue, Flight<Fetched>> {
        let mut state = self.0.state();
        if let Some(kept) = self.0.kept(&state) {
            return Ok(kept);
        }
        let flight = state.flight.as_ref().and_then(WeakFlight::upgrade);
        Err(flight.unwrap_or_else(|| {
            let flight = Flight::new(Box::pin(fetch(self.0.clone())));
            state.flight = Some(flight.downgrade());
            flight
        }))
    }

    /// Forgets what the server has refused. Another one that has been fetched since then stays.
    pub(super) fn forget(&self, refused: &HeaderValue) {
        let mut state = self.0.state();
        state.kept.take_if(|kept| kept.header == *refused);
    }
}

impl Shared {
    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn kept(&self, state: &State) -> Option<HeaderValue> {
        let kept = state.kept.as_ref().filter(|kept| self.clock.now() < kept.until)?;
        Some(kept.header.clone())
    }
}

async fn fetch(shared: Arc<Shared>) -> Fetched {
    let token = shared.provider.token().await;
    let now = shared.clock.now();
    let fetched = token.and_then(|token| Kept::of(&token, now));
    let mut state = shared.state();
    state.flight = None;
    match (fetched, &mut state.kept) {
        (Ok(fetched), kept) => Ok(kept.insert(fetched).header.clone()),
        // What the server has refused is not kept any more.
        (Err(_), Some(kept)) if now < kept.end => {
            kept.until = kept.end.min(now + PAUSE);
            Ok(kept.header.clone())
        }
        (Err(error), _) => Err(FetchError::of(error)),
    }
}

impl Kept {
    fn of(token: &Token, now: SystemTime) -> Result<Self, BoxError> {
        let lifetime = token.lifetime.unwrap_or_default().min(LONGEST);
        // A token that lasts for a minute and less is still good for something.
        let kept_for = lifetime - MARGIN.min(lifetime / 2);
        Ok(Self { header: bearer(token.value())?, until: now + kept_for, end: now + lifetime })
    }
}

/// The error of a provider, as often as there are callers who wait.
#[derive(Clone)]
struct FetchError {
    cause: Arc<dyn StdError + Send + Sync>,
    /// Whether it may pass, and how long that takes at least.
    transient: Option<Option<Duration>>,
}

impl FetchError {
    fn of(error: BoxError) -> Self {
        match error.downcast::<Transient>() {
            Ok(passing) => {
                let transient = Some(passing.retry_after());
                Self { cause: passing.into_inner().into(), transient }
            }
            Err(error) => Self { cause: error.into(), transient: None },
        }
    }

    fn into_cause(self) -> BoxError {
        match self.transient {
            Some(retry_after) => Transient::new(self).with_retry_after(retry_after).into(),
            None => self.into(),
        }
    }
}

impl fmt::Debug for FetchError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.cause, f)
    }
}

impl fmt::Display for FetchError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("there is no bearer token")
    }
}

impl StdError for FetchError {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        Some(&*self.cause)
    }
}
