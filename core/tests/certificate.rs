//! What is read of a certificate and of a revocation list that OpenSSL made: `samples/leaf.pem` is self-signed by a key
//! that was thrown away and has every extension that is decoded (`openssl req -x509` with a configuration that sets
//! them), `samples/list.pem` is a list of the same key (`openssl ca -gencrl`), `samples/bundle.pem` is `openssl
//! crl2pkcs7 -nocrl -certfile leaf.pem`. The expected values are what `openssl x509 -text` prints.

#![allow(
    clippy::indexing_slicing,
    clippy::string_slice,
    clippy::expect_used,
    clippy::panic,
    clippy::arithmetic_side_effects,
    reason = "a test may panic"
)]

use admit_core::Document;
use admit_core::certificate::{
    Certificate, Crl, Facts, GeneralName, KeyUsage, NameForm, PointName, Reasons, known, read_certificates, read_crls,
};

fn leaf() -> Certificate {
    let document = Document::new("subject.certificates", include_str!("samples/leaf.pem"));
    let bundle = read_certificates(&document);
    assert_eq!(bundle.errors, []);
    bundle.certificates.into_iter().next().expect("one certificate").value
}

fn list() -> Crl {
    let document = Document::new("trust.crls", include_str!("samples/list.pem"));
    let bundle = read_crls(&document);
    assert_eq!(bundle.errors, []);
    bundle.crls.into_iter().next().expect("one list").value
}

#[test]
fn facts_are_what_openssl_prints() {
    let text = include_str!("samples/leaf.pem");
    let document = Document::new("subject.certificates", text);
    let facts = Facts::of(&leaf(), 1, document.span(0..text.len()));
    assert_eq!(facts.subject, "CN=leaf.example.com,O=Example\\, Inc.,C=DE");
    assert_eq!(facts.issuer, facts.subject);
    assert!(facts.self_issued);
    assert_eq!(facts.common_names, ["leaf.example.com"]);
    assert_eq!(facts.serial, "00f1e2d3c4");
    assert_eq!(facts.not_before.to_string(), "2026-11-22T13:37:09Z");
    assert_eq!(facts.not_after.to_string(), "2036-11-19T13:37:09Z");
    assert_eq!(facts.sha1, "dd65b14f38dbd9d9517f1eba9089196d17175588");
    assert_eq!(facts.sha256, "c50773b0fe6ab869a03ce845e4dcab162ebc1afcee39a16fd6c9758cc9585f7b");
    assert_eq!((facts.key.algorithm.as_ref(), facts.key.bits), ("P-256", 256));
    assert_eq!(facts.signature_algorithm, "ecdsa-with-SHA256");
    assert_eq!(facts.basic_constraints.map(|each| (each.ca, each.path_length)), Some((true, Some(2))));
    let usage = ["digitalSignature", "keyCertSign", "cRLSign"].map(Into::into).to_vec();
    assert_eq!(facts.key_usage, Some(usage));
    assert_eq!(facts.extended_key_usage, Some(["serverAuth", "clientAuth", "1.2.3.4"].map(Into::into).to_vec()));
    assert_eq!(facts.subject_key_id.as_deref(), Some("aedfd291f4acb74d2ac6bdd3b932239467d7242f"));
    assert_eq!(facts.authority_key_id, facts.subject_key_id);
    assert_eq!(facts.crl_urls, ["http://crl.example.com/a.crl"]);
    assert_eq!(facts.issuer_urls, ["http://ca.example.com/ca.cer"]);
    assert_eq!(facts.ocsp_urls, ["http://ocsp.example.com"]);
    assert_eq!(
        facts.alternative_names,
        [
            GeneralName::Dns("leaf.example.com".into()),
            GeneralName::Dns("*.example.com".into()),
            GeneralName::Ip("192.0.2.1".into()),
            GeneralName::Ip("2001:db8::1".into()),
            GeneralName::Email("a@example.com".into()),
            GeneralName::Uri("https://example.com/x".into()),
            GeneralName::Other("88022a03".into()),
            GeneralName::Other("a00a06022a03a0040c026d65".into()),
            GeneralName::Directory("CN=Somebody".into()),
        ]
    );
}

