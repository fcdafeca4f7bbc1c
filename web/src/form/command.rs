//! A command line as a form. The options that a field names are read and written in their places; all else stays: quotes,
//! continued lines, the order, options without a field.

use std::ops::Range;

use admit_core::enclave::{Command, CommandOption, Word};

use super::{Field, Kind};

/// Parts of a path: the image, variables, and the volume with the socket of AESM.
pub(super) const IMAGE: &str = "image";
pub(super) const VARIABLE: &str = "env";
pub(super) const AESM: &str = "aesm";

/// How an option is written that wasn't there.
const WRITTEN: [(&str, &str); 5] = [("detach", "-d"), ("env", "-e"), ("publish", "-p"), ("volume", "-v"), (AESM, "-v")];

/// What stands in a command for a field; empty where nothing does.
pub(super) fn value(command: &Command, field: &Field) -> String {
    let given: Vec<&CommandOption> = command.options.iter().filter(|option| is_of(option, field)).collect();
    if field.path == [IMAGE] {
        return command.image.as_ref().map(|image| image.text.clone()).unwrap_or_default();
    }
    if field.kind == Kind::Texts {
        return given.iter().map(|option| item(option.text())).collect::<Vec<_>>().join(", ");
    }
    // Of an option that is given twice, the last one counts.
    let Some(option) = given.last() else { return String::new() };
    match (field.path, field.kind) {
        ([VARIABLE, name], _) => option.text().get(name.len() + 1..).unwrap_or_default().to_owned(),
        ([AESM], _) => folder(option).unwrap_or_default().to_owned(),
        (_, Kind::Flag) if option.value.is_none() => "true".to_owned(),
        _ => option.text().to_owned(),
    }
}

/// The text with a value in a field: replaced where it stands, added behind the other options where it doesn't, removed
/// where it is empty. Nothing where an option that is not known stands in the way.
pub(super) fn set(text: &str, command: &Command, field: &Field, value: &str) -> Option<String> {
    if field.path == [IMAGE] {
        return set_image(text, command, value);
    }
    let given: Vec<&CommandOption> = command.options.iter().filter(|option| is_of(option, field)).collect();
    if field.kind == Kind::Texts {
        return set_all(text, command, field, &given, &items(value));
    }
    let Some(option) = given.last() else {
        let added = match (field.path, field.kind) {
            _ if value.is_empty() => return Some(text.to_owned()),
            ([VARIABLE, name], _) => format!("{name}={value}"),
            ([AESM], _) => format!("{value}:{value}"),
            (_, Kind::Flag) => return add(text, command, &flag(&spelling(field), value)),
            _ => value.to_owned(),
        };
        return add(text, command, &written(field, &added));
    };
    if value.is_empty() {
        let all = given.iter().rev().map(|option| (option.before..option.place.end, String::new()));
        return edit(text, all);
    }
    let new = match (field.path, field.kind) {
        ([VARIABLE, name], _) => format!("{name}={value}"),
        ([AESM], _) => {
            let old = folder(option).unwrap_or_default();
            let parts = option.text().split_inclusive([':', ',', '=']).map(|part| {
                let bare = part.trim_end_matches([':', ',', '=']);
                if bare == old { part.replacen(old, value, 1) } else { part.to_owned() }
            });
            parts.collect()
        }
        (_, Kind::Flag) if option.value.is_none() => {
            // Letters that stand together can't hold a value.
            if text.get(option.place.clone()).is_some_and(|flag| flag.starts_with('-')) {
                return edit(text, [(option.place.clone(), flag(text.get(option.place.clone())?, value))]);
            }
            let apart = edit(text, [(option.before..option.place.end, String::new())])?;
            return add(&apart, &Command::read(&apart)?, &flag(&spelling(field), value));
        }
        _ => value.to_owned(),
    };
    edit(text, [replaced(text, option, &new)])
}

/// Whether an option is one of a field's.
fn is_of(option: &CommandOption, field: &Field) -> bool {
    match field.path {
        [VARIABLE, name] => {
            option.name == VARIABLE && option.text().strip_prefix(name).is_some_and(|rest| rest.starts_with('='))
        }
        [AESM] => folder(option).is_some(),
        [name] => option.name == *name,
        _ => false,
    }
}

/// The folder or socket of AESM that a volume brings.
fn folder(option: &CommandOption) -> Option<&str> {
    let source = match option.name.as_str() {
        "volume" => option.text().split(':').next(),
        "mount" => {
            let mut parts = option.text().split(',');
            parts.find_map(|part| part.strip_prefix("source=").or(part.strip_prefix("src=")))
        }
        _ => None,
    };
    source.filter(|source| source.contains("/aesmd"))
}

/// The items of a list: separated by commas, and in quotes where they have one themselves.
pub(super) fn items(list: &str) -> Vec<String> {
    let mut items = Vec::new();
    let mut rest = list.trim_start();
    while !rest.is_empty() {
        let item = match rest.strip_prefix('"').and_then(|quoted| quoted.split_once('"')) {
            Some((item, after)) => {
                rest = after.trim_start().trim_start_matches(',');
                item
            }
            None => {
                let (item, after) = rest.split_once(',').unwrap_or((rest, ""));
                rest = after;
                item.trim()
            }
        };
        rest = rest.trim_start();
        if !item.is_empty() {
            items.push(item.to_owned());
        }
    }
    items
}

