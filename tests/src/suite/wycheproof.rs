//! The signature vectors of Wycheproof: ECDSA, EdDSA, RSASSA-PKCS1-v1_5 and RSASSA-PSS, each through
//! [`admit_core::signature::verify`] as a certificate's signature would be.

use std::fs;
use std::path::Path;

use admit_core::signature::{Algorithm, PublicKey, verify};
use const_oid::ObjectIdentifier;
use serde_json::Value;

use super::vector::{Answers, Vector};
use super::{data, watch};

/// Runs every vector of every file of the folder.
pub(super) fn run(path: &Path) -> Result<Answers, String> {
    let entries = fs::read_dir(path).map_err(|error| format!("{}: {error}", path.display()))?;
    let mut files: Vec<_> = entries.filter_map(|entry| Some(entry.ok()?.path())).collect();
    files.retain(|path| path.extension().is_some_and(|extension| extension == "json"));
    files.sort();
    let mut answers = Answers::default();
    for vectors in watch::each(&files, |path| {
        let name = path.file_stem().unwrap_or_default().to_string_lossy();
        let name = name.strip_suffix("_test").unwrap_or(&name);
        run_file(&data::json(path)?, name).map_err(|error| format!("{}: {error}", path.display()))
    }) {
        answers.scored.extend(vectors?);
    }
    Ok(answers)
}

fn run_file(file: &Value, name: &str) -> Result<Vec<Vector>, String> {
    let promised = file["numberOfTests"].as_u64().ok_or("numberOfTests is missing")?;
    let mut vectors = Vec::new();
    for group in data::list(file, "testGroups")? {
        let key = bytes(&group["publicKeyDer"])?;
        let (oid, parameters) = algorithm(group)?;
        for test in data::list(group, "tests")? {
            let algorithm = Algorithm { oid, parameters: parameters.as_deref() };
            let (message, signature) = (bytes(&test["msg"])?, bytes(&test["sig"])?);
            let found = PublicKey::from_der(&key).and_then(|key| verify(&key, &algorithm, &message, &signature));
            vectors.push(judge(test, name, found.map(|_| ()).map_err(|failure| failure.to_string()))?);
        }
    }
    let run = vectors.len();
    if u64::try_from(run) == Ok(promised) {
        Ok(vectors)
    } else {
        Err(format!("expected {promised} vectors, found {run}"))
    }
}

/// What the suite leaves open ("acceptable") must be listed with a reason, either way: its id starts with that word and
/// the flag that says why.
fn judge(test: &Value, name: &str, found: Result<(), String>) -> Result<Vector, String> {
    let mut id = format!("{name} {}", test["tcId"]);
    let expected = data::string(test, "result")?;
    let answer = match (expected, &found) {
        ("valid", Ok(())) | ("invalid", Err(_)) => Ok(()),
        _ => {
            if expected == "acceptable" {
                id = format!("acceptable {} {id}", data::strings(test, "flags")?.join(","));
            }
            let found = found.map_or_else(|failure| failure, |()| "a right signature".to_owned());
            Err(format!("expected {expected}, found: {found} ({})", test["comment"]))
        }
    };
    Ok(Vector { id, answer })
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
