//! Identifiers together: what can only be seen in many.

mod step;

use alloc::borrow::Cow;
use alloc::string::{String, ToString as _};
use alloc::vec::Vec;

use serde::{Deserialize, Serialize};

use super::identifiers::Row;
use super::strength::Bits;

pub(crate) use step::{Step, step};

/// The identifiers together.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Summary {
    /// How many rows there are.
    pub rows: u32,
    /// How many different identifiers.
    pub distinct: u32,
    /// Bytes with which all of them begin.
    pub common_prefix: u32,
    /// Bytes with which all of them end.
    pub common_suffix: u32,
    /// The min-entropy of each byte's place, by how often its most common value comes, over the different identifiers:
    /// at most the logarithm of their number. The first [`Summary::POSITIONS`] places.
    pub positions: Vec<Bits>,
    /// How many different users the list names.
    pub users: u32,
    /// How many different conversations.
    pub conversations: u32,
    /// What was looked for among the identifiers, and how often it was found.
    pub checks: Vec<Check>,
}

/// Something that was looked for among identifiers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Check {
    /// The rule's id.
    pub rule: Cow<'static, str>,
    /// Whether the list and the policy tell enough to look.
    pub looked: bool,
    /// How often it was found.
    pub found: u32,
}

impl Summary {
    /// Places of which the min-entropy is given.
    pub const POSITIONS: usize = 128;

    /// Summarises the rows; `distinct` are their texts, sorted, each once.
    pub(crate) fn of(rows: usize, distinct: &[&str]) -> Self {
        let count = |count: usize| u32::try_from(count).unwrap_or(u32::MAX);
        let (first, last) =
            (distinct.first().copied().unwrap_or_default(), distinct.last().copied().unwrap_or_default());
        // In sorted texts the first and the last have the shortest common beginning.
        let prefix = first.bytes().zip(last.bytes()).take_while(|(one, two)| one == two).count();
        let suffix = distinct
            .iter()
            .map(|text| text.bytes().rev().zip(first.bytes().rev()).take_while(|(one, two)| one == two).count())
            .min()
            .unwrap_or_default();
        Self {
            rows: count(rows),
            distinct: count(distinct.len()),
            common_prefix: count(prefix),
            common_suffix: count(suffix),
            positions: positions(distinct),
            users: 0,
            conversations: 0,
            checks: Vec::new(),
        }
    }
}

fn positions(distinct: &[&str]) -> Vec<Bits> {
    let length = distinct.iter().map(|text| text.len()).max().unwrap_or_default().min(Summary::POSITIONS);
    let total = Bits::log2(u64::try_from(distinct.len()).unwrap_or(u64::MAX)).thousandths();
    let mut counts = alloc::vec![[0_u32; 256]; length];
    for text in distinct {
        for (counts, byte) in counts.iter_mut().zip(text.bytes()) {
            if let Some(count) = counts.get_mut(usize::from(byte)) {
                *count = count.saturating_add(1);
            }
        }
    }
    let place = |counts: &[u32; 256]| {
        // The end of the text is a value too.
        let ended = counts.iter().fold(distinct.len() as u64, |ended, count| ended.saturating_sub(u64::from(*count)));
        let most = counts.iter().copied().max().map_or(1, u64::from).max(ended);
        Bits::from_thousandths(total.saturating_sub(Bits::log2(most).thousandths()))
    };
    counts.iter().map(place).collect()
}

/// What an application does to an identifier before it uses it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Normalisation {
    /// Removes blanks at both ends.
    Trim,
    /// Makes letters small.
    LowerCase,
    /// Replaces each run of anything but small letters, digits and `-` by one `-`.
    Hyphens,
    /// Cuts after 128 characters.
    Cut,
}

/// An identifier as the application uses it.
pub(crate) fn normalised<'a>(identifier: &'a str, steps: &[Normalisation]) -> Cow<'a, str> {
    let mut text = Cow::Borrowed(identifier);
    for step in steps {
        let next = match step {
            Normalisation::Trim => text.trim().to_string(),
            Normalisation::LowerCase if text.bytes().all(is_small) => continue,
            Normalisation::LowerCase => text.to_lowercase(),
            Normalisation::Hyphens if text.bytes().all(is_small) => continue,
            Normalisation::Hyphens => hyphens(&text),
            Normalisation::Cut if text.len() <= 128 => continue,
            Normalisation::Cut => text.chars().take(128).collect(),
        };
        text = Cow::Owned(next);
    }
    text
}

/// What neither small letters nor hyphens change.
fn is_small(byte: u8) -> bool {
    byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-'
}

fn hyphens(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut run = false;
    for character in text.chars() {
        let kept = character.is_ascii_lowercase() || character.is_ascii_digit() || character == '-';
        if kept {
            out.push(character);
        } else if !run {
            out.push('-');
        }
        run = !kept;
    }
    out
}

