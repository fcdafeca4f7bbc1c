//! A case and a report with something in every field, for tests.

use admit_core::certificate::{Facts, Key};
use admit_core::fabric::{self, CERTIFICATES, Cell, Connection, MANIFEST, Policy, Role, Subject};
use admit_core::{
    Answer, Case, Citation, Cost, Document, Edit, Error, ErrorKind, Finding, Fix, Flip, Kind, Outcome, Question,
    Related, Report, Severity, Span, Step, Time, Trust, Verdict,
};

const XML: &str = "<ClusterManifest Name=\"\u{1f512} demo\">
  <FabricSettings>
    <Section Name=\"Security\">
      <Parameter Name=\"ServerAuthCredentialType\" Value=\"X509\" />
      <Parameter Name=\"ClusterCertThumbprints\" Value=\"\u{200e}a1b2c3d4e5f60718293a4b5c6d7e8f9001122334\" />
      <Parameter Name=\"AdminClientCertThumbprints\" Value=\"d5ec...4264\" />
    </Section>
  </FabricSettings>
</ClusterManifest>
";

const PEM: &str = "-----BEGIN CERTIFICATE-----
MIIBszCCAVmgAwIBAgIUQmFzZTY0IG9mIGEgc2FtcGxlIHRoYXQgaXMgbm90
-----END CERTIFICATE-----
";

/// The case.
pub(crate) fn case() -> Case {
    let policy = Policy { manifest: XML.to_owned(), ..Policy::default() };
    Case {
        title: Some("An invisible mark".to_owned()),
        teaches: Some("A thumbprint copied from the certificate dialog can begin with an invisible mark".to_owned()),
        at: time("2026-11-22T00:00:00Z"),
        question: Question::Peer(
            policy,
            Subject { certificates: PEM.to_owned(), facts: Vec::new(), ..Default::default() },
        ),
        trust: Trust::default(),
        expect: Vec::new(),
    }
}

fn time(text: &str) -> Time {
    text.parse().expect("an instant")
}

fn span(name: &'static str, part: &str) -> Span {
    let text = if name == MANIFEST { XML } else { PEM };
    let start = text.find(part).expect("a part of the text");
    Document::new(name, text).span(start..start + part.len())
}

/// The report.
pub(crate) fn report() -> Report {
    let mark = span(MANIFEST, "\u{200e}");
    let list = span(MANIFEST, "\u{200e}a1b2c3d4e5f60718293a4b5c6d7e8f9001122334");
    let short = span(MANIFEST, "d5ec...4264");
    Report {
        admit: Report::VERSION,
        engine: "0.1.0".into(),
        kind: Kind::Peer,
        title: case().title,
        at: case().at,
        verdict: Verdict::Refused,
        diagnosis: None,
        summary: "No connection admits the certificate: `ClusterCertThumbprints` begins with an invisible character."
            .to_owned(),
        settle: vec!["the root certificate `CN=Example Root`".to_owned()],
        assumptions: vec!["the certificate is not revoked".to_owned()],
        answer: Answer::Peer(fabric::Answer { roles_in_effect: false, cells: cells(&list) }),
        findings: vec![
            Finding {
                rule: "thumbprint-invisible-character".into(),
                severity: Severity::Error,
                severity_of_rule: None,
                message: "`ClusterCertThumbprints`: entry 1 begins with the invisible character `<U+200E>`".to_owned(),
                help: Some("remove the character; it comes from copying out of the certificate dialog".to_owned()),
                args: [("entry".into(), "1".to_owned())].into(),
                span: Some(mark.clone()),
                related: vec![Related {
                    span: span(CERTIFICATES, "-----BEGIN CERTIFICATE-----"),
                    message: "the certificate that the entry would match".to_owned(),
                }],
                citation: Citation::new("microsoft/service-fabric", "src/prod/src/Common/Thumbprint.cpp:197-244"),
                fixes: vec![Fix {
                    title: "Remove the invisible character".to_owned(),
                    edits: vec![Edit { span: mark, text: String::new() }],
                    then: Some(Verdict::Admitted),
                    lets_in: Vec::new(),
                }],
            },
            Finding {
                rule: "placeholder-left".into(),
                severity: Severity::Warning,
                severity_of_rule: Some(Severity::Error),
                message: "`AdminClientCertThumbprints`: entry 1 is abbreviated: `d5ec...4264`".to_owned(),
                help: Some("write the thumbprint in full".to_owned()),
                args: Default::default(),
                span: Some(short.clone()),
                related: Vec::new(),
                citation: Citation::new("microsoft/service-fabric", "src/prod/src/Common/Thumbprint.cpp:197-244"),
                fixes: vec![Fix {
                    title: "Insert the pasted certificate's thumbprint".to_owned(),
                    edits: vec![Edit { span: short, text: "a1b2c3d4e5f60718293a4b5c6d7e8f9001122334".to_owned() }],
                    then: Some(Verdict::Admitted),
                    lets_in: vec!["the certificate as an admin client".to_owned()],
                }],
            },
            Finding {
                rule: "roles-not-in-effect".into(),
                severity: Severity::Info,
                severity_of_rule: None,
                message: "client roles are not in effect, so that every accepted client has every right".to_owned(),
                help: None,
                args: Default::default(),
                span: None,
                related: Vec::new(),
                citation: Citation::new("microsoft/service-fabric", "src/prod/src/Common/SecuritySettings.cpp:1"),
                fixes: Vec::new(),
            },
        ],
        off: vec!["thumbprint-duplicate".to_owned()],
        errors: vec![
            Error::new(
                ErrorKind::Truncated,
                "`-----END CERTIFICATE-----`",
                "the end of the text",
                span(CERTIFICATES, "MIIB"),
            )
            .help("paste the whole block"),
        ],
        trace: trace(&list),
        flips: vec![
            Flip::new(time("2025-03-01T00:00:00Z"), Verdict::Refused, "certificate 1 begins"),
            Flip::new(time("2027-03-01T00:00:00Z"), Verdict::Indeterminate, "certificate 1 expires"),
        ],
        certificates: vec![facts()],
        cost: Cost { bytes: 5_240, certificates: 1, signatures: 0, rules: 4 },
    }
}

