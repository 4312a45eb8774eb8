//! Connections through proxies, and to servers with certificates that only the program trusts.

use std::sync::{Arc, Mutex};

use runtime::{Client, ClientBuilder, Error, Request, RetryPolicy};
use tokio::io::{AsyncWriteExt, BufReader, copy_bidirectional};
use tokio::net::{TcpListener, TcpStream};

use tests::tls::{self, TlsServer};

use crate::server::{Reply, Server};
use crate::{API, LIST_PETS, TOKEN, all_of, list};

/// The lines of request heads, in lower case.
type Seen = Arc<Mutex<Vec<String>>>;

fn builder(url: &str) -> ClientBuilder {
    ClientBuilder::new(&API).base_url(url).bearer_token(TOKEN).retry(RetryPolicy::none())
}

/// Starts a proxy that supports `CONNECT` (RFC 9110, section 9.3.6). Returns its address and the heads that it
/// receives.
async fn tunnel_proxy() -> (String, Seen) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap().to_string();
    let seen = Seen::default();
    let log = seen.clone();
    tokio::spawn(async move {
        while let Ok((connection, _)) = listener.accept().await {
            let mut connection = BufReader::new(connection);
            let head = tls::head(&mut connection).await;
            let target = head[0].strip_prefix("connect ").and_then(|rest| rest.split(' ').next());
            let mut origin = TcpStream::connect(target.unwrap()).await.unwrap();
            log.lock().unwrap().extend(head);
            connection.write_all(b"HTTP/1.1 200 OK\r\n\r\n").await.unwrap();
            let _ = copy_bidirectional(&mut connection, &mut origin).await;
        }
    });
    (address, seen)
}

fn has(lines: &[String], start: &str) -> bool {
    lines.iter().any(|line| line.starts_with(start))
}

async fn call(client: Result<Client, Error>) -> Result<serde_json::Value, Error> {
    list(&client.unwrap()).await
}

#[tokio::test]
async fn trusts_added_root_certificates() {
    let server = TlsServer::start().await;
    let error = call(builder(server.url()).build()).await.unwrap_err();
    assert!(error.is_connect(), "{error}");
    assert_eq!(server.heads(), [""; 0], "no request is sent to a server that is not trusted");
    call(builder(server.url()).root_certificate(server.root()).build()).await.unwrap();
    assert!(has(&server.heads(), &format!("authorization: bearer {TOKEN}")));
    let error = builder(server.url())
        .root_certificate(b"-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n");
    assert!(error.build().unwrap_err().is_configuration());
}

#[tokio::test]
async fn rejects_certificates_for_another_name() {
    let server = TlsServer::start().await;
    let url = server.url().replace("localhost", "127.0.0.1");
    let error = call(builder(&url).root_certificate(server.root()).build()).await.unwrap_err();
    assert!(error.is_connect(), "{error}");
    assert_eq!(server.heads(), [""; 0]);
}

#[tokio::test]
async fn sends_plain_http_requests_to_the_proxy() {
    let proxy = Server::with(|| Reply::json("200 OK", "{}")).await;
    let url = proxy.url().replace("http://", "http://us%65r:p%40ss@");
    call(builder("http://pets.test/v1").proxy(&url).build()).await.unwrap();
    let received = proxy.only_request();
    assert_eq!(received.line, "GET http://pets.test/v1/pets");
    // `user:p@ss`
    assert_eq!(received.header("proxy-authorization"), Some("Basic dXNlcjpwQHNz"));
    assert_eq!(received.header("host"), Some("pets.test"));
}

#[tokio::test]
async fn keeps_proxy_and_server_credentials_apart() {
    let server = TlsServer::start().await;
    let (proxy, at_proxy) = tunnel_proxy().await;
    let client = builder(server.url()).proxy(&format!("http://user:pass@{proxy}"));
    call(client.root_certificate(server.root()).build()).await.unwrap();
    let (at_proxy, at_server) = (at_proxy.lock().unwrap().clone(), server.heads());
    assert!(has(&at_proxy, "connect localhost:") && has(&at_proxy, "proxy-authorization: basic "));
    assert!(has(&at_server, "get /pets "));
    assert!(!has(&at_server, "proxy-authorization"));
    assert!(!has(&at_proxy, "authorization"));
}

#[tokio::test]
async fn hides_the_proxy_password() {
    let client = builder("http://pets.test").proxy("http://user:s3cr3t@127.0.0.1:1").build().unwrap();
    let error = Request::new(&client, &LIST_PETS).send().await.unwrap_err();
    assert!(error.is_connect(), "{error}");
    assert!(!all_of(&error).contains("s3cr3t"), "{}", all_of(&error));
    let error = builder("http://pets.test").proxy("http://user:s3cr3t@[").build().unwrap_err();
    assert!(error.is_configuration() && !all_of(&error).contains("s3cr3t"), "{}", all_of(&error));
    assert!(!format!("{client:?}").contains("s3cr3t"));
}
