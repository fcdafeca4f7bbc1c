//! The signature vectors of Wycheproof: ECDSA, EdDSA, RSASSA-PKCS1-v1_5 and RSASSA-PSS, each through
//! [`admit_core::signature::verify`] as a certificate's signature would be.

use std::fs;
use std::path::Path;

use admit_core::signature::{Algorithm, PublicKey, verify};
use const_oid::ObjectIdentifier;
use serde_json::Value;

use super::outcome::Outcome;

/// Where Admit refuses what the suite leaves open ("acceptable"), by the vector's flag. Nothing else is left open.
const REFUSED: &[(&str, &str)] = &[(
    "MissingNull",
    "DigestInfo without the NULL of its algorithm: RFC 8017, appendix B.1, has it present in EMSA-PKCS1-v1_5",
)];

/// Runs every vector of every file of the folder.
pub fn run(data: &Path) -> Outcome {
    let mut outcome = Outcome::default();
    let mut files: Vec<_> = match fs::read_dir(data) {
        Ok(entries) => entries.filter_map(|entry| Some(entry.ok()?.path())).collect(),
        Err(error) => {
            outcome.unexplained.push((data.display().to_string(), error.to_string()));
            return outcome;
        }
    };
    files.retain(|path| path.extension().is_some_and(|extension| extension == "json"));
    files.sort();
    for path in &files {
        let name = path.file_stem().unwrap_or_default().to_string_lossy();
        let name = name.strip_suffix("_test").unwrap_or(&name);
        if let Err(error) = run_file(path, name, &mut outcome) {
            outcome.unexplained.push((name.to_owned(), error));
        }
    }
    if outcome.run == 0 {
        outcome.unexplained.push((data.display().to_string(), "no vector was found".to_owned()));
    }
    outcome
}

fn run_file(path: &Path, name: &str, outcome: &mut Outcome) -> Result<(), String> {
    let text = fs::read_to_string(path).map_err(|error| error.to_string())?;
    let file: Value = serde_json::from_str(&text).map_err(|error| error.to_string())?;
    let promised = file["numberOfTests"].as_u64().ok_or("numberOfTests is missing")?;
    let before = outcome.run;
    for group in file["testGroups"].as_array().ok_or("testGroups is missing")? {
        let key = bytes(&group["publicKeyDer"])?;
        let (oid, parameters) = algorithm(group)?;
        for test in group["tests"].as_array().ok_or("tests is missing")? {
            let algorithm = Algorithm { oid, parameters: parameters.as_deref() };
            let (message, signature) = (bytes(&test["msg"])?, bytes(&test["sig"])?);
            let found = PublicKey::from_der(&key).and_then(|key| verify(&key, &algorithm, &message, &signature));
            judge(test, format!("{name} {}", test["tcId"]), found.map(|_| ()).map_err(|e| e.to_string()), outcome)?;
        }
    }
    let run = outcome.run.saturating_sub(before);
    if u64::from(run) == promised { Ok(()) } else { Err(format!("expected {promised} vectors, found {run}")) }
}

fn judge(test: &Value, name: String, found: Result<(), String>, outcome: &mut Outcome) -> Result<(), String> {
    outcome.run = outcome.run.saturating_add(1);
    let expected = test["result"].as_str().ok_or("result is missing")?;
    match (expected, &found) {
        ("valid", Ok(())) | ("invalid", Err(_)) => outcome.agree = outcome.agree.saturating_add(1),
        ("acceptable", Err(_)) if let Some(reason) = reason(test) => outcome.explained.push((name, reason)),
        _ => {
            let found = found.map_or_else(|failure| failure, |()| "a right signature".to_owned());
            outcome.unexplained.push((name, format!("expected {expected}, found: {found} ({})", test["comment"])));
        }
    }
    Ok(())
}

fn reason(test: &Value) -> Option<&'static str> {
    let flags = test["flags"].as_array()?;
    REFUSED.iter().find(|(flag, _)| flags.iter().any(|found| found == flag)).map(|(_, reason)| *reason)
}

