//! Session pools: what a configuration says about each, in a few words.

use admit_core::pool::{Answer, Summary};
use yew::prelude::*;

use super::Dispatch;
use super::place::place;
use super::prose::name;
use crate::text::pool as words;

/// Pools that are shown.
const SHOWN: usize = 20;

#[inline(never)]
pub(super) fn pool(dispatch: &Dispatch, answer: &Answer) -> Html {
    html! { { for answer.pools.iter().take(SHOWN).enumerate().map(|(number, pool)| one(dispatch, answer, pool, number)) } }
}

fn one(dispatch: &Dispatch, answer: &Answer, pool: &Summary, number: usize) -> Html {
    let id = format!("pool-{number}");
    let given = pairs(pool).into_iter().filter(|(_, value)| !value.is_empty());
    html! {
        <section aria-labelledby={id.clone()}>
            <h3 {id}>
                if let Some(own) = &pool.name { <code>{ name(own) }</code> } else { { words::POOL } }
                <span class="count">{ place(dispatch, &pool.span) }</span>
            </h3>
            if let Some(form) = answer.form { <p class="note">{ words::form(form) }</p> }
            <dl class="pairs">
                { for given.map(|(label, value)| html! { <><dt>{ label }</dt><dd>{ name(&value) }</dd></> }) }
            </dl>
        </section>
    }
}

fn pairs(pool: &Summary) -> Vec<(&'static str, String)> {
    let number = |number: Option<i64>| number.map(|number| number.to_string()).unwrap_or_default();
    let seconds = |number: Option<i64>| number.map(words::seconds).unwrap_or_default();
    let identities = pool.identities.iter().map(|one| words::identity(&one.identity, one.lifecycle.as_deref()));
    let identities: Vec<String> = identities.collect();
    let secrets: Vec<&str> = pool.secrets.iter().map(|secret| secret.name.as_str()).collect();
    vec![
        (words::METHOD, words::method(pool.method).to_owned()),
        (words::API_VERSION, pool.api_version.clone()),
        (words::CONTAINER, pool.container_type.clone().unwrap_or_default()),
        (words::CYCLE, pool.life.cycle.clone().unwrap_or_default()),
        (words::COOLDOWN, seconds(pool.life.cooldown)),
        (words::ALIVE, seconds(pool.life.alive)),
        (words::EGRESS, words::egress(pool.egress).to_owned()),
        (words::IDENTITIES, identities.join(", ")),
        (words::SECRETS, secrets.join(", ")),
        (words::SESSIONS, number(pool.scale.sessions)),
        (words::READY, number(pool.scale.ready)),
    ]
}
