//! # What it checks
//! Whether a parameter of the security sections says that its value is stored encrypted.
//!
//! # Why it matters
//! The deployer allows that for a fixed list of secrets elsewhere, and refuses the manifest otherwise.
//!
//! # Reference
//! microsoft/service-fabric, `FabricSettingsValidator.cs:1621-1647`: a section outside of the list of sections with
//! secrets may not hold an encrypted parameter at all, and neither `Security` nor a section below it is on that list.

use alloc::format;
use alloc::vec::Vec;

use super::{Manifest, Section};
use crate::quote::quote;
use crate::{Citation, Finding, Kind, Limits, Rule, Severity};

/// A security parameter is marked as encrypted.
pub static PARAMETER_ENCRYPTED: Rule = Rule {
    id: "parameter-encrypted",
    aliases: &[],
    title: "a security parameter is marked as encrypted",
    severity: Severity::Error,
    kinds: &[Kind::Peer, Kind::Presentation, Kind::Rollout],
    what: crate::page!(
        "Looks for `IsEncrypted=\"true\"` on the parameters of section `Security` and of the sections below it."
    ),
    why: crate::page!(
        "The deployer allows encryption for a fixed list of secrets, and refuses a manifest that has it elsewhere. \
          Thumbprints and names are no secrets."
    ),
    bad: crate::page!(
        "<Section Name=\"Security\">\n  <Parameter Name=\"ClusterCertThumbprints\" Value=\"MIIB...\" \
          IsEncrypted=\"true\" />\n</Section>"
    ),
    good: crate::page!(
        "<Section Name=\"Security\">\n  <Parameter Name=\"ClusterCertThumbprints\" \
           Value=\"0123456789abcdef0123456789abcdef01234567\" />\n</Section>"
    ),
    citation: Citation::new(
        "microsoft/service-fabric",
        "src/prod/src/managed/Api/src/System/Fabric/Management/fabricvalidator/FabricSettingsValidator.cs:1621-1647",
    ),
};

/// The findings of [`PARAMETER_ENCRYPTED`], in the order of the document, at most [`Limits::FINDINGS_PER_RULE`].
pub(super) fn check(manifest: &Manifest<'_>) -> Vec<Finding> {
    let mut parameters = manifest
        .sections
        .iter()
        .filter(|section| is_security(section))
        .flat_map(|section| section.parameters.iter().map(move |parameter| (section, parameter)))
        .filter(|(_, parameter)| parameter.encrypted);
    let mut findings: Vec<Finding> = parameters
        .by_ref()
        .take(Limits::FINDINGS_PER_RULE)
        .map(|(section, parameter)| {
            let (section, name) = (section.name.text(), parameter.name.text());
            let message = format!("parameter {} of section {} can't be stored encrypted", quote(name), quote(section));
            Finding::new(&PARAMETER_ENCRYPTED, message)
                .at(parameter.span())
                .arg("section", quote(section))
                .arg("name", quote(name))
                .help("write the value in plain text and remove the attribute `IsEncrypted`")
        })
        .collect();
    let more = parameters.count();
    if more > 0
        && let Some(last) = findings.last_mut()
    {
        last.message.push_str(&format!(" (and {more} more like it)"));
    }
    findings
}

/// Whether a section is `Security` or stands below it, such as `Security/ClusterX509Names`.
fn is_security(section: &Section<'_>) -> bool {
    section.name.text().split('/').next().is_some_and(|first| first.eq_ignore_ascii_case("Security"))
}
