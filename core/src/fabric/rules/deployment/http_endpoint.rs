//! The HTTP gateway's protocol and the server certificate.
//!
//! What it checks: where `HttpGateway/IsEnabled` is true, that a node type whose `HttpGatewayEndpoint` is `https` has a
//! `ServerCertificate` with a value, and that one with a `ServerCertificate` is `https`.
//! Why it matters: the deployer refuses the manifest.
//! Reference: HttpGatewaySettingsValidator.cs:76-121.

use alloc::format;
use alloc::vec::Vec;

use super::{KINDS, finding, validator};
use crate::fabric::manifest::{CertificateRole, Manifest, NodeType};
use crate::quote::quote;
use crate::{Finding, Rule, Severity};

pub(crate) static PROTOCOL: Rule = Rule {
    id: "http-endpoint-protocol",
    aliases: &[],
    title: "the HTTP gateway's protocol and certificate disagree",
    severity: Severity::Error,
    kinds: KINDS,
    what: crate::page!(
        "Where `HttpGateway/IsEnabled` is true, compares the `Protocol` of each `HttpGatewayEndpoint` that writes one with \
          the `ServerCertificate` of its node type. Where a resource provider runs the cluster it looks at no certificate."
    ),
    why: crate::page!("The deployer refuses the manifest."),
    bad: crate::page!("<HttpGatewayEndpoint Port=\"19080\" Protocol=\"http\" /> beside a `ServerCertificate`"),
    good: crate::page!("<HttpGatewayEndpoint Port=\"19080\" Protocol=\"https\" /> beside it"),
    citation: validator(
        "src/prod/src/managed/Api/src/System/Fabric/Management/fabricvalidator/HttpGatewaySettingsValidator.cs:76-121",
    ),
};

pub(super) fn check(manifest: &Manifest<'_>) -> Vec<Finding> {
    let says = |section, name| manifest.parameter(section, name).map_or("", |of| of.value.text().trim());
    let is_provided = !says("Paas", "ClusterId").is_empty();
    if !says("HttpGateway", "IsEnabled").eq_ignore_ascii_case("true") || is_provided {
        return Vec::new();
    }
    let of = |node_type: &NodeType<'_>| {
        let protocol = node_type.http_protocol.as_ref()?;
        let server = node_type.certificate(CertificateRole::Server);
        let has_server = server.and_then(|one| one.find_value.as_ref()).is_some_and(|value| !value.text().is_empty());
        let (message, help) = match (protocol.text(), has_server) {
            ("https", true) | ("http", false) => return None,
            // A fragment may show the certificates elsewhere.
            ("https", false) if manifest.is_fragment => return None,
            ("https", false) => (
                "the HTTP gateway is `https`, and the node type has no `ServerCertificate` with a value".into(),
                "declare the certificate that the gateway presents",
            ),
            ("http", true) => (
                "the node type has a `ServerCertificate`, and its HTTP gateway is not `https`".into(),
                "write `https` as the protocol",
            ),
            (other, _) => (
                format!("expected `http` or `https` as the protocol of the HTTP gateway, found {}", quote(other)),
                "write `https`",
            ),
        };
        let message: alloc::string::String = message;
        Some(finding(&PROTOCOL, message).at(protocol.whole()).help(help))
    };
    manifest.node_types.iter().filter_map(of).collect()
}
