//! One certificate on one connection.

mod opening;
mod steps;

use alloc::borrow::Cow;
use alloc::collections::{BTreeMap, BTreeSet};
use alloc::format;
use alloc::rc::Rc;
use alloc::string::String;
use alloc::vec::Vec;

use super::accept::{self, Decision, Match, Quirk, Rules};
use super::credential::{CredentialType, is_protection_level};
use super::implicit::{Implicit, Reach};
use super::name_map::{DeclaredName, IssuerIdentity};
use super::parameter::PARAMETERS;
use super::presented::Presented;
use super::rule_set::{RuleSet, Stores};
use super::rules::validity::ACCEPT_EXPIRED_SETTING;
use super::settings::Settings;
use super::subject::{Candidate, ChainSettings};
use super::thumbprint::hexadecimal;
use super::worlds::Distinctions;
use super::{Connection, Declared, Platform, Role, Runtime};
use crate::certificate::Facts;
use crate::chain::status::error;
use crate::quote::quote;
use crate::{Limits, Outcome, Span, Step, Time, Verdict};

/// What one connection makes of one certificate, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Judgement {
    pub(super) verdict: Verdict,
    pub(super) role: Option<Role>,
    /// In one sentence: "entry 2 of `ClusterCertThumbprints`".
    pub(super) because: String,
    /// The setting that granted it.
    pub(super) rule: Option<&'static str>,
    pub(super) span: Option<Span>,
    /// The error code that Service Fabric gives, by name.
    pub(super) code: Option<&'static str>,
    /// What would settle it.
    pub(super) settle: Vec<String>,
    /// Whether an expired certificate was accepted.
    pub(super) expiry_accepted: bool,
    /// Behaviour that surprises.
    pub(super) quirk: Option<Quirk>,
    /// The SHA-1 of the certificate that counts as its issuer.
    pub(super) issuer: Option<Vec<u8>>,
    /// The error bits of its chain.
    pub(super) chain: u32,
    /// The rule that no setting states, where it alone admits, and the code without it.
    pub(super) implicit: Option<(Implicit, &'static str)>,
    /// A declared name of the certificate that is pinned to other issuers, where it is refused.
    pub(super) unlisted: Option<Unlisted>,
    pub(super) steps: Vec<Step>,
}

/// A declared name that is pinned to other issuers than the certificate's.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Unlisted {
    pub(super) name: String,
    /// The setting that declares it.
    pub(super) setting: &'static str,
    /// How many issuers it is pinned to.
    pub(super) pins: usize,
    /// The thumbprint of the certificate's own, as far as it is known.
    pub(super) issuer: Option<String>,
}

/// Judges certificates by the settings of one manifest.
pub(super) struct Judge<'a, 'm> {
    pub(super) settings: &'a Settings<'m>,
    platform: Platform,
    runtime: Runtime,
    cluster: Rc<RuleSet>,
    server: Rc<RuleSet>,
    clients: Rc<RuleSet>,
    admins: Rc<RuleSet>,
    /// The key of each pasted or stated certificate, by its thumbprint.
    keys: Rc<BTreeMap<Vec<u8>, Vec<u8>>>,
    /// A value with which the process ends as soon as it reads it.
    broken: Option<(&'static str, Span)>,
    /// Combinations of unknown facts that are tried for one certificate.
    worlds: usize,
}

/// What one world decides.
struct World {
    decision: Decision,
    role: Option<Role>,
    /// The rule that no setting states, where it alone accepts, and the code without it.
    implicit: Option<(Implicit, &'static str)>,
}

/// What is not known besides the certificate.
#[derive(Clone, Copy)]
struct Chance {
    /// What issuer stores hold.
    stores: Held,
    /// Whether an expired certificate is accepted.
    expiry: bool,
    /// The rule that no setting states, where it applies.
    implicit: Option<Implicit>,
}

/// What issuer stores of unknown content hold.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Held {
    /// There are none, or their content is known.
    NotAsked,
    /// Nothing that was looked for: then pinning is off.
    Nothing,
    /// The issuer of the certificate.
    Issuer,
    /// Other issuers only.
    Others,
}

impl<'a, 'm> Judge<'a, 'm> {
    pub(super) fn new(settings: &'a Settings<'m>, platform: Platform, runtime: Runtime) -> Self {
        let admins = RuleSet::build(settings, Declared::AdminClient);
        Self {
            settings,
            platform,
            runtime,
            cluster: Rc::new(RuleSet::build(settings, Declared::Cluster)),
            server: Rc::new(RuleSet::build(settings, Declared::Server)),
            clients: Rc::new(RuleSet::build(settings, Declared::Client).with_admins(&admins)),
            admins: Rc::new(admins),
            keys: Rc::default(),
            broken: broken(settings),
            worlds: Limits::WORLDS,
        }
    }

