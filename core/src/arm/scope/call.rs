//! The functions of expressions, as far as they need the scope.

use alloc::collections::BTreeSet;
use alloc::format;
use alloc::string::{String, ToString as _};
use alloc::vec::Vec;
use core::ops::Range;

use super::Scope;
use crate::Document;
use crate::arm::expression::Expression;
use crate::arm::function;
use crate::arm::setting::{Entry, Setting, Unknown, Value};
use crate::json;

impl Scope<'_> {
    pub(super) fn call(&mut self, name: &str, arguments: &[Expression], range: &Range<usize>) -> Setting {
        let lower = name.to_ascii_lowercase();
        let evaluated = |scope: &mut Self, at: usize| {
            let argument = arguments.get(at);
            argument.map_or_else(
                || Setting::computed(Value::Null, range.clone()),
                |argument| scope.evaluate(argument, range),
            )
        };
        match lower.as_str() {
            "parameters" | "variables" => {
                let argument = evaluated(self, 0);
                match argument.text() {
                    Some(text) if lower == "parameters" => self.parameter(text, range),
                    Some(text) => self.variable(text, range),
                    None => Setting::computed(
                        Value::Unknown(Unknown { names: argument.names(), ..Unknown::default() }),
                        range.clone(),
                    ),
                }
            }
            // Only the branch that is taken is looked at, as the real evaluation does.
            "if" => {
                let condition = evaluated(self, 0);
                match condition.boolean() {
                    Some(true) => evaluated(self, 1),
                    Some(false) => evaluated(self, 2),
                    None => {
                        let (yes, no) = (evaluated(self, 1), evaluated(self, 2));
                        if yes.value == no.value && yes.missing().is_none() {
                            return yes;
                        }
                        let mut names = condition.names();
                        if names.is_empty() {
                            names.insert("a condition that is true or false".to_string());
                        }
                        Setting::computed(Value::Unknown(Unknown { names, ..Unknown::default() }), range.clone())
                    }
                }
            }
            "copyindex" => {
                let arguments: Vec<Setting> = (0..arguments.len()).map(|at| evaluated(self, at)).collect();
                match self.loop_index(&arguments) {
                    Some(index) => Setting::computed(Value::Number(index.to_string()), range.clone()),
                    None => unknown(name, &arguments, range),
                }
            }
            "json" => {
                let argument = evaluated(self, 0);
                let text = argument.text().unwrap_or_default();
                match json::read(&Document::new("expression", text)) {
                    Ok(read) => placed(Setting::literal(&read.root), range),
                    Err(_) => unknown(name, &[argument], range),
                }
            }
            // Bicep writes identifiers as keys in this way.
            "format" if matches!(arguments, [Expression::Text(pattern), _] if pattern == "{0}") => {
                let argument = evaluated(self, 1);
                if argument.missing().is_some() || argument.text().is_some() {
                    argument
                } else {
                    unknown(name, &[argument], range)
                }
            }
            _ => {
                let arguments: Vec<Setting> = (0..arguments.len()).map(|at| evaluated(self, at)).collect();
                let value = function::call(&lower, &arguments, range);
                let secure = arguments.iter().any(|argument| argument.secure);
                match value {
                    Some(value) => Setting { secure, ..Setting::computed(value, range.clone()) },
                    None => Setting { secure, ..unknown(name, &arguments, range) },
                }
            }
        }
    }
}

/// The value of a function that is not known: named by what its arguments need, or by itself.
fn unknown(name: &str, arguments: &[Setting], range: &Range<usize>) -> Setting {
    let mut names: BTreeSet<String> = crate::order::set(arguments.iter().flat_map(Setting::names));
    if names.is_empty() || matches!(name.to_ascii_lowercase().as_str(), "reference" | "resourceid" | "listkeys") {
        names.insert(format!("the result of `{name}()`"));
    }
    let mut unknown = Unknown { names, ..Unknown::default() };
    if name.to_ascii_lowercase().ends_with("resourceid") {
        let is_type = |text: &&str| text.contains('/') && !text.starts_with('/');
        unknown.resource = arguments.iter().filter_map(Setting::text).find(is_type).map(str::to_string);
        let symbols: Option<Vec<String>> = arguments.iter().map(symbol).collect();
        unknown.symbol = symbols.map(|symbols| format!("{}({})", name.to_ascii_lowercase(), symbols.join(",")));
    }
    Setting::computed(Value::Unknown(unknown), range.clone())
}

/// What an argument stands for, in lower case as identifiers of resources are compared.
fn symbol(argument: &Setting) -> Option<String> {
    let known = argument.text().map(|text| format!("'{text}'"));
    known.or_else(|| argument.missing()?.symbol.clone()).map(|symbol| symbol.to_ascii_lowercase())
}

/// A value that was read from a text of an expression: everything in it stands where the expression stands.
pub(super) fn placed(setting: Setting, range: &Range<usize>) -> Setting {
    let place = |setting| placed(setting, range);
    let value = match setting.value {
        Value::List(items) => Value::List(items.into_iter().map(place).collect()),
        Value::Map(entries) => {
            let entry = |entry: Entry| Entry { key: entry.key, key_range: range.clone(), value: place(entry.value) };
            Value::Map(entries.into_iter().map(entry).collect())
        }
        value => value,
    };
    Setting::computed(value, range.clone())
}

pub(super) fn member_of(of: Setting, key: &Setting, range: &Range<usize>) -> Setting {
    if of.missing().is_some() || key.missing().is_some() {
        let names = if of.missing().is_some() { of.names() } else { key.names() };
        let secure = of.secure;
        return Setting {
            secure,
            ..Setting::computed(Value::Unknown(Unknown { names, ..Unknown::default() }), range.clone())
        };
    }
    let found = match key.text() {
        Some(name) => of.entry(name).map(|entry| entry.value.clone()),
        None => key.integer().and_then(|at| of.items().get(usize::try_from(at).ok()?).cloned()),
    };
    match found {
        Some(found) => Setting { range: range.clone(), secure: of.secure || found.secure, ..found },
        None => Setting::unknown("a property that the value doesn't have", range.clone()),
    }
}
