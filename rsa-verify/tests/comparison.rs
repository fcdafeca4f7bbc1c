//! The proof by comparison: RustCrypto's `rsa`, which computes in Montgomery form with other limbs and another order of
//! steps, and `num-bigint`, which divides. Neither shares code with what is tested.
//!
//! All of Wycheproof's vectors run through the engine: `cargo xtask suite wycheproof`.

#![expect(clippy::indexing_slicing, clippy::arithmetic_side_effects, clippy::expect_used, reason = "tests")]

use std::thread;

use admit_rsa::{MODULUS_BITS, power};
use num_bigint::BigUint;
use rsa::{BoxedUint, RsaPublicKey};

/// Cases that are compared with `rsa`, on all threads together.
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

/// What `rsa` makes of it.
fn of_the_crate(modulus: &[u8], base: &[u8], exponent: u64) -> Vec<u8> {
    let number = |bytes: &[u8]| BoxedUint::from_be_slice(bytes, bits(modulus)).expect("a number");
    let exponent = BoxedUint::from_be_slice(&exponent.to_be_bytes(), 64).expect("an exponent");
    // Unchecked: it asks for moduli above the exponent.
    let key = RsaPublicKey::new_unchecked(number(modulus), exponent);
    let power = rsa::hazmat::rsa_encrypt(&key, &number(base)).expect("a power");
    let bytes = power.to_be_bytes();
    bytes[bytes.len() - modulus.len()..].to_vec()
}

/// Bits of whole bytes: the precision that the crate computes in.
fn bits(bytes: &[u8]) -> u32 {
    u32::try_from(bytes.len() * 8).expect("few bytes")
}

#[test]
fn agrees_with_the_crate_a_million_times() {
    let threads = thread::available_parallelism().map_or(1, |threads| u32::try_from(threads.get()).unwrap_or(1));
    let share = MILLION.div_ceil(threads);
    let compare = move |seed: u32| {
        let mut random = Random(0x5eed_ad31_7000_0001 ^ u64::from(seed) << 40);
        for number in 0..share {
            // Mostly short, where every combination of extreme limbs is met; sometimes as long as real keys.
            let longest = if number % 1_024 == 0 { 520 } else { 40 };
            let (modulus, base) = case(&mut random, longest);
            let exponent = random.exponent();
            assert_eq!(
                computed(&modulus, &base, exponent),
                Some(of_the_crate(&modulus, &padded(&base, modulus.len()), exponent)),
                "case {number} of {seed}: {base:02x?} ^ {exponent} mod {modulus:02x?}"
            );
        }
    };
    let running: Vec<_> = (0..threads).map(|seed| thread::spawn(move || compare(seed))).collect();
    for thread in running {
        thread.join().expect("agreement");
    }
}

fn padded(bytes: &[u8], length: usize) -> Vec<u8> {
    let mut padded = vec![0; length - bytes.len()];
    padded.extend(bytes);
    padded
}

#[test]
fn agrees_with_num_bigint() {
    let mut random = Random(0x5eed_ad31_7000_0001);
    for number in 0..3_000 {
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
    let length = MODULUS_BITS as usize / 8;
    let modulus = vec![0xff; length];
    let base = Random(7).bytes(length - 1);
    assert_eq!(computed(&modulus, &base, 65_537), Some(expected(&modulus, &base, 65_537)));
}

#[test]
fn refuses_what_it_is_not_for() {
    let too_long = vec![0xff; MODULUS_BITS as usize / 8 + 1];
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
