//! The decision on Windows (SecurityContextSsl.cpp:1172-1711).

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use super::{Decision, Pass, Quirk, Rules};
use crate::chain::status::error;
use crate::fabric::name_map::DeclaredName;
use crate::fabric::presented::Presented;
use crate::host_name::matches_windows;
use crate::quote::quote;

const UNTRUSTED_ROOT: &str = "CERT_E_UNTRUSTEDROOT";
const OFFLINE: &str = "CRYPT_E_REVOCATION_OFFLINE";
const NOT_MATCHED: &str = "CertificateNotMatched";

/// The bits that are not fatal at the chain stage (SecurityContextSsl.cpp:1237-1242).
const TOLERATED: u32 = error::NOT_VALID_FOR_USAGE
    | error::UNTRUSTED_ROOT
    | error::PARTIAL_CHAIN
    | error::REVOCATION_STATUS_UNKNOWN
    | error::OFFLINE_REVOCATION;

/// Decides as Service Fabric does on Windows: a client pass where the certificate lists clientAuth, then a server pass.
pub(in crate::fabric) fn accept(presented: &Presented, rules: &Rules<'_>) -> Decision {
    if rules.is_empty() {
        return Decision::refused(NOT_MATCHED, Vec::new());
    }
    let mut passes = Vec::new();
    let has_client_pass = presented.usage.is_some_and(|usage| usage.client);
    if has_client_pass && let Some(decision) = client_pass(presented, rules, &mut passes) {
        return decision;
    }
    server_pass(presented, rules, !has_client_pass, passes)
}

/// The error that ends the decision whatever matches: revoked first, then time, then everything that isn't tolerated.
pub(in crate::fabric) fn fatal(bits: u32) -> Option<&'static str> {
    if bits & error::REVOKED != 0 {
        Some("CRYPT_E_REVOKED")
    } else if bits & error::NOT_TIME_VALID != 0 {
        Some("CERT_E_EXPIRED")
    } else if bits & !TOLERATED != 0 {
        Some("E_FAIL")
    } else {
        None
    }
}

/// The status of `CERT_CHAIN_POLICY_SSL` without a name, worst first. That an unreachable list comes last is what
/// Service Fabric relies on; the place of wrong usage behind an untrusted root is a list of Microsoft's, not a promise.
fn policy(bits: u32, ignore_offline: bool) -> Option<&'static str> {
    if bits & error::UNTRUSTED_ROOT != 0 {
        Some(UNTRUSTED_ROOT)
    } else if bits & error::PARTIAL_CHAIN != 0 {
        Some("CERT_E_CHAINING")
    } else if bits & error::NOT_VALID_FOR_USAGE != 0 {
        Some("CERT_E_WRONG_USAGE")
    } else if bits & error::OFFLINE_REVOCATION != 0 {
        (!ignore_offline).then_some(OFFLINE)
    } else if bits & error::REVOCATION_STATUS_UNKNOWN != 0 {
        Some("CRYPT_E_NO_REVOCATION_CHECK")
    } else {
        None
    }
}

