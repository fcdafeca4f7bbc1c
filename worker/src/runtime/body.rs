//! Bodies: read whole, or answered line by line.

use futures_util::stream::{self, StreamExt as _};
use http::header::CONTENT_TYPE;
use http::{HeaderValue, StatusCode};
use http_body_util::BodyExt as _;
use worker::{Body, Result};

use super::{Answer, Turn, meter_object};
use crate::batch::{self, Line, Lines};
use crate::evaluate::{LINES, typed};
use crate::log::Entry;
use crate::reply::{self, Lifetime, too_many};

/// A body that was read to its end.
pub(crate) struct Received {
    /// Its bytes, of which at most one more than asked for is kept.
    pub(crate) bytes: Vec<u8>,
    /// How many there were.
    pub(crate) length: u64,
}

/// Reads a body to its end and keeps at most one byte more than `most`: whoever looks at the length sees that it is over.
/// Nothing where the body ends before it should: what came of it is not what was meant.
///
/// The rest is read because the local runtime stops for good when an answer leaves the rest of a body unread. The platform
/// bounds what can be sent.
pub(crate) async fn read(mut body: Body, most: usize) -> Option<Received> {
    let mut received = Received { bytes: Vec::new(), length: 0 };
    while let Some(frame) = body.frame().await {
        if let Ok(data) = frame.ok()?.into_data() {
            let room = most.saturating_add(1).saturating_sub(received.bytes.len());
            received.bytes.extend_from_slice(data.get(..room).unwrap_or(&data));
            received.length = received.length.saturating_add(data.len() as u64);
        }
    }
    Some(received)
}

impl Turn<'_> {
    /// Answers each line as soon as it has come.
    pub(crate) async fn batch(&mut self, body: Body) -> Result<Answer> {
        let refused = match typed(self.headers, LINES) {
            Err(refused) => Some(*refused),
            Ok(()) => self.over().await?.map(too_many),
        };
        if let Some(refused) = refused {
            read(body, 0).await;
            return Ok(refused.into());
        }
        let state = Some(Batch { body, lines: Lines::default(), entry: self.entry.clone() });
        let answers = stream::unfold(state, |state| async {
            let mut batch = state?;
            let (text, more) = batch.next().await;
            if more {
                return Some((text, Some(batch)));
            }
            // The status was sent before the first line was answered.
            batch.entry.status = StatusCode::OK.as_u16();
            worker::console_log!("{}", batch.entry.to_json());
            Some((text, None))
        });
        let answers = answers.filter(|text| std::future::ready(!text.is_empty()));
        let body = Body::from_stream(answers.map(|text| Ok::<_, std::convert::Infallible>(text.into_bytes())))?;
        let mut response = reply::with_body(StatusCode::OK, LINES, Lifetime::None, String::new()).map(|_| body);
        response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static(LINES));
        Ok(Answer::Streamed(reply::cross_origin(response)))
    }
}

/// A batch that is being answered.
struct Batch {
    body: Body,
    lines: Lines,
    entry: Entry,
}

impl Batch {
    /// The answers to the next piece, and whether there may be more.
    async fn next(&mut self) -> (String, bool) {
        let mut text = String::new();
        let piece = match self.body.frame().await {
            Some(Ok(frame)) => frame.into_data().unwrap_or_default(),
            // The sender went away: there is nobody to answer.
            Some(Err(_)) => return (text, false),
            None => {
                if let Some(line) = self.lines.end() {
                    text.push_str(&self.answer(&line));
                }
                return (text, false);
            }
        };
        self.entry.received = self.entry.received.saturating_add(piece.len() as u64);
        match self.lines.push(&piece) {
            Ok(whole) => whole.iter().for_each(|line| text.push_str(&self.answer(line))),
            Err(_) => {
                text.push_str(&batch::ended());
                while let Some(Ok(_)) = self.body.frame().await {}
                return (text, false);
            }
        }
        (text, true)
    }

    fn answer(&mut self, line: &Line) -> String {
        let (text, report) = batch::answer(line);
        if let Some(report) = &report {
            self.entry.add(report);
            meter_object::add(report);
        }
        self.entry.sent = self.entry.sent.saturating_add(text.len() as u64);
        text
    }
}
