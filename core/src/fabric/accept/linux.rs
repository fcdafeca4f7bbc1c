//! The decision on Linux, for the cluster and gateway transport (CryptoUtility.Linux.cpp:1657-2024,
//! SecurityContextSsl.cpp:568-613).

use alloc::string::String;
use alloc::vec::Vec;

use super::{Decision, Pass, Rules};
use crate::chain::status::error;
use crate::fabric::name_map::{DeclaredName, IssuerIdentity};
use crate::fabric::presented::Presented;
use crate::host_name::matches_openssl;

/// What OpenSSL's callback records and tolerates until the rules are looked at: self-signed, or no issuer to be found.
const RECORDED: u32 = error::UNTRUSTED_ROOT | error::PARTIAL_CHAIN;
/// A revocation list that could not be had (`X509_V_ERR_UNABLE_TO_GET_CRL`).
const NO_CRL: u32 = error::OFFLINE_REVOCATION;

/// Whether errors end the TLS handshake: everything but a wrong purpose, what is recorded, and a missing list. A status that
/// is unknown though the list could be had is the fault of the list (expired, forged, about others), and ends it.
pub(in crate::fabric) fn ends_handshake(bits: u32) -> bool {
    let missing = if bits & NO_CRL != 0 { NO_CRL | error::REVOCATION_STATUS_UNKNOWN } else { 0 };
    bits & !(RECORDED | missing | error::NOT_VALID_FOR_USAGE) != 0
}

/// Decides as Service Fabric does on Linux.
pub(in crate::fabric) fn accept(presented: &Presented, rules: &Rules<'_>) -> Decision {
    if ends_handshake(presented.chain) {
        let passes = Vec::from([Pass::failed("handshake", "OpenSSL finds an error that ends the TLS handshake")]);
        return Decision::refused("TLS handshake fails", passes);
    }
    if rules.is_empty() {
        return Decision::refused("CertificateNotMatched", Vec::new());
    }
    let recorded = presented.chain & RECORDED != 0;
    let lacks_crl = presented.chain & NO_CRL != 0 && !rules.ignore_crl_offline;
    let mut passes = Vec::new();
    if let Some(listed) = rules.thumbprint(presented) {
        if !listed.verify_chain || !(recorded || lacks_crl) {
            return Decision::by_thumbprint("thumbprints", listed, passes);
        }
        passes.push(Pass::failed("thumbprints", "the thumbprint is listed with `?true`, and the chain is not good"));
        if rules.names.is_empty() {
            return Decision::refused("OperationFailed", passes);
        }
    }
    if recorded {
        passes
            .push(Pass::failed("names", "the root is not trusted or not there, which fails every name, pinned or not"));
        return Decision::refused("OperationFailed", passes);
    }
    if lacks_crl {
        passes.push(Pass::failed("names", "a revocation list could not be had, which is not forgiven"));
        return Decision::refused("OperationFailed", passes);
    }
    let found = match presented.usage {
        Some(usage) if usage.client && !usage.server => exact(presented, rules),
        _ => about(presented, rules),
    };
    match found {
        Some(declared) => Decision::by_name("names", declared, passes),
        None => {
            passes.push(Pass::failed("names", "no declared name with a matching issuer is a name of the certificate"));
            Decision::refused("CertificateNotMatched", passes)
        }
    }
}

/// Decides as the HTTP gateway does: its TLS layer accepts every certificate, and a listed thumbprint is enough whatever
/// OpenSSL says, an expired or revoked certificate included (CryptoUtility.Linux.cpp:1828-1918).
pub(in crate::fabric) fn accept_http(presented: &Presented, rules: &Rules<'_>) -> Decision {
    match rules.thumbprint(presented) {
        Some(listed) if !listed.verify_chain => Decision::by_thumbprint("thumbprints", listed, Vec::new()),
        _ => accept(presented, rules),
    }
}

/// The declared name that accepts the certificate, if its chain does not stand against it.
pub(super) fn about<'r>(presented: &Presented, rules: &'r Rules<'_>) -> Option<&'r DeclaredName> {
    let own = presented.dns_names.iter().chain(&presented.common_names).map(String::as_str);
    let mut near = rules.names.near(own).into_iter();
    near.find(|declared| satisfied(declared, presented) && is_named(presented, &declared.name))
}

fn exact<'r>(presented: &Presented, rules: &'r Rules) -> Option<&'r DeclaredName> {
    let declared = rules.names.get(presented.common_names.first()?)?;
    satisfied(declared, presented).then_some(declared)
}