fn item(text: &str) -> String {
    if text.contains(',') && !text.contains('"') { format!("\"{text}\"") } else { text.to_owned() }
}

/// Puts a list in the place of another: what begins and ends both stays.
fn set_all(
    text: &str,
    command: &Command,
    field: &Field,
    given: &[&CommandOption],
    wanted: &[String],
) -> Option<String> {
    let same = |(option, item): &(&&CommandOption, &String)| option.text() == item.as_str();
    let first = given.iter().zip(wanted).take_while(same).count();
    let (given, wanted) = (given.get(first..)?, wanted.get(first..)?);
    let last = given.iter().rev().zip(wanted.iter().rev()).take_while(same).count();
    let (old, new) = (given.get(..given.len() - last)?, wanted.get(..wanted.len() - last)?);
    let mut edits: Vec<_> = old.iter().zip(new).map(|(option, new)| replaced(text, option, new)).collect();
    let gone = old.get(new.len()..).unwrap_or_default();
    edits.extend(gone.iter().map(|option| (option.before..option.place.end, String::new())));
    let added = new.get(old.len()..).unwrap_or_default();
    if !added.is_empty() {
        // Beside their like: behind the last one that stays or was replaced, or before the first one.
        let all: Vec<&CommandOption> = command.options.iter().filter(|option| is_of(option, field)).collect();
        let count = first + old.len();
        let place = match (count.checked_sub(1).and_then(|before| all.get(before)), all.first()) {
            (Some(before), _) => before.place.end,
            (None, Some(after)) => after.before,
            (None, None) => behind(command),
        };
        let gap = gap(text, command);
        let added = added.iter().map(|item| format!("{gap}{}", written(field, item)));
        edits.push((place..place, added.collect()));
    }
    edits.sort_by_key(|(range, _)| range.start);
    edit(text, edits.into_iter().rev())
}

fn set_image(text: &str, command: &Command, value: &str) -> Option<String> {
    match &command.image {
        // What follows the image would be taken for it.
        Some(image) if value.is_empty() && image.place.end < command.place.end => {
            edit(text, [(image.place.clone(), "''".to_owned())])
        }
        Some(image) if value.is_empty() => {
            let before = text.get(..image.place.start)?.trim_end_matches([' ', '\t', '\r', '\n', '\\', '`']);
            edit(text, [(before.len()..image.place.end, String::new())])
        }
        Some(image) => {
            let old = text.get(image.place.clone())?;
            edit(text, [(image.place.clone(), Word::written(old, value))])
        }
        None if command.is_open => None,
        None if value.is_empty() => Some(text.to_owned()),
        None => {
            let end = command.place.end;
            edit(text, [(end..end, format!("{}{}", gap(text, command), Word::written("", value)))])
        }
    }
}

/// Adds an option behind the others.
fn add(text: &str, command: &Command, option: &str) -> Option<String> {
    let place = behind(command);
    edit(text, [(place..place, format!("{}{option}", gap(text, command)))])
}

/// Where an option can be added: behind the last one that is known, since the next word may be the value of another.
fn behind(command: &Command) -> usize {
    let known = command.options.iter().take_while(|option| option.is_known);
    known.last().map_or(command.begin, |option| option.place.end)
}

/// What stands between options: a blank, or the end of a line with the next one's indentation.
fn gap<'t>(text: &'t str, command: &Command) -> &'t str {
    let gaps = command.options.iter().rev().map(|option| option.before..option.place.start);
    let image = command.image.iter().map(|image| command.begin..image.place.start);
    let is_gap = |gap: &&str| !gap.is_empty() && gap.chars().all(|c| c.is_whitespace() || matches!(c, '\\' | '`'));
    gaps.chain(image).filter_map(|range| text.get(range)).find(is_gap).unwrap_or(" ")
}

/// An option with another value.
fn replaced(text: &str, option: &CommandOption, new: &str) -> (Range<usize>, String) {
    let value = option.value.as_ref().map_or(option.place.end..option.place.end, |value| value.place.clone());
    let old = text.get(value.clone()).unwrap_or_default();
    if value == option.place {
        // Its quotes begin before the value: `"--env=A=b"`.
        return (value, format!("--{}={}", option.name, Word::written("", new)));
    }
    (value, Word::written(old, new))
}

fn spelling(field: &Field) -> String {
    let name = field.path.first().copied().unwrap_or_default();
    let known = WRITTEN.iter().find(|(known, _)| *known == name);
    known.map_or_else(|| format!("--{name}"), |(_, written)| (*written).to_owned())
}

fn written(field: &Field, value: &str) -> String {
    format!("{} {}", spelling(field), Word::written("", value))
}

fn flag(name: &str, value: &str) -> String {
    if value == "true" { name.to_owned() } else { format!("{name}={}", Word::written("", value)) }
}

/// Replaces places, from the last to the first.
fn edit(text: &str, edits: impl IntoIterator<Item = (Range<usize>, String)>) -> Option<String> {
    let mut text = text.to_owned();
    for (range, new) in edits {
        text = super::splice(&text, range, &new)?;
    }
    Some(text)
}

#[cfg(test)]
mod tests;
