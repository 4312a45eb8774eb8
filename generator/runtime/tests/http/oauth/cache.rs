//! How long a token is kept, and that one is fetched for all who wait.

use std::sync::Arc;

use runtime::Error;

use super::{Hand, SECRET, builder, client, fine, hour, poll_once, server, story};
use crate::list;
use crate::server::Reply;

#[tokio::test]
async fn a_token_is_kept_until_a_minute_before_its_end() {
    let hand = Hand::default();
    let server = server(hour, fine).await;
    let client = builder(&server).client_credentials("me", SECRET).clock(hand.clock()).build().unwrap();
    for seconds in [0, 3539, 1, 3539, 1] {
        hand.moves(seconds);
        list(&client).await.unwrap();
    }
    let story = story(&server);
    assert_eq!(
        story,
        ["token", "Bearer t1", "Bearer t1", "token", "Bearer t2", "Bearer t2", "token", "Bearer t3"]
    );
}

/// For how many seconds a token is kept of which the server says this.
async fn kept(expires_in: &'static str) -> u64 {
    let hand = Hand::default();
    let token =
        move |token: &str| Reply::json("200 OK", &format!(r#"{{"access_token":"{token}"{expires_in}}}"#));
    let server = server(token, fine).await;
    let client = builder(&server).client_credentials("me", SECRET).clock(hand.clock()).build().unwrap();
    list(&client).await.unwrap();
    // Halved until it is found; a server that is asked begins anew, so each step has a client of its own.
    let (mut low, mut high) = (0, 40_000_000);
    while low < high {
        let middle = (low + high) / 2;
        let client = builder(&server).client_credentials("me", SECRET).clock(hand.clock()).build().unwrap();
        list(&client).await.unwrap();
        let before = server.received().len();
        hand.moves(middle);
        list(&client).await.unwrap();
        if server.received().len() - before == 1 { low = middle + 1 } else { high = middle }
    }
    low
}

#[tokio::test]
async fn servers_say_in_many_ways_how_long_a_token_lasts() {
    for (expires_in, seconds) in [
        (r#","expires_in":600"#, 540),
        (r#","expires_in":"600""#, 540),
        (r#","expires_in":600.9"#, 540),
        // Not at all, or nonsense: five minutes.
        ("", 240),
        (r#","expires_in":null"#, 240),
        (r#","expires_in":"soon""#, 240),
        (r#","expires_in":-1"#, 240),
        // So short that half of it has to do.
        (r#","expires_in":100"#, 50),
        (r#","expires_in":0"#, 0),
        // Longer than any clock: a year.
        (r#","expires_in":1e15"#, 31_535_940),
    ] {
        // A clock in seconds cannot tell what happens within one.
        let found = kept(expires_in).await;
        assert!(found.abs_diff(seconds) <= 1, "{expires_in}: {found}");
    }
}

#[tokio::test]
async fn many_wait_for_one_token_whoever_gives_up() {
    let server = server(hour, fine).await;
    let client = client(&server);
    let mut calls: Vec<_> = (0..50).map(|_| Box::pin(list(&client))).collect();
    for call in &mut calls {
        assert!(poll_once(call).await.is_pending());
    }
    // The one that has sent the request, and some others.
    drop(calls.drain(..10));
    for call in calls {
        call.await.unwrap();
    }
    let story = story(&server);
    assert_eq!(story.iter().filter(|sent| *sent == "token").count(), 1, "{story:?}");
    assert_eq!(story.iter().filter(|sent| *sent == "Bearer t1").count(), 40);
}

#[tokio::test]
async fn a_token_that_nobody_waits_for_any_more_is_given_up() {
    let server = server(hour, fine).await;
    let client = client(&server);
    let mut call = Box::pin(list(&client));
    assert!(poll_once(&mut call).await.is_pending());
    drop(call);
    list(&client).await.unwrap();
    assert_eq!(story(&server).last().unwrap().split(' ').next(), Some("Bearer"));
}

#[tokio::test]
async fn tasks_of_several_threads_share_a_token() {
    let server = Arc::new(server(hour, fine).await);
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
    assert_eq!(story(&server).iter().filter(|sent| *sent == "token").count(), 1);
}
