//! What an author expects of the report.

use alloc::collections::BTreeMap;
use alloc::string::String;
use alloc::vec::Vec;

use serde::{Deserialize, Serialize};

use crate::{Time, Verdict, fabric};

/// What an author expects of the report. Everything that is given must hold.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, default)]
pub struct Expectation {
    /// The verdict: of the whole case, or of the cell that `certificate` and `connection` name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub verdict: Option<Verdict>,
    /// A certificate of the subject, by its place, from 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub certificate: Option<u32>,
    /// A connection.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub connection: Option<fabric::Connection>,
    /// The role granted.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub role: Option<fabric::Role>,
    /// The best role that is possible: the one granted, or a better one that missing facts allow.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub at_most: Option<fabric::Role>,
    /// What is presented, by element (`ClusterCertificate`): the certificate's place in the store, from 1, or 0 for
    /// nothing. Of every node type that is looked at.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub presents: BTreeMap<String, u32>,
    /// The error code that the product gives, by name: of the cells that `certificate` and `connection` name; otherwise of
    /// some cell, or of a deployment that a finding says is refused.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub code: Option<String>,
    /// The rule that the diagnosis holds for the likeliest cause, by id; `none`: the case has none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cause: Option<String>,
    /// Rules that are found, by id.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub findings: Vec<String>,
    /// Rules that are not found, by id: the case is a near miss of each.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub without: Vec<String>,
    /// The names of the error bits of the chain (`CERT_TRUST_IS_NOT_TIME_VALID`): all of them, in any order. Kind
    /// `chain` only.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub errors: Option<Vec<String>>,
    /// Instants at which the verdict changes: all of them, in order.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub flips: Option<Vec<Time>>,
}
