//! Derived from what? The candidates that the user supplies, hashed and compared.

mod image;

use alloc::borrow::Cow;
use alloc::string::{String, ToString as _};
use alloc::vec::Vec;
use core::cell::OnceCell;

use super::profile::Set;
use crate::{Document, Error, ErrorKind, Limits, Span};

use image::{Function, Plain, Writing};

/// What an identifier is derived from, and how.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Origin {
    /// The candidate as it was supplied, or as it was tried.
    pub(crate) candidate: String,
    /// Where it stands; nothing where it is tried unasked.
    pub(crate) span: Option<Span>,
    /// What was done to it: "SHA-256 in hexadecimal".
    pub(crate) function: &'static str,
}

/// The shortest beginning of a hash that counts as one: shorter ones match by chance.
const SHORTEST: usize = 16;

/// What everyone tries: hashes of these are looked for whether they are supplied or not.
const TRIED: [&str; 22] = [
    "",
    "0",
    "1",
    "2",
    "a",
    "abc",
    "123",
    "1234",
    "12345",
    "123456",
    "12345678",
    "123456789",
    "admin",
    "guest",
    "hello",
    "hello world",
    "password",
    "qwerty",
    "root",
    "secret",
    "test",
    "user",
];

/// The candidates, each as it stands, in lower and in upper case, and the beginnings of what they can become.
#[derive(Default)]
pub(crate) struct Candidates {
    forms: Vec<(String, Span)>,
    /// The first eight bytes of each hash, with the form it is of; sorted.
    hashes: Vec<(u64, u32, Function)>,
    /// What is written without hashing, in lower case; sorted.
    plain: Vec<(String, u32, Plain)>,
    /// The hashes of what everyone tries, by their first four digits; made when the first identifier could be one.
    tried: OnceCell<Vec<(u32, String, &'static str, Function)>>,
}

impl Candidates {
    /// Hashes each candidate, and says where there are more than are tried.
    pub(crate) fn read(document: &Document<'_>) -> (Self, Option<Error>) {
        let mut candidates = Self::default();
        let mut error = None;
        let mut start = 0_usize;
        for (place, line) in document.text().split_inclusive('\n').enumerate() {
            if place >= Limits::SESSION_CANDIDATES {
                let expected = alloc::format!("at most {} candidates", Limits::SESSION_CANDIDATES);
                error = Some(Error::new(ErrorKind::Limit, expected, "more", document.span(start..start)));
                break;
            }
            let text = line.trim();
            if !text.is_empty() {
                let span = document.span(start..start.saturating_add(line.trim_end().len()));
                let mut forms = Vec::from([text.to_string(), text.to_lowercase(), text.to_uppercase()]);
                crate::order::sort_by(&mut forms, Ord::cmp);
                forms.dedup();
                for form in forms {
                    candidates.add(form, &span);
                }
            }
            start = start.saturating_add(line.len());
        }
        crate::order::sort_by(&mut candidates.hashes, Ord::cmp);
        crate::order::sort_by(&mut candidates.plain, Ord::cmp);
        (candidates, error)
    }

    fn add(&mut self, form: String, span: &Span) {
        let place = u32::try_from(self.forms.len()).unwrap_or(u32::MAX);
        for function in Function::ALL {
            self.hashes.push((image::beginning(&function.hash(&form)), place, function));
        }
        for plain in Plain::ALL {
            self.plain.push((plain.write(&form).to_lowercase(), place, plain));
        }
        self.forms.push((form, span.clone()));
    }

    /// What the identifier is derived from, if a candidate gives it. A hash may be cut to 16 characters or more, stand
    /// behind a prefix that ends in a separator, and have its hyphens put in as a UUID has them.
    pub(crate) fn origin(&self, identifier: &str) -> Option<Origin> {
        if self.forms.is_empty() {
            return None;
        }
        let bare: Cow<'_, str> = match identifier.len() {
            36 if identifier.contains('-') => Cow::Owned(identifier.replace('-', "")),
            _ => Cow::Borrowed(identifier.trim_end_matches('=')),
        };
        let tail = bare.rsplit(['-', ':', '|', '_', '.']).next().unwrap_or_default();
        let texts = [identifier, bare.as_ref(), tail];
        texts.into_iter().find_map(|text| self.hashed(text)).or_else(|| {
            // An address has separators of its own, so that it is looked for behind the first one too.
            let behind = bare.split_once(['-', ':', '|', '_']).map_or("", |(_, behind)| behind);
            [identifier, bare.as_ref(), tail, behind].into_iter().find_map(|text| self.written(text))
        })
    }

