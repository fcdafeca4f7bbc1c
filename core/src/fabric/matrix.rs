//! Every certificate of a case on every connection.

use alloc::rc::Rc;
use alloc::vec::Vec;

use super::Connection;
use super::implicit::{Implicit, Reach};
use super::judge::{Attempt, Judge, Judgement};
use super::leaf::Leaf;
use super::own::Own;
use super::peer::Shown;
use super::subject::Candidate;
use crate::Time;
use crate::certificate::Facts;
use crate::chain::Verifier;

/// What each connection makes of each certificate, by certificate, then by connection.
pub(super) type Judged = Vec<(u32, Connection, Judgement)>;

/// The row of one certificate. Rows are in the order of their numbers.
pub(super) fn row(judged: &[(u32, Connection, Judgement)], number: u32) -> &[(u32, Connection, Judgement)] {
    let start = judged.partition_point(|(other, ..)| *other < number);
    let end = judged.partition_point(|(other, ..)| *other <= number);
    judged.get(start..end).unwrap_or_default()
}

/// What is judged, whatever the settings and the instant.
pub(super) struct Matrix<'a> {
    pub(super) shown: &'a Shown,
    pub(super) leaves: &'a [Leaf<'a>],
    pub(super) connections: &'a [Connection],
    pub(super) own: &'a Own<'a>,
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
        let mut judged = Vec::new();
        for leaf in self.leaves {
            let chains = self.chains(leaf, judge, at, verifier, effort);
            let explained = chains.attempts(&leaf.facts);
            judged.extend(explained.map(|of| (leaf.facts.number, of.connection, judge.explain(of))));
        }
        judged
    }

    /// One certificate on every connection, without steps.
    pub(super) fn row(&self, leaf: &Leaf<'_>, judge: &Judge<'_, '_>, at: Time, verifier: &mut Verifier) -> Judged {
        let chains = self.chains(leaf, judge, at, verifier, &mut Effort::default());
        let judged = chains.attempts(&leaf.facts);
        judged.map(|of| (leaf.facts.number, of.connection, judge.judge(of))).collect()
    }

    /// The chains of one certificate at an instant.
    pub(super) fn chains(
        &self,
        leaf: &Leaf<'_>,
        judge: &Judge<'_, '_>,
        at: Time,
        verifier: &mut Verifier,
        effort: &mut Effort,
    ) -> Chains {
        let mut chains = Chains::default();
        for &connection in self.connections {
            // Connections with the same revocation flags share a chain.
            let how = judge.chain_settings(connection, at);
            let known = chains.built.iter().position(|(flags, _)| *flags == how.flags);
            let place = match known {
                Some(place) => place,
                None => {
                    let Some(candidate) = leaf.candidate(self.shown, how, verifier) else {
                        continue;
                    };
                    effort.signatures = effort.signatures.saturating_add(candidate.signatures);
                    chains.built.push((how.flags, candidate));
                    chains.built.len().saturating_sub(1)
                }
            };
            let Some((_, candidate)) = chains.built.get(place) else { continue };
            let implicit = self.own.implicit(judge, candidate, connection, at);
            chains.of.push((connection, place, implicit));
        }
        chains
    }
}

/// A connection, the place of its chain, and the rule that no setting states and that applies.
type Linked = (Connection, usize, Option<(Implicit, Reach)>);

/// The chains of one certificate at an instant, and which connection has which.
#[derive(Debug, Default)]
pub(super) struct Chains {
    built: Vec<(u32, Rc<Candidate>)>,
    of: Vec<Linked>,
}

impl Chains {
    /// The certificate with one of its chains.
    pub(super) fn candidate(&self) -> Option<&Candidate> {
        self.built.first().map(|(_, candidate)| &**candidate)
    }

    /// Each connection with its chain.
    pub(super) fn attempts<'c>(&'c self, facts: &'c Facts) -> impl Iterator<Item = Attempt<'c>> {
        self.of.iter().filter_map(move |&(connection, place, implicit)| {
            let (_, candidate) = self.built.get(place)?;
            Some(Attempt { facts, candidate, connection, implicit })
        })
    }

    /// Whether every connection decides the same of these as of `other`.
    pub(super) fn decide_like(&self, other: &Self) -> bool {
        let mut pairs = self.built.iter().zip(&other.built);
        self.of == other.of
            && self.built.len() == other.built.len()
            && pairs.all(|((flags, one), (others, other))| flags == others && one.decides_like(other))
    }
}
