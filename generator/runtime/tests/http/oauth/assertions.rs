//! Client assertions: their claims, and their signatures verified with the public key.

use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use ring::rand::SystemRandom;
use ring::signature::{
    ECDSA_P256_SHA256_FIXED, ECDSA_P256_SHA256_FIXED_SIGNING, ED25519, EcdsaKeyPair, Ed25519KeyPair, KeyPair,
    RSA_PKCS1_2048_8192_SHA256, RsaKeyPair, UnparsedPublicKey, VerificationAlgorithm,
};
use runtime::oauth::{ClientCredentials, PrivateKey};
use runtime::{Api, Audience, ClientAuthentication, ClientBuilder, Nonce, OAuth, Request, Secret};
use serde_json::{Value, json};

use super::urls::HOSTED;
use super::{ManualClock, one_hour_token, server};
use crate::server::{Reply, Server};
use crate::{LIST_PETS, TRANSPORT, all_of, list};

/// A private key, its public key, and its signature algorithm.
struct Key {
    key: PrivateKey,
    public: Vec<u8>,
    by: &'static dyn VerificationAlgorithm,
    algorithm: &'static str,
}

fn base64(bytes: impl AsRef<[u8]>) -> String {
    BASE64_URL_SAFE_NO_PAD.encode(bytes)
}

fn pem(pkcs8: &[u8]) -> Secret {
    let text = base64::prelude::BASE64_STANDARD.encode(pkcs8);
    let lines: Vec<&str> =
        text.as_bytes().chunks(64).map(|line| std::str::from_utf8(line).unwrap()).collect();
    format!("-----BEGIN PRIVATE KEY-----\n{}\n-----END PRIVATE KEY-----\n", lines.join("\n")).into()
}

fn jwk(json: &Value) -> Secret {
    Secret::from(json.to_string())
}

/// Returns an Ed25519 key as a JWK, and its public key.
fn ed25519() -> (Value, Vec<u8>) {
    let seed = [7; 32];
    let public = Ed25519KeyPair::from_seed_unchecked(&seed).unwrap().public_key().as_ref().to_vec();
    (json!({"kty": "OKP", "crv": "Ed25519", "kid": "ed-1", "d": base64(seed), "x": base64(&public)}), public)
}

fn keys() -> Vec<Key> {
    let random = SystemRandom::new();
    let (ed_jwk, ed_public) = ed25519();
    let ed_pkcs8 = Ed25519KeyPair::generate_pkcs8(&random).unwrap();
    let ed = Ed25519KeyPair::from_pkcs8(ed_pkcs8.as_ref()).unwrap();
    let ec_pkcs8 = EcdsaKeyPair::generate_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, &random).unwrap();
    let ec_pkcs8 = ec_pkcs8.as_ref();
    let ec = EcdsaKeyPair::from_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, ec_pkcs8, &random).unwrap();
    let ec_public = ec.public_key().as_ref().to_vec();
    // The offset of the private number (RFC 5915) in the PKCS #8 template of `ring`.
    let ec_jwk = json!({
        "kty": "EC", "crv": "P-256", "d": base64(&ec_pkcs8[36..68]), "x": base64(&ec_public[1..33]),
        "y": base64(&ec_public[33..]),
    });
    let rsa_pem = Secret::from(include_str!("../keys/rsa.pem"));
    let pkcs1 = Secret::from(include_str!("../keys/rsa_pkcs1.pem"));
    let rsa_jwk = Secret::from(include_str!("../keys/rsa.jwk.json"));
    let text: String =
        include_str!("../keys/rsa.pem").lines().filter(|line| !line.starts_with('-')).collect();
    let rsa_pkcs8 = base64::prelude::BASE64_STANDARD.decode(text).unwrap();
    let rsa_public = RsaKeyPair::from_pkcs8(&rsa_pkcs8).unwrap().public_key().as_ref().to_vec();
    let key =
        |key: PrivateKey, public: &[u8], by, algorithm| Key { key, public: public.to_vec(), by, algorithm };
    vec![
        key(PrivateKey::from_jwk(&jwk(&ed_jwk)).unwrap(), &ed_public, &ED25519, "EdDSA"),
        key(
            PrivateKey::from_pem(&pem(ed_pkcs8.as_ref())).unwrap(),
            ed.public_key().as_ref(),
            &ED25519,
            "EdDSA",
        ),
        key(PrivateKey::from_pem(&pem(ec_pkcs8)).unwrap(), &ec_public, &ECDSA_P256_SHA256_FIXED, "ES256"),
        key(PrivateKey::from_jwk(&jwk(&ec_jwk)).unwrap(), &ec_public, &ECDSA_P256_SHA256_FIXED, "ES256"),
        key(PrivateKey::from_pem(&rsa_pem).unwrap(), &rsa_public, &RSA_PKCS1_2048_8192_SHA256, "RS256"),
        key(PrivateKey::from_pem(&pkcs1).unwrap(), &rsa_public, &RSA_PKCS1_2048_8192_SHA256, "RS256"),
        key(PrivateKey::from_jwk(&rsa_jwk).unwrap(), &rsa_public, &RSA_PKCS1_2048_8192_SHA256, "RS256"),
    ]
}

