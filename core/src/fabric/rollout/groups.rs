//! The nodes, as they are upgraded: domains in order, and in each the nodes that are alike.

use alloc::collections::{BTreeMap, BTreeSet};
use alloc::format;
use alloc::string::{String, ToString as _};
use alloc::vec::Vec;

use super::{Domain, Subject};
use crate::Limits;
use crate::fabric::manifest::{Manifest, Value};
use crate::quote::quote;

/// Nodes of a domain that are alike.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::fabric) struct Group {
    /// The domain, by its place.
    pub(super) domain: usize,
    pub(super) nodes: u32,
    pub(super) seeds: u32,
    /// The node type, where one is named.
    pub(super) node_type: Option<String>,
    /// The certificates that are installed on them, where not all are.
    pub(super) installed: Option<BTreeSet<u32>>,
}

/// An upgrade domain.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::fabric) struct UpgradeDomain {
    pub(super) name: String,
    /// Seconds that it takes.
    pub(super) duration: i64,
}

/// The cluster's nodes.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(in crate::fabric) struct Cluster {
    pub(in crate::fabric) domains: Vec<UpgradeDomain>,
    pub(super) groups: Vec<Group>,
    /// Seconds that are waited after each domain.
    pub(super) wait: i64,
    /// What was assumed, in sentences.
    pub(super) assumed: Vec<String>,
    /// Domains that have no node.
    pub(in crate::fabric) empty: Vec<String>,
    /// Durations below zero: what they are of, in words that are harmless, and the seconds.
    pub(in crate::fabric) backwards: Vec<(String, i64)>,
    /// Entries beyond the limit.
    pub(super) cut: usize,
    /// Entries of domains beyond the limit of those.
    pub(super) beyond: usize,
}

/// Seconds that a domain takes unless the case says so: what an upgrade of a few nodes takes in practice. Ours.
const DURATION: i64 = 1_200;
/// Seconds that are waited after each domain unless the case says so. Ours.
const WAIT: i64 = 300;
/// Domains of a cluster of which nothing is said, and the domains with a seed node (the article has at most five).
pub(super) const USUAL_DOMAINS: usize = 5;

impl Cluster {
    /// The nodes that a case describes, with what it leaves open assumed.
    pub(super) fn of(subject: &Subject, manifest: &Manifest<'_>) -> Self {
        let mut cluster = Self::default();
        let usual: Vec<Domain>;
        let entries = if subject.domains.is_empty() {
            let listed = listed_domains(manifest);
            cluster.assumed.push(match listed.is_empty() {
                true => format!("{USUAL_DOMAINS} upgrade domains with one node of each node type"),
                false => String::from("the upgrade domains follow each other as the configuration lists their nodes"),
            });
            usual = if listed.is_empty() { usual_domains(manifest) } else { listed };
            &usual
        } else {
            &subject.domains
        };
        cluster.cut = entries.len().saturating_sub(Limits::ROLLOUT_DOMAINS);
        let types: Vec<String> = node_types(manifest).map(String::from).collect();
        let is_open = entries.iter().any(|entry| entry.node_type.is_none() && entry.nodes != Some(0));
        if types.len() > 1 && is_open {
            cluster.assumed.push(String::from("where no node type is named, a domain has nodes of every one"));
        }
        let general = cluster.seconds("`duration`", subject.duration, DURATION);
        cluster.wait = cluster.seconds("`health_wait`", subject.health_wait, WAIT);
        if subject.duration.is_none() && entries.iter().any(|entry| entry.duration.is_none()) {
            cluster.assumed.push(format!("an upgrade domain takes {DURATION} seconds"));
        }
        if subject.health_wait.is_none() {
            cluster.assumed.push(format!("{WAIT} seconds are waited after each upgrade domain"));
        }
        let mut places: BTreeMap<&str, usize> = BTreeMap::new();
        for entry in entries.iter().take(Limits::ROLLOUT_DOMAINS) {
            let own =
                entry.duration.map(|_| cluster.seconds(&format!("domain {}", quote(&entry.name)), entry.duration, 0));
            let next = places.len();
            if next >= Limits::ROLLOUT_UPGRADE_DOMAINS && !places.contains_key(entry.name.as_str()) {
                cluster.beyond = cluster.beyond.saturating_add(1);
                continue;
            }
            let domain = *places.entry(entry.name.as_str()).or_insert(next);
            if domain == cluster.domains.len() {
                cluster.domains.push(UpgradeDomain { name: entry.name.clone(), duration: -1 });
            }
            if let Some(known) = cluster.domains.get_mut(domain) {
                known.duration = known.duration.max(own.unwrap_or(general));
            }
            cluster.groups.extend(groups(entry, domain, &types));
        }
        cluster.drop_empty();
        if entries.iter().all(|entry| entry.seeds.is_none()) {
            cluster.seed();
        }
        cluster
    }

