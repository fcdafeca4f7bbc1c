//! What an answer took.

use serde::{Deserialize, Serialize};

/// A count as it stands in reports.
pub(crate) fn count(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

/// Counts of work, never times: the clock of an edge worker stands still, and the same case must give the same bytes.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Cost {
    /// Bytes of the documents read.
    pub bytes: u32,
    /// Certificates read.
    pub certificates: u32,
    /// Signatures that the answer rests on, whether verified now or remembered.
    pub signatures: u32,
    /// Rules and list entries that were held against a subject.
    pub rules: u32,
}
