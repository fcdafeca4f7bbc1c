//! What the policy accepts.
//!
//! What it checks: identity, privileges, sizes, domains, certificates and images against the policy of the case.
//! Why it matters: an allow-list fails closed, or it is none.
//! Reference: the policy of the case.

use super::{ours, rule};

rule! { MEASUREMENT: Error "measurement-not-accepted" [],
    title "the policy does not accept this MRENCLAVE",
    what "Compares MRENCLAVE with the list of the policy, where it lists any.",
    why "It is another enclave than the one that was reviewed.",
    bad "an MRENCLAVE that `policy.mrenclave` does not list",
    good "the MRENCLAVE of the reviewed build, listed",
    cite ours("mrenclave")
}

rule! { SIGNER: Error "signer-not-accepted" [],
    title "the policy does not accept this signer or product",
    what "Compares MRSIGNER and ISVPRODID with the signers of the policy, where it lists any.",
    why "Somebody else signed it, or the same signer for another product.",
    bad "a signer of the policy with another product id",
    good "MRSIGNER and ISVPRODID as listed",
    cite ours("signers")
}

rule! { VERSION: Error "security-version-too-low" ["XA05"],
    title "the security version is below the policy's minimum",
    what "Compares ISVSVN with the minimum of the signer that the policy lists.",
    why "It is a version with a known fault: accepting it would allow a roll-back.",
    bad "ISVSVN 1 where the policy wants 2",
    good "ISVSVN 2",
    cite ours("signers[].minimum_svn")
}

rule! { VERSION_FAR: Warning "minimum-version-far-below" ["XA05"],
    title "the policy accepts much older versions",
    what "Looks for a minimum that is two or more below the enclave's own ISVSVN.",
    why "The versions between were replaced for a reason, and are accepted still.",
    bad "`minimum_svn` 1 for an enclave with ISVSVN 7",
    good "`minimum_svn` 6 while the roll-out lasts, 7 afterwards",
    cite ours("signers[].minimum_svn")
}

rule! { ATTRIBUTE: Error "attribute-not-permitted" [],
    title "the policy does not permit an attribute",
    what "Compares PROVISIONKEY and EINITTOKENKEY with `attributes`, and the other attributes and features with `features`.",
    why "The enclave may do more than was approved.",
    bad "PROVISIONKEY set, `attributes` empty",
    good "PROVISIONKEY set, `attributes` with `provision-key`",
    cite ours("attributes")
}

rule! { MEMORY: Error "memory-out-of-bounds" [],
    title "the memory is outside the policy's bounds",
    what "Compares the enclave's memory in MB with the bounds of the policy.",
    why "Protected memory is scarce; a size that nobody planned for starves others or fails to start.",
    bad "4096 MB with `most` 2048",
    good "2048 MB",
    cite ours("memory")
}

rule! { THREADS: Error "threads-out-of-bounds" [],
    title "the threads are outside the policy's bounds",
    what "Compares the number of threads with the bounds of the policy.",
    why "Each thread costs protected memory, and too few stop the application.",
    bad "512 threads with `most` 128",
    good "128 threads",
    cite ours("threads")
}

rule! { DOMAIN: Error "domain-not-accepted" [],
    title "the policy does not accept a domain",
    what "Compares each domain that certificates are asked for with those of the policy, by whole name.",
    why "The enclave would get a certificate for a name that was not approved.",
    bad "`other.contoso.com` where the policy lists `app.contoso.com`",
    good "`app.contoso.com`",
    cite ours("domains")
}

rule! { CERTIFICATE: Error "certificate-below-policy" [],
    title "the certificate configuration is less than the policy wants",
    what "Compares key type, RSA key size and key path with the policy.",
    why "A weak key, or one in the wrong place, undoes what the enclave protects.",
    bad "2048 bits with `least_rsa_bits` 3072",
    good "3072 bits",
    cite ours("certificate")
}

rule! { IMAGE: Error "image-not-accepted" [],
    title "the policy does not accept an image",
    what "Compares the digest of each image that is run with those of the policy.",
    why "A tag can be moved to another image at any time; only a digest names one.",
    bad "an image without digest where the policy lists digests",
    good "the same image with `@sha256:` and a digest that the policy lists",
    cite ours("images")
}

rule! { FOUR_EYES: Error "four-eyes-missing" [],
    title "nobody else approved",
    what "Looks for an approval by somebody other than the requester, where the policy wants one.",
    why "One stolen account would be enough to allow-list an enclave.",
    bad "requested and approved by the same user",
    good "approved by a second user",
    cite ours("four_eyes")
}

rule! { LENIENT: Warning "policy-lenient" ["XA04"],
    title "the policy accepts what should be refused in production",
    what "Looks for a policy that accepts debug mode, or a signer with minimum security version 0.",
    why "Such a policy is for development. Left in place it admits enclaves that keep no secret, or the oldest version.",
    bad "`debug`: true",
    good "`debug` absent, which refuses",
    cite ours("tried against known-bad enclaves")
}

rule! { MALFORMED: Error "policy-malformed" [],
    title "the policy names an identity that is none",
    what "MRENCLAVE and MRSIGNER have 64 hexadecimal digits, an image digest `sha256:` before them.",
    why "An entry that is no hash never matches, so that the policy says less than its author thinks.",
    bad "`mrenclave`: [\"c506...\"]",
    good "all 64 digits",
    cite ours("mrenclave, signers, images")
}

rule! { KNOWN_BAD: Error "policy-admits-known-bad" ["XA04"],
    title "the policy admits an enclave that is known to be bad",
    what "Tries the policy against bad enclaves: in debug mode, signed with a published key, with security version 0, with a \
          measurement of zeros.",
    why "A policy that admits these admits anything: it was copied from a sample or left open.",
    bad "`signers` with the MRSIGNER of a published key",
    good "`signers` with your own MRSIGNER",
    cite ours("tried against known-bad enclaves")
}