#[test]
fn every_extension_is_decoded() {
    let certificate = leaf();
    let extensions = &certificate.extensions;
    assert_eq!(extensions.faults().count(), 0);
    assert_eq!(extensions.list.len(), 15);
    assert!(extensions.repeated().is_none());
    let unknown: Vec<_> = extensions.unknown_critical().map(|each| each.oid.to_string()).collect();
    assert_eq!(unknown, ["1.2.3.9"]);
    assert_eq!(certificate.value(&extensions.list[14]), [5, 0]);
    assert!(extensions.key_usage.get().is_some_and(|usage| usage.contains(KeyUsage::KEY_CERT_SIGN)));
    assert!(!extensions.key_usage.get().is_some_and(|usage| usage.contains(KeyUsage::KEY_AGREEMENT)));

    let authority = extensions.authority_key_id.get().expect("authorityKeyIdentifier");
    assert_eq!(authority.serial.as_deref(), Some(certificate.serial()));
    assert_eq!(authority.issuer, [NameForm::Directory(certificate.issuer.clone())]);

    let points = extensions.crl_distribution_points.get().expect("distribution points");
    assert_eq!(points[0].reasons, Some(Reasons(0b110)));
    assert_eq!(points[0].crl_issuer.len(), 1);
    let Some(PointName::Relative(relative)) = &points[1].name else { panic!("{:?}", points[1]) };
    let joined = certificate.issuer.join(relative);
    assert_eq!(joined.to_string(), "CN=Part 2,CN=leaf.example.com,O=Example\\, Inc.,C=DE");
    assert!(joined.is_within(&certificate.issuer) && !joined.matches(&certificate.issuer));

    let constraints = extensions.name_constraints.get().expect("nameConstraints");
    assert_eq!(constraints.permitted[0].base, NameForm::Dns("example.com".into()));
    assert_eq!(constraints.excluded[0].base, NameForm::Ip(vec![10, 0, 0, 0, 255, 0, 0, 0]));
    let policies = extensions.policies.get().expect("certificatePolicies");
    assert_eq!(policies.iter().map(|each| each.id.to_string()).collect::<Vec<_>>(), ["1.2.3.5", "1.2.3.7"]);
    assert!(policies[0].qualifiers.is_none() && policies[1].qualifiers.is_some());
    let mappings = extensions.policy_mappings.get().expect("policyMappings");
    assert_eq!((mappings[0].issuer_domain.to_string(), mappings[0].subject_domain.to_string()).1, "1.2.3.6");
    let bounds = extensions.policy_constraints.get().expect("policyConstraints");
    assert_eq!((bounds.require_explicit_policy, bounds.inhibit_policy_mapping), (Some(3), Some(0)));
    assert_eq!(extensions.inhibit_any_policy.get(), Some(&1));
    assert_eq!(extensions.freshest_crl.get().map(Vec::len), Some(1));
}

#[test]
fn what_is_signed_is_kept_as_received() {
    let certificate = leaf();
    let signed = certificate.signed();
    assert_eq!(signed, &certificate.der()[4..4 + signed.len()]);
    assert_eq!((signed[0], certificate.signature()[0]), (0x30, 0x30));
    let end = certificate.der().len() - certificate.signature().len();
    assert_eq!(certificate.signature(), &certificate.der()[end..]);
    assert_eq!(certificate.public_key.key().len(), 65);
    assert_eq!(certificate.public_key.raw()[0], 0x30);
    assert_eq!(certificate.signature_algorithm, certificate.signed_signature_algorithm);
    assert_eq!(certificate.public_key.algorithm.oid, known::EC_PUBLIC_KEY);
    assert_eq!(certificate.version, 3);
}

#[test]
fn an_extension_that_is_broken_leaves_the_certificate_readable() {
    let certificate = leaf();
    let place = certificate.extensions.list[0].value;
    let mut der = certificate.der().to_vec();
    // basicConstraints becomes an OCTET STRING.
    der[place.start as usize] = 0x04;
    let broken = Certificate::from_der(der).expect("the certificate is readable");
    let fault = broken.extensions.basic_constraints.fault().expect("a fault");
    assert_eq!((fault.at, fault.expected), (place.start, "basicConstraints, a SEQUENCE"));
    assert_eq!(broken.extensions.faults().count(), 1);
}

