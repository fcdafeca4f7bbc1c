//! A cluster manifest as large as one likes, and certificates that it admits: what speed is measured with.

use std::fmt::Write as _;

use admit_core::{Case, Question, Trust, fabric};
use sha1::{Digest as _, Sha1};

use super::extension;
use super::key::{Algorithm, Key};
use super::stress::{Draft, common_name, pem};

const AT: &str = "2026-11-22T00:00:00Z";

/// Issuers of the certificates.
const ISSUERS: usize = 5;

/// How large.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Size {
    /// Thumbprints of the lists.
    pub thumbprints: usize,
    /// Declared names, each pinned to [`Size::pins`] issuers.
    pub names: usize,
    /// Issuers of each name.
    pub pins: usize,
    /// RSA-2048 certificates of five issuers.
    pub certificates: usize,
}

impl Size {
    /// The size that the budgets are about.
    pub const LARGE: Self = Self { thumbprints: 1_000, names: 1_000, pins: 10, certificates: 100 };

    /// That size with another number of thumbprints and names, and at most twenty certificates.
    pub const fn of(rules: usize) -> Self {
        let certificates = if rules < 20 { rules } else { 20 };
        Self { thumbprints: rules, names: rules, certificates, ..Self::LARGE }
    }
}

fn name(number: usize) -> String {
    format!("node{number:05}.load.example")
}

fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

/// A thumbprint of nobody.
fn stranger(what: &str, number: usize) -> String {
    hexadecimal(&Sha1::digest(format!("{what} {number}")))
}

/// A case of kind `peer`: half of the rules are about nodes, half about admin clients, and each certificate is admitted,
/// every second one by its thumbprint and the others by their name and issuer.
pub fn cluster(size: Size) -> Case {
    let issuers: Vec<_> = (0..ISSUERS).map(|number| Key::of(&format!("load {number}"), Algorithm::Rsa2048)).collect();
    let own = Key::of("load leaf", Algorithm::Rsa2048);
    let issuer_name = |number: usize| format!("Load {number}");
    let roots: Vec<_> =
        issuers.iter().enumerate().map(|(number, key)| Draft::root(&issuer_name(number), key).sign(key)).collect();
    let above: Vec<_> = roots.iter().map(|der| hexadecimal(&Sha1::digest(der))).collect();
    let leaf = |number: usize| {
        let issuer = number % ISSUERS;
        let serial = u32::try_from(number).unwrap_or(u32::MAX).to_be_bytes();
        let draft = Draft {
            subject: common_name(&name(number)),
            issuer: common_name(&issuer_name(issuer)),
            serial: [&[1_u8][..], &serial].concat(),
            key: own.public_info(),
            extensions: vec![
                extension::end_entity(),
                extension::key_usage(&[0, 2]),
                extension::extended_key_usage(&["1.3.6.1.5.5.7.3.1", "1.3.6.1.5.5.7.3.2"]),
                extension::host_names(&[name(number)]),
            ],
        };
        draft.sign(&issuers[issuer])
    };
    let leaves: Vec<_> = (0..size.certificates).map(leaf).collect();
    let mut thumbprints: Vec<_> = leaves.iter().step_by(2).map(|der| hexadecimal(&Sha1::digest(der))).collect();
    thumbprints.truncate(size.thumbprints);
    thumbprints.extend((thumbprints.len()..size.thumbprints).map(|number| stranger("thumbprint", number)));
    let (nodes, admins) = thumbprints.split_at(size.thumbprints.div_ceil(2));
    let names = |numbers: std::ops::Range<usize>| {
        numbers.fold(String::new(), |mut text, number| {
            let mut pins: Vec<_> = (1..size.pins).map(|pin| stranger("pin", number * size.pins + pin)).collect();
            pins.push(above[number % ISSUERS].clone());
            let _ = writeln!(text, "      <Parameter Name=\"{}\" Value=\"{}\" />", name(number), pins.join(","));
            text
        })
    };
    let half = size.names.div_ceil(2);
    let manifest = format!(
        r#"<ClusterManifest Name="load" Version="1" xmlns="http://schemas.microsoft.com/2011/01/fabric">
  <FabricSettings>
    <Section Name="Security">
      <Parameter Name="ClusterCredentialType" Value="X509" />
      <Parameter Name="ServerAuthCredentialType" Value="X509" />
      <Parameter Name="ClientRoleEnabled" Value="true" />
      <Parameter Name="ClusterCertThumbprints" Value="{}" />
      <Parameter Name="AdminClientCertThumbprints" Value="{}" />
    </Section>
    <Section Name="Security/ClusterX509Names">
{}    </Section>
    <Section Name="Security/AdminClientX509Names">
{}    </Section>
  </FabricSettings>
</ClusterManifest>
"#,
        nodes.join(","),
        admins.join(","),
        names(0..half),
        names(half..size.names),
    );
    let certificates = pem("CERTIFICATE", &leaves);
    Case {
        title: None,
        teaches: None,
        at: AT.parse().expect("an instant"),
        question: Question::Peer(
            fabric::Policy { manifest, ..fabric::Policy::default() },
            fabric::Subject { certificates, ..fabric::Subject::default() },
        ),
        trust: Trust { roots: pem("CERTIFICATE", &roots), ..Trust::default() },
        expect: Vec::new(),
    }
}
