//! Words for sessions.

use admit_core::session::{Acceptance, Bits, Client, Effect, PartKind, Signature};

use crate::prose::count;

/// Heading of an identifier, its name follows.
pub const IDENTIFIER: &str = "Identifier";
/// Heading of several.
pub const IDENTIFIERS: &str = "Identifiers";
/// Heading of the parts of an identifier.
pub const PARTS: &str = "Parts";
/// Heading of the wire table, first column.
pub const SERVER_SEES: &str = "The server sees";
/// Second column.
pub const MEANS: &str = "That is";
/// Third column.
pub const FROM: &str = "Sent by";
/// The table's caption.
pub const MEANT: &str = "You meant ";
/// Every client is right.
pub const AS_MEANT: &str = "The server sees what you meant, whichever client sends it.";
/// Nothing arrives.
pub const NOTHING: &str = "nothing";
/// The version got lost.
pub const NO_VERSION: &str = "without the API version";
/// Before clients that send so in one order of parameters only.
pub const IDENTIFIER_FIRST: &str = "With the identifier in front: ";
/// The other order.
pub const VERSION_FIRST: &str = "With the API version in front: ";
/// The queries as they are sent.
pub const SENT: &str = "What each sends, in both orders of parameters";
/// Heading of copies without secrets.
pub const REDACTED: &str = "To pass on";
/// What these copies are.
pub const ABOUT_REDACTED: &str = "Identifiers, tokens and keys are replaced; the same identifier has the same number everywhere. Read it before you send it.";
/// The button that saves one.
pub const DOWNLOAD: &str = "Download";
/// A token's beginning.
pub const NOT_BEFORE: &str = "Not before";
/// Its version.
pub const VERSION: &str = "Version";
/// For whom it stands.
pub const STANDS_FOR: &str = "Stands for";
/// Its signature.
pub const SIGNATURE: &str = "Signature";
/// The environment of an endpoint.
pub const ENVIRONMENT: &str = "Environment";
/// The subscription of an endpoint.
pub const SUBSCRIPTION: &str = "Subscription";
/// The resource group of an endpoint.
pub const GROUP: &str = "Resource group";
/// Heading of the strength.
pub const STRENGTH: &str = "Strength";
/// Heading of named thresholds.
pub const THRESHOLDS: &str = "Against named thresholds";
/// What a request asks.
pub const OPERATION: &str = "Asks to";
/// Its method.
pub const METHOD: &str = "Method";
/// Its host.
pub const HOST: &str = "Host";
/// Its pool.
pub const POOL: &str = "Pool";
/// The pool's region.
pub const REGION: &str = "Region";
/// The version of the API.
pub const API_VERSION: &str = "API version";
/// What the container sees.
pub const FORWARDED: &str = "Container sees";
/// Where the identifiers stand.
pub const IDENTIFIER_IN: &str = "Identifier in";
/// A token's algorithm.
pub const ALGORITHM: &str = "Algorithm";
/// Whom it is for.
pub const AUDIENCE: &str = "Audience";
/// Who issued it.
pub const ISSUER: &str = "Issuer";
/// When.
pub const ISSUED: &str = "Issued";
/// Until when.
pub const EXPIRES: &str = "Expires";
/// Heading of a request.
pub const REQUEST: &str = "The request";
/// Heading of a token.
pub const TOKEN: &str = "The token";

/// How far an identifier is acceptable.
pub fn acceptance(acceptance: Acceptance) -> &'static str {
    match acceptance {
        Acceptance::Portable => "Its form is acceptable by both of Azure’s published rules.",
        Acceptance::SpecificationOnly => {
            "Its form is acceptable by the API specification only, not by the documentation."
        }
        Acceptance::Accepted => "Its form is acceptable by this profile.",
        Acceptance::Rejected => "Its form is not acceptable.",
    }
}

/// Bits with one decimal, rounded down.
pub fn bits(bits: Bits) -> String {
    let tenths = bits.thousandths() / 100;
    match tenths % 10 {
        0 => format!("{}", tenths / 10),
        tenth => format!("{}.{tenth}", tenths / 10),
    }
}

/// The strength in a sentence.
pub fn strength(structural: Bits, upper: Bits, time: &str) -> String {
    format!(
        "{} bits by its structure, at most {} by its alphabet. One of the population is expected to be guessed after {time}.",
        bits(structural),
        bits(upper)
    )
}

