//! Edge and malformed certificates and revocation lists, with the verdicts of OpenSSL, pyca and Go.

use std::path::Path;

use admit_core::certificate::{Certificate, Crl, Fault};
use serde_json::Value;

use super::question::{Chain, pem};
use super::vector::{Answers, Vector};
use super::{data, watch};

pub(super) fn run(path: &Path) -> Result<Answers, String> {
    let path = data::file(path, "index.jsonl");
    let folder = path.parent().unwrap_or(Path::new(""));
    let text = data::text(&path)?;
    let objects: Result<Vec<Value>, _> = text.lines().map(serde_json::from_str).collect();
    let objects = objects.map_err(|error| format!("{}: {error}", path.display()))?;
    let mut answers = Answers::default();
    for (object, answer) in objects.iter().zip(watch::each(&objects, |object| ask(folder, object))) {
        let id = data::string(object, "file")?.to_owned();
        match answer {
            Some(answer) => answers.scored.push(Vector { id, answer }),
            None => {
                let kind = data::string(object, "kind")?.to_owned();
                answers.apart.push((format!("{kind}, not read"), Vector { id, answer: Ok(()) }));
            }
        }
    }
    Ok(answers)
}

/// Nothing for what Admit doesn't read.
fn ask(folder: &Path, object: &Value) -> Option<Result<(), String>> {
    let read: fn(Vec<u8>) -> Result<(), Fault> = match object["kind"].as_str() {
        Some("cert") => |der| Certificate::from_der(der).map(drop),
        Some("crl") => |der| Crl::from_der(der).map(drop),
        _ => return None,
    };
    Some(judge(folder, object, read))
}

fn judge(folder: &Path, object: &Value, read: fn(Vec<u8>) -> Result<(), Fault>) -> Result<(), String> {
    let der = data::bytes(&folder.join(data::string(object, "file")?))?;
    let length = der.len();
    // The whole engine must hold, too, whatever it thinks of it.
    let mut chain = Chain { target: pem("CERTIFICATE", &der), ..Chain::default() };
    if object["kind"] == "crl" {
        chain.crls.push(pem("X509 CRL", &der));
    } else {
        chain.roots.push(chain.target.clone());
    }
    chain.ask("2026-11-22T00:00:00Z")?;
    let found = watch::within(move || read(der))?;
    if let Err(fault) = &found
        && usize::try_from(fault.at).is_ok_and(|at| at > length)
    {
        return Err(format!("byte {} is outside", fault.at));
    }
    let [openssl, pyca, go] = ["openssl", "pyca", "go"].map(|name| object[name].as_str().unwrap_or_default());
    // "ext: ..." says that pyca reads the certificate, and refuses an extension of it.
    let expected = match [openssl == "ok", pyca == "ok" || pyca.starts_with("ext:"), go == "ok"] {
        [true, true, true] => true,
        [false, false, false] => false,
        _ => return Ok(()),
    };
    if expected == found.is_ok() { Ok(()) } else { Err(format!("({openssl}, {pyca}, {go}), found {found:?}")) }
}
