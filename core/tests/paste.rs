//! Every form in which certificates are pasted, and the errors for what isn't one. How the samples were made is said in
//! `certificate.rs`.

#![allow(
    clippy::indexing_slicing,
    clippy::string_slice,
    clippy::expect_used,
    clippy::panic,
    clippy::arithmetic_side_effects,
    reason = "a test may panic"
)]

use admit_core::certificate::{Bundle, read_certificates, read_crls};
use admit_core::{Document, ErrorKind, Limits};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

const LEAF: &str = include_str!("samples/leaf.pem");
const LIST: &str = include_str!("samples/list.pem");
const BUNDLE: &str = include_str!("samples/bundle.pem");
/// The thumbprint of the leaf.
const SHA1: [u8; 4] = [0xDD, 0x65, 0xB1, 0x4F];

fn read(text: &str) -> Bundle {
    read_certificates(&Document::new("subject.certificates", text))
}

fn body(pem: &str) -> String {
    pem.lines().filter(|line| !line.starts_with('-')).collect()
}

fn der(pem: &str) -> Vec<u8> {
    STANDARD.decode(body(pem)).expect("base64")
}

fn hex(bytes: &[u8], between: &str) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect::<Vec<_>>().join(between)
}

/// Reads `count` times the leaf, without an error.
fn reads(text: &str, count: usize) {
    let bundle = read(text);
    assert_eq!(bundle.errors, [], "in {text}");
    assert!(bundle.certificates.iter().all(|each| each.value.sha1()[..4] == SHA1));
    assert_eq!(bundle.certificates.len(), count, "in {text}");
    for each in &bundle.certificates {
        assert!(each.span.start < each.span.end && each.span.end as usize <= text.len());
    }
}

#[test]
fn pem_is_read_whatever_stands_around_it() {
    reads(LEAF, 1);
    reads(&LEAF.repeat(3), 3);
    reads(&format!("\u{feff}Hello,\n\nsubject=CN = x\n{LEAF}\nBest regards -- me\n{LEAF}"), 2);
    reads(&LEAF.replace('\n', "\r\n"), 1);
    reads(&LEAF.replace('\n', "\n    "), 1);
    reads(&LEAF.lines().map(|line| format!("> | {line}\n")).collect::<String>(), 1);
    reads(&format!("{{\"certificate\": \"{}\"}}", LEAF.replace('\n', "\\n").replace('/', "\\/")), 1);
    reads(&format!("ssl = '{}'", LEAF.replace('\n', "\\r\\n")), 1);
    reads(&LEAF.lines().map(|line| format!("  \"{line}\",\n")).collect::<String>(), 1);
    reads(&LEAF.replace(' ', "%20").replace('\n', "%0A").replace('/', "%2F").replace('=', "%3D"), 1);
    reads(&LEAF.replace('\n', " "), 1);
    reads(&LEAF.replace("CERTIFICATE", "X509 CERTIFICATE"), 1);
    reads(&LEAF.replace("-----\nMII", "-----\nComment: a\n\nMII"), 1);
    let trusted = STANDARD.encode([der(LEAF), vec![0x30, 0x03, 0x0C, 0x01, 0x61]].concat());
    reads(&format!("-----BEGIN TRUSTED CERTIFICATE-----\n{trusted}\n-----END TRUSTED CERTIFICATE-----\n"), 1);
}

#[test]
fn pkcs7_is_read_under_any_label() {
    reads(BUNDLE, 1);
    reads(&BUNDLE.replace("PKCS7", "CMS"), 1);
    reads(&BUNDLE.replace("PKCS7", "CERTIFICATE"), 1);
    reads(&body(BUNDLE), 1);
    // SEQUENCE, the content type, tag 0xa0 and SignedData with indefinite lengths, as some libraries write them.
    let bytes = der(BUNDLE);
    let (kind, data) = (&bytes[4..15], &bytes[23..]);
    let ber = [&[0x30, 0x80], kind, &[0xA0, 0x80, 0x30, 0x80], data, &[0; 6]].concat();
    reads(&STANDARD.encode(&ber), 1);
    let bundle = read(&STANDARD.encode(&ber[..ber.len() - 2]));
    assert!(bundle.certificates.is_empty() && bundle.errors[0].help.is_some());
}

#[test]
fn bare_base64_and_hexadecimal_are_read() {
    let base64 = body(LEAF);
    reads(&base64, 1);
    reads(
        &format!("\n  {}\n", LEAF.lines().filter(|line| !line.starts_with('-')).collect::<Vec<_>>().join("\r\n  ")),
        1,
    );
    reads(&format!("{base64}\n{base64}\n\n{base64}\n"), 3);
    reads(&format!("<X509Certificate>{base64}</X509Certificate>"), 1);
    reads(&format!("data:application/x-x509-ca-cert;base64,{base64}"), 1);
    reads(&format!("the certificate is {base64} and no more"), 1);
    reads(&format!("tls.crt: {}\nkind: Secret\n", STANDARD.encode(LEAF)), 1);
    reads(&STANDARD.encode(LEAF.repeat(2)), 2);
    for between in ["", " ", ":", ", 0x", "\n"] {
        reads(&hex(&der(LEAF), between), 1);
    }
    reads(&format!("0x{}", hex(&der(LEAF), "").to_uppercase()), 1);
    reads(&hex(LEAF.as_bytes(), ""), 1);
}

