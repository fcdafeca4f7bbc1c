//! What reaches the page as a whole: shortcuts, drops, pastes outside of a field, the theme.

use std::cell::RefCell;

use gloo_events::{EventListener, EventListenerOptions};
use wasm_bindgen::JsCast;
use web_sys::{ClipboardEvent, Document, DragEvent, Element, Event, HtmlElement, KeyboardEvent};
use yew::prelude::*;

use crate::bench::{Bench, Route};
use crate::recognise::recognise;
use crate::state::{Action, Dialog, Theme};
use crate::{address, bridge, files, storage};

thread_local! {
    /// The link that led into a text, so that Escape comes back to it.
    static ORIGIN: RefCell<Option<HtmlElement>> = const { RefCell::new(None) };
}

fn document() -> Option<Document> {
    web_sys::window()?.document()
}

fn focused() -> Option<HtmlElement> {
    document()?.active_element()?.dyn_into().ok()
}

/// Remembers where the focus is before it goes into a text.
pub(crate) fn leave() {
    ORIGIN.set(focused());
}

/// Puts the focus on the element with this id.
pub(crate) fn focus(id: &str) {
    let element = document().and_then(|document| document.get_element_by_id(id));
    if let Some(element) = element.and_then(|element| element.dyn_into::<HtmlElement>().ok()) {
        // Focusing an element that can't be focused does nothing.
        let _ = element.focus();
    }
}

fn is_field(event: &Event) -> bool {
    let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
    target
        .is_some_and(|element| matches!(element.tag_name().as_str(), "INPUT" | "TEXTAREA" | "SELECT" | "ADMIT-EDITOR"))
}

type Tell<'a> = &'a dyn Fn(Action);

fn key(event: &KeyboardEvent, bench: &Bench, shortcuts: bool, theme: Theme, tell: Tell) {
    // The editor took it: Escape closes its search first.
    if event.default_prevented() {
        return;
    }
    if event.key() == "Escape" {
        tell(Action::Point(None));
        if let Some(origin) = ORIGIN.take().filter(|_| is_field(event)) {
            let _ = origin.focus();
        }
        return;
    }
    let elsewhere = document().is_some_and(|document| matches!(document.query_selector("dialog[open]"), Ok(Some(_))));
    if !shortcuts || elsewhere || is_field(event) || event.ctrl_key() || event.meta_key() || event.alt_key() {
        return;
    }
    match event.key().as_str() {
        "?" => tell(Action::Open(Some(Dialog::Help))),
        "e" => tell(Action::Open(Some(Dialog::Examples))),
        "t" => tell(Action::Theme(theme.next())),
        "u" => tell(Action::Undo),
        "s" => bridge::open("share"),
        "k" => bridge::open("rules"),
        "v" => focus("verdict"),
        other => match bench.every_pane().find(|pane| pane.key == Some(other)) {
            Some(pane) => focus(pane.id),
            None => return,
        },
    }
    event.prevent_default();
}

fn dropped(event: &DragEvent, bench: &'static Bench, tell: Callback<Action>) {
    let Some(data) = event.data_transfer() else { return };
    if let Some(files) = data.files().filter(|files| files.length() > 0) {
        event.prevent_default();
        files::take(&files, bench, None, tell);
    }
}

fn pasted(event: &ClipboardEvent, bench: &'static Bench, tell: Callback<Action>) {
    let Some(data) = event.clipboard_data().filter(|_| !is_field(event)) else { return };
    if let Some(files) = data.files().filter(|files| files.length() > 0) {
        event.prevent_default();
        return files::take(&files, bench, None, tell);
    }
    let text = data.get_data("text/plain").unwrap_or_default();
    if let Some(place) = recognise(bench, None, &text) {
        event.prevent_default();
        tell.emit(Action::Placed(place, text));
    }
}

/// Listens to the page; gives whether something is being dragged over it.
#[hook]
pub(crate) fn use_page_events(tell: Callback<Action>, bench: &'static Bench, shortcuts: bool, theme: Theme) -> bool {
    let dragging = use_state_eq(|| false);
    use_effect_with((bench, shortcuts, theme), {
        let dragging = dragging.setter();
        move |&(bench, shortcuts, theme)| {
            show_theme(theme);
            let Some(window) = web_sys::window() else { return Box::new(|| ()) as Box<dyn FnOnce()> };
            let listen = |name: &'static str, mut heard: Box<dyn FnMut(&Event)>| {
                let options = EventListenerOptions::enable_prevent_default();
                EventListener::new_with_options(&window, name, options, move |event| heard(event))
            };
            let (typed, placed, put, gone) = (tell.clone(), tell.clone(), tell.clone(), tell);
            let (over, out, end) = (dragging.clone(), dragging.clone(), dragging);
            let listeners = [
                listen(
                    "keydown",
                    Box::new(move |event| {
                        key(event.unchecked_ref(), bench, shortcuts, theme, &|action| typed.emit(action));
                    }),
                ),
                listen("paste", Box::new(move |event| pasted(event.unchecked_ref(), bench, placed.clone()))),
                listen(
                    "dragover",
                    Box::new(move |event| {
                        let data = event.unchecked_ref::<DragEvent>().data_transfer();
                        if data.is_some_and(|data| data.types().includes(&"Files".into(), 0)) {
                            event.prevent_default();
                            over.set(true);
                        }
                    }),
                ),
                listen(
                    "dragleave",
                    Box::new(move |event| {
                        if event.unchecked_ref::<DragEvent>().related_target().is_none() {
                            out.set(false);
                        }
                    }),
                ),
                listen(
                    "drop",
                    Box::new(move |event| {
                        end.set(false);
                        dropped(event.unchecked_ref(), bench, put.clone());
                    }),
                ),
                listen(
                    "hashchange",
                    Box::new(move |_| {
                        // What is being typed is taken before its field goes.
                        let is_text = |field: &HtmlElement| matches!(&*field.tag_name(), "TEXTAREA" | "ADMIT-EDITOR");
                        if let Some(field) = focused().filter(is_text) {
                            let _ = field.blur();
                        }
                        match Route::read(&address::fragment()) {
                            Some(Route { example: Some(id), .. }) => gone.emit(Action::Example(id.to_owned())),
                            Some(Route { bench, .. }) => gone.emit(Action::Bench(bench)),
                            None => {}
                        }
                    }),
                ),
            ];
            Box::new(move || drop(listeners)) as Box<dyn FnOnce()>
        }
    });
    *dragging
}

fn show_theme(theme: Theme) {
    storage::keep_theme(theme);
    let Some(root) = document().and_then(|document| document.document_element()) else { return };
    // Setting an attribute with a legal name does not fail.
    let _ = match theme {
        Theme::System => root.remove_attribute("data-theme"),
        chosen => root.set_attribute("data-theme", chosen.name()),
    };
}
