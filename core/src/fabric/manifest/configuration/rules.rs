//! What the product refuses to deploy of a configuration in JSON, under the names that it uses.
//!
//! What it checks: the content of the declarations, one rule for each name of the product.
//! Why it matters: a configuration that is refused never takes effect, whatever it declares.
//! Reference: SettingsValidator.cs:58-389, 688-700; the names are those of ClusterManagementErrorCode.cs:249-679.

use crate::{Citation, Kind, Rule, Severity};

const KINDS: &[Kind] = &[Kind::Peer, Kind::Presentation, Kind::Rollout];

/// A rule that refuses, with the product's name for it.
pub(crate) struct Refusal {
    /// The product's name: `InvalidCommonName`.
    pub(crate) code: &'static str,
    pub(crate) rule: Rule,
}

const fn validator(lines: &'static str) -> Citation {
    Citation::new("microsoft/service-fabric at ddfed33", lines)
}

pub(crate) static CLIENT_WITHOUT_SERVER: Refusal = Refusal {
    code: "ClientCertDefinedWithoutServerCert",
    rule: Rule {
        id: "client-cert-defined-without-server-cert",
        aliases: &["ClientCertDefinedWithoutServerCert"],
        title: "client certificates without a server certificate",
        severity: Severity::Error,
        kinds: KINDS,
        what: crate::page!("Looks for a server certificate, by thumbprint or by name, where clients are declared."),
        why: crate::page!(
            "The configuration is refused: clients couldn't be told apart from anyone, since the cluster would show them no certificate."
        ),
        bad: crate::page!("\"ClusterCertificate\": {...}, \"ClientCertificateThumbprints\": [{...}]"),
        good: crate::page!(
            "\"ClusterCertificate\": {...}, \"ServerCertificate\": {...}, \"ClientCertificateThumbprints\": [{...}]"
        ),
        citation: validator("Microsoft.ServiceFabric.ClusterManagementCommon/SettingsValidator.cs:273-297"),
    },
};

pub(crate) static CLIENT_THUMBPRINT: Refusal = Refusal {
    code: "InvalidClientCertificateThumbprint",
    rule: Rule {
        id: "invalid-client-certificate-thumbprint",
        aliases: &["InvalidClientCertificateThumbprint"],
        title: "a client's thumbprint with a character that is no digit",
        severity: Severity::Error,
        kinds: KINDS,
        what: crate::page!(
            "Reads the characters of `CertificateThumbprint`: blanks, digits and the letters up to `f` are allowed, and no other."
        ),
        why: crate::page!(
            "The configuration is refused. An invisible character that was copied from the certificate's dialog is the usual reason."
        ),
        bad: crate::page!("\"CertificateThumbprint\": \"59:ec:79\""),
        good: crate::page!("\"CertificateThumbprint\": \"59 ec 79\""),
        citation: validator("Microsoft.ServiceFabric.ClusterManagementCommon/SettingsValidator.cs:167-271"),
    },
};

pub(crate) static SERVER_THUMBPRINT: Refusal = Refusal {
    code: "InvalidServerCertificateThumbprint",
    rule: Rule {
        id: "invalid-server-certificate-thumbprint",
        aliases: &["InvalidServerCertificateThumbprint"],
        title: "the server's thumbprint with a character that is no digit",
        severity: Severity::Error,
        kinds: KINDS,
        what: crate::page!("Reads the characters of both thumbprints of `ServerCertificate`."),
        why: crate::page!("The configuration is refused."),
        bad: crate::page!("\"Thumbprint\": \"59ec79*\""),
        good: crate::page!("\"Thumbprint\": \"59ec79\""),
        citation: validator("Microsoft.ServiceFabric.ClusterManagementCommon/SettingsValidator.cs:167-271"),
    },
};

