//! The benches: one for each question.

/// A bench of the page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Bench {
    /// Its name in the address: `#peer`.
    pub id: &'static str,
    /// Its name on the page.
    pub label: &'static str,
    /// What it asks.
    pub question: &'static str,
}

/// Every bench, in the order of the header. The first is shown unless the address names another.
pub const BENCHES: [Bench; 1] =
    [Bench { id: "peer", label: "Peer", question: "Would this cluster admit this peer, and as which role?" }];

/// Where the address leads: a bench, and perhaps one of its examples.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Route<'a> {
    /// The bench.
    pub bench: Bench,
    /// The id of an example, bench included: `peer/NAME`.
    pub example: Option<&'a str>,
}

impl<'a> Route<'a> {
    /// Reads the fragment of an address, with or without its `#`. What is not known leads to the first bench.
    pub fn read(fragment: &'a str) -> Self {
        let path = fragment.trim_start_matches('#');
        let (bench, example) = match path.split_once('/') {
            Some((bench, name)) => (bench, (!name.is_empty()).then_some(path)),
            None => (path, None),
        };
        match BENCHES.into_iter().find(|known| known.id == bench) {
            Some(bench) => Self { bench, example },
            None => Self { bench: BENCHES[0], example: None },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fragments_lead_to_a_bench_and_an_example() {
        assert_eq!(Route::read(""), Route { bench: BENCHES[0], example: None });
        assert_eq!(Route::read("#peer/").example, None);
        assert_eq!(Route::read("#peer/roles-off").example, Some("peer/roles-off"));
        assert_eq!(Route::read("#nowhere/roles-off").example, None);
    }
}
