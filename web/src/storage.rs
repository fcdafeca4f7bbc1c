//! What stays in this browser: the theme, the shortcuts, and the case that was typed. Never a private key.

use admit_core::Case;
use web_sys::Storage;

use crate::json;
use crate::recognise::holds_private_key;
use crate::state::Theme;

const THEME: &str = "admit.theme";
const SHORTCUTS: &str = "admit.shortcuts";
const CASE: &str = "admit.case";
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

/// The stored case, marked as untried. One that was restored before and never drawn is set aside instead, so that it
/// can't stop the page for ever.
pub(crate) fn restore() -> Option<Box<Case>> {
    if get(UNTRIED).is_some() {
        set(SET_ASIDE, get(CASE).as_deref());
        set(CASE, None);
        set(UNTRIED, None);
    }
    read(CASE)
}

/// Whether a case is set aside.
pub(crate) fn is_set_aside() -> bool {
    get(SET_ASIDE).is_some()
}

/// The case that was set aside, marked as untried.
pub(crate) fn bring_back() -> Option<Box<Case>> {
    set(CASE, get(SET_ASIDE).as_deref());
    discard();
    read(CASE)
}

/// Forgets the case that was set aside.
pub(crate) fn discard() {
    set(SET_ASIDE, None);
}

fn read(key: &str) -> Option<Box<Case>> {
    let case = get(key).and_then(|text| json::case(serde_json::from_str(&text).ok()?))?;
    set(UNTRIED, Some("1"));
    Some(Box::new(case))
}

/// Keeps a case that was answered and drawn, unless it holds a private key.
pub(crate) fn keep(case: &Case) {
    set(UNTRIED, None);
    if case.documents().iter().any(|(_, text)| holds_private_key(text)) {
        return;
    }
    set(CASE, Some(&case.to_json()));
}