    /// The seconds that are given, and none where they run backwards.
    fn seconds(&mut self, what: &str, given: Option<i64>, usual: i64) -> i64 {
        let seconds = given.unwrap_or(usual);
        if seconds < 0 {
            self.backwards.push((what.to_string(), seconds));
        }
        seconds.max(0)
    }

    /// Leaves out the domains that have no node.
    fn drop_empty(&mut self) {
        let mut kept = Vec::new();
        let mut places = Vec::new();
        for (place, domain) in self.domains.iter().enumerate() {
            if self.groups.iter().any(|group| group.domain == place) {
                places.push(Some(kept.len()));
                kept.push(domain.clone());
            } else {
                places.push(None);
                self.empty.push(domain.name.clone());
            }
        }
        for group in &mut self.groups {
            group.domain = places.get(group.domain).copied().flatten().unwrap_or_default();
        }
        self.domains = kept;
    }

    /// One seed node in each of the first domains.
    fn seed(&mut self) {
        for domain in 0..self.domains.len().min(USUAL_DOMAINS) {
            if let Some(group) = self.groups.iter_mut().find(|group| group.domain == domain) {
                group.seeds = 1;
            }
        }
        self.assumed.push(String::from("one seed node in each of the first five upgrade domains"));
    }

    /// All nodes.
    #[cfg(test)]
    fn nodes(&self) -> u32 {
        self.groups.iter().fold(0, |sum, group| sum.saturating_add(group.nodes))
    }

    /// All seed nodes.
    #[cfg(test)]
    fn seeds(&self) -> u32 {
        self.groups.iter().fold(0, |sum, group| sum.saturating_add(group.seeds))
    }
}

/// The nodes of an entry: of its node type, or of every one where it names none. Whether a pair of states occurs matters
/// more than how many nodes there are, so each type has at least one.
fn groups(entry: &Domain, domain: usize, types: &[String]) -> Vec<Group> {
    let nodes = entry.nodes.unwrap_or(1);
    if nodes == 0 {
        return Vec::new();
    }
    let types: Vec<Option<String>> = match &entry.node_type {
        Some(own) => Vec::from([Some(own.clone())]),
        None if types.len() > 1 => types.iter().cloned().map(Some).collect(),
        None => Vec::from([None]),
    };
    let count = u32::try_from(types.len()).unwrap_or(u32::MAX);
    let each = nodes.checked_div(count).unwrap_or(nodes).max(1);
    let mut left = nodes.saturating_sub(each.saturating_mul(count));
    let mut seeds = entry.seeds.unwrap_or(0).min(nodes);
    let mut groups = Vec::new();
    for node_type in types {
        let nodes = each.saturating_add(core::mem::take(&mut left));
        let own = seeds.min(nodes);
        seeds = seeds.saturating_sub(own);
        groups.push(Group {
            domain,
            nodes,
            seeds: own,
            node_type,
            installed: entry.installed.as_ref().map(|places| crate::order::set(places.iter().copied())),
        });
    }
    groups
}