    /// The platform of the nodes that judge.
    pub(super) fn platform(&self) -> Platform {
        self.platform
    }

    /// The same rules on another platform or with another runtime.
    pub(super) fn under(&self, platform: Platform, runtime: Runtime) -> Self {
        Self {
            settings: self.settings,
            platform,
            runtime,
            cluster: Rc::clone(&self.cluster),
            server: Rc::clone(&self.server),
            clients: Rc::clone(&self.clients),
            admins: Rc::clone(&self.admins),
            keys: Rc::clone(&self.keys),
            broken: self.broken.clone(),
            worlds: self.worlds,
        }
    }

    /// Tells it how many stated certificates share the combinations of unknown facts.
    pub(super) fn share_worlds(&mut self, certificates: usize) {
        let share = Limits::WORLDS.checked_div(certificates).unwrap_or(Limits::WORLDS);
        self.worlds = share.max(Limits::WORLDS_LEAST);
    }

    /// Tells it a certificate of the case, which may be the one that a node presents.
    pub(super) fn know(&mut self, thumbprint: Vec<u8>, key: Option<Vec<u8>>) {
        if let Some(key) = key.filter(|_| !thumbprint.is_empty()) {
            Rc::make_mut(&mut self.keys).insert(thumbprint, key);
        }
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
                set.names.pin_all(&keys);
                set.stores = Stores::Known;
            }
        }
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

