//! The wire table: what the server sees, from whom, and in which order of parameters.

use admit_core::session::{Client, Effect, Identifier, Order, Way};

use crate::prose::each_once;

/// A row of the table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Seen {
    /// What that means.
    pub effect: Effect,
    /// Every value of `identifier` that the server parses.
    pub values: Vec<String>,
    /// Whether the API version that was meant arrives.
    pub version: bool,
    /// Who sends it so, in both orders of parameters.
    pub both: Vec<Client>,
    /// Who sends it so only with the identifier first.
    pub identifier_first: Vec<Client>,
    /// Who sends it so only with the API version first.
    pub version_first: Vec<Client>,
}

/// The rows, what goes wrong first.
pub fn rows(identifier: &Identifier) -> Vec<Seen> {
    let key = |way: &Way| (way.effect, way.seen.clone(), way.version_arrives);
    let mut kinds = each_once(identifier.ways.iter().map(key));
    kinds.sort_by_key(|(effect, _, version)| *effect == Effect::Equal && *version);
    let row = |(effect, values, version): (Effect, Vec<String>, bool)| {
        let of_kind = |way: &&Way| key(way) == (effect, values.clone(), version);
        let ways: Vec<&Way> = identifier.ways.iter().filter(of_kind).collect();
        let clients = each_once(ways.iter().map(|way| way.client));
        let has = |client: Client, order| ways.iter().any(|way| way.client == client && way.order == order);
        let of = |first: bool, second: bool| {
            let fits = |client: &Client| {
                has(*client, Order::IdentifierFirst) == first && has(*client, Order::VersionFirst) == second
            };
            clients.iter().copied().filter(fits).collect()
        };
        let (both, identifier_first, version_first) = (of(true, true), of(true, false), of(false, true));
        Seen { effect, values, version, both, identifier_first, version_first }
    };
    kinds.into_iter().map(row).collect()
}

#[cfg(test)]
mod tests {
    use admit_core::{Answer, Case};

    use super::*;

    fn identifier(text: &str) -> Identifier {
        let case = serde_json::json!({ "admit": 1, "kind": "session", "at": "2026-11-22T00:00:00Z", "policy": {},
            "subject": { "identifiers": text } });
        let case = Case::from_json(&case.to_string()).expect("a case");
        let Answer::Session(answer) = admit_core::evaluate(&case).answer else { panic!("another answer") };
        answer.identifiers.into_iter().next().expect("an identifier")
    }

    #[test]
    fn the_order_is_said_where_it_matters() {
        let rows = rows(&identifier("tenant#1"));
        let of = |version: bool| {
            let row = rows.iter().find(|row| row.effect == Effect::Collapsed && row.version == version);
            row.expect("a row").clone()
        };
        assert!(of(false).identifier_first.contains(&Client::Interpolation) && of(false).both.is_empty());
        assert!(of(true).version_first.contains(&Client::Interpolation) && of(true).both.is_empty());
        let last = rows.last().expect("a row");
        assert_eq!((last.effect, last.version), (Effect::Equal, true));
        assert!(last.both.contains(&Client::EncodeUriComponent));
    }
}
