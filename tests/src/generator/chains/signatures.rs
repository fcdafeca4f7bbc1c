//! Signatures and keys that are weak, wrong or unknown; extensions that are not understood.

use super::super::key::Algorithm;
use super::super::revocation_list::UNKNOWN;
use super::super::special::{Signed, Special};
use super::{Certificate, SERVED, WEB_ISSUING};

/// Of the PKI with RSA keys.
const RSA: Certificate = Certificate { issuer: Some("issuing-rsa"), ..SERVED };

pub(super) static CERTIFICATES: &[Certificate] = &[
    Certificate { name: "www-forged", forged: true, ..SERVED },
    Certificate { name: "www-unused-bits", signed: Signed::Unused, ..SERVED },
    Certificate { name: "www-algorithms-differ", signed: Signed::Unlike, ..SERVED },
    Certificate { name: "www-ed448", signed: Signed::Ed448, ..SERVED },
    Certificate { name: "www-rsa", algorithm: Algorithm::Rsa2048, ..RSA },
    Certificate { name: "www-rsa-sha1", signed: Signed::Sha1, ..RSA },
    Certificate { name: "www-rsa-md5", signed: Signed::Md5, ..RSA },
    Certificate { name: "www-rsa-md2", signed: Signed::Md2, ..RSA },
    Certificate { name: "www-rsa-pss", signed: Signed::Pss, ..RSA },
    Certificate { name: "www-rsa-pss-forged", signed: Signed::Pss, forged: true, ..RSA },
    Certificate {
        name: "issuing-rsa-512",
        common_name: "Shop Example 512",
        issuer: Some("root-rsa"),
        algorithm: Algorithm::Rsa512,
        ..WEB_ISSUING
    },
    Certificate { name: "www-of-512", issuer: Some("issuing-rsa-512"), ..SERVED },
    Certificate { name: "www-rsa-1024", algorithm: Algorithm::Rsa1024, ..RSA },
    // Each authority with another kind of key.
    Certificate {
        name: "mixed-p384",
        common_name: "Shop Example P-384",
        issuer: Some("root-rsa"),
        algorithm: Algorithm::P384,
        authority: Some(None),
        ..WEB_ISSUING
    },
    Certificate {
        name: "mixed-p521",
        common_name: "Shop Example P-521",
        issuer: Some("mixed-p384"),
        algorithm: Algorithm::P521,
        authority: Some(None),
        ..WEB_ISSUING
    },
    Certificate {
        name: "mixed-ed25519",
        common_name: "Shop Example Ed25519",
        issuer: Some("mixed-p521"),
        algorithm: Algorithm::Ed25519,
        ..WEB_ISSUING
    },
    Certificate { name: "www-mixed", issuer: Some("mixed-ed25519"), ..SERVED },
    // Extensions.
    Certificate { name: "www-critical", special: &[Special::Raw(UNKNOWN, true, &[5, 0])], ..SERVED },
    Certificate { name: "www-not-critical", special: &[Special::Raw(UNKNOWN, false, &[5, 0])], ..SERVED },
    // basicConstraints again, saying the opposite.
    Certificate { name: "www-repeated", special: &[Special::Raw("2.5.29.19", true, &[0x30, 3, 1, 1, 0xff])], ..SERVED },
    // inhibitAnyPolicy that is a BOOLEAN.
    Certificate { name: "www-malformed", special: &[Special::Raw("2.5.29.54", true, &[1, 1, 0xff])], ..SERVED },
];
