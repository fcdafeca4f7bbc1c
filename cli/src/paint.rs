//! Colour, where it is wanted.

use admit_core::{Outcome, Severity, Verdict};

use crate::visible::visible;

/// What a piece of text is, for its colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Tone {
    /// It holds.
    Good,
    /// It does not hold.
    Bad,
    /// It is doubtful.
    Doubt,
    /// A name or a heading.
    Strong,
    /// What one may skip.
    Faint,
}

/// Writes text in tones, or plainly. Colour never carries meaning alone: each outcome has its own sign.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Paint {
    colour: bool,
}

impl Paint {
    pub(crate) fn new(colour: bool) -> Self {
        Self { colour }
    }

    /// `text`, made harmless, in a tone (ECMA-48, section 8.3.117).
    pub(crate) fn tone(self, tone: Tone, text: &str) -> String {
        let text = visible(text);
        let code = match tone {
            Tone::Good => "32",
            Tone::Bad => "31",
            Tone::Doubt => "33",
            Tone::Strong => "1",
            Tone::Faint => "2",
        };
        if self.colour && !text.is_empty() { format!("\u{1b}[{code}m{text}\u{1b}[0m") } else { text }
    }
}

/// The sign and tone of a verdict.
pub(crate) fn of_verdict(verdict: Verdict) -> (&'static str, Tone) {
    match verdict {
        Verdict::Admitted => ("✓", Tone::Good),
        Verdict::Refused => ("✕", Tone::Bad),
        Verdict::Indeterminate => ("?", Tone::Doubt),
    }
}

/// The sign and tone of a step's outcome.
pub(crate) fn of_outcome(outcome: Outcome) -> (&'static str, Tone) {
    match outcome {
        Outcome::Passed => ("✓", Tone::Good),
        Outcome::Failed => ("✕", Tone::Bad),
        Outcome::Unknown => ("?", Tone::Doubt),
        Outcome::Skipped => ("-", Tone::Faint),
        Outcome::Noted => ("·", Tone::Faint),
    }
}

/// The tone of a severity.
pub(crate) fn of_severity(severity: Severity) -> Tone {
    match severity {
        Severity::Error => Tone::Bad,
        Severity::Warning => Tone::Doubt,
        Severity::Info => Tone::Strong,
    }
}

/// The word that the report's JSON has for a value: "cluster-peer".
pub(crate) fn word(value: &impl serde::Serialize) -> String {
    serde_json::to_value(value).ok().and_then(|value| value.as_str().map(str::to_owned)).unwrap_or_default()
}
