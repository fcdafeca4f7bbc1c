//! The engine's thread: starts it, asks it, drops what is no longer wanted, and starts it anew when it stops.

use std::cell::RefCell;
use std::rc::{Rc, Weak};

use gloo_events::EventListener;
use gloo_timers::callback::Timeout;
use js_sys::{Object, Reflect};
use wasm_bindgen::prelude::*;
use web_sys::{ErrorEvent, MessageEvent, Url, Worker};
use yew::Callback;

use crate::bridge;
use crate::reply::Reply;
use crate::state::{Action, Trouble};

/// An answer that takes longer is given up. The core's limits keep every case far below; this is for what they miss.
const PATIENCE_MS: u32 = 20_000;

#[wasm_bindgen]
extern "C" {
    /// Where this module came from: the engine lies beside it, wherever the document is.
    #[wasm_bindgen(thread_local_v2, js_namespace = ["import", "meta"], js_name = url)]
    static META_URL: String;
}

#[wasm_bindgen(module = "/js/spawn.js")]
extern "C" {
    #[wasm_bindgen(catch)]
    fn spawn(url: &str) -> Result<Worker, JsValue>;
}

/// The address of a file beside this module.
pub(crate) fn beside(file: &str) -> String {
    META_URL.with(|base| Url::new_with_base(file, base)).map_or_else(|_| file.to_owned(), |url| url.href())
}

/// The engine. One question is with it at a time, and the newest waits; those between are dropped.
#[derive(Clone)]
pub(crate) struct Engine(Rc<RefCell<Inner>>);

struct Inner {
    tell: Callback<Action>,
    thread: Option<Thread>,
    running: Option<(u32, Timeout)>,
    waiting: Option<(u32, String)>,
}

struct Thread {
    worker: Worker,
    _listeners: [EventListener; 2],
}

impl Drop for Thread {
    fn drop(&mut self) {
        self.worker.terminate();
    }
}

impl Engine {
    /// An engine that reports to `tell`. Its thread is started at once, so that it is ready when it is asked.
    pub(crate) fn new(tell: Callback<Action>) -> Self {
        let engine = Self(Rc::new(RefCell::new(Inner { tell, thread: None, running: None, waiting: None })));
        engine.start();
        engine
    }

    /// Asks for the report of `case`, which is `revision` of the state.
    pub(crate) fn ask(&self, revision: u32, case: String) {
        self.0.borrow_mut().waiting = Some((revision, case));
        self.next();
    }

    fn start(&self) {
        let thread = spawn(&beside("engine.worker.js")).ok().map(|worker| {
            let (heard, broken) = (self.weak(), self.weak());
            let on_message = EventListener::new(&worker, "message", move |event| {
                if let (Some(engine), Some(event)) = (heard(), event.dyn_ref::<MessageEvent>()) {
                    engine.hear(&event.data());
                }
            });
            let on_error = EventListener::new(&worker, "error", move |event| {
                let message = event.dyn_ref::<ErrorEvent>().map(ErrorEvent::message).unwrap_or_default();
                if let Some(engine) = broken() {
                    engine.stopped(message);
                }
            });
            Thread { worker, _listeners: [on_message, on_error] }
        });
        self.0.borrow_mut().thread = thread;
    }

    fn weak(&self) -> impl Fn() -> Option<Self> + 'static {
        let weak: Weak<RefCell<Inner>> = Rc::downgrade(&self.0);
        move || weak.upgrade().map(Self)
    }

    /// Sends the waiting question, if the thread is free.
    fn next(&self) {
        if self.0.borrow().running.is_some() {
            return;
        }
        let Some((revision, case)) = self.0.borrow_mut().waiting.take() else { return };
        if self.0.borrow().thread.is_none() {
            self.start();
        }
        let engine = self.weak();
        let timeout = Timeout::new(PATIENCE_MS, move || {
            if let Some(engine) = engine() {
                engine.stopped(String::new());
            }
        });
        bridge::asked(revision, &case);
        let message = Object::new();
        // Setting a key of a plain object does not fail.
        let _ = Reflect::set(&message, &"id".into(), &revision.into());
        let _ = Reflect::set(&message, &"text".into(), &case.into());
        let mut inner = self.0.borrow_mut();
        let sent = inner.thread.as_ref().is_some_and(|thread| thread.worker.post_message(&message).is_ok());
        inner.running = Some((revision, timeout));
        drop(inner);
        if !sent {
            self.stopped(String::new());
        }
    }

    fn hear(&self, data: &JsValue) {
        let get = |key: &str| Reflect::get(data, &key.into()).unwrap_or_default();
        let revision = get("id").as_f64().map_or(0, |id| id as u32);
        if let Some(why) = get("stopped").as_string() {
            return self.stopped(why);
        }
        let text = get("report").as_string().unwrap_or_default();
        let action = match Reply::read(&text) {
            Some(reply) => Action::Answered(revision, Box::new(reply)),
            None => Action::Failed(revision, Trouble::Versions),
        };
        let tell = {
            let mut inner = self.0.borrow_mut();
            inner.running = None;
            inner.tell.clone()
        };
        tell.emit(action);
        bridge::answered(revision, &text);
        self.next();
    }

    /// The thread is of no more use. The question that it had is answered by that; the next one gets a new thread.
    fn stopped(&self, why: String) {
        let (tell, running) = {
            let mut inner = self.0.borrow_mut();
            inner.thread = None;
            (inner.tell.clone(), inner.running.take())
        };
        if let Some((revision, _)) = running {
            tell.emit(Action::Failed(revision, Trouble::Stopped(why)));
        }
        self.next();
    }
}
