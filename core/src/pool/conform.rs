//! Holding a pool against the schema: every key, type, enumeration and bound.

mod choice;

use alloc::collections::BTreeSet;
use alloc::format;
use alloc::string::{String, ToString as _};
use alloc::vec::Vec;

use super::context::{Context, Pool, fixed};
use super::rules::shape;
use super::schema::{self, Property, Shape};
use super::version::Version;
use crate::arm::setting::{Entry, Setting, Value};
use crate::nearest::nearest;
use crate::quote::quote;
use crate::{Edit, Limits};

/// Walks the resource with the schema of its version.
pub(super) fn check(pool: &Pool<'_>, cx: &mut Context<'_>) {
    object(pool.resource, schema::RESOURCE, &Place { path: String::new(), security: false }, pool, cx, 0);
}

/// Where the walk is.
struct Place {
    /// Keys from the resource on, with dots.
    path: String,
    /// Whether the object holds security settings only.
    security: bool,
}

impl Place {
    fn below(&self, property: &Property) -> Self {
        let path =
            if self.path.is_empty() { property.name.to_string() } else { format!("{}.{}", self.path, property.name) };
        Self { path, security: property.traits.security }
    }
}

fn object(
    setting: &Setting,
    properties: &'static [Property],
    place: &Place,
    pool: &Pool<'_>,
    cx: &mut Context<'_>,
    depth: usize,
) {
    if depth > Limits::EXPRESSION_DEPTH {
        return;
    }
    let mut seen: BTreeSet<String> = BTreeSet::new();
    for entry in setting.entries() {
        // The same key in the same case is found where the text is read.
        if !seen.insert(entry.key.to_ascii_lowercase())
            && setting.entries().iter().filter(|other| other.key == entry.key).count() < 2
        {
            let message = format!("expected each key once, found {} again in another case", quote(&entry.key));
            cx.add(cx.finding_at(&shape::text::DUPLICATED, message, &entry.key_range).arg("key", quote(&entry.key)));
        }
        cx.rules = cx.rules.saturating_add(1);
        let found = properties.iter().find(|property| property.name == entry.key);
        let found = found.or_else(|| properties.iter().find(|property| property.name.eq_ignore_ascii_case(&entry.key)));
        match found {
            Some(property) => known(entry, property, place, pool, cx, depth),
            None if place.path.is_empty()
                && schema::TEMPLATE.iter().any(|key| key.eq_ignore_ascii_case(&entry.key)) => {}
            None => unknown(entry, properties, place, cx),
        }
    }
}

fn known(
    entry: &Entry,
    property: &'static Property,
    place: &Place,
    pool: &Pool<'_>,
    cx: &mut Context<'_>,
    depth: usize,
) {
    let below = place.below(property);
    let key = &entry.key_range;
    if property.name != entry.key {
        let message = format!("expected the key `{}`, found {} in another case", property.name, quote(&entry.key));
        let edit = Edit { span: cx.span(key), text: format!("\"{}\"", property.name) };
        let finding = cx.finding_at(&shape::CASE, message, key).arg("property", below.path.clone());
        cx.add(finding.fix(format!("Write {}", property.name), Vec::from([edit])));
    }
    if entry.value.value == Value::Null {
        return;
    }
    if property.traits.read_only {
        let message = format!("expected what a request may set, found `{}`, which only the service writes", below.path);
        cx.add(cx.finding_at(&shape::READ_ONLY, message, key));
        return;
    }
    if !property.versions.has(pool.version) {
        let security = property.traits.security;
        let rule = if security { &shape::DROPPED } else { &shape::VERSION };
        let names = property.versions.names().join(", ");
        let message =
            format!("expected a property of version {}, found `{}` of {names}", pool.version.name(), below.path);
        let help = match (property.name, pool.version < Version::named("2025-01-01").unwrap_or(Version::NEWEST)) {
            ("executionType" | "cooldownPeriodInSeconds", false) => "write it in `lifecycleConfiguration`",
            ("lifecycleConfiguration", true) => "use a version from 2025-01-01 on",
            _ => "use one of these versions, or remove it",
        };
        cx.add(cx.finding_at(rule, message, key).arg("property", below.path.clone()).help(help));
        return;
    }
    if pool.patch && !property.traits.patch {
        let message = format!("expected what PATCH can change, found `{}`", below.path);
        let help = "set it by PUT; a pool's location, environment and identities of sessions stay as they were made";
        cx.add(cx.finding_at(&shape::PATCH, message, key).help(help));
    }
    value(&entry.value, property.name, &property.shape, &below, pool, cx, depth);
}

