//! A TLS server on loopback with a certificate that clients do not trust by default.

use std::sync::{Arc, Mutex, PoisonError};

use rcgen::{BasicConstraints, CertificateParams, CertifiedIssuer, IsCa, KeyPair};
use rustls::ServerConfig;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
use tokio::net::TcpListener;
use tokio_rustls::TlsAcceptor;

/// A server that responds to every request with `{}`. Its certificate is for `localhost`.
pub struct TlsServer {
    url: String,
    root: String,
    heads: Arc<Mutex<Vec<String>>>,
}

impl TlsServer {
    /// Starts a server.
    pub async fn start() -> Self {
        let mut authority = CertificateParams::new(Vec::new()).unwrap();
        authority.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        let authority = CertifiedIssuer::self_signed(authority, KeyPair::generate().unwrap()).unwrap();
        let acceptor = TlsAcceptor::from(Arc::new(config(&authority)));
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("https://localhost:{}", listener.local_addr().unwrap().port());
        let heads = Arc::default();
        let server = Self { url, root: authority.pem(), heads: Arc::clone(&heads) };
        tokio::spawn(async move {
            while let Ok((connection, _)) = listener.accept().await {
                // A client that does not trust the server closes the connection.
                let Ok(connection) = acceptor.accept(connection).await else { continue };
                let mut connection = BufReader::new(connection);
                let lines = head(&mut connection).await;
                heads.lock().unwrap_or_else(PoisonError::into_inner).extend(lines);
                let _ = connection.write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n{}").await;
                let _ = connection.shutdown().await;
            }
        });
        server
    }

    /// Returns the base URL of the server.
    pub fn url(&self) -> &str {
        &self.url
    }

    /// Returns the root certificate as PEM.
    pub fn root(&self) -> &[u8] {
        self.root.as_bytes()
    }

    /// Returns the lines of the heads of all requests so far, in lower case.
    pub fn heads(&self) -> Vec<String> {
        self.heads.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

fn config(authority: &CertifiedIssuer<'_, KeyPair>) -> ServerConfig {
    let key = KeyPair::generate().unwrap();
    let server = CertificateParams::new(vec!["localhost".to_owned()]).unwrap();
    let certificate: CertificateDer<'static> = server.signed_by(&key, authority).unwrap().into();
    let key = PrivateKeyDer::try_from(key.serialize_der()).unwrap();
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = ServerConfig::builder_with_provider(provider).with_safe_default_protocol_versions().unwrap();
    config.with_no_client_auth().with_single_cert(vec![certificate], key).unwrap()
}

/// Reads the lines of a head, and returns them in lower case.
pub async fn head(connection: &mut (impl AsyncBufReadExt + Unpin)) -> Vec<String> {
    let mut lines = Vec::new();
    loop {
        let mut line = String::new();
        if connection.read_line(&mut line).await.unwrap_or_default() <= 2 {
            return lines;
        }
        lines.push(line.trim_end().to_ascii_lowercase());
    }
}
