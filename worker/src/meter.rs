//! Counters, as Prometheus reads them (text format 0.0.4).
//!
//! An isolate counts in memory and hands its counts on to the one object that holds the sums. Labels are constants of the
//! program, so that nothing of a caller's gets into a counter.

use std::collections::BTreeMap;

use admit_core::Report;
use serde::{Deserialize, Serialize};

use crate::log::{Entry, place};

/// Sums by series: `admit_requests_total{route="/v1/evaluate",status="200"}`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Counts(BTreeMap<String, u64>);

/// The counters: name, and what they count.
const COUNTERS: [(&str, &str); 5] = [
    ("admit_attempts_total", "Requests that tried to get past a guard, by what they tried"),
    ("admit_cost_total", "Work done: bytes, certificates, signatures and rules"),
    ("admit_requests_total", "Requests by route and status"),
    ("admit_rules_total", "Reports in which a rule was found"),
    ("admit_verdicts_total", "Reports by kind and verdict"),
];

impl Counts {
    /// Counts an answered request.
    pub fn request(&mut self, entry: &Entry) {
        self.add(&format!("admit_requests_total{{route=\"{}\",status=\"{}\"}}", entry.route, entry.status), 1);
        if let Some(attempt) = entry.attempt {
            self.add(&format!("admit_attempts_total{{route=\"{}\",tried=\"{attempt}\"}}", entry.route), 1);
        }
        for rule in &entry.rules {
            self.add(&format!("admit_rules_total{{rule=\"{rule}\"}}"), 1);
        }
    }

    /// Counts a report.
    pub fn report(&mut self, report: &Report) {
        let kind = serde_json::to_value(report.kind).ok();
        let kind = kind.as_ref().and_then(|kind| kind.as_str()).unwrap_or_default();
        let verdict = ["admitted", "refused", "indeterminate"].get(place(report.verdict)).copied().unwrap_or_default();
        self.add(&format!("admit_verdicts_total{{kind=\"{kind}\",verdict=\"{verdict}\"}}"), 1);
        let cost = &report.cost;
        for (unit, count) in [
            ("bytes", cost.bytes),
            ("certificates", cost.certificates),
            ("signatures", cost.signatures),
            ("rules", cost.rules),
        ] {
            self.add(&format!("admit_cost_total{{unit=\"{unit}\"}}"), u64::from(count));
        }
    }

    /// Adds other counts.
    pub fn merge(&mut self, other: &Self) {
        for (series, count) in &other.0 {
            self.add(series, *count);
        }
    }

    /// Whether nothing was counted.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The text.
    pub fn to_text(&self) -> String {
        let mut text = String::new();
        for (name, help) in COUNTERS {
            text.push_str(&format!("# HELP {name} {help}\n# TYPE {name} counter\n"));
            for (series, count) in self.0.iter().filter(|(series, _)| series.split('{').next() == Some(name)) {
                text.push_str(&format!("{series} {count}\n"));
            }
        }
        text
    }

    fn add(&mut self, series: &str, count: u64) {
        match self.0.get_mut(series) {
            Some(sum) => *sum = sum.saturating_add(count),
            None => {
                self.0.insert(series.to_string(), count);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::log::RequestId;

    #[test]
    fn counts_add_up() {
        let mut entry = Entry::new(RequestId::new(1), "/v1/rules", &http::Method::GET);
        entry.status = 200;
        let mut counts = Counts::default();
        assert!(counts.is_empty());
        counts.request(&entry);
        counts.merge(&counts.clone());
        let text = counts.to_text();
        assert!(text.contains("\nadmit_requests_total{route=\"/v1/rules\",status=\"200\"} 2\n"), "{text}");
        assert!(text.starts_with("# HELP admit_attempts_total "), "{text}");
    }
}
