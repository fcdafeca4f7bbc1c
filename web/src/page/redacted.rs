//! Documents with their secrets replaced, to pass on.

use admit_core::session::Redacted;
use yew::prelude::*;

use super::copy::Copy;
use crate::text::session as words;
use crate::{bench, save};

#[inline(never)]
pub(super) fn redacted(copies: &[Redacted]) -> Html {
    html! {
        <section aria-labelledby="redacted-heading">
            <h3 id="redacted-heading">{ words::REDACTED }</h3>
            <p class="note">{ words::ABOUT_REDACTED }</p>
            { for copies.iter().map(one) }
        </section>
    }
}

fn one(copy: &Redacted) -> Html {
    let noun = bench::noun(&copy.document).unwrap_or_default();
    let download = {
        let (name, text) = (words::redacted_file(noun), copy.text.clone());
        Callback::from(move |_: MouseEvent| save::save(&name, &text))
    };
    html! {
        <details class="facts copy">
            <summary>{ words::redacted(noun) }</summary>
            <pre tabindex="0">{ &copy.text }</pre>
            <p class="actions">
                <button type="button" onclick={download}>{ words::DOWNLOAD }</button>
                <Copy text={copy.text.clone()} label={words::redacted(noun)} />
            </p>
        </details>
    }
}
