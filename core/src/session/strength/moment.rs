//! Dates and times inside identifiers.

use super::{Bits, Part, PartKind};
use crate::Time;

/// Whether an identifier can tell this instant: from 2000 to 2040. The bounds are fixed, so that what an identifier looks
/// like does not change with the clock.
pub(super) fn is_plausible(time: Time) -> bool {
    (946_684_800..2_208_988_800).contains(&time.unix())
}

/// Guessing an instant means guessing within a year: of seconds, milliseconds, microseconds, nanoseconds.
const YEAR: u64 = 31_556_952;

/// What a token of digits tells, if it is a date or an instant; `at` is where it starts.
pub(super) fn digits(token: &str, at: usize) -> Option<Part> {
    let end = at.saturating_add(token.len());
    let value: u64 = token.parse().ok()?;
    let since = |per_second: u64, note| {
        let time = Time::from_unix(i64::try_from(value.checked_div(per_second)?).ok()?);
        let bits = Bits::log2(YEAR.saturating_mul(per_second));
        is_plausible(time).then(|| Part::new((at, end), PartKind::Instant, bits, note).telling(time))
    };
    match token.len() {
        8 => {
            let time = civil(token, "")?;
            Some(Part::new((at, end), PartKind::Date, Bits::log2(36_525), "a date").telling(time))
        }
        10 => since(1, "seconds since 1970"),
        13 => since(1_000, "milliseconds since 1970"),
        14 => {
            let time = civil(token.get(..8)?, token.get(8..)?)?;
            Some(Part::new((at, end), PartKind::Instant, Bits::log2(YEAR), "a date and time").telling(time))
        }
        16 => since(1_000_000, "microseconds since 1970"),
        19 => since(1_000_000_000, "nanoseconds since 1970"),
        _ => None,
    }
}

/// A date, or a date and time, as ISO 8601 writes it with hyphens, at `at` in `text`.
pub(super) fn iso(text: &str, at: usize) -> Option<Part> {
    let rest = text.get(at..)?;
    let bytes = rest.as_bytes();
    let digit = |place: usize| bytes.get(place).is_some_and(u8::is_ascii_digit);
    let is = |place: usize, set: &[u8]| bytes.get(place).is_some_and(|byte| set.contains(byte));
    let date = [0, 1, 2, 3, 5, 6, 8, 9].into_iter().all(digit) && is(4, b"-") && is(7, b"-");
    if !date {
        return None;
    }
    let compact: alloc::string::String = rest.get(..10)?.chars().filter(char::is_ascii_digit).collect();
    let day = civil(&compact, "")?;
    let clock = [11, 12, 14, 15].into_iter().all(digit) && is(10, b"Tt_ -") && is(13, b":-");
    if !clock {
        let end = at.saturating_add(10);
        let ends = !bytes.get(10).is_some_and(u8::is_ascii_alphanumeric);
        return ends.then(|| Part::new((at, end), PartKind::Date, Bits::log2(36_525), "a date").telling(day));
    }
    // Seconds, fractions and the offset: whatever of these characters follows.
    let tail = bytes.iter().skip(16).take_while(|byte| byte.is_ascii_digit() || b":.Zz+".contains(byte)).count();
    let end = at.saturating_add(16).saturating_add(tail);
    let length = end.saturating_sub(at);
    let bits = Bits::log2(if length > 20 { YEAR.saturating_mul(1000) } else { YEAR });
    let time = rest.get(..length).and_then(|text| text.parse().ok()).unwrap_or(day);
    Some(Part::new((at, end), PartKind::Instant, bits, "a date and time").telling(time))
}

/// `20261122` and `103000`, between 1900 and 2100.
fn civil(date: &str, clock: &str) -> Option<Time> {
    let year: i32 = date.get(..4)?.parse().ok()?;
    let two = |text: &str, from: usize| text.get(from..from.saturating_add(2))?.parse::<u8>().ok();
    let (hour, minute, second) =
        if clock.is_empty() { (0, 0, 0) } else { (two(clock, 0)?, two(clock, 2)?, two(clock, 4)?) };
    let time = Time::from_civil(year, two(date, 4)?, two(date, 6)?, hour, minute, second)?;
    (1900..2100).contains(&year).then_some(time)
}
