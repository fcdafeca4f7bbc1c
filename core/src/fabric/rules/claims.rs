//! Claims of clients.
//!
//! What it checks: that `ClientClaims` and `AdminClientClaims` can be read.
//! Why it matters: one empty clause makes the settings invalid, and the gateway does not start.
//! Reference: SecuritySettings.test.cpp:2336-2385.

use alloc::format;
use alloc::vec::Vec;

use super::source;
use crate::fabric::Claims;
use crate::fabric::settings::Settings;
use crate::quote::quote;
use crate::{Finding, Kind, Rule, Severity};

pub(crate) static MALFORMED: Rule = Rule {
    id: "claims-malformed",
    title: "claims of clients can't be read",
    severity: Severity::Warning,
    kinds: &[Kind::Peer, Kind::Presentation],
    aliases: &[],
    what: crate::page!("Reads `ClientClaims` and `AdminClientClaims`: `type=value`, joined by `&&` and `||`."),
    why: crate::page!(
        "An empty clause or item, or one without type or value, is `InvalidArgument` for the whole setting."
    ),
    bad: crate::page!("<Parameter Name=\"AdminClientClaims\" Value=\"role=admin ||\" />"),
    good: crate::page!("<Parameter Name=\"AdminClientClaims\" Value=\"role=admin\" />"),
    citation: source("src/prod/src/Transport/SecuritySettings.test.cpp:2336-2385"),
};

/// Findings about claims.
pub(in crate::fabric) fn check(settings: &Settings<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    for name in ["ClientClaims", "AdminClientClaims"] {
        let Some(parameter) = settings.security(name) else { continue };
        let text = parameter.value.text();
        if Claims::read(text).is_err() {
            let message = format!(
                "expected claims such as `type=value && type=value` in `{name}`, found {} (InvalidArgument)",
                quote(text)
            );
            findings.push(
                Finding::new(&MALFORMED, message)
                    .at(parameter.value.whole())
                    .arg("setting", name)
                    .help("write every claim with its type and its value, and nothing before or after `||` and `&&`"),
            );
        }
    }
    findings
}
