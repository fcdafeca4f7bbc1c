//! Amounts of entropy, and what they mean in time.

use alloc::format;
use alloc::string::String;
use core::fmt;
use core::iter::Sum;

use serde::{Deserialize, Serialize};

/// Bits of entropy, in thousandths: exact on every host, where floating point would not be.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Bits(u32);

impl Bits {
    /// None at all.
    pub const ZERO: Self = Self(0);

    /// This many whole bits.
    pub const fn whole(bits: u32) -> Self {
        Self(bits.saturating_mul(1000))
    }

    /// The logarithm of `count` to base 2; of 0 it is 0. Those of alphabets and lengths are in a table: the arithmetic below
    /// is slow where 128 bits are not one register.
    pub fn log2(count: u64) -> Self {
        static TABLE: [Bits; 256] = {
            let mut table = [Bits::ZERO; 256];
            let mut rest: &mut [Bits] = &mut table;
            let mut count = 0;
            while let [first, others @ ..] = rest {
                *first = Bits::computed(count);
                count = count.saturating_add(1);
                rest = others;
            }
            table
        };
        let known = usize::try_from(count).ok().and_then(|count| TABLE.get(count));
        known.copied().unwrap_or_else(|| Self::computed(count))
    }

    const fn computed(count: u64) -> Self {
        let Some(whole) = count.checked_ilog2() else {
            return Self::ZERO;
        };
        // Squaring doubles a logarithm: its binary digits come out one at a time. Q32 between 1 and 2.
        let mut mantissa = (count as u128).wrapping_shl(32).wrapping_shr(whole);
        let mut fraction = 0_u64;
        let mut digit = 0;
        while digit < 20 {
            mantissa = mantissa.wrapping_mul(mantissa).wrapping_shr(32);
            fraction = fraction.wrapping_shl(1);
            if mantissa >= 1 << 33 {
                mantissa = mantissa.wrapping_shr(1);
                fraction |= 1;
            }
            digit = u32::saturating_add(digit, 1);
        }
        let fraction = fraction.saturating_mul(1000).saturating_add(1 << 19).wrapping_shr(20);
        Self(whole.saturating_mul(1000).saturating_add(fraction as u32))
    }

    /// This many thousandths of a bit.
    pub const fn from_thousandths(thousandths: u32) -> Self {
        Self(thousandths)
    }

    /// Thousandths of a bit.
    pub const fn thousandths(self) -> u32 {
        self.0
    }

    /// As many times.
    #[must_use]
    pub const fn times(self, count: u32) -> Self {
        Self(self.0.saturating_mul(count))
    }

    /// Both together.
    #[must_use]
    pub const fn plus(self, other: Self) -> Self {
        Self(self.0.saturating_add(other.0))
    }

    /// Seconds until one of `population` identifiers is expected to be guessed at `rate` guesses a second: 2^bits
    /// divided by twice the product (OWASP, session ID entropy). Nothing where that is more than 2^63 seconds.
    pub fn seconds_to_guess(self, rate: u64, population: u64) -> Option<u64> {
        let per_second = Self::log2(rate.max(1)).plus(Self::log2(population.max(1))).plus(Self::whole(1));
        let Some(left) = self.0.checked_sub(per_second.0) else {
            return Some(0);
        };
        let (whole, thousandths) = (left / 1000, left % 1000);
        if whole > 62 {
            return None;
        }
        // 2^(thousandths / 1000) in Q32: the product of the roots whose binary digit is set.
        let mut digits = u64::from(thousandths).wrapping_shl(32) / 1000;
        let mut root = 1_u128 << 33;
        let mut power = 1_u128 << 32;
        for _ in 0..32 {
            root = root.wrapping_shl(32).isqrt();
            digits = digits.wrapping_shl(1);
            if digits >= 1 << 32 {
                power = power.wrapping_mul(root).wrapping_shr(32);
                digits &= (1 << 32) - 1;
            }
        }
        u64::try_from(power.wrapping_shl(whole).wrapping_shr(32)).ok()
    }
}

/// A number of seconds as people say it: "292 years"; nothing is "longer than the age of the universe".
pub(crate) fn duration(seconds: Option<u64>) -> String {
    const YEAR: u64 = 31_556_952;
    let (count, unit) = match seconds {
        Some(0) => return String::from("less than a second"),
        Some(seconds) if seconds < 120 => (seconds, "seconds"),
        Some(seconds) if seconds < 7_200 => (seconds / 60, "minutes"),
        Some(seconds) if seconds < 172_800 => (seconds / 3_600, "hours"),
        Some(seconds) if seconds < YEAR * 2 => (seconds / 86_400, "days"),
        Some(seconds) if seconds < YEAR * 1_000_000 => (seconds / YEAR, "years"),
        _ => return String::from("more than a million years"),
    };
    format!("{count} {}", if count == 1 { unit.trim_end_matches('s') } else { unit })
}

impl Sum for Bits {
    fn sum<I: Iterator<Item = Self>>(all: I) -> Self {
        all.fold(Self::ZERO, Self::plus)
    }
}

impl fmt::Display for Bits {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let tenths = self.0 / 100;
        write!(f, "{}", tenths / 10)?;
        if !tenths.is_multiple_of(10) {
            write!(f, ".{}", tenths % 10)?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn logarithms_are_exact_to_a_thousandth() {
        for (count, thousandths) in [(1, 0), (2, 1000), (10, 3322), (62, 5954), (78, 6285), (93, 6539), (36, 5170)] {
            assert_eq!(Bits::log2(count).thousandths(), thousandths, "{count}");
        }
        assert_eq!(Bits::log2(u64::MAX).thousandths(), 64_000);
    }

    #[test]
    fn guessing_takes_as_long_as_owasp_says() {
        let seconds = Bits::whole(64).seconds_to_guess(10_000, 100_000);
        assert_eq!(duration(seconds), "292 years");
        let short = Bits::whole(32).seconds_to_guess(10_000, 100_000);
        assert_eq!(short, Some(2));
        assert_eq!(Bits::whole(20).seconds_to_guess(10_000, 100_000), Some(0));
        assert_eq!(duration(Bits::whole(200).seconds_to_guess(1, 1)), "more than a million years");
    }
}
