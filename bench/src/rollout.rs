//! A whole roll-out, from the case as text to its report.

use admit_core::{Case, Verdict, evaluate};

/// Whether the roll-out of a case is safe: the walk, the plan, the ways back, and the instants at which that changes.
pub fn rollout(case: &str) -> bool {
    Case::from_json(case).is_ok_and(|case| evaluate(&case).verdict == Verdict::Admitted)
}
