//! The way to a server: by a proxy, and to one whose certificate only the program trusts.

use std::sync::{Arc, Mutex};

use rcgen::{BasicConstraints, CertificateParams, CertifiedIssuer, IsCa, KeyPair};
use runtime::{Client, ClientBuilder, Error, Request, RetryPolicy};
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader, copy_bidirectional};
use tokio::net::{TcpListener, TcpStream};
use tokio_rustls::TlsAcceptor;

use crate::server::{Reply, Server};
use crate::{API, LIST_PETS, TOKEN, all_of, list};

/// What is seen of a request: the lines of its head, in small letters.
type Seen = Arc<Mutex<Vec<String>>>;

fn builder(url: &str) -> ClientBuilder {
    ClientBuilder::new(&API).base_url(url).bearer_token(TOKEN).retry(RetryPolicy::none())
}

/// A server behind TLS, and the certificate, in PEM, of who vouches for it.
async fn behind_tls() -> (String, String, Seen) {
    let mut authority = CertificateParams::new(Vec::new()).unwrap();
    authority.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    let authority = CertifiedIssuer::self_signed(authority, KeyPair::generate().unwrap()).unwrap();
    let key = KeyPair::generate().unwrap();
    let server = CertificateParams::new(vec!["localhost".to_owned()]).unwrap();
    let certificate: CertificateDer<'static> = server.signed_by(&key, &authority).unwrap().into();
    let key = PrivateKeyDer::try_from(key.serialize_der()).unwrap();
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = rustls::ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(vec![certificate], key)
        .unwrap();
    let acceptor = TlsAcceptor::from(Arc::new(config));
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("https://localhost:{}", listener.local_addr().unwrap().port());
    let seen = Seen::default();
    let (log, pem) = (seen.clone(), authority.pem());
    tokio::spawn(async move {
        while let Ok((connection, _)) = listener.accept().await {
            // One who does not trust the server hangs up.
            let Ok(connection) = acceptor.accept(connection).await else { continue };
            let mut connection = BufReader::new(connection);
            let head = head(&mut connection).await;
            log.lock().unwrap().extend(head);
            let _ = connection.write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n{}").await;
            let _ = connection.shutdown().await;
        }
    });
    (url, pem, seen)
}

/// The lines of a head.
async fn head(connection: &mut (impl AsyncBufReadExt + Unpin)) -> Vec<String> {
    let mut lines = Vec::new();
    loop {
        let mut line = String::new();
        if connection.read_line(&mut line).await.unwrap_or_default() <= 2 {
            return lines;
        }
        lines.push(line.trim_end().to_ascii_lowercase());
    }
}

/// A proxy that makes tunnels (RFC 9110, section 9.3.6).
async fn tunnel() -> (String, Seen) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap().to_string();
    let seen = Seen::default();
    let log = seen.clone();
    tokio::spawn(async move {
        while let Ok((connection, _)) = listener.accept().await {
            let mut connection = BufReader::new(connection);
            let head = head(&mut connection).await;
            let target = head[0].strip_prefix("connect ").and_then(|rest| rest.split(' ').next());
            let mut origin = TcpStream::connect(target.unwrap()).await.unwrap();
            log.lock().unwrap().extend(head);
            connection.write_all(b"HTTP/1.1 200 OK\r\n\r\n").await.unwrap();
            let _ = copy_bidirectional(&mut connection, &mut origin).await;
        }
    });
    (address, seen)
}

fn has(seen: &Seen, start: &str) -> bool {
    seen.lock().unwrap().iter().any(|line| line.starts_with(start))
}

async fn call(client: Result<Client, Error>) -> Result<serde_json::Value, Error> {
    list(&client.unwrap()).await
}

#[tokio::test]
async fn a_root_of_the_programs_own_is_trusted() {
    let (url, pem, seen) = behind_tls().await;
    let error = call(builder(&url).build()).await.unwrap_err();
    assert!(error.is_connect(), "{error}");
    assert!(seen.lock().unwrap().is_empty(), "nothing is said to a stranger");
    call(builder(&url).root_certificate(pem.as_bytes()).build()).await.unwrap();
    assert!(has(&seen, &format!("authorization: bearer {TOKEN}")));
    let error =
        builder(&url).root_certificate(b"-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n");
    assert!(error.build().unwrap_err().is_configuration());
}

#[tokio::test]
async fn another_name_than_the_certificates_is_not_trusted() {
    let (url, pem, seen) = behind_tls().await;
    let url = url.replace("localhost", "127.0.0.1");
    let error = call(builder(&url).root_certificate(pem.as_bytes()).build()).await.unwrap_err();
    assert!(error.is_connect(), "{error}");
    assert!(seen.lock().unwrap().is_empty());
}

#[tokio::test]
async fn plain_requests_go_to_the_proxy() {
    let proxy = Server::with(|| Reply::json("200 OK", "{}")).await;
    let url = proxy.url().replace("http://", "http://us%65r:p%40ss@");
    call(builder("http://pets.test/v1").proxy(&url).build()).await.unwrap();
    let received = proxy.only();
    assert_eq!(received.line, "GET http://pets.test/v1/pets");
    // `user:p@ss`
    assert_eq!(received.header("proxy-authorization"), Some("Basic dXNlcjpwQHNz"));
    assert_eq!(received.header("host"), Some("pets.test"));
}

#[tokio::test]
async fn a_server_sees_nothing_of_a_proxys_credentials_nor_the_proxy_of_the_servers() {
    let (url, pem, at_server) = behind_tls().await;
    let (proxy, at_proxy) = tunnel().await;
    let client = builder(&url).proxy(&format!("http://user:pass@{proxy}")).root_certificate(pem.as_bytes());
    call(client.build()).await.unwrap();
    assert!(has(&at_proxy, "connect localhost:") && has(&at_proxy, "proxy-authorization: basic "));
    assert!(has(&at_server, "get /pets "));
    assert!(!has(&at_server, "proxy-authorization"));
    assert!(!has(&at_proxy, "authorization"));
}

#[tokio::test]
async fn no_error_shows_a_proxys_password() {
    let client = builder("http://pets.test").proxy("http://user:s3cr3t@127.0.0.1:1").build().unwrap();
    let error = Request::new(&client, &LIST_PETS).send().await.unwrap_err();
    assert!(error.is_connect(), "{error}");
    assert!(!all_of(&error).contains("s3cr3t"), "{}", all_of(&error));
    let error = builder("http://pets.test").proxy("http://user:s3cr3t@[").build().unwrap_err();
    assert!(error.is_configuration() && !all_of(&error).contains("s3cr3t"), "{}", all_of(&error));
    assert!(!format!("{client:?}").contains("s3cr3t"));
}
