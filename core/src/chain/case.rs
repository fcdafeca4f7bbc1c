//! Kind `chain`: its policy, its subject and its answer.

use alloc::borrow::Cow;
use alloc::string::String;
use alloc::vec::Vec;

use serde::{Deserialize, Serialize};

use super::options::{Purpose, Semantics};
use super::policy::PolicyInputs;
use super::pool::Origin;
use super::status::{Cause, TrustStatus};
use crate::Span;
use crate::case::Severities;
use crate::certificate::Facts;

/// The policy of a `chain` case: what the chain must be good for.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, default)]
pub struct Policy {
    /// What the certificate is to be used for; absent: anything.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub purpose: Option<Purpose>,
    /// The host name or address that the certificate must be for; empty: any. An internationalised name may be in
    /// either form, `bücher.example` or `xn--bcher-kva.example`.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub name: String,
    /// Whose rules decide.
    #[serde(skip_serializing_if = "is_default")]
    pub semantics: Semantics,
    /// Which certificates are checked for revocation: `CERT_CHAIN_REVOCATION_CHECK_*`, in hexadecimal. Absent: all but
    /// the root if revocation lists are given, else none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub revocation_flags: Option<RevocationFlags>,
    /// Whether a common name counts as a host name where there is no alternative name (RFC 6125, section 6.4.4).
    #[serde(skip_serializing_if = "core::ops::Not::not")]
    pub common_name_fallback: bool,
    /// Intermediates that may stand between the certificate and the root, self-issued ones too: it bounds what is
    /// verified, as OpenSSL's depth does, where pathLenConstraint bounds authority and doesn't count those.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub max_intermediates: Option<u32>,
    /// What is asked of certificate policies.
    #[serde(skip_serializing_if = "is_default")]
    pub policies: PolicyInputs,
    /// Severities by rule id. What a rule below an error finds does not refuse.
    #[serde(skip_serializing_if = "Severities::is_empty")]
    pub severity: Severities,
}

fn is_default<T: Default + PartialEq>(value: &T) -> bool {
    *value == T::default()
}

/// `CERT_CHAIN_REVOCATION_CHECK_*` bits: 0x10000000 the certificate, 0x20000000 the chain, 0x40000000 the chain without
/// its root; 0x80000000 (cached data only) asks for nothing by itself.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct RevocationFlags(pub u32);

impl TryFrom<String> for RevocationFlags {
    type Error = &'static str;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        let digits = text.strip_prefix("0x").or_else(|| text.strip_prefix("0X"));
        let number = match digits {
            Some(digits) => u32::from_str_radix(digits, 16),
            None => text.parse(),
        };
        number.map(Self).map_err(|_| "not a number of 32 bits such as `0x40000000`")
    }
}

impl From<RevocationFlags> for String {
    fn from(flags: RevocationFlags) -> Self {
        alloc::format!("0x{:08x}", flags.0)
    }
}

#[cfg(feature = "schema")]
impl schemars::JsonSchema for RevocationFlags {
    fn schema_name() -> Cow<'static, str> {
        "RevocationFlags".into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({ "type": "string", "pattern": "^(0[xX][0-9a-fA-F]{1,8}|[0-9]+)$" })
    }
}

/// The subject of a `chain` case.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Subject {
    /// The certificates, the judged one first or in any order: PEM with text around it, DER as base64 or hexadecimal, PKCS#7.
    pub certificates: String,
}

/// The best chain, element by element, and what the Windows policies would return for it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Answer {
    /// Whose rules decided.
    pub semantics: Semantics,
    /// The elements, the judged certificate first.
    pub elements: Vec<Element>,
    /// The bits of all elements together.
    pub status: TrustStatus,
    /// The names of the error bits that stand.
    pub errors: Vec<Cow<'static, str>>,
    /// What `CERT_CHAIN_POLICY_BASE` returns.
    pub base_result: Outcome,
    /// What `CERT_CHAIN_POLICY_SSL` returns, the name included.
    pub ssl_result: Outcome,
    /// Why other paths lost.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub others: Vec<Other>,
    /// The facts of the elements that the verifier has and that were not sent. Those of the subject are in the report.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub certificates: Vec<Facts>,
}

/// An HRESULT with its name; `S_OK` and 0 for success.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Outcome {
    /// `CERT_E_EXPIRED`.
    pub name: Cow<'static, str>,
    /// Its value.
    pub hresult: u32,
}

impl Default for Outcome {
    fn default() -> Self {
        Self { name: Cow::Borrowed("S_OK"), hresult: 0 }
    }
}

/// An element of a chain.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Element {
    /// Where the certificate comes from.
    pub origin: Origin,
    /// Its place in its document, from 1.
    pub number: u32,
    /// Where it stands.
    pub span: Span,
    /// Its subject (RFC 4514).
    pub subject: String,
    /// Its SHA-1, in lower-case hexadecimal.
    pub sha1: String,
    /// What is wrong with it.
    pub status: TrustStatus,
    /// What caused each bit.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub causes: Vec<Cause>,
}

/// A path that was not chosen.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Other {
    /// Its subjects, the judged certificate first.
    pub subjects: Vec<String>,
    /// The names of its error bits.
    pub errors: Vec<Cow<'static, str>>,
    /// What caused them, and what else is or may be wrong, in sentences.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub because: Vec<String>,
}
