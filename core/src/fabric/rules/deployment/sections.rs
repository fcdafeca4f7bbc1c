//! Sections that the deployer writes itself.
//!
//! What it checks: that the manifest doesn't have them.
//! Why it matters: the deployer refuses a manifest that does.
//! Reference: WindowsFabricSettings.cs:851-858.

use alloc::format;
use alloc::vec::Vec;

use super::{KINDS, finding, validator};
use crate::fabric::manifest::Manifest;
use crate::quote::quote;
use crate::{Finding, Rule, Severity};

pub(crate) static FORBIDDEN: Rule = Rule {
    id: "manifest-section-forbidden",
    aliases: &[],
    title: "a section that the deployer writes itself",
    severity: Severity::Error,
    kinds: KINDS,
    what: crate::page!("Looks for `FabricNode`, `NodeDomainIds`, `NodeProperties` and `NodeCapacities`."),
    why: crate::page!(
        "The deployer refuses the manifest. What a node presents is declared by its node type, not by section \
          `FabricNode`."
    ),
    bad: crate::page!("<Section Name=\"FabricNode\"> with ClusterX509FindValue"),
    good: crate::page!("<ClusterCertificate X509FindValue=\"...\" /> in the node type"),
    citation: validator(
        "src/prod/src/managed/Api/src/System/Fabric/Management/fabricvalidator/WindowsFabricSettings.cs:851-858",
    ),
};

const SECTIONS: [&str; 4] = ["FabricNode", "NodeDomainIds", "NodeProperties", "NodeCapacities"];

pub(super) fn check(manifest: &Manifest<'_>) -> Vec<Finding> {
    let forbidden = manifest.sections.iter().filter(|section| SECTIONS.iter().any(|name| section.name.is(name)));
    forbidden
        .map(|section| {
            let message = format!("section {} can't stand in a manifest", quote(section.name.text()));
            finding(&FORBIDDEN, message)
                .at(section.name.whole())
                .arg("section", quote(section.name.text()))
                .help("remove it: the deployer writes it for each node")
        })
        .collect()
}
