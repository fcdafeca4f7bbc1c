//! The instants at which the verdict changes.

use alloc::collections::BTreeMap;
use alloc::string::String;
use alloc::vec::Vec;

use crate::fabric::leaf::Leaf;
use crate::fabric::matrix::Chains;
use crate::{Flip, Limits, Time, Verdict};

/// The chains of a certificate at one instant, and the best verdict that they get it.
pub(super) type Instant = (Chains, Option<Verdict>);

/// The instants at which the overall verdict changes. A certificate's own verdict can only change where something of
/// its chain begins or ends, or where the nodes get another certificate to present, so it is decided at these `instants`,
/// certificate by certificate.
pub(super) fn flips(
    leaves: &[Leaf<'_>],
    instants: impl Fn(&Leaf<'_>, &Chains) -> BTreeMap<Time, Vec<String>>,
    decided: &impl Fn(&BTreeMap<u32, Verdict>) -> Verdict,
    mut judge: impl FnMut(Time, &Leaf<'_>, Option<Instant>) -> Instant,
) -> Vec<Flip> {
    let mut changes: BTreeMap<Time, (BTreeMap<u32, Verdict>, Vec<String>)> = BTreeMap::new();
    let mut now: BTreeMap<u32, Verdict> = BTreeMap::new();
    for (count, leaf) in leaves.iter().enumerate() {
        let number = leaf.facts.number;
        let mut instant = judge(Time::MIN, leaf, None);
        now.extend(instant.1.map(|verdict| (number, verdict)));
        if count >= Limits::FLIP_CERTIFICATES {
            continue;
        }
        for (at, because) in instants(leaf, &instant.0) {
            let before = instant.1;
            instant = judge(at, leaf, Some(instant));
            let after = instant.1;
            if after != before {
                let change = changes.entry(at).or_default();
                change.0.extend(after.map(|after| (number, after)));
                change.1.extend(because.into_iter().filter(|one| !change.1.contains(one)).collect::<Vec<_>>());
            }
        }
    }
    let mut verdict = decided(&now);
    let mut flips = Vec::new();
    for (at, (changed, because)) in changes {
        now.extend(changed);
        let after = decided(&now);
        if after != verdict {
            verdict = after;
            flips.push(Flip::new(at, verdict, because.join(", ")));
        }
    }
    flips
}
