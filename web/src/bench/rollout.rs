//! The bench of kind `rollout`.

use std::borrow::Cow;

use admit_core::fabric::rollout::{
    self, AFTER, AFTER_PARAMETERS, BEFORE, BEFORE_PARAMETERS, Deployer, Domain, Policy, Subject,
};
use admit_core::fabric::{CERTIFICATES, Platform, Runtime};
use admit_core::{Case, Kind, Question};

use super::control::{chosen, number_of, typed, value_of};
use super::trust::{self, is_certificates};
use super::{Bench, Control, Fold, Form, NOTHING, Pane};

const PLATFORMS: [(&str, Platform); 2] = [("windows", Platform::Windows), ("linux", Platform::Linux)];
const RUNTIMES: [(&str, Runtime); 2] = [("current", Runtime::Current), ("6.5", Runtime::V6_5)];
const DEPLOYERS: [(&str, Deployer); 2] = [("manifest", Deployer::Manifest), ("standalone", Deployer::Standalone)];

/// Domains that this control can ask for; a case can have more.
const MOST: usize = 1_000;
/// Domains of a cluster of which nothing is said.
const USUAL: usize = 5;

fn asked(case: &Case) -> Option<(&Policy, &Subject)> {
    match &case.question {
        Question::Rollout(policy, subject) => Some((policy, subject)),
        _ => None,
    }
}

fn change(case: &mut Case, change: impl FnOnce(&mut Policy, &mut Subject)) {
    if let Question::Rollout(policy, subject) = &mut case.question {
        change(policy, subject);
    }
}

/// So many domains: those that there are stay as they are.
fn domains(number: usize, known: &[Domain]) -> Vec<Domain> {
    let nodes = known.first().and_then(|first| first.nodes);
    let new = |place: usize| Domain { name: format!("UD{place}"), nodes, ..Domain::default() };
    (0..number.min(MOST)).map(|place| known.get(place).cloned().unwrap_or_else(|| new(place))).collect()
}

/// A number of seconds that is typed; nothing for nothing.
fn seconds(text: &str) -> Option<Option<i64>> {
    if text.is_empty() { Some(None) } else { text.parse().ok().map(Some) }
}

fn shown(seconds: Option<i64>) -> Cow<'static, str> {
    number_of(seconds.and_then(|seconds| u64::try_from(seconds).ok()), None)
}

const fn pane(document: &'static str, id: &'static str, label: &'static str, noun: &'static str) -> Pane {
    Pane { document, id, label, noun, hint: "", key: None, tall: false, joins: false, recognise: None }
}

