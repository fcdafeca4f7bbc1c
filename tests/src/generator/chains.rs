//! The tables of kind `chain`: one PKI of a shop, and everything that can be wrong with it.

mod authorities;
mod lists;
mod mesh;
mod names;
mod policies;
mod signatures;
mod validity;

use super::certificate::{Certificate, SERVER};
use super::certificates::{ISSUING, ROOT, SELF_SIGNED};

pub(super) use lists::REVOCATION_LISTS;

const ORGANIZATION: &str = "Shop Example";
const WWW: &str = "www.shop.example";

/// A root.
const WEB_ROOT: Certificate = Certificate { organization: Some(ORGANIZATION), ..ROOT };

/// An authority right below the root, with no room for another one below.
const WEB_ISSUING: Certificate = Certificate { organization: Some(ORGANIZATION), issuer: Some("web-root"), ..ISSUING };

/// A server's certificate.
const SERVED: Certificate = Certificate {
    common_name: WWW,
    issuer: Some("web-issuing"),
    purposes: Some(&[SERVER]),
    addresses: true,
    ..SELF_SIGNED
};

/// The rows that the tables below stand on.
static GOOD: &[Certificate] = &[
    Certificate { name: "web-root", common_name: "Shop Example Root", ..WEB_ROOT },
    Certificate { name: "web-issuing", common_name: "Shop Example Issuing", ..WEB_ISSUING },
    Certificate { name: "www", ..SERVED },
    Certificate { name: "www-no-address", addresses: false, ..SERVED },
];

/// Every row, issuers above what they issue.
pub(super) fn certificates() -> impl Iterator<Item = &'static Certificate> {
    [
        GOOD,
        validity::CERTIFICATES,
        authorities::CERTIFICATES,
        names::CERTIFICATES,
        policies::CERTIFICATES,
        signatures::CERTIFICATES,
        lists::CERTIFICATES,
        mesh::CERTIFICATES,
    ]
    .into_iter()
    .flatten()
}
