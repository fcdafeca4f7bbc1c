//! Revocation lists, and the certificates that they are about.

use super::super::certificate::Names;
use super::super::revocation_list::{RevocationList, Scope};
use super::super::revocation_lists::CURRENT;
use super::super::special::{Signed, Special};
use super::{Certificate, ORGANIZATION, SERVED, WEB_ISSUING, WEB_ROOT};

/// A list of the shop's issuing authority that is current on 2026-11-22 and revokes nothing.
const LIST: RevocationList = RevocationList { issuer: "web-issuing", ..CURRENT };

const REVOKED: &[(&str, &str)] = &[("www-revoked", "2026-11-15T00:00:00Z")];

pub(super) static CERTIFICATES: &[Certificate] = &[
    Certificate { name: "www-revoked", ..SERVED },
    Certificate { name: "web-issuing-revoked", common_name: "Shop Example Revoked", ..WEB_ISSUING },
    Certificate { name: "www-under-revoked", issuer: Some("web-issuing-revoked"), ..SERVED },
    // Who signs the lists of others.
    Certificate {
        name: "web-lists",
        common_name: "Shop Example Lists",
        organization: Some(ORGANIZATION),
        issuer: Some("web-root"),
        purposes: None,
        names: Names::None,
        usage: Some(&[6]),
        ..SERVED
    },
    // Another key of the issuing authority, for its lists alone, that ends before everything else does.
    Certificate {
        name: "web-issuing-lists",
        common_name: "Shop Example Issuing",
        until: "2026-12-01T00:00:00Z",
        usage: Some(&[6]),
        ..WEB_ISSUING
    },
    Certificate {
        name: "www-listed-elsewhere",
        addresses: false,
        special: &[Special::ListsBy(ORGANIZATION, "Shop Example Lists")],
        ..SERVED
    },
    Certificate {
        name: "www-listed-elsewhere-revoked",
        addresses: false,
        special: &[Special::ListsBy(ORGANIZATION, "Shop Example Lists")],
        ..SERVED
    },
    Certificate { name: "www-listed-at", addresses: false, special: &[Special::ListsAt("Lists of Servers")], ..SERVED },
    // Another trusted root, with an authority of the same name as the shop's.
    Certificate {
        name: "other-root",
        organization: Some("Other Example"),
        common_name: "Other Example Root",
        ..WEB_ROOT
    },
    Certificate {
        name: "other-web-issuing",
        common_name: "Shop Example Issuing",
        issuer: Some("other-root"),
        ..WEB_ISSUING
    },
    // An authority whose name is composed; its lists are by one whose name is the same in another normal form.
    Certificate { name: "web-issuing-composed", common_name: "Shop M\u{fc}ller Issuing", ..WEB_ISSUING },
    Certificate { name: "web-issuing-decomposed", common_name: "Shop Mu\u{308}ller Issuing", ..WEB_ISSUING },
    Certificate { name: "www-composed", issuer: Some("web-issuing-composed"), ..SERVED },
    // What somebody else can make: a certificate that only has the name of the shop's authority.
    Certificate { name: "posing-issuing", common_name: "Shop Example Issuing", authority: None, ..WEB_ROOT },
];

