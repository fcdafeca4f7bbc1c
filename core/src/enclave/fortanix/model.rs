//! The models of the interface: keys, types, and what is required.

use crate::enclave::schema::{Field, Want, optional, required};

const CERTIFICATE: &[Field] = &[
    optional("issuer", Want::Text),
    optional("subject", Want::Text),
    optional("altNames", Want::Texts),
    optional("keyType", Want::Word(&["RSA"])),
    optional("keyParam", Want::Table(&[optional("size", Want::Integer)])),
    optional("keyPath", Want::Text),
    optional("certPath", Want::Text),
    optional("chainPath", Want::Text),
];

const CA_CERTIFICATE: &[Field] =
    &[optional("caPath", Want::Text), optional("caCert", Want::Text), optional("system", Want::Any)];

const RUNTIMES: &[&str] = &["JAVA-ORACLE", "OPENJDK", "OPENJ9", "LIBERTY-JRE"];

const ADVANCED: &[Field] = &[
    optional("entrypoint", Want::Texts),
    optional("encryptedDirs", Want::Texts),
    optional("certificate", Want::Table(CERTIFICATE)),
    optional("caCertificate", Want::Table(CA_CERTIFICATE)),
    optional("java_runtime", Want::Word(RUNTIMES)),
    optional("rw_dirs", Want::Texts),
    optional("allowCmdlineArgs", Want::Bool),
    optional("manifestEnv", Want::Texts),
];

const SETTINGS: &[Field] = &[
    optional(
        "sgx",
        Want::Table(&[
            optional("isvprodid", Want::Integer),
            optional("isvsvn", Want::Integer),
            optional("mem_size", Want::Integer),
            optional("threads", Want::Integer),
        ]),
    ),
    optional(
        "nitro_enclaves",
        Want::Table(&[optional("cpu_count", Want::Integer), optional("mem_size", Want::Integer)]),
    ),
];

/// AppRequest. The numbers are required unless `default_build_settings.sgx` has them, which the check knows.
pub(in crate::enclave) const APPLICATION: &[Field] = &[
    required("name", Want::Text),
    optional("description", Want::Text),
    required("input_image_name", Want::Text),
    required("output_image_name", Want::Text),
    optional("isvprodid", Want::Integer),
    optional("isvsvn", Want::Integer),
    optional("mem_size", Want::Any),
    optional("threads", Want::Integer),
    optional("allowed_domains", Want::Texts),
    optional("advanced_settings", Want::Table(ADVANCED)),
    optional("default_build_settings", Want::Table(SETTINGS)),
    optional("labels", Want::Map),
];

const DOCKER: &[Field] = &[
    required("docker_image_name", Want::Text),
    required("docker_version", Want::Text),
    optional("docker_image_sha", Want::Text),
    optional("docker_image_size", Want::Integer),
];

/// CreateBuildRequest.
pub(in crate::enclave) const BUILD: &[Field] = &[
    optional("docker_info", Want::Table(DOCKER)),
    required("mrenclave", Want::Text),
    required("mrsigner", Want::Text),
    required("isvprodid", Want::Integer),
    required("isvsvn", Want::Integer),
    optional("app_id", Want::Text),
    optional("app_name", Want::Text),
    optional("mem_size", Want::Any),
    optional("threads", Want::Integer),
    optional("advanced_settings", Want::Table(ADVANCED)),
];

/// Build: what the manager keeps of a build.
pub(in crate::enclave) const BUILD_RECORD: &[Field] = &[
    optional("build_id", Want::Text),
    optional("build_name", Want::Text),
    optional("docker_info", Want::Table(DOCKER)),
    optional("created_at", Want::Integer),
    optional("updated_at", Want::Integer),
    optional("app_id", Want::Text),
    optional("app_name", Want::Text),
    optional("app_description", Want::Text),
    required("status", Want::Any),
    optional("deployment_status", Want::Any),
    required(
        "enclave_info",
        Want::Table(&[
            required("mrenclave", Want::Text),
            required("mrsigner", Want::Text),
            required("isvprodid", Want::Integer),
            required("isvsvn", Want::Integer),
        ]),
    ),
    optional("mem_size", Want::Any),
    optional("threads", Want::Integer),
    optional("advanced_settings", Want::Table(ADVANCED)),
];

const CREDENTIALS: &[Field] = &[optional("username", Want::Text), optional("password", Want::Text)];

/// ConvertAppBuildRequest.
pub(in crate::enclave) const BUILD_CONVERSION: &[Field] = &[
    required("app_id", Want::Text),
    optional("docker_version", Want::Text),
    optional("input_docker_version", Want::Text),
    optional("output_docker_version", Want::Text),
    optional("inputAuthConfig", Want::Table(CREDENTIALS)),
    optional("outputAuthConfig", Want::Table(CREDENTIALS)),
    optional("authConfig", Want::Table(CREDENTIALS)),
    optional("debug", Want::Bool),
    optional("memSize", Want::Any),
    optional("threads", Want::Integer),
];

