//! The table of revocation lists.

use super::revocation_list::{RevocationList, Scope};
use super::special::Signed;

/// A list that is current on 2026-11-22 and revokes nothing.
pub(super) const CURRENT: RevocationList = RevocationList {
    name: "",
    issuer: "issuing-a",
    from: "2026-11-20T00:00:00Z",
    until: "2026-12-20T00:00:00Z",
    revoked: &[],
    number: 1,
    reason: None,
    scope: Scope::All,
    base: None,
    critical: false,
    forged: false,
    version: 2,
    signed: Signed::Usual,
};

pub(super) static REVOCATION_LISTS: &[RevocationList] = &[
    RevocationList { name: "crl-root-a", issuer: "root-a", ..CURRENT },
    RevocationList { name: "crl-issuing-a", ..CURRENT },
    RevocationList {
        name: "crl-issuing-a-revoking",
        revoked: &[("node-a-revoked", "2026-11-15T00:00:00Z")],
        number: 2,
        ..CURRENT
    },
    RevocationList {
        name: "crl-issuing-a-expired",
        from: "2026-09-20T00:00:00Z",
        until: "2026-10-20T00:00:00Z",
        ..CURRENT
    },
    RevocationList { name: "crl-issuing-a-forged", forged: true, ..CURRENT },
    RevocationList {
        name: "crl-issuing-a-later",
        revoked: &[("node-a-revoked", "2026-12-01T00:00:00Z")],
        number: 3,
        ..CURRENT
    },
    RevocationList { name: "crl-root-b", issuer: "root-b", ..CURRENT },
    RevocationList { name: "crl-issuing-b", issuer: "issuing-b", ..CURRENT },
];
