//! A cache for tokens that expire. A token is fetched once for all calls that wait for it.

use std::error::Error as StdError;
use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, SystemTime};

use http::HeaderValue;

use super::super::net::transport_error::BoxError;
use super::clock::Clock;
use super::header_value::bearer;
use super::shared_future::{SharedFuture, WeakSharedFuture};
use super::token::{Token, TokenProvider};
use super::transient::Transient;

/// The time before its expiry from which a token is renewed.
const EXPIRY_MARGIN: Duration = Duration::from_secs(60);

/// The wait after a failed renewal, while the previous token is still sent.
const RENEWAL_PAUSE: Duration = Duration::from_secs(10);

/// The maximum lifetime of a token, which keeps times within the range of the clock.
const MAX_LIFETIME: Duration = Duration::from_secs(365 * 24 * 60 * 60);

/// The cached token of a provider. Clones share the cache.
#[derive(Clone)]
pub(in super::super) struct TokenCache(Arc<Shared>);

struct Shared {
    provider: Box<dyn TokenProvider>,
    clock: Clock,
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    cached: Option<CachedToken>,
    /// The fetch in progress, as long as a call waits for it.
    pending: Option<WeakSharedFuture<FetchResult>>,
}

struct CachedToken {
    header: HeaderValue,
    /// The time from which a new token is fetched.
    renew_at: SystemTime,
    /// The time from which the token is not sent.
    expires_at: SystemTime,
}

/// The result for all calls that wait for a fetch. An error is not cached: the next call fetches again.
type FetchResult = Result<HeaderValue, FetchError>;

impl TokenCache {
    pub(super) fn new(provider: Box<dyn TokenProvider>, clock: Clock) -> Self {
        Self(Arc::new(Shared { provider, clock, state: Mutex::default() }))
    }

    /// Returns the value of `authorization`, if a token is cached.
    pub(super) fn cached(&self) -> Option<HeaderValue> {
        self.0.cached(&self.0.state())
    }

    /// Returns the value of `authorization`, after fetching a token if necessary.
    pub(super) async fn header(&self) -> Result<HeaderValue, BoxError> {
        match self.cached_or_pending() {
            Ok(cached) => Ok(cached),
            Err(pending) => pending.await.map_err(FetchError::into_cause),
        }
    }

    /// Returns the cached token, or a fetch in progress, which is started if there is none.
    fn cached_or_pending(&self) -> Result<HeaderValue, SharedFuture<FetchResult>> {
        let mut state = self.0.state();
        if let Some(cached) = self.0.cached(&state) {
            return Ok(cached);
        }
        let pending = state.pending.as_ref().and_then(WeakSharedFuture::upgrade);
        Err(pending.unwrap_or_else(|| {
            let pending = SharedFuture::new(Box::pin(fetch(self.0.clone())));
            state.pending = Some(pending.downgrade());
            pending
        }))
    }

    /// Removes a token that the server has rejected, unless it was replaced in the meantime.
    pub(super) fn forget(&self, rejected: &HeaderValue) {
        let mut state = self.0.state();
        state.cached.take_if(|cached| cached.header == *rejected);
    }
}

impl Shared {
    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn cached(&self, state: &State) -> Option<HeaderValue> {
        let cached = state.cached.as_ref().filter(|cached| self.clock.now() < cached.renew_at)?;
        Some(cached.header.clone())
    }
}

async fn fetch(shared: Arc<Shared>) -> FetchResult {
    let token = shared.provider.token().await;
    let now = shared.clock.now();
    let fetched = token.and_then(|token| CachedToken::of(&token, now));
    let mut state = shared.state();
    state.pending = None;
    match (fetched, &mut state.cached) {
        (Ok(fetched), cached) => Ok(cached.insert(fetched).header.clone()),
        // A token that the server has rejected is not in the cache.
        (Err(_), Some(cached)) if now < cached.expires_at => {
            cached.renew_at = cached.expires_at.min(now + RENEWAL_PAUSE);
            Ok(cached.header.clone())
        }
        (Err(error), _) => Err(FetchError::of(error)),
    }
}

impl CachedToken {
    fn of(token: &Token, now: SystemTime) -> Result<Self, BoxError> {
        let lifetime = token.lifetime.unwrap_or_default().min(MAX_LIFETIME);
        // A token with a short lifetime is used for half of it.
        let usable_for = lifetime - EXPIRY_MARGIN.min(lifetime / 2);
        Ok(Self { header: bearer(token.value())?, renew_at: now + usable_for, expires_at: now + lifetime })
    }
}

/// The error of a provider, cloned for each call that waits.
#[derive(Clone)]
struct FetchError {
    cause: Arc<dyn StdError + Send + Sync>,
    /// Set if the error is transient, with the time after which a retry can succeed, if known.
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
        f.write_str("no bearer token available")
    }
}

impl StdError for FetchError {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        Some(&*self.cause)
    }
}
