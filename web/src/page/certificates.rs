//! The certificates that were read.

use admit_core::Time;
use admit_core::certificate::Facts;
use yew::prelude::*;

use super::place::place_as;
use super::thumbprint::Thumbprint;
use super::{Dispatch, facts};
use crate::text::ui;
use crate::{instant, text};

pub(super) fn certificates(dispatch: &Dispatch, certificates: &[Facts], at: Time) -> Html {
    html! {
        <section aria-labelledby="read">
            <h3 id="read">{ ui::CERTIFICATES }<span class="count">{ certificates.len() }</span></h3>
            <ul class="certificates">{ for certificates.iter().map(|facts| item(dispatch, facts, at)) }</ul>
        </section>
    }
}

fn item(dispatch: &Dispatch, facts: &Facts, at: Time) -> Html {
    // For reading only: what counts as valid is the engine's decision, and Service Fabric's differs at the last second.
    let validity = if at < facts.not_before {
        ui::begins(&instant::distance(at, facts.not_before))
    } else {
        ui::ends(at <= facts.not_after, &instant::distance(at, facts.not_after))
    };
    html! {
        <li>
            <p class="subject">
                <span class="name">{ facts::name(facts) }</span>
                { place_as(dispatch, &facts.span, text::line(&facts.span)) }
            </p>
            <p class="print"><span class="term">{ ui::SHA1 }</span><Thumbprint value={facts.sha1.clone()} label={ui::SHA1_THUMBPRINT} /></p>
            <p class="print">
                <span class="term">{ ui::VALID }</span>
                <span>{ format!("{} – {}", instant::date(facts.not_before), instant::date(facts.not_after)) }</span>
                <span class="far">{ validity }</span>
            </p>
            <details class="facts">
                <summary>{ ui::ALL_FACTS }</summary>
                <dl>
                    <dt>{ ui::SHA256 }</dt>
                    <dd><Thumbprint value={facts.sha256.clone()} label={ui::SHA256_THUMBPRINT} /></dd>
                    { facts::rows(facts) }
                </dl>
            </details>
        </li>
    }
}
