//! Signature structures of enclaves, signed with a throw-away key.

use p256::ecdsa::signature::{SignatureEncoding as _, Signer as _};
use rsa::BoxedUint;
use rsa::traits::PublicKeyParts as _;
use sha2::Sha256;

use super::key::stream;

/// What a row of the table says of a signature structure; the rest has the values that the processor wants.
#[derive(Debug, Clone, Copy)]
pub(super) struct Sigstruct {
    /// As written: 0xYYYYMMDD.
    pub(super) date: u32,
    pub(super) flags: u64,
    pub(super) flags_mask: u64,
    pub(super) xfrm: u64,
    pub(super) xfrm_mask: u64,
    pub(super) mrenclave: [u8; 32],
    pub(super) family: u8,
    pub(super) product: u16,
    pub(super) version: u16,
    /// Bytes changed before signing: what EINIT looks at besides the signature.
    pub(super) before: &'static [(usize, u8)],
    /// Bytes changed after signing.
    pub(super) after: &'static [(usize, u8)],
    /// Bytes kept.
    pub(super) length: usize,
}

/// A release build: debug mode forbidden, every feature under the mask.
pub(super) const RELEASE: Sigstruct = Sigstruct {
    date: 0x2026_1101,
    flags: 0x4,
    flags_mask: u64::MAX,
    xfrm: 0x3,
    xfrm_mask: u64::MAX,
    mrenclave: *b"an enclave of the tests, release",
    family: 0,
    product: 1,
    version: 2,
    before: &[],
    after: &[],
    length: 1808,
};

/// An RSA key of 3072 bits with exponent 3. It lives in memory only.
pub(super) struct Key(rsa::RsaPrivateKey);

impl Key {
    /// The key of the tests' enclaves: always the same.
    pub(super) fn throw_away() -> Self {
        let exponent = BoxedUint::from(3_u64);
        let key = rsa::RsaPrivateKey::new_with_exp(&mut stream("throw-away-enclave-key"), 3072, exponent);
        Self(key.expect("3072 bits are enough for a key"))
    }

    /// The modulus, little-endian.
    pub(super) fn modulus(&self) -> Vec<u8> {
        self.0.n().to_le_bytes().to_vec()
    }
}

impl Sigstruct {
    /// The bytes, signed.
    pub(super) fn bytes(&self, key: &Key) -> Vec<u8> {
        let mut bytes = vec![0; 1808];
        let mut put = |at: usize, value: &[u8]| bytes[at..at + value.len()].copy_from_slice(value);
        put(0, &[0x06, 0, 0, 0, 0xE1, 0, 0, 0, 0, 0, 0x01, 0]);
        put(20, &self.date.to_le_bytes());
        put(24, &[0x01, 0x01, 0, 0, 0x60, 0, 0, 0, 0x60, 0, 0, 0, 0x01, 0, 0, 0]);
        put(128, &key.modulus());
        put(512, &3_u32.to_le_bytes());
        put(904, &u32::MAX.to_le_bytes());
        put(912, &[self.family; 16]);
        put(928, &self.flags.to_le_bytes());
        put(936, &self.xfrm.to_le_bytes());
        put(944, &self.flags_mask.to_le_bytes());
        put(952, &self.xfrm_mask.to_le_bytes());
        put(960, &self.mrenclave);
        put(1024, &self.product.to_le_bytes());
        put(1026, &self.version.to_le_bytes());
        for (at, value) in self.before {
            put(*at, &[*value]);
        }
        let message = [&bytes[..128], &bytes[900..1028]].concat();
        let [signature, q1, q2] = sign(&message, key);
        let mut put = |at: usize, value: &[u8]| bytes[at..at + value.len()].copy_from_slice(value);
        put(516, &signature);
        put(1040, &q1);
        put(1424, &q2);
        for (at, value) in self.after {
            put(*at, &[*value]);
        }
        bytes.truncate(self.length);
        bytes
    }
}

/// The signature and its two quotients, little-endian.
fn sign(message: &[u8], key: &Key) -> [Vec<u8>; 3] {
    let signer = rsa::pkcs1v15::SigningKey::<Sha256>::new(key.0.clone());
    let signature = signer.sign(message).to_vec();
    let signature = BoxedUint::from_be_slice(&signature, 3072).expect("as many bytes as the modulus");
    let modulus = key.0.n();
    // Twice as wide, so that products fit.
    let wide = |number: &BoxedUint| {
        let bytes = number.to_be_bytes();
        let padded = [vec![0; 768 - bytes.len()], bytes.to_vec()].concat();
        BoxedUint::from_be_slice(&padded, 6144).expect("as many bytes as bits")
    };
    let (q1, square) = wide(&signature).wrapping_mul(wide(&signature)).div_rem_vartime(modulus);
    let (q2, _) = wide(&signature).wrapping_mul(wide(&square)).div_rem_vartime(modulus);
    let bytes = |number: &BoxedUint| number.to_le_bytes()[..384].to_vec();
    [bytes(&signature), bytes(&q1), bytes(&q2)]
}
