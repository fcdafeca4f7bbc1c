//! From the bytes of a file to the text of a document.

use alloc::format;
use alloc::string::{String, ToString as _};
use alloc::vec::Vec;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use crate::{Document, DocumentName, Error, ErrorKind, Limits};

/// Columns of a line of base64 (RFC 7468, section 2).
const COLUMNS: usize = 64;

/// The text of a file: UTF-8 with or without a byte order mark, or UTF-16 with one (Unicode 17.0, section 23.8). The
/// mark is not part of the text.
///
/// # Errors
///
/// The first byte that is no text, and [`ErrorKind::Limit`] above [`Limits::CASE_BYTES`]. NUL is no text: none of the
/// documents of a case may hold one, and it tells UTF-16 without a byte order mark from UTF-8.
///
/// ```
/// let text = admit_core::decode(b"\xff\xfe<\0a\0/\0>\0");
/// assert_eq!(text.as_deref(), Ok("<a/>"));
/// ```
pub fn decode(bytes: &[u8]) -> Result<String, NotText> {
    if bytes.len() > Limits::CASE_BYTES {
        let expected = format!("at most {} bytes", Limits::CASE_BYTES);
        // Not how many: a host stops reading one byte above the limit.
        return Err(NotText(Error::new(ErrorKind::Limit, expected, "more", Document::new("", "").span(0..0))));
    }
    match bytes {
        // Looked at first: the mark of UTF-16 is the beginning of this one.
        [0xFF, 0xFE, 0, 0, ..] | [0, 0, 0xFE, 0xFF, ..] => {
            Err(not_text(ErrorKind::Unsupported, "", "the byte order mark of UTF-32").help("save the file as UTF-8"))
        }
        [0xEF, 0xBB, 0xBF, rest @ ..] => utf8(rest),
        [0xFF, 0xFE, rest @ ..] => utf16(rest, u16::from_le_bytes),
        [0xFE, 0xFF, rest @ ..] => utf16(rest, u16::from_be_bytes),
        _ => utf8(bytes),
    }
}

/// The text of a file of certificates or revocation lists: as [`decode`], and DER or PKCS#7 as base64 in lines.
///
/// # Errors
///
/// Those of [`decode`], for bytes that don't begin as DER does either.
pub fn decode_certificates(bytes: &[u8]) -> Result<String, NotText> {
    decode(bytes).or_else(|error| {
        // A SEQUENCE whose length takes more than one byte (X.690, section 8.1.3.5), which no UTF-8 text begins with.
        if !matches!(bytes, [0x30, 0x80..=0x84, ..]) || bytes.len() > Limits::CASE_BYTES {
            return Err(error);
        }
        Ok(base64(bytes))
    })
}

/// The text of a file that belongs to an enclave: as [`decode`], and a signature structure or an SGXS stream as base64
/// in lines. What either looks like is in [`enclave`](crate::enclave).
///
/// # Errors
///
/// Those of [`decode`], for bytes that begin as neither of the two.
pub fn decode_artefact(bytes: &[u8]) -> Result<String, NotText> {
    if bytes.len() <= Limits::CASE_BYTES && crate::enclave::is_binary(bytes) {
        Ok(base64(bytes))
    } else {
        decode(bytes)
    }
}

/// Base64 in lines.
fn base64(bytes: &[u8]) -> String {
    let mut text = String::new();
    for (at, character) in STANDARD.encode(bytes).chars().enumerate() {
        if at > 0 && at.is_multiple_of(COLUMNS) {
            text.push('\n');
        }
        text.push(character);
    }
    text.push('\n');
    text
}

/// Bytes that are not the text of a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NotText(Error);

impl NotText {
    /// The error, in the document that the bytes were meant for: `policy.manifest`. Its place counts in the text before.
    pub fn in_document(self, name: impl Into<DocumentName>) -> Error {
        let mut error = self.0;
        error.span.document = name.into();
        error
    }

    fn help(self, help: &'static str) -> Self {
        Self(self.0.help(help))
    }
}

fn not_text(kind: ErrorKind, before: &str, found: impl Into<String>) -> NotText {
    let span = Document::new("", before).span(before.len()..before.len());
    NotText(Error::new(kind, "UTF-8 text, or UTF-16 text with a byte order mark", found, span))
}

