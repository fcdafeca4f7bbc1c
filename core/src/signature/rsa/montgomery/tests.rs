//! The proof by comparison: `num-bigint` divides where this module multiplies, and shares no code with it.
//!
//! `ADMIT_DIFFERENTIAL=1000000 cargo test --release -p admit-core montgomery` compares a million random cases instead
//! of three thousand.

extern crate std;

use alloc::vec;
use alloc::vec::Vec;

use num_bigint::BigUint;

use super::{Limits, power};

/// A small generator (xorshift64*), so that a failure can be repeated.
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        self.0.wrapping_mul(0x2545_f491_4f6c_dd1d)
    }

    fn below(&mut self, bound: u64) -> u64 {
        self.next() % bound
    }

    /// Bytes of which many are extreme: carries and borrows run far only through limbs of zeros and ones.
    fn bytes(&mut self, length: usize) -> Vec<u8> {
        let style = self.below(4);
        let mut bytes = Vec::with_capacity(length + 4);
        while bytes.len() < length {
            let limb = match (style, self.below(4)) {
                (0 | 1, _) => self.next() as u32,
                (2, 0) | (3, 0..=2) => u32::MAX,
                (2, 1) => 0,
                (2, 2) => 0x8000_0000,
                _ => self.next() as u32 >> self.below(32),
            };
            bytes.extend(limb.to_be_bytes());
        }
        bytes.truncate(length);
        bytes
    }

    fn exponent(&mut self) -> u64 {
        match self.below(8) {
            0 => 3,
            1 => 17,
            2 => u64::MAX,
            3 => (self.next() >> self.below(62)) | 3,
            _ => 65_537,
        }
    }
}

/// What `power` should give.
fn expected(modulus: &[u8], base: &[u8], exponent: u64) -> Vec<u8> {
    let number = BigUint::from_bytes_be(base).modpow(&BigUint::from(exponent), &BigUint::from_bytes_be(modulus));
    let digits = number.to_bytes_be();
    let mut bytes = vec![0; modulus.len()];
    // Zero has one digit, also where the modulus has none to spare.
    let start = bytes.len() - digits.len();
    bytes[start..].copy_from_slice(&digits);
    bytes
}

fn computed(modulus: &[u8], base: &[u8], exponent: u64) -> Option<Vec<u8>> {
    let mut bytes = vec![0xaa; modulus.len()];
    power(modulus, base, exponent, &mut bytes)?;
    Some(bytes)
}

/// An odd modulus and a base below it, of up to `longest` bytes.
fn case(random: &mut Random, longest: u64) -> (Vec<u8>, Vec<u8>) {
    let length = 1 + random.below(longest) as usize;
    let mut modulus = random.bytes(length);
    modulus[length - 1] |= 1;
    if modulus[..length - 1].iter().all(|byte| *byte == 0) {
        modulus[length - 1] |= 2;
    }
    let base = match random.below(16) {
        // The largest base: one below the modulus, which is odd.
        0 => {
            let mut base = modulus.clone();
            base[length - 1] -= 1;
            base
        }
        1 => vec![0],
        2 => vec![1],
        _ => {
            let any = BigUint::from_bytes_be(&random.bytes(length));
            (any % BigUint::from_bytes_be(&modulus)).to_bytes_be()
        }
    };
    (modulus, base)
}

#[test]
fn agrees_with_num_bigint() {
    let cases = std::env::var("ADMIT_DIFFERENTIAL").ok().map_or(3_000, |count| count.parse::<u32>().expect("a number"));
    let mut random = Random(0x5eed_ad31_7000_0001);
    for number in 0..cases {
        // Mostly short, where every combination of extreme limbs is met; sometimes as long as real keys.
        let longest = if number % 64 == 0 { 520 } else { 40 };
        let (modulus, base) = case(&mut random, longest);
        let exponent = random.exponent();
        assert_eq!(
            computed(&modulus, &base, exponent),
            Some(expected(&modulus, &base, exponent)),
            "case {number}: {base:02x?} ^ {exponent} mod {modulus:02x?}"
        );
    }
}

#[test]
fn agrees_on_every_small_number() {
    for modulus in (3..=255_u8).step_by(2) {
        for base in 0..modulus {
            for exponent in [3, 5, 65_537] {
                assert_eq!(computed(&[modulus], &[base], exponent), Some(expected(&[modulus], &[base], exponent)));
            }
        }
    }
}

#[test]
fn agrees_at_the_longest_modulus() {
    let length = Limits::RSA_MODULUS_BITS as usize / 8;
    let modulus = vec![0xff; length];
    let base = Random(7).bytes(length - 1);
    assert_eq!(computed(&modulus, &base, 65_537), Some(expected(&modulus, &base, 65_537)));
}

#[test]
fn refuses_what_it_is_not_for() {
    let too_long = vec![0xff; Limits::RSA_MODULUS_BITS as usize / 8 + 1];
    assert_eq!(computed(&too_long, &[2], 3), None, "too long");
    assert_eq!(computed(&[], &[], 3), None, "no modulus");
    assert_eq!(computed(&[0, 0], &[0], 3), None, "zero");
    assert_eq!(computed(&[1], &[0], 3), None, "one");
    assert_eq!(computed(&[1, 0], &[3], 3), None, "even modulus");
    assert_eq!(computed(&[1, 1], &[1, 1], 3), None, "base not below the modulus");
    assert_eq!(computed(&[1, 1], &[3], 4), None, "even exponent");
    assert_eq!(computed(&[1, 1], &[3], 1), None, "exponent one");
    assert_eq!(power(&[1, 1], &[3], 3, &mut [0]), None, "no room");
    assert_eq!(computed(&[0, 1, 1], &[0, 0, 3], 3), Some(vec![0, 0, 27]), "leading zeros");
}