#[test]
fn nothing_is_no_error_and_something_else_is() {
    reads("", 0);
    reads(" \u{feff}\r\n", 0);
    for (text, found) in [
        ("hello", "text without one"),
        ("---BEGIN CERTIFICATE---\nMIID\n---END CERTIFICATE---", "five hyphens"),
        ("0\u{fffd}\u{4}\u{fffd}0\u{fffd}", "binary"),
    ] {
        let bundle = read(text);
        assert!(bundle.errors[0].found.contains(found), "{:?}", bundle.errors);
    }
}

#[test]
fn a_broken_block_is_an_error_at_its_place_and_the_others_are_read() {
    let cut = &LEAF[..LEAF.len() - 60];
    let bundle = read(&format!("{cut}\n{LEAF}"));
    assert_eq!(bundle.certificates.len(), 1);
    assert_eq!((bundle.errors[0].kind, bundle.errors[0].span.line), (ErrorKind::Truncated, 1));
    assert_eq!(bundle.errors[0].expected, "a line `-----END CERTIFICATE-----`");

    // Whole lines are missing in the middle.
    let lines: Vec<&str> = LEAF.lines().collect();
    let bundle = read(&[&lines[..5], &lines[9..]].concat().join("\n"));
    assert_eq!((bundle.certificates.len(), bundle.errors.len()), (0, 1));
    assert!(bundle.errors[0].found.contains("at byte 0 of the DER"), "{:?}", bundle.errors);
    assert_eq!((bundle.errors[0].kind, bundle.errors[0].span.line), (ErrorKind::Truncated, 2));

    let bundle = read(&LEAF.replacen("MII", "MI*", 1));
    assert_eq!(
        (bundle.errors[0].found.as_str(), bundle.errors[0].span.line, bundle.errors[0].span.column),
        ("`*`", 2, 3)
    );

    let bundle = read(&LEAF.replace("END CERTIFICATE", "END X509 CRL"));
    assert_eq!((bundle.certificates.len(), bundle.errors[0].found.as_str()), (0, "`X509 CRL`"));
}

#[test]
fn a_fault_in_der_has_its_place_in_the_text() {
    // The tag of the serial number, after SEQUENCE, SEQUENCE and the version.
    let mut bytes = der(LEAF);
    assert_eq!(bytes[13], 0x02);
    bytes[13] = 0x04;
    let base64 = STANDARD.encode(&bytes);
    for (text, column) in [(base64.clone(), 18), (format!("x509: {base64}"), 24), (hex(&bytes, " "), 40)] {
        let bundle = read(&text);
        let error = &bundle.errors[0];
        assert_eq!(error.expected, "serialNumber, an INTEGER");
        assert_eq!(error.found, "a value with tag 0x04 at byte 13 of the DER");
        assert_eq!((error.span.line, error.span.column), (1, column));
    }
    let pem = format!("-----BEGIN CERTIFICATE-----\r\n{base64}\r\n-----END CERTIFICATE-----\r\n");
    let error = &read(&pem).errors[0];
    assert_eq!((error.span.line, error.span.column), (2, 18));
    let nested = STANDARD.encode(&pem);
    let error = &read(&nested).errors[0];
    // The place in the inner text, and from there in the outer one.
    assert_eq!(error.span.column, ((29 + 17) * 4 / 3) + 1);
}

/// Private keys in their forms: in DER, and in BER with longer lengths than needed.
fn keys() -> Vec<String> {
    [false, true].into_iter().flat_map(keys_of).collect()
}

fn keys_of(ber: bool) -> Vec<String> {
    let wrap = |tag: u8, parts: &[&[u8]]| {
        let content = parts.concat();
        let length = u8::try_from(content.len()).expect("short");
        let head = if ber || length >= 0x80 { vec![tag, 0x81, length] } else { vec![tag, length] };
        [head, content].concat()
    };
    let secret = [0x5A; 48];
    let integer = wrap(0x02, &[&[0x5A; 32]]);
    let oid = [0x06, 0x03, 0x2B, 0x65, 0x70];
    let pkcs8 = wrap(0x30, &[&[2, 1, 0], &wrap(0x30, &[&oid]), &wrap(4, &[&secret])]);
    let pkcs1 = wrap(0x30, &[&[2, 1, 0], &integer, &[2, 1, 3], &integer]);
    let sec1 = wrap(0x30, &[&[2, 1, 1], &wrap(4, &[&secret])]);
    let encrypted = wrap(0x30, &[&wrap(0x30, &[&oid]), &wrap(4, &[&secret])]);
    let data = [0x06, 0x09, 0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x07, 0x01];
    let pkcs12 = wrap(0x30, &[&[2, 1, 3], &wrap(0x30, &[&data, &wrap(0xA0, &[&secret])])]);
    [pkcs8, pkcs1, sec1, encrypted, pkcs12].iter().map(|der| STANDARD.encode(der)).collect()
}

