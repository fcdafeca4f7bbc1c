//! Who loses access: operators and other clients from outside, and the services of the nodes themselves.

use alloc::borrow::Cow;
use alloc::collections::{BTreeMap, BTreeSet};
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use super::answer::Loss;
use super::moment::Decided;
use super::rehearsal::{Rehearsal, Shown};
use super::tie::place_of;
use super::{Client, Subject};
use crate::cost::count;
use crate::fabric::accept::{self, ListedThumbprint, Rules};
use crate::fabric::manifest::CertificateRole;
use crate::fabric::name_map::{DeclaredName, NameMap};
use crate::fabric::{Connection, Platform, Role};
use crate::quote::quote;
use crate::{Limits, Verdict};

/// What a client has at a moment, in the worst case over the nodes.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Access {
    verdict: Verdict,
    role: Option<Role>,
    because: String,
}

/// The clients of a case: those that it names, or every certificate that no node presents and that is no authority.
pub(super) fn clients(subject: &Subject, rehearsal: &mut Rehearsal<'_>, leaves: &BTreeSet<usize>) -> Vec<Client> {
    if !subject.clients.is_empty() {
        return subject.clients.iter().take(Limits::ROLLOUT_CLIENTS).cloned().collect();
    }
    let slots: Vec<usize> = (0..=rehearsal.ground.instants.len()).collect();
    let mut presented: BTreeSet<usize> = BTreeSet::new();
    for state in 0..rehearsal.states.len() {
        for &slot in &slots {
            presented.extend(rehearsal.front(state, slot).iter().filter_map(|shown| match shown {
                Shown::Certificate(place) => Some(*place),
                _ => None,
            }));
        }
    }
    let others = rehearsal.ground.holdings.iter().enumerate();
    let others = others.filter(|(place, holding)| !presented.contains(place) && !holding.is_authority(leaves));
    others
        .take(Limits::ROLLOUT_CLIENTS)
        .map(|(_, holding)| Client {
            name: format!("the holder of certificate {}", holding.installed.number),
            certificate: holding.installed.number,
            ..Client::default()
        })
        .collect()
}

