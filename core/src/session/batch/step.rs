//! Numbers that grow by a step.

use alloc::vec::Vec;

/// How the varying ends of identifiers grow.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Step {
    /// By the same number each time.
    Constant(u128),
    /// By small numbers: this one at most.
    Small(u128),
}

/// The largest step that still counts as small: who has one identifier finds its neighbour in as many guesses.
const SMALL: u128 = 1_000;

/// The step of `distinct` (sorted, each once), if what follows their first `prefix` bytes are decimal or hexadecimal
/// numbers that lie close together. Three identifiers are the fewest that show one.
pub(crate) fn step(distinct: &[&str], prefix: usize) -> Option<Step> {
    if distinct.len() < 3 {
        return None;
    }
    // Digits that the beginnings share belong to the numbers.
    let first = distinct.first()?;
    let shared = first.get(..prefix)?.bytes().rev().take_while(u8::is_ascii_hexdigit).count();
    let from = prefix.saturating_sub(shared);
    [10, 16].into_iter().find_map(|radix| {
        let mut numbers = Vec::with_capacity(distinct.len());
        for text in distinct {
            let tail = text.get(from..)?;
            let tail = if radix == 10 { tail.trim_start_matches(|c: char| !c.is_ascii_digit()) } else { tail };
            numbers.push(u128::from_str_radix(tail, radix).ok()?);
        }
        numbers.sort_unstable();
        numbers.dedup();
        let steps = || numbers.iter().zip(numbers.iter().skip(1)).map(|(one, two)| two.saturating_sub(*one));
        let (least, most) = (steps().min()?, steps().max()?);
        if numbers.len() != distinct.len() {
            None
        } else if least == most {
            Some(Step::Constant(least))
        } else {
            (most <= SMALL).then_some(Step::Small(most))
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn steps_are_found_in_ends() {
        assert_eq!(step(&["u-1001", "u-1002", "u-1003"], 5), Some(Step::Constant(1)));
        assert_eq!(step(&["a0ff", "a100", "a10a"], 1), Some(Step::Small(10)));
        assert_eq!(step(&["10", "20", "5000000"], 0), None);
        assert_eq!(step(&["ab", "ac"], 1), None);
        assert_eq!(step(&["9b74c9897bac770f", "c0ffee4b1d0e9a77", "f00dfeed12345678"], 0), None);
    }
}