    /// The hash that an identifier is of what everyone tries: in hexadecimal, whole or cut to 16 digits or more, behind a
    /// prefix, or with the hyphens of a UUID. It has the characters `seen`.
    pub(crate) fn tried(&self, identifier: &str, seen: Set) -> Option<Origin> {
        let tail = || {
            let tail = identifier.bytes().rev().take_while(u8::is_ascii_alphanumeric).count();
            identifier.get(identifier.len().saturating_sub(tail)..)
        };
        let parts = !seen.without(Set::ALPHANUMERIC).is_empty();
        self.hash_of_tried(identifier).or_else(|| self.hash_of_tried(tail().filter(|_| parts)?))
    }

    fn hash_of_tried(&self, text: &str) -> Option<Origin> {
        // The bit that makes letters small is set in digits.
        let key = |text: &str| Some(u32::from_be_bytes(*text.as_bytes().first_chunk()?) | 0x2020_2020);
        let wanted = key(text).filter(|_| text.len() >= SHORTEST)?;
        let tried = self.tried.get_or_init(|| {
            let mut tried = Vec::new();
            for word in TRIED {
                for function in Function::PLAIN {
                    let written = Writing::Hexadecimal.write(&function.hash(word));
                    tried.push((key(&written).unwrap_or_default(), written, word, function));
                }
            }
            crate::order::sort_by_key(&mut tried, |(key, ..)| *key);
            tried
        });
        let from = tried.partition_point(|(key, ..)| *key < wanted);
        let mut near = tried.get(from..)?.iter().take_while(|(key, ..)| *key == wanted);
        let digits = || text.bytes().filter(|byte| *byte != b'-');
        let same = |whole: &str| {
            (SHORTEST..=whole.len()).contains(&digits().count())
                && digits().zip(whole.bytes()).all(|(one, two)| one.eq_ignore_ascii_case(&two))
        };
        let (_, _, word, function) = near.find(|(_, whole, ..)| same(whole))?;
        Some(Origin { candidate: (*word).into(), span: None, function: function.name(Writing::Hexadecimal) })
    }

    fn hashed(&self, text: &str) -> Option<Origin> {
        if text.len() < SHORTEST {
            return None;
        }
        image::beginnings(text).into_iter().find_map(|(wanted, writing)| {
            let from = self.hashes.partition_point(|(beginning, ..)| *beginning < wanted);
            let near = self.hashes.get(from..)?.iter().take_while(|(beginning, ..)| *beginning == wanted);
            near.into_iter().find_map(|&(_, place, function)| {
                let (form, span) = self.forms.get(place as usize)?;
                let whole = writing.write(&function.hash(form));
                let same = writing.same(whole.get(..text.len())?, text);
                same.then(|| Origin {
                    candidate: form.clone(),
                    span: Some(span.clone()),
                    function: function.name(writing),
                })
            })
        })
    }

