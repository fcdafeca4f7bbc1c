//! Certificate policies: the valid policy tree of RFC 5280, section 6.1, kept as a graph (RFC 9618), so that it stays
//! small however policies and mappings are laid out.

use alloc::collections::{BTreeMap, BTreeSet};
use alloc::vec::Vec;

use serde::{Deserialize, Serialize};

use super::status::error;
use crate::Limits;
use crate::certificate::{Certificate, Oid, known};

/// What is asked of a path's policies (RFC 5280, section 6.1.1). The default asks nothing.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, default)]
pub struct PolicyInputs {
    /// The acceptable policies, dotted; empty: any.
    pub acceptable: Vec<alloc::string::String>,
    /// Whether the path must be valid for one of them.
    pub require_explicit: bool,
    /// Whether mappings are ignored from the start.
    pub inhibit_mapping: bool,
    /// Whether anyPolicy is ignored from the start.
    pub inhibit_any: bool,
}

/// Which policies are expected below a node, level by level: from an expected policy of the level below to the
/// valid policies of this level that expect it.
struct Level {
    /// The valid policies of this level and what each expects below.
    expected: BTreeMap<Key, BTreeSet<Key>>,
    /// Parents of each valid policy, by their valid policy one level above.
    parents: BTreeMap<Key, BTreeSet<Key>>,
}

/// A policy; anyPolicy is `None`.
type Key = Option<Vec<u8>>;

/// Processes the policies of a path, leaf first, the trust anchor (last) left out. The error bit that stands, if any.
pub(crate) fn check(path: &[&Certificate], inputs: &PolicyInputs) -> Option<u32> {
    let count = path.len();
    let start = |is_set: bool| if is_set { 0 } else { count.saturating_add(1) };
    let mut explicit = start(inputs.require_explicit);
    let mut mapping = start(inputs.inhibit_mapping);
    let mut any = start(inputs.inhibit_any);
    let mut levels =
        Vec::from([Level { expected: BTreeMap::from([(None, BTreeSet::from([None]))]), parents: BTreeMap::new() }]);
    let mut is_null = false;
    for (index, certificate) in path.iter().rev().enumerate() {
        let is_last = index.saturating_add(1) == count;
        let is_self_issued = certificate.is_self_issued();
        let extensions = &certificate.extensions;
        let malformed = extensions.policies.fault().is_some()
            || extensions.policy_mappings.fault().is_some()
            || extensions.policy_constraints.fault().is_some()
            || extensions.inhibit_any_policy.fault().is_some();
        let too_many = |count: usize| count > Limits::POLICIES;
        let too_many = extensions.policies.get().is_some_and(|list| too_many(list.len()))
            || extensions.policy_mappings.get().is_some_and(|list| too_many(list.len()));
        if malformed || too_many {
            return Some(error::INVALID_POLICY_CONSTRAINTS);
        }
        match extensions.policies.get() {
            None => is_null = true,
            Some(policies) if !is_null => {
                let keys: Vec<Key> = policies.iter().map(|policy| key(&policy.id)).collect();
                let takes_any = any > 0 || (!is_last && is_self_issued);
                match grow(levels.last(), &keys, takes_any) {
                    Some(level) => levels.push(level),
                    None => is_null = true,
                }
            }
            Some(_) => {}
        }
        if explicit == 0 && is_null {
            return Some(error::NO_ISSUANCE_CHAIN_POLICY);
        }
        if is_last {
            let constraint = extensions.policy_constraints.get().and_then(|one| one.require_explicit_policy);
            explicit = explicit.saturating_sub(1);
            if constraint == Some(0) {
                explicit = 0;
            }
            break;
        }
        if let Some(mappings) = extensions.policy_mappings.get() {
            let is_any = |oid: &Oid| key(oid).is_none();
            if mappings.iter().any(|one| is_any(&one.issuer_domain) || is_any(&one.subject_domain)) {
                return Some(error::INVALID_POLICY_CONSTRAINTS);
            }
            if !is_null && let Some(level) = levels.last_mut() {
                let mut by_issuer: BTreeMap<Key, BTreeSet<Key>> = BTreeMap::new();
                for one in mappings {
                    by_issuer.entry(key(&one.issuer_domain)).or_default().insert(key(&one.subject_domain));
                }
                is_null = !map(level, by_issuer, mapping > 0);
            }
        }
        if !is_self_issued {
            explicit = explicit.saturating_sub(1);
            mapping = mapping.saturating_sub(1);
            any = any.saturating_sub(1);
        }
        if let Some(constraints) = extensions.policy_constraints.get() {
            let bounded = |now: usize, limit: Option<u32>| limit.map_or(now, |limit| now.min(limit as usize));
            explicit = bounded(explicit, constraints.require_explicit_policy);
            mapping = bounded(mapping, constraints.inhibit_policy_mapping);
        }
        if let Some(&skip) = extensions.inhibit_any_policy.get() {
            any = any.min(skip as usize);
        }
    }
    let is_acceptable = !is_null && acceptable(&levels, inputs);
    (explicit == 0 && !is_acceptable).then_some(error::NO_ISSUANCE_CHAIN_POLICY)
}

