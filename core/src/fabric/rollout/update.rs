//! Updates of a standalone cluster's configuration that the deployer itself refuses, with its names
//! (`StandaloneSettingsValidator.cs`). Pure functions over what the configuration declares.

use alloc::string::String;
use alloc::vec::Vec;

use super::certificates::{ClusterCertificates, has_ignoring_case};

/// Why the deployer refuses an update.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum UpdateRefusal {
    /// Certificates are taken away from a secured cluster (lines 155-174).
    RemovingCertificate,
    /// Certificates are given to an unsecured cluster.
    AddingCertificate,
    /// Windows accounts are taken away.
    WindowsToUnsecured,
    /// Windows accounts are given to an unsecured cluster.
    UnsecuredToWindows,
    /// The issuers of a name are replaced all at once (lines 470-522).
    NoCommonIssuer,
    /// A certificate that an added or removed issuer issued is installed.
    IssuedByIssuerInstalled,
    /// Two certificates are replaced by two (lines 524-569).
    TwoToTwo,
    /// The old and the new certificates have none in common.
    NoCommonCertificate,
    /// A certificate is not installed on the machine (lines 366-429).
    NotInstalled,
    /// A certificate is not installed on a node of a new cluster (lines 282-322).
    NotInstalledOnNode,
    /// A certificate is not valid now.
    Invalid,
    /// The issuers of the issuer stores are replaced all at once (lines 571-611).
    NoCommonStoreIssuer,
    /// The stores of an issuer are replaced all at once.
    NoCommonStore,
    /// Certificates and nodes change together (ClusterUpgradeStateFactory.cs:109-145).
    TogetherWithNodes,
}

/// What a configuration authenticates by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SecurityType {
    /// Nothing.
    Unsecured,
    /// Certificates.
    Certificates,
    /// Windows accounts.
    Windows,
}

/// What the machine on which the update is started has of one certificate.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Installation {
    /// It is installed and valid.
    Valid,
    /// It is installed, and has expired or is not yet valid.
    Invalid,
    /// It is not installed.
    Missing,
}

impl UpdateRefusal {
    /// The product's name for it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::RemovingCertificate => "AuthenticationTypeCannotBeChangedByRemovingCertificate",
            Self::AddingCertificate => "AuthenticationTypeCannotBeChangedByAddingCertificate",
            Self::WindowsToUnsecured => "AuthenticationTypeCannotBeChangedFromWindowsToUnsecured",
            Self::UnsecuredToWindows => "AuthenticationTypeCannotBeChangedFromUnsecuredToWindows",
            Self::NoCommonIssuer => "IssuerThumbprintUpgradeWithNoIntersection",
            Self::IssuedByIssuerInstalled => "CertIssuedByIssuerInstalled",
            Self::TwoToTwo => "TwoCertificatesToTwoCertificatesNotAllowed",
            Self::NoCommonCertificate => "CertificateUpgradeWithNoIntersectionNotAllowed",
            Self::NotInstalled => "CertificateNotInstalled",
            Self::NotInstalledOnNode => "CertificateNotInstalledOnNode",
            Self::Invalid => "CertificateInvalid",
            Self::NoCommonStoreIssuer => "IssuerStoreCNUpgradeWithNoIntersection",
            Self::NoCommonStore => "IssuerStoreX509StoreNameUpgradeWithNoIntersection",
            Self::TogetherWithNodes => "CertificateAndScaleUpgradeTogetherNotAllowed",
        }
    }

    /// Why, in words.
    pub const fn because(self) -> &'static str {
        match self {
            Self::RemovingCertificate => "the certificates are taken away",
            Self::AddingCertificate => "certificates are added to a cluster without them",
            Self::WindowsToUnsecured => "the Windows accounts are taken away",
            Self::UnsecuredToWindows => "Windows accounts are added to an unsecured cluster",
            Self::NoCommonIssuer => "the old and the new issuers of a name have none in common",
            Self::IssuedByIssuerInstalled => {
                "a certificate that an added or removed issuer issued is installed on the machine"
            }
            Self::TwoToTwo => "two cluster certificates are replaced by two, or change places",
            Self::NoCommonCertificate => "the old and the new cluster certificates have none in common",
            Self::NotInstalled => "a cluster certificate that the update needs is not installed on the machine",
            Self::NotInstalledOnNode => "a declared certificate is not installed on every node",
            Self::Invalid => "a cluster certificate that the update needs is not valid",
            Self::NoCommonStoreIssuer => "the old and the new issuers of the issuer stores have none in common",
            Self::NoCommonStore => "the old and the new stores of an issuer have none in common",
            Self::TogetherWithNodes => "nodes change in the same update",
        }
    }
}

