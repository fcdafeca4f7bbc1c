//! JSON as a document of keys and values.

use alloc::vec::Vec;

use super::{Entry, Fault, Node, Reading, Value};
use crate::json::{self, OddityKind};
use crate::{Document, ErrorKind};

/// Reads one JSON value and nothing after it. Comments and duplicates are listed; what else is not JSON is a fault,
/// because the readers of manifests refuse it.
pub(crate) fn read(text: &str) -> Reading {
    let mut reading = Reading::default();
    let read = match json::read(&Document::new("", text)) {
        Ok(read) => read,
        Err(error) => {
            let range = error.span.start as usize..error.span.end as usize;
            reading.faults.push(Fault { kind: error.kind, range, expected: error.expected, found: error.found });
            return reading;
        }
    };
    for oddity in read.oddities {
        match oddity.kind {
            OddityKind::Comment => reading.comments.push(oddity.range()),
            OddityKind::DuplicateKey => reading.duplicates.push(oddity.range()),
            OddityKind::ByteOrderMark => {}
            OddityKind::TrailingComma | OddityKind::ControlCharacter | OddityKind::LoneSurrogate => {
                let (range, found) = (oddity.range(), oddity.kind.noun().into());
                reading.faults.push(Fault { kind: ErrorKind::Syntax, range, expected: "JSON".into(), found });
            }
        }
    }
    reading.root = Some(node(read.root));
    reading
}

/// The reader bounds how deep values nest.
fn node(node: json::Node) -> Node {
    let range = node.range();
    let value = match node.value {
        json::Value::Null => Value::Null,
        json::Value::Bool(flag) => Value::Bool(flag),
        json::Value::Number(number) => number.parse().map_or(Value::Number(number), Value::Integer),
        json::Value::Text(text) => Value::Text(text),
        json::Value::Array(items) => Value::List(items.into_iter().map(self::node).collect()),
        json::Value::Object(members) => {
            let entry = |member: json::Member| {
                let key_range = member.key_range();
                Entry { key: member.key, key_range, node: self::node(member.value) }
            };
            Value::Table(members.into_iter().map(entry).collect::<Vec<_>>())
        }
    };
    Node { range, value }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_places_and_oddities_are_kept() {
        let text = "{ \"a\": [1, -2.5], // why\n \"b\": {\"c\": \"x\"}, \"a\": 99999999999999999999 }";
        let reading = read(text);
        assert_eq!((reading.faults.len(), reading.duplicates.len(), reading.comments.len()), (0, 1, 1));
        let root = reading.root.unwrap_or(Node { range: 0..0, value: Value::Null });
        assert_eq!(root.at("b.c").and_then(Node::text), Some("x"));
        assert_eq!(root.get("a").map(|node| &node.value), Some(&Value::Number("99999999999999999999".into())));
        let first = root.entries().first().map(|entry| (entry.key_range.clone(), entry.node.range.clone()));
        assert_eq!(first, Some((2..5, 7..16)));
    }

    #[test]
    fn what_is_not_json_is_a_fault() {
        for (text, at) in [("{\"a\": }", 6), ("[1,]", 2), ("{\"a\": \"b", 8)] {
            let faults: Vec<_> = read(text).faults.iter().map(|fault| fault.range.start).collect();
            assert!(faults.len() == 1 && faults.iter().all(|start| *start <= at), "{text}: {faults:?}");
        }
    }
}
