//! The starts at which the verdict changes.

use alloc::collections::BTreeSet;
use alloc::string::String;
use alloc::vec::Vec;

use super::groups::Cluster;
use super::rehearsal::Rehearsal;
use super::schedule::Move;
use crate::{Flip, Limits, Time, Verdict};

/// What came of trying other starts.
#[derive(Debug, Default)]
pub(super) struct Starts {
    pub(super) flips: Vec<Flip>,
    /// Starts that were not tried, because there are more than [`Limits::ROLLOUT_FLIPS`].
    pub(super) untried: usize,
}

/// The starts at which the verdict changes. It can only change where a moment of the walk meets an instant of a certificate,
/// or the end of the time in which nodes have not searched their store again.
pub(super) fn search(
    rehearsal: &mut Rehearsal<'_>,
    moves: &[Move],
    cluster: &Cluster,
    mut overall: impl FnMut(&mut Rehearsal<'_>, Time) -> Verdict,
) -> Starts {
    let mut offsets: BTreeSet<i64> = BTreeSet::from([0]);
    let mut intervals: BTreeSet<i64> = BTreeSet::from([0]);
    let mut began = 0_i64;
    for step in moves {
        for beat in step.beats(cluster) {
            offsets.extend([began.saturating_add(beat.at), began.saturating_add(beat.until)]);
        }
        began = began.saturating_add(step.duration(cluster));
    }
    for state in 0..rehearsal.states.len() {
        intervals.insert(rehearsal.monitor_interval(state));
    }
    let mut starts: BTreeSet<Time> = BTreeSet::new();
    for (instant, _) in &rehearsal.ground.instants {
        for interval in &intervals {
            for offset in &offsets {
                let at = instant.plus(interval.saturating_sub(*offset));
                starts.extend([at, at.plus(1)]);
            }
        }
    }
    if starts.len() > Limits::ROLLOUT_FLIPS {
        return Starts { untried: starts.len(), ..Starts::default() };
    }
    let mut flips = Vec::new();
    let mut verdict = overall(rehearsal, Time::MIN);
    for start in starts {
        let after = overall(rehearsal, start);
        if after != verdict {
            verdict = after;
            let because = String::from("started then, the roll-out meets a certificate that expires or begins");
            flips.push(Flip::new(start, verdict, because));
        }
    }
    Starts { flips, untried: 0 }
}
