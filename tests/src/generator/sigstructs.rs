//! The signature structures and enclaves that the cases hold, by case and artefact.

use std::path::PathBuf;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest as _, Sha256};

use super::sigstruct::{Key, RELEASE, Sigstruct};

/// The case, the artefact, and what it says.
const SIGSTRUCTS: &[(&str, &str, Sigstruct)] = &[
    ("article-restored", "sigstruct", RELEASE),
    ("policy-refuses", "sigstruct", Sigstruct { flags: 0x14, ..RELEASE }),
    ("policy-refuses-version", "sigstruct", Sigstruct { version: 1, ..RELEASE }),
    ("policy-keeps", "sigstruct", RELEASE),
    ("policy-undeclared", "sigstruct", RELEASE),
    ("policy-far-below", "sigstruct", Sigstruct { version: 7, ..RELEASE }),
    ("policy-known-bad", "sigstruct", RELEASE),
    ("tasks-approved", "sigstruct", RELEASE),
    ("sigstruct-release", "sigstruct", RELEASE),
    ("sigstruct-release", "kss", Sigstruct { flags: 0x84, family: 7, ..RELEASE }),
    ("sigstruct-mistaken", "debug", Sigstruct { flags: 0x6, ..RELEASE }),
    ("sigstruct-mistaken", "debug-left", Sigstruct { flags_mask: !0x2, xfrm_mask: !0xE4, ..RELEASE }),
    ("sigstruct-mistaken", "provision-key", Sigstruct { flags: 0x14, ..RELEASE }),
    ("sigstruct-mistaken", "kss-without-ids", Sigstruct { flags: 0x84, ..RELEASE }),
    ("sigstruct-mistaken", "attributes", Sigstruct { xfrm: 0xE3, ..RELEASE }),
    ("sigstruct-mistaken", "date", Sigstruct { date: 0x0111_2026, version: 0, product: 65_535, ..RELEASE }),
    ("sigstruct-mistaken", "header", Sigstruct { before: &[(24, 2)], ..RELEASE }),
    ("sigstruct-mistaken", "reserved", Sigstruct { after: &[(1028, 1)], ..RELEASE }),
    ("sigstruct-mistaken", "edited", Sigstruct { after: &[(1026, 9)], ..RELEASE }),
    ("sigstruct-mistaken", "quotient", Sigstruct { after: &[(1040, 9)], ..RELEASE }),
    ("sigstruct-mistaken", "short", Sigstruct { length: 1807, ..RELEASE }),
    ("sgxs-other", "sigstruct", RELEASE),
    ("manifest-contradicts", "sigstruct", RELEASE),
    ("gramine-mended", "sigstruct", RELEASE),
    ("run-other-image", "sigstruct", RELEASE),
    ("conversion-other-domain", "sigstruct", RELEASE),
    ("tasks-domain-only", "sigstruct", RELEASE),
    ("tasks-same-person", "sigstruct", RELEASE),
    ("keys-twice", "sigstruct", RELEASE),
    ("run-in-disguise", "sigstruct", RELEASE),
    ("run-in-disguise-not", "sigstruct", RELEASE),
    ("run-by-shell", "sigstruct", RELEASE),
    ("pod-init-privileged", "sigstruct", RELEASE),
    ("accepted-several", "sigstruct", RELEASE),
    ("accepted-none", "sigstruct", RELEASE),
    ("policy-severity-lets-in", "sigstruct", RELEASE),
    ("mask-leaves-privilege", "sigstruct", Sigstruct { flags_mask: !0x10, ..RELEASE }),
    ("mask-leaves-privilege-permitted", "sigstruct", Sigstruct { flags_mask: !0x10, ..RELEASE }),
    ("flow-verified", "sigstruct", RELEASE),
    ("flow-mistaken", "sigstruct", RELEASE),
    ("flow-waiting", "sigstruct", RELEASE),
    ("manifest-difference", "sigstruct", RELEASE),
    ("sigstruct-difference", "a-release", RELEASE),
    (
        "sigstruct-difference",
        "b-patch",
        Sigstruct { version: 3, flags_mask: !0x2, mrenclave: *b"an enclave of the tests, patched", ..RELEASE },
    ),
    ("session-slips", "sigstruct", RELEASE),
    ("pod-aliases", "sigstruct", RELEASE),
    ("pod-other-truths", "sigstruct", RELEASE),
    ("run-with-variables", "sigstruct", RELEASE),
    ("sgxs-listing", "sigstruct", RELEASE),
    ("sgxs-listing-other", "sigstruct", RELEASE),
    ("marblerun-broken", "sigstruct", RELEASE),
    ("gramine-values", "sigstruct", RELEASE),
    ("sigstruct-mistaken", "reserved-signed", Sigstruct { before: &[(44, 1)], ..RELEASE }),
    ("run-around-the-engine", "sigstruct", RELEASE),
    ("run-every-right", "sigstruct", RELEASE),
    ("build-rejected", "sigstruct", RELEASE),
    ("session-tolerant", "sigstruct", RELEASE),
    ("run-same-registry", "sigstruct", RELEASE),
    ("sigstruct-debug-mark", "sigstruct", Sigstruct { before: &[(15, 0x80)], ..RELEASE }),
    ("sigstruct-misc-reserved", "sigstruct", Sigstruct { before: &[(903, 0x80)], ..RELEASE }),
    ("sigstruct-misc-known", "sigstruct", Sigstruct { before: &[(900, 1)], ..RELEASE }),
    ("policy-features", "sigstruct", Sigstruct { flags: 0x84, family: 7, xfrm_mask: !0x4, ..RELEASE }),
    ("policy-features-other", "sigstruct", Sigstruct { flags: 0x84, family: 7, xfrm_mask: !0x4, ..RELEASE }),
    ("gsc-pinned", "sigstruct", RELEASE),
    ("gramine-folders-named", "sigstruct", RELEASE),
    ("debug-accepted", "sigstruct", Sigstruct { flags: 0x6, ..RELEASE }),
];

