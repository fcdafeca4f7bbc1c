//! Many cases, one a line (NDJSON): each line is answered as soon as it has come, by a line.
//!
//! An answer is the report, or the problem of a line that holds no case; lines are answered in their order, and blank
//! ones are not. The bytes are those of `POST /v1/evaluate` without the blanks that indent them: a line can't hold them.

use admit_core::{Case, Problem, Report, decode};

use crate::BODY_BYTES;

/// Bytes of a whole batch: what the platform takes in one request.
pub const BATCH_BYTES: usize = 100 * 1024 * 1024;

/// Cuts what comes, in pieces of any length, into lines.
#[derive(Debug, Default)]
pub struct Lines {
    line: Vec<u8>,
    /// Whether the line that is being read has passed the limit; the rest of it is not kept.
    over: bool,
    total: usize,
}

/// A line of a batch.
#[derive(Debug, PartialEq, Eq)]
pub enum Line {
    /// Its bytes, without its end.
    Whole(Vec<u8>),
    /// It is longer than [`BODY_BYTES`].
    TooLong,
}

impl Lines {
    /// Takes the next piece, and gives the lines that it ends.
    ///
    /// # Errors
    ///
    /// The batch is longer than [`BATCH_BYTES`].
    pub fn push(&mut self, piece: &[u8]) -> Result<Vec<Line>, TooLarge> {
        self.total = self.total.saturating_add(piece.len());
        if self.total > BATCH_BYTES {
            return Err(TooLarge);
        }
        let mut lines = Vec::new();
        let mut rest = piece;
        while let Some(end) = rest.iter().position(|byte| *byte == b'\n') {
            let (line, after) = rest.split_at(end);
            self.take(line);
            lines.extend(self.end());
            rest = after.get(1..).unwrap_or_default();
        }
        self.take(rest);
        Ok(lines)
    }

    /// The last line, which needs no end.
    pub fn end(&mut self) -> Option<Line> {
        let line = std::mem::take(&mut self.line);
        if std::mem::take(&mut self.over) {
            return Some(Line::TooLong);
        }
        (!line.iter().all(u8::is_ascii_whitespace)).then_some(Line::Whole(line))
    }

    fn take(&mut self, bytes: &[u8]) {
        if self.line.len().saturating_add(bytes.len()) > BODY_BYTES {
            self.over = true;
            self.line = Vec::new();
        }
        if !self.over {
            self.line.extend_from_slice(bytes);
        }
    }
}

/// A batch that is longer than [`BATCH_BYTES`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TooLarge;

/// The answer to a line, as a line, and its report if it held a case.
pub fn answer(line: &Line) -> (String, Option<Report>) {
    let bytes = match line {
        Line::Whole(bytes) => bytes,
        Line::TooLong => {
            let detail = format!("expected a case of at most {BODY_BYTES} bytes, found more");
            return (line_of(&Problem::blank(413, "Payload Too Large", detail).to_json()), None);
        }
    };
    let case = decode(bytes).map_err(|error| error.in_document("case"));
    match case.and_then(|json| Case::from_json(&json)) {
        Ok(case) => {
            let report = admit_core::evaluate(&case);
            (line_of(&report.to_json()), Some(report))
        }
        Err(error) => (line_of(&Problem::unreadable_case(vec![error]).to_json()), None),
    }
}

/// The answer to a batch that is too long, after the answers to what came before.
pub fn ended() -> String {
    let detail = format!("expected at most {BATCH_BYTES} bytes, found more");
    line_of(&Problem::blank(413, "Payload Too Large", detail).to_json())
}

/// JSON that is indented, on one line. A second set of writers for every type would be a tenth of the worker.
fn line_of(indented: &str) -> String {
    let mut line = String::with_capacity(indented.len());
    // No string has a raw line break in it, so each line is a bracket, a value, or a key and what it opens.
    for part in indented.lines() {
        let part = part.trim_start_matches(' ');
        match key_end(part).and_then(|end| part.split_at_checked(end)) {
            Some((key, value)) => {
                line.push_str(key);
                match value.strip_prefix(": ") {
                    Some(value) => line.extend([":", value]),
                    None => line.push_str(value),
                }
            }
            None => line.push_str(part),
        }
    }
    line.push('\n');
    line
}

/// Where the string ends that a text begins with.
fn key_end(text: &str) -> Option<usize> {
    let mut escaped = false;
    let inside = text.strip_prefix('"')?;
    let length = inside.find(|c| {
        let ends = c == '"' && !escaped;
        escaped = c == '\\' && !escaped;
        ends
    })?;
    Some(length + 2)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_what_serde_writes_on_one() {
        for text in [
            r#"{"a":{},"b":[],"c \\":"x: y","d\"e: ":[1,"f\\\"",{"g":null}],"h":"  two\n lines"}"#,
            r#"["\": ",": ","\\"]"#,
            "\"alone\"",
        ] {
            let value: serde_json::Value = serde_json::from_str(text).expect("JSON");
            let indented = serde_json::to_string_pretty(&value).expect("JSON");
            assert_eq!(line_of(&indented), format!("{value}\n"));
        }
    }

    fn lines(pieces: &[&str]) -> Vec<String> {
        let mut lines = Lines::default();
        let mut found: Vec<Line> =
            pieces.iter().flat_map(|piece| lines.push(piece.as_bytes()).expect("short")).collect();
        found.extend(lines.end());
        let text = |line| match line {
            Line::Whole(bytes) => String::from_utf8(bytes).expect("UTF-8"),
            Line::TooLong => "too long".to_string(),
        };
        found.into_iter().map(text).collect()
    }

    #[test]
    fn lines_are_cut_wherever_the_pieces_end() {
        let whole = "{\"a\":1}\r\n\n  \n{\"b\":2}\n{}";
        let expected = ["{\"a\":1}\r", "{\"b\":2}", "{}"];
        assert_eq!(lines(&[whole]), expected);
        for at in 0..whole.len() {
            assert_eq!(lines(&[&whole[..at], &whole[at..]]), expected, "{at}");
        }
        assert!(lines(&[]).is_empty());
    }

    #[test]
    fn a_line_above_the_limit_is_dropped_and_the_next_is_read() {
        let long = " ".repeat(BODY_BYTES);
        assert_eq!(lines(&[&long, "x", &long, "\n{}\n"]), ["too long", "{}"]);
    }

    #[test]
    fn each_line_is_answered() {
        let (line, report) = answer(&Line::Whole(b"{}".to_vec()));
        assert!(
            report.is_none() && line.starts_with("{\"type\":\"/problems/unreadable-case\"") && line.ends_with('\n')
        );
        assert!(answer(&Line::TooLong).0.contains("\"status\":413"));
    }
}
