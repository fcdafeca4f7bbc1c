//! EMSA-PSS verification (RFC 8017, section 9.1.2).

use crate::signature::{Failure, Hash, Pss};

/// The last byte of every encoding: trailerField 1.
const TRAILER: u8 = 0xbc;

/// Checks that `encoded`, as long as the modulus of `modulus_bits`, is an encoding of the digest. Unmasks it in place.
///
/// ```text
/// masked(0x00.. 0x01 salt) hash(8 zeros, digest, salt) 0xbc
/// ```
pub(super) fn check(encoded: &mut [u8], modulus_bits: u32, pss: Pss, digest: &[u8]) -> Result<(), Failure> {
    // The encoding has one bit less than the modulus, and so one byte less if the modulus has 8 k + 1 bits.
    let spare = modulus_bits.wrapping_sub(1) % 8;
    let encoded = match (spare, &mut *encoded) {
        (0, [0, rest @ ..]) => rest,
        (0, _) => return Err(Failure::Invalid),
        (_, encoded) => encoded,
    };
    let [encoded @ .., TRAILER] = encoded else { return Err(Failure::Invalid) };
    let at = encoded.len().checked_sub(pss.hash.bytes()).ok_or(Failure::Invalid)?;
    let (data, hash) = encoded.split_at_mut_checked(at).ok_or(Failure::Invalid)?;
    // The bits above the encoding are zero; the mask may have others there.
    let allowed = if spare == 0 { 0xff } else { 0xff_u8.checked_shr(8_u32.saturating_sub(spare)).unwrap_or(0) };
    if data.first().is_none_or(|first| first & !allowed != 0) {
        return Err(Failure::Invalid);
    }
    unmask(data, hash, pss.mask_hash);
    if let Some(first) = data.first_mut() {
        *first &= allowed;
    }
    let salt_bytes = usize::try_from(pss.salt_bytes).map_err(|_| Failure::Invalid)?;
    let at = data.len().checked_sub(salt_bytes).ok_or(Failure::Invalid)?;
    let (padding, salt) = data.split_at_checked(at).ok_or(Failure::Invalid)?;
    let [zeros @ .., 1] = padding else { return Err(Failure::Invalid) };
    let same = zeros.iter().all(|byte| *byte == 0) && pss.hash.digest(&[&[0; 8], digest, salt]).as_bytes() == &*hash;
    if same { Ok(()) } else { Err(Failure::Invalid) }
}

/// Takes off the mask that MGF1 makes of `seed` (RFC 8017, appendix B.2.1). The rounds are bounded by the modulus.
fn unmask(data: &mut [u8], seed: &[u8], hash: Hash) {
    for (counter, block) in (0_u32..).zip(data.chunks_mut(hash.bytes())) {
        let mask = hash.digest(&[seed, &counter.to_be_bytes()]);
        for (byte, mask) in block.iter_mut().zip(mask.as_bytes()) {
            *byte ^= mask;
        }
    }
}
