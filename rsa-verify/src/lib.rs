//! Modular exponentiation with a public exponent: the whole of RSA verification's mathematics, and nothing else.
//!
//! Montgomery multiplication (P. L. Montgomery, "Modular multiplication without trial division", 1985) in the coarsely
//! integrated form of Koç, Acar and Kaliski ("Analyzing and comparing Montgomery multiplication algorithms", 1996),
//! with the two inner loops merged into one. Limbs have 32 bits: WebAssembly multiplies 32 x 32 -> 64 in one
//! instruction and has no wider product, so 64-bit limbs cost four multiplications and their carries there.
//!
//! Time depends on the values. That is harmless: modulus, exponent, signature and message of a verification are all
//! public. Nothing here may ever be used with a private exponent.
//!
//! Numbers are little-endian slices of limbs, as long as the modulus. `tests/comparison.rs` compares with RustCrypto's
//! `rsa` on a million random and extreme numbers, and with `num-bigint`.
//!
//! It is a package of its own so that it stands alone with its proof, and so that it can be optimised for speed where
//! everything around it is optimised for size.

#![no_std]

/// Bits of the longest modulus.
pub const MODULUS_BITS: u32 = 16_384;

/// Limbs of the longest modulus.
const LIMBS: usize = (MODULUS_BITS as usize).div_ceil(32);

/// `base ^ exponent mod modulus` into `result`, all big-endian.
///
/// `None` if the modulus is even, below 3, or longer than [`MODULUS_BITS`]; if the base is not below the
/// modulus; if the exponent is even or 1 (RFC 8017, section 3.1: it is odd and at least 3); or if `result` is shorter
/// than the modulus without its leading zeros. Surplus bytes at the front of `result` are set to zero.
pub fn power(modulus: &[u8], base: &[u8], exponent: u64, result: &mut [u8]) -> Option<()> {
    let modulus = without_leading_zeros(modulus);
    let base = without_leading_zeros(base);
    if exponent < 3 || exponent.is_multiple_of(2) || base.len() > modulus.len() || result.len() < modulus.len() {
        return None;
    }
    let length = modulus.len().div_ceil(4);
    let (mut n, mut x, mut t) = ([0; LIMBS], [0; LIMBS], [0; LIMBS]);
    let (mut lifted, mut power) = ([0; LIMBS], [0; LIMBS]);
    let n = n.get_mut(..length)?;
    let x = x.get_mut(..length)?;
    let lifted = lifted.get_mut(..length)?;
    let mut power = power.get_mut(..length)?;
    let mut t = t.get_mut(..length)?;
    load(modulus, n);
    load(base, x);
    let n = &*n;
    let x = &*x;
    let least = *n.first()?;
    if least.is_multiple_of(2) || modulus == [1] || !less(x, n) {
        return None;
    }
    let negated = negated_inverse(least);
    lifted.copy_from_slice(x);
    t.copy_from_slice(n);
    lift(lifted, t)?;
    power.copy_from_slice(lifted);
    // From left to right. The exponent is odd, so its last bit multiplies; multiplying by the number itself instead of
    // its Montgomery form there takes the radix out of the result at the same time.
    let below_top = exponent.ilog2();
    for bit in (0..below_top).rev() {
        multiply(t, power, power, n, negated);
        core::mem::swap(&mut power, &mut t);
        if bit == 0 {
            multiply(t, power, x, n, negated);
        } else if exponent >> bit & 1 == 1 {
            multiply(t, power, lifted, n, negated);
        } else {
            continue;
        }
        core::mem::swap(&mut power, &mut t);
    }
    store(power, result);
    Some(())
}

/// The product of `a`, `b` and the inverse of the radix 2^(32 * limbs), modulo `n`. Both factors are below `n`.
///
/// The invariant: before each round, `out` plus `top` in the place above it is below `2 n`, so one subtraction ends it.
fn multiply(out: &mut [u32], a: &[u32], b: &[u32], n: &[u32], negated: u32) {
    out.fill(0);
    let mut top = 0;
    let (Some((&a_least, a_rest)), Some((&n_least, n_rest))) = (a.split_first(), n.split_first()) else { return };
    for &factor in b {
        let Some((lowest, rest)) = out.split_first_mut() else { return };
        // Each step fits: (2^32 - 1)^2 + 2 (2^32 - 1) = 2^64 - 1.
        let mut product = multiply_add(a_least, factor, *lowest, 0);
        let reducer = low(product).wrapping_mul(negated);
        let mut reduced = multiply_add(n_least, reducer, low(product), 0);
        // The lowest limb has become zero; every other moves down by one place.
        let mut below = lowest;
        for ((limb, &a), &n) in rest.iter_mut().zip(a_rest).zip(n_rest) {
            product = multiply_add(a, factor, *limb, high(product));
            reduced = multiply_add(n, reducer, low(product), high(reduced));
            *below = low(reduced);
            below = limb;
        }
        let sum = u64::from(top).wrapping_add(product >> 32).wrapping_add(reduced >> 32);
        *below = low(sum);
        top = high(sum);
    }
    if top != 0 || !less(out, n) {
        subtract(out, n);
    }
}

