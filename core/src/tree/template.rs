//! Jinja inside of another format: found, and covered with text of the same length that the format's reader takes.
//!
//! Nothing is rendered. A statement (`{% ... %}`) or comment (`{# ... #}`) becomes blanks, an expression (`{{ ... }}`) a
//! text, so that every place outside of them stays where it is.

use alloc::string::String;
use alloc::vec::Vec;
use core::ops::Range;

/// A text without its template parts.
#[derive(Debug, Clone, Default)]
pub(crate) struct Covered {
    pub(crate) text: String,
    /// Where values are made.
    pub(crate) expressions: Vec<Range<usize>>,
    /// Where lines are chosen or repeated.
    pub(crate) statements: Vec<Range<usize>>,
    /// What stands between the statements that choose or repeat it.
    pub(crate) branches: Vec<Range<usize>>,
}

impl Covered {
    /// Whether only the template engine knows if a place is there at all, or what it says.
    pub(crate) fn is_unknown(&self, place: &Range<usize>) -> bool {
        self.expressions.iter().chain(&self.branches).any(|part| part.start < place.end && place.start < part.end)
    }

    /// Finds what `if` and `for` enclose, the outermost of each; one that is not closed goes to the end.
    fn find_branches(&mut self, text: &str) {
        let mut depth = 0_usize;
        let mut start = 0_usize;
        for statement in &self.statements {
            let inner = text.get(statement.clone()).unwrap_or_default();
            let word = inner.trim_start_matches(['{', '%', '-', '+', ' ', '\t']).split([' ', '-', '%']).next();
            match word {
                Some("if" | "for") => {
                    if depth == 0 {
                        start = statement.start;
                    }
                    depth = depth.saturating_add(1);
                }
                Some("endif" | "endfor") => {
                    depth = depth.saturating_sub(1);
                    if depth == 0 {
                        self.branches.push(start..statement.end);
                    }
                }
                _ => {}
            }
        }
        if depth > 0 {
            self.branches.push(start..text.len());
        }
    }
}

/// Covers the template parts of a TOML document.
pub(crate) fn cover(text: &str) -> Covered {
    let mut covered = Covered::default();
    let mut at = 0_usize;
    let mut in_string = Quotes::default();
    while let Some(rest) = text.get(at..).filter(|rest| !rest.is_empty()) {
        let close = match rest.get(..2) {
            Some("{{") => "}}",
            Some("{%") => "%}",
            Some("{#") => "#}",
            _ => {
                let c = rest.chars().next().unwrap_or_default();
                in_string.see(rest);
                covered.text.push(c);
                at = at.saturating_add(c.len_utf8());
                continue;
            }
        };
        let Some(length) = rest.find(close).map(|end| end.saturating_add(2)) else {
            // Not closed: the format's own reader says what is wrong with it.
            covered.text.push_str(rest);
            break;
        };
        let part = at..at.saturating_add(length);
        let inner = rest.get(..length).unwrap_or_default();
        if close == "}}" {
            let quoted = in_string.is_open();
            // Four bytes at least, so that there is room for quotes.
            let last = length.saturating_sub(1);
            covered
                .text
                .extend((0..length).map(|index| if !quoted && (index == 0 || index == last) { '"' } else { '_' }));
            covered.expressions.push(part.clone());
        } else {
            covered.text.extend(inner.bytes().map(|byte| if byte == b'\n' { '\n' } else { ' ' }));
            if close == "%}" {
                covered.statements.push(part.clone());
            }
        }
        at = part.end;
    }
    covered.find_branches(text);
    covered
}

/// Whether a place is inside a TOML string.
#[derive(Default)]
struct Quotes {
    open: Option<&'static str>,
    comment: bool,
    /// Characters that belong to what was seen already.
    skip: usize,
}

impl Quotes {
    fn is_open(&self) -> bool {
        self.open.is_some() || self.comment
    }

    /// Sees the first character of `rest`.
    fn see(&mut self, rest: &str) {
        if let Some(less) = self.skip.checked_sub(1) {
            self.skip = less;
            return;
        }
        if rest.starts_with('\n') {
            self.comment = false;
            // A string of one line that is not closed ends with its line.
            if self.open.is_some_and(|open| open.len() == 1) {
                self.open = None;
            }
            return;
        }
        match self.open {
            _ if self.comment => {}
            Some(open) if rest.starts_with(open) => {
                self.open = None;
                self.skip = open.len().saturating_sub(1);
            }
            Some("\"" | "\"\"\"") if rest.starts_with('\\') => self.skip = 1,
            Some(_) => {}
            None if rest.starts_with('#') => self.comment = true,
            None => {
                let quotes = ["\"\"\"", "'''", "\"", "'"];
                self.open = quotes.into_iter().find(|quote| rest.starts_with(quote));
                self.skip = self.open.map_or(0, |open| open.len().saturating_sub(1));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_are_covered_by_as_many_bytes() {
        let text = "a = {{ 'x' if y else \"\u{e9}\" }}\nb = \"/{{ p }}/\" # {{ c }}\n{% for a in\n b %}\nc = '''{{ d }}'''\n{# no #}";
        let covered = cover(text);
        assert_eq!(covered.text.len(), text.len());
        assert_eq!((covered.expressions.len(), covered.statements.len()), (4, 1));
        assert!(covered.text.contains("b = \"/_______/\" # _______\n"), "{}", covered.text);
        assert!(covered.text.starts_with("a = \"___"), "{}", covered.text);
        assert!(!covered.text.contains('%') && covered.text.matches('\n').count() == text.matches('\n').count());
    }

    #[test]
    fn what_is_not_closed_stays() {
        assert_eq!(cover("a = {{ b").text, "a = {{ b");
    }
}
