//! Keys, drawn from names.

use p256::ecdsa::signature::{SignatureEncoding as _, Signer as _};
use rand_chacha::ChaCha20Rng;
use rand_chacha::rand_core::{Rng as _, SeedableRng as _};
use rsa::traits::PublicKeyParts as _;
use sha2::{Digest as _, Sha256};

use super::der;

/// What kind of key, and so which signatures it makes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Algorithm {
    P256,
    P384,
    P521,
    Ed25519,
    Rsa512,
    Rsa1024,
    Rsa2048,
}

/// A key pair. It lives in memory only.
pub(super) enum Key {
    P256(p256::ecdsa::SigningKey),
    P384(p384::ecdsa::SigningKey),
    P521(p521::ecdsa::SigningKey),
    Ed25519(Box<ed25519_dalek::SigningKey>),
    Rsa(Box<rsa::pkcs1v15::SigningKey<Sha256>>),
}

/// The stream that everything about `name` is drawn from.
pub(super) fn stream(name: &str) -> ChaCha20Rng {
    ChaCha20Rng::from_seed(Sha256::digest(name).into())
}

/// `length` bytes, drawn until `accept` takes them: a scalar may not be zero or too large.
fn draw<T>(name: &str, length: usize, accept: impl Fn(&mut [u8]) -> Option<T>) -> T {
    let mut stream = stream(name);
    let mut bytes = vec![0; length];
    loop {
        stream.fill_bytes(&mut bytes);
        if let Some(accepted) = accept(&mut bytes) {
            return accepted;
        }
    }
}

impl Key {
    /// The key of `name`: always the same.
    pub(super) fn of(name: &str, algorithm: Algorithm) -> Self {
        match algorithm {
            Algorithm::P256 => Self::P256(draw(name, 32, |bytes| p256::ecdsa::SigningKey::from_slice(bytes).ok())),
            Algorithm::P384 => Self::P384(draw(name, 48, |bytes| p384::ecdsa::SigningKey::from_slice(bytes).ok())),
            Algorithm::P521 => Self::P521(draw(name, 66, |bytes| {
                // The scalar has 521 bits: of the first byte only the lowest is used.
                bytes[0] &= 1;
                p521::ecdsa::SigningKey::from_slice(bytes).ok()
            })),
            Algorithm::Ed25519 => {
                let seed = draw(name, 32, |bytes| <[u8; 32]>::try_from(&*bytes).ok());
                Self::Ed25519(Box::new(ed25519_dalek::SigningKey::from_bytes(&seed)))
            }
            Algorithm::Rsa512 => Self::rsa(name, 512),
            Algorithm::Rsa1024 => Self::rsa(name, 1024),
            Algorithm::Rsa2048 => Self::rsa(name, 2048),
        }
    }

    fn rsa(name: &str, bits: usize) -> Self {
        // Unchecked: some are too short on purpose.
        let key = rsa::RsaPrivateKey::new_unchecked(&mut stream(name), bits).expect("enough bits for a key");
        Self::Rsa(Box::new(rsa::pkcs1v15::SigningKey::new(key)))
    }

    /// The content of subjectPublicKey.
    pub(super) fn public(&self) -> Vec<u8> {
        match self {
            Self::P256(key) => key.verifying_key().to_sec1_point(false).as_bytes().to_vec(),
            Self::P384(key) => key.verifying_key().to_sec1_point(false).as_bytes().to_vec(),
            Self::P521(key) => key.verifying_key().to_sec1_point(false).as_bytes().to_vec(),
            Self::Ed25519(key) => key.verifying_key().to_bytes().to_vec(),
            Self::Rsa(key) => {
                let key: &rsa::RsaPrivateKey = (**key).as_ref();
                der::sequence(&[der::integer(&key.n().to_be_bytes()), der::integer(&key.e().to_be_bytes())])
            }
        }
    }

    /// SubjectPublicKeyInfo.
    pub(super) fn public_info(&self) -> Vec<u8> {
        der::sequence(&[self.key_algorithm(), der::bits(&self.public())])
    }

