//! What the verifier has and knows: the same on every bench that judges chains.

use admit_core::Revocation;

use super::control::{chosen, value_of};
use super::{Control, Fold, Form, Pane};

/// Whether a text is certificates: PEM with anything around it, or DER without its wrapper.
pub(super) fn is_certificates(text: &str) -> bool {
    let of_crls = text.starts_with("-----BEGIN X509 CRL-----");
    (text.starts_with("-----BEGIN ") && !of_crls)
        || text.contains("-----BEGIN CERTIFICATE-----")
        // Base64 of a long SEQUENCE begins with MII, its hexadecimal form with 3082.
        || (text.len() > 200 && (text.starts_with("MII") || text.starts_with("3082")))
}

fn is_revocation_list(text: &str) -> bool {
    text.contains("-----BEGIN X509 CRL-----")
}

const REVOCATIONS: [(&str, Revocation); 3] =
    [("assume-good", Revocation::AssumeGood), ("supplied", Revocation::Supplied), ("offline", Revocation::Offline)];

pub(super) const FOLD: Fold = Fold {
    label: "Trust",
    panes: &[
        Pane {
            document: "trust.roots",
            id: "roots",
            label: "Roots",
            noun: "roots",
            hint: "The root certificates that the verifier trusts, or “none” for an empty store. Empty: not known",
            key: None,
            tall: false,
            joins: true,
            recognise: Some(is_certificates),
        },
        Pane {
            document: "trust.intermediates",
            id: "intermediates",
            label: "Intermediates",
            noun: "intermediates",
            hint: "Certificates that the verifier has besides those that are sent",
            key: None,
            tall: false,
            joins: true,
            recognise: Some(is_certificates),
        },
        Pane {
            document: "trust.crls",
            id: "crls",
            label: "Revocation lists",
            noun: "revocation lists",
            hint: "Certificate revocation lists: PEM, base64 or hexadecimal",
            key: None,
            tall: false,
            joins: true,
            recognise: Some(is_revocation_list),
        },
    ],
    controls: &[Control {
        id: "revocation",
        label: "Revocation",
        form: Form::Choice(&[
            ("assume-good", "not on a list: good"),
            ("supplied", "the lists are all there are"),
            ("offline", "lists can’t be reached"),
        ]),
        get: |case| value_of(&REVOCATIONS, case.trust.revocation),
        set: |case, value| {
            if let Some(revocation) = chosen(&REVOCATIONS, value) {
                case.trust.revocation = revocation;
            }
        },
    }],
};
