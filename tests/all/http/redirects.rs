//! Tests of redirects: the token is sent only to the server of the client.

use conductorone::ErrorKind;
use wiremock::matchers::any;
use wiremock::{Mock, MockServer, ResponseTemplate};

use super::{ENTITLEMENT_PATH, all_of, client, get_entitlement, mock_server};

const REDIRECTS: [u16; 5] = [301, 302, 303, 307, 308];

/// Returns a server that redirects every request.
async fn redirecting(status: u16, location: &str) -> MockServer {
    let server = mock_server().await;
    let redirect = ResponseTemplate::new(status).insert_header("location", location);
    Mock::given(any()).respond_with(redirect).mount(&server).await;
    server
}

#[tokio::test]
async fn does_not_follow_redirects_to_other_origins() {
    for status in REDIRECTS {
        // Another port is another origin.
        let elsewhere = mock_server().await;
        Mock::given(any())
            .respond_with(ResponseTemplate::new(200).set_body_json(()))
            .expect(0)
            .mount(&elsewhere)
            .await;
        let location = format!("{}{ENTITLEMENT_PATH}?key=s3cr3t", elsewhere.uri());
        let server = redirecting(status, &location).await;

        let error = get_entitlement(&client(server.uri())).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Redirect);
        assert!(error.is_redirect());
        assert_eq!(error.status().unwrap().as_u16(), status);
        assert_eq!(error.headers().unwrap()["location"], location.as_str());
        // The message contains the location without its query, which can be secret.
        assert!(
            error
                .to_string()
                .contains(&format!("the redirect to {}{ENTITLEMENT_PATH} is not followed", elsewhere.uri())),
            "{error}"
        );
        assert!(!all_of(&error).contains("s3cr3t"));
        assert_eq!(server.received_requests().await.unwrap().len(), 1);
        elsewhere.verify().await;
    }
}

#[tokio::test]
async fn does_not_follow_redirects_to_other_resources() {
    for location in ["/api/v1/apps/app_ci/entitlements", "//other.test/", "https://127.0.0.1/", "..", ""] {
        let server = redirecting(301, location).await;
        let error = get_entitlement(&client(server.uri())).await.unwrap_err();
        assert!(error.is_redirect(), "{location:?}: {error}");
        assert_eq!(server.received_requests().await.unwrap().len(), 1, "{location:?}");
    }
}

#[tokio::test]
async fn stops_redirect_cycles() {
    let server = redirecting(302, ENTITLEMENT_PATH).await;
    let error = get_entitlement(&client(server.uri())).await.unwrap_err();
    assert!(error.is_redirect());
    assert!(server.received_requests().await.unwrap().len() < 20);
}