fn utf8(bytes: &[u8]) -> Result<String, NotText> {
    let valid = match core::str::from_utf8(bytes) {
        Ok(text) => text,
        Err(error) => {
            let (before, rest) = bytes.split_at_checked(error.valid_up_to()).unwrap_or((bytes, &[]));
            let before = core::str::from_utf8(before).unwrap_or_default();
            return Err(match rest.first() {
                Some(byte) if error.error_len().is_some() => {
                    not_text(ErrorKind::Syntax, before, format!("the byte 0x{byte:02X}"))
                }
                _ => not_text(ErrorKind::Truncated, before, "the end of the file inside a character"),
            });
        }
    };
    without_nul(valid.to_string())
}

fn utf16(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> Result<String, NotText> {
    let (pairs, odd) = bytes.as_chunks::<2>();
    let units: Vec<u16> = pairs.iter().map(|pair| unit(*pair)).collect();
    let mut text = String::with_capacity(units.len());
    for character in char::decode_utf16(units) {
        match character {
            Ok(character) => text.push(character),
            Err(error) => {
                let found = format!("half of a surrogate pair, 0x{:04X}", error.unpaired_surrogate());
                return Err(not_text(ErrorKind::Syntax, &text, found));
            }
        }
    }
    if !odd.is_empty() {
        return Err(not_text(ErrorKind::Truncated, &text, "the end of the file inside a character"));
    }
    without_nul(text)
}

fn without_nul(text: String) -> Result<String, NotText> {
    match text.find('\0') {
        None => Ok(text),
        Some(at) => {
            let error = not_text(ErrorKind::Syntax, text.get(..at).unwrap_or_default(), "a NUL character");
            let utf16 = at < 2;
            Err(if utf16 { error.help("if this is UTF-16 without a byte order mark, save it as UTF-8") } else { error })
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn error(bytes: &[u8]) -> String {
        decode(bytes).map_err(|error| error.in_document("policy.manifest").to_string()).err().unwrap_or_default()
    }

    #[test]
    fn each_encoding_reads() {
        for bytes in [
            b"<\xc3\xa9>\xf0\x9f\x94\x92".as_slice(),
            b"\xef\xbb\xbf<\xc3\xa9>\xf0\x9f\x94\x92",
            b"\xff\xfe<\0\xe9\0>\0\x3d\xd8\x12\xdd",
            b"\xfe\xff\0<\0\xe9\0>\xd8\x3d\xdd\x12",
        ] {
            assert_eq!(decode(bytes).as_deref(), Ok("<\u{e9}>\u{1f512}"));
        }
        assert_eq!(decode(b"").as_deref(), Ok(""));
    }

    #[test]
    fn what_is_no_text_says_where() {
        let expected = "expected UTF-8 text, or UTF-16 text with a byte order mark, found";
        for (bytes, at, found) in [
            (b"a\nb\xff".as_slice(), "2:2", "the byte 0xFF"),
            (b"\xc3", "1:1", "the end of the file inside a character"),
            (b"<\0a\0", "1:2", "a NUL character"),
            (b"\xff\xfea\0\0\xdcb\0", "1:2", "half of a surrogate pair, 0xDC00"),
            (b"\xff\xfea\0\n\0b", "2:1", "the end of the file inside a character"),
            (b"\xff\xfe\0\0a\0\0\0", "1:1", "the byte order mark of UTF-32"),
        ] {
            assert_eq!(error(bytes), format!("policy.manifest:{at}: {expected} {found}"));
        }
    }

    #[test]
    fn binary_certificates_become_base64() {
        let mut der = Vec::from([0x30, 0x82, 0x00, 0x60]);
        der.resize(100, 0xAB);
        let text = decode_certificates(&der).unwrap_or_default();
        assert!(text.starts_with("MIIAYKur") && text.lines().all(|line| line.len() <= COLUMNS), "{text}");
        let whole: String = text.lines().collect();
        assert_eq!(STANDARD.decode(whole).ok(), Some(der));
        assert_eq!(decode_certificates(b"-----BEGIN").as_deref(), Ok("-----BEGIN"));
        assert!(decode_certificates(b"\x89PNG\r\n").is_err());
    }

    #[test]
    fn no_bytes_panic() {
        let mut state = 0x9E37_79B9_7F4A_7C15_u64;
        for length in 0..600_usize {
            let mut bytes = Vec::new();
            for _ in 0..length % 40 {
                state ^= state << 13;
                state ^= state >> 7;
                state ^= state << 17;
                bytes.push(state.to_le_bytes()[0]);
            }
            for mark in [b"".as_slice(), b"\xff\xfe", b"\xfe\xff", b"\xef\xbb\xbf"] {
                let bytes = [mark, &bytes].concat();
                let (text, certificates) = (decode(&bytes), decode_certificates(&bytes));
                assert!(text.is_err() || text == certificates);
            }
        }
    }
}
