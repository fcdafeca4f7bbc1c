//! What came of a suite.

use std::fmt;

/// The vectors of a suite, sorted by whether Admit agrees with them.
#[derive(Debug, Default)]
pub struct Outcome {
    /// Vectors that were run.
    pub run: u32,
    /// Vectors with the answer that the suite expects.
    pub agree: u32,
    /// Divergences that are listed with a reason: the vector's name and the reason.
    pub explained: Vec<(String, &'static str)>,
    /// Divergences without one: the vector's name and what was expected and found. Also what could not be read.
    pub unexplained: Vec<(String, String)>,
}

impl fmt::Display for Outcome {
    /// Every divergence, then the line that a suite ends with.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (name, reason) in &self.explained {
            writeln!(f, "explained   {name}: {reason}")?;
        }
        for (name, what) in &self.unexplained {
            writeln!(f, "UNEXPLAINED {name}: {what}")?;
        }
        let (explained, unexplained) = (self.explained.len(), self.unexplained.len());
        write!(f, "{} run, {} agree, {explained} explained, {unexplained} unexplained", self.run, self.agree)
    }
}
