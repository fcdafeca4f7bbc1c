//! A million multiplications beside `num-bigint`, which divides.

use core::iter;

use num_bigint::BigUint;

use super::*;
use crate::Curve;
use crate::curve::Parameters;

/// Multiplications that are compared, over all moduli together.
const MILLION: u32 = 1_000_000;

/// A small generator (xorshift64*), so that a failure can be repeated.
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        self.0.wrapping_mul(0x2545_f491_4f6c_dd1d)
    }

    /// Limbs of which many are extreme: carries and borrows run far only through zeros and ones.
    fn limb(&mut self) -> u32 {
        match self.next() >> 61 {
            0 | 1 => u32::MAX,
            2 => 0,
            3 => 0x8000_0000,
            4 => 1,
            _ => (self.next() >> 32) as u32,
        }
    }

    /// A number below the modulus; sometimes one of its neighbours.
    fn below(&mut self, modulus: &Modulus, length: usize) -> Number {
        let near = self.next() >> 58;
        let mut number = modulus.limbs;
        if near < 3 {
            number[0] -= 1 + near as u32;
            return number;
        }
        loop {
            number[..length].fill_with(|| self.limb());
            if length == LIMBS {
                number[LIMBS - 1] &= 0x1ff;
            }
            if less(&number, &modulus.limbs) {
                return number;
            }
        }
    }
}

fn big(number: &Number) -> BigUint {
    BigUint::from_slice(number)
}

fn moduli() -> impl Iterator<Item = (&'static Modulus, usize)> {
    [(Curve::P256, 8), (Curve::P384, 12), (Curve::P521, 17)].into_iter().flat_map(|(curve, length)| {
        let curve = Parameters::of(curve);
        [(&curve.field, length), (&curve.order, length)]
    })
}

#[test]
fn agrees_with_num_bigint_a_million_times() {
    let mut random = Random(0x5eed_ad31_7000_0001);
    for (modulus, length) in moduli() {
        let m = big(&modulus.limbs);
        let radix = BigUint::from(1_u32) << (32 * length);
        for _ in 0..MILLION.div_ceil(6) {
            let (a, b) = (random.below(modulus, length), random.below(modulus, length));
            let product = modulus.multiply(&a, &b);
            assert!(less(&product, &modulus.limbs), "{a:08x?} * {b:08x?}");
            assert_eq!(big(&product) * &radix % &m, big(&a) * big(&b) % &m, "{a:08x?} * {b:08x?}");
            assert_eq!(big(&modulus.add(&a, &b)), (big(&a) + big(&b)) % &m, "{a:08x?} + {b:08x?}");
            assert_eq!(big(&modulus.subtract(&a, &b)), (big(&a) + &m - big(&b)) % &m, "{a:08x?} - {b:08x?}");
        }
    }
}

#[test]
fn powers_agree() {
    let mut random = Random(0x5eed_ad31_7000_0002);
    for (modulus, length) in moduli() {
        for exponent in iter::once(ZERO).chain((0..40).map(|_| ZERO)) {
            let (base, mut exponent) = (random.below(modulus, length), exponent);
            exponent[0] = random.limb();
            exponent[length - 1] = random.limb();
            let power = modulus.lower(&modulus.power(&modulus.lift(&base), &exponent));
            assert_eq!(big(&power), big(&base).modpow(&big(&exponent), &big(&modulus.limbs)));
        }
    }
}

#[test]
fn one_factor_may_exceed_the_modulus() {
    // What is lifted in a check of the wrapped x: any number that the limbs hold.
    for (modulus, length) in moduli() {
        let mut a = ZERO;
        a[..length].fill(u32::MAX);
        let lifted = modulus.lift(&a);
        assert!(less(&lifted, &modulus.limbs));
        assert_eq!(big(&modulus.lower(&lifted)), big(&a) % big(&modulus.limbs));
    }
}

#[test]
fn loading_bounds_the_length() {
    assert_eq!(load(&[0; 200]), Some(ZERO));
    assert_eq!(load(&[0, 0, 1, 2, 3, 4, 5]).map(|number| [number[0], number[1]]), Some([0x0203_0405, 1]));
    assert!(load(&[0xff; LIMBS * 4]).is_some());
    assert_eq!(load(&[0xff; LIMBS * 4 + 1]), None);
}
