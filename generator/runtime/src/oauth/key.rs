//! Private keys that sign assertions, as JWK (RFC 7517, RFC 8037) or PEM (RFC 7468).

use std::fmt;
use std::sync::Arc;

use base64::Engine;
use base64::prelude::{BASE64_STANDARD, BASE64_URL_SAFE_NO_PAD};
use ring::rand::SystemRandom;
use ring::rsa::{KeyPairComponents, PublicKeyComponents};
use ring::signature::{
    ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, Ed25519KeyPair, RSA_PKCS1_SHA256, RsaKeyPair,
};
use serde_json::{Map, Value};

use super::super::auth::Secret;
use super::super::net::transport_error::BoxError;

/// A private key for assertions: Ed25519 (`EdDSA`), P-256 (`ES256`), or RSA with 2048 to 4096 bits (`RS256`).
#[derive(Clone)]
pub struct PrivateKey {
    pair: Arc<Pair>,
    key_id: Option<String>,
}

enum Pair {
    Ed25519(Ed25519KeyPair),
    P256(EcdsaKeyPair),
    Rsa(RsaKeyPair),
}

/// The error of loading a private key. It contains no part of the key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeyError(&'static str);

impl PrivateKey {
    /// Loads a key from a JWK ([RFC 7517](https://www.rfc-editor.org/rfc/rfc7517)). Its `kid` is added to
    /// assertions.
    ///
    /// # Errors
    ///
    /// Returns an error if it is not a private key of a supported kind, or if its public and private parts do
    /// not match.
    pub fn from_jwk(json: &Secret) -> Result<Self, KeyError> {
        let members: Map<String, Value> =
            serde_json::from_str(json.expose()).map_err(|_| KeyError("the JWK is not a JSON object"))?;
        let text = |name: &str| members.get(name).and_then(Value::as_str);
        let bytes = |name: &str| {
            let decoded =
                text(name).and_then(|text| BASE64_URL_SAFE_NO_PAD.decode(text.trim_end_matches('=')).ok());
            decoded.ok_or(KeyError("a parameter of the JWK is missing or is not valid base64url"))
        };
        let pair = match (text("kty"), text("crv")) {
            (Some("OKP"), Some("Ed25519")) => {
                let pair = Ed25519KeyPair::from_seed_and_public_key(&bytes("d")?, &bytes("x")?);
                Pair::Ed25519(pair.map_err(|_| MISMATCHED_PARTS)?)
            }
            (Some("EC"), Some("P-256")) => {
                let public = [vec![4], bytes("x")?, bytes("y")?].concat();
                let pair = EcdsaKeyPair::from_private_key_and_public_key(
                    &ECDSA_P256_SHA256_FIXED_SIGNING,
                    &bytes("d")?,
                    &public,
                    &SystemRandom::new(),
                );
                Pair::P256(pair.map_err(|_| MISMATCHED_PARTS)?)
            }
            (Some("RSA"), _) => Pair::Rsa(rsa(bytes)?),
            _ => return Err(UNSUPPORTED_KEY),
        };
        Ok(Self { pair: Arc::new(pair), key_id: text("kid").map(str::to_owned) })
    }

    /// Loads a key from PEM: PKCS #8 (`-----BEGIN PRIVATE KEY-----`), or PKCS #1 for RSA (`-----BEGIN RSA
    /// PRIVATE KEY-----`).
    ///
    /// # Errors
    ///
    /// Returns an error if it is not a private key of a supported kind, or if it is encrypted.
    pub fn from_pem(pem: &Secret) -> Result<Self, KeyError> {
        let (label, bytes) = block(pem.expose()).ok_or(KeyError("not valid PEM"))?;
        let pair = match label {
            "PRIVATE KEY" => from_pkcs8(&bytes)?,
            "RSA PRIVATE KEY" => Pair::Rsa(RsaKeyPair::from_der(&bytes).map_err(|_| UNSUPPORTED_KEY)?),
            "ENCRYPTED PRIVATE KEY" => return Err(KeyError("the key is encrypted: decrypt it first")),
            _ => return Err(KeyError("not in PKCS #8: convert it with `openssl pkcs8 -topk8 -nocrypt`")),
        };
        Ok(Self { pair: Arc::new(pair), key_id: None })
    }

    /// Sets the key ID, which is added to assertions as `kid`.
    pub fn with_key_id(self, key_id: impl Into<String>) -> Self {
        Self { key_id: Some(key_id.into()), ..self }
    }

