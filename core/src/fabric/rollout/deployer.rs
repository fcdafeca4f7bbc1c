//! What the deployer of standalone clusters makes of a change: whether it refuses it, and the steps that it would make.

use alloc::borrow::Cow;
use alloc::collections::BTreeSet;
use alloc::format;
use alloc::string::{String, ToString as _};
use alloc::vec::Vec;

use super::answer::DeployerView;
use super::certificates::{ClusterCertificates, NameWithIssuers};
use super::change::declared;
use super::flow::{self, FlowStep};
use super::ground::{Ground, Holding};
use super::groups::Cluster;
use super::notation::Letters;
use super::update::{self, Installation, SecurityType, UpdateRefusal};
use super::widen::Acceptance;
use super::{Deployer, Policy};
use crate::Time;
use crate::fabric::manifest::{CertificateRole, Manifest, Value};
use crate::fabric::settings::Settings;
use crate::fabric::thumbprint::hexadecimal;
use crate::fabric::{CredentialType, Declared, ThumbprintList};
use crate::quote::quote;

/// The cluster certificate as a manifest's first node type declares it, with the issuers of its names.
pub(super) fn cluster_certificates(manifest: &Manifest<'_>) -> ClusterCertificates {
    let Some(certificate) = declared(manifest, None, CertificateRole::Cluster) else {
        return ClusterCertificates::default();
    };
    let values = [&certificate.find_value, &certificate.find_value_secondary];
    let written: Vec<&str> = values.into_iter().flatten().map(Value::text).filter(|text| !text.is_empty()).collect();
    let by_name = certificate.find_type.as_ref().is_some_and(|kind| kind.is("FindBySubjectName"));
    if !by_name {
        return ClusterCertificates::by_thumbprint(written.into_iter().map(normal));
    }
    let names = written.into_iter().map(|name| {
        let issuers = manifest.parameters(Declared::Cluster.names_section(), name).find(|own| own.name.text() == name);
        NameWithIssuers::new(name, issuers.map_or("", |parameter| parameter.value.text()))
    });
    ClusterCertificates::by_name(names)
}

/// A thumbprint without blanks, in the form of the runtime where it can be read.
fn normal(text: &str) -> String {
    let list = ThumbprintList::read(text);
    let read = list.items.first().and_then(|item| item.thumbprint.as_ref().ok());
    read.map_or_else(|| text.to_string(), |thumbprint| hexadecimal(&thumbprint.bytes))
}

fn security_type(settings: &Settings<'_>) -> SecurityType {
    let written = settings.security("ClusterCredentialType").map(|parameter| parameter.value.text());
    match written.and_then(CredentialType::read) {
        Some(CredentialType::Ssl) => SecurityType::Certificates,
        Some(CredentialType::Negotiate) => SecurityType::Windows,
        Some(CredentialType::None | CredentialType::Claims) => SecurityType::Unsecured,
        // A fragment that shows certificates need not show the type.
        None if written != Some("") && !cluster_certificates(settings.manifest()).is_empty() => {
            SecurityType::Certificates
        }
        None => SecurityType::Unsecured,
    }
}

/// Every reason for which the deployer refuses an update, in the order in which it looks. What decides whether there are
/// more and is not known is added to `open`, a phrase each.
pub(super) fn refusals(
    before: &Settings<'_>,
    after: &Settings<'_>,
    ground: &Ground<'_>,
    cluster: &Cluster,
    at: Time,
    open: &mut Vec<String>,
) -> Vec<UpdateRefusal> {
    let (current, target) = (cluster_certificates(before.manifest()), cluster_certificates(after.manifest()));
    let mut refusals: BTreeSet<UpdateRefusal> = BTreeSet::new();
    let mut in_order: Vec<UpdateRefusal> = Vec::new();
    let mut add = |refusal: Option<UpdateRefusal>| {
        if let Some(refusal) = refusal.filter(|refusal| refusals.insert(*refusal)) {
            in_order.push(refusal);
        }
    };
    add(update::security_type(security_type(before), security_type(after)));
    if current.is_empty() || target.is_empty() {
        return in_order;
    }
    // The machine on which the update is started is taken to be one of the first group.
    let machine = cluster.groups.first().and_then(|group| group.installed.as_ref());
    let held: Vec<&Holding<'_>> = ground
        .holdings
        .iter()
        .filter(|holding| machine.is_none_or(|machine| machine.contains(&holding.installed.number)))
        .collect();
    let is_issued = |name: &str, issuer: &str| {
        let mut named = held.iter().filter(|holding| holding.installed.common_names().any(|own| own == name));
        named.any(|holding| {
            let is_issued = holding.is_issued_by(ground, issuer);
            let untold = || format!("certificate {}: every certificate in its chain", holding.installed.number);
            open.extend(is_issued.is_none().then(untold).filter(|phrase| !open.contains(phrase)));
            is_issued == Some(true)
        })
    };
    add(update::issuers(&current, &target, is_issued));
    if !flow::is_certificate_change(&current, &target) {
        return in_order;
    }
    let (old, new) = (&before.manifest().nodes, &after.manifest().nodes);
    let is_scaled = !old.is_empty() && !new.is_empty() && old != new;
    add(is_scaled.then_some(UpdateRefusal::TogetherWithNodes));
    add(update::values(&current, &target));
    let state = |value: &str| {
        let is_meant = |holding: &&&Holding<'_>| {
            holding.facts.sha1.eq_ignore_ascii_case(value) || holding.installed.common_names().any(|own| own == value)
        };
        let mut found = held.iter().filter(is_meant).peekable();
        if found.peek().is_none() {
            return Installation::Missing;
        }
        let is_valid = |holding: &&Holding<'_>| holding.facts.not_before <= at && at < holding.facts.not_after;
        if found.any(is_valid) { Installation::Valid } else { Installation::Invalid }
    };
    add(update::installation(&current, &target, state));
    let stores = |settings: &Settings<'_>| -> Vec<(String, String)> {
        let parameters = settings.section_parameters(Declared::Cluster.issuer_stores());
        parameters.iter().map(|own| (own.name.text().to_string(), own.value.text().to_string())).collect()
    };
    add(update::issuer_stores(&stores(before), &stores(after)));
    in_order
}

