//! Verifying ECDSA signatures over P-256, P-384 and P-521 (FIPS 186-5, section 6.4.2; SP 800-186, section 3.2.1), and
//! nothing else.
//!
//! Limbs have 32 bits: WebAssembly multiplies 32 x 32 -> 64 in one instruction and has no wider product. Only the
//! multiplication is compiled for each curve's length; points and scalars are the same code for all three.
//!
//! Time depends on the values. That is harmless: key, digest and signature of a verification are all public. Nothing
//! here may ever be used with a private key.
//!
//! The proof is in its tests: a million multiplications beside `num-bigint` (`src/modulus.rs`), and verifications beside
//! RustCrypto's `p256`, `p384` and `p521` (`tests/comparison.rs`), of which many are made so that sums of points meet
//! their exceptions. All of Wycheproof's vectors run through the engine: `cargo xtask suite wycheproof`.

#![no_std]

mod curve;
mod digits;
mod modulus;
mod point;

use curve::Parameters;
use modulus::{Number, ONE, ZERO, less, load};
use point::{Point, sum_of_products};

/// A curve of SP 800-186, section 3.2.1.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Curve {
    /// Also secp256r1 and prime256v1.
    P256,
    /// Also secp384r1.
    P384,
    /// Also secp521r1.
    P521,
}

/// Why a signature is not right.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Failure {
    /// The key is no point of its curve in compressed or uncompressed form (SEC 1, section 2.3.3), or it is the point at
    /// infinity.
    Key,
    /// The signature is not one of this digest under this key.
    Signature,
}

/// Bytes of the longest digest: those of SHA-512. None is longer than the order of P-521.
pub const DIGEST_BYTES: usize = 64;

/// Verifies the signature `(r, s)`, two big-endian numbers, of a digest.
///
/// Of a digest that is longer than the curve's order, the leftmost bits count (FIPS 186-5, section 6.4.2).
///
/// # Errors
///
/// [`Failure::Key`] comes before [`Failure::Signature`]. A digest that is longer than [`DIGEST_BYTES`] has no signature.
pub fn verify(curve: Curve, key: &[u8], digest: &[u8], r: &[u8], s: &[u8]) -> Result<(), Failure> {
    let curve = Parameters::of(curve);
    let key = Point::read(curve, key).ok_or(Failure::Key)?;
    is_signed(curve, &key, digest, r, s).filter(|signed| *signed).map(|_| ()).ok_or(Failure::Signature)
}

/// Whether the signature is right; `None` if a number is out of its range.
fn is_signed(curve: &Parameters, key: &Point, digest: &[u8], r: &[u8], s: &[u8]) -> Option<bool> {
    let order = &curve.order;
    let r = below(&order.limbs, r)?;
    let s = below(&order.limbs, s)?;
    if digest.len() > DIGEST_BYTES {
        return None;
    }
    let mut message = load(digest.get(..curve.bytes).unwrap_or(digest))?;
    if !less(&message, &order.limbs) {
        // It has no more bits than the order, whose highest bit is set: once is enough.
        message = order.subtract(&message, &order.limbs);
    }
    // Fermat's inverse, in Montgomery form, so that one multiplication takes the form out of the product.
    let mut exponent = order.limbs;
    // No borrow: each order ends in more than 2.
    exponent.first_mut().map(|limb| *limb = limb.wrapping_sub(2))?;
    let inverse = order.power(&order.lift(&s), &exponent);
    let (of_base, of_key) = (order.multiply(&message, &inverse), order.multiply(&r, &inverse));
    let sum = sum_of_products(curve, &of_base, key, &of_key);
    let field = &curve.field;
    if sum.is_infinity() {
        return Some(false);
    }
    // The affine x is X / Z^2. It is compared modulo the order, which is a little less than the field's.
    let square = field.multiply(&sum.z, &sum.z);
    if field.multiply(&field.lift(&r), &square) == sum.x {
        return Some(true);
    }
    let wrapped = modulus::sum(&r, &order.limbs);
    Some(less(&wrapped, &field.limbs) && field.multiply(&field.lift(&wrapped), &square) == sum.x)
}

/// A number from 1 to one below the bound.
fn below(bound: &Number, bytes: &[u8]) -> Option<Number> {
    let number = load(bytes)?;
    (number != ZERO && less(&number, bound)).then_some(number)
}

impl Point {
    /// A point as SEC 1, section 2.3.4, reads it; `None` for the point at infinity, the hybrid forms and any other.
    fn read(curve: &Parameters, bytes: &[u8]) -> Option<Self> {
        let field = &curve.field;
        let (&form, coordinates) = bytes.split_first()?;
        let (x, y) = coordinates.split_at_checked(curve.bytes)?;
        let coordinate = |bytes: &[u8]| {
            let number = load(bytes)?;
            less(&number, &field.limbs).then(|| field.lift(&number))
        };
        let x = coordinate(x)?;
        // x^3 - 3x + b, as (x^2 - 3) x + b.
        let mut right = field.multiply(&x, &x);
        let three = field.lift(&[3, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
        right = field.subtract(&right, &three);
        right = field.multiply(&right, &x);
        right = field.add(&right, &field.lift(&curve.b));
        let y = match form {
            4 if y.len() == curve.bytes => coordinate(y)?,
            2 | 3 if y.is_empty() => {
                // All three fields have orders of 3 modulo 4.
                let root = field.power(&right, &curve.root);
                let is_odd = field.lower(&root).first().is_some_and(|limb| limb & 1 == 1);
                if is_odd == (form == 3) { root } else { field.subtract(&ZERO, &root) }
            }
            _ => return None,
        };
        (field.multiply(&y, &y) == right).then(|| Self { x, y, z: field.lift(&ONE) })
    }
}
