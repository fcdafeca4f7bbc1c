//! Settings that weaken what certificates protect, or that lock somebody out later.
//!
//! What it checks: revocation flags, firewall rules, roles without rules, trusted roots in place of pins, spellings of
//! declared names, and what Linux does differently.
//! Why it matters: each of these works on the day it is written.
//! Reference: the public article; FabricSettingsValidator.cs:1147-1162,1382-1421; CryptoUtility.Linux.cpp:1722-2000.

use alloc::format;
use alloc::string::{String, ToString as _};
use alloc::vec::Vec;

use super::{article, source};
use crate::fabric::implicit::Implicit;
use crate::fabric::judge::Judge;
use crate::fabric::manifest::{CertificateRole, NodeType};
use crate::fabric::setting::{boolean, number};
use crate::fabric::settings::Settings;
use crate::fabric::{Connection, Declared, DeclaredName, Platform};
use crate::quote::quote;
use crate::{Edit, Finding, Kind, Rule, Severity};

const KINDS: &[Kind] = &[Kind::Peer, Kind::Presentation];
const VALIDATOR: &str =
    "src/prod/src/managed/Api/src/System/Fabric/Management/fabricvalidator/FabricSettingsValidator.cs:1382-1421";

pub(crate) static CRL_FLAG: Rule = Rule {
    id: "crl-checking-flag",
    aliases: &[],
    title: "revocation is checked in another way than by default",
    severity: Severity::Warning,
    kinds: KINDS,
    what: crate::page!("Compares `CrlCheckingFlag` with its default."),
    why: crate::page!(
        "0 turns revocation checking off, which the article advises against; 0x80000000 alone looks at cached lists and \
          checks nothing. Meant for tests, for development certificates, and for networks without access to the lists."
    ),
    bad: crate::page!("<Parameter Name=\"CrlCheckingFlag\" Value=\"0\" />"),
    good: crate::page!("<Parameter Name=\"CrlCheckingFlag\" Value=\"0x40000000\" />"),
    citation: article("miscellaneous certificate configuration settings: CrlCheckingFlag"),
};

pub(crate) static CRL_OFFLINE: Rule = Rule {
    id: "crl-offline-ignored",
    aliases: &[],
    title: "revocation lists that can't be reached are ignored",
    severity: Severity::Warning,
    kinds: KINDS,
    what: crate::page!("Looks for `IgnoreCrlOfflineError` set to true in section `Security`."),
    why: crate::page!(
        "A client whose revocation can't be checked is accepted. Meant for tests, for development certificates, and for \
          networks from which the lists are known not to be reachable; generated settings set it."
    ),
    bad: crate::page!("<Parameter Name=\"IgnoreCrlOfflineError\" Value=\"true\" />"),
    good: crate::page!("reachable revocation lists, and the parameter left out"),
    citation: article("miscellaneous certificate configuration settings: IgnoreCrlOfflineError"),
};

pub(crate) static FIREWALL: Rule = Rule {
    id: "firewall-rules-all-disabled",
    aliases: &[],
    title: "firewall rules are disabled for every profile",
    severity: Severity::Info,
    kinds: KINDS,
    what: crate::page!("Looks for all three `DisableFirewallRuleFor...Profile` written as true."),
    why: crate::page!(
        "No rule opens the ports of the nodes, so somebody else has to. The deployer warns; certificates are not concerned."
    ),
    bad: crate::page!("all three parameters set to true"),
    good: crate::page!("false for the profile of the nodes' network"),
    citation: source(
        "src/prod/src/managed/Api/src/System/Fabric/Management/fabricvalidator/FabricSettingsValidator.cs:1147-1162",
    ),
};

pub(crate) static NO_ADMIN: Rule = Rule {
    id: "roles-without-admin",
    aliases: &[],
    title: "client roles are on and nobody is an admin",
    severity: Severity::Warning,
    kinds: KINDS,
    what: crate::page!("Looks for admin rules where `ClientRoleEnabled` is true."),
    why: crate::page!("No client can change the cluster, on Windows none but the nodes' own. The deployer warns."),
    bad: crate::page!("ClientRoleEnabled true, and ClientCertThumbprints alone"),
    good: crate::page!("AdminClientCertThumbprints beside it"),
    citation: source(VALIDATOR),
};

