//! One certificate on one connection.

mod judgement;
mod opening;
mod reason;
mod steps;
mod terms;
mod world;

use alloc::borrow::Cow;
use alloc::collections::BTreeSet;
use alloc::rc::Rc;
use alloc::vec::Vec;

use super::accept::Rules;
use super::implicit::{Implicit, Reach};
use super::name_map::IssuerIdentity;
use super::presentation::Loading;
use super::presented::Presented;
use super::rule_set::{RuleSet, Stores};
use super::rules::validity::ACCEPT_EXPIRED_SETTING;
use super::settings::Settings;
use super::subject::{self, Candidate, ChainSettings};
use super::thumbprint::hexadecimal;
use super::worlds::{Distinctions, Open};
use super::{Connection, Declared, Platform, Runtime};
use crate::certificate::Facts;
use crate::{Limits, Span, Time, Verdict};

pub(super) use judgement::{Judgement, Unlisted};
pub(super) use terms::BOTH_WAYS;
use terms::Terms;
use world::World;

/// Judges certificates by the settings of one manifest.
pub(super) struct Judge<'a, 'm> {
    pub(super) settings: &'a Settings<'m>,
    platform: Platform,
    runtime: Runtime,
    cluster: Rc<RuleSet>,
    server: Rc<RuleSet>,
    clients: Rc<RuleSet>,
    admins: Rc<RuleSet>,
    /// A value with which the process ends as soon as it reads it.
    broken: Option<(&'static str, Span)>,
    roles_in_effect: bool,
    /// Whether expired self-signed certificates of the cluster list are accepted.
    accepts_expired: bool,
    /// What holds for each connection, in the order of [`Connection::ALL`].
    terms: Vec<Terms>,
    /// Combinations of unknown facts that are tried for one certificate.
    worlds: usize,
    /// Entries of a list that don't match and are shown for one certificate on one connection.
    entries: usize,
}

/// A certificate on a connection.
#[derive(Clone, Copy)]
pub(super) struct Attempt<'c> {
    pub(super) facts: &'c Facts,
    /// The same with its chain.
    pub(super) candidate: &'c Candidate,
    pub(super) connection: Connection,
    /// The rule that no setting states and that applies, and on which nodes.
    pub(super) implicit: Option<(Implicit, Reach)>,
}

/// What comes of an attempt, before anything is put into words.
enum Decided<'j> {
    /// The settings say it, whoever it is that connects.
    Barred(&'j Judgement),
    /// More combinations of unknown facts than are tried.
    TooOpen,
    /// What each of them decides.
    Worlds(Vec<World>),
}

/// The rules of each role as settings declare them, whatever issuer stores hold.
#[derive(Debug, Clone)]
pub(super) struct RuleSets {
    cluster: Rc<RuleSet>,
    server: Rc<RuleSet>,
    clients: Rc<RuleSet>,
    admins: Rc<RuleSet>,
}

impl RuleSets {
    /// Builds the rules of all roles; those of the clients hold those of the admins.
    pub(super) fn build(settings: &Settings<'_>) -> Self {
        let admins = RuleSet::build(settings, Declared::AdminClient);
        Self {
            cluster: Rc::new(RuleSet::build(settings, Declared::Cluster)),
            server: Rc::new(RuleSet::build(settings, Declared::Server)),
            clients: Rc::new(RuleSet::build(settings, Declared::Client).with_admins(&admins)),
            admins: Rc::new(admins),
        }
    }
}

impl<'a, 'm> Judge<'a, 'm> {
    pub(super) fn new(settings: &'a Settings<'m>, platform: Platform, runtime: Runtime) -> Self {
        Self::with(settings, RuleSets::build(settings), platform, runtime)
    }

    /// The same with the rules of these settings.
    pub(super) fn with(settings: &'a Settings<'m>, rules: RuleSets, platform: Platform, runtime: Runtime) -> Self {
        let RuleSets { cluster, server, clients, admins } = rules;
        let judge = Self {
            settings,
            platform,
            runtime,
            cluster,
            server,
            clients,
            admins,
            broken: terms::broken(settings),
            roles_in_effect: settings.roles_in_effect(),
            accepts_expired: settings.flag(ACCEPT_EXPIRED_SETTING, false),
            terms: Vec::new(),
            worlds: Limits::WORLDS,
            entries: Limits::TRACE_ENTRIES,
        };
        judge.with_terms()
    }

