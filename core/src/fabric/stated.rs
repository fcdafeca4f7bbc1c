//! Certificates written as facts: what the rules look at, without the certificate.
//!
//! Published vectors and redacted cases have no certificates to paste. Their facts become the same
//! [`Presented`](super::presented::Presented) that a pasted certificate becomes, so one code decides both. A fact that is
//! not written is unknown: a verdict that depends on it is indeterminate and names it.

mod chain_errors;
mod purpose;
mod sha1;

use alloc::borrow::Cow;
use alloc::collections::BTreeMap;
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use serde::{Deserialize, Serialize};

use super::FACTS;
use super::IssuerIdentity;
use super::presentation::{COMMON_NAME, Installed, KeyFacts};
use super::presented::{Presented, Usage};
use super::subject::Candidate;
use super::worlds::Open;
use crate::certificate::{Facts, GeneralName, Key};
use crate::chain::Cause;
use crate::chain::status::error;
use crate::quote::quote;
use crate::{Document, Time};

pub use chain_errors::ChainErrors;
pub use purpose::Purpose;
pub use sha1::Sha1;

/// A certificate of which only facts are given. Each fact that is absent is unknown.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, default)]
pub struct StatedCertificate {
    /// The SHA-1 of the certificate: 40 hexadecimal digits.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub thumbprint: Option<Sha1>,
    /// The common names of the subject, in the order of its encoding; empty: it has none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub common_names: Option<Vec<String>>,
    /// The dNSNames of subjectAltName; empty: it has none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub dns_names: Option<Vec<String>>,
    /// The purposes of extKeyUsage; empty: it has no such extension, and is fit for every purpose.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub extended_key_usage: Option<Vec<Purpose>>,
    /// Whether it is its own issuer.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub self_signed: Option<bool>,
    /// The certificate directly above it in the chain that the verifier builds.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub issuer: Option<StatedIssuer>,
    /// The verifier finds no certificate above it, though it is not self-signed (CryptoUtility.cpp:2727-2765).
    #[serde(skip_serializing_if = "core::ops::Not::not")]
    pub issuer_missing: bool,
    /// Whether the peer sends its issuer's certificate as well: on Linux that is the issuer, and the certificate itself
    /// where it is sent alone (CryptoUtility.Linux.cpp:1940-1968).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sends_issuer: Option<bool>,
    /// Its public key: any text that is the same exactly where the keys are, such as the SHA-256 of it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub key: Option<String>,
    /// The first second of its validity. Without one, `chain_errors` alone says whether it is valid.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub not_before: Option<Time>,
    /// The last second of its validity. Without one, `chain_errors` alone says whether it is valid.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub not_after: Option<Time>,
    /// What the chain suffers from, as the verifier built it: names of `CERT_TRUST_*` error bits; empty: nothing.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub chain_errors: Option<ChainErrors>,
}

/// The certificate directly above a stated one. Each identity that is absent is unknown.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, default)]
pub struct StatedIssuer {
    /// The SHA-1 of its certificate: 40 hexadecimal digits.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub thumbprint: Option<Sha1>,
    /// Its public key, as any text that is the same exactly where the keys are.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub key: Option<String>,
}

/// The errors that could stand where a certificate's chain is not stated: one for each way in which the rules differ.
const ANY_ERROR: u32 = error::NOT_TIME_VALID
    | error::NOT_SIGNATURE_VALID
    | error::UNTRUSTED_ROOT
    | error::REVOCATION_STATUS_UNKNOWN
    | error::PARTIAL_CHAIN
    | error::OFFLINE_REVOCATION;

