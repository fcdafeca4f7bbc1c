//! Debug mode.
//!
//! What it checks: whether the host may read and write the enclave's memory.
//! Why it matters: in debug mode an enclave keeps no secret; everything else that it promises is void.
//! Reference: Intel SDM, volume 3D, sections 38.7.1 and 39.1 (EINIT).

use super::{intel, rule};

rule! { ENABLED: Error "sgx-debug-enabled" ["FX22", "GR03", "EG01", "OC01", "OE01", "ED01", "MB01", "SC02", "SG06"],
    title "an enclave runs in debug mode",
    what "Looks for debug mode switched on, in a manifest, a build setting or the attributes of a signature structure, and \
          for defaults that switch it on.",
    why "The host reads and writes the memory of a debug enclave, so that it keeps no secret.",
    bad "sgx.debug = true",
    good "sgx.debug = false",
    cite intel("section 38.7.1, ATTRIBUTES.DEBUG")
}

rule! { LEFT_TO_HOST: Error "sgx-debug-left-to-host" ["SG07", "IS01"],
    title "the host may start the enclave in debug mode",
    what "Looks at ATTRIBUTEMASK: a bit of zero leaves the attribute to whoever loads the enclave, whatever its value.",
    why "The same signed enclave can be started in debug mode. Only a verifier that looks at the report's DEBUG bit notices.",
    bad "ATTRIBUTES 0x4 with ATTRIBUTEMASK 0xfffffffffffffffd",
    good "ATTRIBUTES 0x4 with ATTRIBUTEMASK 0xffffffffffffffff",
    cite intel("section 38.13 (SIGSTRUCT), ATTRIBUTEMASK; EINIT")
}
