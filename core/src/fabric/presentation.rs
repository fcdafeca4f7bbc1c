//! Kind `presentation`: which certificate would this node present?
//!
//! The verdict is about what the node types declare: `admitted` if every declaration yields a credential and the other
//! side's rules accept the one that is presented, as far as the manifest shows rules. A certificate that is presented and
//! that no rule accepts is the main cause of incidents (article, "end-to-end scenarios"), so it refuses.
//!
//! - `ClusterCertificate` is held against the Cluster rules, `ServerCertificate` against the Server rules, both client
//!   certificates against the Client and AdminClient rules.
//! - Nothing is held against rules where the document is a fragment without a section `Security`.
//! - With a credential type other than X509 no certificate is loaded, so none is presented: refused, and the finding says
//!   which setting it is. In a fragment that doesn't show the type it is taken to be X509, which the report lists.

mod coverage;
mod decide;
mod declarations;
mod find_value;
mod key;
mod load;
mod node;
mod store;
mod tell;

use alloc::borrow::Cow;
use alloc::string::String;
use alloc::vec::Vec;

use serde::{Deserialize, Serialize};

use super::{Platform, Runtime, is_default};
use crate::case::Severities;
use crate::{Span, Time, Verdict};

pub(crate) use coverage::{Coverage, Decided, connection};
pub(crate) use decide::evaluate;
pub(crate) use find_value::is_invisible;
pub use find_value::{FindFault, FindType, FindValue, Order, refused_by_deployer};
pub use key::{DEFAULT_ACCOUNT, KeyFacts, KeyFault, KeyState};
pub use load::{Credentials, Declaration, Loading, Refusal, Secondary, Tried, Tries, present, warns_at};
pub(crate) use node::Yield;
pub(in crate::fabric) use node::yields;
pub(in crate::fabric) use store::COMMON_NAME;
pub use store::Installed;

/// The policy of a `presentation` case: what the node types declare.
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
    /// The node type, by its name. Without one, each is looked at.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub node_type: Option<String>,
    /// The operating system of the node.
    #[serde(default, skip_serializing_if = "is_default")]
    pub platform: Platform,
    /// The version of the runtime.
    #[serde(default, skip_serializing_if = "is_default")]
    pub runtime: Runtime,
    /// The account of the runtime; `NETWORK SERVICE` unless it is a managed service account.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub account: Option<String>,
    /// Severities by rule id.
    #[serde(default, skip_serializing_if = "Severities::is_empty")]
    pub severity: Severities,
}

/// The subject of a `presentation` case: what is installed on the node.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Subject {
    /// The certificates of the store that the manifest names: PEM with text around it, DER as base64 or hexadecimal,
    /// PKCS#7.
    pub certificates: String,
    /// What is known about their private keys.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub keys: Vec<KeyFacts>,
    /// What someone saw: an error code or a message, to be diagnosed.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub seen: String,
    /// The symptom, to be diagnosed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub symptom: Option<crate::fabric::Symptom>,
}

/// What each node type presents, declaration by declaration.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Answer {
    /// By node type, then by role, in the order of the schema.
    pub presentations: Vec<Presentation>,
}

/// What one declaration comes to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Presentation {
    /// The node type; absent where a fragment shows certificates alone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub node_type: Option<String>,
    /// The element: `ClusterCertificate`.
    pub role: Cow<'static, str>,
    /// Whether something is presented that the other side accepts.
    pub verdict: Verdict,
    /// The certificate that is presented, by its place in the store, from 1.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub presented: Option<u32>,
    /// Why, in one sentence.
    pub because: String,
    /// Every certificate that was looked at, in order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub credentials: Vec<Credential>,
    /// The error codes that may show, by name.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub codes: Vec<Cow<'static, str>>,
    /// The health report about what is presented: of cluster and server certificates only.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub health: Option<Health>,
    /// Where it is declared.
    pub span: Span,
}

/// A certificate that a declaration found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Credential {
    /// Its place in the store, from 1.
    pub certificate: u32,
    /// Whether `X509FindValueSecondary` found it.
    pub secondary: bool,
    /// Whether it is loaded; of those the first in order is presented.
    pub loaded: bool,
    /// Why, or why not.
    pub because: String,
}

/// The health report about a credential.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Health {
    /// Whether it is a warning at the instant of the case: "close to expiration".
    pub warning: bool,
    /// The instant from which on it is.
    pub warns_at: Time,
    /// `CertificateExpirySafetyMargin`, in seconds.
    pub margin: i64,
}