    fn with_terms(mut self) -> Self {
        self.terms = Connection::ALL.into_iter().map(|connection| self.look_up(connection)).collect();
        self
    }

    /// The platform of the nodes that judge.
    pub(super) fn platform(&self) -> Platform {
        self.platform
    }

    /// The same rules on another platform or with another runtime.
    pub(super) fn under(&self, platform: Platform, runtime: Runtime) -> Self {
        let judge = Self {
            settings: self.settings,
            platform,
            runtime,
            cluster: Rc::clone(&self.cluster),
            server: Rc::clone(&self.server),
            clients: Rc::clone(&self.clients),
            admins: Rc::clone(&self.admins),
            broken: self.broken.clone(),
            terms: Vec::new(),
            ..*self
        };
        judge.with_terms()
    }

    /// Tells it how many stated certificates share the combinations of unknown facts.
    pub(super) fn share_worlds(&mut self, certificates: usize) {
        let share = Limits::WORLDS.checked_div(certificates).unwrap_or(Limits::WORLDS);
        self.worlds = share.max(Limits::WORLDS_LEAST);
    }

    /// Tells it how many certificates share the entries that are shown.
    pub(super) fn share_entries(&mut self, certificates: usize) {
        let share = Limits::TRACE_ENTRIES_IN_ALL.checked_div(certificates).unwrap_or(Limits::TRACE_ENTRIES);
        self.entries = share.clamp(1, Limits::TRACE_ENTRIES);
    }

    /// Tells it what issuer stores hold, as far as that is known: the keys replace the pins of every name of the role.
    pub(super) fn stock(&mut self, held: impl Fn(Declared) -> Option<BTreeSet<IssuerIdentity>>) {
        let sets = [
            (Declared::Cluster, &mut self.cluster),
            (Declared::Server, &mut self.server),
            (Declared::Client, &mut self.clients),
            (Declared::AdminClient, &mut self.admins),
        ];
        for (declared, set) in sets {
            if set.stores == Stores::Unknown
                && let Some(keys) = held(declared)
            {
                let set = Rc::make_mut(set);
                set.names.pin_all(keys);
                set.stores = Stores::Known;
            }
        }
    }

