//! Spotify: a picture as the body, lists and enums in the query, pagination by offset, and an empty response.

use std::sync::LazyLock;

use spotify::runtime::ReqwestTransport;
use spotify::types::SearchType;
use spotify::{Client, RetryPolicy};
use tests::server::{Reply, Server};

static TRANSPORT: LazyLock<ReqwestTransport> = LazyLock::new(|| ReqwestTransport::new().unwrap());

fn client(server: &Server) -> Client {
    let builder = Client::builder().base_url(format!("{}/v1", server.url())).transport(TRANSPORT.clone());
    builder.retry(RetryPolicy::none()).bearer_token("t").build().unwrap()
}

/// Returns a page with all required properties.
fn page(items: &str, next: &str) -> String {
    let rest = r#""href":"","limit":2,"offset":0,"previous":null,"total":3"#;
    format!(r#"{{"items":[{items}],"next":{next},{rest}}}"#)
}

#[tokio::test]
async fn sends_a_picture_as_the_body() {
    let server = Server::with(|| Reply::with("202 Accepted", "", "")).await;
    client(&server).playlists().upload_custom_playlist_cover("37i9", "/9j/4AAQ").await.unwrap();
    let request = server.only_request();
    assert_eq!(request.line, "PUT /v1/playlists/37i9/images");
    assert_eq!((request.header("content-type"), &*request.body), (Some("image/jpeg"), "/9j/4AAQ"));
}

#[tokio::test]
async fn sends_lists_and_enums_in_the_query() {
    let tracks = page(r#"{"name":"So What","duration_ms":545000}"#, "null");
    let server = Server::with(move || Reply::json("200 OK", &format!(r#"{{"tracks":{tracks}}}"#))).await;
    let request = client(&server).search().search("so what & more", &[SearchType::Track, SearchType::Album]);
    let found = request.limit(2).await.unwrap();
    assert_eq!(found.tracks.unwrap().items[0].duration_ms, Some(545_000));
    let line = "GET /v1/search?q=so%20what%20%26%20more&type=track,album&limit=2";
    assert_eq!(server.only_request().line, line);
}

#[tokio::test]
async fn reads_tracks_by_offset_while_there_is_a_next_page() {
    let server = Server::responding(|request| match request.line.split_once("offset=") {
        None => {
            let page = page(r#"{"name":"a"},{"name":"b"}"#, r#""https://elsewhere.test/?offset=2""#);
            Reply::json("200 OK", &page)
        }
        Some((_, "2")) => Reply::json("200 OK", &page(r#"{"name":"c"}"#, "null")),
        Some((_, other)) => panic!("{other}"),
    });
    let server = server.await;
    let mut tracks = client(&server).albums().get_an_albums_tracks("4aaw").limit(2).items();
    let mut names = Vec::new();
    while let Some(track) = tracks.next().await {
        names.push(track.unwrap().name.unwrap());
    }
    assert_eq!(names, ["a", "b", "c"]);
    // `next` is a URL of another host, but all requests go to the server of the client.
    assert!(server.received().iter().all(|request| request.header("authorization") == Some("Bearer t")));
}
