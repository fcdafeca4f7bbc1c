//! Functions of the template language whose value follows from their arguments.
//!
//! Reference: Azure Resource Manager, "ARM template functions". What asks the running system (`reference`,
//! `subscription`, `uniqueString`, ...) has no value here, and so has what this reader doesn't know.

use alloc::string::{String, ToString as _};
use alloc::vec::Vec;
use core::ops::Range;

use super::setting::{Entry, Setting, Value};
use crate::Limits;

/// The value of a function, or nothing where it isn't known. `name` is in lower case.
pub(crate) fn call(name: &str, arguments: &[Setting], range: &Range<usize>) -> Option<Value> {
    let known = |argument: &Setting| argument.names().is_empty();
    match name {
        // One argument may decide, whatever the others are.
        "and" | "or" => {
            let decides = name == "or";
            if arguments.iter().any(|argument| argument.boolean() == Some(decides)) {
                return Some(Value::Bool(decides));
            }
            let all = arguments.iter().all(|argument| argument.boolean().is_some());
            return all.then_some(Value::Bool(!decides));
        }
        "coalesce" => {
            let first = arguments.iter().find(|argument| argument.value != Value::Null)?;
            return known(first).then(|| first.value.clone());
        }
        "createarray" => return Some(Value::List(arguments.to_vec())),
        "createobject" => return object(arguments, range),
        _ => {}
    }
    if !arguments.iter().all(known) {
        return None;
    }
    match (name, arguments) {
        ("true", []) => Some(Value::Bool(true)),
        ("false", []) => Some(Value::Bool(false)),
        ("null", []) => Some(Value::Null),
        ("not", [value]) => value.boolean().map(|value| Value::Bool(!value)),
        ("equals", [left, right]) => Some(Value::Bool(same(left, right))),
        ("bool", [value]) => boolean(value).map(Value::Bool),
        ("int", [value]) => integer(value).map(number),
        ("string", [value]) => string(value).map(Value::Text),
        ("empty", [value]) => length(value).map(|length| Value::Bool(length == 0)),
        ("length", [value]) => length(value).map(|length| Value::Number(length.to_string())),
        ("first" | "last", [value]) => end(value, name == "first"),
        ("add" | "sub" | "mul" | "div" | "mod", [left, right]) => arithmetic(name, left.integer()?, right.integer()?),
        ("less" | "lessorequals" | "greater" | "greaterorequals", [left, right]) => compare(name, left, right),
        ("min" | "max", [list]) if !list.items().is_empty() => extreme(name, list.items()),
        ("min" | "max", all) => extreme(name, all),
        ("concat", all) => concat(all),
        ("contains", [list, item]) if matches!(list.value, Value::List(_)) => {
            Some(Value::Bool(list.items().iter().any(|one| same(one, item))))
        }
        _ => text(name, arguments, range),
    }
}

/// Functions of strings.
fn text(name: &str, arguments: &[Setting], range: &Range<usize>) -> Option<Value> {
    let first = arguments.first()?;
    if name == "join" {
        let parts: Option<Vec<String>> = first.items().iter().map(string).collect();
        return parts
            .map(|parts| Value::Text(parts.join(arguments.get(1).and_then(Setting::text).unwrap_or_default())));
    }
    let text = first.text()?;
    let second = arguments.get(1).and_then(Setting::text);
    Some(match name {
        "tolower" => Value::Text(text.to_lowercase()),
        "toupper" => Value::Text(text.to_uppercase()),
        "trim" => Value::Text(text.trim().to_string()),
        "format" => Value::Text(format(text, arguments.get(1..)?)?),
        "contains" => Value::Bool(text.contains(second?)),
        "startswith" => Value::Bool(text.to_lowercase().starts_with(&second?.to_lowercase())),
        "endswith" => Value::Bool(text.to_lowercase().ends_with(&second?.to_lowercase())),
        "replace" => {
            let (from, to) = (second.filter(|from| !from.is_empty())?, arguments.get(2)?.text()?);
            let most = text.len().saturating_mul(to.len().max(1));
            Value::Text(within(most).then(|| text.replace(from, to))?)
        }
        "substring" => {
            let start = usize::try_from(arguments.get(1)?.integer()?).ok()?;
            let length = match arguments.get(2) {
                Some(length) => usize::try_from(length.integer()?).ok()?,
                None => text.chars().count().checked_sub(start)?,
            };
            let part: String = text.chars().skip(start).take(length).collect();
            (part.chars().count() == length).then_some(Value::Text(part))?
        }
        "split" => {
            let separator = second.filter(|separator| !separator.is_empty())?;
            let part = |part: &str| Setting::computed(Value::Text(part.to_string()), range.clone());
            Value::List(text.split(separator).map(part).collect())
        }
        _ => return None,
    })
}

/// Whether a text of this length may be made.
fn within(length: usize) -> bool {
    length <= Limits::EXPRESSION_BYTES
}

