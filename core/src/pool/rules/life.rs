//! How long a session lives.
//!
//! What it checks: the life cycle's rules, and the policy's limits on idle time and life time.
//! Why it matters: an identifier opens its session for as long as the session lives.
//! Reference: the article's practice of short expiry; containerapp_sessionpool_decorator.py.

use alloc::format;

use super::{article, command_line, page};
use crate::arm::setting::Setting;
use crate::pool::context::{Context, Pool, fixed};
use crate::{Kind, Rule, Severity};

const KINDS: &[Kind] = &[Kind::Pool];

pub(crate) static MIXED: Rule = Rule {
    id: "pool-lifecycle-mixed",
    aliases: &[],
    title: "periods of both life cycles",
    severity: Severity::Error,
    kinds: KINDS,
    what: crate::page!(
        "Looks for `maxAlivePeriodInSeconds` with `Timed` and `cooldownPeriodInSeconds` with `OnContainerExit`."
    ),
    why: crate::page!(
        "Each life cycle supports one of the two, so the other is no limit. The command line refuses the pair."
    ),
    bad: crate::page!("\"lifecycleType\": \"Timed\", \"maxAlivePeriodInSeconds\": 600"),
    good: crate::page!("\"lifecycleType\": \"Timed\", \"cooldownPeriodInSeconds\": 600"),
    citation: command_line("containerapp_sessionpool_decorator.py"),
};

pub(crate) static CUSTOM_ONLY: Rule = Rule {
    id: "pool-lifecycle-custom-only",
    aliases: &[],
    title: "a life cycle for custom containers only",
    severity: Severity::Error,
    kinds: KINDS,
    what: crate::page!("Compares the life cycle with the container type."),
    why: crate::page!(
        "Only pools of custom containers take `OnContainerExit`; the command line refuses it for others."
    ),
    bad: crate::page!("\"containerType\": \"PythonLTS\" with \"OnContainerExit\""),
    good: crate::page!("\"containerType\": \"PythonLTS\" with \"Timed\""),
    citation: command_line("containerapp_sessionpool_decorator.py"),
};

pub(crate) static COOLDOWN: Rule = Rule {
    id: "pool-cooldown-long",
    aliases: &[],
    title: "an idle session lives longer than the policy allows",
    severity: Severity::Warning,
    kinds: KINDS,
    what: crate::page!("Compares `cooldownPeriodInSeconds` with the policy, 900 seconds unless it says otherwise."),
    why: crate::page!(
        "Whoever learns the identifier can use the session until it is gone, and every request starts the period anew."
    ),
    bad: crate::page!("\"cooldownPeriodInSeconds\": 3600"),
    good: crate::page!("\"cooldownPeriodInSeconds\": 300"),
    citation: article("Security: implement short expiration times"),
};

pub(crate) static ALIVE: Rule = Rule {
    id: "pool-lifetime-long",
    aliases: &[],
    title: "a session may live longer than the policy allows",
    severity: Severity::Warning,
    kinds: KINDS,
    what: crate::page!("Compares `maxAlivePeriodInSeconds` with the policy, 3600 seconds unless it says otherwise."),
    why: crate::page!("With `OnContainerExit` a session is not gone when it is idle, so this is its only limit."),
    bad: crate::page!("\"maxAlivePeriodInSeconds\": 86400"),
    good: crate::page!("\"maxAlivePeriodInSeconds\": 3600"),
    citation: article("Security: implement short expiration times"),
};

pub(crate) static UNBOUNDED: Rule = Rule {
    id: "pool-lifetime-unwritten",
    aliases: &[],
    title: "a session without a written life time",
    severity: Severity::Warning,
    kinds: KINDS,
    what: crate::page!("Looks for `maxAlivePeriodInSeconds` with `OnContainerExit`."),
    why: crate::page!(
        "The command line writes 3600; the service has no published default, so how long a session lives can't be told."
    ),
    bad: crate::page!("\"lifecycleType\": \"OnContainerExit\" alone"),
    good: crate::page!("\"lifecycleType\": \"OnContainerExit\", \"maxAlivePeriodInSeconds\": 3600"),
    citation: page("session-pool.md, lifecycle configuration: OnContainerExit"),
};

pub(crate) static IMPLICIT: Rule = Rule {
    id: "pool-lifecycle-unwritten",
    aliases: &[],
    title: "no life cycle is written",
    severity: Severity::Info,
    kinds: KINDS,
    what: crate::page!("Looks for the life cycle and its period."),
    why: crate::page!(
        "The documented default is `Timed` with 300 seconds, which is the command line's; the specification has no default."
    ),
    bad: crate::page!("\"dynamicPoolConfiguration\" absent"),
    good: crate::page!(
        "\"lifecycleConfiguration\": { \"lifecycleType\": \"Timed\", \"cooldownPeriodInSeconds\": 300 }"
    ),
    citation: page("session-pool.md, lifecycle configuration"),
};

const LIFE: &str = "dynamicPoolConfiguration.lifecycleConfiguration";

