//! Who sees identifiers and tokens (the article: limit session visibility).
//!
//! What it checks: logs and HTTP exchanges for identifiers, tokens and keys, and responses for what spreads them.
//! Why it matters: the API itself wants the identifier in the URL, so a log of outgoing requests is a list of keys.
//! Reference: Use dynamic sessions in Azure Container Apps, Security; RFC 9110, section 10.1.3.

use alloc::format;

use super::{Findings, KINDS, article};
use crate::quote::quote;
use crate::session::redact::{SecretKind, secrets};
use crate::session::request::http::header_lines;
use crate::{Citation, Document, Rule, Severity};

pub(crate) static IDENTIFIER_LOGGED: Rule = Rule {
    id: "identifier-in-log",
    aliases: &[],
    title: "an identifier stands in a log",
    severity: Severity::Warning,
    kinds: KINDS,
    what: crate::page!(
        "Looks for `identifier` with a value (in a query, in JSON, in a path, in a header), and for the identifiers of \
          the case, in `subject.log`."
    ),
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
        "Looks for identifiers in `Location`, `Referer`, `Operation-Location`, `Content-Disposition` and `Link`."
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
    what: crate::page!("Looks for `Cache-Control` without `no-store`, or none, beside an identifier."),
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

pub(crate) static NO_REFERRER: Rule = Rule {
    id: "referrer-policy-missing",
    aliases: &[],
    title: "a page whose URL carries an identifier leaves the referrer to the browser",
    severity: Severity::Info,
    kinds: KINDS,
    what: crate::page!(
        "Looks for a response of HTML without `Referrer-Policy` beside a URL with an identifier in `subject.log`."
    ),
    why: crate::page!("Browsers send the whole URL to links of the same site, and old ones to every site."),
    bad: crate::page!("Content-Type: text/html without Referrer-Policy"),
    good: crate::page!("Referrer-Policy: no-referrer"),
    citation: Citation::new("W3C Referrer Policy", "section 3"),
};

pub(crate) static IN_CONTENT: Rule = Rule {
    id: "identifier-in-content",
    aliases: &[],
    title: "a page, a link to the next page or the name of a file passes an identifier on",
    severity: Severity::Warning,
    kinds: KINDS,
    what: crate::page!(
        "Looks for identifiers in attributes of HTML, in `nextLink`, and in names of files (`filename=`, paths) of \
          `subject.log`."
    ),
    why: crate::page!("What a page or a file's name shows is copied, bookmarked, cached and sent on."),
    bad: crate::page!("<a href=\"/run?identifier=9b74c989...\">"),
    good: crate::page!("links of the application without the identifier"),
    citation: article("Security: limit session visibility"),
};

pub(crate) static FROM_CLIENT: Rule = Rule {
    id: "identifier-with-the-client",
    aliases: &[],
    title: "the client holds the identifier and sends it",
    severity: Severity::Warning,
    kinds: KINDS,
    what: crate::page!(
        "Looks for identifiers in `Cookie`, `Set-Cookie` and in headers of the application's own (`X-Session-Id` and \
          the like) in `subject.log`."
    ),
    why: crate::page!(
        "An end user who can change it can choose another conversation's or another user's session. The service \
          checks no owner."
    ),
    bad: crate::page!("Cookie: session=9b74c9897bac770ffc029102a200c5de"),
    good: crate::page!("a cookie of the application's own, and a table of identifiers on the server"),
    citation: article("Example strategies: one session per agent conversation"),
};

/// Headers that are followed, saved or sent on.
const PASSES: [&str; 5] = ["location", "referer", "operation-location", "content-disposition", "link"];
/// Headers with which a client tells an application of its session.
const OF_CLIENT: [&str; 6] =
    ["cookie", "set-cookie", "x-session-id", "x-session-identifier", "x-session", "x-conversation-id"];

/// Findings about a log or an HTTP exchange. `known` are identifiers of the case.
pub(in crate::session) fn check(document: &Document<'_>, known: &[&str], findings: &mut Findings) {
    let text = document.text();
    let secrets = secrets(text, known);
    let of = |kind: SecretKind| secrets.iter().filter(move |secret| secret.kind == kind).map(|secret| &secret.range);
    let mut identified = false;
    for range in of(SecretKind::Identifier) {
        identified = true;
        let at = |finding: crate::Finding| finding.at(document.span(range.clone()));
        findings
            .add(&IDENTIFIER_LOGGED, at, || format!("found the identifier {}", quote(document.slice(range.clone()))));
        if let Some(what) = content(text, range.start, range.end) {
            findings.add(&IN_CONTENT, at, || format!("{what} passes an identifier on"));
        }
    }
    for range in of(SecretKind::Token) {
        findings.add(&TOKEN_LOGGED, |finding| finding.at(document.span(range.clone())), || "found a token".into());
    }
    for range in of(SecretKind::ApiKey) {
        findings.add(&KEY_LOGGED, |finding| finding.at(document.span(range.clone())), || "found an API key".into());
    }
    let holds = |range: &core::ops::Range<usize>| {
        let line = document.slice(range.clone());
        let inside = |one: &core::ops::Range<usize>| one.start >= range.start && one.end <= range.end;
        of(SecretKind::Identifier).any(inside) || known.iter().any(|known| known.len() >= 6 && line.contains(known))
    };
    let (mut html, mut policy, mut cache, mut answered) = (None, false, false, None);
    for (name, value, range) in header_lines(text) {
        let is = |known: &str| name.eq_ignore_ascii_case(known);
        let at = |finding: crate::Finding| finding.at(document.span(range.clone()));
        if PASSES.iter().any(|known| is(known)) && holds(&range) {
            findings.add(&IN_HEADER, at, || format!("the header {} passes an identifier on", quote(name)));
        }
        if OF_CLIENT.iter().any(|known| is(known)) && (holds(&range) || value.contains("identifier=")) {
            findings.add(&FROM_CLIENT, at, || format!("the header {} holds an identifier", quote(name)));
        }
        if is("referrer-policy") {
            policy = true;
            if value.contains("unsafe-url") || value.contains("no-referrer-when-downgrade") {
                findings
                    .add(&REFERRER, at, || format!("expected `no-referrer` or `same-origin`, found {}", quote(value)));
            }
        }
        if is("cache-control") {
            cache = true;
            if !value.contains("no-store") && identified {
                findings.add(&CACHED, at, || format!("expected `no-store`, found {}", quote(value)));
            }
        }
        if is("content-type") {
            answered = answered.or(Some(range.clone()));
            html = html.or(value.contains("text/html").then(|| range.clone()));
        }
        if is("x-ms-session-guid") && !value.is_empty() {
            findings.add(&GUID_LOGGED, at, || "the header names the session's pod".into());
        }
    }
    // A response shows itself by its status line.
    let response = text.lines().any(|line| line.trim_start_matches(['<', ' ']).starts_with("HTTP/"));
    if let Some(range) = html.filter(|_| identified && !policy) {
        let at = |finding: crate::Finding| finding.at(document.span(range));
        findings.add(&NO_REFERRER, at, || "expected a header `Referrer-Policy`, found none".into());
    }
    if let Some(range) = answered.filter(|_| identified && response && !cache) {
        let at = |finding: crate::Finding| finding.at(document.span(range));
        findings.add(&CACHED, at, || "expected a header `Cache-Control` with `no-store`, found none".into());
    }
}

/// What of a page, a list or a file an identifier stands in.
fn content(text: &str, start: usize, end: usize) -> Option<&'static str> {
    let before = text.get(..start)?.rsplit('\n').next()?;
    let after = text.get(end..)?;
    let lower = before.to_ascii_lowercase();
    if lower.contains("nextlink\"") {
        return Some("`nextLink`");
    }
    let attribute = ["href=", "src=", "action=", "value=", "content="].iter().any(|name| lower.contains(name));
    if attribute && lower.contains('<') {
        return Some("an attribute of HTML");
    }
    let extension = after.strip_prefix('.').is_some_and(|rest| {
        let length = rest.bytes().take_while(u8::is_ascii_alphanumeric).count();
        (1..=5).contains(&length)
    });
    (lower.contains("filename=") || (extension && !before.ends_with('='))).then_some("the name of a file")
}
