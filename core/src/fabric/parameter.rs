//! Every parameter that affects certificate authentication, as data.

use super::Platform;
use super::decimal::Decimal;
use super::setting::{number, seconds};

/// What a parameter's text turns into.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ValueKind {
    /// Text.
    Text,
    /// A list, separated by commas.
    List,
    /// `true` in any case; everything else is false.
    Bool,
    /// An unsigned number, decimal or `0x`.
    Number,
    /// A floating-point number of seconds.
    TimeSpan,
}

/// What a configuration upgrade may do to a parameter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Upgrade {
    /// A change is refused.
    NotAllowed,
    /// The process is restarted.
    Static,
    /// The change is applied while it runs.
    Dynamic,
}

/// A parameter of a section.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct KnownParameter {
    /// The section.
    pub section: &'static str,
    /// The name, which the deployer compares ignoring case.
    pub name: &'static str,
    /// What its text turns into. Time spans are in seconds; no other parameter has a unit.
    pub kind: ValueKind,
    /// The default, as a manifest would write it.
    pub default: &'static str,
    /// The default on Linux, where it is another.
    pub default_on_linux: Option<&'static str>,
    /// The only platform on which it means something.
    pub platform: Option<Platform>,
    /// What an upgrade may do to it; unknown for parameters that the source doesn't describe.
    pub upgrade: Option<Upgrade>,
    /// Whether it is internal: not documented for users.
    pub internal: bool,
    /// Whether it is deprecated.
    pub deprecated: bool,
    /// Who says so: a place in the source, or a release note.
    pub place: &'static str,
}

use Upgrade::{Dynamic as D, NotAllowed as N, Static as S};
use ValueKind::{Bool, List, Number, Text, TimeSpan};

const fn row(
    name: &'static str,
    kind: ValueKind,
    default: &'static str,
    upgrade: Upgrade,
    place: &'static str,
) -> KnownParameter {
    KnownParameter {
        section: "Security",
        name,
        kind,
        default,
        default_on_linux: None,
        platform: None,
        upgrade: Some(upgrade),
        internal: false,
        deprecated: false,
        place,
    }
}

/// The least that a value may be, where that is checked (SecurityConfig.h:309-310).
const LEAST: [(&str, u32); 2] = [("CrlOfflineHealthReportTtl", 1_800), ("CrlOfflineErrCacheCapacity", 32)];

impl KnownParameter {
    /// The least that its value may be, in its unit.
    pub fn least(&self) -> Option<u32> {
        LEAST.iter().find(|(name, _)| *name == self.name).map(|(_, least)| *least)
    }

    /// Whether a process ends when it reads this text: it is malformed, negative, or below the least.
    pub fn ends_the_process(&self, text: &str) -> bool {
        if text.is_empty() || self.deprecated {
            return false;
        }
        let read = match self.kind {
            ValueKind::Number => number(text).map(Decimal::from),
            ValueKind::TimeSpan => seconds(text),
            ValueKind::Text | ValueKind::List | ValueKind::Bool => return false,
        };
        read.is_none_or(|read| self.least().is_some_and(|least| read < Decimal::from(least)))
    }

    const fn internal(self) -> Self {
        Self { internal: true, ..self }
    }

    const fn deprecated(self) -> Self {
        Self { deprecated: true, ..self }
    }

    /// Known by name only: for tests, or from release notes.
    const fn undescribed(self) -> Self {
        Self { upgrade: None, ..self }
    }

    const fn linux(self) -> Self {
        Self { platform: Some(Platform::Linux), ..self }
    }

    const fn on_linux(self, default: &'static str) -> Self {
        Self { default_on_linux: Some(default), ..self }
    }

    const fn of(self, section: &'static str) -> Self {
        Self { section, ..self }
    }

    /// The default on a platform.
    pub fn default_on(&self, platform: Platform) -> &'static str {
        match (platform, self.default_on_linux) {
            (Platform::Linux, Some(default)) => default,
            _ => self.default,
        }
    }
}

