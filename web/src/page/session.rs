//! A session: its identifiers, its request, its token.

use admit_core::session::{Answer, Identifier, Part, Request, Standing, Token};
use admit_core::{Finding, Verdict};
use yew::prelude::*;

use super::Dispatch;
use super::batch::batch as together;
use super::characters::characters;
use super::life::life;
use super::mark::{mark, tone};
use super::place::place;
use super::prose::{name, prose};
use super::redacted::redacted;
use super::wire::wire;
use crate::text::session as words;
use crate::{instant, text};

/// Identifiers that are shown; people look at a few.
const SHOWN: usize = 20;

#[inline(never)]
pub(super) fn session(dispatch: &Dispatch, answer: &Answer, findings: &[Finding]) -> Html {
    let shown = answer.identifiers.iter().take(SHOWN);
    let several = answer.identifiers.len() > 1;
    let more = answer.judged as usize > shown.len();
    let number = shown.len();
    let identifiers = html! { { for shown.map(|identifier| part(dispatch, identifier, findings, several)) } };
    html! {
        <>
            if let Some(batch) = &answer.batch { { together(dispatch, answer, batch, findings) } }
            if several {
                <section aria-labelledby="identifiers-heading">
                    <h3 id="identifiers-heading">{ words::IDENTIFIERS }<span class="count">{ answer.judged }</span></h3>
                    { identifiers }
                    if more { <p class="note">{ words::not_shown(number, answer.judged) }</p> }
                </section>
            } else {
                { identifiers }
            }
            if let Some(request) = &answer.request { { pairs("request-heading", words::REQUEST, &of_request(request)) } }
            if let Some(token) = &answer.token { { pairs("token-heading", words::TOKEN, &of_token(token)) } }
            if let Some(run) = &answer.life { { life(run) } }
            if !answer.redacted.is_empty() { { redacted(&answer.redacted) } }
        </>
    }
}

/// One identifier. Of several, those that are good are folded.
fn part(dispatch: &Dispatch, identifier: &Identifier, findings: &[Finding], several: bool) -> Html {
    let id = format!("identifier-{}", identifier.number);
    let body = html! {
        <>
            <p class={classes!("cell", tone(identifier.verdict))}>
                { mark(identifier.verdict) }{ text::verdict(identifier.verdict) }
            </p>
            <p class="note">{ words::acceptance(identifier.acceptance) }</p>
            { characters(identifier, findings) }
            { wire(identifier) }
            { strength(identifier) }
        </>
    };
    if several {
        let open = identifier.verdict != Verdict::Admitted && identifier.number <= 3;
        return html! {
            <details class="identifier" {open}>
                <summary>
                    { mark(identifier.verdict) }
                    <span class="away">{ text::verdict_in_words(identifier.verdict) }</span>
                    <code class="seen">{ name(&identifier.text) }</code>
                </summary>
                { body }
            </details>
        };
    }
    html! {
        <section aria-labelledby={id.clone()}>
            <h3 {id}>{ words::IDENTIFIER }<span class="count">{ place(dispatch, &identifier.span) }</span></h3>
            { body }
        </section>
    }
}

fn strength(identifier: &Identifier) -> Html {
    let estimate = &identifier.estimate;
    let piece = |part: &Part| {
        let seen = identifier.text.get(part.start as usize..part.end as usize).unwrap_or_default();
        html! {
            <li>
                <code class="seen">{ name(seen) }</code>
                <span class="kind">{ words::part(part.kind) }</span>
                <span class="far">{ words::part_bits(part.bits) }</span>
                <span class="because">{ prose(&part.note) }</span>
            </li>
        }
    };
    let standing = |standing: &Standing| {
        let verdict = if standing.passes { Verdict::Admitted } else { Verdict::Refused };
        html! {
            <li>
                { mark(verdict) }
                <span class="kind">{ standing.name.to_string() }</span>
                <span class="far">{ words::asks(standing.bits, standing.passes) }</span>
                if let Some(note) = &standing.note { <span class="because">{ prose(note) }</span> }
            </li>
        }
    };
    html! {
        <>
            <h4>{ words::STRENGTH }</h4>
            <p class="about-strength">{ words::strength(estimate.structural, estimate.upper, &identifier.time_to_guess) }</p>
            <ul class="parts" aria-label={words::PARTS}>{ for estimate.parts.iter().map(piece) }</ul>
            <details class="facts">
                <summary>{ words::THRESHOLDS }</summary>
                <ul class="parts">{ for identifier.standings.iter().map(standing) }</ul>
            </details>
        </>
    }
}

fn of_request(request: &Request) -> Vec<(&'static str, String)> {
    let or = |value: &Option<String>| value.clone().unwrap_or_default();
    vec![
        (words::OPERATION, request.operation.clone()),
        (words::METHOD, request.method.clone()),
        (words::HOST, request.host.clone()),
        (words::POOL, or(&request.pool)),
        (words::ENVIRONMENT, or(&request.environment)),
        (words::REGION, or(&request.region)),
        (words::SUBSCRIPTION, or(&request.subscription)),
        (words::GROUP, or(&request.resource_group)),
        (words::API_VERSION, or(&request.api_version)),
        (words::FORWARDED, or(&request.forwarded)),
        (words::IDENTIFIER_IN, request.identifier_in.join(", ")),
    ]
}

fn of_token(token: &Token) -> Vec<(&'static str, String)> {
    let or = |value: &Option<String>| value.clone().unwrap_or_default();
    let at = |time: Option<admit_core::Time>| time.map(instant::write).unwrap_or_default();
    vec![
        (words::ALGORITHM, token.algorithm.clone()),
        (words::AUDIENCE, or(&token.audience)),
        (words::ISSUER, or(&token.issuer)),
        (words::VERSION, or(&token.version)),
        (words::STANDS_FOR, words::stands_for(token.delegated, token.managed_identity).to_owned()),
        (words::SIGNATURE, words::signature(token.signature).to_owned()),
        (words::ISSUED, at(token.issued)),
        (words::NOT_BEFORE, at(token.not_before)),
        (words::EXPIRES, at(token.expires)),
    ]
}

fn pairs(id: &'static str, heading: &'static str, pairs: &[(&'static str, String)]) -> Html {
    let given = pairs.iter().filter(|(_, value)| !value.is_empty());
    html! {
        <section aria-labelledby={id}>
            <h3 {id}>{ heading }</h3>
            <dl class="pairs">
                { for given.map(|(label, value)| html! { <><dt>{ *label }</dt><dd>{ name(value) }</dd></> }) }
            </dl>
        </section>
    }
}
