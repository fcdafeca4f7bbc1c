//! Numbers as the deployer parses them.
//!
//! What it checks: that every number of the security settings fits into 32 bits and is written.
//! Why it matters: the runtime cuts a larger number without an error and takes an empty text for the default; the
//! deployer refuses both. What neither of them reads is a finding of its own.
//! Reference: WindowsFabricSettings.cs:512-526.

use alloc::format;
use alloc::vec::Vec;

use super::{KINDS, finding, validator, written};
use crate::fabric::parameter::ValueKind;
use crate::fabric::setting::integer;
use crate::fabric::settings::Settings;
use crate::quote::quote;
use crate::{Finding, Rule, Severity};

pub(crate) static REFUSED: Rule = Rule {
    id: "manifest-number-refused",
    aliases: &[],
    title: "the deployer can't read a number",
    severity: Severity::Error,
    kinds: KINDS,
    what: crate::page!("Reads the numbers of the security settings as .NET reads an unsigned number of 32 bits."),
    why: crate::page!(
        "The deployer refuses the manifest. The runtime would cut a larger number to its last 32 bits, and read an empty \
          text as the default."
    ),
    bad: crate::page!("<Parameter Name=\"CrlCheckingFlag\" Value=\"0x140000000\" />"),
    good: crate::page!("<Parameter Name=\"CrlCheckingFlag\" Value=\"0x40000000\" />"),
    citation: validator(
        "src/prod/src/managed/Api/src/System/Fabric/Management/fabricvalidator/WindowsFabricSettings.cs:512-526",
    ),
};

pub(super) fn check(settings: &Settings<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (known, parameter) in written(settings, ValueKind::Number) {
        let text = parameter.value.text();
        let is_cut = integer(text).is_some_and(|value| value > i64::from(u32::MAX));
        if !is_cut && !text.is_empty() {
            continue;
        }
        let found = if text.is_empty() { "nothing".into() } else { quote(text) };
        let message = format!("the deployer expects a number of 32 bits in `{}`, found {found}", known.name);
        findings.push(
            finding(&REFUSED, message)
                .at(parameter.value.whole())
                .arg("setting", known.name)
                .help("write a number up to 0xFFFFFFFF, or leave the parameter out"),
        );
    }
    findings
}
