//! How long a token is good.

use alloc::format;
use alloc::vec::Vec;

use super::super::{KINDS, article};
use crate::session::token::Jwt;
use crate::{Citation, Finding, Rule, Severity, Span, Time};

pub(crate) static EXPIRED: Rule = Rule {
    id: "token-expired",
    aliases: &[],
    title: "the token has expired",
    severity: Severity::Error,
    kinds: KINDS,
    what: crate::page!("Compares `exp` with the instant of the case, with the policy's skew."),
    why: crate::page!("The service answers 401."),
    bad: crate::page!("\"exp\": an hour ago"),
    good: crate::page!("\"exp\": in an hour"),
    citation: Citation::new("RFC 7519", "section 4.1.4"),
};

pub(crate) static NOT_YET: Rule = Rule {
    id: "token-not-yet-valid",
    aliases: &[],
    title: "the token is not valid yet",
    severity: Severity::Error,
    kinds: KINDS,
    what: crate::page!("Compares `nbf` with the instant of the case, with the policy's skew."),
    why: crate::page!("The service answers 401; usually a clock is wrong."),
    bad: crate::page!("\"nbf\": in an hour"),
    good: crate::page!("\"nbf\": a minute ago"),
    citation: Citation::new("RFC 7519", "section 4.1.5"),
};

pub(crate) static TIMES: Rule = Rule {
    id: "token-times-disordered",
    aliases: &[],
    title: "the token's times are missing or out of order",
    severity: Severity::Error,
    kinds: KINDS,
    what: crate::page!("Looks for `exp`, and that `nbf` is not later than `iat`, nor `iat` later than `exp`."),
    why: crate::page!("A token without an end, or that ends before it begins, was not made by Entra."),
    bad: crate::page!("\"iat\": 1700003600, \"exp\": 1700000000"),
    good: crate::page!("\"nbf\": 1700000000, \"iat\": 1700000000, \"exp\": 1700003600"),
    citation: Citation::new("RFC 7519", "section 4.1"),
};

pub(crate) static ENDING: Rule = Rule {
    id: "token-nearly-expired",
    aliases: &[],
    title: "the token is about to expire",
    severity: Severity::Warning,
    kinds: KINDS,
    what: crate::page!("Looks for less than five minutes of life left."),
    why: crate::page!(
        "It will have expired before a long request ends. The public libraries refresh five minutes before."
    ),
    bad: crate::page!("\"exp\": in two minutes"),
    good: crate::page!("\"exp\": in an hour"),
    citation: article("Security: regularly rotate session credentials"),
};

pub(crate) static LONG_LIVED: Rule = Rule {
    id: "token-long-lived",
    aliases: &[],
    title: "the token lives longer than a day",
    severity: Severity::Info,
    kinds: KINDS,
    what: crate::page!("Subtracts `nbf` from `exp`."),
    why: crate::page!(
        "Credentials are to be rotated; Entra's tokens usually live for about an hour, up to a day for managed \
          identities."
    ),
    bad: crate::page!("\"nbf\": 1700000000, \"exp\": 1700200000"),
    good: crate::page!("\"nbf\": 1700000000, \"exp\": 1700003600"),
    citation: article("Security: regularly rotate session credentials"),
};

const DAY: i64 = 86_400;
/// Seconds before the end at which libraries refresh.
const REFRESH: i64 = 300;

/// Findings about the times of a token that hold at any time.
pub(super) fn check(jwt: &Jwt, span: &Span) -> Vec<Finding> {
    let mut findings = Vec::new();
    let mut add = |rule, message: alloc::string::String| findings.push(Finding::new(rule, message).at(span.clone()));
    let claims = &jwt.claims;
    let (nbf, iat, exp) = (claims.time("nbf"), claims.time("iat"), claims.time("exp"));
    let later = |one: Option<Time>, two: Option<Time>| matches!((one, two), (Some(one), Some(two)) if one > two);
    if exp.is_none() || later(nbf, iat) || later(iat, exp) || later(nbf, exp) {
        let found = if exp.is_none() { "no `exp`" } else { "another order" };
        add(&TIMES, format!("expected `nbf`, `iat` and `exp` in this order, found {found}"));
    }
    if let (Some(from), Some(until)) = (nbf.or(iat), exp)
        && until.unix().saturating_sub(from.unix()) > DAY
    {
        add(&LONG_LIVED, format!("the token lives from {from} until {until}"));
    }
    findings
}

/// Findings that depend on the instant.
pub(in crate::session) fn check_at(jwt: &Jwt, at: Time, skew: u32, span: &Span) -> Vec<Finding> {
    let mut findings = Vec::new();
    let skew = i64::from(skew);
    let (nbf, exp) = (jwt.claims.time("nbf"), jwt.claims.time("exp"));
    if let Some(exp) = exp {
        if at >= exp.plus(skew) {
            findings.push(
                Finding::new(&EXPIRED, format!("the token expired at {exp}"))
                    .at(span.clone())
                    .arg("expired", format!("{exp}")),
            );
        } else if at >= exp.plus(REFRESH.saturating_neg()) {
            findings.push(
                Finding::new(&ENDING, format!("the token expires at {exp}"))
                    .at(span.clone())
                    .help("refresh five minutes before"),
            );
        }
    }
    if let Some(nbf) = nbf
        && at < nbf.plus(skew.saturating_neg())
    {
        findings.push(Finding::new(&NOT_YET, format!("the token is valid from {nbf}")).at(span.clone()));
    }
    findings
}

/// The instants at which [`check_at`] changes its mind, each with what happens then.
pub(in crate::session) fn boundaries(jwt: &Jwt, skew: u32) -> Vec<(Time, &'static str)> {
    let skew = i64::from(skew);
    let mut boundaries = Vec::new();
    if let Some(nbf) = jwt.claims.time("nbf") {
        boundaries.push((nbf.plus(skew.saturating_neg()), "the token becomes valid"));
    }
    if let Some(exp) = jwt.claims.time("exp") {
        boundaries.push((exp.plus(REFRESH.saturating_neg()), "the token has five minutes left"));
        boundaries.push((exp.plus(skew), "the token expires"));
    }
    boundaries
}
