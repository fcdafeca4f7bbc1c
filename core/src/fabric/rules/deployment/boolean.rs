//! Booleans as the deployer parses them.
//!
//! What it checks: that every boolean says `true` or `false`, blanks around it allowed.
//! Why it matters: the deployer refuses what the runtime would read as false, and an empty text as well.
//! Reference: WindowsFabricSettings.cs:512-526; FabricSettingsValidator.cs:1109-1141, 1375-1380.

use alloc::format;
use alloc::vec::Vec;

use super::{KINDS, finding, validator, written};
use crate::fabric::parameter::ValueKind;
use crate::fabric::settings::Settings;
use crate::quote::quote;
use crate::{Finding, Rule, Severity};

pub(crate) static REFUSED: Rule = Rule {
    id: "manifest-boolean-refused",
    aliases: &[],
    title: "the deployer can't read a boolean",
    severity: Severity::Error,
    kinds: KINDS,
    what: crate::page!("Reads the booleans of the security settings as .NET does."),
    why: crate::page!("The deployer refuses the manifest, although the runtime would read the value as false."),
    bad: crate::page!("<Parameter Name=\"ClientRoleEnabled\" Value=\"1\" />"),
    good: crate::page!("<Parameter Name=\"ClientRoleEnabled\" Value=\"true\" />"),
    citation: validator(
        "src/prod/src/managed/Api/src/System/Fabric/Management/fabricvalidator/WindowsFabricSettings.cs:512-526",
    ),
};

pub(super) fn check(settings: &Settings<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (known, parameter) in written(settings, ValueKind::Bool) {
        let text = parameter.value.text();
        let fits = |word: &str| text.trim_matches([' ', '\t', '\r', '\n', '\0']).eq_ignore_ascii_case(word);
        if fits("true") || fits("false") {
            continue;
        }
        let found = quote(text);
        let message = format!("the deployer expects `true` or `false` in `{}`, found {found}", known.name);
        findings.push(
            finding(&REFUSED, message)
                .at(parameter.value.whole())
                .arg("setting", known.name)
                .help("write `true` or `false`"),
        );
    }
    findings
}
