//! From the cells to one verdict.

use alloc::collections::BTreeMap;
use alloc::vec::Vec;

use crate::Verdict;
use crate::fabric::judge::Judgement;
use crate::fabric::{Connection, Policy};

/// The connections that are judged, in the order in which they are shown.
pub(super) fn connections(policy: &Policy) -> Vec<Connection> {
    match policy.connection {
        Some(connection) => Vec::from([connection]),
        None => Connection::ALL.to_vec(),
    }
}

/// Whether a connection counts for the overall verdict. On `server` it is the cluster that is judged, so it is
/// reported apart unless it is what was asked.
pub(super) fn counts(policy: &Policy, connection: Connection) -> bool {
    policy.connection.is_some() || connection != Connection::Server
}

/// The best verdict that each certificate has on a connection that counts.
pub(super) fn best(policy: &Policy, judged: &[(u32, Connection, Judgement)]) -> BTreeMap<u32, Verdict> {
    let mut best = BTreeMap::new();
    for row in judged.chunk_by(|(one, ..), (other, ..)| one == other) {
        let counting = row.iter().filter(|(_, connection, _)| counts(policy, *connection));
        let verdict = best_of(counting.map(|(.., judgement)| judgement.verdict));
        if let (Some((number, ..)), Some(verdict)) = (row.first(), verdict) {
            best.insert(*number, verdict);
        }
    }
    best
}

/// The best of several verdicts. None is asked for behind an admission.
pub(super) fn best_of(verdicts: impl Iterator<Item = Verdict>) -> Option<Verdict> {
    let mut best = None;
    for verdict in verdicts {
        match verdict {
            Verdict::Admitted => return Some(verdict),
            Verdict::Indeterminate => best = Some(verdict),
            Verdict::Refused => best = best.or(Some(verdict)),
        }
    }
    best
}

/// Admitted if every certificate is admitted by some connection that counts; refused if one can't be.
pub(super) fn overall(best: &BTreeMap<u32, Verdict>) -> Verdict {
    if best.values().any(|verdict| *verdict == Verdict::Refused) {
        Verdict::Refused
    } else if best.values().any(|verdict| *verdict == Verdict::Indeterminate) || best.is_empty() {
        Verdict::Indeterminate
    } else {
        Verdict::Admitted
    }
}
