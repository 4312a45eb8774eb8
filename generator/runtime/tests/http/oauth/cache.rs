//! The token cache: when tokens are renewed, and how concurrent calls share a token request.

use std::sync::Arc;

use runtime::Error;

use super::{ManualClock, SECRET, builder, client, fine, one_hour_token, poll_once, request_log, server};
use crate::list;
use crate::server::Reply;

#[tokio::test]
async fn renews_tokens_a_minute_before_they_expire() {
    let clock = ManualClock::default();
    let server = server(one_hour_token, fine).await;
    let client = builder(&server).client_credentials("me", SECRET).clock(clock.clock()).build().unwrap();
    for seconds in [0, 3539, 1, 3539, 1] {
        clock.advance(seconds);
        list(&client).await.unwrap();
    }
    let request_log = request_log(&server);
    assert_eq!(
        request_log,
        ["token", "Bearer t1", "Bearer t1", "token", "Bearer t2", "Bearer t2", "token", "Bearer t3"]
    );
}

/// Returns the number of seconds for which a token with this `expires_in` is cached.
async fn measure_cache_seconds(expires_in: &'static str) -> u64 {
    let clock = ManualClock::default();
    let token =
        move |token: &str| Reply::json("200 OK", &format!(r#"{{"access_token":"{token}"{expires_in}}}"#));
    let server = server(token, fine).await;
    let client = builder(&server).client_credentials("me", SECRET).clock(clock.clock()).build().unwrap();
    list(&client).await.unwrap();
    // A binary search. Each step has a new client, because a token request resets the cache.
    let (mut low, mut high) = (0, 40_000_000);
    while low < high {
        let middle = (low + high) / 2;
        let client = builder(&server).client_credentials("me", SECRET).clock(clock.clock()).build().unwrap();
        list(&client).await.unwrap();
        let before = server.received().len();
        clock.advance(middle);
        list(&client).await.unwrap();
        if server.received().len() - before == 1 { low = middle + 1 } else { high = middle }
    }
    low
}

#[tokio::test]
async fn parses_expires_in_leniently() {
    for (expires_in, seconds) in [
        (r#","expires_in":600"#, 540),
        (r#","expires_in":"600""#, 540),
        (r#","expires_in":600.9"#, 540),
        // Missing or invalid: five minutes.
        ("", 240),
        (r#","expires_in":null"#, 240),
        (r#","expires_in":"soon""#, 240),
        (r#","expires_in":-1"#, 240),
        // A short lifetime: half of it.
        (r#","expires_in":100"#, 50),
        (r#","expires_in":0"#, 0),
        // Longer than a clock can represent: a year.
        (r#","expires_in":1e15"#, 31_535_940),
    ] {
        // The clock has a resolution of one second.
        let found = measure_cache_seconds(expires_in).await;
        assert!(found.abs_diff(seconds) <= 1, "{expires_in}: {found}");
    }
}

#[tokio::test]
async fn concurrent_calls_share_a_token_request_even_if_some_are_canceled() {
    let server = server(one_hour_token, fine).await;
    let client = client(&server);
    let mut calls: Vec<_> = (0..50).map(|_| Box::pin(list(&client))).collect();
    for call in &mut calls {
        assert!(poll_once(call).await.is_pending());
    }
    // Cancels the call that sent the request, and some others.
    drop(calls.drain(..10));
    for call in calls {
        call.await.unwrap();
    }
    let request_log = request_log(&server);
    assert_eq!(request_log.iter().filter(|sent| *sent == "token").count(), 1, "{request_log:?}");
    assert_eq!(request_log.iter().filter(|sent| *sent == "Bearer t1").count(), 40);
}

#[tokio::test]
async fn cancels_a_token_request_that_no_call_awaits() {
    let server = server(one_hour_token, fine).await;
    let client = client(&server);
    let mut call = Box::pin(list(&client));
    assert!(poll_once(&mut call).await.is_pending());
    drop(call);
    list(&client).await.unwrap();
    assert_eq!(request_log(&server).last().unwrap().split(' ').next(), Some("Bearer"));
}

#[tokio::test]
async fn threads_share_a_token() {
    let server = Arc::new(server(one_hour_token, fine).await);
    let client = client(&server);
    let threads: Vec<_> = (0..4)
        .map(|_| {
            let client = client.clone();
            std::thread::spawn(move || {
                let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
                runtime.block_on(list(&client)).map(drop)
            })
        })
        .collect();
    let done =
        tokio::task::spawn_blocking(|| threads.into_iter().map(|thread| thread.join().unwrap()).collect());
    let done: Vec<Result<(), Error>> = done.await.unwrap();
    assert!(done.iter().all(Result::is_ok), "{done:?}");
    assert_eq!(request_log(&server).iter().filter(|sent| *sent == "token").count(), 1);
}
