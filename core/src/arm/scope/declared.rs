//! What a template declares: parameters and variables.

use alloc::format;
use alloc::string::{String, ToString as _};
use alloc::vec::Vec;
use core::ops::Range;

use super::call::placed;
use super::{Fault, Scope};
use crate::Limits;
use crate::arm::function::same;
use crate::arm::setting::{Setting, Unknown, Value};
use crate::json::Node;
use crate::quote::quote;

impl<'d> Scope<'d> {
    pub(super) fn declared(&self, section: &str, name: &str) -> Option<&'d Node> {
        let section = self.template?.members().iter().rev().find(|member| member.key.eq_ignore_ascii_case(section))?;
        let members = section.value.members();
        members.iter().rev().find(|member| member.key.eq_ignore_ascii_case(name)).map(|member| &member.value)
    }

    pub(super) fn parameter(&mut self, name: &str, range: &Range<usize>) -> Setting {
        let Some(declared) = self.declared("parameters", name) else {
            return self.missing("parameter", name, range);
        };
        let kind = declared.get("type").and_then(Node::text).unwrap_or_default();
        let secure = kind.eq_ignore_ascii_case("securestring") || kind.eq_ignore_ascii_case("secureobject");
        let given = self.given.iter().rev().find(|(given, _)| given.eq_ignore_ascii_case(name));
        let mut setting = if let Some((_, given)) = given {
            placed(given.clone(), range)
        } else if let Some(default) = declared.get("defaultValue") {
            self.defaults.insert(name.to_string());
            Setting { range: range.clone(), ..self.nested(default) }
        } else {
            let mut unknown = Unknown::named(format!("parameter {}", quote(name)));
            unknown.symbol = Some(format!("parameters('{}')", name.to_ascii_lowercase()));
            Setting::computed(Value::Unknown(unknown), range.clone())
        };
        if secure {
            setting.secure = true;
        }
        self.allowed(name, declared, &setting);
        setting
    }

    pub(super) fn variable(&mut self, name: &str, range: &Range<usize>) -> Setting {
        match self.declared("variables", name) {
            Some(declared) => Setting { range: range.clone(), ..self.nested(declared) },
            None => match self.looped_variable(name) {
                Some(looped) => Setting { range: range.clone(), ..looped },
                None => self.missing("variable", name, range),
            },
        }
    }

    /// A value that an expression refers to: bounded as expressions are, so that a variable that refers to itself ends.
    fn nested(&mut self, node: &Node) -> Setting {
        self.steps = self.steps.saturating_add(1);
        if self.depth > Limits::EXPRESSION_DEPTH || self.steps > Limits::EXPRESSION_STEPS {
            return Setting::unknown("an expression within the limits of this reader", node.range());
        }
        self.depth = self.depth.saturating_add(1);
        let setting = self.resolve(node);
        self.depth = self.depth.saturating_sub(1);
        setting
    }

    fn missing(&mut self, noun: &str, name: &str, range: &Range<usize>) -> Setting {
        let message = format!("expected a declared {noun}, found {}", quote(name));
        self.faults.insert(Fault::Missing { start: range.start, end: range.end, message });
        Setting::unknown(format!("{noun} {}", quote(name)), range.clone())
    }

    /// Notes a value that the declaration of its parameter does not allow.
    fn allowed(&mut self, name: &str, declared: &Node, setting: &Setting) {
        if !setting.names().is_empty() {
            return;
        }
        let number = |key: &str| declared.get(key).and_then(|bound| Setting::literal(bound).integer());
        let length = match &setting.value {
            Value::Text(text) => Some(text.chars().count()),
            Value::List(items) => Some(items.len()),
            _ => None,
        };
        let length = length.and_then(|length| i64::try_from(length).ok());
        let beyond = |found: Option<i64>, least: &str, most: &str| {
            let found = found?;
            let (least, most) = (number(least), number(most));
            let outside = least.is_some_and(|least| found < least) || most.is_some_and(|most| found > most);
            outside.then(|| match (least, most) {
                (Some(least), Some(most)) => format!("{least} to {most}"),
                (Some(least), None) => format!("at least {least}"),
                (_, most) => format!("at most {}", most.unwrap_or_default()),
            })
        };
        let expected = if let Some(range) = beyond(setting.integer(), "minValue", "maxValue") {
            range
        } else if let Some(range) = beyond(length, "minLength", "maxLength") {
            format!("a length of {range}")
        } else if let Some(allowed) = declared.get("allowedValues").filter(|allowed| !is_among(allowed, setting)) {
            let shown: Vec<String> = allowed.items().iter().filter_map(Node::text).take(8).map(quote).collect();
            if shown.is_empty() {
                String::from("one of the allowed values")
            } else {
                format!("one of {}", shown.join(", "))
            }
        } else {
            return;
        };
        let found = match &setting.value {
            Value::Text(_) => setting.quoted(),
            Value::Number(number) if !setting.secure => number.clone(),
            _ => setting.noun().to_string(),
        };
        let (start, end) = (declared.range().start, declared.range().end);
        let message = format!("expected {expected} for parameter {}, found {found}", quote(name));
        self.faults.insert(Fault::NotAllowed { start, end, message });
    }
}

/// Whether a value is among those allowed: itself, or each of its items. Texts are compared in any case, since whether
/// the service distinguishes it here is not documented.
fn is_among(allowed: &Node, setting: &Setting) -> bool {
    let is = |value: &Setting| {
        allowed.items().iter().map(Setting::literal).any(|one| match (one.text(), value.text()) {
            (Some(one), Some(two)) => one.eq_ignore_ascii_case(two),
            _ => same(&one, value),
        })
    };
    is(setting) || (matches!(setting.value, Value::List(_)) && setting.items().iter().all(is))
}
