//! A client that speaks for itself, by its id and its secret.

use runtime::oauth::ClientCredentials;
use runtime::{Api, ClientAuthentication, ClientBuilder};

use super::{OAUTH, SECRET, builder, fine, hour, server};
use crate::server::Reply;
use crate::{all_of, list};

#[tokio::test]
async fn a_client_asks_for_a_token_by_its_id_and_its_secret() {
    let server = server(hour, fine).await;
    let credentials = ClientCredentials::new("m&e", "s3=cr3t").with_scopes(["read", "write"]);
    let builder = builder(&server).grant(credentials.with_parameter("audience", "https://pets.test"));
    list(&builder.build().unwrap()).await.unwrap();
    let [asked, called] = &server.received()[..] else { panic!("{:?}", server.received()) };
    assert_eq!(asked.line, "POST /token");
    assert_eq!(asked.header("content-type"), Some("application/x-www-form-urlencoded"));
    assert_eq!(asked.header("accept"), Some("application/json"));
    assert_eq!(asked.header("user-agent"), Some("pets/0.1.0"));
    assert_eq!(asked.header("authorization"), None);
    assert_eq!(
        asked.body,
        "grant_type=client_credentials&client_secret=s3%3Dcr3t&scope=read%20write\
         &audience=https%3A%2F%2Fpets.test&client_id=m%26e"
    );
    assert_eq!((&*called.line, called.header("authorization")), ("GET /pets", Some("Bearer t1")));
}

#[tokio::test]
async fn a_secret_may_go_as_a_password() {
    let server = server(hour, fine).await;
    let credentials = ClientCredentials::new("m:e", "s%").with_authentication(ClientAuthentication::Basic);
    list(&builder(&server).grant(credentials).build().unwrap()).await.unwrap();
    let asked = &server.received()[0];
    // `m%3Ae:s%25`
    assert_eq!(asked.header("authorization"), Some("Basic bSUzQWU6cyUyNQ=="));
    assert_eq!(asked.body, "grant_type=client_credentials");
}

#[test]
fn settings_that_cannot_be_are_refused_and_show_no_secret() {
    static NOWHERE: Api = Api { oauth: None, ..OAUTH };
    let of = |credentials: ClientCredentials| (&OAUTH, credentials);
    let cases = [
        (of(ClientCredentials::new("", SECRET)), "the client id is empty"),
        (of(ClientCredentials::new("me", "")), "the client secret is empty"),
        (
            of(ClientCredentials::new("me", SECRET).with_token_url("ftp://a/b")),
            "the token URL starts with neither http:// nor https://",
        ),
        (
            of(ClientCredentials::new("me", SECRET).with_token_url("https://a:b@c.test/")),
            "the token URL holds a user name or a password",
        ),
        (
            (&NOWHERE, ClientCredentials::new("me", SECRET)),
            "nothing says where to ask for tokens: set the token URL",
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
async fn a_secret_is_shown_by_nothing() {
    let server = server(hour, |_| Reply::json("401 Unauthorized", "{}")).await;
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
