//! The bench of kind `session`.

use std::borrow::Cow;

use admit_core::session::{self, CANDIDATES, Choice, IDENTIFIERS, JWKS, LOG, PROFILES, REQUEST, TIMELINE, TOKEN};
use admit_core::{Kind, Question};

use super::{Bench, Control, Fold, Form, NOTHING, Pane};

mod policy;

/// The value that stands for a profile of one's own, which the case holds and no list has.
const OWN: &str = "written in the case";

/// A short text field of this bench.
const fn pane(document: &'static str, id: &'static str, label: &'static str, noun: &'static str) -> Pane {
    Pane { document, id, label, noun, hint: "", key: None, tall: false, joins: false, recognise: None }
}

const PROFILE: Control = Control {
    id: "profile",
    label: "Profile",
    form: Form::Names(PROFILES),
    get: |case| match &case.question {
        Question::Session(policy, _) => match &policy.profile {
            Choice::Shipped(name) => Cow::Borrowed(name),
            Choice::Custom(_) => Cow::Borrowed(OWN),
        },
        _ => NOTHING,
    },
    set: |case, value| {
        if let (Question::Session(policy, _), true) = (&mut case.question, PROFILES.contains(&value)) {
            policy.profile = Choice::Shipped(value.to_owned().into());
        }
    },
};

fn is_request(text: &str) -> bool {
    ["http://", "https://", "curl ", "az ", "GET ", "POST ", "PUT ", "DELETE "]
        .iter()
        .any(|word| text.starts_with(word))
        || (text.starts_with('{') && text.contains("\"request\""))
}

/// Three parts in base64url, the first of which is a JSON object (RFC 7519, section 3).
fn is_token(text: &str) -> bool {
    text.starts_with("eyJ") && text.matches('.').count() == 2 && !text.contains(char::is_whitespace)
}

fn is_key_set(text: &str) -> bool {
    text.starts_with('{') && text.contains("\"keys\"") && text.contains("\"kty\"")
}

pub(super) static BENCH: Bench = Bench {
    kind: Kind::Session,
    id: "session",
    label: "Session",
    question: "Is this identifier, this request, this token acceptable to a session pool?",
    begin: "Type or paste a session identifier, or the request that carries it.",
    panes: &[
        Pane {
            hint: "Identifiers, one a line, or CSV whose first line is identifier,user,conversation,time",
            key: Some("i"),
            recognise: Some(|text| text.starts_with("identifier,")),
            ..pane(IDENTIFIERS, "identifiers", "Identifiers", "identifiers")
        },
        Pane {
            hint: "A URL, a curl or az command, an HTTP request, or an entry of a HAR file",
            key: Some("r"),
            tall: true,
            recognise: Some(is_request),
            ..pane(REQUEST, "request", "Request", "request")
        },
    ],
    controls: &[PROFILE],
    folds: &[
        Fold {
            label: "Token",
            panes: &[
                Pane {
                    hint: "An access token. It stays in this browser, and no report repeats it",
                    recognise: Some(is_token),
                    ..pane(TOKEN, "token", "Access token", "token")
                },
                Pane {
                    hint: "The keys of the token’s issuer, as a JSON Web Key Set",
                    recognise: Some(is_key_set),
                    ..pane(JWKS, "jwks", "Keys of the issuer", "key set")
                },
            ],
            controls: policy::TOKEN,
        },
        Fold {
            label: "Over time",
            panes: &[
                Pane {
                    hint: "Log lines or an HTTP exchange, to look for secrets in",
                    ..pane(LOG, "log", "Log", "log")
                },
                Pane {
                    hint: "Requests over time: an instant and an identifier a line",
                    ..pane(TIMELINE, "timeline", "Time line", "time line")
                },
            ],
            controls: policy::POOL,
        },
        Fold {
            label: "How strong",
            panes: &[Pane {
                hint: "What the identifiers could be derived from, one a line: mail addresses, object ids, numbers",
                ..pane(CANDIDATES, "candidates", "Derived from", "candidates")
            }],
            controls: policy::STRENGTH,
        },
        Fold { label: "The application", panes: &[], controls: policy::APPLICATION },
    ],
    empty: || Question::Session(session::Policy::default(), session::Subject::default()),
};
