//! A link into a document: hovering shows the place, clicking goes there, Escape comes back.

use admit_core::Span;
use yew::prelude::*;

use super::Dispatch;
use crate::state::Action;
use crate::{bench, keys, text};

/// A link that names the document and the line.
pub(super) fn place(dispatch: &Dispatch, span: &Span) -> Html {
    place_as(dispatch, span, text::place(span))
}

/// A link that says `shown`.
pub(super) fn place_as(dispatch: &Dispatch, span: &Span, shown: String) -> Html {
    if bench::noun(&span.document).is_none() {
        return html! { <span>{ shown }</span> };
    }
    let go = {
        let (dispatch, span) = (dispatch.clone(), span.clone());
        Callback::from(move |_: MouseEvent| {
            keys::leave();
            dispatch.dispatch(Action::Go(span.clone()));
        })
    };
    let point = |span: Option<Span>| {
        let dispatch = dispatch.clone();
        move || dispatch.dispatch(Action::Point(span.clone()))
    };
    let (enter, focus) = (point(Some(span.clone())), point(Some(span.clone())));
    let (leave, blur) = (point(None), point(None));
    html! {
        <button type="button" class="place" title={text::exact_place(span)} onclick={go}
            onmouseenter={move |_: MouseEvent| enter()} onmouseleave={move |_: MouseEvent| leave()}
            onfocus={move |_: FocusEvent| focus()} onblur={move |_: FocusEvent| blur()}>
            { shown }
        </button>
    }
}
