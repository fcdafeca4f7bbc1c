//! Service Fabric: which peers a cluster admits.

mod accept;
mod claims;
mod credential;
mod decimal;
mod declared;
pub mod diagnosis;
mod implicit;
mod issuer_stores;
mod judge;
mod leaf;
pub mod manifest;
mod matrix;
mod name_map;
mod own;
pub mod parameter;
mod peer;
mod platform;
pub mod presentation;
mod presented;
mod role;
pub mod rollout;
mod rule_set;
pub(crate) mod rules;
pub mod setting;
mod settings;
mod stated;
mod subject;
mod thumbprint;
mod worlds;

use serde::{Deserialize, Serialize};

use alloc::string::String;
use alloc::vec::Vec;

use crate::case::Severities;

pub use claims::{Claim, Claims, NotClaims};
pub use credential::CredentialType;
pub use decimal::Decimal;
pub use declared::Declared;
pub use diagnosis::{Diagnosis, SEEN, Symptom};
pub use name_map::{DeclaredName, IssuerIdentity, NameMap};
pub use peer::{Answer, Cell};
pub use platform::{Platform, Runtime};
pub use role::{Connection, Role};
pub use stated::{ChainErrors, Purpose, Sha1, StatedCertificate, StatedIssuer};
pub use thumbprint::{Fault, FaultKind, Item, Thumbprint, ThumbprintList};

pub(crate) use peer::{Memory, evaluate};

/// The name of the document that holds the cluster manifest.
pub const MANIFEST: &str = "policy.manifest";
/// The name of the document that holds the values of a template's parameters.
pub const PARAMETERS: &str = "policy.parameters";
/// The name of the document that holds the peer's certificates.
pub const CERTIFICATES: &str = "subject.certificates";
/// What places in stated facts are said to be in. It is no document: facts are no text.
pub const FACTS: &str = "subject.facts";

/// The policy of a `peer` case: what the cluster declares.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Policy {
    /// The cluster manifest, or a fragment of it, as XML; or the configuration of a standalone cluster, or a template
    /// with a cluster, as JSON.
    pub manifest: String,
    /// The values of a template's parameters as JSON: a parameter file, or an object of values by name.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub parameters: String,
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

/// The subject of a `peer` case: what the peer presents, as certificates, as facts, or as both.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Subject {
    /// The certificates: PEM with text around it, DER as base64 or hexadecimal, PKCS#7.
    #[serde(default)]
    pub certificates: String,
    /// Certificates of which only facts are known. They are numbered after the pasted ones.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub facts: Vec<StatedCertificate>,
    /// What someone saw: an error code or a message, to be diagnosed.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub seen: String,
    /// The symptom, to be diagnosed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub symptom: Option<Symptom>,
}
