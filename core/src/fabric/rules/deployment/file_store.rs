//! The common names by which the file store's nodes authenticate to one another.
//!
//! What it checks: that section `FileStoreService` has both names and their secret, or none of them.
//! Why it matters: the deployer refuses the manifest.
//! Reference: FileStoreServiceConfigurationValidator.cs:40-107.

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use super::{KINDS, finding, validator};
use crate::fabric::manifest::Manifest;
use crate::{Finding, Rule, Severity};

pub(crate) static INCOMPLETE: Rule = Rule {
    id: "file-store-names-incomplete",
    aliases: &[],
    title: "the file store's common names are incomplete",
    severity: Severity::Error,
    kinds: KINDS,
    what: crate::page!(
        "Looks for `CommonName1Ntlmx509CommonName`, `CommonName2Ntlmx509CommonName` and `CommonNameNtlmPasswordSecret`."
    ),
    why: crate::page!("The deployer refuses the manifest: the three belong together."),
    bad: crate::page!("<Parameter Name=\"CommonName1Ntlmx509CommonName\" Value=\"node.contoso.com\" /> alone"),
    good: crate::page!("both names, equal or not, and the secret"),
    citation: validator(
        "src/prod/src/managed/Api/src/System/Fabric/Management/fabricvalidator/FileStoreServiceConfigurationValidator.cs:40-107",
    ),
};

const SECTION: &str = "FileStoreService";
const NAMES: [&str; 3] =
    ["CommonName1Ntlmx509CommonName", "CommonName2Ntlmx509CommonName", "CommonNameNtlmPasswordSecret"];

pub(super) fn check(manifest: &Manifest<'_>) -> Vec<Finding> {
    let written = |name: &&str| manifest.parameter(SECTION, name).filter(|of| !of.value.text().trim().is_empty());
    // What the product writes is complete: the secret is drawn when it writes it.
    let names: Vec<_> = NAMES.iter().take(2).filter_map(written).collect();
    let Some(first) = names.first().filter(|first| !first.generated) else { return Vec::new() };
    let missing: Vec<String> =
        NAMES.iter().filter(|name| written(name).is_none()).map(|name| format!("`{name}`")).collect();
    if missing.is_empty() {
        return Vec::new();
    }
    let message = format!("the file store's common names need {} as well", missing.join(" and "));
    Vec::from([finding(&INCOMPLETE, message).at(first.span()).help("write both names and the secret, or none of them")])
}
