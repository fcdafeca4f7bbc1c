//! A scope of a template: its parameters and variables, and the values of expressions in it.

use alloc::collections::BTreeSet;
use alloc::format;
use alloc::string::{String, ToString as _};
use alloc::vec::Vec;
use core::ops::Range;

use super::expression::{self, Expression};
use super::function;
use super::setting::{Entry, Setting, Unknown, Value};
use crate::json::{self, Node};
use crate::quote::quote;
use crate::{Document, Limits};

/// What an expression is wrong about: where, and in what words.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Fault {
    /// It can't be parsed.
    Malformed { start: usize, end: usize, message: String },
    /// It names a parameter or variable that the template doesn't declare.
    Missing { start: usize, end: usize, message: String },
}

/// A scope. Values are found as they are asked for.
pub(crate) struct Scope<'d> {
    document: &'d Document<'d>,
    /// The template, or nothing in a request body, where strings are what they are.
    template: Option<&'d Node>,
    /// Parameters that are given from outside, by name.
    given: Vec<(String, Setting)>,
    /// Expressions under way, nested in one another.
    depth: usize,
    /// Values produced by expressions, bounded by `Limits::EXPRESSION_STEPS`.
    steps: usize,
    /// What is wrong about expressions.
    pub(crate) faults: BTreeSet<Fault>,
    /// Parameters whose default stands in for a value that isn't given.
    pub(crate) defaults: BTreeSet<String>,
    /// Expressions with the names of what they need, if that isn't known: for the trace.
    pub(crate) resolved: Vec<(Range<usize>, BTreeSet<String>)>,
}

impl<'d> Scope<'d> {
    pub(crate) fn new(document: &'d Document<'d>, template: Option<&'d Node>, given: Vec<(String, Setting)>) -> Self {
        let (faults, defaults) = (BTreeSet::new(), BTreeSet::new());
        Self { document, template, given, depth: 0, steps: 0, faults, defaults, resolved: Vec::new() }
    }

    /// Takes over what an inner scope noted.
    pub(crate) fn absorb(&mut self, inner: Scope<'_>) {
        self.faults.extend(inner.faults);
        self.defaults.extend(inner.defaults);
        self.resolved.extend(inner.resolved);
        self.steps = self.steps.saturating_add(inner.steps);
    }

    /// The value of a node: its expressions resolved, as far as they can be.
    pub(crate) fn resolve(&mut self, node: &Node) -> Setting {
        if self.template.is_none() {
            return Setting::literal(node);
        }
        let value = match &node.value {
            json::Value::Text(text) if expression::is_expression(text) => return self.expression(node, text),
            json::Value::Text(text) if text.starts_with("[[") => {
                Value::Text(text.get(1..).unwrap_or_default().to_string())
            }
            json::Value::Array(_) | json::Value::Object(_) => {
                // In the body JSON's own depth is the bound; inside of an expression the two would multiply.
                let inside = self.depth > 0;
                if self.depth > Limits::EXPRESSION_DEPTH {
                    return Setting::unknown("an expression within the limits of this reader", node.range());
                }
                self.depth = self.depth.saturating_add(usize::from(inside));
                let value = self.container(node);
                self.depth = self.depth.saturating_sub(usize::from(inside));
                value
            }
            _ => return Setting::literal(node),
        };
        Setting { value, range: node.range(), literal: Some(node.range()), secure: false }
    }

    fn container(&mut self, node: &Node) -> Value {
        if let json::Value::Array(items) = &node.value {
            return Value::List(items.iter().map(|item| self.resolve(item)).collect());
        }
        let mut entries = Vec::new();
        for member in node.members() {
            self.member(member, &mut entries);
        }
        Value::Map(entries)
    }

