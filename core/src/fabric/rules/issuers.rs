//! Names that are pinned to other issuers.
//!
//! What it checks: where a declared name is the certificate's, whether the certificate directly above it is pinned.
//! Why it matters: a certificate that is renewed by another intermediate keeps its name, and is refused all the same.
//! Reference: SecurityConfig.cpp:417-435; SecurityContextSsl.cpp:1250-1272.

use alloc::format;
use alloc::vec::Vec;

use super::{mends, source};
use crate::certificate::Facts;
use crate::fabric::judge::{Judgement, Unlisted};
use crate::fabric::settings::Settings;
use crate::fabric::{Connection, Declared};
use crate::quote::quote;
use crate::{Finding, Fix, Kind, Rule, Severity};

pub(crate) static NOT_LISTED: Rule = Rule {
    id: "issuer-not-listed",
    aliases: &[],
    title: "the certificate's issuer is not among those that its name is pinned to",
    severity: Severity::Error,
    kinds: &[Kind::Peer],
    what: crate::page!(
        "Where no rule accepts a certificate whose name is declared, compares the thumbprint of the certificate directly \
          above it with the issuers that the name is pinned to."
    ),
    why: crate::page!(
        "A pin holds the direct issuer, not the root: after a change of the intermediate the certificate is refused with \
          `CertificateNotMatched`, which the public article describes as `CERT_E_UNTRUSTEDROOT`."
    ),
    bad: crate::page!("<Parameter Name=\"node.contoso.com\" Value=\"THUMBPRINT OF THE ROOT\" />"),
    good: crate::page!("<Parameter Name=\"node.contoso.com\" Value=\"THUMBPRINT OF THE INTERMEDIATE\" />"),
    citation: source("src/prod/src/Common/SecurityConfig.cpp:417-435"),
};

/// Findings about refused certificates whose name is declared, one for each certificate and declaration.
pub(in crate::fabric) fn check(
    settings: &Settings<'_>,
    leaves: &[&Facts],
    judged: &[(u32, Connection, Judgement)],
) -> Vec<Finding> {
    let mut findings: Vec<Finding> = Vec::new();
    for (number, _, judgement) in judged {
        let Some(unlisted) = &judgement.unlisted else { continue };
        let Some(facts) = leaves.iter().find(|facts| facts.number == *number) else { continue };
        let finding = one(settings, facts, unlisted);
        if !findings.contains(&finding) {
            findings.push(finding);
        }
    }
    findings
}

fn one(settings: &Settings<'_>, facts: &Facts, unlisted: &Unlisted) -> Finding {
    let Unlisted { name, setting, pins, issuer } = unlisted;
    let above = match issuer {
        Some(issuer) => format!("its issuer `{issuer}`"),
        None => alloc::string::String::from("its issuer"),
    };
    let message = format!(
        "certificate {} has the name {} of `{setting}`, and {above} is not among the {pins} that it is pinned to",
        facts.number,
        quote(name)
    );
    let parameters = settings.section_parameters(setting);
    let parameter = parameters.iter().find(|parameter| parameter.name.is(name));
    let mut finding = Finding::new(&NOT_LISTED, message)
        .at(parameter.map_or_else(|| facts.span.clone(), |parameter| parameter.value.whole()))
        .arg("certificate", format!("{}", facts.number))
        .arg("name", quote(name))
        .help("add the thumbprint of the certificate directly above it, or present a certificate of a pinned issuer");
    let declared = Declared::ALL.into_iter().find(|declared| declared.names_section() == *setting);
    if let (Some(parameter), Some(issuer), Some(declared)) = (parameter, issuer, declared) {
        let end = parameter.value.text().len();
        finding.fixes.push(Fix {
            title: format!("Pin {} to this issuer as well", quote(name)),
            edits: Vec::from([parameter.value.edit(end..end, &format!(",{issuer}"))]),
            then: None,
            lets_in: mends::pinned_to(settings, declared, parameter, facts, issuer),
        });
    }
    finding
}
