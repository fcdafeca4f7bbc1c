//! How many sessions there are.
//!
//! What it checks: `scaleConfiguration`.
//! Why it matters: a pool that keeps as many sessions ready as it may have is refused by some tools, and one beyond the
//! documented number by the service.
//! Reference: the settings of session pools; the Terraform provider.

use alloc::format;

use super::page;
use crate::pool::context::{Context, Pool};
use crate::{Citation, Kind, Rule, Severity};

const KINDS: &[Kind] = &[Kind::Pool];

pub(crate) static READY: Rule = Rule {
    id: "pool-ready-not-below-maximum",
    aliases: &[],
    title: "as many sessions are ready as there may be",
    severity: Severity::Warning,
    kinds: KINDS,
    what: crate::page!("Compares `readySessionInstances` with `maxConcurrentSessions`."),
    why: crate::page!(
        "The Terraform provider takes fewer ready sessions than the maximum only; the specification has no bound."
    ),
    bad: crate::page!("\"maxConcurrentSessions\": 5, \"readySessionInstances\": 5"),
    good: crate::page!("\"maxConcurrentSessions\": 10, \"readySessionInstances\": 5"),
    citation: Citation::new("hashicorp/terraform-provider-azurerm", "container_app_session_pool"),
};

pub(crate) static MOST: Rule = Rule {
    id: "pool-sessions-beyond-documented",
    aliases: &[],
    title: "more sessions than documented",
    severity: Severity::Warning,
    kinds: KINDS,
    what: crate::page!("Compares `maxConcurrentSessions` with 600."),
    why: crate::page!(
        "600 is the documented maximum of code interpreters; whether pools of custom containers may have more is not documented."
    ),
    bad: crate::page!("\"maxConcurrentSessions\": 5000"),
    good: crate::page!("\"maxConcurrentSessions\": 500"),
    citation: page("session-pool.md, settings of a session pool: maxConcurrentSessions"),
};

pub(crate) static NONE: Rule = Rule {
    id: "pool-without-sessions",
    aliases: &[],
    title: "a pool that may have no session",
    severity: Severity::Error,
    kinds: KINDS,
    what: crate::page!("Looks for numbers of sessions below 1."),
    why: crate::page!("No session can be allocated."),
    bad: crate::page!("\"maxConcurrentSessions\": 0"),
    good: crate::page!("\"maxConcurrentSessions\": 10"),
    citation: Citation::new("hashicorp/terraform-provider-azurerm", "container_app_session_pool"),
};

/// The documented maximum.
const DOCUMENTED: i64 = 600;

/// Numbers of sessions.
pub(in crate::pool) fn check(pool: &Pool<'_>, cx: &mut Context<'_>) {
    let most = pool.properties.at("scaleConfiguration.maxConcurrentSessions");
    let ready = pool.properties.at("scaleConfiguration.readySessionInstances");
    if let Some(most) = most {
        match most.integer() {
            Some(number) if number < 1 => {
                cx.add(cx.finding(&NONE, format!("expected at least 1 session, found {number}"), most));
            }
            Some(number) if number > DOCUMENTED => {
                cx.add(cx.finding(&MOST, format!("expected at most {DOCUMENTED} sessions, found {number}"), most));
            }
            None if most.missing().is_some() => {
                cx.doubt(&NONE, "properties.scaleConfiguration.maxConcurrentSessions", most)
            }
            _ => {}
        }
    }
    let (Some(most), Some(ready)) = (most, ready) else { return };
    if let (Some(number), Some(at_most)) = (ready.integer(), most.integer())
        && number >= at_most
    {
        let message = format!("expected fewer ready sessions than the maximum of {at_most}, found {number}");
        cx.add(cx.finding(&READY, message, ready).related(cx.span(&most.range), "the maximum"));
    }
}
