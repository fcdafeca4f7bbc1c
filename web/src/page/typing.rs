//! What is typed into a field, on its way into the case.
//!
//! The field is the browser's: it is given a text only when the case has another than it was given or read last, so that
//! no drawing takes a key back. A long text is read when typing rests and not at every key: two megabytes take tens of
//! milliseconds on their way from the field to the engine, and the next key would wait for them.

use std::cell::RefCell;
use std::rc::Rc;

use gloo_timers::callback::Timeout;
use web_sys::HtmlTextAreaElement;

use super::Dispatch;
use crate::offset;
use crate::state::Action;

/// Bytes from which on a text is long.
const LONG: usize = 1 << 16;

/// Milliseconds without a key after which typing rests.
const REST_MS: u32 = 150;

/// What a field holds, as far as the page knows.
#[derive(Default)]
pub(super) struct Typing {
    /// What the field was given, or what was read from it last.
    known: Option<String>,
    /// Reads the field when typing rests.
    rest: Option<Timeout>,
}

impl Typing {
    /// Gives a field the text of the case, unless it has it.
    pub(super) fn show(&mut self, field: &HtmlTextAreaElement, text: &str) {
        if self.known.as_deref() != Some(text) {
            self.rest = None;
            field.set_value(&offset::shown(text));
            self.known = Some(text.to_owned());
        }
    }

    /// Whether something was typed that the case has not yet.
    pub(super) fn is_waiting(&self) -> bool {
        self.rest.is_some()
    }
}

/// A key was typed into the field of a document.
pub(super) fn typed(typing: &Rc<RefCell<Typing>>, field: HtmlTextAreaElement, name: &'static str, tell: &Dispatch) {
    let is_long = typing.borrow().known.as_ref().is_some_and(|text| text.len() > LONG);
    if !is_long {
        return take(typing, &field, name, tell);
    }
    let rest = {
        let (typing, tell) = (Rc::downgrade(typing), tell.clone());
        move || {
            if let Some(typing) = typing.upgrade() {
                take(&typing, &field, name, &tell);
            }
        }
    };
    if typing.borrow_mut().rest.replace(Timeout::new(REST_MS, rest)).is_none() {
        tell.dispatch(Action::Typing);
    }
}

/// Reads the field of a document.
pub(super) fn take(typing: &Rc<RefCell<Typing>>, field: &HtmlTextAreaElement, name: &'static str, tell: &Dispatch) {
    let text = field.value();
    {
        let mut typing = typing.borrow_mut();
        typing.rest = None;
        typing.known = Some(text.clone());
    }
    tell.dispatch(Action::Typed(name, text));
}
