//! Patterns that fingers and counters make: repeats, sequences, keyboard runs.

use super::PartKind;

/// The place of a letter on a keyboard: 16 for each row, one for each key. The rows of digits are sequences already.
fn key(letter: u8) -> Option<u8> {
    const ROWS: &[u8] = b"qwertyuiop      asdfghjkl       zxcvbnm";
    const PLACES: [u8; 26] = {
        let mut places = [0; 26];
        let mut letter = 0;
        let mut rest: &mut [u8] = &mut places;
        while let [first, others @ ..] = rest {
            let mut keys = ROWS;
            let mut place = 0_u8;
            while let [key, more @ ..] = keys {
                if *key == b'a'.wrapping_add(letter) {
                    *first = place;
                }
                place = place.wrapping_add(1);
                keys = more;
            }
            letter = letter.wrapping_add(1);
            rest = others;
        }
        places
    };
    PLACES.get(usize::from(letter.to_ascii_lowercase().checked_sub(b'a')?)).copied()
}

/// The place of any character: of letters and digits on a keyboard, of all others the same.
pub(super) fn place(byte: u8) -> u8 {
    match byte {
        b'0' => 73,
        b'1'..=b'9' => byte.wrapping_add(15),
        _ => key(byte).unwrap_or(127),
    }
}

/// The pattern that starts at `at` in `bytes`, with its end, if one is long enough not to be chance: five characters,
/// or three if they are all there is.
pub(super) fn run(bytes: &[u8], at: usize) -> Option<(PartKind, usize)> {
    let least = if at == 0 { bytes.len().clamp(3, 5) } else { 5 };
    // Most pairs begin nothing; this is looked at for every character of every identifier.
    let near = |from: usize| {
        let (one, two) = (*bytes.get(from)?, *bytes.get(from.saturating_add(1))?);
        Some(one.abs_diff(two) <= 1 || neighbours(one, two))
    };
    if !(near(at)? && near(at.saturating_add(1))?) {
        return None;
    }
    let ends = |step: fn(u8, u8) -> bool| {
        let rest = bytes.get(at..).unwrap_or_default();
        let pairs = rest.iter().zip(rest.iter().skip(1));
        at.saturating_add(1).saturating_add(pairs.take_while(|(one, two)| step(**one, **two)).count())
    };
    let candidates = [
        (PartKind::Repeat, ends(|one, two| one == two)),
        (PartKind::Sequence, ends(|one, two| one.checked_add(1) == Some(two))),
        (PartKind::Sequence, ends(|one, two| one.checked_sub(1) == Some(two))),
        (PartKind::Keyboard, ends(neighbours)),
    ];
    let longest = candidates.into_iter().max_by_key(|(_, end)| *end)?;
    (longest.1.saturating_sub(at) >= least).then_some(longest)
}

/// Whether five characters are near each other in ASCII, one after the other: those of a run of hexadecimal digits are, the
/// keys `d` and `f` included.
pub(super) fn streak(bytes: &[u8]) -> bool {
    let mut near = 0_u8;
    bytes.iter().zip(bytes.get(1..).unwrap_or_default()).any(|(one, two)| {
        near = if one.abs_diff(*two) <= 2 { near.saturating_add(1) } else { 0 };
        near >= 4
    })
}

/// Whether two keys are next to each other in a row, in either direction.
fn neighbours(one: u8, two: u8) -> bool {
    matches!((key(one), key(two)), (Some(one), Some(two)) if one.abs_diff(two) == 1)
}

/// The length of the group that the whole text repeats at least twice: `abab` has 2.
pub(super) fn period(bytes: &[u8]) -> Option<usize> {
    // Most texts do not begin again anywhere in their first half.
    let (first, second) = (bytes.first()?, bytes.get(1)?);
    let later = bytes.get(1..).unwrap_or_default().iter().zip(bytes.get(2..).unwrap_or_default());
    if !later.take(bytes.len() / 2).any(|(one, two)| one == first && two == second) {
        return None;
    }
    // The failure function of Knuth, Morris and Pratt: linear, however long the text.
    let mut borders = alloc::vec![0_usize; bytes.len()];
    let mut border = 0_usize;
    for (at, byte) in bytes.iter().enumerate().skip(1) {
        while border > 0 && bytes.get(border) != Some(byte) {
            border = borders.get(border.saturating_sub(1)).copied().unwrap_or_default();
        }
        if bytes.get(border) == Some(byte) {
            border = border.saturating_add(1);
        }
        if let Some(slot) = borders.get_mut(at) {
            *slot = border;
        }
    }
    let period = bytes.len().saturating_sub(borders.last().copied()?);
    (bytes.len() >= 6 && period.saturating_mul(2) <= bytes.len()).then_some(period)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patterns_have_kinds_and_ends() {
        assert_eq!(run(b"aaaa", 0), Some((PartKind::Repeat, 4)));
        assert_eq!(run(b"1234", 0), Some((PartKind::Sequence, 4)));
        assert_eq!(run(b"x98765y", 1), Some((PartKind::Sequence, 6)));
        assert_eq!(run(b"qwerty", 0), Some((PartKind::Keyboard, 6)));
        assert_eq!(run(b"aaaab", 0), None);
        assert_eq!(period(b"abcabcab"), Some(3));
        assert_eq!(period(b"abcabd"), None);
    }
}
