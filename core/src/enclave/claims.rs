//! What the artefacts say of the enclave, each with its place: what is compared between them and held against the policy.

use alloc::string::String;
use alloc::vec::Vec;

use crate::Span;

/// Something that an artefact says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Claim<T> {
    pub(super) value: T,
    pub(super) span: Span,
    /// The artefact that says it.
    pub(super) artefact: String,
    /// What kind of artefact that is.
    pub(super) source: Source,
}

/// How much a claim weighs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Source {
    /// A signature structure: what the processor enforces.
    Sigstruct,
    /// An enclave's own bytes.
    Sgxs,
    /// What the converter answered.
    Conversion,
    /// A build record or request: what somebody asks to be allow-listed.
    Build,
    /// An application's configuration, or a manifest: what is wished.
    Wish,
}

/// What an image reference is there for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum ImageRole {
    /// The unprotected image that is converted.
    Input,
    /// The converted image.
    Output,
    /// What is run.
    Run,
}

/// The people in an approval.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Approval {
    /// Whether it is about a build; otherwise it is about a domain.
    pub(super) is_build: bool,
    /// Whether it was given, and nobody denied it.
    pub(super) is_granted: bool,
    /// The word of its status: `INPROGRESS`.
    pub(super) status: String,
    pub(super) requester: Option<String>,
    pub(super) approvers: Vec<String>,
}

/// An enclave on a node.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Running {
    /// 64 lower-case digits.
    pub(super) mrenclave: String,
    /// The node's name.
    pub(super) node: String,
    /// Whether node and application are running.
    pub(super) runs: bool,
}

/// An enclave that an artefact accepts; what is absent may be anything.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Accepted {
    /// 64 lower-case digits.
    pub(super) mrenclave: Option<String>,
    /// 64 lower-case digits.
    pub(super) mrsigner: Option<String>,
    pub(super) product_id: Option<u64>,
    /// The lowest security version.
    pub(super) least: Option<u64>,
    /// The highest.
    pub(super) most: Option<u64>,
}

/// All that the artefacts say.
#[derive(Debug, Clone, Default)]
pub(super) struct Claims {
    /// MRENCLAVE, 64 lower-case digits.
    pub(super) mrenclave: Vec<Claim<String>>,
    /// Enclaves that an artefact accepts: of several in one artefact, any will do.
    pub(super) accepted: Vec<Claim<Accepted>>,
    /// MRSIGNER, 64 lower-case digits.
    pub(super) mrsigner: Vec<Claim<String>>,
    pub(super) product_id: Vec<Claim<u64>>,
    pub(super) security_version: Vec<Claim<u64>>,
    /// Whether debugging is on.
    pub(super) debug: Vec<Claim<bool>>,
    /// Privileged attributes that the enclave has.
    pub(super) privileges: Vec<Claim<&'static str>>,
    /// Other attributes that the enclave has or its host may choose: the name, and whether the host may.
    pub(super) features: Vec<Claim<(&'static str, bool)>>,
    /// Memory of the enclave, in MB.
    pub(super) memory: Vec<Claim<u64>>,
    pub(super) threads: Vec<Claim<u64>>,
    pub(super) domains: Vec<Claim<String>>,
    pub(super) key_type: Vec<Claim<String>>,
    pub(super) rsa_bits: Vec<Claim<u64>>,
    pub(super) key_path: Vec<Claim<String>>,
    /// What a certificate configuration leaves to a default that is not documented, by key.
    pub(super) undeclared: Vec<Claim<&'static str>>,
    /// Whether a request says what certificates are asked for, if any.
    pub(super) has_request: bool,
    pub(super) images: Vec<Claim<(ImageRole, String)>>,
    /// Names of applications beside the MRENCLAVE of the same document.
    pub(super) applications: Vec<Claim<(String, String)>>,
    pub(super) approvals: Vec<Claim<Approval>>,
    /// What the manager says of builds: `WHITELISTED`.
    pub(super) build_status: Vec<Claim<String>>,
    /// Accounts that the case names.
    pub(super) accounts: Vec<Claim<String>>,
    /// Accounts that nodes belong to.
    pub(super) node_accounts: Vec<Claim<String>>,
    /// What runs on nodes.
    pub(super) running: Vec<Claim<Running>>,
}

impl Claims {
    /// Adds what another artefact says.
    pub(super) fn append(&mut self, mut other: Self) {
        self.mrenclave.append(&mut other.mrenclave);
        self.accepted.append(&mut other.accepted);
        self.mrsigner.append(&mut other.mrsigner);
        self.product_id.append(&mut other.product_id);
        self.security_version.append(&mut other.security_version);
        self.debug.append(&mut other.debug);
        self.privileges.append(&mut other.privileges);
        self.features.append(&mut other.features);
        self.memory.append(&mut other.memory);
        self.threads.append(&mut other.threads);
        self.domains.append(&mut other.domains);
        self.key_type.append(&mut other.key_type);
        self.rsa_bits.append(&mut other.rsa_bits);
        self.key_path.append(&mut other.key_path);
        self.undeclared.append(&mut other.undeclared);
        self.has_request |= other.has_request;
        self.images.append(&mut other.images);
        self.applications.append(&mut other.applications);
        self.approvals.append(&mut other.approvals);
        self.build_status.append(&mut other.build_status);
        self.accounts.append(&mut other.accounts);
        self.node_accounts.append(&mut other.node_accounts);
        self.running.append(&mut other.running);
    }
}

/// The claim of an artefact among others.
pub(super) fn of<'c, T>(claims: &'c [Claim<T>], artefact: &str) -> Option<&'c Claim<T>> {
    claims.iter().find(|claim| claim.artefact == artefact)
}