/// Returns the decoded fields of a form.
fn form(body: &str) -> Vec<(String, String)> {
    let decoded = |text: &str| percent_encoding::percent_decode_str(text).decode_utf8().unwrap().into_owned();
    body.split('&').map(|pair| pair.split_once('=').unwrap()).map(|(a, b)| (decoded(a), decoded(b))).collect()
}

/// Verifies the signature of the assertion in a request. Returns its header and claims.
fn verified(body: &str, by: &'static dyn VerificationAlgorithm, public: &[u8]) -> (Value, Value) {
    let form = form(body);
    let assertion = &form.iter().find(|(name, _)| name == "client_assertion").unwrap().1;
    let (signed, signature) = assertion.rsplit_once('.').unwrap();
    let signature = BASE64_URL_SAFE_NO_PAD.decode(signature).unwrap();
    UnparsedPublicKey::new(by, public).verify(signed.as_bytes(), &signature).unwrap();
    let part = |text: &str| serde_json::from_slice(&BASE64_URL_SAFE_NO_PAD.decode(text).unwrap()).unwrap();
    let (header, claims) = signed.split_once('.').unwrap();
    (part(header), part(claims))
}

static SIGNING: Api = Api { oauth: Some(OAuth::at("/token")), ..HOSTED };

fn builder(api: &'static Api, server: &Server) -> ClientBuilder {
    let builder = ClientBuilder::new(api).base_url(server.url()).transport(TRANSPORT.clone());
    builder.clock(ManualClock::default().clock())
}

#[tokio::test]
async fn clients_sign_assertions() {
    let server = server(one_hour_token, |_| Reply::json("200 OK", "{}")).await;
    for Key { key, public, by, algorithm } in keys() {
        let before = server.received().len();
        let builder = builder(&SIGNING, &server).grant(ClientCredentials::signed("me", key));
        list(&builder.build().unwrap()).await.unwrap();
        let body = &server.received()[before].body;
        let (header, mut claims) = verified(body, by, &public);
        assert_eq!((&header["alg"], &header["typ"]), (&json!(algorithm), &json!("JWT")));
        let nonce = claims["jti"].take();
        assert_eq!(nonce.as_str().unwrap().len(), 32);
        let url = server.url() + "/token";
        let expected = json!({
            "iss": "me", "sub": "me", "aud": url, "iat": 1_000_000, "nbf": 999_880, "exp": 1_000_120, "jti": null,
        });
        assert_eq!(claims, expected);
        let names: Vec<String> = form(body).into_iter().map(|(name, _)| name).collect();
        assert_eq!(names, ["grant_type", "client_assertion_type", "client_assertion", "client_id"]);
        assert_eq!(form(body)[1].1, "urn:ietf:params:oauth:client-assertion-type:jwt-bearer");
    }
}

/// An API that changes every setting of assertions.
static CUSTOMIZED: Api = Api {
    oauth: Some(OAuth {
        authentication: ClientAuthentication::Assertion,
        audience: Audience::Host,
        nonce: Nonce::Header,
        key_prefix: Some("key:v1:"),
        host_in_client_id: true,
        ..OAuth::at("/token")
    }),
    ..HOSTED
};

