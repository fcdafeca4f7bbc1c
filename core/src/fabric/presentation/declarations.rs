//! What the declarations of a node come to, at one instant after the other.

use alloc::borrow::Cow;
use alloc::collections::BTreeMap;
use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

use super::coverage::{Coverage, Decided, connection};
use super::load::{Loading, warns_at};
use super::{Health, Installed, Policy, Presentation, tell, yields};
use crate::certificate::Facts;
use crate::chain::{Store, Verifier};
use crate::fabric::implicit::{Implicit, Reach};
use crate::fabric::judge::{Attempt, Judge};
use crate::fabric::manifest::CertificateRole;
use crate::fabric::rules::notes::{self, Elsewhere};
use crate::fabric::settings::Settings;
use crate::fabric::subject::{self, Candidate};
use crate::fabric::{Connection, Platform, Runtime, accept, rules};
use crate::{Case, Flip, Limits, Time, Verdict};

/// Everything that is decided upon, at one instant after the other.
pub(super) struct Node<'n> {
    pub(super) case: &'n Case,
    pub(super) policy: &'n Policy,
    pub(super) settings: &'n Settings<'n>,
    pub(super) judge: Judge<'n, 'n>,
    pub(super) chains: &'n Store<'n>,
    pub(super) facts: &'n [Facts],
    pub(super) store: Vec<Installed>,
    pub(super) roots_known: bool,
}

