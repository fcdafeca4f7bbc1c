//! The facts of one certificate, as rows.

use admit_core::certificate::{Facts, GeneralName};
use yew::prelude::*;

use crate::instant;

/// What a certificate is called: its first common name, or its subject.
pub(super) fn name(facts: &Facts) -> String {
    match (facts.common_names.first(), facts.subject.as_str()) {
        (Some(name), _) => name.clone(),
        (None, "") => format!("Certificate {}", facts.number),
        (None, subject) => subject.to_owned(),
    }
}

/// Every fact that has a value, besides thumbprints and validity.
pub(super) fn rows(facts: &Facts) -> Html {
    let mut rows: Vec<(&str, String)> = vec![
        ("Subject", facts.subject.clone()),
        ("Issuer", facts.issuer.clone()),
        ("Serial", facts.serial.clone()),
        ("Valid", format!("{} to {}", instant::write(facts.not_before), instant::write(facts.not_after))),
        (
            "Key",
            format!(
                "{} {}",
                facts.key.algorithm,
                if facts.key.bits > 0 { facts.key.bits.to_string() } else { String::new() }
            ),
        ),
        ("Signature", facts.signature_algorithm.to_string()),
    ];
    let names: Vec<String> = facts.alternative_names.iter().map(alternative).collect();
    let list = |list: &Option<Vec<std::borrow::Cow<'static, str>>>| list.as_ref().map(|list| list.join(", "));
    rows.push(("Names", names.join(", ")));
    rows.push(("Purposes", list(&facts.extended_key_usage).unwrap_or_default()));
    rows.push(("Key usage", list(&facts.key_usage).unwrap_or_default()));
    if let Some(basic) = facts.basic_constraints {
        let path = basic.path_length.map_or(String::new(), |length| format!(", path length {length}"));
        rows.push(("Authority", format!("{}{path}", if basic.ca { "yes" } else { "no" })));
    }
    rows.push(("Subject key", facts.subject_key_id.clone().unwrap_or_default()));
    rows.push(("Issuer key", facts.authority_key_id.clone().unwrap_or_default()));
    rows.push(("Revocation lists", facts.crl_urls.join(", ")));
    rows.push(("Issuer at", facts.issuer_urls.join(", ")));
    rows.push(("OCSP", facts.ocsp_urls.join(", ")));
    rows.retain(|(_, value)| !value.is_empty());
    html! { { for rows.into_iter().map(|(label, value)| html! { <><dt>{ label }</dt><dd>{ value }</dd></> }) } }
}

fn alternative(name: &GeneralName) -> String {
    match name {
        GeneralName::Dns(name) => name.clone(),
        GeneralName::Ip(name) => format!("IP {name}"),
        GeneralName::Email(name) => format!("mail {name}"),
        GeneralName::Uri(name) => format!("URI {name}"),
        GeneralName::Directory(name) => format!("directory {name}"),
        GeneralName::Other(name) => format!("other {name}"),
    }
}
