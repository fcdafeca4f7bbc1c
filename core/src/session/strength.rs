//! How hard an identifier is to guess: an upper bound from its alphabet, and an estimate from its structure.
//!
//! Neither proves anything good. A hash of a counter looks perfect; what the estimate can do is recognise the parts
//! that a generator did not draw at random, and count only the rest.

mod bits;
mod format;
mod known;
mod moment;
mod part;
mod pattern;
mod regular;
mod scan;
mod words;

use alloc::vec::Vec;

use serde::{Deserialize, Serialize};

use super::profile::Set;

pub use bits::Bits;
pub use part::{Part, PartKind};

pub(crate) use bits::duration;
pub(crate) use format::uuid_version;

/// The strength of one identifier.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Estimate {
    /// Length times the bits of the alphabet seen: no generator of this shape gives more.
    pub upper: Bits,
    /// What is left after the recognised parts: at most `upper`.
    pub structural: Bits,
    /// What is left if the parts that can be read in two ways are read the stronger way.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub otherwise: Option<Bits>,
    /// The parts, in order; together they cover the identifier.
    pub parts: Vec<Part>,
}

/// Estimates the strength of `identifier`, which has the characters `seen`.
pub(crate) fn estimate(identifier: &str, seen: Set) -> Estimate {
    let upper = upper_bound(identifier, seen);
    let parts = scan::parts(identifier, seen);
    let structural: Bits = parts.iter().map(|part| part.bits).sum();
    let otherwise: Bits = parts.iter().map(|part| part.otherwise.unwrap_or(part.bits)).sum();
    let structural = structural.min(upper);
    let otherwise = otherwise.min(upper);
    Estimate { upper, structural, otherwise: (otherwise > structural).then_some(otherwise), parts }
}

/// Characters times the bits of the alphabet that was seen.
fn upper_bound(identifier: &str, seen: Set) -> Bits {
    let count = if seen.is_beyond_ascii() { identifier.chars().count() } else { identifier.len() };
    Bits::log2(alphabet(seen)).times(u32::try_from(count).unwrap_or(u32::MAX))
}

const HEX: Set = Set::DIGITS.with(Set::range(b'a', b'f'));
const HEX_UPPER: Set = Set::DIGITS.with(Set::range(b'A', b'F'));

/// Whether characters are hexadecimal digits in one case.
fn is_hex(seen: Set) -> bool {
    seen.without(HEX).is_empty() || seen.without(HEX_UPPER).is_empty()
}

/// The size of the smallest usual alphabet that holds every character: digits, hexadecimal, letters of either case,
/// Azure's two lists of specials, and 128 for everything else.
fn alphabet(seen: Set) -> u64 {
    const DOCUMENTED: Set = Set::of(b"|-&^%$#(){}[];<>");
    const PRINTABLE: Set = Set::range(0x21, 0x7e);
    let all = |set: Set| seen.without(set).is_empty();
    if all(Set::DIGITS) {
        return 10;
    }
    if is_hex(seen) {
        return 16;
    }
    let any = |set: Set| seen.without(set) != seen;
    let classes = [
        (Set::DIGITS, 10),
        (Set::LOWER, 26),
        (Set::UPPER, 26),
        (DOCUMENTED, 16),
        (PRINTABLE.without(Set::ALPHANUMERIC).without(DOCUMENTED), 16),
        (Set::ANY.without(PRINTABLE), 128),
    ];
    classes.iter().filter(|(set, _)| any(*set)).map(|(_, size)| *size).sum::<u64>().max(1)
}

#[cfg(test)]
mod tests {
    use alloc::string::String;

    use super::*;

    fn estimate(identifier: &str) -> Estimate {
        super::estimate(identifier, Set::seen(identifier))
    }

    fn structural(identifier: &str) -> u32 {
        estimate(identifier).structural.thousandths()
    }

