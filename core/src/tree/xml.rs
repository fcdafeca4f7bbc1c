//! Reading flat XML: one root with elements of text in it, as signing tools want it.

use alloc::format;
use alloc::string::{String, ToString as _};
use alloc::vec::Vec;

use quick_xml::Reader;
use quick_xml::events::Event;

use super::{Entry, Fault, Node, Reading, Value};
use crate::{ErrorKind, Limits};

/// Reads a root element and the elements in it: their names are the keys, their texts the values. The name of the root
/// is given beside.
pub(crate) fn read(text: &str) -> (Option<String>, Reading) {
    let mut reader = Reader::from_str(text);
    let mut reading = Reading::default();
    let mut root: Option<String> = None;
    let mut entries: Vec<Entry> = Vec::new();
    let mut depth = 0_usize;
    loop {
        let start = position(&reader);
        let event = reader.read_event();
        let end = position(&reader);
        let mut fault = |expected: &'static str, found: String| {
            reading.faults.push(Fault { kind: ErrorKind::Syntax, range: start..end, expected: expected.into(), found });
        };
        match event {
            Err(error) => {
                fault("XML", error.to_string());
                break;
            }
            Ok(Event::Eof) => {
                if depth > 0 || root.is_none() {
                    fault("the end of the root element", "the end of the document".into());
                }
                break;
            }
            Ok(Event::Start(tag)) => {
                depth = depth.saturating_add(1);
                let name = tag.name().as_ref().to_string();
                match depth {
                    1 => root = Some(name),
                    2 => entries.push(entry(name, start, end)),
                    _ => fault("text inside of a setting", format!("the element `{name}`")),
                }
            }
            Ok(Event::Empty(tag)) => {
                let name = tag.name().as_ref().to_string();
                match depth {
                    0 => root = Some(name),
                    1 => entries.push(entry(name, start, end)),
                    _ => fault("text inside of a setting", format!("the element `{name}`")),
                }
            }
            Ok(Event::End(_)) => depth = depth.saturating_sub(1),
            Ok(Event::Text(_) | Event::CData(_) | Event::GeneralRef(_)) => {
                let slice = text.get(start..end).unwrap_or_default();
                let trimmed = slice.trim();
                if trimmed.is_empty() {
                    continue;
                }
                let from = start.saturating_add(slice.len().saturating_sub(slice.trim_start().len()));
                match entries.last_mut().filter(|_| depth == 2) {
                    Some(entry) if matches!(&entry.node.value, Value::Text(text) if text.is_empty()) => {
                        entry.node = Node {
                            range: from..from.saturating_add(trimmed.len()),
                            value: Value::Text(trimmed.into()),
                        };
                    }
                    _ => fault("a setting", format!("the text `{}`", trimmed.chars().take(20).collect::<String>())),
                }
            }
            Ok(_) => {}
        }
        if entries.len() > Limits::TREE_NODES {
            fault("no more settings than the limit `TREE_NODES`", "more".into());
            break;
        }
    }
    let mut seen = alloc::collections::BTreeSet::new();
    for entry in &entries {
        if !seen.insert(entry.key.clone()) {
            reading.duplicates.push(entry.key_range.clone());
        }
    }
    reading.root = Some(Node { range: 0..text.len(), value: Value::Table(entries) });
    (root, reading)
}

/// An element without text, so far. Its key is the name in the tag.
fn entry(name: String, start: usize, end: usize) -> Entry {
    let from = start.saturating_add(1);
    let key_range = from..from.saturating_add(name.len());
    Entry { key: name, key_range, node: Node { range: end..end, value: Value::Text(String::new()) } }
}

fn position(reader: &Reader<&[u8]>) -> usize {
    usize::try_from(reader.buffer_position()).unwrap_or(usize::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn elements_have_places() {
        let text = "<E>\n <!-- x --> <A> 0x10 </A><B/><A>2</A>\n</E>";
        let (root, reading) = read(text);
        assert_eq!((root.as_deref(), reading.duplicates.len()), (Some("E"), 1));
        let node = reading.root.unwrap_or(Node { range: 0..0, value: Value::Null });
        let found: Vec<_> = node
            .entries()
            .iter()
            .map(|entry| {
                (
                    text.get(entry.key_range.clone()).unwrap_or_default(),
                    text.get(entry.node.range.clone()).unwrap_or_default(),
                )
            })
            .collect();
        assert_eq!(found, [("A", "0x10"), ("B", ""), ("A", "2")]);
        assert_eq!(reading.faults, []);
    }

    #[test]
    fn what_is_not_flat_xml_is_a_fault() {
        for text in ["<E><A><B>1</B></A></E>", "<E><A>1</B></E>", "<E>", "<E>text</E>", ""] {
            assert!(!read(text).1.faults.is_empty(), "{text}");
        }
    }
}
