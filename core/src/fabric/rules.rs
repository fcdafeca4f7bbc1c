//! The rules about Service Fabric's settings and certificates, one family a file.

pub(crate) mod credentials;
pub(crate) mod deployment;
pub(crate) mod matching;
pub(crate) mod names;
pub(crate) mod quirks;
pub(crate) mod roles;
pub(crate) mod thumbprints;
pub(crate) mod validity;

use crate::Citation;

/// A place in the public source of Service Fabric, at commit ddfed33.
pub(super) const fn source(place: &'static str) -> Citation {
    Citation::new("microsoft/service-fabric at ddfed33", place)
}

/// A section of the public article on certificate authentication.
pub(super) const fn article(place: &'static str) -> Citation {
    Citation::new("Service Fabric: X.509 certificate-based authentication in clusters", place)
}
