//! Nodes as a standalone cluster's configuration lists them (Model/StandAloneInstallerJSONModelBase.cs).

use alloc::string::String;

/// A node of `nodes`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct ListedNode {
    /// `nodeName`.
    pub name: String,
    /// `nodeTypeRef`.
    pub node_type: String,
    /// `upgradeDomain`.
    pub upgrade_domain: String,
}