pub(crate) static REVOCATION_LISTS: &[RevocationList] = &[
    RevocationList { name: "crl-web-root", issuer: "web-root", ..LIST },
    RevocationList {
        name: "crl-web-root-revoking",
        issuer: "web-root",
        revoked: &[("web-issuing-revoked", "2026-11-10T00:00:00Z")],
        reason: Some(2),
        number: 2,
        ..LIST
    },
    RevocationList { name: "crl-web-issuing-revoked", issuer: "web-issuing-revoked", ..LIST },
    RevocationList { name: "crl-web-issuing", ..LIST },
    RevocationList { name: "crl-web-issuing-revoking", revoked: REVOKED, reason: Some(1), number: 2, ..LIST },
    RevocationList {
        name: "crl-web-issuing-expired",
        from: "2026-09-20T00:00:00Z",
        until: "2026-10-20T00:00:00Z",
        ..LIST
    },
    RevocationList {
        name: "crl-web-issuing-expired-revoking",
        from: "2026-11-16T00:00:00Z",
        until: "2026-11-20T00:00:00Z",
        revoked: REVOKED,
        ..LIST
    },
    RevocationList {
        name: "crl-web-issuing-future",
        from: "2026-12-01T00:00:00Z",
        until: "2026-12-31T00:00:00Z",
        ..LIST
    },
    RevocationList { name: "crl-web-issuing-lists", issuer: "web-issuing-lists", ..LIST },
    RevocationList { name: "crl-web-issuing-forged", forged: true, ..LIST },
    RevocationList { name: "crl-web-issuing-critical", critical: true, ..LIST },
    // Its entry is of a day that has not come.
    RevocationList {
        name: "crl-web-issuing-later",
        revoked: &[("www-revoked", "2026-12-01T00:00:00Z")],
        number: 3,
        ..LIST
    },
    RevocationList { name: "crl-web-issuing-v1", version: 1, revoked: REVOKED, ..LIST },
    RevocationList { name: "crl-web-issuing-authorities", scope: Scope::Authorities, ..LIST },
    // keyCompromise alone, and all the other reasons.
    RevocationList { name: "crl-web-issuing-compromise", scope: Scope::Reasons(&[1]), ..LIST },
    RevocationList {
        name: "crl-web-issuing-other-reasons",
        scope: Scope::Reasons(&[2, 3, 4, 5, 6, 7, 8]),
        number: 2,
        ..LIST
    },
    // A complete list, one in which a certificate is on hold, and what came after each.
    RevocationList { name: "crl-web-issuing-base", number: 10, ..LIST },
    RevocationList { name: "crl-web-issuing-delta", revoked: REVOKED, base: Some(10), number: 11, ..LIST },
    RevocationList { name: "crl-web-issuing-hold", revoked: REVOKED, reason: Some(6), number: 20, ..LIST },
    RevocationList { name: "crl-web-issuing-lifted", number: 22, ..LIST },
    RevocationList {
        name: "crl-web-issuing-delta-removing",
        revoked: REVOKED,
        reason: Some(8),
        base: Some(20),
        number: 21,
        ..LIST
    },
    // Entries that only an indirect list, or a delta, may have.
    RevocationList { name: "crl-web-issuing-direct", revoked: REVOKED, scope: Scope::Direct, ..LIST },
    RevocationList { name: "crl-web-issuing-removing", revoked: REVOKED, reason: Some(8), ..LIST },
    RevocationList { name: "crl-web-issuing-at", scope: Scope::At("Lists of Servers"), ..LIST },
    RevocationList { name: "crl-web-issuing-at-other", scope: Scope::At("Lists of Printers"), number: 2, ..LIST },
    RevocationList { name: "crl-web-issuing-decomposed", issuer: "web-issuing-decomposed", ..LIST },
    RevocationList {
        name: "crl-web-issuing-decomposed-revoking",
        issuer: "web-issuing-decomposed",
        revoked: &[("www-composed", "2026-11-15T00:00:00Z")],
        number: 2,
        ..LIST
    },
    RevocationList { name: "crl-other-web-issuing", issuer: "other-web-issuing", ..LIST },
    // It does not say which of two keys signed it.
    RevocationList { name: "crl-other-web-issuing-v1", issuer: "other-web-issuing", version: 1, ..LIST },
    RevocationList { name: "crl-issuing-rsa", issuer: "issuing-rsa", ..LIST },
    RevocationList { name: "crl-issuing-rsa-sha1", issuer: "issuing-rsa", signed: Signed::Sha1, ..LIST },
    RevocationList { name: "crl-root-rsa", issuer: "root-rsa", ..LIST },
    RevocationList {
        name: "crl-web-lists",
        issuer: "web-lists",
        scope: Scope::Indirect,
        revoked: &[("www-listed-elsewhere-revoked", "2026-11-15T00:00:00Z")],
        ..LIST
    },
];
