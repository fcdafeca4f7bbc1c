//! Booleans that the deployer parses itself.
//!
//! What it checks: that `ClientRoleEnabled` and `ClientClaimAuthEnabled` say `true` or `false`, blanks around it allowed.
//! Why it matters: the deployer refuses what the runtime would read as false.
//! Reference: FabricSettingsValidator.cs:1109-1141, 1375-1380.

use alloc::format;
use alloc::vec::Vec;

use super::{KINDS, finding, validator};
use crate::fabric::settings::Settings;
use crate::quote::quote;
use crate::{Finding, Rule, Severity};

pub(crate) static REFUSED: Rule = Rule {
    id: "manifest-boolean-refused",
    aliases: &[],
    title: "the deployer can't read a boolean",
    severity: Severity::Error,
    kinds: KINDS,
    what: crate::page!("Reads `ClientRoleEnabled` and `ClientClaimAuthEnabled` as .NET does."),
    why: crate::page!("The deployer refuses the manifest, although the runtime would read the value as false."),
    bad: crate::page!("<Parameter Name=\"ClientRoleEnabled\" Value=\"1\" />"),
    good: crate::page!("<Parameter Name=\"ClientRoleEnabled\" Value=\"true\" />"),
    citation: validator(
        "src/prod/src/managed/Api/src/System/Fabric/Management/fabricvalidator/FabricSettingsValidator.cs:1375-1380",
    ),
};

pub(super) fn check(settings: &Settings<'_>) -> Vec<Finding> {
    let written = ["ClientRoleEnabled", "ClientClaimAuthEnabled"].into_iter().filter_map(|name| {
        let parameter = settings.security(name)?;
        let text = parameter.value.text();
        // An empty value is the default, which isn't parsed.
        let fits = |word: &str| text.trim_matches([' ', '\t', '\r', '\n', '\0']).eq_ignore_ascii_case(word);
        (!text.is_empty() && !fits("true") && !fits("false")).then_some((name, parameter))
    });
    written
        .map(|(name, parameter)| {
            let found = quote(parameter.value.text());
            finding(&REFUSED, format!("the deployer expects `true` or `false` in `{name}`, found {found}"))
                .at(parameter.value.whole())
                .arg("setting", name)
                .help("write `true` or `false`")
        })
        .collect()
}
