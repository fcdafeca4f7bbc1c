//! Secrets, and what an operator may change after the measurement.
//!
//! What it checks: credentials in documents, secrets in a measured and so public environment, arguments left open.
//! Why it matters: a manifest protects from change, not from reading.
//! Reference: the models of the enclave manager.

use super::{manager, rule};

rule! { CREDENTIAL: Error "credential-in-document" ["FX19"],
    title "a credential stands in the document",
    what "Looks for passwords, API keys and join tokens with a literal value. The value is not shown.",
    why "It goes wherever the document goes: a repository, a log, a chat.",
    bad "\"inputAuthConfig\": { \"username\": \"ci\", \"password\": \"...\" }",
    good "a reference to a secret store, filled in when the request is sent",
    cite manager("AuthConfig, SdkmsSigningKeyConfig, ZoneJoinToken")
}

rule! { IN_ENVIRONMENT: Error "secret-in-manifest-environment" ["FX20"],
    title "a secret stands in the measured environment",
    what "Looks at names in `manifestEnv` that say PASSWORD, SECRET, TOKEN or KEY.",
    why "The manifest is measured and public: everybody who has the image reads it.",
    bad "\"manifestEnv\": [\"DB_PASSWORD=...\"]",
    good "the password delivered after attestation",
    cite manager("AdvancedSettings.manifestEnv")
}

rule! { ARGUMENTS: Warning "arguments-from-operator" ["FX21"],
    title "the operator chooses the arguments",
    what "Looks for `allowCmdlineArgs` set to true.",
    why "Arguments are not measured: whoever runs the image decides what the program does.",
    bad "\"allowCmdlineArgs\": true",
    good "\"allowCmdlineArgs\": false, and the arguments in `entrypoint`",
    cite manager("AdvancedSettings.allowCmdlineArgs")
}
