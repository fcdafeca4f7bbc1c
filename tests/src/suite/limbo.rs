//! x509-limbo: path validation as seen by a TLS library.

use std::collections::BTreeMap;
use std::path::Path;

use admit_core::Revocation;
use admit_core::chain::{Policy, Purpose};
use serde_json::Value;

use super::question::{Chain, decide};
use super::vector::{Answers, Vector};
use super::{data, watch};

/// What counts. The other classes are rules for issuers and browsers, and a limit that few verifiers have.
const SCORED: [&str; 5] = ["core", "bettertls", "crl", "dos", "hostname"];

/// "Now", for cases without an instant: their certificates are valid from 1970 to 2969.
const NOW: &str = "2026-11-22T00:00:00Z";

pub(super) fn run(path: &Path) -> Result<Answers, String> {
    let path = data::file(path, "limbo.json");
    let classes = classes(&path.with_file_name("classes.tsv"))?;
    let file = data::json(&path)?;
    let cases = data::list(&file, "testcases")?;
    let mut answers = Answers::default();
    for (case, answer) in cases.iter().zip(watch::each(cases, ask)) {
        let id = data::string(case, "id")?;
        // The many cases of the last class are not in the table.
        let class =
            classes.get(id).map_or(if id.starts_with("bettertls::") { "bettertls" } else { "core" }, String::as_str);
        let vector = Vector { id: id.to_owned(), answer };
        if SCORED.contains(&class) {
            answers.scored.push(vector);
        } else {
            answers.apart.push((class.to_owned(), vector));
        }
    }
    Ok(answers)
}

/// The class of each case: first and third column of a table with a heading.
fn classes(path: &Path) -> Result<BTreeMap<String, String>, String> {
    let text = data::text(path)?;
    let rows = text.lines().skip(1).map(|line| {
        let mut cells = line.split('\t');
        Some((cells.next()?.to_owned(), cells.nth(1)?.to_owned()))
    });
    rows.collect::<Option<_>>().ok_or_else(|| format!("{}: a row is too short", path.display()))
}

fn ask(case: &Value) -> Result<(), String> {
    let owned =
        |name: &str| Ok::<_, String>(data::strings(case, name)?.into_iter().map(str::to_owned).collect::<Vec<_>>());
    let purpose = match data::string(case, "validation_kind")? {
        "SERVER" => Purpose::ServerAuth,
        "CLIENT" => Purpose::ClientAuth,
        other => return Err(format!("the kind {other} is unknown")),
    };
    let peer = &case["expected_peer_name"];
    let name = match peer["kind"].as_str() {
        Some("DNS" | "IP") => data::string(peer, "value")?,
        _ => "",
    };
    let policy = Policy {
        purpose: Some(purpose),
        name: name.to_owned(),
        max_intermediates: case["max_chain_depth"].as_u64().and_then(|depth| u32::try_from(depth).ok()),
        ..Policy::default()
    };
    let crls = owned("crls")?;
    let chain = Chain {
        policy,
        target: data::string(case, "peer_certificate")?.to_owned(),
        roots: owned("trusted_certs")?,
        intermediates: owned("untrusted_intermediates")?,
        revocation: if crls.is_empty() { Revocation::AssumeGood } else { Revocation::Supplied },
        crls,
    };
    let good = match data::string(case, "expected_result")? {
        "SUCCESS" => true,
        "FAILURE" => false,
        other => return Err(format!("the result {other} is unknown")),
    };
    let (report, answer) = chain.ask(case["validation_time"].as_str().unwrap_or(NOW))?;
    decide(&report, &answer, good)
}
