//! How a chain is judged.

use serde::{Deserialize, Serialize};

use super::policy::PolicyInputs;
use crate::{Revocation, Time};

/// Whose rules decide where systems differ (decisions of the product, not of a standard).
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Semantics {
    /// RFC 5280.
    #[default]
    Rfc5280,
    /// `CertGetCertificateChain` and `CERT_CHAIN_POLICY_SSL`.
    Windows,
    /// OpenSSL's `X509_verify_cert`.
    Openssl,
}

/// What the certificate is to be used for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Purpose {
    /// TLS server authentication (1.3.6.1.5.5.7.3.1).
    ServerAuth,
    /// TLS client authentication (1.3.6.1.5.5.7.3.2).
    ClientAuth,
}

/// How a chain is judged: everything that varies besides the certificates.
#[derive(Debug, Clone)]
pub(crate) struct Options<'o> {
    pub(crate) at: Time,
    pub(crate) semantics: Semantics,
    pub(crate) purpose: Option<Purpose>,
    pub(crate) policies: &'o PolicyInputs,
    /// Whether the roots that were given are all there are. If not, an untrusted or missing root is unknown.
    pub(crate) roots_known: bool,
    /// Intermediates that may stand between the leaf and the root.
    pub(crate) max_intermediates: Option<u32>,
    /// `CERT_CHAIN_REVOCATION_CHECK_*` bits.
    pub(crate) revocation_flags: u32,
    pub(crate) revocation: Revocation,
    /// Whether a signature over SHA-1 is none.
    pub(crate) refuses_sha1: bool,
    /// Whether it is known that no root is trusted.
    pub(crate) no_roots: bool,
    /// The one root that counts as trusted, by its SHA-256; all that are if none.
    pub(crate) anchor: Option<[u8; 32]>,
    /// Whether the common name can stand for a host, and so falls under constraints on hosts.
    pub(crate) common_name_is_host: bool,
    /// Whether NotAfter itself is no longer valid, as Service Fabric and OpenSSL have it; RFC 5280 counts it as valid.
    pub(crate) ends_before_not_after: bool,
}

impl Options<'_> {
    /// Whether a validity that ends at `not_after` has ended.
    pub(crate) fn has_ended(&self, not_after: Time) -> bool {
        if self.ends_before_not_after { self.at >= not_after } else { self.at > not_after }
    }
}
