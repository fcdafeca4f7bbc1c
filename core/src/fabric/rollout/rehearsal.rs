//! The nodes on stage: what each state presents, and how one state meets another. Each question is decided once.

use alloc::collections::{BTreeMap, BTreeSet};
use alloc::string::String;
use alloc::vec::Vec;

use super::ground::Ground;
use super::groups::{Cluster, Group};
use super::schedule::Version;
use super::tie::{Asked, Meeting};
use crate::chain::Verifier;
use crate::fabric::judge::Judge;
use crate::fabric::manifest::CertificateRole;
use crate::fabric::presentation::{Installed, Loading, Yield, yields};
use crate::fabric::setting;
use crate::fabric::subject::Candidate;
use crate::fabric::{Connection, Declared};
use crate::{Time, Verdict};

/// What a node presents in one role.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Shown {
    /// A certificate, by its place in the ground, from 0.
    Certificate(usize),
    /// No certificate is asked for, by this setting.
    Unused(String),
    /// Nothing: why, and the code that may show.
    Nothing(String, Option<&'static str>),
    /// It depends on these facts.
    Unknown(Vec<String>),
    /// The settings declare nothing for the role.
    Undeclared,
}

/// What is presented where no certificate is loaded at all: the settings ask for none, or nothing opens with them.
fn unused(judge: &Judge<'_, '_>, role: CertificateRole, because: &str) -> Shown {
    let code = |connection| judge.unsecured(connection).and_then(|(.., code)| code);
    let code = code(Connection::Node).or_else(|| match role {
        CertificateRole::Cluster => None,
        _ => code(Connection::Gateway),
    });
    match code.is_some() || judge.ends().is_some() {
        true => Shown::Nothing(because.into(), code),
        false => Shown::Unused(because.into()),
    }
}

/// What a node presents, in the order of [`CertificateRole::ALL`].
pub(super) type Front = [Shown; 4];

/// Classes of nodes that meet (state, slot of their search, whether there are several), the slot of time, and that of the
/// start.
pub(super) type Met = (Vec<(usize, usize, bool)>, usize, usize);

/// A state of nodes that does not depend on time.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct NodeState {
    /// The settings, by their place.
    pub(super) settings: usize,
    pub(super) node_type: Option<String>,
    /// What is installed, by its place among the kits.
    pub(super) kit: usize,
}

/// Everything that has been asked and answered.
pub(super) struct Rehearsal<'r> {
    pub(super) ground: &'r Ground<'r>,
    pub(super) judges: Vec<&'r Judge<'r, 'r>>,
    pub(super) cluster: &'r Cluster,
    pub(super) verifier: &'r mut Verifier,
    /// The states that occur; the others refer to them by place.
    pub(super) states: Vec<NodeState>,
    /// How states meet.
    pub(super) meetings: Vec<Meeting>,
    /// The certificates that are installed on some nodes, by their places in the ground.
    pub(super) kits: Vec<Vec<usize>>,
    pub(super) asked: BTreeMap<Asked, usize>,
    pub(super) candidates: BTreeMap<(usize, u32, usize), Option<Candidate>>,
    /// Verdicts of classes that meet, for flips and plans.
    pub(super) verdicts: BTreeMap<Met, Verdict>,
    /// The slot of time in which the first roll-out starts.
    pub(super) start_slot: usize,
    fronts: BTreeMap<(usize, usize), Front>,
    /// Signatures that were asked for.
    pub(super) signatures: usize,
    /// The limit that ended a search for a chain.
    pub(super) exhausted: Option<&'static str>,
}

impl<'r> Rehearsal<'r> {
    pub(super) fn new(
        ground: &'r Ground<'r>,
        judges: Vec<&'r Judge<'r, 'r>>,
        cluster: &'r Cluster,
        verifier: &'r mut Verifier,
    ) -> Self {
        Self {
            ground,
            judges,
            cluster,
            verifier,
            states: Vec::new(),
            meetings: Vec::new(),
            kits: Vec::new(),
            asked: BTreeMap::new(),
            candidates: BTreeMap::new(),
            verdicts: BTreeMap::new(),
            start_slot: 0,
            fronts: BTreeMap::new(),
            signatures: 0,
            exhausted: None,
        }
    }

    /// The state of a group's nodes in a version.
    pub(super) fn state(&mut self, group: &Group, version: &Version) -> usize {
        let kit = self.kit(group.installed.as_ref(), &version.absent);
        self.intern(NodeState { settings: version.settings, node_type: group.node_type.clone(), kit })
    }

    /// The state that these nodes have before the first roll-out.
    pub(super) fn baseline(&mut self, state: usize) -> Option<usize> {
        let before = NodeState { settings: 0, ..self.states.get(state)?.clone() };
        Some(self.intern(before))
    }

    /// Whether the first and the last of the settings accept a certificate of the case in common, of other nodes.
    pub(super) fn accept_one(&mut self, settings: usize, slot: usize) -> bool {
        let (Some(group), Some(last)) = (self.cluster.groups.first(), settings.checked_sub(1)) else { return true };
        let version = |settings| Version { settings, absent: BTreeSet::new() };
        let states = [self.state(group, &version(0)), self.state(group, &version(last))];
        (0..self.ground.holdings.len()).any(|certificate| {
            states.iter().all(|&state| {
                let meeting = self.ask(state, certificate, Connection::Node, None, slot);
                let met = meeting.and_then(|meeting| self.meetings.get(meeting));
                met.is_some_and(|met| met.verdict != Verdict::Refused)
            })
        })
    }

