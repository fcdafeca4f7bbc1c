//! Reading identifiers: one a line, or CSV with a header.

use alloc::borrow::Cow;
use alloc::vec::Vec;
use core::ops::Range;

use crate::quote::quote;
use crate::{Document, Error, ErrorKind, Limits, Time};

/// One identifier with what the document says of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row<'a> {
    /// Its place among the identifiers, from 1.
    pub number: u32,
    /// The identifier.
    pub identifier: Cow<'a, str>,
    /// Its bytes in the document, without quotes around it.
    pub range: Range<usize>,
    /// The user it belongs to.
    pub user: Option<Cow<'a, str>>,
    /// The conversation it belongs to.
    pub conversation: Option<Cow<'a, str>>,
    /// When it was seen.
    pub time: Option<Time>,
}

/// The columns that are read.
const COLUMNS: [&str; 4] = ["identifier", "user", "conversation", "time"];

/// Reads the identifiers, and what could not be read.
pub(crate) fn read<'a>(document: &Document<'a>) -> (Vec<Row<'a>>, Vec<Error>) {
    let text = document.text();
    let mut errors = Vec::new();
    if text.len() > Limits::DOCUMENT_BYTES {
        let expected = alloc::format!("at most {} bytes", Limits::DOCUMENT_BYTES);
        let found = alloc::format!("{} bytes", text.len());
        errors.push(Error::new(ErrorKind::Limit, expected, found, document.span(0..0)));
        return (Vec::new(), errors);
    }
    let mut rows = match header(text) {
        Some((columns, body)) => table(document, &columns, body, &mut errors),
        None => lines(text),
    };
    if rows.len() > Limits::SESSION_IDENTIFIERS {
        let expected = alloc::format!("at most {} identifiers", Limits::SESSION_IDENTIFIERS);
        let found = alloc::format!("{} identifiers", rows.len());
        errors.push(Error::new(ErrorKind::Limit, expected, found, document.span(0..0)));
        rows.truncate(Limits::SESSION_IDENTIFIERS);
    }
    rows.retain(|row| {
        let fits = row.identifier.len() <= Limits::SESSION_IDENTIFIER_BYTES;
        if !fits && errors.len() < Limits::FINDINGS_PER_RULE {
            let expected = alloc::format!("an identifier of at most {} bytes", Limits::SESSION_IDENTIFIER_BYTES);
            let found = alloc::format!("{} bytes", row.identifier.len());
            errors.push(Error::new(ErrorKind::Limit, expected, found, document.span(row.range.clone())));
        }
        fits
    });
    (rows, errors)
}

/// The columns by their place, and where the body starts, if the first line names one `identifier` among others.
fn header(text: &str) -> Option<(Vec<Option<&'static str>>, usize)> {
    let line = text.split_inclusive('\n').next()?;
    let names: Vec<&str> = line.split(',').map(str::trim).collect();
    let known = |name: &&str| COLUMNS.into_iter().find(|column| column.eq_ignore_ascii_case(name));
    let columns: Vec<_> = names.iter().map(known).collect();
    (columns.len() > 1 && columns.contains(&Some("identifier"))).then_some((columns, line.len()))
}

fn lines(text: &str) -> Vec<Row<'_>> {
    let mut rows = Vec::new();
    let mut start = 0_usize;
    for line in text.split_inclusive('\n') {
        let bare = line.strip_suffix('\n').unwrap_or(line);
        let bare = bare.strip_suffix('\r').unwrap_or(bare);
        if !bare.is_empty() {
            rows.push(Row {
                number: number(rows.len()),
                identifier: Cow::Borrowed(bare),
                range: start..start.saturating_add(bare.len()),
                user: None,
                conversation: None,
                time: None,
            });
        }
        start = start.saturating_add(line.len());
    }
    rows
}

fn number(before: usize) -> u32 {
    u32::try_from(before).unwrap_or(u32::MAX).saturating_add(1)
}

fn table<'a>(
    document: &Document<'a>,
    columns: &[Option<&'static str>],
    body: usize,
    errors: &mut Vec<Error>,
) -> Vec<Row<'a>> {
    let mut rows = Vec::new();
    let mut at = body;
    let place = |name: &str| columns.iter().position(|column| *column == Some(name)).unwrap_or(usize::MAX);
    let places = COLUMNS.map(place);
    while at < document.text().len() {
        let (cells, next) = record(document.text(), at);
        at = next;
        if matches!(cells.as_slice(), [only] if only.0.is_empty()) {
            continue;
        }
        let [identifier, user, conversation, time] = places.map(|place| cells.get(place));
        let said =
            |cell: Option<&Cell<'a>>| cell.map(|(text, _)| text.clone()).filter(|text| !trimmed(text).is_empty());
        let Some((identifier, range)) = identifier.cloned() else {
            let place = cells.first().map_or(0..0, |(_, range)| range.clone());
            if errors.len() < Limits::FINDINGS_PER_RULE {
                let error =
                    Error::new(ErrorKind::Missing, "a cell `identifier`", "the end of the line", document.span(place));
                errors.push(error);
            }
            continue;
        };
        let time = said(time).and_then(|text| {
            let read = instant(trimmed(&text));
            if read.is_none() && errors.len() < Limits::FINDINGS_PER_RULE {
                let place = time.map_or(0..0, |(_, range)| range.clone());
                let expected = "an RFC 3339 instant or seconds since 1970";
                errors.push(Error::new(ErrorKind::Value, expected, quote(&text), document.span(place)));
            }
            read
        });
        rows.push(Row {
            number: number(rows.len()),
            identifier,
            range,
            user: said(user),
            conversation: said(conversation),
            time,
        });
    }
    rows
}

