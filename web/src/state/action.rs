//! What can happen.

use admit_core::{Case, Fix, Span};

use super::{Dialog, Theme, Trouble};
use crate::bench::{Bench, Control};
use crate::example::Example;
use crate::recognise::Place;
use crate::reply::Reply;
use crate::rules::Rule;

/// What can happen.
#[derive(Debug, Clone, PartialEq)]
pub enum Action {
    /// Somebody types into a long document; what it holds then comes when typing rests.
    Typing,
    /// Somebody typed into a document.
    Typed(&'static str, String),
    /// A text came whole, by paste or drop, and takes the place of what is there.
    Placed(Place, String),
    /// A document was emptied.
    Cleared(&'static str),
    /// An artefact is wanted, empty at first.
    Added,
    /// A document got another name.
    Renamed(&'static str, String),
    /// A document is no longer wanted.
    Removed(&'static str),
    /// The policy was typed as JSON.
    Policy(String),
    /// The policy that the engine made of the artefacts is wanted, as JSON.
    Starter(String),
    /// The instant was typed or chosen.
    At(String),
    /// Something was chosen in a control.
    Chosen(&'static Control, String),
    /// Another bench is wanted.
    Bench(&'static Bench),
    /// What was stored came back.
    Restored(Box<Case>),
    /// What a first visit shows came.
    First(Example),
    /// The gallery came.
    Examples(Vec<Example>),
    /// The catalog of rules came.
    Rules(Vec<Rule>),
    /// An example is wanted, by its id.
    Example(String),
    /// A fix was chosen.
    Fixed(Fix),
    /// Take the last change back.
    Undo,
    /// Make it again.
    Redo,
    /// The engine answered a revision.
    Answered(u32, Box<Reply>),
    /// The engine did not answer a revision.
    Failed(u32, Trouble),
    /// Ask again.
    Again,
    /// Go to a place.
    Go(Span),
    /// Point at a place, or no more.
    Point(Option<Span>),
    /// Open a dialog, or close it.
    Open(Option<Dialog>),
    /// Choose the colours.
    Theme(Theme),
    /// Switch shortcuts on or off.
    Shortcuts(bool),
    /// Say something, or be silent.
    Say(Option<String>),
}