/// The steps that the deployer would make; nothing where it has none, or where it is one plain step.
pub(super) fn steps(before: &Manifest<'_>, after: &Manifest<'_>) -> Option<Vec<FlowStep>> {
    let (current, target) = (cluster_certificates(before), cluster_certificates(after));
    if current.is_empty() || target.is_empty() || !flow::is_certificate_change(&current, &target) {
        return None;
    }
    flow::steps(&current, &target).ok()
}

/// The settings of the deployer's steps but the last, as fragments: whether each presents as the settings after do.
pub(super) fn generated(flow: &[FlowStep], before: &Settings<'_>, after: &Settings<'_>) -> Option<Vec<(bool, String)>> {
    let both = Acceptance::of(before)?.with(&Acceptance::of(after)?, None);
    let current = cluster_certificates(before.manifest());
    let mut fragments = Vec::new();
    for step in flow.iter().take(flow.len().saturating_sub(1)) {
        let new_face = step.presented != current;
        fragments.push((new_face, both.fragment(if new_face { after } else { before })));
    }
    Some(fragments)
}

/// What the deployer of standalone clusters makes of it.
pub(super) fn view(
    refusals: &[UpdateRefusal],
    flow: Option<&[FlowStep]>,
    settings: &[Settings<'_>],
    policy: &Policy,
    letters: &mut Letters,
) -> Option<DeployerView> {
    if refusals.is_empty() && flow.is_none() && policy.deployer == Deployer::Manifest {
        return None;
    }
    let steps: Vec<String> = flow.unwrap_or_default().iter().map(|step| notation(step, letters)).collect();
    let same = flow.is_none_or(|flow| is_same(flow, settings));
    let refusals = refusals.iter().map(|refusal| Cow::Borrowed(refusal.name())).collect();
    Some(DeployerView { refusals, steps, same })
}

/// Whether the settings after the first are those of a flow: as many, which present the same and accept the same. What they
/// accept besides the certificates of the change is no part of it.
fn is_same(flow: &[FlowStep], settings: &[Settings<'_>]) -> bool {
    let given: Vec<&Settings<'_>> = settings.iter().skip(1).collect();
    let (Some(first), Some(last)) = (flow.first(), flow.last()) else { return given.is_empty() };
    let known: BTreeSet<String> = crate::order::set([&first.accepted, &last.accepted].into_iter().flat_map(accepted));
    given.len() == flow.len()
        && given.iter().zip(flow).all(|(own, step)| {
            let listed = Acceptance::of(own).map(|own| own.of_cluster());
            let is_accepted = listed.is_none_or(|listed| {
                let wanted: BTreeSet<String> = crate::order::set(accepted(&step.accepted));
                known.iter().all(|value| listed.contains(value) == wanted.contains(value))
            });
            is_accepted && cluster_certificates(own.manifest()) == step.presented
        })
}

/// Thumbprints and names, in the form in which they are compared.
fn accepted(certificates: &ClusterCertificates) -> Vec<String> {
    let names = certificates.names.iter().map(|name| name.name.to_lowercase());
    certificates.thumbprints.iter().map(|own| normal(own).to_lowercase()).chain(names).collect()
}

/// A step in the form of the article's notation, with values as they are declared.
pub(super) fn notation(step: &FlowStep, letters: &mut Letters) -> String {
    let mut list = |certificates: &ClusterCertificates| -> String {
        let mut values: Vec<String> = Vec::new();
        for thumbprint in &certificates.thumbprints {
            let read = ThumbprintList::read(thumbprint);
            let read = read.items.first().and_then(|item| item.thumbprint.as_ref().ok());
            let letter = read.map_or_else(|| bare(thumbprint), |read| letters.letter(&read.bytes));
            values.push(format!("TP={letter}"));
        }
        values.extend(certificates.names.iter().map(|name| format!("CN={}", bare(&name.name))));
        values.join(", ")
    };
    format!("{{P:{{{}}}, V:{{{}}}}}", list(&step.presented), list(&step.accepted))
}

fn bare(text: &str) -> String {
    quote(text).trim_matches('`').to_string()
}
