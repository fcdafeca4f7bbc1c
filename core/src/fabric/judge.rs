//! One certificate on one connection.

use alloc::format;
use alloc::string::{String, ToString as _};
use alloc::vec::Vec;

use super::accept::{self, Decision, Match, Quirk, Rules};
use super::manifest::CertificateRole;
use super::name_map::{DeclaredName, IssuerIdentity};
use super::presented::Presented;
use super::rule_set::RuleSet;
use super::rules::credential_type;
use super::rules::validity::ACCEPT_EXPIRED_SETTING;
use super::settings::Settings;
use super::subject::{Candidate, ChainSettings};
use super::thumbprint::hexadecimal;
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
    pub(super) implicit: Option<Implicit>,
    pub(super) steps: Vec<Step>,
}

/// A rule that no setting states.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Implicit {
    /// The peer has the key that the node itself presents.
    PeerTrust,
    /// The certificate is the node's own client certificate.
    DefaultClient,
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
}

/// What one world decides.
struct World {
    decision: Decision,
    role: Option<Role>,
    implicit: Option<Implicit>,
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

    fn rules(&self, set: &RuleSet, connection: Connection) -> Rules {
        Rules {
            thumbprints: set.thumbprints.clone(),
            names: set.names.clone(),
            ignore_crl_offline: self.ignores_offline(connection),
        }
    }

    /// Whether the rules for a connection admit a certificate, and as which role.
    pub(super) fn judge(&self, facts: &Facts, candidate: &Candidate, connection: Connection) -> Judgement {
        let lists = Declared::judging(connection);
        let mut steps: Vec<Step> = Vec::from([chain_step(facts, candidate)]);
        steps.extend(lists.iter().map(|&declared| self.list_step(facts, declared)));
        let set = self.rule_set(connection);
        if let Some((because, code)) = credential_type::bars(self.settings, connection) {
            return Judgement { code, ..Judgement::new(Verdict::Refused, because, steps) };
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
        if !set.names.is_empty() {
            steps.push(names_step(set, facts, candidate));
        }
        let rules = self.rules(set, connection);
        let admins = self.rules(&self.admins, connection);
        let expiry_accepted = self.accepts_expiry(candidate, connection);
        let pins: Vec<IssuerIdentity> = set.names.iter().flat_map(|name| name.issuers.iter().cloned()).collect();
        let worlds: Vec<World> = candidate
            .worlds(&pins)
            .into_iter()
            .map(|mut presented| {
                if expiry_accepted {
                    presented.chain &= !error::NOT_TIME_VALID;
                }
                self.world(&presented, &rules, &admins, connection, facts)
            })
            .collect();
        let mut judgement = self.settle(&worlds, facts, candidate, connection, steps);
        judgement.expiry_accepted = expiry_accepted && judgement.verdict == Verdict::Admitted;
        judgement
    }

    /// What is decided where every fact is known.
    fn world(
        &self,
        presented: &Presented,
        rules: &Rules,
        admins: &Rules,
        connection: Connection,
        facts: &Facts,
    ) -> World {
        let accept = |rules: &Rules| match self.platform {
            Platform::Windows => accept::on_windows(presented, rules),
            Platform::Linux if connection == Connection::HttpGateway => accept::on_linux_http(presented, rules),
            Platform::Linux => accept::on_linux(presented, rules),
        };
        let fatal = match self.platform {
            Platform::Windows => accept::is_fatal_on_windows(presented.chain),
            Platform::Linux => accept::is_fatal_on_linux(presented.chain),
        };
        let mut decision = accept(rules);
        let mut implicit = None;
        if decision.code.is_some() && !fatal {
            implicit = self.implicit(connection, facts);
            if implicit.is_some() {
                decision.code = None;
            }
        }
        let role = decision.code.is_none().then(|| match connection {
            Connection::Node => Role::ClusterPeer,
            Connection::Server => Role::Server,
            Connection::Gateway | Connection::HttpGateway if !self.settings.roles_in_effect() => Role::Unrestricted,
            Connection::Gateway | Connection::HttpGateway => {
                let is_admin = implicit == Some(Implicit::DefaultClient) || accept(admins).code.is_none();
                if is_admin { Role::Admin } else { Role::User }
            }
        });
        World { decision, role, implicit }
    }

    /// A rule that no setting states: the key that the node itself presents (3.6), and on Windows the node's own client
    /// certificate (5.3). Both are recognised where the manifest declares the certificate by its thumbprint.
    fn implicit(&self, connection: Connection, facts: &Facts) -> Option<Implicit> {
        let presents = |role: CertificateRole| {
            self.settings.manifest().node_types.iter().any(|node_type| {
                node_type.certificate(role).is_some_and(|certificate| {
                    let by_thumbprint = certificate.find_type.as_ref().is_none_or(|kind| kind.is("FindByThumbprint"));
                    let value = certificate.find_value.as_ref().map(|value| super::ThumbprintList::read(value.text()));
                    let own = facts.sha1_bytes();
                    by_thumbprint
                        && value.is_some_and(|list| {
                            list.items.iter().any(|item| item.thumbprint.as_ref().is_ok_and(|one| one.bytes == own))
                        })
                })
            })
        };
        match connection {
            Connection::Node => (self.settings.flag("ImplicitPeerTrustEnabled", true)
                && presents(CertificateRole::Cluster))
            .then_some(Implicit::PeerTrust),
            Connection::Gateway | Connection::HttpGateway => (self.platform == Platform::Windows
                && self.settings.flag("AllowDefaultClient", true)
                && presents(CertificateRole::Client))
            .then_some(Implicit::DefaultClient),
            Connection::Server => None,
        }
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
        if let Some(implicit) = world.implicit {
            return String::from(match implicit {
                Implicit::PeerTrust => "implicit peer trust: the node type declares this very certificate as its own",
                Implicit::DefaultClient => {
                    "the default client: the node type declares this certificate as its client certificate"
                }
            });
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
    fn accepts_expiry(&self, candidate: &Candidate, connection: Connection) -> bool {
        connection == Connection::Node
            && self.runtime != Runtime::V6_5
            && candidate.self_signed
            && self.settings.flag(ACCEPT_EXPIRED_SETTING, false)
            && candidate.expired
            && self.cluster.thumbprints.contains_key(&candidate.presented.thumbprint)
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

impl Judgement {
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
    let period = format!("valid from {} until {}", facts.not_before, facts.not_after);
    let causes = candidate.causes.iter().map(|cause| {
        let names = crate::chain::status::names(cause.bit, error::NAMES).join(", ");
        let outcome = if cause.unknown { Outcome::Unknown } else { Outcome::Failed };
        Step::new(names, outcome, cause.because.clone()).at(cause.span.clone())
    });
    let (outcome, detail) = match (candidate.presented.chain, candidate.unknown) {
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
        } else if candidate.issuer_unknown {
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
