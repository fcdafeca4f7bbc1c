//! The address: which bench, and which of its examples.

use super::{BENCHES, Bench};

/// Where the address leads: a bench, and perhaps one of its examples.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Route<'a> {
    /// The bench.
    pub bench: &'static Bench,
    /// The id of an example, bench included: `peer/NAME`.
    pub example: Option<&'a str>,
}

impl<'a> Route<'a> {
    /// Reads the fragment of an address, with or without its `#`. What is not known leads nowhere.
    pub fn read(fragment: &'a str) -> Option<Self> {
        let path = fragment.trim_start_matches('#');
        let (id, example) = match path.split_once('/') {
            Some((id, name)) => (id, (!name.is_empty()).then_some(path)),
            None => (path, None),
        };
        let bench = BENCHES.into_iter().find(|known| known.id == id)?;
        Some(Self { bench, example })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fragments_lead_to_a_bench_and_an_example() {
        assert_eq!(Route::read(""), None);
        assert_eq!(Route::read("#manifest"), None);
        assert_eq!(Route::read("#nowhere/roles-off"), None);
        assert_eq!(Route::read("#peer/"), Some(Route { bench: BENCHES[0], example: None }));
        assert_eq!(
            Route::read("#chain/revoked"),
            Some(Route { bench: Bench::of(admit_core::Kind::Chain), example: Some("chain/revoked") })
        );
    }
}
