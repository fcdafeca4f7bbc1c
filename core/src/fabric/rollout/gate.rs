//! The check before a roll-out: `EnforcePrevalidationOnSecurityChanges` (from runtime 7.1 on).
//!
//! Before the new settings reach any node, one of the certificates that the new presentation rules find has to pass a new
//! validation rule, on the node where the Cluster Manager's primary replica runs (article, "other settings worth
//! mentioning"). Which node that is is not known, so each is asked, and where they differ the report says so.

use alloc::string::String;
use alloc::vec::Vec;

use super::answer::Gate;
use super::change::content;
use super::rehearsal::{Rehearsal, Shown};
use super::schedule::Move;
use super::tie::place_of;
use crate::fabric::manifest::CertificateRole;
use crate::fabric::{Connection, Runtime};
use crate::{Time, Verdict};

/// The setting.
pub(super) const SETTING: &str = "EnforcePrevalidationOnSecurityChanges";

impl Rehearsal<'_> {
    /// What the check says of a roll-out that starts at an instant; nothing where no settings ask for it.
    pub(super) fn gate(&mut self, step: &Move, start: Time) -> Option<Gate> {
        let settings = |place: usize| self.judges.get(place).is_some_and(|judge| judge.settings.flag(SETTING, false));
        let asked = settings(step.from.settings) || settings(step.to.settings);
        if step.installs() || !asked || self.ground.runtime == Runtime::V6_5 {
            return None;
        }
        // The check is made where security settings change: those of the sections, and the certificates of node types.
        let security = |place: usize| {
            let mut content =
                self.judges.get(place).map(|judge| content(judge.settings.manifest())).unwrap_or_default();
            content.retain(|(place, ..)| place == "security" || place.contains('/'));
            content
        };
        if security(step.from.settings) == security(step.to.settings) {
            return None;
        }
        let slot = self.ground.slot(start);
        let cluster = self.cluster;
        let mut verdicts: Vec<Verdict> = Vec::new();
        for group in &cluster.groups {
            let target = self.state(group, &step.to);
            let verdict = self.prevalidated(target, slot);
            if !verdicts.contains(&verdict) {
                verdicts.push(verdict);
            }
        }
        let is = |verdict: Verdict| verdicts.contains(&verdict);
        let (verdict, because) = match (is(Verdict::Admitted), is(Verdict::Refused), is(Verdict::Indeterminate)) {
            (_, false, false) => {
                (Verdict::Admitted, "on every node a certificate that would be presented passes a new rule")
            }
            (false, true, false) => {
                (Verdict::Refused, "on no node a certificate that would be presented passes a new rule")
            }
            (true, true, _) => (
                Verdict::Indeterminate,
                "it passes on some nodes only, and the check is made where the Cluster Manager's primary runs",
            ),
            _ => {
                (Verdict::Indeterminate, "whether a certificate that would be presented passes a new rule is not known")
            }
        };
        Some(Gate { roll_out: step.roll_out, verdict, because: String::from(because) })
    }

    /// Whether one certificate that nodes of a state would present passes a rule for what presents it.
    fn prevalidated(&mut self, state: usize, slot: usize) -> Verdict {
        let asked = [
            (CertificateRole::Cluster, Connection::Node),
            (CertificateRole::Server, Connection::Server),
            (CertificateRole::Client, Connection::Gateway),
            (CertificateRole::UserRoleClient, Connection::Gateway),
        ];
        let front = self.front(state, slot);
        let mut best = Verdict::Refused;
        for (role, connection) in asked {
            let verdict = match front.get(place_of(role)) {
                Some(Shown::Certificate(place)) => {
                    let meeting = self.ask(state, *place, connection, None, slot);
                    meeting.and_then(|meeting| self.meetings.get(meeting)).map_or(Verdict::Refused, |own| own.verdict)
                }
                Some(Shown::Unknown(_)) => Verdict::Indeterminate,
                _ => Verdict::Refused,
            };
            best = match (best, verdict) {
                (Verdict::Admitted, _) | (_, Verdict::Admitted) => Verdict::Admitted,
                (Verdict::Indeterminate, _) | (_, Verdict::Indeterminate) => Verdict::Indeterminate,
                _ => Verdict::Refused,
            };
        }
        best
    }
}
