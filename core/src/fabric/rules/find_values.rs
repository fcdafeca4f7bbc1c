//! How node types name the certificates that they present.
//!
//! What it checks: `X509FindType`, `X509FindValue`, `X509FindValueSecondary` and `X509StoreName`.
//! Why it matters: a value that can't be read keeps the node from opening, and one that names nothing does as well.
//! Reference: X509FindValue.cpp:45-135; CryptoUtility.cpp:1161-1296; FabricSettingsValidator.cs:1780-1807.

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use super::thumbprints::{cleaned, completed, is_abbreviated};
use super::{article, source};
use crate::fabric::FaultKind;
use crate::fabric::manifest::{NodeCertificate, Value};
use crate::fabric::presentation::{
    FindFault, FindType, FindValue, Installed, Policy, Refusal, is_invisible as shows_nothing, refused_by_deployer,
};
use crate::host_name::matches_windows;
use crate::nearest::nearest;
use crate::quote::{code_point, quote};
use crate::{Edit, Finding, Kind, Rule, Severity};

const KINDS: &[Kind] = &[Kind::Presentation];

pub(crate) static MALFORMED: Rule = Rule {
    id: "find-value-malformed",
    aliases: &[],
    title: "a find value can't be read",
    severity: Severity::Error,
    kinds: KINDS,
    what: crate::page!("Reads `X509FindValue` and `X509FindValueSecondary` as the runtime and as the deployer do."),
    why: crate::page!(
        "The node doesn't open: a thumbprint with a foreign character, abbreviated, or with the invisible character that \
          the certificate dialog copies along, is `FABRIC_E_INVALID_X509_THUMBPRINT`."
    ),
    bad: crate::page!("<ClusterCertificate X509FindValue=\"cc71...1984\" />"),
    good: crate::page!("<ClusterCertificate X509FindValue=\"b3449b018d0f6839a2c5d62b5b6c6ac822b6f662\" />"),
    citation: source("src/prod/src/Common/X509FindValue.cpp:45-135"),
};

pub(crate) static TYPE: Rule = Rule {
    id: "find-type-unknown",
    aliases: &[],
    title: "a find type doesn't exist",
    severity: Severity::Error,
    kinds: super::deployment::KINDS,
    what: crate::page!("Compares `X509FindType` with the three types, ignoring case."),
    why: crate::page!("The runtime refuses the settings with `FABRIC_E_INVALID_X509_FIND_TYPE`."),
    bad: crate::page!("<ClusterCertificate X509FindType=\"FindByCommonName\" X509FindValue=\"cluster.example\" />"),
    good: crate::page!("<ClusterCertificate X509FindType=\"FindBySubjectName\" X509FindValue=\"cluster.example\" />"),
    citation: source("src/prod/src/Common/X509FindValue.cpp:45-135"),
};

pub(crate) static TYPE_CASE: Rule = Rule {
    id: "find-type-case",
    aliases: &[],
    title: "a find type is written in another case",
    severity: Severity::Error,
    kinds: super::deployment::KINDS,
    what: crate::page!("Compares `X509FindType` with the three types exactly."),
    why: crate::page!("The runtime ignores case, but the schema does not: the deployer refuses the manifest."),
    bad: crate::page!("<ClusterCertificate X509FindType=\"findbythumbprint\" X509FindValue=\"b344...\" />"),
    good: crate::page!("<ClusterCertificate X509FindType=\"FindByThumbprint\" X509FindValue=\"b344...\" />"),
    citation: source("src/prod/src/ServiceModel/xsd/ServiceFabricServiceModel.xsd:241-273"),
};

pub(crate) static STORE: Rule = Rule {
    id: "store-name-empty",
    aliases: &[],
    title: "a store name is empty",
    severity: Severity::Error,
    kinds: KINDS,
    what: crate::page!("Looks for `X509StoreName=\"\"` on Windows; on Linux it means the default folder."),
    why: crate::page!("The runtime refuses the settings with `FABRIC_E_INVALID_X509_STORE_NAME`."),
    bad: crate::page!("<ClusterCertificate X509StoreName=\"\" X509FindValue=\"b344...\" />"),
    good: crate::page!("<ClusterCertificate X509StoreName=\"My\" X509FindValue=\"b344...\" />"),
    citation: source("src/prod/src/ServiceModel/transport/SecuritySettings.cpp:286-288"),
};

