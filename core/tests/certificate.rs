//! What is read of a certificate and of a revocation list that OpenSSL made: `samples/leaf.pem` is self-signed by a key
//! that was thrown away and has every extension that is decoded (`openssl req -x509` with a configuration that sets
//! them), `samples/list.pem` is a list of the same key (`openssl ca -gencrl`), `samples/bundle.pem` is `openssl
//! crl2pkcs7 -nocrl -certfile leaf.pem`. The expected values are what `openssl x509 -text` prints.

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
