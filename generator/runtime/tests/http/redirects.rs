//! Redirects: which are followed, and the errors for the others.

use http::header::LOCATION;
use runtime::{Body, ClientBuilder, Method, Operation, Request};

use crate::server::{Reply, Server};
use crate::transport::Recorder;
use crate::{API, CREATE_PET, LIST_PETS, TOKEN, all_of, builder, client};

/// Starts a server that redirects `/pets`, and responds with `{}` to other paths.
async fn redirecting(status: &'static str, location: &'static str) -> Server {
    Server::responding(move |received| match received.line.as_str() {
        "GET /pets" | "HEAD /pets" | "POST /pets" => Reply::redirect(status, location),
        _ => Reply::json("200 OK", "{}"),
    })
    .await
}

fn lines(server: &Server) -> Vec<String> {
    server.received().into_iter().map(|received| received.line).collect()
}

#[tokio::test]
async fn follows_get_within_the_origin_without_credentials() {
    for status in ["301 Moved", "302 Found", "303 See Other", "307 Temporary", "308 Permanent"] {
        for (location, second) in [
            ("/cats?x=1#y", "GET /cats?x=1"),
            ("?x=1", "GET /pets?x=1"),
            ("cats", "GET /cats"),
            ("../a/./b/../cats", "GET /a/cats"),
        ] {
            let server = redirecting(status, location).await;
            let client = builder(&server).build().unwrap();
            Request::new(&client, &LIST_PETS).header("x-kind", &"cat").send().await.unwrap();
            assert_eq!(lines(&server), ["GET /pets", second]);
            assert_eq!(server.received()[1].header("x-kind"), Some("cat"));
        }
    }
}

#[tokio::test]
async fn follows_head_as_head() {
    static COUNT_PETS: Operation = Operation::new("pets.count", Method::HEAD, "/pets");
    let server = redirecting("303 See Other", "/cats").await;
    Request::new(&builder(&server).build().unwrap(), &COUNT_PETS).send().await.unwrap();
    assert_eq!(lines(&server), ["HEAD /pets", "HEAD /cats"]);
}

#[tokio::test]
async fn returns_redirects_of_operations_that_respond_with_one() {
    static LOG_IN: Operation = Operation::new("pets.log_in", Method::GET, "/pets").redirecting();
    let server = redirecting("303 See Other", "/cats").await;
    let response = Request::new(&client(&server), &LOG_IN).send().await.unwrap();
    assert_eq!(response.status(), 303);
    assert_eq!(response.headers()[LOCATION], "/cats");
    assert_eq!(lines(&server), ["GET /pets"]);
}

#[tokio::test]
async fn refuses_another_path_with_credentials() {
    let server = redirecting("302 Found", "/cats?key=t0k3n-t0k3n").await;
    let error = Request::new(&client(&server), &LIST_PETS).send().await.unwrap_err();
    assert!(error.is_redirect());
    assert_eq!(error.status().unwrap(), 302);
    assert_eq!(error.headers().unwrap()[LOCATION], "/cats?key=t0k3n-t0k3n");
    let text = format!("GET /pets: 302 Found: the redirect to {}/cats is not followed", server.url());
    assert_eq!(error.to_string(), text);
    assert!(!all_of(&error).contains(TOKEN));
    assert_eq!(lines(&server), ["GET /pets"]);
}

#[tokio::test]
async fn follows_to_the_same_path_with_credentials() {
    let server = redirecting("307 Temporary", "/pets?shard=2").await;
    Request::new(&client(&server), &LIST_PETS).send().await.unwrap();
    assert_eq!(lines(&server), ["GET /pets", "GET /pets?shard=2"]);
}

#[tokio::test]
async fn refuses_another_origin() {
    let other = Server::with(|| Reply::json("200 OK", "{}")).await;
    let url = other.url();
    let server = Server::with(move || Reply::redirect("302 Found", &format!("{url}/pets"))).await;
    for client in [client(&server), builder(&server).build().unwrap()] {
        let error = Request::new(&client, &LIST_PETS).send().await.unwrap_err();
        assert!(error.is_redirect());
        assert!(
            error.to_string().contains(&format!("the redirect to {}/pets is not followed", other.url())),
            "{error}"
        );
    }
    assert!(other.received().is_empty());
}

#[tokio::test]
async fn refuses_to_repeat_a_post() {
    for status in ["301 Moved", "302 Found", "303 See Other", "307 Temporary", "308 Permanent"] {
        let server = redirecting(status, "/cats").await;
        let error =
            Request::new(&builder(&server).build().unwrap(), &CREATE_PET).json("x").send().await.unwrap_err();
        assert!(error.is_redirect());
        assert_eq!(lines(&server), ["POST /pets"]);
    }
}

#[tokio::test]
async fn stops_after_10_redirects() {
    let server = Server::with(|| Reply::redirect("302 Found", "/pets")).await;
    for client in [client(&server), builder(&server).build().unwrap()] {
        let before = server.received().len();
        let error = Request::new(&client, &LIST_PETS).send().await.unwrap_err();
        assert!(error.is_redirect());
        assert_eq!(server.received().len() - before, 11);
    }
}

#[tokio::test]
async fn refuses_other_targets_and_hides_their_secrets() {
    for (location, shown) in [
        ("http://pets.test/pets", "http://pets.test/pets"),
        ("https://pets.test:444/pets", "https://pets.test:444/pets"),
        ("https://pets.test.evil.test/pets", "https://pets.test.evil.test/pets"),
        ("https://pets.test@evil.test/pets", "https://evil.test/pets"),
        ("https://ann:t0k3n-t0k3n@pets.test/pets", "https://pets.test/pets"),
        ("//evil.test/pets?t0k3n-t0k3n", "https://evil.test/pets"),
        ("ftp://pets.test/pets", "ftp://pets.test/pets"),
        ("javascript:alert(1)", "an invalid URL"),
        ("", "an invalid URL"),
    ] {
        let recorder = Recorder::default();
        let redirect = http::Response::builder().status(302).header(LOCATION, location);
        recorder.responses.lock().unwrap().push(redirect.body(Body::default()).unwrap());
        let builder = ClientBuilder::new(&API).base_url("https://pets.test").transport(recorder.clone());
        let error = Request::new(&builder.build().unwrap(), &LIST_PETS).send().await.unwrap_err();
        let text = format!("GET /pets: 302 Found: the redirect to {shown} is not followed");
        assert_eq!(error.to_string(), text, "{location}");
        assert!(!all_of(&error).contains(TOKEN));
        assert_eq!(recorder.uris().len(), 1);
    }
}

#[tokio::test]
async fn compares_origins_in_normalized_form() {
    let recorder = Recorder::default();
    let redirect = http::Response::builder().status(302).header(LOCATION, "https://PETS.test:443/cats");
    recorder.responses.lock().unwrap().push(redirect.body(Body::default()).unwrap());
    let builder = ClientBuilder::new(&API).base_url("https://pets.test").transport(recorder.clone());
    Request::new(&builder.build().unwrap(), &LIST_PETS).send().await.unwrap();
    assert_eq!(recorder.uris().len(), 2);
}

#[tokio::test]
async fn other_3xx_responses_are_status_errors() {
    for status in ["304 Not Modified", "300 Multiple Choices", "302 Found"] {
        let server = Server::with(move || Reply::with(status, "", "")).await;
        let error = Request::new(&client(&server), &LIST_PETS).send().await.unwrap_err();
        assert_eq!(error.kind(), runtime::ErrorKind::Status);
    }
}