pub(crate) static CN_PREFIX: Rule = Rule {
    id: "find-value-cn-prefix",
    aliases: &[],
    title: "a name with `CN=` is not looked for as the common name behind it",
    severity: Severity::Error,
    kinds: KINDS,
    what: crate::page!("Looks for `FindBySubjectName` values that begin with `CN=` and find nothing."),
    why: crate::page!(
        "`CN=name` finds a certificate whose entire subject that is. Where the subject has more, or the text is no \
          distinguished name and counts as a common name itself, nothing is found: `FABRIC_E_CERTIFICATE_NOT_FOUND`."
    ),
    bad: crate::page!("X509FindValue=\"CN=cluster.example\" and the subject CN=cluster.example, O=Example"),
    good: crate::page!("X509FindValue=\"cluster.example\""),
    citation: article("troubleshooting: certificate not found"),
};

pub(crate) static WILDCARD: Rule = Rule {
    id: "find-value-wildcard",
    aliases: &[],
    title: "a wildcard finds itself only",
    severity: Severity::Error,
    kinds: KINDS,
    what: crate::page!("Looks for `FindBySubjectName` values with `*` that find nothing."),
    why: crate::page!(
        "A certificate is found by the text of its common name. `*.example` finds a certificate with the common name \
          `*.example`, and none with `node.example`."
    ),
    bad: crate::page!("X509FindValue=\"*.cluster.example\" and a certificate for node1.cluster.example"),
    good: crate::page!("X509FindValue=\"node1.cluster.example\""),
    citation: article("troubleshooting: certificate not found"),
};

/// Findings about one declaration, given why its settings are refused, if they are.
pub(super) fn check(
    certificate: &NodeCertificate<'_>,
    refused: Option<&Refusal>,
    store: &[Installed],
    policy: &Policy,
) -> Vec<Finding> {
    let mut findings = Vec::new();
    let element = certificate.role.element();
    let kind = certificate.find_type.as_ref().map_or(Some(FindType::Thumbprint), |kind| FindType::read(kind.text()));
    findings.extend(find_type(certificate));
    if refused == Some(&Refusal::StoreName)
        && let Some(written) = &certificate.store_name
    {
        findings.push(
            Finding::new(&STORE, format!("expected a store in `{element}`, found an empty name"))
                .at(written.whole())
                .help("leave the attribute out, or write `My`"),
        );
    }
    let values = [&certificate.find_value, &certificate.find_value_secondary];
    for (value, is_secondary) in values.into_iter().zip([false, true]) {
        let Some(value) = value else { continue };
        if let Some(kind) = kind
            && (!is_secondary || !value.text().is_empty())
        {
            match FindValue::read(kind, value.text(), policy.platform) {
                Err(fault) => findings.push(malformed(element, value, &fault, store)),
                Ok(found) => findings.extend(check_readable(element, kind, value, &found, is_secondary, store, policy)),
            }
        }
    }
    findings
}

/// A find type that is none of the schema's, which the deployer refuses.
pub(super) fn find_type(certificate: &NodeCertificate<'_>) -> Option<Finding> {
    let element = certificate.role.element();
    let written = certificate.find_type.as_ref()?;
    let text = written.text();
    let Some(kind) = FindType::read(text) else {
        let names = FindType::NAMES.map(|(name, _)| name);
        let message = format!("expected {} in `{element}`, found {}", super::either(&names), quote(text));
        let finding = Finding::new(&TYPE, message).at(written.whole()).arg("found", text);
        return Some(match nearest(text, names) {
            Some(near) => finding
                .help(format!("did you mean `{near}`?"))
                .fix(format!("Write {near}"), Vec::from([Edit { span: written.whole(), text: near.into() }])),
            None => finding.help("write one of the three types"),
        });
    };
    if kind.name() == text {
        return None;
    }
    let message = format!("expected `{}` in `{element}`, found {}", kind.name(), quote(text));
    let edit = Edit { span: written.whole(), text: String::from(kind.name()) };
    Some(
        Finding::new(&TYPE_CASE, message)
            .at(written.whole())
            .arg("found", text)
            .help("write it as the schema does")
            .fix(format!("Write {}", kind.name()), Vec::from([edit])),
    )
}

