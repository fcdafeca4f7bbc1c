//! Cases that are too large to keep as files: each is at or beyond one of the core's limits.

use admit_core::chain::{Policy, Subject};
use admit_core::{Case, Question, Revocation, Trust};

use super::instant::instant;
use super::key::{Algorithm, Key};
use super::material::Piece;
use super::{der, extension, special};

const AT: &str = "2026-11-22T00:00:00Z";
const HOST: &str = "www.shop.example";

/// A certificate before it is signed.
pub(super) struct Draft {
    pub(super) subject: Vec<u8>,
    pub(super) issuer: Vec<u8>,
    pub(super) serial: Vec<u8>,
    pub(super) key: Vec<u8>,
    pub(super) extensions: Vec<Vec<u8>>,
}

impl Draft {
    /// An authority of its own with this name and key.
    pub(super) fn root(name: &str, key: &Key) -> Self {
        let extensions = vec![extension::authority(None), extension::key_usage(&[5, 6])];
        Self {
            subject: common_name(name),
            issuer: common_name(name),
            serial: vec![1],
            key: key.public_info(),
            extensions,
        }
    }

    /// A certificate of [`HOST`].
    fn leaf(issuer: &str, key: &Key) -> Self {
        let extensions = vec![extension::end_entity()];
        Self {
            subject: common_name(HOST),
            issuer: common_name(issuer),
            serial: vec![2],
            key: key.public_info(),
            extensions,
        }
    }

    pub(super) fn sign(&self, key: &Key) -> Vec<u8> {
        let to_be_signed = der::sequence(&[
            der::context(0, &der::integer(&[2])),
            der::integer(&self.serial),
            key.signature_algorithm(),
            self.issuer.clone(),
            der::sequence(&[instant("2026-01-01T00:00:00Z"), instant("2028-01-01T00:00:00Z")]),
            self.subject.clone(),
            self.key.clone(),
            der::context(3, &der::sequence(&self.extensions)),
        ]);
        let signature = key.sign(&to_be_signed);
        der::sequence(&[to_be_signed, key.signature_algorithm(), der::bits(&signature)])
    }
}

pub(super) fn common_name(text: &str) -> Vec<u8> {
    der::sequence(&[der::set(&[der::sequence(&[der::oid("2.5.4.3"), der::utf8(text)])])])
}

fn key(name: &str) -> Key {
    Key::of(name, Algorithm::Ed25519)
}

pub(super) fn pem(label: &'static str, certificates: &[Vec<u8>]) -> String {
    certificates.iter().map(|der| Piece::new(label, der.clone()).pem()).collect()
}

fn case(certificates: &[Vec<u8>], roots: &[Vec<u8>]) -> Case {
    let certificates = pem("CERTIFICATE", certificates);
    text(certificates, pem("CERTIFICATE", roots))
}

fn text(certificates: String, roots: String) -> Case {
    Case {
        title: None,
        teaches: None,
        at: AT.parse().expect("an instant"),
        question: Question::Chain(Policy::default(), Subject { certificates }),
        trust: Trust { roots, ..Trust::default() },
        expect: Vec::new(),
    }
}

/// A certificate below a trusted root, with what `change` does to it and to its root.
fn pair(change: impl FnOnce(&mut Draft, &mut Draft)) -> Case {
    let (root_key, leaf_key) = (key("stress root"), key("stress leaf"));
    let (mut leaf, mut root) = (Draft::leaf("Root", &leaf_key), Draft::root("Root", &root_key));
    change(&mut leaf, &mut root);
    case(&[leaf.sign(&root_key)], &[root.sign(&root_key)])
}

/// Nothing unusual: what the others are compared with.
pub fn plain() -> Case {
    pair(|_, _| {})
}

/// A certificate with `count` host names.
pub fn names(count: usize) -> Case {
    pair(|leaf, _| leaf.extensions.push(extension::host_names(&hosts(count))))
}

fn hosts(count: usize) -> Vec<String> {
    (0..count).map(|number| format!("h{number}.shop.example")).collect()
}

/// A certificate with `count` host names, below a root that permits `count` others and the last one.
pub fn name_constraints(count: usize) -> Case {
    let subtree = |host: &str| der::sequence(&[der::context_string(2, host.as_bytes())]);
    let mut subtrees: Vec<_> = (0..count).map(|number| subtree(&format!("s{number}.other.example"))).collect();
    subtrees.push(subtree("shop.example"));
    let constraints = der::sequence(&[der::context(0, &subtrees.concat())]);
    pair(|leaf, root| {
        leaf.extensions.push(extension::host_names(&hosts(count)));
        root.extensions.push(extension::extension("2.5.29.30", true, &constraints));
    })
}

