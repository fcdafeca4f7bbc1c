//! The proof by comparison: RustCrypto's `p256`, `p384` and `p521`, which have other formulas, other limbs and another order
//! of steps, and share no code with what is tested.
//!
//! A signature is made from the two scalars u1 and u2 of its verification, so that they can be chosen: the sum
//! u1 G + u2 Q is R, its x is r, and s is r / u2, the digest u1 s. Small and related scalars make the sum meet what
//! the formulas of addition except: infinity, the same point twice, a point and its opposite.

#![expect(clippy::indexing_slicing, clippy::arithmetic_side_effects, reason = "tests")]

use admit_ecdsa::{Curve, DIGEST_BYTES, Failure, verify};

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

    /// Bytes of a scalar that is below every order of that length: anything, small, or ones and zeros.
    fn scalar(&mut self, length: usize) -> Vec<u8> {
        let mut bytes = vec![0; length];
        match self.below(4) {
            0 => bytes[length - 1] = 1 + self.below(40) as u8,
            1 => {
                let value = if self.below(2) == 0 { 0xff } else { 0x0f };
                let start = 9 + self.below(length as u64 - 9) as usize;
                bytes[start..].fill(value);
            }
            _ => bytes.iter_mut().for_each(|byte| *byte = (self.next() >> 56) as u8),
        }
        // Below the order: one bit less than it has.
        bytes[0] = if length == 66 { 0 } else { bytes[0] & 0x7f };
        if bytes.iter().all(|byte| *byte == 0) {
            bytes[length - 1] = 1;
        }
        bytes
    }
}

/// What a signature is made of, and whether it is right.
struct Signed {
    key: Vec<u8>,
    digest: Vec<u8>,
    r: Vec<u8>,
    s: Vec<u8>,
}

