//! A server on loopback that fails for a part of all requests.

use std::net::TcpListener;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, AtomicU64, Ordering};
use std::thread;

use super::local_server::respond_to_all;

/// A server that responds with 503 at random, and otherwise with `{}`.
#[derive(Clone)]
pub struct FlakyServer {
    /// The base URL.
    pub url: String,
    state: Arc<State>,
}

struct State {
    failing_percent: AtomicU32,
    requests: AtomicU64,
    random: AtomicU64,
}

impl FlakyServer {
    /// Starts the server. It keeps connections open.
    pub fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let (failing_percent, requests, random) = (AtomicU32::new(0), AtomicU64::new(0), AtomicU64::new(0));
        let state = Arc::new(State { failing_percent, requests, random });
        let shared = state.clone();
        thread::spawn(move || {
            for connection in listener.incoming() {
                let state = shared.clone();
                thread::spawn(move || respond_to_all(connection.unwrap(), || state.response()));
            }
        });
        Self { url, state }
    }

    /// Sets the part of the requests that fail, and the count of requests to zero.
    pub fn reset(&self, failing_percent: u32) {
        self.state.failing_percent.store(failing_percent, Ordering::SeqCst);
        self.state.requests.store(0, Ordering::SeqCst);
    }

    /// Returns the number of requests since the last reset.
    pub fn requests(&self) -> u64 {
        self.state.requests.load(Ordering::SeqCst)
    }
}

impl State {
    fn response(&self) -> &'static [u8] {
        self.requests.fetch_add(1, Ordering::SeqCst);
        match random(&self.random) % 100 < u64::from(self.failing_percent.load(Ordering::SeqCst)) {
            true => b"HTTP/1.1 503 Service Unavailable\r\ncontent-length: 0\r\n\r\n",
            false => b"HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 2\r\n\r\n{}",
        }
    }
}

/// Returns the next number of a sequence that is the same in every run (SplitMix64).
pub(crate) fn random(state: &AtomicU64) -> u64 {
    let mut number = state.fetch_add(0x9e37_79b9_7f4a_7c15, Ordering::Relaxed);
    number = (number ^ (number >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    number = (number ^ (number >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    number ^ (number >> 31)
}
