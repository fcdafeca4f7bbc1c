//! Kind `peer`: would this cluster admit this peer, and as which role?

use alloc::borrow::Cow;
use alloc::string::String;
use alloc::vec::Vec;

use serde::{Deserialize, Serialize};

use super::{Connection, Policy, Role, Subject};
use crate::{Case, Cost, Kind, Outcome, Report, Span, Step, Verdict};

/// Which connection admits which certificate, and as what: the matrix.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Answer {
    /// Whether client roles are in effect (`ClientRoleEnabled` or `ClientClaimAuthEnabled`).
    pub roles_in_effect: bool,
    /// Each certificate on each judged connection, by certificate, then by connection.
    pub cells: Vec<Cell>,
}

/// One certificate on one connection.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Cell {
    /// The certificate, by its place, from 1.
    pub certificate: u32,
    /// The connection.
    pub connection: Connection,
    /// Would it be admitted here?
    pub verdict: Verdict,
    /// The role granted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub role: Option<Role>,
    /// What the cell rests on, in one sentence.
    pub because: String,
    /// The setting that granted it: `AdminClientCertThumbprints`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rule: Option<Cow<'static, str>>,
    /// Where the matching entry stands.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub span: Option<Span>,
    /// The error code that Service Fabric gives, by name: `CertificateNotMatched`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub code: Option<Cow<'static, str>>,
}

pub(crate) fn evaluate(case: &Case, _policy: &Policy, _subject: &Subject) -> Report {
    Report {
        admit: Report::VERSION,
        engine: Cow::Borrowed(env!("CARGO_PKG_VERSION")),
        kind: Kind::Peer,
        title: case.title.clone(),
        at: case.at,
        verdict: Verdict::Indeterminate,
        summary: String::new(),
        settle: Vec::new(),
        assumptions: Vec::new(),
        answer: crate::Answer::Peer(Answer::default()),
        findings: Vec::new(),
        off: Vec::new(),
        errors: Vec::new(),
        trace: Step::new("peer", Outcome::Unknown, ""),
        flips: Vec::new(),
        certificates: Vec::new(),
        cost: Cost::default(),
    }
}
