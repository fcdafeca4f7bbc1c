//! Files and texts that people paste, drop or open, on their way into the case.

use admit_core::enclave::{Measuring, SgxsFacts};
use wasm_bindgen_futures::JsFuture;
use web_sys::{File, FileList};
use yew::Callback;

use crate::bench::{Bench, artefact};
use crate::decode::{FILE_BYTES, Unfit, decode};
use crate::recognise::{Place, recognise};
use crate::state::Action;
use crate::text;

/// Reads files and puts each where it belongs on the bench: by its content, or, where that does not say, at `here`.
/// Several files of a document that joins them come together.
pub(crate) fn take(files: &FileList, bench: &'static Bench, here: Option<&'static str>, tell: Callback<Action>) {
    let files: Vec<File> = (0..files.length()).filter_map(|at| files.item(at)).collect();
    wasm_bindgen_futures::spawn_local(async move {
        let mut joined: Vec<(&'static str, String)> = Vec::new();
        let mut complaints = Vec::new();
        let mut names = Vec::new();
        for file in files {
            let name = file.name();
            // Too large for a text field, and measured in pieces: what it says takes its place.
            if bench.has_artefacts() && is_stream(&file).await {
                match measure(&file).await {
                    Ok(facts) => {
                        if let Some(document) = artefact::document(&name_among(&mut names, &name)) {
                            let text = facts.to_artefact();
                            tell.emit(Action::Placed(Place::Document(document), text));
                        }
                    }
                    Err(why) => complaints.push(text::not_measured(&name, &why)),
                }
                continue;
            }
            let read = match read(&file).await {
                Ok(read) => read,
                Err(why) => {
                    complaints.push(text::unfit(&name, why));
                    continue;
                }
            };
            let somewhere = here.or(bench.panes.last().map(|pane| pane.document)).map(Place::Document);
            let place = match recognise(bench, here, &read).or(somewhere) {
                // A file brings its name; dropped again, it takes the place of what it was.
                Some(Place::New(_)) => artefact::document(&name_among(&mut names, &name)).map(Place::Document),
                place => place,
            };
            match place {
                Some(Place::Document(document)) if bench.pane(document).is_some_and(|pane| pane.joins) => {
                    if !joined.iter().any(|(known, _)| *known == document) {
                        joined.push((document, String::new()));
                    }
                    for (_, text) in joined.iter_mut().filter(|(known, _)| *known == document) {
                        text.push_str(&read);
                        if !text.ends_with('\n') {
                            text.push('\n');
                        }
                    }
                }
                Some(place) => tell.emit(Action::Placed(place, read)),
                None => {}
            }
        }
        for (document, text) in joined {
            tell.emit(Action::Placed(Place::Document(document), text));
        }
        if !complaints.is_empty() {
            tell.emit(Action::Say(Some(complaints.join("; "))));
        }
    });
}

/// The name of a file, numbered where another of the same drop has it.
fn name_among(names: &mut Vec<String>, name: &str) -> String {
    let mut own = name.to_owned();
    let mut number = 1_u32;
    while names.contains(&own) {
        number = number.saturating_add(1);
        own = format!("{name}-{number}");
    }
    names.push(own.clone());
    own
}

/// Bytes of a piece: some milliseconds of hashing.
const PIECE: f64 = (1 << 19) as f64;

/// A part of a file. Reading it gives the browser its turn.
async fn piece(file: &File, from: f64, to: f64) -> Option<Vec<u8>> {
    let part = file.slice_with_f64_and_f64(from, to).ok()?;
    let buffer = JsFuture::from(part.array_buffer()).await.ok()?;
    Some(js_sys::Uint8Array::new(&buffer).to_vec())
}

/// Whether a file is an SGXS stream as bytes.
async fn is_stream(file: &File) -> bool {
    piece(file, 0.0, 8.0).await.is_some_and(|begin| begin == b"ECREATE\0")
}

/// Measures a stream, however long it is, without ever holding more than a piece of it.
async fn measure(file: &File) -> Result<SgxsFacts, String> {
    let mut measuring = Measuring::default();
    let mut at = 0.0;
    while at < file.size() {
        let bytes = piece(file, at, at + PIECE).await.ok_or_else(|| text::UNREADABLE.to_owned())?;
        measuring.feed(&bytes)?;
        at += PIECE;
    }
    measuring.finish()
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
