//! MarbleRun manifests.
//!
//! What it checks: that each package is one enclave and no other, and that the manifest's parts refer to each other.
//! Why it matters: the coordinator hands secrets to every enclave that a package describes.
//! Reference: MarbleRun's documentation of the manifest, and its checks.

use super::{Citation, rule};

const SOURCE: Citation = Citation::new("edgelesssys/marblerun at 757712c", "coordinator/manifest");

rule! { IDENTITY: Error "package-identity-incomplete" ["MB02"],
    title "a package is not one enclave",
    what "Wants `UniqueID`, or all of `SignerID`, `ProductID` and `SecurityVersion`, and not both.",
    why "With less, other enclaves get the package's secrets; with both, the coordinator refuses.",
    bad "{ \"SignerID\": \"...\" }",
    good "{ \"SignerID\": \"...\", \"ProductID\": 1, \"SecurityVersion\": 2 }",
    cite SOURCE
}

rule! { REFERENCE: Error "manifest-reference-broken" ["MB03"],
    title "the manifest refers to what is not there",
    what "Looks at packages of marbles, TLS tags, roles of users, types of secrets, thresholds.",
    why "The coordinator refuses the manifest.",
    bad "\"Marbles\": { \"web\": { \"Package\": \"bakcend\" } }",
    good "\"Marbles\": { \"web\": { \"Package\": \"backend\" } }",
    cite SOURCE
}

rule! { ADVISORIES: Error "advisories-key-misspelt" ["MB04"],
    title "the list of advisories is misspelt",
    what "Looks for keys near `AcceptedAdvisories`. The documentation itself writes one of them.",
    why "The reader drops it, and without a list every advisory is accepted.",
    bad "\"AcceptedAdivsories\": []",
    good "\"AcceptedAdvisories\": [\"INTEL-SA-00615\"]",
    cite SOURCE
}

rule! { STATUS: Error "tcb-status-lenient" ["MB05"],
    title "outdated or revoked platforms are accepted",
    what "Looks for OutOfDate and Revoked in `AcceptedTCBStatuses`, and for SWHardeningNeeded without a list of advisories.",
    why "Known faults of the platform open the enclave.",
    bad "\"AcceptedTCBStatuses\": [\"UpToDate\", \"OutOfDate\"]",
    good "\"AcceptedTCBStatuses\": [\"UpToDate\"]",
    cite SOURCE
}

rule! { NOT_SEALED: Error "state-not-sealed" ["MB07"],
    title "the coordinator's state is not sealed",
    what "Looks for `SealMode` Disabled.",
    why "After a restart the state is lost, and recovery is by key.",
    bad "\"SealMode\": \"Disabled\"",
    good "\"SealMode\": \"ProductKey\"",
    cite SOURCE
}

rule! { UNREFERENCED: Info "package-unreferenced" ["MB08"],
    title "no marble uses a package",
    what "Looks for packages that no marble names.",
    why "They are not checked, and show what was meant and forgotten.",
    bad "a package `old` without a marble",
    good "the package removed",
    cite SOURCE
}