    pub(super) fn key_algorithm(&self) -> Vec<u8> {
        let curve = |curve| der::sequence(&[der::oid("1.2.840.10045.2.1"), der::oid(curve)]);
        match self {
            Self::P256(_) => curve("1.2.840.10045.3.1.7"),
            Self::P384(_) => curve("1.3.132.0.34"),
            Self::P521(_) => curve("1.3.132.0.35"),
            Self::Ed25519(_) => der::sequence(&[der::oid("1.3.101.112")]),
            Self::Rsa(_) => der::sequence(&[der::oid("1.2.840.113549.1.1.1"), der::null()]),
        }
    }

    /// The AlgorithmIdentifier of the signatures that the key makes.
    pub(super) fn signature_algorithm(&self) -> Vec<u8> {
        match self {
            Self::P256(_) => der::sequence(&[der::oid("1.2.840.10045.4.3.2")]),
            Self::P384(_) => der::sequence(&[der::oid("1.2.840.10045.4.3.3")]),
            Self::P521(_) => der::sequence(&[der::oid("1.2.840.10045.4.3.4")]),
            Self::Ed25519(_) => der::sequence(&[der::oid("1.3.101.112")]),
            Self::Rsa(_) => der::sequence(&[der::oid("1.2.840.113549.1.1.11"), der::null()]),
        }
    }

    /// The content of the signature's BIT STRING.
    pub(super) fn sign(&self, message: &[u8]) -> Vec<u8> {
        let pair = |bytes: &[u8]| {
            let (r, s) = bytes.split_at(bytes.len() / 2);
            der::sequence(&[der::integer(r), der::integer(s)])
        };
        match self {
            Self::P256(key) => {
                let signature: p256::ecdsa::Signature = key.sign(message);
                pair(&signature.to_bytes())
            }
            Self::P384(key) => {
                let signature: p384::ecdsa::Signature = key.sign(message);
                pair(&signature.to_bytes())
            }
            Self::P521(key) => {
                let signature: p521::ecdsa::Signature = key.sign(message);
                pair(&signature.to_bytes())
            }
            Self::Ed25519(key) => key.sign(message).to_vec(),
            Self::Rsa(key) => key.sign(message).to_vec(),
        }
    }

    /// The content of the BIT STRING of a signature over SHA-1 (`sha1WithRSAEncryption`).
    pub(super) fn sign_sha1(&self, message: &[u8]) -> Vec<u8> {
        /// What stands before the digest (RFC 8017, section 9.2, note 1).
        const PREFIX: [u8; 15] = [0x30, 0x21, 0x30, 9, 6, 5, 0x2b, 0x0e, 3, 2, 0x1a, 5, 0, 4, 20];
        let Self::Rsa(key) = self else { panic!("only RSA keys sign over SHA-1 here") };
        let key: &rsa::RsaPrivateKey = (**key).as_ref();
        let padding = rsa::Pkcs1v15Sign { hash_len: Some(20), prefix: PREFIX.into() };
        key.sign(padding, &sha1::Sha1::digest(message)).expect("a digest fits")
    }

    /// The content of the BIT STRING of a signature under RSASSA-PSS over SHA-256, with a salt of 32 bytes.
    pub(super) fn sign_pss(&self, message: &[u8]) -> Vec<u8> {
        let Self::Rsa(key) = self else { panic!("only RSA keys sign so") };
        let key: &rsa::RsaPrivateKey = (**key).as_ref();
        let padding = rsa::Pss::<Sha256>::new_with_salt(32);
        key.sign_with_rng(&mut stream("salt"), padding, &Sha256::digest(message)).expect("a digest fits")
    }

    /// PKCS#8 of a P-256 key that belongs to no certificate: for the case in which somebody pastes one.
    pub(super) fn throw_away() -> Vec<u8> {
        let key = Self::of("throw-away-key", Algorithm::P256);
        let secret = match &key {
            Self::P256(key) => key.to_bytes().to_vec(),
            _ => Vec::new(),
        };
        let inner = der::sequence(&[der::integer(&[1]), der::octets(&secret)]);
        der::sequence(&[der::integer(&[0]), key.key_algorithm(), der::octets(&inner)])
    }
}
