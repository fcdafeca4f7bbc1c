//! What a node presents, and whether the others accept it.
//!
//! What it checks: that every declaration of a node type yields a certificate, and that rules accept it.
//! Why it matters: a node that can't load its certificate hears nobody; one that presents another certificate than the
//! rules expect is refused, which is the main cause of incidents.
//! Reference: SecurityCredentials.cpp:157-436; SecurityUtil.cpp:123-292; FabricSettingsValidator.cs:1649-1778.

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use super::mends::mends;
use super::{article, credential_type, find_values, keys, margins, source};
use crate::certificate::Facts;
use crate::fabric::manifest::{CertificateRole, Value};
use crate::fabric::presentation::{
    Coverage, Decided, Installed, Policy, Refusal, Secondary, Tries, connection, warns_at,
};
use crate::fabric::settings::Settings;
use crate::fabric::thumbprint::hexadecimal;
use crate::fabric::{Declared, Platform};
use crate::quote::quote;
use crate::{Document, Finding, Kind, Rule, Severity, Time};

const KINDS: &[Kind] = &[Kind::Presentation];

pub(crate) static NOT_FOUND: Rule = Rule {
    id: "certificate-not-in-store",
    aliases: &[],
    title: "the store has no such certificate",
    severity: Severity::Error,
    kinds: KINDS,
    what: crate::page!("Searches the store for what `X509FindValue` and `X509FindValueSecondary` name."),
    why: crate::page!("The node does not open: `FABRIC_E_CERTIFICATE_NOT_FOUND`."),
    bad: crate::page!("a thumbprint of a certificate that is installed on the other nodes only"),
    good: crate::page!("the certificate in LocalMachine\\My of every node"),
    citation: article("troubleshooting: certificate not found"),
};

pub(crate) static ONLY_EXPIRED: Rule = Rule {
    id: "only-expired-certificates",
    aliases: &[],
    title: "every certificate that is found has expired",
    severity: Severity::Error,
    kinds: KINDS,
    what: crate::page!("Compares NotAfter of the certificates that are found with the instant of the case."),
    why: crate::page!("Expired certificates are skipped, and with none left it is `FABRIC_E_INVALID_CREDENTIALS`."),
    bad: crate::page!("one certificate of the name, expired"),
    good: crate::page!("its successor beside it"),
    citation: source("src/prod/src/Transport/SecurityCredentials.cpp:243-288"),
};

pub(crate) static SECONDARY: Rule = Rule {
    id: "secondary-not-looked-at",
    aliases: &[],
    title: "a secondary certificate is never looked at",
    severity: Severity::Warning,
    kinds: &[Kind::Presentation, Kind::Rollout],
    what: crate::page!("Looks for `X509FindValueSecondary` without `UseSecondaryIfNewer`."),
    why: crate::page!(
        "As long as the primary value yields a certificate, the secondary one is not presented, however new it is. \
          Rotations that rely on it work because generated settings set the parameter."
    ),
    bad: crate::page!("X509FindValueSecondary=\"...\" alone"),
    good: crate::page!("the same, with <Parameter Name=\"UseSecondaryIfNewer\" Value=\"true\" />"),
    citation: source("src/prod/src/Transport/SecurityCredentials.cpp:343-436"),
};

pub(crate) static DEFAULT_CLIENT: Rule = Rule {
    id: "secondary-on-default-client",
    aliases: &[],
    title: "a default client has a secondary certificate",
    severity: Severity::Error,
    kinds: KINDS,
    what: crate::page!(
        "Looks for `X509FindValueSecondary` of the client certificates where default clients are allowed."
    ),
    why: crate::page!(
        "On Windows, in a cluster that no resource provider runs, the node's own client certificates are accepted by \
          name and issuer, and a secondary value is refused with `FABRIC_E_INVALID_CONFIGURATION`."
    ),
    bad: crate::page!("<ClientCertificate X509FindValue=\"...\" X509FindValueSecondary=\"...\" />"),
    good: crate::page!("<ClientCertificate X509FindValue=\"...\" />, or AllowDefaultClient set to false"),
    citation: source("src/prod/src/ServiceModel/transport/SecurityUtil.cpp:123-292"),
};