/// Whether the way of authentication may change (lines 155-174).
pub fn security_type(current: SecurityType, target: SecurityType) -> Option<UpdateRefusal> {
    match (current, target) {
        (SecurityType::Certificates, SecurityType::Unsecured | SecurityType::Windows) => {
            Some(UpdateRefusal::RemovingCertificate)
        }
        (SecurityType::Unsecured | SecurityType::Windows, SecurityType::Certificates) => {
            Some(UpdateRefusal::AddingCertificate)
        }
        (SecurityType::Windows, SecurityType::Unsecured) => Some(UpdateRefusal::WindowsToUnsecured),
        (SecurityType::Unsecured, SecurityType::Windows) => Some(UpdateRefusal::UnsecuredToWindows),
        _ => None,
    }
}

/// Whether the values may change as they do (lines 524-569).
pub fn values(current: &ClusterCertificates, target: &ClusterCertificates) -> Option<UpdateRefusal> {
    let in_order = |certificates: &ClusterCertificates| -> Vec<String> {
        let folded = certificates.thumbprints.iter().map(|thumbprint| thumbprint.to_lowercase());
        folded.chain(certificates.names.iter().map(|name| name.name.clone())).collect()
    };
    if in_order(current) == in_order(target) {
        return None;
    }
    let (old, new) = (current.values(), target.values());
    let same_kind = current.names.is_empty() == target.names.is_empty();
    if same_kind && old.len() > 1 && new.len() > 1 {
        return Some(UpdateRefusal::TwoToTwo);
    }
    let is_common = old.iter().any(|value| new.contains(value));
    let is_one_to_one = old.len() == 1 && new.len() == 1;
    (same_kind && !is_common && !is_one_to_one).then_some(UpdateRefusal::NoCommonCertificate)
}

/// Whether the issuers of the names that stay may change as they do (lines 470-522). `is_installed` tells whether a
/// certificate of a name whose chain has an issuer is installed on the machine.
pub fn issuers(
    current: &ClusterCertificates,
    target: &ClusterCertificates,
    mut is_installed: impl FnMut(&str, &str) -> bool,
) -> Option<UpdateRefusal> {
    for new in &target.names {
        let Some(old) = current.name(&new.name) else { continue };
        let kept = new.issuers.iter().any(|issuer| has_ignoring_case(&old.issuers, issuer));
        if !old.issuers.is_empty() && !new.issuers.is_empty() && !kept {
            return Some(UpdateRefusal::NoCommonIssuer);
        }
        let added = new.issuers.iter().filter(|issuer| !has_ignoring_case(&old.issuers, issuer));
        let removed = old.issuers.iter().filter(|issuer| !has_ignoring_case(&new.issuers, issuer));
        if added.chain(removed).any(|issuer| is_installed(&new.name, issuer)) {
            return Some(UpdateRefusal::IssuedByIssuerInstalled);
        }
    }
    None
}

/// Whether issuer stores may change as they do: issuer names with comma lists of stores (lines 571-611). The deployer asks
/// only where the certificate list itself changes (lines 357-363).
pub fn issuer_stores(current: &[(String, String)], target: &[(String, String)]) -> Option<UpdateRefusal> {
    if current.is_empty() || target.is_empty() {
        return None;
    }
    let list = |text: &str| -> Vec<String> {
        text.split(',').map(str::trim).filter(|store| !store.is_empty()).map(String::from).collect()
    };
    let mut has_common = false;
    for (issuer, stores) in target {
        let Some((_, old)) = current.iter().find(|(name, _)| name.eq_ignore_ascii_case(issuer)) else { continue };
        has_common = true;
        let (old, new) = (list(old), list(stores));
        if !new.iter().any(|store| has_ignoring_case(&old, store)) {
            return Some(UpdateRefusal::NoCommonStore);
        }
    }
    (!has_common).then_some(UpdateRefusal::NoCommonStoreIssuer)
}

