//! The access token (the article: Authentication and authorization).
//!
//! What it checks: shape, algorithm, audience, issuer, times and whose token it is.
//! Why it matters: a valid token creates and enters every session of the pool.
//! Reference: Use dynamic sessions in Azure Container Apps; RFC 7519; the access token claims reference.

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use super::{KINDS, article};
use crate::quote::quote;
use crate::session::token::{Jwt, Signature};
use crate::{Citation, Finding, Rule, Severity, Span, Time};

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

pub(crate) static AUDIENCE: Rule = Rule {
    id: "token-audience",
    aliases: &[],
    title: "the token is for another audience",
    severity: Severity::Error,
    kinds: KINDS,
    what: crate::page!("Compares `aud` with `https://dynamicsessions.io`."),
    why: crate::page!(
        "The pool's API refuses tokens for other resources with 401; a token for Azure Resource Manager is the \
          usual mistake."
    ),
    bad: crate::page!("\"aud\": \"https://management.azure.com/\""),
    good: crate::page!("\"aud\": \"https://dynamicsessions.io\""),
    citation: article("Authentication and authorization"),
};

pub(crate) static ALIAS: Rule = Rule {
    id: "token-audience-undocumented",
    aliases: &[],
    title: "the token's audience is a known name of the service that no document gives",
    severity: Severity::Warning,
    kinds: KINDS,
    what: crate::page!(
        "Looks for the application id 2c7dd73f-7a21-485b-b97d-a2508fa152c3, `https://acasessions.io`, and a slash \
          at the end."
    ),
    why: crate::page!("Old libraries ask for these names. That the service takes them is undocumented."),
    bad: crate::page!("\"aud\": \"https://acasessions.io\""),
    good: crate::page!("\"aud\": \"https://dynamicsessions.io\""),
    citation: article("Authentication and authorization"),
};

pub(crate) static ISSUER: Rule = Rule {
    id: "token-issuer",
    aliases: &[],
    title: "the token's issuer does not fit its version or its tenant",
    severity: Severity::Error,
    kinds: KINDS,
    what: crate::page!("Compares `iss` with the form that `ver` has, and the tenant in it with `tid`."),
    why: crate::page!("A token whose issuer and tenant disagree was not made by Entra for that tenant."),
    bad: crate::page!("\"ver\": \"2.0\" with \"iss\": \"https://sts.windows.net/.../\""),
    good: crate::page!("\"ver\": \"1.0\" with \"iss\": \"https://sts.windows.net/{tid}/\""),
    citation: Citation::new("Microsoft identity platform", "access token claims reference"),
};

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

pub(crate) static CLAIMS: Rule = Rule {
    id: "token-claims-missing",
    aliases: &[],
    title: "the token lacks claims that Entra's tokens have",
    severity: Severity::Warning,
    kinds: KINDS,
    what: crate::page!(
        "Looks for `tid`, `oid` and `sub`, and for `appid` (version 1) or `azp` (version 2), in the form of GUIDs."
    ),
    why: crate::page!("Without them the service can't tell whose role to look up."),
    bad: crate::page!("a token without `oid`"),
    good: crate::page!("a token from `az account get-access-token`"),
    citation: Citation::new("Microsoft identity platform", "access token claims reference"),
};

