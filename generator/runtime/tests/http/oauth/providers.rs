//! Custom token providers.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use runtime::{BoxError, Token};

use super::{ManualClock, builder, cause, request_log};
use crate::list;
use crate::server::{Reply, Server};

#[tokio::test]
async fn providers_set_the_lifetime_of_tokens() {
    let server = Server::with(|| Reply::json("200 OK", "{}")).await;
    let clock = ManualClock::default();
    let count = Arc::new(AtomicUsize::new(0));
    let provider = move |lifetime: Option<u64>| {
        let count = count.clone();
        move || {
            let token = Token::new(format!("p{}", 1 + count.fetch_add(1, Ordering::SeqCst)));
            let token = match lifetime {
                Some(seconds) => token.expires_in(Duration::from_secs(seconds)),
                None => token,
            };
            async { Ok::<_, BoxError>(token) }
        }
    };
    for lifetime in [None, Some(600)] {
        let client =
            builder(&server).token_provider(provider(lifetime)).clock(clock.clock()).build().unwrap();
        list(&client).await.unwrap();
        list(&client).await.unwrap();
    }
    assert_eq!(request_log(&server), ["Bearer p1", "Bearer p2", "Bearer p3", "Bearer p3"]);
}

#[tokio::test]
async fn errors_of_providers_are_the_cause() {
    let server = Server::with(|| Reply::json("200 OK", "{}")).await;
    let sealed = || async { Err::<Token, BoxError>("the vault is sealed".into()) };
    let error = list(&builder(&server).token_provider(sealed).build().unwrap()).await.unwrap_err();
    assert!(error.is_credentials());
    assert_eq!(cause(&error).to_string(), "the vault is sealed");
    assert!(server.received().is_empty());
}
