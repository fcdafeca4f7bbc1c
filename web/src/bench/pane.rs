//! Panes: the documents of a case as text fields.

use super::Control;

/// A document of the case, and how it is shown.
#[derive(Debug)]
pub struct Pane {
    /// Its name in the case: `policy.manifest`.
    pub document: &'static str,
    /// The id of its field.
    pub id: &'static str,
    /// Its label.
    pub label: &'static str,
    /// What it is called inside a sentence: "manifest, line 5".
    pub noun: &'static str,
    /// What to put there.
    pub hint: &'static str,
    /// The key that leads there.
    pub key: Option<&'static str>,
    /// Whether it gets most of the room.
    pub tall: bool,
    /// Whether several files make one text.
    pub joins: bool,
    /// Whether a text belongs here by what it says of itself. Without this, the pane keeps whatever is put there, and
    /// nothing comes by itself.
    pub recognise: Option<fn(&str) -> bool>,
}

/// Panes and controls that are folded until they are needed.
#[derive(Debug)]
pub struct Fold {
    /// Its label.
    pub label: &'static str,
    /// Its panes.
    pub panes: &'static [Pane],
    /// Its controls.
    pub controls: &'static [Control],
}
