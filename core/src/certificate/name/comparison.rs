//! Comparing names (RFC 5280, section 7.1).
//!
//! Strings match if they are the same after folding case and blanks, whatever their type. Full string preparation
//! (RFC 4518: normal form KC, folding that changes length, characters that count for nothing) is not done: a name that needs
//! it does not match, so an issuer is not found. Where not matching would let a name or a certificate through,
//! [`Name::may_be_within`] and [`Name::may_match`] say whether preparation could make it match.

use alloc::string::String;
use alloc::vec::Vec;

use super::{Attribute, Name, Value};

impl Name {
    /// Whether both are the same name as RFC 5280 compares them.
    pub fn matches(&self, other: &Self) -> bool {
        self.raw == other.raw
            || (self.relative_names == other.relative_names && self.begins_with(other, Attribute::matches))
    }

    /// Whether OpenSSL says that both are the same name (`X509_NAME_cmp`): it folds letters and blanks of ASCII, and takes
    /// every other character as it is (`asn1_string_canon`, crypto/x509/x_name.c).
    pub(crate) fn matches_openssl(&self, other: &Self) -> bool {
        self.raw == other.raw
            || (self.relative_names == other.relative_names && self.begins_with(other, Attribute::matches_openssl))
    }

    /// Whether this name lies in the subtree of `base`: its first relative names are those of `base`.
    pub fn is_within(&self, base: &Self) -> bool {
        self.relative_names >= base.relative_names && self.begins_with(base, Attribute::matches)
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

    /// Whether preparing its strings could change them: characters beyond ASCII, control characters, or a value that is no
    /// string.
    pub(crate) fn is_unprepared(&self) -> bool {
        self.attributes.iter().any(|attribute| attribute.text().is_none_or(|text| text.chars().any(is_unprepared)))
    }

    /// Whether this name could lie in the subtree of `base` once both are prepared as RFC 4518 says. True for all that
    /// [`Self::is_within`] is true of, and for more: which characters become which is not looked up.
    pub(crate) fn may_be_within(&self, base: &Self) -> bool {
        self.relative_names >= base.relative_names
            && (0..base.relative_names).all(|number| {
                let (ours, theirs) = (self.relative_name(number), base.relative_name(number));
                theirs.iter().all(|theirs| ours.iter().any(|ours| ours.may_match(theirs)))
                    && ours.iter().all(|ours| theirs.iter().any(|theirs| ours.may_match(theirs)))
            })
    }

    /// Whether both could be the same name once they are prepared: [`Self::may_be_within`], both ways.
    pub(crate) fn may_match(&self, other: &Self) -> bool {
        self.relative_names == other.relative_names && self.may_be_within(other)
    }

    fn begins_with(&self, base: &Self, same: fn(&Attribute, &Attribute) -> bool) -> bool {
        (0..base.relative_names).all(|number| {
            let (ours, theirs) = (self.relative_name(number), base.relative_name(number));
            // A SET: each has its partner. Two equal attributes in one SET are not legal, so counting suffices.
            ours.len() == theirs.len()
                && theirs.iter().all(|theirs| ours.iter().any(|ours| same(ours, theirs)))
                && ours.iter().all(|ours| theirs.iter().any(|theirs| same(ours, theirs)))
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
    fn matches_openssl(&self, other: &Self) -> bool {
        self.matches(other)
            && match (&self.value, &other.value) {
                (Value::Text(ours), Value::Text(theirs)) => folded_ascii(ours).eq(folded_ascii(theirs)),
                _ => true,
            }
    }

    /// Whether type and value could be the same once they are prepared.
    fn may_match(&self, other: &Self) -> bool {
        self.oid == other.oid
            && match (&self.value, &other.value) {
                (Value::Text(ours), Value::Text(theirs)) => may_become_equal(ours, theirs),
                (Value::Bytes(_), Value::Bytes(_)) => self.matches(other),
                // What was meant by a string of no string type is anyone's guess.
                _ => true,
            }
    }

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

/// The same for ASCII alone; every other character is itself.
fn folded_ascii(text: &str) -> impl Iterator<Item = char> {
    let is_blank = |character: char| matches!(character, ' ' | '\t'..='\r');
    let mut words = text.split(is_blank).filter(|word| !word.is_empty());
    let first = words.next().unwrap_or_default();
    let rest = words.flat_map(|word| core::iter::once(' ').chain(word.chars()));
    first.chars().chain(rest).map(|character| character.to_ascii_lowercase())
}

/// Whether string preparation may turn a character into others, or into none.
fn is_unprepared(character: char) -> bool {
    !matches!(character, ' '..='~')
}

/// Whether two strings could be the same once prepared: a character beyond ASCII may become anything, also with the letter
/// before it, and every other stays what it is. What stands before the first and after the last of them must agree.
fn may_become_equal(ours: &str, theirs: &str) -> bool {
    let (ours, theirs): (Vec<char>, Vec<char>) = (folded(ours).collect(), folded(theirs).collect());
    let first = |text: &[char]| text.iter().position(|&character| is_unprepared(character));
    if first(&ours).is_none() && first(&theirs).is_none() {
        return ours == theirs;
    }
    let before = |text: &[char]| first(text).map_or(text.len(), |place| place.saturating_sub(1));
    let after = |text: &[char]| text.iter().rev().take_while(|&&character| !is_unprepared(character)).count();
    let agree = |count: usize, mut pairs: &mut dyn Iterator<Item = (&char, &char)>| {
        (&mut pairs).take(count).all(|(ours, theirs)| ours == theirs)
    };
    agree(before(&ours).min(before(&theirs)), &mut ours.iter().zip(&theirs))
        && agree(after(&ours).min(after(&theirs)), &mut ours.iter().rev().zip(theirs.iter().rev()))
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

    #[test]
    fn openssl_folds_ascii_alone() {
        let same = |a: &str, b: &str| folded_ascii(a).eq(folded_ascii(b));
        assert!(same(" Example  Root\tCA ", "example root ca"));
        assert!(!same("\u{c4}PFEL", "\u{e4}pfel"));
        assert!(!same("a\u{a0}b", "a b"));
        assert!(!same("\u{212a}", "k"));
    }

    #[test]
    fn what_preparation_could_make_equal() {
        for (one, other, may) in [
            ("M\u{fc}ller", "Mu\u{308}ller", true),
            ("Stra\u{df}e", "STRASSE", true),
            ("\u{ff21}cme", "Acme", true),
            ("Ac\u{ad}me", "Acme", true),
            ("Acme\u{200b}", "acme", true),
            ("Acme\u{1}", "Acme", true),
            ("\u{ad} Acme", "Acme", true),
            ("o\u{fb03}ce", "Office", true),
            ("M\u{fc}ller", "Schmidt", false),
            ("M\u{fc}ller", "M\u{fc}hle", false),
            ("Acme", "Acne", false),
            ("Acme", "acme", true),
            ("Acme \u{160}koda", "Apex \u{160}koda", false),
        ] {
            assert_eq!(may_become_equal(one, other), may, "{one} {other}");
            assert_eq!(may_become_equal(other, one), may, "{other} {one}");
        }
    }
}
