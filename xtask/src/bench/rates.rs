//! What was measured, and how things compare.

use std::collections::BTreeMap;

use anyhow::{Context as _, Result};
use serde_json::Value;

/// Microseconds of one operation, round by round, by operation and implementation.
#[derive(Default)]
pub(super) struct Rates(BTreeMap<(String, String), Vec<f64>>);

impl Rates {
    /// Reads what the benchmarks print: a JSON object a line.
    ///
    /// # Errors
    ///
    /// A line is something else.
    pub(super) fn read(lines: &str) -> Result<Self> {
        let mut rates = Self::default();
        for line in lines.lines() {
            let row: Value = serde_json::from_str(line).with_context(|| line.to_string())?;
            let text = |key: &str| row[key].as_str().map(str::to_string).with_context(|| line.to_string());
            let rounds = row["micros"].as_array().with_context(|| line.to_string())?;
            rates.0.insert((text("op")?, text("impl")?), rounds.iter().filter_map(Value::as_f64).collect());
        }
        Ok(rates)
    }

    fn rounds(&self, operation: &str, implementation: &str) -> Option<&[f64]> {
        self.0.get(&(operation.to_string(), implementation.to_string())).map(Vec::as_slice)
    }

    /// The median in microseconds.
    pub(super) fn micros(&self, operation: &str, implementation: &str) -> Option<f64> {
        median(self.rounds(operation, implementation)?.to_vec())
    }

    /// The least in microseconds: whatever else the machine does only adds to it.
    pub(super) fn least(&self, operation: &str, implementation: &str) -> Option<f64> {
        self.rounds(operation, implementation)?.iter().copied().reduce(f64::min)
    }

    /// How many times as fast as `other` an implementation is: the median of the ratios, round by round, because what
    /// slows a machine down for a moment slows down the neighbours of one round.
    pub(super) fn ratio(&self, operation: &str, implementation: &str, other: &str) -> Option<f64> {
        let rounds = self.rounds(operation, other)?.iter().zip(self.rounds(operation, implementation)?);
        median(rounds.map(|(other, own)| other / own).collect())
    }

    /// The part of `whole` that is not `part`, as a share of `yardstick`, all in the same rounds.
    pub(super) fn rest(&self, operation: &str, [whole, part, yardstick]: [&str; 3]) -> Option<f64> {
        let rounds = self.rounds(operation, whole)?.iter().zip(self.rounds(operation, part)?);
        median(
            rounds.zip(self.rounds(operation, yardstick)?).map(|((whole, part), all)| (whole - part) / all).collect(),
        )
    }
}

fn median(mut values: Vec<f64>) -> Option<f64> {
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ratios_are_of_the_same_round() {
        let lines =
            "{\"impl\":\"a\",\"op\":\"o\",\"micros\":[1,2,30]}\n{\"impl\":\"b\",\"op\":\"o\",\"micros\":[4,8,90]}\n";
        let rates = Rates::read(lines).unwrap();
        assert_eq!(rates.ratio("o", "a", "b"), Some(4.0));
        assert_eq!(rates.micros("o", "b"), Some(8.0));
        assert_eq!(rates.least("o", "b"), Some(4.0));
        assert_eq!(rates.rest("o", ["b", "a", "a"]), Some(3.0));
        assert_eq!(rates.ratio("o", "a", "c"), None);
        assert!(Rates::read("no").is_err());
    }
}
