//! What a candidate can become: hashes, UUIDs of names, and other ways to write it.

use alloc::string::{String, ToString as _};
use alloc::vec::Vec;

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD_NO_PAD, URL_SAFE_NO_PAD};
use md5::Md5;
use sha1::Sha1;
use sha2::{Digest, Sha256};

/// What is done to a candidate.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Function {
    Sha256,
    Sha1,
    Md5,
    /// A UUID of version 3 in the namespace with this place in [`NAMESPACES`].
    Version3(u8),
    /// A UUID of version 5.
    Version5(u8),
}

/// The namespaces of RFC 9562, section 6.6: DNS, URL, OID and X.500 differ in one byte.
const NAMESPACES: [&str; 4] = ["DNS", "URL", "OID", "X.500"];

impl Function {
    pub(super) const ALL: [Self; 11] = [
        Self::Sha256,
        Self::Sha1,
        Self::Md5,
        Self::Version3(0),
        Self::Version3(1),
        Self::Version3(2),
        Self::Version3(3),
        Self::Version5(0),
        Self::Version5(1),
        Self::Version5(2),
        Self::Version5(3),
    ];

    /// Those that hash the text and nothing else.
    pub(super) const PLAIN: [Self; 3] = [Self::Sha256, Self::Sha1, Self::Md5];

    pub(super) fn hash(self, text: &str) -> Vec<u8> {
        match self {
            Self::Sha256 => Sha256::digest(text).to_vec(),
            Self::Sha1 => Sha1::digest(text).to_vec(),
            Self::Md5 => Md5::digest(text).to_vec(),
            Self::Version3(space) => uuid(Md5::digest(named(space, text)).to_vec(), 0x30),
            Self::Version5(space) => uuid(Sha1::digest(named(space, text)).to_vec(), 0x50),
        }
    }

    /// What was done and how it was written.
    pub(super) fn name(self, writing: Writing) -> &'static str {
        use Writing::{Base64, Base64Url, Hexadecimal};
        match (self, writing) {
            (Self::Sha256, Hexadecimal) => "SHA-256 in hexadecimal",
            (Self::Sha256, Base64) => "SHA-256 in base64",
            (Self::Sha256, Base64Url) => "SHA-256 in base64url",
            (Self::Sha1, Hexadecimal) => "SHA-1 in hexadecimal",
            (Self::Sha1, Base64) => "SHA-1 in base64",
            (Self::Sha1, Base64Url) => "SHA-1 in base64url",
            (Self::Md5, Hexadecimal) => "MD5 in hexadecimal",
            (Self::Md5, Base64) => "MD5 in base64",
            (Self::Md5, Base64Url) => "MD5 in base64url",
            (Self::Version3(0), _) => "the UUID of version 3 in the namespace DNS",
            (Self::Version3(1), _) => "the UUID of version 3 in the namespace URL",
            (Self::Version3(2), _) => "the UUID of version 3 in the namespace OID",
            (Self::Version3(_), _) => "the UUID of version 3 in the namespace X.500",
            (Self::Version5(0), _) => "the UUID of version 5 in the namespace DNS",
            (Self::Version5(1), _) => "the UUID of version 5 in the namespace URL",
            (Self::Version5(2), _) => "the UUID of version 5 in the namespace OID",
            (Self::Version5(_), _) => "the UUID of version 5 in the namespace X.500",
        }
    }
}

/// The namespace's bytes and the name.
fn named(space: u8, text: &str) -> Vec<u8> {
    let last = u8::try_from(NAMESPACES.len()).unwrap_or(0).saturating_sub(1);
    // 6ba7b810-9dad-11d1-80b4-00c04fd430c8 is DNS; URL ends its first group in 11, OID in 12, X.500 in 14.
    let space = match space.min(last) {
        3 => 0x14,
        other => other.saturating_add(0x10),
    };
    let mut bytes = Vec::from([0x6b, 0xa7, 0xb8, space]);
    bytes.extend([0x9d, 0xad, 0x11, 0xd1, 0x80, 0xb4, 0x00, 0xc0, 0x4f, 0xd4, 0x30, 0xc8]);
    bytes.extend(text.as_bytes());
    bytes
}

/// The first 16 bytes of a hash with version and variant written into them.
fn uuid(mut hash: Vec<u8>, version: u8) -> Vec<u8> {
    hash.truncate(16);
    if let Some(byte) = hash.get_mut(6) {
        *byte = (*byte & 0x0f) | version;
    }
    if let Some(byte) = hash.get_mut(8) {
        *byte = (*byte & 0x3f) | 0x80;
    }
    hash
}

/// How a hash is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Writing {
    Hexadecimal,
    Base64,
    Base64Url,
}

impl Writing {
    pub(super) fn write(self, bytes: &[u8]) -> String {
        match self {
            Self::Hexadecimal => crate::session::recipe::hexadecimal(bytes),
            Self::Base64 => STANDARD_NO_PAD.encode(bytes),
            Self::Base64Url => URL_SAFE_NO_PAD.encode(bytes),
        }
    }

    /// Whether two texts of one length say the same.
    pub(super) fn same(self, one: &str, two: &str) -> bool {
        if self == Self::Hexadecimal { one.eq_ignore_ascii_case(two) } else { one == two }
    }
}

/// The first eight bytes as a number.
pub(super) fn beginning(bytes: &[u8]) -> u64 {
    bytes.iter().take(8).fold(0, |number, &byte| number.wrapping_shl(8) | u64::from(byte))
}

/// The first eight bytes that a text of at least 16 characters can be the writing of.
pub(super) fn beginnings(text: &str) -> Vec<(u64, Writing)> {
    let mut found = Vec::new();
    if let Some(number) = text.get(..16).and_then(|start| u64::from_str_radix(start, 16).ok())
        && text.bytes().all(|byte| byte.is_ascii_hexdigit())
    {
        found.push((number, Writing::Hexadecimal));
    }
    let start = text.get(..12).unwrap_or_default();
    for (decoded, writing) in
        [(STANDARD_NO_PAD.decode(start), Writing::Base64), (URL_SAFE_NO_PAD.decode(start), Writing::Base64Url)]
    {
        if let Ok(bytes) = decoded {
            found.push((beginning(&bytes), writing));
        }
    }
    found
}

/// Ways to write a candidate without hashing it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Plain {
    Itself,
    Hexadecimal,
    Base64,
}

impl Plain {
    pub(super) const ALL: [Self; 3] = [Self::Itself, Self::Hexadecimal, Self::Base64];

    pub(super) fn write(self, text: &str) -> String {
        match self {
            Self::Itself => text.to_string(),
            Self::Hexadecimal => crate::session::recipe::hexadecimal(text.as_bytes()),
            Self::Base64 => STANDARD_NO_PAD.encode(text),
        }
    }

    /// Whether the case of letters says nothing.
    pub(super) fn is_any_case(self) -> bool {
        self != Self::Base64
    }

    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Itself => "the text itself",
            Self::Hexadecimal => "hexadecimal, no hash,",
            Self::Base64 => "base64, no hash,",
        }
    }
}
