//! One certificate on one connection.

use alloc::collections::{BTreeMap, BTreeSet};
use alloc::format;
use alloc::string::{String, ToString as _};
use alloc::vec::Vec;

use super::accept::{self, Decision, Match, Quirk, Rules};
use super::credential::{CredentialType, is_protection_level};
use super::implicit::{Implicit, Reach};
use super::name_map::{DeclaredName, IssuerIdentity, NameMap};
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
    cluster: RuleSet,
    server: RuleSet,
    clients: RuleSet,
    admins: RuleSet,
    /// The key of each pasted or stated certificate, by its thumbprint.
    keys: BTreeMap<Vec<u8>, Vec<u8>>,
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
            cluster: RuleSet::build(settings, Declared::Cluster),
            server: RuleSet::build(settings, Declared::Server),
            clients: RuleSet::build(settings, Declared::Client).with_admins(&admins),
            admins,
            keys: BTreeMap::new(),
            worlds: Limits::WORLDS,
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
            self.keys.insert(thumbprint, key);
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
            (Declared::Cluster, &self.cluster),
            (Declared::Server, &self.server),
            (Declared::Client, &self.clients),
            (Declared::AdminClient, &self.admins),
        ]
    }

    fn rule_set(&self, connection: Connection) -> &RuleSet {
        match connection {
            Connection::Node => &self.cluster,
            Connection::Server => &self.server,
            Connection::Gateway | Connection::HttpGateway => &self.clients,
        }
    }

    fn rules(&self, set: &RuleSet, connection: Connection, names: NameMap) -> Rules {
        Rules { thumbprints: set.thumbprints.clone(), names, ignore_crl_offline: self.ignores_offline(connection) }
    }

    /// Whether the rules for a connection admit a certificate, and as which role. Which rules that no setting states
    /// apply is what the manifest tells of all nodes.
    pub(super) fn judge(&self, facts: &Facts, candidate: &Candidate, connection: Connection) -> Judgement {
        self.judge_on(facts, candidate, connection, self.implicit(candidate, connection))
    }

    /// As [`judge`](Self::judge), where it is known which node judges, and so which rule that no setting states applies.
    pub(super) fn judge_on(
        &self,
        facts: &Facts,
        candidate: &Candidate,
        connection: Connection,
        implicit: Option<(Implicit, Reach)>,
    ) -> Judgement {
        let lists = Declared::judging(connection);
        let mut steps: Vec<Step> = Vec::from([chain_step(facts, candidate)]);
        steps.extend(lists.iter().map(|&declared| self.list_step(facts, declared)));
        let set = self.rule_set(connection);
        let unknown = self.settings.unknown(lists);
        if self.settings.anything_is_unknown() {
            return Judgement::untold(&unknown, steps);
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
        if !set.names.is_empty() {
            steps.push(names_step(set, facts, candidate));
        }
        let rules = self.rules(set, connection, set.names.clone());
        let admins = self.rules(&self.admins, connection, self.admins.names.clone());
        let Some(presented) = candidate.worlds(&self.distinctions(set), self.worlds) else {
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
        rules: &Rules,
        admins: &Rules,
        connection: Connection,
    ) -> World {
        let cleared =
            chance.expiry.then(|| Presented { chain: presented.chain & !error::NOT_TIME_VALID, ..presented.clone() });
        let presented = cleared.as_ref().unwrap_or(presented);
        let repinned =
            |rules: &Rules| (chance.stores != Held::NotAsked).then(|| repin(rules, presented, chance.stores));
        let (own_rules, own_admins) = (repinned(rules), repinned(admins));
        let (rules, admins) = (own_rules.as_ref().unwrap_or(rules), own_admins.as_ref().unwrap_or(admins));
        let accept = |rules: &Rules| match self.platform {
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

    fn list_step(&self, facts: &Facts, declared: Declared) -> Step {
        let name = declared.thumbprints();
        let Some(setting) = self.settings.thumbprints_of(declared) else {
            return Step::new(name, Outcome::Skipped, "not written");
        };
        let value = &setting.parameter.value;
        let matched = setting.find(&facts.sha1_bytes());
        let mut steps = Vec::new();
        let mut others = 0_usize;
        for (index, item) in setting.list.items.iter().enumerate() {
            let (outcome, detail) = match &item.thumbprint {
                Err(_) => (Outcome::Failed, String::from("not a thumbprint")),
                Ok(_) if matched.is_some_and(|(entry, _)| entry == index) => {
                    (Outcome::Passed, format!("the thumbprint of certificate {}", facts.number))
                }
                Ok(thumbprint) => {
                    others = others.saturating_add(1);
                    if others > Limits::TRACE_ENTRIES {
                        continue;
                    }
                    (Outcome::Failed, format!("another thumbprint: {}", hexadecimal(&thumbprint.bytes)))
                }
            };
            let span = value.span(item.range.clone());
            steps.push(Step::new(format!("entry {}", index.saturating_add(1)), outcome, detail).at(Some(span)));
        }
        if others > Limits::TRACE_ENTRIES {
            let rest = others.saturating_sub(Limits::TRACE_ENTRIES);
            steps.push(Step::new(format!("{rest} more entries"), Outcome::Failed, "other thumbprints"));
        }
        let (outcome, detail) = match setting.list.thumbprints() {
            None => (Outcome::Failed, String::from("the list can't be read, and one bad entry fails all")),
            Some(set) if set.is_empty() => (Outcome::Skipped, String::from("empty")),
            Some(_) if matched.is_some() => (Outcome::Passed, String::from("an entry matches")),
            Some(set) => (Outcome::Failed, format!("none of {} entries matches", set.len())),
        };
        Step::new(name, outcome, detail).at(Some(value.whole())).with(steps)
    }
}

/// The rules with every name pinned to what issuer stores of unknown content hold (SecurityConfig.cpp:166-220).
fn repin(rules: &Rules, presented: &Presented, held: Held) -> Rules {
    let keys = presented.issuer.iter().filter(|identity| matches!(identity, IssuerIdentity::Key(_)));
    let mut issuers: BTreeSet<IssuerIdentity> = keys.filter(|_| held == Held::Issuer).cloned().collect();
    if held != Held::Nothing {
        // Some other key, so that the names are pinned at all.
        issuers.insert(IssuerIdentity::Key(Vec::new()));
    }
    let mut rules = rules.clone();
    rules.names.pin_all(&issuers);
    rules
}

/// The rules with the name by which the default client is declared.
fn with_default(rules: &Rules, presented: &Presented) -> Option<Rules> {
    let mut rules = rules.clone();
    rules.names.merge(Implicit::name(presented)?);
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

fn chain_step(facts: &Facts, candidate: &Candidate) -> Step {
    let period = match (facts.not_before, facts.not_after) {
        (Time::MIN, Time::MAX) => String::from("its validity is not stated"),
        (from, until) => format!("valid from {from} until {until}"),
    };
    let causes = candidate.causes.iter().map(|cause| {
        let names = crate::chain::status::names(cause.bit, error::NAMES).join(", ");
        let outcome = if cause.unknown { Outcome::Unknown } else { Outcome::Failed };
        Step::new(names, outcome, cause.because.clone()).at(cause.span.clone())
    });
    let (outcome, detail) = match (candidate.presented.chain, candidate.open.errors) {
        (0, 0) => (Outcome::Passed, format!("good; {period}")),
        (0, _) => (Outcome::Unknown, format!("good as far as it is known; {period}")),
        _ => (Outcome::Failed, format!("has errors, of which a listed thumbprint forgives some; {period}")),
    };
    Step::new("chain", outcome, detail).at(Some(facts.span.clone())).with(causes)
}

fn names_step(set: &RuleSet, facts: &Facts, candidate: &Candidate) -> Step {
    let own = super::subject::names(facts);
    let mut steps = Vec::new();
    let mut others = 0_usize;
    let mut any = false;
    for declared in set.names.iter() {
        let is_own = own.iter().any(|name| {
            crate::host_name::matches_windows(name, &declared.name) || name.eq_ignore_ascii_case(&declared.name)
        });
        if !is_own {
            others = others.saturating_add(1);
            if others > Limits::TRACE_ENTRIES {
                continue;
            }
        }
        let pins = declared.issuers.len();
        let (outcome, detail) = if !is_own {
            (Outcome::Failed, String::from("not a name of the certificate"))
        } else if !declared.is_pinned() {
            (Outcome::Passed, String::from("a name of the certificate, of any trusted issuer"))
        } else if candidate.open.issuer() && !declared.accepts(&candidate.presented.issuer) {
            (Outcome::Unknown, format!("a name of the certificate, pinned to {pins} issuers; its issuer is not here"))
        } else if declared.accepts(&candidate.presented.issuer) {
            (Outcome::Passed, String::from("a name of the certificate, and its issuer is pinned"))
        } else {
            (Outcome::Failed, format!("a name of the certificate, pinned to {pins} other issuers"))
        };
        any |= outcome == Outcome::Passed;
        steps.push(Step::new(quote(&declared.name), outcome, detail).at(declared.spans.first().cloned()));
    }
    if others > Limits::TRACE_ENTRIES {
        let rest = others.saturating_sub(Limits::TRACE_ENTRIES);
        steps.push(Step::new(format!("{rest} more names"), Outcome::Failed, "not names of the certificate"));
    }
    let label =
        set.names.iter().next().and_then(|name: &DeclaredName| name.settings.first().copied()).unwrap_or("names");
    let outcome = if any { Outcome::Passed } else { Outcome::Failed };
    Step::new(label.to_string(), outcome, format!("{} declared names", set.names.len())).with(steps)
}
