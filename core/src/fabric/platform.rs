//! Where and in which version Service Fabric decides.

use serde::{Deserialize, Serialize};

/// The operating system of the verifying node.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Platform {
    /// Chains by CryptoAPI.
    #[default]
    Windows,
    /// Chains by OpenSSL.
    Linux,
}

/// The version of the runtime.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum Runtime {
    /// The public source.
    #[serde(rename = "6.5")]
    V6_5,
    /// That, and what release notes changed since.
    #[default]
    #[serde(rename = "current")]
    Current,
}

impl Platform {
    /// The other one.
    pub const fn other(self) -> Self {
        match self {
            Self::Windows => Self::Linux,
            Self::Linux => Self::Windows,
        }
    }
}

impl Runtime {
    /// The other one.
    pub const fn other(self) -> Self {
        match self {
            Self::V6_5 => Self::Current,
            Self::Current => Self::V6_5,
        }
    }
}
