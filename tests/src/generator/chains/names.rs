//! Names of every form, and constraints on them.

use super::super::certificate::Names;
use super::super::special::{Form, Special};
use super::{Certificate, ORGANIZATION, SERVED, WEB_ISSUING};

/// 192.0.2.10.
const ADDRESS: Form = Form::Ip(&[192, 0, 2, 10]);
/// 2001:db8::10.
const ADDRESS_6: Form = Form::Ip(&[0x20, 1, 0x0d, 0xb8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x10]);

/// A certificate of the authority whose names are limited.
const LIMITED: Certificate =
    Certificate { organization: Some(ORGANIZATION), issuer: Some("web-issuing-limited"), ..SERVED };

pub(super) static CERTIFICATES: &[Certificate] = &[
    Certificate { name: "www-wildcard", names: Names::These(&["*.shop.example"]), ..SERVED },
    Certificate { name: "www-address", names: Names::Forms(&[ADDRESS, ADDRESS_6]), ..SERVED },
    Certificate { name: "www-common-name", names: Names::None, ..SERVED },
    Certificate { name: "www-mail-only", names: Names::Forms(&[Form::Email("info@shop.example")]), ..SERVED },
    Certificate { name: "www-idna", names: Names::These(&["xn--bcher-kva.shop.example"]), ..SERVED },
    // Permitted subtrees of five forms.
    Certificate {
        name: "web-issuing-limited",
        common_name: "Shop Example Limited",
        special: &[Special::Constraints {
            permitted: &[
                Form::Dns("shop.example"),
                Form::Ip(&[192, 0, 2, 0, 255, 255, 255, 0]),
                Form::Email("shop.example"),
                Form::Uri(".shop.example"),
                Form::Organization(ORGANIZATION),
            ],
            excluded: &[],
        }],
        ..WEB_ISSUING
    },
    Certificate {
        name: "limited-good",
        names: Names::Forms(&[
            Form::Dns("WWW.shop.example"),
            ADDRESS,
            Form::Email("info@shop.example"),
            Form::Uri("https://www.shop.example/path"),
        ]),
        ..LIMITED
    },
    Certificate { name: "limited-dns", names: Names::These(&["www.shop.example", "www.workshop.example"]), ..LIMITED },
    Certificate { name: "limited-address", names: Names::Forms(&[Form::Ip(&[198, 51, 100, 10])]), ..LIMITED },
    Certificate { name: "limited-mail", names: Names::Forms(&[Form::Email("info@mail.shop.example")]), ..LIMITED },
    Certificate { name: "limited-uri", names: Names::Forms(&[Form::Uri("https://shop.example/")]), ..LIMITED },
    Certificate { name: "limited-directory", organization: Some("Other Example"), ..LIMITED },
    // No alternative name: the common name stands for the host.
    Certificate { name: "limited-common-name", names: Names::None, ..LIMITED },
    Certificate {
        name: "limited-common-name-outside",
        common_name: "www.other.example",
        names: Names::None,
        ..LIMITED
    },
    // Excluded subtrees.
    Certificate {
        name: "web-issuing-excluding",
        common_name: "Shop Example Excluding",
        special: &[Special::Constraints { permitted: &[], excluded: &[Form::Dns("secret.shop.example")] }],
        ..WEB_ISSUING
    },
    Certificate {
        name: "excluded-below",
        names: Names::These(&["vault.secret.shop.example"]),
        issuer: Some("web-issuing-excluding"),
        ..SERVED
    },
    Certificate {
        name: "excluded-wildcard",
        names: Names::These(&["*.shop.example"]),
        issuer: Some("web-issuing-excluding"),
        ..SERVED
    },
    Certificate {
        name: "excluded-beside",
        names: Names::These(&["www.shop.example", "topsecret.shop.example"]),
        issuer: Some("web-issuing-excluding"),
        ..SERVED
    },
    // An excluded organization, composed; of two that are not it the first is the same name in another normal form.
    Certificate {
        name: "web-issuing-excluding-name",
        common_name: "Shop Example Excluding Name",
        special: &[Special::Constraints { permitted: &[], excluded: &[Form::Organization("M\u{fc}ller")] }],
        ..WEB_ISSUING
    },
    Certificate {
        name: "excluded-decomposed",
        organization: Some("Mu\u{308}ller"),
        issuer: Some("web-issuing-excluding-name"),
        ..SERVED
    },
    Certificate {
        name: "excluded-other-name",
        organization: Some("B\u{e4}cker"),
        issuer: Some("web-issuing-excluding-name"),
        ..SERVED
    },
    // A mask with gaps.
    Certificate {
        name: "web-issuing-excluding-gaps",
        common_name: "Shop Example Excluding Gaps",
        special: &[Special::Constraints { permitted: &[], excluded: &[Form::Ip(&[192, 0, 2, 10, 255, 0, 255, 255])] }],
        ..WEB_ISSUING
    },
    Certificate {
        name: "excluded-gaps",
        names: Names::Forms(&[Form::Dns("www.shop.example"), ADDRESS]),
        issuer: Some("web-issuing-excluding-gaps"),
        ..SERVED
    },
    Certificate {
        name: "excluded-gaps-6",
        names: Names::Forms(&[Form::Dns("www.shop.example"), ADDRESS_6]),
        issuer: Some("web-issuing-excluding-gaps"),
        ..SERVED
    },
    // An excluded host, and an address whose readers disagree about where its host ends.
    Certificate {
        name: "web-issuing-excluding-uri",
        common_name: "Shop Example Excluding Address",
        special: &[Special::Constraints { permitted: &[], excluded: &[Form::Uri("secret.example")] }],
        ..WEB_ISSUING
    },
    Certificate {
        name: "excluded-uri-backslash",
        names: Names::Forms(&[Form::Dns("www.shop.example"), Form::Uri("https://secret.example\\@shop.example/")]),
        issuer: Some("web-issuing-excluding-uri"),
        ..SERVED
    },
    Certificate {
        name: "excluded-uri-user",
        names: Names::Forms(&[Form::Dns("www.shop.example"), Form::Uri("https://secret.example@shop.example/")]),
        issuer: Some("web-issuing-excluding-uri"),
        ..SERVED
    },
    // A form that is not supported.
    Certificate {
        name: "web-issuing-users",
        common_name: "Shop Example Users",
        special: &[Special::Constraints { permitted: &[Form::User("shop.example")], excluded: &[] }],
        ..WEB_ISSUING
    },
    Certificate {
        name: "www-user",
        names: Names::Forms(&[Form::Dns("www.shop.example"), Form::User("user@shop.example")]),
        issuer: Some("web-issuing-users"),
        ..SERVED
    },
    Certificate { name: "www-no-user", issuer: Some("web-issuing-users"), ..SERVED },
];
