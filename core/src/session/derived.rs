//! Derived from what? The candidates that the user supplies, hashed and compared.

use alloc::borrow::Cow;
use alloc::collections::BTreeMap;
use alloc::string::{String, ToString as _};
use alloc::vec::Vec;

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD_NO_PAD, URL_SAFE_NO_PAD};
use sha1::Sha1;
use sha2::{Digest, Sha256};

use crate::{Document, Limits, Span};

/// What an identifier is derived from, and how.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Origin {
    /// The candidate as it was supplied, or as it was tried.
    pub(crate) candidate: String,
    /// Where it stands.
    pub(crate) span: Span,
    /// What was done to it: "SHA-256 in hexadecimal".
    pub(crate) function: &'static str,
}

/// The shortest beginning of a hash that counts as one: shorter ones match by chance.
const SHORTEST: usize = 16;

/// Everything that the candidates can become, by its first [`SHORTEST`] characters in lower case.
pub(crate) struct Candidates {
    images: BTreeMap<String, Vec<(String, Origin)>>,
}

impl Candidates {
    /// Hashes each candidate as it stands, in lower and in upper case.
    pub(crate) fn read(document: &Document<'_>) -> Self {
        let mut candidates = Self { images: BTreeMap::new() };
        let mut start = 0_usize;
        for line in document.text().split_inclusive('\n').take(Limits::SESSION_CANDIDATES) {
            let text = line.trim();
            if !text.is_empty() {
                let span = document.span(start..start.saturating_add(line.trim_end().len()));
                let mut forms = Vec::from([text.to_string(), text.to_lowercase(), text.to_uppercase()]);
                forms.sort();
                forms.dedup();
                for form in forms {
                    candidates.add(&form, &span);
                }
            }
            start = start.saturating_add(line.len());
        }
        candidates
    }

    fn add(&mut self, candidate: &str, span: &Span) {
        let (sha256, sha1) = (Sha256::digest(candidate), Sha1::digest(candidate));
        for (image, function) in [
            (hex(&sha256), "SHA-256 in hexadecimal"),
            (hex(&sha1), "SHA-1 in hexadecimal"),
            (STANDARD_NO_PAD.encode(sha256), "SHA-256 in base64"),
            (URL_SAFE_NO_PAD.encode(sha256), "SHA-256 in base64url"),
            (STANDARD_NO_PAD.encode(sha1), "SHA-1 in base64"),
            (URL_SAFE_NO_PAD.encode(sha1), "SHA-1 in base64url"),
        ] {
            let origin = Origin { candidate: candidate.to_string(), span: span.clone(), function };
            self.images.entry(key(&image)).or_default().push((image, origin));
        }
    }

    /// What the identifier is derived from, if a candidate gives it. A hash may be cut to 16 characters or more, stand
    /// behind a prefix that ends in a separator, and have its hyphens put in as a UUID has them.
    pub(crate) fn origin(&self, identifier: &str) -> Option<&Origin> {
        if self.images.is_empty() {
            return None;
        }
        let bare: Cow<'_, str> = match identifier.len() {
            36 if identifier.contains('-') => Cow::Owned(identifier.replace('-', "")),
            _ => Cow::Borrowed(identifier.trim_end_matches('=')),
        };
        let tail = bare.rsplit(['-', ':', '|']).next().unwrap_or_default().to_string();
        [bare.as_ref(), &tail].into_iter().find_map(|text| self.matching(text))
    }

    fn matching(&self, text: &str) -> Option<&Origin> {
        if text.len() < SHORTEST {
            return None;
        }
        let same = |image: &str| {
            let hexadecimal = image.bytes().all(|byte| byte.is_ascii_hexdigit());
            let cut = image.get(..text.len()).unwrap_or_default();
            cut == text || (hexadecimal && cut.eq_ignore_ascii_case(text))
        };
        self.images.get(&key(text))?.iter().find(|(image, _)| same(image)).map(|(_, origin)| origin)
    }
}

fn key(text: &str) -> String {
    text.chars().take(SHORTEST).map(|character| character.to_ascii_lowercase()).collect()
}

fn hex(bytes: &[u8]) -> String {
    use core::fmt::Write as _;
    bytes.iter().fold(String::with_capacity(bytes.len().saturating_mul(2)), |mut text, byte| {
        // Writing to a String cannot fail.
        let _ = write!(text, "{byte:02x}");
        text
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hashes_of_candidates_are_found() {
        let document = Document::new("subject.candidates", "bob\n alice@contoso.com \n42\n");
        let candidates = Candidates::read(&document);
        // sha256("alice@contoso.com") by another implementation.
        let sha256 = "b6187a1022eae9bd5f0b7a9e8a9f4a5f";
        assert_eq!(candidates.origin(sha256), None);
        let image = hex(&Sha256::digest("alice@contoso.com"));
        for text in [image.clone(), image.to_uppercase(), alloc::format!("u-{image}"), image.chars().take(32).collect()]
        {
            let origin = candidates.origin(&text);
            assert_eq!(origin.map(|origin| origin.candidate.as_str()), Some("alice@contoso.com"), "{text}");
        }
        assert!(candidates.origin(&hex(&Sha1::digest("42"))).is_some());
        assert!(candidates.origin("9b74c9897bac770ffc029102a200c5de").is_none());
    }
}
