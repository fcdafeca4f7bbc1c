//! Reads the corpus of edge and malformed certificates, where it is there: what OpenSSL, Go and pyca all read is read,
//! what all refuse is refused with a position inside the bytes.

#![allow(
    clippy::indexing_slicing,
    clippy::string_slice,
    clippy::expect_used,
    clippy::panic,
    clippy::arithmetic_side_effects,
    reason = "a test may panic"
)]

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use admit_core::certificate::{Certificate, Crl, Fault};

/// Objects that differ from the three parsers on purpose, by the start of their file name, with the reason.
const EXPLAINED: &[(&str, &str)] = &[];

fn read(kind: &str, der: &[u8]) -> Option<Result<(), Fault>> {
    match kind {
        "cert" => Some(Certificate::from_der(der).map(drop)),
        "crl" => Some(Crl::from_der(der).map(drop)),
        _ => None,
    }
}

#[test]
fn the_corpus_is_read_as_others_read_it() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/data/certificates");
    let Ok(index) = fs::read_to_string(folder.join("index.jsonl")) else {
        eprintln!("skipped: {} is not there", folder.display());
        return;
    };
    let mut unexplained = Vec::new();
    let mut counts = BTreeMap::new();
    for line in index.lines() {
        let entry: serde_json::Value = serde_json::from_str(line).expect("a line of the index is JSON");
        let field = |name: &str| entry.get(name).and_then(|value| value.as_str()).unwrap_or_default();
        let der = fs::read(folder.join(field("file"))).expect("the file of the index is there");
        let Some(answer) = read(field("kind"), &der) else { continue };
        let [openssl, pyca, go] = ["openssl", "pyca", "go"].map(field);
        // "ext: ..." says that pyca reads the certificate, and refuses an extension of it.
        let accepts = [openssl == "ok", pyca == "ok" || pyca.starts_with("ext"), go == "ok"];
        let expected = match accepts {
            [true, true, true] => Some(true),
            [false, false, false] => Some(false),
            _ => None,
        };
        if let Err(fault) = &answer {
            assert!(fault.at as usize <= der.len(), "{}: byte {} is outside", field("file"), fault.at);
        }
        *counts.entry((field("kind").to_owned(), accepts, answer.is_ok())).or_insert(0) += 1;
        let agrees = expected.is_none_or(|expected| expected == answer.is_ok());
        let explained = EXPLAINED.iter().any(|(file, _)| field("file").contains(file));
        if agrees == explained {
            unexplained.push(format!("{} {} ({openssl}, {pyca}, {go}): {answer:?}", field("file"), field("orig")));
        }
    }
    for (key, count) in &counts {
        eprintln!("{key:?}: {count}");
    }
    assert!(unexplained.is_empty(), "{} unexplained:\n{}", unexplained.len(), unexplained.join("\n"));
}
