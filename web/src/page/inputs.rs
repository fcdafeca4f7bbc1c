//! What is asked: the documents of the bench, the instant, and what is chosen.

use std::rc::Rc;

use admit_core::Span;
use web_sys::{HtmlInputElement, HtmlSelectElement};
use yew::prelude::*;

use super::Dispatch;
use super::artefacts::{add, naming};
use super::at::at;
use super::form::form;
use super::policy::policy;
use super::prose::words;
use super::source::{Source, Text};
use crate::bench::{Control, Fold, Form, Pane};
use crate::state::{Action, State};
use crate::text::ui;
use crate::{files, marks};

pub(super) fn inputs(dispatch: &Dispatch, state: &State) -> Html {
    let on = |action: Action| {
        let dispatch = dispatch.clone();
        Callback::from(move |_: MouseEvent| dispatch.dispatch(action.clone()))
    };
    let (undo, redo) = (state.history.undoes(), state.history.redoes());
    let also: Vec<String> = state.case.severities().keys().map(|rule| ui::severity_of(rule)).collect();
    html! {
        // A key of its own for each bench: what was unfolded or scrolled on one says nothing about another.
        <section key={state.bench.id} class="inputs" aria-label={ui::THE_CASE}>
            if let Some(title) = &state.case.title {
                <div class="about">
                    <p class="title">{ title }</p>
                    if let Some(teaches) = &state.case.teaches { <p class="note">{ words(teaches) }</p> }
                </div>
            }
            { for state.bench.panes_of(&state.case).into_iter().map(|one| pane(state, one, dispatch)) }
            if state.bench.has_artefacts() { { add(dispatch) }{ policy(dispatch, state) } }
            <div class="controls">
                { at(dispatch, &state.at, state.case.at) }
                { for state.bench.controls.iter().map(|one| control(state, one, dispatch)) }
            </div>
            { for state.bench.folds.iter().map(|one| fold(state, one, dispatch)) }
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

/// Folded until it is wanted; the line says what is given there.
fn fold(state: &State, fold: &'static Fold, dispatch: &Dispatch) -> Html {
    let is_given = |pane: &&Pane| !state.document(pane.document).is_empty();
    let given: Vec<&str> = fold.panes.iter().filter(is_given).map(|pane| pane.noun).collect();
    html! {
        <details class="fold">
            <summary>
                { fold.label }
                if !given.is_empty() { <span class="note">{ ui::GIVEN }{ given.join(", ") }</span> }
            </summary>
            { for fold.panes.iter().map(|one| pane(state, one, dispatch)) }
            <div class="controls">
                { for fold.controls.iter().map(|one| control(state, one, dispatch)) }
            </div>
        </details>
    }
}

fn pane(state: &State, pane: &'static Pane, dispatch: &Dispatch) -> Html {
    let Pane { document: name, id, label, noun, .. } = *pane;
    let bench = state.bench;
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
                files::take(&chosen, bench, Some(name), Callback::from(move |action| dispatch.dispatch(action)));
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
        <div key={id} class={classes!("pane", if pane.tall { "tall" } else { "short" })}>
            <div class="pane-head">
                <label for={id}>{ label }</label>
                if bench.has_artefacts() { { naming(dispatch, name, label) } }
                <span class="note">{ if lines > 0 { ui::lines(lines) } else { String::new() } }</span>
                <label class="button plain">
                    { ui::OPEN }
                    <input type="file" class="away" multiple={pane.joins} onchange={picked}
                        aria-label={ui::open_a_file(noun)} />
                </label>
                <button type="button" class="plain" onclick={clear} disabled={lines == 0}
                    aria-label={ui::clear(noun)}>{ ui::CLEAR }</button>
            </div>
            <Source dispatch={dispatch.clone()} {bench} text={Text { case: state.case.clone(), name }} {id} hint={pane.hint}
                places={Rc::new(places)}
                pointed={state.pointed.as_ref().filter(here).cloned()}
                gone={state.gone.clone().filter(|(_, span)| span.document == name)} />
            if bench.has_artefacts() { { form(dispatch, state, name, label) } }
        </div>
    }
}

fn control(state: &State, control: &'static Control, dispatch: &Dispatch) -> Html {
    let chosen = (control.get)(&state.case);
    let dispatch = dispatch.clone();
    let choose = move |value: String| dispatch.dispatch(Action::Chosen(control, value));
    let field = if let Form::Text(hint) | Form::Number(hint) = control.form {
        let mode = if matches!(control.form, Form::Number(_)) { "numeric" } else { "text" };
        let oninput = Callback::from(move |event: InputEvent| {
            choose(event.target_unchecked_into::<HtmlInputElement>().value());
        });
        html! {
            <input id={control.id} type="text" inputmode={mode} value={chosen.into_owned()} placeholder={hint} {oninput}
                autocomplete="off" autocapitalize="off" spellcheck="false" />
        }
    } else {
        let onchange = Callback::from(move |event: Event| {
            choose(event.target_unchecked_into::<HtmlSelectElement>().value());
        });
        let choices = control.choices();
        let is_known = choices.iter().any(|(value, _)| *value == chosen);
        html! {
            <select id={control.id} {onchange}>
                // What a case sets and no list has.
                if !is_known { <option value="" selected=true>{ chosen.clone().into_owned() }</option> }
                { for choices.iter().map(|&(value, label)| html! {
                    <option {value} selected={value == chosen}>{ label }</option>
                }) }
            </select>
        }
    };
    html! { <div class="control"><label for={control.id}>{ control.label }</label>{ field }</div> }
}
