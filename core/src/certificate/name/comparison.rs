//! Comparing names (RFC 5280, section 7.1).
//!
//! Strings match if they are the same after folding case and blanks, whatever their type. Full string preparation
//! (RFC 4518: normal form KC, prohibited characters) is not done: a name that needs it does not match, which refuses.

use alloc::string::String;
use alloc::vec::Vec;

use super::{Attribute, Name, Value};

impl Name {
    /// Whether both are the same name as RFC 5280 compares them.
    pub fn matches(&self, other: &Self) -> bool {
        self.raw == other.raw || (self.relative_names == other.relative_names && self.begins_with(other))
    }

    /// Whether this name lies in the subtree of `base`: its first relative names are those of `base`.
    pub fn is_within(&self, base: &Self) -> bool {
        self.relative_names >= base.relative_names && self.begins_with(base)
    }

    /// Its relative names in a form in which equal bytes mean the same name, for names that are compared often.
    pub(crate) fn folded_relative_names(&self) -> Vec<Vec<u8>> {
        let relative = |number| {
            let mut attributes: Vec<Vec<u8>> = self.relative_name(number).iter().map(Attribute::folded).collect();
            crate::order::sort_by(&mut attributes, Ord::cmp);
            attributes.dedup();
            attributes.concat()
        };
        (0..self.relative_names).map(relative).collect()
    }

    fn begins_with(&self, base: &Self) -> bool {
        (0..base.relative_names).all(|number| {
            let (ours, theirs) = (self.relative_name(number), base.relative_name(number));
            // A SET: each has its partner. Two equal attributes in one SET are not legal, so counting suffices.
            ours.len() == theirs.len()
                && theirs.iter().all(|theirs| ours.iter().any(|ours| ours.matches(theirs)))
                && ours.iter().all(|ours| theirs.iter().any(|theirs| ours.matches(theirs)))
        })
    }

    /// The attributes of one relative name.
    pub fn relative_name(&self, number: u32) -> &[Attribute] {
        let start = self.attributes.partition_point(|attribute| attribute.relative_name < number);
        let end = self.attributes.partition_point(|attribute| attribute.relative_name <= number);
        self.attributes.get(start..end).unwrap_or_default()
    }
}

impl Attribute {
    /// Whether type and value are the same.
    pub fn matches(&self, other: &Self) -> bool {
        self.oid == other.oid
            && match (&self.value, &other.value) {
                (Value::Text(ours), Value::Text(theirs)) => ours == theirs || folded(ours).eq(folded(theirs)),
                (ours, theirs) => self.tag == other.tag && ours == theirs,
            }
    }
}

impl Attribute {
    /// Type and value, each after its length.
    fn folded(&self) -> Vec<u8> {
        let (form, value) = match &self.value {
            Value::Text(text) => (0, folded(text).collect::<String>().into_bytes()),
            Value::Bytes(bytes) => (self.tag, bytes.clone()),
        };
        let oid = self.oid.as_bytes();
        let length = |bytes: &[u8]| u32::try_from(bytes.len()).unwrap_or(u32::MAX).to_be_bytes();
        [length(oid).as_slice(), oid, &[form], &length(&value), &value].concat()
    }
}

/// The characters without case, without blanks at the ends, and with one space for each run of blanks inside.
fn folded(text: &str) -> impl Iterator<Item = char> {
    let mut words = text.split_whitespace();
    let first = words.next().unwrap_or_default();
    let rest = words.flat_map(|word| core::iter::once(' ').chain(word.chars()));
    first.chars().chain(rest).flat_map(char::to_lowercase)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn case_and_blanks_fold() {
        let same = |a: &str, b: &str| folded(a).eq(folded(b));
        assert!(same(" Example  Root\tCA ", "example root ca"));
        assert!(same("\u{c4}PFEL", "\u{e4}pfel"));
        assert!(!same("Example Root CA", "ExampleRoot CA"));
        assert!(!same("a", "a b"));
        assert!(same("", "  "));
    }
}