/// The domains of the nodes that the manifest lists, in the order of the list; a configuration says no other.
fn listed_domains(manifest: &Manifest<'_>) -> Vec<Domain> {
    let mut domains: Vec<Domain> = Vec::new();
    let mut places: BTreeMap<(&str, &str), usize> = BTreeMap::new();
    for node in &manifest.nodes {
        let place = *places.entry((&node.upgrade_domain, &node.node_type)).or_insert_with(|| {
            let (name, node_type) = (node.upgrade_domain.clone(), Some(node.node_type.clone()));
            domains.push(Domain { name, node_type, nodes: Some(0), ..Domain::default() });
            domains.len().saturating_sub(1)
        });
        if let Some(domain) = domains.get_mut(place) {
            domain.nodes = domain.nodes.map(|nodes| nodes.saturating_add(1));
        }
    }
    domains
}

fn usual_domains(manifest: &Manifest<'_>) -> Vec<Domain> {
    let mut names: Vec<Option<String>> = manifest
        .node_types
        .iter()
        .map(|node_type| node_type.name.as_ref().map(|name| name.text().to_string()))
        .collect();
    if names.is_empty() {
        names.push(None);
    }
    let domains = (0..USUAL_DOMAINS).flat_map(|domain| {
        names.iter().map(move |node_type| Domain {
            name: format!("UD{domain}"),
            node_type: node_type.clone(),
            ..Domain::default()
        })
    });
    domains.take(Limits::ROLLOUT_DOMAINS).collect()
}

/// The names of the node types of a manifest.
pub(super) fn node_types<'m>(manifest: &'m Manifest<'_>) -> impl Iterator<Item = &'m str> {
    manifest.node_types.iter().filter_map(|node_type| node_type.name.as_ref().map(Value::text))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn domain(name: &str, nodes: u32, seeds: Option<u32>) -> Domain {
        Domain { name: String::from(name), nodes: Some(nodes), seeds, ..Domain::default() }
    }

    #[test]
    fn what_is_left_open_is_assumed() {
        let cluster = Cluster::of(&Subject::default(), &Manifest::default());
        assert_eq!((cluster.domains.len(), cluster.nodes(), cluster.seeds()), (5, 5, 5));
        assert_eq!(cluster.assumed.len(), 4);
    }

    #[test]
    fn empty_domains_are_left_out_and_entries_of_one_name_are_one_domain() {
        let domains =
            Vec::from([domain("a", 0, None), domain("b", 3, Some(1)), domain("b", 2, None), domain("c", 1, None)]);
        let subject = Subject { domains, duration: Some(-5), ..Subject::default() };
        let cluster = Cluster::of(&subject, &Manifest::default());
        let names: Vec<&str> = cluster.domains.iter().map(|domain| domain.name.as_str()).collect();
        assert_eq!(names, ["b", "c"]);
        assert_eq!(cluster.groups.iter().map(|group| group.domain).collect::<Vec<_>>(), [0, 0, 1]);
        assert_eq!((cluster.nodes(), cluster.seeds(), cluster.empty.len()), (6, 1, 1));
        assert_eq!(cluster.backwards.first().map(|(_, seconds)| *seconds), Some(-5));
        assert_eq!(cluster.domains.first().map(|domain| domain.duration), Some(0));
    }

    #[test]
    fn domains_beyond_the_limit_are_counted() {
        let most = Limits::ROLLOUT_UPGRADE_DOMAINS;
        let mut domains: Vec<Domain> = (0..=most).map(|place| domain(&format!("{place}"), 1, None)).collect();
        // Another entry of a domain that is known is no further domain.
        domains.push(domain("0", 1, None));
        let cluster = Cluster::of(&Subject { domains, ..Subject::default() }, &Manifest::default());
        assert_eq!((cluster.domains.len(), cluster.beyond, cluster.cut), (most, 1, 0));
    }
}