fn of<'s>(pool: &Pool<'s>, key: &str) -> Option<&'s Setting> {
    let dynamic = pool.properties.get("dynamicPoolConfiguration")?;
    dynamic.at("lifecycleConfiguration").and_then(|life| life.get(key)).or_else(|| match key {
        "lifecycleType" => dynamic.get("executionType"),
        "cooldownPeriodInSeconds" => dynamic.get(key),
        _ => None,
    })
}

/// `Timed` or `OnContainerExit`.
pub(in crate::pool) fn cycle<'s>(pool: &Pool<'s>) -> Option<&'s Setting> {
    of(pool, "lifecycleType")
}

/// Seconds without a request until a session is gone.
pub(in crate::pool) fn cooldown<'s>(pool: &Pool<'s>) -> Option<&'s Setting> {
    of(pool, "cooldownPeriodInSeconds")
}

/// Seconds that a session lives at most.
pub(in crate::pool) fn alive<'s>(pool: &Pool<'s>) -> Option<&'s Setting> {
    of(pool, "maxAlivePeriodInSeconds")
}

/// The life cycle and its periods.
pub(in crate::pool) fn check(pool: &Pool<'_>, cx: &mut Context<'_>) {
    let (cycle, cooldown, alive) = (cycle(pool), cooldown(pool), alive(pool));
    let is = |name: &str| cycle.and_then(Setting::text).is_some_and(|text| text.eq_ignore_ascii_case(name));
    let (timed, exit) = (is("Timed"), is("OnContainerExit"));
    if let Some(cycle) = cycle.filter(|cycle| cycle.missing().is_some()) {
        cx.doubt(&MIXED, &format!("{LIFE}.lifecycleType"), cycle);
    }
    if let Some(alive) = alive.filter(|_| timed || (cycle.is_none() && !pool.patch)) {
        let message = "expected `cooldownPeriodInSeconds` with `Timed`, found `maxAlivePeriodInSeconds`, which it doesn't support";
        cx.add(cx.finding(&MIXED, message, alive));
    }
    if let Some(cooldown) = cooldown.filter(|_| exit) {
        let message = "expected `maxAlivePeriodInSeconds` with `OnContainerExit`, found `cooldownPeriodInSeconds`, which it doesn't support";
        cx.add(cx.finding(&MIXED, message, cooldown));
    }
    match (pool.custom, exit, cycle) {
        (Some(false), true, Some(cycle)) => {
            let message = "expected `Timed` for a pool that isn't of custom containers, found `OnContainerExit`";
            let edits = cx.replace(cycle, "\"Timed\"");
            cx.add(fixed(cx.finding(&CUSTOM_ONLY, message, cycle), "Write Timed", edits));
        }
        (None, true, Some(_)) => {
            if let Some(kind) = pool.properties.get("containerType") {
                cx.doubt(&CUSTOM_ONLY, "properties.containerType", kind);
            } else if pool.patch {
                cx.assumptions.insert("the pool that PATCH changes is of custom containers".into());
            }
        }
        _ => {}
    }
    limit(cooldown.filter(|_| !exit), "cooldownPeriodInSeconds", cx.policy.cooldown, &COOLDOWN, cx);
    limit(alive.filter(|_| !timed), "maxAlivePeriodInSeconds", cx.policy.alive, &ALIVE, cx);
    if let Some(cycle) = cycle.filter(|_| exit && alive.is_none()) {
        let message = "expected `maxAlivePeriodInSeconds` with `OnContainerExit`, found none";
        cx.add(cx.finding(&UNBOUNDED, message, cycle).help("write how long a session may live"));
    }
    if !pool.patch && cooldown.is_none() && alive.is_none() && !exit {
        let at = pool.properties.get("dynamicPoolConfiguration").unwrap_or(pool.properties).range.start;
        let message = "expected a life cycle and its period, found none";
        cx.add(cx.finding_at(&IMPLICIT, message, &(at..at.saturating_add(1))));
        cx.assumptions.insert("a life cycle that isn't written is `Timed` with 300 seconds, as documented".into());
    }
    let legacy = pool.properties.at("dynamicPoolConfiguration").and_then(|dynamic| dynamic.entry("executionType"));
    if let Some(entry) = legacy.filter(|_| pool.version.name() < "2025-01-01") {
        let message =
            "expected `lifecycleConfiguration`, found `executionType`, which versions from 2025-01-01 on don't have";
        cx.add(cx.finding_at(&super::shape::LEGACY, message, &entry.key_range));
    }
}

fn limit(setting: Option<&Setting>, name: &str, most: u32, rule: &'static Rule, cx: &mut Context<'_>) {
    let Some(setting) = setting else { return };
    if setting.missing().is_some() {
        return cx.doubt(rule, &format!("{LIFE}.{name}"), setting);
    }
    let Some(found) = setting.integer().filter(|found| *found > i64::from(most)) else { return };
    let message = format!("expected at most {most} seconds by the policy for `{name}`, found {found}");
    let edits = cx.replace(setting, format!("{most}"));
    let finding = cx.finding(rule, message, setting).arg("most", format!("{most}")).arg("found", format!("{found}"));
    cx.add(fixed(finding, format!("Write {most}"), edits));
}
