//! The moments of a walk that are shown, each decided in full.

use alloc::vec::Vec;

use super::answer::Gate;
use super::moment::Decided;
use super::rehearsal::Rehearsal;
use super::schedule::Move;
use super::walk::Course;
use crate::{Limits, Time, Verdict};

/// What is shown of a walk.
pub(super) struct Record {
    pub(super) moments: Vec<Decided>,
    pub(super) gates: Vec<Gate>,
    /// When the last roll-out ends.
    pub(super) ends: Time,
    /// Moments that are not shown.
    pub(super) left_out: usize,
}

impl Rehearsal<'_> {
    /// Every moment at which something is otherwise than a moment ago, up to as many as can be shown; the first that is not
    /// safe in any case.
    pub(super) fn record(&mut self, moves: &[Move], courses: &[Course], start: Time) -> Record {
        let domains = self.cluster.domains.len().max(1);
        let most = Limits::ROLLOUT_MOMENTS.min(Limits::ROLLOUT_SHOWN.checked_div(domains).unwrap_or_default());
        let mut record = Record { moments: Vec::new(), gates: Vec::new(), ends: start, left_out: 0 };
        let mut has_unsafe = false;
        for (step, course) in moves.iter().zip(courses) {
            let now = record.ends;
            record.gates.extend(self.gate(step, now));
            for cut in self.cuts(course, now) {
                if has_unsafe && record.moments.len() >= most {
                    record.left_out = record.left_out.saturating_add(1);
                    continue;
                }
                let stretch = self.stretch(course, now, cut);
                let slot = self.ground.slot(stretch.at);
                // What is as it was a moment ago is not shown again.
                let is_same = record.moments.last().is_some_and(|last| {
                    let is_step = last.step == *step && last.stretch.parties == stretch.parties;
                    is_step && self.ground.slot(last.stretch.at) == slot
                });
                if is_same {
                    continue;
                }
                if record.moments.len() >= most && self.quick(&stretch.parties, slot) == Verdict::Admitted {
                    record.left_out = record.left_out.saturating_add(1);
                    continue;
                }
                let assessed = self.assess(&stretch.parties, slot);
                let (verdict, without) = (self.overall(&assessed), self.overall_without(&assessed));
                has_unsafe |= verdict != Verdict::Admitted;
                record.moments.push(Decided { stretch, step: step.clone(), assessed, verdict, without });
            }
            record.ends = now.plus(course.duration);
        }
        record
    }
}
