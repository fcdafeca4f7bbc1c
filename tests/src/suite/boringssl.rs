//! BoringSSL's chains with every error expected per certificate, and its errors for the PKITS chains.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use admit_core::chain::status::error;
use admit_core::chain::{Policy, Purpose};
use admit_core::{Level, Verdict};
use serde_json::Value;

use super::question::{Chain, causes, sha1};
use super::vector::{Answers, Vector};
use super::{data, pkits, watch};

/// Purposes of other protocols than TLS.
const OTHER_PURPOSES: [&str; 3] = ["MLS_CLIENT_AUTH", "C2PA_TIMESTAMPING", "C2PA_MANIFEST"];

/// The errors expected of each certificate of a chain, by its place, target first.
type Expected = BTreeMap<usize, Vec<String>>;

pub(super) fn run(path: &Path) -> Result<Answers, String> {
    let path = data::file(path, "boringssl.json");
    let file = data::json(&path)?;
    let tests = data::list(&file, "tests")?;
    let mut answers = Answers::default();
    for (test, answer) in tests.iter().zip(watch::each(tests, ask)) {
        let vector = Vector { id: data::string(test, "id")?.to_owned(), answer };
        let purpose = data::string(test, "key_purpose")?;
        if OTHER_PURPOSES.contains(&purpose) {
            answers.apart.push((purpose.to_owned(), vector));
        } else {
            answers.scored.push(vector);
        }
    }
    pkits(&path, &mut answers)?;
    Ok(answers)
}

fn ask(test: &Value) -> Result<(), String> {
    let mut certificates: Vec<String> = data::strings(test, "chain_pem")?.into_iter().map(str::to_owned).collect();
    let places: Vec<String> = certificates.iter().map(|pem| sha1(pem)).collect();
    let purpose = match data::string(test, "key_purpose")? {
        purpose if purpose.starts_with("SERVER_AUTH") => Some(Purpose::ServerAuth),
        purpose if purpose.starts_with("CLIENT_AUTH") => Some(Purpose::ClientAuth),
        _ => None,
    };
    let is_trusted = match data::string(test, "last_cert_trust")? {
        trust if trust.starts_with("TRUSTED_") => true,
        "DISTRUSTED" | "UNSPECIFIED" => false,
        other => return Err(format!("the trust {other} is unknown")),
    };
    let mut policy = Policy { purpose, ..Policy::default() };
    // BoringSSL's test lets SHA-1 pass in the chain of this name, so as to ask about something else.
    if test["chain"].as_str().is_some_and(|chain| chain.starts_with("sha1")) {
        policy.severity.insert("signature-sha1".to_owned(), Level::Warning);
    }
    let mut chain = Chain { policy, ..Chain::default() };
    chain.target = certificates.first().cloned().ok_or("an empty chain")?;
    if is_trusted {
        chain.roots.extend(certificates.pop());
    }
    chain.intermediates = certificates.into_iter().skip(1).collect();
    let mut expected = Expected::new();
    for (certificate, errors) in test["expected_errors"].as_object().into_iter().flatten() {
        let errors = errors.as_array().into_iter().flatten().filter_map(Value::as_str);
        expected.insert(place(certificate)?, errors.filter_map(error_text).collect());
    }
    let good = test["valid"].as_bool().ok_or("`valid` is missing")?;
    compare(chain, data::string(test, "time")?, &places, &expected, good)
}

/// The tests of PKITS for which BoringSSL writes its errors down. It asks nothing about revocation there. Its errors in
/// chains that are good by PKITS itself say what BoringSSL doesn't support.
fn pkits(path: &Path, answers: &mut Answers) -> Result<(), String> {
    let file = data::json(&path.with_file_name("pkits_errors.json"))?;
    let beside = path.parent().and_then(Path::parent).unwrap_or(Path::new("")).join("pkits/pkits.json");
    let tests = if beside.exists() { beside } else { data::shared().join("pkits/pkits.json") };
    let folder = tests.parent().unwrap_or(Path::new(""));
    let tests = data::json(&tests)?;
    let listed: Vec<_> = data::list(&tests, "tests")?
        .iter()
        .filter_map(|test| Some((test, file[test["test_id"].as_str()?].as_str()?)))
        .collect();
    let judged = watch::each(&listed, |(test, text)| {
        let chain = pkits::chain(folder, test)?;
        let mut places = vec![sha1(&chain.target)];
        places.extend(chain.intermediates.iter().rev().map(|pem| sha1(pem)));
        places.extend(chain.roots.iter().map(|pem| sha1(pem)));
        let expected = sections(text)?;
        let good = data::string(test, "expected")? == "valid";
        compare(chain, data::string(&test["settings"], "time")?, &places, &expected, good)
    });
    for ((test, _), answer) in listed.iter().zip(judged) {
        let vector = Vector { id: format!("pkits {}", data::string(test, "test_id")?), answer };
        if data::string(test, "expected")? == "valid" {
            answers.apart.push(("good by PKITS and refused by BoringSSL".to_owned(), vector));
        } else {
            answers.scored.push(vector);
        }
    }
    Ok(())
}

