//! Formats of identifiers whose parts are known: UUID, ULID, KSUID, ObjectId.

use alloc::format;

use super::moment::is_plausible;
use super::regular::regular;
use super::{Bits, Part, PartKind, is_hex};
use crate::Time;
use crate::session::profile::Set;

/// The version of a UUID of RFC 9562 (1 to 8; 0 for the nil and 15 for the max UUID), if `text` is one.
pub(crate) fn uuid_version(text: &str) -> Option<u8> {
    let (value, version) = uuid(text.as_bytes())?;
    match (value, version) {
        (0, _) => Some(0),
        (u128::MAX, _) => Some(15),
        (_, 1..=8) if value.wrapping_shr(62) & 0b11 == 0b10 => Some(version),
        _ => None,
    }
}

/// The value and the version digit of text that has the form of a UUID.
fn uuid(text: &[u8]) -> Option<(u128, u8)> {
    if text.len() != 36 {
        return None;
    }
    let mut value = 0_u128;
    for (at, &byte) in text.iter().enumerate() {
        if matches!(at, 8 | 13 | 18 | 23) {
            (byte == b'-').then_some(())?;
        } else {
            value = value.wrapping_shl(4) | u128::from(char::from(byte).to_digit(16)?);
        }
    }
    Some((value, u8::try_from(value.wrapping_shr(76) & 0xf).unwrap_or_default()))
}

/// A UUID of any version at `at` in `text`.
pub(super) fn uuid_part(text: &str, at: usize) -> Option<Part> {
    let end = at.saturating_add(36);
    let slice = text.get(at..end)?;
    let (value, _) = uuid(slice.as_bytes())?;
    let part = |bits, note| Part::new((at, end), PartKind::Uuid, Bits::whole(bits), note);
    // What a hand wrote is not drawn, whatever the version says.
    let by_hand = |from, most| {
        let bits = by_hand(slice, from)?;
        Some(Part::new((at, end), PartKind::Uuid, bits.min(Bits::whole(most)), BY_HAND))
    };
    let drawn = |from, bits, note| by_hand(from, bits).unwrap_or_else(|| part(bits, note));
    let named = |note| by_hand(0, 122).unwrap_or_else(|| part(0, note).or(Bits::whole(122)));
    let high = u64::try_from(value.wrapping_shr(64)).unwrap_or_default();
    Some(match uuid_version(slice) {
        Some(0) => part(0, "the nil UUID"),
        Some(15) => part(0, "the max UUID"),
        Some(1) => part(14, "a UUID of version 1: a time, a clock sequence and a node").telling(gregorian(
            (high & 0xfff).wrapping_shl(48) | (high.wrapping_shr(16) & 0xffff).wrapping_shl(32) | high.wrapping_shr(32),
        )),
        Some(6) => part(14, "a UUID of version 6: a time, a clock sequence and a node")
            .telling(gregorian(high.wrapping_shr(16).wrapping_shl(12) | (high & 0xfff))),
        Some(2) => part(6, "a UUID of version 2: a time and a local number"),
        Some(3) => named("a UUID of version 3: the MD5 of a name, as hard to guess as the name"),
        Some(5) => named("a UUID of version 5: the SHA-1 of a name, as hard to guess as the name"),
        Some(8) => named("a UUID of version 8: made by a rule that it does not tell"),
        Some(7) => {
            let milliseconds = i64::try_from(high.wrapping_shr(16)).unwrap_or(i64::MAX);
            drawn(14, 74, "a UUID of version 7: the first 48 bits are the time")
                .telling(Time::from_unix(milliseconds / 1000))
        }
        Some(4) => drawn(0, 122, "a UUID of version 4"),
        _ => named("the form of a UUID, without a version of RFC 9562"),
    })
}

const BY_HAND: &str = "the form of a random UUID, with digits that count or repeat";

/// The bits of a UUID's digits from a place on, if they were not drawn. The digits of version and variant may stand in the
/// place of others, here those eight before, or the version's between two.
fn by_hand(uuid: &str, from: usize) -> Option<Bits> {
    let mut digits = [0_u8; 32];
    let mut collect = |between: bool| {
        let mut count = 0_usize;
        for (at, byte) in uuid.bytes().enumerate().skip(from) {
            if byte == b'-' || between && at == 14 {
                continue;
            }
            let before = count.checked_sub(8).and_then(|before| digits.get(before)).copied();
            let written = before.filter(|_| !between && matches!(at, 14 | 19)).unwrap_or(byte);
            *digits.get_mut(count)? = written;
            count = count.saturating_add(1);
        }
        regular(digits.get(..count)?).map(|(bits, _)| bits)
    };
    [collect(true), collect(false)].into_iter().flatten().min()
}

/// An instant counted in 100 nanoseconds since 1582-10-15.
fn gregorian(ticks: u64) -> Time {
    let seconds = i64::try_from(ticks / 10_000_000).unwrap_or(i64::MAX);
    Time::from_unix(seconds.saturating_sub(12_219_292_800))
}

