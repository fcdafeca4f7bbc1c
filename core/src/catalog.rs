//! The complete, ordered list of rules.

use alloc::borrow::Cow;

use serde::{Deserialize, Serialize};

use crate::{Kind, Severity, certificate, chain, enclave, fabric, placeholder, pool, session};

/// A text of a rule's page: empty in a build without the feature `pages`.
macro_rules! page {
    ($text:expr) => {
        if cfg!(feature = "pages") { $text } else { "" }
    };
}
pub(crate) use page;

/// A rule: what the rule pages, the worker's list and the documentation show. Its id never changes.
#[derive(Debug, Serialize)]
pub struct Rule {
    /// Lower-kebab, names the fault.
    pub id: &'static str,
    /// Other names under which it is found: the numbers of the fact sheet that first listed it.
    pub aliases: &'static [&'static str],
    /// The fault as a headline.
    pub title: &'static str,
    /// The severity unless a policy sets another.
    pub severity: Severity,
    /// The kinds of case in which it can be found.
    pub kinds: &'static [Kind],
    /// What it checks.
    pub what: &'static str,
    /// Why it matters.
    pub why: &'static str,
    /// An example that it finds.
    pub bad: &'static str,
    /// The same, mended.
    pub good: &'static str,
    /// Who says so.
    pub citation: Citation,
}

/// Who says so: a standard, a document, a source file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Citation {
    /// The document: "RFC 5280", "microsoft/service-fabric".
    pub source: Cow<'static, str>,
    /// The place in it: "section 4.2.1.9", "src/prod/src/Common/Thumbprint.cpp:197-244".
    pub place: Cow<'static, str>,
}

impl Citation {
    /// A citation for a constant.
    pub const fn new(source: &'static str, place: &'static str) -> Self {
        Self { source: Cow::Borrowed(source), place: Cow::Borrowed(place) }
    }
}