pub(crate) static NO_CLIENT: Rule = Rule {
    id: "roles-off-without-client",
    aliases: &[],
    title: "client roles are off and no client is declared",
    severity: Severity::Warning,
    kinds: KINDS,
    what: crate::page!("Looks for client rules where client roles are off and clients are asked for certificates."),
    why: crate::page!("No client gets in but the nodes' own. The deployer warns."),
    bad: crate::page!("ServerAuthCredentialType X509, and neither client nor admin rules"),
    good: crate::page!("ClientCertThumbprints with the operators' certificates"),
    citation: source(VALIDATOR),
};

pub(crate) static UNPINNED: Rule = Rule {
    id: "common-name-unpinned",
    aliases: &[],
    title: "a name relies on trusted roots",
    severity: Severity::Info,
    kinds: KINDS,
    what: crate::page!("Looks for declared names without issuers, where no issuer stores are declared."),
    why: crate::page!(
        "Any trusted authority can issue a certificate of that name. The article prefers the thumbprints of the issuers."
    ),
    bad: crate::page!("<Parameter Name=\"node.example\" Value=\"\" />"),
    good: crate::page!("<Parameter Name=\"node.example\" Value=\"b3449b018d0f6839a2c5d62b5b6c6ac822b6f662\" />"),
    citation: article("common name-based certificate validation declarations"),
};

pub(crate) static NOT_A_NAME: Rule = Rule {
    id: "common-name-not-literal",
    aliases: &[],
    title: "a declared name is empty, or has a wildcard or `CN=`",
    severity: Severity::Warning,
    kinds: KINDS,
    what: crate::page!("Looks for `*` and for `CN=` in declared names, and for empty ones."),
    why: crate::page!(
        "A declared name is the text of a common name. A wildcard means something in the certificate, not in the \
          declaration, and with `CN=`, or empty, it equals no certificate's name."
    ),
    bad: crate::page!("<Parameter Name=\"CN=node.example\" Value=\"\" />"),
    good: crate::page!("<Parameter Name=\"node.example\" Value=\"\" />"),
    citation: source("src/prod/src/Transport/SecurityContextSsl.cpp:1310-1423"),
};

pub(crate) static BLANKS: Rule = Rule {
    id: "common-name-blanks",
    aliases: &[],
    title: "a declared name begins or ends with a blank",
    severity: Severity::Warning,
    kinds: KINDS,
    what: crate::page!("Looks for blanks around declared names, in sections and in the deprecated lists."),
    why: crate::page!("Names are not trimmed: `a, b` declares `a` and ` b`, and no certificate has the second."),
    bad: crate::page!("<Parameter Name=\"ClientAuthAllowedCommonNames\" Value=\"a.example, b.example\" />"),
    good: crate::page!("<Parameter Name=\"ClientAuthAllowedCommonNames\" Value=\"a.example,b.example\" />"),
    citation: source("src/prod/src/ServiceModel/transport/SecuritySettings.cpp:239-281"),
};

pub(crate) static LINUX_STORES: Rule = Rule {
    id: "issuer-store-on-linux",
    aliases: &[],
    title: "issuer stores can't match on Linux",
    severity: Severity::Warning,
    kinds: KINDS,
    what: crate::page!("Looks for issuer stores where the platform is Linux."),
    why: crate::page!(
        "Issuer stores pin public keys, and the verifier of Linux offers the thumbprint of the issuer alone: the names \
          never match, unless the stores yield nothing."
    ),
    bad: crate::page!("a section Security/ClusterCertificateIssuerStores on Linux"),
    good: crate::page!("the issuers' thumbprints as values of the names"),
    citation: source("src/prod/src/Common/CryptoUtility.Linux.cpp:1766-1779"),
};

pub(crate) static LINUX_PIN: Rule = Rule {
    id: "pinned-name-on-linux",
    aliases: &[],
    title: "a pin does not make a private root good on Linux",
    severity: Severity::Info,
    kinds: KINDS,
    what: crate::page!("Looks for pinned names where the platform is Linux."),
    why: crate::page!(
        "On Windows a pinned issuer forgives an untrusted root. On Linux the root must be trusted by the machine as well, \
          or every name fails with `OperationFailed`."
    ),
    bad: crate::page!("a name pinned to an issuer of a private PKI, whose root is not in the trust store"),
    good: crate::page!("the root in the trust store of every node"),
    citation: source("src/prod/src/Common/CryptoUtility.Linux.cpp:1722-2000"),
};

