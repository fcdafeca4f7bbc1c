//! Certificates of the vectors, from the words that describe them to facts.

use serde_json::{Value, json};

/// The issuer of every certificate of which a vector says nothing else: that of Service Fabric's own tests.
pub(super) const ISSUER: &str = "b3449b018d0f6839a2c5d62b5b6c6ac822b6f662";
/// An issuer that issued nothing.
pub(super) const OTHER: &str = "bc21ae9f0b88cf6ea9b4d6233f972a6063b225a9";

/// A certificate for both ends, trusted, of [`ISSUER`], with this common name and no other.
pub(super) fn named(common_name: &str) -> Value {
    json!({
        "thumbprint": thumbprint(common_name),
        "common_names": [common_name],
        "dns_names": [],
        "extended_key_usage": ["serverAuth", "clientAuth"],
        "self_signed": false,
        "issuer": { "thumbprint": ISSUER, "key": "key of the issuer" },
        "sends_issuer": true,
        "key": format!("key of {common_name}"),
        "chain_errors": [],
    })
}

/// Its own issuer, which nobody trusts.
pub(super) fn self_signed(common_name: &str) -> Value {
    let mut facts = named(common_name);
    facts["self_signed"] = json!(true);
    facts["issuer"] = Value::Null;
    facts["chain_errors"] = json!(["UNTRUSTED_ROOT"]);
    facts
}

/// A certificate from a vector's description: "expired", "revoked", "self-signed", "no EKU", "client-auth cert",
/// "CN=...", "SAN dns=...", and the first thumbprint in it.
pub(super) fn described(text: &str) -> Value {
    let name = after(text, "CN=").unwrap_or("described.example");
    let mut facts = if text.contains("self-signed") { self_signed(name) } else { named(name) };
    if let Some(own) = text.split(|c: char| !c.is_ascii_hexdigit()).find(|word| word.len() == 40) {
        facts["thumbprint"] = json!(own);
    }
    if let Some(host) = after(text, "SAN dns=") {
        facts["dns_names"] = json!([host]);
    }
    if text.contains("no EKU") {
        facts["extended_key_usage"] = json!([]);
    } else if text.contains("client-auth") {
        facts["extended_key_usage"] = json!(["clientAuth"]);
    }
    for (word, error) in [
        ("root not trusted", "UNTRUSTED_ROOT"),
        ("untrusted root", "UNTRUSTED_ROOT"),
        ("expired", "NOT_TIME_VALID"),
        ("revoked", "REVOKED"),
    ] {
        let own = json!(error);
        if let Some(errors) = facts["chain_errors"].as_array_mut().filter(|_| text.to_lowercase().contains(word))
            && !errors.contains(&own)
        {
            errors.push(own);
        }
    }
    facts
}

/// Some thumbprint for a name, another one for each name.
pub(super) fn thumbprint(name: &str) -> String {
    let mut bytes = [0_u8; 20];
    for (place, byte) in name.bytes().enumerate() {
        let at = place % bytes.len();
        bytes[at] = bytes[at].wrapping_mul(31).wrapping_add(byte);
    }
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// A short thumbprint of a vector in full length.
pub(super) fn full(short: &str) -> String {
    short.chars().cycle().take(40).collect()
}

fn after<'t>(text: &'t str, mark: &str) -> Option<&'t str> {
    let rest = text.split_once(mark)?.1;
    rest.split([',', ' ', '(']).next().filter(|word| !word.is_empty())
}