/// The rows in the order of one of their texts; those whose texts are equal stay in their order.
pub(crate) fn ordered<'r, 'a>(rows: Vec<&'r Row<'a>>, text: fn(&'r Row<'a>) -> &'r str) -> Vec<&'r Row<'a>> {
    // Names share a beginning, `user-`. What follows is compared as a number, eight bytes at once.
    let first = rows.first().map_or("", |row| text(row)).as_bytes();
    let shared = rows.iter().fold(first.len(), |shared, row| {
        let beginning = first.get(..shared).unwrap_or_default();
        beginning.iter().zip(text(row).as_bytes()).take_while(|(one, two)| one == two).count()
    });
    let head = |text: &str| {
        let rest = text.as_bytes().get(shared..).unwrap_or_default();
        rest.first_chunk().copied().map_or_else(
            || (0..8).fold(0, |head: u64, at| head.wrapping_shl(8) | rest.get(at).map_or(0, |byte| u64::from(*byte))),
            u64::from_be_bytes,
        )
    };
    let mut keyed: Vec<(u64, &Row<'a>)> = rows.into_iter().map(|row| (head(text(row)), row)).collect();
    keyed.sort_by(|(one, first), (two, second)| one.cmp(two).then_with(|| text(first).cmp(text(second))));
    keyed.into_iter().map(|(_, row)| row).collect()
}

/// Neighbours that are equal, in the order of the second's number.
pub(crate) fn pairs<'r, 'a>(
    rows: &[&'r Row<'a>],
    equal: impl Fn(&'r Row<'a>, &'r Row<'a>) -> bool,
) -> Vec<(&'r Row<'a>, &'r Row<'a>)> {
    let pairs = rows.iter().zip(rows.iter().skip(1));
    let mut found: Vec<_> = pairs.filter(|(one, two)| equal(one, two)).map(|(one, two)| (*one, *two)).collect();
    crate::order::sort_by_key(&mut found, |(_, two)| two.number);
    found
}

/// The different texts of rows that are in the order of these texts.
pub(crate) fn distinct<'r, 'a>(rows: &[&'r Row<'a>], text: fn(&'r Row<'a>) -> &'r str) -> Vec<&'r str> {
    let mut texts: Vec<&str> = rows.iter().map(|row| text(row)).collect();
    texts.dedup();
    texts
}

/// The rows in groups of one key: pairs of neighbours whose keys are equal, after sorting. `n log n`.
pub(crate) fn neighbours<'r, 'a, K: Ord>(
    rows: impl IntoIterator<Item = &'r Row<'a>>,
    key: impl Fn(&'r Row<'a>) -> K,
) -> Vec<(&'r Row<'a>, &'r Row<'a>)>
where
    'a: 'r,
{
    let mut keyed: Vec<(K, &Row<'a>)> = rows.into_iter().map(|row| (key(row), row)).collect();
    crate::order::sort_by(&mut keyed, |(one, _), (two, _)| one.cmp(two));
    let pairs = keyed.iter().zip(keyed.iter().skip(1));
    let mut found: Vec<_> =
        pairs.filter(|((one, _), (two, _))| one == two).map(|((_, one), (_, two))| (*one, *two)).collect();
    crate::order::sort_by_key(&mut found, |(_, two)| two.number);
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn summaries_count_places() {
        let summary = Summary::of(4, &["ab1x", "ab2x", "ab3x", "ab4x"]);
        assert_eq!((summary.common_prefix, summary.common_suffix, summary.distinct), (2, 1, 4));
        let thousandths: Vec<u32> = summary.positions.iter().map(|bits| bits.thousandths()).collect();
        assert_eq!(thousandths, [0, 0, 2000, 0]);
    }

    #[test]
    fn rows_are_ordered_by_a_text() {
        let texts = ["user-2", "user-", "user-10\0", "user-10", "user-123456789", "user-123456788", "user-2", "us"];
        for count in 0..=texts.len() {
            let rows: Vec<Row<'_>> = (0_u32..)
                .zip(texts.iter().take(count))
                .map(|(number, text)| Row {
                    number,
                    identifier: Cow::Borrowed(text),
                    range: 0..0,
                    user: None,
                    conversation: None,
                    time: None,
                })
                .collect();
            let mut expected: Vec<&Row<'_>> = rows.iter().collect();
            expected.sort_by(|one, two| one.identifier.cmp(&two.identifier));
            assert_eq!(ordered(rows.iter().collect(), |row| &row.identifier), expected);
        }
    }

    #[test]
    fn applications_normalise() {
        let all = [Normalisation::Trim, Normalisation::LowerCase, Normalisation::Hyphens];
        assert_eq!(normalised(" Tenant:User__1 ", &all), "tenant-user-1");
    }
}
