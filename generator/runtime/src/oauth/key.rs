//! Keys that assertions are signed with: as JWK (RFC 7517, RFC 8037) or as PEM (RFC 7468).

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
use super::super::transport::BoxError;

/// A private key: Ed25519 (`EdDSA`), P-256 (`ES256`), or RSA of 2048 to 4096 bits (`RS256`).
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

/// What is wrong with a key. It shows nothing of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeyError(&'static str);

impl PrivateKey {
    /// A key in JSON ([RFC 7517](https://www.rfc-editor.org/rfc/rfc7517)). Its `kid` is named in what it signs.
    ///
    /// # Errors
    ///
    /// If it is not a private key of one of the three kinds, or its parts do not belong together.
    pub fn from_jwk(json: &Secret) -> Result<Self, KeyError> {
        let members: Map<String, Value> =
            serde_json::from_str(json.expose()).map_err(|_| KeyError("it is no object of JSON"))?;
        let text = |name: &str| members.get(name).and_then(Value::as_str);
        let bytes = |name: &str| {
            let decoded =
                text(name).and_then(|text| BASE64_URL_SAFE_NO_PAD.decode(text.trim_end_matches('=')).ok());
            decoded.ok_or(KeyError("a part of it is missing, or is not in base64url"))
        };
        let pair = match (text("kty"), text("crv")) {
            (Some("OKP"), Some("Ed25519")) => {
                let pair = Ed25519KeyPair::from_seed_and_public_key(&bytes("d")?, &bytes("x")?);
                Pair::Ed25519(pair.map_err(|_| DOES_NOT_BELONG)?)
            }
            (Some("EC"), Some("P-256")) => {
                let public = [vec![4], bytes("x")?, bytes("y")?].concat();
                let pair = EcdsaKeyPair::from_private_key_and_public_key(
                    &ECDSA_P256_SHA256_FIXED_SIGNING,
                    &bytes("d")?,
                    &public,
                    &SystemRandom::new(),
                );
                Pair::P256(pair.map_err(|_| DOES_NOT_BELONG)?)
            }
            (Some("RSA"), _) => Pair::Rsa(rsa(bytes)?),
            _ => return Err(UNKNOWN_KIND),
        };
        Ok(Self { pair: Arc::new(pair), key_id: text("kid").map(str::to_owned) })
    }

    /// A key in PEM: PKCS #8 (`-----BEGIN PRIVATE KEY-----`), or PKCS #1 for RSA (`-----BEGIN RSA PRIVATE KEY-----`).
    ///
    /// # Errors
    ///
    /// If it is not a private key of one of the three kinds, or is encrypted.
    pub fn from_pem(pem: &Secret) -> Result<Self, KeyError> {
        let (label, bytes) = block(pem.expose()).ok_or(KeyError("it is not in PEM"))?;
        let pair = match label {
            "PRIVATE KEY" => from_pkcs8(&bytes)?,
            "RSA PRIVATE KEY" => Pair::Rsa(RsaKeyPair::from_der(&bytes).map_err(|_| UNKNOWN_KIND)?),
            "ENCRYPTED PRIVATE KEY" => return Err(KeyError("it is encrypted: decrypt it first")),
            _ => return Err(KeyError("it is not in PKCS #8: convert it by `openssl pkcs8 -topk8 -nocrypt`")),
        };
        Ok(Self { pair: Arc::new(pair), key_id: None })
    }

    /// The same key, which is named by this `kid` in what it signs.
    pub fn with_key_id(self, key_id: impl Into<String>) -> Self {
        Self { key_id: Some(key_id.into()), ..self }
    }

    /// A client's secret that is a key: after a prefix a JWK in base64url, or without one a key in PEM or a JWK.
    pub(super) fn from_secret(secret: &Secret, prefix: &str) -> Result<Self, KeyError> {
        let text = secret.expose().trim();
        if let Some(rest) = text.strip_prefix(prefix).filter(|_| !prefix.is_empty()) {
            let json = BASE64_URL_SAFE_NO_PAD.decode(rest.trim_end_matches('=')).ok();
            let json = json.and_then(|json| String::from_utf8(json).ok());
            let json = json.ok_or(KeyError("what follows its prefix is not in base64url"))?;
            return Self::from_jwk(&Secret::from(json));
        }
        match text.starts_with('{') {
            true => Self::from_jwk(secret),
            false => Self::from_pem(secret),
        }
    }

    /// What the algorithm is called (RFC 7518, section 3.1; RFC 8037, section 3.1).
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

const UNKNOWN_KIND: KeyError = KeyError("it is none of Ed25519, P-256 and RSA with 2048 to 4096 bits");
const DOES_NOT_BELONG: KeyError = KeyError("its parts do not belong together");

fn rsa(bytes: impl Fn(&str) -> Result<Vec<u8>, KeyError>) -> Result<RsaKeyPair, KeyError> {
    // Numbers have no leading zeros here, and some writers add them.
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
    RsaKeyPair::from_components(&components).map_err(|_| UNKNOWN_KIND)
}

fn from_pkcs8(bytes: &[u8]) -> Result<Pair, KeyError> {
    if let Ok(pair) = Ed25519KeyPair::from_pkcs8_maybe_unchecked(bytes) {
        return Ok(Pair::Ed25519(pair));
    }
    if let Ok(pair) = EcdsaKeyPair::from_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, bytes, &SystemRandom::new())
    {
        return Ok(Pair::P256(pair));
    }
    RsaKeyPair::from_pkcs8(bytes).map(Pair::Rsa).map_err(|_| UNKNOWN_KIND)
}

/// The first block of a PEM text, and its label.
fn block(pem: &str) -> Option<(&str, Vec<u8>)> {
    let (_, rest) = pem.split_once("-----BEGIN ")?;
    let (label, rest) = rest.split_once("-----")?;
    let (base64, _) = rest.split_once("-----END ")?;
    let base64: String = base64.chars().filter(|c| !c.is_whitespace()).collect();
    Some((label, BASE64_STANDARD.decode(base64).ok()?))
}

/// Shows the kind of the key only.
impl fmt::Debug for PrivateKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "PrivateKey({})", self.algorithm())
    }
}

impl fmt::Display for KeyError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the private key cannot be used: {}", self.0)
    }
}

impl std::error::Error for KeyError {}
