//! An enclave: what its artefacts are, who it is, and what its signature structure promises.

use admit_core::Verdict;
use admit_core::enclave::{Answer, Identity, Setting, SgxsFacts, SigstructFacts};
use yew::prelude::*;

use super::Dispatch;
use super::difference::difference;
use super::flow::flow;
use super::mark::mark;
use super::prose::name;
use crate::text::enclave as words;

/// Runs of pages that are shown.
const RUNS: usize = 200;

#[inline(never)]
pub(super) fn enclave(dispatch: &Dispatch, answer: &Answer) -> Html {
    let artefact = |fact: &admit_core::enclave::ArtefactFact| {
        let form = fact.form.map_or(words::UNKNOWN, admit_core::enclave::Form::noun);
        html! { <><dt>{ name(&fact.name) }</dt><dd>{ form }</dd></> }
    };
    html! {
        <>
            if let Some(known) = &answer.identity { { identity(known) } }
            if !answer.artefacts.is_empty() {
                <section aria-labelledby="artefacts-heading">
                    <h3 id="artefacts-heading">
                        { words::ARTEFACTS }<span class="count">{ answer.artefacts.len() }</span>
                    </h3>
                    <dl class="pairs">{ for answer.artefacts.iter().map(artefact) }</dl>
                </section>
            }
            if let Some(known) = &answer.flow { { flow(known) } }
            { for answer.differences.iter().map(|found| difference(dispatch, found)) }
            { for answer.sigstructs.iter().map(sigstruct) }
            { for answer.streams.iter().map(stream) }
        </>
    }
}

fn pairs(rows: Vec<(&'static str, String)>) -> Html {
    let given = rows.into_iter().filter(|(_, value)| !value.is_empty());
    html! {
        <dl class="pairs">
            { for given.map(|(label, value)| html! { <><dt>{ label }</dt><dd>{ name(&value) }</dd></> }) }
        </dl>
    }
}

fn identity(identity: &Identity) -> Html {
    let number = |value: Option<u64>| value.map(|value| value.to_string()).unwrap_or_default();
    let source = if identity.signed { words::SIGNED } else { words::STATED };
    html! {
        <section aria-labelledby="identity-heading">
            <h3 id="identity-heading">{ words::IDENTITY }<span class="count">{ source }</span></h3>
            { pairs(vec![
                (words::MRENCLAVE, identity.mrenclave.clone().unwrap_or_default()),
                (words::MRSIGNER, identity.mrsigner.clone().unwrap_or_default()),
                (words::PRODUCT, number(identity.product_id)),
                (words::VERSION, number(identity.security_version)),
            ]) }
        </section>
    }
}

fn sigstruct(facts: &SigstructFacts) -> Html {
    let id = format!("sigstruct-{}", facts.artefact.replace(char::is_whitespace, "-"));
    let verified = match facts.wrong_signature.as_slice() {
        [] => words::RIGHT.to_owned(),
        wrong => words::wrong(wrong),
    };
    let row = |fact: &admit_core::enclave::AttributeFact| {
        let state = if fact.setting == Setting::LeftToHost { Verdict::Indeterminate } else { Verdict::Admitted };
        html! {
            <tr>
                <th scope="row"><code>{ fact.name.to_string() }</code></th>
                <td>
                    if fact.setting == Setting::LeftToHost { { mark(state) }{ " " } }
                    { words::setting(fact.setting) }
                </td>
                <td><span class="because">{ fact.means.to_string() }</span></td>
            </tr>
        }
    };
    html! {
        <section aria-labelledby={id.clone()}>
            <h3 {id}>{ words::SIGNATURE }<span class="count">{ name(&facts.artefact) }</span></h3>
            <table class="matrix attributes">
                <thead><tr>{ for words::ATTRIBUTE.iter().map(|column| html! { <th scope="col">{ *column }</th> }) }</tr></thead>
                <tbody>{ for facts.attributes.iter().map(row) }</tbody>
            </table>
            { pairs(vec![
                (words::VERIFIED, verified),
                (words::MRENCLAVE, facts.mrenclave.clone()),
                (words::MRSIGNER, facts.mrsigner.clone()),
                (words::PUBLISHED, facts.published_key.as_deref().unwrap_or_default().to_owned()),
                (words::PRODUCT, facts.product_id.to_string()),
                (words::VERSION, facts.security_version.to_string()),
                (words::DATE, facts.date.clone()),
                (words::VENDOR, facts.vendor.clone()),
                (words::DEFINED, facts.software_defined.clone()),
                (words::FLAGS, [facts.attribute_values[0].as_str(), &facts.attribute_masks[0]].join(", ")),
                (words::XFRM, [facts.attribute_values[1].as_str(), &facts.attribute_masks[1]].join(", ")),
                (words::MISC, facts.misc_select.join(", ")),
                (words::CET, facts.cet_attributes.join(", ")),
                (words::FAMILY, facts.family_id.clone()),
                (words::EXTENDED, facts.extended_product_id.clone()),
            ]) }
        </section>
    }
}

fn stream(facts: &SgxsFacts) -> Html {
    let id = format!("sgxs-{}", facts.artefact.replace(char::is_whitespace, "-"));
    let row = |run: &admit_core::enclave::PageRun| {
        html! {
            <tr>
                <td><code>{ format!("{:#x}", run.offset) }</code></td>
                <td>{ run.pages }</td>
                <td>{ format!("{} {}", run.page_type, run.rights) }</td>
                <td>{ format!("{} / {}", run.measured_chunks, u64::from(run.pages) * 16) }</td>
            </tr>
        }
    };
    html! {
        <section aria-labelledby={id.clone()}>
            <h3 {id}>{ words::LISTING }<span class="count">{ name(&facts.artefact) }</span></h3>
            <p class="note">{ words::listing(facts.size, facts.pages, facts.threads, facts.unmeasured_chunks) }</p>
            { pairs(vec![(words::MRENCLAVE, facts.mrenclave.clone()), (words::FILE_HASH, facts.sha256.clone())]) }
            <details class="facts">
                <summary>{ words::LISTING }</summary>
                <table class="matrix">
                    <thead><tr>{ for words::PAGES.iter().map(|column| html! { <th scope="col">{ *column }</th> }) }</tr></thead>
                    <tbody>{ for facts.runs.iter().take(RUNS).map(row) }</tbody>
                </table>
            </details>
        </section>
    }
}
