//! What becomes of an identifier between the application's string and the server's parameter.

mod client;
mod encode;
mod glob;
mod query;

use alloc::string::{String, ToString as _};
use alloc::vec::Vec;

use serde::{Deserialize, Serialize};

use super::profile::{Acceptance, SHIPPED, SPECIFICATION, Set, judge};

pub use client::Client;

pub(crate) use encode::decode;
pub(crate) use glob::expand;
pub(crate) use query::{Query, parse as parse_query};

/// The two orders in which the parameters are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Order {
    /// `?identifier=...&api-version=...`, as the command line and the libraries do.
    IdentifierFirst,
    /// `?api-version=...&identifier=...`, as the documentation does.
    VersionFirst,
}

/// What the server sees, measured against what was meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Effect {
    /// The identifier that was meant.
    Equal,
    /// The beginning of it: other identifiers may have the same.
    Collapsed,
    /// Another identifier that is acceptable.
    Aliased,
    /// Parameters that were not meant, or one of them twice.
    Injected,
    /// None that the service accepts, or one that some servers can't decode.
    Invalid,
    /// Several requests with several identifiers.
    Multiplied,
    /// Nothing: the client refuses to send it.
    Unsent,
}

/// One way from the application to the server.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Way {
    /// How the URL is built and sent.
    pub client: Client,
    /// Which parameter stands first.
    pub order: Order,
    /// The query as it is sent, or the first of several.
    pub sent: String,
    /// Every value of `identifier` that the server parses, of all requests.
    pub seen: Vec<String>,
    /// What that means.
    pub effect: Effect,
    /// Whether the server sees the API version that was meant, and no other.
    pub version_arrives: bool,
}

/// The API version that stands in simulated queries.
pub(crate) const VERSION: &str = "2025-10-02-preview";

/// Whether an identifier of these characters is the same under every model: letters, digits and `-`.
pub(crate) fn is_safe(seen: Set) -> bool {
    const SAFE: Set = Set::ALPHANUMERIC.with(Set::of(b"-"));
    seen.without(SAFE).is_empty()
}

/// Every way, in the order of the clients, for both orders of parameters.
pub(crate) fn ways(identifier: &str) -> Vec<Way> {
    let mut ways = Vec::new();
    for client in Client::ALL {
        for order in [Order::IdentifierFirst, Order::VersionFirst] {
            ways.push(way(identifier, client, order));
        }
    }
    ways
}

/// The ways that the rules ask about, in the order of the clients: enough where nothing is shown one by one.
pub(crate) fn decisive_ways(identifier: &str) -> Vec<Way> {
    let has = |set: &[u8]| identifier.bytes().any(|byte| set.contains(&byte));
    let mut clients = Vec::new();
    if has(CHANGED) {
        clients.push(Client::Interpolation);
    }
    if has(b"[]{}\\") {
        clients.extend([Client::Curl, Client::CurlNoGlob]);
    }
    clients.into_iter().map(|client| way(identifier, client, Order::VersionFirst)).collect()
}

/// One way.
pub(crate) fn way(identifier: &str, client: Client, order: Order) -> Way {
    let written = client.write(identifier);
    let query = match order {
        Order::IdentifierFirst => alloc::format!("?identifier={written}&api-version={VERSION}"),
        Order::VersionFirst => alloc::format!("?api-version={VERSION}&identifier={written}"),
    };
    let Some(requests) = client.send(&query) else {
        let (seen, effect) = (Vec::new(), Effect::Unsent);
        return Way { client, order, sent: String::new(), seen, effect, version_arrives: false };
    };
    let parsed: Vec<Query> = requests.iter().map(|query| parse_query(query)).collect();
    let seen: Vec<String> = parsed.iter().flat_map(|query| query.all("identifier")).map(String::from).collect();
    let version_arrives = parsed.iter().all(|query| query.all("api-version").eq([VERSION]));
    let effect = match parsed.as_slice() {
        [query] => effect(identifier, query),
        _ => Effect::Multiplied,
    };
    Way { client, order, sent: requests.first().cloned().unwrap_or_default(), seen, effect, version_arrives }
}

/// Characters that some client or server makes another of. Without them every model gives back what was meant.
pub(crate) const CHANGED: &[u8] = b"&#%+;[]{}\\";

fn effect(meant: &str, query: &Query) -> Effect {
    let identifiers = query.all("identifier").count();
    let versions = query.all("api-version").count();
    let stranger = query
        .parameters
        .iter()
        .any(|parameter| parameter.has_value && parameter.name != "identifier" && parameter.name != "api-version");
    if identifiers > 1 || versions > 1 || stranger {
        return Effect::Injected;
    }
    let seen = query.all("identifier").next().unwrap_or_default().to_string();
    if query.undecodable || !is_acceptable(&seen) && seen != meant {
        Effect::Invalid
    } else if seen == meant {
        Effect::Equal
    } else if meant.starts_with(&seen) {
        Effect::Collapsed
    } else {
        Effect::Aliased
    }
}

