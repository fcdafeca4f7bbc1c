//! Places of identifiers as a heat map: how much each place varies.

use admit_core::session::{Bits, Summary};

/// Places in a row of the map.
pub const COLUMNS: usize = 32;
/// Steps of the scale.
pub const STEPS: u32 = 5;

/// A place of the map.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cell {
    /// Its place in the identifiers, from 1.
    pub place: usize,
    /// How much it varies, from 0 (the same in all) to [`STEPS`] (as much as so many identifiers can show).
    pub step: u32,
}

/// Neighbouring places that vary alike.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stretch {
    /// The first place, from 1.
    pub from: usize,
    /// The last place.
    pub to: usize,
    /// The least of their min-entropies.
    pub least: Bits,
    /// The most.
    pub most: Bits,
    /// The step that they share.
    pub step: u32,
}

/// The cells, row by row.
pub fn rows(summary: &Summary) -> Vec<Vec<Cell>> {
    let most = scale(summary);
    let cells: Vec<Cell> =
        (1..).zip(&summary.positions).map(|(place, bits)| Cell { place, step: step(*bits, most) }).collect();
    cells.chunks(COLUMNS).map(<[Cell]>::to_vec).collect()
}

/// The same as text: neighbouring places of one step together.
pub fn stretches(summary: &Summary) -> Vec<Stretch> {
    let most = scale(summary);
    let mut stretches: Vec<Stretch> = Vec::new();
    for (place, &bits) in (1..).zip(&summary.positions) {
        let step = step(bits, most);
        match stretches.last_mut().filter(|last| last.step == step) {
            Some(last) => {
                last.to = place;
                last.least = last.least.min(bits);
                last.most = last.most.max(bits);
            }
            None => stretches.push(Stretch { from: place, to: place, least: bits, most: bits, step }),
        }
    }
    stretches
}

/// The most that the places show, so that a few identifiers use the whole scale too.
fn scale(summary: &Summary) -> u32 {
    summary.positions.iter().map(|bits| bits.thousandths()).max().unwrap_or(0)
}

/// Only what is the same in all has step 0.
fn step(bits: Bits, most: u32) -> u32 {
    match (bits.thousandths(), most) {
        (0, _) | (_, 0) => 0,
        (bits, most) => (bits * STEPS).div_ceil(most).clamp(1, STEPS),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn summary(bits: &[u32]) -> Summary {
        Summary {
            rows: 4,
            distinct: 4,
            common_prefix: 2,
            common_suffix: 0,
            positions: bits.iter().map(|bits| Bits::from_thousandths(*bits)).collect(),
            users: 0,
            conversations: 0,
            checks: Vec::new(),
        }
    }

    #[test]
    fn places_have_steps_and_stretches() {
        let summary = summary(&[0, 0, 100, 2000, 1900]);
        let steps: Vec<u32> = rows(&summary).concat().iter().map(|cell| cell.step).collect();
        assert_eq!(steps, [0, 0, 1, 5, 5]);
        let stretches = stretches(&summary);
        let ends: Vec<_> = stretches.iter().map(|stretch| (stretch.from, stretch.to)).collect();
        assert_eq!(ends, [(1, 2), (3, 3), (4, 5)]);
        assert_eq!((stretches[2].least.thousandths(), stretches[2].most.thousandths()), (1900, 2000));
    }

    #[test]
    fn rows_are_cut_and_nothing_varies_in_one() {
        let summary = summary(&[0; 70]);
        let lengths: Vec<usize> = rows(&summary).iter().map(Vec::len).collect();
        assert_eq!(lengths, [32, 32, 6]);
        assert_eq!(stretches(&summary).len(), 1);
        assert_eq!(rows(&self::summary(&[])), Vec::<Vec<Cell>>::new());
    }
}