pub(crate) static CLUSTER_THUMBPRINT: Refusal = Refusal {
    code: "InvalidClusterCertificateThumbprint",
    rule: Rule {
        id: "invalid-cluster-certificate-thumbprint",
        aliases: &["InvalidClusterCertificateThumbprint"],
        title: "the cluster's thumbprint with a character that is no digit",
        severity: Severity::Error,
        kinds: KINDS,
        what: crate::page!(
            "Reads the characters of both thumbprints of `ClusterCertificate`, and of `certificate` in a template."
        ),
        why: crate::page!(
            "The configuration is refused. `?true` and lists, which a manifest may have, are refused with it."
        ),
        bad: crate::page!("\"Thumbprint\": \"59ec79?true\""),
        good: crate::page!("\"Thumbprint\": \"59ec79\""),
        citation: validator("Microsoft.ServiceFabric.ClusterManagementCommon/SettingsValidator.cs:167-271"),
    },
};

pub(crate) static PROXY_THUMBPRINT: Refusal = Refusal {
    code: "InvalidReverseProxyCertificateThumbprint",
    rule: Rule {
        id: "invalid-reverse-proxy-certificate-thumbprint",
        aliases: &["InvalidReverseProxyCertificateThumbprint"],
        title: "the reverse proxy's thumbprint with a character that is no digit",
        severity: Severity::Error,
        kinds: KINDS,
        what: crate::page!("Reads the characters of both thumbprints of `ReverseProxyCertificate`."),
        why: crate::page!("The configuration is refused."),
        bad: crate::page!("\"Thumbprint\": \"59ec79*\""),
        good: crate::page!("\"Thumbprint\": \"59ec79\""),
        citation: validator("Microsoft.ServiceFabric.ClusterManagementCommon/SettingsValidator.cs:167-271"),
    },
};

pub(crate) static COMMON_NAME: Refusal = Refusal {
    code: "InvalidCommonName",
    rule: Rule {
        id: "invalid-common-name",
        aliases: &["InvalidCommonName"],
        title: "a common name of nothing but blanks",
        severity: Severity::Error,
        kinds: KINDS,
        what: crate::page!("Looks for names that are absent, empty or blank."),
        why: crate::page!("The configuration is refused."),
        bad: crate::page!("\"CertificateCommonName\": \" \""),
        good: crate::page!("\"CertificateCommonName\": \"node.contoso.com\""),
        citation: validator("Microsoft.ServiceFabric.ClusterManagementCommon/SettingsValidator.cs:58-66"),
    },
};

pub(crate) static PROXY_ISSUERS: Refusal = Refusal {
    code: "UnsupportedIssuerThumbprintPair",
    rule: Rule {
        id: "unsupported-issuer-thumbprint-pair",
        aliases: &["UnsupportedIssuerThumbprintPair"],
        title: "a name of the reverse proxy that is pinned to issuers",
        severity: Severity::Error,
        kinds: KINDS,
        what: crate::page!("Looks for issuers in `ReverseProxyCertificateCommonNames`."),
        why: crate::page!("The configuration is refused: the reverse proxy doesn't know issuers."),
        bad: crate::page!("\"CertificateCommonName\": \"proxy\", \"CertificateIssuerThumbprint\": \"59ec79\""),
        good: crate::page!("\"CertificateCommonName\": \"proxy\""),
        citation: validator("Microsoft.ServiceFabric.ClusterManagementCommon/SettingsValidator.cs:68-72"),
    },
};

pub(crate) static ISSUERS: Refusal = Refusal {
    code: "InvalidCertificateIssuerThumbprints",
    rule: Rule {
        id: "invalid-certificate-issuer-thumbprints",
        aliases: &["InvalidCertificateIssuerThumbprints"],
        title: "issuers that can't be read, or one of them twice",
        severity: Severity::Error,
        kinds: KINDS,
        what: crate::page!("Splits the issuers of a name at commas, without trimming, and reads each as a thumbprint."),
        why: crate::page!("The configuration is refused."),
        bad: crate::page!("\"CertificateIssuerThumbprint\": \"59ec79,59EC79\""),
        good: crate::page!("\"CertificateIssuerThumbprint\": \"59ec79,1fc3\""),
        citation: validator("Microsoft.ServiceFabric.ClusterManagementCommon/SettingsValidator.cs:74-83"),
    },
};