/// The errors of a text with a heading for each certificate.
fn sections(text: &str) -> Result<Expected, String> {
    let mut expected = Expected::new();
    let mut now = None;
    for line in text.lines() {
        if let Some(heading) = line.strip_prefix("----- ") {
            now = if heading.starts_with("Certificate ") { Some(place(heading)?) } else { None };
        } else if let Some(error) = error_text(line) {
            expected.entry(now.unwrap_or_default()).or_default().push(error);
        }
    }
    Ok(expected)
}

/// `1` of `Certificate i=1 (CN=Intermediate)`.
fn place(heading: &str) -> Result<usize, String> {
    let number = heading.split_once("i=").and_then(|(_, rest)| rest.split(' ').next());
    number
        .and_then(|number| number.parse().ok())
        .ok_or_else(|| format!("expected a certificate's number in `{heading}`"))
}

/// Warnings are none.
fn error_text(line: &str) -> Option<String> {
    line.strip_prefix("ERROR: ").map(str::to_owned)
}

/// What stands for an error of BoringSSL here.
struct Meaning {
    /// Any of these bits.
    bits: u32,
    /// Whether the element is the same; if not, it is the chain.
    same_element: bool,
}

fn meaning(error: &str) -> Option<Meaning> {
    let element = |bits| Some(Meaning { bits, same_element: true });
    let chain = |bits| Some(Meaning { bits, same_element: false });
    let names = error::NOT_PERMITTED_NAME_CONSTRAINT
        | error::EXCLUDED_NAME_CONSTRAINT
        | error::NOT_SUPPORTED_NAME_CONSTRAINT
        | error::NOT_DEFINED_NAME_CONSTRAINT
        | error::INVALID_NAME_CONSTRAINTS;
    match error {
        "Time is after notAfter" | "Time is before notBefore" => element(error::NOT_TIME_VALID),
        "VerifySignedData failed" | "Unacceptable signature algorithm" => element(error::NOT_SIGNATURE_VALID),
        "Unconsumed critical extension" => element(error::NOT_SUPPORTED_CRITICAL_EXT | error::INVALID_EXTENSION),
        "keyCertSign bit is not set" => element(error::NOT_VALID_FOR_USAGE),
        "max_path_length reached" | "Does not have Basic Constraints" | "Basic Constraints indicates not a CA" => {
            element(error::INVALID_BASIC_CONSTRAINTS)
        }
        "No valid policy" | "PolicyMappings must not map anyPolicy" => {
            chain(error::NO_ISSUANCE_CHAIN_POLICY | error::INVALID_POLICY_CONSTRAINTS)
        }
        // Windows, and so Admit, has them on the authority that states the constraint.
        "Not permitted by name constraints" => chain(names),
        "subject does not match issuer" => chain(error::PARTIAL_CHAIN),
        "Certificate is not a trust anchor" => chain(error::UNTRUSTED_ROOT | error::PARTIAL_CHAIN),
        _ if error.starts_with("The extended key usage does not include ") => element(error::NOT_VALID_FOR_USAGE),
        _ => None,
    }
}

fn compare(chain: Chain, at: &str, places: &[String], expected: &Expected, good: bool) -> Result<(), String> {
    let (report, answer) = chain.ask(at)?;
    let mut wrong = Vec::new();
    if (report.verdict == Verdict::Admitted) != good {
        wrong.push(if good { "expected a good chain".to_owned() } else { "FALSE ACCEPT".to_owned() });
    }
    // What is expected anywhere, and of each element.
    let mut anywhere = 0;
    let mut of_element: BTreeMap<usize, u32> = BTreeMap::new();
    for (&place, errors) in expected {
        let element = answer.elements.iter().find(|element| Some(&element.sha1) == places.get(place));
        for error in errors.iter().collect::<BTreeSet<_>>() {
            let Some(Meaning { bits, same_element }) = meaning(error) else {
                wrong.push(format!("`{error}` of certificate {place} has no equivalent"));
                continue;
            };
            let found =
                if same_element { element.map_or(0, |element| element.status.errors) } else { answer.status.errors };
            if found & bits == 0 {
                wrong.push(format!("`{error}` of certificate {place} was not found"));
            }
            if same_element {
                *of_element.entry(place).or_default() |= bits;
            } else {
                anywhere |= bits;
            }
        }
    }
    for element in &answer.elements {
        let place = places.iter().position(|sha1| *sha1 == element.sha1).unwrap_or(usize::MAX);
        let weak = error::WEAK_SIGNATURE;
        let allowed = anywhere | of_element.get(&place).copied().unwrap_or_default() | weak;
        let surplus = element.status.errors & !allowed;
        if surplus != 0 {
            wrong.push(format!("{surplus:#x} of certificate {place} is not expected"));
        }
    }
    if wrong.is_empty() {
        return Ok(());
    }
    Err(format!("{}; found: {} {}", wrong.join("; "), report.summary, causes(&answer.elements)))
}
