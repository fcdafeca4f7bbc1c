//! Container images.
//!
//! What it checks: that image references are legal, that they agree with each other, and that they name one image.
//! Why it matters: what is approved is a measurement; what is run is whatever the reference leads to.
//! Reference: the reference grammar of the distribution project.

use super::{Citation, manager, rule};

rule! { MALFORMED: Error "image-reference-malformed" [],
    title "an image reference is not legal",
    what "Reads each reference by the grammar: registry, lower-case names, tag, digest.",
    why "Nothing can be pulled or pushed by that name. Machine translation puts foreign words into names.",
    bad "fortanx-\u{79c1}\u{7528}/python-flask-sgx",
    good "fortanix-private/python-flask-sgx",
    cite Citation::new("distribution/reference", "grammar of references")
}

rule! { OVERWRITTEN: Warning "image-overwritten" ["FX16"],
    title "the converted image overwrites the input",
    what "Looks for the same name as input and output image.",
    why "The unprotected image is lost, and nobody can tell which of the two a name means.",
    bad "\"input_image_name\": \"a/app\", \"output_image_name\": \"a/app\"",
    good "\"output_image_name\": \"a/app-sgx\"",
    cite manager("AppRequest.input_image_name, output_image_name")
}

rule! { TAGGED: Warning "image-name-tagged" ["FX17"],
    title "an image name carries a tag",
    what "Looks for a tag or digest in the image names of an application.",
    why "The tag belongs to the build: here it is refused or doubled.",
    bad "\"input_image_name\": \"owner/app:1.2\"",
    good "\"input_image_name\": \"owner/app\"",
    cite manager("AppRequest.input_image_name; ConvertAppBuildRequest.docker_version")
}

rule! { NEAR_MISS: Error "image-owner-near-miss" ["FX18"],
    title "two image names differ by a slip",
    what "Compares all image references of the case: owner or repository that differ in one or two characters.",
    why "The image is pushed to, or run from, somebody else's repository.",
    bad "`fortanx-private/python-flask-sgx` in the form, `fortanix-private/python-flask-sgx` in the command",
    good "one spelling",
    cite Citation::new("How to run an application with Fortanix Enclave Manager", "output image name and run command")
}

rule! { MOVING: Warning "image-version-moving" ["FX29"],
    title "an image version can move",
    what "Looks for the version `latest` or an empty one, and in a GSC configuration for a branch that moves.",
    why "The image behind it changes without the measurement that was approved.",
    bad "\"docker_version\": \"latest\"",
    good "\"docker_version\": \"1.2.0\", and the digest",
    cite manager("DockerInfo.docker_version")
}

rule! { NO_DIGEST: Warning "image-without-digest" ["RN11"],
    title "an image is run without a digest",
    what "Looks for an image reference without `@sha256:`.",
    why "A tag can be moved to another image at any time.",
    bad "docker run ... owner/app-sgx",
    good "docker run ... owner/app-sgx@sha256:<64 digits>",
    cite Citation::new("distribution/reference", "digests")
}
