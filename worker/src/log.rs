//! What is logged: one line of JSON for each request.
//!
//! Nothing that a caller sends can be in it, because [`Entry`] has no field that could hold it: labels and rule ids are
//! constants of the program, everything else is a number. An identifier of a request is a number of 128 bits; one that a
//! caller chose is only taken if it is a UUID.

use std::fmt;

use admit_core::{Report, Verdict, rule};
use serde::{Serialize, Serializer};

/// The identifier of a request: shown as a UUID.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RequestId(u128);

impl RequestId {
    /// From bits, which the platform draws.
    pub const fn new(bits: u128) -> Self {
        Self(bits)
    }

    /// From a UUID with its hyphens.
    pub fn read(text: &str) -> Option<Self> {
        let hyphens = [8, 13, 18, 23];
        let well_formed = text.len() == 36
            && text.bytes().enumerate().all(|(at, byte)| match hyphens.contains(&at) {
                true => byte == b'-',
                false => byte.is_ascii_hexdigit(),
            });
        well_formed.then(|| u128::from_str_radix(&text.replace('-', ""), 16).ok().map(Self))?
    }
}

impl fmt::Display for RequestId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let digits = format!("{:032x}", self.0);
        let part = |from: usize, to: usize| digits.get(from..to).unwrap_or_default();
        write!(f, "{}-{}-{}-{}-{}", part(0, 8), part(8, 12), part(12, 16), part(16, 20), part(20, 32))
    }
}

impl Serialize for RequestId {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

/// One line of the log.
#[derive(Debug, Clone, Serialize)]
pub struct Entry {
    /// The request.
    pub request: RequestId,
    /// The route: [`Route::label`](crate::Route::label).
    pub route: &'static str,
    /// The method, or `other` if HTTP doesn't define it.
    pub method: &'static str,
    /// The status of the answer.
    pub status: u16,
    /// Bytes that were sent.
    pub received: u64,
    /// Bytes of the answer; 0 where it is streamed.
    pub sent: u64,
    /// The verdicts given: admitted, refused, indeterminate.
    #[serde(skip_serializing_if = "is_none_given")]
    pub verdicts: [u32; 3],
    /// The rules found, each once.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub rules: Vec<&'static str>,
    /// What was tried at a guard, if something was.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub attempt: Option<&'static str>,
}

fn is_none_given(verdicts: &[u32; 3]) -> bool {
    *verdicts == [0; 3]
}

impl Entry {
    /// An entry about a request that has not been answered yet.
    pub fn new(request: RequestId, route: &'static str, method: &http::Method) -> Self {
        let known = ["GET", "HEAD", "POST", "PUT", "DELETE", "PATCH", "OPTIONS"];
        let method = known.into_iter().find(|known| *known == method.as_str()).unwrap_or("other");
        Self {
            request,
            route,
            method,
            status: 0,
            received: 0,
            sent: 0,
            verdicts: [0; 3],
            rules: Vec::new(),
            attempt: None,
        }
    }

    /// Adds what a report found.
    pub fn add(&mut self, report: &Report) {
        let index = place(report.verdict);
        if let Some(count) = self.verdicts.get_mut(index) {
            *count = count.saturating_add(1);
        }
        for finding in &report.findings {
            self.add_rule(&finding.rule);
        }
    }

    /// Adds a rule, by the catalog's own constant.
    pub fn add_rule(&mut self, id: &str) {
        if let Some(rule) = rule(id)
            && !self.rules.contains(&rule.id)
        {
            self.rules.push(rule.id);
        }
    }

    /// The line.
    pub fn to_json(&self) -> String {
        serde_json::to_string(self).unwrap_or_default()
    }
}

/// The place of a verdict in [`Entry::verdicts`].
pub fn place(verdict: Verdict) -> usize {
    match verdict {
        Verdict::Admitted => 0,
        Verdict::Refused => 1,
        Verdict::Indeterminate => 2,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn identifiers_are_uuids_or_none() {
        let text = "0123abcd-4567-89ab-cdef-0123456789ab";
        assert_eq!(RequestId::read(text).map(|id| id.to_string()).as_deref(), Some(text));
        let long = "0".repeat(36);
        for text in
            ["", "my-secret", "0123abcd-4567-89ab-cdef-0123456789a", "0123abcd-4567-89ab-cdef-0123456789ag", &long]
        {
            assert_eq!(RequestId::read(text), None, "{text}");
        }
    }

    #[test]
    fn a_line_holds_numbers_and_constants() {
        let mut entry =
            Entry::new(RequestId::new(1), "/v1/evaluate", &http::Method::from_bytes(b"SECRET").expect("a token"));
        entry.add_rule("private-key-pasted");
        entry.add_rule("private-key-pasted");
        entry.add_rule("what somebody pasted");
        assert_eq!(
            entry.to_json(),
            "{\"request\":\"00000000-0000-0000-0000-000000000001\",\"route\":\"/v1/evaluate\",\"method\":\"other\",\
             \"status\":0,\"received\":0,\"sent\":0,\"rules\":[\"private-key-pasted\"]}"
        );
    }
}