fn cells(list: &Span) -> Vec<Cell> {
    let cell = |connection, verdict, role, because: &str| Cell {
        certificate: 1,
        connection,
        verdict,
        role,
        perhaps: (verdict == Verdict::Indeterminate).then_some(Role::Server),
        because: because.to_owned(),
        rule: Some("ClusterCertThumbprints".into()),
        span: Some(list.clone()),
        code: (verdict == Verdict::Refused).then(|| "CertificateNotMatched".into()),
    };
    vec![
        cell(Connection::Node, Verdict::Refused, None, "the list is not hexadecimal, so the whole list is refused"),
        cell(
            Connection::Gateway,
            Verdict::Admitted,
            Some(Role::Unrestricted),
            "entry 1 is the certificate's thumbprint",
        ),
        cell(Connection::Server, Verdict::Indeterminate, None, "the chain ends at a root that is not known"),
    ]
}

fn trace(list: &Span) -> Step {
    let entry = Step::new("entry 1", Outcome::Failed, "`<U+200E>a1b2` is not hexadecimal").at(Some(list.clone()));
    Step::new("peer", Outcome::Failed, "no connection admits the certificate").with([
        Step::new("node to node", Outcome::Failed, "no list admits it").with([
            Step::new("ClusterCertThumbprints", Outcome::Failed, "one entry, not readable")
                .at(Some(list.clone()))
                .with([entry]),
            Step::new("ClusterX509Names", Outcome::Skipped, "the section is absent"),
        ]),
        Step::new("client to gateway", Outcome::Unknown, "the chain is not known").with([
            Step::new("roles", Outcome::Noted, "not in effect"),
            Step::new("validity", Outcome::Passed, "until 2027-03-01"),
        ]),
    ])
}

fn facts() -> Facts {
    Facts {
        number: 1,
        span: span(CERTIFICATES, PEM.trim_end()),
        subject: "CN=node1.cluster.example,O=Example".to_owned(),
        issuer: "CN=Example Issuing CA,O=Example".to_owned(),
        common_names: vec!["node1.cluster.example".to_owned()],
        serial: "0a0b0c".to_owned(),
        not_before: time("2025-03-01T00:00:00Z"),
        not_after: time("2027-03-01T00:00:00Z"),
        sha1: "a1b2c3d4e5f60718293a4b5c6d7e8f9001122334".to_owned(),
        sha256: "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff".to_owned(),
        alternative_names: vec![admit_core::certificate::GeneralName::Dns("node1.cluster.example".to_owned())],
        key: Key { algorithm: "RSA".into(), bits: 2048 },
        signature_algorithm: "sha256WithRSAEncryption".into(),
        basic_constraints: None,
        key_usage: Some(vec!["digitalSignature".into(), "keyEncipherment".into()]),
        extended_key_usage: Some(vec!["serverAuth".into(), "clientAuth".into()]),
        subject_key_id: None,
        authority_key_id: None,
        crl_urls: Vec::new(),
        issuer_urls: vec!["http://ca.example/issuing.cer".to_owned()],
        ocsp_urls: Vec::new(),
        self_issued: false,
        extensions: Vec::new(),
    }
}

/// Prints case and report for trials of the page: `cargo test -p admit-web --lib -- --ignored --nocapture print`.
#[test]
#[ignore = "prints for trials"]
fn print() {
    println!("{}\u{c}{}", case().to_json(), report().to_json());
}
