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
            return (line_of(&Problem::blank(413, "Payload Too Large", detail)), None);
        }
    };
    let case = decode(bytes).map_err(|error| error.in_document("case"));
    match case.and_then(|json| Case::from_json(&json)) {
        Ok(case) => {
            let report = admit_core::evaluate(&case);
            (line_of(&report), Some(report))
        }
        Err(error) => (line_of(&Problem::unreadable_case(vec![error])), None),
    }
}

/// The answer to a batch that is too long, after the answers to what came before.
pub fn ended() -> String {
    line_of(&Problem::blank(413, "Payload Too Large", format!("expected at most {BATCH_BYTES} bytes, found more")))
}

fn line_of<T: serde::Serialize>(value: &T) -> String {
    // Maps have string keys and no value's serializer fails, so this is never empty.
    let mut line = serde_json::to_string(value).unwrap_or_default();
    line.push('\n');
    line
}

#[cfg(test)]
mod tests {
    use super::*;

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