pub(crate) static NAME_COUNT: Refusal = Refusal {
    code: "InvalidCommonNameCount",
    rule: Rule {
        id: "invalid-common-name-count",
        aliases: &["InvalidCommonNameCount"],
        title: "more than two common names",
        severity: Severity::Error,
        kinds: KINDS,
        what: crate::page!(
            "Counts the names of the cluster, the server and the reverse proxy. Clients may have any number."
        ),
        why: crate::page!("The configuration is refused."),
        bad: crate::page!("\"CommonNames\": [{...}, {...}, {...}]"),
        good: crate::page!("\"CommonNames\": [{...}, {...}]"),
        citation: validator("Microsoft.ServiceFabric.ClusterManagementCommon/SettingsValidator.cs:85-96"),
    },
};

pub(crate) static NAME_TWICE: Refusal = Refusal {
    code: "DupeCommonNameNotAllowedForClusterCert",
    rule: Rule {
        id: "dupe-common-name-not-allowed-for-cluster-cert",
        aliases: &["DupeCommonNameNotAllowedForClusterCert"],
        title: "a common name that is declared twice",
        severity: Severity::Error,
        kinds: KINDS,
        what: crate::page!("Compares the names of the cluster, of the server and of the reverse proxy, case included."),
        why: crate::page!("The configuration is refused."),
        bad: crate::page!(
            "\"CommonNames\": [{ \"CertificateCommonName\": \"a\" }, { \"CertificateCommonName\": \"a\" }]"
        ),
        good: crate::page!("\"CommonNames\": [{ \"CertificateCommonName\": \"a\" }]"),
        citation: validator("Microsoft.ServiceFabric.ClusterManagementCommon/SettingsValidator.cs:98-107"),
    },
};

pub(crate) static NAME_AND_THUMBPRINT: Refusal = Refusal {
    code: "InvalidCommonNameThumbprintPair",
    rule: Rule {
        id: "invalid-common-name-thumbprint-pair",
        aliases: &["InvalidCommonNameThumbprintPair"],
        title: "a certificate that is declared by thumbprint and by name",
        severity: Severity::Error,
        kinds: KINDS,
        what: crate::page!(
            "Looks for both forms of declaration of the cluster, of the server, and of the reverse proxy."
        ),
        why: crate::page!("The configuration is refused, although a manifest may have both."),
        bad: crate::page!("\"ClusterCertificate\": {...}, \"ClusterCertificateCommonNames\": {...}"),
        good: crate::page!("\"ClusterCertificateCommonNames\": {...}"),
        citation: validator("Microsoft.ServiceFabric.ClusterManagementCommon/SettingsValidator.cs:109-128"),
    },
};

pub(crate) static STORES_WITHOUT_NAMES: Refusal = Refusal {
    code: "IssuerCertStoreSpecifiedWithoutCommonNameCertificate",
    rule: Rule {
        id: "issuer-cert-store-specified-without-common-name-certificate",
        aliases: &["IssuerCertStoreSpecifiedWithoutCommonNameCertificate"],
        title: "issuer stores without common names",
        severity: Severity::Error,
        kinds: KINDS,
        what: crate::page!("Looks for the common names of each role that has issuer stores."),
        why: crate::page!("The configuration is refused: issuers are those of certificates that are declared by name."),
        bad: crate::page!("\"ClusterCertificate\": {...}, \"ClusterCertificateIssuerStores\": [{...}]"),
        good: crate::page!("\"ClusterCertificateCommonNames\": {...}, \"ClusterCertificateIssuerStores\": [{...}]"),
        citation: validator("Microsoft.ServiceFabric.ClusterManagementCommon/SettingsValidator.cs:130-146"),
    },
};

pub(crate) static STORES_AND_PINS: Refusal = Refusal {
    code: "IssuerCertStoreAndIssuerPinningCannotBeTogether",
    rule: Rule {
        id: "issuer-cert-store-and-issuer-pinning-cannot-be-together",
        aliases: &["IssuerCertStoreAndIssuerPinningCannotBeTogether"],
        title: "issuers by thumbprint and by store",
        severity: Severity::Error,
        kinds: KINDS,
        what: crate::page!("Looks for issuers of names whose role has issuer stores."),
        why: crate::page!("The configuration is refused, and at run time the settings would be as well."),
        bad: crate::page!("\"CertificateIssuerThumbprint\": \"59ec79\" beside \"ClusterCertificateIssuerStores\""),
        good: crate::page!("\"CertificateIssuerThumbprint\": \"\" beside \"ClusterCertificateIssuerStores\""),
        citation: validator("Microsoft.ServiceFabric.ClusterManagementCommon/SettingsValidator.cs:299-330"),
    },
};

