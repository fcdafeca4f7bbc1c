//! The facts of one certificate, as rows.

use admit_core::certificate::{ExtensionFact, Facts};
use yew::prelude::*;

use super::prose::prose;
use crate::instant;
use crate::text::ui;

/// What a certificate is called: its first common name, or its subject.
pub(super) fn name(facts: &Facts) -> String {
    match (facts.common_names.first(), facts.subject.as_str()) {
        (Some(name), _) => name.clone(),
        (None, "") => ui::certificate(facts.number),
        (None, subject) => subject.to_owned(),
    }
}

/// Every fact that has a value, besides thumbprints and validity.
pub(super) fn rows(facts: &Facts) -> Html {
    let mut rows: Vec<(&str, String)> = vec![
        (ui::SUBJECT, facts.subject.clone()),
        (ui::ISSUER, facts.issuer.clone()),
        (ui::SERIAL, facts.serial.clone()),
        (ui::VALID, ui::from_to(&instant::write(facts.not_before), &instant::write(facts.not_after))),
        (
            ui::KEY,
            format!(
                "{} {}",
                facts.key.algorithm,
                if facts.key.bits > 0 { facts.key.bits.to_string() } else { String::new() }
            ),
        ),
        (ui::SIGNATURE, facts.signature_algorithm.to_string()),
    ];
    if !facts.extensions.is_empty() {
        return html! { <>{ pairs(rows) }{ for facts.extensions.iter().map(extension) }</> };
    }
    let names: Vec<String> = facts.alternative_names.iter().map(ui::alternative).collect();
    let list = |list: &Option<Vec<std::borrow::Cow<'static, str>>>| list.as_ref().map(|list| list.join(", "));
    rows.push((ui::NAMES, names.join(", ")));
    rows.push((ui::PURPOSES, list(&facts.extended_key_usage).unwrap_or_default()));
    rows.push((ui::KEY_USAGE, list(&facts.key_usage).unwrap_or_default()));
    if let Some(basic) = facts.basic_constraints {
        rows.push((ui::AUTHORITY, ui::authority(basic.ca, basic.path_length)));
    }
    rows.push((ui::SUBJECT_KEY, facts.subject_key_id.clone().unwrap_or_default()));
    rows.push((ui::ISSUER_KEY, facts.authority_key_id.clone().unwrap_or_default()));
    rows.push((ui::REVOCATION_LISTS, facts.crl_urls.join(", ")));
    rows.push((ui::ISSUER_AT, facts.issuer_urls.join(", ")));
    rows.push((ui::OCSP, facts.ocsp_urls.join(", ")));
    pairs(rows)
}

fn pairs(rows: Vec<(&str, String)>) -> Html {
    let told = rows.into_iter().filter(|(_, value)| !value.is_empty());
    html! { { for told.map(|(label, value)| html! { <><dt>{ label }</dt><dd>{ value }</dd></> }) } }
}

/// An extension as it was decoded, or why it can't be.
fn extension(extension: &ExtensionFact) -> Html {
    html! {
        <>
            <dt>
                <code>{ extension.name.to_string() }</code>
                if extension.critical { { " " }<span class="far">{ ui::CRITICAL }</span> }
            </dt>
            <dd>
                { for extension.says.iter().map(|line| html! { <><code>{ line.clone() }</code><br /></> }) }
                if let Some(fault) = &extension.fault { <span class="refused">{ prose(fault) }</span> }
            </dd>
        </>
    }
}
