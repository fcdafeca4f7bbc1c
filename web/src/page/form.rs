//! An artefact as a form beside its text.

use admit_core::Answer;
use admit_core::enclave::Form;
use web_sys::{HtmlInputElement, HtmlSelectElement};
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
    let text = state.document(document);
    let Some(form) = known.filter(|form| !fields(*form).is_empty() && is_form(*form, text)) else {
        return Html::default();
    };
    html! {
        <details class="fold form">
            <summary>{ words::FORM }</summary>
            <div class="controls">
                { for fields(form).iter().map(|field| {
                    let id = format!("form-{label}-{}", field.path.join("-")).replace(char::is_whitespace, "-");
                    html! { <Input dispatch={dispatch.clone()} {document} {form} text={text.to_owned()} {id} {field} /> }
                }) }
            </div>
        </details>
    }
}

#[derive(PartialEq, Properties)]
struct Props {
    dispatch: Dispatch,
    document: &'static str,
    form: Form,
    /// The whole document.
    text: String,
    id: String,
    field: &'static Field,
}

/// A component of its own: it holds what is being typed, which may not stand in the document yet.
#[component]
fn Input(Props { dispatch, document, form, text, id, field }: &Props) -> Html {
    let draft = use_state(String::new);
    let said = value(*form, text, field);
    let shown = if is_same(*form, field, &draft, &said) { (*draft).clone() } else { said };
    let choices = field.kind.choices();
    let typed = {
        let (dispatch, document, form, field, text) = (dispatch.clone(), *document, *form, *field, text.clone());
        move |typed: String| {
            if let Some(changed) = set(form, &text, field, &typed) {
                dispatch.dispatch(Action::Typed(document, changed));
            }
            draft.set(typed);
        }
    };
    let input = if choices.is_empty() {
        let oninput = Callback::from(move |event: InputEvent| {
            typed(event.target_unchecked_into::<HtmlInputElement>().value());
        });
        let mode = if field.kind == Kind::Number { "numeric" } else { "text" };
        html! {
            <input id={id.clone()} type="text" inputmode={mode} value={shown} {oninput} autocomplete="off"
                autocapitalize="off" spellcheck="false" />
        }
    } else {
        let onchange = Callback::from(move |event: Event| {
            typed(event.target_unchecked_into::<HtmlSelectElement>().value());
        });
        let is_other = !shown.is_empty() && !choices.contains(&shown.as_str());
        html! {
            <select id={id.clone()} {onchange}>
                <option value="" selected={shown.is_empty()}>{ words::NOT_SAID }</option>
                { for choices.iter().map(|choice| html! {
                    <option value={*choice} selected={shown == *choice}>{ *choice }</option>
                }) }
                // What a document says and no list has.
                if is_other { <option value={shown.clone()} selected=true>{ shown.clone() }</option> }
            </select>
        }
    };
    html! { <div class="control"><label for={id.clone()}>{ field.label }</label>{ input }</div> }
}
