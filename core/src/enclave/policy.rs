//! The policy of an `enclave` case: what may be approved. It fails closed: what it does not accept is refused.

use alloc::string::String;
use alloc::vec::Vec;

use serde::{Deserialize, Serialize};

use crate::case::Severities;
use crate::{Document, Error};

/// What may be approved.
///
/// An enclave is accepted if its MRENCLAVE is listed (where `mrenclave` lists any) and its MRSIGNER with product id and
/// security version is (where `signers` lists any). Where neither lists any, no enclave is accepted.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, default)]
pub struct Policy {
    /// Accepted MRENCLAVE, 64 hexadecimal digits each.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub mrenclave: Vec<String>,
    /// Accepted signers.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub signers: Vec<Signer>,
    /// Whether an enclave whose memory its host can read is accepted.
    #[serde(skip_serializing_if = "is_false")]
    pub debug: bool,
    /// Privileged attributes that an enclave may have.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub attributes: Vec<AttributeName>,
    /// Other attributes and processor features that an enclave may have, or that may be left to its host. Absent: any.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub features: Option<Vec<FeatureName>>,
    /// Bounds of the enclave's memory, in MB.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub memory: Option<Bounds>,
    /// Bounds of the number of threads.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub threads: Option<Bounds>,
    /// Domains that certificates may be asked for, by exact name without regard to case. Absent: any.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub domains: Option<Vec<String>>,
    /// What a certificate configuration must be like.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub certificate: Option<CertificateRequirement>,
    /// Digests (`sha256:` and 64 hexadecimal digits) of the images that may be run. Absent: any image.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub images: Option<Vec<String>>,
    /// Whether somebody else than the requester must have approved.
    #[serde(skip_serializing_if = "is_false")]
    pub four_eyes: bool,
    /// Severities by rule id.
    #[serde(skip_serializing_if = "Severities::is_empty", deserialize_with = "crate::case::unique")]
    pub severity: Severities,
}

/// A signer, with the product that it may sign.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Signer {
    /// MRSIGNER, 64 hexadecimal digits.
    pub mrsigner: String,
    /// ISVPRODID: a signer with several products would otherwise open one with another.
    pub product_id: u16,
    /// The lowest ISVSVN that is accepted.
    pub minimum_svn: u16,
}

/// Bounds, both inclusive.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Bounds {
    /// The least. Absent: 0.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub least: Option<u64>,
    /// The most. Absent: no bound.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub most: Option<u64>,
}

/// What a certificate configuration must be like.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, default)]
pub struct CertificateRequirement {
    /// Accepted key types, as the manager writes them: `RSA`. Empty: any.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub key_types: Vec<String>,
    /// The fewest bits of an RSA key.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub least_rsa_bits: Option<u32>,
    /// The folder below which the private key must be written: `/run`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub key_folder: Option<String>,
}

/// An attribute that gives an enclave more than it usually needs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum AttributeName {
    /// PROVISIONKEY: keys that identify the platform.
    ProvisionKey,
    /// EINITTOKENKEY: launching other enclaves.
    EinittokenKey,
}

/// An attribute that is no privilege, or a processor feature.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum FeatureName {
    /// Control-flow enforcement, and its state.
    Cet,
    /// Key separation and sharing.
    Kss,
    /// AEX-Notify: the enclave hears of interruptions.
    AexNotify,
    /// AVX.
    Avx,
    /// MPX.
    Mpx,
    /// AVX-512.
    Avx512,
    /// Protection keys.
    Pkru,
    /// AMX.
    Amx,
}

impl FeatureName {
    /// By the attribute's name.
    pub(super) fn of(attribute: &str) -> Option<Self> {
        Some(match attribute {
            "CET" | "CET_STATE" => Self::Cet,
            "KSS" => Self::Kss,
            "AEX_NOTIFY" => Self::AexNotify,
            "AVX" => Self::Avx,
            "MPX" => Self::Mpx,
            "AVX512" => Self::Avx512,
            "PKRU" => Self::Pkru,
            "AMX" => Self::Amx,
            _ => return None,
        })
    }
}

impl Bounds {
    /// Whether a number lies within.
    pub(super) fn hold(self, number: u64) -> bool {
        self.least.is_none_or(|least| least <= number) && self.most.is_none_or(|most| number <= most)
    }
}

impl Policy {
    /// Reads a policy alone, as JSON: what people edit.
    ///
    /// # Errors
    ///
    /// The first thing that no policy has, with its place in the text, which is the document `policy`. An unknown key
    /// names the nearest known one.
    pub fn from_json(json: &str) -> Result<Self, Error> {
        serde_json::from_str(json).map_err(|error| crate::case::explain(&Document::new("policy", json), &error))
    }

    /// Writes a policy as JSON, indented by two blanks.
    pub fn to_json(&self) -> String {
        // Nothing in a policy fails to be written.
        serde_json::to_string_pretty(self).unwrap_or_default()
    }

    /// Whether any enclave at all can be accepted.
    pub(super) fn names_an_identity(&self) -> bool {
        !self.mrenclave.is_empty() || !self.signers.is_empty()
    }
}

fn is_false(flag: &bool) -> bool {
    !*flag
}
