//! Judging one path: everything that is wrong with each element, not just the first thing.

use alloc::format;
use alloc::string::{String, ToString as _};
use alloc::vec::Vec;

use super::name_constraints::{Comparisons, Remembered, TooManyNames, broken_common_name};
use super::options::{Options, Purpose, Semantics};
use super::path::{Edge, End, match_info};
use super::pool::Member;
use super::status::{Cause, TrustStatus, error, info};
use super::verifier::{Signature, Verifier};
use super::{path_length, policy, profile};
use crate::Span;
use crate::certificate::{Certificate, Decoded, Extensions, KeyUsage, Oid, known};

/// What is wrong with one element.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Judged {
    pub(crate) status: TrustStatus,
    pub(crate) causes: Vec<Cause>,
}

impl Judged {
    pub(crate) fn fail(&mut self, bit: u32, because: impl Into<String>, span: &Span) {
        self.status.errors |= bit;
        self.causes.push(Cause { bit, unknown: false, because: because.into(), span: Some(span.clone()) });
    }

    pub(crate) fn doubt(&mut self, bit: u32, because: impl Into<String>, span: &Span) {
        if self.status.errors & bit == 0 {
            self.status.unknown |= bit;
            self.causes.push(Cause { bit, unknown: true, because: because.into(), span: Some(span.clone()) });
        }
    }
}