pub(crate) static ISSUER_NULL: Refusal = Refusal {
    code: "IssuerCNCannotBeNull",
    rule: Rule {
        id: "issuer-cn-cannot-be-null",
        aliases: &["IssuerCNCannotBeNull"],
        title: "an issuer store without the name of an issuer",
        severity: Severity::Error,
        kinds: KINDS,
        what: crate::page!(
            "Looks for `IssuerCommonName` in each issuer store. An empty name stands for every certificate of the store."
        ),
        why: crate::page!("The configuration is refused."),
        bad: crate::page!("{ \"X509StoreNames\": \"My\" }"),
        good: crate::page!("{ \"IssuerCommonName\": \"\", \"X509StoreNames\": \"My\" }"),
        citation: validator("Microsoft.ServiceFabric.ClusterManagementCommon/SettingsValidator.cs:360-365"),
    },
};

pub(crate) static STORE_NULL: Refusal = Refusal {
    code: "IssuerStoreNameCannotBeNull",
    rule: Rule {
        id: "issuer-store-name-cannot-be-null",
        aliases: &["IssuerStoreNameCannotBeNull"],
        title: "an issuer store without the name of a store",
        severity: Severity::Error,
        kinds: KINDS,
        what: crate::page!("Looks for `X509StoreNames` in each issuer store."),
        why: crate::page!("The configuration is refused."),
        bad: crate::page!("{ \"IssuerCommonName\": \"CA\" }"),
        good: crate::page!("{ \"IssuerCommonName\": \"CA\", \"X509StoreNames\": \"Root\" }"),
        citation: validator("Microsoft.ServiceFabric.ClusterManagementCommon/SettingsValidator.cs:367-371"),
    },
};

pub(crate) static STORE_TWICE: Refusal = Refusal {
    code: "DupIssuerCertificateStore",
    rule: Rule {
        id: "dup-issuer-certificate-store",
        aliases: &["DupIssuerCertificateStore"],
        title: "a store that is named twice",
        severity: Severity::Error,
        kinds: KINDS,
        what: crate::page!("Splits `X509StoreNames` at commas, trims, and compares; on Windows ignoring case."),
        why: crate::page!("The configuration is refused."),
        bad: crate::page!("\"X509StoreNames\": \"My, my\""),
        good: crate::page!("\"X509StoreNames\": \"My, Root\""),
        citation: validator("Microsoft.ServiceFabric.ClusterManagementCommon/SettingsValidator.cs:373-389"),
    },
};

pub(crate) static ISSUER_COUNT: Refusal = Refusal {
    code: "IssuerCertStoreCNMoreThan2",
    rule: Rule {
        id: "issuer-cert-store-cn-more-than-2",
        aliases: &["IssuerCertStoreCNMoreThan2"],
        title: "more than two issuers with stores",
        severity: Severity::Error,
        kinds: KINDS,
        what: crate::page!("Counts the issuer stores of the cluster and of the server."),
        why: crate::page!("The configuration is refused."),
        bad: crate::page!("\"ClusterCertificateIssuerStores\": [{...}, {...}, {...}]"),
        good: crate::page!("\"ClusterCertificateIssuerStores\": [{...}, {...}]"),
        citation: validator("Microsoft.ServiceFabric.ClusterManagementCommon/SettingsValidator.cs:332-340"),
    },
};

pub(crate) static ISSUER_TWICE: Refusal = Refusal {
    code: "DupIssuerCertificateCN",
    rule: Rule {
        id: "dup-issuer-certificate-cn",
        aliases: &["DupIssuerCertificateCN"],
        title: "an issuer that is declared twice",
        severity: Severity::Error,
        kinds: KINDS,
        what: crate::page!("Compares the issuers of one list, ignoring case."),
        why: crate::page!("The configuration is refused."),
        bad: crate::page!("[{ \"IssuerCommonName\": \"CA\" }, { \"IssuerCommonName\": \"ca\" }]"),
        good: crate::page!("[{ \"IssuerCommonName\": \"CA\" }]"),
        citation: validator("Microsoft.ServiceFabric.ClusterManagementCommon/SettingsValidator.cs:341-358"),
    },
};

