//! The policy of an enclave, as JSON.

use admit_core::Question;
use web_sys::HtmlTextAreaElement;
use yew::prelude::*;

use super::Dispatch;
use crate::state::{Action, State, Typed};
use crate::text::enclave as words;

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
            </div>
            <div class="source"><div class="field">
                <textarea id="policy" wrap="off" spellcheck="false" autocapitalize="off" autocomplete="off" translate="no"
                    value={text} {oninput} aria-invalid={error.is_some().then_some("true")}
                    aria-describedby="policy-note" />
            </div></div>
        </div>
    }
}
