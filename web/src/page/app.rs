//! The whole page, and what ties its state to the browser.

use admit_core::Kind;
use gloo_timers::callback::Timeout;
use yew::prelude::*;

use super::gallery::Gallery;
use super::header::header;
use super::help::help;
use super::inputs::inputs;
use super::notice::notice;
use super::recipe::Recipe;
use super::results::Results;
use super::verdict::headline;
use super::{Dispatch, Same, Store};
use crate::bench::{BENCHES, Route};
use crate::engine::{Engine, beside};
use crate::state::{Action, Dialog, State};
use crate::text::ui;
use crate::{address, bridge, clock, example, files, json, keys, rules, storage};

/// Typing that goes on within this time is asked about once.
const PAUSE_MS: u32 = 40;

#[component]
pub(super) fn App() -> Html {
    let store = use_reducer(|| {
        let mut state = State::new(clock::now());
        state.theme = storage::theme();
        state.shortcuts = storage::shortcuts();
        Store(state)
    });
    let dispatch = store.dispatcher();
    let state = &store.0;
    let set_aside = use_state(|| false);
    use_start(&dispatch, set_aside.setter());
    use_engine(state, &dispatch);
    use_storage(state);
    use_data(state, &dispatch);
    let tell = {
        let dispatch = dispatch.clone();
        Callback::from(move |action| dispatch.dispatch(action))
    };
    let dragging = keys::use_page_events(tell, state.bench, state.shortcuts, state.theme);

    let bring_back = {
        let (dispatch, set_aside) = (dispatch.clone(), set_aside.clone());
        Callback::from(move |_: MouseEvent| {
            set_aside.set(false);
            if let Some(case) = storage::bring_back() {
                dispatch.dispatch(Action::Restored(Box::new(case)));
            }
        })
    };
    let discard = {
        let set_aside = set_aside.clone();
        Callback::from(move |_: MouseEvent| {
            set_aside.set(false);
            storage::discard();
        })
    };
    let skip = format!("#{}", state.bench.panes.first().map_or("verdict", |pane| pane.id));
    html! {
        <>
            <a class="skip" href={skip}>{ ui::SKIP }</a>
            { header(&dispatch, state.bench, state.theme) }
            <main class={classes!("bench", dragging.then_some("dragging"))}>
                { headline(&dispatch, state) }
                { inputs(&dispatch, state) }
                if let Some((_, report)) = state.answer.as_ref().filter(|_| !state.is_blank()) {
                    <Results dispatch={dispatch.clone()} report={Same(report.clone())}
                        rules={Same(state.rules.clone())} current={state.is_current()} />
                } else {
                    <div class="results">
                        if state.bench.kind == admit_core::Kind::Session {
                            <Recipe dispatch={dispatch.clone()} open=true />
                        }
                    </div>
                }
            </main>
            { notice(&dispatch, state.notice.as_deref(), set_aside.then_some((&bring_back, &discard))) }
            if state.dialog == Some(Dialog::Examples) {
                <Gallery dispatch={dispatch.clone()} bench={state.bench} examples={Same(state.examples.clone())}
                    shown={state.example.clone()} />
            }
            if state.dialog == Some(Dialog::Help) {
                { help(&dispatch, state.bench, state.shortcuts) }
            }
        </>
    }
}

/// What is there at the start: the stored case, the address, the gallery.
#[hook]
fn use_start(dispatch: &Dispatch, set_aside: UseStateSetter<bool>) {
    let dispatch = dispatch.clone();
    use_effect_with((), move |()| {
        let teller = dispatch.clone();
        bridge::start(Callback::from(move |action| teller.dispatch(action)));
        for case in storage::restore() {
            dispatch.dispatch(Action::Restored(Box::new(case)));
        }
        set_aside.set(storage::is_set_aside());
        let fragment = address::fragment();
        let route = Route::read(&fragment);
        if let Some(route) = route {
            dispatch.dispatch(Action::Bench(route.bench));
            if let Some(id) = route.example {
                dispatch.dispatch(Action::Example(id.to_owned()));
            }
        }
        // A first visit waits for one example, not for all.
        if route.is_none_or(|route| route.bench == BENCHES[0] && route.example.is_none()) {
            wasm_bindgen_futures::spawn_local(async move {
                let json = files::fetch(&beside("first.json")).await.unwrap_or_default();
                if let Some(example) = example::first(&json) {
                    dispatch.dispatch(Action::First(example));
                }
            });
        }
    });
}

/// Every change of the case is asked about, after a short pause.
#[hook]
fn use_engine(state: &State, dispatch: &Dispatch) {
    let dispatch = dispatch.clone();
    let engine = use_memo((), move |()| Engine::new(Callback::from(move |action| dispatch.dispatch(action))));
    let family = state.bench.kind.family();
    {
        let engine = engine.clone();
        use_effect_with(family, move |family| engine.start(family));
    }
    let (case, pasted) = (state.case.clone(), state.pasted.clone());
    let silent = state.is_blank() && pasted.is_none();
    use_effect_with(state.revision, move |&revision| {
        let ask = move || match pasted {
            Some(text) => {
                let kind = serde_json::from_str(&text).ok().and_then(|tree| json::kind(&tree));
                engine.ask(revision, kind.map_or(family, Kind::family), text.to_string());
            }
            None => engine.ask(revision, case.kind().family(), case.to_json()),
        };
        let timeout = (!silent).then(|| Timeout::new(PAUSE_MS, ask));
        move || drop(timeout)
    });
}

/// The gallery and the catalog are fetched when the first answer is there; the gallery before, where it is asked for.
#[hook]
fn use_data(state: &State, dispatch: &Dispatch) {
    let asked = state.wanted.is_some() || state.dialog == Some(Dialog::Examples) || state.bench != BENCHES[0];
    use_effect_with(asked || state.answer.is_some() || state.trouble.is_some(), {
        let dispatch = dispatch.clone();
        move |&wanted| {
            if wanted {
                wasm_bindgen_futures::spawn_local(async move {
                    let json = files::fetch(&beside("gallery.json")).await.unwrap_or_default();
                    dispatch.dispatch(Action::Examples(example::gallery(&json)));
                });
            }
        }
    });
    let dispatch = dispatch.clone();
    use_effect_with(state.answer.is_some(), move |&answered| {
        if answered {
            wasm_bindgen_futures::spawn_local(async move {
                let text = files::fetch(&beside("rules.json")).await.unwrap_or_default();
                dispatch.dispatch(Action::Rules(rules::read(&text)));
            });
        }
    });
}

/// What was answered and drawn stays in this browser; so does the theme. The address names the example.
#[hook]
fn use_storage(state: &State) {
    let answered = state.is_current().then_some(state.revision);
    let case = state.case.clone();
    use_effect_with(answered, move |answered| {
        if answered.is_some() {
            storage::keep(&case);
        }
    });
    use_effect_with(state.shortcuts, |on| storage::keep_shortcuts(*on));
    let path = state.example.clone().unwrap_or_else(|| state.bench.id.to_owned());
    let waiting = state.wanted.is_some() || state.revision == 0;
    use_effect_with((path, waiting), |(path, waiting)| {
        if !waiting {
            address::show(path);
        }
    });
}
