//! Sets of characters.

/// A set of characters: one bit for each of ASCII, and one for all others together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Set {
    ascii: u128,
    beyond: bool,
}

impl Set {
    /// No character.
    pub const NONE: Self = Self { ascii: 0, beyond: false };
    /// Every character.
    pub const ANY: Self = Self { ascii: u128::MAX, beyond: true };
    /// `0` to `9`.
    pub const DIGITS: Self = Self::range(b'0', b'9');
    /// `a` to `z`.
    pub const LOWER: Self = Self::range(b'a', b'z');
    /// `A` to `Z`.
    pub const UPPER: Self = Self::range(b'A', b'Z');
    /// ASCII letters and digits.
    pub const ALPHANUMERIC: Self = Self::DIGITS.with(Self::LOWER).with(Self::UPPER);

    /// The characters listed, of which those beyond ASCII are left out.
    pub const fn of(mut characters: &[u8]) -> Self {
        let mut ascii = 0;
        while let [first, rest @ ..] = characters {
            if *first < 128 {
                ascii |= 1_u128.wrapping_shl(*first as u32);
            }
            characters = rest;
        }
        Self { ascii, beyond: false }
    }

    /// The characters from `first` to `last`.
    pub const fn range(first: u8, last: u8) -> Self {
        let mut ascii = 0;
        let mut at = first;
        while at <= last && at < 128 {
            ascii |= 1_u128.wrapping_shl(at as u32);
            at = at.saturating_add(1);
        }
        Self { ascii, beyond: false }
    }

    /// The characters of both.
    #[must_use]
    pub const fn with(self, other: Self) -> Self {
        Self { ascii: self.ascii | other.ascii, beyond: self.beyond || other.beyond }
    }

    /// The characters that are not in `other`.
    #[must_use]
    pub const fn without(self, other: Self) -> Self {
        Self { ascii: self.ascii & !other.ascii, beyond: self.beyond && !other.beyond }
    }

    /// Whether it holds the character.
    pub const fn contains(self, character: char) -> bool {
        let code = character as u32;
        if code < 128 { self.ascii & 1_u128.wrapping_shl(code) != 0 } else { self.beyond }
    }

    /// The characters of a text.
    pub fn seen(text: &str) -> Self {
        let mut seen = Self::NONE;
        for byte in text.bytes() {
            if byte < 128 {
                seen.ascii |= 1_u128.wrapping_shl(u32::from(byte));
            } else {
                seen.beyond = true;
            }
        }
        seen
    }

    /// Whether it holds no character.
    pub fn is_empty(self) -> bool {
        self == Self::NONE
    }

    /// How many characters of ASCII it holds.
    pub const fn size(self) -> u32 {
        self.ascii.count_ones()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sets_hold_what_they_name() {
        let set = Set::LOWER.with(Set::of(b"-|"));
        assert_eq!(set.size(), 28);
        assert!(set.contains('a') && set.contains('|') && !set.contains('A') && !set.contains('\u{e1}'));
        assert!(Set::ANY.contains('\u{e1}') && !Set::range(0, 255).contains('\u{e1}'));
        assert_eq!(Set::ALPHANUMERIC.without(Set::UPPER).size(), 36);
    }
}
