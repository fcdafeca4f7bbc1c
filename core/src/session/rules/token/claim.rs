//! What a token says of itself: for whom, from whom, for what.

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use super::super::{KINDS, article};
use crate::quote::quote;
use crate::session::token::Jwt;
use crate::{Citation, Finding, Rule, Severity, Span};

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

pub(crate) static SOVEREIGN: Rule = Rule {
    id: "token-of-sovereign-cloud",
    aliases: &[],
    title: "the token is of a cloud of its own",
    severity: Severity::Info,
    kinds: KINDS,
    what: crate::page!("Looks for `login.microsoftonline.us` and `login.partner.microsoftonline.cn` in `iss`."),
    why: crate::page!(
        "Clouds are isolated from each other, and the documentation of pools names the hosts of the public one."
    ),
    bad: crate::page!("\"iss\": \"https://login.microsoftonline.us/{tid}/v2.0\""),
    good: crate::page!("\"iss\": \"https://login.microsoftonline.com/{tid}/v2.0\""),
    citation: Citation::new("Microsoft identity platform", "national clouds"),
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

/// The audience that the documentation names.
const DOCUMENTED: &str = "https://dynamicsessions.io";
/// The application id of the resource.
const APPLICATION: &str = "2c7dd73f-7a21-485b-b97d-a2508fa152c3";

/// The hosts that issue tokens of version 2.0: that of the public cloud, and those of others.
const ISSUERS: [&str; 3] =
    ["login.microsoftonline.com", "login.microsoftonline.us", "login.partner.microsoftonline.cn"];

/// Findings about the claims of a token that hold at any time.
pub(super) fn check(jwt: &Jwt, span: &Span) -> Vec<Finding> {
    let mut findings = Vec::new();
    let mut add = |rule, message: String| findings.push(Finding::new(rule, message).at(span.clone()));
    let claims = &jwt.claims;
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
    let host =
        claims.text("iss").and_then(|issuer| Some(String::from(issuer.strip_prefix("https://")?.split('/').next()?)));
    if let Some(host) = host.filter(|host| ISSUERS.iter().skip(1).any(|known| known == host)) {
        add(&SOVEREIGN, format!("expected an issuer of the public cloud, found {}", quote(&host)));
    }
    let application = if claims.text("ver").as_deref() == Some("2.0") { "azp" } else { "appid" };
    let missing: Vec<&str> = ["tid", "oid", application]
        .into_iter()
        .filter(|name| !claims.text(name).is_some_and(|text| crate::session::token::is_guid(&text)))
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
    if claims.has("xms_mirid") {
        add(
            &MANAGED,
            String::from("the token is a managed identity's: keep the identity out of reach of session code"),
        );
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
    let v2 = ISSUERS.iter().find_map(|host| {
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

/// The finding about an identifier that a claim gives.
pub(in crate::session) fn related(claim: &str, how: &str, span: Span) -> Finding {
    Finding::new(&RELATED, format!("the identifier {how} the token's `{claim}`")).at(span).arg("claim", claim)
}
