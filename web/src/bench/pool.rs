//! The bench of kind `pool`.

use std::borrow::Cow;

use admit_core::pool::{self, CONFIGURATION, Method, PARAMETERS};
use admit_core::{Case, Kind, Question};

use super::control::{chosen, number_of, typed, value_of};
use super::{Bench, Control, Fold, Form, NOTHING, Pane};

fn asked(case: &Case) -> Option<(&pool::Policy, &pool::Subject)> {
    match &case.question {
        Question::Pool(policy, subject) => Some((policy, subject)),
        _ => None,
    }
}

fn change(case: &mut Case, change: impl FnOnce(&mut pool::Policy, &mut pool::Subject)) {
    if let Question::Pool(policy, subject) = &mut case.question {
        change(policy, subject);
    }
}

const METHODS: [(&str, Option<Method>); 3] = [("", None), ("put", Some(Method::Put)), ("patch", Some(Method::Patch))];

const CONTROLS: &[Control] = &[
    Control {
        id: "pool-cooldown",
        label: "Cooldown at most",
        form: Form::Number("900 seconds"),
        get: |case| number_of(asked(case).map(|(policy, _)| policy.cooldown.into()), Some(USUAL.0.into())),
        set: |case, value| {
            if let Some(seconds) = typed(value, USUAL.0) {
                change(case, |policy, _| policy.cooldown = seconds);
            }
        },
    },
    Control {
        id: "pool-alive",
        label: "Age at most",
        form: Form::Number("3600 seconds"),
        get: |case| number_of(asked(case).map(|(policy, _)| policy.alive.into()), Some(USUAL.1.into())),
        set: |case, value| {
            if let Some(seconds) = typed(value, USUAL.1) {
                change(case, |policy, _| policy.alive = seconds);
            }
        },
    },
];

/// The usual cooldown and age in seconds.
const USUAL: (u32, u32) = (pool::COOLDOWN, pool::ALIVE);

const REQUEST: &[Control] = &[
    Control {
        id: "method",
        label: "Method",
        form: Form::Choice(&[("", "as the body looks"), ("put", "PUT"), ("patch", "PATCH")]),
        get: |case| asked(case).map_or(NOTHING, |(_, subject)| value_of(&METHODS, subject.method)),
        set: |case, value| {
            if let Some(method) = chosen(&METHODS, value) {
                change(case, |_, subject| subject.method = method);
            }
        },
    },
    Control {
        id: "api-version",
        label: "API version",
        form: Form::Text("as the body says"),
        get: |case| asked(case).and_then(|(_, subject)| subject.api_version.clone()).map_or(NOTHING, Cow::Owned),
        set: |case, value| {
            change(case, |_, subject| subject.api_version = (!value.is_empty()).then(|| value.to_owned()));
        },
    },
];

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
    controls: CONTROLS,
    folds: &[Fold {
        label: "Parameters and request",
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
        controls: REQUEST,
    }],
    empty: || Question::Pool(pool::Policy::default(), pool::Subject::default()),
};
