//! The error codes of section 8 of the specification, with the messages that go with them.

/// An error code.
#[derive(Debug)]
pub(super) struct Code {
    /// Its name: `CERT_E_UNTRUSTEDROOT`.
    pub(super) name: &'static str,
    /// Other names of it.
    pub(super) also: &'static [&'static str],
    /// Its value; several names may share one.
    pub(super) value: Option<u32>,
    /// When it is given.
    pub(super) meaning: &'static str,
    /// Words by which a message is recognised, in lower case.
    pub(super) says: &'static [&'static str],
}

const fn code(
    name: &'static str,
    also: &'static [&'static str],
    value: u32,
    meaning: &'static str,
    says: &'static [&'static str],
) -> Code {
    Code { name, also, value: Some(value), meaning, says }
}

/// What a refused connection is reported as on the outside; the code of the reason stands in its text (CTX:117-133).
pub(super) const SERVER_FAILED: &str = "FABRIC_E_SERVER_AUTHENTICATION_FAILED";
/// What it is reported as by the side that refuses, and to the client that is refused.
pub(super) const DENIED: &str = "FABRIC_E_CONNECTION_DENIED";
/// No rule matched.
pub(super) const NOT_MATCHED: &str = "CertificateNotMatched";
/// Only expired certificates, or a refusal of the HTTP gateway.
pub(super) const CREDENTIALS: &str = "FABRIC_E_INVALID_CREDENTIALS";
/// The deployer refuses a manifest.
pub(super) const DEPLOYER: &str = "ClusterManifestValidationError";

