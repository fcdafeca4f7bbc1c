//! Private keys of the certificates that are presented.
//!
//! What it checks: that the key is there, that the runtime's account can read it, and who holds it.
//! Why it matters: a certificate without its key can't be presented, and the node is up and hears nobody.
//! Reference: SecurityCredentials.cpp:243-259; CreateOrUpdateOperation.cs:234-348; release notes of 11.0.

use alloc::format;
use alloc::vec::Vec;

use super::article;
use crate::fabric::presentation::{Installed, KeyFault, Tried, Tries};
use crate::quote::quote;
use crate::{Finding, Kind, Rule, Severity};

const KINDS: &[Kind] = &[Kind::Presentation];

pub(crate) static MISSING: Rule = Rule {
    id: "private-key-missing",
    aliases: &[],
    title: "a certificate has no private key",
    severity: Severity::Error,
    kinds: KINDS,
    what: crate::page!("Reads what the case says about the keys of the certificates that are found."),
    why: crate::page!(
        "Nothing can be signed without it: on Windows `SEC_E_UNKNOWN_CREDENTIALS` or `SEC_E_NO_CREDENTIALS`."
    ),
    bad: crate::page!("a certificate that was imported from a .cer file"),
    good: crate::page!("the same, imported from a .pfx file"),
    citation: article("troubleshooting: unknown credentials"),
};

pub(crate) static UNREADABLE: Rule = Rule {
    id: "private-key-unreadable",
    aliases: &[],
    title: "the runtime can't read a private key",
    severity: Severity::Error,
    kinds: KINDS,
    what: crate::page!(
        "Compares the accounts that can read the key with the account of the runtime and with the group SFAdmins."
    ),
    why: crate::page!(
        "The runtime runs as NETWORK SERVICE or as a managed service account. The deployer gives it access to keys of \
          CAPI1 when it runs, and to none of CNG."
    ),
    bad: crate::page!("a key that SYSTEM and Administrators can read"),
    good: crate::page!("the same, with read and execute for NETWORK SERVICE or SFAdmins"),
    citation: article("troubleshooting: unknown credentials"),
};

pub(crate) static PROVIDER: Rule = Rule {
    id: "private-key-provider",
    aliases: &[],
    title: "a CNG provider holds a private key",
    severity: Severity::Error,
    kinds: KINDS,
    what: crate::page!("Compares the provider of the key with those of CAPI1 and of CNG, on runtimes before 11.0."),
    why: crate::page!("Those runtimes know CAPI1 only: `NTE_BAD_PROV_TYPE`."),
    bad: crate::page!("Microsoft Software Key Storage Provider"),
    good: crate::page!("Microsoft Enhanced RSA and AES Cryptographic Provider"),
    citation: article("troubleshooting: bad provider type"),
};

/// Findings about the keys of the certificates that were tried for one declaration. What was passed over beside a
/// certificate that is loaded is a warning.
pub(super) fn check(element: &str, tried: &[Tried], store: &[Installed], any_loaded: bool) -> Vec<Finding> {
    let mut findings = Vec::new();
    for one in tried {
        let Tries::Key(fault) = one.outcome else { continue };
        let Some(installed) = store.get(one.place) else { continue };
        let (rule, help) = match fault {
            KeyFault::Missing => (&MISSING, "import the certificate with its key, from a .pfx file"),
            KeyFault::Unreadable => {
                (&UNREADABLE, "give NETWORK SERVICE or SFAdmins read and execute access to the key")
            }
            KeyFault::Provider => {
                (&PROVIDER, "issue it again with `Microsoft Enhanced RSA and AES Cryptographic Provider`")
            }
        };
        let held = match (&installed.key.provider, fault) {
            (Some(provider), KeyFault::Provider) => format!(" ({})", quote(provider)),
            _ => alloc::string::String::new(),
        };
        let message =
            format!("certificate {} can't be presented as `{element}`: {}{held}", installed.number, fault.noun());
        let mut finding = Finding::new(rule, message).arg("certificate", format!("{}", installed.number)).help(help);
        if any_loaded {
            finding.severity = Severity::Warning;
        }
        finding.span.clone_from(&installed.span);
        findings.push(finding);
    }
    findings
}
