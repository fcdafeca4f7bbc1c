//! Reading YAML 1.2 with the place of every key and value.
//!
//! Aliases and merge keys are not followed: a value that stands elsewhere is unknown here. Of several documents, each is
//! given.

use alloc::borrow::Cow;
use alloc::string::{String, ToString as _};
use alloc::vec::Vec;
use core::ops::Range;

use saphyr_parser::{Event, Parser, ScalarStyle, Span};

use super::{Entry, Fault, Node, Reading, Value};
use crate::{ErrorKind, Limits};

/// A list or table that is not closed yet.
struct Open {
    start: usize,
    is_table: bool,
    items: Vec<Node>,
    /// The key that waits for its value.
    key: Option<(String, Range<usize>)>,
    entries: Vec<Entry>,
}

/// Reads every document of a text.
pub(crate) fn read(text: &str) -> Vec<Reading> {
    let bytes = Places::of(text);
    let mut readings = Vec::new();
    let mut reading = Reading::default();
    let mut open: Vec<Open> = Vec::new();
    let mut nodes = 0_usize;
    for event in Parser::new_from_str(text) {
        let (event, span) = match event {
            Ok(event) => event,
            Err(error) => {
                let at = bytes.byte(error.marker().index());
                let found = error.info().to_string();
                reading.faults.push(Fault { kind: ErrorKind::Syntax, range: at..at, expected: "YAML".into(), found });
                break;
            }
        };
        let range = bytes.range(span);
        nodes = nodes.saturating_add(1);
        if nodes > Limits::TREE_NODES || open.len() > Limits::TREE_DEPTH {
            let expected = "no more values, and none deeper, than the limits `TREE_NODES` and `TREE_DEPTH`";
            reading.faults.push(Fault {
                kind: ErrorKind::Limit,
                range,
                expected: expected.into(),
                found: "more".into(),
            });
            break;
        }
        let node = match event {
            Event::MappingStart(..) | Event::SequenceStart(..) => {
                let is_table = matches!(event, Event::MappingStart(..));
                open.push(Open { start: range.start, is_table, items: Vec::new(), key: None, entries: Vec::new() });
                continue;
            }
            Event::MappingEnd | Event::SequenceEnd => match open.pop() {
                Some(closed) => closed.node(range.end, text),
                None => continue,
            },
            Event::Scalar(value, style, _, tag) => {
                let value = match tag.as_deref() {
                    None => scalar(value, style),
                    // `!!bool "yes"` is what it says, however it is quoted.
                    Some(tag) if tag.is_yaml_core_schema() && tag.suffix != "str" => scalar(value, ScalarStyle::Plain),
                    Some(_) => Value::Text(value.into_owned()),
                };
                Node { range, value }
            }
            Event::Alias(_) => {
                reading.templates.push(range.clone());
                Node { range, value: Value::Unknown }
            }
            Event::DocumentEnd => {
                readings.push(core::mem::take(&mut reading));
                continue;
            }
            _ => continue,
        };
        match open.last_mut() {
            Some(parent) => parent.add(node, &mut reading),
            None => reading.root = Some(node),
        }
    }
    if !reading.faults.is_empty() {
        readings.push(reading);
    }
    readings
}

impl Open {
    fn add(&mut self, node: Node, reading: &mut Reading) {
        if !self.is_table {
            self.items.push(node);
            return;
        }
        match self.key.take() {
            None => {
                let key = match &node.value {
                    Value::Text(text) | Value::Number(text) => text.clone(),
                    Value::Integer(integer) => integer.to_string(),
                    Value::Bool(flag) => flag.to_string(),
                    _ => String::new(),
                };
                if self.entries.iter().any(|entry| entry.key == key) {
                    reading.duplicates.push(node.range.clone());
                }
                self.key = Some((key, node.range));
            }
            Some((key, key_range)) => self.entries.push(Entry { key, key_range, node }),
        }
    }

