//! Whether the nodes that judge open at all: a node whose own certificate settings are refused hears nobody.

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use super::Judge;
use crate::fabric::Connection;
use crate::fabric::implicit::Reach;
use crate::fabric::manifest::{CertificateRole, NodeType};
use crate::fabric::presentation::{Declaration, Refusal, present};
use crate::{Span, Time};

/// Nodes that don't open, or whose gateway doesn't start.
#[derive(Debug, Clone)]
pub(in crate::fabric) struct Closed {
    /// Of every node type, or of some.
    pub(in crate::fabric) reach: Reach,
    /// Why.
    pub(in crate::fabric) because: String,
    /// The declaration.
    pub(in crate::fabric) span: Span,
    /// The code that Service Fabric gives, by name.
    pub(in crate::fabric) code: &'static str,
}

impl Judge<'_, '_> {
    /// The node types whose settings for certificates are refused where a connection needs them: the cluster certificate
    /// of every node, the server certificate of a gateway, and a secondary value of a default client, which stops a
    /// gateway (SecurityUtil.cpp:123-292, FabricGateway.cpp:697-708). What the store holds doesn't matter here.
    pub(in crate::fabric) fn closed(&self, connection: Connection) -> Option<Closed> {
        let loading = self.loading(Time::MIN);
        let refused = |node_type: &NodeType<'_>, role: CertificateRole| -> Option<(CertificateRole, Span, Refusal)> {
            let (declaration, span) = match node_type.certificate(role) {
                Some(certificate) => (Declaration::of(certificate), certificate.span()),
                // What a whole manifest does not declare is empty. The deployer looks where `X509` is written exactly.
                None => {
                    let (of, setting) = match role {
                        CertificateRole::Cluster => (Connection::Node, "ClusterCredentialType"),
                        CertificateRole::Server => (Connection::Gateway, "ServerAuthCredentialType"),
                        CertificateRole::Client | CertificateRole::UserRoleClient => return None,
                    };
                    let manifest = self.settings.manifest();
                    let is_whole = !manifest.is_fragment && manifest.unknown.is_empty();
                    let written = self.settings.security(setting)?.value.text();
                    let is_asked = is_whole && written != "X509" && self.unsecured(of).is_none();
                    let name = node_type.name.as_ref().filter(|_| is_asked)?;
                    (Declaration::empty(role), name.whole())
                }
            };
            let refused = present(&declaration, &[], &loading).refused?;
            Some((role, span, refused))
        };
        let closes = |node_type: &NodeType<'_>| match connection {
            Connection::Server => None,
            Connection::Node => refused(node_type, CertificateRole::Cluster),
            Connection::Gateway | Connection::HttpGateway => CertificateRole::ALL.into_iter().find_map(|role| {
                let is_client = matches!(role, CertificateRole::Client | CertificateRole::UserRoleClient);
                refused(node_type, role)
                    .filter(|(.., refusal)| !is_client || *refusal == Refusal::DefaultClientSecondary)
            }),
        };
        let node_types = &self.settings.manifest().node_types;
        let closed: Vec<(CertificateRole, Span, Refusal)> = node_types.iter().filter_map(closes).collect();
        let (role, span, refusal) = closed.first()?;
        let reach = if closed.len() == node_types.len() { Reach::All } else { Reach::Some };
        let stops = if connection == Connection::Node { "no node opens" } else { "the gateway does not start" };
        let is_missing = node_types.iter().all(|node_type| node_type.certificate(*role).is_none());
        let is = if is_missing { "missing" } else { "refused" };
        let because = format!("`{}` of a node type is {is}, so {stops}", role.element());
        Some(Closed { reach, because, span: span.clone(), code: refusal.code() })
    }
}
