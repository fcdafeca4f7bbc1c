//! What the answer of kind `rollout` says.

use alloc::borrow::Cow;
use alloc::string::String;
use alloc::vec::Vec;

use serde::{Deserialize, Serialize};

use crate::fabric::Role;
use crate::{Time, Verdict};

/// The walk: settings, states, moments, and what follows from them.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Answer {
    /// When the first roll-out starts.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub starts: Option<Time>,
    /// When the last one ends.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ends: Option<Time>,
    /// What the letters of the notation stand for: the letter, then the thumbprint, or the issuer's.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub letters: Vec<(String, String)>,
    /// The settings that are rolled out, the ones before first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub settings: Vec<Settings>,
    /// The states of nodes that occur.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub states: Vec<State>,
    /// The ways in which one state meets another.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub ties: Vec<Tie>,
    /// The upgrade domains, in order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub domains: Vec<String>,
    /// The moments, in order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub moments: Vec<Moment>,
    /// The first moment at which it is not safe, by its place, from 0.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub first_unsafe: Option<u32>,
    /// The verdict if no peer were trusted for its key alone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub without_peer_trust: Option<Verdict>,
    /// Who loses access, and when.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub losses: Vec<Loss>,
    /// The check before a roll-out, where the settings ask for one.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub gates: Vec<Gate>,
    /// What the deployer of standalone clusters makes of the change.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub deployer: Option<DeployerView>,
    /// The shortest safe sequence.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub plan: Option<Plan>,
    /// Going back from each step.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub rollbacks: Vec<Rollback>,
}

/// Settings that are rolled out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Settings {
    /// The document: `policy.before`.
    pub document: Cow<'static, str>,
    /// In the article's notation, for the first node type: `{P:{TP=A}, V:{TP=A}}`.
    pub notation: String,
}

/// A state of nodes: settings, node type and what is installed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct State {
    /// The settings, by their place in `settings`, from 0.
    pub settings: u32,
    /// The node type, where the manifest names it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub node_type: Option<String>,
    /// In the article's notation.
    pub notation: String,
    /// The certificates that are installed, where not all are.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub installed: Option<Vec<u32>>,
}

/// How a node that presents is met by one that validates.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Tie {
    /// Whether the presenter is admitted.
    pub verdict: Verdict,
    /// The certificate that is presented, by its place, from 1.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub certificate: Option<u32>,
    /// What it rests on, in one sentence.
    pub because: String,
    /// The error code, by name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub code: Option<Cow<'static, str>>,
    /// Whether only implicit peer trust admits.
    #[serde(default, skip_serializing_if = "core::ops::Not::not")]
    pub by_key: bool,
    /// What the node that validates logs.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub logs: Vec<String>,
}

/// A moment of the walk: the states do not change until the next.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Moment {
    /// When it begins.
    pub at: Time,
    /// What happens: "UD0 half done", "UD0 done".
    pub label: String,
    /// The roll-out, from 1.
    pub roll_out: u32,
    /// The upgrade domain that is being upgraded or was upgraded last, by its place, from 0.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub domain: Option<u32>,
    /// Whether that domain is half done.
    #[serde(default, skip_serializing_if = "core::ops::Not::not")]
    pub half: bool,
    /// Whether every pair is connected.
    pub verdict: Verdict,
    /// The states of each domain, by their places in `states`, in the order of the domains.
    pub domain_states: Vec<Vec<u32>>,
    /// The nodes, class by class.
    pub classes: Vec<Class>,
    /// Every ordered pair of classes.
    pub pairs: Vec<Pair>,
    /// The services of nodes that a gateway refuses, or that refuse a gateway, though they did not before: whose, whose
    /// gateway, and how they meet.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub services: Vec<Pair>,
    /// What nodes can't load for themselves, or what of it is not known.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub closed: Vec<Closed>,
    /// Nodes that are connected with less than a majority of all nodes.
    pub cut_off: u32,
    /// What becomes of the quorum of seed nodes.
    pub quorum: Quorum,
}

