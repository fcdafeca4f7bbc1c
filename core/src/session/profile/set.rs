//! Sets of characters.

/// A set of characters: one bit for each of ASCII, and one for all others together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Set {
    /// Two halves: WebAssembly shifts 64 bits in one instruction, and 128 by calling a function.
    low: u64,
    high: u64,
    beyond: bool,
}

impl Set {
    /// No character.
    pub const NONE: Self = Self { low: 0, high: 0, beyond: false };
    /// Every character.
    pub const ANY: Self = Self { low: u64::MAX, high: u64::MAX, beyond: true };
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
        let mut set = Self::NONE;
        while let [first, rest @ ..] = characters {
            set = set.with(Self::one(*first));
            characters = rest;
        }
        Self { beyond: false, ..set }
    }

    /// The characters from `first` to `last`.
    pub const fn range(first: u8, last: u8) -> Self {
        let mut set = Self::NONE;
        let mut at = first;
        while at <= last && at < 128 {
            set = set.with(Self::one(at));
            at = at.saturating_add(1);
        }
        set
    }

    const fn one(byte: u8) -> Self {
        let bit = 1_u64.wrapping_shl(byte as u32 & 63);
        match byte {
            0..64 => Self { low: bit, high: 0, beyond: false },
            64..128 => Self { low: 0, high: bit, beyond: false },
            _ => Self { low: 0, high: 0, beyond: true },
        }
    }

    /// The characters of both.
    #[must_use]
    pub const fn with(self, other: Self) -> Self {
        Self { low: self.low | other.low, high: self.high | other.high, beyond: self.beyond || other.beyond }
    }

    /// The characters that are not in `other`.
    #[must_use]
    pub const fn without(self, other: Self) -> Self {
        Self { low: self.low & !other.low, high: self.high & !other.high, beyond: self.beyond && !other.beyond }
    }

    /// Whether it holds the character.
    pub const fn contains(self, character: char) -> bool {
        let code = character as u32;
        let half = if code < 64 { self.low } else { self.high };
        if code < 128 { half.wrapping_shr(code & 63) & 1 != 0 } else { self.beyond }
    }

    /// The characters of a text.
    pub fn seen(text: &str) -> Self {
        let (mut low, mut high, mut all) = (0_u64, 0_u64, 0_u8);
        for &byte in text.as_bytes() {
            let bit = 1_u64.wrapping_shl(u32::from(byte) & 63);
            if byte < 64 {
                low |= bit
            } else {
                high |= bit
            }
            all |= byte;
        }
        if all < 128 {
            return Self { low, high, beyond: false };
        }
        // Bytes beyond ASCII have set bits of the upper half.
        let ascii = text.bytes().filter(u8::is_ascii);
        Self { beyond: true, ..ascii.fold(Self::NONE, |seen, byte| seen.with(Self::one(byte))) }
    }

    /// Whether a character beyond ASCII is in it.
    pub(crate) const fn is_beyond_ascii(self) -> bool {
        self.beyond
    }

    /// Whether it holds no character.
    pub fn is_empty(self) -> bool {
        self == Self::NONE
    }

    /// How many characters of ASCII it holds.
    pub const fn size(self) -> u32 {
        self.low.count_ones().saturating_add(self.high.count_ones())
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
        assert_eq!(Set::seen("a1-?\u{e1}"), Set::of(b"a1-?").with(Set::ANY.without(Set::range(0, 127))));
        assert_eq!(Set::seen("@\u{7f}\0"), Set::of(b"@\x7f\0"));
    }
}
