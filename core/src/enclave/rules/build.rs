//! Builds, versions and approvals.
//!
//! What it checks: the numbers of a build request, and the tasks that allow-list it.
//! Why it matters: these are what somebody approves.
//! Reference: the models of the enclave manager.

use super::{Citation, intel, manager, rule};

rule! { RANGE: Error "identity-number-out-of-range" ["FX03", "EG04", "OC02", "OE02", "IS02", "GR02"],
    title "a product id or security version does not fit",
    what "ISVPRODID and ISVSVN have 16 bits: 0 to 65535; Open Enclave and EGo stop at 65534.",
    why "The signer refuses it, or cuts it off.",
    bad "\"isvprodid\": 70000",
    good "\"isvprodid\": 7",
    cite intel("section 38.13 (SIGSTRUCT), ISVPRODID and ISVSVN")
}

rule! { VERSION_ZERO: Warning "security-version-zero" ["FX04", "OC04", "IS03"],
    title "the security version starts at 0",
    what "Looks for a security version of 0 in a request or configuration.",
    why "There is no version below it: that this one replaced a faulty one can't be said.",
    bad "\"isvsvn\": 0",
    good "\"isvsvn\": 1, raised with each security fix",
    cite intel("section 38.4.1.2, security version")
}

rule! { MALFORMED: Error "measurement-malformed" ["FX25"],
    title "a measurement is not a hash",
    what "MRENCLAVE and MRSIGNER have 64 hexadecimal digits.",
    why "It matches no enclave.",
    bad "\"mrenclave\": \"c506\"",
    good "all 64 digits",
    cite manager("CreateBuildRequest.mrenclave, mrsigner")
}

rule! { PLACEHOLDER: Error "measurement-placeholder" ["FX26", "MB06"],
    title "a measurement is a placeholder",
    what "Looks for one byte repeated, all zeros or all ones, and for text in angle brackets.",
    why "No enclave measures to it: the template was not filled in.",
    bad "\"mrenclave\": \"0000...0000\"",
    good "the MRENCLAVE of the build",
    cite manager("CreateBuildRequest.mrenclave")
}

rule! { SETTINGS: Warning "build-settings-contradict" ["FX30"],
    title "old and new build settings differ",
    what "Compares the deprecated top-level numbers with `default_build_settings.sgx`.",
    why "Which of them counts is not documented.",
    bad "\"mem_size\": 1024 beside \"default_build_settings\": { \"sgx\": { \"mem_size\": 2048 } }",
    good "one of them",
    cite Citation::new("Fortanix API documentation", "add an application")
}

rule! { SHARED: Error "measurement-of-two-applications" ["FX28"],
    title "one MRENCLAVE stands under two applications",
    what "Compares the builds of the case: the same measurement, another application.",
    why "The manager refuses the second one.",
    bad "two builds with one `mrenclave`, `app_name` \"a\" and \"b\"",
    good "one application for each measurement",
    cite Citation::new("fortanix/em-client-rust", "em-cli, image already exists in a different application")
}

rule! { PENDING: Info "approval-pending" ["FX31"],
    title "an approval is missing",
    what "Looks at tasks for images and domains that are in progress or denied.",
    why "Without the image's approval the application does not run; without the domain's it runs without a certificate.",
    bad "BUILD_WHITELIST, INPROGRESS",
    good "BUILD_WHITELIST, SUCCESS",
    cite Citation::new("Fortanix support", "approval of domains and application builds")
}

rule! { SELF_APPROVED: Warning "approval-by-requester" ["FX32"],
    title "the requester approved",
    what "Compares who requested a task with who approved it.",
    why "Any administrator or editor may approve, so that one stolen account is enough.",
    bad "requester and approver with one `user_id`",
    good "a second person",
    cite manager("Task.requester_info, approvals")
}
