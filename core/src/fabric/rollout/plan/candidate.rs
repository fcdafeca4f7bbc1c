//! The settings that a plan can go through: what they present, and what they accept.

use alloc::collections::BTreeSet;
use alloc::string::String;
use alloc::vec::Vec;

use super::super::ground::Ground;
use super::super::groups::Cluster;
use super::super::input::{self, Issuers};
use super::super::rehearsal::{Rehearsal, Shown};
use super::super::schedule::Version;
use super::super::widen::Acceptance;
use super::Ends;
use crate::Time;
use crate::chain::Verifier;

/// Settings that a plan can go through.
pub(super) struct Candidate {
    /// Whether it presents as the settings after do.
    pub(super) new_face: bool,
    /// What it accepts.
    pub(super) accepts: Accepts,
    pub(super) fragment: String,
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Accepts {
    Old,
    New,
    Both,
    /// Both, with open names pinned to what is presented.
    BothPinned,
}

/// The settings that are tried. Nothing where the acceptance of an end can't be taken apart.
pub(super) fn all(
    ends: &Ends<'_>,
    ground: &Ground<'_>,
    cluster: &Cluster,
    issuers: &Issuers<'_>,
    start: Time,
    verifier: &mut Verifier,
) -> Option<Vec<Candidate>> {
    let (old, new) = (Acceptance::of(ends.before)?, Acceptance::of(ends.after)?);
    let both = old.with(&new, None);
    let pins = {
        let judges = [input::judge(ends.before, ground, issuers), input::judge(ends.after, ground, issuers)];
        let mut rehearsal = Rehearsal::new(ground, judges.iter().collect(), cluster, verifier);
        presented_issuers(&mut rehearsal, start)
    };
    let pinned = old.with(&new, Some(&pins));
    let mut candidates = Vec::new();
    let mut add = |new_face: bool, accepts: Accepts, acceptance: &Acceptance| {
        let accepts = match acceptance {
            own if own.is_like(&new) => Accepts::New,
            own if own.is_like(&old) => Accepts::Old,
            _ => accepts,
        };
        let shown = if new_face { ends.after } else { ends.before };
        candidates.push(Candidate { new_face, accepts, fragment: acceptance.fragment(shown) });
    };
    add(false, Accepts::Both, &both);
    add(true, Accepts::Both, &both);
    if pinned != both {
        add(false, Accepts::BothPinned, &pinned);
        add(true, Accepts::BothPinned, &pinned);
    }
    add(false, Accepts::New, &new);
    add(true, Accepts::Old, &old);
    Some(candidates)
}

/// The issuers of everything that the settings before and after present.
fn presented_issuers(rehearsal: &mut Rehearsal<'_>, start: Time) -> Vec<Vec<u8>> {
    let slot = rehearsal.ground.slot(start);
    let mut issuers: Vec<Vec<u8>> = Vec::new();
    let cluster = rehearsal.cluster;
    for settings in 0..rehearsal.judges.len() {
        for group in &cluster.groups {
            let state = rehearsal.state(group, &Version { settings, absent: BTreeSet::new() });
            for shown in rehearsal.front(state, slot) {
                if let Shown::Certificate(place) = shown {
                    let own = rehearsal.issuers(place, start);
                    let new: Vec<Vec<u8>> = own.into_iter().filter(|issuer| !issuers.contains(issuer)).collect();
                    issuers.extend(new);
                }
            }
        }
    }
    issuers
}
