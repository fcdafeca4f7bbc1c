//! Certificates that are not valid on 2026-11-22, or were valid long ago.

use super::{Certificate, SERVED, WEB_ISSUING, WEB_ROOT};

pub(super) static CERTIFICATES: &[Certificate] = &[
    Certificate { name: "www-expired", from: "2025-11-01T00:00:00Z", until: "2026-11-01T00:00:00Z", ..SERVED },
    Certificate { name: "www-future", from: "2026-12-01T00:00:00Z", until: "2027-12-01T00:00:00Z", ..SERVED },
    // The same authority with the same key, certified for an earlier period.
    Certificate {
        name: "web-issuing-expired",
        common_name: "Shop Example Issuing",
        key: Some("web-issuing"),
        from: "2022-01-01T00:00:00Z",
        until: "2026-10-01T00:00:00Z",
        ..WEB_ISSUING
    },
    Certificate {
        name: "web-root-expired",
        common_name: "Shop Example Root 2016",
        from: "2016-01-01T00:00:00Z",
        until: "2026-06-01T00:00:00Z",
        ..WEB_ROOT
    },
    Certificate {
        name: "web-issuing-2016",
        common_name: "Shop Example Issuing 2016",
        issuer: Some("web-root-expired"),
        ..WEB_ISSUING
    },
    Certificate { name: "www-2016", issuer: Some("web-issuing-2016"), ..SERVED },
    // Before 1970, and before UTCTime: Windows' FILETIME begins in 1601.
    Certificate {
        name: "web-root-1601",
        common_name: "Shop Example Root 1601",
        from: "1601-01-01T00:00:00Z",
        until: "9999-12-31T23:59:59Z",
        ..WEB_ROOT
    },
    Certificate {
        name: "web-issuing-1950",
        common_name: "Shop Example Issuing 1950",
        issuer: Some("web-root-1601"),
        from: "1950-01-01T00:00:00Z",
        until: "2049-12-31T23:59:59Z",
        ..WEB_ISSUING
    },
    Certificate {
        name: "www-1965",
        issuer: Some("web-issuing-1950"),
        from: "1965-01-01T00:00:00Z",
        until: "1969-12-31T23:59:59Z",
        ..SERVED
    },
];
