//! The bench of kind `presentation`.

use std::borrow::Cow;

use admit_core::fabric::presentation::{self, Policy};
use admit_core::fabric::{CERTIFICATES, MANIFEST, Platform, Runtime};
use admit_core::{Case, Kind, Question};

use super::control::{chosen, value_of};
use super::manifest::is_manifest;
use super::seen;
use super::trust::{self, is_certificates};
use super::{Bench, Control, Form, NOTHING, Pane};

const PLATFORMS: [(&str, Platform); 2] = [("windows", Platform::Windows), ("linux", Platform::Linux)];
const RUNTIMES: [(&str, Runtime); 2] = [("current", Runtime::Current), ("6.5", Runtime::V6_5)];

fn policy(case: &Case) -> Option<&Policy> {
    match &case.question {
        Question::Presentation(policy, _) => Some(policy),
        _ => None,
    }
}

fn change(case: &mut Case, change: impl FnOnce(&mut Policy)) {
    if let Question::Presentation(policy, _) = &mut case.question {
        change(policy);
    }
}

/// A line of text, where an empty one says nothing.
fn line(text: Option<&String>) -> Cow<'_, str> {
    text.map_or(NOTHING, |text| Cow::Borrowed(text.as_str()))
}

fn said(text: &str) -> Option<String> {
    (!text.is_empty()).then(|| text.to_owned())
}

pub(super) static BENCH: Bench = Bench {
    kind: Kind::Presentation,
    id: "presentation",
    label: "Presentation",
    question: "Which certificate would this node present?",
    begin: "Paste a cluster manifest and the certificates of a node's store.",
    panes: &[
        Pane {
            document: MANIFEST,
            id: "manifest",
            label: "Cluster manifest",
            noun: "manifest",
            hint: "Paste a ClusterManifest, or a part of one: the Certificates of a node type are enough",
            key: Some("m"),
            tall: true,
            joins: false,
            recognise: Some(is_manifest),
        },
        Pane {
            document: CERTIFICATES,
            id: "certificates",
            label: "Store",
            noun: "certificates",
            hint: "Paste what is installed on the node: PEM, base64, hexadecimal or PKCS#7. Never a private key",
            key: Some("c"),
            tall: false,
            joins: true,
            recognise: Some(is_certificates),
        },
    ],
    controls: &[
        Control {
            id: "node-type",
            label: "Node type",
            form: Form::Text("every one"),
            get: |case| line(policy(case).and_then(|policy| policy.node_type.as_ref())),
            set: |case, value| change(case, |policy| policy.node_type = said(value)),
        },
        Control {
            id: "platform",
            label: "Node",
            form: Form::Choice(&[("windows", "Windows"), ("linux", "Linux")]),
            get: |case| policy(case).map_or(NOTHING, |policy| value_of(&PLATFORMS, policy.platform)),
            set: |case, value| {
                if let Some(platform) = chosen(&PLATFORMS, value) {
                    change(case, |policy| policy.platform = platform);
                }
            },
        },
        Control {
            id: "runtime",
            label: "Runtime",
            form: Form::Choice(&[("current", "current"), ("6.5", "6.5")]),
            get: |case| policy(case).map_or(NOTHING, |policy| value_of(&RUNTIMES, policy.runtime)),
            set: |case, value| {
                if let Some(runtime) = chosen(&RUNTIMES, value) {
                    change(case, |policy| policy.runtime = runtime);
                }
            },
        },
        Control {
            id: "account",
            label: "Account",
            form: Form::Text("NETWORK SERVICE"),
            get: |case| line(policy(case).and_then(|policy| policy.account.as_ref())),
            set: |case, value| change(case, |policy| policy.account = said(value)),
        },
    ],
    folds: &[seen::FOLD, trust::FOLD],
    empty: || Question::Presentation(Policy::default(), presentation::Subject::default()),
};