/// The issuer is the second certificate that the peer sends, and only its thumbprint is offered, so a name restricted
/// to keys never matches (CryptoUtility.Linux.cpp:1766-1779).
fn satisfied(declared: &DeclaredName, presented: &Presented) -> bool {
    let thumbprints: Vec<IssuerIdentity> = presented
        .issuer_sent
        .iter()
        .filter(|identity| matches!(identity, IssuerIdentity::Thumbprint(_)))
        .cloned()
        .collect();
    declared.accepts(&thumbprints)
}

/// `X509_check_host`: the dNSNames, and the common names only where there is no dNSName.
fn is_named(presented: &Presented, host: &str) -> bool {
    let names = if presented.dns_names.is_empty() { &presented.common_names } else { &presented.dns_names };
    names.iter().any(|name| matches_openssl(name, host))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fabric::accept::ListedThumbprint;
    use crate::fabric::presented::Usage;

    fn presented(usage: Option<Usage>, chain: u32) -> Presented {
        let issuer = Vec::from([IssuerIdentity::Thumbprint(Vec::from([7])), IssuerIdentity::Key(Vec::from([8]))]);
        Presented {
            thumbprint: Vec::from([1]),
            common_names: Vec::from([String::from("node.example")]),
            dns_names: Vec::from([String::from("a.b.example.org")]),
            usage,
            issuer: issuer.clone(),
            issuer_sent: issuer,
            chain,
        }
    }

    fn named(name: &str, pin: Option<IssuerIdentity>, ignore_crl_offline: bool) -> Rules<'static> {
        let mut rules = Rules { ignore_crl_offline, ..Rules::default() };
        let issuers = alloc::rc::Rc::new(pin.into_iter().collect());
        rules.names.to_mut().insert(DeclaredName {
            name: String::from(name),
            issuers,
            spans: Vec::new(),
            settings: Vec::new(),
        });
        rules
    }

    fn code(presented: &Presented, rules: &Rules<'_>) -> &'static str {
        accept(presented, rules).code.unwrap_or("OK")
    }

    #[test]
    fn thumbprints_outlive_recorded_errors_only() {
        let mut rules = Rules::default();
        let listed = ListedThumbprint { verify_chain: false, entry: 1, setting: "ClusterCertThumbprints", span: None };
        rules.thumbprints.to_mut().insert(Vec::from([1]), listed);
        assert_eq!(code(&presented(None, error::UNTRUSTED_ROOT), &rules), "OK");
        assert_eq!(code(&presented(None, error::PARTIAL_CHAIN), &rules), "OK");
        assert_eq!(code(&presented(None, error::NOT_TIME_VALID), &rules), "TLS handshake fails");
        assert_eq!(code(&presented(None, error::REVOKED), &rules), "TLS handshake fails");
        assert_eq!(code(&presented(None, error::REVOCATION_STATUS_UNKNOWN), &rules), "TLS handshake fails");
        let missing = error::REVOCATION_STATUS_UNKNOWN | error::OFFLINE_REVOCATION;
        assert_eq!(code(&presented(None, missing), &rules), "OK");
    }

    #[test]
    fn names_need_a_trusted_root() {
        let pin = IssuerIdentity::Thumbprint(Vec::from([7]));
        assert_eq!(code(&presented(None, 0), &named("a.b.example.org", Some(pin.clone()), false)), "OK");
        let untrusted = presented(None, error::UNTRUSTED_ROOT);
        assert_eq!(code(&untrusted, &named("a.b.example.org", Some(pin), false)), "OperationFailed");
        let key = IssuerIdentity::Key(Vec::from([8]));
        assert_eq!(code(&presented(None, 0), &named("a.b.example.org", Some(key), false)), "CertificateNotMatched");
        let wrong_usage = presented(None, error::NOT_VALID_FOR_USAGE);
        assert_eq!(code(&wrong_usage, &named("a.b.example.org", None, false)), "OK");
        let offline = presented(None, error::OFFLINE_REVOCATION);
        assert_eq!(code(&offline, &named("a.b.example.org", None, true)), "OK");
        assert_eq!(code(&offline, &named("a.b.example.org", None, false)), "OperationFailed");
    }

    #[test]
    fn which_names_count_depends_on_usage() {
        let client = Some(Usage { server: false, client: true });
        assert_eq!(code(&presented(client, 0), &named("Node.Example", None, false)), "OK");
        assert_eq!(code(&presented(client, 0), &named("a.b.example.org", None, false)), "CertificateNotMatched");
        assert_eq!(code(&presented(None, 0), &named("node.example", None, false)), "CertificateNotMatched");
        assert_eq!(code(&presented(None, 0), &named(".example.org", None, false)), "OK");
    }
}
