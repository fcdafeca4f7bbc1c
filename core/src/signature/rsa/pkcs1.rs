//! EMSA-PKCS1-v1_5 (RFC 8017, section 9.2).

use crate::signature::{Failure, Hash};

/// Fewest bytes of padding (RFC 8017, section 9.2, step 3).
const PADDING: usize = 8;

/// Checks that `encoded` is what the digest is encoded as.
///
/// Every byte is compared with the one right encoding and nothing is parsed, so there is no room in which a signature
/// could be forged for a small exponent. DigestInfo without NULL, which some signers wrote before RFC 8017 settled it
/// (appendix B.1), is refused.
///
/// ```text
/// 0x00 0x01 0xff.. 0x00 DigestInfo
/// ```
pub(super) fn check(encoded: &[u8], hash: Hash, digest: &[u8]) -> Result<(), Failure> {
    let rest = encoded.strip_suffix(digest).ok_or(Failure::Invalid)?;
    let rest = rest.strip_suffix(hash.digest_info()).ok_or(Failure::Invalid)?;
    match rest {
        [0, 1, padding @ .., 0] if padding.len() >= PADDING && padding.iter().all(|byte| *byte == 0xff) => Ok(()),
        _ => Err(Failure::Invalid),
    }
}