    fn ignores_offline(&self, connection: Connection) -> bool {
        match (connection, self.runtime) {
            (Connection::Node, Runtime::V6_5) => self.settings.flag_of("Federation", "IgnoreCrlOfflineError", true),
            (Connection::Server, _) => self.settings.flag("IgnoreSvrCrlOfflineError", true),
            _ => self.settings.flag("IgnoreCrlOfflineError", false),
        }
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

    fn rules<'r>(&self, set: &'r RuleSet, connection: Connection) -> Rules<'r> {
        Rules {
            thumbprints: Cow::Borrowed(&set.thumbprints),
            names: Cow::Borrowed(&set.names),
            ignore_crl_offline: self.ignores_offline(connection),
        }
    }

    /// Whether the rules for a connection admit a certificate, and as which role. Which rules that no setting states
    /// apply is what the manifest tells of all nodes.
    pub(super) fn judge(&self, facts: &Facts, candidate: &Candidate, connection: Connection) -> Judgement {
        let steps = self.steps(facts, candidate, connection);
        self.judge_with(facts, candidate, connection, self.implicit(candidate, connection), steps)
    }

    /// The same without the steps: where many instants or many runtimes are tried.
    pub(super) fn judge_only(&self, facts: &Facts, candidate: &Candidate, connection: Connection) -> Judgement {
        self.judge_with(facts, candidate, connection, self.implicit(candidate, connection), Vec::new())
    }

    /// As [`judge_only`](Self::judge_only), where it is known which node judges, and so which rule that no setting states
    /// applies.
    pub(super) fn judge_on(
        &self,
        facts: &Facts,
        candidate: &Candidate,
        connection: Connection,
        implicit: Option<(Implicit, Reach)>,
    ) -> Judgement {
        self.judge_with(facts, candidate, connection, implicit, Vec::new())
    }

    fn judge_with(
        &self,
        facts: &Facts,
        candidate: &Candidate,
        connection: Connection,
        implicit: Option<(Implicit, Reach)>,
        steps: Vec<Step>,
    ) -> Judgement {
        let set = self.rule_set(connection);
        let unknown = self.settings.unknown(Declared::judging(connection));
        if self.settings.anything_is_unknown() {
            return Judgement::untold(&unknown, steps);
        }
        if let Some(because) = self.ends() {
            let span = self.broken.as_ref().map(|(_, span)| span.clone());
            return Judgement { span, ..Judgement::new(Verdict::Refused, because, steps) };
        }
        if let Some((setting, span, because, code)) = self.unsecured(connection) {
            let because = format!("`{setting}` {because}");
            return Judgement { code, span: Some(span), ..Judgement::new(Verdict::Refused, because, steps) };
        }
        if let Some((setting, code)) = self.unreadable(connection) {
            let because = match connection {
                Connection::Node => format!("`{setting}` can't be read, so no node opens"),
                _ if self.cluster.error.is_some() && connection != Connection::Server => {
                    format!("`{setting}` can't be read, so no node opens, and no gateway either")
                }
                Connection::Gateway | Connection::HttpGateway => {
                    format!("`{setting}` can't be read, so the gateway does not start")
                }
                Connection::Server => format!("`{setting}` can't be read, so the client can't judge any server"),
            };
            return Judgement { code: Some(code), ..Judgement::new(Verdict::Refused, because, steps) };
        }
        if !unknown.is_empty() {
            return Judgement::untold(&unknown, steps);
        }
        let closed = self.closed(connection);
        if let Some(closed) = closed.as_ref().filter(|closed| closed.reach == Reach::All) {
            let code = Some(closed.code);
            return Judgement { code, ..Judgement::new(Verdict::Refused, closed.because.clone(), steps) };
        }
        let rules = self.rules(set, connection);
        let admins = self.rules(&self.admins, connection);
        let distinctions = if candidate.open.only_errors() { Distinctions::default() } else { self.distinctions(set) };
        let Some(presented) = candidate.worlds(&distinctions, self.worlds) else {
            let because = "too many facts about it are unknown";
            let settle = candidate.settle();
            return Judgement { settle, ..Judgement::new(Verdict::Indeterminate, because, steps) };
        };
        let chances = self.chances(set, candidate, connection, implicit);
        let mut worlds: Vec<World> = Vec::new();
        for presented in &presented {
            for chance in &chances {
                worlds.push(self.world(presented, *chance, &rules, &admins, connection));
            }
        }
        let mut judgement = self.settle(&worlds, facts, candidate, connection, steps);
        judgement.issuer = candidate.issuer(self.platform).map(<[u8]>::to_vec);
        judgement.chain = candidate.presented.chain;
        // A chain that was not found in time may exist, and be good.
        if judgement.verdict == Verdict::Refused
            && candidate.presented.chain != 0
            && let Some(limit) = candidate.exhausted
        {
            judgement.verdict = Verdict::Indeterminate;
            judgement.settle.push(format!("certificate {}: a chain that is found within `{limit}`", candidate.number));
        }
        if let Some(closed) = closed.filter(|_| judgement.verdict == Verdict::Admitted) {
            judgement.verdict = Verdict::Indeterminate;
            judgement.because = format!("{}, on some nodes: {}", judgement.because, closed.because);
            judgement.settle.push(String::from("the node type of the node that judges"));
        }
        if judgement.verdict == Verdict::Indeterminate {
            judgement.settle.extend(self.settle_chances(set, candidate, connection, implicit));
        }
        if judgement.verdict == Verdict::Refused {
            judgement.unlisted = self.unlisted(set, facts, candidate);
        }
        judgement.expiry_accepted =
            judgement.verdict == Verdict::Admitted && self.accepts_expiry(candidate, connection) == Some(true);
        judgement
    }

    /// The first declared name of a certificate that is pinned to other issuers.
    fn unlisted(&self, set: &RuleSet, facts: &Facts, candidate: &Candidate) -> Option<Unlisted> {
        let own = super::subject::names(facts);
        let issuers = match self.platform {
            Platform::Windows => &candidate.presented.issuer,
            Platform::Linux => &candidate.presented.issuer_sent,
        };
        let is_own = |declared: &&DeclaredName| {
            own.iter().any(|name| {
                crate::host_name::matches_windows(name, &declared.name) || name.eq_ignore_ascii_case(&declared.name)
            })
        };
        // With stores of issuers it isn't a thumbprint that is missing.
        let mut pinned = set.names.iter().filter(|declared| declared.is_pinned() && set.stores == Stores::None);
        let declared = pinned.find(|declared| is_own(declared) && !declared.accepts(issuers))?;
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

    /// What the rules of a connection could tell apart.
    fn distinctions(&self, set: &RuleSet) -> Distinctions {
        // One thumbprint of each sort is enough: with and without `?true`, of an admin and of another client.
        let mut thumbprints: Vec<(bool, bool, Vec<u8>)> = Vec::new();
        for (bytes, listed) in &set.thumbprints {
            let sort = (listed.verify_chain, self.admins.thumbprints.contains_key(bytes));
            if !thumbprints.iter().any(|(verify, admin, _)| (*verify, *admin) == sort) {
                thumbprints.push((sort.0, sort.1, bytes.clone()));
            }
        }
        Distinctions {
            thumbprints: thumbprints.into_iter().map(|(.., bytes)| bytes).collect(),
            names: set.names.iter().map(|declared| declared.name.clone()).collect(),
            pins: set.names.iter().flat_map(|declared| declared.issuers.iter().cloned()).collect(),
        }
    }

    /// Every combination of what is not known besides the certificate.
    fn chances(
        &self,
        set: &RuleSet,
        candidate: &Candidate,
        connection: Connection,
        implicit: Option<(Implicit, Reach)>,
    ) -> Vec<Chance> {
        let stores: &[Held] = match set.stores {
            Stores::Unknown => &[Held::Issuer, Held::Others, Held::Nothing],
            Stores::None | Stores::Known => &[Held::NotAsked],
        };
        let expiry: &[bool] = match self.accepts_expiry(candidate, connection) {
            Some(true) => &[true],
            Some(false) => &[false],
            None => &[true, false],
        };
        let implicit: Vec<Option<Implicit>> = match implicit {
            None => Vec::from([None]),
            Some((implicit, Reach::All)) => Vec::from([Some(implicit)]),
            Some((implicit, Reach::Some)) => Vec::from([Some(implicit), None]),
        };
        let mut chances = Vec::new();
        for &stores in stores {
            for &expiry in expiry {
                chances.extend(implicit.iter().map(|&implicit| Chance { stores, expiry, implicit }));
            }
        }
        chances
    }

    fn settle_chances(
        &self,
        set: &RuleSet,
        candidate: &Candidate,
        connection: Connection,
        implicit: Option<(Implicit, Reach)>,
    ) -> Vec<String> {
        let mut settle = Vec::new();
        if set.stores == Stores::Unknown {
            settle.push(String::from("which certificates the issuer stores hold"));
        }
        if self.accepts_expiry(candidate, connection).is_none() {
            settle.push(format!("certificate {}: when it expires, and whether it is self-signed", candidate.number));
        }
        if let Some((_, Reach::Some)) = implicit {
            settle.push(String::from("the node type of the node that judges"));
        }
        settle
    }

    /// What is decided where every fact is known.
    fn world(
        &self,
        presented: &Presented,
        chance: Chance,
        rules: &Rules<'_>,
        admins: &Rules<'_>,
        connection: Connection,
    ) -> World {
        let cleared =
            chance.expiry.then(|| Presented { chain: presented.chain & !error::NOT_TIME_VALID, ..presented.clone() });
        let presented = cleared.as_ref().unwrap_or(presented);
        let is_repinned = chance.stores != Held::NotAsked;
        let own_rules = is_repinned.then(|| repin(rules, presented, chance.stores));
        let own_admins = is_repinned.then(|| repin(admins, presented, chance.stores));
        let (rules, admins) = (own_rules.as_ref().unwrap_or(rules), own_admins.as_ref().unwrap_or(admins));
        let accept = |rules: &Rules<'_>| match self.platform {
            Platform::Windows => accept::on_windows(presented, rules),
            Platform::Linux if connection == Connection::HttpGateway => accept::on_linux_http(presented, rules),
            Platform::Linux => accept::on_linux(presented, rules),
        };
        let mut decision = accept(rules);
        let mut implied = None;
        if let (Some(code), Some(implicit)) = (decision.code, chance.implicit) {
            let accepted = match implicit {
                Implicit::PeerTrust => {
                    let fatal = match self.platform {
                        Platform::Windows => accept::is_fatal_on_windows(presented.chain),
                        Platform::Linux => accept::is_fatal_on_linux(presented.chain),
                    };
                    !fatal
                }
                Implicit::DefaultClient | Implicit::DefaultUser => {
                    with_default(rules, presented).is_some_and(|rules| accept(&rules).code.is_none())
                }
            };
            if accepted {
                decision.code = None;
                implied = Some((implicit, code));
            }
        }
        let role = decision.code.is_none().then(|| match connection {
            Connection::Node => Role::ClusterPeer,
            Connection::Server => Role::Server,
            Connection::Gateway | Connection::HttpGateway if !self.settings.roles_in_effect() => Role::Unrestricted,
            Connection::Gateway | Connection::HttpGateway => {
                let by_default = || {
                    chance.implicit == Some(Implicit::DefaultClient)
                        && with_default(admins, presented).is_some_and(|admins| accept(&admins).code.is_none())
                };
                if accept(admins).code.is_none() || by_default() { Role::Admin } else { Role::User }
            }
        });
        World { decision, role, implicit: implied }
    }

    /// Whether a gateway accepts a certificate as the node's own client: by its first common name, pinned to its issuer's
    /// key, so its chain has to be good enough for a name. Nothing where it depends on what is not known. Whether it is the
    /// node's own is for the caller to know.
    pub(super) fn accepts_as_default(&self, candidate: &Candidate) -> Option<bool> {
        let rules = self.rules(&self.clients, Connection::Gateway);
        let distinctions = self.distinctions(&self.clients);
        let worlds = candidate.worlds(&distinctions, self.worlds)?;
        let accepts = |presented: &Presented| {
            with_default(&rules, presented).is_some_and(|rules| accept::on_windows(presented, &rules).code.is_none())
        };
        let accepting = worlds.iter().filter(|presented| accepts(presented)).count();
        match accepting {
            0 => Some(false),
            all if all == worlds.len() => Some(true),
            _ => None,
        }
    }

    /// The rule that no setting states and that this certificate could pass by, and on which nodes.
    fn implicit(&self, candidate: &Candidate, connection: Connection) -> Option<(Implicit, Reach)> {
        let own = &candidate.presented.thumbprint;
        Implicit::of(connection, self.settings, self.platform).iter().find_map(|&implicit| {
            let mut thumbprints: Vec<Vec<u8>> = if own.is_empty() { Vec::new() } else { Vec::from([own.clone()]) };
            if implicit == Implicit::PeerTrust && candidate.key.is_some() {
                let same = self.keys.iter().filter(|(_, key)| candidate.key.as_ref() == Some(key));
                thumbprints.extend(same.map(|(thumbprint, _)| thumbprint.clone()));
            }
            Some((implicit, implicit.reach(self.settings, &thumbprints)?))
        })
    }

    fn settle(
        &self,
        worlds: &[World],
        facts: &Facts,
        candidate: &Candidate,
        connection: Connection,
        mut steps: Vec<Step>,
    ) -> Judgement {
        let accepted = worlds.iter().filter(|world| world.decision.code.is_none()).count();
        let Some(shown) = worlds.iter().find(|world| world.decision.code.is_none()).or(worlds.first()) else {
            return Judgement::new(Verdict::Indeterminate, "nothing is known about it", steps);
        };
        let passes = shown.decision.passes.iter().map(|pass| {
            Step::new(pass.label, if pass.accepted { Outcome::Passed } else { Outcome::Failed }, pass.detail.clone())
        });
        steps.extend(passes);
        let because = self.because(shown, facts, candidate, connection);
        if accepted == 0 {
            let code = shown.decision.code;
            let mut judgement = Judgement { code, ..Judgement::new(Verdict::Refused, because, steps) };
            judgement.quirk = shown.decision.quirk;
            return judgement;
        }
        if accepted < worlds.len() {
            let codes = worlds.iter().find_map(|world| world.decision.code).unwrap_or_default();
            let because = format!("{because}, unless the missing facts are against it ({codes})");
            let mut judgement = Judgement::new(Verdict::Indeterminate, because, steps);
            judgement.settle = candidate.settle();
            judgement.span = shown.decision.matched.as_ref().and_then(Match::span);
            return judgement;
        }
        let mut judgement = Judgement::new(Verdict::Admitted, because, steps);
        // Where the worlds differ in the role, the least of them is certain.
        judgement.role = worlds.iter().filter_map(|world| world.role).max();
        judgement.rule = shown.decision.matched.as_ref().map(Match::setting);
        judgement.span = shown.decision.matched.as_ref().and_then(Match::span);
        judgement.quirk = shown.decision.quirk;
        judgement.implicit = shown.implicit;
        judgement
    }

    fn because(&self, world: &World, facts: &Facts, candidate: &Candidate, connection: Connection) -> String {
        if let Some((implicit, _)) = world.implicit {
            return String::from(implicit.because());
        }
        match &world.decision.matched {
            Some(Match::Thumbprint { setting, entry, .. }) => format!("entry {entry} of `{setting}`"),
            Some(Match::Name { name, pinned, setting, .. }) => {
                let pinned = if *pinned { ", its issuer pinned" } else { "" };
                format!("the name {} of `{setting}`{pinned}", quote(name))
            }
            None => {
                let bits = candidate.presented.chain;
                let is_fatal = match self.platform {
                    Platform::Windows => accept::is_fatal_on_windows(bits),
                    Platform::Linux => accept::is_fatal_on_linux(bits),
                };
                let caused = candidate.causes.iter().find(|cause| !cause.unknown && is_fatal_bit(cause.bit));
                let set = self.rule_set(connection);
                if set.thumbprints.is_empty() && set.names.is_empty() {
                    format!("no {} is declared", noun(connection))
                } else if let Some(cause) = caused.filter(|_| is_fatal) {
                    cause.because.clone()
                } else if let Some(pass) = world.decision.passes.last() {
                    pass.detail.clone()
                } else {
                    format!("no {} rule is about {}", noun(connection), quote(&facts.subject))
                }
            }
        }
    }

    /// Expired self-signed certificates in the cluster list, on runtimes that know the setting, for nodes only.
    fn accepts_expiry(&self, candidate: &Candidate, connection: Connection) -> Option<bool> {
        let listed = self.cluster.thumbprints.contains_key(&candidate.presented.thumbprint);
        if connection != Connection::Node
            || self.runtime == Runtime::V6_5
            || !self.settings.flag(ACCEPT_EXPIRED_SETTING, false)
            || !(listed || candidate.open.thumbprint)
        {
            return Some(false);
        }
        match (candidate.self_signed, candidate.expired) {
            (Some(false), _) | (_, Some(false)) => Some(false),
            (Some(true), Some(true)) if listed => Some(true),
            _ => None,
        }
    }

    /// The setting by which no certificate is ever looked at on a connection: why, and the code that Service Fabric
    /// gives, if it gives one. A type that is not written is taken for `X509`: a fragment need not show it.
    pub(super) fn unsecured(
        &self,
        connection: Connection,
    ) -> Option<(&'static str, Span, &'static str, Option<&'static str>)> {
        let (credential, protection) = match connection {
            Connection::Node => ("ClusterCredentialType", "ClusterProtectionLevel"),
            _ => ("ServerAuthCredentialType", "ClientServerProtectionLevel"),
        };
        let written = |name| self.settings.security(name).filter(|parameter| !parameter.value.text().is_empty());
        if let Some(parameter) = written(credential) {
            let span = parameter.value.whole();
            let invalid = Some("FABRIC_E_INVALID_CREDENTIAL_TYPE");
            match CredentialType::read(parameter.value.text()) {
                Some(CredentialType::Ssl) => {}
                Some(CredentialType::None) => {
                    return Some((
                        credential,
                        span,
                        "is `None`, so nothing is secured and no certificate is looked at",
                        None,
                    ));
                }
                Some(CredentialType::Negotiate) => {
                    return Some((credential, span, "is Windows, so no certificate is looked at", None));
                }
                Some(CredentialType::Claims) => {
                    return Some((credential, span, "is `Claims`, which the configuration may not say", invalid));
                }
                None => return Some((credential, span, "is not a credential type", invalid)),
            }
        }
        let security = self.settings.manifest().sections("Security").next();
        if let Some(section) =
            security.filter(|_| !self.settings.manifest().is_fragment && written(credential).is_none())
        {
            // The default of the runtime; the deployer refuses a manifest that doesn't write it.
            let because = "is not written, and its default `None` asks for no certificate";
            return Some((credential, section.name.whole(), because, None));
        }
        let parameter = written(protection).filter(|parameter| !is_protection_level(parameter.value.text()))?;
        let code = Some("FABRIC_E_INVALID_PROTECTION_LEVEL");
        Some((protection, parameter.value.whole(), "is not a protection level", code))
    }

    /// The value with which the process ends, in words.
    pub(super) fn ends(&self) -> Option<String> {
        let (setting, _) = self.broken.as_ref()?;
        Some(format!("`{setting}` has a value with which the process ends as soon as it reads it"))
    }

    /// The first setting that keeps a connection from working at all, with the code that Service Fabric gives.
    pub(super) fn unreadable(&self, connection: Connection) -> Option<(String, &'static str)> {
        let error = match connection {
            Connection::Node => self.cluster.error.as_ref(),
            Connection::Gateway | Connection::HttpGateway => {
                self.cluster.error.as_ref().or(self.clients.error.as_ref())
            }
            Connection::Server => self.server.error.as_ref(),
        };
        error.map(|error| (error.setting.clone(), error.code))
    }
}

