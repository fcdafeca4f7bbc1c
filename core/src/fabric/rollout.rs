//! Kind `rollout`: does this change of security settings keep every pair of nodes connected at every step?
//!
//! Settings before and after, the certificates that are installed and the upgrade domains are walked in the order in which
//! the cluster upgrades: after each domain, and while a domain is half done, every ordered pair of node states is decided
//! by the code of kinds `peer` and `presentation`. Nodes whose state is the same are one class, so the cost grows with the
//! number of states. TLS is mutual: two nodes are connected only if each admits the other.
//!
//! - The verdict is `admitted` if at every moment every pair of nodes is connected, and no service of the cluster loses an
//!   access that it had; `refused` from the first moment on at which that is not so.
//! - Connections that are open live on until they are authenticated again; what is decided is whether one can be made.
//! - Pairs that only implicit peer trust connects count as connected, are labelled, and the verdict without it is given.
//! - The states are written as the article writes them: `{P:{TP=A}, V:{TP=A, TP=B}}`.

mod answer;
mod assess;
mod back;
mod certificates;
mod change;
mod closed;
mod decide;
mod deployer;
mod documents;
mod flips;
mod flow;
mod gate;
mod ground;
mod groups;
mod input;
mod moment;
mod notation;
mod people;
mod plan;
mod quiet;
mod record;
mod rehearsal;
mod schedule;
mod tell;
mod text;
mod tie;
mod update;
mod walk;
mod widen;

use alloc::borrow::Cow;
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use serde::{Deserialize, Serialize};

use super::presentation::KeyFacts;
use super::{Platform, Runtime, Sha1, StatedCertificate, is_default};
use crate::case::Severities;
use crate::{Limits, Time};

pub use answer::{
    Answer, Class, Closed, DeployerView, Gate, Loss, Moment, Pair, Plan, PlanStep, Quorum, Rollback, Settings, State,
    Tie,
};
pub use certificates::{ClusterCertificates, NameWithIssuers};
pub use flow::{
    FlowStep, NotSupported, Recovery, is_certificate_change, is_replaced_during, recovery, steps as flow_steps,
};
pub use update::{
    Installation, SecurityType, UpdateRefusal, any_on_machine, each_on_machine, installation, issuer_stores, issuers,
    on_every_node, security_type, values,
};

pub(in crate::fabric) use decide::Outcome;
pub(crate) use decide::evaluate;
pub(in crate::fabric) use groups::Cluster;
pub(in crate::fabric) use input::Absent;

/// The name of the document that holds the settings before.
pub const BEFORE: &str = "policy.before";
/// The name of the document that holds the settings after.
pub const AFTER: &str = "policy.after";
/// The name of the document that holds the values of a template's parameters before.
pub const BEFORE_PARAMETERS: &str = "policy.before_parameters";
/// The name of the document that holds them after.
pub const AFTER_PARAMETERS: &str = "policy.after_parameters";
/// What the names of the documents of given steps begin with: `policy.steps.1`.
pub const STEPS: &str = "policy.steps.";

/// The policy of a `rollout` case: settings before and after.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Policy {
    /// The settings that the cluster has: a cluster manifest as XML, or a part of one.
    pub before: String,
    /// The settings that it is to have: a cluster manifest, or a part of one that shows the changed values only.
    #[serde(default)]
    pub after: String,
    /// The values of the parameters of a template, as JSON: a parameter file, or an object of values by name.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub before_parameters: String,
    /// Their values from the first roll-out on; those before unless they are given.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub after_parameters: String,
    /// Settings between, each rolled out on its own, in the form of `after`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub steps: Vec<String>,
    /// Who makes the change.
    #[serde(default, skip_serializing_if = "is_default")]
    pub deployer: Deployer,
    /// The operating system of the nodes.
    #[serde(default, skip_serializing_if = "is_default")]
    pub platform: Platform,
    /// The version of the runtime.
    #[serde(default, skip_serializing_if = "is_default")]
    pub runtime: Runtime,
    /// The account of the runtime; `NETWORK SERVICE` unless it is a managed service account.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub account: Option<String>,
    /// Severities by rule id.
    #[serde(default, skip_serializing_if = "Severities::is_empty")]
    pub severity: Severities,
}

