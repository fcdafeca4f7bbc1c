//! When what happens: the moves of a roll-out, and the beats of each.

use alloc::collections::BTreeSet;
use alloc::vec::Vec;

use super::Subject;
use super::groups::Cluster;

/// What the nodes have: settings by their place, and the certificates that are installed nowhere yet.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Version {
    pub(super) settings: usize,
    pub(super) absent: BTreeSet<u32>,
}

impl Version {
    /// A change to what there is already.
    pub(super) fn still(&self) -> Move {
        Move { from: self.clone(), to: self.clone(), roll_out: 1 }
    }
}

/// A change from one version to another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Move {
    pub(super) from: Version,
    pub(super) to: Version,
    /// The roll-out, from 1. Certificates are installed as part of the roll-out before which that happens.
    pub(super) roll_out: u32,
}

/// A stretch of time in which nobody's settings change.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Beat {
    /// Seconds after the start of the move.
    pub(super) at: i64,
    /// Seconds after the start of the move: the first second of the next beat.
    pub(super) until: i64,
    /// How many domains are done.
    pub(super) done: usize,
    /// Whether the next domain is half done.
    pub(super) half: bool,
}

impl Move {
    /// The moves from one settings to the next, with the installations that come before a roll-out.
    pub(super) fn sequence(settings: usize, subject: &Subject) -> Vec<Self> {
        let absent_in = |roll_out: u32| -> BTreeSet<u32> {
            let later = subject.installs.iter().filter(|install| install.before > roll_out);
            crate::order::set(later.map(|install| install.certificate))
        };
        let mut moves = Vec::new();
        for (to, roll_out) in (1..settings).zip(1_u32..) {
            let from = to.saturating_sub(1);
            let (earlier, absent) = (absent_in(roll_out.saturating_sub(1).max(1)), absent_in(roll_out));
            if earlier != absent {
                let before = Version { settings: from, absent: earlier };
                moves.push(Self { from: before, to: Version { settings: from, absent: absent.clone() }, roll_out });
            }
            let before = Version { settings: from, absent: absent.clone() };
            moves.push(Self { from: before, to: Version { settings: to, absent }, roll_out });
        }
        moves
    }

    /// Whether certificates are installed, rather than settings rolled out.
    pub(super) fn installs(&self) -> bool {
        self.from.settings == self.to.settings
    }

    /// The beats, in order. Installing takes no time of the schedule: it is walked node by node all the same.
    pub(super) fn beats(&self, cluster: &Cluster) -> Vec<Beat> {
        let mut beats = Vec::new();
        let mut now = 0_i64;
        let timed = |seconds: i64| if self.installs() { 0 } else { seconds };
        if !self.installs() {
            beats.push(Beat { at: 0, until: 0, done: 0, half: false });
        }
        for (place, domain) in cluster.domains.iter().enumerate() {
            let end = now.saturating_add(timed(domain.duration));
            let members = cluster.groups.iter().filter(|group| group.domain == place);
            let count = members.fold(0_u32, |sum, group| sum.saturating_add(group.nodes));
            if count > 1 {
                beats.push(Beat { at: now, until: end, done: place, half: true });
            } else {
                // A domain of one node is before or after, never between; when it changes is not known.
                beats.push(Beat { at: now, until: end, done: place, half: false });
                beats.push(Beat { at: now, until: end, done: place.saturating_add(1), half: false });
            }
            let next = end.saturating_add(timed(cluster.wait));
            beats.push(Beat { at: end, until: next, done: place.saturating_add(1), half: false });
            now = next;
        }
        beats
    }

    /// Seconds that it takes.
    pub(super) fn duration(&self, cluster: &Cluster) -> i64 {
        if self.installs() {
            return 0;
        }
        let each = cluster.domains.iter().map(|domain| domain.duration.saturating_add(cluster.wait));
        each.fold(0, i64::saturating_add)
    }
}