const CONTROLS: &[Control] = &[
    Control {
        id: "domains",
        label: "Upgrade domains",
        form: Form::Number("5"),
        get: |case| {
            let number = asked(case).map(|(_, subject)| subject.domains.len() as u64);
            number_of(number.filter(|number| *number > 0), None)
        },
        set: |case, value| {
            if let Some(number) = typed(value, 0) {
                change(case, |_, subject| subject.domains = domains(number, &subject.domains));
            }
        },
    },
    Control {
        id: "nodes",
        label: "Nodes of each",
        form: Form::Number("1"),
        get: |case| {
            let first = asked(case).and_then(|(_, subject)| subject.domains.first());
            number_of(first.and_then(|domain| domain.nodes).map(u64::from), None)
        },
        set: |case, value| {
            let nodes: Option<Option<u32>> = if value.is_empty() { Some(None) } else { value.parse().ok().map(Some) };
            if let Some(nodes) = nodes {
                change(case, |_, subject| {
                    if subject.domains.is_empty() && nodes.is_some() {
                        subject.domains = domains(USUAL, &[]);
                    }
                    subject.domains.iter_mut().for_each(|domain| domain.nodes = nodes);
                });
            }
        },
    },
    Control {
        id: "duration",
        label: "Seconds for each domain",
        form: Form::Number("1200"),
        get: |case| asked(case).map_or(NOTHING, |(_, subject)| shown(subject.duration)),
        set: |case, value| {
            if let Some(seconds) = seconds(value) {
                change(case, |_, subject| subject.duration = seconds);
            }
        },
    },
    Control {
        id: "health-wait",
        label: "Seconds until its health is checked",
        form: Form::Number("300"),
        get: |case| asked(case).map_or(NOTHING, |(_, subject)| shown(subject.health_wait)),
        set: |case, value| {
            if let Some(seconds) = seconds(value) {
                change(case, |_, subject| subject.health_wait = seconds);
            }
        },
    },
    Control {
        id: "deployer",
        label: "Made by",
        form: Form::Choice(&[("manifest", "manifests as given"), ("standalone", "a standalone cluster’s deployer")]),
        get: |case| asked(case).map_or(NOTHING, |(policy, _)| value_of(&DEPLOYERS, policy.deployer)),
        set: |case, value| {
            if let Some(deployer) = chosen(&DEPLOYERS, value) {
                change(case, |policy, _| policy.deployer = deployer);
            }
        },
    },
    Control {
        id: "platform",
        label: "Nodes",
        form: Form::Choice(&[("windows", "Windows"), ("linux", "Linux")]),
        get: |case| asked(case).map_or(NOTHING, |(policy, _)| value_of(&PLATFORMS, policy.platform)),
        set: |case, value| {
            if let Some(platform) = chosen(&PLATFORMS, value) {
                change(case, |policy, _| policy.platform = platform);
            }
        },
    },
    Control {
        id: "runtime",
        label: "Runtime",
        form: Form::Choice(&[("current", "current"), ("6.5", "6.5")]),
        get: |case| asked(case).map_or(NOTHING, |(policy, _)| value_of(&RUNTIMES, policy.runtime)),
        set: |case, value| {
            if let Some(runtime) = chosen(&RUNTIMES, value) {
                change(case, |policy, _| policy.runtime = runtime);
            }
        },
    },
];

pub(super) static BENCH: Bench = Bench {
    kind: Kind::Rollout,
    id: "rollout",
    label: "Roll-out",
    question: "Does this change of security settings keep every pair of nodes connected at every step?",
    begin: "Paste the cluster manifest before, the one after, and the certificates.",
    panes: &[
        Pane {
            hint: "Paste the ClusterManifest that the cluster has",
            key: Some("b"),
            tall: true,
            recognise: Some(|text| text.starts_with("<?xml") || text.starts_with("<ClusterManifest")),
            ..pane(BEFORE, "before", "Settings before", "manifest before")
        },
        Pane {
            hint: "Paste the ClusterManifest that it is to have, or only the changed values",
            key: Some("a"),
            tall: true,
            recognise: Some(|text| text.starts_with('<')),
            ..pane(AFTER, "after", "Settings after", "manifest after")
        },
        Pane {
            hint: "Paste what is installed on the nodes: PEM, base64, hexadecimal or PKCS#7. Never a private key",
            key: Some("c"),
            joins: true,
            recognise: Some(is_certificates),
            ..pane(CERTIFICATES, "certificates", "Certificates", "certificates")
        },
    ],
    controls: CONTROLS,
    folds: &[
        Fold {
            label: "Steps between",
            panes: &[
                Pane {
                    hint: "Settings of the first roll-out",
                    ..pane("policy.steps.1", "step-1", "Step 1", "first step")
                },
                Pane { hint: "Settings of the second", ..pane("policy.steps.2", "step-2", "Step 2", "second step") },
            ],
            controls: &[],
        },
        Fold {
            label: "Parameters of a template",
            panes: &[
                Pane {
                    hint: "The values of the parameters of a template, as JSON",
                    ..pane(BEFORE_PARAMETERS, "before-parameters", "Parameters before", "parameters before")
                },
                Pane {
                    hint: "Their values after; those before unless given",
                    ..pane(AFTER_PARAMETERS, "after-parameters", "Parameters after", "parameters after")
                },
            ],
            controls: &[],
        },
        trust::FOLD,
    ],
    empty: || Question::Rollout(rollout::Policy::default(), rollout::Subject::default()),
};
