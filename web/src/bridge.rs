//! What the modules that are loaded after the page (editor, tools) are told, and what they may ask for.

use wasm_bindgen::prelude::*;
use yew::Callback;

use crate::engine::beside;
use crate::recognise::{Place, holds_secret};
use crate::state::Action;
use crate::{offset, state};

#[wasm_bindgen(module = "/js/family.js")]
extern "C" {
    /// So that the bundler of the modules takes the file along.
    #[wasm_bindgen(thread_local_v2, js_name = FAMILY)]
    static FAMILY: JsValue;
}

#[wasm_bindgen(module = "/js/bridge.js")]
extern "C" {
    #[wasm_bindgen(js_name = start)]
    fn begin(base: &str, act: JsValue, utf16: JsValue, secret: JsValue);
    /// The engine is asked about a revision.
    pub(crate) fn asked(revision: u32, case: &JsValue);
    /// The engine answered.
    pub(crate) fn answered(revision: u32, report: &JsValue);
    /// Does the newest of what can wait, when nothing else is to be done or the page goes.
    #[wasm_bindgen(js_name = whenIdle)]
    pub(crate) fn when_idle(work: JsValue);
    /// Opens a tool.
    pub(crate) fn open(name: &str);
}

/// Connects the page: `tell` is given what a module asks for.
pub(crate) fn start(tell: Callback<Action>) {
    let act = move |name: String, value: String| {
        if let Some(action) = state::Action::named(&name, value) {
            tell.emit(action);
        }
    };
    let act = Closure::<dyn Fn(String, String)>::new(act).into_js_value();
    let utf16 = |text: String, bytes: Vec<u32>| -> Vec<u32> { offset::utf16_all(&text, &bytes) };
    let utf16 = Closure::<dyn Fn(String, Vec<u32>) -> Vec<u32>>::new(utf16).into_js_value();
    let secret = Closure::<dyn Fn(String) -> bool>::new(|text: String| holds_secret(&text)).into_js_value();
    FAMILY.with(|_| ());
    begin(&beside(""), act, utf16, secret);
}

impl Action {
    /// What a module may ask for, by name.
    fn named(name: &str, value: String) -> Option<Self> {
        Some(match name {
            "case" => Self::Placed(Place::Case, value),
            "at" => Self::At(value),
            "say" => Self::Say(Some(value)),
            "example" => Self::Example(value),
            "undo" => Self::Undo,
            _ => return None,
        })
    }
}
