//! Whether a certificate is for the name that was asked for.

mod idna;

use alloc::format;
use alloc::string::{String, ToString as _};
use alloc::vec::Vec;
use core::net::IpAddr;

use super::name_constraints::falls_back;
use super::options::Semantics;
use crate::certificate::{Certificate, NameForm};
use crate::host_name::{matches_openssl, matches_windows};

/// What came of a name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Named {
    /// The certificate has it.
    Yes,
    /// It doesn't; the names that it has.
    No(Vec<String>),
    /// The name is not one that a certificate can have: why.
    Unfit(String),
}

/// Holds a host name or an address against the alternative names, and against the common name where the system does
/// that: RFC 9525 only if asked, Windows and OpenSSL where there is no alternative name of a host.
pub(crate) fn check(certificate: &Certificate, name: &str, semantics: Semantics, common_name_fallback: bool) -> Named {
    let name = name.trim();
    let alternative: &[NameForm] = match semantics {
        Semantics::Windows => certificate.extensions.alternative_names_of_windows(),
        _ => certificate.extensions.subject_alt_name.get().map(Vec::as_slice).unwrap_or_default(),
    };
    if let Ok(address) = name.trim_start_matches('[').trim_end_matches(']').parse::<IpAddr>() {
        let octets = match address {
            IpAddr::V4(address) => address.octets().to_vec(),
            IpAddr::V6(address) => address.octets().to_vec(),
        };
        let has = alternative.iter().any(|form| matches!(form, NameForm::Ip(own) if *own == octets));
        return if has { Named::Yes } else { Named::No(names(alternative, &[])) };
    }
    let name = match idna::encoded(name) {
        Ok(encoded) => encoded,
        Err(because) => return Named::Unfit(because),
    };
    let name = name.as_ref();
    if !is_host(name) {
        return Named::Unfit(format!("{} is neither a host name nor an address", crate::quote::quote(name)));
    }
    let hosts: Vec<&str> = alternative
        .iter()
        .filter_map(|form| match form {
            NameForm::Dns(host) => Some(host.as_str()),
            _ => None,
        })
        .collect();
    let falls_back = (common_name_fallback || semantics != Semantics::Rfc5280) && falls_back(certificate, semantics);
    let common_names: Vec<&str> = if falls_back { certificate.subject.common_names().collect() } else { Vec::new() };
    let matches = |certified: &&str| match semantics {
        Semantics::Windows => matches_windows(certified, name),
        Semantics::Openssl => matches_openssl(certified, name),
        Semantics::Rfc5280 => matches_rfc9525(certified, name),
    };
    if hosts.iter().chain(&common_names).any(matches) {
        Named::Yes
    } else {
        Named::No(names(alternative, &common_names))
    }
}

/// RFC 9525, section 6.3: ignoring case, and a wildcard as the whole leftmost label, for exactly one label.
fn matches_rfc9525(certified: &str, host: &str) -> bool {
    match certified.strip_prefix("*.") {
        None => is_host(certified) && certified.eq_ignore_ascii_case(host),
        Some(parent) => {
            let rest = host.split_once('.').map(|(_, rest)| rest);
            // A wildcard right below the top would stand for a registry.
            is_host(parent) && parent.contains('.') && rest.is_some_and(|rest| rest.eq_ignore_ascii_case(parent))
        }
    }
}

fn is_host(name: &str) -> bool {
    !name.is_empty()
        && name.len() <= 253
        && name.split('.').all(|label| {
            !label.is_empty()
                && label.len() <= 63
                && !label.starts_with('-')
                && !label.ends_with('-')
                && label.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'))
        })
}

fn names(alternative: &[NameForm], common_names: &[&str]) -> Vec<String> {
    let printed = alternative.iter().filter_map(|form| match form {
        NameForm::Dns(host) => Some(host.clone()),
        NameForm::Ip(octets) => Some(address(octets)),
        _ => None,
    });
    printed.chain(common_names.iter().map(|name| (*name).to_string())).take(20).collect()
}

fn address(octets: &[u8]) -> String {
    if let Ok(octets) = <[u8; 4]>::try_from(octets) {
        IpAddr::from(octets).to_string()
    } else if let Ok(octets) = <[u8; 16]>::try_from(octets) {
        IpAddr::from(octets).to_string()
    } else {
        format!("an address of {} bytes", octets.len())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wildcards_stand_for_one_label() {
        for (certified, host, matches) in [
            ("example.org", "EXAMPLE.org", true),
            ("*.example.org", "a.example.org", true),
            ("*.example.org", "example.org", false),
            ("*.example.org", "a.b.example.org", false),
            ("*.org", "example.org", false),
            ("a*.example.org", "ab.example.org", false),
            ("*", "org", false),
        ] {
            assert_eq!(matches_rfc9525(certified, host), matches, "{certified} {host}");
        }
        assert!(!is_host("a..b") && !is_host("") && !is_host("-a.b") && !is_host("a.b."));
    }
}
