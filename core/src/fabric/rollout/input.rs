//! From the documents of a case to what is walked, and what is wrong with them.

use alloc::collections::BTreeSet;
use alloc::format;
use alloc::string::ToString as _;
use alloc::vec::Vec;

use super::change::{applied, content};
use super::ground::Ground;
use super::groups::Cluster;
use super::{Policy, Subject};
use crate::chain::Store;
use crate::fabric::judge::Judge;
use crate::fabric::manifest::{CertificateRole, Manifest, Value};
use crate::fabric::settings::Settings;
use crate::fabric::{Declared, ThumbprintList, issuer_stores};
use crate::{Document, Error, ErrorKind, Limits};

/// What issuer stores hold, as far as a case says it.
pub(super) struct Issuers<'i> {
    pub(super) chains: &'i Store<'i>,
    pub(super) roots_known: bool,
}

/// The judge of settings.
pub(super) fn judge<'s>(settings: &'s Settings<'s>, ground: &Ground<'_>, issuers: &Issuers<'_>) -> Judge<'s, 's> {
    let mut judge = Judge::new(settings, ground.platform, ground.runtime);
    judge.share_worlds(ground.holdings.len());
    judge.stock(|declared: Declared| {
        let stores = settings.section_parameters(declared.issuer_stores());
        issuer_stores::held(&stores, issuers.chains, issuers.roots_known, ground.platform)
    });
    judge
}

/// The settings before, and those after them: where a document is a fragment, it shows only what changes.
pub(super) fn effective<'d>(before: &Manifest<'d>, later: &[&Manifest<'d>]) -> Vec<Manifest<'d>> {
    let mut all: Vec<Manifest<'d>> = Vec::from([before.clone()]);
    for change in later {
        let last = all.last().unwrap_or(before);
        let next = if change.is_fragment { applied(last, change) } else { (*change).clone() };
        all.push(next);
    }
    all
}

/// Whether two manifests say the same.
pub(super) fn is_same(one: &Manifest<'_>, other: &Manifest<'_>) -> bool {
    content(one) == content(other)
}

/// A certificate that the settings declare and that the case does not have.
pub(in crate::fabric) struct Absent<'m> {
    /// What is declared: `ClusterCertificate`, `ClusterCertThumbprints`.
    pub(in crate::fabric) place: &'static str,
    pub(in crate::fabric) text: &'m str,
    pub(in crate::fabric) value: &'m Value<'m>,
}

/// The certificates that node types present or rules list, and that are installed nowhere.
pub(super) fn absent<'m>(manifest: &'m Manifest<'m>, ground: &Ground<'_>) -> Vec<Absent<'m>> {
    let mut absent: Vec<Absent<'m>> = Vec::new();
    for node_type in &manifest.node_types {
        for role in CertificateRole::ALL {
            let Some(certificate) = node_type.certificate(role) else { continue };
            let kind = certificate.find_type.as_ref().map_or("FindByThumbprint", Value::text);
            for value in [&certificate.find_value, &certificate.find_value_secondary].into_iter().flatten() {
                let text = value.text();
                if text.is_empty() {
                    continue;
                }
                let known = match kind {
                    kind if kind.eq_ignore_ascii_case("FindByThumbprint") => is_listed(text, ground),
                    kind if kind.eq_ignore_ascii_case("FindBySubjectName") => {
                        let name = text.trim_start_matches("CN=").trim();
                        ground.holdings.iter().any(|own| {
                            own.installed.subject.iter().any(|(_, value)| value.eq_ignore_ascii_case(name))
                                || own.facts.subject.eq_ignore_ascii_case(text)
                        }) || text.contains(',')
                    }
                    _ => true,
                };
                if !known {
                    absent.push(Absent { place: role.element(), text, value });
                }
            }
        }
    }
    let parameters = manifest.sections("Security").flat_map(|section| &section.parameters);
    for parameter in parameters.filter(|own| own.name.is(Declared::Cluster.thumbprints())) {
        for item in &ThumbprintList::read(parameter.value.text()).items {
            let Ok(thumbprint) = &item.thumbprint else { continue };
            let text = parameter.value.text().get(item.range.clone()).unwrap_or_default();
            if ground.by_thumbprint(&thumbprint.bytes).is_none() && !absent.iter().any(|known| known.text == text) {
                absent.push(Absent { place: Declared::Cluster.thumbprints(), text, value: &parameter.value });
            }
        }
    }
    absent
}

