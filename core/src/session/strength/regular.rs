//! Regularities of a whole token: what a hand writes where a generator should.

use super::pattern::period;
use super::{Bits, alphabet};

/// Characters from which on a token can show that it is regular.
const SHORTEST: usize = 12;
/// The widest group that is compared with the one after it.
const WIDEST: usize = 8;
/// How deep groups of groups are looked into.
const DEPTH: u32 = 4;

/// The bits of a token that is regular as a whole, with what it is: groups in which every character is a constant step from
/// the one before it (`a1b2c3d4e5f6`, `00112233445566`, `c0ffee00c0ffee01`), in three of four places at least; or runs of
/// such steps that make up half of it. Random characters come to a sixteenth.
pub(super) fn regular(bytes: &[u8]) -> Option<(Bits, &'static str)> {
    if bytes.len() < SHORTEST {
        return None;
    }
    let class = Bits::log2(alphabet(core::str::from_utf8(bytes).ok()?));
    let length = u64::try_from(bytes.len()).unwrap_or(u64::MAX);
    // What breaks the regularity has to be guessed: the character and its place.
    let exception = class.plus(Bits::log2(length));
    let widest = WIDEST.min(bytes.len() / 3);
    let groups = (1..=widest).filter_map(|width| {
        let exceptions = exceptions(bytes, width)?;
        Some(class.times(count(width)).plus(exception.times(count(exceptions))))
    });
    if let Some(bits) = groups.min() {
        return Some((bits, "a group that counts or repeats"));
    }
    // Of a run of three or more characters at least two thirds are followed by the next: most tokens have too few.
    let steps = bytes.iter().zip(bytes.get(1..).unwrap_or_default());
    let steps = steps.filter(|(one, two)| two.wrapping_sub(**one).wrapping_add(1) <= 2).count();
    if steps.saturating_mul(3) < bytes.len() {
        return None;
    }
    let (runs, covered) = runs(bytes);
    let rest = bytes.len().saturating_sub(covered);
    let bits = class.times(count(rest)).plus(class.plus(Bits::log2(8)).times(count(runs)));
    (covered.saturating_mul(2) >= bytes.len()).then_some((bits, "runs of consecutive or equal characters"))
}

/// In how many places a character is not the same step from the one `width` before it; nothing where these are more than a
/// quarter. Random text is left after a dozen characters: this is asked of every identifier of a list.
fn exceptions(bytes: &[u8], width: usize) -> Option<usize> {
    let most = bytes.len().saturating_sub(width) / 4;
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
    let size = core::str::from_utf8(bytes).map_or(256, alphabet);
    let plain = Bits::log2(size).times(count(bytes.len()));
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
        ] {
            let bits = regular(text.as_bytes()).map(|(bits, _)| bits);
            assert!(bits.is_some_and(|bits| bits < Bits::whole(64)), "{text}: {bits:?}");
        }
        assert!(group(b"0123456789abcdef") < Bits::whole(32));
        for text in
            ["9b74c9897bac770ffc029102a200c5de", "3f2504e04f891d39a0c0305e82c3301", "0b3c9f2e1d5ae8bc7f2a6d8e4b1c3f"]
        {
            assert_eq!(regular(text.as_bytes()), None, "{text}");
        }
    }
}