/// What a threshold asks for, and whether it is met.
pub fn asks(bits: u32, passes: bool) -> String {
    format!("asks for {bits} bits: {}", if passes { "met" } else { "not met" })
}

/// The bits of a part.
pub fn part_bits(amount: Bits) -> String {
    format!("{} bits", bits(amount))
}

/// The picture in a sentence: characters by class, then what is not allowed.
pub fn picture(classes: &[(usize, &str, &str)], offences: &[String]) -> String {
    let total: usize = classes.iter().map(|(number, ..)| number).sum();
    let classes: Vec<String> = classes.iter().map(|(number, one, many)| count(*number, one, many)).collect();
    let offences = if offences.is_empty() { String::new() } else { format!(" Marked: {}.", offences.join(", ")) };
    format!("{}: {}.{offences}", count(total, "character", "characters"), classes.join(", "))
}

/// A marked character: what it is and where.
pub fn marked(character: &str, place: usize) -> String {
    format!("{character} at {place}")
}

/// How many characters are not drawn.
pub fn not_drawn(number: usize) -> String {
    format!("… and {}", count(number, "character more", "characters more"))
}

/// How many identifiers are not shown.
pub fn not_shown(shown: usize, judged: u32) -> String {
    format!("{shown} of {judged} identifiers are shown.")
}

/// A client.
pub fn client(client: Client) -> &'static str {
    match client {
        Client::Interpolation => "a string put together (urllib and most clients)",
        Client::Fetch => "a string put together (browser, fetch)",
        Client::Requests => "a string put together (Python requests)",
        Client::Curl => "curl",
        Client::CurlNoGlob => "curl -g",
        Client::EncodeUri => "encodeURI",
        Client::EncodeUriComponent => "encodeURIComponent",
        Client::UrlSearchParams => "URLSearchParams",
        Client::FormUrlencoded => "form_urlencoded",
        Client::Quote => "quote",
        Client::QuoteNothingSafe => "quote(safe=\"\")",
        Client::NonAlphanumeric => "NON_ALPHANUMERIC",
        Client::EncodedTwice => "encoded twice",
    }
}

/// A document without its secrets.
pub fn redacted(noun: &str) -> String {
    format!("The {noun} without secrets")
}

/// The name of its file.
pub fn redacted_file(noun: &str) -> String {
    format!("{noun}-redacted.txt")
}

/// For whom a token stands.
pub fn stands_for(delegated: bool, managed: bool) -> &'static str {
    match (delegated, managed) {
        (true, _) => "a user",
        (false, true) => "a managed identity",
        (false, false) => "an application",
    }
}

/// What is known about a signature.
pub fn signature(signature: Signature) -> &'static str {
    match signature {
        Signature::Verified => "made by the issuer’s key",
        Signature::Wrong => "not made by the issuer’s key",
        Signature::Unknown => "not known without the issuer’s keys",
    }
}

/// An effect.
pub fn effect(effect: Effect) -> &'static str {
    match effect {
        Effect::Equal => "what you meant",
        Effect::Collapsed => "only its beginning: others may have the same",
        Effect::Aliased => "another identifier",
        Effect::Injected => "parameters that you did not mean",
        Effect::Invalid => "not an identifier",
        Effect::Multiplied => "several requests",
        Effect::Unsent => "not sent at all",
    }
}

/// A kind of part.
pub fn part(kind: PartKind) -> &'static str {
    match kind {
        PartKind::Uuid => "UUID",
        PartKind::Ulid => "ULID",
        PartKind::Ksuid => "KSUID",
        PartKind::ObjectId => "ObjectId",
        PartKind::Snowflake => "snowflake",
        PartKind::Instant => "instant",
        PartKind::Date => "date",
        PartKind::Integer => "number",
        PartKind::Mail => "mail address",
        PartKind::Telephone => "telephone number",
        PartKind::SecurityIdentifier => "security identifier",
        PartKind::Placeholder => "placeholder",
        PartKind::Word => "word",
        PartKind::Hexadecimal => "hexadecimal",
        PartKind::Unstructured => "no structure",
        PartKind::Repeat => "repeated",
        PartKind::Sequence => "sequence",
        PartKind::Keyboard => "keyboard run",
        PartKind::Padding => "padding",
        PartKind::Separator => "separator",
    }
}