/// The Montgomery form of `x`, that is `x` times the radix 2^(32 * limbs) modulo `n`, in its place; `n` is shifted.
///
/// By long division, a limb of the quotient a round (Knuth, "The Art of Computer Programming", volume 2, section 4.3.1,
/// algorithm D). It costs half of one Montgomery multiplication; squaring up to the square of the radix, to multiply
/// by that, would cost seven.
fn lift(x: &mut [u32], n: &mut [u32]) -> Option<()> {
    let missing = n.last()?.leading_zeros();
    shift_left(x, missing);
    shift_left(n, missing);
    let highest = *n.last()?;
    for _ in 0..n.len() {
        let top = *x.last()?;
        let next = x.len().checked_sub(2).and_then(|place| x.get(place)).copied().unwrap_or(0);
        // At most 2 too large, because the highest bit of the divisor is set.
        let estimate = join(top, next).checked_div(u64::from(highest))?;
        let quotient = u32::try_from(estimate).unwrap_or(u32::MAX);
        // Moves up by one place and takes away the quotient times `n`, in one pass.
        let (mut below, mut carry) = (0_u32, 0_u32);
        for (limb, &n) in x.iter_mut().zip(&*n) {
            let product = multiply_add(n, quotient, carry, 0);
            let (difference, borrow) = below.overflowing_sub(low(product));
            below = core::mem::replace(limb, difference);
            // (2^32 - 1)^2 + 2^32 - 1 leaves room for it in the high half.
            carry = high(product).wrapping_add(u32::from(borrow));
        }
        let mut owed = carry.saturating_sub(below);
        while owed > 0 {
            owed = owed.saturating_sub(u32::from(add(x, n)));
        }
    }
    shift_right(x, missing);
    Some(())
}

/// `a + b`, and whether a carry leaves the highest limb.
fn add(a: &mut [u32], b: &[u32]) -> bool {
    let mut carry = false;
    for (a, &b) in a.iter_mut().zip(b) {
        let (sum, first) = a.overflowing_add(b);
        let (sum, second) = sum.overflowing_add(u32::from(carry));
        *a = sum;
        carry = first | second;
    }
    carry
}

/// `a * 2^bits`, below 32, without what leaves the highest limb.
fn shift_left(a: &mut [u32], bits: u32) {
    let mut below = 0;
    for limb in a.iter_mut() {
        let shifted = high(join(*limb, below) << bits);
        below = *limb;
        *limb = shifted;
    }
}

/// `a / 2^bits`, below 32.
fn shift_right(a: &mut [u32], bits: u32) {
    let mut above = 0;
    for limb in a.iter_mut().rev() {
        let shifted = low(join(above, *limb) >> bits);
        above = *limb;
        *limb = shifted;
    }
}

/// `a - b`, without the borrow that leaves the highest limb.
fn subtract(a: &mut [u32], b: &[u32]) {
    let mut borrow = false;
    for (a, &b) in a.iter_mut().zip(b) {
        let (difference, first) = a.overflowing_sub(b);
        let (difference, second) = difference.overflowing_sub(u32::from(borrow));
        *a = difference;
        borrow = first | second;
    }
}

/// Whether `a < b`; both have the same length.
fn less(a: &[u32], b: &[u32]) -> bool {
    a.iter().rev().lt(b.iter().rev())
}

/// `-1 / least` modulo 2^32, for an odd number, by Newton's iteration: an odd number is its own inverse modulo 8, and
/// each round doubles the bits that are right (3, 6, 12, 24, 48).
fn negated_inverse(least: u32) -> u32 {
    let mut inverse = least;
    for _ in 0..4 {
        inverse = inverse.wrapping_mul(2_u32.wrapping_sub(least.wrapping_mul(inverse)));
    }
    inverse.wrapping_neg()
}

#[inline(always)]
fn multiply_add(a: u32, b: u32, c: u32, d: u32) -> u64 {
    u64::from(a).wrapping_mul(u64::from(b)).wrapping_add(u64::from(c)).wrapping_add(u64::from(d))
}

#[inline(always)]
#[expect(clippy::cast_possible_truncation, reason = "the low half is what is asked for")]
fn low(value: u64) -> u32 {
    value as u32
}

#[inline(always)]
fn join(high: u32, low: u32) -> u64 {
    u64::from(high) << 32 | u64::from(low)
}

#[inline(always)]
fn high(value: u64) -> u32 {
    low(value >> 32)
}

fn without_leading_zeros(bytes: &[u8]) -> &[u8] {
    let zeros = bytes.iter().take_while(|byte| **byte == 0).count();
    bytes.get(zeros..).unwrap_or_default()
}

/// Big-endian bytes into limbs.
fn load(bytes: &[u8], limbs: &mut [u32]) {
    for (limb, chunk) in limbs.iter_mut().zip(bytes.rchunks(4)) {
        *limb = chunk.iter().fold(0, |value, byte| value << 8 | u32::from(*byte));
    }
}

/// Limbs into big-endian bytes; what the limbs don't reach becomes zero.
fn store(limbs: &[u32], bytes: &mut [u8]) {
    bytes.fill(0);
    for (limb, chunk) in limbs.iter().zip(bytes.rchunks_mut(4)) {
        for (to, from) in chunk.iter_mut().rev().zip(limb.to_le_bytes()) {
            *to = from;
        }
    }
}
