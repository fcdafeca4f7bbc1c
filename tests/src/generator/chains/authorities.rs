//! Authorities that are none, that are too deep, that are certified twice or in a circle.

use super::super::certificate::CLIENT;
use super::{Certificate, SERVED, SERVER, WEB_ISSUING, WEB_ROOT};

const BASIC_CONSTRAINTS: &str = "2.5.29.19";
const KEY_USAGE: &str = "2.5.29.15";
const EMAIL: &str = "1.3.6.1.5.5.7.3.4";
const ANY: &str = "2.5.29.37.0";

pub(super) static CERTIFICATES: &[Certificate] = &[
    // Purposes.
    Certificate { name: "www-client", purposes: Some(&[CLIENT]), ..SERVED },
    Certificate { name: "www-no-purpose", purposes: None, ..SERVED },
    Certificate { name: "www-any-purpose", purposes: Some(&[ANY]), ..SERVED },
    Certificate { name: "www-cert-sign", usage: Some(&[0, 5]), ..SERVED },
    Certificate { name: "web-issuing-mail", common_name: "Shop Example Mail", purposes: Some(&[EMAIL]), ..WEB_ISSUING },
    Certificate { name: "www-under-mail", issuer: Some("web-issuing-mail"), ..SERVED },
    Certificate {
        name: "web-issuing-server",
        common_name: "Shop Example Server",
        purposes: Some(&[SERVER]),
        ..WEB_ISSUING
    },
    Certificate { name: "www-under-server", issuer: Some("web-issuing-server"), ..SERVED },
    // Not an authority, or not in every way.
    Certificate { name: "www-under-www", issuer: Some("www"), ..SERVED },
    Certificate {
        name: "web-issuing-plain",
        common_name: "Shop Example Plain",
        without: &[BASIC_CONSTRAINTS],
        ..WEB_ISSUING
    },
    Certificate { name: "www-under-plain", issuer: Some("web-issuing-plain"), ..SERVED },
    Certificate {
        name: "web-issuing-no-sign",
        common_name: "Shop Example No Sign",
        usage: Some(&[0, 6]),
        ..WEB_ISSUING
    },
    Certificate { name: "www-under-no-sign", issuer: Some("web-issuing-no-sign"), ..SERVED },
    Certificate {
        name: "web-issuing-no-usage",
        common_name: "Shop Example No Usage",
        without: &[KEY_USAGE],
        ..WEB_ISSUING
    },
    Certificate { name: "www-under-no-usage", issuer: Some("web-issuing-no-usage"), ..SERVED },
    // Two names that are the same but for the case of a letter beyond ASCII, of one key.
    Certificate { name: "web-issuing-upper", common_name: "\u{c9}toile Issuing", ..WEB_ISSUING },
    Certificate {
        name: "web-issuing-lower",
        common_name: "\u{e9}toile Issuing",
        key: Some("web-issuing-upper"),
        ..WEB_ISSUING
    },
    Certificate { name: "www-under-lower", issuer: Some("web-issuing-lower"), addresses: false, ..SERVED },
    // Version 1.
    Certificate { name: "web-root-v1", common_name: "Shop Example Root 1", version: 1, ..WEB_ROOT },
    Certificate {
        name: "web-issuing-of-v1",
        common_name: "Shop Example Issuing 1",
        issuer: Some("web-root-v1"),
        ..WEB_ISSUING
    },
    Certificate { name: "www-of-v1", issuer: Some("web-issuing-of-v1"), ..SERVED },
    Certificate { name: "web-issuing-v1", common_name: "Shop Example Version 1", version: 1, ..WEB_ISSUING },
    Certificate { name: "www-under-v1", issuer: Some("web-issuing-v1"), ..SERVED },
    // A root of version 3 without basicConstraints.
    Certificate {
        name: "web-root-plain",
        common_name: "Shop Example Root Plain",
        without: &[BASIC_CONSTRAINTS],
        ..WEB_ROOT
    },
    Certificate {
        name: "web-issuing-of-plain",
        common_name: "Shop Example Issuing Plain",
        issuer: Some("web-root-plain"),
        ..WEB_ISSUING
    },
    Certificate { name: "www-of-plain", issuer: Some("web-issuing-of-plain"), ..SERVED },
    // Path length.
    Certificate { name: "web-sub", common_name: "Shop Example Sub", issuer: Some("web-issuing"), ..WEB_ISSUING },
    Certificate { name: "www-too-deep", issuer: Some("web-sub"), ..SERVED },
    Certificate { name: "web-issuing-wide", common_name: "Shop Example Wide", authority: Some(Some(1)), ..WEB_ISSUING },
    Certificate {
        name: "web-sub-wide",
        common_name: "Shop Example Sub Wide",
        issuer: Some("web-issuing-wide"),
        ..WEB_ISSUING
    },
    Certificate { name: "www-deep", issuer: Some("web-sub-wide"), ..SERVED },
    // The authority's next key, certified by its present one: self-issued, so path length doesn't count it.
    Certificate {
        name: "web-issuing-next-key",
        common_name: "Shop Example Issuing",
        issuer: Some("web-issuing"),
        ..WEB_ISSUING
    },
    Certificate { name: "www-next-key", issuer: Some("web-issuing-next-key"), ..SERVED },
    // A new root, certified by the old one.
    Certificate { name: "web-root-next", common_name: "Shop Example Root 2026", ..WEB_ROOT },
    Certificate {
        name: "web-root-next-cross",
        common_name: "Shop Example Root 2026",
        key: Some("web-root-next"),
        authority: Some(Some(1)),
        ..WEB_ISSUING
    },
    Certificate {
        name: "web-root-next-cross-expired",
        common_name: "Shop Example Root 2026",
        key: Some("web-root-next"),
        authority: Some(Some(1)),
        from: "2024-01-01T00:00:00Z",
        until: "2026-09-30T00:00:00Z",
        ..WEB_ISSUING
    },
    Certificate {
        name: "web-issuing-next",
        common_name: "Shop Example Issuing 2026",
        issuer: Some("web-root-next"),
        ..WEB_ISSUING
    },
    Certificate { name: "www-next", issuer: Some("web-issuing-next"), ..SERVED },
    // Two authorities that certified each other. The first row only has the key.
    Certificate { name: "circle-a", common_name: "Shop Example Circle A", ..WEB_ROOT },
    Certificate {
        name: "circle-b",
        common_name: "Shop Example Circle B",
        issuer: Some("circle-a"),
        authority: Some(None),
        addresses: false,
        ..WEB_ISSUING
    },
    Certificate {
        name: "circle-a-by-b",
        common_name: "Shop Example Circle A",
        key: Some("circle-a"),
        issuer: Some("circle-b"),
        authority: Some(None),
        addresses: false,
        ..WEB_ISSUING
    },
    Certificate { name: "www-circle", issuer: Some("circle-a"), addresses: false, ..SERVED },
];