/// Exact look-up of the common name. Nothing: go on to the server pass.
fn client_pass(presented: &Presented, rules: &Rules<'_>, passes: &mut Vec<Pass>) -> Option<Decision> {
    let label = "client pass";
    let bits = presented.chain;
    if let Some(code) = fatal(bits) {
        passes.push(Pass::failed(label, format!("the chain has a fatal error ({code})")));
        return Some(Decision::refused(code, core::mem::take(passes)));
    }
    let status = policy(bits, rules.ignore_crl_offline);
    if let Some(listed) = rules.thumbprint(presented) {
        if !listed.verify_chain || status.is_none() {
            return Some(Decision::by_thumbprint(label, listed, core::mem::take(passes)));
        }
        if rules.names.is_empty() {
            let code = status.unwrap_or(NOT_MATCHED);
            passes.push(Pass::failed(
                label,
                format!("the thumbprint is listed with `?true`, and the chain is not good ({code})"),
            ));
            return Some(Decision::refused(code, core::mem::take(passes)));
        }
    }
    let Some(common_name) = presented.common_names.first() else {
        passes.push(Pass::failed(label, "the subject has no common name"));
        return Some(Decision::refused("SEC_E_CERT_UNKNOWN", core::mem::take(passes)));
    };
    let declared = rules.names.get(common_name);
    let satisfied = declared.is_some_and(|declared| declared.accepts(&presented.issuer));
    let code = match (status, declared) {
        (None, Some(declared)) if satisfied => {
            return Some(Decision::by_name(label, declared, core::mem::take(passes)));
        }
        (Some(UNTRUSTED_ROOT), Some(declared)) if satisfied && declared.is_pinned() => {
            return Some(Decision::by_name(label, declared, core::mem::take(passes)));
        }
        (Some(UNTRUSTED_ROOT), Some(declared)) if !declared.is_pinned() => UNTRUSTED_ROOT,
        (Some(OFFLINE), Some(_)) if satisfied => OFFLINE,
        (None | Some(UNTRUSTED_ROOT | OFFLINE), declared) => {
            let detail = match declared {
                None => format!("no declared name is {}", quote(common_name)),
                Some(_) => format!("the name {} is declared, pinned to other issuers", quote(common_name)),
            };
            passes.push(Pass::failed(label, detail));
            return None;
        }
        (Some(code), _) => code,
    };
    passes.push(Pass::failed(label, format!("the chain is not good enough for a name ({code})")));
    Some(Decision::refused(code, core::mem::take(passes)))
}

/// Each declared name as the host of a TLS server, in case-insensitive order.
fn server_pass(presented: &Presented, rules: &Rules<'_>, with_thumbprints: bool, mut passes: Vec<Pass>) -> Decision {
    let label = "server pass";
    let fits = presented.usage.is_none_or(|usage| usage.server);
    let bits = presented.chain | if fits { 0 } else { error::NOT_VALID_FOR_USAGE };
    if let Some(code) = fatal(bits) {
        passes.push(Pass::failed(label, format!("the chain has a fatal error ({code})")));
        return Decision::refused(code, passes);
    }
    let status = policy(bits, rules.ignore_crl_offline);
    if with_thumbprints
        && let Some(listed) = rules.thumbprint(presented)
        && (!listed.verify_chain || status.is_none())
    {
        return Decision::by_thumbprint(label, listed, passes);
    }
    if let Some(code) = status.filter(|code| ![UNTRUSTED_ROOT, OFFLINE].contains(code)) {
        passes.push(Pass::failed(label, format!("the chain is not good enough for a name ({code})")));
        return Decision::refused(code, passes);
    }
    // The policy's flag for an unknown authority is set by the first pinned name whose issuer matches, and never
    // cleared (SecurityContextSsl.cpp:1339-1344). With a trusted root it decides nothing, and then only names that can
    // be the certificate's are looked at.
    let mut unknown_ca_allowed = false;
    let own = || presented.dns_names.iter().chain(&presented.common_names).map(String::as_str);
    let names = match status {
        Some(UNTRUSTED_ROOT) => rules.names.iter().collect(),
        _ => rules.names.near(own()),
    };
    for declared in names.into_iter().filter(|declared| declared.accepts(&presented.issuer)) {
        unknown_ca_allowed |= declared.is_pinned();
        let is_tolerable = match status {
            None => true,
            // The marker for an unreachable list was not set while the root was untrusted as well.
            Some(UNTRUSTED_ROOT) => unknown_ca_allowed && bits & !error::UNTRUSTED_ROOT == 0,
            Some(_) => false,
        };
        if is_tolerable && is_named(presented, &declared.name) {
            let mut decision = Decision::by_name(label, declared, passes);
            decision.quirk = (status.is_some() && !declared.is_pinned()).then_some(Quirk::StickyUnknownCa);
            return decision;
        }
    }
    let code = status.unwrap_or(NOT_MATCHED);
    let detail = if let Some(declared) = about(presented, rules) {
        format!("the name {} is declared, and the chain is not good enough for it ({code})", quote(&declared.name))
    } else if with_thumbprints && rules.thumbprint(presented).is_some() {
        format!("the thumbprint is listed with `?true`, and the chain is not good ({code})")
    } else {
        String::from("no declared name with a matching issuer is a name of the certificate")
    };
    passes.push(Pass::failed(label, detail));
    let mut decision = Decision::refused(NOT_MATCHED, passes);
    let both = error::UNTRUSTED_ROOT | error::OFFLINE_REVOCATION;
    if bits & both == both && unknown_ca_allowed && rules.ignore_crl_offline {
        decision.quirk = Some(Quirk::UntrustedAndOffline);
    }
    decision
}

