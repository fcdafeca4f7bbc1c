//! Credential types that the deployer knows.
//!
//! What it checks: that the types are `None`, `X509` or `Windows`, ignoring case.
//! Why it matters: the runtime knows more names for them and takes an empty text for `None`; the deployer refuses both.
//! Reference: FabricSettingsValidator.cs:1043-1059, 1514-1536.

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use super::{KINDS, finding, validator};
use crate::fabric::settings::Settings;
use crate::quote::quote;
use crate::{Edit, Finding, Rule, Severity};

pub(crate) static REFUSED: Rule = Rule {
    id: "credential-type-refused",
    aliases: &[],
    title: "the deployer doesn't know a credential type",
    severity: Severity::Error,
    kinds: KINDS,
    what: crate::page!("Compares both credential types with `None`, `X509` and `Windows`, ignoring case."),
    why: crate::page!("The deployer refuses the manifest, `SSL` and `Negotiate` included, which the runtime knows."),
    bad: crate::page!("<Parameter Name=\"ClusterCredentialType\" Value=\"SSL\" />"),
    good: crate::page!("<Parameter Name=\"ClusterCredentialType\" Value=\"X509\" />"),
    citation: validator(
        "src/prod/src/managed/Api/src/System/Fabric/Management/fabricvalidator/FabricSettingsValidator.cs:1514-1536",
    ),
};

pub(super) fn check(settings: &Settings<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    for name in ["ClusterCredentialType", "ServerAuthCredentialType"] {
        let Some(parameter) = settings.security(name) else { continue };
        let text = parameter.value.text();
        if ["None", "X509", "Windows"].iter().any(|known| parameter.value.is(known)) {
            continue;
        }
        let span = parameter.value.whole();
        let shown = if text.is_empty() { "nothing".into() } else { quote(text) };
        let message = format!("the deployer expects `None`, `X509` or `Windows` in `{name}`, found {shown}");
        let found = finding(&REFUSED, message).at(span.clone()).arg("setting", name).help("write `X509`");
        findings.push(match text.eq_ignore_ascii_case("ssl") {
            true => found.fix("Write `X509`", Vec::from([Edit { span, text: String::from("X509") }])),
            false => found,
        });
    }
    findings
}
