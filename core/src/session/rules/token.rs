//! The access token (the article: Authentication and authorization).
//!
//! What it checks: shape, algorithm, audience, issuer, times and whose token it is.
//! Why it matters: a valid token creates and enters every session of the pool.
//! Reference: Use dynamic sessions in Azure Container Apps; RFC 7519; the access token claims reference.

pub(crate) mod claim;
pub(crate) mod time;

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use super::KINDS;
use crate::quote::quote;
use crate::session::token::{Jwt, Signature};
use crate::{Citation, Finding, Rule, Severity, Span};

pub(crate) static SHAPE: Rule = Rule {
    id: "token-misshapen",
    aliases: &[],
    title: "the token is not a signed JSON Web Token",
    severity: Severity::Error,
    kinds: KINDS,
    what: crate::page!("Looks for three parts in base64url without padding, of which the first two are JSON objects."),
    why: crate::page!("The service answers 401."),
    bad: crate::page!("two parts, or a part that is cut"),
    good: crate::page!("header.payload.signature"),
    citation: Citation::new("RFC 7519", "section 7.2"),
};

pub(crate) static ALGORITHM: Rule = Rule {
    id: "token-algorithm",
    aliases: &[],
    title: "the token is not signed with RS256",
    severity: Severity::Error,
    kinds: KINDS,
    what: crate::page!("Reads `alg` of the header."),
    why: crate::page!(
        "Entra signs access tokens with RS256. `none` is no signature, and HS256 one that the caller can make."
    ),
    bad: crate::page!("{\"alg\": \"none\"}"),
    good: crate::page!("{\"alg\": \"RS256\"}"),
    citation: Citation::new("RFC 8725", "sections 2.1 and 3.1"),
};

pub(crate) static HEADER: Rule = Rule {
    id: "token-header-incomplete",
    aliases: &[],
    title: "the token's header has no type or no key identifier",
    severity: Severity::Warning,
    kinds: KINDS,
    what: crate::page!("Looks for `typ` with the value `JWT`, and for `kid`."),
    why: crate::page!("Tokens of Entra have both; without `kid` no key of the issuer can be chosen."),
    bad: crate::page!("{\"alg\": \"RS256\"}"),
    good: crate::page!("{\"typ\": \"JWT\", \"alg\": \"RS256\", \"kid\": \"...\"}"),
    citation: Citation::new("Microsoft identity platform", "access token claims reference"),
};

pub(crate) static SIGNATURE: Rule = Rule {
    id: "token-signature",
    aliases: &[],
    title: "the token's signature is not its issuer's",
    severity: Severity::Error,
    kinds: KINDS,
    what: crate::page!("Verifies RS256 with the key of the pasted key set that has the token's `kid`."),
    why: crate::page!("Whoever changed the token does not have the issuer's key; the service answers 401."),
    bad: crate::page!("a payload that was edited"),
    good: crate::page!("the token as it was issued"),
    citation: Citation::new("RFC 7515", "section 5.2"),
};

/// The finding about a token that can't be taken apart.
pub(in crate::session) fn misshapen(found: &str, span: Span) -> Finding {
    Finding::new(&SHAPE, format!("expected a header, a payload and a signature, found {found}")).at(span)
}

/// Findings that hold at any time.
pub(in crate::session) fn check(jwt: &Jwt, signature: Signature, span: &Span) -> Vec<Finding> {
    let mut findings = Vec::new();
    let mut add = |rule, message: String| findings.push(Finding::new(rule, message).at(span.clone()));
    if jwt.algorithm.as_deref() != Some("RS256") {
        let found = jwt.algorithm.as_deref().map_or_else(|| String::from("none"), quote);
        add(&ALGORITHM, format!("expected `alg` to be `RS256`, found {found}"));
    }
    if jwt.form.as_deref() != Some("JWT") || jwt.key.is_none() {
        add(&HEADER, String::from("expected `typ` to be `JWT` and a `kid`, found a header without one of them"));
    }
    findings.extend(claim::check(jwt, span));
    findings.extend(time::check(jwt, span));
    if signature == Signature::Wrong {
        let message = "the key with the token's `kid` did not make this signature";
        findings.push(Finding::new(&SIGNATURE, message).at(span.clone()));
    }
    findings
}
