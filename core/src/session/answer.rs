//! What is answered about a session.

use alloc::borrow::Cow;
use alloc::string::String;
use alloc::vec::Vec;

use serde::{Deserialize, Serialize};

use super::batch::Summary;
use super::life::Run;
use super::profile::Acceptance;
use super::request::Request;
use super::strength::Estimate;
use super::token::Token;
use super::wire::Way;
use crate::{Span, Time, Verdict};

/// What each part of the subject is.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Answer {
    /// The name of the profile.
    pub profile: String,
    /// How many identifiers were judged.
    pub judged: u32,
    /// The identifiers, at most [`Limits::SESSION_DETAILED`](crate::Limits::SESSION_DETAILED) of them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub identifiers: Vec<Identifier>,
    /// The identifiers together, if there are at least two or the list says whose they are.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub batch: Option<Summary>,
    /// The request.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub request: Option<Request>,
    /// The token.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub token: Option<Token>,
    /// The pool over time.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub life: Option<Run>,
    /// The documents with their secrets replaced, to pass on.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub redacted: Vec<Redacted>,
}

/// One identifier.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Identifier {
    /// Its place, from 1.
    pub number: u32,
    /// The identifier.
    pub text: String,
    /// Where it stands.
    pub span: Span,
    /// Whether it is acceptable by itself.
    pub verdict: Verdict,
    /// How far its form is acceptable.
    pub acceptance: Acceptance,
    /// How hard it is to guess.
    pub estimate: Estimate,
    /// How it stands against named thresholds.
    pub standings: Vec<Standing>,
    /// Seconds until one of the population is expected to be guessed at the policy's rate; nothing beyond 2^63.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub seconds_to_guess: Option<u64>,
    /// The same in words: "292 years".
    pub time_to_guess: String,
    /// What the server sees, client by client. Empty where every client gives the identifier that was meant: it holds
    /// letters, digits and `-` only.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub ways: Vec<Way>,
    /// What it is derived from, where a candidate gives it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub derived: Option<String>,
    /// Whose it is, where the list says so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub user: Option<String>,
    /// The conversation that it is for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub conversation: Option<String>,
    /// When it was seen.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub time: Option<Time>,
}

/// How an identifier stands against a named threshold.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Standing {
    /// Who asks: "OWASP ASVS 5.0, V7.2.3".
    pub name: Cow<'static, str>,
    /// Bits that are asked for.
    pub bits: u32,
    /// Whether the identifier has them.
    pub passes: bool,
    /// What else is to be said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<Cow<'static, str>>,
}

/// A document with its secrets replaced.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Redacted {
    /// The document's name.
    pub document: String,
    /// Its text. The same identifier has the same number everywhere.
    pub text: String,
}

/// The thresholds by name, for an estimate.
pub(super) fn standings(estimate: &Estimate) -> Vec<Standing> {
    const THRESHOLDS: [(&str, u32, bool); 5] = [
        ("OWASP Session Management Cheat Sheet", 64, true),
        ("OWASP ASVS 4.0.3, 3.2.2", 64, true),
        ("OWASP ASVS 5.0, V7.2.3", 128, true),
        ("NIST SP 800-63B-3, section 7.1", 64, true),
        ("NIST SP 800-63B-4, section 5.1", 64, false),
    ];
    THRESHOLDS
        .iter()
        .map(|&(name, bits, structural)| {
            let found = if structural { estimate.structural } else { estimate.upper };
            let (found, asked) = (found.thousandths(), bits.saturating_mul(1000));
            let passes = found >= asked;
            let note = if !structural {
                Some("asks for length: measured by the alphabet, not by the structure")
            } else if !passes && bits == 128 && found >= 122_000 {
                Some("misses the letter by up to six bits, enough in practice")
            } else {
                None
            };
            Standing { name: Cow::Borrowed(name), bits, passes, note: note.map(Cow::Borrowed) }
        })
        .collect()
}
