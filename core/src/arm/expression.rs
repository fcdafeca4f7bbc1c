//! The expression language of Azure Resource Manager templates: `[concat(parameters('a'), 'b')]`.
//!
//! Reference: Azure Resource Manager, "Syntax and expressions in ARM templates". Strings stand in single quotes, which
//! are doubled inside; functions have arguments in brackets; results have properties (`.name`) and items (`[0]`).

use alloc::boxed::Box;
use alloc::string::{String, ToString as _};
use alloc::vec::Vec;
use core::ops::Range;

use crate::Limits;

/// An expression as written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Expression {
    /// `'text'`
    Text(String),
    /// `5`
    Number(String),
    /// `name(arguments)`, with the place of the name in the text.
    Call(String, Vec<Expression>, Range<usize>),
    /// `value.name` or `value['name']`
    Member(Box<Expression>, Box<Expression>),
}

/// What a text isn't an expression for: where, and what was expected.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Fault {
    /// Where in the text.
    pub(crate) at: usize,
    /// What was expected.
    pub(crate) expected: &'static str,
}

/// Whether a string of a template is an expression: it begins with `[`, but not with `[[`, and ends with `]`.
pub(crate) fn is_expression(text: &str) -> bool {
    text.starts_with('[') && !text.starts_with("[[") && text.ends_with(']')
}

/// Parses an expression with its outer brackets.
pub(crate) fn parse(text: &str) -> Result<Expression, Fault> {
    let end = text.len().saturating_sub(1);
    let mut parser = Parser { text: text.get(..end).unwrap_or_default(), at: 1 };
    let expression = parser.expression(0)?;
    parser.skip();
    if parser.at < end { Err(parser.fault("the end of the expression")) } else { Ok(expression) }
}

struct Parser<'t> {
    text: &'t str,
    at: usize,
}

impl Parser<'_> {
    fn rest(&self) -> &str {
        self.text.get(self.at..).unwrap_or_default()
    }

    fn skip(&mut self) {
        let rest = self.rest();
        let blanks = rest.len().saturating_sub(rest.trim_start().len());
        self.at = self.at.saturating_add(blanks);
    }

    fn fault(&self, expected: &'static str) -> Fault {
        Fault { at: self.at, expected }
    }

    /// Reads `token` after blanks, if it stands there.
    fn take(&mut self, token: char) -> bool {
        self.skip();
        let stands = self.rest().starts_with(token);
        if stands {
            self.at = self.at.saturating_add(token.len_utf8());
        }
        stands
    }

    fn word(&mut self) -> Option<(String, Range<usize>)> {
        self.skip();
        let rest = self.rest();
        let length = rest.find(|c: char| !c.is_ascii_alphanumeric() && c != '_').unwrap_or(rest.len());
        let word = rest.get(..length).filter(|word| !word.is_empty())?.to_string();
        let start = self.at;
        self.at = self.at.saturating_add(length);
        Some((word, start..self.at))
    }

    fn expression(&mut self, depth: usize) -> Result<Expression, Fault> {
        if depth > Limits::EXPRESSION_DEPTH {
            return Err(self.fault("fewer nested expressions"));
        }
        let mut value = self.primary(depth)?;
        for _ in 0..Limits::EXPRESSION_DEPTH {
            if self.take('.') {
                let (name, _) = self.word().ok_or_else(|| self.fault("the name of a property"))?;
                value = Expression::Member(Box::new(value), Box::new(Expression::Text(name)));
            } else if self.take('[') {
                let index = self.expression(depth.saturating_add(1))?;
                if !self.take(']') {
                    return Err(self.fault("`]`"));
                }
                value = Expression::Member(Box::new(value), Box::new(index));
            } else {
                return Ok(value);
            }
        }
        Err(self.fault("fewer properties"))
    }

    fn primary(&mut self, depth: usize) -> Result<Expression, Fault> {
        self.skip();
        if self.rest().starts_with('\'') {
            return self.text();
        }
        if self.rest().starts_with(|c: char| c == '-' || c.is_ascii_digit()) {
            let rest = self.rest();
            let length = rest.find(|c: char| c != '-' && !c.is_ascii_digit()).unwrap_or(rest.len());
            let number = rest.get(..length).unwrap_or_default().to_string();
            self.at = self.at.saturating_add(length);
            return Ok(Expression::Number(number));
        }
        let (mut name, mut range) = self.word().ok_or_else(|| self.fault("a function, a string or a number"))?;
        // Functions of a template's own are called by namespace and name.
        if self.take('.') {
            let (member, of) = self.word().ok_or_else(|| self.fault("the name of a function"))?;
            name.push('.');
            name.push_str(&member);
            range.end = of.end;
        }
        if !self.take('(') {
            return Err(self.fault("`(` after the name of a function"));
        }
        let mut arguments = Vec::new();
        if self.take(')') {
            return Ok(Expression::Call(name, arguments, range));
        }
        loop {
            arguments.push(self.expression(depth.saturating_add(1))?);
            if self.take(')') {
                return Ok(Expression::Call(name, arguments, range));
            }
            if !self.take(',') {
                return Err(self.fault("`,` or `)`"));
            }
        }
    }

    fn text(&mut self) -> Result<Expression, Fault> {
        self.at = self.at.saturating_add(1);
        let mut text = String::new();
        loop {
            let rest = self.rest();
            let Some((plain, after)) = rest.split_once('\'') else {
                return Err(self.fault("`'`, the end of the string"));
            };
            text.push_str(plain);
            let doubled = after.starts_with('\'');
            let length = plain.len().saturating_add(if doubled { 2 } else { 1 });
            self.at = self.at.saturating_add(length);
            if !doubled {
                return Ok(Expression::Text(text));
            }
            text.push('\'');
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const GOOD: &str = "[if(equals(parameters('a').b[0], 'it''s'), variables('c'), format('{0}', -5))]";

    #[test]
    fn expressions_are_read() {
        let text = |text: &str| Expression::Text(text.to_string());
        let call =
            |name: &str, arguments: &[Expression], at| Expression::Call(name.to_string(), arguments.to_vec(), at);
        assert_eq!(
            parse("[concat('it''s', a.b())]").ok(),
            Some(call("concat", &[text("it's"), call("a.b", &[], 17..20)], 1..7))
        );
        assert!(parse(GOOD).is_ok());
        assert!(is_expression("[a()]") && !is_expression("[[a()]") && !is_expression("[a()"));
    }

    #[test]
    fn faults_say_where() {
        for (text, at) in [("[]", 1), ("[a]", 2), ("[a('b]", 4), ("[a() b()]", 5), ("[a(,)]", 3), ("[a().]", 5)] {
            assert_eq!(parse(text).err().map(|fault| fault.at), Some(at), "{text}");
        }
        let deep = ["[", &"a(".repeat(Limits::EXPRESSION_DEPTH.saturating_add(9)), "]"].concat();
        assert!(parse(&deep).is_err());
    }

    #[test]
    fn truncations_never_panic() {
        for (at, _) in GOOD.char_indices() {
            let cut = [GOOD.get(..at).unwrap_or_default(), "]"].concat();
            if is_expression(&cut)
                && let Err(fault) = parse(&cut)
            {
                assert!(fault.at <= cut.len());
            }
        }
    }
}
