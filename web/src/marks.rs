//! What is drawn over and beside a text field: places of findings, and the place that is looked at.

use std::collections::BTreeMap;

use admit_core::{Report, Severity, Span};

/// A piece of a layer that lies under a text field and has the same lines.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Piece {
    /// Text that only takes up room.
    Room(String),
    /// Text that is marked; the number is the place among the spans that were given.
    Mark(String, usize),
}

/// The places of a document that findings and errors point at, with the weight of each.
pub fn places(report: &Report, document: &str) -> Vec<(Span, Severity)> {
    let findings = report.findings.iter().filter_map(|finding| Some((finding.span.clone()?, finding.severity)));
    let errors = report.errors.iter().map(|error| (error.span.clone(), Severity::Error));
    findings.chain(errors).filter(|(span, _)| span.document == document).collect()
}

/// The heaviest severity of each line that has one.
pub fn lines(places: &[(Span, Severity)]) -> BTreeMap<u32, Severity> {
    let mut lines = BTreeMap::new();
    for (span, severity) in places {
        let line = lines.entry(span.line).or_insert(*severity);
        *line = (*line).min(*severity);
    }
    lines
}

/// The layer that marks `spans` in `text`: line feeds instead of lines that have no mark, so that a layer over a long
/// manifest stays small. Where spans overlap, the first keeps what it has.
pub fn layer<'a>(text: &str, spans: impl IntoIterator<Item = &'a Span>) -> Vec<Piece> {
    let mut spans: Vec<(usize, usize, usize)> = spans
        .into_iter()
        .enumerate()
        .map(|(number, span)| (span.start as usize, visible_end(text, span), number))
        .collect();
    spans.sort_unstable();
    let mut pieces = Vec::new();
    let mut done = 0;
    for (start, end, number) in spans {
        let start = start.max(done);
        let (Some(before), Some(marked)) = (text.get(done..start), text.get(start..end)) else { continue };
        if marked.is_empty() {
            continue;
        }
        let feeds = before.matches('\n').count();
        let line = before.rsplit('\n').next().unwrap_or_default();
        pieces.push(Piece::Room("\n".repeat(feeds) + line));
        pieces.push(Piece::Mark(marked.replace("\r\n", "\n"), number));
        done = end;
    }
    pieces
}

/// The end of a span, one character further where it is empty, so that there is something to see.
fn visible_end(text: &str, span: &Span) -> usize {
    let (start, end) = (span.start as usize, span.end as usize);
    let next = || text.get(start..).and_then(|rest| rest.chars().next()).map_or(0, char::len_utf8);
    if end > start { end } else { start + next() }
}

#[cfg(test)]
mod tests {
    use admit_core::Document;

    use super::*;

    fn room(text: &str) -> Piece {
        Piece::Room(text.to_owned())
    }

    fn mark(text: &str, number: usize) -> Piece {
        Piece::Mark(text.to_owned(), number)
    }

    #[test]
    fn layers_keep_lines_and_columns() {
        let document = Document::new("policy.manifest", "one\r\ntwo \u{1f512} x\nthree");
        let text = document.text();
        let at = |part: &str| {
            let start = text.find(part).expect("part");
            document.span(start..start + part.len())
        };
        let spans = [at("three"), at("\u{1f512}"), at("x")];
        let found = layer(text, &spans);
        assert_eq!(
            found,
            [room("\ntwo "), mark("\u{1f512}", 1), room(" "), mark("x", 2), room("\n"), mark("three", 0)]
        );
    }

    #[test]
    fn empty_and_overlapping_spans_are_shown_once() {
        let document = Document::new("policy.manifest", "abcdef");
        let spans = [document.span(2..2), document.span(0..4), document.span(6..6), document.span(1..3)];
        assert_eq!(layer(document.text(), &spans), [room(""), mark("abcd", 1)]);
    }

    #[test]
    fn spans_of_another_text_are_left_out() {
        let document = Document::new("policy.manifest", "a long text");
        let spans = [document.span(5..11)];
        assert_eq!(layer("short", &spans), []);
        assert_eq!(layer("\u{1f512}\u{1f512}", &spans), []);
    }

    #[test]
    fn the_heaviest_finding_of_a_line_wins() {
        let span = Document::new("policy.manifest", "abc").span(0..1);
        let places = [(span.clone(), Severity::Info), (span.clone(), Severity::Error), (span, Severity::Warning)];
        assert_eq!(lines(&places), BTreeMap::from([(1, Severity::Error)]));
    }
}
