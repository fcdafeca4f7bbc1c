//! How a request shows that it may (the article: authentication and authorization).
//!
//! What it checks: one bearer token in the Authorization header, the API key on the MCP endpoint only.
//! Why it matters: the token enters every session of the pool; where it stands decides who else sees it.
//! Reference: Use dynamic sessions in Azure Container Apps; RFC 6750.

use alloc::vec::Vec;

use super::age::Due;
use super::{KINDS, article, page};
use crate::session::Policy;
use crate::session::request::{Operation, Read};
use crate::session::token::masked;
use crate::session::wire::Query;
use crate::{Citation, Document, Finding, Rule, Severity, Span};

pub(crate) static MISSING: Rule = Rule {
    id: "bearer-missing",
    aliases: &[],
    title: "the request has no bearer token",
    severity: Severity::Error,
    kinds: KINDS,
    what: crate::page!(
        "Looks for the header `Authorization` in requests with headers: curl commands, HTTP requests, HAR entries."
    ),
    why: crate::page!("The service answers 401."),
    bad: crate::page!("curl https://eastus.dynamicsessions.io/..."),
    good: crate::page!("curl -H \"Authorization: Bearer $TOKEN\" https://eastus.dynamicsessions.io/..."),
    citation: article("Authentication and authorization"),
};

pub(crate) static SCHEME: Rule = Rule {
    id: "bearer-scheme",
    aliases: &[],
    title: "the Authorization header is not `Bearer` and one token",
    severity: Severity::Error,
    kinds: KINDS,
    what: crate::page!("Reads the header: `Bearer`, one space, one token."),
    why: crate::page!(
        "`Bearer Bearer`, or a token alone, is what templates and variables make of it. The service answers 401."
    ),
    bad: crate::page!("Authorization: Bearer Bearer ..."),
    good: crate::page!("Authorization: Bearer ..."),
    citation: Citation::new("RFC 6750", "section 2.1"),
};

pub(crate) static IN_QUERY: Rule = Rule {
    id: "token-in-query",
    aliases: &[],
    title: "the token stands in the URL",
    severity: Severity::Error,
    kinds: KINDS,
    what: crate::page!(
        "Looks for `access_token`, `token` and `authorization`, and for anything that looks like a token, in the \
          query."
    ),
    why: crate::page!("URLs are logged by everything on the way."),
    bad: crate::page!("?identifier=...&access_token=..."),
    good: crate::page!("Authorization: Bearer ..."),
    citation: Citation::new("RFC 6750", "section 2.3"),
};

pub(crate) static KEY: Rule = Rule {
    id: "api-key-on-data-plane",
    aliases: &[],
    title: "an API key is sent to the data plane",
    severity: Severity::Error,
    kinds: KINDS,
    what: crate::page!("Looks for `x-ms-apikey` on requests that are not to `/mcp`."),
    why: crate::page!("The data plane takes tokens only, and a custom container would see the key."),
    bad: crate::page!("x-ms-apikey: ... to .../executions"),
    good: crate::page!("Authorization: Bearer ..."),
    citation: page("sessions-tutorial-python-mcp.md, x-ms-apikey"),
};

pub(crate) static ON_MCP: Rule = Rule {
    id: "bearer-on-mcp",
    aliases: &[],
    title: "a bearer token is sent to the MCP endpoint",
    severity: Severity::Error,
    kinds: KINDS,
    what: crate::page!("Looks for `Authorization` on requests to `/mcp`."),
    why: crate::page!("That endpoint takes the header `x-ms-apikey` and answers 401."),
    bad: crate::page!("Authorization: Bearer ... to .../mcp"),
    good: crate::page!("x-ms-apikey: ... to .../mcp"),
    citation: page("sessions-tutorial-python-mcp.md, x-ms-apikey"),
};

pub(crate) static KEY_OLD: Rule = Rule {
    id: "api-key-old",
    aliases: &[],
    title: "the key of the MCP server was rotated longer ago than the policy says",
    severity: Severity::Warning,
    kinds: KINDS,
    what: crate::page!("Adds the policy's `rotation` to its `key_rotated`, for requests to the MCP server."),
    why: crate::page!(
        "The key authenticates every call on the pool. After a rotation the old one may work for five minutes more, \
          since it is cached."
    ),
    bad: crate::page!("\"key_rotated\": \"2026-01-01T00:00:00Z\", \"rotation\": 30"),
    good: crate::page!("a key of this month"),
    citation: article("Security: regularly rotate session credentials"),
};