#[test]
fn a_revocation_list_is_read() {
    let list = list();
    assert_eq!((list.version, list.count), (2, 2));
    assert_eq!(list.issuer.to_string(), "CN=leaf.example.com,O=Example\\, Inc.,C=DE");
    assert_eq!(list.this_update.to_string(), "2026-11-22T13:37:09Z");
    assert_eq!(list.next_update.map(|time| time.to_string()).as_deref(), Some("2026-12-22T13:37:09Z"));
    assert_eq!(list.number.get(), Some(&vec![31]));
    assert_eq!((list.faults().count(), list.unknown_critical().count()), (0, 0));
    let scope = list.scope.get().expect("issuingDistributionPoint");
    assert!(scope.only_user_certificates && scope.indirect && !scope.only_ca_certificates);
    assert_eq!(scope.only_reasons, Some(Reasons(0b110)));
    let entries: Vec<_> = list.entries().collect::<Result<_, _>>().expect("entries");
    assert_eq!((entries[0].serial, entries[0].reason), (&[1u8][..], Some(1)));
    assert_eq!((entries[1].serial, entries[1].reason), (&[2u8, 0xAB][..], None));
    assert_eq!(entries[1].date.to_string(), "2026-02-01T00:00:00Z");
    assert!(entries.iter().all(|entry| entry.fault.is_none() && !entry.unknown_critical));
    assert_eq!(list.signed()[0], 0x30);
}

fn wrap(tag: u8, parts: &[&[u8]]) -> Vec<u8> {
    let content = parts.concat();
    let length = u16::try_from(content.len()).expect("short").to_be_bytes();
    let head = match content.len() {
        0..0x80 => vec![tag, length[1]],
        0x80..0x100 => vec![tag, 0x81, length[1]],
        _ => vec![tag, 0x82, length[0], length[1]],
    };
    [head, content].concat()
}

const ALGORITHM: &[u8] = &[0x30, 0x0A, 0x06, 0x08, 0x2A, 0x86, 0x48, 0xCE, 0x3D, 0x04, 0x03, 0x02];
const SIGNATURE: &[u8] = &[0x03, 0x02, 0x00, 0x01];

#[test]
fn old_certificates_are_read() {
    let leaf = leaf();
    // Version 1, a negative serial number of 25 octets, valid from 1601 on, an empty issuer, a UniversalString.
    let serial = wrap(0x02, &[&[0x80; 25]]);
    let validity = wrap(0x30, &[&wrap(0x18, &[b"16010101000000Z"]), &wrap(0x17, &[b"491231235959Z"])]);
    let common_name = wrap(0x30, &[&[0x06, 3, 0x55, 4, 3], &wrap(0x1C, &[&[0, 1, 0xF5, 0x12]])]);
    let subject = wrap(0x30, &[&wrap(0x31, &[&common_name])]);
    let key = leaf.public_key.raw();
    let tbs = wrap(0x30, &[&serial, ALGORITHM, &[0x30, 0], &validity, &subject, key]);
    let old = Certificate::from_der(wrap(0x30, &[&tbs, ALGORITHM, SIGNATURE])).expect("a version 1 certificate");
    assert_eq!((old.version, old.serial()), (1, &[0x80; 25][..]));
    assert_eq!(old.validity.not_before.to_string(), "1601-01-01T00:00:00Z");
    assert!(old.issuer.is_empty() && old.extensions.list.is_empty() && !old.is_self_issued());
    assert_eq!(old.subject.to_string(), "CN=\u{1f512}");
    assert_eq!(old.signed(), tbs);
}

#[test]
fn a_revocation_list_of_version_1_is_read() {
    let leaf = leaf();
    let time = wrap(0x17, &[b"260101000000Z"]);
    let entry = wrap(0x30, &[&[2, 1, 5], &time]);
    let list = |parts: &[&[u8]]| {
        let tbs = wrap(0x30, &[&[ALGORITHM, leaf.issuer.raw(), &time], parts].concat());
        Crl::from_der(wrap(0x30, &[&tbs, ALGORITHM, SIGNATURE]))
    };
    let old = list(&[&wrap(0x30, &[&entry, &entry])]).expect("a version 1 list");
    assert_eq!((old.version, old.next_update, old.count), (1, None, 2));
    assert!(old.issuer.matches(&leaf.subject));
    assert_eq!(list(&[&time]).expect("an empty list").count, 0);
    // The second entry is cut: the fault is at its first byte.
    let broken = [&entry[..], &entry[..entry.len() - 1]].concat();
    let fault = list(&[&wrap(0x30, &[&broken])]).expect_err("a cut entry");
    assert_eq!(fault.found, "a value of 18 bytes of which 17 are there");
}
