//! Whether certificates decide anything at all.
//!
//! What it checks: `ClusterCredentialType` for node to node, `ServerAuthCredentialType` for clients.
//! Why it matters: with another type than X509 no certificate is loaded or looked at, whatever the lists say.
//! Reference: SecurityProvider.cpp:141-171; SecuritySettings.cpp:227-231; FabricSettingsValidator.cs:1514-1536,1649-1698.
//!
//! The verdict: with `None` or `Windows` written out, a peer is not admitted *by its certificate*, so it is refused with
//! that reason, and nothing is presented; that an unsecured cluster lets everybody in is said in the finding. With a type
//! that doesn't exist, the node doesn't open: refused. A whole manifest without the type is refused by the deployer; the
//! runtime's default is `None`. In a fragment that doesn't show the type it is taken to be X509, which is an assumption.

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use super::source;
use crate::fabric::Connection;
use crate::fabric::manifest::Parameter;
use crate::fabric::settings::Settings;
use crate::quote::quote;
use crate::{Edit, Finding, Kind, Rule, Severity};

const KINDS: &[Kind] = &[Kind::Peer, Kind::Presentation];

pub(crate) static NOT_X509: Rule = Rule {
    id: "credential-type-not-x509",
    title: "certificates are not looked at",
    severity: Severity::Error,
    kinds: KINDS,
    what: "Reads `ClusterCredentialType` and `ServerAuthCredentialType`: `X509` and `SSL` ask for certificates.",
    why: "With `None` nobody is authenticated, and with `Windows` a domain account is: the lists of certificates are not \
          looked at, and a peer that speaks TLS is not understood.",
    bad: "<Parameter Name=\"ClusterCredentialType\" Value=\"None\" />",
    good: "<Parameter Name=\"ClusterCredentialType\" Value=\"X509\" />",
    citation: source("src/prod/src/ServiceModel/transport/SecurityProvider.cpp:141-171"),
};

pub(crate) static UNKNOWN: Rule = Rule {
    id: "credential-type-unknown",
    title: "a credential type doesn't exist",
    severity: Severity::Error,
    kinds: KINDS,
    what: "Compares the credential types with the ones that the runtime reads, ignoring case.",
    why: "The runtime refuses the settings with `FABRIC_E_INVALID_CREDENTIAL_TYPE`, `Claims` included when it comes from \
          settings, and the deployer refuses all but None, X509 and Windows.",
    bad: "<Parameter Name=\"ClusterCredentialType\" Value=\"TLS\" />",
    good: "<Parameter Name=\"ClusterCredentialType\" Value=\"X509\" />",
    citation: source("src/prod/src/ServiceModel/transport/SecurityProvider.cpp:141-171"),
};

pub(crate) static MISSING: Rule = Rule {
    id: "credential-type-missing",
    title: "a credential type is not written",
    severity: Severity::Error,
    kinds: KINDS,
    what: "Looks for `ClusterCredentialType` and `ServerAuthCredentialType` in a whole manifest.",
    why: "The deployer refuses a manifest without them, and the default of the runtime is `None`.",
    bad: "<Section Name=\"Security\"> with ClusterCertThumbprints alone",
    good: "<Parameter Name=\"ClusterCredentialType\" Value=\"X509\" /> beside it",
    citation: source(
        "src/prod/src/managed/Api/src/System/Fabric/Management/fabricvalidator/FabricSettingsValidator.cs:1574-1587",
    ),
};

pub(crate) static CASE: Rule = Rule {
    id: "credential-type-case",
    title: "a credential type skips a check of the deployer",
    severity: Severity::Warning,
    kinds: KINDS,
    what: "Compares the text with `X509` exactly.",
    why: "The runtime ignores case and knows the alias `SSL`, but the deployer's rule that every node type needs its \
          certificates holds for the text `X509` only; `SSL` and `Negotiate` it refuses.",
    bad: "<Parameter Name=\"ClusterCredentialType\" Value=\"x509\" />",
    good: "<Parameter Name=\"ClusterCredentialType\" Value=\"X509\" />",
    citation: source(
        "src/prod/src/managed/Api/src/System/Fabric/Management/fabricvalidator/FabricSettingsValidator.cs:1649-1698",
    ),
};

/// What a credential type asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::fabric) enum CredentialType {
    None,
    Certificates,
    Windows,
    /// `Claims`, refused in settings.
    Claims,
    /// Anything else.
    Unknown,
}

/// The settings, and the connections that they are about.
const SETTINGS: [&str; 2] = ["ClusterCredentialType", "ServerAuthCredentialType"];

/// Reads a credential type as the runtime does.
pub(in crate::fabric) fn read(text: &str) -> CredentialType {
    match text.to_ascii_lowercase().as_str() {
        "none" => CredentialType::None,
        "x509" | "ssl" => CredentialType::Certificates,
        "windows" | "negotiate" => CredentialType::Windows,
        "claims" => CredentialType::Claims,
        _ => CredentialType::Unknown,
    }
}

fn setting(connection: Connection) -> &'static str {
    match connection {
        Connection::Node => "ClusterCredentialType",
        Connection::Gateway | Connection::HttpGateway | Connection::Server => "ServerAuthCredentialType",
    }
}

