//! The client credentials grant.

use runtime::oauth::ClientCredentials;
use runtime::{Api, ClientAuthentication, ClientBuilder};

use super::{OAUTH, SECRET, builder, fine, one_hour_token, server};
use crate::server::Reply;
use crate::{all_of, list};

#[tokio::test]
async fn requests_a_token_with_the_client_id_and_secret() {
    let server = server(one_hour_token, fine).await;
    let credentials = ClientCredentials::new("m&e", "s3=cr3t").with_scopes(["read", "write"]);
    let builder = builder(&server).grant(credentials.with_parameter("audience", "https://pets.test"));
    list(&builder.build().unwrap()).await.unwrap();
    let [token_request, called] = &server.received()[..] else { panic!("{:?}", server.received()) };
    assert_eq!(token_request.line, "POST /token");
    assert_eq!(token_request.header("content-type"), Some("application/x-www-form-urlencoded"));
    assert_eq!(token_request.header("accept"), Some("application/json"));
    assert_eq!(token_request.header("user-agent"), Some("pets/0.1.0"));
    assert_eq!(token_request.header("authorization"), None);
    assert_eq!(
        token_request.body,
        "grant_type=client_credentials&client_secret=s3%3Dcr3t&scope=read%20write\
         &audience=https%3A%2F%2Fpets.test&client_id=m%26e"
    );
    assert_eq!((&*called.line, called.header("authorization")), ("GET /pets", Some("Bearer t1")));
}

#[tokio::test]
async fn can_send_the_secret_with_basic_authentication() {
    let server = server(one_hour_token, fine).await;
    let credentials = ClientCredentials::new("m:e", "s%").with_authentication(ClientAuthentication::Basic);
    list(&builder(&server).grant(credentials).build().unwrap()).await.unwrap();
    let token_request = &server.received()[0];
    // `m%3Ae:s%25`
    assert_eq!(token_request.header("authorization"), Some("Basic bSUzQWU6cyUyNQ=="));
    assert_eq!(token_request.body, "grant_type=client_credentials");
}

#[test]
fn rejects_invalid_settings_without_showing_secrets() {
    static NOWHERE: Api = Api { oauth: None, ..OAUTH };
    let of = |credentials: ClientCredentials| (&OAUTH, credentials);
    let cases = [
        (of(ClientCredentials::new("", SECRET)), "the client ID is empty"),
        (of(ClientCredentials::new("me", "")), "the client secret is empty"),
        (
            of(ClientCredentials::new("me", SECRET).with_token_url("ftp://a/b")),
            "the token URL does not start with http:// or https://",
        ),
        (
            of(ClientCredentials::new("me", SECRET).with_token_url("https://a:b@c.test/")),
            "the token URL contains a user name or a password",
        ),
        (
            (&NOWHERE, ClientCredentials::new("me", SECRET)),
            "the document has no token URL: set it with `with_token_url`",
        ),
    ];
    for ((api, credentials), problem) in cases {
        assert!(!format!("{credentials:?}").contains(SECRET));
        let builder = ClientBuilder::new(api).base_url("http://localhost").grant(credentials);
        let error = builder.build().unwrap_err();
        assert_eq!(error.to_string(), format!("the client cannot be built: {problem}"));
        assert!(!all_of(&error).contains(SECRET));
    }
}

#[tokio::test]
async fn hides_secrets_in_debug_output_and_errors() {
    let server = server(one_hour_token, |_| Reply::json("401 Unauthorized", "{}")).await;
    let credentials = ClientCredentials::new("me", SECRET);
    let mut shown = format!("{credentials:?} {credentials:#?}");
    let builder = builder(&server).grant(credentials);
    shown += &format!("{builder:?}");
    let client = builder.build().unwrap();
    shown += &format!("{client:?}");
    shown += &all_of(&list(&client).await.unwrap_err());
    for secret in [SECRET, "t1", "t2"] {
        assert!(!shown.contains(secret), "{secret}: {shown}");
    }
}