/// A certificate with `count` directory names beyond ASCII, below a root that excludes `count` others: what comparing them
/// takes is more than looking at them.
pub fn directory_names(count: usize) -> Case {
    let directory = |text: String| {
        let attribute = der::sequence(&[der::oid("2.5.4.10"), der::utf8(&text)]);
        der::context(4, &der::sequence(&[der::set(&[attribute])]))
    };
    let names: Vec<_> = (0..count).map(|number| directory(format!("\u{e4} {number} y"))).collect();
    let subtrees: Vec<_> =
        (0..count).map(|number| der::sequence(&[directory(format!("a \u{e4} {number} z"))])).collect();
    let constraints = der::sequence(&[der::context(1, &subtrees.concat())]);
    pair(|leaf, root| {
        leaf.extensions.push(extension::extension("2.5.29.17", false, &der::sequence(&names)));
        root.extensions.push(extension::extension("2.5.29.30", true, &constraints));
    })
}

/// A certificate with every extension that is decoded, in each of its parts, one that is not known and one that can't be
/// read.
pub fn every_extension() -> Case {
    let string = |number, text: &str| der::context_string(number, text.as_bytes());
    let name = |text: &str| der::sequence(&[der::set(&[der::sequence(&[der::oid("2.5.4.3"), der::utf8(text)])])]);
    let subtree = |parts: &[Vec<u8>]| der::sequence(parts);
    let qualifier =
        der::sequence(&[der::sequence(&[der::oid("1.3.6.1.5.5.7.2.1"), der::value(0x16, b"http://cps.example/")])]);
    let points = der::sequence(&[
        der::sequence(&[der::context(0, &der::context(0, &string(6, "http://crl.example/a")))]),
        der::sequence(&[
            der::context(0, &special::relative("Part")),
            // keyCompromise and cACompromise.
            der::context_string(1, &[5, 0x60]),
            der::context(2, &der::context(4, &name("Lists"))),
        ]),
    ]);
    let access = |method: &str, at: &str| der::sequence(&[der::oid(method), string(6, at)]);
    let extensions: Vec<(&str, bool, Vec<u8>)> = vec![
        ("2.5.29.19", true, der::sequence(&[der::boolean(true), der::integer(&[3])])),
        ("2.5.29.15", true, der::named_bits(&[0, 5, 6])),
        ("2.5.29.37", false, der::sequence(&[der::oid("1.3.6.1.5.5.7.3.1"), der::oid("1.3.6.1.4.1.32473.7")])),
        (
            "2.5.29.17",
            false,
            der::sequence(&[
                string(2, "www.shop.example"),
                der::context_string(7, &[192, 0, 2, 1]),
                string(1, "info@shop.example"),
                string(6, "https://shop.example/"),
                der::context(4, &name("Shop")),
                der::context_string(8, &[0x2a, 3, 4]),
            ]),
        ),
        ("2.5.29.14", false, der::octets(&[0xab, 0xcd])),
        (
            "2.5.29.35",
            false,
            der::sequence(&[
                der::context_string(0, &[0x12, 0x34]),
                der::context(1, &der::context(4, &name("Root"))),
                der::context_string(2, &[0x56]),
            ]),
        ),
        ("2.5.29.31", false, points.clone()),
        ("2.5.29.46", false, points),
        (
            "1.3.6.1.5.5.7.1.1",
            false,
            der::sequence(&[
                access("1.3.6.1.5.5.7.48.1", "http://ocsp.example/"),
                access("1.3.6.1.5.5.7.48.2", "http://ca.example/root.cer"),
            ]),
        ),
        (
            "2.5.29.30",
            true,
            der::sequence(&[
                der::context(
                    0,
                    &[
                        subtree(&[string(2, "shop.example")]),
                        subtree(&[der::context_string(7, &[192, 0, 2, 0, 255, 255, 255, 0])]),
                    ]
                    .concat(),
                ),
                der::context(
                    1,
                    &subtree(&[
                        string(1, ".secret.example"),
                        der::context_string(0, &[1]),
                        der::context_string(1, &[4]),
                    ]),
                ),
            ]),
        ),
        (
            "2.5.29.32",
            false,
            der::sequence(&[
                der::sequence(&[der::oid("2.5.29.32.0")]),
                der::sequence(&[der::oid("1.3.6.1.4.1.32473.1"), qualifier]),
            ]),
        ),
        (
            "2.5.29.33",
            true,
            der::sequence(&[der::sequence(&[der::oid("1.3.6.1.4.1.32473.1"), der::oid("1.3.6.1.4.1.32473.2")])]),
        ),
        ("2.5.29.36", true, der::sequence(&[der::context_string(0, &[2]), der::context_string(1, &[1])])),
        ("2.5.29.54", true, der::boolean(true)),
        ("1.3.6.1.4.1.32473.99", false, vec![5, 0]),
    ];
    pair(|leaf, _| {
        leaf.extensions =
            extensions.iter().map(|(id, critical, der)| extension::extension(id, *critical, der)).collect();
    })
}

/// A certificate with `count` extensions that nobody knows, besides its own.
pub fn extensions(count: usize) -> Case {
    let unknown = |number| extension::extension(&format!("1.3.6.1.4.1.32473.{number}"), false, &der::null());
    pair(|leaf, _| leaf.extensions.extend((0..count).map(unknown)))
}

/// A certificate whose subject has `count` attributes, each in a relative name of its own.
pub fn attributes(count: usize) -> Case {
    let unit = der::set(&[der::sequence(&[der::oid("2.5.4.11"), der::utf8("unit")])]);
    pair(|leaf, _| leaf.subject = der::sequence(&vec![unit; count]))
}

