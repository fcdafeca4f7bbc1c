//! A report held against what its case's author expects.

use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

use serde::Serialize;

use super::word;
use crate::fabric::{Cell, Role};
use crate::{Answer, Case, Expectation, Report};

/// One of a case's expectations, and what came of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Held {
    /// What it asks: `certificate 1 on gateway: refused, finding thumbprint-length`.
    pub asks: String,
    /// What of it the report does not give, a sentence each; empty: it is met.
    pub missing: Vec<String>,
}

impl Held {
    /// Every expectation of the case, in order.
    pub fn all(case: &Case, report: &Report) -> Vec<Self> {
        case.expect.iter().map(|one| Self { asks: asks(one), missing: missing(one, report) }).collect()
    }

    /// Whether the report gives all that it asks.
    pub fn is_met(&self) -> bool {
        self.missing.is_empty()
    }
}

fn asks(one: &Expectation) -> String {
    let mut place = Vec::new();
    place.extend(one.certificate.map(|number| format!("certificate {number}")));
    place.extend(one.connection.map(|connection| format!("on {}", word(&connection))));
    let place = if place.is_empty() { String::from("the case") } else { place.join(" ") };
    let mut asks = Vec::new();
    asks.extend(one.verdict.map(|verdict| word(&verdict)));
    asks.extend(one.role.map(|role| format!("role {}", word(&role))));
    asks.extend(one.at_most.map(|role| format!("at most role {}", word(&role))));
    asks.extend(one.presents.iter().map(|(element, number)| match number {
        0 => format!("nothing as {element}"),
        _ => format!("certificate {number} as {element}"),
    }));
    asks.extend(one.code.as_ref().map(|code| format!("code {code}")));
    asks.extend(one.cause.as_ref().map(|cause| format!("cause {cause}")));
    asks.extend(one.findings.iter().map(|rule| format!("finding {rule}")));
    asks.extend(one.without.iter().map(|rule| format!("no finding {rule}")));
    asks.extend(one.errors.as_ref().map(|bits| format!("error bits {}", list(bits))));
    asks.extend(one.flips.as_ref().map(|at| format!("changes at {}", instants(at))));
    format!("{place}: {}", list(&asks))
}

fn missing(one: &Expectation, report: &Report) -> Vec<String> {
    let mut missing = Vec::new();
    let mut expected = |what: String, found: String| missing.push(format!("expected {what}, found {found}"));
    let cells: &[Cell] = if let Answer::Peer(answer) = &report.answer { &answer.cells } else { &[] };
    let meant: Vec<&Cell> = cells.iter().filter(|cell| is_meant(one, cell)).collect();
    let named = one.certificate.is_some() || one.connection.is_some();
    if named && meant.is_empty() {
        expected(String::from("a cell of that certificate and connection"), String::from("none"));
    }
    if let Some(verdict) = one.verdict {
        let found = meant.iter().map(|cell| cell.verdict).find(|found| named && *found != verdict);
        let found = found.or((!named && report.verdict != verdict).then_some(report.verdict));
        if let Some(found) = found {
            expected(word(&verdict), word(&found));
        }
    }
    let granted: fn(&Cell) -> Option<Role> = |cell| cell.role;
    let roles = [("the role", one.role, granted), ("at most the role", one.at_most, |cell| cell.perhaps.or(cell.role))];
    for (what, role, of) in roles {
        let Some(role) = role else { continue };
        let is = |cell: &&Cell| of(cell) == Some(role);
        if !(if named { meant.iter().all(is) } else { meant.iter().any(is) }) {
            let found: Vec<_> = meant.iter().filter_map(|cell| of(cell)).map(|role| word(&role)).collect();
            expected(format!("{what} {}", word(&role)), list(&found));
        }
    }
    for (element, number) in &one.presents {
        let found = presented(report, element);
        if found.is_empty() || found.iter().any(|found| found != number) {
            let found: Vec<_> = found.iter().map(ToString::to_string).collect();
            expected(format!("certificate {number} as {element}"), list(&found));
        }
    }
    if let Some(code) = &one.code {
        let mut codes: Vec<&str> = meant.iter().map(|cell| cell.code.as_deref().unwrap_or("none")).collect();
        if !named {
            codes.extend(report.findings.iter().filter_map(|found| found.args.get("code")).map(String::as_str));
        }
        let is = |found: &&str| *found == code.as_str();
        if codes.is_empty() || !(if named { codes.iter().all(is) } else { codes.iter().any(is) }) {
            expected(format!("the code {code}"), list(&codes));
        }
    }
    if let Some(cause) = &one.cause {
        let first = report.diagnosis.as_ref().and_then(|diagnosis| diagnosis.causes.first());
        let found = first.map_or("none", |cause| cause.rule.as_deref().unwrap_or("a cause without a rule"));
        if found != cause.as_str() {
            expected(format!("the cause {cause}"), found.to_string());
        }
    }
    let has = |rule: &&String| report.findings.iter().any(|finding| finding.rule.as_ref() == rule.as_str());
    for rule in one.findings.iter().filter(|rule| !has(rule)) {
        let found: Vec<&str> = report.findings.iter().map(|finding| finding.rule.as_ref()).collect();
        expected(format!("the finding {rule}"), list(&found));
    }
    for rule in one.without.iter().filter(has) {
        expected(format!("no finding {rule}"), String::from("one"));
    }
    if let Some(bits) = &one.errors {
        let mut found: Vec<&str> = Vec::new();
        if let Answer::Chain(answer) = &report.answer {
            found.extend(answer.errors.iter().map(AsRef::as_ref));
        }
        let is_chain = matches!(report.answer, Answer::Chain(_));
        let same = bits.iter().all(|bit| found.contains(&bit.as_str()))
            && found.iter().all(|found| bits.iter().any(|bit| bit == found));
        if !is_chain || !same {
            expected(format!("the error bits {}", list(bits)), list(&found));
        }
    }
    if let Some(at) = &one.flips {
        let found: Vec<_> = report.flips.iter().filter(|flip| !flip.health).map(|flip| flip.at).collect();
        if found != *at {
            expected(format!("changes at {}", instants(at)), instants(&found));
        }
    }
    missing
}

/// A certificate or a connection names cells, and then each of them must be as expected; neither names the whole case.
fn is_meant(one: &Expectation, cell: &Cell) -> bool {
    one.certificate.is_none_or(|number| cell.certificate == number)
        && one.connection.is_none_or(|connection| cell.connection == connection)
}

/// What is presented as an element, in every node type that has it.
fn presented(report: &Report, element: &str) -> Vec<u32> {
    let Answer::Presentation(answer) = &report.answer else { return Vec::new() };
    let of = answer.presentations.iter().filter(|presentation| presentation.role == element);
    of.map(|presentation| presentation.presented.unwrap_or_default()).collect()
}

fn instants(at: &[crate::Time]) -> String {
    list(&at.iter().map(ToString::to_string).collect::<Vec<_>>())
}

fn list(items: &[impl AsRef<str>]) -> String {
    match items {
        [] => String::from("none"),
        _ => items.iter().map(AsRef::as_ref).collect::<Vec<_>>().join(", "),
    }
}