/// Findings about settings.
pub(in crate::fabric) fn check(settings: &Settings<'_>, judge: &Judge<'_, '_>, platform: Platform) -> Vec<Finding> {
    let mut findings = Vec::new();
    findings.extend(revocation(settings, platform));
    findings.extend(firewall(settings));
    findings.extend(roles(settings, judge.platform()));
    for (declared, set) in judge.rule_sets() {
        // The rules of the clients hold those of the admins as well.
        let own = |name: &&DeclaredName| {
            let of = [declared.names_section(), declared.deprecated_names()];
            name.settings.iter().any(|setting| of.contains(setting))
        };
        let has_stores = !settings.section_parameters(declared.issuer_stores()).is_empty();
        for name in set.names.iter().filter(own) {
            findings.extend(names(declared, name, has_stores, platform));
        }
        if platform == Platform::Linux
            && declared != Declared::AdminClient
            && let Some(first) = settings.section_parameters(declared.issuer_stores()).first()
        {
            let message = format!(
                "`{}` pins public keys, which Linux does not compare, so no name matches unless the stores yield nothing",
                declared.issuer_stores()
            );
            findings.push(
                Finding::new(&LINUX_STORES, message)
                    .at(first.span())
                    .help("write the issuers' thumbprints as values of the names"),
            );
        }
    }
    findings
}

fn revocation(settings: &Settings<'_>, platform: Platform) -> Vec<Finding> {
    let mut findings = Vec::new();
    let default = match platform {
        Platform::Windows => 0x4000_0000,
        Platform::Linux => 0,
    };
    let flag = settings.security("CrlCheckingFlag").filter(|parameter| !parameter.value.text().is_empty());
    if let Some((parameter, flag)) = flag.and_then(|flag| Some((flag, number(flag.value.text())?)))
        && flag != default
    {
        let checks = flag & crate::chain::CHECKS != 0;
        let what = match (flag, checks) {
            (0, _) => "turns revocation checking off",
            (_, false) => "has no bit that turns a revocation check on",
            (0x1000_0000, true) => "checks the certificate itself only",
            (_, true) => "is not the default",
        };
        let message = format!("`CrlCheckingFlag` 0x{flag:08x} {what}");
        findings.push(
            Finding::new(&CRL_FLAG, message)
                .at(parameter.value.whole())
                .arg("flag", format!("0x{flag:08x}"))
                .help("leave it out, unless these are test certificates or the lists can't be reached"),
        );
    }
    // What the product generates for every configuration in JSON is no choice of whoever wrote it.
    let ignore = settings.security("IgnoreCrlOfflineError").filter(|parameter| boolean(parameter.value.text()));
    if let Some(parameter) = ignore.filter(|parameter| !parameter.generated) {
        findings.push(
            Finding::new(&CRL_OFFLINE, "clients are accepted although their revocation lists can't be reached")
                .at(parameter.value.whole())
                .help("make the lists reachable; keep it only for tests or networks without access to them"),
        );
    }
    findings
}

fn firewall(settings: &Settings<'_>) -> Option<Finding> {
    let names = [
        "DisableFirewallRuleForPublicProfile",
        "DisableFirewallRuleForPrivateProfile",
        "DisableFirewallRuleForDomainProfile",
    ];
    let written: Vec<_> = names.iter().filter_map(|name| settings.security(name)).collect();
    let all = written.len() == names.len() && written.iter().all(|parameter| boolean(parameter.value.text()));
    let first = written.first().filter(|_| all)?;
    Some(
        Finding::new(&FIREWALL, "firewall rules are disabled for the public, private and domain profile alike")
            .at(first.value.whole())
            .help("set the one of the nodes' network to false, or open the ports by other means"),
    )
}

