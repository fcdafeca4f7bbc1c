//! The bench of kind `peer`.

use admit_core::fabric::{self, CERTIFICATES, Connection, MANIFEST, Platform, Runtime};
use admit_core::{Case, Kind, Question};

use super::control::{chosen, value_of};
use super::manifest::is_manifest;
use super::seen;
use super::trust::{self, is_certificates};
use super::{Bench, Control, Form, NOTHING, Pane};

const CONNECTIONS: [(&str, Option<Connection>); 5] = [
    ("", None),
    ("node", Some(Connection::Node)),
    ("gateway", Some(Connection::Gateway)),
    ("http-gateway", Some(Connection::HttpGateway)),
    ("server", Some(Connection::Server)),
];
const PLATFORMS: [(&str, Platform); 2] = [("windows", Platform::Windows), ("linux", Platform::Linux)];
const RUNTIMES: [(&str, Runtime); 2] = [("current", Runtime::Current), ("6.5", Runtime::V6_5)];

fn policy(case: &Case) -> Option<&fabric::Policy> {
    match &case.question {
        Question::Peer(policy, _) => Some(policy),
        _ => None,
    }
}

fn change(case: &mut Case, change: impl FnOnce(&mut fabric::Policy)) {
    if let Question::Peer(policy, _) = &mut case.question {
        change(policy);
    }
}

pub(super) static BENCH: Bench = Bench {
    kind: Kind::Peer,
    id: "peer",
    label: "Peer",
    question: "Would this cluster admit this peer, and as which role?",
    begin: "Paste a cluster manifest and a certificate.",
    panes: &[
        Pane {
            document: MANIFEST,
            id: "manifest",
            label: "Cluster manifest",
            noun: "manifest",
            hint: "Paste a ClusterManifest, or a part of one: a <Section Name=\"Security\"> is enough. Or a ClusterConfig.json, or a template",
            key: Some("m"),
            tall: true,
            joins: false,
            recognise: Some(is_manifest),
        },
        Pane {
            document: CERTIFICATES,
            id: "certificates",
            label: "Certificates",
            noun: "certificates",
            hint: "Paste what the peer presents: PEM, base64, hexadecimal or PKCS#7. Never a private key",
            key: Some("c"),
            tall: false,
            joins: true,
            recognise: Some(is_certificates),
        },
    ],
    controls: &[
        Control {
            id: "connection",
            label: "Connection",
            form: Form::Choice(&[
                ("", "every one"),
                ("node", "Node to node"),
                ("gateway", "Client to gateway"),
                ("http-gateway", "Client to HTTP gateway"),
                ("server", "Server to client"),
            ]),
            get: |case| policy(case).map_or(NOTHING, |policy| value_of(&CONNECTIONS, policy.connection)),
            set: |case, value| {
                if let Some(connection) = chosen(&CONNECTIONS, value) {
                    change(case, |policy| policy.connection = connection);
                }
            },
        },
        Control {
            id: "platform",
            label: "Nodes",
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
    ],
    folds: &[seen::FOLD, trust::FOLD],
    empty: || Question::Peer(fabric::Policy::default(), fabric::Subject::default()),
};
