//! The clients, and how each writes and sends an identifier.

use alloc::string::{String, ToString as _};
use alloc::vec::Vec;

use serde::{Deserialize, Serialize};

use super::{encode, glob};
use crate::session::profile::Set;

/// How an application puts an identifier into a URL, and what sends it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Client {
    /// String interpolation, sent as it stands: Python's urllib and most HTTP clients.
    Interpolation,
    /// String interpolation, sent by a browser or Node's `fetch` (WHATWG URL).
    Fetch,
    /// String interpolation, sent by Python's requests.
    Requests,
    /// String interpolation, sent by curl.
    Curl,
    /// String interpolation, sent by `curl -g`.
    CurlNoGlob,
    /// JavaScript's `encodeURI`.
    EncodeUri,
    /// JavaScript's `encodeURIComponent`.
    EncodeUriComponent,
    /// JavaScript's `URLSearchParams`.
    UrlSearchParams,
    /// Rust's `form_urlencoded`.
    FormUrlencoded,
    /// Python's `quote`, which leaves the slash.
    Quote,
    /// Python's `quote` with `safe=""`, and requests' `params`.
    QuoteNothingSafe,
    /// Rust's `percent_encoding` with `NON_ALPHANUMERIC`.
    NonAlphanumeric,
    /// Encoded, then handed to something that encodes again.
    EncodedTwice,
}

/// Characters that never need encoding (RFC 3986, section 2.3).
const UNRESERVED: Set = Set::ALPHANUMERIC.with(Set::of(b"-._~"));
/// What requests leaves alone in a whole URL.
const REQUESTS: Set = UNRESERVED.with(Set::of(b"!#$%&'()*+,/:;=?@[]"));

impl Client {
    /// Every client.
    pub const ALL: [Self; 13] = [
        Self::Interpolation,
        Self::Fetch,
        Self::Requests,
        Self::Curl,
        Self::CurlNoGlob,
        Self::EncodeUri,
        Self::EncodeUriComponent,
        Self::UrlSearchParams,
        Self::FormUrlencoded,
        Self::Quote,
        Self::QuoteNothingSafe,
        Self::NonAlphanumeric,
        Self::EncodedTwice,
    ];

    /// The identifier as it is written into the query.
    pub(super) fn write(self, identifier: &str) -> String {
        let encode = |left: Set| encode::encode(identifier, left);
        match self {
            Self::Interpolation | Self::Fetch | Self::Requests | Self::Curl | Self::CurlNoGlob => {
                identifier.to_string()
            }
            Self::EncodeUri => encode(Set::ALPHANUMERIC.with(Set::of(b"-_.!~*'();/?:@&=+$,#"))),
            Self::EncodeUriComponent => encode(Set::ALPHANUMERIC.with(Set::of(b"-_.!~*'()"))),
            // Both write a space as `+`, which no identifier has.
            Self::UrlSearchParams | Self::FormUrlencoded => encode(Set::ALPHANUMERIC.with(Set::of(b"*-._"))),
            Self::Quote => encode(UNRESERVED.with(Set::of(b"/"))),
            Self::QuoteNothingSafe => encode(UNRESERVED),
            Self::NonAlphanumeric => encode(Set::ALPHANUMERIC),
            Self::EncodedTwice => encode::encode(&encode(UNRESERVED), UNRESERVED),
        }
    }

    /// The queries that leave the client: one, several after globbing, or none if the client refuses.
    pub(super) fn send(self, query: &str) -> Option<Vec<String>> {
        match self {
            Self::Requests => Some(Vec::from([requote(query)])),
            Self::Curl => glob::expand(query),
            // The query set of the WHATWG URL standard; the fragment does not leave.
            Self::Fetch => Some(Vec::from([encode::encode(query, Set::range(0x21, 0x7e).without(Set::of(b"\"<>")))])),
            _ => Some(Vec::from([query.to_string()])),
        }
    }
}

/// What requests does to a URL: decodes the unreserved characters, encodes what is illegal, and encodes `%` too where
/// an escape is malformed.
fn requote(query: &str) -> String {
    match encode::decode_unreserved(query, UNRESERVED) {
        Some(decoded) => encode::encode(&decoded, REQUESTS),
        None => encode::encode(query, REQUESTS.without(Set::of(b"%"))),
    }
}
