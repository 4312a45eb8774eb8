//! A future that several callers wait for.
//!
//! Every caller that waits polls the future, so it continues if one of them is dropped. It is dropped with
//! the last caller.

use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};
use std::task::{Context, Poll, Wake, Waker};

use super::super::net::transport::BoxFuture;

/// A handle to a shared future. Each handle returns a clone of the output.
pub(super) struct SharedFuture<T>(Arc<Mutex<State<T>>>);

/// A handle that does not keep the future alive.
pub(super) struct WeakSharedFuture<T>(Weak<Mutex<State<T>>>);

enum State<T> {
    Running { future: BoxFuture<'static, T>, wakers_of_all: Arc<Wakers> },
    Done(T),
}

/// The wakers of all callers that wait.
#[derive(Default)]
struct Wakers(Mutex<Vec<Waker>>);

impl<T: Clone> SharedFuture<T> {
    pub(super) fn new(future: BoxFuture<'static, T>) -> Self {
        Self(Arc::new(Mutex::new(State::Running { future, wakers_of_all: Arc::default() })))
    }

    pub(super) fn downgrade(&self) -> WeakSharedFuture<T> {
        WeakSharedFuture(Arc::downgrade(&self.0))
    }
}

impl<T> WeakSharedFuture<T> {
    /// Returns a handle, if a caller still waits for the future.
    pub(super) fn upgrade(&self) -> Option<SharedFuture<T>> {
        self.0.upgrade().map(SharedFuture)
    }
}

impl<T: Clone> Future for SharedFuture<T> {
    type Output = T;

    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<T> {
        let mut state = lock(&self.0);
        let (future, wakers_of_all) = match &mut *state {
            State::Done(value) => return Poll::Ready(value.clone()),
            State::Running { future, wakers_of_all } => (future, wakers_of_all),
        };
        // Before the poll, as the future can wake its waker during the poll.
        wakers_of_all.add(context.waker());
        let all = Waker::from(wakers_of_all.clone());
        match future.as_mut().poll(&mut Context::from_waker(&all)) {
            Poll::Pending => Poll::Pending,
            Poll::Ready(value) => {
                let wakers_of_all = wakers_of_all.clone();
                *state = State::Done(value.clone());
                drop(state);
                wakers_of_all.wake();
                Poll::Ready(value)
            }
        }
    }
}

impl Wakers {
    fn add(&self, waker: &Waker) {
        let mut wakers = lock(&self.0);
        if !wakers.iter().any(|known| known.will_wake(waker)) {
            wakers.push(waker.clone());
        }
    }
}

impl Wake for Wakers {
    fn wake(self: Arc<Self>) {
        // Without the lock, as a waker can poll the future at once.
        let wakers = std::mem::take(&mut *lock(&self.0));
        wakers.into_iter().for_each(Waker::wake);
    }
}

/// Locks a mutex, even after a panic: the state is consistent at any time.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
