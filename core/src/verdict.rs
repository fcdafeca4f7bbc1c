//! The three verdicts.

use alloc::string::String;

use serde::{Deserialize, Serialize};

use crate::Time;

/// Would it be admitted? Exhaustive on purpose: every host handles every outcome.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Verdict {
    /// Yes.
    Admitted,
    /// No.
    Refused,
    /// It depends on a fact that is not known; the report lists the facts that would settle it.
    Indeterminate,
}

/// An instant at which the verdict changes, or at which a health report begins or ends to warn. Between two flips both are
/// constant, so evaluating between them is exact.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Flip {
    /// The first second of the new verdict.
    pub at: Time,
    /// The verdict from then on.
    pub verdict: Verdict,
    /// What happens at that instant: "certificate 1 expires".
    pub because: String,
    /// Whether only a health report changes, and the verdict stays.
    #[serde(default, skip_serializing_if = "is_false")]
    pub health: bool,
}

impl Flip {
    /// An instant at which the verdict changes.
    pub fn new(at: Time, verdict: Verdict, because: impl Into<String>) -> Self {
        Self { at, verdict, because: because.into(), health: false }
    }
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde passes a reference")]
fn is_false(value: &bool) -> bool {
    !value
}
