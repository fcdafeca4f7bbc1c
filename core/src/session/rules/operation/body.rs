//! The body of a request that runs code.

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use serde_json::{Map, Value};

use super::super::{KINDS, page, specification};
use super::Asked;
use crate::quote::quote;
use crate::session::request::Generation;
use crate::{Citation, Finding, Rule, Severity, Span};

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

pub(crate) static BODY: Rule = Rule {
    id: "request-body-not-json",
    aliases: &[],
    title: "the body of a request that runs code is no JSON object",
    severity: Severity::Error,
    kinds: KINDS,
    what: crate::page!("Parses the body of requests that run code."),
    why: crate::page!("The service answers 400, and what the body names can't be compared with the query."),
    bad: crate::page!("-d '{\"code\": \"1 + 1\"'"),
    good: crate::page!("-d '{\"code\": \"1 + 1\"}'"),
    citation: specification("specification/app/data-plane/DynamicSessions, CodeExecutionRequest"),
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
    citation: page("sessions-code-interpreter.md, the time that code may take"),
};

pub(crate) static TIMEOUT_TYPE: Rule = Rule {
    id: "request-timeout-not-a-number",
    aliases: &[],
    title: "the time that code may take is no whole number",
    severity: Severity::Error,
    kinds: KINDS,
    what: crate::page!("Reads the type of `timeoutInSeconds`, an integer of 32 bits."),
    why: crate::page!("The specification takes nothing else. Whether the service converts a text is not documented."),
    bad: crate::page!("\"timeoutInSeconds\": \"60\""),
    good: crate::page!("\"timeoutInSeconds\": 60"),
    citation: specification("data-plane/DynamicSessions, timeoutInSeconds"),
};

pub(crate) static UNLISTED: Rule = Rule {
    id: "request-body-value-unlisted",
    aliases: &[],
    title: "the body has a value that the specification does not list",
    severity: Severity::Warning,
    kinds: KINDS,
    what: crate::page!(
        "Compares `codeInputType` with Inline, InlineBase64 and InlineText, and `executionType` with Synchronous and \
          Asynchronous, as versions from 2024-10-02-preview on have them."
    ),
    why: crate::page!(
        "The lists may grow, and the documentation's samples of earlier versions write small letters; what the service \
          makes of another value is not documented."
    ),
    bad: crate::page!("\"executionType\": \"Background\""),
    good: crate::page!("\"executionType\": \"Asynchronous\""),
    citation: specification("data-plane/DynamicSessions/models/code-execution.tsp"),
};

pub(crate) static INCOMPLETE: Rule = Rule {
    id: "request-body-member-missing",
    aliases: &[],
    title: "the body lacks what the specification requires",
    severity: Severity::Warning,
    kinds: KINDS,
    what: crate::page!(
        "Looks for `timeoutInSeconds`, and beside `code` for `codeInputType` and `executionType`, in versions from \
          2024-10-02-preview on."
    ),
    why: crate::page!(
        "The specification has no default for them. Whether the service refuses or takes one of its own is not \
          documented."
    ),
    bad: crate::page!("{\"code\": \"1 + 1\"}"),
    good: crate::page!(
        "{\"codeInputType\": \"Inline\", \"executionType\": \"Synchronous\", \"timeoutInSeconds\": 60, \"code\": \"1 + 1\"}"
    ),
    citation: specification("data-plane/DynamicSessions/models/code-execution.tsp"),
};

pub(crate) static NOT_ONE: Rule = Rule {
    id: "request-runs-not-one-thing",
    aliases: &[],
    title: "the body does not say one thing to run",
    severity: Severity::Error,
    kinds: KINDS,
    what: crate::page!(
        "Counts `code`, `shellCommand` and `execCommandAndArgs` in versions from 2024-10-02-preview on: one of them \
          is wanted. The last two are of pools of shells."
    ),
    why: crate::page!("Which of two is run is nowhere said, and with none there is nothing to run."),
    bad: crate::page!("\"shellCommand\": \"ls\", \"execCommandAndArgs\": [\"ls\", \"-a\"]"),
    good: crate::page!("\"shellCommand\": \"ls\""),
    citation: specification("data-plane/DynamicSessions, SessionCodeExecutionRequest"),
};

/// Members that have a list of values, and the list.
const LISTED: [(&str, &[&str]); 2] =
    [("codeInputType", &["Inline", "InlineBase64", "InlineText"]), ("executionType", &["Synchronous", "Asynchronous"])];

/// What is run: one of these.
const RUN: [&str; 3] = ["code", "shellCommand", "execCommandAndArgs"];

/// Findings about the body, where it is one that runs code.
pub(super) fn check(asked: &Asked<'_>, whole: &Span) -> Vec<Finding> {
    let &Asked { read, operation, body, .. } = asked;
    let mut findings = Vec::new();
    if !operation.runs {
        return findings;
    }
    let mut add = |rule, message| findings.push(Finding::new(rule, message).at(whole.clone()));
    // What a file or a variable of the shell holds can't be seen.
    let written = read.body.as_deref().map(str::trim).filter(|body| !body.starts_with(['@', '$', '<']));
    let Some(Value::Object(body)) = body else {
        if written.is_some() {
            add(&BODY, "expected a JSON object as the body, found something else".into());
        }
        return findings;
    };
    let wrapped = body.contains_key("properties");
    let old = operation.generation == Some(Generation::Old);
    if wrapped != old {
        let message = if wrapped {
            "expected the body's members at the top, found them in `properties`"
        } else {
            "expected the body's members in `properties`, found them at the top"
        };
        add(&WRAPPED, message.into());
    }
    let inner = body.get("properties").and_then(Value::as_object).unwrap_or(body);
    if let Some(value) = inner.get("timeoutInSeconds") {
        match value.as_i64().and_then(|seconds| i32::try_from(seconds).ok()) {
            Some(..=220) => {}
            Some(seconds) => add(&TIMEOUT, format!("expected at most 220 seconds, found {seconds}")),
            None => {
                let found = if value.is_string() { "a text" } else { "something else" };
                add(&TIMEOUT_TYPE, format!("expected a whole number in `timeoutInSeconds`, found {found}"));
            }
        }
    }
    if !old {
        specified(inner, &mut add);
    }
    findings
}

/// What versions from 2024-10-02-preview on say of the members.
fn specified(body: &Map<String, Value>, add: &mut dyn FnMut(&'static Rule, String)) {
    let named: Vec<&str> = RUN.into_iter().filter(|name| body.contains_key(*name)).collect();
    if named.len() != 1 {
        let found = if named.is_empty() { "none".into() } else { format!("`{}`", named.join("` and `")) };
        add(&NOT_ONE, format!("expected one of `{}`, found {found}", RUN.join("`, `")));
    }
    for (name, values) in LISTED {
        match body.get(name) {
            Some(value) if !value.as_str().is_some_and(|value| values.contains(&value)) => {
                let found = value.as_str().map_or("no text".into(), quote);
                add(&UNLISTED, format!("expected one of `{}` in `{name}`, found {found}", values.join("`, `")));
            }
            None if body.contains_key("code") => {
                add(&INCOMPLETE, format!("expected `{name}` beside `code`, found none"))
            }
            _ => {}
        }
    }
    if !body.contains_key("timeoutInSeconds") {
        add(&INCOMPLETE, "expected `timeoutInSeconds`, found none".into());
    }
}
