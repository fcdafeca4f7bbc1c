//! Files and texts that people paste, drop or open, on their way into the case.

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