/// The first value that is no number, or too small a one: the process asserts (Config.h:57-120).
fn broken(settings: &Settings<'_>) -> Option<(&'static str, Span)> {
    PARAMETERS.iter().find_map(|known| {
        let written = settings.manifest().parameter(known.section, known.name)?;
        known.ends_the_process(written.value.text()).then(|| (known.name, written.value.whole()))
    })
}

/// The rules with every name pinned to what issuer stores of unknown content hold (SecurityConfig.cpp:166-220).
fn repin<'r>(rules: &Rules<'r>, presented: &Presented, held: Held) -> Rules<'r> {
    let keys = presented.issuer.iter().filter(|identity| matches!(identity, IssuerIdentity::Key(_)));
    let mut issuers: BTreeSet<IssuerIdentity> = keys.filter(|_| held == Held::Issuer).cloned().collect();
    if held != Held::Nothing {
        // Some other key, so that the names are pinned at all.
        issuers.insert(IssuerIdentity::Key(Vec::new()));
    }
    let mut rules = rules.clone();
    rules.names.to_mut().pin_all(&issuers);
    rules
}

/// The rules with the name by which the default client is declared.
fn with_default<'r>(rules: &Rules<'r>, presented: &Presented) -> Option<Rules<'r>> {
    let mut rules = rules.clone();
    rules.names.to_mut().merge(Implicit::name(presented)?);
    Some(rules)
}