/// The parameters, in the order in which the source has them. The place is a line of SecurityConfig.h unless it says more.
#[rustfmt::skip]
pub static PARAMETERS: &[KnownParameter] = &[
    row("SettingsX509StoreName", Text, "My", D, "SecurityConfig.h:128").on_linux(""),
    row("UseSecondaryIfNewer", Bool, "false", S, "SecurityConfig.h:134").internal(),
    row("SessionExpiration", TimeSpan, "604800", D, "SecurityConfig.h:142").internal(),
    row("SessionRefreshTimeout", TimeSpan, "70", D, "SecurityConfig.h:146").internal(),
    row("SessionRefreshRetryDelay", TimeSpan, "3600", D, "SecurityConfig.h:148").internal(),
    row("SessionExpirationCloseDelay", TimeSpan, "180", D, "SecurityConfig.h:150").internal(),
    row("MaxSessionRefreshDelay", TimeSpan, "300", D, "SecurityConfig.h:154").internal(),
    row("ClusterCredentialType", Text, "None", N, "SecurityConfig.h:171"),
    row("ClusterProtectionLevel", Text, "EncryptAndSign", N, "SecurityConfig.h:176").internal(),
    row("AllowDefaultClient", Bool, "true", S, "SecurityConfig.h:178").internal(),
    row("ServerAuthCredentialType", Text, "None", S, "SecurityConfig.h:185"),
    row("ClientServerProtectionLevel", Text, "EncryptAndSign", S, "SecurityConfig.h:189").internal(),
    row("ClientRoleEnabled", Bool, "false", S, "SecurityConfig.h:207"),
    row("ImplicitPeerTrustEnabled", Bool, "true", D, "SecurityConfig.h:221").internal(),
    row("ClusterCertThumbprints", List, "", D, "SecurityConfig.h:224"),
    row("ServerCertThumbprints", List, "", D, "SecurityConfig.h:227"),
    row("ClientCertThumbprints", List, "", D, "SecurityConfig.h:230"),
    row("AdminClientCertThumbprints", List, "", D, "SecurityConfig.h:233"),
    row("ClusterAllowedCommonNames", List, "", D, "SecurityConfig.h:239").deprecated(),
    row("ServerAuthAllowedCommonNames", List, "", D, "SecurityConfig.h:244").deprecated(),
    row("ClientAuthAllowedCommonNames", List, "", D, "SecurityConfig.h:250").deprecated(),
    row("AdminClientCommonNames", List, "", D, "SecurityConfig.h:255").deprecated(),
    row("ClusterCertIssuers", List, "", D, "SecurityConfig.h:261").deprecated(),
    row("ServerCertIssuers", List, "", D, "SecurityConfig.h:265").deprecated(),
    row("ClientCertIssuers", List, "", D, "SecurityConfig.h:269").deprecated(),
    row("UseClusterCertForIpcServerTlsSecurity", Bool, "false", S, "SecurityConfig.h:279"),
    row("CrlCheckingFlag", Number, "0x40000000", D, "SecurityConfig.h:290-295").on_linux("0"),
    row("CrlRetrivalTimeout", TimeSpan, "0", D, "SecurityConfig.h:299").internal(),
    row("IgnoreCrlOfflineError", Bool, "false", D, "SecurityConfig.h:302"),
    row("IgnoreSvrCrlOfflineError", Bool, "true", D, "SecurityConfig.h:305"),
    row("CrlDisablePeriod", TimeSpan, "900", D, "SecurityConfig.h:308"),
    row("CrlOfflineErrCacheCapacity", Number, "10000", D, "SecurityConfig.h:309").internal(),
    row("CrlOfflineHealthReportTtl", TimeSpan, "86400", D, "SecurityConfig.h:310"),
    row("CrlOfflineReportThreshold", TimeSpan, "300", D, "SecurityConfig.h:312").internal(),
    row("CrlTestEnabled", Bool, "false", S, "SecurityConfig.h:314").undescribed().internal(),
    row("CrlTestStartDelay", TimeSpan, "", S, "SecurityConfig.h:315").undescribed().internal(),
    row("CrlTestPeriod", TimeSpan, "", S, "SecurityConfig.h:316").undescribed().internal(),
    row("CrlOfflineProbability", Text, "", S, "SecurityConfig.h:317").undescribed().internal(),
    row("SkipX509CredentialExpirationChecking", Bool, "false", S, "SecurityConfig.h:324").internal(),
    row("CertificateMonitorInterval", TimeSpan, "3600", S, "SecurityConfig.h:330").internal(),
    row("CertificateHealthReportingInterval", TimeSpan, "28800", S, "SecurityConfig.h:334"),
    row("CertificateExpirySafetyMargin", TimeSpan, "2592000", S, "SecurityConfig.h:338"),
    row("ClientClaimAuthEnabled", Bool, "false", S, "SecurityConfig.h:343"),
    row("ClientClaims", Text, "", D, "SecurityConfig.h:358"),
    row("AdminClientClaims", Text, "", D, "SecurityConfig.h:361"),
    row("DisableFirewallRuleForPublicProfile", Bool, "true", S, "SecurityConfig.h:395"),
    row("DisableFirewallRuleForPrivateProfile", Bool, "true", S, "SecurityConfig.h:397"),
    row("DisableFirewallRuleForDomainProfile", Bool, "true", S, "SecurityConfig.h:399"),
    row("AADTenantId", Text, "", S, "SecurityConfig.h:407"),
    row("AADClusterApplication", Text, "", S, "SecurityConfig.h:409"),
    row("AADClientApplication", Text, "", S, "SecurityConfig.h:411"),
    row("X509Folder", Text, "/var/lib/sfcerts", S, "SecurityConfig.h:437").linux(),
    row("AppRunAsAccountGroupX509Folder", Text, "/home/sfuser/sfusercerts", S, "SecurityConfig.h:439").linux(),
    row("CertFileExtension", Text, ".crt", S, "SecurityConfig.h:440").linux().internal(),
    row("PrivateKeyFileExtension", Text, ".prv", S, "SecurityConfig.h:441").linux().internal(),
    row("X509InstallExtension", Text, ".pem", S, "SecurityConfig.h:442").linux().internal(),
    row("PrivateKeyInstallExtension", Text, ".pem", S, "SecurityConfig.h:443").linux().internal(),
    row("LocalCertCheckingEnabled", Bool, "", S, "SecurityConfig.h").undescribed().deprecated(),
    row("NegotiationTimeout", TimeSpan, "", S, "SecurityConfig.h").undescribed().deprecated(),
    row("X509ExtraFramingEnabled", Bool, "", S, "SecurityConfig.h").undescribed().deprecated(),
    row("AcceptExpiredPinnedClusterCertificate", Bool, "false", S, "release notes of 7.x, and the public article").undescribed(),
    row("EnforcePrevalidationOnSecurityChanges", Bool, "false", S, "release_notes/Service-Fabric-71CU1-releasenotes.md:35").undescribed(),
    row("X509CertChainFlags", Number, "0x40000000", D, "src/prod/src/Federation/FederationConfig.h:292-299").of("Federation").on_linux("0"),
    row("IgnoreCrlOfflineError", Bool, "true", D, "src/prod/src/Federation/FederationConfig.h:292-299").of("Federation"),
];

/// A parameter of a section, by its name, ignoring case.
pub fn known(section: &str, name: &str) -> Option<&'static KnownParameter> {
    let mut all = PARAMETERS.iter();
    all.find(|known| known.section.eq_ignore_ascii_case(section) && known.name.eq_ignore_ascii_case(name))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fabric::setting;

    #[test]
    fn names_are_unique_and_defaults_are_of_their_kind() {
        for (place, parameter) in PARAMETERS.iter().enumerate() {
            assert_eq!(known(parameter.section, &parameter.name.to_lowercase()), Some(parameter));
            let same = PARAMETERS.iter().skip(place.saturating_add(1));
            let mut same = same.filter(|other| (other.section, other.name) == (parameter.section, parameter.name));
            assert_eq!(same.next(), None, "{}", parameter.name);
            for platform in [Platform::Windows, Platform::Linux] {
                let default = parameter.default_on(platform);
                let fits = default.is_empty()
                    || match parameter.kind {
                        Text | List => true,
                        Bool => matches!(default, "true" | "false"),
                        Number => setting::number(default).is_some(),
                        TimeSpan => setting::after_number(default).is_empty(),
                    };
                assert!(fits, "{} = {default}", parameter.name);
            }
        }
    }
}
