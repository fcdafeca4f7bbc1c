//! An artefact as a form beside its text.

use admit_core::Answer;
use web_sys::HtmlInputElement;
use yew::prelude::*;

use super::Dispatch;
use crate::form::{Field, Kind, fields, is_form, is_same, set, value};
use crate::state::{Action, State};
use crate::text::enclave as words;

/// The form of an artefact, if it is one of those that have one. What it is, the last answer says.
#[inline(never)]
pub(super) fn form(dispatch: &Dispatch, state: &State, document: &'static str, label: &'static str) -> Html {
    let Some((_, report)) = &state.answer else { return Html::default() };
    let Answer::Enclave(answer) = &report.answer else { return Html::default() };
    let known = answer.artefacts.iter().find(|artefact| artefact.name == label).and_then(|artefact| artefact.form);
    let fields = known.map(fields).unwrap_or_default();
    let text = state.document(document);
    if fields.is_empty() || !is_form(text) {
        return Html::default();
    }
    html! {
        <details class="fold form">
            <summary>{ words::FORM }</summary>
            <div class="controls">
                { for fields.iter().map(|field| {
                    let id = format!("form-{label}-{}", field.path.join("-")).replace(char::is_whitespace, "-");
                    html! { <Input dispatch={dispatch.clone()} {document} text={text.to_owned()} {id} {field} /> }
                }) }
            </div>
        </details>
    }
}

#[derive(PartialEq, Properties)]
struct Props {
    dispatch: Dispatch,
    document: &'static str,
    /// The whole document.
    text: String,
    id: String,
    field: &'static Field,
}

/// A component of its own: it holds what is being typed, which may not stand in the document yet.
#[component]
fn Input(Props { dispatch, document, text, id, field }: &Props) -> Html {
    let draft = use_state(String::new);
    let said = value(text, field);
    let shown = if is_same(field, &draft, &said) { (*draft).clone() } else { said };
    let oninput = {
        let (dispatch, document, field, text) = (dispatch.clone(), *document, *field, text.clone());
        Callback::from(move |event: InputEvent| {
            let typed = event.target_unchecked_into::<HtmlInputElement>().value();
            draft.set(typed.clone());
            if let Some(changed) = set(&text, field, &typed) {
                dispatch.dispatch(Action::Typed(document, changed));
            }
        })
    };
    let mode = if field.kind == Kind::Number { "numeric" } else { "text" };
    html! {
        <div class="control">
            <label for={id.clone()}>{ field.label }</label>
            <input id={id.clone()} type="text" inputmode={mode} value={shown} {oninput} autocomplete="off"
                autocapitalize="off" spellcheck="false" />
        </div>
    }
}
