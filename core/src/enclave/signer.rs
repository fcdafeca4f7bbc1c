//! Signers whose private key is published: anyone can sign as them.

/// MRSIGNER and where the private key is published, by MRSIGNER.
pub(super) const PUBLISHED: [(&str, &str); 11] = [
    (
        "3b0afc0422ae85733e021ad4df327acecb8a5b6d390c97187dde080153e0fb70",
        "openenclave/openenclave: devex/vsextension/ProjectTemplates/oeenclave-windows",
    ),
    (
        "5e70caf3b3bb3b5dfaacfeaea8c2170d94e2f8c347b896f38640692b770e223f",
        "intel/linux-sgx: Linux_SGXEclipsePlugin, Basename_private.pem",
    ),
    (
        "6c1c59c89ed4dd9825649494fcb2ebf96a8a617a1d0589fe0147f0ef1b3f784d",
        "openenclave/openenclave: samples/attested_tls/client",
    ),
    (
        "83d719e77deaca1470f6baf62a4d774303c899db69020f9c70ee1dfc08c7ce9e",
        "intel/linux-sgx, occlum/occlum and fortanix/rust-sgx: the sample key Enclave_private.pem",
    ),
    (
        "9664d90755bd901069d4725cdd428038473d726f1cec0edf0d78e18a596b1d4e",
        "intel/linux-sgx: psw/ae/ref_le, enclave_private_test_key.pem",
    ),
    (
        "9fa48b1629bd246a1de3d38fb7df97f6554cd65d6b3b72e85b86848ae6b578ba",
        "openenclave/openenclave: samples/attested_tls/server",
    ),
    (
        "ab4bef629e84d221883767e0e5a08c7186bbd2c72564f19079a275702d915a89",
        "intel/SGX-TDX-DCAP-QuoteVerificationLibrary: Enclave_private.pem",
    ),
    (
        "c30446b4be9baf0f69728423ea613ef81a63e72acf7439fa0549001fd5482835",
        "occlum/occlum: demos/local_attestation, EnclaveInitiator_private.pem",
    ),
    (
        "c87c2f0142180e15f48270a6b4ccc5b1b4e1569528c1080511591998f0714994",
        "intel/SGXDataCenterAttestationPrimitives: qve_test_key.pem",
    ),
    (
        "ca9ad7331448980aa28890ce73e433638377f179ab4456b2fe237193193a8d0a",
        "openenclave/openenclave: the signer that unsigned debug enclaves get",
    ),
    (
        "fbbf17d6b0700e63ad55520f17ed6d2e06c2832217cd992bad243b5022ee83bc",
        "intel/linux-sgx: psw/ae/ref_le, le_private_test_key.pem",
    ),
];

/// Where the private key of this signer (64 lower-case digits) is published, if it is.
pub(super) fn published(mrsigner: &str) -> Option<&'static str> {
    PUBLISHED.iter().find(|(known, _)| *known == mrsigner).map(|(_, place)| *place)
}
