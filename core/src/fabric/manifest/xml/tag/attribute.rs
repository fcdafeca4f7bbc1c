//! Attributes of a tag. A quotation mark that is missing is the fault with the farthest consequences: it is found by what
//! the value then holds, so that the error stands where the mark is missing and not where the text stops making sense.

use alloc::format;
use core::ops::Range;

use super::{Attribute, Scanner, Step, TagKind};
use crate::ErrorKind;
use crate::fabric::manifest::xml::character::is_name;
use crate::fabric::manifest::xml::reference;
use crate::fabric::manifest::xml::source::{Source, blanks, is_blank};
use crate::quote::quote;

impl<'d> Scanner<'d> {
    /// Reads the attribute of this name at the scanner's place.
    pub(super) fn attribute(&mut self, source: &mut Source<'d>, name: &'d str) -> Step {
        let place = self.at..self.at.saturating_add(name.len());
        if !source.node(self.at) {
            return Step::Cut;
        }
        if !is_name(name) {
            source.error(ErrorKind::Syntax, "the name of an attribute", quote(name), place.clone());
        }
        self.at = place.end;
        self.blanks(source);
        if source.rest(self.at).starts_with('=') {
            self.at = self.at.saturating_add(1);
            self.blanks(source);
        } else {
            let is_end = source.rest(self.at).is_empty();
            let kind = if is_end { ErrorKind::Truncated } else { ErrorKind::Syntax };
            let found = source.found(self.at);
            source.error(kind, format!("`=` after {}", quote(name)), found, place.end..place.end);
            if is_end {
                return Step::Cut;
            }
            if !source.rest(self.at).starts_with(['"', '\'']) {
                self.at = place.end;
                return Step::On;
            }
        }
        match source.rest(self.at).chars().next() {
            Some(mark @ ('"' | '\'')) => self.quoted(source, name, place, mark),
            Some(mark @ ('\u{201c}'..='\u{201f}' | '\u{2018}'..='\u{201b}' | '\u{ab}' | '\u{bb}')) => {
                self.typographic(source, name, place, mark)
            }
            Some(_) => self.unquoted(source, name, place),
            None => {
                let expected = format!("a value in quotation marks for {}", quote(name));
                source.error(ErrorKind::Truncated, expected, source.end_in_words(), self.at..self.at);
                Step::Cut
            }
        }
    }

    fn blanks(&mut self, source: &Source<'d>) {
        self.at = self.at.saturating_add(blanks(source.rest(self.at)));
    }

    /// Keeps an attribute whose value stands at `value`.
    fn keep(&mut self, source: &mut Source<'d>, name: &'d str, place: Range<usize>, value: Range<usize>) {
        let value = reference::value(source, value);
        if self.names.insert(name) {
            self.tag.attributes.push(Attribute { name, place, value });
        } else {
            let expected = format!("each attribute of {} once", quote(self.tag.name));
            source.error(ErrorKind::Syntax, expected, format!("a second {}", quote(name)), place);
        }
    }

    fn quoted(&mut self, source: &mut Source<'d>, name: &'d str, place: Range<usize>, mark: char) -> Step {
        let open = self.at;
        let from = open.saturating_add(1);
        let rest = source.rest(from);
        let close = rest.find(mark);
        let body = rest.get(..close.unwrap_or(rest.len())).unwrap_or_default();
        if let Some(sign) = body.find('<') {
            let before = body.get(..sign).unwrap_or_default().trim_end_matches(is_blank);
            if close.is_none() || before.ends_with('>') {
                return self.unclosed(source, name, place, mark, before);
            }
            let at = from.saturating_add(sign);
            let expected = format!("`&lt;` in the value of {}", quote(name));
            source.error(ErrorKind::Syntax, expected, "`<`", at..at.saturating_add(1));
        }
        let Some(close) = close else {
            let expected = format!("{} to close the value of {}", mark_in_words(mark), quote(name));
            let expected = format!("{expected} of {}", source.line_and_column(open));
            let end = source.block().end;
            source.error(ErrorKind::Truncated, expected, source.end_in_words(), end..end);
            return Step::Cut;
        };
        let after = rest.get(close.saturating_add(1)..).unwrap_or_default();
        if let Some(swallowed) = swallowed(body, after) {
            let text = body.get(..swallowed.start).unwrap_or_default().trim_end_matches(is_blank);
            let value = from..from.saturating_add(text.len());
            let found = format!("the attribute {}", quote(body.get(swallowed.clone()).unwrap_or_default()));
            let expected = format!("{} to close the value of {}", mark_in_words(mark), quote(name));
            source.error(ErrorKind::Syntax, expected, found, open..value.end);
            self.at = value.end;
            self.keep(source, name, place, value);
            return Step::On;
        }
        self.at = from.saturating_add(close).saturating_add(1);
        self.keep(source, name, place, from..from.saturating_add(close));
        Step::On
    }

