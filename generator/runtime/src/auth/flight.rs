//! One future that many wait for.
//!
//! Whoever waits also drives it, so it goes on whichever of them gives up; once the last one has, it is gone.

use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};
use std::task::{Context, Poll, Wake, Waker};

use super::super::transport::BoxFuture;

/// A handle on a future that others wait for too, each for a copy of what it comes to.
pub(super) struct Flight<T>(Arc<Mutex<State<T>>>);

/// A handle that does not keep the future alive.
pub(super) struct WeakFlight<T>(Weak<Mutex<State<T>>>);

enum State<T> {
    UnderWay { future: BoxFuture<'static, T>, waiting: Arc<Waiting> },
    Done(T),
}

/// Those to be told when the future wants to go on.
#[derive(Default)]
struct Waiting(Mutex<Vec<Waker>>);

impl<T: Clone> Flight<T> {
    pub(super) fn new(future: BoxFuture<'static, T>) -> Self {
        Self(Arc::new(Mutex::new(State::UnderWay { future, waiting: Arc::default() })))
    }

    pub(super) fn downgrade(&self) -> WeakFlight<T> {
        WeakFlight(Arc::downgrade(&self.0))
    }
}

impl<T> WeakFlight<T> {
    /// The future, if somebody waits for it.
    pub(super) fn upgrade(&self) -> Option<Flight<T>> {
        self.0.upgrade().map(Flight)
    }
}

impl<T: Clone> Future for Flight<T> {
    type Output = T;

    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<T> {
        let mut state = lock(&self.0);
        let (future, waiting) = match &mut *state {
            State::Done(value) => return Poll::Ready(value.clone()),
            State::UnderWay { future, waiting } => (future, waiting),
        };
        // Before the future is polled: it may want to go on before this returns.
        waiting.add(context.waker());
        let all = Waker::from(waiting.clone());
        match future.as_mut().poll(&mut Context::from_waker(&all)) {
            Poll::Pending => Poll::Pending,
            Poll::Ready(value) => {
                let waiting = waiting.clone();
                *state = State::Done(value.clone());
                drop(state);
                waiting.wake();
                Poll::Ready(value)
            }
        }
    }
}

impl Waiting {
    fn add(&self, waker: &Waker) {
        let mut wakers = lock(&self.0);
        if !wakers.iter().any(|known| known.will_wake(waker)) {
            wakers.push(waker.clone());
        }
    }
}

impl Wake for Waiting {
    fn wake(self: Arc<Self>) {
        // Outside of the lock: a waker may poll at once.
        let wakers = std::mem::take(&mut *lock(&self.0));
        wakers.into_iter().for_each(Waker::wake);
    }
}

/// What is behind a lock. A future that has panicked leaves nothing half done in it.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
