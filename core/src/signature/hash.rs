//! The hash functions that signatures are made over.

use const_oid::ObjectIdentifier;
use sha1::Sha1;
use sha2::{Sha224, Sha256, Sha384, Sha512};

use super::Failure;
use super::oid;

/// A hash function under which signatures are verified. SHA-1 is verified too; whoever asks flags it as weak.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Hash {
    /// SHA-1: collisions are practical since 2017.
    Sha1,
    /// SHA-224.
    Sha224,
    /// SHA-256.
    Sha256,
    /// SHA-384.
    Sha384,
    /// SHA-512.
    Sha512,
}

/// Bytes of the longest digest.
const LONGEST: usize = 64;

/// A digest, as long as its function makes it.
pub(super) struct Digest {
    bytes: [u8; LONGEST],
    length: usize,
}

impl Digest {
    pub(super) fn as_bytes(&self) -> &[u8] {
        self.bytes.get(..self.length).unwrap_or_default()
    }
}

impl Hash {
    /// The usual name: "SHA-256".
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Sha1 => "SHA-1",
            Self::Sha224 => "SHA-224",
            Self::Sha256 => "SHA-256",
            Self::Sha384 => "SHA-384",
            Self::Sha512 => "SHA-512",
        }
    }

    /// Bytes of its digest: 20 to 64.
    #[must_use]
    pub fn bytes(self) -> usize {
        match self {
            Self::Sha1 => 20,
            Self::Sha224 => 28,
            Self::Sha256 => 32,
            Self::Sha384 => 48,
            Self::Sha512 => 64,
        }
    }

    /// The function that an identifier names (RFC 4055, section 2.1).
    pub(super) fn from_oid(found: ObjectIdentifier) -> Result<Self, Failure> {
        match found {
            oid::SHA1 => Ok(Self::Sha1),
            oid::SHA224 => Ok(Self::Sha224),
            oid::SHA256 => Ok(Self::Sha256),
            oid::SHA384 => Ok(Self::Sha384),
            oid::SHA512 => Ok(Self::Sha512),
            oid::MD2 => Err(Failure::WeakDigest("MD2")),
            oid::MD4 => Err(Failure::WeakDigest("MD4")),
            oid::MD5 => Err(Failure::WeakDigest("MD5")),
            other => Err(Failure::UnknownAlgorithm(other)),
        }
    }

    /// The digest of the parts, one after the other.
    pub(super) fn digest(self, parts: &[&[u8]]) -> Digest {
        match self {
            Self::Sha1 => run::<Sha1>(parts),
            Self::Sha224 => run::<Sha224>(parts),
            Self::Sha256 => run::<Sha256>(parts),
            Self::Sha384 => run::<Sha384>(parts),
            Self::Sha512 => run::<Sha512>(parts),
        }
    }

    /// The DER of DigestInfo up to the digest itself (RFC 8017, section 9.2, note 1).
    pub(super) fn digest_info(self) -> &'static [u8] {
        match self {
            Self::Sha1 => b"\x30\x21\x30\x09\x06\x05\x2b\x0e\x03\x02\x1a\x05\x00\x04\x14",
            Self::Sha224 => b"\x30\x2d\x30\x0d\x06\x09\x60\x86\x48\x01\x65\x03\x04\x02\x04\x05\x00\x04\x1c",
            Self::Sha256 => b"\x30\x31\x30\x0d\x06\x09\x60\x86\x48\x01\x65\x03\x04\x02\x01\x05\x00\x04\x20",
            Self::Sha384 => b"\x30\x41\x30\x0d\x06\x09\x60\x86\x48\x01\x65\x03\x04\x02\x02\x05\x00\x04\x30",
            Self::Sha512 => b"\x30\x51\x30\x0d\x06\x09\x60\x86\x48\x01\x65\x03\x04\x02\x03\x05\x00\x04\x40",
        }
    }
}

fn run<D: sha2::Digest>(parts: &[&[u8]]) -> Digest {
    let mut hasher = D::new();
    for part in parts {
        hasher.update(part);
    }
    let output = hasher.finalize();
    let mut bytes = [0; LONGEST];
    for (to, from) in bytes.iter_mut().zip(output.iter()) {
        *to = *from;
    }
    Digest { bytes, length: output.len() }
}