pub(crate) static NOT_ACCEPTED: Rule = Rule {
    id: "presented-not-accepted",
    aliases: &[],
    title: "no rule accepts what a node presents",
    severity: Severity::Error,
    kinds: KINDS,
    what: crate::page!("Judges the certificate that is presented by the rules of the other side, as kind `peer` does."),
    why: crate::page!(
        "Presentation and validation are declared apart. Where they disagree the node is refused, the main cause of \
          incidents with certificates."
    ),
    bad: crate::page!("a node type that presents B, and ClusterCertThumbprints with A alone"),
    good: crate::page!("A and B in ClusterCertThumbprints before any node presents B"),
    citation: article("end-to-end scenarios and examples"),
};

pub(crate) static BY_KEY: Rule = Rule {
    id: "accepted-by-key-only",
    aliases: &[],
    title: "nodes accept each other by their key only",
    severity: Severity::Warning,
    kinds: KINDS,
    what: crate::page!("Looks for a cluster certificate that is presented and that no Cluster rule accepts."),
    why: crate::page!(
        "Nodes that present the same key trust each other without a rule. As soon as one presents another key, the two \
          refuse each other."
    ),
    bad: crate::page!("ClusterCertificate with a thumbprint that ClusterCertThumbprints does not have"),
    good: crate::page!("the same thumbprint in both"),
    citation: source("src/prod/src/Transport/SecurityContextSsl.cpp:2381-2409"),
};

pub(crate) static MISSING: Rule = Rule {
    id: "node-certificate-missing",
    aliases: &[],
    title: "a node type has no certificate for a role",
    severity: Severity::Error,
    kinds: KINDS,
    what: crate::page!(
        "With `ClusterCredentialType` X509 looks for `ClusterCertificate`, with `ServerAuthCredentialType` X509 for \
           `ServerCertificate` and `ClientCertificate`, in every node type."
    ),
    why: crate::page!("The deployer refuses the manifest, and a node without a cluster certificate can't join."),
    bad: crate::page!("<NodeType Name=\"nt1vm\"> without Certificates"),
    good: crate::page!("<ClusterCertificate>, <ServerCertificate> and <ClientCertificate> in its Certificates"),
    citation: source(
        "src/prod/src/managed/Api/src/System/Fabric/Management/fabricvalidator/FabricSettingsValidator.cs:1649-1778",
    ),
};

/// The finding where no node type declares anything.
pub(in crate::fabric) fn nothing_declared(document: &Document<'_>, policy: &Policy) -> Finding {
    let of = policy.node_type.as_ref().map_or_else(String::new, |name| format!(" of the name {}", quote(name)));
    let message = format!("expected a node type{of} with certificates, found none, so nothing is presented");
    Finding::new(&MISSING, message).at(document.span(0..0)).help("paste the whole manifest, or its element `NodeTypes`")
}