impl StatedCertificate {
    /// The certificate at one instant, as the rules see it.
    pub(super) fn candidate(&self, number: u32, at: Time) -> Candidate {
        let mut causes = Vec::new();
        let mut bits = self.chain_errors.map_or(0, |errors| errors.0);
        for (bit, name) in error::NAMES.iter().filter(|(bit, _)| bits & bit != 0) {
            let because = format!("the chain of certificate {number} is stated to have {name}");
            causes.push(Cause { bit: *bit, unknown: false, because, span: None });
        }
        let expired = self.not_after.is_some_and(|until| until <= at);
        let early = self.not_before.is_some_and(|from| at < from);
        if expired || early {
            bits |= error::NOT_TIME_VALID;
            let because = match (self.not_before, self.not_after) {
                (Some(from), _) if early => format!("certificate {number} is not valid before {from}"),
                (_, Some(until)) => format!("certificate {number} expired at {until}"),
                _ => String::new(),
            };
            causes.push(Cause { bit: error::NOT_TIME_VALID, unknown: false, because, span: None });
        }
        let unknown = if self.chain_errors.is_none() { ANY_ERROR & !bits } else { 0 };
        let self_signed = self.is_its_issuer();
        let is_self_signed = self_signed == Some(true);
        let own = Identities { thumbprint: self.thumbprint.as_ref(), key: self.key.as_deref() };
        let none = Identities::default();
        let above = self.issuer.as_ref();
        let above =
            above.map(|issuer| Identities { thumbprint: issuer.thumbprint.as_ref(), key: issuer.key.as_deref() });
        let issuer = if is_self_signed { own } else { above.unwrap_or_default() };
        // A certificate that is its own issuer, or has none, leaves nothing open that its own facts don't.
        let has_issuer = !self.issuer_missing || is_self_signed;
        let sent_is_known = is_self_signed || self.sends_issuer.is_some();
        let sent = match self.sends_issuer {
            Some(false) => own,
            _ if is_self_signed => own,
            _ if self.issuer_missing => none,
            _ => issuer,
        };
        let is_expired = match self.not_after {
            Some(_) => Some(expired),
            None if (bits | unknown) & error::NOT_TIME_VALID == 0 || early => Some(false),
            None => None,
        };
        Candidate {
            number,
            presented: Presented {
                thumbprint: self.thumbprint.as_ref().map_or_else(Vec::new, |sha1| sha1.0.to_vec()),
                common_names: self.common_names.clone().unwrap_or_default(),
                dns_names: self.dns_names.clone().unwrap_or_default(),
                usage: self.usage(),
                issuer: if has_issuer { issuer.list() } else { Vec::new() },
                issuer_sent: sent.list(),
                chain: bits,
            },
            open: Open {
                errors: unknown,
                thumbprint: self.thumbprint.is_none(),
                common_names: self.common_names.is_none(),
                dns_names: self.dns_names.is_none(),
                usage: self.extended_key_usage.is_none(),
                issuer_thumbprint: has_issuer && issuer.thumbprint.is_none(),
                issuer_key: has_issuer && issuer.key.is_none(),
                sent_thumbprint: !sent_is_known || sent.thumbprint.is_none(),
                ..Open::default()
            },
            twins: Vec::new(),
            orders: Vec::new(),
            causes,
            key: self.key.as_ref().map(|key| key.as_bytes().to_vec()),
            self_signed,
            expired: is_expired,
            signatures: 0,
            exhausted: None,
        }
    }

    /// Whether it is self-signed, as far as that is stated or follows.
    fn is_its_issuer(&self) -> Option<bool> {
        let above = self.issuer.as_ref().and_then(|issuer| issuer.thumbprint.as_ref());
        match (self.self_signed, above, &self.thumbprint) {
            (Some(stated), ..) => Some(stated),
            (None, Some(above), Some(own)) => Some(above == own),
            _ => self.issuer_missing.then_some(false),
        }
    }

    /// The thumbprint of the certificate directly above it, if that is another one and stated.
    pub(super) fn thumbprint_above(&self) -> Option<&Sha1> {
        let above = self.issuer.as_ref().filter(|_| !self.ends_its_chain())?;
        above.thumbprint.as_ref()
    }

    /// Whether nothing stands above it: it is its own issuer, or none is found.
    pub(super) fn ends_its_chain(&self) -> bool {
        self.issuer_missing || self.is_its_issuer() == Some(true)
    }

    fn usage(&self) -> Option<Usage> {
        let purposes = self.extended_key_usage.as_ref().filter(|purposes| !purposes.is_empty())?;
        Some(Usage { server: purposes.contains(&Purpose::Server), client: purposes.contains(&Purpose::Client) })
    }