/// The declared name that accepts the certificate, if its chain does not stand against it.
pub(super) fn about<'r>(presented: &Presented, rules: &'r Rules<'_>) -> Option<&'r DeclaredName> {
    let own = presented.dns_names.iter().chain(&presented.common_names).map(String::as_str);
    let mut near = rules.names.near(own).into_iter();
    near.find(|declared| declared.accepts(&presented.issuer) && is_named(presented, &declared.name))
}

/// Any dNSName or common name of the certificate, with the declared name as the host.
fn is_named(presented: &Presented, host: &str) -> bool {
    presented.dns_names.iter().chain(&presented.common_names).any(|name| matches_windows(name, host))
}

#[cfg(test)]
mod tests {
    use alloc::collections::BTreeSet;
    use alloc::string::String;

    use super::*;
    use crate::fabric::IssuerIdentity;
    use crate::fabric::accept::ListedThumbprint;
    use crate::fabric::presented::Usage;

    const ISSUER: u8 = 7;

    fn presented(usage: &str, chain: u32) -> Presented {
        let usage = match usage {
            "none" => None,
            listed => Some(Usage { server: listed.contains("server"), client: listed.contains("client") }),
        };
        Presented {
            thumbprint: Vec::from([1]),
            common_names: Vec::from([String::from("node.example")]),
            dns_names: Vec::from([String::from("*.a.example")]),
            usage,
            issuer: Vec::from([IssuerIdentity::Thumbprint(Vec::from([ISSUER]))]),
            chain,
            ..Presented::default()
        }
    }