pub(crate) static SERVER_AUTH_REQUIRED: Refusal = Refusal {
    code: "ServerAuthCredentialTypeRequired",
    rule: Rule {
        id: "server-auth-credential-type-required",
        aliases: &["ServerAuthCredentialTypeRequired"],
        title: "Azure Active Directory without certificates",
        severity: Severity::Error,
        kinds: KINDS,
        what: crate::page!("Looks for certificates where `AzureActiveDirectory` is declared."),
        why: crate::page!("The configuration is refused: clients with tokens must be shown the server's certificate."),
        bad: crate::page!("\"AzureActiveDirectory\": {...} alone"),
        good: crate::page!("\"AzureActiveDirectory\": {...} beside \"CertificateInformation\""),
        citation: validator("Microsoft.ServiceFabric.ClusterManagementCommon/SettingsValidator.cs:688-700"),
    },
};

pub(crate) static DUPLICATE_PARAMETER: Rule = Rule {
    id: "duplicate-parameter-not-allowed",
    aliases: &["DuplicateParameterNotAllowed"],
    title: "`fabricSettings` sets a parameter twice",
    severity: Severity::Error,
    kinds: KINDS,
    what: crate::page!("Compares the parameters of each section of `fabricSettings`, ignoring case."),
    why: crate::page!("The configuration is refused with `DuplicateParameterNotAllowed`."),
    bad: crate::page!("[{ \"name\": \"CrlCheckingFlag\" }, { \"name\": \"crlCheckingFlag\" }]"),
    good: crate::page!("[{ \"name\": \"CrlCheckingFlag\" }]"),
    citation: validator("Microsoft.ServiceFabric.ClusterManagementCommon/SettingsValidator.cs:430-460"),
};

pub(crate) static VERSION_UNKNOWN: Rule = Rule {
    id: "configuration-version-unknown",
    aliases: &[],
    title: "the configuration has an `apiVersion` that the product doesn't know",
    severity: Severity::Error,
    kinds: KINDS,
    what: crate::page!("Compares `apiVersion` with the versions of the model, case included."),
    why: crate::page!("The product raises `NotSupportedException`, and the configuration is never read."),
    bad: crate::page!("\"apiVersion\": \"2017-10\""),
    good: crate::page!("\"apiVersion\": \"10-2017\""),
    citation: validator("Microsoft.ServiceFabric.DeploymentManager/Model/StandAloneInstallerJSONModelBase.cs:20-31"),
};

pub(crate) static MEMBER_BEFORE_VERSION: Rule = Rule {
    id: "configuration-member-before-version",
    aliases: &[],
    title: "a declaration that the configuration's version doesn't have",
    severity: Severity::Warning,
    kinds: KINDS,
    what: crate::page!(
        "Looks for common names before version `05-2017`, and for issuer stores before version `10-2017`."
    ),
    why: crate::page!("The declaration is ignored like any unknown member, so it declares nobody."),
    bad: crate::page!("\"apiVersion\": \"01-2017\" with \"ClusterCertificateCommonNames\""),
    good: crate::page!("\"apiVersion\": \"10-2017\" with \"ClusterCertificateCommonNames\""),
    citation: validator("Microsoft.ServiceFabric.DeploymentManager/Model/X509May2017.cs, X509October2017.cs"),
};

pub(crate) static MEMBER_UNKNOWN: Rule = Rule {
    id: "configuration-member-unknown",
    aliases: &[],
    title: "a member that is nearly a known one",
    severity: Severity::Warning,
    kinds: KINDS,
    what: crate::page!("Compares the members of the configuration with those that the product reads, ignoring case."),
    why: crate::page!("The product ignores members that it doesn't know, so a misspelt declaration declares nobody."),
    bad: crate::page!("\"ThumbprintSecondry\": \"...\""),
    good: crate::page!("\"ThumbprintSecondary\": \"...\""),
    citation: validator("Microsoft.ServiceFabric.DeploymentManager/Model/StandAloneInstallerJSONModelBase.cs"),
};
