//! Tags: their names and attributes, read strictly, with the places of their faults.

mod attribute;

use alloc::collections::BTreeSet;
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;
use core::ops::Range;

use super::character::{is_name_start, local};
use super::source::{Source, blanks, is_blank};
use crate::ErrorKind;
use crate::fabric::manifest::Value;
use crate::quote::quote;

/// A tag: `<a b="c">`, `<a />` or `</a>`.
pub(super) struct Tag<'d> {
    pub(super) kind: TagKind,
    /// The name with its prefix.
    pub(super) name: &'d str,
    /// The attributes; of two with one name, the first.
    pub(super) attributes: Vec<Attribute<'d>>,
    /// From `<` until after `>`.
    pub(super) place: Range<usize>,
    /// Whether its `>` or `/>` was lost, which an error has said, so that it may be an empty element.
    pub(super) is_open: bool,
    /// Whether errors have been said of it, so that what it lacks may be a consequence of them.
    pub(super) is_faulty: bool,
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum TagKind {
    Start,
    Empty,
    End,
}

/// An attribute of a tag.
pub(super) struct Attribute<'d> {
    /// The name with its prefix.
    pub(super) name: &'d str,
    /// Where the name stands.
    pub(super) place: Range<usize>,
    pub(super) value: Value<'d>,
}

/// What stands at a `<`.
pub(super) enum Scanned<'d> {
    Tag(Tag<'d>),
    /// The sign alone, which an error has said.
    Sign,
    /// A tag in which the text ends or a limit is passed, which an error has said.
    Cut,
}

impl<'d> Tag<'d> {
    /// The name without its prefix.
    pub(super) fn local(&self) -> &'d str {
        local(self.name)
    }

    /// The attribute of this name, without a prefix.
    pub(super) fn attribute(&self, name: &str) -> Option<&Attribute<'d>> {
        self.attributes.iter().find(|attribute| attribute.name == name)
    }
}

/// Reads the tag at `start`, where a `<` stands.
pub(super) fn scan<'d>(source: &mut Source<'d>, start: usize) -> Scanned<'d> {
    let mut at = start.saturating_add(1);
    let is_end = source.rest(at).starts_with('/');
    if is_end {
        at = at.saturating_add(1);
    }
    let name = name(source.rest(at));
    if !name.starts_with(is_name_start) {
        return no_name(source, start, at);
    }
    let kind = if is_end { TagKind::End } else { TagKind::Start };
    let place = start..at.saturating_add(name.len());
    Scanner {
        at: place.end,
        tag: Tag { kind, name, attributes: Vec::new(), place, is_open: false, is_faulty: false },
        names: BTreeSet::new(),
    }
    .run(source)
}

/// The name at the start of `text`: everything until a character that ends one.
fn name(text: &str) -> &str {
    let ends = |found: char| is_blank(found) || matches!(found, '>' | '/' | '<' | '=' | '"' | '\'' | '&');
    text.get(..text.find(ends).unwrap_or(text.len())).unwrap_or_default()
}

fn no_name<'d>(source: &mut Source<'d>, start: usize, at: usize) -> Scanned<'d> {
    let found = source.found(at);
    if source.rest(at).is_empty() {
        source.error(ErrorKind::Truncated, "the name of an element", found, at..at);
        return Scanned::Cut;
    }
    let help = "write `&lt;` where the sign itself is meant";
    source.error_with_help(ErrorKind::Syntax, "the name of an element after `<`", found, start..at, help);
    Scanned::Sign
}

/// What a step of the scanner comes to.
enum Step {
    /// The tag goes on.
    On,
    /// The tag ends at the scanner's place.
    Done,
    /// The text ends in it, or a limit is passed.
    Cut,
}

struct Scanner<'d> {
    at: usize,
    tag: Tag<'d>,
    names: BTreeSet<&'d str>,
}

