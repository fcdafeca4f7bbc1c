//! Numbers of 3072 bits: as much arithmetic as a SIGSTRUCT needs, and no more.
//!
//! Every number of a SIGSTRUCT is public, so that nothing here has to take the same time for all.

/// Limbs of a 3072-bit number, the least first.
pub(super) const LIMBS: usize = 48;

/// A number below 2^3072, as limbs, the least first.
pub(super) type Number = [u64; LIMBS];

/// The number that 384 little-endian bytes say; missing bytes are zero.
pub(super) fn number(bytes: &[u8]) -> Number {
    let mut number = [0; LIMBS];
    for (limb, chunk) in number.iter_mut().zip(bytes.chunks(8)) {
        *limb = chunk.iter().rev().fold(0, |value, byte| value << 8 | u64::from(*byte));
    }
    number
}

/// Whether `a < b`.
pub(super) fn less(a: &Number, b: &Number) -> bool {
    a.iter().rev().lt(b.iter().rev())
}

/// Quotient and remainder of `a * b` by `modulus`. Nothing unless `a` and `b` are below `modulus`: the quotient could
/// pass 3072 bits.
pub(super) fn multiply_divide(a: &Number, b: &Number, modulus: &Number) -> Option<(Number, Number)> {
    if !less(a, modulus) || !less(b, modulus) {
        return None;
    }
    // The upper half of the product is below the modulus, so it is the first remainder; the lower half follows limb by
    // limb, as in long division on paper.
    let (low, mut remainder) = multiply(a, b);
    let is_full = modulus.last().is_some_and(|top| top >> 63 == 1);
    let mut quotient = [0; LIMBS];
    for (from, to) in low.iter().zip(quotient.iter_mut()).rev() {
        *to = if is_full {
            divide_limb(&mut remainder, *from, modulus)
        } else {
            divide_bits(&mut remainder, *from, modulus)
        };
    }
    Some((quotient, remainder))
}

/// Shifts a limb into the remainder and takes the modulus out as often as it fits; how often is given. The modulus has
/// its highest bit set (Knuth, The Art of Computer Programming, volume 2, section 4.3.1, algorithm D).
fn divide_limb(remainder: &mut Number, limb: u64, modulus: &Number) -> u64 {
    let (Some(top), Some(divisor)) = (remainder.last().copied(), modulus.last().copied()) else { return 0 };
    remainder.copy_within(..LIMBS.saturating_sub(1), 1);
    if let Some(least) = remainder.first_mut() {
        *least = limb;
    }
    let next = remainder.last().copied().unwrap_or_default();
    // At most two too large, because the divisor is at least 2^63.
    let estimate = (u128::from(top) << 64 | u128::from(next)).checked_div(u128::from(divisor)).unwrap_or_default();
    let mut estimate = u64::try_from(estimate).unwrap_or(u64::MAX);
    let mut carry = 0_u64;
    for (limb, &factor) in remainder.iter_mut().zip(modulus) {
        let product = u128::from(estimate).wrapping_mul(u128::from(factor)).wrapping_add(u128::from(carry));
        let (difference, borrow) = limb.overflowing_sub(low(product));
        *limb = difference;
        carry = low(product >> 64).wrapping_add(u64::from(borrow));
    }
    let (mut top, mut is_negative) = top.overflowing_sub(carry);
    while is_negative {
        estimate = estimate.wrapping_sub(1);
        let (sum, carried) = top.overflowing_add(u64::from(add(remainder, modulus)));
        top = sum;
        is_negative = !carried;
    }
    estimate
}

/// The same for a modulus of any length, bit by bit.
fn divide_bits(remainder: &mut Number, limb: u64, modulus: &Number) -> u64 {
    let mut quotient = 0;
    for bit in (0..64_u32).rev() {
        let carry = shift_in(remainder, limb >> bit & 1);
        quotient <<= 1;
        if carry || !less(remainder, modulus) {
            subtract(remainder, modulus);
            quotient |= 1;
        }
    }
    quotient
}