    /// Loads a key from a client secret: a JWK in base64url after the prefix, or a key in PEM or a JWK
    /// without it.
    pub(super) fn from_secret(secret: &Secret, prefix: &str) -> Result<Self, KeyError> {
        let text = secret.expose().trim();
        if let Some(rest) = text.strip_prefix(prefix).filter(|_| !prefix.is_empty()) {
            let json = BASE64_URL_SAFE_NO_PAD.decode(rest.trim_end_matches('=')).ok();
            let json = json.and_then(|json| String::from_utf8(json).ok());
            let json = json.ok_or(KeyError("the text after the prefix is not valid base64url"))?;
            return Self::from_jwk(&Secret::from(json));
        }
        match text.starts_with('{') {
            true => Self::from_jwk(secret),
            false => Self::from_pem(secret),
        }
    }

    /// Returns the name of the signature algorithm (RFC 7518, section 3.1; RFC 8037, section 3.1).
    pub(super) fn algorithm(&self) -> &'static str {
        match &*self.pair {
            Pair::Ed25519(_) => "EdDSA",
            Pair::P256(_) => "ES256",
            Pair::Rsa(_) => "RS256",
        }
    }

    pub(super) fn key_id(&self) -> Option<&str> {
        self.key_id.as_deref()
    }

    pub(super) fn sign(&self, message: &[u8]) -> Result<Vec<u8>, BoxError> {
        let failed = |_| "the assertion cannot be signed";
        let random = SystemRandom::new();
        Ok(match &*self.pair {
            Pair::Ed25519(pair) => pair.sign(message).as_ref().to_vec(),
            Pair::P256(pair) => pair.sign(&random, message).map_err(failed)?.as_ref().to_vec(),
            Pair::Rsa(pair) => {
                let mut signature = vec![0; pair.public().modulus_len()];
                pair.sign(&RSA_PKCS1_SHA256, &random, message, &mut signature).map_err(failed)?;
                signature
            }
        })
    }
}

const UNSUPPORTED_KEY: KeyError =
    KeyError("not an Ed25519 key, a P-256 key, or an RSA key with 2048 to 4096 bits");
const MISMATCHED_PARTS: KeyError = KeyError("the public and private parts of the key do not match");

fn rsa(bytes: impl Fn(&str) -> Result<Vec<u8>, KeyError>) -> Result<RsaKeyPair, KeyError> {
    // Some writers add leading zeros, which `ring` does not accept.
    let number = |name: &str| {
        let bytes = bytes(name)?;
        let zeros = bytes.iter().take_while(|byte| **byte == 0).count();
        Ok(bytes[zeros..].to_vec())
    };
    let components = KeyPairComponents {
        public_key: PublicKeyComponents { n: number("n")?, e: number("e")? },
        d: number("d")?,
        p: number("p")?,
        q: number("q")?,
        dP: number("dp")?,
        dQ: number("dq")?,
        qInv: number("qi")?,
    };
    RsaKeyPair::from_components(&components).map_err(|_| UNSUPPORTED_KEY)
}

fn from_pkcs8(bytes: &[u8]) -> Result<Pair, KeyError> {
    if let Ok(pair) = Ed25519KeyPair::from_pkcs8_maybe_unchecked(bytes) {
        return Ok(Pair::Ed25519(pair));
    }
    if let Ok(pair) = EcdsaKeyPair::from_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, bytes, &SystemRandom::new())
    {
        return Ok(Pair::P256(pair));
    }
    RsaKeyPair::from_pkcs8(bytes).map(Pair::Rsa).map_err(|_| UNSUPPORTED_KEY)
}

/// Decodes the first block of a PEM text. Returns its label and its bytes.
fn block(pem: &str) -> Option<(&str, Vec<u8>)> {
    let (_, rest) = pem.split_once("-----BEGIN ")?;
    let (label, rest) = rest.split_once("-----")?;
    let (base64, _) = rest.split_once("-----END ")?;
    let base64: String = base64.chars().filter(|c| !c.is_whitespace()).collect();
    Some((label, BASE64_STANDARD.decode(base64).ok()?))
}

/// Shows the algorithm only.
impl fmt::Debug for PrivateKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "PrivateKey({})", self.algorithm())
    }
}

impl fmt::Display for KeyError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "invalid private key: {}", self.0)
    }
}

impl std::error::Error for KeyError {}