impl<'d> Scanner<'d> {
    fn run(mut self, source: &mut Source<'d>) -> Scanned<'d> {
        let errors = source.errors();
        loop {
            if source.is_stopped() {
                return Scanned::Cut;
            }
            match self.step(source) {
                Step::On => {}
                Step::Done => {
                    self.tag.place.end = self.at;
                    self.tag.is_faulty = source.errors() > errors;
                    return Scanned::Tag(self.tag);
                }
                Step::Cut => return Scanned::Cut,
            }
        }
    }

    fn step(&mut self, source: &mut Source<'d>) -> Step {
        let before = self.at;
        self.at = before.saturating_add(blanks(source.rest(before)));
        let rest = source.rest(self.at);
        let Some(next) = rest.chars().next() else {
            let expected = format!("`>` for the tag {}", self.opened(source));
            source.error(ErrorKind::Truncated, expected, source.end_in_words(), self.at..self.at);
            return Step::Cut;
        };
        match next {
            '>' => return self.done(1),
            '/' if rest.starts_with("/>") && self.tag.kind != TagKind::End => {
                self.tag.kind = TagKind::Empty;
                return self.done(2);
            }
            '<' => {
                let expected = format!("`>` for the tag {}", self.opened(source));
                source.error(ErrorKind::Syntax, expected, "`<`", before..before);
                self.at = before;
                self.tag.is_open = true;
                return Step::Done;
            }
            _ => {}
        }
        let is_attribute = self.tag.kind != TagKind::End && !matches!(next, '/' | '=' | '&' | '"' | '\'');
        let name = name(rest);
        if before == self.at || !is_attribute {
            let follows = rest.get(name.len()..).unwrap_or_default().trim_start_matches(is_blank);
            let is_attribute = is_attribute && follows.starts_with('=');
            self.glued(source, is_attribute);
            if !is_attribute {
                self.skip(source);
                return Step::On;
            }
        }
        self.attribute(source, name)
    }

    fn done(&mut self, length: usize) -> Step {
        self.at = self.at.saturating_add(length);
        Step::Done
    }

    /// Reports something in the tag that is no attribute, or an attribute without a blank before it.
    fn glued(&self, source: &mut Source<'d>, is_attribute: bool) {
        let found = source.found(self.at);
        let place = self.at..self.at.saturating_add(1);
        let last = self.tag.attributes.last().map(|attribute| quote(attribute.name));
        match (self.tag.kind, last) {
            (TagKind::End, _) => source.error(ErrorKind::Syntax, "`>`", found, place),
            (_, Some(last)) if is_attribute => {
                source.error(ErrorKind::Syntax, format!("a blank after the value of {last}"), found, place);
            }
            (_, Some(last)) => {
                let expected = format!("another attribute, `/>` or `>` after the value of {last}");
                let help = "write `&quot;` where a quotation mark is part of a value";
                source.error_with_help(ErrorKind::Syntax, expected, found, place, help);
            }
            (_, None) => source.error(ErrorKind::Syntax, "an attribute, `/>` or `>`", found, place),
        }
    }

    /// Passes over what is no attribute: until a blank or the end of the tag.
    fn skip(&mut self, source: &Source<'d>) {
        let rest = source.rest(self.at);
        let length = rest
            .char_indices()
            .skip(1)
            .find(|&(at, found)| {
                is_blank(found)
                    || matches!(found, '>' | '<')
                    || rest.get(at..).is_some_and(|rest| rest.starts_with("/>"))
            })
            .map_or(rest.len(), |(at, _)| at);
        self.at = self.at.saturating_add(length);
    }

    /// "`<Section` of line 3, column 5".
    fn opened(&self, source: &Source<'d>) -> String {
        let sign = if self.tag.kind == TagKind::End { "/" } else { "" };
        let name = quote(&format!("<{sign}{}", self.tag.name));
        format!("{name} of {}", source.line_and_column(self.tag.place.start))
    }
}
