//! The bench of kind `pool`.

use admit_core::pool::{self, CONFIGURATION, PARAMETERS};
use admit_core::{Kind, Question};

use super::{Bench, Fold, Pane};

pub(super) static BENCH: Bench = Bench {
    kind: Kind::Pool,
    id: "pool",
    label: "Pool",
    question: "Does this session pool configuration keep to the policy?",
    begin: "Paste the configuration of a session pool: a template, a resource, or the body of a request.",
    panes: &[Pane {
        document: CONFIGURATION,
        id: "configuration",
        label: "Configuration",
        noun: "configuration",
        hint: "An ARM template, what Bicep compiles to, or the body of a request, as JSON",
        key: Some("c"),
        tall: true,
        joins: false,
        recognise: Some(|text| text.starts_with('{') && text.contains("sessionPools")),
    }],
    controls: &[],
    folds: &[Fold {
        label: "Parameters",
        panes: &[Pane {
            document: PARAMETERS,
            id: "parameters",
            label: "Parameters",
            noun: "parameters",
            hint: "The values of the template's parameters, as JSON",
            key: None,
            tall: false,
            joins: false,
            recognise: None,
        }],
        controls: &[],
    }],
    empty: || Question::Pool(pool::Policy::default(), pool::Subject::default()),
};
