//! How a node that presents is met by one that validates: one decision of kinds `peer` and `presentation`.

use alloc::collections::BTreeSet;
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use super::rehearsal::{Rehearsal, Shown};
use crate::fabric::implicit::{Implicit, Reach};
use crate::fabric::judge::{Attempt, Judgement};
use crate::fabric::manifest::CertificateRole;
use crate::fabric::subject::Candidate;
use crate::fabric::{Connection, IssuerIdentity, Role};
use crate::{Time, Verdict};

/// A question that is asked once: the settings that judge, the certificate, the connection, which rule that no setting
/// states applies, and the slot of time.
pub(super) type Asked = (usize, usize, Connection, Option<(u8, bool)>, usize);

/// The nodes of a class: their state, and the slot of time in which they searched their store.
pub(super) type Nodes = (usize, usize);

/// What came of a question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Meeting {
    pub(super) verdict: Verdict,
    /// The verdict if no peer were trusted for its key.
    pub(super) without: Verdict,
    /// The certificate, by its number.
    pub(super) certificate: Option<u32>,
    pub(super) because: String,
    pub(super) code: Option<&'static str>,
    pub(super) by_key: bool,
    pub(super) role: Option<Role>,
    pub(super) settle: Vec<String>,
    pub(super) connection: Connection,
    /// Whether no certificate is asked for, so that the one who presents none opens all the same.
    pub(super) idle: bool,
}

/// Where a certificate of a role stands in a [`Front`](super::rehearsal::Front).
pub(super) const fn place_of(role: CertificateRole) -> usize {
    match role {
        CertificateRole::Cluster => 0,
        CertificateRole::Server => 1,
        CertificateRole::Client => 2,
        CertificateRole::UserRoleClient => 3,
    }
}

impl Rehearsal<'_> {
    /// How nodes that present a certificate of a role are met by nodes that validate, by its place in `meetings`. Nothing
    /// where the role is not declared.
    pub(super) fn meet(
        &mut self,
        from: Nodes,
        to: Nodes,
        role: CertificateRole,
        connection: Connection,
        slot: usize,
    ) -> Option<usize> {
        let front = self.front(from.0, from.1);
        match front.into_iter().nth(place_of(role))? {
            Shown::Certificate(certificate) => {
                let implicit = self.implicit(certificate, to, connection);
                self.ask(to.0, certificate, connection, implicit, slot)
            }
            shown => absent(shown, connection).map(|meeting| self.remember(meeting)),
        }
    }

    /// A meeting that admits, as one that takes rights away.
    pub(super) fn lowered(&mut self, meeting: usize) -> usize {
        let Some(known) = self.meetings.get(meeting).cloned() else { return meeting };
        let because = format!("it is admitted as a user only, by {}", known.because);
        self.remember(Meeting { verdict: Verdict::Refused, without: Verdict::Refused, because, ..known })
    }

    pub(super) fn remember(&mut self, meeting: Meeting) -> usize {
        match self.meetings.iter().position(|known| *known == meeting) {
            Some(place) => place,
            None => {
                self.meetings.push(meeting);
                self.meetings.len().saturating_sub(1)
            }
        }
    }

    /// The rule that no setting states by which these nodes could trust the certificate.
    pub(super) fn implicit(
        &mut self,
        certificate: usize,
        to: Nodes,
        connection: Connection,
    ) -> Option<(Implicit, Reach)> {
        let judge = self.judge(to.0)?;
        let rules = Implicit::of(connection, judge.settings, self.ground.platform);
        let front = self.front(to.0, to.1);
        let own = |role: CertificateRole| match front.get(place_of(role)) {
            Some(Shown::Certificate(own)) => Some(*own),
            _ => None,
        };
        rules.iter().find_map(|&rule| {
            let reach = match rule {
                Implicit::PeerTrust => self.same_key(certificate, own(CertificateRole::Cluster)?)?,
                Implicit::DefaultClient => self.same_client(certificate, own(CertificateRole::Client)?)?,
                Implicit::DefaultUser => self.same_client(certificate, own(CertificateRole::UserRoleClient)?)?,
            };
            Some((rule, reach))
        })
    }

    /// Whether two certificates have one key; `Some` where that is not known.
    fn same_key(&self, one: usize, other: usize) -> Option<Reach> {
        let (one, other) = (self.ground.holdings.get(one)?, self.ground.holdings.get(other)?);
        match (&one.key, &other.key) {
            _ if one.installed.number == other.installed.number => Some(Reach::All),
            (Some(own), Some(key)) => (own == key).then_some(Reach::All),
            _ => Some(Reach::Some),
        }
    }

    /// Whether one certificate is what a default client is known by: the name of the other, from an issuer with the same
    /// key (SecurityUtil.cpp:123-292).
    fn same_client(&mut self, one: usize, other: usize) -> Option<Reach> {
        if one == other {
            return Some(Reach::All);
        }
        let keys = |candidate: Option<&Candidate>| -> BTreeSet<Vec<u8>> {
            let issuer = candidate.map(|candidate| candidate.presented.issuer.as_slice()).unwrap_or_default();
            let keys = issuer.iter().filter_map(|identity| match identity {
                IssuerIdentity::Key(key) => Some(key.clone()),
                IssuerIdentity::Thumbprint(_) => None,
            });
            crate::order::set(keys)
        };
        let (first, second) = (self.candidate(one, 0, Time::MIN), self.candidate(other, 0, Time::MIN));
        let name = |candidate: &Option<Candidate>| candidate.as_ref()?.presented.common_names.first().cloned();
        let same_name = name(&first).is_some()
            && name(&first).map(|name| name.to_lowercase()) == name(&second).map(|name| name.to_lowercase());
        (same_name && !keys(first.as_ref()).is_disjoint(&keys(second.as_ref()))).then_some(Reach::All)
    }

    /// A certificate as the rules see it, at an instant, with chains built by these flags.
    pub(super) fn candidate(&mut self, certificate: usize, flags: u32, at: Time) -> Option<Candidate> {
        let slot = self.ground.slot(at);
        if let Some(known) = self.candidates.get(&(certificate, flags, slot)) {
            return known.clone();
        }
        let how = crate::fabric::subject::ChainSettings { platform: self.ground.platform, flags, at };
        let ground = self.ground;
        let candidate =
            ground.holdings.get(certificate).and_then(|holding| holding.candidate(ground, how, self.verifier));
        if let Some(candidate) = &candidate {
            self.signatures = self.signatures.saturating_add(candidate.signatures);
            self.exhausted = self.exhausted.or(candidate.exhausted);
        }
        self.candidates.insert((certificate, flags, slot), candidate.clone());
        candidate
    }

    /// The issuers of a certificate by thumbprint, as the chain is built at an instant.
    pub(super) fn issuers(&mut self, certificate: usize, at: Time) -> Vec<Vec<u8>> {
        let candidate = self.candidate(certificate, 0, at);
        let issuer = candidate.map(|candidate| candidate.presented.issuer).unwrap_or_default();
        let thumbprints = issuer.into_iter().filter_map(|identity| match identity {
            IssuerIdentity::Thumbprint(bytes) => Some(bytes),
            IssuerIdentity::Key(_) => None,
        });
        thumbprints.collect()
    }

    /// Whether the settings of a state admit a certificate.
    pub(super) fn ask(
        &mut self,
        state: usize,
        certificate: usize,
        connection: Connection,
        implicit: Option<(Implicit, Reach)>,
        slot: usize,
    ) -> Option<usize> {
        let judge = self.judge(state)?;
        let settings = self.states.get(state)?.settings;
        let key = (settings, certificate, connection, implicit.map(code_of), slot);
        if let Some(&known) = self.asked.get(&key) {
            return Some(known);
        }
        let how = judge.chain_settings(connection, self.ground.slot_start(slot));
        let candidate = self.candidate(certificate, how.flags, how.at)?;
        let holding = self.ground.holdings.get(certificate)?;
        let attempt = Attempt { facts: &holding.facts, candidate: &candidate, connection, implicit };
        let judged = judge.judge(attempt);
        let is_by_key = judged.implicit.is_some_and(|(implicit, _)| implicit == Implicit::PeerTrust);
        let without = match implicit {
            Some((Implicit::PeerTrust, _)) => judge.verdict(Attempt { implicit: None, ..attempt }),
            _ => judged.verdict,
        };
        let number = holding.installed.number;
        let place = self.remember(meeting(judged, without, is_by_key, number, connection));
        self.asked.insert(key, place);
        Some(place)
    }
}

