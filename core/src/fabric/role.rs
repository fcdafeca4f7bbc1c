//! Connections, and the roles that they grant.

use serde::{Deserialize, Serialize};

/// Which connection a certificate is presented on, and so which rules judge it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Connection {
    /// Node to node: the Cluster rules.
    Node,
    /// A client to the cluster's gateway (19000): the Client and AdminClient rules.
    Gateway,
    /// A client to the cluster's HTTP gateway (19080): the same rules, judged in another place.
    HttpGateway,
    /// A client judging the cluster's certificate: the Server rules. The cluster is the one being judged.
    Server,
}

impl Connection {
    /// Every connection, in the order in which they are shown.
    pub const ALL: [Self; 4] = [Self::Node, Self::Gateway, Self::HttpGateway, Self::Server];

    /// The roles that it grants, the best first; those of clients depend on whether client roles are in effect.
    pub const fn roles(self, in_effect: bool) -> &'static [Role] {
        match self {
            Self::Node => &[Role::ClusterPeer],
            Self::Server => &[Role::Server],
            Self::Gateway | Self::HttpGateway if in_effect => &[Role::Admin, Role::User],
            Self::Gateway | Self::HttpGateway => &[Role::Unrestricted],
        }
    }

    /// The connection in words.
    pub const fn noun(self) -> &'static str {
        match self {
            Self::Node => "node to node",
            Self::Gateway => "client to gateway",
            Self::HttpGateway => "client to HTTP gateway",
            Self::Server => "client judging the cluster",
        }
    }
}

/// What an admitted peer may do. Of two roles of one connection the lesser is the better, and includes the other.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Role {
    /// A node of the cluster: every right.
    ClusterPeer,
    /// A client with every right.
    Admin,
    /// A client while client roles are not in effect: every right.
    Unrestricted,
    /// A client that mostly reads.
    User,
    /// The cluster itself, as a client sees it.
    Server,
}

impl Role {
    /// The role in words.
    pub const fn noun(self) -> &'static str {
        match self {
            Self::ClusterPeer => "cluster peer",
            Self::Admin => "admin client",
            Self::Unrestricted => "client with every right (client roles are not in effect)",
            Self::User => "user client",
            Self::Server => "server",
        }
    }
}
