//! The certificates that a path can be built from.

use alloc::collections::BTreeMap;
use alloc::vec::Vec;

use serde::{Deserialize, Serialize};

use crate::Span;
use crate::certificate::{Certificate, Name};

/// Where a certificate of a chain comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Origin {
    /// The subject: what the peer sends.
    Subject,
    /// The intermediates that the verifier has.
    Intermediates,
    /// The roots that the verifier trusts.
    Roots,
}

/// A certificate of the pool.
#[derive(Debug, Clone)]
pub(crate) struct Member<'a> {
    pub(crate) certificate: &'a Certificate,
    pub(crate) origin: Origin,
    /// Its place in its document, from 1.
    pub(crate) number: u32,
    pub(crate) span: Span,
    pub(crate) trusted: bool,
    /// SHA-256 of its DER.
    pub(crate) digest: [u8; 32],
    /// SHA-256 of its SubjectPublicKeyInfo.
    pub(crate) key_digest: [u8; 32],
    /// The bucket of its issuer's name.
    issuer: usize,
}

/// The certificates that a path can be built from, each once.
#[derive(Debug, Default)]
pub(crate) struct Pool<'a> {
    members: Vec<Member<'a>>,
    /// The number of each bucket of names.
    buckets: BTreeMap<Vec<u8>, usize>,
    /// The members whose subject is in each bucket.
    by_subject: Vec<Vec<usize>>,
    by_digest: BTreeMap<[u8; 32], usize>,
}

impl<'a> Pool<'a> {
    /// Adds a certificate. One that is there already stays as it was, and becomes trusted if this one is.
    pub(crate) fn add(&mut self, certificate: &'a Certificate, origin: Origin, number: u32, span: Span) -> usize {
        let digest = certificate.sha256();
        let trusted = origin == Origin::Roots;
        if let Some(&present) = self.by_digest.get(&digest) {
            if let Some(member) = self.members.get_mut(present) {
                member.trusted |= trusted;
            }
            return present;
        }
        let place = self.members.len();
        let key_digest = certificate.public_key.sha256();
        self.by_digest.insert(digest, place);
        let subject = self.bucket(&certificate.subject);
        let issuer = if certificate.is_self_issued() { subject } else { self.bucket(&certificate.issuer) };
        if let Some(places) = self.by_subject.get_mut(subject) {
            places.push(place);
        }
        self.members.push(Member { certificate, origin, number, span, trusted, digest, key_digest, issuer });
        place
    }

    /// The number of a name's bucket, a new one if need be.
    fn bucket(&mut self, name: &Name) -> usize {
        let next = self.by_subject.len();
        let number = *self.buckets.entry(bucket(name)).or_insert(next);
        if number == next {
            self.by_subject.push(Vec::new());
        }
        number
    }

    pub(crate) fn get(&self, place: usize) -> Option<&Member<'a>> {
        self.members.get(place)
    }

    /// The members whose subject is this name.
    pub(crate) fn named(&self, name: &Name) -> impl Iterator<Item = usize> {
        self.buckets.get(&bucket(name)).into_iter().flat_map(move |&number| self.of_bucket(number, name))
    }

    /// The members whose subject is the issuer of this one, itself included.
    pub(crate) fn issuers(&self, member: &Member<'a>) -> impl Iterator<Item = usize> {
        self.of_bucket(member.issuer, &member.certificate.issuer)
    }

    fn of_bucket(&self, number: usize, name: &Name) -> impl Iterator<Item = usize> {
        let places = self.by_subject.get(number).map(Vec::as_slice).unwrap_or_default();
        places
            .iter()
            .copied()
            .filter(|&place| self.members.get(place).is_some_and(|member| member.certificate.subject.matches(name)))
    }
}

/// Names that match share a bucket: the letters and digits of their texts, folded. Other bytes are left out, so names
/// that differ in blanks or in their string types meet here and are told apart by [`Name::matches`].
fn bucket(name: &Name) -> Vec<u8> {
    let mut bucket = Vec::with_capacity(name.raw().len());
    for attribute in name.attributes() {
        bucket.extend(attribute.oid.as_bytes());
        if let Some(text) = attribute.text() {
            if text.is_ascii() {
                let seen = text.bytes().filter(|octet| !char::from(*octet).is_whitespace());
                bucket.extend(seen.map(|octet| octet.to_ascii_lowercase()));
                continue;
            }
            let folded = text.chars().filter(|character| !character.is_whitespace()).flat_map(char::to_lowercase);
            for character in folded {
                let mut buffer = [0; 4];
                bucket.extend(character.encode_utf8(&mut buffer).as_bytes());
            }
        }
    }
    bucket
}
