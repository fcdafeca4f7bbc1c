//! What stays in this browser: the theme, the shortcuts, and the case that was typed. Never a private key
//! or a token.

use std::rc::Rc;

use admit_core::Case;
use wasm_bindgen::closure::Closure;
use web_sys::Storage;

use crate::bench::{BENCHES, Bench};
use crate::bridge;
use crate::json;
use crate::recognise::holds_secret;
use crate::state::Theme;

const THEME: &str = "admit.theme";
const SHORTCUTS: &str = "admit.shortcuts";
/// A case of a bench; the bench follows.
const CASE: &str = "admit.case";
/// The bench whose case was kept last.
const LAST: &str = "admit.bench";
/// There while a restored case has not been answered and drawn: it may be what stopped the page.
const UNTRIED: &str = "admit.untried";
/// A case that was restored and never drawn.
const SET_ASIDE: &str = "admit.set-aside";

/// Storage may be forbidden; then nothing stays.
fn storage() -> Option<Storage> {
    web_sys::window()?.local_storage().ok()?
}

fn get(key: &str) -> Option<String> {
    storage()?.get_item(key).ok()?
}

fn set(key: &str, value: Option<&str>) {
    if let Some(storage) = storage() {
        // A full storage keeps what it has.
        let _ = match value {
            Some(value) => storage.set_item(key, value),
            None => storage.remove_item(key),
        };
    }
}

pub(crate) fn theme() -> Theme {
    Theme::named(&get(THEME).unwrap_or_default())
}

pub(crate) fn keep_theme(theme: Theme) {
    set(THEME, (theme != Theme::System).then_some(theme.name()));
}

pub(crate) fn shortcuts() -> bool {
    get(SHORTCUTS).as_deref() != Some("off")
}

pub(crate) fn keep_shortcuts(on: bool) {
    set(SHORTCUTS, (!on).then_some("off"));
}

/// The stored cases, one for each bench, that of the last bench at the end and marked as untried. One that was restored
/// before and never drawn is set aside instead, so that it can't stop the page for ever.
pub(crate) fn restore() -> Vec<Case> {
    let last = get(LAST).unwrap_or_default();
    if get(UNTRIED).is_some() {
        set(SET_ASIDE, get(&of(&last)).as_deref());
        set(&of(&last), None);
        set(UNTRIED, None);
    }
    let others = BENCHES.into_iter().map(|bench| bench.id).filter(|id| *id != last);
    let mut cases: Vec<_> = others.filter_map(|id| get(&of(id))).filter_map(|text| read(&text)).collect();
    cases.extend(get(&of(&last)).and_then(|text| untried(&text)));
    cases
}

/// Whether a case is set aside.
pub(crate) fn is_set_aside() -> bool {
    get(SET_ASIDE).is_some()
}

/// The case that was set aside, marked as untried.
pub(crate) fn bring_back() -> Option<Case> {
    let case = untried(&get(SET_ASIDE)?)?;
    keep_text(&case);
    discard();
    // Kept as the last one, so that it is set aside again if it stops the page again.
    set(UNTRIED, Some("1"));
    Some(case)
}

/// Forgets the case that was set aside.
pub(crate) fn discard() {
    set(SET_ASIDE, None);
}

/// The key of a bench's case.
fn of(bench: &str) -> String {
    format!("{CASE}.{bench}")
}

fn read(text: &str) -> Option<Case> {
    json::case(serde_json::from_str(text).ok()?)
}

fn untried(text: &str) -> Option<Case> {
    let case = read(text)?;
    set(UNTRIED, Some("1"));
    Some(case)
}

/// Bytes of documents from which on keeping them waits until nothing else is to be done.
const LONG: usize = 1 << 16;

/// Keeps a case that was answered and drawn, unless it holds a private key or a token.
pub(crate) fn keep(case: &Rc<Case>) {
    set(UNTRIED, None);
    if case.documents().iter().map(|(_, text)| text.len()).sum::<usize>() > LONG {
        let case = Rc::clone(case);
        bridge::when_idle(Closure::once_into_js(move || keep_harmless(&case)));
    } else {
        keep_harmless(case);
    }
}

fn keep_harmless(case: &Case) {
    // Whatever stands where a token belongs is one, also if it can't be read.
    if case.documents().iter().any(|(name, text)| *name == admit_core::session::TOKEN || holds_secret(text)) {
        return;
    }
    keep_text(case);
}

fn keep_text(case: &Case) {
    let bench = Bench::of(case.kind()).id;
    set(LAST, Some(bench));
    set(&of(bench), Some(&case.to_json()));
}