macro_rules! compare {
    ($name:ident, $package:ident, $curve:ident, $bytes:literal, $count:literal) => {
        mod $name {
            use $package::ecdsa::signature::hazmat::PrehashVerifier as _;
            use $package::ecdsa::{Signature, VerifyingKey};
            use $package::elliptic_curve::ops::Reduce as _;
            use $package::elliptic_curve::sec1::ToSec1Point as _;
            use $package::elliptic_curve::{Group as _, PrimeField as _};
            use $package::{AffinePoint, FieldBytes, ProjectivePoint, Scalar};

            use super::*;

            fn scalar(bytes: &[u8]) -> Scalar {
                Scalar::reduce(&FieldBytes::try_from(bytes).expect("a scalar's length"))
            }

            fn encoded(point: &ProjectivePoint, compressed: bool) -> Vec<u8> {
                AffinePoint::from(*point).to_sec1_point(compressed).as_bytes().to_vec()
            }

            /// A signature whose verification adds `first` times the base point and `second` times the key; nothing if
            /// their sum is infinity.
            fn signed(secret: &Scalar, first: &Scalar, second: &Scalar, compressed: bool) -> Option<Signed> {
                let key = ProjectivePoint::GENERATOR * secret;
                let sum = ProjectivePoint::GENERATOR * first + key * second;
                if bool::from(sum.is_identity()) {
                    return None;
                }
                let r = scalar(&encoded(&sum, false)[1..=$bytes]);
                let s = r * Option::<Scalar>::from(second.invert())?;
                Some(Signed {
                    key: encoded(&key, compressed),
                    digest: (*first * s).to_repr().to_vec(),
                    r: r.to_repr().to_vec(),
                    s: s.to_repr().to_vec(),
                })
            }

            /// A signature as it is made: `nonce` times the base point, and any digest.
            fn ordinary(secret: &Scalar, nonce: &Scalar, digest: &[u8], compressed: bool) -> Option<Signed> {
                let r = scalar(&encoded(&(ProjectivePoint::GENERATOR * nonce), false)[1..=$bytes]);
                // Leftmost bits, with zeros in front of a digest that is short.
                let digits = &digest[..digest.len().min($bytes)];
                let message = scalar(&[&vec![0; $bytes - digits.len()], digits].concat());
                let s = (message + r * secret) * Option::<Scalar>::from(nonce.invert())?;
                Some(Signed {
                    key: encoded(&(ProjectivePoint::GENERATOR * secret), compressed),
                    digest: digest.to_vec(),
                    r: r.to_repr().to_vec(),
                    s: s.to_repr().to_vec(),
                })
            }

            fn of_the_crate(signed: &Signed) -> bool {
                let Ok(key) = VerifyingKey::from_sec1_bytes(&signed.key) else { return false };
                Signature::from_slice(&[signed.r.as_slice(), &signed.s].concat())
                    .is_ok_and(|signature| key.verify_prehash(&signed.digest, &signature).is_ok())
            }

            fn ours(signed: &Signed) -> bool {
                verify(Curve::$curve, &signed.key, &signed.digest, &signed.r, &signed.s).is_ok()
            }

            #[test]
            fn agrees_with_the_crate() {
                let mut random = Random(0x5eed_ad31_7000_0001 ^ $bytes);
                let (mut right, mut wrong) = (0, 0);
                for number in 0..$count {
                    let secret = scalar(&random.scalar($bytes));
                    let second = scalar(&random.scalar($bytes));
                    // One in eight: related, so that both parts are the same point, or opposite ones.
                    let first = match random.below(16) {
                        0 => second * secret,
                        1 => -(second * secret),
                        2 => Scalar::ZERO,
                        _ => scalar(&random.scalar($bytes)),
                    };
                    let compressed = random.below(4) == 0;
                    // Where a digest is shorter than the order, hardly any pair of scalars has one.
                    let made = if random.below(8) < if $bytes > DIGEST_BYTES { 7 } else { 2 } {
                        let length = $bytes / 2 + random.below((DIGEST_BYTES - $bytes / 2 + 1) as u64) as usize;
                        let digest: Vec<u8> = (0..length).map(|_| (random.next() >> 56) as u8).collect();
                        ordinary(&secret, &second, &digest, compressed)
                    } else {
                        signed(&secret, &first, &second, compressed)
                    };
                    let Some(mut signed) = made else { continue };
                    // A digest that is longer than SHA-512's is no digest; the order of P-521 is longer than it.
                    let surplus = signed.digest.len().saturating_sub(DIGEST_BYTES);
                    let fits = signed.digest[..surplus].iter().all(|byte| *byte == 0);
                    signed.digest.drain(..surplus);
                    match random.below(3) {
                        0 => {
                            let parts = [&mut signed.key, &mut signed.digest, &mut signed.r, &mut signed.s];
                            let part = &mut *parts.into_iter().nth(random.below(4) as usize).expect("one of four");
                            let place = random.below(part.len() as u64) as usize;
                            part[place] ^= 1 << random.below(8);
                        }
                        _ => assert!(!fits || ours(&signed), "case {number} is right"),
                    }
                    let expected = of_the_crate(&signed);
                    assert_eq!(ours(&signed), expected, "case {number}: {:02x?}", signed.key);
                    *(if expected { &mut right } else { &mut wrong }) += 1;
                }
                assert!(right > $count / 4 && wrong > $count / 8, "{right} are right, {wrong} are wrong");
            }

            #[test]
            fn what_sums_to_infinity_is_wrong() {
                // u1 G + u2 Q = 0: the digest is -r times the secret, whatever r and s are.
                let (secret, r, s) = (Scalar::from(7_u64), Scalar::from(5_u64), Scalar::from(3_u64));
                let signed = Signed {
                    key: encoded(&(ProjectivePoint::GENERATOR * secret), false),
                    digest: (-(r * secret)).to_repr().to_vec(),
                    r: r.to_repr().to_vec(),
                    s: s.to_repr().to_vec(),
                };
                assert!(!of_the_crate(&signed) && !ours(&signed));
            }

            #[test]
            fn numbers_out_of_range_are_refused() {
                let (secret, first, second) = (Scalar::from(7_u64), Scalar::from(5_u64), Scalar::from(3_u64));
                let good = signed(&secret, &first, &second, false).expect("a point");
                let digest = &good.digest[good.digest.len().saturating_sub(DIGEST_BYTES)..];
                let tried = |r: &[u8], s: &[u8]| verify(Curve::$curve, &good.key, digest, r, s);
                let zero = vec![0; $bytes];
                let order = {
                    let mut order = (-Scalar::ONE).to_repr().to_vec();
                    *order.last_mut().expect("a byte") += 1;
                    order
                };
                for bad in [&zero, &order, &vec![0xff; $bytes], &vec![1; 200]] {
                    assert_eq!(tried(bad, &good.s), Err(Failure::Signature));
                    assert_eq!(tried(&good.r, bad), Err(Failure::Signature));
                }
                // One more than the order is congruent to a number in range, and still refused.
                let mut congruent = order.clone();
                *congruent.last_mut().expect("a byte") += 1;
                assert_eq!(tried(&congruent, &good.s), Err(Failure::Signature));
                assert_eq!(
                    tried(&[&[0, 0, 0], good.r.as_slice()].concat(), &good.s).is_ok(),
                    tried(&good.r, &good.s).is_ok()
                );
                assert_eq!(
                    verify(Curve::$curve, &good.key, &[0; DIGEST_BYTES + 1], &good.r, &good.s),
                    Err(Failure::Signature)
                );
            }

            #[test]
            fn keys_of_other_forms_are_refused() {
                let point = encoded(&ProjectivePoint::GENERATOR, false);
                let tried = |key: &[u8]| verify(Curve::$curve, key, &[1], &[1], &[1]);
                assert_eq!(tried(&point), Err(Failure::Signature), "the point itself is a key");
                let mut other = point.clone();
                for form in [0, 1, 2, 3, 5, 6, 7, 0xff] {
                    other[0] = form;
                    assert_eq!(tried(&other), Err(Failure::Key), "form {form}");
                }
                other[0] = 4;
                *other.last_mut().expect("a byte") ^= 1;
                assert_eq!(tried(&other), Err(Failure::Key), "not on the curve");
                assert_eq!(tried(&[4; 1 + 2 * $bytes]), Err(Failure::Key));
                assert_eq!(tried(&[0]), Err(Failure::Key), "infinity");
                assert_eq!(tried(&[]), Err(Failure::Key));
                assert_eq!(tried(&point[..2 * $bytes]), Err(Failure::Key), "too short");
                assert_eq!(tried(&[point.as_slice(), &[0]].concat()), Err(Failure::Key), "too long");
                let mut compressed = encoded(&ProjectivePoint::GENERATOR, true);
                assert_eq!(tried(&compressed), Err(Failure::Signature));
                compressed[1..].fill(0xff);
                assert_eq!(tried(&compressed), Err(Failure::Key), "not below the field's order");
            }
        }
    };
}

compare!(p256_, p256, P256, 32, 3_000);
compare!(p384_, p384, P384, 48, 1_200);
compare!(p521_, p521, P521, 66, 800);
