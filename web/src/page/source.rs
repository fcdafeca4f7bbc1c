//! A text field for one document, with line numbers and marked places.

use std::rc::Rc;

use admit_core::{Case, Severity, Span};
use wasm_bindgen::JsCast as _;
use web_sys::{HtmlElement, HtmlTextAreaElement};
use yew::prelude::*;

use super::Dispatch;
use super::typing::{take, typed};
use crate::bench::Bench;
use crate::marks::{self, Piece};
use crate::recognise::{Place, recognise};
use crate::state::Action;
use crate::{files, offset};

/// A document of a case: the same where its text is, whatever else of the case has changed.
#[derive(Clone)]
pub(super) struct Text {
    pub(super) case: Rc<Case>,
    /// The document's name in the case.
    pub(super) name: &'static str,
}

impl Text {
    fn read(&self) -> &str {
        let documents = self.case.documents();
        documents.into_iter().find(|(name, _)| *name == self.name).map_or("", |(_, text)| text)
    }
}

impl PartialEq for Text {
    fn eq(&self, other: &Self) -> bool {
        self.name == other.name && (Rc::ptr_eq(&self.case, &other.case) || self.read() == other.read())
    }
}

#[derive(PartialEq, Properties)]
pub(super) struct Props {
    pub(super) dispatch: Dispatch,
    pub(super) bench: &'static Bench,
    pub(super) text: Text,
    /// The element's id, which shortcuts and the label use.
    pub(super) id: &'static str,
    pub(super) hint: &'static str,
    /// Places that findings point at, while they belong to this text.
    pub(super) places: Rc<Vec<(Span, Severity)>>,
    pub(super) pointed: Option<Span>,
    pub(super) gone: Option<(u32, Span)>,
}

#[component]
pub(super) fn Source(props: &Props) -> Html {
    let dispatch = props.dispatch.clone();
    let (field, under, gutter) = (use_node_ref(), use_node_ref(), use_node_ref());
    let (text, name) = (props.text.read(), props.text.name);
    let typing = use_mut_ref(super::typing::Typing::default);
    // After every drawing that brings another text, and before anyone can see it.
    use_effect_with(props.text.clone(), {
        let (field, typing) = (field.clone(), typing.clone());
        move |text| {
            if let Some(field) = field.cast() {
                typing.borrow_mut().show(&field, text.read());
            }
        }
    });

    let gone = props.gone.clone();
    use_effect_with(gone, {
        let (field, under, text) = (field.clone(), under.clone(), props.text.clone());
        move |gone| {
            if let Some((_, span)) = gone {
                go(&field, &under, text.read(), span);
            }
        }
    });

    let onscroll = {
        let (field, under, gutter) = (field.clone(), under.clone(), gutter.clone());
        Callback::from(move |_: Event| follow(&field, &under, &gutter))
    };
    // A shorter text may have scrolled the field without an event.
    use_effect_with(text.len(), {
        let (field, under, gutter) = (field.clone(), under.clone(), gutter.clone());
        move |_| follow(&field, &under, &gutter)
    });
    let oninput = {
        let (dispatch, typing) = (dispatch.clone(), typing.clone());
        Callback::from(move |event: InputEvent| typed(&typing, event.target_unchecked_into(), name, &dispatch))
    };
    // The field is left: whatever is pressed next finds what was typed.
    let onchange = {
        let (dispatch, typing) = (dispatch.clone(), typing.clone());
        Callback::from(move |event: Event| {
            if typing.borrow().is_waiting() {
                take(&typing, &event.target_unchecked_into(), name, &dispatch);
            }
        })
    };
    let onpaste = {
        let (bench, here) = (props.bench, name);
        Callback::from(move |event: Event| {
            let Some(data) = event.dyn_ref::<web_sys::ClipboardEvent>().and_then(|event| event.clipboard_data()) else {
                return;
            };
            let dispatch = dispatch.clone();
            if let Some(pasted) = data.files().filter(|files| files.length() > 0) {
                event.prevent_default();
                return files::take(
                    &pasted,
                    bench,
                    Some(here),
                    Callback::from(move |action| dispatch.dispatch(action)),
                );
            }
            let text = data.get_data("text/plain").unwrap_or_default();
            // What belongs elsewhere goes there; what belongs here is pasted where the cursor is.
            let stays = Place::Document(here);
            if let Some(place) = recognise(bench, Some(here), &text).filter(|place| *place != stays) {
                event.prevent_default();
                dispatch.dispatch(Action::Placed(place, text));
            }
        })
    };

    let pointed = props.pointed.as_ref().map(|span| format!("{} {}", span.start, span.end));
    let lines = marks::lines(&props.places);
    let count = u32::try_from(text.matches('\n').count()).unwrap_or(u32::MAX).saturating_add(1);
    let looked_at: Vec<&Span> = props.pointed.iter().chain(props.gone.iter().map(|(_, span)| span)).take(1).collect();
    let found = marks::layer(text, props.places.iter().map(|(span, _)| span));
    let numbers = use_memo((count, lines), |(count, lines)| numbers(*count, lines));
    let severity = |number: usize| props.places.get(number).map(|(_, severity)| *severity);
    html! {
        <div class="source">
            <div class="gutter" aria-hidden="true"><pre ref={gutter}>{ Html::clone(&numbers) }</pre></div>
            <div class="field">
                <div class="under" aria-hidden="true"><div ref={under}>
                    <pre class="found">{ for found.into_iter().map(|piece| draw(piece, |number| tone(severity(number)))) }</pre>
                    <pre class="looked-at">
                        { for marks::layer(text, looked_at).into_iter().map(|piece| draw(piece, |_| "looked-at")) }
                    </pre>
                </div></div>
                <textarea id={props.id} ref={field} wrap="off" spellcheck="false" autocapitalize="off" autocomplete="off"
                    translate="no" data-document={name} data-pointed={pointed} placeholder={props.hint} {oninput} {onchange}
                    {onscroll} {onpaste} />
            </div>
        </div>
    }
}

