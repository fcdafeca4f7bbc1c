//! The safety margin before the expiry of what a node presents.
//!
//! What it checks: `CertificateExpirySafetyMargin`, and whether what is presented expires within it.
//! Why it matters: the health report that it raises is the last thing that is said before a cluster loses its nodes.
//! Reference: SecurityConfig.h:334-338; TransportSecurity.cpp:532-575.

use alloc::format;
use alloc::vec::Vec;

use super::{article, source};
use crate::fabric::decimal::Decimal;
use crate::fabric::setting;
use crate::fabric::settings::Settings;
use crate::{Finding, Kind, Rule, Severity, Time};

pub(crate) static MINUTES: Rule = Rule {
    id: "safety-margin-in-minutes",
    aliases: &[],
    title: "a safety margin is less than a day",
    severity: Severity::Warning,
    kinds: &[Kind::Peer, Kind::Presentation],
    what: crate::page!("Reads `CertificateExpirySafetyMargin` in seconds and compares it with a day."),
    why: crate::page!(
        "The public article says minutes and the default is written in minutes in the source, but the value of a manifest \
          is in seconds: `43200`, 30 days in minutes, is 12 hours."
    ),
    bad: crate::page!("<Parameter Name=\"CertificateExpirySafetyMargin\" Value=\"43200\" />"),
    good: crate::page!("<Parameter Name=\"CertificateExpirySafetyMargin\" Value=\"2592000\" />"),
    citation: source("src/prod/src/Common/SecurityConfig.h:338"),
};

pub(crate) static CLOSE: Rule = Rule {
    id: "presented-close-to-expiry",
    aliases: &[],
    title: "what a node presents expires soon",
    severity: Severity::Warning,
    kinds: &[Kind::Presentation],
    what: crate::page!(
        "Compares NotAfter of the certificate that is presented with the instant of the case and the safety margin."
    ),
    why: crate::page!(
        "The node's health report is a warning from then on. When the certificate expires, no other node admits this one."
    ),
    bad: crate::page!("a certificate presented on 2026-11-22 that expires on 2026-12-01, and a margin of 30 days"),
    good: crate::page!("its successor installed and presented"),
    citation: article("CertificateExpirySafetyMargin"),
};

/// The parameter.
pub(in crate::fabric) const SAFETY_MARGIN: &str = "CertificateExpirySafetyMargin";

/// 30 days, in seconds.
const DEFAULT: i64 = 2_592_000;
const DAY: i64 = 86_400;

/// The margin in whole seconds of what is written; the default where nothing is, or where it is invalid.
pub(in crate::fabric) fn seconds(written: Option<&str>) -> i64 {
    let written = written.filter(|text| !text.is_empty()).and_then(setting::seconds);
    written.map_or(DEFAULT, Decimal::whole)
}

/// The finding about the parameter.
pub(in crate::fabric) fn check(settings: &Settings<'_>) -> Option<Finding> {
    let parameter = settings.security(SAFETY_MARGIN).filter(|parameter| !parameter.value.text().is_empty())?;
    let margin = seconds(Some(parameter.value.text()));
    (margin < DAY).then(|| {
        let value = &parameter.value;
        let meant = margin.saturating_mul(60);
        let message = format!("`{SAFETY_MARGIN}` is {margin} seconds, less than a day");
        let finding = Finding::new(&MINUTES, message).at(value.whole()).arg("seconds", format!("{margin}"));
        if meant < DAY {
            return finding.help("write the margin in seconds: 2592000 are 30 days");
        }
        finding
            .help(format!("if {margin} minutes are meant, write {meant}"))
            .fix("Write the minutes in seconds", Vec::from([value.edit(0..value.text().len(), &format!("{meant}"))]))
    })
}

/// The finding about a certificate that is presented, with the instant from which on the health report warns.
pub(super) fn close(element: &str, number: u32, not_after: Time, warns_at: Time) -> Finding {
    let message = format!(
        "certificate {number}, presented as `{element}`, expires at {not_after}, and its health report warns since {warns_at}"
    );
    Finding::new(&CLOSE, message)
        .arg("certificate", format!("{number}"))
        .arg("until", format!("{not_after}"))
        .arg("since", format!("{warns_at}"))
        .help("install its successor, accept it everywhere, and then present it")
}
