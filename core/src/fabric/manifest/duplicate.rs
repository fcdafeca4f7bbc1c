//! # What it checks
//! Whether a section, or a parameter of a section, is declared twice.
//!
//! # Why it matters
//! The deployer refuses the whole manifest, so the settings that look as if they were added never take effect.
//!
//! # Reference
//! microsoft/service-fabric, `WindowsFabricSettings.cs:605-646`. The deployer compares names by ordinal, ignoring case.

use alloc::collections::BTreeMap;
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use super::{Manifest, Value};
use crate::quote::quote;
use crate::{Citation, Finding, Kind, Limits, Rule, Severity};

/// A section or parameter is declared twice.
pub static SECTION_DUPLICATED: Rule = Rule {
    id: "manifest-section-duplicated",
    aliases: &[],
    title: "a section or parameter is declared twice",
    severity: Severity::Error,
    kinds: &[Kind::Peer, Kind::Presentation, Kind::Rollout],
    what: crate::page!("Compares the names of sections, and of the parameters of one section, ignoring case."),
    why: crate::page!(
        "The deployer refuses a manifest that declares a section or a parameter twice: neither declaration takes \
          effect, and there is no order in which one would win."
    ),
    bad: crate::page!(
        "<Section Name=\"Security\">\n  <Parameter Name=\"ClusterCertThumbprints\" Value=\"...\" />\n</Section>\n\
          <Section Name=\"security\">\n  <Parameter Name=\"ServerCertThumbprints\" Value=\"...\" />\n</Section>"
    ),
    good: crate::page!(
        "<Section Name=\"Security\">\n  <Parameter Name=\"ClusterCertThumbprints\" Value=\"...\" />\n  \
           <Parameter Name=\"ServerCertThumbprints\" Value=\"...\" />\n</Section>"
    ),
    citation: Citation::new(
        "microsoft/service-fabric",
        "src/prod/src/managed/Api/src/System/Fabric/Management/fabricvalidator/WindowsFabricSettings.cs:605-646",
    ),
};

/// The findings of [`SECTION_DUPLICATED`], in the order of the document, at most [`Limits::FINDINGS_PER_RULE`].
pub(super) fn check(manifest: &Manifest<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    let mut more = 0_u32;
    let mut found = |finding: &dyn Fn() -> Finding| {
        if findings.len() < Limits::FINDINGS_PER_RULE {
            findings.push(finding());
        } else {
            more = more.saturating_add(1);
        }
    };
    let mut sections: BTreeMap<String, (&Value<'_>, BTreeMap<String, &Value<'_>>)> = BTreeMap::new();
    for section in &manifest.sections {
        let mut repeated = true;
        let (first, parameters) = sections.entry(section.name.text().to_uppercase()).or_insert_with(|| {
            repeated = false;
            (&section.name, BTreeMap::new())
        });
        if repeated {
            found(&|| duplicated(&section.name, first, "section", ""));
        }
        for parameter in &section.parameters {
            match parameters.get(&parameter.name.text().to_uppercase()) {
                Some(first) => {
                    let of = format!(" in section {}", quote(section.name.text()));
                    found(&|| duplicated(&parameter.name, first, "parameter", &of));
                }
                None => {
                    parameters.insert(parameter.name.text().to_uppercase(), &parameter.name);
                }
            }
        }
    }
    if more > 0
        && let Some(last) = findings.last_mut()
    {
        last.message.push_str(&format!(" (and {more} more like it)"));
    }
    findings
}

fn duplicated(again: &Value<'_>, first: &Value<'_>, what: &str, of: &str) -> Finding {
    let message = format!("{what} {} is declared twice{of}", quote(again.text()));
    let help = match what {
        "section" => "merge the two sections into one",
        _ => "keep one of the two, and join their values if both are meant",
    };
    Finding::new(&SECTION_DUPLICATED, message)
        .at(again.whole())
        .arg("what", what)
        .arg("name", quote(again.text()))
        .related(first.whole(), format!("the first {what} of this name"))
        .help(help)
}