/// When the key of the MCP server has to be rotated, if the policy says when it was.
pub(in crate::session) fn key_due(policy: &Policy, operation: Operation) -> Option<Due> {
    let days = i64::from(policy.rotation?).saturating_mul(86_400);
    let at = policy.key_rotated.filter(|_| operation.is_mcp())?.plus(days);
    Some(Due { at, rule: &KEY_OLD, because: "the key of the MCP server has to be rotated".into() })
}

/// The finding about a key that was due.
pub(in crate::session) fn key_old(due: &Due, place: Span) -> Finding {
    Finding::new(
        &KEY_OLD,
        alloc::format!("expected a key that was rotated in time, found one that was due at {}", due.at),
    )
    .at(place)
    .help("rotate it, and count on five minutes until the old one stops")
}

pub(crate) static BROWSER: Rule = Rule {
    id: "request-from-browser",
    aliases: &[],
    title: "the request was made by a browser",
    severity: Severity::Error,
    kinds: KINDS,
    what: crate::page!("Looks for `Origin`, `Sec-Fetch-Mode` and similar headers that browsers add."),
    why: crate::page!(
        "The end user's browser holds a token that enters every session of the pool, and the identifier."
    ),
    bad: crate::page!("Origin: https://app.example"),
    good: crate::page!("the application's back end calls the pool"),
    citation: article("Authentication and authorization: never give tokens to end users"),
};

/// Findings about the authorization of a request. `bare`: it is a URL alone, which has no headers to look at.
pub(in crate::session) fn check(
    read: &Read,
    query: &Query,
    operation: Operation,
    bare: bool,
    document: &Document<'_>,
) -> Vec<Finding> {
    let mut findings = Vec::new();
    let whole = document.span(read.range.clone());
    let authorization = read.header("authorization");
    let mut several = read.headers.iter().filter(|header| header.name.eq_ignore_ascii_case("authorization"));
    if let Some(second) = several.nth(1) {
        let finding = Finding::new(&SCHEME, "expected one header `Authorization`, found two");
        findings.push(finding.at(document.span(second.range.clone())));
    }
    let key = read.header("x-ms-apikey");
    match authorization {
        Some(header) if operation.is_mcp() => {
            findings.push(
                Finding::new(&ON_MCP, "expected `x-ms-apikey`, found a bearer token")
                    .at(document.span(header.range.clone())),
            );
        }
        Some(header) => {
            if let Some(found) = scheme(&header.value) {
                let finding = Finding::new(&SCHEME, alloc::format!("expected `Bearer` and one token, found {found}"));
                findings.push(finding.at(document.span(header.range.clone())));
            }
        }
        None if bare || operation.is_mcp() => {}
        None => findings
            .push(Finding::new(&MISSING, "expected a header `Authorization: Bearer`, found none").at(whole.clone())),
    }
    if let Some(header) = key.filter(|_| !operation.is_mcp()) {
        findings.push(
            Finding::new(&KEY, "expected a bearer token only, found an API key")
                .at(document.span(header.range.clone())),
        );
    }
    for parameter in &query.parameters {
        let named = ["access_token", "token", "authorization", "bearer", "x-ms-apikey"]
            .contains(&parameter.name.to_ascii_lowercase().as_str());
        if named || !masked(&parameter.value).is_empty() {
            let finding = Finding::new(&IN_QUERY, "expected the token in a header, found it in the URL");
            findings.push(finding.at(document.span(read.place(parameter.range.clone()))));
        }
    }
    let browser = ["origin", "sec-fetch-mode", "sec-fetch-site", "access-control-request-method"];
    if let Some(header) = browser.iter().find_map(|name| read.header(name)) {
        let message =
            alloc::format!("expected a request of a back end, found the header {}", crate::quote::quote(&header.name));
        findings.push(Finding::new(&BROWSER, message).at(document.span(header.range.clone())));
    }
    findings
}

/// What is wrong with the value of the header. None of it is repeated.
fn scheme(value: &str) -> Option<&'static str> {
    let mut words = value.split_whitespace();
    match (words.next(), words.next(), words.next()) {
        (Some(scheme), Some(token), None) if scheme.eq_ignore_ascii_case("bearer") => {
            token.eq_ignore_ascii_case("bearer").then_some("`Bearer` twice")
        }
        (Some(scheme), Some(second), Some(_))
            if scheme.eq_ignore_ascii_case("bearer") && second.eq_ignore_ascii_case("bearer") =>
        {
            Some("`Bearer` twice")
        }
        (Some(scheme), None, None) if scheme.eq_ignore_ascii_case("bearer") => Some("no token"),
        (Some(_), None, None) => Some("no scheme"),
        (None, ..) => Some("nothing"),
        _ => Some("another scheme"),
    }
}