fn concat(all: &[Setting]) -> Option<Value> {
    if all.iter().all(|one| matches!(one.value, Value::List(_))) && !all.is_empty() {
        return Some(Value::List(all.iter().flat_map(Setting::items).cloned().collect()));
    }
    let mut text = String::new();
    for one in all {
        let part = string(one)?;
        if !within(text.len().saturating_add(part.len())) {
            return None;
        }
        text.push_str(&part);
    }
    Some(Value::Text(text))
}

/// `{0}` and so on replaced; `{{` and `}}` are brackets. Formats behind a colon are not known.
fn format(pattern: &str, arguments: &[Setting]) -> Option<String> {
    let mut text = String::new();
    let mut rest = pattern;
    while let Some(at) = rest.find(['{', '}']) {
        text.push_str(rest.get(..at)?);
        let after = rest.get(at..)?;
        if let Some(after) = after.strip_prefix("{{") {
            text.push('{');
            rest = after;
        } else if let Some(after) = after.strip_prefix("}}") {
            text.push('}');
            rest = after;
        } else {
            let (index, after) = after.strip_prefix('{')?.split_once('}')?;
            text.push_str(&string(arguments.get(index.parse::<usize>().ok()?)?)?);
            rest = after;
        }
        if !within(text.len()) {
            return None;
        }
    }
    text.push_str(rest);
    Some(text)
}

fn object(arguments: &[Setting], range: &Range<usize>) -> Option<Value> {
    let pairs = arguments.chunks(2).map(|pair| match pair {
        [key, value] => Some(Entry { key: key.text()?.to_string(), key_range: range.clone(), value: value.clone() }),
        _ => None,
    });
    pairs.collect::<Option<Vec<Entry>>>().map(Value::Map)
}

/// Equal by value, wherever they stand. Strings differ by case.
pub(super) fn same(left: &Setting, right: &Setting) -> bool {
    match (&left.value, &right.value) {
        (Value::List(left), Value::List(right)) => {
            left.len() == right.len() && left.iter().zip(right).all(|(left, right)| same(left, right))
        }
        (Value::Map(of), Value::Map(with)) => {
            of.len() == with.len()
                && of.iter().all(|entry| right.entry(&entry.key).is_some_and(|other| same(&entry.value, &other.value)))
        }
        (left, right) => left == right,
    }
}

fn boolean(value: &Setting) -> Option<bool> {
    match &value.value {
        Value::Bool(value) => Some(*value),
        Value::Text(text) if text.eq_ignore_ascii_case("true") || text == "1" => Some(true),
        Value::Text(text) if text.eq_ignore_ascii_case("false") || text == "0" => Some(false),
        Value::Number(number) => Some(number != "0"),
        _ => None,
    }
}

fn integer(value: &Setting) -> Option<i64> {
    value.integer().or_else(|| value.text()?.trim().parse().ok())
}

fn string(value: &Setting) -> Option<String> {
    match &value.value {
        Value::Text(text) | Value::Number(text) => Some(text.clone()),
        // Written as .NET does.
        Value::Bool(value) => Some(if *value { "True" } else { "False" }.to_string()),
        _ => None,
    }
}

fn length(value: &Setting) -> Option<usize> {
    match &value.value {
        Value::Text(text) => Some(text.encode_utf16().count()),
        Value::List(items) => Some(items.len()),
        Value::Map(entries) => Some(entries.len()),
        Value::Null => Some(0),
        _ => None,
    }
}

fn end(value: &Setting, first: bool) -> Option<Value> {
    if let Some(text) = value.text() {
        let character = if first { text.chars().next() } else { text.chars().next_back() };
        return Some(Value::Text(character.map(String::from).unwrap_or_default()));
    }
    let item = if first { value.items().first() } else { value.items().last() };
    item.map(|item| item.value.clone())
}

fn number(value: i64) -> Value {
    Value::Number(value.to_string())
}

fn arithmetic(name: &str, left: i64, right: i64) -> Option<Value> {
    let value = match name {
        "add" => left.checked_add(right),
        "sub" => left.checked_sub(right),
        "mul" => left.checked_mul(right),
        "div" => left.checked_div(right),
        _ => left.checked_rem(right),
    };
    value.map(number)
}

fn compare(name: &str, left: &Setting, right: &Setting) -> Option<Value> {
    let order = match (left.integer(), right.integer()) {
        (Some(left), Some(right)) => left.cmp(&right),
        _ => left.text()?.cmp(right.text()?),
    };
    Some(Value::Bool(match name {
        "less" => order.is_lt(),
        "lessorequals" => order.is_le(),
        "greater" => order.is_gt(),
        _ => order.is_ge(),
    }))
}

fn extreme(name: &str, all: &[Setting]) -> Option<Value> {
    let numbers: Option<Vec<i64>> = all.iter().map(Setting::integer).collect();
    let numbers = numbers?.into_iter();
    if name == "min" { numbers.min().map(number) } else { numbers.max().map(number) }
}