/// Every rule there is, in the order in which findings of one severity are shown. The only list of rules.
pub static RULES: &[&Rule] = &[
    // What was pasted.
    &certificate::PRIVATE_KEY_PASTED,
    // The cluster manifest as a document.
    &fabric::manifest::SECTION_DUPLICATED,
    &fabric::manifest::PARAMETER_ENCRYPTED,
    &fabric::manifest::MANIFEST_FRAGMENT,
    // The cluster manifest: what the deployer refuses.
    &fabric::rules::deployment::sections::FORBIDDEN,
    &fabric::rules::deployment::boolean::REFUSED,
    &fabric::rules::deployment::claims::INCOMPLETE,
    &fabric::rules::deployment::credential_type::REFUSED,
    &fabric::rules::deployment::node_types::MISSING,
    &fabric::rules::deployment::find_value::CHARACTER,
    &fabric::rules::deployment::reverse_proxy::INCOMPLETE,
    &fabric::rules::deployment::reverse_proxy::POLICY,
    &fabric::rules::deployment::file_store::INCOMPLETE,
    // A cluster configuration in JSON: what the product refuses, in the order in which it looks.
    &fabric::manifest::configuration::rules::VERSION_UNKNOWN,
    &fabric::manifest::configuration::rules::DUPLICATE_PARAMETER,
    &fabric::manifest::configuration::rules::CLIENT_WITHOUT_SERVER.rule,
    &fabric::manifest::configuration::rules::CLIENT_THUMBPRINT.rule,
    &fabric::manifest::configuration::rules::SERVER_THUMBPRINT.rule,
    &fabric::manifest::configuration::rules::CLUSTER_THUMBPRINT.rule,
    &fabric::manifest::configuration::rules::PROXY_THUMBPRINT.rule,
    &fabric::manifest::configuration::rules::COMMON_NAME.rule,
    &fabric::manifest::configuration::rules::PROXY_ISSUERS.rule,
    &fabric::manifest::configuration::rules::ISSUERS.rule,
    &fabric::manifest::configuration::rules::NAME_COUNT.rule,
    &fabric::manifest::configuration::rules::NAME_TWICE.rule,
    &fabric::manifest::configuration::rules::NAME_AND_THUMBPRINT.rule,
    &fabric::manifest::configuration::rules::STORES_WITHOUT_NAMES.rule,
    &fabric::manifest::configuration::rules::STORES_AND_PINS.rule,
    &fabric::manifest::configuration::rules::ISSUER_NULL.rule,
    &fabric::manifest::configuration::rules::STORE_NULL.rule,
    &fabric::manifest::configuration::rules::STORE_TWICE.rule,
    &fabric::manifest::configuration::rules::ISSUER_COUNT.rule,
    &fabric::manifest::configuration::rules::ISSUER_TWICE.rule,
    &fabric::manifest::configuration::rules::SERVER_AUTH_REQUIRED.rule,
    &fabric::manifest::configuration::rules::MEMBER_BEFORE_VERSION,
    &fabric::manifest::configuration::rules::MEMBER_UNKNOWN,
    // Service Fabric: what the manifest declares.
    &fabric::rules::matching::SECURITY_MISSING,
    &fabric::rules::credentials::NOT_X509,
    &fabric::rules::credentials::NODE_REFUSED,
    &fabric::rules::thumbprints::ABBREVIATED,
    &fabric::rules::thumbprints::MALFORMED,
    &fabric::rules::thumbprints::EMPTY,
    &fabric::rules::thumbprints::LENGTH,
    &fabric::rules::thumbprints::FLAG,
    &fabric::rules::thumbprints::DUPLICATED,
    &fabric::rules::names::ISSUERS,
    &fabric::rules::names::CONFLICT,
    &fabric::rules::names::LOST,
    &fabric::rules::roles::BOOLEAN,
    &fabric::rules::roles::CLIENT_ROLES_OFF,
    // Service Fabric: whether certificates are looked at.
    &fabric::rules::credential_type::MISSING,
    &fabric::rules::credential_type::CASE,
    // Service Fabric: what node types present.
    &fabric::rules::find_values::MALFORMED,
    &fabric::rules::find_values::TYPE,
    &fabric::rules::find_values::TYPE_CASE,
    &fabric::rules::find_values::STORE,
    &fabric::rules::find_values::CN_PREFIX,
    &fabric::rules::find_values::WILDCARD,
    &fabric::rules::presenting::NOT_FOUND,
    &fabric::rules::keys::MISSING,
    &fabric::rules::keys::UNREADABLE,
    &fabric::rules::keys::PROVIDER,
    &fabric::rules::presenting::ONLY_EXPIRED,
    &fabric::rules::presenting::DEFAULT_CLIENT,
    &fabric::rules::presenting::NOT_ACCEPTED,
    &fabric::rules::presenting::MISSING,
    &fabric::rules::presenting::BY_KEY,
    &fabric::rules::presenting::SECONDARY,
    &fabric::rules::margins::CLOSE,
    &fabric::rules::margins::MINUTES,
    // Service Fabric: parameters and recommendations.
    &fabric::rules::parameters::UNKNOWN,
    &fabric::rules::parameters::NOT_A_NUMBER,
    &fabric::rules::parameters::HAS_UNIT,
    &fabric::rules::parameters::DEPRECATED,
    &fabric::rules::claims::MALFORMED,
    &fabric::rules::recommendations::CRL_FLAG,
    &fabric::rules::recommendations::CRL_OFFLINE,
    &fabric::rules::recommendations::NO_ADMIN,
    &fabric::rules::recommendations::NO_CLIENT,
    &fabric::rules::recommendations::NOT_A_NAME,
    &fabric::rules::recommendations::BLANKS,
    &fabric::rules::recommendations::LINUX_STORES,
    &fabric::rules::recommendations::LINUX_PIN,
    &fabric::rules::recommendations::UNPINNED,
    &fabric::rules::recommendations::FIREWALL,
    &fabric::rules::certificates::NO_SECONDARY,
    &fabric::rules::certificates::PURPOSES,
    &fabric::rules::certificates::MIXED,
    &fabric::rules::certificates::ADDRESSES,
    &fabric::rules::certificates::EXPIRED_PIN,
    // Service Fabric: what the certificate meets.
    &fabric::rules::validity::EXPIRED,
    &fabric::rules::validity::NOT_YET_VALID,
    &fabric::rules::validity::ACCEPT_EXPIRED,
    &fabric::rules::issuers::NOT_LISTED,
    &fabric::rules::matching::NOT_LISTED,
    &fabric::rules::matching::NOT_ACCEPTED,
    &fabric::rules::quirks::STICKY_UNKNOWN_CA,
    &fabric::rules::quirks::UNTRUSTED_AND_OFFLINE,
    &fabric::rules::quirks::PEER_TRUST,
    &fabric::rules::quirks::DEFAULT_CLIENT,
    // Service Fabric: who would have it otherwise.
    &fabric::rules::notes::RUNTIME,
    &fabric::rules::notes::PLATFORM,
    &fabric::rules::notes::CONNECTION,
    &fabric::rules::notes::ARTICLE,
    // Chains.
    &chain::rules::SIGNATURE,
    &chain::rules::REVOKED,
    &chain::rules::UNTRUSTED_ROOT,
    &chain::rules::PARTIAL,
    &chain::rules::TIME,
    &chain::rules::USAGE,
    &chain::rules::CONSTRAINTS,
    &chain::rules::NOT_PERMITTED,
    &chain::rules::EXCLUDED,
    &chain::rules::NAME_CONSTRAINTS,
    &chain::rules::POLICY,
    &chain::rules::CRITICAL,
    &chain::rules::EXTENSION,
    &chain::rules::REVOCATION_UNKNOWN,
    &chain::rules::NAME,
    &chain::rules::BUDGET,
    &chain::rules::SHA1,
    &chain::rules::WEAK_KEY,
    // Placeholders.
    &placeholder::PLACEHOLDER_LEFT,
    // Sessions: the form of identifiers.
    &session::rules::format::SHORT,
    &session::rules::format::LONG,
    &session::rules::format::CHARACTER,
    &session::rules::format::UNDOCUMENTED,
    &session::rules::format::EDGE,
    &session::rules::format::RESERVED,
    &session::rules::format::NOT_UUID,
    // Sessions: how hard they are to guess.
    &session::rules::guessing::GUESSABLE,
    &session::rules::guessing::WEAK,
    &session::rules::guessing::AMBIGUOUS,
    &session::rules::guessing::LETTER,
    &session::rules::guessing::look::COUNTS,
    &session::rules::guessing::look::DATED,
    &session::rules::guessing::look::PERSONAL,
    &session::rules::guessing::look::SAMPLE,
    &session::rules::guessing::look::REPEATS,
    &session::rules::guessing::look::PADDED,
    &session::rules::guessing::look::TAIL,
    &session::rules::guessing::origin::DERIVED,
    &session::rules::guessing::origin::HASH,
    &session::rules::guessing::ENTROPY,
    // Sessions: how old they are.
    &session::rules::age::OLD,
    // Sessions: identifiers together.
    &session::rules::batch::owner::DUPLICATED,
    &session::rules::batch::owner::SHARED_USERS,
    &session::rules::batch::owner::SHARED_CONVERSATIONS,
    &session::rules::batch::owner::MANY,
    &session::rules::batch::owner::IS_USER,
    &session::rules::batch::equal::CASE,
    &session::rules::batch::equal::NORMALISED,
    &session::rules::batch::equal::COLLIDE,
    &session::rules::batch::pattern::SEQUENCE,
    &session::rules::batch::pattern::PREFIX,
    &session::rules::batch::pattern::PLACES,
    &session::rules::batch::timed::ROTATION,
    &session::rules::batch::timed::STALE,
    &session::rules::batch::timed::BURST,
    // Sessions: what becomes of them on the way.
    &session::rules::wire::COLLAPSES,
    &session::rules::wire::ALIASED,
    &session::rules::wire::INJECTS,
    &session::rules::wire::INVALID,
    &session::rules::wire::GLOBBED,
    &session::rules::wire::SHELL,
    // Sessions: where a request goes.
    &session::rules::endpoint::NOT_HTTPS,
    &session::rules::endpoint::UNCHECKED,
    &session::rules::endpoint::HOST_DIFFERS,
    &session::rules::endpoint::LOOK_ALIKE,
    &session::rules::endpoint::FOREIGN,
    &session::rules::endpoint::USERINFO,
    &session::rules::endpoint::PORT,
    &session::rules::endpoint::ADDRESS,
    &session::rules::endpoint::DOT,
    &session::rules::endpoint::FORM,
    &session::rules::endpoint::POOL_NAME,
    &session::rules::endpoint::POOL_HYPHEN,
    // Sessions: where the identifier stands.
    &session::rules::parameter::MISSING,
    &session::rules::parameter::TWICE,
    &session::rules::parameter::DISAGREES,
    &session::rules::parameter::IN_BODY,
    &session::rules::parameter::IN_PATH,
    &session::rules::parameter::FRAGMENT,
    &session::rules::parameter::UNENCODED,
    &session::rules::parameter::VERSION_TWICE,
    &session::rules::parameter::EXPANDED,
    &session::rules::parameter::STRANGER,
    // Sessions: what is asked for.
    &session::rules::operation::VERSION_MISSING,
    &session::rules::operation::VERSION_UNKNOWN,
    &session::rules::operation::MIXED,
    &session::rules::operation::WRAPPED,
    &session::rules::operation::BODY,
    &session::rules::operation::TIMEOUT,
    &session::rules::operation::path::UNKNOWN,
    &session::rules::operation::path::TRAVERSAL,
    &session::rules::operation::path::NOT_INTERCEPTED,
    &session::rules::operation::path::ALLOCATES,
    &session::rules::operation::path::FILE_NAME,
    // Sessions: how a request shows that it may.
    &session::rules::authorization::MISSING,
    &session::rules::authorization::SCHEME,
    &session::rules::authorization::IN_QUERY,
    &session::rules::authorization::KEY,
    &session::rules::authorization::ON_MCP,
    &session::rules::authorization::KEY_OLD,
    &session::rules::authorization::BROWSER,
    // Sessions: command lines.
    &session::rules::command::ROLE,
    &session::rules::command::SCOPE,
    &session::rules::command::RESOURCE,
    // Sessions: the token.
    &session::rules::token::SHAPE,
    &session::rules::token::ALGORITHM,
    &session::rules::token::HEADER,
    &session::rules::token::claim::AUDIENCE,
    &session::rules::token::claim::ALIAS,
    &session::rules::token::claim::ISSUER,
    &session::rules::token::time::EXPIRED,
    &session::rules::token::time::NOT_YET,
    &session::rules::token::time::TIMES,
    &session::rules::token::time::ENDING,
    &session::rules::token::claim::CLAIMS,
    &session::rules::token::claim::DELEGATED,
    &session::rules::token::time::LONG_LIVED,
    &session::rules::token::claim::MANAGED,
    &session::rules::token::claim::RELATED,
    &session::rules::token::SIGNATURE,
    // Sessions: who sees secrets.
    &session::rules::visibility::IDENTIFIER_LOGGED,
    &session::rules::visibility::TOKEN_LOGGED,
    &session::rules::visibility::KEY_LOGGED,
    &session::rules::visibility::IN_HEADER,
    &session::rules::visibility::REFERRER,
    &session::rules::visibility::NO_REFERRER,
    &session::rules::visibility::IN_CONTENT,
    &session::rules::visibility::FROM_CLIENT,
    &session::rules::visibility::CACHED,
    &session::rules::visibility::GUID_LOGGED,
    // Sessions: how long sessions live.
    &session::rules::lifetime::COOLDOWN_RANGE,
    &session::rules::lifetime::COOLDOWN_LONG,
    &session::rules::lifetime::NO_AGE,
    &session::rules::lifetime::LOST,
    &session::rules::lifetime::FULL,
    &session::rules::lifetime::MISTYPED,
    // Expressions of templates.
    &pool::rules::template::MALFORMED,
    &pool::rules::template::MISSING,
    &pool::rules::template::NOT_ALLOWED,
    // Session pools: their shape.
    &pool::rules::shape::DROPPED,
    &pool::rules::shape::UNKNOWN,
    &pool::rules::shape::MISPLACED,
    &pool::rules::shape::VERSION,
    &pool::rules::shape::CASE,
    &pool::rules::shape::TYPE,
    &pool::rules::shape::VALUE,
    &pool::rules::shape::VALUE_CASE,
    &pool::rules::shape::BOUNDS,
    &pool::rules::shape::READ_ONLY,
    &pool::rules::shape::PATCH,
    &pool::rules::shape::API_VERSION,
    &pool::rules::shape::LEGACY,
    &pool::rules::shape::text::DUPLICATED,
    &pool::rules::shape::text::NOT_JSON,
    // Session pools: what has to be there.
    &pool::rules::placement::REQUIRED,
    &pool::rules::placement::FORBIDDEN,
    &pool::rules::placement::ENVIRONMENT,
    &pool::rules::placement::TYPE,
    &pool::rules::placement::NAME,
    &pool::rules::placement::MANUAL,
    // Session pools: identities.
    &pool::rules::identity::MAIN_WITH_EGRESS,
    &pool::rules::identity::MAIN,
    &pool::rules::identity::UNASSIGNED,
    &pool::rules::identity::UNWRITTEN,
    &pool::rules::identity::CUSTOM_ONLY,
    // Session pools: network.
    &pool::rules::network::ENABLED,
    &pool::rules::network::IMPLICIT,
    // Session pools: how long sessions live.
    &pool::rules::life::MIXED,
    &pool::rules::life::CUSTOM_ONLY,
    &pool::rules::life::COOLDOWN,
    &pool::rules::life::ALIVE,
    &pool::rules::life::UNBOUNDED,
    &pool::rules::life::IMPLICIT,
    // Session pools: secrets.
    &pool::rules::secrets::ENVIRONMENT,
    &pool::rules::secrets::REFERENCE,
    &pool::rules::secrets::TEMPLATE,
    &pool::rules::secrets::PARAMETER,
    &pool::rules::secrets::BODY,
    &pool::rules::secrets::MISSING,
    &pool::rules::secrets::BOTH,
    // Session pools: registries.
    &pool::rules::registry::PASSWORD,
    &pool::rules::registry::BOTH,
    // Session pools: how many.
    &pool::rules::scale::READY,
    &pool::rules::scale::MOST,
    &pool::rules::scale::NONE,
    // Session pools: what runs.
    &pool::rules::container::TAG,
    &pool::rules::container::SILENT,
    // Session pools: who watches.
    &pool::rules::monitoring::NOWHERE,
    &pool::rules::monitoring::UNSEEN,
    &pool::rules::monitoring::INTERPRETER,
    &pool::rules::monitoring::KEY,
    // Enclaves: what the policy accepts.
    &enclave::rules::acceptance::MEASUREMENT,
    &enclave::rules::acceptance::SIGNER,
    &enclave::rules::acceptance::VERSION,
    &enclave::rules::acceptance::VERSION_FAR,
    &enclave::rules::acceptance::ATTRIBUTE,
    &enclave::rules::acceptance::MEMORY,
    &enclave::rules::acceptance::THREADS,
    &enclave::rules::acceptance::DOMAIN,
    &enclave::rules::acceptance::CERTIFICATE,
    &enclave::rules::acceptance::IMAGE,
    &enclave::rules::acceptance::FOUR_EYES,
    &enclave::rules::acceptance::LENIENT,
    &enclave::rules::acceptance::MALFORMED,
    &enclave::rules::acceptance::KNOWN_BAD,
    // Enclaves: artefacts against each other.
    &enclave::rules::across::SIGSTRUCT,
    &enclave::rules::across::BUILD,
    &enclave::rules::across::SIZE,
    // Enclaves: builds, versions and approvals.
    &enclave::rules::build::RANGE,
    &enclave::rules::build::VERSION_ZERO,
    &enclave::rules::build::MALFORMED,
    &enclave::rules::build::PLACEHOLDER,
    &enclave::rules::build::SETTINGS,
    &enclave::rules::build::SHARED,
    &enclave::rules::build::PENDING,
    &enclave::rules::build::SELF_APPROVED,
    // Enclaves: debug mode.
    &enclave::rules::debug::ENABLED,
    &enclave::rules::debug::LEFT_TO_HOST,
    // Enclaves: domains that certificates are asked for.
    &enclave::rules::domain::NOT_ALLOWED,
    &enclave::rules::domain::MALFORMED,
    &enclave::rules::domain::WILDCARD,
    &enclave::rules::domain::PLACEHOLDER,
    // Enclaves: keys and values of manifests and requests.
    &enclave::rules::form::KEY_MISSING,
    &enclave::rules::form::VALUE_TYPE,
    &enclave::rules::form::KEY_UNKNOWN,
    &enclave::rules::form::KEY_DUPLICATED,
    &enclave::rules::form::COMMENT,
    &enclave::rules::form::VALUE_UNKNOWN,
    // Enclaves: gramine and GSC manifests, and what other library operating systems share with them.
    &enclave::rules::gramine::ALLOWED_FILES,
    &enclave::rules::gramine::CHECK_OFF,
    &enclave::rules::gramine::HOST_ARGUMENTS,
    &enclave::rules::gramine::ENVIRONMENT,
    &enclave::rules::gramine::LOADER_VARIABLE,
    &enclave::rules::gramine::ASLR,
    &enclave::rules::gramine::LOG_LEVEL,
    &enclave::rules::gramine::KEY_IN_MANIFEST,
    &enclave::rules::gramine::HOST_MOUNT,
    &enclave::rules::gramine::EXCLUSIVE,
    &enclave::rules::gramine::TOOLING,
    &enclave::rules::gramine::NO_ATTESTATION,
    &enclave::rules::gramine::RETIRED,
    &enclave::rules::gramine::NOT_MEASURED,
    &enclave::rules::gramine::SURFACE,
    &enclave::rules::gramine::SEAL_KEY,
    // Enclaves: identities: measurement, signer, product and version.
    &enclave::rules::identity::PUBLISHED_SIGNER,
    &enclave::rules::identity::VERSION_UNSET,
    &enclave::rules::identity::KSS_IDS,
    // Enclaves: container images.
    &enclave::rules::image::MALFORMED,
    &enclave::rules::image::OVERWRITTEN,
    &enclave::rules::image::TAGGED,
    &enclave::rules::image::NEAR_MISS,
    &enclave::rules::image::MOVING,
    &enclave::rules::image::NO_DIGEST,
    // Enclaves: the certificate's key and the files it is written to.
    &enclave::rules::key::PATHS,
    &enclave::rules::key::EXPOSED,
    &enclave::rules::key::TOO_SMALL,
    &enclave::rules::key::SHORT_LIVED,
    &enclave::rules::key::ODD_SIZE,
    &enclave::rules::key::SYSTEM,
    // Enclaves: marbleRun manifests.
    &enclave::rules::marblerun::IDENTITY,
    &enclave::rules::marblerun::REFERENCE,
    &enclave::rules::marblerun::ADVISORIES,
    &enclave::rules::marblerun::STATUS,
    &enclave::rules::marblerun::NOT_SEALED,
    &enclave::rules::marblerun::UNREFERENCED,
    // Enclaves: how the image is run.
    &enclave::rules::run::PRIVILEGED,
    &enclave::rules::run::HOST_MOUNT,
    &enclave::rules::run::HOST_NETWORK,
    &enclave::rules::run::BACK_TICK,
    &enclave::rules::run::PUBLIC_AGENT,
    &enclave::rules::run::AGENT_ADDRESS,
    &enclave::rules::run::AGENT_PORT,
    &enclave::rules::run::RETIRED_DRIVER,
    &enclave::rules::run::MIXED_DRIVERS,
    &enclave::rules::run::PROVISION,
    &enclave::rules::run::SOCKET_FILE,
    &enclave::rules::run::CONFIGURATION,
    &enclave::rules::run::WITHOUT_SGX,
    &enclave::rules::run::UNPROTECTED,
    &enclave::rules::run::OTHER_IMAGE,
    &enclave::rules::enrolment::CANNOT_DEPLOY,
    &enclave::rules::enrolment::REGISTRY,
    &enclave::rules::enrolment::SIZE,
    &enclave::rules::enrolment::PASSWORD,
    &enclave::rules::enrolment::NOT_RUNNING,
    &enclave::rules::enrolment::OTHER_ENCLAVE,
    &enclave::rules::enrolment::OTHER_ACCOUNT,
    // Enclaves: secrets, and what an operator may change after the measurement.
    &enclave::rules::secret::CREDENTIAL,
    &enclave::rules::secret::IN_ENVIRONMENT,
    &enclave::rules::secret::ARGUMENTS,
    // Enclaves: sCONE sessions.
    &enclave::rules::session::NO_PROOF,
    &enclave::rules::session::ADVISORIES,
    &enclave::rules::session::WILDCARD,
    &enclave::rules::session::UNPINNED,
    &enclave::rules::session::LOOSE,
    &enclave::rules::session::PUBLIC_SECRET,
    // Enclaves: settings of signing tools and generators: Intel's SDK, Open Enclave, EGo, Occlum.
    &enclave::rules::setting::KEY,
    &enclave::rules::setting::VALUE,
    &enclave::rules::setting::OCTAL,
    &enclave::rules::setting::EXECUTABLE,
    &enclave::rules::setting::BOUND_ONCE,
    // Enclaves: the signature structure.
    &enclave::rules::signature::LENGTH,
    &enclave::rules::signature::HEADER,
    &enclave::rules::signature::SIGNATURE,
    &enclave::rules::signature::DATE,
    &enclave::rules::signature::RESERVED,
    &enclave::rules::signature::UNSIGNED,
    &enclave::rules::signature::PRIVILEGED,
    &enclave::rules::signature::ILLEGAL,
    &enclave::rules::signature::FEATURES,
    &enclave::rules::signature::OTHER_MEASUREMENT,
    // Enclaves: memory and threads.
    &enclave::rules::size::POWER,
    &enclave::rules::size::UNIT,
    &enclave::rules::size::NO_THREADS,
    &enclave::rules::size::UNUSUAL_THREADS,
    &enclave::rules::size::BY_BUILDER,
];

/// The rule with this id.
pub fn rule(id: &str) -> Option<&'static Rule> {
    RULES.iter().copied().find(|rule| rule.id == id)
}