fn roles(settings: &Settings<'_>, platform: Platform) -> Option<Finding> {
    // What the document doesn't tell may declare one.
    if !settings.unknown(&Declared::ALL).is_empty() {
        return None;
    }
    let asks = settings.security("ServerAuthCredentialType").is_some_and(|kind| {
        crate::fabric::CredentialType::read(kind.value.text()) == Some(crate::fabric::CredentialType::Ssl)
    });
    let declares = |declared: Declared| {
        let list = settings.thumbprints_of(declared).is_some_and(|setting| !setting.list.items.is_empty());
        list || !settings.common_names(declared).is_empty()
    };
    let claims = |name: &str| settings.security(name).is_some_and(|parameter| !parameter.value.text().is_empty());
    let admins = declares(Declared::AdminClient) || claims("AdminClientClaims");
    let clients = declares(Declared::Client) || claims("ClientClaims");
    if settings.flag("ClientRoleEnabled", false) {
        let parameter = settings.security("ClientRoleEnabled").filter(|_| !admins)?;
        // The client certificate of a node type is an admin without a rule; a fragment need not show it.
        let is_client = |own: &NodeType<'_>| own.certificate(CertificateRole::Client).is_some();
        let manifest = settings.manifest();
        let may_be_own = (manifest.is_fragment || manifest.node_types.iter().any(is_client))
            && !Implicit::of(Connection::Gateway, settings, platform).is_empty();
        let but = if may_be_own { " but the nodes' own" } else { "" };
        let message =
            format!("client roles are on, and no admin is declared, so no client{but} can change the cluster");
        return Some(
            Finding::new(&NO_ADMIN, message)
                .at(parameter.value.whole())
                .help("declare `AdminClientCertThumbprints` or the section `Security/AdminClientX509Names`"),
        );
    }
    let kind = settings.security("ServerAuthCredentialType").filter(|_| asks && !clients && !admins)?;
    Some(
        Finding::new(&NO_CLIENT, "clients are asked for certificates, and none is declared")
            .at(kind.value.whole())
            .help("declare `ClientCertThumbprints` or the section `Security/ClientX509Names`"),
    )
}

fn names(declared: Declared, name: &DeclaredName, has_stores: bool, platform: Platform) -> Vec<Finding> {
    let mut findings = Vec::new();
    let setting = name.settings.first().copied().unwrap_or_else(|| declared.names_section());
    let text = name.name.as_str();
    let mut found = |rule, message: String, help: &str, fix: Option<&str>| {
        let mut finding = Finding::new(rule, message).arg("name", text).arg("setting", setting).help(help);
        if let Some(span) = name.spans.first() {
            finding = finding.at(span.clone());
            if let Some(fix) = fix
                && name.spans.len() == 1
                && declared.deprecated_names() == setting
            {
                finding = finding
                    .fix(format!("Write {fix}"), Vec::from([Edit { span: span.clone(), text: fix.to_string() }]));
            }
        }
        findings.push(finding);
    };
    let shown = quote(text);
    if text.trim() != text {
        let message = format!("{shown} of `{setting}` begins or ends with a blank, and names are not trimmed");
        found(&BLANKS, message, "write the name without the blank", Some(text.trim()));
    }
    let bare = text.trim();
    let has_prefix = bare.get(..2).is_some_and(|head| head.eq_ignore_ascii_case("CN")) && bare.contains('=');
    if text.is_empty() {
        let message = format!("a name of `{setting}` is empty, and no certificate matches it");
        found(&NOT_A_NAME, message, "write the common name, or remove the parameter", None);
        return findings;
    }
    if has_prefix {
        let message = format!("{shown} of `{setting}` is compared as it is, and no common name begins with `CN=`");
        found(&NOT_A_NAME, message, "write the common name alone", None);
    } else if bare.contains('*') {
        let message =
            format!("{shown} of `{setting}` is compared as it is: a wildcard in a declaration stands for itself");
        found(&NOT_A_NAME, message, "declare each name, or a name that the certificates share", None);
    }
    if !name.is_pinned() && !has_stores {
        let message = format!("{shown} of `{setting}` is good from any trusted authority");
        found(
            &UNPINNED,
            message,
            "write the thumbprints of every issuer that is expected; a name stands for every certificate of that name",
            None,
        );
    }
    if name.is_pinned() && platform == Platform::Linux {
        let message = format!("{shown} of `{setting}` is pinned, and on Linux its root must be trusted as well");
        found(&LINUX_PIN, message, "install the root on every node", None);
    }
    findings
}