/// Nodes that are alike at a moment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Class {
    /// Their state, by its place in `states`.
    pub state: u32,
    /// How many there are.
    pub nodes: u32,
    /// How many of them are seed nodes, at most.
    pub seeds: u32,
    /// The certificate that they present to other nodes, by its place, from 1.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub presents: Option<u32>,
    /// Whether they have not searched their store again since something expired or began.
    #[serde(default, skip_serializing_if = "core::ops::Not::not")]
    pub stale: bool,
}

/// An ordered pair of classes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Pair {
    /// The class that presents, by its place in `classes`.
    pub from: u32,
    /// The class that validates.
    pub to: u32,
    /// How they meet, by its place in `ties`.
    pub tie: u32,
}

/// Nodes that load no certificate where they need one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Closed {
    /// The class, by its place in `classes`.
    pub class: u32,
    /// The element that declares it: `ClusterCertificate`.
    pub role: Cow<'static, str>,
    /// Why, by its place in `ties`.
    pub tie: u32,
}

/// The quorum of seed nodes.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Quorum {
    /// How many seed nodes there are.
    pub seeds: u32,
    /// How many of them can be connected with each other, in the worst case.
    pub connected: u32,
    /// Whether that is a majority.
    pub survives: bool,
}

/// Somebody who loses access.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Loss {
    /// Who: a client by name, or the services of nodes in a state.
    pub who: String,
    /// Whether it is a service of the cluster.
    pub service: bool,
    /// From when on.
    pub at: Time,
    /// The moment, by its place, from 0.
    pub moment: u32,
    /// The role that they had.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub had: Option<Role>,
    /// The role that is left.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub left: Option<Role>,
    /// Whether they have it again when everything is done.
    pub regained: bool,
    /// Why, in one sentence.
    pub because: String,
}

/// The check before a roll-out (`EnforcePrevalidationOnSecurityChanges`).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Gate {
    /// The roll-out, from 1.
    pub roll_out: u32,
    /// Whether it lets the roll-out begin.
    pub verdict: Verdict,
    /// Why, in one sentence.
    pub because: String,
}

/// What the deployer of standalone clusters makes of the change.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DeployerView {
    /// The names by which it refuses the update.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub refusals: Vec<Cow<'static, str>>,
    /// The steps that it would make, in the article's notation; one where it is no change of the cluster certificate.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub steps: Vec<String>,
    /// Whether they are the steps that are given.
    pub same: bool,
}

/// The shortest safe sequence of settings.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Plan {
    /// Whether it can't be rolled out, since the nodes are not connected when it starts: every node is changed by hand.
    #[serde(default, skip_serializing_if = "core::ops::Not::not")]
    pub emergency: bool,
    /// What is said of it, in one sentence.
    pub summary: String,
    /// The steps, in order.
    pub steps: Vec<PlanStep>,
}

/// A step of a plan: settings that are rolled out, certificates that are installed, or an instant that is waited for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PlanStep {
    /// What it does.
    pub title: String,
    /// The state that it leads to, in the article's notation.
    pub notation: String,
    /// The settings: a whole manifest where the ones before are one, the changed values otherwise. Empty where only
    /// certificates are installed, and where it is waited.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub manifest: String,
    /// Until when the step waits, where it does nothing else; the next one begins then, and not earlier.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<Time>,
    /// Certificates that have to be installed before it begins, by their places, and where.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub installed: Vec<u32>,
    /// The same in words.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub needs: String,
}

/// Going back from a step.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rollback {
    /// The settings that are left, by their place in `settings`, from 0.
    pub from: u32,
    /// The settings that are gone back to.
    pub to: u32,
    /// Whether only some domains had been upgraded.
    #[serde(default, skip_serializing_if = "core::ops::Not::not")]
    pub unfinished: bool,
    /// Whether every pair stays connected.
    pub verdict: Verdict,
    /// Why, in one sentence.
    pub because: String,
}
