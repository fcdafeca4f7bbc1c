//! Arithmetic modulo an odd number, in Montgomery form (P. L. Montgomery, "Modular multiplication without trial division",
//! 1985), coarsely integrated (Koç, Acar and Kaliski, 1996) with the two inner loops merged into one.

/// Limbs of the longest number: 544 bits.
pub(crate) const LIMBS: usize = 17;

/// A number, little-endian; limbs beyond a modulus are zero. Every number that is returned is below its modulus, so that
/// equal numbers have equal limbs.
pub(crate) type Number = [u32; LIMBS];

pub(crate) const ZERO: Number = [0; LIMBS];
pub(crate) const ONE: Number = [1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0];

/// How many limbs a modulus has: the lengths for which multiplying is compiled.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Length {
    Eight,
    Twelve,
    Seventeen,
}

/// An odd number, and what computing modulo it needs.
#[derive(Debug)]
pub(crate) struct Modulus {
    pub(crate) limbs: Number,
    pub(crate) length: Length,
    /// Minus its inverse modulo 2^32.
    pub(crate) negated: u32,
    /// The square of the radix, 2^(64 * limbs), modulo it.
    pub(crate) square: Number,
}

impl Modulus {
    /// `a * b` divided by the radix. One factor may be any number that fits in the modulus' limbs.
    pub(crate) fn multiply(&self, a: &Number, b: &Number) -> Number {
        match self.length {
            Length::Eight => multiply::<8>(self, a, b),
            Length::Twelve => multiply::<12>(self, a, b),
            Length::Seventeen => multiply::<17>(self, a, b),
        }
    }

    /// `a + b`.
    pub(crate) fn add(&self, a: &Number, b: &Number) -> Number {
        match self.length {
            Length::Eight => add::<8>(self, a, b),
            Length::Twelve => add::<12>(self, a, b),
            Length::Seventeen => add::<17>(self, a, b),
        }
    }

    /// `a - b`; `a` may be at most `b` above the modulus.
    pub(crate) fn subtract(&self, a: &Number, b: &Number) -> Number {
        match self.length {
            Length::Eight => subtract::<8>(self, a, b),
            Length::Twelve => subtract::<12>(self, a, b),
            Length::Seventeen => subtract::<17>(self, a, b),
        }
    }

    /// The Montgomery form.
    pub(crate) fn lift(&self, number: &Number) -> Number {
        self.multiply(number, &self.square)
    }

    /// Out of the Montgomery form.
    pub(crate) fn lower(&self, number: &Number) -> Number {
        self.multiply(number, &ONE)
    }

    /// `base ^ exponent`, both powers in Montgomery form, four bits of the exponent at a time.
    pub(crate) fn power(&self, base: &Number, exponent: &Number) -> Number {
        let one = self.lift(&ONE);
        let mut powers = [one; 16];
        let mut power = one;
        for place in powers.iter_mut().skip(1) {
            power = self.multiply(&power, base);
            *place = power;
        }
        let mut result = one;
        for limb in exponent.iter().rev().skip_while(|limb| **limb == 0) {
            for shift in (0..32).step_by(4).rev() {
                for _ in 0..4 {
                    result = self.multiply(&result, &result);
                }
                let digit = limb >> shift & 15;
                if let Some(power) = powers.get(digit as usize).filter(|_| digit != 0) {
                    result = self.multiply(&result, power);
                }
            }
        }
        result
    }
}

fn multiply<const N: usize>(modulus: &Modulus, a: &Number, b: &Number) -> Number {
    let mut out = ZERO;
    let (Some((a_least, a_rest)), Some(b), Some((m_least, m_rest)), Some(t)) =
        (split::<N>(a), b.first_chunk::<N>(), split::<N>(&modulus.limbs), out.first_chunk_mut::<N>())
    else {
        return out;
    };
    let mut top = 0;
    for &factor in b {
        let Some((lowest, rest)) = t.split_first_mut() else { break };
        // Each step fits: (2^32 - 1)^2 + 2 (2^32 - 1) = 2^64 - 1.
        let mut product = multiply_add(a_least, factor, *lowest, 0);
        let reducer = low(product).wrapping_mul(modulus.negated);
        let mut reduced = multiply_add(m_least, reducer, low(product), 0);
        // The lowest limb has become zero; every other moves down by one place.
        let mut below = lowest;
        for ((limb, &a), &m) in rest.iter_mut().zip(a_rest).zip(m_rest) {
            product = multiply_add(a, factor, *limb, high(product));
            reduced = multiply_add(m, reducer, low(product), high(reduced));
            *below = low(reduced);
            below = limb;
        }
        let sum = u64::from(top).wrapping_add(product >> 32).wrapping_add(reduced >> 32);
        *below = low(sum);
        top = high(sum);
    }
    reduce_once::<N>(modulus, &mut out, top != 0);
    out
}

