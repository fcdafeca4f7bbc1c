//! The profiles that are shipped.

use alloc::borrow::Cow;

use super::{Profile, Set, Unit};
use crate::Citation;

/// The 16 special characters that the documentation lists, with letters and digits. The translated article prints a
/// comma and a full stop among them, which are its own punctuation.
pub(crate) const DOCUMENTED_SET: Set = Set::ALPHANUMERIC.with(Set::of(b"|-&^%$#(){}[];<>"));
/// What the pattern of the API specification accepts: printable ASCII without the space and the backslash.
pub(crate) const SPECIFICATION_SET: Set = Set::range(0x21, 0x7e).without(Set::of(b"\\"));

/// The names of the profiles that are shipped, in their order.
pub const NAMES: &[&str] = &[
    "azure-docs",
    "azure-api-specification",
    "azure-safe",
    "aws-agentcore-runtime",
    "aws-bedrock-agents",
    "google-dialogflow",
    "google-vertex-agent-engine",
    "cloudflare-sandbox",
    "mcp-session",
    "azure-service-bus",
    "aspnet",
    "php",
    "express",
    "django",
    "tomcat",
    "actix",
    "owasp-cheatsheet",
    "owasp-asvs-5",
    "nist-800-63b-3",
    "nist-800-63b-4",
    "uuid-rfc9562",
];

/// What differs between profiles.
#[derive(Clone, Copy)]
struct Form {
    minimum: u32,
    maximum: Option<u32>,
    unit: Unit,
    characters: Set,
    first: Set,
    last: Set,
    reserved: &'static [Cow<'static, str>],
    entropy: Option<u32>,
    uuid: bool,
}

/// A form that everything has.
const ANY: Form = Form {
    minimum: 0,
    maximum: None,
    unit: Unit::Characters,
    characters: Set::ANY,
    first: Set::ANY,
    last: Set::ANY,
    reserved: &[],
    entropy: None,
    uuid: false,
};

const fn profile(name: &'static str, form: Form, source: &'static str, place: &'static str) -> Profile {
    Profile {
        name: Cow::Borrowed(name),
        minimum: form.minimum,
        maximum: form.maximum,
        unit: form.unit,
        characters: form.characters,
        first: form.first,
        last: form.last,
        reserved: Cow::Borrowed(form.reserved),
        entropy: form.entropy,
        uuid: form.uuid,
        citation: Citation::new(source, place),
    }
}

