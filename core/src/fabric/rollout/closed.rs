//! Nodes that can't load what their settings declare: they do not open, or no gateway or client of theirs does.
//!
//! This is asked of each node by itself, so that it is noticed where a node has no peer that could refuse it.

use alloc::format;
use alloc::vec::Vec;

use super::rehearsal::{Rehearsal, Shown};
use super::tie::{Meeting, Nodes, absent, nothing, place_of};
use crate::Verdict;
use crate::fabric::Connection;
use crate::fabric::manifest::CertificateRole;

/// The code where no rule matches, which says nothing of the certificate itself.
const NOT_MATCHED: &str = "CertificateNotMatched";

/// What nodes of a party do not load.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Closed {
    /// The party, by its place.
    pub(super) party: usize,
    /// What would be presented.
    pub(super) role: CertificateRole,
    /// Why, by its place in `meetings`.
    pub(super) meeting: usize,
}

impl Rehearsal<'_> {
    /// What nodes do not load, or what of it is not known. Without its cluster certificate a node does not open, and then
    /// nothing else of it matters. A node that is `alone` has no peer that could find its certificate invalid.
    pub(super) fn closed(&mut self, party: usize, nodes: Nodes, alone: bool, slot: usize) -> Vec<Closed> {
        let mut closed: Vec<Closed> = Vec::new();
        for role in CertificateRole::ALL {
            let unloaded = self.unloaded(role, nodes);
            let unusable = || -> Option<Meeting> {
                self.invalid(nodes, slot).filter(|_| alone && role == CertificateRole::Cluster)
            };
            let Some(meeting) = unloaded.or_else(unusable) else { continue };
            let ends = role == CertificateRole::Cluster && meeting.verdict == Verdict::Refused;
            let meeting = self.remember(meeting);
            closed.push(Closed { party, role, meeting });
            if ends {
                break;
            }
        }
        closed
    }

    /// Why nobody could accept what a node presents to other nodes, whatever their rules: it is not valid yet, or revoked.
    fn invalid(&mut self, nodes: Nodes, slot: usize) -> Option<Meeting> {
        let meeting = self.meet(nodes, nodes, CertificateRole::Cluster, Connection::Node, slot)?;
        let met = self.meetings.get(meeting)?;
        let code = met.code.filter(|code| met.verdict == Verdict::Refused && *code != NOT_MATCHED)?;
        let because = format!("certificate {}, which nobody could accept: {}", met.certificate?, met.because);
        Some(Meeting { idle: true, ..nothing(because, Some(code), Connection::Node) })
    }

    /// Why nodes have nothing to present in a role, or whether that is known.
    fn unloaded(&mut self, role: CertificateRole, nodes: Nodes) -> Option<Meeting> {
        let connection = connection_of(role);
        let shown = self.front(nodes.0, nodes.1).into_iter().nth(place_of(role))?;
        // The side of the gateway that listens has rules of its own.
        let (rules, stops) = match role {
            CertificateRole::Cluster => (Some(Connection::Node), "the node does not open"),
            CertificateRole::Server => (Some(Connection::Gateway), "the gateway does not start"),
            CertificateRole::Client | CertificateRole::UserRoleClient => (None, ""),
        };
        let broken = rules.and_then(|connection| self.judge(nodes.0)?.unreadable(connection));
        match shown {
            Shown::Certificate(_) => {
                let (fault, code) = broken?;
                Some(nothing(format!("{fault}, so {stops}"), Some(code), connection))
            }
            // What is not declared, or not asked for, is missed by nobody but other nodes.
            Shown::Undeclared | Shown::Unused(_) if role != CertificateRole::Cluster => None,
            shown => absent(shown, connection),
        }
    }
}

/// The connection on which a certificate is presented.
const fn connection_of(role: CertificateRole) -> Connection {
    match role {
        CertificateRole::Cluster => Connection::Node,
        CertificateRole::Server => Connection::Server,
        CertificateRole::Client | CertificateRole::UserRoleClient => Connection::Gateway,
    }
}
