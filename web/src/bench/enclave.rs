//! The bench of kind `enclave`. Its panes are the artefacts that the case has.

use admit_core::enclave::{Policy, Subject};
use admit_core::{Kind, Question};

use super::Bench;

pub(super) static BENCH: Bench = Bench {
    kind: Kind::Enclave,
    id: "enclave",
    label: "Enclave",
    question: "Would this enclave be approved, and what does its manifest really promise?",
    begin: "Paste or drop what there is: an application or build request, a manifest, a signature structure, a run command.",
    panes: &[],
    controls: &[],
    folds: &[],
    empty: || Question::Enclave(Policy::default(), Subject::default()),
};