/// Judges every element of a path, leaf first.
pub(crate) fn path(
    members: &[&Member<'_>],
    edges: &[Edge],
    end: &End,
    options: &Options<'_>,
    comparisons: &mut Comparisons,
    verifier: &mut Verifier,
) -> Result<Vec<Judged>, TooManyNames> {
    let mut judged: Vec<Judged> = members.iter().map(|_| Judged::default()).collect();
    for (place, (member, own)) in members.iter().zip(&mut judged).enumerate() {
        let is_top = place.saturating_add(1) == members.len();
        // OpenSSL verifies an element together with the one above it, and of a chain without an end begins below the last one
        // (`internal_verify`, crypto/x509/x509_vfy.c).
        let is_verified = !is_top || place == 0 || matches!(end, End::Trusted | End::UntrustedRoot);
        if is_verified || options.semantics != Semantics::Openssl {
            validity(member, options, own);
        }
        extensions(member, options, own);
        if let Some(edge) = edges.get(place) {
            own.status.info |= edge.info;
            signature(member, &edge.signature, options, own);
        }
        if place > 0 {
            authority(member, is_top, options, own);
        } else {
            leaf(member, options, own);
        }
        usage(member, place, options, own);
    }
    path_length::check(members, &mut judged, options.semantics);
    ending(members, end, options, &mut judged, verifier);
    names(members, &mut judged, options, comparisons, &mut verifier.names)?;
    // The trust anchor is an input of policy processing, not a part of the path (RFC 5280, section 6.1).
    let without_anchor = match end {
        End::Trusted => members.len().saturating_sub(1).max(1),
        _ => members.len(),
    };
    let path: Vec<&Certificate> = members.iter().take(without_anchor).map(|member| member.certificate).collect();
    if let Some(bit) = policy::check(&path, options.policies)
        && let (Some(own), Some(member)) = (judged.first_mut(), members.first())
    {
        own.fail(bit, "no certificate policy is valid for the whole chain, and one is required", &member.span);
    }
    if let Some(most) = options.max_intermediates {
        let intermediates = members.len().saturating_sub(2);
        if intermediates > most as usize
            && let (Some(own), Some(member)) = (judged.first_mut(), members.first())
        {
            let because = format!("expected at most {most} intermediates, found {intermediates}");
            own.fail(error::INVALID_BASIC_CONSTRAINTS, because, &member.span);
        }
    }
    Ok(judged)
}

fn validity(member: &Member<'_>, options: &Options<'_>, own: &mut Judged) {
    let validity = &member.certificate.validity;
    if options.at < validity.not_before {
        let because = format!("not valid before {}", validity.not_before);
        own.fail(error::NOT_TIME_VALID, because, &member.span);
    } else if options.has_ended(validity.not_after) {
        own.fail(error::NOT_TIME_VALID, format!("expired at {}", validity.not_after), &member.span);
    }
}

fn extensions(member: &Member<'_>, options: &Options<'_>, own: &mut Judged) {
    let extensions = &member.certificate.extensions;
    let is_windows = options.semantics == Semantics::Windows;
    for extension in extensions.unknown_critical() {
        if is_windows && Extensions::is_old_subject_alt_name(extension) {
            continue;
        }
        let because = format!("the critical extension `{}` is not supported", extension.oid.label());
        own.fail(error::NOT_SUPPORTED_CRITICAL_EXT | error::INVALID_EXTENSION, because, &member.span);
    }
    for fault in extensions.faults() {
        own.fail(error::INVALID_EXTENSION, format!("an extension can't be understood: {fault}"), &member.span);
    }
    if let Some(extension) = extensions.repeated() {
        let because = format!("the extension `{}` stands there twice", extension.oid.label());
        own.fail(error::INVALID_EXTENSION, because, &member.span);
    }
    if !is_windows && member.certificate.version < 3 && !extensions.list.is_empty() {
        own.fail(error::INVALID_EXTENSION, "extensions in a certificate that is not of version 3", &member.span);
    }
    if options.semantics == Semantics::Rfc5280 {
        profile::check(member, own);
    }
}

fn signature(member: &Member<'_>, signature: &Signature, options: &Options<'_>, own: &mut Judged) {
    match signature {
        Signature::Good { is_sha1: true } if options.refuses_sha1 => {
            let because = "it is signed over SHA-1, which no longer proves who signed";
            own.fail(error::NOT_SIGNATURE_VALID | error::WEAK_SIGNATURE, because, &member.span);
        }
        Signature::Good { .. } => {}
        Signature::Bad(because) => own.fail(error::NOT_SIGNATURE_VALID, because.clone(), &member.span),
        Signature::Broken(because) => {
            own.fail(error::NOT_SIGNATURE_VALID | error::WEAK_SIGNATURE, because.clone(), &member.span);
        }
        Signature::Unknown(because) => own.doubt(error::NOT_SIGNATURE_VALID, because.clone(), &member.span),
    }
}

/// What an element that issued another must be.
fn authority(member: &Member<'_>, is_top: bool, options: &Options<'_>, own: &mut Judged) {
    let certificate = member.certificate;
    let extensions = &certificate.extensions;
    match &extensions.basic_constraints {
        Decoded::Present(constraints) if !constraints.ca => {
            own.fail(error::INVALID_BASIC_CONSTRAINTS, "basicConstraints say that it is no authority", &member.span);
        }
        Decoded::Present(_) | Decoded::Malformed(_) => {}
        Decoded::Absent if is_authority_without_constraints(member, is_top, options.semantics) => {}
        Decoded::Absent => {
            let because = "it has no basicConstraints, so it is no authority";
            own.fail(error::INVALID_BASIC_CONSTRAINTS, because, &member.span);
        }
    }
    if let Some(usage) = extensions.key_usage.get()
        && !usage.contains(KeyUsage::KEY_CERT_SIGN)
    {
        // To OpenSSL it is no authority then; elsewhere the use is wrong.
        let bit = match options.semantics {
            Semantics::Openssl => error::INVALID_BASIC_CONSTRAINTS,
            Semantics::Windows | Semantics::Rfc5280 => error::NOT_VALID_FOR_USAGE,
        };
        own.fail(bit, "keyUsage lacks keyCertSign", &member.span);
    }
}

/// Version 1 has no extensions: a root of that version is one because the verifier says so. Windows takes any self-signed
/// root without the extension, OpenSSL the last element of a path if keyUsage lets it sign (`check_ca`,
/// crypto/x509/v3_purp.c; `check_extensions`, crypto/x509/x509_vfy.c).
fn is_authority_without_constraints(member: &Member<'_>, is_top: bool, semantics: Semantics) -> bool {
    let certificate = member.certificate;
    let is_old_root = is_top && member.trusted && certificate.version < 3;
    let signs = || certificate.extensions.key_usage.get().is_some_and(|usage| usage.contains(KeyUsage::KEY_CERT_SIGN));
    is_old_root
        || match semantics {
            Semantics::Rfc5280 => false,
            Semantics::Windows => is_top && certificate.is_self_issued(),
            Semantics::Openssl => is_top && signs(),
        }
}

fn leaf(member: &Member<'_>, options: &Options<'_>, own: &mut Judged) {
    let extensions = &member.certificate.extensions;
    let is_authority = extensions.basic_constraints.get().is_some_and(|constraints| constraints.ca);
    let Some(&usage) = extensions.key_usage.get() else { return };
    if options.semantics == Semantics::Windows {
        if usage.contains(KeyUsage::KEY_CERT_SIGN) && !is_authority {
            own.fail(error::NOT_VALID_FOR_USAGE, "keyUsage has keyCertSign, and it is no authority", &member.span);
        }
        return;
    }
    // An authority that stands at the end of a chain, as some devices have it, is not held against the TLS uses.
    if is_authority && options.semantics == Semantics::Rfc5280 {
        return;
    }
    let fitting: &[KeyUsage] = match options.purpose {
        None => return,
        Some(Purpose::ServerAuth) => {
            &[KeyUsage::DIGITAL_SIGNATURE, KeyUsage::KEY_ENCIPHERMENT, KeyUsage::KEY_AGREEMENT]
        }
        Some(Purpose::ClientAuth) => &[KeyUsage::DIGITAL_SIGNATURE, KeyUsage::KEY_AGREEMENT],
    };
    if !fitting.iter().any(|&fitting| usage.contains(fitting)) {
        let because = "keyUsage allows none of the uses that TLS makes of the key";
        own.fail(error::NOT_VALID_FOR_USAGE, because, &member.span);
    }
}

/// extKeyUsage: of the leaf, and as a constraint on what an authority may certify.
fn usage(member: &Member<'_>, place: usize, options: &Options<'_>, own: &mut Judged) {
    let wanted = match options.purpose {
        None => return,
        Some(Purpose::ServerAuth) => known::SERVER_AUTH,
        Some(Purpose::ClientAuth) => known::CLIENT_AUTH,
    };
    let Some(purposes) = member.certificate.extensions.extended_key_usage.get() else { return };
    // OpenSSL asks every certificate for the purpose itself (`check_purpose_ssl_server`, crypto/x509/v3_purp.c). Elsewhere
    // a root is trusted for what its store says, not for what it says of itself, and any purpose is every purpose.
    let is_openssl = options.semantics == Semantics::Openssl;
    if place > 0 && member.trusted && !is_openssl {
        return;
    }
    let fits = |oid: &Oid| *oid == wanted || *oid == known::ANY_EXTENDED_KEY_USAGE && !is_openssl;
    if !purposes.iter().any(fits) {
        let names: Vec<_> = purposes.iter().map(|oid| oid.label()).collect();
        let because = format!("extKeyUsage lists {} only", names.join(", "));
        own.fail(error::NOT_VALID_FOR_USAGE, because, &member.span);
    }
}

/// What the end of the path means for its last element.
fn ending(members: &[&Member<'_>], end: &End, options: &Options<'_>, judged: &mut [Judged], verifier: &mut Verifier) {
    let (Some(member), Some(own)) = (members.last(), judged.last_mut()) else { return };
    let issuer = match end {
        End::Trusted => String::new(),
        End::UntrustedRoot if options.roots_known => String::new(),
        _ => crate::quote::quote(&member.certificate.issuer.to_string()),
    };
    match end {
        End::Trusted => {}
        End::UntrustedRoot if options.roots_known => {
            own.fail(error::UNTRUSTED_ROOT, "it is a root, and not one of the trusted ones", &member.span);
        }
        End::UntrustedRoot => {
            own.doubt(
                error::UNTRUSTED_ROOT,
                format!("whether the root {issuer} is trusted is not given"),
                &member.span,
            );
        }
        // Whatever its issuer is, no path ends at a trusted root.
        End::Missing { .. } if options.no_roots => {
            own.fail(
                error::PARTIAL_CHAIN,
                format!("its issuer {issuer} is not here, and no root is trusted"),
                &member.span,
            );
        }
        End::Missing { address: Some(address) } => {
            let because = format!("its issuer {issuer} is not here; it may be at {}", crate::quote::quote(address));
            own.doubt(error::PARTIAL_CHAIN, because, &member.span);
            if !options.roots_known {
                own.doubt(
                    error::UNTRUSTED_ROOT,
                    format!("whether the root above {issuer} is trusted is not given"),
                    &member.span,
                );
            }
        }
        End::Missing { address: None } if !options.roots_known => {
            let because = format!("its issuer {issuer} is not here, and which roots there are is not given");
            own.doubt(error::PARTIAL_CHAIN, because, &member.span);
        }
        End::Missing { address: None } => {
            let root =
                if member.trusted { ", and what is not self-signed is no root, wherever it is kept" } else { "" };
            own.fail(error::PARTIAL_CHAIN, format!("its issuer {issuer} is not here{root}"), &member.span);
        }
        End::Cycle => {
            // To OpenSSL that issuer is missing, unless it is in the store, which is asked until the chain is too long.
            let is_missing = options.semantics == Semantics::Openssl && !member.trusted;
            let cyclic = if is_missing { 0 } else { error::CYCLIC };
            own.fail(cyclic | error::PARTIAL_CHAIN, format!("its issuer {issuer} is already below it"), &member.span);
        }
    }
    if member.certificate.is_self_issued() && matches!(end, End::Trusted | End::UntrustedRoot) {
        own.status.info |= info::SELF_SIGNED | match_info(member.certificate, member.certificate).unwrap_or_default();
        if options.semantics == Semantics::Windows {
            // Windows verifies a root's own signature, too; elsewhere a root's key is trusted, not its certificate.
            let key = &member.certificate.public_key;
            let found = verifier.certificate(member.certificate, member.digest, key, member.key_digest);
            signature(member, &found, options, own);
        }
    } else if options.semantics == Semantics::Windows && matches!(end, End::Missing { .. } | End::Cycle) {
        // How Windows would look for the issuer.
        own.status.info |= match member.certificate.extensions.authority_key_id.get() {
            Some(authority) if authority.serial.is_some() => info::EXACT_MATCH_ISSUER,
            Some(authority) if authority.key_id.is_some() => info::KEY_MATCH_ISSUER,
            _ => info::NAME_MATCH_ISSUER,
        };
    }
}

/// Name constraints, each on the authority that states them.
fn names(
    members: &[&Member<'_>],
    judged: &mut [Judged],
    options: &Options<'_>,
    comparisons: &mut Comparisons,
    remembered: &mut Remembered,
) -> Result<(), TooManyNames> {
    for (place, (member, own)) in members.iter().zip(judged).enumerate() {
        let Some(constraints) = member.certificate.extensions.name_constraints.get() else { continue };
        if options.semantics != Semantics::Windows
            && !member.certificate.extensions.basic_constraints.get().is_some_and(|constraints| constraints.ca)
        {
            own.fail(error::INVALID_NAME_CONSTRAINTS, "nameConstraints in a certificate of no authority", &member.span);
        }
        let (errors_before, unknown_before) = (own.status.errors, own.status.unknown);
        for (depth, below) in members.iter().take(place).enumerate() {
            // Self-issued intermediates are exempt (RFC 5280, section 6.1.3, step b).
            if depth > 0 && below.certificate.is_self_issued() {
                continue;
            }
            let digests = (member.digest, below.digest);
            let held = remembered.hold(constraints, below.certificate, digests, options.semantics, comparisons)?;
            let certificate = below.label();
            if held.is_unsupported {
                let because = format!(
                    "its nameConstraints are of a form that is not supported, and {certificate} has such a name"
                );
                own.fail(error::NOT_SUPPORTED_NAME_CONSTRAINT, because, &member.span);
            }
            if let Some(broken) = held.broken {
                let verb = if broken.bit == error::EXCLUDED_NAME_CONSTRAINT { "exclude" } else { "do not permit" };
                let because =
                    format!("its nameConstraints {verb} {} of {certificate}", crate::quote::quote(&broken.name));
                own.fail(broken.bit, because, &member.span);
            } else if let Some(undecided) = held.undecided {
                let verb = if undecided.bit == error::EXCLUDED_NAME_CONSTRAINT { "exclude" } else { "permit" };
                let name = crate::quote::quote(&undecided.name);
                let because = format!(
                    "whether its nameConstraints {verb} {name} of {certificate} depends on how names are prepared for comparing"
                );
                own.doubt(undecided.bit, because, &member.span);
            }
            if depth == 0
                && options.common_name_is_host
                && let Some(broken) =
                    broken_common_name(constraints, below.certificate, options.semantics, comparisons)?
            {
                let name = crate::quote::quote(&broken.name);
                if options.semantics == Semantics::Windows {
                    let because = format!(
                        "whether its nameConstraints bind the common name {name} of {certificate} is undocumented"
                    );
                    own.doubt(broken.bit, because, &member.span);
                } else {
                    let because = format!("its nameConstraints do not permit the common name {name} of {certificate}");
                    own.fail(broken.bit, because, &member.span);
                }
            }
        }
        if place > 0 && own.status.errors == errors_before && own.status.unknown == unknown_before {
            own.status.info |= info::VALID_NAME_CONSTRAINTS;
        }
    }
    Ok(())
}
