//! What the verifier has and knows besides what the peer sends.

use alloc::string::String;

use serde::{Deserialize, Serialize};

/// Roots, intermediates and revocation lists that the verifier has, besides what the peer sends.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, default)]
pub struct Trust {
    /// Trusted root certificates, or `none` for an empty store. Absent or empty: unknown, so that a verdict that
    /// depends on a root is indeterminate.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub roots: String,
    /// Certificates that the verifier has besides the ones that the peer sends.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub intermediates: String,
    /// Certificate revocation lists.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub crls: String,
    /// What is known about revocation.
    #[serde(skip_serializing_if = "Revocation::is_default")]
    pub revocation: Revocation,
}

/// What is known about revocation.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Revocation {
    /// Certificates without a list count as good; the report lists the assumption.
    #[default]
    AssumeGood,
    /// The lists given are all there are.
    Supplied,
    /// The addresses can't be reached.
    Offline,
}

impl Revocation {
    fn is_default(&self) -> bool {
        *self == Self::default()
    }
}