pub(crate) static DELEGATED: Rule = Rule {
    id: "token-delegated",
    aliases: &[],
    title: "the token stands for a user",
    severity: Severity::Warning,
    kinds: KINDS,
    what: crate::page!("Looks for `scp`, which only delegated tokens have."),
    why: crate::page!(
        "A back end uses its own identity. A user's token for this API is one that end users should never hold: it \
          enters every session."
    ),
    bad: crate::page!("\"scp\": \"Sessions.ReadWrite.All\""),
    good: crate::page!("\"idtyp\": \"app\""),
    citation: article("Authentication and authorization: never give tokens to end users"),
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

pub(crate) static MANAGED: Rule = Rule {
    id: "token-of-managed-identity",
    aliases: &[],
    title: "the token is a managed identity's",
    severity: Severity::Info,
    kinds: KINDS,
    what: crate::page!("Looks for `xms_mirid`."),
    why: crate::page!(
        "That is the recommended way for code in Azure, as long as the code is yours and not a session's."
    ),
    bad: crate::page!("\"xms_mirid\": \"/subscriptions/...\""),
    good: crate::page!("the same, outside of any session"),
    citation: article("Use managed identity"),
};

pub(crate) static RELATED: Rule = Rule {
    id: "identifier-in-token",
    aliases: &[],
    title: "the identifier is, or is made from, a claim of the token",
    severity: Severity::Warning,
    kinds: KINDS,
    what: crate::page!(
        "Compares the identifiers with `oid`, `sub`, `upn`, `preferred_username`, `email`, `appid`, `azp` and \
          `tid`: equal, contained, or a hash of one."
    ),
    why: crate::page!("Everyone who can read the directory knows these values."),
    bad: crate::page!("the user's object id as identifier"),
    good: crate::page!("a random identifier kept beside the user"),
    citation: article("Securing session identifiers"),
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

/// The audience that the documentation names.
const DOCUMENTED: &str = "https://dynamicsessions.io";
/// The application id of the resource.
const APPLICATION: &str = "2c7dd73f-7a21-485b-b97d-a2508fa152c3";
const DAY: i64 = 86_400;
/// Seconds before the end at which libraries refresh.
const REFRESH: i64 = 300;

/// The finding about a token that can't be taken apart.
pub(in crate::session) fn misshapen(found: &str, span: Span) -> Finding {
    Finding::new(&SHAPE, format!("expected a header, a payload and a signature, found {found}")).at(span)
}

/// Findings that hold at any time.
pub(in crate::session) fn check(jwt: &Jwt, signature: Signature, span: &Span) -> Vec<Finding> {
    let mut findings = Vec::new();
    let mut add = |rule, message: String| findings.push(Finding::new(rule, message).at(span.clone()));
    let claims = &jwt.claims;
    if jwt.algorithm.as_deref() != Some("RS256") {
        let found = jwt.algorithm.as_deref().map_or_else(|| String::from("none"), quote);
        add(&ALGORITHM, format!("expected `alg` to be `RS256`, found {found}"));
    }
    if jwt.form.as_deref() != Some("JWT") || jwt.key.is_none() {
        add(&HEADER, String::from("expected `typ` to be `JWT` and a `kid`, found a header without one of them"));
    }
    match claims.text("aud").as_deref() {
        Some(DOCUMENTED) => {}
        Some(alias) if is_alias(alias) => {
            add(&ALIAS, format!("expected the audience `{DOCUMENTED}`, found {}, which is undocumented", quote(alias)));
        }
        Some(other) => add(&AUDIENCE, format!("expected the audience `{DOCUMENTED}`, found {}", quote(other))),
        None if claims.has("aud") => {
            add(&AUDIENCE, format!("expected the audience `{DOCUMENTED}`, found another type than a string"))
        }
        None => add(&AUDIENCE, format!("expected the audience `{DOCUMENTED}`, found none")),
    }
    if let Some(message) = issuer(jwt) {
        add(&ISSUER, message);
    }
    let (nbf, iat, exp) = (claims.time("nbf"), claims.time("iat"), claims.time("exp"));
    let later = |one: Option<Time>, two: Option<Time>| matches!((one, two), (Some(one), Some(two)) if one > two);
    if exp.is_none() || later(nbf, iat) || later(iat, exp) || later(nbf, exp) {
        let found = if exp.is_none() { "no `exp`" } else { "another order" };
        add(&TIMES, format!("expected `nbf`, `iat` and `exp` in this order, found {found}"));
    }
    let application = if claims.text("ver").as_deref() == Some("2.0") { "azp" } else { "appid" };
    let missing: Vec<&str> = ["tid", "oid", application]
        .into_iter()
        .filter(|name| !claims.text(name).is_some_and(|text| super::super::token::is_guid(&text)))
        .chain((!claims.has("sub")).then_some("sub"))
        .collect();
    if !missing.is_empty() {
        add(
            &CLAIMS,
            format!(
                "expected GUIDs in `tid`, `oid` and `{application}` and a `sub`, found none in `{}`",
                missing.join("`, `")
            ),
        );
    }
    if claims.has("scp") {
        add(
            &DELEGATED,
            String::from("the token stands for a user, and end users must not hold tokens of the pool's API"),
        );
    }
    if let (Some(from), Some(until)) = (nbf.or(iat), exp)
        && until.unix().saturating_sub(from.unix()) > DAY
    {
        add(&LONG_LIVED, format!("the token lives from {from} until {until}"));
    }
    if claims.has("xms_mirid") {
        add(
            &MANAGED,
            String::from("the token is a managed identity's: keep the identity out of reach of session code"),
        );
    }
    if signature == Signature::Wrong {
        add(&SIGNATURE, String::from("the key with the token's `kid` did not make this signature"));
    }
    findings
}

fn is_alias(audience: &str) -> bool {
    let bare = audience.strip_suffix('/').unwrap_or(audience);
    bare == DOCUMENTED || bare == "https://acasessions.io" || audience.eq_ignore_ascii_case(APPLICATION)
}

/// What is wrong with the issuer.
fn issuer(jwt: &Jwt) -> Option<String> {
    let (issuer, version) = (jwt.claims.text("iss"), jwt.claims.text("ver"));
    let Some(issuer) = issuer else {
        return Some(String::from("expected an issuer, found none"));
    };
    let v1 = issuer.strip_prefix("https://sts.windows.net/").and_then(|rest| rest.strip_suffix('/'));
    let hosts = ["login.microsoftonline.com", "login.microsoftonline.us", "login.partner.microsoftonline.cn"];
    let v2 = hosts.iter().find_map(|host| {
        let rest = issuer.strip_prefix("https://")?.strip_prefix(host)?.strip_prefix('/')?;
        rest.strip_suffix("/v2.0")
    });
    let tenant = match (version.as_deref(), v1, v2) {
        (Some("1.0"), Some(tenant), _) | (Some("2.0"), _, Some(tenant)) => tenant,
        (Some(version @ ("1.0" | "2.0")), ..) => {
            return Some(format!("expected the issuer of a token of version {version}, found {}", quote(&issuer)));
        }
        (Some(version), ..) => return Some(format!("expected version `1.0` or `2.0`, found {}", quote(version))),
        (None, ..) => return Some(String::from("expected a version, found none")),
    };
    let tid = jwt.claims.text("tid");
    (tid.as_deref() != Some(tenant))
        .then(|| String::from("expected the tenant of the issuer in `tid`, found another or none"))
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

/// The finding about an identifier that a claim gives.
pub(in crate::session) fn related(claim: &str, how: &str, span: Span) -> Finding {
    Finding::new(&RELATED, format!("the identifier {how} the token's `{claim}`")).at(span).arg("claim", claim)
}
