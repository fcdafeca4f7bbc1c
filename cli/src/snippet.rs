//! A line of a document with the place underlined.

use admit_core::Span;
use unicode_width::UnicodeWidthStr as _;

use crate::paint::{Paint, Tone};
use crate::trace::place;
use crate::visible::push;

/// Columns shown before the place; a certificate as one line of base64 has thousands.
const BEFORE: usize = 60;
/// Columns shown of the place.
const MARKED: usize = 80;
/// Columns shown after the place.
const AFTER: usize = 30;

/// Writes the place, called `name` where that says more than the document's, and the line of `text` where it starts.
/// Invisible characters show as `<U+200E>`, a tab as four blanks. Lines of a private key are not shown.
pub(crate) fn render(out: &mut String, name: Option<&str>, text: Option<&str>, span: &Span, paint: Paint) {
    let place = name.map_or_else(|| place(span), |name| format!("{name}:{}:{}", span.line, span.column));
    let number = span.line.to_string();
    let margin = " ".repeat(number.len());
    out.push_str(&format!("{margin} {}\n", paint.tone(Tone::Faint, &format!("--> {place}"))));
    let Some([before, marked, after]) = text.and_then(|text| parts(text, span)) else {
        return;
    };
    let before = tail(&show(before), BEFORE);
    let (marked, after) = (head(&show(marked), MARKED), head(&show(after), AFTER));
    let bar = paint.tone(Tone::Faint, "|");
    let underline = "^".repeat(marked.width().max(1));
    out.push_str(&format!("{margin} {bar}\n"));
    out.push_str(&format!("{} {bar} {before}{marked}{after}\n", paint.tone(Tone::Faint, &number)));
    out.push_str(&format!("{margin} {bar} {}{}\n", " ".repeat(before.width()), paint.tone(Tone::Bad, &underline)));
}

/// The first line of the span: what stands before it, the span's own part, and what follows.
fn parts<'a>(text: &'a str, span: &Span) -> Option<[&'a str; 3]> {
    let (start, end) = (span.start as usize, span.end as usize);
    let before = text.get(..start)?;
    let from = before.rfind('\n').map_or(0, |at| at + 1);
    let rest = text.get(start..)?;
    let line = rest.split('\n').next().unwrap_or_default();
    let line = line.strip_suffix('\r').unwrap_or(line);
    if is_private(before.get(..from)?) || holds_key(before.get(from..)?) || holds_key(line) {
        return None;
    }
    let marked = end.checked_sub(start)?.min(line.len());
    Some([before.get(from..)?, line.get(..marked)?, line.get(marked..)?])
}

/// Whether a PEM block with a private key (RFC 7468, section 13) is still open after `text`.
fn is_private(text: &str) -> bool {
    text.rfind("-----BEGIN").is_some_and(|at| {
        let block = text.get(at..).unwrap_or_default();
        holds_key(block.lines().next().unwrap_or_default()) && !block.contains("-----END")
    })
}

fn holds_key(line: &str) -> bool {
    line.contains("PRIVATE KEY")
}

/// Text as the terminal is to show it, each character on its own, so that none is cut in half.
fn show(text: &str) -> Vec<String> {
    let shown = text.chars().map(|character| {
        let mut cell = String::new();
        if character == '\t' {
            cell.push_str("    ")
        } else {
            push(&mut cell, character)
        }
        cell
    });
    shown.collect()
}

/// The first characters, `columns` wide at most.
fn head(cells: &[String], columns: usize) -> String {
    let count = fitting(cells.iter(), columns);
    let mut shown = cells.get(..count).unwrap_or_default().concat();
    if count < cells.len() {
        shown.push('…');
    }
    shown
}

/// The last characters, `columns` wide at most.
fn tail(cells: &[String], columns: usize) -> String {
    let skipped = cells.len() - fitting(cells.iter().rev(), columns);
    let shown = cells.get(skipped..).unwrap_or_default().concat();
    if skipped > 0 { format!("…{shown}") } else { shown }
}

fn fitting<'a>(cells: impl Iterator<Item = &'a String>, columns: usize) -> usize {
    let mut width = 0;
    cells
        .take_while(|cell| {
            width += cell.width();
            width <= columns
        })
        .count()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn underlined(text: &str, marked: &str) -> String {
        let start = text.find(marked).expect("the marked text");
        let span = admit_core::Document::new("policy.manifest", text).span(start..start + marked.len());
        let mut out = String::new();
        render(&mut out, None, Some(text), &span, Paint::new(false));
        out
    }

    #[test]
    fn the_caret_stands_below_its_character() {
        assert_eq!(
            underlined("a\n\t漢\u{200e}xyz w\r\n", "xyz"),
            "  --> policy.manifest:2:4\n  |\n2 |     漢<U+200E>xyz w\n  |               ^^^\n"
        );
        assert_eq!(
            underlined("ab\u{200e}", "\u{200e}"),
            "  --> policy.manifest:1:3\n  |\n1 | ab<U+200E>\n  |   ^^^^^^^^\n"
        );
    }

    #[test]
    fn an_empty_place_and_the_end_have_a_caret() {
        for text in ["", "\n", "ab"] {
            let span = admit_core::Document::new("case", text).span(text.len()..text.len());
            let mut out = String::new();
            render(&mut out, Some("x.json"), Some(text), &span, Paint::new(false));
            assert!(out.contains("--> x.json:") && out.ends_with("^\n"), "{out}");
        }
    }

    #[test]
    fn long_lines_are_cut_around_the_place() {
        let text = format!("{}HERE{}", "x".repeat(5000), "y".repeat(5000));
        let out = underlined(&text, "HERE");
        assert!(out.lines().all(|line| line.chars().count() < 120), "{out}");
        let lines: Vec<_> = out.lines().collect();
        let column = |line: &str, part: &str| line.find(part).map(|at| line[..at].chars().count());
        assert_eq!(column(lines[2], "HERE"), column(lines[3], "^^^^"));
    }

    #[test]
    fn the_lines_of_a_private_key_are_not_shown() {
        let key = "-----BEGIN PRIVATE KEY-----\nMIISECRET\n-----END PRIVATE KEY-----\n";
        let text = format!("{key}-----BEGIN CERTIFICATE-----\nMIIPUBLIC\n");
        assert!(!underlined(&text, "SECRET").contains("SECRET"));
        assert!(!underlined(&key.replace('\n', ""), "SECRET").contains("SECRET"));
        assert!(underlined(&text, "PUBLIC").contains("PUBLIC"));
    }

    #[test]
    fn spans_that_fit_no_text_show_the_place_alone() {
        let document = "case".into();
        let span = Span { document, start: 1, end: 9, line: 1, column: 2 };
        let mut out = String::new();
        render(&mut out, None, Some("é"), &span, Paint::new(false));
        assert_eq!(out, "  --> case:1:2\n");
    }
}
