//! Loops: `copy` of properties, of variables and of resources, and `copyIndex()`.

use alloc::format;
use alloc::string::ToString as _;
use alloc::vec::Vec;

use super::Scope;
use crate::Limits;
use crate::arm::setting::{Setting, Value};
use crate::json::Node;
use crate::quote::quote;

impl<'d> Scope<'d> {
    /// What a loop of properties gives: `{ "name": "env", "count": 2, "input": ... }`.
    pub(super) fn looped<'n>(&mut self, item: &'n Node) -> Option<(&'n str, Setting)> {
        let name = item.get("name")?.text()?;
        let unknown = || Setting::unknown(format!("what the loop {} gives", quote(name)), item.range());
        let Some((count, input)) = self.count(item).zip(item.get("input")) else {
            return Some((name, unknown()));
        };
        let mut values = Vec::new();
        for index in 0..count {
            self.loops.push((name.to_string(), index));
            values.push(self.resolve(input));
            self.loops.pop();
        }
        Some((name, Setting::computed(Value::List(values), item.range())))
    }

    /// The variable that a loop among the variables gives.
    pub(super) fn looped_variable(&mut self, name: &str) -> Option<Setting> {
        let items = self.declared("variables", "copy")?.items();
        let item = items
            .iter()
            .find(|item| item.get("name").and_then(Node::text).is_some_and(|one| one.eq_ignore_ascii_case(name)))?;
        self.depth = self.depth.saturating_add(1);
        let value = if self.depth > Limits::EXPRESSION_DEPTH {
            Some(Setting::unknown("an expression within the limits of this reader", item.range()))
        } else {
            self.looped(item).map(|(_, value)| value)
        };
        self.depth = self.depth.saturating_sub(1);
        value
    }

    /// Resolves a resource, once for each turn of its loop. A loop whose count isn't known is resolved once, with its
    /// index unknown.
    pub(crate) fn resources(&mut self, node: &Node) -> Vec<Setting> {
        let item = node.members().iter().find(|member| member.key.eq_ignore_ascii_case("copy"));
        let count = item.and_then(|item| self.count(&item.value));
        let name = item.and_then(|item| item.value.get("name")).and_then(Node::text).unwrap_or_default();
        let Some(count) = count else {
            return Vec::from([self.resolve(node)]);
        };
        let mut resources = Vec::new();
        for index in 0..count {
            self.loops.push((name.to_string(), index));
            resources.push(self.resolve(node));
            self.loops.pop();
        }
        resources
    }

    /// The index that `copyIndex` gives: of the loop that is named or of the outermost, plus the offset.
    pub(super) fn loop_index(&self, arguments: &[Setting]) -> Option<i64> {
        let (name, offset) = match arguments {
            [] => (None, 0),
            [only] => only.text().map(|name| (Some(name), 0)).or_else(|| Some((None, only.integer()?)))?,
            [name, offset] => (Some(name.text()?), offset.integer()?),
            _ => return None,
        };
        let (_, index) = match name {
            Some(name) => self.loops.iter().rev().find(|(known, _)| known.eq_ignore_ascii_case(name))?,
            None => self.loops.first()?,
        };
        index.checked_add(offset)
    }

    /// How often a loop turns, where that is known and within what Azure Resource Manager takes.
    fn count(&mut self, item: &Node) -> Option<i64> {
        let count = self.resolve(item.get("count")?).integer()?;
        let most = i64::try_from(Limits::LOOP_TURNS).unwrap_or(i64::MAX);
        (0..=most).contains(&count).then_some(count)
    }
}