    /// The facts in the form that a pasted certificate's have, for messages. What is not stated is empty, and a validity
    /// that is not stated is all of time.
    pub(super) fn facts(&self, number: u32) -> Facts {
        let common_names = self.common_names.clone().unwrap_or_default();
        let name = common_names.first().or_else(|| self.dns_names.as_ref()?.first());
        Facts {
            number,
            span: Document::new(FACTS, "").span(0..0),
            subject: name.map_or_else(String::new, |name| format!("CN={}", quote(name).trim_matches('`'))),
            issuer: String::new(),
            serial: String::new(),
            not_before: self.not_before.unwrap_or(Time::MIN),
            not_after: self.not_after.unwrap_or(Time::MAX),
            sha1: self.thumbprint.as_ref().map_or_else(String::new, |sha1| String::from(sha1.clone())),
            sha256: String::new(),
            alternative_names: self.dns_names.iter().flatten().cloned().map(GeneralName::Dns).collect(),
            common_names,
            key: Key { algorithm: Cow::Borrowed(""), bits: 0 },
            signature_algorithm: Cow::Borrowed(""),
            basic_constraints: None,
            key_usage: None,
            extended_key_usage: None,
            subject_key_id: None,
            authority_key_id: None,
            crl_urls: Vec::new(),
            issuer_urls: Vec::new(),
            ocsp_urls: Vec::new(),
            self_issued: self.self_signed == Some(true),
            extensions: Vec::new(),
        }
    }

    /// The certificate in a store. What is not stated is empty, and finds nothing.
    pub(super) fn installed(&self, number: u32) -> Installed {
        let names = self.common_names.iter().flatten();
        Installed {
            number,
            thumbprint: self.thumbprint.as_ref().map_or_else(Vec::new, |sha1| sha1.0.to_vec()),
            subject: names.map(|name| (String::from(COMMON_NAME), name.clone())).collect(),
            dns_names: self.dns_names.clone().unwrap_or_default(),
            serves: self.extended_key_usage.as_ref().is_none_or(|own| own.is_empty() || own.contains(&Purpose::Server)),
            not_before: self.not_before.unwrap_or(Time::MIN),
            not_after: self.not_after.unwrap_or(Time::MAX),
            key: KeyFacts::default(),
            span: None,
        }
    }

    /// Whether everything is stated by which a store finds it.
    pub(super) fn can_be_found(&self) -> bool {
        self.thumbprint.is_some() && self.common_names.is_some()
    }

    /// What is not stated and decides when a store gives it, and for how long it is good: over a roll-out, no list of errors
    /// stands for that.
    pub(super) fn untold(&self) -> Vec<&'static str> {
        let facts = [
            ("its thumbprint", self.thumbprint.is_none()),
            ("its common names", self.common_names.is_none()),
            ("when it begins to be valid", self.not_before.is_none()),
            ("until when it is valid", self.not_after.is_none()),
        ];
        facts.into_iter().filter(|(_, is_untold)| *is_untold).map(|(fact, _)| fact).collect()
    }

    /// The instants at which what is stated changes.
    pub(super) fn instants(&self, number: u32) -> BTreeMap<Time, Vec<String>> {
        let mut instants: BTreeMap<Time, Vec<String>> = BTreeMap::new();
        for (at, becomes) in [(self.not_before, "becomes valid"), (self.not_after, "expires")] {
            if let Some(at) = at {
                instants.entry(at).or_default().push(format!("certificate {number} {becomes}"));
            }
        }
        instants
    }
}

#[derive(Clone, Copy, Default)]
struct Identities<'s> {
    thumbprint: Option<&'s Sha1>,
    key: Option<&'s str>,
}

impl Identities<'_> {
    fn list(self) -> Vec<IssuerIdentity> {
        let thumbprint = self.thumbprint.map(|sha1| IssuerIdentity::Thumbprint(sha1.0.to_vec()));
        let key = self.key.map(|key| IssuerIdentity::Key(key.as_bytes().to_vec()));
        thumbprint.into_iter().chain(key).collect()
    }
}