    fn member(&mut self, member: &json::Member, entries: &mut Vec<Entry>) {
        let key_range = member.key_range();
        if member.key.eq_ignore_ascii_case("copy") && !member.value.items().is_empty() {
            for name in member.value.items().iter().filter_map(|item| item.get("name")?.text()) {
                let value = Setting::unknown(format!("what the loop {} gives", quote(name)), member.value.range());
                entries.push(Entry { key: name.to_string(), key_range: key_range.clone(), value });
            }
            return;
        }
        // Identities are keys, and often expressions.
        let key = if expression::is_expression(&member.key) {
            let parsed = expression::parse(&member.key).ok();
            let value = parsed.map(|parsed| self.evaluate(&parsed, &key_range));
            let symbol = |value: &Setting| value.missing()?.symbol.as_ref().map(|symbol| format!("[{symbol}]"));
            let value = value.and_then(|value| value.text().map(str::to_string).or_else(|| symbol(&value)));
            value.unwrap_or_else(|| member.key.clone())
        } else {
            member.key.clone()
        };
        let value = self.resolve(&member.value);
        entries.push(Entry { key, key_range, value });
    }

    fn expression(&mut self, node: &Node, text: &str) -> Setting {
        let range = node.range();
        match expression::parse(text) {
            Ok(expression) => {
                let mut setting = self.evaluate(&expression, &range);
                setting.range = range.clone();
                if self.depth == 0 && self.resolved.len() < Limits::TRACE_ENTRIES {
                    self.resolved.push((range, setting.names()));
                }
                setting
            }
            Err(fault) => {
                let at = node.part(self.document.text(), fault.at..fault.at.saturating_add(1));
                let message = format!("expected {} in the expression", fault.expected);
                self.faults.insert(Fault::Malformed { start: at.start, end: at.end, message });
                Setting::unknown("an expression that can be read", range)
            }
        }
    }

    /// The value of an expression that stands at `range`.
    pub(crate) fn evaluate(&mut self, expression: &Expression, range: &Range<usize>) -> Setting {
        self.steps = self.steps.saturating_add(1);
        if self.depth > Limits::EXPRESSION_DEPTH || self.steps > Limits::EXPRESSION_STEPS {
            return Setting::unknown("an expression within the limits of this reader", range.clone());
        }
        self.depth = self.depth.saturating_add(1);
        let setting = match expression {
            Expression::Text(text) => Setting::computed(Value::Text(text.clone()), range.clone()),
            Expression::Number(number) => Setting::computed(Value::Number(number.clone()), range.clone()),
            Expression::Member(of, key) => {
                let (of, key) = (self.evaluate(of, range), self.evaluate(key, range));
                member_of(of, &key, range)
            }
            Expression::Call(name, arguments, _) => self.call(name, arguments, range),
        };
        self.depth = self.depth.saturating_sub(1);
        self.steps = self.steps.saturating_add(setting.size());
        setting
    }

    fn call(&mut self, name: &str, arguments: &[Expression], range: &Range<usize>) -> Setting {
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

    fn declared(&self, section: &str, name: &str) -> Option<&'d Node> {
        let section = self.template?.members().iter().rev().find(|member| member.key.eq_ignore_ascii_case(section))?;
        let members = section.value.members();
        members.iter().rev().find(|member| member.key.eq_ignore_ascii_case(name)).map(|member| &member.value)
    }

    fn parameter(&mut self, name: &str, range: &Range<usize>) -> Setting {
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
        setting
    }

    fn variable(&mut self, name: &str, range: &Range<usize>) -> Setting {
        match self.declared("variables", name) {
            Some(declared) => Setting { range: range.clone(), ..self.nested(declared) },
            None => self.missing("variable", name, range),
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
}

/// The value of a function that is not known: named by what its arguments need, or by itself.
fn unknown(name: &str, arguments: &[Setting], range: &Range<usize>) -> Setting {
    let mut names: BTreeSet<String> = arguments.iter().flat_map(Setting::names).collect();
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
fn placed(setting: Setting, range: &Range<usize>) -> Setting {
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

fn member_of(of: Setting, key: &Setting, range: &Range<usize>) -> Setting {
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
