//! Whether sessions reach the internet.
//!
//! What it checks: `sessionNetworkConfiguration.status`.
//! Why it matters: what runs in a session is to be taken for malicious.
//! Reference: session-pool.md, network; the article's section on security.

use super::{article, page};
use crate::arm::setting::Setting;
use crate::pool::answer::Egress;
use crate::pool::context::{Context, Pool, fixed};
use crate::{Kind, Rule, Severity};

const KINDS: &[Kind] = &[Kind::Pool];

pub(crate) static ENABLED: Rule = Rule {
    id: "pool-egress-enabled",
    aliases: &[],
    title: "sessions reach the internet",
    severity: Severity::Warning,
    kinds: KINDS,
    what: crate::page!("Reads `sessionNetworkConfiguration.status`."),
    why: crate::page!(
        "Code in a session that is not trusted can send what it finds anywhere, and attack others in your name."
    ),
    bad: crate::page!("\"status\": \"EgressEnabled\""),
    good: crate::page!("\"status\": \"EgressDisabled\""),
    citation: article("Security: sessions make no outbound requests by default"),
};

pub(crate) static IMPLICIT: Rule = Rule {
    id: "pool-egress-unwritten",
    aliases: &[],
    title: "whether sessions reach the internet is not written",
    severity: Severity::Warning,
    kinds: KINDS,
    what: crate::page!("Looks for `sessionNetworkConfiguration.status` in what creates a pool."),
    why: crate::page!(
        "The documentation, the command line and Terraform say that the default is `EgressDisabled`; the specification has no default."
    ),
    bad: crate::page!("\"sessionNetworkConfiguration\" absent"),
    good: crate::page!("\"sessionNetworkConfiguration\": { \"status\": \"EgressDisabled\" }"),
    citation: page("session-pool.md, settings of a session pool: sessionNetworkConfiguration.status"),
};

/// The setting itself.
pub(in crate::pool) fn status<'s>(pool: &Pool<'s>) -> Option<&'s Setting> {
    pool.properties.at("sessionNetworkConfiguration.status")
}

/// Whether sessions reach the internet.
pub(in crate::pool) fn egress(pool: &Pool<'_>) -> Egress {
    let Some(status) = status(pool) else { return Egress::Unwritten };
    match status.text() {
        Some(text) if text.eq_ignore_ascii_case("EgressEnabled") => Egress::Enabled,
        Some(text) if text.eq_ignore_ascii_case("EgressDisabled") => Egress::Disabled,
        _ => Egress::Unknown,
    }
}

/// Egress by itself; with an identity it is `identity`'s.
pub(in crate::pool) fn check(pool: &Pool<'_>, cx: &mut Context<'_>) {
    match (egress(pool), status(pool)) {
        (Egress::Enabled, Some(status)) => {
            let message =
                "expected `EgressDisabled`, found `EgressEnabled`: what runs in a session can reach the internet";
            let edits = cx.replace(status, "\"EgressDisabled\"");
            cx.add(fixed(cx.finding(&ENABLED, message, status), "Write EgressDisabled", edits));
        }
        (Egress::Unknown, Some(status)) => cx.doubt(&ENABLED, "properties.sessionNetworkConfiguration.status", status),
        (Egress::Unwritten, _) if !pool.patch => {
            let at = pool.properties.range.start;
            let message = "expected `sessionNetworkConfiguration.status`, found none";
            let finding = cx.finding_at(&IMPLICIT, message, &(at..at.saturating_add(1)));
            cx.add(finding.help("write `\"sessionNetworkConfiguration\": { \"status\": \"EgressDisabled\" }`"));
            cx.assumptions.insert("egress that isn't written is disabled, as documented".into());
        }
        _ => {}
    }
}
