//! A large cluster: many rules, many certificates.

use admit_core::{Case, Evaluator, Peers, Verdict};

/// A case of kind `peer` whose certificates are all admitted, with an evaluator that remembers signatures.
pub struct Cluster {
    case: Case,
    evaluator: Evaluator<Peers>,
}

impl Cluster {
    /// Reads a case.
    pub fn read(json: &str) -> Option<Self> {
        Some(Self { case: Case::from_json(json).ok()?, evaluator: Evaluator::default() })
    }

    /// The whole report, from the texts of the case, every signature verified. Whether it is the right one.
    pub fn fresh(&self) -> bool {
        Evaluator::<Peers>::default().evaluate(&self.case).verdict == Verdict::Admitted
    }

    /// The same with an evaluator that has verified the signatures before.
    pub fn remembered(&mut self) -> bool {
        self.evaluator.evaluate(&self.case).verdict == Verdict::Admitted
    }
}