/// ConversionRequest.
pub(in crate::enclave) const CONVERSION: &[Field] = &[
    required("inputImageName", Want::Text),
    required("outputImageName", Want::Text),
    optional("inputAuthConfig", Want::Table(CREDENTIALS)),
    optional("outputAuthConfig", Want::Table(CREDENTIALS)),
    optional("authConfig", Want::Table(CREDENTIALS)),
    optional("memSize", Want::Any),
    optional("threads", Want::Integer),
    optional("debug", Want::Bool),
    optional("entrypoint", Want::Texts),
    optional("entrypointArgs", Want::Texts),
    optional("encryptedDirs", Want::Texts),
    optional("manifestOptions", Want::Any),
    optional("certificates", Want::Tables(CERTIFICATE)),
    optional("caCertificates", Want::Tables(CA_CERTIFICATE)),
    optional(
        "signingKey",
        Want::Table(&[
            optional("default", Want::Any),
            optional("sdkms", Want::Table(&[optional("name", Want::Text), optional("apiKey", Want::Text)])),
        ]),
    ),
    optional("externalPackages", Want::Text),
    optional("app", Want::Any),
    optional("coreDumpPattern", Want::Text),
    optional("logFilePath", Want::Text),
    optional("javaMode", Want::Word(RUNTIMES)),
    optional("rwDirs", Want::Texts),
    optional("allowCmdlineArgs", Want::Bool),
    optional("manifestEnv", Want::Texts),
];

/// ConversionResponse.
pub(in crate::enclave) const RESPONSE: &[Field] = &[
    optional("newImage", Want::Text),
    optional("imageSHA", Want::Text),
    optional("imageSize", Want::Integer),
    optional("isvprodid", Want::Integer),
    optional("isvsvn", Want::Integer),
    optional("mrenclave", Want::Text),
    optional("mrsigner", Want::Text),
];

/// Task.
pub(in crate::enclave) const TASK: &[Field] = &[
    required("task_id", Want::Text),
    required(
        "requester_info",
        Want::Table(&[
            optional("user_id", Want::Text),
            optional("user_name", Want::Text),
            optional("app_id", Want::Text),
            optional("app_name", Want::Text),
            required("requester_type", Want::Text),
        ]),
    ),
    required("entity_id", Want::Text),
    required(
        "task_type",
        Want::Word(&["NODE_ATTESTATION", "CERTIFICATE_ISSUANCE", "BUILD_WHITELIST", "DOMAIN_WHITELIST"]),
    ),
    required(
        "status",
        Want::Table(&[
            optional("created_at", Want::Integer),
            optional("status_updated_at", Want::Integer),
            required("status", Want::Word(&["INPROGRESS", "FAILED", "SUCCESS", "DENIED", "PENDING_WHITELIST"])),
        ]),
    ),
    optional("description", Want::Text),
    required(
        "approvals",
        Want::Tables(&[
            required("user_id", Want::Text),
            optional("user_name", Want::Text),
            optional("status", Want::Word(&["APPROVED", "DENIED"])),
        ]),
    ),
    optional("domains_added", Want::Texts),
    optional("domains_removed", Want::Texts),
];

/// AppNodeInfo: an application on a node.
const RUNNING: &[Field] = &[
    required("certificate", Want::Any),
    required("created_at", Want::Integer),
    required("node_id", Want::Text),
    optional("node_name", Want::Text),
    optional(
        "status",
        Want::Table(&[
            optional("status", Want::Word(&["RUNNING", "STOPPED", "UNKNOWN"])),
            optional("status_updated_at", Want::Integer),
            optional("attested_at", Want::Integer),
        ]),
    ),
    optional("build_info", Want::Table(BUILD_RECORD)),
    optional("message_count", Want::Integer),
    optional("key_id", Want::Text),
    optional("is_debug", Want::Bool),
];

/// Node.
pub(in crate::enclave) const NODE: &[Field] = &[
    required("name", Want::Text),
    optional("description", Want::Text),
    required("acct_id", Want::Text),
    optional("ipaddress", Want::Text),
    required("node_id", Want::Text),
    optional("host_id", Want::Text),
    optional("zone_id", Want::Text),
    required(
        "status",
        Want::Table(&[
            required("status", Want::Word(&["RUNNING", "STOPPED", "FAILED", "DEACTIVATED", "INPROGRESS"])),
            required("created_at", Want::Integer),
            required("status_updated_at", Want::Integer),
            optional("last_seen_at", Want::Integer),
            optional("last_seen_version", Want::Text),
        ]),
    ),
    optional("attested_at", Want::Integer),
    optional("certificate", Want::Text),
    required("apps", Want::Tables(RUNNING)),
    required("sgx_info", Want::Table(&[optional("version", Want::Text)])),
    optional("labels", Want::Map),
    optional("platform", Want::Text),
    optional("attestation_type", Want::Text),
    optional("error_report", Want::Any),
];

/// Account.
pub(in crate::enclave) const ACCOUNT: &[Field] = &[
    optional("name", Want::Text),
    required("acct_id", Want::Text),
    optional("created_at", Want::Integer),
    optional("roles", Want::List),
    optional("custom_logo", Want::Any),
    optional("status", Want::Word(&["ACTIVE", "PENDING", "DISABLED"])),
    optional("features", Want::Texts),
    optional("auth_configs", Want::Map),
    optional("approval_state", Want::Any),
];
