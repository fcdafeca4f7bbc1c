//! What a request asks for (the article: forwarding requests; validate user input).
//!
//! What it checks: API version, path and body of one generation; what is forwarded to the container.
//! Why it matters: the two generations of the API have different paths and bodies, and documents that mix them.
//! Reference: Azure/azure-rest-api-specs, data-plane/DynamicSessions; microsoft/azure-container-apps issue 1665.

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use serde_json::Value;

use super::{KINDS, article, specification};
use crate::quote::quote;
use crate::session::request::{Family, Generation, KNOWN_VERSIONS, Operation, Read, Url, generation};
use crate::session::wire::{Query, decode};
use crate::{Citation, Document, Finding, Rule, Severity};

pub(crate) static VERSION_MISSING: Rule = Rule {
    id: "request-api-version-missing",
    aliases: &[],
    title: "the request names no API version",
    severity: Severity::Error,
    kinds: KINDS,
    what: crate::page!("Looks for `api-version` in requests to regional endpoints and to `/.management/` paths."),
    why: crate::page!("The service answers 400. Requests that are forwarded to a custom container need none."),
    bad: crate::page!("POST .../executions?identifier=9b74c989..."),
    good: crate::page!("POST .../executions?api-version=2025-10-02-preview&identifier=9b74c989..."),
    citation: specification("specification/app/data-plane/DynamicSessions"),
};

pub(crate) static VERSION_UNKNOWN: Rule = Rule {
    id: "request-api-version-unknown",
    aliases: &[],
    title: "the API version is not one that was published for the data plane",
    severity: Severity::Warning,
    kinds: KINDS,
    what: crate::page!("Compares with the published versions. Versions of Azure Resource Manager are others."),
    why: crate::page!("The service answers 400, or does what no document says."),
    bad: crate::page!("api-version=2026-01-01"),
    good: crate::page!("api-version=2025-10-02-preview"),
    citation: specification("specification/app/data-plane/DynamicSessions"),
};

pub(crate) static MIXED: Rule = Rule {
    id: "request-generations-mixed",
    aliases: &[],
    title: "path and API version are of different generations",
    severity: Severity::Error,
    kinds: KINDS,
    what: crate::page!(
        "Compares the path with the API version: `code/execute`, `files/upload` and `files/content/{name}` are of \
          versions up to 2024-08-02-preview; `executions` and `files/{name}/content` of 2024-10-02-preview and later."
    ),
    why: crate::page!("The service answers 400. One edition of the documentation's own table mixes them."),
    bad: crate::page!("POST .../code/execute?api-version=2025-10-02-preview"),
    good: crate::page!("POST .../executions?api-version=2025-10-02-preview"),
    citation: specification("specification/app/data-plane/DynamicSessions"),
};

pub(crate) static WRAPPED: Rule = Rule {
    id: "request-body-wrapped",
    aliases: &[],
    title: "the body has the form of another generation",
    severity: Severity::Error,
    kinds: KINDS,
    what: crate::page!(
        "Looks for `properties` around the body: versions up to 2024-08-02-preview have it, later ones don't."
    ),
    why: crate::page!("The service answers 400 with SessionPropertiesMissing."),
    bad: crate::page!("{\"properties\": {\"code\": \"...\"}} to .../executions"),
    good: crate::page!("{\"code\": \"...\"}"),
    citation: Citation::new(
        "Azure-Samples/container-apps-dynamic-sessions-samples",
        "code-interpreter/2024-10-02-preview-and-after.md",
    ),
};

pub(crate) static TIMEOUT: Rule = Rule {
    id: "request-timeout-too-long",
    aliases: &[],
    title: "the request asks for more time than code has",
    severity: Severity::Warning,
    kinds: KINDS,
    what: crate::page!("Reads `timeoutInSeconds`, which can't be more than 220."),
    why: crate::page!("Code is stopped after 220 seconds, with status 200 and `Failed` in the body."),
    bad: crate::page!("\"timeoutInSeconds\": 600"),
    good: crate::page!("\"timeoutInSeconds\": 60"),
    citation: Citation::new("Azure Container Apps code interpreter sessions", "execution time"),
};

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
    citation: Citation::new("Azure Container Apps code interpreter sessions", "file names"),
};

/// A request behind a pool's endpoint.
pub(in crate::session) struct Asked<'a> {
    pub(in crate::session) read: &'a Read,
    pub(in crate::session) url: &'a Url<'a>,
    pub(in crate::session) family: Family,
    /// The path behind the endpoint.
    pub(in crate::session) rest: &'a str,
    pub(in crate::session) operation: Operation,
    pub(in crate::session) query: &'a Query,
    /// The body, if it is JSON.
    pub(in crate::session) body: Option<&'a Value>,
}

/// Findings about what is asked for.
pub(in crate::session) fn check(asked: &Asked<'_>, document: &Document<'_>) -> Vec<Finding> {
    let &Asked { read, url, family, rest, operation, query, body } = asked;
    let mut findings = Vec::new();
    let path = document.span(read.place(url.path_range.clone()));
    let whole = document.span(read.range.clone());
    let managed = rest.starts_with("/.management/");
    let platform = (family == Family::CodeInterpreter || managed) && !operation.is_mcp();
    let version = query.all("api-version").next();
    match version {
        None if platform => {
            let finding = Finding::new(&VERSION_MISSING, "expected a parameter `api-version`, found none");
            findings.push(finding.at(whole.clone()));
        }
        Some(version) if platform && !KNOWN_VERSIONS.contains(&version) => {
            let message = format!("expected one of `{}`, found {}", KNOWN_VERSIONS.join("`, `"), quote(version));
            findings.push(Finding::new(&VERSION_UNKNOWN, message).at(whole.clone()));
        }
        _ => {}
    }
    if let (Some(version), Some(of_path)) = (version, operation.generation)
        && platform
        && generation(version) != of_path
    {
        let of = if of_path == Generation::Old { "up to 2024-08-02-preview" } else { "from 2024-10-02-preview on" };
        let message = format!("the path is of versions {of}, the API version is {}", quote(version));
        findings.push(Finding::new(&MIXED, message).at(path.clone()));
    }
    if operation.runs
        && let Some(Value::Object(body)) = body
    {
        let wrapped = body.contains_key("properties");
        let expected = operation.generation == Some(Generation::Old);
        if wrapped != expected {
            let message = if wrapped {
                "expected the body's members at the top, found them in `properties`"
            } else {
                "expected the body's members in `properties`, found them at the top"
            };
            findings.push(Finding::new(&WRAPPED, message).at(whole.clone()));
        }
        let inner = body.get("properties").and_then(Value::as_object).unwrap_or(body);
        if let Some(seconds) = inner.get("timeoutInSeconds").and_then(Value::as_u64).filter(|seconds| *seconds > 220) {
            findings.push(
                Finding::new(&TIMEOUT, format!("expected at most 220 seconds, found {seconds}")).at(whole.clone()),
            );
        }
    }
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
        findings.push(Finding::new(&FILE_NAME, format!("{} needs care: encode it for a path", quote(&name))).at(path));
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
