//! ECDSA over the curves of NIST (FIPS 186-5, section 6.4.2; RFC 5480, RFC 5758).

use der::asn1::UintRef;
use der::{Decode, Reader, SliceReader};
use ecdsa::elliptic_curve::sec1::{FromSec1Point, ModulusSize, ToSec1Point};
use ecdsa::elliptic_curve::{AffinePoint, CurveArithmetic, FieldBytes, FieldBytesSize};
use ecdsa::{EcdsaCurve, Signature, VerifyingKey, hazmat};

use super::{Failure, Hash, PublicKey, oid};

pub(super) fn verify(key: &PublicKey<'_>, hash: Hash, message: &[u8], signature: &[u8]) -> Result<(), Failure> {
    if key.algorithm.oid != oid::EC {
        return Err(key.not_for_algorithm());
    }
    let curve = match key.curve()? {
        oid::P256 => verify_over::<p256::NistP256>,
        oid::P384 => verify_over::<p384::NistP384>,
        oid::P521 => verify_over::<p521::NistP521>,
        other => return Err(Failure::UnknownKey(other)),
    };
    let (r, s) = numbers(signature).map_err(|_| Failure::MalformedSignature)?;
    curve(key.key, hash.digest(&[message]).as_bytes(), r.as_bytes(), s.as_bytes())
}

/// ```text
/// ECDSA-Sig-Value ::= SEQUENCE { r INTEGER, s INTEGER }
/// ```
fn numbers(signature: &[u8]) -> Result<(UintRef<'_>, UintRef<'_>), der::Error> {
    let mut reader = SliceReader::new(signature)?;
    let numbers =
        reader.sequence(|fields| Ok::<_, der::Error>((UintRef::decode(fields)?, UintRef::decode(fields)?)))?;
    reader.finish()?;
    Ok(numbers)
}

/// Verifies over one curve. The crate takes the leftmost bits of a digest that is longer than the curve's order.
fn verify_over<C>(point: &[u8], digest: &[u8], r: &[u8], s: &[u8]) -> Result<(), Failure>
where
    C: EcdsaCurve + CurveArithmetic,
    AffinePoint<C>: FromSec1Point<C> + ToSec1Point<C>,
    FieldBytesSize<C>: ModulusSize,
{
    // The point may be compressed (RFC 5480, section 2.2); that it lies on the curve is checked here.
    let key = VerifyingKey::<C>::from_sec1_bytes(point)
        .map_err(|_| Failure::MalformedKey("it is no point of its curve in compressed or uncompressed form"))?;
    let r = widened::<C>(r).ok_or(Failure::Invalid)?;
    let s = widened::<C>(s).ok_or(Failure::Invalid)?;
    // Refuses zero and whatever is not below the order.
    let signature = Signature::<C>::from_scalars(r, s).map_err(|_| Failure::Invalid)?;
    hazmat::verify_prehashed(&(*key.as_affine()).into(), digest, &signature).map_err(|_| Failure::Invalid)
}

/// Big-endian bytes with zeros in front, or `None` if there are more than the field has.
fn widened<C: EcdsaCurve>(number: &[u8]) -> Option<FieldBytes<C>> {
    let mut bytes = FieldBytes::<C>::default();
    let zeros = bytes.len().checked_sub(number.len())?;
    bytes.get_mut(zeros..)?.copy_from_slice(number);
    Some(bytes)
}
