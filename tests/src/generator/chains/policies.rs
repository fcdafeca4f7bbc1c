//! Certificate policies, below the private enterprise number that is kept for documentation (RFC 5612).

use super::super::special::Special;
use super::{Certificate, SERVED, WEB_ISSUING};

const HIGH: &str = "1.3.6.1.4.1.32473.1.1";
const FOREIGN: &str = "1.3.6.1.4.1.32473.2.1";
const ANY: &str = "2.5.29.32.0";

pub(super) static CERTIFICATES: &[Certificate] = &[
    Certificate {
        name: "web-issuing-explicit",
        common_name: "Shop Example Explicit",
        special: &[Special::Policies(&[HIGH]), Special::ExplicitPolicy(0)],
        ..WEB_ISSUING
    },
    Certificate {
        name: "www-policy",
        issuer: Some("web-issuing-explicit"),
        special: &[Special::Policies(&[HIGH])],
        ..SERVED
    },
    Certificate {
        name: "www-policy-other",
        issuer: Some("web-issuing-explicit"),
        special: &[Special::Policies(&[FOREIGN])],
        ..SERVED
    },
    Certificate { name: "www-policy-none", issuer: Some("web-issuing-explicit"), ..SERVED },
    Certificate {
        name: "www-policy-any",
        issuer: Some("web-issuing-explicit"),
        special: &[Special::Policies(&[ANY])],
        ..SERVED
    },
    Certificate {
        name: "web-issuing-no-any",
        common_name: "Shop Example No Any",
        special: &[Special::Policies(&[HIGH]), Special::ExplicitPolicy(0), Special::NoAnyPolicy(0)],
        ..WEB_ISSUING
    },
    Certificate {
        name: "www-policy-any-inhibited",
        issuer: Some("web-issuing-no-any"),
        special: &[Special::Policies(&[ANY])],
        ..SERVED
    },
    // What the shop calls one policy, its partner calls another.
    Certificate {
        name: "web-bridge",
        common_name: "Shop Example Bridge",
        authority: Some(Some(1)),
        special: &[Special::Policies(&[HIGH]), Special::Mapping(HIGH, FOREIGN), Special::ExplicitPolicy(0)],
        ..WEB_ISSUING
    },
    Certificate {
        name: "partner-issuing",
        common_name: "Partner Example Issuing",
        issuer: Some("web-bridge"),
        special: &[Special::Policies(&[FOREIGN])],
        ..WEB_ISSUING
    },
    Certificate {
        name: "www-mapped",
        issuer: Some("partner-issuing"),
        special: &[Special::Policies(&[FOREIGN])],
        ..SERVED
    },
];
