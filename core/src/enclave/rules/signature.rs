//! The signature structure.
//!
//! What it checks: every field of a SIGSTRUCT that the processor looks at before it starts an enclave, and the signature.
//! Why it matters: EINIT refuses what is wrong, and takes what is merely unwise.
//! Reference: Intel SDM, volume 3D, section 38.13 and EINIT.

use super::{intel, rule};

rule! { LENGTH: Error "sigstruct-length" ["SG01"],
    title "a signature structure has the wrong length",
    what "A SIGSTRUCT has 1808 bytes.",
    why "Another length is another file, or a part of one: no field can be trusted to be where it should.",
    bad "1807 bytes",
    good "1808 bytes",
    cite intel("section 38.13 (SIGSTRUCT)")
}

rule! { HEADER: Error "sigstruct-header" ["SG02"],
    title "a fixed part of the signature structure is wrong",
    what "Compares both headers, the vendor (0 or 0x8086) and the exponent (3) with their fixed values.",
    why "EINIT refuses the enclave.",
    bad "EXPONENT 65537",
    good "EXPONENT 3",
    cite intel("section 38.13 (SIGSTRUCT), HEADER, VENDOR, HEADER2, EXPONENT")
}

rule! { SIGNATURE: Error "sigstruct-signature" ["SG03"],
    title "the enclave's signature is wrong",
    what "Raises SIGNATURE to the third power modulo MODULUS, compares it with the padded digest of the signed fields, and \
          computes Q1 and Q2 again.",
    why "EINIT refuses the enclave. A field that was changed after signing shows here.",
    bad "a SIGSTRUCT with an edited ISVSVN",
    good "the same, signed again",
    cite intel("section 38.13 (SIGSTRUCT), SIGNATURE, Q1, Q2; RFC 8017, section 8.2.2")
}

rule! { DATE: Warning "sigstruct-date" ["SG04"],
    title "the date of the signature structure is implausible",
    what "DATE is binary-coded decimal, year first: it should be a date after 2014 and not after the instant of the case.",
    why "The processor does not look at it. A wrong one shows swapped fields or a signer with a wrong clock.",
    bad "DATE 0x22112026",
    good "DATE 0x20261122",
    cite intel("section 38.13 (SIGSTRUCT), DATE")
}

rule! { RESERVED: Warning "sigstruct-reserved" ["SG05"],
    title "reserved bytes of the signature structure are not zero",
    what "Looks at every reserved field that the signature covers.",
    why "EINIT refuses the enclave, or a later processor gives the bytes a meaning that nobody meant.",
    bad "01 at offset 44",
    good "00 at offset 44",
    cite intel("section 38.13 (SIGSTRUCT), reserved fields")
}

rule! { UNSIGNED: Error "sigstruct-reserved-unsigned" ["SG05"],
    title "bytes that nobody signed are not zero",
    what "Looks at the reserved bytes 1028 to 1039, which the signature does not cover.",
    why "Somebody else than the signer may have written them, and EINIT refuses the enclave.",
    bad "01 at offset 1028",
    good "00 at offset 1028",
    cite intel("section 38.13 (SIGSTRUCT), reserved fields")
}

rule! { PRIVILEGED: Warning "privileged-attribute" ["SG08", "IS03"],
    title "the enclave has a privilege that few need",
    what "Looks for PROVISIONKEY and EINITTOKENKEY, set or left to the host.",
    why "PROVISIONKEY opens keys that identify the platform, which only quoting enclaves need; EINITTOKENKEY launches enclaves.",
    bad "ATTRIBUTES 0x14",
    good "ATTRIBUTES 0x4",
    cite intel("section 38.7.1, ATTRIBUTES.PROVISIONKEY and EINITTOKENKEY")
}

rule! { ILLEGAL: Error "attributes-illegal" ["SG09"],
    title "the attributes are illegal",
    what "Looks at XFRM (x87 and SSE must be on, AVX-512 needs AVX) and at reserved bits of flags, XFRM and MISCSELECT.",
    why "ECREATE or EINIT fails.",
    bad "XFRM 0x0",
    good "XFRM 0x3",
    cite intel("sections 38.7.1 and 38.7.2")
}

rule! { FEATURES: Warning "features-left-to-host" ["SG10"],
    title "the host chooses the processor features",
    what "Looks for AVX, MPX, PKRU or AMX outside of the mask of XFRM.",
    why "The host picks which registers are saved, and so what code paths run; a report tells, if it is looked at.",
    bad "mask of XFRM 0xffffffffffffff1b",
    good "mask of XFRM 0xffffffffffffffff",
    cite intel("section 38.7.2, XFRM")
}

rule! { OTHER_MEASUREMENT: Error "sgxs-other-measurement" ["SG14"],
    title "the signature is for another enclave",
    what "Computes MRENCLAVE by walking the records of the SGXS stream and compares it with ENCLAVEHASH.",
    why "The processor refuses the pair: the enclave was built again, or the signature belongs to another one.",
    bad "an .sgxs and the .sig of yesterday's build",
    good "both of one build",
    cite intel("section 38.13 (SIGSTRUCT), ENCLAVEHASH; EINIT")
}
