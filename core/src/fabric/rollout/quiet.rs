//! A course while nothing about a certificate happens: decided once for each interval between instants, from which the
//! verdict of any stretch of it is looked up. A roll-out meets few instants, so most of it is quiet, whenever it starts.

use alloc::collections::BTreeMap;
use alloc::vec::Vec;
use core::ops::Range;

use super::rehearsal::Rehearsal;
use super::walk::{Course, Party};
use crate::Verdict;

/// The verdicts of the beats of a course in one interval, as sums.
#[derive(Debug, Default)]
pub(super) struct Quiet {
    /// How many beats before each place are refused.
    refused: Vec<u32>,
    /// How many beats before each place are indeterminate.
    open: Vec<u32>,
}

impl Quiet {
    fn push(&mut self, verdict: Verdict) {
        for (sums, own) in [(&mut self.refused, Verdict::Refused), (&mut self.open, Verdict::Indeterminate)] {
            let sum = sums.last().copied().unwrap_or_default();
            sums.push(sum.saturating_add(u32::from(verdict == own)));
        }
    }

    /// The worst verdict of some beats.
    pub(super) fn over(&self, beats: Range<usize>) -> Verdict {
        let before = |sums: &[u32], place: usize| place.checked_sub(1).and_then(|last| sums.get(last).copied());
        let has =
            |sums: &[u32]| before(sums, beats.start).unwrap_or_default() != before(sums, beats.end).unwrap_or_default();
        match (has(&self.refused), has(&self.open)) {
            (true, _) => Verdict::Refused,
            (false, true) => Verdict::Indeterminate,
            (false, false) => Verdict::Admitted,
        }
    }
}

impl Rehearsal<'_> {
    /// Decides every beat of a course in one interval. Nodes are counted by state as their domains are upgraded, so a beat
    /// costs as much as there are states.
    pub(super) fn quiet(&mut self, course: &Course, slot: usize) -> Quiet {
        let cluster = self.cluster;
        let mut members: Vec<Vec<usize>> = Vec::new();
        members.resize(cluster.domains.len(), Vec::new());
        let mut counts: BTreeMap<usize, u32> = BTreeMap::new();
        for (place, group) in cluster.groups.iter().enumerate() {
            if let Some(of_domain) = members.get_mut(group.domain) {
                of_domain.push(place);
            }
            add(&mut counts, course.before(place), group.nodes);
        }
        let mut quiet = Quiet::default();
        let mut done = 0_usize;
        for beat in course.beats() {
            while done < beat.done {
                for &place in members.get(done).map(Vec::as_slice).unwrap_or_default() {
                    let nodes = cluster.groups.get(place).map_or(0, |group| group.nodes);
                    take(&mut counts, course.before(place), nodes);
                    add(&mut counts, course.after(place), nodes);
                }
                done = done.saturating_add(1);
            }
            let mut mixed = counts.clone();
            let halves = members.get(done).filter(|_| beat.half);
            for &place in halves.map(Vec::as_slice).unwrap_or_default() {
                let nodes = cluster.groups.get(place).map_or(0, |group| group.nodes);
                let (new, old) = super::walk::halves(nodes);
                take(&mut mixed, course.before(place), nodes);
                add(&mut mixed, course.before(place), old);
                add(&mut mixed, course.after(place), new);
            }
            let parties: Vec<Party> = mixed
                .into_iter()
                .map(|(state, nodes)| Party { state, searched: slot, nodes, seeds: (0, 0), stale: false })
                .collect();
            quiet.push(self.quick(&parties, slot));
        }
        quiet
    }
}

fn add(counts: &mut BTreeMap<usize, u32>, state: Option<usize>, nodes: u32) {
    if let Some(state) = state.filter(|_| nodes > 0) {
        let sum = counts.entry(state).or_default();
        *sum = sum.saturating_add(nodes);
    }
}

fn take(counts: &mut BTreeMap<usize, u32>, state: Option<usize>, nodes: u32) {
    let Some(state) = state else { return };
    if let Some(sum) = counts.get_mut(&state) {
        *sum = sum.saturating_sub(nodes);
        if *sum == 0 {
            counts.remove(&state);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_worst_of_some_beats() {
        let mut quiet = Quiet::default();
        for verdict in
            [Verdict::Admitted, Verdict::Indeterminate, Verdict::Admitted, Verdict::Refused, Verdict::Admitted]
        {
            quiet.push(verdict);
        }
        assert_eq!(quiet.over(0..1), Verdict::Admitted);
        assert_eq!(quiet.over(0..3), Verdict::Indeterminate);
        assert_eq!(quiet.over(2..3), Verdict::Admitted);
        assert_eq!(quiet.over(1..5), Verdict::Refused);
        assert_eq!(quiet.over(4..5), Verdict::Admitted);
    }
}
