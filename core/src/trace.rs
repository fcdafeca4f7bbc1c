//! Why: the tree of what was looked at.

use alloc::string::String;
use alloc::vec::Vec;

use serde::{Deserialize, Serialize};

use crate::Span;

/// One thing that was looked at, what came of it, and what was looked at for it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Step {
    /// What was looked at: "ClusterCertThumbprints", "entry 2".
    pub label: String,
    /// What came of it.
    pub outcome: Outcome,
    /// Why, in one sentence.
    pub detail: String,
    /// Where it stands.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub span: Option<Span>,
    /// What was looked at for it, in order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub steps: Vec<Step>,
}

/// What came of a step.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Outcome {
    /// It holds, or it admits.
    Passed,
    /// It does not hold, or it refuses.
    Failed,
    /// A fact is missing.
    Unknown,
    /// Not looked at, for the reason given.
    Skipped,
    /// Shown for information: it decides nothing.
    Noted,
}

impl Step {
    /// A step without a place.
    pub fn new(label: impl Into<String>, outcome: Outcome, detail: impl Into<String>) -> Self {
        Self { label: label.into(), outcome, detail: detail.into(), span: None, steps: Vec::new() }
    }

    /// Puts the step at a place.
    #[must_use]
    pub fn at(mut self, span: Option<Span>) -> Self {
        self.span = span;
        self
    }

    /// Adds what was looked at for it.
    #[must_use]
    pub fn with(mut self, steps: impl IntoIterator<Item = Step>) -> Self {
        self.steps.extend(steps);
        self
    }
}
