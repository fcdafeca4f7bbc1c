//! Ed25519 (RFC 8032, section 5.1.7; RFC 8410).

use ed25519_dalek::{Signature, VerifyingKey};

use super::{Failure, PublicKey, oid};

/// Verifies strictly: a key or a commitment of small order is refused, because with it one signature fits many
/// messages.
pub(super) fn verify(key: &PublicKey<'_>, message: &[u8], signature: &[u8]) -> Result<(), Failure> {
    if key.algorithm.oid != oid::ED25519 {
        return Err(key.not_for_algorithm());
    }
    if key.algorithm.parameters.is_some() {
        return Err(Failure::MalformedKey("it has parameters, which Ed25519 does not take"));
    }
    let bytes = key.key.try_into().map_err(|_| Failure::MalformedKey("it has not 32 bytes"))?;
    if !is_canonical(bytes) {
        return Err(Failure::MalformedKey("its coordinate is not below the field's prime"));
    }
    let point = VerifyingKey::from_bytes(bytes).map_err(|_| Failure::MalformedKey("it is no point of the curve"))?;
    if point.is_weak() {
        return Err(Failure::MalformedKey("it is a point of small order"));
    }
    let signature = Signature::from_slice(signature).map_err(|_| Failure::MalformedSignature)?;
    point.verify_strict(message, &signature).map_err(|_| Failure::Invalid)
}

/// Whether the y coordinate is below 2^255 - 19 (RFC 8032, section 5.1.3, step 1), which the crate leaves open.
fn is_canonical(key: &[u8; 32]) -> bool {
    let [least, middle @ .., most] = key;
    *least < 0xed || middle.iter().any(|byte| *byte != 0xff) || most & 0x7f != 0x7f
}