/// Whether what the machine has is enough (lines 366-429): at least one old certificate installed and valid; every one
/// that stays installed, and at least one of them valid; every added one installed and valid.
pub fn installation(
    current: &ClusterCertificates,
    target: &ClusterCertificates,
    state: impl Fn(&str) -> Installation,
) -> Option<UpdateRefusal> {
    let (old, new) = (current.values(), target.values());
    let kept: Vec<&String> = old.iter().filter(|value| new.contains(value)).collect();
    let added = || new.iter().filter(|value| !old.contains(value));
    any_on_machine(old.iter().map(|value| state(value)))
        .or_else(|| {
            let missing = kept.iter().any(|value| state(value) == Installation::Missing);
            let valid = kept.is_empty() || kept.iter().any(|value| state(value) == Installation::Valid);
            match (missing, valid) {
                (true, _) => Some(UpdateRefusal::NotInstalled),
                (false, false) => Some(UpdateRefusal::Invalid),
                (false, true) => None,
            }
        })
        .or_else(|| each_on_machine(added().map(|value| state(value))))
}

/// Whether one of several certificates is installed and valid on a machine.
pub fn any_on_machine(states: impl Iterator<Item = Installation>) -> Option<UpdateRefusal> {
    let states: Vec<Installation> = states.collect();
    if states.iter().all(|state| *state == Installation::Missing) {
        return Some(UpdateRefusal::NotInstalled);
    }
    states.iter().all(|state| *state != Installation::Valid).then_some(UpdateRefusal::Invalid)
}

/// Whether each of several certificates is installed and valid on a machine.
pub fn each_on_machine(states: impl Iterator<Item = Installation>) -> Option<UpdateRefusal> {
    refuse_each(states, UpdateRefusal::NotInstalled)
}

/// Whether a declared certificate is installed and valid on every node of a new cluster (lines 282-322).
pub fn on_every_node(states: impl Iterator<Item = Installation>) -> Option<UpdateRefusal> {
    refuse_each(states, UpdateRefusal::NotInstalledOnNode)
}

fn refuse_each(states: impl Iterator<Item = Installation>, missing: UpdateRefusal) -> Option<UpdateRefusal> {
    let states: Vec<Installation> = states.collect();
    if states.contains(&Installation::Missing) {
        return Some(missing);
    }
    states.contains(&Installation::Invalid).then_some(UpdateRefusal::Invalid)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fabric::rollout::certificates::NameWithIssuers;

    #[test]
    fn nothing_in_common_is_allowed_from_one_to_one_only() {
        fn by(list: &[&str]) -> ClusterCertificates {
            ClusterCertificates::by_thumbprint(list.iter().copied())
        }
        assert_eq!(values(&by(&["a"]), &by(&["b"])), None);
        assert_eq!(values(&by(&["a", "b"]), &by(&["C"])), Some(UpdateRefusal::NoCommonCertificate));
        assert_eq!(values(&by(&["a", "b"]), &by(&["B", "a"])), Some(UpdateRefusal::TwoToTwo));
        let named = ClusterCertificates::by_name([NameWithIssuers::new("x", "")]);
        assert_eq!(values(&by(&["a", "b"]), &named), None);
    }

    #[test]
    fn issuers_change_with_one_in_common() {
        let named = |issuers| ClusterCertificates::by_name([NameWithIssuers::new("x", issuers)]);
        let check = |old, new, installed: bool| issuers(&named(old), &named(new), |_, _| installed);
        assert_eq!(check("aa", "bb", false), Some(UpdateRefusal::NoCommonIssuer));
        assert_eq!(check("aa", "AA, bb", false), None);
        assert_eq!(check("aa", "AA, bb", true), Some(UpdateRefusal::IssuedByIssuerInstalled));
        assert_eq!(check("", "bb", false), None);
    }

    #[test]
    fn stores_overlap() {
        let stores = |issuer: &str, list: &str| Vec::from([(String::from(issuer), String::from(list))]);
        assert_eq!(issuer_stores(&stores("I", "My, Root"), &stores("i", "root")), None);
        assert_eq!(issuer_stores(&stores("I", "My"), &stores("I", "New")), Some(UpdateRefusal::NoCommonStore));
        assert_eq!(issuer_stores(&stores("I", "My"), &stores("J", "My")), Some(UpdateRefusal::NoCommonStoreIssuer));
    }
}
