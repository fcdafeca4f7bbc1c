//! From the bytes of a file to the text that a case holds.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

/// Why a file was not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unfit {
    /// Longer than [`FILE_BYTES`].
    TooLong,
    /// A PKCS#12 file or a private key in DER: it is left alone.
    PrivateKey,
    /// Neither text nor DER.
    Unknown,
}

/// Bytes of a file that is taken: the core's limit for one document.
pub const FILE_BYTES: usize = admit_core::Limits::DOCUMENT_BYTES;

/// The text of a file: UTF-8, UTF-16 with a byte order mark, or DER, a signature structure or an SGXS stream, which become
/// base64 in lines of 64.
///
/// # Errors
///
/// Files that are too long, hold a private key in DER, or are neither text nor DER.
pub fn decode(bytes: &[u8]) -> Result<String, Unfit> {
    if bytes.len() > FILE_BYTES {
        return Err(Unfit::TooLong);
    }
    // A signature structure or an enclave, which are bytes.
    if let Some(text) = artefact(bytes) {
        return Ok(text);
    }
    match bytes {
        [0xff, 0xfe, rest @ ..] => Ok(utf16(rest, u16::from_le_bytes)),
        [0xfe, 0xff, rest @ ..] => Ok(utf16(rest, u16::from_be_bytes)),
        [0xef, 0xbb, 0xbf, rest @ ..] => text(rest),
        // X.690: a SEQUENCE with a length in the long form. No text file begins like that.
        [0x30, 0x80..=0x84, ..] => der(bytes),
        _ => text(bytes),
    }
}

/// What is no text and still an artefact.
fn artefact(bytes: &[u8]) -> Option<String> {
    let is_text = str::from_utf8(bytes).is_ok() && !bytes.contains(&0);
    (!is_text).then(|| admit_core::decode_artefact(bytes).ok()).flatten()
}

fn text(bytes: &[u8]) -> Result<String, Unfit> {
    let text = str::from_utf8(bytes).map_err(|_| Unfit::Unknown)?;
    if text.contains('\0') { Err(Unfit::Unknown) } else { Ok(text.to_owned()) }
}

/// Halves of pairs that stand alone become U+FFFD, and a last odd byte is dropped: the reader then says where.
fn utf16(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> String {
    let units = bytes.chunks_exact(2).map(|pair| unit([pair[0], pair[1]]));
    char::decode_utf16(units).map(|unit| unit.unwrap_or(char::REPLACEMENT_CHARACTER)).collect()
}

fn der(bytes: &[u8]) -> Result<String, Unfit> {
    // The first thing inside a certificate is a SEQUENCE and inside PKCS#7 an OBJECT IDENTIFIER; inside PKCS#12 and
    // every form of a private key it is an INTEGER, the version (RFC 7292, section 4; RFC 5208, section 5).
    let length = bytes.get(1).map_or(0, |length| usize::from(length & 0x7f));
    if bytes.get(2 + length) == Some(&0x02) {
        return Err(Unfit::PrivateKey);
    }
    let encoded = STANDARD.encode(bytes);
    let mut lines = String::with_capacity(encoded.len() + encoded.len() / 64 + 1);
    for line in encoded.as_bytes().chunks(64) {
        lines.extend(line.iter().copied().map(char::from));
        lines.push('\n');
    }
    Ok(lines)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_in_three_encodings_are_the_same() {
        let wide: Vec<u16> = "<a\u{1f512}/>".encode_utf16().collect();
        let little: Vec<u8> = [0xff, 0xfe].into_iter().chain(wide.iter().flat_map(|unit| unit.to_le_bytes())).collect();
        let big: Vec<u8> = [0xfe, 0xff].into_iter().chain(wide.iter().flat_map(|unit| unit.to_be_bytes())).collect();
        let narrow = "\u{feff}<a\u{1f512}/>".as_bytes();
        for bytes in [little.as_slice(), &big, narrow] {
            assert_eq!(decode(bytes).as_deref(), Ok("<a\u{1f512}/>"));
        }
    }

    #[test]
    fn der_becomes_base64_unless_it_is_a_key() {
        let mut certificate = vec![0x30, 0x82, 0x01, 0x00, 0x30];
        certificate.resize(260, 7);
        let text = decode(&certificate).expect("taken");
        assert!(text.starts_with("MIIBADAH") && text.lines().all(|line| line.len() <= 64), "{text}");
        let mut key = certificate.clone();
        key[4] = 0x02;
        assert_eq!(decode(&key), Err(Unfit::PrivateKey));
    }

    #[test]
    fn enclaves_become_base64() {
        assert_eq!(decode(b"ECREATE\0\x01\0\0\0").as_deref(), Ok("RUNSRUFURQABAAAA\n"));
        let header = [0x06, 0, 0, 0, 0xe1, 0, 0, 0, 0, 0, 1, 0, 0x80];
        assert_eq!(decode(&header).as_deref(), Ok("BgAAAOEAAAAAAAEAgA==\n"));
    }

    #[test]
    fn other_bytes_are_not_taken() {
        assert_eq!(decode(&[0x7f, 0x45, 0x4c, 0x46, 0, 0]), Err(Unfit::Unknown));
        assert_eq!(decode(&[0xc3, 0x28]), Err(Unfit::Unknown));
        for end in 0..8 {
            let _ = decode(&[0x30, 0x82, 0x01, 0x00, 0x30, 0x30, 0x30, 0x30][..end]);
        }
    }
}
