//! The keys that a document may have, and the types of their values.

use alloc::format;

use super::rules::form::{COMMENT, KEY_DUPLICATED, KEY_MISSING, KEY_UNKNOWN, VALUE_TYPE, VALUE_UNKNOWN};
use super::sheet::Sheet;
use crate::nearest::{distance, nearest};
use crate::quote::quote;
use crate::tree::{Entry, Node, Reading, Value};

/// What a key takes.
#[derive(Debug, Clone, Copy)]
pub(super) enum Want {
    Text,
    /// One of these words.
    Word(&'static [&'static str]),
    Integer,
    Bool,
    Texts,
    List,
    /// An object with these keys.
    Table(&'static [Field]),
    /// A list of objects with these keys.
    Tables(&'static [Field]),
    /// An object with keys of the writer's choice.
    Map,
    Any,
}

/// A key.
#[derive(Debug, Clone, Copy)]
pub(super) struct Field {
    pub(super) key: &'static str,
    pub(super) want: Want,
    pub(super) required: bool,
}

pub(super) const fn required(key: &'static str, want: Want) -> Field {
    Field { key, want, required: true }
}

pub(super) const fn optional(key: &'static str, want: Want) -> Field {
    Field { key, want, required: false }
}

/// How many keys of a table a schema knows.
pub(super) fn known(table: &Node, fields: &[Field]) -> usize {
    table.entries().iter().filter(|entry| fields.iter().any(|field| field.key.eq_ignore_ascii_case(&entry.key))).count()
}

/// Reports what of a reading is not of the document's form, its duplicates and its comments.
pub(super) fn check_form(sheet: &mut Sheet<'_>, reading: &Reading) {
    for fault in &reading.faults {
        sheet.fault(fault.clone());
    }
    for range in &reading.duplicates {
        let message = format!("the key {} stands twice in one object", sheet.quoted(range));
        sheet.add(sheet.finding(&KEY_DUPLICATED, range, message).help("remove the one that is not meant"));
    }
    if let Some(first) = reading.comments.first() {
        let finding = sheet.finding(&COMMENT, first, "JSON has no comments").help("remove the comment");
        let edits = sheet.edit(first, "");
        sheet.add(finding.fix("Remove the comment", edits));
    }
}

/// Checks a table's keys and the types of their values.
pub(super) fn check(sheet: &mut Sheet<'_>, table: &Node, fields: &'static [Field]) {
    let Value::Table(entries) = &table.value else {
        if !sheet.is_unknown(table) {
            wrong_type(sheet, table, "an object");
        }
        return;
    };
    for entry in entries {
        match fields.iter().find(|field| field.key == entry.key) {
            // A reader takes `null` for what may be left out, and for nothing else.
            Some(field) if field.required && matches!(entry.node.value, Value::Null) => {
                wrong_type(sheet, &entry.node, "a value");
            }
            Some(field) => check_value(sheet, &entry.node, field.want),
            None => unknown_key(sheet, entry, fields),
        }
    }
    for field in fields.iter().filter(|field| field.required && table.get(field.key).is_none()) {
        let place = table.range.start..table.range.start.saturating_add(1);
        let finding = sheet.finding(&KEY_MISSING, &place, format!("the key `{}` is missing", field.key));
        sheet.add(finding.arg("key", field.key));
    }
}

/// Reports unknown keys that are nearly a known one, for languages of which not every key is known here.
pub(super) fn check_near_misses(sheet: &mut Sheet<'_>, node: &Node, fields: &'static [Field]) {
    for entry in node.entries() {
        match fields.iter().find(|field| field.key == entry.key) {
            None => {
                if fields.iter().any(|field| distance(&entry.key, field.key) <= 2) {
                    unknown_key(sheet, entry, fields);
                }
            }
            Some(Field { want: Want::Table(inner), .. }) => check_near_misses(sheet, &entry.node, inner),
            Some(Field { want: Want::Tables(inner), .. }) => {
                entry.node.items().iter().for_each(|item| check_near_misses(sheet, item, inner));
            }
            Some(_) => {}
        }
    }
}

/// Reports keys that are the same to a reader that ignores case; those that are the same to every reader are reported
/// as the document is read.
pub(super) fn check_case(sheet: &mut Sheet<'_>, node: &Node, fields: &[Field]) {
    for (index, entry) in node.entries().iter().enumerate() {
        let Some(field) = fields.iter().find(|field| field.key.eq_ignore_ascii_case(&entry.key)) else { continue };
        let mut before = node.entries().iter().take(index);
        if before.any(|other| other.key != entry.key && other.key.eq_ignore_ascii_case(&entry.key)) {
            let message = format!("the key {} stands twice for a reader that ignores case", quote(&entry.key));
            sheet.add(
                sheet.finding(&KEY_DUPLICATED, &entry.key_range, message).help("remove the one that is not meant"),
            );
        }
        match field.want {
            Want::Table(fields) => check_case(sheet, &entry.node, fields),
            Want::Tables(fields) => entry.node.items().iter().for_each(|item| check_case(sheet, item, fields)),
            _ => {}
        }
    }
}

/// The same document with the keys that a schema knows in the schema's case, for readers that ignore it.
pub(super) fn folded(node: &Node, fields: &[Field]) -> Node {
    let fold = |entry: &Entry| {
        let field = fields.iter().find(|field| field.key.eq_ignore_ascii_case(&entry.key));
        let node = match field.map(|field| field.want) {
            Some(Want::Table(fields)) => folded(&entry.node, fields),
            Some(Want::Tables(fields)) => match &entry.node.value {
                Value::List(items) => {
                    let items = items.iter().map(|item| folded(item, fields)).collect();
                    Node { range: entry.node.range.clone(), value: Value::List(items) }
                }
                _ => entry.node.clone(),
            },
            _ => entry.node.clone(),
        };
        let key = field.map_or_else(|| entry.key.clone(), |field| field.key.into());
        Entry { key, key_range: entry.key_range.clone(), node }
    };
    match &node.value {
        Value::Table(entries) => {
            Node { range: node.range.clone(), value: Value::Table(entries.iter().map(fold).collect()) }
        }
        _ => node.clone(),
    }
}

fn unknown_key(sheet: &mut Sheet<'_>, entry: &Entry, fields: &[Field]) {
    let finding = sheet.finding(
        &KEY_UNKNOWN,
        &entry.key_range,
        format!("the key {} is not known and is dropped", quote(&entry.key)),
    );
    let finding = finding.arg("key", entry.key.clone());
    let near = nearest(&entry.key, fields.iter().map(|field| field.key));
    sheet.add(match near {
        None => finding,
        Some(near) => {
            // Written as it was: quoted in JSON, bare in TOML.
            let is_quoted = sheet.document.slice(entry.key_range.clone()).starts_with('"');
            let text = if is_quoted { format!("\"{near}\"") } else { near.into() };
            let edits = sheet.edit(&entry.key_range, text);
            finding.help(format!("did you mean `{near}`?")).fix(format!("Rename it to {near}"), edits)
        }
    });
}

pub(super) fn wrong_type(sheet: &mut Sheet<'_>, node: &Node, expected: &str) {
    let message = format!("expected {expected}, found {}", node.kind());
    sheet.add(sheet.finding(&VALUE_TYPE, &node.range, message).arg("expected", expected));
}

fn check_value(sheet: &mut Sheet<'_>, node: &Node, want: Want) {
    if sheet.is_unknown(node) || matches!(node.value, Value::Null) {
        return;
    }
    let expected = match (want, &node.value) {
        (Want::Any, _)
        | (Want::Text, Value::Text(_))
        | (Want::Integer, Value::Integer(_))
        | (Want::Bool, Value::Bool(_))
        | (Want::List, Value::List(_))
        | (Want::Map, Value::Table(_)) => return,
        (Want::Word(words), Value::Text(text)) => {
            if words.contains(&text.as_str()) {
                return;
            }
            let message = format!("expected one of {}, found {}", words.join(", "), quote(text));
            let finding = sheet.finding(&VALUE_UNKNOWN, &node.range, message).arg("found", text.clone());
            sheet.add(match nearest(text, words.iter().copied()) {
                None => finding,
                Some(near) => {
                    let edits = sheet.edit(&node.range, format!("\"{near}\""));
                    finding.help(format!("did you mean `{near}`?")).fix(format!("Write {near}"), edits)
                }
            });
            return;
        }
        (Want::Table(fields), Value::Table(_)) => return check(sheet, node, fields),
        (Want::Tables(fields), Value::List(items)) => {
            items.iter().for_each(|item| check(sheet, item, fields));
            return;
        }
        (Want::Texts, Value::List(items)) => {
            let wrong = items.iter().filter(|item| !matches!(item.value, Value::Text(_) | Value::Unknown));
            wrong.for_each(|item| wrong_type(sheet, item, "a string"));
            return;
        }
        (Want::Text | Want::Word(_), _) => "a string",
        (Want::Integer, _) => "an integer",
        (Want::Bool, _) => "a boolean",
        (Want::Texts, _) => "a list of strings",
        (Want::List, _) => "a list",
        (Want::Tables(_), _) => "a list of objects",
        (Want::Table(_) | Want::Map, _) => "an object",
    };
    wrong_type(sheet, node, expected);
}
