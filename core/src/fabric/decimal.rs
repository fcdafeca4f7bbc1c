//! The numbers that settings hold: decimal, exact to a billionth.
//!
//! Service Fabric reads them as 64-bit floating-point numbers. Written values have few digits, so that a fixed point says the
//! same, needs no tables to be read and written, and is compared exactly.

use core::fmt;

/// A number in billionths. What is larger than can be told is the largest.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Decimal(i128);

/// Digits after the point that are kept.
const SCALE: i32 = 9;
/// One, in billionths.
const ONE: i128 = 1_000_000_000;
/// Digits that are kept, of as many as a value has; 128 bits hold 38.
const DIGITS: usize = 28;

impl Decimal {
    /// Reads an optional sign, digits, a point with digits, an exponent: what
    /// [`number_length`](super::setting::number_length) finds. Anything else is 0.
    pub(super) fn read(text: &str) -> Self {
        let (mantissa, exponent) = text.split_once(['e', 'E']).unwrap_or((text, "0"));
        let (is_negative, mantissa) = match mantissa.strip_prefix('-') {
            Some(rest) => (true, rest),
            None => (false, mantissa.trim_start_matches('+')),
        };
        // More digits than an exponent can hold are either far too many or, with a minus, far too few.
        let far = if exponent.starts_with('-') { i32::MIN / 2 } else { i32::MAX / 2 };
        let mut shift = exponent.parse::<i32>().unwrap_or(far).saturating_add(SCALE);
        let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
        let mut value: i128 = 0;
        for (place, digit) in whole.trim_start_matches('0').bytes().chain(fraction.bytes()).enumerate() {
            if place < DIGITS {
                value = value.saturating_mul(10).saturating_add(i128::from(digit.saturating_sub(b'0')));
            } else {
                shift = shift.saturating_add(1);
            }
        }
        shift = shift.saturating_sub(i32::try_from(fraction.len()).unwrap_or(i32::MAX));
        // Saturated or 0 after at most 38 steps.
        for _ in 0..shift.unsigned_abs().min(64) {
            value = if shift > 0 { value.saturating_mul(10) } else { value / 10 };
        }
        Self(if is_negative { value.saturating_neg() } else { value })
    }

    /// Whether it is less than 0.
    pub fn is_negative(self) -> bool {
        self.0 < 0
    }

    /// Without its fraction; what 64 bits don't hold is the largest or the least that they do.
    pub fn whole(self) -> i64 {
        let whole = self.0 / ONE;
        i64::try_from(whole).unwrap_or(if whole < 0 { i64::MIN } else { i64::MAX })
    }

    /// As many times.
    #[must_use]
    pub fn times(self, factor: u32) -> Self {
        Self(self.0.saturating_mul(i128::from(factor)))
    }
}

impl From<u32> for Decimal {
    fn from(number: u32) -> Self {
        Self(i128::from(number).saturating_mul(ONE))
    }
}

impl fmt::Display for Decimal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.is_negative() { "-" } else { "" };
        write!(f, "{sign}{}", (self.0 / ONE).unsigned_abs())?;
        let fraction = (self.0 % ONE).unsigned_abs();
        if fraction == 0 {
            return Ok(());
        }
        let digits = alloc::format!("{fraction:09}");
        write!(f, ".{}", digits.trim_end_matches('0'))
    }
}

#[cfg(test)]
mod tests {
    use alloc::string::ToString as _;

    use super::*;

    #[test]
    fn is_read_and_written() {
        for (text, written) in [
            ("", "0"),
            ("-", "0"),
            ("0", "0"),
            ("43200", "43200"),
            ("+1.50", "1.5"),
            ("-.5", "-0.5"),
            ("1.", "1"),
            ("1e3", "1000"),
            ("25E-1", "2.5"),
            ("0.000000001", "0.000000001"),
            ("0.0000000001", "0"),
            ("1e-400", "0"),
            ("1e-99999999999", "0"),
            ("0e99999999999", "0"),
        ] {
            assert_eq!(Decimal::read(text).to_string(), written, "{text}");
        }
    }

    #[test]
    fn what_is_too_large_is_the_largest() {
        for text in ["1e400", "1e99999999999", &"9".repeat(400)] {
            assert_eq!(Decimal::read(text).whole(), i64::MAX, "{text}");
            assert_eq!(Decimal::read(&alloc::format!("-{text}")).whole(), i64::MIN, "{text}");
        }
        // Many digits after the point are not.
        assert_eq!(Decimal::read(&alloc::format!("1.{}", "3".repeat(400))).to_string(), "1.333333333");
        assert_eq!(Decimal::read(&"0".repeat(400)).whole(), 0);
    }

    #[test]
    fn is_ordered_and_multiplied() {
        assert!(Decimal::read("1799.9") < Decimal::from(1_800) && Decimal::read("-1").is_negative());
        assert_eq!(Decimal::read("1.5").times(60), Decimal::from(90));
        assert_eq!(Decimal::read("-1.9").whole(), -1);
    }
}
