//! What a SIGSTRUCT says, for a report.

use alloc::borrow::Cow;
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use serde::{Deserialize, Serialize};

use super::{Part, Sigstruct};
use crate::enclave::binary::hexadecimal;
use crate::enclave::signer;

/// Every field of a SIGSTRUCT, in words and hexadecimal digits.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SigstructFacts {
    /// The artefact it was read from.
    pub artefact: String,
    /// ENCLAVEHASH: MRENCLAVE that the processor must measure, 64 lower-case digits.
    pub mrenclave: String,
    /// SHA-256 of the modulus, 64 lower-case digits.
    pub mrsigner: String,
    /// Where the private key of this signer is published, if it is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub published_key: Option<Cow<'static, str>>,
    /// ISVPRODID.
    pub product_id: u16,
    /// ISVSVN.
    pub security_version: u16,
    /// DATE as `YYYY-MM-DD`, or its four bytes in digits where that is none.
    pub date: String,
    /// VENDOR: `0x0`, or `0x8086` for Intel.
    pub vendor: String,
    /// SWDEFINED.
    pub software_defined: String,
    /// ATTRIBUTES and ATTRIBUTEMASK in words.
    pub attributes: Vec<AttributeFact>,
    /// ATTRIBUTES: flags and XFRM.
    pub attribute_values: [String; 2],
    /// ATTRIBUTEMASK: flags and XFRM.
    pub attribute_masks: [String; 2],
    /// MISCSELECT and its mask.
    pub misc_select: [String; 2],
    /// CET_ATTRIBUTES and its mask.
    pub cet_attributes: [String; 2],
    /// ISVFAMILYID, 32 lower-case digits.
    pub family_id: String,
    /// ISVEXTPRODID, 32 lower-case digits.
    pub extended_product_id: String,
    /// The parts of the signature that are wrong: `SIGNATURE`, `Q1`, `Q2`. Empty: the signature is right.
    pub wrong_signature: Vec<Cow<'static, str>>,
}

/// An attribute of an enclave, in words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AttributeFact {
    /// As Intel writes it: `DEBUG`.
    pub name: Cow<'static, str>,
    /// Who decides it, and how.
    pub setting: Setting,
    /// What that means.
    pub means: Cow<'static, str>,
}

/// What a signature structure makes of an attribute.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Setting {
    /// One, and under the mask.
    Set,
    /// Zero, and under the mask.
    Forbidden,
    /// Not under the mask, or not wholly: the host chooses, whatever the value says.
    LeftToHost,
}

impl Sigstruct<'_> {
    /// Every field, in words.
    pub(in crate::enclave) fn facts(&self, artefact: &str, wrong: &[Part]) -> SigstructFacts {
        let mrsigner = hexadecimal(&self.mrsigner());
        let attributes = self.attributes();
        SigstructFacts {
            artefact: artefact.into(),
            mrenclave: hexadecimal(&self.mrenclave()),
            published_key: signer::published(&mrsigner).map(Cow::Borrowed),
            mrsigner,
            product_id: self.product_id(),
            security_version: self.security_version(),
            date: match self.date() {
                Some((year, month, day)) => format!("{year:04}-{month:02}-{day:02}"),
                None => hexadecimal(self.bytes(Self::DATE)),
            },
            vendor: format!("{:#x}", self.u32(16)),
            software_defined: format!("{:#x}", self.u32(40)),
            attributes: attributes.facts().collect(),
            attribute_values: [format!("{:#x}", attributes.flags), format!("{:#x}", attributes.xfrm)],
            attribute_masks: [format!("{:#x}", attributes.flags_mask), format!("{:#x}", attributes.xfrm_mask)],
            misc_select: [format!("{:#x}", self.u32(900)), format!("{:#x}", self.u32(904))],
            cet_attributes: [
                hexadecimal(self.bytes(super::part("", 908, 1))),
                hexadecimal(self.bytes(super::part("", 909, 1))),
            ],
            family_id: hexadecimal(self.bytes(Self::FAMILY_ID)),
            extended_product_id: hexadecimal(self.bytes(Self::EXTENDED_PRODUCT_ID)),
            wrong_signature: wrong.iter().map(|part| Cow::Borrowed(part.name)).collect(),
        }
    }
}
