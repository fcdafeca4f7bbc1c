//! Artefacts against each other.
//!
//! What it checks: that manifest, build, conversion and signature structure tell of one enclave.
//! Why it matters: each is right by itself, and together they approve one enclave and run another.
//! Reference: Intel SDM, volume 3D, section 38.13.

use super::{intel, manager, rule};

rule! { SIGSTRUCT: Error "manifest-contradicts-sigstruct" ["XA01"],
    title "the manifest and the signature differ",
    what "Compares product id, security version, debug mode and identity in manifests, requests and builds with the signature \
          structure.",
    why "It was signed from another manifest: what was reviewed is not what runs.",
    bad "\"isvsvn\": 2 beside a SIGSTRUCT with ISVSVN 1",
    good "both of one build",
    cite intel("section 38.13 (SIGSTRUCT)")
}

rule! { BUILD: Warning "build-other-measurement" ["XA06"],
    title "the build to be allowed is not the converted one",
    what "Compares MRENCLAVE of the build request with the converter's answer.",
    why "Another image would be approved than the one that was made.",
    bad "a build with yesterday's `mrenclave`",
    good "the `mrenclave` of the conversion response",
    cite manager("ConversionResponse.mrenclave, CreateBuildRequest.mrenclave")
}

rule! { SIZE: Warning "build-other-size" ["XA07"],
    title "application and build have other sizes",
    what "Compares memory and threads of the application with those of its builds and conversions.",
    why "Both are part of the measurement: the next build has another MRENCLAVE.",
    bad "\"mem_size\": 1024 in the application, 2048 in the build",
    good "one size",
    cite manager("AppRequest.mem_size, CreateBuildRequest.mem_size")
}
