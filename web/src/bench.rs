//! The benches: one for each kind of case. A bench is data, so that a new kind is a row of [`BENCHES`] and its table.

use std::borrow::Cow;

use admit_core::{Case, Kind, Question, Time, Trust};

pub mod artefact;
mod chain;
mod control;
mod enclave;
mod manifest;
mod pane;
mod peer;
mod pool;
mod presentation;
mod rollout;
mod route;
mod seen;
mod session;
mod trust;

pub use control::{Control, Form};
pub use pane::{Fold, Pane};
pub use route::Route;

/// A bench of the page.
#[derive(Debug)]
pub struct Bench {
    /// The kind of its cases.
    pub kind: Kind,
    /// Its name in the address and the folder of its cases: `#peer`, `peer/NAME`.
    pub id: &'static str,
    /// Its name on the page.
    pub label: &'static str,
    /// What it asks.
    pub question: &'static str,
    /// What to do while it is empty.
    pub begin: &'static str,
    /// The documents that are always in sight.
    pub panes: &'static [Pane],
    /// What can be chosen, besides the instant.
    pub controls: &'static [Control],
    /// What is folded until it is needed.
    pub folds: &'static [Fold],
    /// An empty policy and an empty subject.
    pub empty: fn() -> Question,
}

/// Every bench, in the order of the header. The first is shown unless the address names another.
pub const BENCHES: [&Bench; 7] = [
    &peer::BENCH,
    &presentation::BENCH,
    &rollout::BENCH,
    &chain::BENCH,
    &session::BENCH,
    &pool::BENCH,
    &enclave::BENCH,
];

impl PartialEq for Bench {
    fn eq(&self, other: &Self) -> bool {
        self.kind == other.kind
    }
}

impl Bench {
    /// The bench of a kind. A kind without one is a mistake that a test finds; it is shown on the first.
    pub fn of(kind: Kind) -> &'static Self {
        BENCHES.into_iter().find(|bench| bench.kind == kind).unwrap_or(BENCHES[0])
    }

    /// A case in which nothing is given but the instant.
    pub fn case(&self, at: Time) -> Case {
        let question = (self.empty)();
        Case { title: None, teaches: None, at, question, trust: Trust::default(), expect: Vec::new() }
    }

    /// Every pane, those in sight first.
    pub fn every_pane(&self) -> impl Iterator<Item = &'static Pane> {
        self.panes.iter().chain(self.folds.iter().flat_map(|fold| fold.panes))
    }

    /// The panes in sight: those of the bench, then one for each artefact of the case.
    pub fn panes_of(&self, case: &Case) -> Vec<&'static Pane> {
        self.panes.iter().chain(artefact::panes(case)).collect()
    }

    /// The pane of a document.
    pub fn pane(&self, document: &str) -> Option<&'static Pane> {
        let artefact = || if self.has_artefacts() { artefact::pane(document) } else { None };
        self.every_pane().find(|pane| pane.document == document).or_else(artefact)
    }

    /// Whether its cases have documents under names of their owner's choice.
    pub fn has_artefacts(&self) -> bool {
        self.kind == Kind::Enclave
    }

    /// Whether an example is one of this bench.
    pub fn owns(&self, example: &str) -> bool {
        example.split_once('/').is_some_and(|(folder, _)| folder == self.id)
    }
}

/// What a document is called inside a sentence.
pub fn noun(document: &str) -> Option<&'static str> {
    BENCHES.iter().find_map(|bench| bench.pane(document)).map(|pane| pane.noun)
}

/// What is chosen, as a control holds it, where nothing is chosen.
const NOTHING: Cow<'static, str> = Cow::Borrowed("");

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_has_a_bench_and_every_pane_a_document() {
        for kind in Kind::ALL {
            let bench = Bench::of(kind);
            let mut case = bench.case(Time::from_unix(0));
            assert_eq!((bench.kind, case.kind()), (kind, kind));
            assert!(case.documents().is_empty());
            for pane in bench.every_pane() {
                let text = case.document_mut(pane.document).unwrap_or_else(|| panic!("no document {}", pane.document));
                text.push('x');
            }
            if bench.has_artefacts() {
                artefact::put(&mut case, "subject.artefacts.any", "x");
            }
            let shown: Vec<&str> = bench.every_pane().chain(bench.panes_of(&case)).map(|pane| pane.document).collect();
            for (document, _) in case.documents() {
                assert!(shown.contains(&document.as_ref()), "{document} is not shown");
            }
        }
    }

    #[test]
    fn modules_outside_of_the_page_know_the_families() {
        let known = include_str!("../js/family.js");
        for kind in Kind::ALL {
            let entry = format!("{}: '{}'", Bench::of(kind).id, kind.family());
            assert!(known.contains(&entry), "web/js/family.js lacks {entry}");
        }
    }

    #[test]
    fn controls_keep_what_is_chosen() {
        for bench in BENCHES {
            let mut case = bench.case(Time::from_unix(0));
            for control in bench.controls.iter().chain(bench.folds.iter().flat_map(|fold| fold.controls)) {
                for value in control.values() {
                    (control.set)(&mut case, value);
                    assert_eq!((control.get)(&case), value, "{}", control.id);
                }
            }
        }
    }

    #[test]
    fn keys_and_ids_are_unlike() {
        for bench in BENCHES {
            let mut keys: Vec<&str> = bench.every_pane().filter_map(|pane| pane.key).collect();
            let mut ids: Vec<&str> = bench.every_pane().map(|pane| pane.id).collect();
            let (all_keys, all_ids) = (keys.len(), ids.len());
            keys.sort_unstable();
            keys.dedup();
            ids.sort_unstable();
            ids.dedup();
            assert_eq!((keys.len(), ids.len()), (all_keys, all_ids), "{}", bench.id);
            assert!(keys.iter().all(|key| crate::text::KEYS.iter().all(|(other, _)| key != other)));
        }
    }
}
