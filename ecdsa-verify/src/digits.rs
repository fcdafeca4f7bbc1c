//! Scalars as few digits: the non-adjacent form of width 5 (Cohen, Miyaji and Ono, "Efficient elliptic curve exponentiation
//! using mixed coordinates", 1998), in which every digit but 0 is odd, from -15 to 15, and followed by four zeros.

use super::modulus::{LIMBS, Number};

/// Bits of a digit.
const WIDTH: usize = 5;

/// Digits of the longest scalar: no order is longer than 521 bits, and a carry may need one more.
pub(crate) const DIGITS: usize = 522;

/// The digits of a scalar that is below the order of its curve, the lowest first.
pub(crate) fn digits(scalar: &Number) -> [i8; DIGITS] {
    let mut digits = [0; DIGITS];
    let mut carry = 0;
    let mut place = 0_usize;
    while let Some(digit) = digits.get_mut(place) {
        let window = bits(scalar, place);
        if window & 1 == carry {
            place = place.wrapping_add(1);
            continue;
        }
        // Odd, from 1 to 31; from 16 on it is 32 too much.
        let odd = window.wrapping_add(carry);
        carry = odd >> (WIDTH - 1);
        *digit = odd.wrapping_sub(carry << WIDTH);
        place = place.wrapping_add(WIDTH);
    }
    digits
}

/// Five bits from a place on; what is beyond the number is zero.
fn bits(scalar: &Number, place: usize) -> i8 {
    let limb = |index: usize| u64::from(scalar.get(index).copied().unwrap_or(0));
    let index = place >> 5;
    let pair = limb(index.wrapping_add(1).min(LIMBS)) << 32 | limb(index);
    (pair >> (place & 31) & 31) as i8
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::modulus::ZERO;

    /// The scalar of the digits, modulo 2^64.
    fn value(digits: &[i8; DIGITS]) -> u64 {
        digits.iter().rev().fold(0_u64, |value, digit| value.wrapping_mul(2).wrapping_add_signed(i64::from(*digit)))
    }

    #[test]
    fn digits_are_the_scalar_and_sparse() {
        for low in (0..70_000_u64).chain([u64::from(u32::MAX), u64::MAX >> 1, u64::MAX, 0x8000_0000_0000_0000]) {
            let mut scalar = ZERO;
            scalar[0] = low as u32;
            scalar[1] = (low >> 32) as u32;
            let digits = digits(&scalar);
            assert_eq!(value(&digits), low);
            assert!(digits.iter().all(|digit| *digit == 0 || (digit % 2 != 0 && digit.abs() < 16)), "{low}");
            for window in digits.windows(WIDTH) {
                assert!(window.iter().filter(|digit| **digit != 0).count() < 2, "{low}");
            }
        }
    }

    #[test]
    fn the_longest_scalar_carries_into_the_last_digit() {
        let mut scalar = [u32::MAX; LIMBS];
        scalar[LIMBS - 1] = 0x1ff;
        let digits = digits(&scalar);
        assert_eq!((digits[0], digits[DIGITS - 1]), (-1, 1));
        assert!(digits[1..DIGITS - 1].iter().all(|digit| *digit == 0));
    }
}
