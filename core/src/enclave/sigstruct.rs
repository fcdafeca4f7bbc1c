//! SIGSTRUCT: the enclave's signature structure (Intel SDM, volume 3D, section 38.13).

mod attributes;
mod check;
mod facts;
mod number;

use alloc::vec::Vec;

use sha2::{Digest as _, Sha256};

pub(super) use attributes::Attributes;
pub(super) use check::check;
pub use facts::{AttributeFact, Setting, SigstructFacts};

use number::{LIMBS, Number, less, multiply_divide};

/// Bytes of a SIGSTRUCT.
pub(super) const LENGTH: usize = 1808;

/// The first twelve bytes of every SIGSTRUCT. The fourth word is 0; Intel's signing tool marks there what it signs for
/// debugging, which the processor refuses as it stands.
pub(super) const HEADER: [u8; 12] = [0x06, 0, 0, 0, 0xE1, 0, 0, 0, 0, 0, 0x01, 0];

/// The header's second part: the sizes of modulus, signature and exponent in words.
const HEADER2: [u8; 16] = [0x01, 0x01, 0, 0, 0x60, 0, 0, 0, 0x60, 0, 0, 0, 0x01, 0, 0, 0];

/// DigestInfo of SHA-256 up to the digest (RFC 8017, section 9.2, note 1).
const DIGEST_INFO: [u8; 19] =
    [0x30, 0x31, 0x30, 0x0D, 0x06, 0x09, 0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02, 0x01, 0x05, 0x00, 0x04, 0x20];

/// The bytes of a SIGSTRUCT.
#[derive(Debug, Clone, Copy)]
pub(super) struct Sigstruct<'b>(&'b [u8; LENGTH]);

/// A part of a signature structure that is not as the processor wants it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Part {
    /// What it is called.
    pub(super) name: &'static str,
    /// Its first byte.
    pub(super) at: usize,
    /// How many bytes.
    pub(super) length: usize,
}

const fn part(name: &'static str, at: usize, length: usize) -> Part {
    Part { name, at, length }
}

/// The parts that must be zero. The first three are under the signature: bytes 0 to 127 and 900 to 1027; 1028 is not.
const RESERVED: [Part; 4] = [
    part("reserved bytes after SWDEFINED", 44, 84),
    part("reserved bytes after CET_ATTRIBUTES_MASK", 910, 2),
    part("reserved bytes after ENCLAVEHASH", 992, 16),
    part("reserved bytes after ISVSVN", 1028, 12),
];

impl<'b> Sigstruct<'b> {
    pub(super) const MODULUS: Part = part("MODULUS", 128, 384);
    pub(super) const SIGNATURE: Part = part("SIGNATURE", 516, 384);
    pub(super) const Q1: Part = part("Q1", 1040, 384);
    pub(super) const Q2: Part = part("Q2", 1424, 384);
    pub(super) const DATE: Part = part("DATE", 20, 4);
    pub(super) const MISC_SELECT: Part = part("MISCSELECT", 900, 4);
    pub(super) const ATTRIBUTES: Part = part("ATTRIBUTES", 928, 16);
    pub(super) const ATTRIBUTE_MASK: Part = part("ATTRIBUTEMASK", 944, 16);
    pub(super) const ENCLAVE_HASH: Part = part("ENCLAVEHASH", 960, 32);
    pub(super) const FAMILY_ID: Part = part("ISVFAMILYID", 912, 16);
    pub(super) const EXTENDED_PRODUCT_ID: Part = part("ISVEXTPRODID", 1008, 16);
    pub(super) const PRODUCT_ID: Part = part("ISVPRODID", 1024, 2);
    pub(super) const SECURITY_VERSION: Part = part("ISVSVN", 1026, 2);

    /// Takes the bytes of a SIGSTRUCT, if they are as many as one has.
    pub(super) fn new(bytes: &'b [u8]) -> Option<Self> {
        <&[u8; LENGTH]>::try_from(bytes).ok().map(Self)
    }

