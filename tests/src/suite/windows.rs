//! Chains that Wine's tests had real Windows judge: trust status per element, and what policies return.

use std::path::Path;

use admit_core::chain::status::{TrustStatus, error, policy_result};
use admit_core::chain::{self, Policy, Semantics};
use serde_json::Value;

use super::question::{Chain, causes, der, pem};
use super::vector::{Answers, Vector};
use super::{data, watch};

/// A call of `CertVerifyCertificateChainPolicy` that the tests make.
struct Call {
    /// The table of expected results that it is for.
    array: &'static str,
    policy: Called,
    at: &'static str,
    /// The server names that are asked for, one call each.
    names: &'static [&'static str],
    /// Error bits that the call's flags ignore. An unknown root that is ignored is one that is trusted.
    ignored: u32,
}

/// The policies.
#[derive(Clone, Copy)]
enum Called {
    /// `CERT_CHAIN_POLICY_BASE`, and `_AUTHENTICODE`, which looks at nothing else in these chains.
    Base,
    /// `CERT_CHAIN_POLICY_SSL`.
    Ssl,
    /// `CERT_CHAIN_POLICY_BASIC_CONSTRAINTS`: that bit alone.
    BasicConstraints,
    /// `CERT_CHAIN_POLICY_MICROSOFT_ROOT`: is the root one of Microsoft's?
    MicrosoftRoot,
}

const OCT_2007: &str = "2007-10-01T00:00:00Z";
const OCT_2009: &str = "2009-10-28T00:00:00Z";
const OCT_2010: &str = "2010-10-28T00:00:00Z";
const NOV_2016: &str = "2016-11-17T00:00:00Z";
const MAY_2020: &str = "2020-05-14T00:00:00Z";

const ROOT: u32 = error::UNTRUSTED_ROOT;
const TIME: u32 = error::NOT_TIME_VALID;
const USAGE: u32 = error::NOT_VALID_FOR_USAGE;

const fn call(
    array: &'static str,
    policy: Called,
    at: &'static str,
    names: &'static [&'static str],
    ignored: u32,
) -> Call {
    Call { array, policy, at, names, ignored }
}

/// How each table is used: the tables themselves hold the results only.
const CALLS: &[Call] = &[
    call("basePolicyCheck", Called::Base, OCT_2007, &[""], 0),
    call("ignoredUnknownCAPolicyCheck", Called::Base, OCT_2007, &[""], ROOT),
    call("ignoredUnknownCAPolicyCheck", Called::Ssl, OCT_2007, &[""], ROOT),
    call("ignoredBadDateNestingBasePolicyCheck", Called::Base, OCT_2007, &[""], ROOT | TIME),
    call("ignoredInvalidDateBasePolicyCheck", Called::Base, OCT_2007, &[""], ROOT | TIME),
    call("ignoredInvalidUsageBasePolicyCheck", Called::Base, OCT_2007, &[""], ROOT | TIME | USAGE),
    call("invalidUsageBasePolicyCheck", Called::Base, OCT_2007, &[""], ROOT | TIME),
    call("invalidExtensionPolicyCheck", Called::Base, OCT_2007, &[""], ROOT),
    call("invalidExtensionPolicyCheck", Called::Ssl, OCT_2007, &[""], ROOT),
    call("authenticodePolicyCheck", Called::Base, OCT_2007, &[""], 0),
    call("sslPolicyCheck", Called::Ssl, OCT_2007, &["", "winehq.org"], 0),
    call("googlePolicyCheckWithMatchingNameExpired", Called::Ssl, OCT_2007, &["www.google.com"], ROOT),
    call("googlePolicyCheckWithMatchingName", Called::Ssl, NOV_2016, &["www.google.com"], ROOT),
    call("opensslPolicyCheckWithMatchingName", Called::Ssl, OCT_2009, &["a.openssl.org"], 0),
    call(
        "opensslPolicyCheckWithoutMatchingName",
        Called::Ssl,
        OCT_2009,
        &["openssl.org", "fopenssl.org", "a.b.openssl.org"],
        0,
    ),
    call("stanfordPolicyCheckWithMatchingName", Called::Ssl, NOV_2016, &["cs.stanford.edu", "www.cs.stanford.edu"], 0),
    call("stanfordPolicyCheckWithoutMatchingName", Called::Ssl, NOV_2016, &["a.cs.stanford.edu"], 0),
    call("winehqPolicyCheckWithMatchingName", Called::Ssl, OCT_2007, &["test.winehq.org"], ROOT),
    call("winehqPolicyCheckWithoutMatchingName", Called::Ssl, OCT_2007, &["winehq.org", "a.b.winehq.org"], ROOT),
    call("fooPolicyCheckWithMatchingName", Called::Ssl, OCT_2007, &["foo.com", "a.foo.com"], ROOT),
    call("fooPolicyCheckWithoutMatchingName", Called::Ssl, OCT_2007, &["afoo.com"], ROOT),
    call("nullTerminatedDomainComponentPolicyCheck", Called::Ssl, OCT_2010, &["www.battle.net"], ROOT),
    call("basicConstraintsPolicyCheck", Called::BasicConstraints, OCT_2007, &[""], 0),
    call("msRootPolicyCheck", Called::MicrosoftRoot, MAY_2020, &[""], 0),
    call("msRootPolicyCheck_approot", Called::MicrosoftRoot, MAY_2020, &[""], 0),
];

