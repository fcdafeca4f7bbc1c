//! Every certificate of a case on every connection.

use alloc::vec::Vec;

use super::Connection;
use super::judge::{Judge, Judgement};
use super::leaf::Leaf;
use super::subject::{Candidate, ChainSettings};
use crate::chain::{Read, Store, Verifier};
use crate::{Time, Trust};

/// What each connection makes of each certificate, by certificate, then by connection.
pub(super) type Judged = Vec<(u32, Connection, Judgement)>;

/// What is judged, whatever the settings and the instant.
pub(super) struct Matrix<'a> {
    pub(super) store: &'a Store<'a>,
    pub(super) read: &'a Read,
    pub(super) trust: &'a Trust,
    pub(super) leaves: &'a [Leaf<'a>],
    pub(super) connections: &'a [Connection],
}

/// What judging took.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Effort {
    /// Signatures that were asked for.
    pub(super) signatures: usize,
}

impl Matrix<'_> {
    /// The whole matrix, each cell with its steps.
    pub(super) fn at(&self, judge: &Judge<'_, '_>, at: Time, verifier: &mut Verifier, effort: &mut Effort) -> Judged {
        self.leaves.iter().flat_map(|leaf| self.row(leaf, judge, at, true, verifier, effort)).collect()
    }

    /// One certificate on every connection; without `steps` where only the verdicts matter.
    pub(super) fn row(
        &self,
        leaf: &Leaf<'_>,
        judge: &Judge<'_, '_>,
        at: Time,
        steps: bool,
        verifier: &mut Verifier,
        effort: &mut Effort,
    ) -> Judged {
        let mut row = Vec::new();
        let mut built: Vec<(ChainSettings, Candidate)> = Vec::new();
        for &connection in self.connections {
            // Connections with the same revocation flags share a chain.
            let how = judge.chain_settings(connection, at);
            let known = built.iter().position(|(other, _)| other.flags == how.flags);
            let index = match known {
                Some(index) => index,
                None => {
                    let Some(candidate) = leaf.candidate(self.store, self.read, how, self.trust, verifier) else {
                        continue;
                    };
                    effort.signatures = effort.signatures.saturating_add(candidate.signatures);
                    built.push((how, candidate));
                    built.len().saturating_sub(1)
                }
            };
            let Some((_, candidate)) = built.get(index) else { continue };
            let judgement = match steps {
                true => judge.judge(&leaf.facts, candidate, connection),
                false => judge.judge_only(&leaf.facts, candidate, connection),
            };
            row.push((leaf.facts.number, connection, judgement));
        }
        row
    }
}