    fn written(&self, text: &str) -> Option<Origin> {
        let wanted = text.to_lowercase();
        let from = self.plain.partition_point(|(written, ..)| *written < wanted);
        let near = self.plain.get(from..)?.iter().take_while(|(written, ..)| *written == wanted);
        near.into_iter().find_map(|(_, place, plain)| {
            let (form, span) = self.forms.get(*place as usize)?;
            // Base64 of something else would be the same only in another case.
            let same = plain.is_any_case() || plain.write(form) == text;
            same.then(|| Origin { candidate: form.clone(), span: Some(span.clone()), function: plain.name() })
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(identifier: &str, candidates: &str) -> Option<(String, &'static str)> {
        let document = Document::new("subject.candidates", candidates);
        let (candidates, error) = Candidates::read(&document);
        assert!(error.is_none());
        candidates.origin(identifier).map(|origin| (origin.candidate, origin.function))
    }

    #[test]
    fn hashes_of_candidates_are_found() {
        // By md5sum, sha1sum and sha256sum.
        for (identifier, candidate, function) in [
            ("7c6a180b36896a0a8c02787eeafb0e4c", "password1", "MD5 in hexadecimal"),
            ("e38ad214943daad1d64c102faec29de4afe9da3d", "password1", "SHA-1 in hexadecimal"),
            ("0b14d501a594442a01c6859541bcb3e8164d183d32937b851835442f69d5c94e", "password1", "SHA-256 in hexadecimal"),
            ("0B14D501A594442A01C6859541BCB3E8", "password1", "SHA-256 in hexadecimal"),
            ("u-0b14d501a594442a", "password1", "SHA-256 in hexadecimal"),
            ("CxTVAaWURCoBxoWVQbyz6BZNGD0yk3uFGDVEL2nVyU4=", "password1", "SHA-256 in base64"),
            // RFC 9562, appendix A: www.example.com in the namespace of DNS.
            ("5df41881-3aed-3515-88a7-2f4a814cf09e", "www.example.com", "the UUID of version 3 in the namespace DNS"),
            ("2ed6657d-e927-568b-95e1-2665a8aea6a2", "www.example.com", "the UUID of version 5 in the namespace DNS"),
        ] {
            let expected = Some((candidate.to_string(), function));
            assert_eq!(found(identifier, &alloc::format!("bob\n {candidate} \n42\n")), expected, "{identifier}");
        }
        assert_eq!(found("9b74c9897bac770ffc029102a200c5de", "password1"), None);
        assert_eq!(found("0b14d501a594442b01c6859541bcb3e8", "password1"), None);
    }

    #[test]
    fn hashes_of_what_everyone_tries_are_found() {
        let tried = |identifier: &str| {
            Candidates::default()
                .tried(identifier, Set::seen(identifier))
                .map(|origin| (origin.candidate, origin.function))
        };
        // By md5sum, sha1sum and sha256sum.
        for (identifier, word, function) in [
            ("5d41402abc4b2a76b9719d911017c592", "hello", "MD5 in hexadecimal"),
            ("5D41402A-BC4B-2A76-B971-9D911017C592", "hello", "MD5 in hexadecimal"),
            ("a94a8fe5ccb19ba61c4c0873d391e987982fbbd3", "test", "SHA-1 in hexadecimal"),
            ("5e884898da28047151d0e56f8dc6292773603d0d6aabbdd62a11ef721d1542d8", "password", "SHA-256 in hexadecimal"),
            ("u-5e884898da280471", "password", "SHA-256 in hexadecimal"),
            ("e3b0c44298fc1c149afbf4c8996fb924", "", "SHA-256 in hexadecimal"),
        ] {
            assert_eq!(tried(identifier), Some((word.to_string(), function)), "{identifier}");
        }
        for identifier in
            ["5d41402abc4b2a76b9719d911017c593", "5d41402abc4b2a7", "5d41402abc4b2a76b9719d911017c5920", ""]
        {
            assert_eq!(tried(identifier), None, "{identifier}");
        }
    }

    #[test]
    fn what_is_only_written_otherwise_is_found() {
        for (identifier, function) in [
            ("Alice@contoso.com", "the text itself"),
            ("user-alice@contoso.com", "the text itself"),
            ("YWxpY2VAY29udG9zby5jb20=", "base64, no hash,"),
            ("616c69636540636f6e746f736f2e636f6d", "hexadecimal, no hash,"),
        ] {
            let origin = found(identifier, "bob\nalice@contoso.com\n");
            assert_eq!(origin.map(|(_, function)| function), Some(function), "{identifier}");
        }
        assert_eq!(found("ywxpy2vay29udg9zby5jb20=", "alice@contoso.com"), None);
        assert_eq!(found("malice@contoso.com", "alice@contoso.com"), None);
    }
}
