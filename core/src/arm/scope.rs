//! A scope of a template: its parameters and variables, and the values of expressions in it.

mod call;
mod declared;
mod repeat;

use alloc::collections::BTreeSet;
use alloc::format;
use alloc::string::{String, ToString as _};
use alloc::vec::Vec;
use core::ops::Range;

use self::call::member_of;
use super::expression::{self, Expression};
use super::setting::{Entry, Setting, Value};
use crate::json::{self, Node};
use crate::{Document, Limits};

/// What an expression is wrong about: where, and in what words.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Fault {
    /// It can't be parsed.
    Malformed { start: usize, end: usize, message: String },
    /// It names a parameter or variable that the template doesn't declare.
    Missing { start: usize, end: usize, message: String },
    /// The value of a parameter is not one that its declaration allows.
    NotAllowed { start: usize, end: usize, message: String },
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
    /// Loops under way, by name, with the place of each, from 0.
    loops: Vec<(String, i64)>,
    /// Parameters whose default stands in for a value that isn't given.
    pub(crate) defaults: BTreeSet<String>,
    /// Expressions with the names of what they need, if that isn't known: for the trace.
    pub(crate) resolved: Vec<(Range<usize>, BTreeSet<String>)>,
}

impl<'d> Scope<'d> {
    pub(crate) fn new(document: &'d Document<'d>, template: Option<&'d Node>, given: Vec<(String, Setting)>) -> Self {
        let (faults, defaults) = (BTreeSet::new(), BTreeSet::new());
        Self {
            document,
            template,
            given,
            depth: 0,
            steps: 0,
            faults,
            defaults,
            loops: Vec::new(),
            resolved: Vec::new(),
        }
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
            for item in member.value.items() {
                if let Some((name, value)) = self.looped(item) {
                    entries.push(Entry { key: name.to_string(), key_range: key_range.clone(), value });
                }
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
    fn evaluate(&mut self, expression: &Expression, range: &Range<usize>) -> Setting {
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
}
