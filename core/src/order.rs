//! Order, without a sort for every type.
//!
//! The sort of the standard library is compiled anew for each type that is sorted: thirty of them were a tenth of a module of
//! the engine. Here the places are sorted, which always are numbers, and the items follow.

use alloc::collections::BTreeSet;
use alloc::vec::Vec;
use core::cmp::Ordering;

/// Sorts by a key; equals keep their order.
pub(crate) fn sort_by_key<T, K: Ord>(items: &mut [T], mut key: impl FnMut(&T) -> K) {
    sort_by(items, |one, two| key(one).cmp(&key(two)));
}

/// Sorts by a key that costs something; equals keep their order.
pub(crate) fn sort_by_cached_key<T, K: Ord>(items: &mut [T], key: impl FnMut(&T) -> K) {
    let keys: Vec<K> = items.iter().map(key).collect();
    let mut places: Vec<usize> = (0..items.len()).collect();
    sort_places(&mut places, &mut |one, two| keys.get(one).cmp(&keys.get(two)));
    arrange(&mut places, &mut |one, two| items.swap(one, two));
}

/// Sorts as `compare` says; equals keep their order.
pub(crate) fn sort_by<T>(items: &mut [T], mut compare: impl FnMut(&T, &T) -> Ordering) {
    let mut places: Vec<usize> = (0..items.len()).collect();
    sort_places(&mut places, &mut |one, two| match (items.get(one), items.get(two)) {
        (Some(one), Some(two)) => compare(one, two),
        _ => Ordering::Equal,
    });
    arrange(&mut places, &mut |one, two| items.swap(one, two));
}

/// The set of some items. `collect` would sort them first.
pub(crate) fn set<T: Ord>(items: impl IntoIterator<Item = T>) -> BTreeSet<T> {
    let mut set = BTreeSet::new();
    set.extend(items);
    set
}

/// The one sort that is compiled.
#[inline(never)]
fn sort_places(places: &mut [usize], compare: &mut dyn FnMut(usize, usize) -> Ordering) {
    places.sort_by(|one, two| compare(*one, *two));
}

/// Moves what stands at `places[n]` to `n`, for each `n`, one cycle after the other. Each swap puts one item where it belongs.
#[inline(never)]
fn arrange(places: &mut [usize], swap: &mut dyn FnMut(usize, usize)) {
    for start in 0..places.len() {
        let mut at = start;
        while let Some(place) = places.get_mut(at) {
            let from = core::mem::replace(place, at);
            if from == start {
                break;
            }
            swap(at, from);
            at = from;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sorts_as_the_standard_library_does() {
        // Every list of up to six of four numbers, each with its place, so that equals are told apart.
        for length in 0..=6_u32 {
            for mut code in 0..4_u32.pow(length) {
                let mut items = Vec::new();
                for place in 0..length {
                    items.push((code % 4, place));
                    code /= 4;
                }
                let mut expected = items.clone();
                expected.sort_by_key(|item| item.0);
                sort_by_key(&mut items, |item| item.0);
                assert_eq!(items, expected);
            }
        }
    }

    #[test]
    fn sorts_backwards() {
        let mut items = Vec::from(["b", "d", "a", "c"]);
        sort_by(&mut items, |one, two| two.cmp(one));
        assert_eq!(items, ["d", "c", "b", "a"]);
    }
}
