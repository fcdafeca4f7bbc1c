//! The policy of an enclave, as JSON.

use admit_core::{Answer, Question};
use web_sys::HtmlTextAreaElement;
use yew::prelude::*;

use super::Dispatch;
use crate::state::{Action, State, Typed};
use crate::text::enclave as words;

#[inline(never)]
pub(super) fn policy(dispatch: &Dispatch, state: &State) -> Html {
    let Question::Enclave(policy, _) = &state.case.question else { return Html::default() };
    let (text, error) = match &state.policy {
        Some(Typed { text, error }) => (text.clone(), error.as_ref()),
        None => (policy.to_json(), None),
    };
    let oninput = {
        let dispatch = dispatch.clone();
        Callback::from(move |event: InputEvent| {
            dispatch.dispatch(Action::Policy(event.target_unchecked_into::<HtmlTextAreaElement>().value()));
        })
    };
    // What the engine makes of the artefacts, while it is about these.
    let starter = state.answer.as_ref().filter(|_| state.is_current()).and_then(|(_, report)| match &report.answer {
        Answer::Enclave(answer) => answer.starter.as_ref().filter(|starter| *starter != policy),
        _ => None,
    });
    let start = starter.map(|starter| {
        let (dispatch, text) = (dispatch.clone(), starter.to_json());
        Callback::from(move |_: MouseEvent| dispatch.dispatch(Action::Starter(text.clone())))
    });
    html! {
        <div class="pane short policy">
            <div class="pane-head">
                <label for="policy">{ words::POLICY }</label>
                <span id="policy-note" class={classes!("note", error.is_some().then_some("refused"))} role="status">
                    if let Some(error) = error {
                        { words::unreadable(error) }
                    } else {
                        { words::POLICY_NOTE }
                    }
                </span>
                if let Some(start) = start {
                    <button type="button" class="plain" onclick={start} title={words::STARTER_NOTE}>{ words::STARTER }</button>
                }
            </div>
            <div class="source"><div class="field">
                <textarea id="policy" wrap="off" spellcheck="false" autocapitalize="off" autocomplete="off" translate="no"
                    value={text} {oninput} aria-invalid={error.is_some().then_some("true")}
                    aria-describedby="policy-note" />
            </div></div>
        </div>
    }
}