fn value(
    setting: &Setting,
    name: &'static str,
    expected: &'static Shape,
    place: &Place,
    pool: &Pool<'_>,
    cx: &mut Context<'_>,
    depth: usize,
) {
    if setting.missing().is_some() {
        // A choice, a number or a group of settings that isn't known could be refused by the service.
        if matches!(
            expected,
            Shape::Choice(_) | Shape::Integer(Some(_)) | Shape::Object(_) | Shape::List(Shape::Object(_))
        ) {
            cx.doubt(&shape::VALUE, &place.path, setting);
        }
        return;
    }
    let fits = match (expected, &setting.value) {
        (Shape::Text | Shape::Choice(_), Value::Text(_)) => true,
        (Shape::Boolean, Value::Bool(_)) => true,
        (Shape::Integer(_), Value::Number(_)) => setting.integer().is_some(),
        (Shape::Number, Value::Number(_)) => true,
        (Shape::Number, Value::Text(text)) => text.parse::<f64>().is_ok(),
        (Shape::Object(_) | Shape::Map, Value::Map(_)) => true,
        (Shape::List(_), Value::List(_)) => true,
        (Shape::Map, _) => true,
        _ => false,
    };
    if !fits {
        let message = format!("expected {} for `{}`, found {}", noun(expected), place.path, setting.noun());
        cx.add(cx.finding(&shape::TYPE, message, setting));
        return;
    }
    match expected {
        Shape::Choice(choices) => choice::choice(setting, name, choices, place, pool, cx),
        Shape::Integer(Some((least, most, source))) => {
            let found = setting.integer().unwrap_or(*least);
            if found < *least || found > *most {
                let wanted = if least == most { format!("{least}") } else { format!("{least} to {most}") };
                let message = format!("expected {wanted} for `{}` by {source}, found {found}", place.path);
                let nearest = found.clamp(*least, *most).to_string();
                let edits = cx.replace(setting, nearest.clone());
                cx.add(fixed(cx.finding(&shape::BOUNDS, message, setting), format!("Write {nearest}"), edits));
            }
        }
        Shape::Object(properties) => object(setting, properties, place, pool, cx, depth.saturating_add(1)),
        Shape::List(of) => {
            for item in setting.items() {
                value(item, name, of, place, pool, cx, depth.saturating_add(1));
            }
        }
        _ => {}
    }
}

fn unknown(entry: &Entry, properties: &'static [Property], place: &Place, cx: &mut Context<'_>) {
    let own = quote(&entry.key);
    let at = &entry.key_range;
    let here = if place.path.is_empty() { "the resource".to_string() } else { format!("`{}`", place.path) };
    if let Some((path, property)) = schema::place_of(&entry.key) {
        let rule = if property.traits.security { &shape::DROPPED } else { &shape::MISPLACED };
        let message = format!("expected {own} at `{path}`, found it in {here}");
        cx.add(cx.finding_at(rule, message, at).arg("property", path.clone()).help(format!("move it to `{path}`")));
        return;
    }
    let near = nearest(&entry.key, properties.iter().map(|property| property.name));
    let property = near.and_then(|near| properties.iter().find(|property| property.name == near));
    let security = property.map_or(place.security, |property| property.traits.security);
    let rule = if security { &shape::DROPPED } else { &shape::UNKNOWN };
    let message = format!("expected a property of {here}, found {own}");
    let finding = cx.finding_at(rule, message, at).arg("property", own);
    cx.add(match near {
        Some(near) => {
            let edit = Edit { span: cx.span(at), text: format!("\"{near}\"") };
            finding.help(format!("did you mean `{near}`?")).fix(format!("Write {near}"), Vec::from([edit]))
        }
        None => finding,
    });
}

fn noun(shape: &Shape) -> &'static str {
    match shape {
        Shape::Text | Shape::Choice(_) => "a string",
        Shape::Boolean => "a boolean",
        Shape::Integer(_) => "a whole number",
        Shape::Number => "a number",
        Shape::Object(_) | Shape::Map => "an object",
        Shape::List(_) => "an array",
    }
}
