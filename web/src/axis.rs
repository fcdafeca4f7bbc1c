//! The time line: where instants stand on it.

use admit_core::{Flip, Time, Verdict};

/// Length of the axis, in units of the drawing.
pub const LENGTH: f64 = 640.0;
/// Free space before the first and after the last instant.
const MARGIN: f64 = 56.0;

/// A time line.
#[derive(Debug, Clone, PartialEq)]
pub struct Axis {
    /// Where the instant of the case stands.
    pub at: f64,
    /// Where each flip stands, in their order.
    pub flips: Vec<f64>,
    /// Stretches of one verdict, from the left.
    pub stretches: Vec<Stretch>,
}

/// A stretch of time with one verdict.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Stretch {
    /// Its left end.
    pub from: f64,
    /// Its right end.
    pub to: f64,
    /// The verdict, or nothing before the first flip where the report does not say.
    pub verdict: Option<Verdict>,
}

impl Axis {
    /// Lays out the flips around `at`. The distance from `at` grows with the logarithm of the days, so that tomorrow
    /// and the end of a root in twenty years both find room.
    pub fn new(at: Time, verdict: Verdict, flips: &[Flip]) -> Self {
        let far = |time: Time| {
            let days = (time.unix().saturating_sub(at.unix())) as f64 / 86_400.0;
            days.signum() * days.abs().ln_1p()
        };
        let places: Vec<f64> = flips.iter().map(|flip| far(flip.at)).collect();
        let low = places.iter().copied().fold(0.0, f64::min);
        let high = places.iter().copied().fold(0.0, f64::max);
        // One instant alone stands in the middle.
        let scale = if high > low { (LENGTH - 2.0 * MARGIN) / (high - low) } else { 0.0 };
        let start = if high > low { MARGIN } else { LENGTH / 2.0 };
        let place = |far: f64| start + (far - low) * scale;

        // The report says the verdict at `at` and after each flip; before the first flip only if `at` lies there.
        let before = flips.first().is_none_or(|first| at < first.at).then_some(verdict);
        let mut stretches = vec![Stretch { from: 0.0, to: LENGTH, verdict: before }];
        for (flip, far) in flips.iter().zip(&places) {
            let from = place(*far);
            if let Some(last) = stretches.last_mut() {
                last.to = from;
            }
            stretches.push(Stretch { from, to: LENGTH, verdict: Some(flip.verdict) });
        }
        Self { at: place(0.0), flips: places.into_iter().map(place).collect(), stretches }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn flip(days: i64, verdict: Verdict) -> Flip {
        Flip::new(Time::from_unix(days * 86_400), verdict, "")
    }

    #[test]
    fn instants_keep_their_order_inside_the_drawing() {
        let flips = [flip(-400, Verdict::Admitted), flip(1, Verdict::Refused), flip(9_000, Verdict::Indeterminate)];
        let axis = Axis::new(Time::from_unix(0), Verdict::Admitted, &flips);
        let mut all = axis.flips.clone();
        all.insert(1, axis.at);
        assert!(all.is_sorted(), "{all:?}");
        assert!(all.iter().all(|place| (MARGIN..=LENGTH - MARGIN).contains(place)), "{all:?}");
        let verdicts: Vec<_> = axis.stretches.iter().map(|stretch| stretch.verdict).collect();
        let [a, b, c] = [Verdict::Admitted, Verdict::Refused, Verdict::Indeterminate].map(Some);
        assert_eq!(verdicts, [None, a, b, c]);
        assert_eq!(axis.stretches.last().map(|stretch| stretch.to), Some(LENGTH));
    }

    #[test]
    fn nothing_changes_without_flips() {
        let axis = Axis::new(Time::MAX, Verdict::Refused, &[]);
        assert_eq!(axis.at, LENGTH / 2.0);
        assert_eq!(axis.stretches, [Stretch { from: 0.0, to: LENGTH, verdict: Some(Verdict::Refused) }]);
    }
}