    /// How the nodes that judge load their own certificates at an instant.
    pub(super) fn loading(&self, at: Time) -> Loading<'static> {
        Loading::of(self.settings, self.platform, self.runtime, None, at)
    }

    /// How the chain is built for a connection. Up to 7.0 CU4 node-to-node traffic has settings of its own, in section
    /// `Federation` (FederationConfig.h:292-299; release notes of 7.0 CU4).
    pub(super) fn chain_settings(&self, connection: Connection, at: Time) -> ChainSettings {
        let default = match self.platform {
            Platform::Windows => 0x4000_0000,
            Platform::Linux => 0,
        };
        let flags = match (connection, self.runtime) {
            (Connection::Node, Runtime::V6_5) => self.settings.number("Federation", "X509CertChainFlags", default),
            _ => self.settings.number("Security", "CrlCheckingFlag", default),
        };
        ChainSettings { platform: self.platform, flags, at }
    }

    /// The rules of each role that is declared, for findings.
    pub(super) fn rule_sets(&self) -> [(Declared, &RuleSet); 4] {
        [
            (Declared::Cluster, &*self.cluster),
            (Declared::Server, &*self.server),
            (Declared::Client, &*self.clients),
            (Declared::AdminClient, &*self.admins),
        ]
    }

    fn rule_set(&self, connection: Connection) -> &RuleSet {
        match connection {
            Connection::Node => &self.cluster,
            Connection::Server => &self.server,
            Connection::Gateway | Connection::HttpGateway => &self.clients,
        }
    }

    fn terms(&self, connection: Connection) -> Option<&Terms> {
        let place = Connection::ALL.iter().position(|other| *other == connection)?;
        self.terms.get(place)
    }

    fn rules<'r>(&self, set: &'r RuleSet, connection: Connection) -> Rules<'r> {
        Rules {
            thumbprints: Cow::Borrowed(&set.thumbprints),
            names: Cow::Borrowed(&set.names),
            ignore_crl_offline: self.terms(connection).is_some_and(|terms| terms.ignores_offline),
        }
    }

    /// Whether the rules for a connection admit a certificate, as which role, and why.
    pub(super) fn judge(&self, attempt: Attempt<'_>) -> Judgement {
        let Attempt { candidate, connection, .. } = attempt;
        let mut judgement = match self.decide(attempt) {
            Decided::Barred(barred) => barred.clone(),
            Decided::TooOpen => {
                let settle = candidate.settle();
                Judgement { settle, ..Judgement::new(Verdict::Indeterminate, "too many facts about it are unknown") }
            }
            Decided::Worlds(worlds) => self.settle(&worlds, attempt),
        };
        if judgement.verdict == Verdict::Indeterminate && judgement.perhaps.is_none() {
            judgement.perhaps = connection.roles(self.roles_in_effect).first().copied();
        }
        judgement
    }

    /// The same with what was looked at, step by step.
    pub(super) fn explain(&self, attempt: Attempt<'_>) -> Judgement {
        let judgement = self.judge(attempt);
        let mut steps = self.steps(attempt);
        steps.extend(judgement.steps);
        Judgement { steps, ..judgement }
    }

    /// The verdict of [`judge`](Self::judge) alone: where many instants are tried.
    pub(super) fn verdict(&self, attempt: Attempt<'_>) -> Verdict {
        match self.decide(attempt) {
            Decided::Barred(barred) => barred.verdict,
            Decided::TooOpen => Verdict::Indeterminate,
            Decided::Worlds(worlds) => self.weigh(&worlds, attempt),
        }
    }

    fn decide(&self, attempt: Attempt<'_>) -> Decided<'_> {
        let Attempt { candidate, connection, implicit, .. } = attempt;
        let set = self.rule_set(connection);
        if let Some(barred) = self.terms(connection).and_then(|terms| terms.barred.as_ref()) {
            return Decided::Barred(barred);
        }
        let rules = self.rules(set, connection);
        let admins = self.rules(&self.admins, connection);
        let several: Vec<Presented>;
        let presented = if candidate.open == Open::default() {
            core::slice::from_ref(&candidate.presented)
        } else {
            let is_told = candidate.open.only_errors();
            let distinctions = if is_told { Distinctions::default() } else { self.distinctions(connection) };
            let Some(worlds) = candidate.worlds(&distinctions, self.worlds) else {
                return Decided::TooOpen;
            };
            several = worlds;
            &several
        };
        let chances = self.chances(set, candidate, connection, implicit);
        let mut worlds = Vec::new();
        for presented in presented {
            for chance in &chances {
                worlds.push(self.world(presented, *chance, &rules, &admins, connection));
            }
        }
        Decided::Worlds(worlds)
    }

    /// The first declared name of a certificate that is pinned to other issuers.
    fn unlisted(&self, set: &RuleSet, facts: &Facts, candidate: &Candidate) -> Option<Unlisted> {
        let issuers = match self.platform {
            Platform::Windows => &candidate.presented.issuer,
            Platform::Linux => &candidate.presented.issuer_sent,
        };
        // With stores of issuers it isn't a thumbprint that is missing.
        let near = set.names.near(subject::names(facts)).into_iter();
        let mut pinned = near.filter(|declared| declared.is_pinned() && set.stores == Stores::None);
        let declared =
            pinned.find(|declared| subject::is_named(facts, &declared.name) && !declared.accepts(issuers))?;
        let issuer = issuers.iter().find_map(|identity| match identity {
            IssuerIdentity::Thumbprint(bytes) => Some(hexadecimal(bytes)),
            IssuerIdentity::Key(_) => None,
        });
        Some(Unlisted {
            name: declared.name.clone(),
            setting: declared.settings.first().copied().unwrap_or_default(),
            pins: declared.issuers.len(),
            issuer: issuer.filter(|_| !candidate.open.issuer()),
        })
        .filter(|_| !issuers.is_empty())
    }
}
