//! Regularities of a whole token: what a hand writes where a generator should.

use alloc::vec::Vec;

use super::pattern::{period, place};
use super::{Bits, alphabet};
use crate::session::profile::Set;

/// Characters from which on a token can show that it is regular.
const SHORTEST: usize = 12;
/// The widest group that is compared with the one after it.
const WIDEST: usize = 8;
/// How deep groups of groups are looked into.
const DEPTH: u32 = 4;

/// The bits of a token that is regular as a whole, with what it is: groups in which every character is a constant step from
/// the one before it (`a1b2c3d4e5f6`, `00112233445566`, `c0ffee00c0ffee01`), in three of four places at least; or runs of
/// such steps that make up half of it. Where there are other letters than hexadecimal digits, the keys of a keyboard are
/// looked at in the same way (`1qaz2wsx3edc4rfv`). Random characters come to a sixteenth.
pub(super) fn regular(bytes: &[u8]) -> Option<(Bits, &'static str)> {
    if bytes.len() < SHORTEST {
        return None;
    }
    let class = || Bits::log2(size(bytes));
    steady(bytes, class).or_else(|| {
        if bytes.iter().all(u8::is_ascii_hexdigit) {
            return spelled(bytes).map(|bits| (bits, "words that hexadecimal digits spell"));
        }
        let keys: Vec<u8> = bytes.iter().map(|byte| place(*byte)).collect();
        steady(&keys, class).map(|(bits, _)| (bits, "neighbours on a keyboard"))
    })
}

fn steady(bytes: &[u8], class: impl Fn() -> Bits) -> Option<(Bits, &'static str)> {
    // What breaks the regularity has to be guessed: the character and its place.
    let exception = || class().plus(Bits::log2(u64::try_from(bytes.len()).unwrap_or(u64::MAX)));
    let widest = WIDEST.min(bytes.len() / 3);
    let groups = (1..=widest).filter_map(|width| {
        let exceptions = exceptions(bytes, width)?;
        Some(class().times(count(width)).plus(exception().times(count(exceptions))))
    });
    if let Some(bits) = groups.min() {
        return Some((bits, "a group that counts or repeats"));
    }
    // Of a run of three or more characters at least two thirds are followed by the next: most tokens have too few.
    let apart = bytes.len().saturating_sub(1).saturating_sub(bytes.len().div_ceil(3));
    if bytes.is_empty() || !is_close(bytes, 1, 1, apart) {
        return None;
    }
    let (runs, covered) = runs(bytes);
    let rest = bytes.len().saturating_sub(covered);
    let bits = class().times(count(rest)).plus(class().plus(Bits::log2(8)).times(count(runs)));
    (covered.saturating_mul(2) >= bytes.len()).then_some((bits, "runs of consecutive or equal characters"))
}

/// Words of at least four letters that hexadecimal digits spell.
const SPELLED: [&str; 13] =
    ["c0ffee", "facade", "dead", "beef", "cafe", "babe", "face", "feed", "f00d", "c0de", "fade", "deaf", "bead"];

/// The bits of hexadecimal digits of which at least half spell words. Half of random digits are letters in one of ten.
fn spelled(digits: &[u8]) -> Option<Bits> {
    let letters = digits.iter().filter(|digit| **digit > b'9').count();
    if letters.saturating_mul(2) < digits.len() {
        return None;
    }
    let (mut words, mut covered, mut rest) = (0_u32, 0_usize, digits);
    while !rest.is_empty() {
        let begins = |word: &&str| rest.get(..word.len()).is_some_and(|one| one.eq_ignore_ascii_case(word.as_bytes()));
        let length = SPELLED.iter().find(|word| begins(word)).map_or(0, |word| word.len());
        words = words.saturating_add(u32::from(length > 0));
        covered = covered.saturating_add(length);
        rest = rest.get(length.max(1)..).unwrap_or_default();
    }
    let plain = count(digits.len().saturating_sub(covered));
    (covered.saturating_mul(2) >= digits.len()).then(|| Bits::whole(6).times(words).plus(Bits::whole(4).times(plain)))
}

/// Whether at most so many characters are further than `within` from the one `width` before them. Eight are looked at in one
/// step, since this is asked of every identifier of a list, and the answer is almost always no; where they are not ASCII, it
/// is yes.
fn is_close(bytes: &[u8], width: usize, within: u64, apart: usize) -> bool {
    const EACH: u64 = 0x0101_0101_0101_0101;
    const HIGH: u64 = 0x80 * EACH;
    let later = bytes.get(width..).unwrap_or_default();
    let mut found = 0_usize;
    let ((ones, _), (twos, rest)) = (bytes.as_chunks(), later.as_chunks());
    for (one, two) in ones.iter().zip(twos) {
        let (one, two) = (u64::from_le_bytes(*one), u64::from_le_bytes(*two));
        if (one | two) & HIGH != 0 {
            return true;
        }
        // In each byte 128 and the difference and `within`: from 128 to 128 and twice `within` where they are close.
        let moved = (one | HIGH).wrapping_sub(two).wrapping_add(EACH.wrapping_mul(within));
        let beyond = (moved & !HIGH).wrapping_add(EACH.wrapping_mul(127_u64.saturating_sub(within.wrapping_mul(2))));
        let close = (moved & !beyond & HIGH).count_ones();
        found = found.saturating_add(8_usize.saturating_sub(close as usize));
        if found > apart {
            return false;
        }
    }
    let last = bytes.get(later.len().saturating_sub(rest.len())..).unwrap_or_default();
    let far = last.iter().zip(rest).filter(|(one, two)| u64::from(one.abs_diff(**two)) > within).count();
    found.saturating_add(far) <= apart
}

