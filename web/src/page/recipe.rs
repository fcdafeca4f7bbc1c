//! Making an identifier: drawn from the browser's random source, or derived with a key. Nothing of it leaves this
//! component but by the button that judges it.

use admit_core::session::{self, BYTES, IDENTIFIERS, Owner, Recipe as Code, hexadecimal};
use web_sys::{HtmlInputElement, HtmlSelectElement};
use yew::prelude::*;

use super::Dispatch;
use super::copy::Copy;
use crate::state::Action;
use crate::text::recipe as words;

#[derive(PartialEq, Properties)]
pub(super) struct Props {
    pub(super) dispatch: Dispatch,
    /// Whether it is unfolded at first.
    pub(super) open: bool,
}

#[component]
pub(super) fn Recipe(Props { dispatch, open }: &Props) -> Html {
    let drawn = use_state(|| None::<Option<String>>);
    let fields: [UseStateHandle<String>; 4] =
        [use_state(String::new), use_state(String::new), use_state(String::new), use_state(String::new)];
    let language = use_state(|| 0_usize);
    let draw = {
        let drawn = drawn.clone();
        Callback::from(move |_: MouseEvent| drawn.set(Some(random())))
    };
    let draw_key = {
        let key = fields[3].clone();
        Callback::from(move |_: MouseEvent| key.set(random().unwrap_or_default()))
    };
    let [tenant, user, conversation, key] = &fields;
    let owner = Owner { tenant, user, conversation };
    let began = fields.iter().any(|field| !field.is_empty());
    let derived = session::derive(&bytes(key), owner);
    let choose = {
        let language = language.clone();
        Callback::from(move |event: Event| {
            let chosen = event.target_unchecked_into::<HtmlSelectElement>().selected_index();
            language.set(usize::try_from(chosen).unwrap_or_default());
        })
    };
    let recipes = session::recipe();
    let code = recipes.get(*language).or(recipes.first());
    html! {
        <details class="fold recipe" open={*open}>
            <summary>{ words::MAKE }</summary>
            <p class="note">{ words::ABOUT }</p>
            <p class="actions"><button type="button" onclick={draw}>{ words::DRAW }</button></p>
            <div role="status">
                if let Some(drawn) = &*drawn { { made(dispatch, drawn.clone().ok_or(words::NO_SOURCE.to_owned())) } }
            </div>
            <h4>{ words::DERIVE }</h4>
            <p class="note">{ words::HOW }</p>
            <div class="controls">
                { field("recipe-tenant", words::TENANT, "", tenant) }
                { field("recipe-user", words::USER, "", user) }
                { field("recipe-conversation", words::CONVERSATION, "", conversation) }
                { field("recipe-key", words::KEY, words::KEY_HINT, key) }
            </div>
            <p class="actions">
                <button type="button" onclick={draw_key}>{ words::DRAW_KEY }</button>
                <span class="note">{ words::KEY_STAYS }</span>
            </p>
            <div role="status">
                if began { { made(dispatch, derived.map_err(words::underivable)) } }
            </div>
            <h4>{ words::CODE }</h4>
            <div class="control">
                <label for="recipe-language">{ words::LANGUAGE }</label>
                <select id="recipe-language" onchange={choose}>
                    { for recipes.iter().enumerate().map(|(at, one)| html! {
                        <option selected={at == *language}>{ one.language }</option>
                    }) }
                </select>
            </div>
            if let Some(code) = code { { listing(code) } }
        </details>
    }
}

fn listing(code: &Code) -> Html {
    let one = |what: &'static str, text: &'static str| {
        html! {
            <>
                <p class="listing-head"><span class="note">{ what }</span><Copy {text} label={what} /></p>
                <pre class="listing" tabindex="0">{ text }</pre>
            </>
        }
    };
    html! { <>{ one(words::RANDOM, code.random) }{ one(words::DERIVED, code.derived) }</> }
}

fn field(id: &'static str, label: &'static str, hint: &'static str, value: &UseStateHandle<String>) -> Html {
    let oninput = {
        let value = value.clone();
        Callback::from(move |event: InputEvent| {
            value.set(event.target_unchecked_into::<HtmlInputElement>().value());
        })
    };
    html! {
        <div class="control">
            <label for={id}>{ label }</label>
            <input {id} type="text" value={(**value).clone()} placeholder={hint} {oninput} autocomplete="off"
                autocapitalize="off" spellcheck="false" />
        </div>
    }
}

/// What was made, or why nothing was.
fn made(dispatch: &Dispatch, made: Result<String, String>) -> Html {
    match made {
        Err(why) => html! { <p class="note">{ why }</p> },
        Ok(identifier) => {
            let judge = {
                let (dispatch, identifier) = (dispatch.clone(), identifier.clone());
                Callback::from(move |_: MouseEvent| {
                    dispatch.dispatch(Action::Typed(IDENTIFIERS, identifier.clone()));
                })
            };
            html! {
                <p class="made">
                    <span class="note">{ words::MADE }</span>
                    <code class="seen" data-testid="made">{ identifier.clone() }</code>
                    <Copy text={identifier} label={words::MADE} />
                    <button type="button" class="plain" onclick={judge}>{ words::JUDGE }</button>
                </p>
            }
        }
    }
}

/// Bytes of the browser's random source in hexadecimal.
fn random() -> Option<String> {
    let mut bytes = [0_u8; BYTES];
    web_sys::window()?.crypto().ok()?.get_random_values_with_u8_array(&mut bytes).ok()?;
    Some(hexadecimal(&bytes))
}

/// The bytes of hexadecimal text; none where it is anything else.
fn bytes(text: &str) -> Vec<u8> {
    let text = text.trim();
    let digits: Option<Vec<u8>> =
        text.chars().map(|digit| digit.to_digit(16).and_then(|digit| u8::try_from(digit).ok())).collect();
    match digits {
        Some(digits) if digits.len() % 2 == 0 => digits.chunks(2).map(|pair| pair[0] * 16 + pair[1]).collect(),
        _ => Vec::new(),
    }
}
