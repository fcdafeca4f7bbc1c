//! What the catalog says of a rule. It comes as a file of its own, after the first answer: the page needs none of it to show a
//! verdict, and the catalog grows.

use serde::Deserialize;

use crate::json;

/// A rule, as far as the page shows it.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Rule {
    /// Its id.
    pub id: String,
    /// What it checks.
    pub what: String,
    /// Why it matters.
    pub why: String,
}

/// Reads `rules.json`; one that can't be read is empty.
pub fn read(text: &str) -> Vec<Rule> {
    json::read(text).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use admit_core::RULES;

    use super::*;

    #[test]
    fn the_catalog_reads() {
        let rules = read(&serde_json::to_string(RULES).expect("JSON"));
        let same = RULES
            .iter()
            .zip(&rules)
            .filter(|(rule, read)| (rule.id, rule.what, rule.why) == (&read.id, &read.what, &read.why));
        assert_eq!((same.count(), rules.len()), (RULES.len(), RULES.len()));
        assert_eq!(read("<html>"), []);
    }
}
