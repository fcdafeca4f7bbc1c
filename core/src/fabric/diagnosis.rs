//! Diagnosis: from what someone saw, an error code, a message or a symptom, to the causes that this case really has.
//!
//! Nothing is decided here. The causes are what the report found and refused; they are put in order by how well each
//! explains what was seen. Where nothing of the case leads to it, the diagnosis says that, and where to look next.
//!
//! Reference: the article's "Troubleshooting and frequently asked questions"; CTX:117-133 for what wraps what.

mod cause;
mod code;
mod next;
mod rank;
mod recognise;
mod symptom;

use alloc::borrow::Cow;
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use serde::{Deserialize, Serialize};

use crate::{Citation, Document, Report, Span, Verdict};

pub use cause::{Cause, Fit};
pub use symptom::Symptom;

/// The name of the document that holds what someone saw.
pub const SEEN: &str = "subject.seen";

/// What someone saw, and the causes that the case has for it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Diagnosis {
    /// The likeliest cause in a sentence, or that there is none in this case.
    pub summary: String,
    /// The codes that were recognised in what was seen, in order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub codes: Vec<Seen>,
    /// The symptom, as the case gives it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub symptom: Option<Symptom>,
    /// The causes that the case has, the likeliest first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub causes: Vec<Cause>,
    /// Where to look next, in order.
    pub next: Vec<Next>,
}

/// A code that was recognised.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Seen {
    /// Its name: `CERT_E_UNTRUSTEDROOT`.
    pub name: Cow<'static, str>,
    /// Its value in hexadecimal, where it has one: `0x800b0109`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub value: Option<String>,
    /// When it is given.
    pub meaning: Cow<'static, str>,
    /// Where it was seen.
    pub span: Span,
}

/// A place to look at.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Next {
    /// What to do, in a sentence.
    pub what: Cow<'static, str>,
    /// Who says so.
    pub citation: Citation,
}

/// Adds the diagnosis to a report, where something was seen.
pub(super) fn add(report: &mut Report, seen: &str, symptom: Option<Symptom>) {
    if seen.trim().is_empty() && symptom.is_none() {
        return;
    }
    let document = Document::new(SEEN, seen);
    let recognised = recognise::codes(&document, report);
    let causes = rank::causes(report, &recognised, symptom);
    let summary = summary(report, seen, &recognised, &causes);
    let next = next::places(&recognised, symptom, &causes);
    let codes = recognised.into_iter().map(|recognised| recognised.seen).collect();
    report.diagnosis = Some(Diagnosis { summary, codes, symptom, causes, next });
}

fn summary(report: &Report, seen: &str, codes: &[recognise::Recognised], causes: &[Cause]) -> String {
    let names: Vec<String> = codes.iter().map(|code| format!("`{}`", code.seen.name)).collect();
    let what = if names.is_empty() { String::from("the symptom") } else { names.join(" and ") };
    match causes {
        _ if codes.is_empty() && causes.is_empty() && !seen.trim().is_empty() => {
            String::from("Nothing in what was seen is a code or a message that is known here")
        }
        [] if report.verdict == Verdict::Indeterminate => {
            format!("Nothing that is known in this case leads to {what}; it depends on {}", report.missing())
        }
        [] => format!("Nothing in this case leads to {what}"),
        [first, rest @ ..] => {
            let sure = if first.fit == Fit::Explains { "explains" } else { "may explain" };
            let more = match rest.len() {
                0 => String::new(),
                1 => String::from("; there is another cause"),
                count => format!("; there are {count} other causes"),
            };
            format!("What {sure} {what}: {}{more}", first.because)
        }
    }
}
