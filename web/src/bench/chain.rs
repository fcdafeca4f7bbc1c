//! The bench of kind `chain`.

use std::borrow::Cow;

use admit_core::chain::{self, CERTIFICATES, Purpose, Semantics};
use admit_core::{Case, Kind, Question};

use super::control::{chosen, value_of};
use super::trust::{self, is_certificates};
use super::{Bench, Control, Form, NOTHING, Pane};

const PURPOSES: [(&str, Option<Purpose>); 3] =
    [("", None), ("server-auth", Some(Purpose::ServerAuth)), ("client-auth", Some(Purpose::ClientAuth))];
const SEMANTICS: [(&str, Semantics); 3] =
    [("rfc5280", Semantics::Rfc5280), ("windows", Semantics::Windows), ("openssl", Semantics::Openssl)];

fn policy(case: &Case) -> Option<&chain::Policy> {
    match &case.question {
        Question::Chain(policy, _) => Some(policy),
        _ => None,
    }
}

fn change(case: &mut Case, change: impl FnOnce(&mut chain::Policy)) {
    if let Question::Chain(policy, _) = &mut case.question {
        change(policy);
    }
}

pub(super) static BENCH: Bench = Bench {
    kind: Kind::Chain,
    id: "chain",
    label: "Chain",
    question: "Is this certificate chain good for this purpose and name?",
    begin: "Paste the chain that a server sent, and the roots that are trusted.",
    panes: &[Pane {
        document: CERTIFICATES,
        id: "certificates",
        label: "Certificates",
        noun: "certificates",
        hint: "Paste a chain, the judged certificate first or in any order: PEM, base64, hexadecimal or PKCS#7. Never a \
               private key",
        key: Some("c"),
        tall: true,
        joins: true,
        recognise: Some(is_certificates),
    }],
    controls: &[
        Control {
            id: "name",
            label: "Name",
            form: Form::Text("any host or address"),
            get: |case| policy(case).map_or(NOTHING, |policy| Cow::Borrowed(&policy.name)),
            set: |case, value| change(case, |policy| value.clone_into(&mut policy.name)),
        },
        Control {
            id: "purpose",
            label: "Purpose",
            form: Form::Choice(&[
                ("", "any"),
                ("server-auth", "server authentication"),
                ("client-auth", "client authentication"),
            ]),
            get: |case| policy(case).map_or(NOTHING, |policy| value_of(&PURPOSES, policy.purpose)),
            set: |case, value| {
                if let Some(purpose) = chosen(&PURPOSES, value) {
                    change(case, |policy| policy.purpose = purpose);
                }
            },
        },
        Control {
            id: "semantics",
            label: "Judged as by",
            form: Form::Choice(&[("rfc5280", "RFC 5280"), ("windows", "Windows"), ("openssl", "OpenSSL")]),
            get: |case| policy(case).map_or(NOTHING, |policy| value_of(&SEMANTICS, policy.semantics)),
            set: |case, value| {
                if let Some(semantics) = chosen(&SEMANTICS, value) {
                    change(case, |policy| policy.semantics = semantics);
                }
            },
        },
    ],
    folds: &[trust::FOLD],
    empty: || Question::Chain(chain::Policy::default(), chain::Subject::default()),
};
