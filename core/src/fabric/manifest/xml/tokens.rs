//! Telling markup from text, by `quick-xml`.

use core::ops::Range;

use alloc::string::String;
use quick_xml::Reader;
use quick_xml::errors::{Error, IllFormedError, SyntaxError};
use quick_xml::events::Event;

use super::reference;
use super::source::{Source, is_blank};
use super::tag::{self, Scanned, Tag};
use crate::ErrorKind;
use crate::quote::quote;

/// A piece of a block of text.
pub(super) enum Token<'d> {
    Tag(Tag<'d>),
    /// Text, a reference in it, or a CDATA section.
    Text(Range<usize>),
    /// A piece that is neither, which an error has said: text that follows belongs to the same fault.
    Fault(Range<usize>),
}

/// The tokens of a block of text, in order. Comments and processing instructions are passed over.
pub(super) struct Tokens<'d> {
    text: &'d str,
    reader: Reader<&'d [u8]>,
    /// Where the reader began to read.
    base: usize,
    /// Where the next token begins.
    at: usize,
    /// The block.
    block: Range<usize>,
    /// Whether anything but blanks was read.
    is_begun: bool,
}

impl<'d> Tokens<'d> {
    pub(super) fn new(text: &'d str, block: Range<usize>) -> Self {
        let mut tokens =
            Self { text, reader: Reader::from_str(""), base: 0, at: 0, block: block.clone(), is_begun: false };
        tokens.resume(block.start);
        tokens
    }

    /// Goes on reading at `at`. What resumes within what the reader has read has added an error, whose number is limited.
    fn resume(&mut self, at: usize) {
        let rest = self.text.get(at..self.block.end).unwrap_or_default();
        // The reader would pass over a byte order mark without counting it.
        let mark = if rest.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
        self.base = at.saturating_add(mark);
        self.at = self.base;
        self.reader = Reader::from_str(rest.get(mark..).unwrap_or_default());
        let config = self.reader.config_mut();
        config.check_end_names = false;
        config.allow_unmatched_ends = true;
    }

    /// The next token, or none at the end or where the text ends inside of one, which an error then says.
    pub(super) fn next(&mut self, source: &mut Source<'d>) -> Option<Token<'d>> {
        loop {
            if source.is_stopped() {
                return None;
            }
            let start = self.at;
            let event = self.reader.read_event();
            let read = usize::try_from(self.reader.buffer_position()).unwrap_or(usize::MAX);
            self.at = self.base.saturating_add(read).min(self.block.end);
            let place = start..self.at;
            if !place.is_empty() && !source.node(start) {
                return None;
            }
            let is_first = !self.is_begun;
            self.is_begun |= !source.slice(place.clone()).trim_start_matches(is_blank).is_empty();
            match event {
                Ok(Event::Eof) => return None,
                Ok(Event::Start(_) | Event::Empty(_) | Event::End(_))
                | Err(Error::Syntax(
                    SyntaxError::UnclosedTag
                    | SyntaxError::UnclosedSingleQuotedAttributeValue
                    | SyntaxError::UnclosedDoubleQuotedAttributeValue,
                )) => match tag::scan(source, start) {
                    Scanned::Tag(tag) => {
                        if tag.place.end != self.at {
                            self.resume(tag.place.end);
                        }
                        return Some(Token::Tag(tag));
                    }
                    Scanned::Sign => return Some(self.fault(start, 1)),
                    Scanned::Cut => return self.cut(source),
                },
                Ok(Event::Text(_)) => {
                    if let Some(at) = source.slice(place.clone()).find("]]>") {
                        let at = start.saturating_add(at);
                        source.error(ErrorKind::Syntax, "`]]&gt;` in text", "`]]>`", at..at.saturating_add(3));
                    }
                    return Some(Token::Text(place));
                }
                Ok(Event::CData(_)) => return Some(Token::Text(place)),
                Ok(Event::GeneralRef(_)) | Err(Error::IllFormed(IllFormedError::UnclosedReference)) => {
                    match reference::resolve(source, start, self.block.end) {
                        Some((_, length)) if start.saturating_add(length) == self.at => {
                            return Some(Token::Text(place));
                        }
                        // An error has said what is wrong; the rest of it is text.
                        _ => return Some(self.fault(start, 1)),
                    }
                }
                Ok(Event::Comment(_)) => check_comment(source, place),
                Ok(Event::Decl(declaration)) => {
                    let version = declaration.version().ok();
                    check_declaration(source, place, is_first, version.as_deref());
                }
                Ok(Event::DocType(_)) => check_doctype(source, place),
                Ok(Event::PI(_)) => {}
                Err(Error::Syntax(error)) => {
                    return match self.bang(source, start, error) {
                        true => Some(self.fault(start, 2)),
                        false => self.cut(source),
                    };
                }
                Err(Error::IllFormed(_)) => {
                    source.error(ErrorKind::Syntax, "a name after `<!DOCTYPE`", "`>`", place);
                }
                // None of these comes from text that is in memory and UTF-8.
                Err(error) => {
                    source.error(ErrorKind::Syntax, "XML", quote(&alloc::format!("{error}")), place);
                    return self.cut(source);
                }
            }
        }
    }

    /// Goes on behind the first bytes of something that is no markup.
    fn fault(&mut self, start: usize, length: usize) -> Token<'d> {
        let end = start.saturating_add(length);
        self.resume(end);
        Token::Fault(start..end)
    }

