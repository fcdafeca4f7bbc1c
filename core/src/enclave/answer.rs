//! What is answered besides the verdict: what each artefact is, and what the enclave is by the best of them.

use alloc::string::String;
use alloc::vec::Vec;

use serde::{Deserialize, Serialize};

use super::{Difference, Flow, Form, Policy, SgxsFacts, SigstructFacts};

/// What the artefacts are and say.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Answer {
    /// Each artefact, by name.
    pub artefacts: Vec<ArtefactFact>,
    /// The identity that was held against the policy.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub identity: Option<Identity>,
    /// Every signature structure, field by field.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub sigstructs: Vec<SigstructFacts>,
    /// Every SGXS stream, listed.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub streams: Vec<SgxsFacts>,
    /// Artefacts of one form, against each other.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub differences: Vec<Difference>,
    /// How far the application is on its way into an enclave, where there is anything of the enclave manager's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub flow: Option<Flow>,
    /// A policy to start from, which accepts what the artefacts say and nothing else; absent where they name no enclave.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub starter: Option<Policy>,
}

/// What an artefact was recognised as.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ArtefactFact {
    /// Its name in the case.
    pub name: String,
    /// What it is; absent if nothing that is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub form: Option<Form>,
}

/// The identity of an enclave, from the artefact that binds it most.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Identity {
    /// The artefact that says so.
    pub artefact: String,
    /// Whether a signature structure says so; otherwise it is somebody's statement.
    pub signed: bool,
    /// MRENCLAVE, 64 lower-case digits.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mrenclave: Option<String>,
    /// MRSIGNER, 64 lower-case digits.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mrsigner: Option<String>,
    /// ISVPRODID.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub product_id: Option<u64>,
    /// ISVSVN.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub security_version: Option<u64>,
}
