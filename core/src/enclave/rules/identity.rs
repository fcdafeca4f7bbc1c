//! Identities: measurement, signer, product and version.
//!
//! What it checks: that MRENCLAVE and MRSIGNER are hashes of something real, and that versions can be told apart.
//! Why it matters: an allow-list is as good as the numbers in it.
//! Reference: Intel SDM, volume 3D, section 38.13; keys published in public repositories.

use super::{Citation, intel, rule};

rule! { PUBLISHED_SIGNER: Error "signer-key-published" ["FX27", "OE03", "SG13", "IT03", "QT12"],
    title "the signer's private key is published",
    what "Compares MRSIGNER with those of sample keys whose private half stands in a public repository.",
    why "Anyone can sign as this signer, so that MRSIGNER says nothing about who did.",
    bad "\"mrsigner\": \"83d719e77deaca1470f6baf62a4d774303c899db69020f9c70ee1dfc08c7ce9e\"",
    good "the MRSIGNER of a key that only the signer has",
    cite Citation::new("intel/linux-sgx, openenclave/openenclave, occlum/occlum", "sample signing keys")
}

rule! { VERSION_UNSET: Info "security-version-unset" ["GR17", "SG12"],
    title "the security version is 0, or the product id reserved",
    what "Looks for ISVSVN 0, explicit or by default, and for ISVPRODID 65535, which Open Enclave reserves.",
    why "Nothing is below 0: a roll-back to the first version can't be told.",
    bad "sgx.isvsvn = 0",
    good "sgx.isvsvn = 1, raised with each security fix",
    cite intel("section 38.4.1.2, security version")
}

rule! { KSS_IDS: Warning "kss-ids-without-kss" ["SG11", "OC04"],
    title "family and product ids do not match KSS",
    what "Looks for ISVFAMILYID or ISVEXTPRODID without the KSS attribute, and for KSS with both of them zero.",
    why "Without KSS the ids must be zero and are not reported; with KSS and zeros they tell nothing apart.",
    bad "KSS 0, ISVFAMILYID 4718…3e43",
    good "KSS 1, ISVFAMILYID 4718…3e43",
    cite intel("section 38.13 (SIGSTRUCT), ISVFAMILYID and ISVEXTPRODID")
}
