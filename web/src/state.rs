//! The state of the page. No browser type, no clock, no storage.

use std::collections::BTreeMap;
use std::rc::Rc;

use admit_core::{Case, Error, Kind, Report, Span, Time};

use crate::bench::{BENCHES, Bench};
use crate::example::Example;
use crate::instant;
use crate::rules::Rule;

mod action;
mod history;
mod reduce;
mod theme;

pub use action::Action;
pub use history::History;
pub use theme::Theme;

/// Everything that the page shows.
#[derive(Debug, Clone, PartialEq)]
pub struct State {
    /// The bench.
    pub bench: &'static Bench,
    /// What was left on other benches.
    pub aside: BTreeMap<Kind, Rc<Case>>,
    /// What is asked. Texts in it are as they were typed or pasted.
    pub case: Rc<Case>,
    /// The instant as it was typed; `case.at` is the last one that could be read.
    pub at: String,
    /// The policy as it was typed as JSON, since the case came; the case has the last one that could be read.
    pub policy: Option<Typed>,
    /// Whether a field holds more than the case does: somebody types into a long document.
    pub typing: bool,
    /// Counts the changes of the case: an answer belongs to one.
    pub revision: u32,
    /// The last report, and the revision that it answers.
    pub answer: Option<(u32, Rc<Report>)>,
    /// Why there is no report for a revision.
    pub trouble: Option<(u32, Trouble)>,
    /// A pasted case that this page could not read: the engine is asked about it instead of [`State::case`].
    pub pasted: Option<Rc<str>>,
    /// What can be taken back.
    pub history: History,
    /// The gallery, once it is there.
    pub examples: Rc<[Example]>,
    /// What the catalog says of the rules, once it is there.
    pub rules: Rc<[Rule]>,
    /// The example that is shown, until it is changed.
    pub example: Option<String>,
    /// The example to show as soon as the gallery is there.
    pub wanted: Option<String>,
    /// The open dialog.
    pub dialog: Option<Dialog>,
    /// The colours.
    pub theme: Theme,
    /// Whether single keys are shortcuts.
    pub shortcuts: bool,
    /// A sentence about the last thing that was done.
    pub notice: Option<String>,
    /// A place that was clicked, numbered so that clicking it again goes there again.
    pub gone: Option<(u32, Span)>,
    /// A place that is pointed at.
    pub pointed: Option<Span>,
}

/// A policy as it was typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Typed {
    /// The text.
    pub text: String,
    /// Why it is no policy.
    pub error: Option<Error>,
}

/// Why there is no report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Trouble {
    /// The case itself could not be read.
    Unreadable(Box<Error>),
    /// The engine stopped; it was started anew.
    Stopped(String),
    /// Page and engine are of different versions.
    Versions,
}

/// The dialogs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Dialog {
    /// The gallery.
    Examples,
    /// The legend of the keyboard, and what the page promises.
    Help,
}

impl State {
    /// The empty page. `now` is shown as the instant of the case.
    pub fn new(now: Time) -> Self {
        let bench = BENCHES[0];
        Self {
            bench,
            aside: BTreeMap::new(),
            case: Rc::new(bench.case(now)),
            at: instant::write(now),
            policy: None,
            typing: false,
            revision: 0,
            answer: None,
            trouble: None,
            pasted: None,
            history: History::default(),
            examples: Rc::default(),
            rules: Rc::default(),
            example: None,
            wanted: None,
            dialog: None,
            theme: Theme::System,
            shortcuts: true,
            notice: None,
            gone: None,
            pointed: None,
        }
    }

    /// The text of a document.
    pub fn document(&self, name: &str) -> &str {
        let documents = self.case.documents();
        documents.into_iter().find(|(known, _)| known == name).map_or("", |(_, text)| text)
    }

    /// Whether nothing was typed or pasted.
    pub fn is_blank(&self) -> bool {
        self.case.documents().is_empty()
    }

    /// Whether the instant, as typed, can be read.
    pub fn at_is_readable(&self) -> bool {
        instant::read(&self.at).is_some()
    }

    /// Whether the policy, as typed, can be read.
    pub fn policy_is_readable(&self) -> bool {
        self.policy.as_ref().is_none_or(|typed| typed.error.is_none())
    }

    /// Whether the report answers what is shown.
    pub fn is_current(&self) -> bool {
        !self.typing
            && self.at_is_readable()
            && self.policy_is_readable()
            && self.answer.as_ref().is_some_and(|(revision, _)| *revision == self.revision)
    }

    /// What keeps the engine from answering what is shown.
    pub fn trouble(&self) -> Option<&Trouble> {
        self.trouble.as_ref().filter(|(revision, _)| *revision == self.revision).map(|(_, trouble)| trouble)
    }
}
