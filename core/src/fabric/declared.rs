//! The four roles for which a cluster declares certificates, and the settings that declare them.

use super::{Connection, Role};

/// A role for which certificates are declared, and so the settings that hold its rules.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Declared {
    /// Nodes of the cluster.
    Cluster,
    /// The cluster, as clients see it.
    Server,
    /// Clients.
    Client,
    /// Clients with every right.
    AdminClient,
}

impl Declared {
    /// All four, in the order in which the settings are documented.
    pub const ALL: [Self; 4] = [Self::Cluster, Self::Server, Self::Client, Self::AdminClient];

    /// The lists that a connection is judged by.
    pub const fn judging(connection: Connection) -> &'static [Self] {
        match connection {
            Connection::Node => &[Self::Cluster],
            Connection::Gateway | Connection::HttpGateway => &[Self::Client, Self::AdminClient],
            Connection::Server => &[Self::Server],
        }
    }

    /// The parameter of section `Security` that lists thumbprints (SecurityConfig.h:224-233).
    pub const fn thumbprints(self) -> &'static str {
        match self {
            Self::Cluster => "ClusterCertThumbprints",
            Self::Server => "ServerCertThumbprints",
            Self::Client => "ClientCertThumbprints",
            Self::AdminClient => "AdminClientCertThumbprints",
        }
    }

    /// The section that declares common names (SecurityConfig.h:240-256).
    pub const fn names_section(self) -> &'static str {
        match self {
            Self::Cluster => "Security/ClusterX509Names",
            Self::Server => "Security/ServerX509Names",
            Self::Client => "Security/ClientX509Names",
            Self::AdminClient => "Security/AdminClientX509Names",
        }
    }

    /// The deprecated parameter that lists common names (SecurityConfig.h:239-255).
    pub const fn deprecated_names(self) -> &'static str {
        match self {
            Self::Cluster => "ClusterAllowedCommonNames",
            Self::Server => "ServerAuthAllowedCommonNames",
            Self::Client => "ClientAuthAllowedCommonNames",
            Self::AdminClient => "AdminClientCommonNames",
        }
    }

    /// What its rules grant, in words: every client has every right while client roles are not in effect.
    pub(super) const fn granted(self, in_effect: bool) -> &'static str {
        match self {
            Self::Client | Self::AdminClient if !in_effect => Role::Unrestricted.noun(),
            _ => self.noun(),
        }
    }

    /// The role in words.
    pub const fn noun(self) -> &'static str {
        match self {
            Self::Cluster => "cluster peer",
            Self::Server => "server",
            Self::Client => "client",
            Self::AdminClient => "admin client",
        }
    }
}
