//! Rules that no setting states: implicit peer trust and the default client.

use alloc::collections::BTreeSet;
use alloc::rc::Rc;
use alloc::string::String;
use alloc::vec::Vec;

use super::manifest::{CertificateRole, NodeType};
use super::presented::Presented;
use super::settings::Settings;
use super::{Connection, DeclaredName, IssuerIdentity, Platform, ThumbprintList};

/// A rule that no setting states.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Implicit {
    /// The peer has the key that the node itself presents (SecurityContextSsl.cpp:2381-2409).
    PeerTrust,
    /// The certificate is the node's own client certificate (SecurityUtil.cpp:123-292).
    DefaultClient,
    /// The certificate is the node's own client certificate for users.
    DefaultUser,
}

/// How many node types would trust a certificate by a rule that no setting states.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Reach {
    /// Every node.
    All,
    /// The nodes of some node types: it depends on which node is asked.
    Some,
    /// It depends on which certificate a node finds in its store, which the case doesn't tell.
    Untold,
    /// It depends on facts that are not stated, of the certificate or of the one that the node itself has.
    Unstated,
}

impl Implicit {
    /// The rule in words.
    pub(super) const fn because(self) -> &'static str {
        match self {
            Self::PeerTrust => "implicit peer trust: it has the key of the certificate that the node itself presents",
            Self::DefaultClient => {
                "the default client: the client certificate that the node type declares, by its name and its issuer's key"
            }
            Self::DefaultUser => {
                "the default client: the users' client certificate that the node type declares, by name and issuer's key"
            }
        }
    }

    /// The setting that turns it off.
    pub(super) const fn setting(self) -> &'static str {
        match self {
            Self::PeerTrust => "ImplicitPeerTrustEnabled",
            Self::DefaultClient | Self::DefaultUser => "AllowDefaultClient",
        }
    }

    /// The rules that could apply to a connection, the one that grants most first.
    pub(super) fn of(connection: Connection, settings: &Settings<'_>, platform: Platform) -> &'static [Self] {
        match connection {
            Connection::Node if settings.flag("ImplicitPeerTrustEnabled", true) => &[Self::PeerTrust],
            // A cluster that a resource provider runs has no default client, and Linux has none at all.
            Connection::Gateway | Connection::HttpGateway
                if platform == Platform::Windows
                    && settings.flag("AllowDefaultClient", true)
                    && settings.text("Paas", "ClusterId").is_none_or(|id| id.trim().is_empty()) =>
            {
                &[Self::DefaultClient, Self::DefaultUser]
            }
            _ => &[],
        }
    }

    /// The declaration that the rule is about.
    pub(super) const fn role(self) -> CertificateRole {
        match self {
            Self::PeerTrust => CertificateRole::Cluster,
            Self::DefaultClient => CertificateRole::Client,
            Self::DefaultUser => CertificateRole::UserRoleClient,
        }
    }

    /// By what a certificate is known.
    pub(super) const fn mark(self) -> &'static str {
        match self {
            Self::PeerTrust => "the key",
            Self::DefaultClient | Self::DefaultUser => "the common name and the issuer's key",
        }
    }

    /// Which nodes declare this thumbprint in the role that the rule is about.
    pub(super) fn reach(self, settings: &Settings<'_>, own: &[u8]) -> Option<Reach> {
        let presents = |node_type: &NodeType<'_>| {
            node_type.certificate(self.role()).is_some_and(|certificate| {
                let by_thumbprint = certificate.find_type.as_ref().is_none_or(|kind| kind.is("FindByThumbprint"));
                let list = certificate.find_value.as_ref().map(|value| ThumbprintList::read(value.text()));
                let listed = list.as_ref().and_then(|list| list.items.first()?.thumbprint.as_ref().ok());
                by_thumbprint && listed.is_some_and(|listed| listed.bytes == own)
            })
        };
        let node_types = &settings.manifest().node_types;
        let count = node_types.iter().filter(|node_type| presents(node_type)).count();
        match count {
            0 => None,
            all if all == node_types.len() => Some(Reach::All),
            _ => Some(Reach::Some),
        }
    }

    /// The name that the default client is declared by: its own first common name, pinned to its issuer's key.
    pub(super) fn name(presented: &Presented) -> Option<DeclaredName> {
        let keys = presented.issuer.iter().filter(|identity| matches!(identity, IssuerIdentity::Key(_)));
        let issuers: BTreeSet<IssuerIdentity> = crate::order::set(keys.cloned());
        let name: String = presented.common_names.first()?.clone();
        (!issuers.is_empty()).then(|| DeclaredName {
            name,
            issuers: Rc::new(issuers),
            spans: Vec::new(),
            settings: Vec::from(["AllowDefaultClient"]),
        })
    }
}
