//! What a request asks for (the article: forwarding requests; validate user input).
//!
//! What it checks: API version, path and body of one generation; what is forwarded to the container.
//! Why it matters: the two generations of the API have different paths and bodies, and documents that mix them.
//! Reference: Azure/azure-rest-api-specs, data-plane/DynamicSessions; microsoft/azure-container-apps issue 1665.

pub(crate) mod body;
pub(crate) mod path;

use alloc::format;
use alloc::vec::Vec;

use serde_json::Value;

use super::{KINDS, specification};
use crate::quote::quote;
use crate::session::request::{Family, Generation, KNOWN_VERSIONS, Operation, Read, Url, generation};
use crate::session::wire::Query;
use crate::{Document, Finding, Rule, Severity};

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

pub(crate) static METHOD: Rule = Rule {
    id: "request-method",
    aliases: &[],
    title: "the operation takes another method",
    severity: Severity::Error,
    kinds: KINDS,
    what: crate::page!("Compares the method with those that the specification has for the path."),
    why: crate::page!("The service answers 400 with SessionRequestValidationFailed."),
    bad: crate::page!("GET .../executions"),
    good: crate::page!("POST .../executions"),
    citation: specification("data-plane/DynamicSessions, operations"),
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
    let &Asked { read, url, family, rest, operation, query, .. } = asked;
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
    // An address alone tells no method.
    if read.method_told && !operation.methods.is_empty() && !operation.methods.contains(&read.method.as_str()) {
        let message =
            format!("expected {} to {}, found {}", operation.methods.join(" or "), operation.name, quote(&read.method));
        findings.push(Finding::new(&METHOD, message).at(whole.clone()));
    }
    findings.extend(body::check(asked, &whole));
    findings.extend(path::check(asked, managed, &path));
    findings
}
