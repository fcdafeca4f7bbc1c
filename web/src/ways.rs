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
    /// Who sends it so; the order only where the other order gives something else.
    pub from: Vec<(Client, Option<Order>)>,
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
        let from = clients.into_iter().map(|client| {
            let orders: Vec<Order> = ways.iter().filter(|way| way.client == client).map(|way| way.order).collect();
            (client, if orders.len() == 1 { orders.first().copied() } else { None })
        });
        let from = from.collect();
        Seen { effect, values, version, from }
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
            row.expect("a row").from.iter().find(|(client, _)| *client == Client::Interpolation).copied()
        };
        assert_eq!(of(false), Some((Client::Interpolation, Some(Order::IdentifierFirst))));
        assert_eq!(of(true), Some((Client::Interpolation, Some(Order::VersionFirst))));
        let last = rows.last().expect("a row");
        assert_eq!((last.effect, last.version), (Effect::Equal, true));
        assert!(last.from.contains(&(Client::EncodeUriComponent, None)));
    }
}
