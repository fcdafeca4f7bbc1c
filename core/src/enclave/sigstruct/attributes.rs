//! ATTRIBUTES and ATTRIBUTEMASK: what the signer fixes, and what is left to the host.

use super::facts::{AttributeFact, Setting};

/// ATTRIBUTES of a SIGSTRUCT and their masks. EINIT compares under the mask, so that a mask bit of zero leaves the
/// attribute's bit to whoever loads the enclave.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::enclave) struct Attributes {
    pub(in crate::enclave) flags: u64,
    pub(in crate::enclave) xfrm: u64,
    pub(in crate::enclave) flags_mask: u64,
    pub(in crate::enclave) xfrm_mask: u64,
}

/// An attribute: a bit of the flags, or the bits of one processor feature.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::enclave) struct Attribute {
    pub(in crate::enclave) name: &'static str,
    /// Whether it stands in XFRM; otherwise in the flags.
    xfrm: bool,
    bits: u64,
    /// What it means when the enclave has it.
    set: &'static str,
    /// What it means that the host may choose it.
    left: &'static str,
}

const fn flag(name: &'static str, bits: u64, set: &'static str, left: &'static str) -> Attribute {
    Attribute { name, xfrm: false, bits, set, left }
}

const fn feature(name: &'static str, bits: u64, set: &'static str, left: &'static str) -> Attribute {
    Attribute { name, xfrm: true, bits, set, left }
}

pub(in crate::enclave) const DEBUG: Attribute =
    flag("DEBUG", 0x2, "the host reads and writes the enclave's memory", "the host may start this in debug mode");
pub(in crate::enclave) const PROVISION_KEY: Attribute = flag(
    "PROVISIONKEY",
    0x10,
    "the enclave may derive keys that identify the platform",
    "the host may give it the right to keys that identify the platform",
);
pub(in crate::enclave) const EINITTOKEN_KEY: Attribute = flag(
    "EINITTOKENKEY",
    0x20,
    "the enclave may launch other enclaves",
    "the host may give it the right to launch other enclaves",
);
pub(in crate::enclave) const KSS: Attribute = flag(
    "KSS",
    0x80,
    "family, extended product and configuration ids count",
    "the host may switch key separation and sharing on",
);

/// The attributes that have a name, in the order of their bits.
pub(in crate::enclave) const ALL: [Attribute; 15] = [
    flag("INIT", 0x1, "set by the processor, never by a signer", "the processor sets it"),
    DEBUG,
    flag("MODE64BIT", 0x4, "the enclave runs 64-bit code", "the host may start this in 32-bit mode"),
    PROVISION_KEY,
    EINITTOKEN_KEY,
    flag("CET", 0x40, "control-flow enforcement is on", "the host may switch control-flow enforcement on or off"),
    KSS,
    flag(
        "AEX_NOTIFY",
        0x400,
        "the enclave hears of interruptions",
        "the host may let the enclave hear of interruptions",
    ),
    feature("X87_SSE", 0x3, "x87 and SSE state is saved", "the host may choose x87 and SSE, which must be on"),
    feature("AVX", 0x4, "AVX is on", "the host may choose AVX"),
    feature("MPX", 0x18, "MPX is on", "the host may choose MPX"),
    feature("AVX512", 0xE0, "AVX-512 is on", "the host may choose AVX-512"),
    feature("PKRU", 0x200, "protection keys are on", "the host may choose protection keys"),
    feature("CET_STATE", 0x1800, "state of control-flow enforcement is saved", "the host may choose it"),
    feature("AMX", 0x60000, "AMX is on", "the host may choose AMX"),
];

/// Bits of the flags that have no meaning yet and must be zero.
const RESERVED_FLAGS: u64 = !0x4F7;

/// Bits of XFRM that no processor with SGX takes.
const RESERVED_XFRM: u64 = !0x0006_1AFF;

impl Attributes {
    /// Whether the enclave has it for certain: set, and under the mask.
    pub(in crate::enclave) fn has(&self, attribute: Attribute) -> bool {
        self.value(attribute) != 0
    }

    /// Whether any of its bits is left to the host.
    pub(in crate::enclave) fn is_left_to_host(&self, attribute: Attribute) -> bool {
        let mask = if attribute.xfrm { self.xfrm_mask } else { self.flags_mask };
        mask & attribute.bits != attribute.bits
    }

    fn value(&self, attribute: Attribute) -> u64 {
        (if attribute.xfrm { self.xfrm } else { self.flags }) & attribute.bits
    }

    /// What is wrong with the values themselves, in words: the processor refuses them.
    pub(in crate::enclave) fn illegal(&self) -> Option<&'static str> {
        if self.xfrm & 0x3 != 0x3 {
            Some("XFRM lacks the bits of x87 and SSE")
        } else if self.xfrm & RESERVED_XFRM != 0 {
            Some("XFRM has a reserved bit")
        } else if self.xfrm & 0xE0 != 0 && (self.xfrm & 0xE0 != 0xE0 || self.xfrm & 0x4 == 0) {
            Some("XFRM has AVX-512 without AVX, or only a part of it")
        } else if self.flags & RESERVED_FLAGS != 0 {
            Some("the flags have a reserved bit")
        } else if self.flags & 0x1 != 0 {
            Some("the flags have INIT, which only the processor sets")
        } else {
            None
        }
    }

    /// Each attribute in words.
    pub(in crate::enclave) fn facts(&self) -> impl Iterator<Item = AttributeFact> {
        ALL.into_iter().map(|attribute| {
            let setting = if self.is_left_to_host(attribute) {
                Setting::LeftToHost
            } else if self.has(attribute) {
                Setting::Set
            } else {
                Setting::Forbidden
            };
            let means = match setting {
                Setting::Set => attribute.set,
                Setting::Forbidden => "the processor refuses to start it with this on",
                Setting::LeftToHost => attribute.left,
            };
            AttributeFact { name: attribute.name.into(), setting, means: means.into() }
        })
    }
}
