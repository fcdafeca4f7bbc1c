//! What someone saw, to be diagnosed: the same on the benches of Service Fabric.

use admit_core::fabric::{SEEN, Symptom};
use admit_core::{Case, Question};

use super::control::{chosen, value_of};
use super::{Control, Fold, Form, Pane};

const SYMPTOMS: [(&str, Option<Symptom>); 6] = [
    ("", None),
    ("nodes-down", Some(Symptom::NodesDown)),
    ("connections-refused", Some(Symptom::ConnectionsRefused)),
    ("connections-time-out", Some(Symptom::ConnectionsTimeOut)),
    ("cannot-join", Some(Symptom::CannotJoin)),
    ("hears-nobody", Some(Symptom::HearsNobody)),
];

fn symptom(case: &Case) -> Option<Symptom> {
    match &case.question {
        Question::Peer(_, subject) => subject.symptom,
        Question::Presentation(_, subject) => subject.symptom,
        _ => None,
    }
}

pub(super) const FOLD: Fold = Fold {
    label: "What was seen",
    panes: &[Pane {
        document: SEEN,
        id: "seen",
        label: "Code or message",
        noun: "message",
        hint: "Paste an error code or a message, such as 0x80071c44 or CERT_E_UNTRUSTEDROOT",
        key: None,
        tall: false,
        joins: false,
        recognise: None,
    }],
    controls: &[Control {
        id: "symptom",
        label: "Symptom",
        form: Form::Choice(&[
            ("", "none"),
            ("nodes-down", "nodes don’t come up, or cycle"),
            ("connections-refused", "connections are refused"),
            ("connections-time-out", "connections time out"),
            ("cannot-join", "nodes exchange messages, but can’t join"),
            ("hears-nobody", "a node is up, but hears nobody"),
        ]),
        get: |case| value_of(&SYMPTOMS, symptom(case)),
        set: |case, value| {
            let Some(symptom) = chosen(&SYMPTOMS, value) else { return };
            match &mut case.question {
                Question::Peer(_, subject) => subject.symptom = symptom,
                Question::Presentation(_, subject) => subject.symptom = symptom,
                _ => {}
            }
        },
    }],
};