/// A ULID, a KSUID or an ObjectId that fills `token`, which starts at `at`. The times in them have to be plausible.
pub(super) fn timed(token: &str, at: usize) -> Option<Part> {
    let end = at.saturating_add(token.len());
    match token.len() {
        24 if is_hex(Set::seen(token)) => {
            let seconds = i64::from_str_radix(token.get(..8)?, 16).ok()?;
            // The first ObjectIds are of 2009.
            let time = Time::from_unix(seconds);
            (seconds >= 1_230_768_000 && is_plausible(time)).then(|| {
                let note = format!("an ObjectId made at {time}, or 96 random bits: its form does not tell");
                Part::new((at, end), PartKind::ObjectId, Bits::whole(40), note).or(Bits::whole(96)).telling(time)
            })
        }
        26 => {
            let value = crockford(token.get(..10)?)?;
            crockford(token.get(10..18)?).and(crockford(token.get(18..)?))?;
            let time = Time::from_unix(i64::try_from(value / 1000).ok()?);
            (value < 1 << 48 && is_plausible(time)).then(|| {
                let drawn = token.as_bytes().get(10..).and_then(regular);
                let bits = drawn.map_or(Bits::whole(80), |(bits, _)| bits.min(Bits::whole(80)));
                let how = if drawn.is_some() { ", with digits that count or repeat" } else { "" };
                let note = format!("a ULID made at {time}{how}");
                Part::new((at, end), PartKind::Ulid, bits, note).telling(time)
            })
        }
        27 => {
            let time = ksuid(token)?;
            is_plausible(time).then(|| {
                let note = format!("a KSUID made at {time}");
                Part::new((at, end), PartKind::Ksuid, Bits::whole(128), note).telling(time)
            })
        }
        _ => None,
    }
}

/// Crockford's base 32, of which a ULID has 26 digits in one case.
fn crockford(text: &str) -> Option<u64> {
    text.bytes().try_fold(0_u64, |value, byte| {
        let upper = byte.to_ascii_uppercase();
        let place = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ".iter().position(|&digit| digit == upper)?;
        value.checked_mul(32)?.checked_add(u64::try_from(place).ok()?)
    })
}

/// The time of a KSUID: the first 32 of 160 bits, in base 62, counted in seconds from 2014-05-13T16:53:20Z.
fn ksuid(token: &str) -> Option<Time> {
    let mut limbs = [0_u64; 5];
    for byte in token.bytes() {
        let digit = match byte {
            b'0'..=b'9' => byte.wrapping_sub(b'0'),
            b'A'..=b'Z' => byte.wrapping_sub(b'A').wrapping_add(10),
            b'a'..=b'z' => byte.wrapping_sub(b'a').wrapping_add(36),
            _ => return None,
        };
        let mut carry = u64::from(digit);
        for limb in &mut limbs {
            let value = limb.wrapping_mul(62).wrapping_add(carry);
            *limb = value & 0xffff_ffff;
            carry = value.wrapping_shr(32);
        }
        if carry != 0 {
            return None;
        }
    }
    let [.., seconds] = limbs;
    Some(Time::from_unix(i64::try_from(seconds).ok()?.saturating_add(1_400_000_000)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_inside_are_read() {
        let time = |part: Option<Part>| part.and_then(|part| part.time).map(Time::unix);
        // The examples of RFC 9562, appendix A: all made at 2022-02-22T19:22:22Z.
        for text in [
            "C232AB00-9414-11EC-B3C8-9F6BDECED846",
            "1EC9414C-232A-6B00-B3C8-9F6BDECED846",
            "017F22E2-79B0-7CC3-98C4-DC0C0C07398F",
        ] {
            assert_eq!(time(uuid_part(text, 0)), Some(1_645_557_742), "{text}");
        }
        assert_eq!(time(timed("01ARZ3NDEKTSV4RRFFQ69G5FAV", 0)), Some(1_469_922_850));
        // The example of the KSUID reference: 2017-10-10T04:00:47Z.
        assert_eq!(time(timed("0ujtsYcgvSTl8PAuAdqWYSMnLOv", 0)), Some(1_507_608_047));
        assert_eq!(time(timed("507f1f77bcf86cd799439011", 0)), Some(1_350_508_407));
    }

    #[test]
    fn versions_are_those_of_the_rfc() {
        assert_eq!(uuid_version("919108f7-52d1-4320-9bac-f847db4148a8"), Some(4));
        assert_eq!(uuid_version("919108f7-52d1-4320-1bac-f847db4148a8"), None);
        assert_eq!(uuid_version("FFFFFFFF-FFFF-FFFF-FFFF-FFFFFFFFFFFF"), Some(15));
        assert_eq!(uuid_version("919108f752d143209bacf847db4148a8"), None);
    }
}
