//! Going back: from each step while it is under way and when it is done, and straight to the beginning.

use alloc::string::String;
use alloc::vec::Vec;

use super::answer::Rollback;
use super::groups::Cluster;
use super::rehearsal::Rehearsal;
use super::schedule::{Move, Version};
use crate::cost::count;
use crate::{Time, Verdict};

/// Going back from each roll-out: while it is under way, when it is done, and from later ones straight to the beginning.
pub(super) fn rollbacks(
    rehearsal: &mut Rehearsal<'_>,
    moves: &[Move],
    cluster: &Cluster,
    start: Time,
) -> Vec<Rollback> {
    let mut rollbacks = Vec::new();
    let mut now = start;
    for step in moves {
        let end = now.plus(step.duration(cluster));
        if step.installs() {
            continue;
        }
        let mut add = |to: &Version, unfinished: bool, verdict: Verdict| {
            let because = match verdict {
                Verdict::Admitted => "every pair of nodes stays connected",
                Verdict::Refused => "not every pair of nodes is connected on the way",
                Verdict::Indeterminate => "whether every pair stays connected depends on facts that are not known",
            };
            rollbacks.push(Rollback {
                from: count(step.to.settings),
                to: count(to.settings),
                unfinished,
                verdict,
                because: String::from(because),
            });
        };
        // Half way the nodes meet in the mixtures of the way there, only later.
        let halfway = rehearsal.verdict(step, end);
        add(&step.from, true, halfway);
        let back = |to: Version| Move { from: step.to.clone(), to, roll_out: step.roll_out };
        let done = rehearsal.verdict(&back(step.from.clone()), end);
        add(&step.from, false, done);
        if step.from.settings > 0 {
            let first = Version { settings: 0, absent: step.to.absent.clone() };
            let all = rehearsal.verdict(&back(first.clone()), end);
            add(&first, false, all);
        }
        now = end;
    }
    rollbacks
}