/// A type that is written; an empty value is the default, `None`.
fn written<'m>(settings: &Settings<'m>, name: &str) -> Option<(&'m Parameter<'m>, CredentialType)> {
    let parameter = settings.security(name)?;
    let text = parameter.value.text();
    Some((parameter, if text.is_empty() { CredentialType::None } else { read(text) }))
}

/// Why certificates decide nothing on a connection, with the code where there is one.
pub(in crate::fabric) fn bars(
    settings: &Settings<'_>,
    connection: Connection,
) -> Option<(String, Option<&'static str>)> {
    let name = setting(connection);
    let invalid = Some("FABRIC_E_INVALID_CREDENTIAL_TYPE");
    // A node that doesn't open has no gateway either.
    let node = SETTINGS.first().and_then(|cluster| written(settings, cluster));
    if connection != Connection::Server
        && let Some((parameter, CredentialType::Unknown | CredentialType::Claims)) = node
    {
        let text = quote(parameter.value.text());
        return Some((format!("`ClusterCredentialType` is {text}, which no node accepts, so none opens"), invalid));
    }
    match written(settings, name) {
        Some((parameter, CredentialType::Unknown | CredentialType::Claims)) => {
            let text = quote(parameter.value.text());
            Some((format!("`{name}` is {text}, which the runtime refuses"), invalid))
        }
        Some((parameter, CredentialType::None | CredentialType::Windows)) => {
            let text = quote(parameter.value.text());
            Some((format!("`{name}` is {text}, so certificates are not looked at"), None))
        }
        Some((_, CredentialType::Certificates)) => None,
        None if settings.manifest().is_fragment || !settings.has_security() => None,
        None => Some((format!("`{name}` is not written, and its default `None` asks for no certificate"), None)),
    }
}

/// Why no certificate is loaded for a connection.
pub(in crate::fabric) fn unused(settings: &Settings<'_>, connection: Connection) -> Option<String> {
    bars(settings, connection).map(|(because, _)| because)
}

/// The types that a fragment doesn't show, as assumptions.
pub(in crate::fabric) fn assumed(settings: &Settings<'_>) -> Vec<String> {
    let missing = SETTINGS.into_iter().filter(|name| settings.security(name).is_none());
    let missing: Vec<String> = missing.map(|name| format!("`{name}`")).collect();
    if missing.is_empty() || !settings.manifest().is_fragment {
        return Vec::new();
    }
    let verb = if missing.len() > 1 { "are" } else { "is" };
    Vec::from([format!("{}, which the fragment does not show, {verb} `X509`", missing.join(" and "))])
}

/// Findings about credential types.
pub(in crate::fabric) fn check(settings: &Settings<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    for name in SETTINGS {
        let Some((parameter, kind)) = written(settings, name) else {
            if !settings.manifest().is_fragment
                && let Some(section) = settings.manifest().sections("Security").next()
            {
                let message =
                    format!("expected `{name}` in section `Security`, found none, so the deployer refuses it");
                findings.push(
                    Finding::new(&MISSING, message)
                        .at(section.name.whole())
                        .arg("setting", name)
                        .help("write it, with the value `X509`"),
                );
            }
            continue;
        };
        let span = parameter.value.whole();
        let text = parameter.value.text();
        let fix = |finding: Finding| {
            finding.fix("Write `X509`", Vec::from([Edit { span: span.clone(), text: String::from("X509") }]))
        };
        let at = |rule, message: String| Finding::new(rule, message).at(span.clone()).arg("setting", name);
        match kind {
            CredentialType::None => {
                let message =
                    format!("`{name}` is `None`, so nobody is authenticated and certificates are not looked at");
                findings
                    .push(fix(at(&NOT_X509, message)).help("write `X509`; a cluster's type can't be changed later"));
            }
            CredentialType::Windows => {
                let message =
                    format!("`{name}` is {}, so domain accounts are asked for, not certificates", quote(text));
                findings.push(at(&NOT_X509, message).help("look at the Windows identities instead"));
            }
            CredentialType::Claims | CredentialType::Unknown => {
                let message = format!("expected `None`, `X509` or `Windows` as `{name}`, found {}", quote(text));
                findings.push(fix(at(&UNKNOWN, message)).help("write `X509`"));
            }
            CredentialType::Certificates if text != "X509" => {
                let message = format!(
                    "`{name}` is {}, so the deployer does not check that node types have certificates",
                    quote(text)
                );
                findings.push(fix(at(&CASE, message)).help("write `X509` in capitals"));
            }
            CredentialType::Certificates => {}
        }
    }
    findings
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn types_ignore_case_and_have_aliases() {
        for (text, kind) in [
            ("X509", CredentialType::Certificates),
            ("x509", CredentialType::Certificates),
            ("SSL", CredentialType::Certificates),
            ("none", CredentialType::None),
            ("Negotiate", CredentialType::Windows),
            ("Claims", CredentialType::Claims),
            ("tls", CredentialType::Unknown),
            (" X509", CredentialType::Unknown),
        ] {
            assert_eq!(read(text), kind, "{text:?}");
        }
    }
}
