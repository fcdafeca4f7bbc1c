//! Reading TOML with the place of every key and value, template parts included.

use alloc::string::{String, ToString as _};
use alloc::vec::Vec;
use core::ops::Range;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::template::{Covered, cover};
use super::{Entry, Fault, Node, Reading, Value};
use crate::ErrorKind;

/// Reads a TOML document, or a Jinja template of one.
pub(crate) fn read(text: &str) -> Reading {
    let covered = cover(text);
    let (document, errors) = DeTable::parse_recoverable(&covered.text);
    let mut reading = Reading::default();
    let is_template = !covered.statements.is_empty();
    for error in errors {
        let message = error.message().to_string();
        // Between two branches of a template a key stands twice, and once when it is rendered.
        if is_template && message.contains("duplicate") {
            continue;
        }
        let range = error.span().unwrap_or(0..0);
        reading.faults.push(Fault { kind: ErrorKind::Syntax, range, expected: "TOML".into(), found: message });
    }
    reading.root = Some(table(document.get_ref(), document.span(), &covered));
    reading.templates = covered.statements;
    reading
}

fn table(table: &DeTable<'_>, range: Range<usize>, covered: &Covered) -> Node {
    let mut entries: Vec<Entry> = table
        .iter()
        .map(|(key, value)| Entry { key: key.get_ref().to_string(), key_range: key.span(), node: node(value, covered) })
        .collect();
    // The reader sorts by name.
    crate::order::sort_by_key(&mut entries, |entry| entry.key_range.start);
    Node { range, value: Value::Table(entries) }
}

/// The reader bounds how deep values nest.
fn node(value: &Spanned<DeValue<'_>>, covered: &Covered) -> Node {
    let range = value.span();
    let value = match value.get_ref() {
        DeValue::Table(inner) => return table(inner, range, covered),
        DeValue::Array(items) => Value::List(items.iter().map(|item| node(item, covered)).collect()),
        _ if covered.is_unknown(&range) => Value::Unknown,
        DeValue::String(text) => Value::Text(text.to_string()),
        DeValue::Boolean(flag) => Value::Bool(*flag),
        DeValue::Integer(integer) => match i64::from_str_radix(integer.as_str(), integer.radix()) {
            Ok(integer) => Value::Integer(integer),
            Err(_) => Value::Number(integer.as_str().to_string()),
        },
        DeValue::Float(float) => Value::Number(float.as_str().to_string()),
        DeValue::Datetime(_) => Value::Text(String::from(covered.text.get(range.clone()).unwrap_or_default())),
    };
    Node { range, value }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_and_values_have_places() {
        let text = "sgx.debug = true\n[a.b]\nn = 0x10\nt = \"x\"\nl = [1, { k = 2 }]\n";
        let reading = read(text);
        let root = reading.root.unwrap_or(Node { range: 0..0, value: Value::Null });
        assert_eq!(reading.faults, []);
        assert_eq!(root.at("sgx.debug").map(|node| text.get(node.range.clone())), Some(Some("true")));
        assert_eq!(root.at("a.b.n").and_then(Node::integer), Some(16));
        let key = root.at("a.b").and_then(|table| table.entry("t")).map(|entry| text.get(entry.key_range.clone()));
        assert_eq!(key, Some(Some("t")));
        assert_eq!(root.at("a.b.l").map(|list| list.items().len()), Some(2));
    }

    #[test]
    fn what_a_template_makes_is_unknown() {
        let text = "a = {{ x }}\nb = \"{{ y }}/z\"\n{% if c %}\nd = 1\n{% else %}\nd = 2\n{% endif %}\n";
        let reading = read(text);
        let root = reading.root.unwrap_or(Node { range: 0..0, value: Value::Null });
        assert_eq!(reading.faults, []);
        assert_eq!(
            (root.get("a").map(|node| &node.value), root.get("b").map(|node| &node.value)),
            (Some(&Value::Unknown), Some(&Value::Unknown))
        );
        assert_eq!(reading.templates.len(), 3);
    }

    #[test]
    fn what_is_not_toml_says_where() {
        let reading = read("a = 1\na = 2\nb = \n");
        let places: Vec<_> = reading.faults.iter().map(|fault| fault.range.start).collect();
        assert!(!places.is_empty(), "{places:?}");
    }
}
