//! The complete, ordered list of rules.

use alloc::borrow::Cow;

use serde::{Deserialize, Serialize};

use crate::{Kind, Severity, certificate, chain, fabric};

/// A rule: what the rule pages, the worker's list and the documentation show. Its id never changes.
#[derive(Debug, Serialize)]
pub struct Rule {
    /// Lower-kebab, names the fault.
    pub id: &'static str,
    /// The fault as a headline.
    pub title: &'static str,
    /// The severity unless a policy sets another.
    pub severity: Severity,
    /// The kinds of case in which it can be found.
    pub kinds: &'static [Kind],
    /// What it checks.
    pub what: &'static str,
    /// Why it matters.
    pub why: &'static str,
    /// An example that it finds.
    pub bad: &'static str,
    /// The same, mended.
    pub good: &'static str,
    /// Who says so.
    pub citation: Citation,
}

/// Who says so: a standard, a document, a source file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Citation {
    /// The document: "RFC 5280", "microsoft/service-fabric".
    pub source: Cow<'static, str>,
    /// The place in it: "section 4.2.1.9", "src/prod/src/Common/Thumbprint.cpp:197-244".
    pub place: Cow<'static, str>,
}

impl Citation {
    /// A citation for a constant.
    pub const fn new(source: &'static str, place: &'static str) -> Self {
        Self { source: Cow::Borrowed(source), place: Cow::Borrowed(place) }
    }
}

/// Every rule there is, in the order in which findings of one severity are shown. The only list of rules.
pub static RULES: &[&Rule] = &[
    // What was pasted.
    &certificate::PRIVATE_KEY_PASTED,
    // The cluster manifest as a document.
    &fabric::manifest::SECTION_DUPLICATED,
    &fabric::manifest::PARAMETER_ENCRYPTED,
    &fabric::manifest::MANIFEST_FRAGMENT,
    // Service Fabric: what the manifest declares.
    &fabric::rules::matching::SECURITY_MISSING,
    &fabric::rules::credentials::NOT_X509,
    &fabric::rules::thumbprints::ABBREVIATED,
    &fabric::rules::thumbprints::MALFORMED,
    &fabric::rules::thumbprints::EMPTY,
    &fabric::rules::thumbprints::LENGTH,
    &fabric::rules::thumbprints::FLAG,
    &fabric::rules::thumbprints::DUPLICATED,
    &fabric::rules::names::ISSUERS,
    &fabric::rules::names::CONFLICT,
    &fabric::rules::names::LOST,
    &fabric::rules::roles::BOOLEAN,
    &fabric::rules::roles::CLIENT_ROLES_OFF,
    // Service Fabric: what the certificate meets.
    &fabric::rules::validity::EXPIRED,
    &fabric::rules::validity::NOT_YET_VALID,
    &fabric::rules::validity::ACCEPT_EXPIRED,
    &fabric::rules::matching::NOT_LISTED,
    &fabric::rules::matching::NOT_ACCEPTED,
    &fabric::rules::quirks::STICKY_UNKNOWN_CA,
    &fabric::rules::quirks::UNTRUSTED_AND_OFFLINE,
    &fabric::rules::quirks::PEER_TRUST,
    &fabric::rules::quirks::DEFAULT_CLIENT,
    // Chains.
    &chain::rules::SIGNATURE,
    &chain::rules::REVOKED,
    &chain::rules::UNTRUSTED_ROOT,
    &chain::rules::PARTIAL,
    &chain::rules::TIME,
    &chain::rules::USAGE,
    &chain::rules::CONSTRAINTS,
    &chain::rules::NOT_PERMITTED,
    &chain::rules::EXCLUDED,
    &chain::rules::NAME_CONSTRAINTS,
    &chain::rules::POLICY,
    &chain::rules::CRITICAL,
    &chain::rules::EXTENSION,
    &chain::rules::REVOCATION_UNKNOWN,
    &chain::rules::NAME,
    &chain::rules::BUDGET,
    &chain::rules::SHA1,
    &chain::rules::WEAK_KEY,
];

/// The rule with this id.
pub fn rule(id: &str) -> Option<&'static Rule> {
    RULES.iter().copied().find(|rule| rule.id == id)
}