pub(super) fn run(path: &Path) -> Result<Answers, String> {
    let file = data::json(&data::file(path, "windows.json"))?;
    let mut answers = Answers::default();
    let tests = data::list(&file, "tests")?;
    for (test, answer) in tests.iter().zip(watch::each(tests, statuses)) {
        answers.scored.push(Vector { id: data::string(test, "id")?.to_owned(), answer });
    }
    let tests = data::list(&file, "policy_tests")?;
    for (test, answer) in tests.iter().zip(watch::each(tests, |test| results(&file["certs"], test))) {
        let id = format!("{}:{}", data::string(test, "array")?, data::string(test, "chain")?);
        answers.scored.push(Vector { id, answer });
    }
    Ok(answers)
}

/// A certificate by its name in Wine's tests.
struct Named {
    name: String,
    pem: String,
}

/// The question about a chain that is given root first. What Wine's authors made themselves is called `chain...` or
/// `selfSigned...`, and Windows does not trust it; the others are public, and it did.
fn ask(
    certificates: Vec<Named>,
    with_store: bool,
    ignores_root: bool,
    name: &str,
    at: &str,
) -> Result<chain::Answer, String> {
    let policy = Policy {
        name: name.to_owned(),
        semantics: Semantics::Windows,
        common_name_fallback: true,
        ..Policy::default()
    };
    let mut chain = Chain { policy, ..Chain::default() };
    let last = certificates.len().saturating_sub(1);
    for (place, Named { name, pem }) in certificates.into_iter().enumerate() {
        let is_own = name.starts_with("chain") || name.starts_with("selfSigned");
        if place == last {
            chain.target.clone_from(&pem);
        }
        if place == 0 && (ignores_root || (!is_own && is_self_issued(&pem))) {
            chain.roots.push(pem);
        } else if place < last && with_store {
            chain.intermediates.push(pem);
        }
    }
    Ok(chain.ask(at)?.1)
}

fn is_self_issued(pem: &str) -> bool {
    let document = admit_core::Document::new("certificate", pem);
    let read = admit_core::certificate::read_certificates(&document);
    read.certificates.first().is_some_and(|pasted| pasted.value.is_self_issued())
}

fn statuses(test: &Value) -> Result<(), String> {
    let named = |value: &Value| {
        let pem = pem("CERTIFICATE", &der(data::string(value, "der_b64")?)?);
        Ok(Named { name: data::string(value, "name")?.to_owned(), pem })
    };
    let certificates: Result<Vec<_>, String> = data::list(test, "certs_root_first")?.iter().map(named).collect();
    let with_store = test["additional_store"].as_bool().ok_or("`additional_store` is missing")?;
    let answer = ask(certificates?, with_store, false, "", data::string(test, "time")?)?;
    // Old Windows says of every element that its issuer is preferred, newer ones don't; that bit is not compared.
    let ignored_info = bits(&test["ignore_on_old_windows"], "info")?;
    let status = |value: &Value| Ok::<_, String>((bits(value, "error")?, bits(value, "info")? & !ignored_info));
    let of = |status: &TrustStatus| (status.errors, status.info & !ignored_info);
    let elements = data::list(test, "expected_elements")?.first().and_then(Value::as_array).ok_or("no elements")?;
    let expected: Result<Vec<_>, String> = elements.iter().map(status).collect();
    let expected = (status(&test["expected_chain"])?, expected?);
    let found = (of(&answer.status), answer.elements.iter().map(|element| of(&element.status)).collect());
    if expected == found {
        return Ok(());
    }
    Err(format!("expected {expected:#x?}, found {found:#x?} {}", causes(&answer.elements))
        .replace('\n', "")
        .replace("    ", ""))
}

fn bits(value: &Value, name: &str) -> Result<u32, String> {
    value[name].as_u64().and_then(|bits| u32::try_from(bits).ok()).ok_or_else(|| format!("expected bits in {value}"))
}

fn results(certificates: &Value, test: &Value) -> Result<(), String> {
    let array = data::string(test, "array")?;
    let expected = data::string(test, "hresult")?;
    let mut calls = CALLS.iter().filter(|call| call.array == array).peekable();
    if calls.peek().is_none() {
        return Err("how this table is used is not known here".to_owned());
    }
    for call in calls {
        for name in call.names {
            let mut chain = Vec::new();
            for certificate in data::strings(test, "certs_root_first")? {
                let pem = pem("CERTIFICATE", &der(data::string(certificates, certificate)?)?);
                chain.push(Named { name: certificate.to_owned(), pem });
            }
            let answer = ask(chain, true, call.ignored & ROOT != 0, name, call.at)?;
            let standing = answer.status.errors & !call.ignored;
            let found = match call.policy {
                Called::MicrosoftRoot => return Err(format!("expected {expected}, found no answer to this policy")),
                Called::Ssl => answer.ssl_result.hresult,
                Called::Base if call.ignored & !ROOT == 0 => answer.base_result.hresult,
                Called::Base => policy_result(standing).map_or(0, |result| result.value),
                Called::BasicConstraints => {
                    policy_result(standing & error::INVALID_BASIC_CONSTRAINTS).map_or(0, |result| result.value)
                }
            };
            let found = format!("0x{found:08X}");
            if found != expected {
                return Err(format!("expected {expected}, found {found} for {name:?}: {}", causes(&answer.elements)));
            }
        }
    }
    Ok(())
}
