//! The properties of `Microsoft.App/sessionPools`: names, types, enumerations, bounds, and in which versions they are.
//!
//! Reference: Azure/azure-rest-api-specs, `SessionPools.json` of each version; bounds of the documentation where the
//! specification has none.

mod container;
mod place;

use super::version::Versions;
use container::CUSTOM;

pub(super) use place::place_of;

/// A property and what it takes.
#[derive(Debug)]
pub(super) struct Property {
    pub(super) name: &'static str,
    pub(super) shape: Shape,
    pub(super) versions: Versions,
    /// What is known of it beyond its shape.
    pub(super) traits: Traits,
}

/// What is known of a property beyond its shape.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Traits {
    /// Whether the protection of a pool depends on it, so that dropping it silently is worse than an error.
    pub(super) security: bool,
    /// Whether only the service writes it.
    pub(super) read_only: bool,
    /// Whether PATCH may change it.
    pub(super) patch: bool,
}

/// What a property takes.
#[derive(Debug)]
pub(super) enum Shape {
    Text,
    Boolean,
    /// A whole number, with the bounds that are published, and who publishes them.
    Integer(Option<(i64, i64, &'static str)>),
    /// A number with a fraction, which may be written as a string.
    Number,
    /// One of these texts.
    Choice(&'static [Choice]),
    Object(&'static [Property]),
    List(&'static Shape),
    /// Any keys, any values.
    Map,
}

/// A value of an enumeration.
#[derive(Debug)]
pub(super) struct Choice {
    pub(super) name: &'static str,
    pub(super) versions: Versions,
}

const PLAIN: Traits = Traits { security: false, read_only: false, patch: true };
const SECURITY: Traits = Traits { security: true, read_only: false, patch: true };
const FIXED: Traits = Traits { security: false, read_only: false, patch: false };
const FIXED_SECURITY: Traits = Traits { security: true, read_only: false, patch: false };
const READ_ONLY: Traits = Traits { security: false, read_only: true, patch: false };

const fn with(name: &'static str, shape: Shape, versions: Versions, traits: Traits) -> Property {
    Property { name, shape, versions, traits }
}

const fn plain(name: &'static str, shape: Shape) -> Property {
    with(name, shape, Versions::ALL, PLAIN)
}

const fn choice(name: &'static str, versions: Versions) -> Choice {
    Choice { name, versions }
}

const DOCUMENTED: &str = "the documentation";
const SPECIFIED: &str = "the specification";
const COOLDOWN: Shape = Shape::Integer(Some((300, 3600, DOCUMENTED)));

/// The resource: a request's body, or a resource of a template.
pub(super) static RESOURCE: &[Property] = &[
    with("location", Shape::Text, Versions::ALL, FIXED),
    plain("tags", Shape::Map),
    with("identity", Shape::Object(IDENTITY), Versions::ALL, SECURITY),
    with("properties", Shape::Object(PROPERTIES), Versions::ALL, PLAIN),
    with("id", Shape::Text, Versions::ALL, READ_ONLY),
    with("systemData", Shape::Map, Versions::ALL, READ_ONLY),
];

/// What only a resource of a template has; a GET answers with `name` and `type` too.
pub(super) static TEMPLATE: &[&str] =
    &["name", "type", "apiVersion", "dependsOn", "condition", "copy", "comments", "scope", "existing", "metadata"];

static IDENTITY: &[Property] = &[
    plain(
        "type",
        Shape::Choice(&[
            choice("SystemAssigned", Versions::ALL),
            choice("UserAssigned", Versions::ALL),
            choice("SystemAssigned,UserAssigned", Versions::ALL),
            choice("None", Versions::ALL),
        ]),
    ),
    plain("userAssignedIdentities", Shape::Map),
    with("principalId", Shape::Text, Versions::ALL, READ_ONLY),
    with("tenantId", Shape::Text, Versions::ALL, READ_ONLY),
];

static PROPERTIES: &[Property] = &[
    with("environmentId", Shape::Text, Versions::ALL, FIXED),
    with(
        "containerType",
        Shape::Choice(&[
            choice("CustomContainer", Versions::ALL),
            choice("PythonLTS", Versions::FROM_2024_08),
            choice("NodeLTS", Versions::ONLY_2025_10),
            choice("Shell", Versions::ONLY_2025_10),
            choice("GpuBase", Versions::ONLY_2025_10),
            choice("JupyterPython", Versions::DRAFT),
            choice("FunctionsPython", Versions::DRAFT),
        ]),
        Versions::ALL,
        FIXED,
    ),
    with(
        "poolManagementType",
        Shape::Choice(&[choice("Dynamic", Versions::ALL), choice("Manual", Versions::ALL)]),
        Versions::ALL,
        FIXED,
    ),
    with("nodeCount", Shape::Integer(None), Versions::ALL, READ_ONLY),
    plain("scaleConfiguration", Shape::Object(SCALE)),
    with("maxConcurrentSessions", Shape::Integer(None), Versions::DRAFT, FIXED),
    plain("secrets", Shape::List(&Shape::Object(SECRETS))),
    with("dynamicPoolConfiguration", Shape::Object(DYNAMIC), Versions::ALL, SECURITY),
    plain("customContainerTemplate", Shape::Object(CUSTOM)),
    with("customContainerConfiguration", Shape::Map, Versions::DRAFT, FIXED),
    with("sessionAuthConfiguration", Shape::Object(AUTH), Versions::DRAFT, FIXED_SECURITY),
    with("sessionNetworkConfiguration", Shape::Object(NETWORK), Versions::ALL, SECURITY),
    with("managedIdentitySettings", Shape::List(&Shape::Object(IDENTITIES)), Versions::FROM_2024_10, FIXED_SECURITY),
    with("mcpServerSettings", Shape::Object(MCP), Versions::MCP, FIXED),
    with("poolManagementEndpoint", Shape::Text, Versions::ALL, READ_ONLY),
    with("provisioningState", Shape::Text, Versions::ALL, READ_ONLY),
    with("templateUpdateStatus", Shape::Map, Versions::ONLY_2025_10, READ_ONLY),
];

static SCALE: &[Property] =
    &[plain("maxConcurrentSessions", Shape::Integer(None)), plain("readySessionInstances", Shape::Integer(None))];

static SECRETS: &[Property] = &[plain("name", Shape::Text), plain("value", Shape::Text)];

static DYNAMIC: &[Property] = &[
    with("executionType", Shape::Choice(&[choice("Timed", Versions::ALL)]), Versions::LEGACY, PLAIN),
    with("cooldownPeriodInSeconds", COOLDOWN, Versions::LEGACY, SECURITY),
    with("lifecycleConfiguration", Shape::Object(LIFECYCLE), Versions::FROM_2025_01, SECURITY),
];

static LIFECYCLE: &[Property] = &[
    with(
        "lifecycleType",
        Shape::Choice(&[choice("Timed", Versions::ALL), choice("OnContainerExit", Versions::ALL)]),
        Versions::ALL,
        SECURITY,
    ),
    with("cooldownPeriodInSeconds", COOLDOWN, Versions::ALL, SECURITY),
    // No bounds are published.
    with("maxAlivePeriodInSeconds", Shape::Integer(None), Versions::ALL, SECURITY),
];

static AUTH: &[Property] = &[
    with("jwtToken", Shape::Text, Versions::ALL, FIXED_SECURITY),
    // The values of the draft are not described.
    with("status", Shape::Text, Versions::ALL, FIXED_SECURITY),
];

static NETWORK: &[Property] = &[
    with(
        "status",
        Shape::Choice(&[choice("EgressDisabled", Versions::ALL), choice("EgressEnabled", Versions::ALL)]),
        Versions::ALL,
        SECURITY,
    ),
    // Seen as `null` in live responses.
    with("outboundVnetSubnetId", Shape::Text, Versions::ALL, READ_ONLY),
];

static IDENTITIES: &[Property] = &[
    with("identity", Shape::Text, Versions::ALL, FIXED_SECURITY),
    with(
        "lifecycle",
        Shape::Choice(&[choice("None", Versions::ALL), choice("Main", Versions::ALL)]),
        Versions::ALL,
        FIXED_SECURITY,
    ),
];

static MCP: &[Property] = &[
    plain("isMcpServerEnabled", Shape::Boolean),
    with("isMcpServerApiKeyDisabled", Shape::Boolean, Versions::ALL, SECURITY),
    with("mcpServerEndpoint", Shape::Text, Versions::ALL, READ_ONLY),
];