    /// The bytes of a part.
    pub(super) fn bytes(&self, part: Part) -> &'b [u8] {
        self.0.get(part.at..part.at.saturating_add(part.length)).unwrap_or_default()
    }

    fn u16(&self, part: Part) -> u16 {
        self.bytes(part).iter().rev().fold(0, |value, byte| value << 8 | u16::from(*byte))
    }

    fn u32(&self, at: usize) -> u32 {
        self.bytes(part("", at, 4)).iter().rev().fold(0, |value, byte| value << 8 | u32::from(*byte))
    }

    fn u64(&self, at: usize) -> u64 {
        self.bytes(part("", at, 8)).iter().rev().fold(0, |value, byte| value << 8 | u64::from(*byte))
    }

    pub(super) fn product_id(&self) -> u16 {
        self.u16(Self::PRODUCT_ID)
    }

    pub(super) fn security_version(&self) -> u16 {
        self.u16(Self::SECURITY_VERSION)
    }

    /// ATTRIBUTES and their mask: what the signer fixes, and what the host may choose.
    pub(super) fn attributes(&self) -> Attributes {
        Attributes { flags: self.u64(928), xfrm: self.u64(936), flags_mask: self.u64(944), xfrm_mask: self.u64(952) }
    }

    /// MRENCLAVE that the processor must measure.
    pub(super) fn mrenclave(&self) -> [u8; 32] {
        let mut hash = [0; 32];
        hash.iter_mut().zip(self.bytes(Self::ENCLAVE_HASH)).for_each(|(to, from)| *to = *from);
        hash
    }

    /// MRSIGNER: SHA-256 of the modulus, little-endian as it stands there.
    pub(super) fn mrsigner(&self) -> [u8; 32] {
        Sha256::digest(self.bytes(Self::MODULUS)).into()
    }

    /// DATE as its eight digits, year first: `20260122`. Nothing if a digit is none: it is binary-coded decimal.
    pub(super) fn date(&self) -> Option<(i32, u8, u8)> {
        let word = self.u32(20);
        let mut value = 0_u32;
        for digit in (0..8_u32).rev() {
            let digit = word >> digit.saturating_mul(4) & 0xF;
            if digit > 9 {
                return None;
            }
            value = value.saturating_mul(10).saturating_add(digit);
        }
        let pair = |value: u32| u8::try_from(value % 100).ok();
        Some((i32::try_from(value / 10_000).ok()?, pair(value / 100)?, pair(value)?))
    }

    /// Bits of MISCSELECT that no processor knows (bit 0 is EXINFO, bit 1 CPINFO), as far as MISCMASK holds the host to them.
    pub(super) fn unknown_misc(&self) -> u32 {
        self.u32(Self::MISC_SELECT.at) & self.u32(904) & !0x3
    }

    /// The fixed parts that are not as the processor wants them: EINIT refuses.
    pub(super) fn wrong_constants(&self) -> Vec<Part> {
        let mut wrong = Vec::new();
        let mut expect = |part: Part, is_right: bool| {
            if !is_right {
                wrong.push(part);
            }
        };
        let (header, header2) = (part("HEADER", 0, 16), part("HEADER2", 24, 16));
        expect(header, self.bytes(header).strip_prefix(&HEADER) == Some(&[0; 4]));
        expect(part("VENDOR", 16, 4), matches!(self.u32(16), 0 | 0x8086));
        expect(header2, self.bytes(header2) == HEADER2);
        expect(part("EXPONENT", 512, 4), self.u32(512) == 3);
        wrong
    }

    /// The reserved parts that are not zero.
    pub(super) fn nonzero_reserved(&self) -> Vec<Part> {
        RESERVED.into_iter().filter(|part| self.bytes(*part).iter().any(|byte| *byte != 0)).collect()
    }

    /// The parts of the signature that are wrong, none if it is right: `SIGNATURE` unless its cube is the padded digest
    /// modulo MODULUS (RSASSA-PKCS1-v1_5 with SHA-256), `Q1` and `Q2` unless they are the quotients that the processor
    /// is given to save it the division: Q1 = floor(S^2 / N), Q2 = floor((S^3 - Q1 * S * N) / N).
    pub(super) fn wrong_signature(&self) -> Vec<Part> {
        let modulus = self.number(Self::MODULUS);
        let signature = self.number(Self::SIGNATURE);
        if !less(&signature, &modulus) {
            return Vec::from([Self::SIGNATURE]);
        }
        let Some((q1, square)) = multiply_divide(&signature, &signature, &modulus) else {
            return Vec::from([Self::SIGNATURE]);
        };
        let Some((q2, cube)) = multiply_divide(&signature, &square, &modulus) else {
            return Vec::from([Self::SIGNATURE]);
        };
        let mut wrong = Vec::new();
        for (part, found, right) in [
            (Self::SIGNATURE, cube, self.encoded()),
            (Self::Q1, self.number(Self::Q1), q1),
            (Self::Q2, self.number(Self::Q2), q2),
        ] {
            if found != right {
                wrong.push(part);
            }
        }
        wrong
    }

    fn number(&self, part: Part) -> Number {
        number::number(self.bytes(part))
    }

    /// The padded digest of what is signed: bytes 0 to 127 and 900 to 1027 (RFC 8017, section 9.2).
    fn encoded(&self) -> Number {
        let digest = Sha256::new()
            .chain_update(self.bytes(part("", 0, 128)))
            .chain_update(self.bytes(part("", 900, 128)))
            .finalize();
        // Little-endian: digest, DigestInfo, 0, padding, 1, 0.
        let little = digest.iter().rev().chain(DIGEST_INFO.iter().rev()).copied().chain(core::iter::once(0));
        let mut bytes = [0xFF; LIMBS * 8];
        bytes.iter_mut().zip(little).for_each(|(to, from)| *to = from);
        for (to, from) in bytes.iter_mut().rev().zip([0, 1]) {
            *to = from;
        }
        number::number(&bytes)
    }
}