/// In how many places a character is not the same step from the one `width` before it; nothing where these are more than a
/// quarter.
fn exceptions(bytes: &[u8], width: usize) -> Option<usize> {
    let most = bytes.len().saturating_sub(width) / 4;
    if !is_close(bytes, width, 2, most) {
        return None;
    }
    let (mut counts, mut best, mut seen) = ([0_usize; 5], 0_usize, 0_usize);
    for (one, two) in bytes.iter().zip(bytes.get(width..).unwrap_or_default()) {
        seen = seen.saturating_add(1);
        if let Some(slot) = counts.get_mut(usize::from(two.wrapping_sub(*one).wrapping_add(2))) {
            *slot = slot.saturating_add(1);
            best = best.max(*slot);
        }
        if seen.saturating_sub(best) > most {
            return None;
        }
    }
    Some(seen.saturating_sub(best))
}

/// The size of the alphabet of some characters.
fn size(bytes: &[u8]) -> u64 {
    core::str::from_utf8(bytes).map_or(256, |text| alphabet(Set::seen(text)))
}

/// How many runs of at least three consecutive or equal characters there are, and how many characters are in them.
fn runs(bytes: &[u8]) -> (usize, usize) {
    let (mut runs, mut covered, mut at) = (0_usize, 0_usize, 0_usize);
    while at < bytes.len() {
        let rest = bytes.get(at..).unwrap_or_default();
        let step = |step: i16| {
            let next = |(one, two): &(&u8, &u8)| i16::from(**two).saturating_sub(i16::from(**one)) == step;
            rest.iter().zip(rest.iter().skip(1)).take_while(next).count().saturating_add(1)
        };
        let longest = step(0).max(step(1)).max(step(-1));
        if longest >= 3 {
            runs = runs.saturating_add(1);
            covered = covered.saturating_add(longest);
            at = at.saturating_add(longest);
        } else {
            at = at.saturating_add(1);
        }
    }
    (runs, covered)
}

/// The bits of a group that a token repeats: no more than its characters, and less where it is regular itself.
pub(super) fn group(bytes: &[u8]) -> Bits {
    let mut bytes = bytes;
    for _ in 0..DEPTH {
        match period(bytes).and_then(|period| bytes.get(..period)) {
            Some(inner) => bytes = inner,
            None => break,
        }
    }
    let plain = Bits::log2(size(bytes)).times(count(bytes.len()));
    regular(bytes).map_or(plain, |(bits, _)| bits.min(plain))
}

fn count(length: usize) -> u32 {
    u32::try_from(length).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_hands_write_is_regular() {
        for text in [
            "00112233445566778899aabbccddeeff",
            "a1b2c3d4e5f6a7b8c9d0e1f2a3b4c5d6",
            "a1b2c3d4e5f6g7h8i9j0k1l2m3n4o5p6",
            "1a1a1a1a2b2b2b2b3c3c3c3c4d4d4d4d",
            "c0ffee00c0ffee01c0ffee02c0ffee03",
            "AAAABBBBCCCCDDDDEEEEFFFFGGGGHHHH",
            "aabbccddeeffgghhiijjkkllmmnnoopp",
            "acegikmoqsuwybdfhjlnprtvxz13579",
            "1234567812341238123123456789012",
            "aaaaaaaabbbbcccdddeeeeeeeeeeee",
            "deadbeefcafebabefeedfacebaadf00d",
            "1qaz2wsx3edc4rfv",
            "zaq1xsw2cde3vfr4bgt5",
            "1Q2w3E4r5T6y7U8i9O0p",
            "qazwsxedcrfvtgbyhnujm",
            "qweasdzxcrtyfghvbnuio",
        ] {
            let bits = regular(text.as_bytes()).map(|(bits, _)| bits);
            assert!(bits.is_some_and(|bits| bits < Bits::whole(64)), "{text}: {bits:?}");
        }
        assert!(group(b"0123456789abcdef") < Bits::whole(32));
        assert!(is_close(b"aabbccdd\x7f\0\x7f\0\x7f\0\x7f\0", 1, 1, 8) && !is_close(b"azazazazazazazaz", 1, 2, 14));
        assert!(is_close("\u{e9}\u{e9}\u{e9}\u{e9}azazaz".as_bytes(), 1, 0, 0));
        for text in
            ["9b74c9897bac770ffc029102a200c5de", "3f2504e04f891d39a0c0305e82c3301", "0b3c9f2e1d5ae8bc7f2a6d8e4b1c3f"]
        {
            assert_eq!(regular(text.as_bytes()), None, "{text}");
        }
    }
}