    /// Stops, because the text ends inside of markup.
    fn cut(&mut self, source: &mut Source<'d>) -> Option<Token<'d>> {
        source.cut();
        self.resume(self.block.end);
        None
    }

    /// Reports markup that begins with `<!` or `<?` and isn't closed. Whether reading can go on.
    fn bang(&self, source: &mut Source<'d>, start: usize, error: SyntaxError) -> bool {
        let rest = source.rest(start);
        let (open, what, close) = match error {
            SyntaxError::UnclosedComment => ("<!--", "the comment", "`-->`"),
            SyntaxError::UnclosedCData => ("<![CDATA[", "the CDATA section", "`]]>`"),
            SyntaxError::UnclosedDoctype => ("<!DOCTYPE", "the DOCTYPE", "`>`"),
            SyntaxError::UnclosedXmlDecl => ("<?", "the XML declaration", "`?>`"),
            SyntaxError::UnclosedPI => ("<?", "the processing instruction", "`?>`"),
            _ => ("<!", "", ""),
        };
        let place = start..start.saturating_add(open.len().min(rest.len()));
        let is_prefix = open.starts_with(rest);
        if rest.starts_with(open) && !close.is_empty() {
            let expected = alloc::format!("{close} for {what} that begins here");
            source.error(ErrorKind::Truncated, expected, source.end_in_words(), place);
            return false;
        }
        let expected = "a comment `<!-- -->`, `<![CDATA[ ]]>` or `<!DOCTYPE >`";
        if is_prefix {
            source.error(ErrorKind::Truncated, expected, source.end_in_words(), place);
            return false;
        }
        let found: String = rest.chars().take(9).collect();
        source.error(ErrorKind::Syntax, expected, quote(&found), start..start.saturating_add(2));
        true
    }
}

/// XML 1.0, section 2.5: no `--` inside of a comment.
fn check_comment(source: &mut Source<'_>, place: Range<usize>) {
    let from = place.start.saturating_add(4);
    let body = source.slice(from..place.end.saturating_sub(3));
    let inside = body.find("--").or_else(|| body.ends_with('-').then(|| body.len().saturating_sub(1)));
    if let Some(at) = inside {
        let at = from.saturating_add(at);
        source.error(ErrorKind::Syntax, "a comment without `--` inside", "`--`", at..at.saturating_add(2));
    }
}

/// XML 1.0, section 2.8. The encoding that it names is passed over: the text is decoded.
fn check_declaration(source: &mut Source<'_>, place: Range<usize>, is_first: bool, version: Option<&str>) {
    if !is_first {
        let found = "a declaration behind other text";
        source.error(ErrorKind::Syntax, "the XML declaration at the start of the document", found, place.clone());
    }
    match version {
        Some("1.0") => {}
        Some(version) => source.error(ErrorKind::Unsupported, "XML version 1.0", quote(version), place),
        None => source.error(ErrorKind::Syntax, "`version=\"1.0\"` in the XML declaration", "none", place),
    }
}

/// A DOCTYPE is passed over, unless it would add attributes to elements.
fn check_doctype(source: &mut Source<'_>, place: Range<usize>) {
    if let Some(at) = source.slice(place.clone()).find("<!ATTLIST") {
        let at = place.start.saturating_add(at);
        let place = at..at.saturating_add("<!ATTLIST".len());
        source.error(ErrorKind::Unsupported, "a DOCTYPE without declarations of attributes", "`<!ATTLIST`", place);
    }
}
