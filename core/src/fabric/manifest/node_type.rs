//! Node types and the certificates that their nodes present (XSD: `FabricCertificateType`).

use alloc::vec::Vec;
use core::ops::Range;

use super::Value;
use crate::{Document, Span};

/// A node type: `<NodeType Name="nt1vm">`.
#[derive(Debug, Clone)]
pub struct NodeType<'d> {
    /// The attribute `Name`; absent where a fragment shows the certificates alone.
    pub name: Option<Value<'d>>,
    /// The elements of `Certificates`, in the order of the document.
    pub certificates: Vec<NodeCertificate<'d>>,
    /// The attribute `Protocol` of its `HttpGatewayEndpoint`, where it is written.
    pub http_protocol: Option<Value<'d>>,
}

/// What a node uses a certificate for: the name of its element.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum CertificateRole {
    /// `ClusterCertificate`: presented to other nodes.
    Cluster,
    /// `ServerCertificate`: presented to clients.
    Server,
    /// `ClientCertificate`: presented by the node's own client with administrative rights.
    Client,
    /// `UserRoleClientCertificate`: presented by the node's own client with user rights.
    UserRoleClient,
}

/// How a node finds the certificate that it presents in one role.
#[derive(Debug, Clone)]
pub struct NodeCertificate<'d> {
    /// What it is used for.
    pub role: CertificateRole,
    /// The attribute `X509FindType`; `FindByThumbprint` where it is absent.
    pub find_type: Option<Value<'d>>,
    /// The attribute `X509FindValue`, which the schema requires: where it is absent, there is an error.
    pub find_value: Option<Value<'d>>,
    /// The attribute `X509FindValueSecondary`; empty where it is absent.
    pub find_value_secondary: Option<Value<'d>>,
    /// The attribute `X509StoreName`; `My` where it is absent.
    pub store_name: Option<Value<'d>>,
    /// The attribute `Name`.
    pub name: Option<Value<'d>>,
    /// The document in which it stands.
    pub(super) document: &'d Document<'d>,
    /// The bytes of the start tag.
    pub(super) tag: Range<usize>,
}

impl CertificateRole {
    /// Every role, in the order of the schema.
    pub const ALL: [Self; 4] = [Self::Cluster, Self::Server, Self::Client, Self::UserRoleClient];

    /// The name of the element: `ClusterCertificate`.
    pub const fn element(self) -> &'static str {
        match self {
            Self::Cluster => "ClusterCertificate",
            Self::Server => "ServerCertificate",
            Self::Client => "ClientCertificate",
            Self::UserRoleClient => "UserRoleClientCertificate",
        }
    }
}

impl<'d> NodeType<'d> {
    /// The first certificate of this role; a valid node type has at most one.
    pub fn certificate(&self, role: CertificateRole) -> Option<&NodeCertificate<'d>> {
        self.certificates.iter().find(|certificate| certificate.role == role)
    }
}

impl NodeCertificate<'_> {
    /// The span of the start tag.
    pub fn span(&self) -> Span {
        self.document.span(self.tag.clone())
    }
}