/// Whether the service could accept it: by the wider of the two published rules.
fn is_acceptable(identifier: &str) -> bool {
    SHIPPED
        .iter()
        .find(|profile| profile.name == SPECIFICATION)
        .is_some_and(|profile| judge(profile, identifier, Set::seen(identifier)).acceptance != Acceptance::Rejected)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seen(identifier: &str, client: Client, order: Order) -> (Effect, Vec<String>, bool) {
        let way = way(identifier, client, order);
        (way.effect, way.seen, way.version_arrives)
    }

    #[test]
    fn interpolation_does_what_was_measured() {
        use Effect::{Aliased, Collapsed, Equal, Injected, Invalid};
        use Order::{IdentifierFirst, VersionFirst};
        let raw = Client::Interpolation;
        for (identifier, order, effect, values, version) in [
            ("user&alice", IdentifierFirst, Collapsed, &["user"][..], true),
            ("tenant#1", IdentifierFirst, Collapsed, &["tenant"], false),
            ("tenant#1", VersionFirst, Collapsed, &["tenant"], true),
            ("ab#cdef", VersionFirst, Invalid, &["ab"], true),
            ("%41bcd", IdentifierFirst, Aliased, &["Abcd"], true),
            ("50%off", IdentifierFirst, Invalid, &["50%off"], true),
            ("ab%26cd", IdentifierFirst, Aliased, &["ab&cd"], true),
            ("abcd&identifier=victim1", IdentifierFirst, Injected, &["abcd", "victim1"], true),
            ("abcd&api-version=2024-02-02-preview", IdentifierFirst, Injected, &["abcd"], false),
            ("a+b+c", IdentifierFirst, Invalid, &["a b c"], true),
            ("a|b^c{d}", IdentifierFirst, Equal, &["a|b^c{d}"], true),
            ("<abc>", VersionFirst, Equal, &["<abc>"], true),
        ] {
            let expected = (effect, values.iter().map(|value| value.to_string()).collect(), version);
            assert_eq!(seen(identifier, raw, order), expected, "{identifier}");
        }
    }

    #[test]
    fn clients_differ() {
        let first = Order::IdentifierFirst;
        assert_eq!(seen("50%off", Client::Requests, first).0, Effect::Equal);
        assert_eq!(way("%41bcd", Client::Requests, first).sent, "?identifier=Abcd&api-version=2025-10-02-preview");
        assert_eq!(seen("u[1-3]xx", Client::Curl, first).1, ["u1xx", "u2xx", "u3xx"]);
        assert_eq!(seen("u[1-3]xx", Client::CurlNoGlob, first).0, Effect::Equal);
        assert_eq!(seen("a|b^c{d}", Client::Curl, first).1, ["a|b^cd"]);
        assert_eq!(seen("a{}b", Client::Curl, first).0, Effect::Unsent);
        assert_eq!(seen("a[b]c", Client::Curl, first).0, Effect::Unsent);
        assert_eq!(seen("user&alice", Client::EncodeUri, first).0, Effect::Collapsed);
        assert_eq!(seen("user&alice", Client::EncodedTwice, first).0, Effect::Aliased);
    }

    #[test]
    fn real_encoders_are_safe_for_the_documented_characters() {
        let identifier = "|-&^%$#(){}[];<>";
        for client in [
            Client::EncodeUriComponent,
            Client::UrlSearchParams,
            Client::FormUrlencoded,
            Client::Quote,
            Client::QuoteNothingSafe,
            Client::NonAlphanumeric,
        ] {
            for order in [Order::IdentifierFirst, Order::VersionFirst] {
                let (effect, values, version) = seen(identifier, client, order);
                assert_eq!(
                    (effect, values, version),
                    (Effect::Equal, Vec::from([identifier.to_string()]), true),
                    "{client:?}"
                );
            }
        }
    }

    #[test]
    fn what_no_client_changes_is_equal_everywhere() {
        let mut kept: Vec<char> = (0x20_u8..0x7f).filter(|byte| !CHANGED.contains(byte)).map(char::from).collect();
        kept.extend(['\u{e9}', '\u{1f512}']);
        let identifier: String = kept.into_iter().collect();
        let seen: Vec<Client> = ways(&identifier)
            .into_iter()
            .filter(|way| way.client != Client::EncodedTwice && way.seen != [identifier.clone()])
            .map(|way| way.client)
            .collect();
        assert_eq!(seen, []);
    }

    #[test]
    fn plain_identifiers_are_equal_everywhere() {
        assert!(is_safe(Set::seen("abc-123")) && !is_safe(Set::seen("abc_123")));
        assert!(ways("abc-123").iter().all(|way| way.effect == Effect::Equal && way.version_arrives));
    }
}