/// Cases with the enclave itself; in the second it is the one that is signed.
const ENCLAVES: [(&str, bool); 2] = [("sgxs-other", false), ("sgxs-signed", true)];

/// The files with their texts.
pub fn files() -> Vec<(PathBuf, String)> {
    let key = Key::throw_away();
    let path = |case: &str, artefact: &str| {
        crate::root().join("cases/enclave").join(case).join(format!("subject.artefacts.{artefact}.txt"))
    };
    let mut files = Vec::new();
    for (case, artefact, row) in SIGSTRUCTS {
        files.push((path(case, artefact), lines(&row.bytes(&key))));
    }
    let stream = stream();
    for (case, signed) in ENCLAVES {
        files.push((path(case, "enclave"), lines(&stream)));
        if signed {
            let row = Sigstruct { mrenclave: Sha256::digest(&stream).into(), ..RELEASE };
            files.push((path(case, "sigstruct"), lines(&row.bytes(&key))));
        }
    }
    files
}

/// MRSIGNER of the throw-away key.
pub fn mrsigner() -> String {
    Sha256::digest(Key::throw_away().modulus()).iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Base64, 64 characters a line.
fn lines(bytes: &[u8]) -> String {
    let base64 = STANDARD.encode(bytes);
    let lines: Vec<_> = base64.as_bytes().chunks(64).map(|line| String::from_utf8_lossy(line).into_owned()).collect();
    lines.join("\n") + "\n"
}

/// An enclave of two pages: a thread control structure, and a page that is half measured.
fn stream() -> Vec<u8> {
    let record = |tag: &[u8; 8], fields: &[u8]| {
        let mut record = [tag.as_slice(), fields].concat();
        record.resize(64, 0);
        record
    };
    let page =
        |offset: u64, security: u64| record(b"EADD\0\0\0\0", &[offset.to_le_bytes(), security.to_le_bytes()].concat());
    let mut stream = record(b"ECREATE\0", &[1_u32.to_le_bytes().as_slice(), &(8_u64 << 20).to_le_bytes()].concat());
    stream.extend(page(0, 0x100));
    stream.extend(page(0x1000, 0x205));
    for chunk in 0..8_u64 {
        stream.extend(record(b"EEXTEND\0", &(0x1000 + chunk * 256).to_le_bytes()));
        stream.extend([u8::try_from(chunk).unwrap_or(0); 256]);
    }
    stream
}
