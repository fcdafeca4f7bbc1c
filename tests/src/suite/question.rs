//! What a suite asks of the engine: a case of kind `chain`.

use admit_core::certificate::read_certificates;
use admit_core::chain::{self, Element};
use admit_core::{Answer, Case, Document, Question, Report, Revocation, Time, Trust, Verdict, evaluate};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use super::watch;

/// A question about one chain. Certificates and lists are PEM.
#[derive(Debug, Default)]
pub(super) struct Chain {
    pub(super) policy: chain::Policy,
    /// The certificate that is judged.
    pub(super) target: String,
    pub(super) roots: Vec<String>,
    pub(super) intermediates: Vec<String>,
    pub(super) crls: Vec<String>,
    pub(super) revocation: Revocation,
}

impl Chain {
    /// The engine's answer.
    ///
    /// # Errors
    ///
    /// The instant is none, the engine panics, or it is too slow.
    pub(super) fn ask(self, at: &str) -> Result<(Report, chain::Answer), String> {
        let at: Time = at.parse().map_err(|error| format!("{at}: {error}"))?;
        let roots = if self.roots.is_empty() { "none".to_owned() } else { self.roots.join("\n") };
        let trust = Trust {
            roots,
            intermediates: self.intermediates.join("\n"),
            crls: self.crls.join("\n"),
            revocation: self.revocation,
        };
        let subject = chain::Subject { certificates: self.target };
        let question = Question::Chain(self.policy, subject);
        let case = Case { title: None, teaches: None, at, question, trust, expect: Vec::new() };
        let report = watch::within(move || evaluate(&case))?;
        let Answer::Chain(answer) = report.answer.clone() else {
            return Err("the answer to another kind of case".to_owned());
        };
        Ok((report, answer))
    }
}

/// Whether the engine decides as a suite does, which knows good and bad only. What is not known to be good is bad: a
/// suite's verifier knows nothing that it isn't given.
///
/// # Errors
///
/// What was expected, and what was found.
pub(super) fn decide(report: &Report, answer: &chain::Answer, good: bool) -> Result<(), String> {
    if (report.verdict == Verdict::Admitted) == good {
        return Ok(());
    }
    let expected = if good { "a good chain" } else { "FALSE ACCEPT, expected a bad chain" };
    Err(format!("{expected}, found: {} {}", report.summary, causes(&answer.elements)))
}

/// What is wrong with the elements, for a reader.
pub(super) fn causes(elements: &[Element]) -> String {
    let one = |element: &Element| {
        let causes: Vec<_> = element.causes.iter().map(|cause| format!("{:#x} {}", cause.bit, cause.because)).collect();
        format!("[{}: {}]", element.subject, causes.join("; "))
    };
    elements.iter().filter(|element| !element.causes.is_empty()).map(one).collect::<Vec<_>>().join(" ")
}

/// PEM from DER.
pub(super) fn pem(label: &str, der: &[u8]) -> String {
    let text = STANDARD.encode(der);
    let lines: Vec<_> = text.as_bytes().chunks(64).map(String::from_utf8_lossy).collect();
    format!("-----BEGIN {label}-----\n{}\n-----END {label}-----\n", lines.join("\n"))
}

/// DER from the base64 of the suites.
pub(super) fn der(base64: &str) -> Result<Vec<u8>, String> {
    STANDARD.decode(base64).map_err(|error| error.to_string())
}

/// The SHA-1 of a PEM certificate as the engine writes it in an [`Element`]; empty for one that it can't read.
pub(super) fn sha1(pem: &str) -> String {
    let facts = read_certificates(&Document::new("certificate", pem)).facts();
    facts.first().map(|facts| facts.sha1.to_string()).unwrap_or_default()
}