    /// Ends the tag before the next `<`, because the value that begins here has no closing quotation mark before it.
    /// `before` is the text between.
    fn unclosed(
        &mut self,
        source: &mut Source<'d>,
        name: &'d str,
        place: Range<usize>,
        mark: char,
        before: &str,
    ) -> Step {
        let from = self.at.saturating_add(1);
        let body = before.strip_suffix('>').unwrap_or(before);
        let is_empty = body.len() < before.len() && body.ends_with('/');
        let body = if is_empty { body.strip_suffix('/').unwrap_or(body) } else { body };
        let end = from.saturating_add(body.trim_end_matches(is_blank).len());
        let expected = format!("{} to close the value of {}", mark_in_words(mark), quote(name));
        source.error(ErrorKind::Syntax, expected, "`<`", self.at..end);
        self.keep(source, name, place, from..end);
        if is_empty && self.tag.kind == TagKind::Start {
            self.tag.kind = TagKind::Empty;
        }
        self.tag.is_open = true;
        self.at = from.saturating_add(before.len());
        Step::Done
    }

    /// A value in typographic quotation marks, as word processors write them.
    fn typographic(&mut self, source: &mut Source<'d>, name: &'d str, place: Range<usize>, mark: char) -> Step {
        let from = self.at.saturating_add(mark.len_utf8());
        let rest = source.rest(from);
        let ends =
            |found| matches!(found, '\u{201c}'..='\u{201f}' | '\u{2018}'..='\u{201b}' | '\u{ab}' | '\u{bb}' | '"');
        let stop = rest.find(|found| ends(found) || matches!(found, '<' | '>' | '\n')).unwrap_or(rest.len());
        let close = rest.get(stop..).and_then(|rest| rest.chars().next()).filter(|&found| ends(found));
        let expected = format!("a value in straight quotation marks for {}", quote(name));
        let help = "replace the typographic quotation marks by `\"`";
        source.error_with_help(ErrorKind::Syntax, expected, source.found(self.at), self.at..from, help);
        let end = from.saturating_add(stop);
        self.keep(source, name, place, from..end);
        self.at = end.saturating_add(close.map_or(0, char::len_utf8));
        Step::On
    }

    fn unquoted(&mut self, source: &mut Source<'d>, name: &'d str, place: Range<usize>) -> Step {
        let rest = source.rest(self.at);
        let stop = rest.find(|found| is_blank(found) || matches!(found, '<' | '>')).unwrap_or(rest.len());
        let text = rest.get(..stop).unwrap_or_default();
        let text = if rest.get(stop..).is_some_and(|rest| rest.starts_with('>')) {
            text.strip_suffix('/').unwrap_or(text)
        } else {
            text
        };
        let expected = format!("a value in quotation marks for {}", quote(name));
        let end = self.at.saturating_add(text.len());
        if text.is_empty() {
            let found = source.found(self.at);
            source.error(ErrorKind::Syntax, expected, found, self.at..self.at.saturating_add(1));
            return Step::On;
        }
        if is_attribute(text) && source.slice(place.end..self.at).ends_with(is_blank) {
            source.error(ErrorKind::Syntax, expected, format!("the attribute {}", quote(text)), self.at..end);
            self.at = self.at.saturating_sub(1);
            return Step::On;
        }
        let help = format!("write {}", quote(&format!("{name}=\"{text}\"")));
        source.error_with_help(ErrorKind::Syntax, expected, quote(text), self.at..end, help);
        self.keep(source, name, place, self.at..end);
        self.at = end;
        Step::On
    }
}

/// Whether `text` begins like an attribute: a name, `=` and a quotation mark.
fn is_attribute(text: &str) -> bool {
    let name = super::name(text);
    let value = text.get(name.len()..).and_then(|rest| rest.strip_prefix('='));
    is_name(name) && value.is_some_and(|value| value.starts_with(['"', '\'']))
}

/// Where the value `body` holds the beginning of the next attribute, ` Value=`, because its own closing quotation mark is
/// missing: what follows then is text right after a quotation mark.
fn swallowed(body: &str, after: &str) -> Option<Range<usize>> {
    if after.is_empty() || after.starts_with(is_blank) || after.starts_with('>') || after.starts_with("/>") {
        return None;
    }
    let before = body.trim_end_matches(is_blank).strip_suffix('=')?.trim_end_matches(is_blank);
    let from = before.rfind(is_blank)?.saturating_add(1);
    is_name(before.get(from..)?).then_some(from..before.len())
}

fn mark_in_words(mark: char) -> &'static str {
    if mark == '"' { "`\"`" } else { "`'`" }
}
