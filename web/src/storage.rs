//! What stays in this browser: the theme, the shortcuts, and the case that was typed. Never a private key.

use admit_core::Case;
use web_sys::Storage;

use crate::recognise::holds_private_key;
use crate::state::Theme;

const THEME: &str = "admit.theme";
const SHORTCUTS: &str = "admit.shortcuts";
const CASE: &str = "admit.case";
/// There while a restored case has not been answered and drawn: it may be what stopped the page.
const UNTRIED: &str = "admit.untried";

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

/// What was stored.
pub(crate) enum Stored {
    /// Nothing.
    Nothing,
    /// A case, now marked as untried.
    Case(Box<Case>),
    /// A case that was restored once and never drawn: it is not restored by itself again.
    SetAside,
}

pub(crate) fn restore() -> Stored {
    if get(UNTRIED).is_some() {
        return if get(CASE).is_some() { Stored::SetAside } else { Stored::Nothing };
    }
    bring_back()
}

/// The stored case, whether or not it was set aside.
pub(crate) fn bring_back() -> Stored {
    match get(CASE).and_then(|json| Case::from_json(&json).ok()) {
        Some(case) => {
            set(UNTRIED, Some("1"));
            Stored::Case(Box::new(case))
        }
        None => Stored::Nothing,
    }
}

/// Keeps a case that was answered and drawn, unless it holds a private key.
pub(crate) fn keep(case: &Case) {
    set(UNTRIED, None);
    if case.documents().iter().any(|(_, text)| holds_private_key(text)) {
        return;
    }
    set(CASE, Some(&case.to_json()));
}
