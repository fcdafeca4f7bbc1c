//! The rules about Service Fabric's settings and certificates, one family a file.

pub(crate) mod certificates;
pub(crate) mod claims;
pub(crate) mod connecting;
pub(crate) mod credential_type;
pub(crate) mod credentials;
pub(crate) mod deployment;
pub(crate) mod find_values;
pub(crate) mod issuers;
pub(crate) mod keys;
pub(crate) mod loading;
pub(crate) mod margins;
pub(crate) mod matching;
pub(crate) mod mends;
pub(crate) mod names;
pub(crate) mod notes;
pub(crate) mod parameters;
pub(crate) mod presenting;
pub(crate) mod quirks;
pub(crate) mod recommendations;
pub(crate) mod rehearsing;
pub(crate) mod roles;
pub(crate) mod thumbprints;
pub(crate) mod updating;
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

/// Names in back-ticks, as a choice: "`a`, `b` or `c`".
pub(super) fn either(names: &[&str]) -> alloc::string::String {
    let mut text = alloc::string::String::new();
    for (index, name) in names.iter().enumerate() {
        let is_last = index.saturating_add(1) == names.len();
        text.push_str(match index {
            0 => "",
            _ if is_last => " or ",
            _ => ", ",
        });
        text.push_str(&alloc::format!("`{name}`"));
    }
    text
}
