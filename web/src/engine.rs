//! The engine's threads, one for each family of kinds: starts them, asks them, drops what is no longer wanted, and starts
//! them anew when they stop.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::{Rc, Weak};

use gloo_events::EventListener;
use gloo_timers::callback::Timeout;
use js_sys::{Object, Reflect};
use wasm_bindgen::prelude::*;
use web_sys::{ErrorEvent, MessageEvent, Url, Worker};
use yew::Callback;

use crate::bridge;
use crate::reply::Reply;
use crate::rest;
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
    fn spawn(url: &str, name: &str) -> Result<Worker, JsValue>;
}

/// The address of a file beside this module.
pub(crate) fn beside(file: &str) -> String {
    META_URL.with(|base| Url::new_with_base(file, base)).map_or_else(|_| file.to_owned(), |url| url.href())
}

/// A question: which revision of the state asks, which module is asked, and the case.
struct Question {
    revision: u32,
    module: &'static str,
    case: String,
}

/// The engine. One question is with it at a time, and the newest waits; those between are dropped.
#[derive(Clone)]
pub(crate) struct Engine(Rc<RefCell<Inner>>);

struct Inner {
    tell: Callback<Action>,
    /// By the name of their module.
    threads: BTreeMap<&'static str, Thread>,
    running: Option<(u32, &'static str, Timeout)>,
    waiting: Option<Question>,
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
    /// An engine that reports to `tell`.
    pub(crate) fn new(tell: Callback<Action>) -> Self {
        Self(Rc::new(RefCell::new(Inner { tell, threads: BTreeMap::new(), running: None, waiting: None })))
    }

    /// Asks the module of a family for the report of `case`, which is `revision` of the state.
    pub(crate) fn ask(&self, revision: u32, module: &'static str, case: String) {
        self.0.borrow_mut().waiting = Some(Question { revision, module, case });
        self.next();
    }

    /// Starts a module's thread, if it isn't there, so that it is ready when it is asked.
    pub(crate) fn start(&self, module: &'static str) {
        if self.0.borrow().threads.contains_key(module) {
            return;
        }
        let Ok(worker) = spawn(&beside("engine.worker.js"), module) else { return };
        let (heard, broken) = (self.weak(), self.weak());
        let on_message = EventListener::new(&worker, "message", move |event| {
            if let (Some(engine), Some(event)) = (heard(), event.dyn_ref::<MessageEvent>()) {
                engine.hear(&event.data());
            }
        });
        let on_error = EventListener::new(&worker, "error", move |event| {
            let message = event.dyn_ref::<ErrorEvent>().map(ErrorEvent::message).unwrap_or_default();
            if let Some(engine) = broken() {
                engine.stopped(module, message);
            }
        });
        let thread = Thread { worker, _listeners: [on_message, on_error] };
        self.0.borrow_mut().threads.insert(module, thread);
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
        let Some(Question { revision, module, case }) = self.0.borrow_mut().waiting.take() else { return };
        self.start(module);
        let engine = self.weak();
        let timeout = Timeout::new(PATIENCE_MS, move || {
            if let Some(engine) = engine() {
                engine.stopped(module, String::new());
            }
        });
        // Converted once: a case can be long.
        let case = JsValue::from(case);
        bridge::asked(revision, &case);
        let message = Object::new();
        // Setting a key of a plain object does not fail.
        let _ = Reflect::set(&message, &"id".into(), &revision.into());
        let _ = Reflect::set(&message, &"text".into(), &case);
        let mut inner = self.0.borrow_mut();
        let sent = inner.threads.get(module).is_some_and(|thread| thread.worker.post_message(&message).is_ok());
        inner.running = Some((revision, module, timeout));
        drop(inner);
        if !sent {
            self.stopped(module, String::new());
        }
    }

    fn hear(&self, data: &JsValue) {
        let get = |key: &str| Reflect::get(data, &key.into()).unwrap_or_default();
        let revision = get("id").as_f64().map_or(0, |id| id as u32);
        if let Some(why) = get("stopped").as_string() {
            let module = self.0.borrow().running.as_ref().map(|(_, module, _)| *module);
            return module.into_iter().for_each(|module| self.stopped(module, why.clone()));
        }
        let text = get("report");
        let action = match Reply::read(&text.as_string().unwrap_or_default()) {
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
        rest::fetch();
        self.next();
    }

    /// A module's thread is of no more use. The question that it had is answered by that; the next one gets a new thread.
    fn stopped(&self, module: &'static str, why: String) {
        let (tell, running) = {
            let mut inner = self.0.borrow_mut();
            inner.threads.remove(module);
            let running = inner.running.take_if(|(_, running, _)| *running == module);
            (inner.tell.clone(), running)
        };
        if let Some((revision, ..)) = running {
            tell.emit(Action::Failed(revision, Trouble::Stopped(why)));
        }
        self.next();
    }
}
