//! The cluster certificate as the deployer's configuration declares it: thumbprints or names, never both.

use alloc::collections::BTreeSet;
use alloc::string::{String, ToString as _};
use alloc::vec::Vec;

/// The declared cluster certificates: one or two thumbprints, or one or two names with their issuers. Both lists are
/// filled only while an upgrade goes from one kind to the other.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ClusterCertificates {
    /// Thumbprints, the primary one first.
    pub thumbprints: Vec<String>,
    /// Common names, the primary one first.
    pub names: Vec<NameWithIssuers>,
}

/// A common name, and the issuers that it is pinned to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NameWithIssuers {
    /// The common name. Compared exactly (StandaloneSettingsValidator.cs:524-569).
    pub name: String,
    /// Thumbprints of issuers, in the order in which they are written; empty: not pinned.
    pub issuers: Vec<String>,
}

impl NameWithIssuers {
    /// A name with the issuers of a comma list.
    pub fn new(name: &str, issuers: &str) -> Self {
        let issuers = issuers.split(',').map(str::trim).filter(|issuer| !issuer.is_empty()).map(String::from);
        Self { name: name.to_string(), issuers: issuers.collect() }
    }
}

impl ClusterCertificates {
    /// Declared by thumbprint.
    pub fn by_thumbprint(thumbprints: impl IntoIterator<Item = impl Into<String>>) -> Self {
        Self { thumbprints: thumbprints.into_iter().map(Into::into).collect(), names: Vec::new() }
    }

    /// Declared by name.
    pub fn by_name(names: impl IntoIterator<Item = NameWithIssuers>) -> Self {
        Self { thumbprints: Vec::new(), names: names.into_iter().collect() }
    }

    /// Whether nothing is declared.
    pub fn is_empty(&self) -> bool {
        self.thumbprints.is_empty() && self.names.is_empty()
    }

    /// The values in the form in which the deployer compares them: thumbprints ignoring case, names exactly, each once.
    pub(super) fn values(&self) -> Vec<String> {
        let folded = self.thumbprints.iter().map(|thumbprint| thumbprint.to_lowercase());
        let names = self.names.iter().map(|name| name.name.clone());
        let mut seen = BTreeSet::new();
        folded.chain(names).filter(|value| seen.insert(value.clone())).collect()
    }

    /// The name of this spelling.
    pub(super) fn name(&self, name: &str) -> Option<&NameWithIssuers> {
        self.names.iter().find(|declared| declared.name == name)
    }

    /// The names and issuers that `target` adds: whole names, and the new issuers of names that stay
    /// (CertificateClusterUpgradeFlow.cs:54-79).
    pub fn added_names(&self, target: &Self) -> Vec<NameWithIssuers> {
        let added = target.names.iter().filter_map(|new| match self.name(&new.name) {
            None => Some(new.clone()),
            Some(old) => {
                let is_new = |issuer: &&String| !has_ignoring_case(&old.issuers, issuer);
                let issuers: Vec<String> = new.issuers.iter().filter(is_new).cloned().collect();
                (!issuers.is_empty()).then(|| NameWithIssuers { name: new.name.clone(), issuers })
            }
        });
        added.collect()
    }

    /// These names with others added: issuers of one name are united.
    pub fn merged_names(&self, added: &[NameWithIssuers]) -> Vec<NameWithIssuers> {
        let mut merged = self.names.clone();
        for new in added {
            match merged.iter_mut().find(|declared| declared.name == new.name) {
                None => merged.push(new.clone()),
                Some(declared) => {
                    for issuer in &new.issuers {
                        if !has_ignoring_case(&declared.issuers, issuer) {
                            declared.issuers.push(issuer.clone());
                        }
                    }
                }
            }
        }
        merged
    }
}

/// Whether a list has a value, ignoring case.
pub(super) fn has_ignoring_case(list: &[String], value: &str) -> bool {
    list.iter().any(|own| own.eq_ignore_ascii_case(value))
}