/// A certificate with `count` policies, where one is required.
pub fn policies(count: usize) -> Case {
    let policies: Vec<_> =
        (0..count).map(|number| der::sequence(&[der::oid(&format!("1.3.6.1.4.1.32473.{number}"))])).collect();
    let mut case = pair(|leaf, _| {
        leaf.extensions.push(extension::extension("2.5.29.32", false, &der::sequence(&policies)));
    });
    if let Question::Chain(policy, _) = &mut case.question {
        policy.policies.require_explicit = true;
    }
    case
}

/// A certificate whose serial number has `count` bytes.
pub fn serial(count: usize) -> Case {
    pair(|leaf, _| leaf.serial = vec![0x55; count])
}

/// A certificate below a root with an RSA key whose modulus and exponent have these numbers of bytes.
pub fn rsa_key(modulus: usize, exponent: usize) -> Case {
    let public = der::sequence(&[der::integer(&vec![0xd5; modulus]), der::integer(&vec![0x55; exponent])]);
    let algorithm = der::sequence(&[der::oid("1.2.840.113549.1.1.1"), der::null()]);
    // Signed by another RSA key: the algorithm fits, and the key is looked at before the signature.
    let signer = Key::of("stress rsa", Algorithm::Rsa1024);
    let mut root = Draft::root("Root", &signer);
    root.key = der::sequence(&[algorithm, der::bits(&public)]);
    case(&[Draft::leaf("Root", &key("stress leaf")).sign(&signer)], &[root.sign(&signer)])
}

/// `count` authorities of one name, none of which issued the certificate.
pub fn issuers(count: usize) -> Case {
    let signer = key("stress nobody");
    let mut case =
        case(&[Draft::leaf("Issuing", &signer).sign(&signer)], &[Draft::root("Root", &signer).sign(&signer)]);
    let issuer = |number: usize| {
        let mut draft = Draft::root("Issuing", &key(&format!("stress {number}")));
        draft.issuer = common_name("Root");
        draft.sign(&signer)
    };
    case.trust.intermediates = pem("CERTIFICATE", &(0..count).map(issuer).collect::<Vec<_>>());
    case
}

/// `count` authorities, each below the next, and a trusted root above the last.
pub fn authorities(count: usize) -> Case {
    let keys: Vec<_> = (0..=count).map(|number| key(&format!("stress line {number}"))).collect();
    let name = |number: usize| format!("Line {number}");
    let mut certificates = vec![Draft::leaf(&name(0), &key("stress leaf")).sign(&keys[0])];
    for number in 0..count {
        let mut draft = Draft::root(&name(number), &keys[number]);
        draft.issuer = common_name(&name(number + 1));
        certificates.push(draft.sign(&keys[number + 1]));
    }
    case(&certificates, &[Draft::root(&name(count), &keys[count]).sign(&keys[count])])
}

/// The same certificate `count` times.
pub fn copies(count: usize) -> Case {
    let mut case = plain();
    if let Question::Chain(_, subject) = &mut case.question {
        subject.certificates = subject.certificates.repeat(count);
    }
    case
}

/// A certificate, and a list of its issuer with `count` entries; the certificate is the last one if `revoked`.
pub fn revocation_list(count: usize, revoked: bool) -> Case {
    let mut case = plain();
    let signer = key("stress root");
    let date = instant("2026-11-01T00:00:00Z");
    let mut entries = Vec::with_capacity(count * 24);
    for number in 0..count {
        // Three bytes, none of them the certificate's own number, which is one byte.
        let serial = u32::try_from(number).expect("a number of entries") + 0x10_0000;
        let serial = if revoked && number + 1 == count { vec![2] } else { serial.to_be_bytes().to_vec() };
        entries.extend(der::sequence(&[der::integer(&serial), date.clone()]));
    }
    let to_be_signed = der::sequence(&[
        der::integer(&[1]),
        signer.signature_algorithm(),
        common_name("Root"),
        instant("2026-11-20T00:00:00Z"),
        instant("2026-12-20T00:00:00Z"),
        der::value(0x30, &entries),
        der::context(0, &der::sequence(&[extension::crl_number(1)])),
    ]);
    let signature = signer.sign(&to_be_signed);
    let list = der::sequence(&[to_be_signed, signer.signature_algorithm(), der::bits(&signature)]);
    case.trust.crls = pem("X509 CRL", &[list]);
    case.trust.revocation = Revocation::Supplied;
    case
}

/// A PKCS#7 bundle in which `depth` SEQUENCEs of indefinite length stand in each other.
pub fn nested(depth: usize) -> Case {
    let mut bytes = vec![0x30, 0x80];
    bytes.extend(der::oid("1.2.840.113549.1.7.2"));
    bytes.extend([0xa0, 0x80]);
    bytes.extend([0x30, 0x80].repeat(depth));
    bytes.extend(vec![0; 2 * (depth + 2)]);
    text(pem("PKCS7", &[bytes]), String::from("none"))
}