/// A cell without blanks at its ends, which few have.
pub(crate) fn trimmed(text: &str) -> &str {
    let bytes = text.as_bytes();
    let is_bare = |byte: Option<&u8>| byte.is_some_and(u8::is_ascii_graphic);
    if is_bare(bytes.first()) && is_bare(bytes.last()) { text } else { text.trim() }
}

/// An instant as RFC 3339, or as seconds since 1970.
pub(crate) fn instant(text: &str) -> Option<Time> {
    text.parse().ok().or_else(|| text.parse().ok().map(Time::from_unix))
}

/// The text of a cell, and its bytes in the document.
type Cell<'a> = (Cow<'a, str>, Range<usize>);

/// The cells of the record that starts at `at`, with the bytes of each, and where the next record starts (RFC 4180).
fn record(text: &str, at: usize) -> (Vec<Cell<'_>>, usize) {
    let bytes = text.as_bytes();
    let mut cells = Vec::with_capacity(COLUMNS.len());
    let mut at = at;
    loop {
        let is = |place: usize, byte: u8| bytes.get(place) == Some(&byte);
        let find = |from: usize, one: u8, other: u8| {
            let rest = bytes.get(from..).unwrap_or_default();
            from.saturating_add(rest.iter().position(|&byte| byte == one || byte == other).unwrap_or(rest.len()))
        };
        if is(at, b'"') {
            let start = at.saturating_add(1);
            let mut end = find(start, b'"', b'"');
            let mut doubled = false;
            while is(end.saturating_add(1), b'"') {
                doubled = true;
                end = find(end.saturating_add(2), b'"', b'"');
            }
            let inner = text.get(start..end).unwrap_or_default();
            let cell = if doubled { Cow::Owned(inner.replace("\"\"", "\"")) } else { Cow::Borrowed(inner) };
            cells.push((cell, start..end));
            at = find(end, b',', b'\n');
        } else {
            let end = find(at, b',', b'\n');
            let inner = text.get(at..end).unwrap_or_default();
            let bare = if is(end, b',') { inner } else { inner.strip_suffix('\r').unwrap_or(inner) };
            cells.push((Cow::Borrowed(bare), at..at.saturating_add(bare.len())));
            at = end;
        }
        let more = is(at, b',');
        at = at.saturating_add(1).min(text.len());
        if !more {
            return (cells, at);
        }
        if at >= text.len() {
            cells.push((Cow::Borrowed(""), at..at));
            return (cells, at);
        }
    }
}

/// The identifiers as they stand, for tests.
#[cfg(test)]
fn texts(rows: &[Row<'_>]) -> Vec<alloc::string::String> {
    rows.iter().map(|row| row.identifier.clone().into_owned()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_keep_their_blanks() {
        let document = Document::new("subject.identifiers", "ab cd \r\n\nefgh");
        let (rows, errors) = read(&document);
        assert_eq!(texts(&rows), ["ab cd ", "efgh"]);
        assert!(errors.is_empty());
        assert_eq!(rows.last().map(|row| document.slice(row.range.clone())), Some("efgh"));
    }

    #[test]
    fn tables_have_cells_by_name() {
        let text = "time, identifier ,user\n2026-01-01T00:00:00Z,\"a\"\"b\n\",alice\n\n1700000000,cd,\nx,ef";
        let document = Document::new("subject.identifiers", text);
        let (rows, errors) = read(&document);
        assert_eq!(texts(&rows), ["a\"b\n", "cd", "ef"]);
        assert_eq!(rows.first().and_then(|row| row.user.as_deref()), Some("alice"));
        assert_eq!(rows.get(1).and_then(|row| row.time).map(Time::unix), Some(1_700_000_000));
        assert_eq!(errors.len(), 1);
    }

    #[test]
    fn every_truncation_reads_inside_the_document() {
        let text = "identifier,user\n\"a\u{e9}\"\"\n\",\"x\n,b\n\"\"\",c\n,,,\n\"open";
        for (at, _) in text.char_indices() {
            let document = Document::new("subject.identifiers", text.get(..at).unwrap_or_default());
            for row in read(&document).0 {
                assert!(document.text().get(row.range.clone()).is_some(), "{at} {:?}", row.range);
            }
        }
    }
}