fn key(oid: &Oid) -> Key {
    (*oid != known::ANY_POLICY).then(|| oid.as_bytes().to_vec())
}

/// The next level (section 6.1.3, step d); none where no policy is left.
fn grow(above: Option<&Level>, policies: &[Key], takes_any: bool) -> Option<Level> {
    let above = above?;
    let mut level = Level { expected: BTreeMap::new(), parents: BTreeMap::new() };
    let mut add = |policy: Key, parent: Key| {
        level.expected.entry(policy.clone()).or_insert_with(|| BTreeSet::from([policy.clone()]));
        level.parents.entry(policy).or_default().insert(parent);
    };
    for policy in policies.iter().filter(|policy| policy.is_some()) {
        let mut is_expected = false;
        for (parent, expected) in &above.expected {
            if expected.contains(policy) {
                is_expected = true;
                add(policy.clone(), parent.clone());
            }
        }
        if !is_expected && above.expected.contains_key(&None) {
            add(policy.clone(), None);
        }
    }
    if takes_any && policies.contains(&None) {
        for (parent, expected) in &above.expected {
            for policy in expected {
                if !policies.contains(policy) || policy.is_none() {
                    add(policy.clone(), parent.clone());
                }
            }
        }
    }
    (!level.expected.is_empty()).then_some(level)
}

/// Applies mappings to the last level (section 6.1.4, steps a and b). Whether a policy is left.
fn map(level: &mut Level, by_issuer: BTreeMap<Key, BTreeSet<Key>>, is_allowed: bool) -> bool {
    for (issuer, subjects) in by_issuer {
        if !is_allowed {
            level.expected.remove(&issuer);
            level.parents.remove(&issuer);
        } else if let Some(expected) = level.expected.get_mut(&issuer) {
            *expected = subjects;
        } else if level.expected.contains_key(&None) {
            // A child of anyPolicy's parent, as if the policy had been named.
            let parents = level.parents.get(&None).cloned().unwrap_or_default();
            level.expected.insert(issuer.clone(), subjects);
            level.parents.insert(issuer, parents);
        }
    }
    !level.expected.is_empty()
}

/// Whether the path is valid for one of the acceptable policies (section 6.1.5, step g): the policies in the domain of
/// the verifier are those whose parent is anyPolicy, all the way up.
fn acceptable(levels: &[Level], inputs: &PolicyInputs) -> bool {
    let wanted: Vec<Key> = inputs
        .acceptable
        .iter()
        .filter_map(|dotted| const_oid::ObjectIdentifier::new(dotted).ok())
        .map(|oid| (oid != known::ANY_POLICY).then(|| oid.as_bytes().to_vec()))
        .collect();
    if inputs.acceptable.is_empty() || wanted.contains(&None) {
        return true;
    }
    // Downwards from each level: a policy that enters below anyPolicy counts if something of the last level descends
    // from it.
    let mut alive: BTreeSet<Key> =
        levels.last().map(|level| crate::order::set(level.expected.keys().cloned())).unwrap_or_default();
    for (depth, level) in levels.iter().enumerate().rev() {
        if depth == 0 {
            break;
        }
        let mut above = BTreeSet::new();
        for policy in &alive {
            for parent in level.parents.get(policy).into_iter().flatten() {
                if parent.is_none() {
                    // anyPolicy at the end of the path stands for every policy.
                    let is_any_at_the_end = policy.is_none() && depth.saturating_add(1) == levels.len();
                    if is_any_at_the_end || wanted.contains(policy) {
                        return true;
                    }
                }
                above.insert(parent.clone());
            }
        }
        alive = above;
    }
    false
}