/// The AlgorithmIdentifier that a certificate signed as the group says would have.
fn algorithm(group: &Value) -> Result<(ObjectIdentifier, Option<Vec<u8>>), String> {
    let text = |name: &str| group[name].as_str().ok_or(format!("{name} is missing"));
    let kind = text("type")?;
    if kind == "EddsaVerify" {
        return Ok((oid("1.3.101.112")?, None));
    }
    let hash = text("sha")?;
    let found = match (kind, hash) {
        ("EcdsaVerify", "SHA-256") => "1.2.840.10045.4.3.2",
        ("EcdsaVerify", "SHA-384") => "1.2.840.10045.4.3.3",
        ("EcdsaVerify", "SHA-512") => "1.2.840.10045.4.3.4",
        ("RsassaPkcs1Verify", "SHA-256") => "1.2.840.113549.1.1.11",
        ("RsassaPkcs1Verify", "SHA-384") => "1.2.840.113549.1.1.12",
        ("RsassaPkcs1Verify", "SHA-512") => "1.2.840.113549.1.1.13",
        ("RsassaPssVerify" | "RsassaPssWithParametersVerify", _) => {
            let salt = group["sLen"].as_u64().ok_or("sLen is missing")?;
            let salt = u8::try_from(salt).ok().filter(|salt| *salt < 128).ok_or("sLen is too large")?;
            let parameters = pss_parameters(hash_identifier(hash)?, hash_identifier(text("mgfSha")?)?, salt);
            return Ok((oid("1.2.840.113549.1.1.10")?, Some(parameters)));
        }
        _ => return Err(format!("{kind} with {hash} is unknown")),
    };
    let parameters = kind.starts_with("Rsassa").then(|| vec![5, 0]);
    Ok((oid(found)?, parameters))
}

/// RSASSA-PSS-params (RFC 4055, section 3.1), with every default written out.
fn pss_parameters(hash: ObjectIdentifier, mask_hash: ObjectIdentifier, salt: u8) -> Vec<u8> {
    const MGF1: &[u8] = b"\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x01\x08";
    let identifier = |hash: ObjectIdentifier| tlv(0x30, &[&tlv(6, &[hash.as_bytes()]), &[5, 0]]);
    let mask = tlv(0x30, &[MGF1, &identifier(mask_hash)]);
    let salt = tlv(2, &[&[salt]]);
    tlv(0x30, &[&tlv(0xa0, &[&identifier(hash)]), &tlv(0xa1, &[&mask]), &tlv(0xa2, &[&salt])])
}

/// A DER value of up to 127 bytes.
fn tlv(tag: u8, parts: &[&[u8]]) -> Vec<u8> {
    let content = parts.concat();
    let length = u8::try_from(content.len()).expect("PSS parameters are short");
    assert!(length < 128, "PSS parameters are short");
    [&[tag, length], content.as_slice()].concat()
}

fn hash_identifier(name: &str) -> Result<ObjectIdentifier, String> {
    oid(match name {
        "SHA-1" => "1.3.14.3.2.26",
        "SHA-224" => "2.16.840.1.101.3.4.2.4",
        "SHA-256" => "2.16.840.1.101.3.4.2.1",
        "SHA-384" => "2.16.840.1.101.3.4.2.2",
        "SHA-512" => "2.16.840.1.101.3.4.2.3",
        _ => return Err(format!("hash function {name} is unknown")),
    })
}

fn oid(arcs: &str) -> Result<ObjectIdentifier, String> {
    ObjectIdentifier::new(arcs).map_err(|error| format!("{arcs}: {error}"))
}

/// Bytes from hexadecimal.
fn bytes(value: &Value) -> Result<Vec<u8>, String> {
    let text = value.as_str().ok_or("hexadecimal text is missing")?.as_bytes();
    let digit = |byte: u8| char::from(byte).to_digit(16).ok_or("a character that is not hexadecimal");
    text.chunks(2)
        .map(|pair| match pair {
            &[high, low] => Ok(u8::try_from(digit(high)? << 4 | digit(low)?).unwrap_or_default()),
            _ => Err("half a byte of hexadecimal".to_owned()),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn agrees_with_every_decided_vector() {
        let data = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/data/certificates/wycheproof");
        if !data.is_dir() {
            println!("not run: {} is not there", data.display());
            return;
        }
        let outcome = run(&data);
        println!("{outcome}");
        assert!(outcome.run > 5_000, "only {} vectors", outcome.run);
        assert!(outcome.unexplained.is_empty(), "{outcome}");
    }

    #[test]
    fn says_that_a_folder_is_missing() {
        let outcome = run(Path::new("no such folder"));
        assert_eq!(outcome.unexplained.len(), 1);
        assert_eq!(outcome.run, 0);
    }
}