pub(super) static CODES: &[Code] = &[
    code(
        SERVER_FAILED,
        &["FABRIC_E_SERVERAUTHENTICATIONFAILED", "ServerAuthenticationFailed"],
        0x8007_1c44,
        "the side that connects doesn't accept the other's certificate; the reason has a code of its own",
        &["server authentication failed"],
    ),
    code(
        DENIED,
        &["ConnectionDenied"],
        0x8007_1c43,
        "the side that is connected to doesn't accept the other's certificate; the reason has a code of its own",
        &["connection denied"],
    ),
    code(
        NOT_MATCHED,
        &["FABRIC_E_CERTIFICATE_NOT_MATCHED"],
        0x8007_1cbe,
        "no rule, or no rule that matches; the value is that of release 6.5 and moves between releases",
        &["certificate not matched"],
    ),
    code(
        "FABRIC_E_CERTIFICATE_NOT_FOUND",
        &["CertificateNotFound"],
        0x8007_1c57,
        "the store has no certificate that the node type's declaration finds",
        &["certificate not found"],
    ),
    code(
        CREDENTIALS,
        &["InvalidCredentials"],
        0x8007_1bf7,
        "the certificates that were found have expired; from the HTTP gateway, it refuses the client",
        &["http 403", "403 forbidden", "403 (forbidden)"],
    ),
    code(
        "FABRIC_E_INVALID_CREDENTIAL_TYPE",
        &["InvalidCredentialType"],
        0x8007_1bee,
        "a credential type that doesn't exist",
        &[],
    ),
    code(
        "FABRIC_E_INVALID_PROTECTION_LEVEL",
        &["InvalidProtectionLevel"],
        0x8007_1bf3,
        "a protection level that doesn't exist",
        &[],
    ),
    code(
        "FABRIC_E_INVALID_X509_THUMBPRINT",
        &["InvalidX509Thumbprint"],
        0x8007_1bf2,
        "a thumbprint that can't be read",
        &[],
    ),
    code(
        "FABRIC_E_INVALID_X509_FIND_TYPE",
        &["InvalidX509FindType"],
        0x8007_1bef,
        "a find type that doesn't exist",
        &[],
    ),
    code(
        "FABRIC_E_INVALID_X509_STORE_LOCATION",
        &["InvalidX509StoreLocation"],
        0x8007_1bf0,
        "a store location that doesn't exist",
        &[],
    ),
    code("FABRIC_E_INVALID_X509_STORE_NAME", &["InvalidX509StoreName"], 0x8007_1bf1, "a store without a name", &[]),
    code("FABRIC_E_INVALID_X509_STORE", &["InvalidX509Store"], 0x8007_1bf4, "a store that can't be opened", &[]),
    code("FABRIC_E_INVALID_SUBJECT_NAME", &["InvalidSubjectName"], 0x8007_1bf5, "an empty subject name to find", &[]),
    code(
        "FABRIC_E_INVALID_X509_NAME_LIST",
        &["InvalidX509NameList"],
        0x8007_1c47,
        "settings of issuers that exclude each other",
        &[],
    ),
    code(
        "FABRIC_E_INVALID_CONFIGURATION",
        &["InvalidConfiguration"],
        0x8007_1be5,
        "a secondary value for the node's own client",
        &[],
    ),
    code(
        "FABRIC_E_USER_ROLE_CLIENT_CERTIFICATE_NOT_CONFIGURED",
        &["UserRoleClientCertificateNotConfigured"],
        0x8007_1c4a,
        "roles are in effect, and a node type has no `UserRoleClientCertificate`",
        &[],
    ),
    code("FABRIC_E_IMAGEBUILDER_VALIDATION_ERROR", &[], 0x8007_1be6, "the image builder refuses a manifest", &[]),
    code(
        "InvalidArgument",
        &["E_INVALIDARG"],
        0x8007_0057,
        "a list of commas only, or a search by extension that can't be",
        &[],
    ),
    code(
        "CERT_E_EXPIRED",
        &[],
        0x800b_0101,
        "a certificate of the chain is expired or not yet valid",
        &["not within its validity period", "certificate has expired"],
    ),
    code(
        "CERT_E_UNTRUSTEDROOT",
        &[],
        0x800b_0109,
        "a name matched, its issuer is not pinned, and the root is not trusted",
        &["root certificate which is not trusted"],
    ),
    code(
        "CERT_E_CHAINING",
        &[],
        0x800b_010a,
        "the chain does not reach a root, and a name asks for one",
        &["could not be built to a trusted root"],
    ),
    code(
        "CERT_E_CN_NO_MATCH",
        &[],
        0x800b_010f,
        "a declared name is not the certificate's; it is not reported by itself",
        &[],
    ),
    code(
        "CERT_E_WRONG_USAGE",
        &[],
        0x800b_0110,
        "a certificate for clients only is judged as a server's",
        &["not valid for the requested usage"],
    ),
    code("CRYPT_E_REVOKED", &[], 0x8009_2010, "a certificate of the chain is revoked", &["certificate is revoked"]),
    code(
        "CRYPT_E_NO_REVOCATION_CHECK",
        &[],
        0x8009_2012,
        "a certificate names no place where its revocation could be checked",
        &["unable to check revocation for the certificate"],
    ),
    code(
        "CRYPT_E_REVOCATION_OFFLINE",
        &[],
        0x8009_2013,
        "the place where revocation is checked can't be reached",
        &["revocation server was offline"],
    ),
    code("SEC_E_CERT_UNKNOWN", &[], 0x8009_0327, "the certificate's common name can't be read", &[]),
    code(
        "SEC_E_UNKNOWN_CREDENTIALS",
        &[],
        0x8009_030d,
        "the certificate's private key is missing, or the node may not use it",
        &["credentials supplied to the package were not recognized"],
    ),
    code(
        "SEC_E_NO_CREDENTIALS",
        &[],
        0x8009_030e,
        "the certificate's private key is missing, or the node may not use it",
        &["no credentials are available in the security package"],
    ),
    code(
        "NTE_BAD_PROV_TYPE",
        &[],
        0x8009_0014,
        "the private key is kept by a provider that the runtime doesn't support",
        &["invalid provider type"],
    ),
    code(
        "E_FAIL",
        &["OperationFailed"],
        0x8000_4005,
        "any other fatal error of the chain; on Linux, a name where the chain has an error",
        &[],
    ),
    Code {
        name: DEPLOYER,
        also: &[],
        value: None,
        meaning: "the deployer refuses the manifest",
        says: &["cluster manifest validation failed"],
    },
];

/// The code of this name, under any of its names.
pub(super) fn named(name: &str) -> Option<&'static Code> {
    CODES.iter().find(|code| code.name == name || code.also.contains(&name))
}

/// Whether two names are of one code.
pub(super) fn same(one: &str, other: &str) -> bool {
    one == other
        || match (named(one), named(other)) {
            (Some(one), Some(other)) => one.name == other.name,
            _ => false,
        }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_and_values_are_unique() {
        let mut seen: alloc::vec::Vec<&str> = alloc::vec::Vec::new();
        for code in CODES {
            for name in core::iter::once(&code.name).chain(code.also) {
                assert!(!seen.contains(name), "{name}");
                seen.push(name);
            }
            let twins = CODES.iter().filter(|other| other.value.is_some() && other.value == code.value).count();
            assert!(code.value.is_none() || twins == 1, "{}", code.name);
            assert!(code.says.iter().all(|says| says.to_lowercase() == **says), "{}", code.name);
        }
    }
}
