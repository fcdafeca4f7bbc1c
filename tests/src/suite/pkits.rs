//! NIST PKITS: path validation as RFC 5280 has it, with policies and revocation lists.

use std::path::Path;

use admit_core::Revocation;
use admit_core::chain::{Policy, PolicyInputs};
use serde_json::Value;

use super::question::{Chain, decide, pem};
use super::vector::{Answers, Vector};
use super::{data, watch};

pub(super) fn run(path: &Path) -> Result<Answers, String> {
    let path = data::file(path, "pkits.json");
    let folder = path.parent().unwrap_or(Path::new(""));
    let file = data::json(&path)?;
    let tests = data::list(&file, "tests")?;
    let mut answers = Answers::default();
    for (test, answer) in tests.iter().zip(watch::each(tests, |test| ask(folder, test))) {
        answers.scored.push(Vector { id: data::string(test, "test_id")?.to_owned(), answer });
    }
    Ok(answers)
}

fn ask(folder: &Path, test: &Value) -> Result<(), String> {
    let mut chain = chain(folder, test)?;
    chain.revocation = Revocation::Supplied;
    for name in data::strings(test, "crls")? {
        chain.crls.push(pem("X509 CRL", &data::bytes(&folder.join("crls").join(format!("{name}.crl")))?));
    }
    let good = match data::string(test, "expected")? {
        "valid" => true,
        "invalid" => false,
        other => return Err(format!("the result {other} is unknown")),
    };
    let (report, answer) = chain.ask(data::string(&test["settings"], "time")?)?;
    decide(&report, &answer, good)
}

/// A test's certificates and settings, without its revocation lists.
pub(super) fn chain(folder: &Path, test: &Value) -> Result<Chain, String> {
    let settings = &test["settings"];
    let is_set = |name: &str| settings[name].as_bool().ok_or_else(|| format!("`{name}` is missing"));
    let policies = PolicyInputs {
        acceptable: data::strings(settings, "initial_policy_set_oids")?.into_iter().map(str::to_owned).collect(),
        require_explicit: is_set("initial_explicit_policy")?,
        inhibit_mapping: is_set("initial_policy_mapping_inhibit")?,
        inhibit_any: is_set("initial_inhibit_any_policy")?,
    };
    let mut chain = Chain { policy: Policy { policies, ..Policy::default() }, ..Chain::default() };
    let (anchor, target) = (data::string(test, "trust_anchor")?, data::string(test, "target")?);
    for name in data::strings(test, "certs")? {
        let certificate = pem("CERTIFICATE", &data::bytes(&folder.join("certs").join(format!("{name}.crt")))?);
        if name == anchor {
            chain.roots.push(certificate);
        } else if name == target {
            chain.target = certificate;
        } else {
            chain.intermediates.push(certificate);
        }
    }
    Ok(chain)
}
