//! ECDSA over the curves of NIST (FIPS 186-5, section 6.4.2; RFC 5480, RFC 5758).

use admit_ecdsa::Curve;
use der::asn1::UintRef;
use der::{Decode, Reader, SliceReader};

use super::{Failure, Hash, PublicKey, oid};

pub(super) fn verify(key: &PublicKey<'_>, hash: Hash, message: &[u8], signature: &[u8]) -> Result<(), Failure> {
    if key.algorithm.oid != oid::EC {
        return Err(key.not_for_algorithm());
    }
    let curve = match key.curve()? {
        oid::P256 => Curve::P256,
        oid::P384 => Curve::P384,
        oid::P521 => Curve::P521,
        other => return Err(Failure::UnknownKey(other)),
    };
    let (r, s) = numbers(signature).map_err(|_| Failure::MalformedSignature)?;
    let digest = hash.digest(&[message]);
    // The point may be compressed (RFC 5480, section 2.2); that it lies on the curve is checked there.
    admit_ecdsa::verify(curve, key.key, digest.as_bytes(), r.as_bytes(), s.as_bytes()).map_err(
        |failure| match failure {
            admit_ecdsa::Failure::Key => {
                Failure::MalformedKey("it is no point of its curve in compressed or uncompressed form")
            }
            admit_ecdsa::Failure::Signature => Failure::Invalid,
        },
    )
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
