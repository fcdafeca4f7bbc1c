//! Readers on truncated, corrupted and random input: no panic, spans inside the document, faults inside the bytes.

#![allow(
    clippy::indexing_slicing,
    clippy::string_slice,
    clippy::expect_used,
    clippy::panic,
    clippy::arithmetic_side_effects,
    reason = "a test may panic"
)]

use admit_core::Document;
use admit_core::certificate::{Bundle, Certificate, Crl, Facts, read_certificates, read_crls};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

const LEAF: &str = include_str!("samples/leaf.pem");
const LIST: &str = include_str!("samples/list.pem");
const BUNDLE: &str = include_str!("samples/bundle.pem");

fn der(pem: &str) -> Vec<u8> {
    STANDARD.decode(pem.lines().filter(|line| !line.starts_with('-')).collect::<String>()).expect("base64")
}

/// xorshift64*, so that a failure can be repeated.
struct Random(u64);

impl Random {
    fn next(&mut self) -> usize {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        usize::try_from(self.0.wrapping_mul(0x2545_F491_4F6C_DD1D) >> 33).expect("31 bits")
    }
}

fn inside(text: &str, bundle: &Bundle) {
    let errors = bundle.errors.iter().map(|error| &error.span);
    let certificates = bundle.certificates.iter().map(|each| &each.span);
    for span in errors.chain(certificates).chain(&bundle.private_keys) {
        assert!(text.get(span.start as usize..span.end as usize).is_some(), "{span:?} is outside");
    }
    for each in &bundle.certificates {
        let facts = Facts::of(&each.value, 1, each.span.clone());
        assert!(!facts.subject.chars().chain(facts.issuer.chars()).any(char::is_control));
        for fault in each.value.extensions.faults() {
            assert!(fault.at as usize <= each.value.der().len());
        }
    }
}

fn read_both(text: &str) -> Bundle {
    let document = Document::new("subject.certificates", text);
    inside(text, &read_crls(&document));
    let bundle = read_certificates(&document);
    inside(text, &bundle);
    bundle
}

fn read_der(bytes: &[u8]) {
    if let Err(fault) = Certificate::from_der(bytes) {
        assert!(fault.at as usize <= bytes.len());
    }
    match Crl::from_der(bytes) {
        Err(fault) => assert!(fault.at as usize <= bytes.len()),
        Ok(list) => {
            assert_eq!(list.entries().count(), list.count as usize);
            for entry in list.entries().flatten() {
                let _ = list.certificate_issuer(&entry);
            }
        }
    }
}

#[test]
fn every_truncation_is_refused() {
    for pem in [LEAF, BUNDLE] {
        let end = pem.trim_end().len();
        for length in 0..end {
            let bundle = read_both(&pem[..length]);
            assert!(bundle.certificates.is_empty(), "{length} bytes of {end}");
            assert!(length == 0 || !bundle.errors.is_empty(), "{length} bytes of {end}");
        }
    }
    let bytes = der(LEAF);
    for length in 0..bytes.len() {
        assert!(Certificate::from_der(&bytes[..length]).is_err());
        let bundle = read_both(&STANDARD.encode(&bytes[..length]));
        assert!(bundle.certificates.is_empty() && (length == 0 || !bundle.errors.is_empty()), "{length} bytes");
    }
    let bytes = der(LIST);
    for length in 0..bytes.len() {
        assert!(Crl::from_der(&bytes[..length]).is_err());
    }
}

#[test]
fn corrupted_bytes_do_no_harm() {
    for pem in [LEAF, LIST] {
        let good = der(pem);
        for at in 0..good.len() {
            for flip in [0x01, 0x20, 0x80, 0xFF] {
                let mut bytes = good.clone();
                bytes[at] ^= flip;
                read_der(&bytes);
            }
        }
    }
    for pem in [LEAF, BUNDLE] {
        for at in (0..pem.len()).step_by(3) {
            for byte in ["=", "-", "\u{202e}", "\n\n", "A", "\\", "%"] {
                read_both(&[&pem[..at], byte, &pem[at + 1..]].concat());
            }
        }
    }
}

#[test]
fn random_input_does_no_harm() {
    let mut random = Random(0x9E37_79B9_7F4A_7C15);
    let pieces = [
        "-----BEGIN ",
        "-----END ",
        "CERTIFICATE",
        "PRIVATE KEY",
        "-----",
        "\n",
        "\\n",
        "MIID",
        "LS0tLS1CRUdJTi",
        "MIIB",
        "=",
        "%0A",
        "30",
        "82",
        "0x",
        ":",
        ">",
        " ",
        "\u{1f512}",
        "AgEA",
        "BgkqhkiG9w0BBwGg",
        "PKCS7",
        "BEGIN",
    ];
    for _ in 0..4000 {
        let count = random.next() % 40;
        let text: String = (0..count).map(|_| pieces[random.next() % pieces.len()]).collect();
        read_both(&text);
        let bytes: Vec<u8> = (0..random.next() % 200).map(|_| random.next().to_le_bytes()[0]).collect();
        read_der(&bytes);
        read_both(&STANDARD.encode(&bytes));
        read_both(&String::from_utf8_lossy(&bytes));
    }
    // Several bytes of a good certificate at once.
    let good = der(LEAF);
    for _ in 0..20_000 {
        let mut bytes = good.clone();
        for _ in 0..1 + random.next() % 3 {
            let at = random.next() % bytes.len();
            bytes[at] = random.next().to_le_bytes()[0];
        }
        read_der(&bytes);
    }
}

#[test]
fn large_input_is_bounded() {
    for piece in [
        "-----BEGIN A-----",
        "-----BEGIN A-----\n",
        "MIID",
        "MIIDAgEA ",
        "LS0tLS1CRUdJTi ",
        "30",
        "BEGIN PRIVATE KEY\n",
        "MIH/MDAw\n\n",
    ] {
        let text = piece.repeat(1_000_000 / piece.len());
        let bundle = read_both(&text);
        assert!(bundle.errors.len() <= 20_001);
    }
}