fn is_listed(text: &str, ground: &Ground<'_>) -> bool {
    let list = ThumbprintList::read(text);
    let read = list.items.first().and_then(|item| item.thumbprint.as_ref().ok());
    // What can't be read is another finding's.
    read.is_none_or(|thumbprint| ground.by_thumbprint(&thumbprint.bytes).is_some())
}

/// Whether settings before and after accept a cluster certificate of the case in common, by thumbprint or name.
pub(super) fn has_common(before: &Judge<'_, '_>, after: &Judge<'_, '_>) -> bool {
    let set = |judge: &Judge<'_, '_>| -> (BTreeSet<Vec<u8>>, BTreeSet<alloc::string::String>) {
        let sets = judge.rule_sets();
        let cluster = sets.iter().find(|(declared, _)| *declared == Declared::Cluster);
        cluster.map_or_else(Default::default, |(_, set)| {
            let names = set.names.iter().map(|name| name.name.to_lowercase());
            (crate::order::set(set.thumbprints.keys().cloned()), crate::order::set(names))
        })
    };
    let ((old, old_names), (new, new_names)) = (set(before), set(after));
    !old.is_disjoint(&new) || !old_names.is_disjoint(&new_names)
}

/// Whose goal a configuration in JSON is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Goal {
    /// A standalone cluster's: its deployer makes the steps.
    Standalone,
    /// A resource's: the resource provider makes the steps. It is not public, and is taken to make the same.
    Resource,
}

/// Whether a document is a goal rather than settings that are rolled out as they are.
pub(super) fn goal(text: &str) -> Option<Goal> {
    let body = text.trim_start_matches(|found: char| found.is_whitespace() || found == '\u{feff}');
    let is_resource = text.contains("Microsoft.ServiceFabric/");
    body.starts_with(['{', '[']).then_some(if is_resource { Goal::Resource } else { Goal::Standalone })
}

/// What is beyond a limit.
pub(super) fn limits(policy: &Policy, subject: &Subject, cluster: &Cluster) -> Vec<Error> {
    let mut errors = Vec::new();
    let mut check = |most: usize, found: usize, what: &str, document: &'static str| {
        if found > most {
            let span = Document::new(document, "").span(0..0);
            errors.push(Error::new(ErrorKind::Limit, format!("at most {most} {what}"), found.to_string(), span));
        }
    };
    check(Limits::ROLLOUT_STEPS, policy.steps.len(), "entries in `policy.steps`", "policy.steps");
    check(Limits::STATED_CERTIFICATES, subject.facts.len(), "certificates in `subject.facts`", "subject.facts");
    check(Limits::ROLLOUT_CLIENTS, subject.clients.len(), "entries in `subject.clients`", "subject.clients");
    let names = cluster.domains.len().saturating_add(cluster.beyond);
    check(
        Limits::ROLLOUT_UPGRADE_DOMAINS,
        if cluster.beyond > 0 { names } else { 0 },
        "upgrade domains in `subject.domains`",
        "subject.domains",
    );
    let domains = Limits::ROLLOUT_DOMAINS.saturating_add(cluster.cut);
    check(
        Limits::ROLLOUT_DOMAINS,
        if cluster.cut > 0 { domains } else { 0 },
        "entries in `subject.domains`",
        "subject.domains",
    );
    errors
}
