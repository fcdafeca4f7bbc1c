//! What is asked: the manifest, the certificates, the instant, the connection.

use std::rc::Rc;

use admit_core::Span;
use admit_core::fabric::{CERTIFICATES, Connection, MANIFEST};
use web_sys::{HtmlInputElement, HtmlSelectElement};
use yew::prelude::*;

use super::at::at;
use super::source::Source;
use super::{Dispatch, Same};
use crate::recognise::Place;
use crate::state::{Action, State};
use crate::text::ui;
use crate::{files, marks, text};

const CONNECTIONS: [(&str, Connection); 4] = [
    ("node", Connection::Node),
    ("gateway", Connection::Gateway),
    ("http-gateway", Connection::HttpGateway),
    ("server", Connection::Server),
];

pub(super) fn inputs(dispatch: &Dispatch, state: &State) -> Html {
    let on = |action: Action| {
        let dispatch = dispatch.clone();
        Callback::from(move |_: MouseEvent| dispatch.dispatch(action.clone()))
    };
    let (undo, redo) = (state.history.undoes(), state.history.redoes());
    let also: Vec<String> = others(state);
    html! {
        <section class="inputs" aria-label={ui::THE_CASE}>
            if let Some(title) = &state.case.title {
                <div class="about">
                    <p class="title">{ title }</p>
                    if let Some(teaches) = &state.case.teaches { <p class="note">{ teaches }</p> }
                </div>
            }
            { pane(state, "manifest", ui::MANIFEST, MANIFEST, Place::Manifest,
                ui::MANIFEST_HINT, dispatch) }
            { pane(state, "certificates", ui::CERTIFICATES, CERTIFICATES, Place::Certificates,
                ui::CERTIFICATES_HINT, dispatch) }
            <div class="controls">
                { at(dispatch, &state.at, state.case.at) }
                { connection(state, dispatch) }
            </div>
            if !also.is_empty() { <p class="note">{ ui::also_sets(&also) }</p> }
            if undo.is_some() || redo.is_some() {
                <div class="history">
                    if let Some(label) = undo {
                        <button type="button" onclick={on(Action::Undo)}>{ ui::undo(label) }</button>
                    }
                    if let Some(label) = redo {
                        <button type="button" onclick={on(Action::Redo)}>{ ui::redo(label) }</button>
                    }
                </div>
            }
        </section>
    }
}

/// What the case sets besides what the fields show.
fn others(state: &State) -> Vec<String> {
    let documents = state.case.documents();
    let mut others: Vec<String> =
        documents.iter().skip_while(|(name, _)| !name.starts_with("trust")).map(|(name, _)| name.to_string()).collect();
    others.extend(state.case.severities().keys().map(|rule| ui::severity_of(rule)));
    others
}

fn pane(
    state: &State,
    id: &'static str,
    label: &str,
    name: &'static str,
    place: Place,
    hint: &'static str,
    dispatch: &Dispatch,
) -> Html {
    let current = state.answer.as_ref().filter(|_| state.is_current());
    let places = current.map(|(_, report)| marks::places(report, name)).unwrap_or_default();
    let here = |span: &&Span| span.document == name;
    let lines = state.document(name).lines().count();
    let picked = {
        let dispatch = dispatch.clone();
        Callback::from(move |event: Event| {
            let field: HtmlInputElement = event.target_unchecked_into();
            if let Some(chosen) = field.files() {
                let dispatch = dispatch.clone();
                files::take(&chosen, Some(place), Callback::from(move |action| dispatch.dispatch(action)));
            }
            // The same file can be chosen again.
            field.set_value("");
        })
    };
    let clear = {
        let dispatch = dispatch.clone();
        Callback::from(move |_: MouseEvent| dispatch.dispatch(Action::Cleared(name)))
    };
    html! {
        <div class={classes!("pane", id)}>
            <div class="pane-head">
                <label for={id}>{ label }</label>
                <span class="note">{ if lines > 0 { ui::lines(lines) } else { String::new() } }</span>
                <label class="button plain">
                    { ui::OPEN }
                    <input type="file" class="away" multiple={place == Place::Certificates} onchange={picked}
                        aria-label={ui::open_a_file(text::document(name))} />
                </label>
                <button type="button" class="plain" onclick={clear} disabled={lines == 0}
                    aria-label={ui::clear(text::document(name))}>{ ui::CLEAR }</button>
            </div>
            <Source dispatch={dispatch.clone()} {name} {id} {place} {hint} case={Same(state.case.clone())} places={Rc::new(places)}
                pointed={state.pointed.as_ref().filter(here).cloned()}
                gone={state.gone.clone().filter(|(_, span)| span.document == name)} />
        </div>
    }
}

fn connection(state: &State, dispatch: &Dispatch) -> Html {
    let chosen = state.connection();
    let dispatch = dispatch.clone();
    let onchange = Callback::from(move |event: Event| {
        let value = event.target_unchecked_into::<HtmlSelectElement>().value();
        let connection = CONNECTIONS.into_iter().find(|(name, _)| *name == value).map(|(_, connection)| connection);
        dispatch.dispatch(Action::Connection(connection));
    });
    html! {
        <div class="control">
            <label for="connection">{ ui::CONNECTION }</label>
            <select id="connection" {onchange}>
                <option value="" selected={chosen.is_none()}>{ ui::EVERY_CONNECTION }</option>
                { for CONNECTIONS.into_iter().map(|(value, connection)| html! {
                    <option {value} selected={chosen == Some(connection)}>{ text::connection(connection) }</option>
                }) }
            </select>
        </div>
    }
}