    /// The list or table. The reader ends a block only where the next thing begins, so blanks are taken off again.
    fn node(self, end: usize, text: &str) -> Node {
        let end = end.max(self.start);
        let slice = text.get(self.start..end).unwrap_or_default();
        let range = self.start..self.start.saturating_add(slice.trim_end().len());
        let value = if self.is_table { Value::Table(self.entries) } else { Value::List(self.items) };
        Node { range, value }
    }
}

/// A scalar by the core schema (YAML 1.2.2, section 10.3.2); what is quoted is text.
fn scalar(text: Cow<'_, str>, style: ScalarStyle) -> Value {
    if style != ScalarStyle::Plain {
        return Value::Text(text.into_owned());
    }
    match text.as_ref() {
        "" | "~" | "null" | "Null" | "NULL" => return Value::Null,
        "true" | "True" | "TRUE" => return Value::Bool(true),
        "false" | "False" | "FALSE" => return Value::Bool(false),
        _ => {}
    }
    let digits = text.strip_prefix(['-', '+']).unwrap_or(&text);
    if !digits.is_empty() && digits.bytes().all(|digit| digit.is_ascii_digit()) {
        return text.parse().map_or_else(|_| Value::Number(text.into_owned()), Value::Integer);
    }
    let hexadecimal = text.strip_prefix("0x").map(|digits| i64::from_str_radix(digits, 16));
    if let Some(Ok(integer)) = hexadecimal {
        return Value::Integer(integer);
    }
    Value::Text(text.into_owned())
}

/// The bytes at which characters start: the reader counts characters.
struct Places {
    /// Nothing where every character is a byte.
    starts: Option<Vec<u32>>,
    length: usize,
}

impl Places {
    fn of(text: &str) -> Self {
        let starts = (!text.is_ascii())
            .then(|| text.char_indices().map(|(at, _)| u32::try_from(at).unwrap_or(u32::MAX)).collect());
        Self { starts, length: text.len() }
    }

    fn byte(&self, index: usize) -> usize {
        match &self.starts {
            None => index.min(self.length),
            Some(starts) => starts.get(index).map_or(self.length, |at| *at as usize),
        }
    }

    fn range(&self, span: Span) -> Range<usize> {
        let start = self.byte(span.start.index());
        start..self.byte(span.end.index()).max(start)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blocks_and_flows_have_places() {
        let text = "a:\n  - {b: 0x10, \"c\": \"\u{e9}\"}\n  - yes\nd: true\ne: &x 1\nf: *x\n";
        let readings = read(text);
        assert_eq!(readings.len(), 1);
        let root = readings
            .into_iter()
            .next()
            .and_then(|reading| reading.root)
            .unwrap_or(Node { range: 0..0, value: Value::Null });
        let first = root.get("a").and_then(|list| list.items().first());
        assert_eq!(first.and_then(|node| node.get("b")).and_then(Node::integer), Some(16));
        assert_eq!(root.get("d").map(|node| text.get(node.range.clone())), Some(Some("true")));
        assert_eq!(root.get("a").map(|list| list.items().len()), Some(2));
        assert_eq!(root.get("f").map(|node| &node.value), Some(&Value::Unknown));
        let key = root.entry("d").and_then(|entry| text.get(entry.key_range.clone()));
        assert_eq!(key, Some("d"));
    }

    #[test]
    fn documents_and_faults_are_told_apart() {
        assert_eq!(read("a: 1\n---\na: 2\n").len(), 2);
        assert_eq!(read("a: 1\na: 2\n").first().map(|reading| reading.duplicates.len()), Some(1));
        assert!(read("a: [1\n").iter().any(|reading| !reading.faults.is_empty()));
    }

    #[test]
    fn no_truncation_panics_and_depth_is_bounded() {
        let text = "a:\n - {b: [1, 'x'], c: |\n   text\n  }\nd: \"\\u00e9\"\n";
        for (at, _) in text.char_indices() {
            read(text.get(..at).unwrap_or_default());
        }
        assert!(read(&"[".repeat(10_000)).iter().any(|reading| !reading.faults.is_empty()));
        assert!(read(&"- ".repeat(10_000)).iter().any(|reading| !reading.faults.is_empty()));
    }
}