    #[test]
    fn published_numbers_come_out() {
        assert_eq!(structural("3f2504e0-4f89-41d3-9a0c-0305e82c3301"), 122_000);
        assert_eq!(structural("017f22e2-79b0-7cc3-98c4-dc0c0c07398f"), 74_000);
        assert_eq!(structural("00000000-0000-0000-0000-000000000000"), 0);
        assert_eq!(structural("01ARZ3NDEKTSV4RRFFQ69G5FAV"), 80_000);
        assert_eq!(structural("0ujtsYcgvSTl8PAuAdqWYSMnLOv"), 128_000);
        assert_eq!(structural("507f1f77bcf86cd799439011"), 40_000);
        assert_eq!(structural("9b74c9897bac770ffc029102a200c5de"), 128_000);
        // 21 characters of the documented alphabet: its upper bound is that of the published table.
        let upper = estimate("aB3|-&^%$#(){}[];<>zZ").upper.thousandths();
        assert!((131_900..132_100).contains(&upper), "{upper}");
    }

    #[test]
    fn weak_identifiers_are_weak() {
        for (identifier, most) in [
            ("abcd", 20_700),
            ("user-alice", 40_000),
            ("cond-1a2b3c4d", 40_000),
            ("session-1", 12_000),
            ("1700000000", 26_000),
            ("1700000000000", 36_000),
            ("20261122", 20_000),
            ("2026-11-22T10:00:00Z", 40_000),
            ("alice@contoso.com", 34_000),
            ("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", 12_000),
            ("abababababababababababababababab", 16_000),
            ("qwertyuiop", 16_000),
            ("contoso-production-customer-session", 63_900),
            ("session00000000000000000000000000", 30_000),
            ("1234567890123456789", 30_000),
            ("testSessionIdentifier", 30_000),
            ("Session-Alice2-Tenant_Blue", 60_000),
            ("Ab12-Cd34-Ef56-Gh78-Ij90", 120_000),
        ] {
            let found = structural(identifier);
            assert!(found <= most, "{identifier}: {found}");
        }
    }

    #[test]
    fn random_identifiers_keep_their_bits() {
        for (identifier, least) in [
            ("c0ffee4b1d0e9a7756a2f3d8e9b1c4705f6e7d8c9bab0d1e2f30415263748596", 240_000),
            ("Vb3kQz81LmXc0pWtYh6RsA", 122_000),
            // Separators are symbols of base64url.
            ("xP7bc-wGYOF_kMm-qI6KlA", 128_000),
            ("-9TGQHTP-Be5RL0sLpQPuw", 128_000),
            ("q7w2x9k4m1z8v5b3n6c0j7h2g4", 122_000),
            ("qzkxwvmjrtplhxfdtbncywqzkpvj", 120_000),
        ] {
            let found = structural(identifier);
            assert!(found >= least, "{identifier}: {found}");
        }
    }

    #[test]
    fn parts_cover_any_text_and_nothing_panics() {
        let mut state = 0x2545_f491_4f6c_dd1d_u64;
        let mut next = || {
            state ^= state.wrapping_shl(13);
            state ^= state.wrapping_shr(7);
            state ^= state.wrapping_shl(17);
            state
        };
        let alphabet: Vec<char> = "01259aAbBcfFgzZ-_.:@TZS\u{e9}\u{1f512}\n %".chars().collect();
        for _ in 0..20_000 {
            let length = next() % 48;
            let text: String = (0..length)
                .filter_map(|_| alphabet.get(usize::try_from(next() % 29).unwrap_or_default()).copied())
                .collect();
            let estimate = estimate(&text);
            let mut end = 0;
            for part in &estimate.parts {
                assert_eq!(part.start, end, "{text:?}");
                assert!(part.end > part.start && text.is_char_boundary(part.end as usize), "{text:?}");
                end = part.end;
            }
            assert_eq!(end as usize, text.len(), "{text:?}");
            assert!(estimate.structural <= estimate.upper);
        }
    }
}
