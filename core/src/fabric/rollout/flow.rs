//! The steps that the deployer makes of a change of the cluster certificate, each a whole roll-out
//! (`CertificateClusterUpgradeFlow.cs`). Three lists change one after the other: what is accepted (W), what is presented
//! (L), and what the file store service uses (F).

use alloc::string::String;
use alloc::vec::Vec;

use super::certificates::{ClusterCertificates, has_ignoring_case};

/// The lists after one step.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FlowStep {
    /// What is accepted (W).
    pub accepted: ClusterCertificates,
    /// What is presented (L).
    pub presented: ClusterCertificates,
    /// What the file store service uses (F).
    pub file_store: ClusterCertificates,
}

/// A change that the deployer has no steps for: `NotSupportedException`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NotSupported;

/// What becomes of a flow whose step failed (ClusterCertificateUpgrade.Test.cs).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Recovery {
    /// The first step failed: the change is dropped, and the cluster stays on its baseline.
    Dropped,
    /// A later step failed: the cluster goes back to the lists of this step, counted from 1, and from there to its
    /// baseline.
    BackTo(u32),
}

/// Whether a change of the configuration is made by these steps: only one of the cluster certificate's values is. Other
/// thumbprints of issuers, and other issuer stores, are one plain step.
pub fn is_certificate_change(current: &ClusterCertificates, target: &ClusterCertificates) -> bool {
    let (mut old, mut new) = (current.values(), target.values());
    if old == new {
        return false;
    }
    crate::order::sort_by(&mut old, Ord::cmp);
    crate::order::sort_by(&mut new, Ord::cmp);
    // The same values in another order are a swap.
    old != new || current.values() != target.values()
}

/// The steps from one declaration to another.
///
/// # Errors
///
/// [`NotSupported`] where no value changes, or more than four.
pub fn steps(current: &ClusterCertificates, target: &ClusterCertificates) -> Result<Vec<FlowStep>, NotSupported> {
    let same_kind = current.names.is_empty() == target.names.is_empty();
    let added: Vec<_> =
        target.thumbprints.iter().filter(|new| !has_ignoring_case(&current.thumbprints, new)).cloned().collect();
    let added_names = current.added_names(target);
    let mut accepted = current.clone();
    accepted.thumbprints.extend(added.iter().cloned());
    accepted.names = current.merged_names(&added_names);
    let mut steps = Vec::new();
    let is_added = !added.is_empty() || !added_names.is_empty();
    if is_added {
        let (presented, file_store) = (current.clone(), current.clone());
        steps.push(FlowStep { accepted: accepted.clone(), presented, file_store });
    }
    let changed = changed(&lowered(&current.thumbprints), &lowered(&target.thumbprints))
        .saturating_add(changed(&names(current), &names(target)));
    let file_store = match (changed, same_kind) {
        (1, true) if is_added => {
            steps.push(FlowStep { accepted, presented: target.clone(), file_store: target.clone() });
            return Ok(steps);
        }
        (1, true) => current.clone(),
        (2, true) if !is_added => first_twice(current),
        (2, true) => first_of_both(current, target),
        (2..=4, false) => ClusterCertificates {
            thumbprints: if current.names.is_empty() {
                current.thumbprints.clone()
            } else {
                target.thumbprints.clone()
            },
            names: if current.names.is_empty() { target.names.clone() } else { current.names.clone() },
        },
        _ => return Err(NotSupported),
    };
    steps.push(FlowStep { accepted, presented: target.clone(), file_store });
    steps.push(FlowStep { accepted: target.clone(), presented: target.clone(), file_store: target.clone() });
    Ok(steps)
}

/// What becomes of a flow whose step `failed`, counted from 1.
pub fn recovery(failed: u32) -> Recovery {
    match failed.checked_sub(1) {
        None | Some(0) => Recovery::Dropped,
        Some(before) => Recovery::BackTo(before),
    }
}

/// Whether another change, asked for while a step is rolled out, replaces the flow: during the first step it does, later it
/// waits until the flow is done.
pub const fn is_replaced_during(step: u32) -> bool {
    step <= 1
}

/// How many of the two places differ. A single value counts as a pair; where one side has none of the kind, the other
/// side's count.
fn changed(old: &[String], new: &[String]) -> usize {
    if old.is_empty() || new.is_empty() {
        return old.len().max(new.len());
    }
    let at = |list: &[String], place: usize| list.get(place).or_else(|| list.first()).cloned();
    (0..old.len().max(new.len()).max(2)).filter(|&place| at(old, place) != at(new, place)).count()
}

fn lowered(thumbprints: &[String]) -> Vec<String> {
    thumbprints.iter().map(|thumbprint| thumbprint.to_lowercase()).collect()
}

fn names(certificates: &ClusterCertificates) -> Vec<String> {
    certificates.names.iter().map(|name| name.name.clone()).collect()
}

fn first_twice(current: &ClusterCertificates) -> ClusterCertificates {
    let twice = |list: &[String]| list.first().map_or_else(Vec::new, |one| [one.clone(), one.clone()].into());
    let names = current.names.first().map_or_else(Vec::new, |one| [one.clone(), one.clone()].into());
    ClusterCertificates { thumbprints: twice(&current.thumbprints), names }
}

fn first_of_both(current: &ClusterCertificates, target: &ClusterCertificates) -> ClusterCertificates {
    let thumbprints = current.thumbprints.iter().take(1).chain(target.thumbprints.iter().take(1)).cloned();
    let names = current.names.iter().take(1).chain(target.names.iter().take(1)).cloned();
    ClusterCertificates { thumbprints: thumbprints.collect(), names: names.collect() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fabric::rollout::certificates::NameWithIssuers;

    #[test]
    fn adding_and_removing_are_two_steps_and_replacing_is_three() {
        fn by(list: &[&str]) -> ClusterCertificates {
            ClusterCertificates::by_thumbprint(list.iter().copied())
        }
        let count = |old: &[&str], new: &[&str]| steps(&by(old), &by(new)).map(|steps| steps.len());
        assert_eq!(count(&["a"], &["a", "b"]), Ok(2));
        assert_eq!(count(&["a", "b"], &["b"]), Ok(2));
        assert_eq!(count(&["a"], &["b"]), Ok(3));
        assert_eq!(count(&["a", "b"], &["B", "A"]), Ok(2));
        assert_eq!(count(&["a"], &["A"]), Err(NotSupported));
        let named = ClusterCertificates::by_name([NameWithIssuers::new("x", "")]);
        assert_eq!(steps(&by(&["a"]), &named).map(|steps| steps.len()), Ok(3));
        assert!(is_certificate_change(&by(&["a", "b"]), &by(&["b", "a"])));
        assert!(!is_certificate_change(&named, &ClusterCertificates::by_name([NameWithIssuers::new("x", "cc")])));
    }

    #[test]
    fn a_failed_step_goes_back_one() {
        assert_eq!((recovery(1), recovery(3)), (Recovery::Dropped, Recovery::BackTo(2)));
        assert!(is_replaced_during(1) && !is_replaced_during(2));
    }
}