/// The lower and the upper half of a product.
fn multiply(a: &Number, b: &Number) -> (Number, Number) {
    let mut product = [0_u64; 2 * LIMBS];
    for (index, &factor) in a.iter().enumerate() {
        let mut carry = 0_u64;
        let places = product.iter_mut().skip(index);
        let digits = b.iter().copied().chain(core::iter::once(0));
        for (place, digit) in places.zip(digits) {
            // (2^64 - 1)^2 + 2 (2^64 - 1) = 2^128 - 1, so that it fits.
            let sum = u128::from(factor)
                .wrapping_mul(u128::from(digit))
                .wrapping_add(u128::from(*place))
                .wrapping_add(u128::from(carry));
            *place = low(sum);
            carry = low(sum >> 64);
        }
    }
    let (mut lower, mut upper) = ([0; LIMBS], [0; LIMBS]);
    lower.iter_mut().chain(upper.iter_mut()).zip(product).for_each(|(to, from)| *to = from);
    (lower, upper)
}

/// Doubles a number and adds a bit; whether a bit fell out at the top.
fn shift_in(number: &mut Number, bit: u64) -> bool {
    let mut carry = bit;
    for limb in number {
        let next = *limb >> 63;
        *limb = *limb << 1 | carry;
        carry = next;
    }
    carry == 1
}

/// `a + b`, modulo 2^3072; whether a bit fell out at the top.
fn add(a: &mut Number, b: &Number) -> bool {
    let mut carry = false;
    for (a, &b) in a.iter_mut().zip(b) {
        let (sum, first) = a.overflowing_add(b);
        let (sum, second) = sum.overflowing_add(u64::from(carry));
        *a = sum;
        carry = first | second;
    }
    carry
}

/// `a - b`, modulo 2^3072.
fn subtract(a: &mut Number, b: &Number) {
    let mut borrow = false;
    for (a, &b) in a.iter_mut().zip(b) {
        let (difference, first) = a.overflowing_sub(b);
        let (difference, second) = difference.overflowing_sub(u64::from(borrow));
        *a = difference;
        borrow = first | second;
    }
}

#[expect(clippy::cast_possible_truncation, reason = "the low half is what is asked for")]
fn low(value: u128) -> u64 {
    value as u64
}

#[cfg(test)]
mod tests {
    use super::*;

    fn small(value: u64) -> Number {
        number(&value.to_le_bytes())
    }

    #[test]
    fn small_numbers_divide() {
        assert_eq!(multiply_divide(&small(12), &small(34), &small(35)), Some((small(11), small(23))));
        assert_eq!(multiply_divide(&small(0), &small(0), &small(1)), Some((small(0), small(0))));
        assert_eq!(multiply_divide(&small(5), &small(0), &small(5)), None);
    }

    #[test]
    fn the_largest_numbers_divide() {
        // (n - 1)^2 = (n - 2) n + 1
        let modulus = [u64::MAX; LIMBS];
        let (mut one_less, mut two_less) = (modulus, modulus);
        subtract(&mut one_less, &small(1));
        subtract(&mut two_less, &small(2));
        assert_eq!(multiply_divide(&one_less, &one_less, &modulus), Some((two_less, small(1))));
    }

    #[test]
    fn quotient_and_remainder_give_the_product_again() {
        let mut state = 0x9E37_79B9_7F4A_7C15_u64;
        let mut random = || {
            let mut number = [0; LIMBS];
            for limb in &mut number {
                state ^= state << 13;
                state ^= state >> 7;
                state ^= state << 17;
                *limb = state;
            }
            number
        };
        for _ in 0..50 {
            let (mut a, mut b, modulus) = (random(), random(), random());
            for factor in [&mut a, &mut b] {
                if !less(factor, &modulus) {
                    *factor = small(7);
                }
            }
            let Some((quotient, remainder)) = multiply_divide(&a, &b, &modulus) else { continue };
            let (low, mut slow) = multiply(&a, &b);
            let mut limbs = low.iter().rev().map(|limb| divide_bits(&mut slow, *limb, &modulus));
            assert!(quotient.iter().rev().all(|limb| limbs.next() == Some(*limb)));
            assert!(less(&remainder, &modulus));
            let (mut low, mut high) = multiply(&a, &b);
            let (other_low, other_high) = multiply(&quotient, &modulus);
            let borrows = less(&low, &other_low);
            subtract(&mut low, &other_low);
            subtract(&mut high, &other_high);
            if borrows {
                subtract(&mut high, &small(1));
            }
            assert_eq!((low, high), (remainder, small(0)));
        }
    }
}
