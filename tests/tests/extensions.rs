//! What a report says of every extension that the core decodes, word for word.

use admit_core::evaluate;
use admit_tests::generator::stress;

/// Name, whether it is critical, and what it says.
type Told = (&'static str, bool, &'static [&'static str]);

const POINTS: &[&str] = &[
    "uniformResourceIdentifier http://crl.example/a",
    "relative name CN=Part, reasons keyCompromise cACompromise, cRLIssuer directoryName CN=Lists",
];

const TOLD: [Told; 15] = [
    ("basicConstraints", true, &["cA TRUE", "pathLenConstraint 3"]),
    ("keyUsage", true, &["digitalSignature", "keyCertSign", "cRLSign"]),
    ("extKeyUsage", false, &["serverAuth", "1.3.6.1.4.1.32473.7"]),
    (
        "subjectAltName",
        false,
        &[
            "dNSName www.shop.example",
            "iPAddress 192.0.2.1",
            "rfc822Name info@shop.example",
            "uniformResourceIdentifier https://shop.example/",
            "directoryName CN=Shop",
            "other 88032a0304",
        ],
    ),
    ("subjectKeyIdentifier", false, &["abcd"]),
    ("authorityKeyIdentifier", false, &["key 1234", "issuer directoryName CN=Root", "serial number 56"]),
    ("cRLDistributionPoints", false, POINTS),
    ("freshestCRL", false, POINTS),
    (
        "authorityInfoAccess",
        false,
        &[
            "ocsp uniformResourceIdentifier http://ocsp.example/",
            "caIssuers uniformResourceIdentifier http://ca.example/root.cer",
        ],
    ),
    (
        "nameConstraints",
        true,
        &[
            "permitted dNSName shop.example",
            "permitted iPAddress 192.0.2.0/255.255.255.0",
            "excluded rfc822Name .secret.example, minimum 1, maximum 4",
        ],
    ),
    (
        "certificatePolicies",
        false,
        &[
            "anyPolicy",
            "1.3.6.1.4.1.32473.1 with qualifiers 3021301f06082b060105050702011613687474703a2f2f6370732e6578616d706c652f",
        ],
    ),
    ("policyMappings", true, &["1.3.6.1.4.1.32473.1 is 1.3.6.1.4.1.32473.2 below"]),
    ("policyConstraints", true, &["requireExplicitPolicy 2", "inhibitPolicyMapping 1"]),
    // It is a BOOLEAN: not decoded, its bytes.
    ("inhibitAnyPolicy", true, &["0101ff"]),
    ("1.3.6.1.4.1.32473.99", false, &["0500"]),
];

#[test]
fn every_extension_is_told() {
    let report = evaluate(&stress::every_extension());
    let certificate = report.certificates.first().expect("a certificate");
    let mut told = certificate.extensions.iter();
    for (name, critical, says) in TOLD {
        let one = told.next().unwrap_or_else(|| panic!("{name} is not told"));
        assert_eq!((one.name.as_ref(), one.critical), (name, critical));
        assert_eq!(one.says, says, "{name}");
        let is_malformed = name == "inhibitAnyPolicy";
        assert_eq!(one.fault.is_some(), is_malformed, "{name}: {:?}", one.fault);
        if is_malformed {
            assert!(one.fault.as_ref().is_some_and(|fault| fault.contains("byte")), "{:?}", one.fault);
        }
    }
    assert_eq!(told.next(), None);
}