fn meeting(judged: Judgement, without: Verdict, by_key: bool, certificate: u32, connection: Connection) -> Meeting {
    Meeting {
        verdict: judged.verdict,
        without,
        certificate: Some(certificate),
        because: judged.because,
        code: judged.code,
        by_key: by_key && without != Verdict::Admitted,
        role: judged.role,
        settle: judged.settle,
        connection,
        idle: false,
    }
}

/// How nodes are met that present no certificate. Nothing where none is declared that would be missed.
pub(super) fn absent(shown: Shown, connection: Connection) -> Option<Meeting> {
    match shown {
        Shown::Certificate(_) => None,
        Shown::Undeclared if connection != Connection::Node => None,
        Shown::Undeclared => Some(nothing(String::from("no cluster certificate is declared"), None, connection)),
        Shown::Unused(because) => Some(Meeting { idle: true, ..nothing(because, None, connection) }),
        Shown::Nothing(because, code) => Some(nothing(because, code, connection)),
        Shown::Unknown(settle) => {
            let because = format!("what is presented depends on {}", settle.join(", and on "));
            let verdict = Verdict::Indeterminate;
            Some(Meeting { verdict, without: verdict, settle, ..nothing(because, None, connection) })
        }
    }
}

pub(super) fn nothing(because: String, code: Option<&'static str>, connection: Connection) -> Meeting {
    Meeting {
        verdict: Verdict::Refused,
        without: Verdict::Refused,
        certificate: None,
        because,
        code,
        by_key: false,
        role: None,
        settle: Vec::new(),
        connection,
        idle: false,
    }
}

const fn code_of((implicit, reach): (Implicit, Reach)) -> (u8, bool) {
    let rule = match implicit {
        Implicit::PeerTrust => 0,
        Implicit::DefaultClient => 1,
        Implicit::DefaultUser => 2,
    };
    (rule, matches!(reach, Reach::All))
}