#[tokio::test]
async fn secrets_can_be_private_keys() {
    let server = server(one_hour_token, |_| Reply::json("200 OK", "{}")).await;
    let (jwk, public) = ed25519();
    let secret = format!("key:v1:{}", base64(jwk.to_string()));
    let client_id = "quick-fox@acme.pets.test:8443/cli";
    let client =
        builder(&CUSTOMIZED, &server).client_credentials(client_id, secret.as_str()).build().unwrap();
    list(&client).await.unwrap();
    let body = &server.received()[0].body;
    assert!(!body.contains("key%3Av1"), "{body}");
    let (mut header, claims) = verified(body, &ED25519, &public);
    let nonce = header["nonce"].take();
    let nonce = nonce.as_str().unwrap();
    assert!(nonce.len() == 32 && nonce.bytes().all(|digit| digit.is_ascii_hexdigit()), "{nonce}");
    assert_eq!(header, json!({"alg": "EdDSA", "typ": "JWT", "kid": "ed-1", "nonce": null}));
    let expected = json!({
        "iss": client_id, "sub": client_id, "aud": "acme.pets.test", "iat": 1_000_000, "nbf": 999_880,
        "exp": 1_000_120,
    });
    assert_eq!(claims, expected);

    // The same secret, sent unchanged.
    let credentials = ClientCredentials::new(client_id, secret.as_str());
    let credentials = credentials.with_authentication(ClientAuthentication::Body);
    list(&builder(&CUSTOMIZED, &server).grant(credentials).build().unwrap()).await.unwrap();
    let form = form(&server.received()[2].body);
    assert_eq!(form[1], ("client_secret".to_owned(), secret));
    assert_eq!(form[2], ("client_id".to_owned(), client_id.to_owned()));
}

#[tokio::test]
async fn assertions_are_unique_and_hidden() {
    let refused = |received: &str| Reply::json("401 Unauthorized", &format!(r#"{{"error":"{received}"}}"#));
    let server = Server::responding(move |received| {
        let form = form(&received.body);
        refused(&form.iter().find(|(name, _)| name == "client_assertion").unwrap().1)
    })
    .await;
    let (jwk, _) = ed25519();
    let key = PrivateKey::from_jwk(&Secret::from(jwk.to_string())).unwrap();
    let client = builder(&SIGNING, &server).grant(ClientCredentials::signed("me", key)).build().unwrap();
    for _ in 0..2 {
        let error = Request::new(&client, &LIST_PETS).send().await.unwrap_err();
        assert!(all_of(&error).contains("401 Unauthorized: [secret]"), "{}", all_of(&error));
    }
    let received = server.received();
    assert_ne!(received[0].body, received[1].body);
}

#[test]
fn rejects_invalid_keys_without_showing_them() {
    let (ed, _) = ed25519();
    let with = |name: &str, value: &str| {
        let mut jwk = ed.clone();
        jwk[name] = json!(value);
        jwk.to_string()
    };
    let cases = [
        ("t0k3n".to_owned(), "the JWK is not a JSON object"),
        (with("kty", "oct"), "not an Ed25519 key, a P-256 key, or an RSA key with 2048 to 4096 bits"),
        (with("crv", "X25519"), "not an Ed25519 key, a P-256 key, or an RSA key with 2048 to 4096 bits"),
        (with("d", "t0k3n!"), "a parameter of the JWK is missing or is not valid base64url"),
        (with("x", &base64([9; 32])), "the public and private parts of the key do not match"),
        (with("d", ""), "the public and private parts of the key do not match"),
    ];
    for (text, problem) in cases {
        let error = PrivateKey::from_jwk(&Secret::from(text)).unwrap_err();
        assert_eq!(error.to_string(), format!("invalid private key: {problem}"));
    }
    let block = |label: &str, text: &str| format!("-----BEGIN {label}-----\n{text}\n-----END {label}-----\n");
    let cases = [
        ("t0k3n".to_owned(), "not valid PEM"),
        (block("PRIVATE KEY", "!"), "not valid PEM"),
        (
            block("PRIVATE KEY", "AAAA"),
            "not an Ed25519 key, a P-256 key, or an RSA key with 2048 to 4096 bits",
        ),
        (block("ENCRYPTED PRIVATE KEY", "AAAA"), "the key is encrypted: decrypt it first"),
        (block("EC PRIVATE KEY", "AAAA"), "not in PKCS #8: convert it with `openssl pkcs8 -topk8 -nocrypt`"),
    ];
    for (text, problem) in cases {
        let error = PrivateKey::from_pem(&Secret::from(text)).unwrap_err();
        assert_eq!(error.to_string(), format!("invalid private key: {problem}"));
    }
    for key in keys() {
        let text = format!("{:?}", key.key);
        assert_eq!(text, format!("PrivateKey({})", key.algorithm));
    }
}

#[test]
fn rejects_secrets_that_are_not_valid_keys() {
    for secret in ["key:v1:t0k3n", "key:v1:!", "t0k3n", "{}", "key:v1:"] {
        let builder = ClientBuilder::new(&CUSTOMIZED).client_credentials("x@acme.pets.test/y", secret);
        let error = builder.build().unwrap_err();
        assert!(error.to_string().contains("invalid private key"), "{error}");
        assert!(!all_of(&error).contains("t0k3n"));
    }
}
