//! The known word nearest to a misspelt one.

use alloc::vec::Vec;

/// The candidate with the smallest edit distance to `word`, ignoring ASCII case, if it is near enough to be meant: at
/// most a third of the word's characters differ. Words beyond 64 characters have no neighbour.
pub(crate) fn nearest<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let word: Vec<char> = word.chars().map(|c| c.to_ascii_lowercase()).collect();
    if word.len() > 64 {
        return None;
    }
    let near = word.len().div_ceil(3).max(1);
    candidates
        .into_iter()
        .filter_map(|candidate| Some((row(&word, candidate)?, candidate)))
        .filter(|&(distance, _)| distance <= near)
        .min_by_key(|&(distance, _)| distance)
        .map(|(_, candidate)| candidate)
}

/// Levenshtein distance of two words, ignoring ASCII case; beyond 128 characters they count as far apart.
pub(crate) fn distance(one: &str, other: &str) -> usize {
    let word: Vec<char> = one.chars().map(|c| c.to_ascii_lowercase()).collect();
    let near = (word.len() <= 128).then(|| row(&word, other)).flatten();
    near.unwrap_or(usize::MAX)
}

/// Levenshtein distance, by one row of the table at a time.
fn row(word: &[char], candidate: &str) -> Option<usize> {
    if candidate.len() > 128 {
        return None;
    }
    let mut row: Vec<usize> = (0..=word.len()).collect();
    for (index, other) in candidate.chars().map(|c| c.to_ascii_lowercase()).enumerate() {
        let mut diagonal = index;
        let mut left = index.saturating_add(1);
        let mut next = Vec::from([left]);
        for (&own, &above) in word.iter().zip(row.iter().skip(1)) {
            let substituted = diagonal.saturating_add(usize::from(own != other));
            left = substituted.min(above.saturating_add(1)).min(left.saturating_add(1));
            diagonal = above;
            next.push(left);
        }
        row = next;
    }
    row.last().copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_word_is_found() {
        let known = ["policy", "subject", "trust", "title"];
        assert_eq!(nearest("polcy", known), Some("policy"));
        assert_eq!(nearest("Subjekt", known), Some("subject"));
        assert_eq!(nearest("zebra", known), None);
    }
}
