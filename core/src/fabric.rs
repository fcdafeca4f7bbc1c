//! Service Fabric: which peers a cluster admits.

mod accept;
mod declared;
mod judge;
pub mod manifest;
mod name_map;
mod peer;
mod platform;
pub mod presentation;
mod presented;
mod role;
mod rule_set;
pub(crate) mod rules;
mod setting;
mod settings;
mod subject;
mod thumbprint;

use serde::{Deserialize, Serialize};

use alloc::string::String;

use crate::case::Severities;

pub use declared::Declared;
pub use name_map::{DeclaredName, IssuerIdentity, NameMap};
pub use peer::{Answer, Cell};
pub use platform::{Platform, Runtime};
pub use role::{Connection, Role};
pub use thumbprint::{Fault, FaultKind, Item, Thumbprint, ThumbprintList};

pub(crate) use peer::evaluate;

/// The name of the document that holds the cluster manifest.
pub const MANIFEST: &str = "policy.manifest";
/// The name of the document that holds the peer's certificates.
pub const CERTIFICATES: &str = "subject.certificates";

/// The policy of a `peer` case: what the cluster declares.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Policy {
    /// The cluster manifest, or a fragment of it, as XML.
    pub manifest: String,
    /// The connection that is judged. Without one, each is judged and shown.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub connection: Option<Connection>,
    /// The operating system of the nodes.
    #[serde(default, skip_serializing_if = "is_default")]
    pub platform: Platform,
    /// The version of the runtime.
    #[serde(default, skip_serializing_if = "is_default")]
    pub runtime: Runtime,
    /// Severities by rule id.
    #[serde(default, skip_serializing_if = "Severities::is_empty")]
    pub severity: Severities,
}

pub(crate) fn is_default<T: Default + PartialEq>(value: &T) -> bool {
    *value == T::default()
}

/// The subject of a `peer` case: what the peer presents.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Subject {
    /// The certificates: PEM with text around it, DER as base64 or hexadecimal, PKCS#7.
    pub certificates: String,
}