    fn intern(&mut self, state: NodeState) -> usize {
        match self.states.iter().position(|known| *known == state) {
            Some(place) => place,
            None => {
                self.states.push(state);
                self.states.len().saturating_sub(1)
            }
        }
    }

    fn kit(&mut self, installed: Option<&BTreeSet<u32>>, absent: &BTreeSet<u32>) -> usize {
        let places = self.ground.holdings.iter().enumerate().filter(|(_, holding)| {
            let number = holding.installed.number;
            installed.is_none_or(|installed| installed.contains(&number)) && !absent.contains(&number)
        });
        let kit: Vec<usize> = places.map(|(place, _)| place).collect();
        match self.kits.iter().position(|known| *known == kit) {
            Some(place) => place,
            None => {
                self.kits.push(kit);
                self.kits.len().saturating_sub(1)
            }
        }
    }

    /// The judge of a state's settings.
    pub(super) fn judge(&self, state: usize) -> Option<&'r Judge<'r, 'r>> {
        self.judges.get(self.states.get(state)?.settings).copied()
    }

    /// What the nodes of a state present that searched their store in a slot of time.
    pub(super) fn front(&mut self, state: usize, slot: usize) -> Front {
        if let Some(known) = self.fronts.get(&(state, slot)) {
            return known.clone();
        }
        let front = self.load(state, self.ground.slot_start(slot)).unwrap_or([
            Shown::Undeclared,
            Shown::Undeclared,
            Shown::Undeclared,
            Shown::Undeclared,
        ]);
        self.fronts.insert((state, slot), front.clone());
        front
    }

    fn load(&self, state: usize, at: Time) -> Option<Front> {
        let state = self.states.get(state)?;
        let judge = self.judges.get(state.settings).copied()?;
        let kit = self.kits.get(state.kit)?;
        let store: Vec<Installed> =
            kit.iter().filter_map(|&place| Some(self.ground.holdings.get(place)?.installed.clone())).collect();
        let is_open = kit.iter().any(|&place| self.ground.holdings.get(place).is_some_and(|own| !own.can_be_found()));
        let loading = Loading::of(judge.settings, self.ground.platform, self.ground.runtime, self.ground.account, at);
        let yields = yields(judge, &store, state.node_type.as_deref(), &loading);
        // A template without the values of its parameters may declare anything.
        let untold: Vec<String> = judge.settings.unknown(&Declared::ALL).into_iter().map(String::from).collect();
        let shown = |role: CertificateRole| -> Shown {
            let found = yields.iter().find(|own| own.certificate.role == role);
            let is_written =
                |own: &Yield<'_>| own.certificate.find_value.as_ref().is_some_and(|value| !value.text().is_empty());
            if !untold.is_empty() && !found.is_some_and(is_written) {
                return Shown::Unknown(untold.clone());
            }
            let Some(own) = found else {
                // A fragment may leave out what the node types declare.
                let is_open = role == CertificateRole::Cluster && judge.settings.manifest().is_fragment;
                let facts = Vec::from(["the node types with their certificates".into()]);
                return if is_open { Shown::Unknown(facts) } else { Shown::Undeclared };
            };
            if let Some(because) = &own.unused {
                return unused(judge, role, because);
            }
            if !own.credentials.unknown.is_empty() {
                return Shown::Unknown(own.credentials.unknown.clone());
            }
            match own.presented(&store) {
                Some(installed) => {
                    let place =
                        self.ground.holdings.iter().position(|holding| holding.installed.number == installed.number);
                    place.map_or(Shown::Undeclared, Shown::Certificate)
                }
                None if own.credentials.refused.is_none() && is_open => {
                    Shown::Unknown(Vec::from([String::from("the thumbprint and the names of every certificate")]))
                }
                None => {
                    let refused = own.credentials.refused.as_ref();
                    let code = refused.map(crate::fabric::presentation::Refusal::code);
                    let because = match (refused, own.credentials.tried.is_empty()) {
                        (Some(_), _) => "the declaration can't be read, so the node does not open",
                        (None, true) => "no such certificate is installed",
                        (None, false) => "the certificates that are found have expired, or have no usable private key",
                    };
                    Shown::Nothing(because.into(), code.or_else(|| own.credentials.codes.first().copied()))
                }
            }
        };
        Some(CertificateRole::ALL.map(shown))
    }

    /// How long a node goes on with what it has loaded: `CertificateMonitorInterval`, in seconds, 3600 by default.
    pub(super) fn monitor_interval(&self, state: usize) -> i64 {
        const DEFAULT: i64 = 3_600;
        let written = self.judge(state).and_then(|judge| judge.settings.security("CertificateMonitorInterval"));
        let seconds = written.map(|parameter| parameter.value.text()).filter(|text| !text.is_empty());
        match seconds.and_then(setting::seconds) {
            // At most a year.
            Some(seconds) => seconds.whole().min(31_536_000),
            None => DEFAULT,
        }
    }
}
