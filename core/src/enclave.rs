//! Enclaves: would this one be approved, and what do its manifest and its signature really promise?
//!
//! The subject is a set of documents ("artefacts") that their owner names as they like. Each is recognised by its content
//! ([`Form`]), read with positions, and checked by the rules of its form; then they are compared with each other, and
//! what they say is held against the policy.

mod across;
mod admission;
mod answer;
mod artefact;
mod binary;
mod claims;
mod decide;
mod difference;
mod domain;
mod edp;
mod ego;
mod enrolment;
mod flow;
mod fortanix;
mod gramine;
mod gsc;
mod image;
#[cfg(feature = "xml")]
mod intel;
mod known_bad;
mod marblerun;
mod mask;
mod occlum;
mod openenclave;
mod policy;
pub(crate) mod rules;
mod run;
mod schema;
mod scone;
mod sgxs;
mod sheet;
mod signer;
mod sigstruct;
mod starter;

use alloc::borrow::Cow;
use alloc::collections::BTreeMap;
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use serde::{Deserialize, Serialize};

pub use answer::{Answer, ArtefactFact, Identity};
pub use artefact::Form;
pub use difference::{Change, Difference};
pub use flow::{Flow, Progress, Stage};
pub use policy::{AttributeName, Bounds, CertificateRequirement, FeatureName, Policy, Signer};
pub use run::{Command, CommandOption, Word};
pub use sgxs::{Measuring, PageRun, SgxsFacts};
pub use sigstruct::{AttributeFact, Setting, SigstructFacts};

pub(crate) use decide::evaluate;

/// What the name of every artefact's document begins with: `subject.artefacts.application`.
pub const ARTEFACTS: &str = "subject.artefacts.";

/// Whether the bytes of a file are a signature structure or an SGXS stream, as far as their beginning or length says.
pub(crate) fn is_binary(bytes: &[u8]) -> bool {
    bytes.starts_with(sgxs::ECREATE)
        || bytes.starts_with(&sigstruct::HEADER)
        || (bytes.len() == sigstruct::LENGTH && core::str::from_utf8(bytes).is_err())
}

/// The subject of an `enclave` case: the documents of one enclave.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Subject {
    /// The documents by a name of the writer's choice: an application or build request, a manifest, a signature
    /// structure or an enclave as base64 or hexadecimal digits, a run command. What each is follows from its content.
    #[serde(deserialize_with = "crate::case::unique")]
    pub artefacts: BTreeMap<String, String>,
}

impl Subject {
    /// The documents by name, as the case has them.
    pub(crate) fn documents(&self) -> Vec<(Cow<'static, str>, &str)> {
        self.artefacts.iter().map(|(name, text)| (Cow::Owned(format!("{ARTEFACTS}{name}")), text.as_str())).collect()
    }
}
