//! The address: which bench, and which example. Nothing that was typed is ever in it.

use wasm_bindgen::JsValue;

/// The fragment of the address, with its `#`.
pub(crate) fn fragment() -> String {
    web_sys::window().and_then(|window| window.location().hash().ok()).unwrap_or_default()
}

/// Shows a path in the fragment, without a new entry in the browser's history.
pub(crate) fn show(path: &str) {
    let fragment = format!("#{path}");
    if fragment == self::fragment() {
        return;
    }
    if let Some(history) = web_sys::window().and_then(|window| window.history().ok()) {
        // A document without an address of its own (a file of a sandbox) refuses: then the address stays.
        let _ = history.replace_state_with_url(&JsValue::NULL, "", Some(&fragment));
    }
}
