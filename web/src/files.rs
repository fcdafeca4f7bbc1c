//! Files and texts that people paste, drop or open, on their way into the case.

use wasm_bindgen_futures::JsFuture;
use web_sys::{File, FileList};
use yew::Callback;

use crate::decode::{FILE_BYTES, Unfit, decode};
use crate::recognise::{Place, recognise};
use crate::state::Action;
use crate::text;

/// Reads files and puts each where it belongs: by its content, or, where that does not say, at `here`. Certificates
/// of several files come together.
pub(crate) fn take(files: &FileList, here: Option<Place>, tell: Callback<Action>) {
    let files: Vec<File> = (0..files.length()).filter_map(|at| files.item(at)).collect();
    wasm_bindgen_futures::spawn_local(async move {
        let mut certificates = String::new();
        let mut complaints = Vec::new();
        for file in files {
            let name = file.name();
            match read(&file).await {
                Ok(read) => match recognise(&read).or(here).unwrap_or(Place::Certificates) {
                    Place::Certificates => {
                        certificates.push_str(&read);
                        if !certificates.ends_with('\n') {
                            certificates.push('\n');
                        }
                    }
                    place => tell.emit(Action::Placed(place, read)),
                },
                Err(why) => complaints.push(text::unfit(&name, why)),
            }
        }
        if !certificates.is_empty() {
            tell.emit(Action::Placed(Place::Certificates, certificates));
        }
        if !complaints.is_empty() {
            tell.emit(Action::Say(Some(complaints.join("; "))));
        }
    });
}

async fn read(file: &File) -> Result<String, Unfit> {
    if file.size() > FILE_BYTES as f64 {
        return Err(Unfit::TooLong);
    }
    let buffer = JsFuture::from(file.array_buffer()).await.map_err(|_| Unfit::Unknown)?;
    decode(&js_sys::Uint8Array::new(&buffer).to_vec())
}

/// The text of a file beside the page, or nothing where there is none.
pub(crate) async fn fetch(url: &str) -> Option<String> {
    let response = JsFuture::from(web_sys::window()?.fetch_with_str(url)).await.ok()?;
    let response: web_sys::Response = wasm_bindgen::JsCast::dyn_into(response).ok()?;
    if !response.ok() {
        return None;
    }
    JsFuture::from(response.text().ok()?).await.ok()?.as_string()
}
