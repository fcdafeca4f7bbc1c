//! A certificate of the case as the rules see it: its facts, and its chain with what is not known about it.

mod order;

use alloc::string::String;
use alloc::vec::Vec;

pub(super) use order::Order;

use super::presented::{Presented, Usage};
use super::worlds::Open;
use super::{IssuerIdentity, Platform};
use crate::certificate::{Facts, GeneralName, NameForm, known};
use crate::chain::status::{Cause, error};
use crate::chain::{Built, End, Options, Path, PolicyInputs, Semantics, Signature, Store, Verifier};
use crate::host_name::matches_windows;
use crate::{Limits, Time, Trust};

/// A judged certificate at one instant.
#[derive(Debug, Clone)]
pub(super) struct Candidate {
    /// Its place among the pasted certificates, from 1.
    pub(super) number: u32,
    /// What is known.
    pub(super) presented: Presented,
    /// What is not.
    pub(super) open: Open,
    /// The identities of certificates that could as well be its issuer as the one that is presented.
    pub(super) twins: Vec<Vec<IssuerIdentity>>,
    /// What the rules see where the peer's certificates, or the roots of the verifier's store, stand in another order.
    pub(super) orders: Vec<Order>,
    /// What caused each bit.
    pub(super) causes: Vec<Cause>,
    /// Its public key: any bytes that are the same exactly where the keys are.
    pub(super) key: Option<Vec<u8>>,
    /// Whether the certificate is its own issuer, if that is known.
    pub(super) self_signed: Option<bool>,
    /// Whether its own validity has ended, if that is known.
    pub(super) expired: Option<bool>,
    /// Signatures that were asked for.
    pub(super) signatures: usize,
    /// The limit that ended the search for a chain.
    pub(super) exhausted: Option<&'static str>,
}

impl Candidate {
    /// Whether the error bits of its chain are known, whatever the order.
    pub(super) fn is_chain_certain(&self) -> bool {
        self.open.errors == 0 && self.orders.iter().all(|order| order.chain == self.presented.chain)
    }

    /// Whether the rules decide the same of this as of `other`, the same certificate at another instant.
    pub(super) fn decides_like(&self, other: &Self) -> bool {
        self.presented == other.presented
            && self.open == other.open
            && self.twins == other.twins
            && self.orders == other.orders
            && self.self_signed == other.self_signed
            && self.expired == other.expired
            && self.exhausted == other.exhausted
    }

    /// The SHA-1 of the certificate that counts as its issuer: the one above it in the chain, on Linux the second one
    /// that the peer sends.
    pub(super) fn issuer(&self, platform: Platform) -> Option<&[u8]> {
        let issuer = match platform {
            Platform::Windows => &self.presented.issuer,
            Platform::Linux => &self.presented.issuer_sent,
        };
        issuer.iter().find_map(|identity| match identity {
            IssuerIdentity::Thumbprint(bytes) => Some(bytes.as_slice()),
            IssuerIdentity::Key(_) => None,
        })
    }
}

/// How chains are built for a connection.
#[derive(Debug, Clone, Copy)]
pub(super) struct ChainSettings {
    pub(super) platform: Platform,
    /// `CERT_CHAIN_REVOCATION_CHECK_*`.
    pub(super) flags: u32,
    pub(super) at: Time,
}

/// Builds the chain of the certificate at `leaf` and reduces it to what the rules look at.
pub(super) fn candidate(
    store: &Store<'_>,
    leaf: usize,
    settings: ChainSettings,
    trust: &Trust,
    roots_known: bool,
    verifier: &mut Verifier,
) -> Option<Candidate> {
    let policies = PolicyInputs::default();
    let flags = match settings.platform {
        Platform::Windows => settings.flags,
        // Any of the three check bits turns on leaf-only checking (CryptoUtility.Linux.cpp:2002-2014).
        Platform::Linux if settings.flags & crate::chain::CHECKS != 0 => crate::chain::CHECK_END_CERT,
        Platform::Linux => 0,
    };
    let options = Options {
        at: settings.at,
        semantics: match settings.platform {
            Platform::Windows => Semantics::Windows,
            Platform::Linux => Semantics::Openssl,
        },
        purpose: None,
        policies: &policies,
        roots_known,
        max_intermediates: None,
        revocation_flags: flags,
        revocation: trust.revocation,
        ends_before_not_after: true,
        refuses_sha1: false,
        no_roots: false,
        anchor: None,
        // OpenSSL holds it against the constraints unless told otherwise (`X509_CHECK_FLAG_NEVER_CHECK_SUBJECT`).
        common_name_is_host: settings.platform == Platform::Linux,
    };
    let built = store.build(leaf, &options, verifier);
    let mut candidate = reduce(store, leaf, &built, &options)?;
    let member = store.pool.get(leaf)?;
    let key = &member.certificate.public_key;
    if candidate.self_signed == Some(true) {
        // Its name alone could be anybody's.
        candidate.self_signed = match verifier.certificate(member.certificate, member.digest, key, member.key_digest) {
            Signature::Good { .. } => Some(true),
            Signature::Unknown(_) | Signature::Broken(_) => None,
            Signature::Bad(_) => Some(false),
        };
    }
    Some(candidate)
}

