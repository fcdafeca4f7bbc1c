//! The facts about a certificate over which Service Fabric's rules are decided.

use alloc::string::String;
use alloc::vec::Vec;

use super::IssuerIdentity;

/// A certificate as it is presented, reduced to what the rules look at. Real certificates are turned into it; facts
/// without a certificate (vectors, redacted cases) are written as it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Presented {
    /// The SHA-1 of the certificate.
    pub(super) thumbprint: Vec<u8>,
    /// The common names of the subject, in the order of its encoding.
    pub(super) common_names: Vec<String>,
    /// The dNSNames of subjectAltName.
    pub(super) dns_names: Vec<String>,
    /// The purposes of extKeyUsage; absent: fit for every purpose.
    pub(super) usage: Option<Usage>,
    /// The certificate directly above in the built chain, itself where it is self-signed; empty where there is none
    /// (CryptoUtility.cpp:2727-2765).
    pub(super) issuer: Vec<IssuerIdentity>,
    /// The second certificate that the peer sent, itself where it sent only one: what Linux takes for the issuer
    /// (CryptoUtility.Linux.cpp:1940-1968).
    pub(super) issuer_sent: Vec<IssuerIdentity>,
    /// What the chain suffers from, as error bits, without the usage bit that each pass finds for itself.
    pub(super) chain: u32,
}

/// Which of the two purposes that matter here an extKeyUsage lists.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Usage {
    /// 1.3.6.1.5.5.7.3.1.
    pub(super) server: bool,
    /// 1.3.6.1.5.5.7.3.2.
    pub(super) client: bool,
}
