//! The certificates that were read.

use admit_core::Time;
use admit_core::certificate::Facts;
use yew::prelude::*;

use super::place::place_as;
use super::thumbprint::Thumbprint;
use super::{Dispatch, facts};
use crate::{instant, text};

pub(super) fn certificates(dispatch: &Dispatch, certificates: &[Facts], at: Time) -> Html {
    html! {
        <section aria-labelledby="read">
            <h3 id="read">{ "Certificates" }<span class="count">{ certificates.len() }</span></h3>
            <ul class="certificates">{ for certificates.iter().map(|facts| item(dispatch, facts, at)) }</ul>
        </section>
    }
}

fn item(dispatch: &Dispatch, facts: &Facts, at: Time) -> Html {
    // For reading only: what counts as valid is the engine's decision, and Service Fabric's differs at the last second.
    let validity = if at < facts.not_before {
        format!("begins {}", instant::distance(at, facts.not_before))
    } else {
        let verb = if at <= facts.not_after { "ends" } else { "ended" };
        format!("{verb} {}", instant::distance(at, facts.not_after))
    };
    html! {
        <li>
            <p class="subject">
                <span class="name">{ facts::name(facts) }</span>
                { place_as(dispatch, &facts.span, text::line(&facts.span)) }
            </p>
            <p class="print"><span class="term">{ "SHA-1" }</span><Thumbprint value={facts.sha1.clone()} label="SHA-1 thumbprint" /></p>
            <p class="print">
                <span class="term">{ "Valid" }</span>
                <span>{ format!("{} – {}", instant::date(facts.not_before), instant::date(facts.not_after)) }</span>
                <span class="far">{ validity }</span>
            </p>
            <details class="facts">
                <summary>{ "All facts" }</summary>
                <dl>
                    <dt>{ "SHA-256" }</dt>
                    <dd><Thumbprint value={facts.sha256.clone()} label="SHA-256 thumbprint" /></dd>
                    { facts::rows(facts) }
                </dl>
            </details>
        </li>
    }
}
