//! Who sees identifiers and tokens (the article: limit session visibility).
//!
//! What it checks: logs and HTTP exchanges for identifiers, tokens and keys, and responses for what spreads them.
//! Why it matters: the API itself wants the identifier in the URL, so a log of outgoing requests is a list of keys.
//! Reference: Use dynamic sessions in Azure Container Apps, Security; RFC 9110, section 10.1.3.

use alloc::format;

use super::{Findings, KINDS, article};
use crate::quote::quote;
use crate::session::redact::identifier_values;
use crate::session::request::http::header_lines;
use crate::session::token::masked;
use crate::{Citation, Document, Rule, Severity};

pub(crate) static IDENTIFIER_LOGGED: Rule = Rule {
    id: "identifier-in-log",
    aliases: &[],
    title: "an identifier stands in a log",
    severity: Severity::Warning,
    kinds: KINDS,
    what: crate::page!("Looks for `identifier=` with a value in `subject.log`."),
    why: crate::page!("Who reads the log can enter the session. `answer.redacted` has the text without it."),
    bad: crate::page!("GET /files?identifier=9b74c9897bac770ffc029102a200c5de"),
    good: crate::page!("GET /files?identifier=[identifier-1]"),
    citation: article("Security: limit session visibility"),
};

pub(crate) static TOKEN_LOGGED: Rule = Rule {
    id: "token-in-log",
    aliases: &[],
    title: "a token stands in a log",
    severity: Severity::Error,
    kinds: KINDS,
    what: crate::page!("Looks for `eyJ` and what follows it in `subject.log`."),
    why: crate::page!("Until it expires, the token enters every session of the pool."),
    bad: crate::page!("Authorization: Bearer eyJ..."),
    good: crate::page!("Authorization: Bearer [token]"),
    citation: article("Authentication and authorization: keep tokens secure"),
};

pub(crate) static KEY_LOGGED: Rule = Rule {
    id: "api-key-in-log",
    aliases: &[],
    title: "an API key stands in a log",
    severity: Severity::Error,
    kinds: KINDS,
    what: crate::page!("Looks for `x-ms-apikey` with a value in `subject.log`."),
    why: crate::page!("The key authenticates every MCP call on the pool until it is rotated."),
    bad: crate::page!("x-ms-apikey: 0123..."),
    good: crate::page!("x-ms-apikey: [key]"),
    citation: article("Security: limit session visibility"),
};

pub(crate) static IN_HEADER: Rule = Rule {
    id: "identifier-in-header",
    aliases: &[],
    title: "a header passes an identifier on",
    severity: Severity::Warning,
    kinds: KINDS,
    what: crate::page!(
        "Looks for `identifier=` in `Location`, `Referer`, `Operation-Location`, `Content-Disposition` and `Link`."
    ),
    why: crate::page!(
        "These headers are followed, saved and sent on by clients that know nothing of its value. The service's own \
          `Operation-Location` repeats it."
    ),
    bad: crate::page!("Referer: https://app.example/run?identifier=9b74c989..."),
    good: crate::page!("URLs of the application without the identifier"),
    citation: article("Security: limit session visibility"),
};

pub(crate) static REFERRER: Rule = Rule {
    id: "referrer-policy-leaks",
    aliases: &[],
    title: "the response's policy sends whole URLs to other sites",
    severity: Severity::Warning,
    kinds: KINDS,
    what: crate::page!("Looks for `Referrer-Policy` with `unsafe-url` or `no-referrer-when-downgrade`."),
    why: crate::page!(
        "If a URL of the application carries an identifier, every other site that the page links to learns it."
    ),
    bad: crate::page!("Referrer-Policy: unsafe-url"),
    good: crate::page!("Referrer-Policy: no-referrer"),
    citation: Citation::new("W3C Referrer Policy", "section 3"),
};

pub(crate) static CACHED: Rule = Rule {
    id: "response-cacheable",
    aliases: &[],
    title: "a response that shows an identifier may be stored",
    severity: Severity::Info,
    kinds: KINDS,
    what: crate::page!("Looks for `Cache-Control` without `no-store` beside an identifier."),
    why: crate::page!("Caches keep the response, and with it the identifier, for others."),
    bad: crate::page!("Cache-Control: public, max-age=600"),
    good: crate::page!("Cache-Control: no-store"),
    citation: Citation::new("RFC 9111", "section 5.2.2.5"),
};

pub(crate) static GUID_LOGGED: Rule = Rule {
    id: "session-guid-in-log",
    aliases: &[],
    title: "the name of a session's pod stands in a log",
    severity: Severity::Info,
    kinds: KINDS,
    what: crate::page!("Looks for the header `X-Ms-Session-Guid`."),
    why: crate::page!("It equals the pod's name, and its own documentation marks it as not for logs."),
    bad: crate::page!("X-Ms-Session-Guid: ..."),
    good: crate::page!("the header left out"),
    citation: Citation::new("Azure-Samples/container-apps-dynamic-sessions-samples", "python-response-headers.md"),
};

/// Findings about a log or an HTTP exchange.
pub(in crate::session) fn check(document: &Document<'_>, findings: &mut Findings) {
    let text = document.text();
    let values = identifier_values(text);
    for range in &values {
        findings.add(
            &IDENTIFIER_LOGGED,
            |finding| finding.at(document.span(range.clone())),
            || format!("found the identifier {}", quote(document.slice(range.clone()))),
        );
    }
    for range in masked(text) {
        findings.add(&TOKEN_LOGGED, |finding| finding.at(document.span(range)), || "found a token".into());
    }
    for (name, value, range) in header_lines(text) {
        let is = |known: &str| name.eq_ignore_ascii_case(known);
        let at = |finding: crate::Finding| finding.at(document.span(range.clone()));
        if is("x-ms-apikey") && !value.is_empty() && !value.starts_with('[') {
            findings.add(&KEY_LOGGED, at, || "found an API key".into());
        }
        let passes = ["location", "referer", "operation-location", "content-disposition", "link"];
        if passes.iter().any(|known| is(known))
            && values.iter().any(|value| value.start >= range.start && value.end <= range.end)
        {
            findings.add(&IN_HEADER, at, || format!("the header {} passes an identifier on", quote(name)));
        }
        if is("referrer-policy") && (value.contains("unsafe-url") || value.contains("no-referrer-when-downgrade")) {
            findings.add(&REFERRER, at, || format!("expected `no-referrer` or `same-origin`, found {}", quote(value)));
        }
        if is("cache-control") && !value.contains("no-store") && !values.is_empty() {
            findings.add(&CACHED, at, || format!("expected `no-store`, found {}", quote(value)));
        }
        if is("x-ms-session-guid") && !value.is_empty() {
            findings.add(&GUID_LOGGED, at, || "the header names the session's pod".into());
        }
    }
}