impl<'n> Node<'n> {
    fn loading(&self, at: Time) -> Loading<'n> {
        let policy: &'n Policy = self.policy;
        Loading::of(self.settings, policy.platform, policy.runtime, policy.account.as_deref(), at)
    }

    pub(super) fn decide(&self, at: Time, verifier: &mut Verifier, signatures: &mut usize) -> Vec<Decided<'n>> {
        let loading = self.loading(at);
        let yields = yields(&self.judge, &self.store, self.policy.node_type.as_deref(), &loading);
        // What nodes of each node type present to each other, where that is known of all.
        let cluster = yields.iter().filter(|own| own.certificate.role == CertificateRole::Cluster);
        let keys: Option<Vec<&[u8]>> = cluster.map(|own| self.key(own.presented(&self.store)?)).collect();
        let node_types = self.settings.manifest().node_types.len();
        let keys = keys.filter(|keys| keys.len() > 1 && keys.len() == node_types);
        let decided = yields.into_iter().map(|own| {
            let presented = own.presented(&self.store);
            let (coverage, issuer) = presented.map_or((Coverage::NotShown, None), |installed| {
                self.coverage(own.certificate.role, installed, keys.as_deref(), &loading, verifier, signatures)
            });
            Decided { own, coverage, issuer }
        });
        decided.collect()
    }

    fn key(&self, installed: &Installed) -> Option<&[u8]> {
        let place = self.chains.subject.get((installed.number as usize).checked_sub(1)?)?;
        Some(self.chains.pool.get(*place)?.certificate.public_key.raw())
    }

    /// Holds what is presented against the rules of the other side. `keys` are those that nodes of each node type present:
    /// a node trusts a peer with its own key, and every node has to accept every other.
    fn coverage(
        &self,
        role: CertificateRole,
        installed: &Installed,
        keys: Option<&[&[u8]]>,
        loading: &Loading<'_>,
        verifier: &mut Verifier,
        signatures: &mut usize,
    ) -> (Coverage, Option<Vec<u8>>) {
        if !self.settings.has_security() {
            return (Coverage::NotShown, None);
        }
        let connection = connection(role);
        let place = (installed.number as usize).checked_sub(1).and_then(|index| self.chains.subject.get(index));
        let facts = self.facts.iter().find(|facts| facts.number == installed.number);
        let (Some(&place), Some(facts)) = (place, facts) else {
            return (Coverage::NotShown, None);
        };
        let how = self.judge.chain_settings(connection, loading.at);
        let Some(candidate) = subject::candidate(self.chains, place, how, &self.case.trust, self.roots_known, verifier)
        else {
            return (Coverage::NotShown, None);
        };
        *signatures = signatures.saturating_add(candidate.signatures);
        let trusts = connection == Connection::Node && self.settings.flag("ImplicitPeerTrustEnabled", true);
        let own = self.key(installed);
        let by_key = trusts && keys.is_none_or(|keys| keys.iter().all(|key| Some(*key) == own));
        let implicit = match keys.filter(|_| connection == Connection::Node) {
            Some(_) => by_key.then_some((Implicit::PeerTrust, Reach::All)),
            None => self.judge.implicit(&candidate, connection),
        };
        let judgement = self.judge.judge(Attempt { facts, candidate: &candidate, connection, implicit });
        let is_known = candidate.is_chain_certain();
        let is_fatal = self.is_fatal(&candidate);
        let by_default = connection == Connection::Gateway && loading.default_client;
        let issuer = judgement.issuer;
        let opens = self.judge.unreadable(connection).is_none()
            && self.judge.closed(connection).is_none()
            && self.judge.ends().is_none();
        let coverage = match judgement.verdict {
            _ if judgement.implicit.is_some() && connection == Connection::Node => Coverage::ByKeyOnly,
            Verdict::Admitted => Coverage::Accepted,
            // A list that can't be read keeps the node from opening, whoever it is that connects.
            Verdict::Refused if opens && !is_fatal && is_known && by_key => Coverage::ByKeyOnly,
            Verdict::Refused if by_default && opens => match self.judge.accepts_as_default(&candidate) {
                Some(true) => Coverage::Accepted,
                Some(false) => Coverage::Refused(connection.noun(), judgement.because, judgement.code),
                None => Coverage::Unknown(candidate.settle()),
            },
            Verdict::Refused => Coverage::Refused(connection.noun(), judgement.because, judgement.code),
            Verdict::Indeterminate => Coverage::Unknown(judgement.settle),
        };
        (coverage, issuer)
    }

    fn is_fatal(&self, candidate: &Candidate) -> bool {
        match self.policy.platform {
            Platform::Windows => accept::is_fatal_on_windows(candidate.presented.chain),
            Platform::Linux => accept::is_fatal_on_linux(candidate.presented.chain),
        }
    }

    /// What is declared, under the other runtime and on the other platform.
    pub(super) fn elsewhere(&self) -> Vec<Elsewhere<'n>> {
        let Policy { platform, runtime, .. } = *self.policy;
        let there = |platform: Platform, runtime: Runtime| {
            let policy: &'n Policy = self.policy;
            let loading = Loading::of(self.settings, platform, runtime, policy.account.as_deref(), self.case.at);
            yields(&self.judge.under(platform, runtime), &self.store, policy.node_type.as_deref(), &loading)
        };
        let (other_platform, other_runtime) = (platform.other(), runtime.other());
        Vec::from([
            Elsewhere {
                rule: &notes::RUNTIME,
                label: notes::with(other_runtime),
                yields: there(platform, other_runtime),
            },
            Elsewhere {
                rule: &notes::PLATFORM,
                label: notes::on(other_platform),
                yields: there(other_platform, runtime),
            },
        ])
    }

    fn margin(&self) -> i64 {
        let written = self.settings.security(rules::margins::SAFETY_MARGIN).map(|parameter| parameter.value.text());
        rules::margins::seconds(written)
    }

    pub(super) fn tell(&self, one: &Decided<'_>) -> Presentation {
        let presented = one.presented(&self.store);
        let has_health = matches!(one.certificate.role, CertificateRole::Cluster | CertificateRole::Server);
        let margin = self.margin();
        let health = presented.filter(|_| has_health).map(|installed| {
            let warns_at = warns_at(installed.not_after, margin);
            Health { warning: warns_at <= self.case.at, warns_at, margin }
        });
        let mut codes: Vec<Cow<'static, str>> = one.credentials.codes.iter().map(|&code| Cow::Borrowed(code)).collect();
        if let Coverage::Refused(.., Some(code)) = &one.coverage {
            codes.push(Cow::Borrowed(code));
        }
        Presentation {
            node_type: one.node_type.map(ToString::to_string),
            role: Cow::Borrowed(one.certificate.role.element()),
            verdict: one.verdict(),
            presented: presented.map(|installed| installed.number),
            because: tell::because(one, &self.store),
            credentials: tell::credentials(one, &self.store),
            codes,
            health,
            span: one.certificate.span(),
        }
    }

    /// The health reports that warn: about cluster and server certificates that are close to their end.
    fn warnings(&self, decided: &[Decided<'_>], at: Time) -> Vec<String> {
        let margin = self.margin();
        let mut warnings = Vec::new();
        for one in decided {
            let role = one.certificate.role;
            if !matches!(role, CertificateRole::Cluster | CertificateRole::Server) {
                continue;
            }
            let close = one.presented(&self.store).filter(|installed| warns_at(installed.not_after, margin) <= at);
            if let Some(installed) = close {
                let warning = format!(
                    "certificate {} as {}, which expires at {}",
                    installed.number,
                    role.element(),
                    installed.not_after
                );
                if !warnings.contains(&warning) {
                    warnings.push(warning);
                }
            }
        }
        warnings
    }

    /// The instants at which the overall verdict changes, where a certificate of the store expires or where something of
    /// a chain begins or ends, and those at which a health report begins or ends to warn.
    pub(super) fn flips(&self, verifier: &mut Verifier, overall: impl Fn(&[Decided<'_>]) -> Verdict) -> Vec<Flip> {
        let mut instants: BTreeMap<Time, Vec<String>> = BTreeMap::new();
        for &place in self.chains.subject.iter().take(Limits::FLIP_CERTIFICATES) {
            for (at, because) in self.chains.instants(place, true) {
                let all = instants.entry(at).or_default();
                all.extend(because.into_iter().filter(|one| !all.contains(one)).collect::<Vec<_>>());
            }
        }
        let margin = self.margin();
        for installed in self.store.iter().take(Limits::FLIP_CERTIFICATES) {
            instants.entry(warns_at(installed.not_after, margin)).or_default();
        }
        let mut signatures = 0;
        let first = self.decide(Time::MIN, verifier, &mut signatures);
        let (mut verdict, mut warnings) = (overall(&first), self.warnings(&first, Time::MIN));
        let mut flips = Vec::new();
        for (at, because) in instants {
            let decided = self.decide(at, verifier, &mut signatures);
            let (after, warns) = (overall(&decided), self.warnings(&decided, at));
            if after != verdict {
                flips.push(Flip::new(at, after, because.join(", ")));
            } else if after == Verdict::Admitted && warns != warnings {
                let because = match warns.is_empty() {
                    true => String::from("the health report warns no more"),
                    false => format!("the health report warns about {}", warns.join(", ")),
                };
                flips.push(Flip { health: true, ..Flip::new(at, after, because) });
            }
            (verdict, warnings) = (after, warns);
        }
        flips
    }

    /// The instant from which nodes refuse each other, or have nothing to present: the next flip to a refusal, and
    /// whether it is the cluster certificate that is refused.
    pub(super) fn end(&self, flips: &[Flip], verifier: &mut Verifier) -> Option<(Time, bool)> {
        let next = flips.iter().find(|flip| flip.at > self.case.at && !flip.health)?;
        let decided = self.decide(next.at, verifier, &mut 0);
        let cluster = decided.iter().filter(|one| one.certificate.role == CertificateRole::Cluster);
        let is_refused = |one: &Decided<'_>| one.verdict() == Verdict::Refused;
        (next.verdict == Verdict::Refused).then(|| (next.at, cluster.into_iter().any(is_refused)))
    }
}