/// Every profile, the default first.
pub(crate) static SHIPPED: &[Profile] = &[
    profile(
        "azure-docs",
        Form { minimum: 4, maximum: Some(128), characters: DOCUMENTED_SET, ..ANY },
        "Use dynamic sessions in Azure Container Apps",
        "Identifier format",
    ),
    profile(
        "azure-api-specification",
        Form { minimum: 4, maximum: Some(128), characters: SPECIFICATION_SET, ..ANY },
        "Azure/azure-rest-api-specs",
        "specification/app/data-plane/DynamicSessions/models/common.tsp",
    ),
    profile(
        "azure-safe",
        Form { minimum: 32, maximum: Some(128), characters: Set::DIGITS.with(Set::LOWER).with(Set::of(b"-")), ..ANY },
        "Admit",
        "what keeps to both of Azure's rules and needs neither encoding nor care about case",
    ),
    profile(
        "aws-agentcore-runtime",
        Form { minimum: 33, maximum: Some(256), ..ANY },
        "Amazon Bedrock AgentCore",
        "InvokeAgentRuntime, runtimeSessionId",
    ),
    profile(
        "aws-bedrock-agents",
        Form { minimum: 2, maximum: Some(100), characters: Set::ALPHANUMERIC.with(Set::of(b"._:-")), ..ANY },
        "Amazon Bedrock",
        "InvokeAgent, sessionId",
    ),
    profile(
        "google-dialogflow",
        Form { minimum: 1, maximum: Some(36), unit: Unit::Bytes, ..ANY },
        "Dialogflow",
        "session ID: at most 36 bytes",
    ),
    profile(
        "google-vertex-agent-engine",
        Form {
            minimum: 1,
            maximum: Some(63),
            characters: Set::DIGITS.with(Set::LOWER).with(Set::of(b"-")),
            first: Set::DIGITS.with(Set::LOWER),
            last: Set::DIGITS.with(Set::LOWER),
            ..ANY
        },
        "Vertex AI Agent Engine",
        "sessions, session ID",
    ),
    profile(
        "cloudflare-sandbox",
        Form {
            minimum: 1,
            maximum: Some(63),
            first: Set::ANY.without(Set::of(b"-")),
            last: Set::ANY.without(Set::of(b"-")),
            reserved: &[
                Cow::Borrowed("www"),
                Cow::Borrowed("api"),
                Cow::Borrowed("admin"),
                Cow::Borrowed("root"),
                Cow::Borrowed("system"),
                Cow::Borrowed("cloudflare"),
                Cow::Borrowed("workers"),
            ],
            ..ANY
        },
        "Cloudflare Sandbox SDK",
        "sandbox ID validation",
    ),
    profile(
        "mcp-session",
        Form { minimum: 1, characters: Set::range(0x21, 0x7e), ..ANY },
        "Model Context Protocol",
        "Streamable HTTP, session management",
    ),
    profile(
        "azure-service-bus",
        Form { minimum: 1, maximum: Some(128), ..ANY },
        "Azure Service Bus quotas",
        "session ID",
    ),
    profile(
        "aspnet",
        Form { minimum: 24, maximum: Some(24), characters: Set::LOWER.with(Set::range(b'0', b'5')), ..ANY },
        "ASP.NET",
        "SessionIDManager",
    ),
    profile(
        "php",
        Form { minimum: 22, maximum: Some(256), characters: Set::ALPHANUMERIC.with(Set::of(b",-")), ..ANY },
        "PHP manual",
        "session.sid_length, session.sid_bits_per_character",
    ),
    profile(
        "express",
        Form { minimum: 32, maximum: Some(32), characters: Set::ALPHANUMERIC.with(Set::of(b"-_")), ..ANY },
        "express-session",
        "uid-safe, 24 bytes",
    ),
    profile(
        "django",
        Form { minimum: 32, maximum: Some(32), characters: Set::LOWER.with(Set::DIGITS), ..ANY },
        "Django",
        "SessionBase, VALID_KEY_CHARS",
    ),
    profile(
        "tomcat",
        Form { minimum: 32, maximum: Some(32), characters: Set::DIGITS.with(Set::range(b'A', b'F')), ..ANY },
        "Apache Tomcat",
        "StandardSessionIdGenerator",
    ),
    profile(
        "actix",
        Form { minimum: 64, maximum: Some(64), characters: Set::ALPHANUMERIC, ..ANY },
        "actix-session",
        "SessionKey",
    ),
    profile(
        "owasp-cheatsheet",
        Form { minimum: 16, unit: Unit::Bytes, entropy: Some(64), ..ANY },
        "OWASP Session Management Cheat Sheet",
        "session ID length, session ID entropy",
    ),
    profile("owasp-asvs-5", Form { entropy: Some(128), ..ANY }, "OWASP ASVS 5.0", "V7.2.3"),
    profile("nist-800-63b-3", Form { entropy: Some(64), ..ANY }, "NIST SP 800-63B-3", "section 7.1"),
    profile("nist-800-63b-4", Form { entropy: Some(64), ..ANY }, "NIST SP 800-63B-4", "section 5.1"),
    profile(
        "uuid-rfc9562",
        Form {
            minimum: 36,
            maximum: Some(36),
            characters: Set::DIGITS.with(Set::range(b'a', b'f')).with(Set::range(b'A', b'F')).with(Set::of(b"-")),
            uuid: true,
            ..ANY
        },
        "RFC 9562",
        "section 4",
    ),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_two_rules_of_azure_have_the_published_sizes() {
        assert_eq!((DOCUMENTED_SET.size(), SPECIFICATION_SET.size()), (78, 93));
        assert_eq!(DOCUMENTED_SET.without(SPECIFICATION_SET).size(), 0);
        for character in ",._@:/+=!~*?'\"`".chars() {
            assert!(!DOCUMENTED_SET.contains(character) && SPECIFICATION_SET.contains(character), "{character}");
        }
    }

    #[test]
    fn names_are_those_of_the_profiles() {
        assert!(SHIPPED.iter().map(|profile| profile.name.as_ref()).eq(NAMES.iter().copied()));
    }
}
