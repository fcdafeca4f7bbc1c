//! Instants in certificates and lists (RFC 5280, sections 4.1.2.5 and 5.1.2.4).
//!
//! UTCTime is `YYMMDDHHMMSSZ`, GeneralizedTime `YYYYMMDDHHMMSSZ`, any year of four digits: Windows test chains begin
//! in 1601. Forms without seconds, with fractions or with an offset from UTC are refused: RFC 5280 forbids them.

use alloc::format;

use super::der::{Element, Fault, Reader, tag};
use crate::Time;

/// The period in which a certificate may be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Validity {
    /// Its first second.
    pub not_before: Time,
    /// Its last second.
    pub not_after: Time,
}

impl Validity {
    pub(crate) fn read(reader: &mut Reader<'_>) -> Result<Self, Fault> {
        let mut parts = reader.enter(tag::SEQUENCE, "the validity, a SEQUENCE")?;
        let not_before = time(&mut parts, "notBefore, a UTCTime or GeneralizedTime")?;
        let not_after = time(&mut parts, "notAfter, a UTCTime or GeneralizedTime")?;
        parts.finish("the end of the validity")?;
        Ok(Self { not_before, not_after })
    }
}

/// Whether a Time comes next.
pub(crate) fn is_time(reader: &Reader<'_>) -> bool {
    matches!(reader.peek(), Some(tag::UTC_TIME | tag::GENERALIZED_TIME))
}

/// Reads a Time.
pub(crate) fn time(reader: &mut Reader<'_>, expected: &'static str) -> Result<Time, Fault> {
    let element = if is_time(reader) { reader.any(expected)? } else { reader.take(tag::UTC_TIME, expected)? };
    parse(element.tag, element.value()).ok_or_else(|| not_a_time(&element, expected))
}

fn parse(form: u8, text: &[u8]) -> Option<Time> {
    let (year, rest) = if form == tag::UTC_TIME {
        let (year, rest) = two(text)?;
        let year = i32::from(year);
        // RFC 5280, section 4.1.2.5.1: 50 to 99 are of the 20th century.
        (if year >= 50 { year.saturating_add(1900) } else { year.saturating_add(2000) }, rest)
    } else {
        let (century, rest) = two(text)?;
        let (year, rest) = two(rest)?;
        (i32::from(century).saturating_mul(100).saturating_add(i32::from(year)), rest)
    };
    let (month, rest) = two(rest)?;
    let (day, rest) = two(rest)?;
    let (hour, rest) = two(rest)?;
    let (minute, rest) = two(rest)?;
    let (second, rest) = two(rest)?;
    if rest != b"Z" {
        return None;
    }
    Time::from_civil(year, month, day, hour, minute, second)
}

/// A number of two decimal digits, and what follows.
fn two(text: &[u8]) -> Option<(u8, &[u8])> {
    let (digits, rest) = text.split_first_chunk::<2>()?;
    let [tens, ones] = digits.map(|digit| char::from(digit).to_digit(10));
    let number = tens?.saturating_mul(10).saturating_add(ones?);
    Some((u8::try_from(number).ok()?, rest))
}

fn not_a_time(element: &Element<'_>, expected: &'static str) -> Fault {
    let form = if element.tag == tag::UTC_TIME { "UTCTime" } else { "GeneralizedTime" };
    let text = alloc::string::String::from_utf8_lossy(element.value());
    element.fault(expected, format!("{} in a {form}", crate::quote::quote(&text)))
}

#[cfg(test)]
mod tests {
    use alloc::string::ToString as _;

    use super::*;

    #[test]
    fn times_of_both_forms_are_read() {
        for (form, text, printed) in [
            (tag::UTC_TIME, "491231235959Z", "2049-12-31T23:59:59Z"),
            (tag::UTC_TIME, "500101000000Z", "1950-01-01T00:00:00Z"),
            (tag::GENERALIZED_TIME, "16010101000000Z", "1601-01-01T00:00:00Z"),
            (tag::GENERALIZED_TIME, "99991231235959Z", "9999-12-31T23:59:59Z"),
        ] {
            assert_eq!(parse(form, text.as_bytes()).map(|time| time.to_string()).as_deref(), Some(printed));
        }
    }

    #[test]
    fn other_forms_are_refused() {
        for (form, text) in [
            (tag::UTC_TIME, "4912312359Z"),
            (tag::UTC_TIME, "491231235959+0000"),
            (tag::UTC_TIME, "490231235959Z"),
            (tag::UTC_TIME, "49123123595\u{663}Z"),
            (tag::UTC_TIME, "491231235960Z"),
            (tag::GENERALIZED_TIME, "20261122000000.5Z"),
            (tag::GENERALIZED_TIME, "20261122000000"),
            (tag::GENERALIZED_TIME, ""),
        ] {
            assert_eq!(parse(form, text.as_bytes()), None, "{text}");
        }
    }
}
