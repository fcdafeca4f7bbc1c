//! Telling what DER bytes are, by their first few tags. Works on truncated bytes too, so that a key is known as one.

use crate::certificate::der::{Reader, tag};
use crate::certificate::oid::known;

/// What DER bytes are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Content {
    Certificate,
    List,
    Pkcs7,
    /// Another kind of ContentInfo.
    Envelope,
    Pkcs12,
    PrivateKey,
    Request,
    PublicKey,
    OcspResponse,
    /// Not DER: a PEM file.
    Pem,
    Unknown,
}

impl Content {
    /// Whether it holds a secret.
    pub(super) fn is_private(self) -> bool {
        matches!(self, Self::PrivateKey | Self::Pkcs12)
    }

    /// What to call it.
    pub(super) fn describe(self) -> &'static str {
        match self {
            Self::Certificate => "a certificate",
            Self::List => "a revocation list",
            Self::Pkcs7 => "a PKCS#7 bundle",
            Self::Envelope => "an encrypted or otherwise wrapped CMS message",
            Self::Pkcs12 => "a PKCS#12 archive",
            Self::PrivateKey => "a private key",
            Self::Request => "a certificate signing request",
            Self::PublicKey => "a public key without a certificate",
            Self::OcspResponse => "an OCSP response",
            Self::Pem => "PEM",
            Self::Unknown => "something else",
        }
    }
}

/// Where the first value ends, if it is there as a whole.
pub(super) fn first_value(bytes: &[u8]) -> Option<usize> {
    Some(Reader::new(bytes).any("a value").ok()?.end)
}

/// Tells what `bytes` are, which may be cut anywhere.
pub(super) fn recognise(bytes: &[u8]) -> Content {
    let text = bytes.trim_ascii_start();
    if text.starts_with(b"-----BEGIN") || text.starts_with(b"\xEF\xBB\xBF-----BEGIN") {
        return Content::Pem;
    }
    shape(bytes).unwrap_or(Content::Unknown)
}

/// The beginning of every content type of PKCS#7: 1.2.840.113549.1.7.
const PKCS7: &[u8] = &[0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x07];

fn shape(bytes: &[u8]) -> Option<Content> {
    let outer = Head { rest: bytes }.next().filter(|outer| outer.tag == tag::SEQUENCE)?;
    let mut parts = Head::of(&outer);
    let first = parts.next()?;
    Some(match first.tag {
        tag::INTEGER => match parts.next()? {
            second if second.tag == tag::SEQUENCE => match Head::of(&second).next() {
                Some(oid) if first.content == [3] && oid.tag == tag::OBJECT_IDENTIFIER => Content::Pkcs12,
                _ => Content::PrivateKey,
            },
            second if second.tag == tag::OCTET_STRING => Content::PrivateKey,
            second if second.tag == tag::INTEGER => match parts.next() {
                Some(_) => Content::PrivateKey,
                // Version 0 comes first in a key that is cut; a modulus does in a public one.
                None if first.content.len() <= 1 => Content::PrivateKey,
                None => Content::PublicKey,
            },
            _ => Content::Unknown,
        },
        tag::OBJECT_IDENTIFIER if first.content == known::PKCS7_SIGNED_DATA.as_bytes() => Content::Pkcs7,
        tag::OBJECT_IDENTIFIER if first.content.starts_with(PKCS7) => Content::Envelope,
        tag::ENUMERATED => Content::OcspResponse,
        tag::SEQUENCE => signed(&mut Head::of(&first), &mut parts)?,
        _ => Content::Unknown,
    })
}

/// What begins with a SEQUENCE: something signed, or an algorithm and what it is the algorithm of.
fn signed(inner: &mut Head<'_>, outer: &mut Head<'_>) -> Option<Content> {
    let begins_with = |value: &Value<'_>, tag: u8| Head::of(value).next().is_some_and(|first| first.tag == tag);
    let is_time =
        |head: &mut Head<'_>| head.next().is_some_and(|next| matches!(next.tag, tag::UTC_TIME | tag::GENERALIZED_TIME));
    let first = inner.next()?;
    Some(match first.tag {
        0xA0 => Content::Certificate,
        tag::OBJECT_IDENTIFIER => match outer.next()?.tag {
            tag::OCTET_STRING => Content::PrivateKey,
            tag::BIT_STRING => Content::PublicKey,
            _ => Content::Unknown,
        },
        tag::INTEGER => {
            let second = inner.next()?;
            if !begins_with(&second, tag::OBJECT_IDENTIFIER) {
                return Some(Content::Request);
            }
            inner.next()?;
            if is_time(inner) { Content::List } else { Content::Certificate }
        }
        tag::SEQUENCE if begins_with(&first, tag::OBJECT_IDENTIFIER) => {
            inner.next()?;
            if is_time(inner) { Content::List } else { Content::Unknown }
        }
        _ => Content::Unknown,
    })
}

/// Reads tags and lengths where the content may be cut, and in BER: a value that is longer than the bytes, or that
/// doesn't say how long it is, ends with them.
struct Head<'a> {
    rest: &'a [u8],
}

/// A tag and what is there of its content.
struct Value<'a> {
    tag: u8,
    content: &'a [u8],
}

impl<'a> Head<'a> {
    fn of(value: &Value<'a>) -> Self {
        Self { rest: value.content }
    }

    fn next(&mut self) -> Option<Value<'a>> {
        let (tag, rest) = self.rest.split_first()?;
        let (first, rest) = rest.split_first()?;
        let (length, rest) = match usize::from(*first) {
            0x80 => (rest.len(), rest),
            short @ 0..0x80 => (short, rest),
            long => {
                let (octets, rest) = rest.split_at_checked(long & 0x7F)?;
                let length = octets.iter().fold(0usize, |length, octet| length.wrapping_shl(8) | usize::from(*octet));
                (length, rest)
            }
        };
        let (content, rest) = rest.split_at_checked(length).unwrap_or((rest, &[]));
        self.rest = rest;
        Some(Value { tag: *tag, content })
    }
}