impl Rehearsal<'_> {
    /// The losses of the clients over the walk: each time that one has less than at the start.
    pub(super) fn losses(&mut self, clients: &[Client], walked: &[Decided]) -> Vec<Loss> {
        let mut losses: Vec<Loss> = Vec::new();
        for client in clients {
            let Some(place) = self.ground.holdings.iter().position(|own| own.installed.number == client.certificate)
            else {
                continue;
            };
            // The HTTP gateway judges in another place, which makes a difference on Linux only (HttpGateway's own check).
            let ways: &[Connection] = match self.ground.platform {
                Platform::Windows => &[Connection::Gateway],
                Platform::Linux => &[Connection::Gateway, Connection::HttpGateway],
            };
            let by_way: Vec<(Connection, Option<Loss>)> =
                ways.iter().map(|&way| (way, self.loss(client, place, way, walked))).collect();
            let is_one = by_way.windows(2).all(|two| {
                let [(_, one), (_, other)] = two else { return true };
                let what = |loss: &Option<Loss>| loss.as_ref().map(|loss| (loss.moment, loss.left, loss.regained));
                what(one) == what(other)
            });
            for (way, loss) in by_way {
                let Some(mut loss) = loss else { continue };
                if is_one && way == Connection::HttpGateway {
                    continue;
                }
                if !is_one {
                    loss.who = format!("{}, {},", loss.who, way.noun());
                }
                losses.push(loss);
            }
        }
        losses.extend(self.services(walked));
        losses
    }

    /// What a client loses on one connection: the first time that it has less than at the start.
    fn loss(&mut self, client: &Client, place: usize, way: Connection, walked: &[Decided]) -> Option<Loss> {
        let access: Vec<Access> = walked.iter().map(|decided| self.access(client, place, way, decided)).collect();
        let (first, last) = (access.first()?, access.last()?);
        if first.verdict != Verdict::Admitted {
            return None;
        }
        let less = |access: &Access| {
            let lowered = access.role == Some(Role::User) && first.role != Some(Role::User);
            access.verdict == Verdict::Refused || lowered
        };
        let (moment, lost) = access.iter().enumerate().find(|(_, access)| less(access))?;
        Some(Loss {
            who: quote(&client.name).trim_matches('`').into(),
            service: false,
            at: walked.get(moment).map_or(crate::Time::MIN, |decided| decided.stretch.at),
            moment: count(moment),
            had: first.role,
            left: lost.role.filter(|_| lost.verdict != Verdict::Refused),
            regained: !less(last),
            because: lost.because.clone(),
        })
    }

    /// The services that lose what they had, once for each reason.
    fn services(&self, walked: &[Decided]) -> Vec<Loss> {
        let mut losses: BTreeMap<(usize, usize, Connection), Loss> = BTreeMap::new();
        for (moment, decided) in walked.iter().enumerate() {
            for (from, to, meeting) in &decided.assessed.services {
                let failed = self.meetings.get(*meeting).filter(|meeting| meeting.verdict == Verdict::Refused);
                let Some(failed) = failed else { continue };
                let state = |party: &usize| decided.stretch.parties.get(*party).map(|party| party.state);
                let settings = |party: &usize| Some(self.states.get(state(party)?)?.settings);
                let (Some(own), Some(peer)) = (settings(from), settings(to)) else { continue };
                let role = if failed.connection == Connection::Server { "as the cluster's face" } else { "as clients" };
                let which = |place: usize| if place == decided.step.to.settings { "the new" } else { "the old" };
                let last = walked.last().map(|last| last.assessed.services.is_empty());
                losses.entry((own, peer, failed.connection)).or_insert_with(|| Loss {
                    who: format!(
                        "services on nodes with {} settings, {role}, of nodes with {} settings",
                        which(own),
                        which(peer)
                    ),
                    service: true,
                    at: decided.stretch.at,
                    moment: count(moment),
                    had: None,
                    left: None,
                    regained: last.unwrap_or_default(),
                    because: failed.because.clone(),
                });
            }
        }
        let mut losses: Vec<Loss> = losses.into_values().collect();
        crate::order::sort_by_key(&mut losses, |loss| loss.moment);
        losses
    }

    /// What a client has at a moment: the least that any gateway gives, and whether it accepts every gateway.
    fn access(&mut self, client: &Client, certificate: usize, way: Connection, decided: &Decided) -> Access {
        let slot = self.ground.slot(decided.stretch.at);
        let mut access = Access { verdict: Verdict::Admitted, role: None, because: String::new() };
        for party in &decided.stretch.parties {
            let to = (party.state, party.searched);
            let implicit = self.implicit(certificate, to, way);
            let Some(meeting) = self.ask(party.state, certificate, way, implicit, slot) else { continue };
            if let Some(met) = self.meetings.get(meeting) {
                if met.verdict == Verdict::Refused && access.verdict != Verdict::Refused {
                    access = Access { verdict: Verdict::Refused, role: None, because: met.because.clone() };
                } else if access.verdict == Verdict::Admitted {
                    access.verdict = met.verdict;
                    if met.role > access.role {
                        access.role = met.role;
                        access.because.clone_from(&met.because);
                    }
                }
            }
            if let Some(because) = self.distrusts(client, to, slot)
                && access.verdict != Verdict::Refused
            {
                access = Access { verdict: Verdict::Refused, role: None, because };
            }
        }
        access
    }

    /// Why a client does not accept the certificate that a gateway presents; nothing where it does, and where its side is not
    /// given.
    fn distrusts(&mut self, client: &Client, to: (usize, usize), slot: usize) -> Option<String> {
        if client.trusted_thumbprints.is_empty() && client.trusted_names.is_empty() {
            return None;
        }
        let front = self.front(to.0, to.1);
        let Some(Shown::Certificate(place)) = front.get(place_of(CertificateRole::Server)) else {
            return Some(String::from("the gateway has no server certificate"));
        };
        let judge = self.judge(to.0)?;
        let how = judge.chain_settings(Connection::Server, self.ground.slot_start(slot));
        let candidate = self.candidate(*place, how.flags, how.at)?;
        let (mut thumbprints, mut names) = (BTreeMap::new(), NameMap::default());
        for (entry, sha1) in (1_u32..).zip(&client.trusted_thumbprints) {
            let listed = ListedThumbprint { verify_chain: false, entry, setting: "RemoteCertThumbprints", span: None };
            thumbprints.insert(sha1.0.to_vec(), listed);
        }
        for name in &client.trusted_names {
            let (name, settings) = (name.clone(), Vec::from(["RemoteX509Names"]));
            names.insert(DeclaredName { name, issuers: alloc::rc::Rc::default(), spans: Vec::new(), settings });
        }
        let rules = Rules { thumbprints: Cow::Owned(thumbprints), names: Cow::Owned(names), ignore_crl_offline: true };
        let decision = match self.ground.platform {
            Platform::Windows => accept::on_windows(&candidate.presented, &rules),
            Platform::Linux => accept::on_linux(&candidate.presented, &rules),
        };
        let number = self.ground.holdings.get(*place).map_or(0, |holding| holding.installed.number);
        decision
            .code
            .map(|code| format!("it does not accept certificate {number}, which the gateway presents ({code})"))
    }
}