    /// Names in order, each with the issuer that it is pinned to, if any.
    fn names(declared: &[(&str, Option<u8>)], ignore_crl_offline: bool) -> Rules<'static> {
        let mut rules = Rules { ignore_crl_offline, ..Rules::default() };
        for (name, issuer) in declared {
            let issuers: BTreeSet<_> =
                issuer.iter().map(|&byte| IssuerIdentity::Thumbprint(Vec::from([byte]))).collect();
            let name = String::from(*name);
            let issuers = alloc::rc::Rc::new(issuers);
            rules.names.to_mut().insert(DeclaredName { name, issuers, spans: Vec::new(), settings: Vec::new() });
        }
        rules
    }

    fn thumbprint(verify_chain: bool) -> Rules<'static> {
        let mut rules = Rules::default();
        let listed = ListedThumbprint { verify_chain, entry: 1, setting: "ClusterCertThumbprints", span: None };
        rules.thumbprints.to_mut().insert(Vec::from([1]), listed);
        rules
    }

    fn code(presented: &Presented, rules: &Rules<'_>) -> &'static str {
        accept(presented, rules).code.unwrap_or("OK")
    }

    #[test]
    fn a_listed_thumbprint_forgives_what_is_not_fatal() {
        for usage in ["none", "client", "server", "client+server"] {
            let tolerated = [
                error::UNTRUSTED_ROOT,
                error::PARTIAL_CHAIN,
                error::REVOCATION_STATUS_UNKNOWN,
                error::OFFLINE_REVOCATION,
            ];
            for bit in tolerated {
                assert_eq!(code(&presented(usage, bit), &thumbprint(false)), "OK");
            }
            assert_eq!(code(&presented(usage, error::NOT_TIME_VALID), &thumbprint(false)), "CERT_E_EXPIRED");
            let both = error::NOT_TIME_VALID | error::REVOKED;
            assert_eq!(code(&presented(usage, both), &thumbprint(false)), "CRYPT_E_REVOKED");
            assert_eq!(code(&presented(usage, error::NOT_SIGNATURE_VALID), &thumbprint(false)), "E_FAIL");
        }
        assert_eq!(code(&presented("client", error::UNTRUSTED_ROOT), &thumbprint(true)), UNTRUSTED_ROOT);
        assert_eq!(code(&presented("none", error::UNTRUSTED_ROOT), &thumbprint(true)), NOT_MATCHED);
        assert_eq!(code(&presented("client", 0), &thumbprint(true)), "OK");
    }

    #[test]
    fn the_table_of_names() {
        let untrusted = error::UNTRUSTED_ROOT;
        let unpinned: &[(&str, Option<u8>)] = &[("NODE.example", None)];
        let pinned: &[(&str, Option<u8>)] = &[("node.example", Some(ISSUER))];
        let others: &[(&str, Option<u8>)] = &[("node.example", Some(9))];
        for (usage, chain, declared, ignore, expected) in [
            ("none", 0, unpinned, false, "OK"),
            ("client", 0, unpinned, false, "OK"),
            ("server", untrusted, unpinned, false, NOT_MATCHED),
            ("client+server", untrusted, unpinned, false, UNTRUSTED_ROOT),
            ("none", untrusted, unpinned, false, NOT_MATCHED),
            ("none", untrusted, pinned, false, "OK"),
            ("client", untrusted, pinned, false, "OK"),
            ("client+server", untrusted, others, false, NOT_MATCHED),
            ("none", error::PARTIAL_CHAIN, pinned, false, "CERT_E_CHAINING"),
            ("client", error::OFFLINE_REVOCATION, unpinned, false, OFFLINE),
            ("none", error::OFFLINE_REVOCATION, unpinned, false, NOT_MATCHED),
            ("client", error::OFFLINE_REVOCATION, unpinned, true, "OK"),
            ("none", error::OFFLINE_REVOCATION, unpinned, true, "OK"),
            ("none", error::REVOCATION_STATUS_UNKNOWN, unpinned, true, "CRYPT_E_NO_REVOCATION_CHECK"),
            ("none", untrusted | error::OFFLINE_REVOCATION, pinned, true, NOT_MATCHED),
            ("client", untrusted | error::OFFLINE_REVOCATION, pinned, true, "OK"),
            ("client", 0, &[("other.example", None)], false, "CERT_E_WRONG_USAGE"),
            ("client+server", 0, &[("x.a.example", None)], false, "OK"),
            ("client+server", 0, &[("*.example", None)], false, NOT_MATCHED),
            ("none", 0, &[("x.y.a.example", None)], false, NOT_MATCHED),
            ("none", 0, &[], false, NOT_MATCHED),
        ] {
            assert_eq!(
                code(&presented(usage, chain), &names(declared, ignore)),
                expected,
                "{usage} {chain:#x} {declared:?}"
            );
        }
    }

    #[test]
    fn the_unknown_authority_sticks() {
        let before = names(&[("a.x", Some(ISSUER)), ("node.example", None)], false);
        let decision = accept(&presented("none", error::UNTRUSTED_ROOT), &before);
        assert_eq!((decision.code, decision.quirk), (None, Some(Quirk::StickyUnknownCa)));
        let after = names(&[("node.example", None), ("z.x", Some(ISSUER))], false);
        assert_eq!(code(&presented("none", error::UNTRUSTED_ROOT), &after), NOT_MATCHED);
    }
}