fn add<const N: usize>(modulus: &Modulus, a: &Number, b: &Number) -> Number {
    let mut out = ZERO;
    let (Some(a), Some(b), Some(limbs)) = (a.first_chunk::<N>(), b.first_chunk::<N>(), out.first_chunk_mut::<N>())
    else {
        return out;
    };
    let mut carry = 0;
    for ((out, &a), &b) in limbs.iter_mut().zip(a).zip(b) {
        let sum = u64::from(a).wrapping_add(u64::from(b)).wrapping_add(carry);
        *out = low(sum);
        carry = sum >> 32;
    }
    reduce_once::<N>(modulus, &mut out, carry != 0);
    out
}

fn subtract<const N: usize>(modulus: &Modulus, a: &Number, b: &Number) -> Number {
    let mut out = ZERO;
    let (Some(a), Some(b), Some(m), Some(limbs)) =
        (a.first_chunk::<N>(), b.first_chunk::<N>(), modulus.limbs.first_chunk::<N>(), out.first_chunk_mut::<N>())
    else {
        return out;
    };
    if take::<N>(limbs, a, b) {
        let mut carry = 0;
        for (out, &m) in limbs.iter_mut().zip(m) {
            let sum = u64::from(*out).wrapping_add(u64::from(m)).wrapping_add(carry);
            *out = low(sum);
            carry = sum >> 32;
        }
    }
    out
}

/// Takes the modulus away if the number, with a carry above it, is not below it.
#[inline(always)]
fn reduce_once<const N: usize>(modulus: &Modulus, number: &mut Number, carry: bool) {
    let (Some(m), Some(limbs)) = (modulus.limbs.first_chunk::<N>(), number.first_chunk_mut::<N>()) else { return };
    let mut reduced = [0; N];
    let borrow = take::<N>(&mut reduced, limbs, m);
    if carry || !borrow {
        *limbs = reduced;
    }
}

/// `a - b`, and whether a borrow leaves the highest limb.
#[inline(always)]
fn take<const N: usize>(out: &mut [u32; N], a: &[u32; N], b: &[u32; N]) -> bool {
    let mut borrow = 0;
    for ((out, &a), &b) in out.iter_mut().zip(a).zip(b) {
        let difference = u64::from(a).wrapping_sub(u64::from(b)).wrapping_sub(borrow);
        *out = low(difference);
        borrow = difference >> 63;
    }
    borrow != 0
}

/// `a + b` of two numbers that are at most as long as the longest order: no carry leaves the highest limb.
pub(crate) fn sum(a: &Number, b: &Number) -> Number {
    let mut out = ZERO;
    let mut carry = 0;
    for ((out, &a), &b) in out.iter_mut().zip(a).zip(b) {
        let sum = u64::from(a).wrapping_add(u64::from(b)).wrapping_add(carry);
        *out = low(sum);
        carry = sum >> 32;
    }
    out
}

/// Whether `a < b`.
pub(crate) fn less(a: &Number, b: &Number) -> bool {
    a.iter().rev().lt(b.iter().rev())
}

/// A big-endian number; `None` if it is longer than any modulus.
pub(crate) fn load(bytes: &[u8]) -> Option<Number> {
    let zeros = bytes.iter().take_while(|byte| **byte == 0).count();
    let bytes = bytes.get(zeros..)?;
    let mut number = ZERO;
    if bytes.len().div_ceil(4) > LIMBS {
        return None;
    }
    for (limb, chunk) in number.iter_mut().zip(bytes.rchunks(4)) {
        *limb = chunk.iter().fold(0, |value, byte| value << 8 | u32::from(*byte));
    }
    Some(number)
}

#[inline(always)]
fn split<const N: usize>(number: &Number) -> Option<(u32, &[u32])> {
    number.first_chunk::<N>()?.split_first().map(|(first, rest)| (*first, rest))
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
fn high(value: u64) -> u32 {
    low(value >> 32)
}

#[cfg(test)]
#[expect(clippy::indexing_slicing, clippy::arithmetic_side_effects, reason = "tests")]
mod tests;