fn tone(severity: Option<Severity>) -> &'static str {
    match severity {
        Some(Severity::Error) => "error",
        Some(Severity::Warning) => "warning",
        _ => "info",
    }
}

fn draw(piece: Piece, class: impl Fn(usize) -> &'static str) -> Html {
    match piece {
        Piece::Room(room) => html! { { room } },
        Piece::Mark(text, number) => html! { <mark class={class(number)}>{ text }</mark> },
    }
}

/// Line numbers as few nodes: one for each stretch without a mark, one for each marked line.
fn numbers(count: u32, lines: &std::collections::BTreeMap<u32, Severity>) -> Html {
    let stretch = |from: u32, to: u32| (from..to).map(|line| format!("{line}\n")).collect::<String>();
    let mut nodes = Vec::new();
    let mut next = 1;
    for (&line, &severity) in lines.range(1..=count) {
        nodes.push(html! { { stretch(next, line) } });
        nodes.push(html! { <b class={tone(Some(severity))}>{ format!("{line}\n") }</b> });
        next = line + 1;
    }
    nodes.push(html! { { stretch(next, count + 1) } });
    html! { { for nodes } }
}

/// Keeps numbers and marks beside their lines. Not by scrolling: their content may be smaller than the field's.
fn follow(field: &NodeRef, under: &NodeRef, gutter: &NodeRef) {
    let Some(field) = field.cast::<HtmlTextAreaElement>() else { return };
    let (left, top) = (field.scroll_left(), field.scroll_top());
    for (layer, left) in [(under, left), (gutter, 0)] {
        if let Some(layer) = layer.cast::<HtmlElement>() {
            // Through the object model: the policy allows no style attribute.
            let _ = layer.style().set_property("transform", &format!("translate({}px, {}px)", -left, -top));
        }
    }
}

fn go(field: &NodeRef, under: &NodeRef, text: &str, span: &Span) {
    let Some(field) = field.cast::<HtmlTextAreaElement>() else { return };
    // A folded field can't be gone to.
    if let Ok(Some(fold)) = field.closest("details") {
        // Setting an attribute with a legal name does not fail.
        let _ = fold.set_attribute("open", "");
    }
    let [start, end] = [span.start, span.end].map(|byte| offset::utf16(text, byte));
    // A field that is no longer there has nothing to select.
    let _ = field.focus();
    let _ = field.set_selection_range(start, end);
    // The editor, where it stands in for the field, goes there as well.
    if let Ok(event) = web_sys::Event::new("admit-go") {
        let _ = field.dispatch_event(&event);
    }
    let mark = under.cast::<HtmlElement>().and_then(|under| under.query_selector("mark.looked-at").ok().flatten());
    let Some(mark) = mark.and_then(|mark| wasm_bindgen::JsCast::dyn_into::<HtmlElement>(mark).ok()) else { return };
    field.set_scroll_top(mark.offset_top() - field.client_height() / 3);
    let (left, width) = (mark.offset_left(), field.client_width());
    field.set_scroll_left(if left + mark.offset_width().min(width / 2) < width { 0 } else { left - width / 3 });
}
