//! Receipts: what was decided about what, at which instant, by which engine. They hold hashes instead of documents.

use admit_core::{Case, Kind, Report, Time, Verdict, evaluate};
use serde::Deserialize;
use sha2::{Digest as _, Sha256};

use crate::visible::visible;

/// The version of the receipt's format that is read.
const VERSION: u32 = 1;

/// A receipt, as the page exports it.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Receipt {
    receipt: u32,
    kind: Kind,
    at: Time,
    engine: String,
    verdict: Verdict,
    /// The verdict in a sentence. Covered by the hash of the report.
    #[serde(rename = "summary")]
    _summary: String,
    /// `sha256:` and the hash, in lower-case hexadecimal, of the case as `admit case` prints it, without its last line feed.
    case: String,
    /// The same of the report as `admit evaluate --json` prints it.
    report: String,
}

impl Receipt {
    /// Reads a receipt.
    ///
    /// # Errors
    ///
    /// A sentence that says what is not as it should be.
    pub(crate) fn read(json: &str) -> Result<Self, String> {
        let receipt: Self = serde_json::from_str(json).map_err(|error| format!("expected a receipt, found {error}"))?;
        if receipt.receipt != VERSION {
            return Err(format!("expected a receipt of version {VERSION}, found version {}", receipt.receipt));
        }
        Ok(receipt)
    }

    /// Decides the case again. Gives whether the receipt holds, and says so line by line.
    pub(crate) fn check(&self, case: &Case) -> (bool, String) {
        let report = evaluate(case);
        let mut said = String::new();
        let mut holds = true;
        let mut line = |same: bool, what: &str, how: String| {
            holds &= same;
            said.push_str(&format!("{} {what}: {how}\n", if same { "=" } else { "≠" }));
        };
        let hash = hash(&case.to_json());
        let is_same_case = hash == self.case && self.kind == case.kind() && self.at == case.at;
        line(is_same_case, "case", if is_same_case { hash } else { format!("{hash}, not {}", visible(&self.case)) });
        let now = verdict(report.verdict);
        let same = self.verdict == report.verdict;
        line(same, "verdict", if same { now.into() } else { format!("{now}, not {}", verdict(self.verdict)) });
        self.compare_reports(&report, &mut line);
        said.push_str(if holds { "the receipt holds\n" } else { "the receipt does not hold\n" });
        (holds, said)
    }

    /// Another engine may say the same in other words: then the report's bytes are no part of the promise.
    fn compare_reports(&self, report: &Report, line: &mut impl FnMut(bool, &str, String)) {
        let hash = hash(&report.to_json());
        let same = hash == self.report;
        if same || self.engine == report.engine {
            line(same, "report", if same { hash } else { format!("{hash}, not {}", visible(&self.report)) });
        } else {
            let how = format!(
                "of engine {}; this is engine {}, so only the verdict is compared",
                visible(&self.engine),
                report.engine
            );
            line(true, "report", how);
        }
    }
}

fn hash(text: &str) -> String {
    let digits = Sha256::digest(text.as_bytes()).iter().map(|byte| format!("{byte:02x}")).collect::<String>();
    format!("sha256:{digits}")
}

fn verdict(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Admitted => "admitted",
        Verdict::Refused => "refused",
        Verdict::Indeterminate => "indeterminate",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const CASE: &str = r#"{ "admit": 1, "kind": "peer", "at": "2026-11-22T00:00:00Z",
      "policy": { "manifest": "<Section Name=\"Security\"/>" }, "subject": { "certificates": "" } }"#;

    fn receipt(case: &Case, engine: &str, verdict: &str) -> Receipt {
        let report = evaluate(case);
        let json = serde_json::json!({
            "receipt": 1, "kind": "peer", "at": "2026-11-22T00:00:00Z", "engine": engine, "verdict": verdict,
            "summary": "", "case": hash(&case.to_json()), "report": hash(&report.to_json()),
        });
        Receipt::read(&json.to_string()).expect("a receipt")
    }

    #[test]
    fn a_receipt_holds_for_its_case_alone() {
        let mut case = Case::from_json(CASE).expect("a case");
        let report = evaluate(&case);
        let held = receipt(&case, &report.engine, verdict(report.verdict));
        assert!(held.check(&case).0, "{}", held.check(&case).1);
        case.at = "2026-11-23T00:00:00Z".parse().expect("an instant");
        let (holds, said) = held.check(&case);
        assert!(!holds && said.contains("≠ case"), "{said}");
    }

    #[test]
    fn another_verdict_and_another_report_are_said() {
        let case = Case::from_json(CASE).expect("a case");
        let report = evaluate(&case);
        let (holds, said) = receipt(&case, &report.engine, "admitted").check(&case);
        assert!(!holds && said.contains("≠ verdict"), "{said}");
        let mut other = receipt(&case, "0.0.1", verdict(report.verdict));
        other.report = "sha256:00".into();
        assert!(other.check(&case).0, "another engine's report need not have the same bytes");
        other.engine = report.engine.to_string();
        assert!(!other.check(&case).0);
    }

    #[test]
    fn what_is_no_receipt_is_not_read() {
        for json in ["", "{}", r#"{ "receipt": 2 }"#] {
            assert!(Receipt::read(json).is_err(), "{json}");
        }
    }
}