impl Judgement {
    /// What can't be decided, since the declarations depend on values that the document doesn't tell.
    fn untold(names: &[&str], steps: Vec<Step>) -> Self {
        let settle = names.iter().map(|name| String::from(*name)).collect();
        let because = format!("the declarations depend on {}", names.join(", "));
        Self { settle, ..Self::new(Verdict::Indeterminate, because, steps) }
    }

    fn new(verdict: Verdict, because: impl Into<String>, steps: Vec<Step>) -> Self {
        Self {
            verdict,
            role: None,
            because: because.into(),
            rule: None,
            span: None,
            code: None,
            settle: Vec::new(),
            expiry_accepted: false,
            quirk: None,
            issuer: None,
            chain: 0,
            implicit: None,
            unlisted: None,
            steps,
        }
    }
}

impl Match {
    fn setting(&self) -> &'static str {
        match self {
            Self::Thumbprint { setting, .. } | Self::Name { setting, .. } => setting,
        }
    }

    fn span(&self) -> Option<Span> {
        match self {
            Self::Thumbprint { span, .. } | Self::Name { span, .. } => span.clone(),
        }
    }
}

/// A bit that names only the things that are forgiven.
fn is_fatal_bit(bit: u32) -> bool {
    accept::is_fatal_on_windows(bit)
}

fn noun(connection: Connection) -> &'static str {
    match connection {
        Connection::Node => Declared::Cluster.noun(),
        Connection::Gateway | Connection::HttpGateway => Declared::Client.noun(),
        Connection::Server => Declared::Server.noun(),
    }
}
