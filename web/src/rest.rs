//! The rest of this module: what a first visit does not draw is parted off after it is built (`web/finish/divide.mjs`) and
//! comes later (`web/js/rest.js`).

use wasm_bindgen::prelude::*;

#[wasm_bindgen(module = "/js/rest.js")]
extern "C" {
    fn begin(exports: JsValue);
    /// Wants the rest: when nothing else is to be done, or now. What stands in the place of its functions calls it too.
    #[wasm_bindgen(js_name = restOfPage)]
    fn rest(now: bool);
}

/// Says where the rest is linked to: before anything of it is called.
pub(crate) fn start() {
    begin(wasm_bindgen::exports());
}

/// Fetches the rest when nothing else is to be done.
pub(crate) fn fetch() {
    rest(false);
}