impl Policy {
    /// The documents of the policy by name, in reading order.
    pub(crate) fn documents(&self) -> Vec<(Cow<'static, str>, &str)> {
        let mut documents = Vec::from([
            (Cow::Borrowed(BEFORE), self.before.as_str()),
            (Cow::Borrowed(BEFORE_PARAMETERS), self.before_parameters.as_str()),
        ]);
        for (number, text) in (1_u32..).zip(&self.steps) {
            documents.push((Cow::Owned(format!("{STEPS}{number}")), text));
        }
        documents.push((Cow::Borrowed(AFTER), self.after.as_str()));
        documents.push((Cow::Borrowed(AFTER_PARAMETERS), self.after_parameters.as_str()));
        documents
    }

    /// The text of a document, to edit. Steps before it that there are not are empty ones.
    pub(crate) fn document_mut(&mut self, name: &str) -> Option<&mut String> {
        match name {
            BEFORE => Some(&mut self.before),
            AFTER => Some(&mut self.after),
            BEFORE_PARAMETERS => Some(&mut self.before_parameters),
            AFTER_PARAMETERS => Some(&mut self.after_parameters),
            step => {
                let number: usize = step.strip_prefix(STEPS)?.parse().ok()?;
                let place = number.checked_sub(1).filter(|place| *place < Limits::ROLLOUT_STEPS)?;
                if self.steps.len() <= place {
                    self.steps.resize(number, String::new());
                }
                self.steps.get_mut(place)
            }
        }
    }
}

/// Who makes the change.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Deployer {
    /// An operator who rolls out manifests, one after the other, as they are given.
    #[default]
    Manifest,
    /// The deployer of standalone clusters: it refuses some updates, and makes steps of its own of the others.
    Standalone,
}

/// The subject of a `rollout` case: what is installed where, and in which order nodes are upgraded.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Subject {
    /// The certificates: PEM with text around it, DER as base64 or hexadecimal, PKCS#7.
    #[serde(default)]
    pub certificates: String,
    /// Certificates of which only facts are known. They are numbered after the pasted ones.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub facts: Vec<StatedCertificate>,
    /// What is known about private keys.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub keys: Vec<KeyFacts>,
    /// The nodes, in the order of their upgrade domains. Without any: five domains with one node of each node type.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub domains: Vec<Domain>,
    /// Certificates that are installed later than at the start.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub installs: Vec<Install>,
    /// Operators and other clients. Without any, every certificate that no node presents is taken to be a client's.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub clients: Vec<Client>,
    /// When the first roll-out starts; `at` unless it is given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub start: Option<Time>,
    /// Seconds that a domain takes; 1200 unless it is given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub duration: Option<i64>,
    /// Seconds that are waited after each domain, until its health is checked; 300 unless it is given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub health_wait: Option<i64>,
}

/// Nodes of an upgrade domain that are alike. Several entries of one name are one domain.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Domain {
    /// The upgrade domain.
    pub name: String,
    /// How many nodes; 1 unless it is given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub nodes: Option<u32>,
    /// How many of them are seed nodes. Unless any entry says so, one node in each of the first five domains is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub seeds: Option<u32>,
    /// Their node type; the first of the manifest unless it is given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub node_type: Option<String>,
    /// The certificates that are installed on them, by their places, from 1; all unless it is given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub installed: Option<Vec<u32>>,
    /// Seconds that the domain takes; the longest of its entries counts.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub duration: Option<i64>,
}

/// A certificate that is installed between two roll-outs.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Install {
    /// The certificate, by its place, from 1.
    pub certificate: u32,
    /// The roll-out before which it is installed, from 1; 1 is before everything.
    pub before: u32,
}

/// Somebody who connects to the cluster from outside.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Client {
    /// What they are called.
    pub name: String,
    /// The certificate that they present, by its place, from 1.
    pub certificate: u32,
    /// The thumbprints by which they know the cluster. Where neither these nor names are given, their side is not judged.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub trusted_thumbprints: Vec<Sha1>,
    /// The names by which they know it, of any trusted issuer.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub trusted_names: Vec<String>,
}