fn malformed(element: &str, value: &Value<'_>, fault: &FindFault, store: &[Installed]) -> Finding {
    let text = value.text();
    let whole = value.span(0..text.len());
    let refused = format!("so the node does not open ({})", fault.code);
    let Some(thumbprint) = &fault.thumbprint else {
        let expected = match fault.code {
            "FABRIC_E_INVALID_SUBJECT_NAME" => "a name",
            "STATUS_NOT_SUPPORTED" => "`2.5.29.17:3=` and a host name, the only extension that is supported",
            _ => "`2.5.29.17:3=` and a host name",
        };
        let message = format!("expected {expected} in `{element}`, found {}, {refused}", quote(text));
        return Finding::new(&MALFORMED, message).at(value.whole()).help("write what the find type asks for");
    };
    let at = value.span(thumbprint.range.clone());
    let mend = |finding: Finding, title: &str, text: Option<String>| match text {
        Some(text) => finding.fix(title, Vec::from([Edit { span: whole.clone(), text }])),
        None => finding,
    };
    match thumbprint.kind {
        FaultKind::Blank => {
            let message = format!("expected a thumbprint in `{element}`, found nothing, {refused}");
            Finding::new(&MALFORMED, message).at(value.whole()).help("write the thumbprint of an installed certificate")
        }
        FaultKind::Character(_) if is_abbreviated(text) => {
            let message = format!(
                "expected 40 hexadecimal digits in `{element}`, found the abbreviation {}, {refused}",
                quote(text)
            );
            let finding = Finding::new(&MALFORMED, message).at(whole.clone()).arg("found", text);
            let known: Vec<String> =
                store.iter().map(|installed| crate::fabric::thumbprint::hexadecimal(&installed.thumbprint)).collect();
            let finding = finding.help("write the thumbprint in full");
            mend(finding, "Write the installed certificate's thumbprint in full", completed(text, &known))
        }
        FaultKind::Character(character) => {
            let invisible = shows_nothing(thumbprint);
            let shown = if invisible { code_point(character) } else { format!("`{character}`") };
            let noun = if invisible { "the invisible character " } else { "" };
            let message = format!("expected hexadecimal digits in `{element}`, found {noun}{shown}, {refused}");
            let finding = Finding::new(&MALFORMED, message).at(at).arg("found", shown.clone());
            let title = if invisible { format!("Remove {shown}") } else { "Keep the hexadecimal digits only".into() };
            mend(finding.help("write the digits only"), &title, cleaned(text))
        }
        FaultKind::Group => {
            let message = format!("expected bytes of two digits between the blanks in `{element}`, {refused}");
            let finding = Finding::new(&MALFORMED, message).at(at);
            mend(finding.help("write the digits without blanks"), "Remove the blanks", cleaned(text))
        }
    }
}

fn check_readable(
    element: &str,
    kind: FindType,
    value: &Value<'_>,
    read: &FindValue,
    is_secondary: bool,
    store: &[Installed],
    policy: &Policy,
) -> Option<Finding> {
    let text = value.text();
    if kind == FindType::Thumbprint && !is_secondary {
        // What the runtime reads and the deployer does not: `?true`.
        let (at, character) = refused_by_deployer(text)?;
        let span = value.span(at..at.saturating_add(character.len_utf8()));
        let message = format!(
            "expected hexadecimal digits in `{element}`, found `{character}`, so the deployer refuses the manifest"
        );
        return Some(Finding::new(&MALFORMED, message).at(span).help("write the digits only, without `?true`"));
    }
    if !read.search_any(store, policy.platform).is_empty() {
        return None;
    }
    let prefixed = read.lone_common_name().or_else(|| text.strip_prefix("CN=")).map(str::trim);
    let edit = |text: &str| Vec::from([value.edit(0..value.text().len(), text)]);
    if let (FindType::SubjectName, Some(name)) = (kind, prefixed)
        && !name.contains('*')
    {
        // What is no distinguished name is a common name.
        let is_subject = matches!(read, FindValue::Subject { attributes: Some(_), .. });
        let (arg, looked_for) = match is_subject {
            true => ("found", "is looked for as a whole subject"),
            false => ("literal", "is no distinguished name, so it is looked for as a common name"),
        };
        let message = format!("{} of `{element}` {looked_for}, and no certificate has it", quote(text));
        let finding = Finding::new(&CN_PREFIX, message).at(value.whole()).arg(arg, text);
        let is_found = |meant: FindValue| !meant.search_any(store, policy.platform).is_empty();
        let is_there = !name.is_empty() && FindValue::read(kind, name, policy.platform).is_ok_and(is_found);
        let finding = finding.help("write the common name without `CN=`");
        return Some(if is_there { finding.fix("Remove `CN=`", edit(name)) } else { finding });
    }
    let pattern = prefixed.unwrap_or(text);
    if kind == FindType::SubjectName && pattern.contains('*') {
        let message =
            format!("{} of `{element}` finds a certificate of exactly this name, and none has it", quote(text));
        let finding = Finding::new(&WILDCARD, message).at(value.whole()).arg("found", text);
        let meant = store.iter().flat_map(Installed::common_names).find(|own| matches_windows(pattern, own));
        return Some(match meant {
            Some(own) => finding
                .help(format!("write the common name of the certificate, {}", quote(own)))
                .fix(format!("Write {own}"), edit(own)),
            None => finding.help("write the common name of an installed certificate"),
        });
    }
    None
}
