//! Taking patterns out of a token.

use super::Scan;
use crate::session::strength::{Bits, Part, PartKind, alphabet, pattern, regular};

impl Scan<'_> {
    /// Takes the repeats, sequences and keyboard runs out of a token.
    pub(super) fn cut(&mut self, at: usize, end: usize, kind: PartKind) {
        let bytes = self.text.as_bytes().get(at..end).unwrap_or_default();
        let class = Bits::log2(alphabet(self.seen(at, end)));
        if pattern::run(bytes, 0).is_none_or(|(_, until)| until != bytes.len())
            && let Some(period) = pattern::period(bytes)
        {
            let times = u64::try_from(bytes.len().checked_div(period).unwrap_or(1)).unwrap_or(u64::MAX);
            let bits = regular::group(bytes.get(..period).unwrap_or_default()).plus(Bits::log2(times));
            self.parts.push(Part::new((at, end), PartKind::Repeat, bits, "a group that repeats"));
            return;
        }
        let before = self.parts.len();
        let (mut from, mut place) = (0, 0);
        // A run of hexadecimal digits is a streak: where there is none, nothing has to be looked for.
        let last = if kind == PartKind::Hexadecimal && !pattern::streak(bytes) { 0 } else { bytes.len() };
        while place < last {
            let Some((found, until)) = pattern::run(bytes, place) else {
                place = place.saturating_add(1);
                continue;
            };
            self.plain(at.saturating_add(from), at.saturating_add(place), kind);
            let length = u64::try_from(until.saturating_sub(place)).unwrap_or(u64::MAX);
            let whole = (at.saturating_add(place), at.saturating_add(until));
            let edge = whole.0 == 0 || whole.1 == self.text.len();
            let filler = bytes.get(place).is_some_and(|byte| b"0xX_-=".contains(byte));
            let (found, note) = match found {
                PartKind::Repeat if edge && filler && length < bytes.len() as u64 => {
                    (PartKind::Padding, "a character that fills the end up")
                }
                PartKind::Repeat => (found, "one character again and again"),
                PartKind::Sequence => (found, "consecutive characters"),
                _ => (found, "neighbours on a keyboard"),
            };
            self.parts.push(Part::new(whole, found, class.plus(Bits::log2(length)), note));
            from = until;
            place = until;
        }
        self.plain(at.saturating_add(from), end, kind);
        // Where the whole is more regular than its pieces, it is one piece.
        let pieces = self.parts.get(before..).unwrap_or_default().iter().map(|part| match part.kind {
            PartKind::Unstructured => class.times(part.end.saturating_sub(part.start)),
            _ => part.bits,
        });
        let pieces: Bits = pieces.sum();
        if let Some((bits, note)) = regular::regular(bytes).filter(|(bits, _)| *bits < pieces) {
            self.parts.truncate(before);
            self.parts.push(Part::new((at, end), PartKind::Repeat, bits, note));
        }
    }

    /// What is left of a token when its patterns are taken out.
    fn plain(&mut self, at: usize, end: usize, kind: PartKind) {
        if at >= end {
            return;
        }
        let length = u32::try_from(end.saturating_sub(at)).unwrap_or(u32::MAX);
        match kind {
            PartKind::Hexadecimal => {
                self.parts.push(Part::new((at, end), kind, Bits::whole(4).times(length), "hexadecimal digits"));
            }
            PartKind::Integer => {
                self.parts.push(Part::new((at, end), kind, Bits::log2(10).times(length), "digits"));
            }
            _ => self.unstructured(at, end),
        }
    }
}