/// Findings about every declaration.
pub(in crate::fabric) fn check(
    decided: &[Decided<'_>],
    store: &[Installed],
    known: &[Facts],
    policy: &Policy,
    settings: &Settings<'_>,
    at: Time,
) -> Vec<Finding> {
    let mut findings = credential_type::check(settings);
    findings.extend(margins::check(settings));
    findings.extend(missing(settings, policy));
    for one in decided.iter().filter(|one| one.unused.is_none()) {
        let element = one.certificate.role.element();
        let refused = one.credentials.refused.as_ref();
        let named = find_values::check(one.certificate, refused, store, policy);
        let is_explained = named.iter().any(|finding| finding.severity == Severity::Error);
        findings.extend(named);
        findings.extend(keys::check(element, &one.credentials.tried, store, !one.credentials.loaded.is_empty()));
        findings.extend(nothing_loaded(one, is_explained, store));
        findings.extend(secondary(one, settings));
        findings.extend(accepted(one, store, known, settings));
        if matches!(one.certificate.role, CertificateRole::Cluster | CertificateRole::Server)
            && let Some(installed) = one.presented(store)
        {
            let margin = settings.security(margins::SAFETY_MARGIN).map(|parameter| parameter.value.text());
            let warns_at = warns_at(installed.not_after, margins::seconds(margin));
            if warns_at <= at {
                let finding = margins::close(element, installed.number, installed.not_after, warns_at);
                findings.push(finding.at(one.certificate.span()));
            }
        }
    }
    findings
}

fn nothing_loaded(one: &Decided<'_>, is_explained: bool, store: &[Installed]) -> Option<Finding> {
    let element = one.certificate.role.element();
    let credentials = &one.credentials;
    if !credentials.loaded.is_empty() || credentials.refused.is_some() {
        return None;
    }
    let value = one.certificate.find_value.as_ref();
    let span = value.map_or_else(|| one.certificate.span(), |value| value.whole());
    if credentials.tried.is_empty() {
        if is_explained {
            return None;
        }
        let text = value.map_or("", |value| value.text());
        let message = format!("expected a certificate of the store for {} in `{element}`, found none", quote(text));
        let finding = Finding::new(&NOT_FOUND, message).at(span).arg("found", text).arg("role", element);
        // On Windows a common name is told apart by case.
        let near = store.iter().flat_map(Installed::common_names).find(|own| own.to_lowercase() == text.to_lowercase());
        return Some(match (near, value) {
            (Some(own), Some(value)) => finding
                .help(format!("names are compared with case: a certificate has {}", quote(own)))
                .fix(format!("Write {own}"), Vec::from([value.edit(0..text.len(), own)])),
            _ => {
                let finding =
                    finding.help("install the certificate on the node, with its private key, or correct the value");
                match value {
                    Some(value) => installed_instead(finding, one, value, store),
                    None => finding,
                }
            }
        });
    }
    let is_expired = |tried: &crate::fabric::presentation::Tried| tried.outcome == Tries::Expired;
    if credentials.tried.iter().all(is_expired) {
        let numbers: Vec<String> = credentials
            .tried
            .iter()
            .filter_map(|tried| store.get(tried.place))
            .map(|installed| format!("certificate {} expired at {}", installed.number, installed.not_after))
            .collect();
        let message = format!("nothing is left to present as `{element}`: {}", numbers.join(", "));
        return Some(
            Finding::new(&ONLY_EXPIRED, message)
                .at(span)
                .help("install the successor, and declare it if it is another"),
        );
    }
    None
}

/// Proposes to look for what is installed, where few certificates are.
fn installed_instead(mut finding: Finding, one: &Decided<'_>, value: &Value<'_>, store: &[Installed]) -> Finding {
    let by_thumbprint = one.certificate.find_type.as_ref().is_none_or(|kind| kind.is("FindByThumbprint"));
    for installed in store.iter().take(MOST_INSTEAD).filter(|_| by_thumbprint && store.len() <= MOST_INSTEAD) {
        let thumbprint = hexadecimal(&installed.thumbprint);
        let edits = Vec::from([value.edit(0..value.text().len(), &thumbprint)]);
        finding = finding.fix(format!("Present certificate {}", installed.number), edits);
    }
    finding
}

/// Certificates of a store that are proposed one by one: of more, nobody knows which is meant.
const MOST_INSTEAD: usize = 3;

fn secondary(one: &Decided<'_>, settings: &Settings<'_>) -> Option<Finding> {
    let element = one.certificate.role.element();
    let value = one.certificate.find_value_secondary.as_ref().filter(|value| !value.text().is_empty())?;
    if one.credentials.refused == Some(Refusal::DefaultClientSecondary) {
        let message = format!("`{element}` has a secondary value, which Service Fabric refuses of a default client");
        return Some(
            Finding::new(&DEFAULT_CLIENT, message)
                .at(value.whole())
                .help("remove it, or set `AllowDefaultClient` to false"),
        );
    }
    if settings.flag("UseSecondaryIfNewer", false) || one.credentials.refused.is_some() {
        return None;
    }
    let now = match one.credentials.secondary {
        Secondary::Fallback => "looked at only because the primary value yields nothing",
        _ => "not looked at, however new it is",
    };
    let message = format!("`X509FindValueSecondary` of `{element}` is {now}: `UseSecondaryIfNewer` is not set");
    Some(
        Finding::new(&SECONDARY, message)
            .at(value.whole())
            .help("set `UseSecondaryIfNewer` to true in section `Security`, or make it the primary value"),
    )
}

fn accepted(one: &Decided<'_>, store: &[Installed], known: &[Facts], settings: &Settings<'_>) -> Option<Finding> {
    let element = one.certificate.role.element();
    let number = one.presented(store)?.number;
    let lists = match one.certificate.role {
        CertificateRole::Cluster => Declared::Cluster,
        CertificateRole::Server => Declared::Server,
        CertificateRole::Client => Declared::AdminClient,
        CertificateRole::UserRoleClient => Declared::Client,
    };
    let finding = match &one.coverage {
        Coverage::ByKeyOnly => {
            let message =
                format!("no rule accepts certificate {number} as `{element}`, only nodes with the same key do");
            Finding::new(&BY_KEY, message)
        }
        Coverage::Refused(noun, because, code) => {
            let code = code.map_or_else(String::new, |code| format!(" ({code})"));
            let message =
                format!("certificate {number} is presented as `{element}` and not accepted, {noun}: {because}{code}");
            Finding::new(&NOT_ACCEPTED, message)
        }
        Coverage::NotShown | Coverage::Accepted | Coverage::Unknown(_) => return None,
    };
    let help = format!("declare it in `{}` or in the section `{}`", lists.thumbprints(), lists.names_section());
    let mut finding = finding.at(one.certificate.span()).arg("certificate", format!("{number}")).arg("role", element);
    if let Some(facts) = known.iter().find(|facts| facts.number == number) {
        finding.fixes = mends(settings, facts, one.issuer.as_deref(), connection(one.certificate.role));
    }
    Some(finding.help(help))
}

/// The certificates that are asked for: by the deployer, which compares the text with `X509` exactly, and by a node on
/// Windows, which does not open without its own.
pub(in crate::fabric) fn missing(settings: &Settings<'_>, policy: &Policy) -> Vec<Finding> {
    let asks = |name: &str| settings.security(name).map_or("", |parameter| parameter.value.text());
    let (cluster, server) = (asks("ClusterCredentialType"), asks("ServerAuthCredentialType"));
    let wanted =
        [(CertificateRole::Cluster, cluster), (CertificateRole::Server, server), (CertificateRole::Client, server)];
    let by = |role: CertificateRole, text: &str| match text {
        "X509" => Some("the deployer refuses the manifest"),
        _ if role != CertificateRole::Client
            && policy.platform == Platform::Windows
            && text.eq_ignore_ascii_case("X509") =>
        {
            Some("the node does not open (FABRIC_E_INVALID_X509_THUMBPRINT)")
        }
        _ => None,
    };
    let mut findings = Vec::new();
    for node_type in &settings.manifest().node_types {
        let Some(name) = &node_type.name else { continue };
        if policy.node_type.as_deref().is_some_and(|wanted| wanted != name.text()) {
            continue;
        }
        for (role, text) in wanted.iter().filter(|(role, _)| node_type.certificate(*role).is_none()) {
            let Some(so) = by(*role, text) else { continue };
            let element = role.element();
            let message = format!("expected `{element}` in node type {}, found none, so {so}", quote(name.text()));
            findings.push(
                Finding::new(&MISSING, message)
                    .at(name.whole())
                    .arg("role", element)
                    .help(format!("add `<{element} X509FindValue=\"...\" />` to its `Certificates`")),
            );
        }
    }
    findings
}