fn masked(text: &str, certificates: usize) {
    let bundle = read(text);
    assert_eq!(bundle.private_keys.len(), 1, "in {text}");
    assert_eq!(bundle.findings.len(), 1);
    assert_eq!(bundle.findings[0].rule, "private-key-pasted");
    assert_eq!(bundle.certificates.len(), certificates, "in {text}: {:?}", bundle.errors);
    let shown = format!("{:?}{:?}", bundle.errors, bundle.findings);
    assert!(!shown.contains("Wlpa") && !shown.contains("5a5a") && !shown.contains("0x5a"), "{shown}");
    let span = &bundle.private_keys[0];
    let left = [&text[..span.start as usize], &text[span.end as usize..]].concat();
    assert!(!left.contains("Wlpa") && !left.contains("5a5a"), "not all is masked of {text}");
}

#[test]
fn private_keys_are_masked_and_the_certificates_beside_them_are_read() {
    for key in keys() {
        for label in ["PRIVATE KEY", "RSA PRIVATE KEY", "OPENSSH PRIVATE KEY", "ENCRYPTED PRIVATE KEY", "CERTIFICATE"] {
            let block = format!("-----BEGIN {label}-----\n{key}\n-----END {label}-----\n");
            masked(&block, 0);
            masked(&format!("{LEAF}{block}{LEAF}"), 2);
            // Cut in the middle, and followed by a certificate.
            masked(&format!("{}\n{LEAF}", &block[..block.len() / 2]), 1);
            masked(&block.replace('\n', "\\n"), 0);
            masked(&format!("data: {}", STANDARD.encode(&block)), 0);
        }
        masked(&key, 0);
        masked(&key[..key.len() - 12], 0);
        masked(&format!("key: {key}\n{LEAF}"), 1);
        masked(&hex(&STANDARD.decode(&key).expect("base64"), ""), 0);
        masked(&format!("{LEAF}{}\n-----END PRIVATE KEY-----\n{LEAF}", &key[16..]), 2);
        masked(&format!("---BEGIN PRIVATE KEY---\n{key}\n---END PRIVATE KEY---\n"), 0);
        masked(&format!("-----BEGIN RSA PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\n\n{key}\n"), 0);
        masked(&format!("-----BEGIN CERTIFICATE-----\n{key}\n-----END PRIVATE KEY-----\n"), 0);
    }
}

#[test]
fn one_block_too_many_is_an_error_and_keys_after_it_are_masked() {
    let block = "-----BEGIN X-----\n-----END X-----\n";
    let text = [&block.repeat(Limits::CERTIFICATES), LEAF, "-----BEGIN PRIVATE KEY-----\nMC4"].concat();
    let bundle = read(&text);
    let limits = bundle.errors.iter().filter(|error| error.kind == ErrorKind::Limit);
    assert_eq!((limits.count(), bundle.certificates.len(), bundle.private_keys.len()), (1, 0, 1));
    assert_eq!(bundle.private_keys[0].end as usize, text.len());
}

#[test]
fn what_is_not_a_certificate_is_named() {
    let named = |text: &str, what: &str| {
        let bundle = read(text);
        assert_eq!(bundle.certificates.len(), 0);
        assert!(bundle.errors.len() == 1 && bundle.errors[0].found.contains(what), "{:?}", bundle.errors);
    };
    named(LIST, "a revocation list");
    named(&LIST.replace("X509 CRL", "CERTIFICATE"), "a revocation list");
    named(&body(LIST), "a revocation list");
    named(&format!("-----BEGIN CERTIFICATE-----\n{}\n-----END CERTIFICATE-----\n", keys()[4]), "PKCS#12");
    let key = "MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA==";
    named(&format!("-----BEGIN PUBLIC KEY-----\n{key}\n-----END PUBLIC KEY-----\n"), "a public key");
    // Version 0, an empty name, a key, an algorithm, a signature.
    let request = STANDARD.encode(
        [&[0x30, 0x6A, 0x30, 0x60, 2, 1, 0, 0x30, 0, 0x30, 0x59][..], &[0; 0x59], &[0x30, 2, 5, 0, 3, 2, 0, 0]]
            .concat(),
    );
    named(
        &format!("-----BEGIN CERTIFICATE REQUEST-----\n{request}\n-----END CERTIFICATE REQUEST-----"),
        "signing request",
    );
    named("-----BEGIN PGP MESSAGE-----\n\naGVsbG8=\n=AbCd\n-----END PGP MESSAGE-----\n", "");

    let bundle = read_crls(&Document::new("trust.crls", LEAF));
    assert!(bundle.errors[0].found == "a certificate" && bundle.certificates.is_empty());
    assert_eq!(read_crls(&Document::new("trust.crls", &body(LIST))).crls.len(), 1);
}
