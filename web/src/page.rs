//! The page, drawn from the state: a file draws one thing, and what happens there is an [`Action`].
//!
//! Most are functions: a component costs several kilobytes of WebAssembly, and only what holds something of its own, or
//! should not be drawn at every key, needs to be one.
//!
//! What a first visit does not draw comes later, as a part of the module: `web/finish/divide.mjs` has the list. Its
//! functions are marked `inline(never)`, so that they stay whole.

use std::rc::Rc;

use yew::prelude::*;

use crate::rest;
use crate::state::{Action, State};

mod app;
mod artefacts;
mod at;
mod batch;
mod certificates;
mod chain;
mod characters;
mod copy;
mod diagnosis;
mod dialog;
mod difference;
mod enclave;
mod errors;
mod facts;
mod findings;
mod flow;
mod form;
mod gallery;
mod header;
mod help;
mod inputs;
mod life;
mod mark;
mod matrix;
mod notice;
mod place;
mod policy;
mod pool;
mod presented;
mod prose;
mod recipe;
mod redacted;
mod results;
mod rollout;
mod session;
mod source;
mod thumbprint;
mod timeline;
mod trace;
mod typing;
mod verdict;
mod wire;

/// The state, as Yew keeps it.
#[derive(Clone, PartialEq)]
struct Store(State);

impl Reducible for Store {
    type Action = Action;

    fn reduce(self: Rc<Self>, action: Action) -> Rc<Self> {
        Rc::new(Self(Rc::unwrap_or_clone(self).0.reduce(action)))
    }
}

/// A part of the state that a component is given: the same only if it is the same one, so that nothing is compared byte
/// by byte at every key.
struct Same<T: ?Sized>(Rc<T>);

impl<T: ?Sized> Clone for Same<T> {
    fn clone(&self) -> Self {
        Self(Rc::clone(&self.0))
    }
}

impl<T: ?Sized> PartialEq for Same<T> {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
}

/// How components say what happens.
type Dispatch = UseReducerDispatcher<Store>;

/// Draws the page in place of the document's body.
pub fn run() {
    rest::start();
    yew::Renderer::<app::App>::new().render();
}
