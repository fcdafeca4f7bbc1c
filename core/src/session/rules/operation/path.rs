//! The path behind a pool's endpoint.

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use super::super::{KINDS, article, page, specification};
use super::Asked;
use crate::quote::quote;
use crate::session::request::{Family, Operation};
use crate::session::wire::decode;
use crate::{Citation, Finding, Rule, Severity, Span};

pub(crate) static UNKNOWN: Rule = Rule {
    id: "request-operation-unknown",
    aliases: &[],
    title: "no published version has this path",
    severity: Severity::Warning,
    kinds: KINDS,
    what: crate::page!(
        "Compares the path behind a regional endpoint, or behind `/.management/`, with those of the API."
    ),
    why: crate::page!("The service answers 400 or 404."),
    bad: crate::page!("POST .../execute"),
    good: crate::page!("POST .../executions"),
    citation: specification("specification/app/data-plane/DynamicSessions"),
};

pub(crate) static TRAVERSAL: Rule = Rule {
    id: "request-path-traversal",
    aliases: &[],
    title: "the path climbs, or hides a slash",
    severity: Severity::Error,
    kinds: KINDS,
    what: crate::page!("Looks for `..`, also encoded, for encoded slashes and backslashes, and for empty segments."),
    why: crate::page!(
        "A user-controlled part of the path can reach another route of the container, or `/.management/` of the \
          platform."
    ),
    bad: crate::page!("/files/%2e%2e/.management/stopSession"),
    good: crate::page!("/files/report.txt"),
    citation: article("Security: validate user input"),
};

pub(crate) static NOT_INTERCEPTED: Rule = Rule {
    id: "request-management-forwarded",
    aliases: &[],
    title: "a custom container pool forwards this path to the container",
    severity: Severity::Warning,
    kinds: KINDS,
    what: crate::page!(
        "Looks for `/session`, `/listSessions`, `/metadata` and the code interpreter's paths on a custom \
          container's endpoint."
    ),
    why: crate::page!(
        "The platform takes only `/.management/` for itself. The request reaches the session's container, and \
          allocates a session."
    ),
    bad: crate::page!("GET https://pool.environment.region.azurecontainerapps.io/listSessions"),
    good: crate::page!("POST https://pool.environment.region.azurecontainerapps.io/.management/listSessions"),
    citation: Citation::new("microsoft/azure-container-apps", "issue 1665"),
};

pub(crate) static ALLOCATES: Rule = Rule {
    id: "request-read-allocates",
    aliases: &[],
    title: "a read allocates a session too",
    severity: Severity::Info,
    kinds: KINDS,
    what: crate::page!("Looks for `GET` and `HEAD` requests about one session."),
    why: crate::page!(
        "An identifier that the pool does not know never gives \"not found\": it gives a new, empty session, and \
          takes a place in the pool."
    ),
    bad: crate::page!("GET .../files?identifier=mistyped"),
    good: crate::page!("keep the identifiers beside their owners, and ask only for those"),
    citation: article("Identifiers: a session is allocated automatically"),
};

pub(crate) static FILE_NAME: Rule = Rule {
    id: "request-file-name",
    aliases: &[],
    title: "the file's name needs care in a path",
    severity: Severity::Warning,
    kinds: KINDS,
    what: crate::page!(
        "Looks for characters in a file name of the path that are not letters, digits, `-`, `_` and `.`."
    ),
    why: crate::page!("The service allows `&`, `#` and `%` in file names, which mean something in a URL."),
    bad: crate::page!("GET .../files/a#b.txt/content"),
    good: crate::page!("GET .../files/a%23b.txt/content"),
    citation: page("sessions-code-interpreter.md, file names"),
};

/// Findings about the path; `managed` ones are the platform's own.
pub(super) fn check(asked: &Asked<'_>, managed: bool, path: &Span) -> Vec<Finding> {
    let &Asked { read, family, rest, operation, .. } = asked;
    let mut findings = Vec::new();
    if operation.is_unknown() {
        findings.push(Finding::new(&UNKNOWN, format!("no published version has {}", quote(rest))).at(path.clone()));
    }
    if let Some(found) = climbs(rest) {
        findings.push(
            Finding::new(&TRAVERSAL, format!("expected a plain path, found {found} in {}", quote(rest)))
                .at(path.clone()),
        );
    }
    let interpreter = Operation::of(Family::CodeInterpreter, &read.method, rest);
    if family == Family::CustomContainer && !managed && !interpreter.is_unknown() && !interpreter.is_mcp() {
        let message = format!("{} goes to the session's container, not to the platform", quote(rest));
        findings.push(Finding::new(&NOT_INTERCEPTED, message).at(path.clone()));
    }
    if matches!(read.method.as_str(), "GET" | "HEAD")
        && operation.of_session
        && !managed
        && operation.name != "look at or delete a session"
    {
        let message = format!("{} {} allocates a session if the identifier is not known", read.method, quote(rest));
        findings.push(Finding::new(&ALLOCATES, message).at(path.clone()));
    }
    if family == Family::CodeInterpreter
        && let Some(name) = file_name(rest)
        && !name.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte))
    {
        findings.push(
            Finding::new(&FILE_NAME, format!("{} needs care: encode it for a path", quote(&name))).at(path.clone()),
        );
    }
    findings
}

/// What makes a path climb.
fn climbs(path: &str) -> Option<&'static str> {
    let lower = path.to_ascii_lowercase();
    if lower.contains("%2f") || lower.contains("%5c") || path.contains('\\') {
        return Some("a hidden slash");
    }
    // Decoded twice, since a container may decode what the platform decoded already.
    let twice = decode(&decode(path, false).0, false).0;
    if twice.split(['/', '\\']).any(|segment| segment == "..") {
        return Some("`..`");
    }
    let first = twice.trim_start_matches('/').split('/').next().unwrap_or_default();
    if first.eq_ignore_ascii_case(".management") && !path.starts_with("/.management/") {
        return Some("`.management` in another writing");
    }
    path.contains("//").then_some("an empty segment")
}

fn file_name(rest: &str) -> Option<String> {
    let mut parts = rest.split('/').filter(|part| !part.is_empty());
    if parts.next() != Some("files") {
        return None;
    }
    match (parts.next(), parts.next()) {
        (Some("upload"), _) | (None, _) => None,
        (Some("content"), Some(name)) | (Some(name), _) => Some(name.into()),
    }
}
