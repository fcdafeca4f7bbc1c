//! The vectors of a suite, once they are run.

use std::collections::BTreeMap;

/// One vector and whether Admit agrees with it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Vector {
    /// Its name in the suite.
    pub(super) id: String,
    /// Nothing, or what was expected and found instead.
    pub(super) answer: Result<(), String>,
}

/// What a suite's vectors came to.
#[derive(Debug, Default)]
pub(super) struct Answers {
    /// The vectors that count.
    pub(super) scored: Vec<Vector>,
    /// Vectors of rules that Admit doesn't have, by their class: counted and named, never a failure.
    pub(super) apart: Vec<(String, Vector)>,
    /// Vectors that were not run: why, and their ids.
    pub(super) left: BTreeMap<String, Vec<String>>,
}
