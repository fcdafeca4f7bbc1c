//! Why Admit answers otherwise than a suite expects.

use std::path::Path;

use super::data;

/// The reasons of one suite: a list of `{ "ids": [...], "reason": "..." }`. In an id, `*` stands for any text.
#[derive(Debug, Default)]
pub(super) struct Explanations {
    entries: Vec<(String, String)>,
}

impl Explanations {
    /// Reads them. A suite without such a file has no divergence.
    ///
    /// # Errors
    ///
    /// The file is not of this form, or an id stands there twice.
    pub(super) fn read(path: &Path) -> Result<Self, String> {
        if !path.exists() {
            return Ok(Self::default());
        }
        let file = data::json(path)?;
        let mut entries: Vec<(String, String)> = Vec::new();
        for entry in file.as_array().ok_or_else(|| format!("{}: expected a list", path.display()))? {
            let reason = data::string(entry, "reason")?;
            for id in data::strings(entry, "ids")? {
                if entries.iter().any(|(other, _)| other == id) {
                    return Err(format!("{}: `{id}` stands there twice", path.display()));
                }
                entries.push((id.to_owned(), reason.to_owned()));
            }
        }
        Ok(Self { entries })
    }

    /// The ids and their reasons.
    pub(super) fn entries(&self) -> impl Iterator<Item = (&str, &str)> {
        self.entries.iter().map(|(id, reason)| (id.as_str(), reason.as_str()))
    }

    /// The reason for a vector: that of its own id, before that of a pattern.
    pub(super) fn reason(&self, id: &str) -> Option<&str> {
        let own = self.entries().find(|(pattern, _)| *pattern == id);
        own.or_else(|| self.entries().find(|(pattern, _)| covers(pattern, id))).map(|(_, reason)| reason)
    }
}

/// Whether an entry is about a vector.
pub(super) fn covers(pattern: &str, id: &str) -> bool {
    let mut parts = pattern.split('*');
    let (Some(mut rest), last) = (id.strip_prefix(parts.next().unwrap_or_default()), parts.next_back()) else {
        return false;
    };
    let Some(last) = last else { return rest.is_empty() };
    for part in parts {
        match rest.split_once(part) {
            Some((_, after)) => rest = after,
            None => return false,
        }
    }
    rest.ends_with(last)
}

#[cfg(test)]
impl Explanations {
    pub(super) fn of(entries: &[(&str, &str)]) -> Self {
        Self { entries: entries.iter().map(|(id, reason)| ((*id).to_owned(), (*reason).to_owned())).collect() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_star_stands_for_any_text() {
        for (pattern, id, is_covered) in [
            ("a", "a", true),
            ("a", "ab", false),
            ("a*", "ab", true),
            ("*b", "ab", true),
            ("a*b*c", "a1b2c", true),
            ("a*b*c", "acb", false),
            ("ab*ba", "aba", false),
            ("*", "", true),
        ] {
            assert_eq!(covers(pattern, id), is_covered, "{pattern} {id}");
        }
    }

    #[test]
    fn an_own_reason_is_nearer_than_that_of_a_pattern() {
        let explanations = Explanations::of(&[("a::*", "all"), ("a::b", "one")]);
        assert_eq!(explanations.reason("a::b"), Some("one"));
        assert_eq!(explanations.reason("a::bc"), Some("all"));
        assert_eq!(explanations.reason("b::a"), None);
    }
}
