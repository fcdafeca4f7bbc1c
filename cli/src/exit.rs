//! What the process ends with.

use admit_core::Verdict;

/// How a run ended. Exhaustive on purpose: a pipeline branches on it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Exit {
    /// Printed what was asked for; nothing was judged.
    Done,
    /// The subject would be admitted.
    Admitted,
    /// The subject would be refused.
    Refused,
    /// The arguments, a file, the case, or a document that the verdict needs could not be read.
    Unreadable,
    /// The verdict depends on a fact that is not known.
    Indeterminate,
}

impl Exit {
    /// The exit code: 0 for done and admitted, 1 refused, 2 unreadable, 3 indeterminate.
    pub fn code(self) -> u8 {
        match self {
            Self::Done | Self::Admitted => 0,
            Self::Refused => 1,
            Self::Unreadable => 2,
            Self::Indeterminate => 3,
        }
    }
}

impl From<Verdict> for Exit {
    fn from(verdict: Verdict) -> Self {
        match verdict {
            Verdict::Admitted => Self::Admitted,
            Verdict::Refused => Self::Refused,
            Verdict::Indeterminate => Self::Indeterminate,
        }
    }
}