fn reduce(store: &Store<'_>, leaf: usize, built: &Built, options: &Options<'_>) -> Option<Candidate> {
    let member = store.pool.get(leaf)?;
    let best = built.paths.first()?;
    let certificate = member.certificate;
    let identities = |place: usize| -> Vec<IssuerIdentity> {
        store.pool.get(place).map_or_else(Vec::new, |member| {
            Vec::from([
                IssuerIdentity::Thumbprint(member.certificate.sha1().to_vec()),
                IssuerIdentity::Key(member.certificate.public_key.raw().to_vec()),
            ])
        })
    };
    let self_signed = best.places.len() == 1 && matches!(best.end, End::Trusted | End::UntrustedRoot);
    let issuer = match best.places.get(1) {
        Some(&above) => identities(above),
        None if self_signed => identities(leaf),
        None => Vec::new(),
    };
    let is_openssl = options.semantics == Semantics::Openssl;
    // On Linux rules ask for the second certificate that the peer sends.
    let twins: Vec<Vec<IssuerIdentity>> = match best.places.get(1) {
        Some(&above) if !is_openssl => store.twins(leaf, above, options).into_iter().map(identities).collect(),
        _ => Vec::new(),
    };
    let mut orders = order::all(store, leaf, built, options.semantics);
    let mut exhausted = built.exhausted;
    if orders.len() > Limits::ORDERS {
        orders.truncate(Limits::ORDERS);
        exhausted = Some("ORDERS");
    }
    let sent = orders.first().and_then(|(second, _)| *second);
    let orders: Vec<Order> = orders
        .into_iter()
        .skip(1)
        .map(|(second, chain)| Order { issuer_sent: identities(second.unwrap_or(leaf)), chain })
        .collect();
    let unknown = match is_openssl {
        true => built.paths.iter().fold(0, |bits, path| bits | path.unknown()) & !best.errors(),
        false => best.unknown(),
    };
    let usage = certificate.extensions.extended_key_usage.get().map(|purposes| Usage {
        server: purposes.iter().any(|oid| *oid == known::SERVER_AUTH),
        client: purposes.iter().any(|oid| *oid == known::CLIENT_AUTH),
    });
    let alternative = certificate.extensions.subject_alt_name.get().map(Vec::as_slice).unwrap_or_default();
    let dns_names = alternative.iter().filter_map(|form| match form {
        NameForm::Dns(name) => Some(name.clone()),
        _ => None,
    });
    let issuer_unknown =
        best.places.len() == 1 && !certificate.is_self_issued() && best.unknown() & error::PARTIAL_CHAIN != 0;
    let presented = Presented {
        thumbprint: certificate.sha1().to_vec(),
        common_names: certificate.subject.common_names().map(String::from).collect(),
        dns_names: dns_names.collect(),
        usage,
        issuer,
        issuer_sent: identities(sent.unwrap_or(leaf)),
        chain: errors(best, options.semantics),
    };
    let sent_order = built.orders.sent || orders.iter().any(|order| order.issuer_sent != presented.issuer_sent);
    Some(Candidate {
        number: member.number,
        presented,
        open: Open {
            errors: unknown,
            issuer_thumbprint: issuer_unknown,
            issuer_key: issuer_unknown,
            issuer_among: !twins.is_empty(),
            sent_order,
            kept_order: built.orders.kept,
            ..Open::default()
        },
        twins,
        orders,
        causes: best.judged.iter().flat_map(|judged| judged.causes.clone()).collect(),
        key: Some(certificate.public_key.raw().to_vec()),
        self_signed: Some(self_signed),
        expired: Some(options.has_ended(certificate.validity.not_after)),
        signatures: built.signatures,
        exhausted,
    })
}

/// The error bits of a chain. Where nothing can be looked up about one element, `CRYPT_E_NO_REVOCATION_CHECK` stands before
/// another's unreachable list in Microsoft's order of what a chain policy returns, and an unreachable list alone is forgiven
/// (SecurityContextSsl.cpp:1642-1711): then it is not what the chain suffers from.
fn errors(path: &Path, semantics: Semantics) -> u32 {
    const BOTH: u32 = error::REVOCATION_STATUS_UNKNOWN | error::OFFLINE_REVOCATION;
    let is_unchecked = path.judged.iter().any(|own| own.status.errors & BOTH == error::REVOCATION_STATUS_UNKNOWN);
    match semantics {
        Semantics::Windows if is_unchecked => path.errors() & !error::OFFLINE_REVOCATION,
        _ => path.errors(),
    }
}

/// The common names and host names of a certificate, for messages.
pub(super) fn names(facts: &Facts) -> impl Iterator<Item = &str> + Clone {
    let hosts = facts.alternative_names.iter().filter_map(|name| match name {
        GeneralName::Dns(name) => Some(name.as_str()),
        _ => None,
    });
    facts.common_names.iter().map(String::as_str).chain(hosts)
}

/// Whether a declared name is one of the certificate's, as a common name or as a host.
pub(super) fn is_named(facts: &Facts, declared: &str) -> bool {
    // Manifests declare names by the thousand, and nearly all names are ASCII, which needs no folding.
    let is_folded =
        |own: &str| !(own.is_ascii() && declared.is_ascii()) && own.to_lowercase() == declared.to_lowercase();
    names(facts).any(|own| matches_windows(own, declared) || is_folded(own))
}
