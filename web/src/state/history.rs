//! What was changed as a whole, and can be taken back.

use std::rc::Rc;

use admit_core::Case;

/// Changes that are remembered; more than anybody takes back, few enough to hold large manifests.
const CHANGES: usize = 50;

/// Cases before and after the one that is shown. Nothing that was typed is lost by going back: where one goes from is
/// kept on the other side.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct History {
    past: Vec<Change>,
    future: Vec<Change>,
}

/// A change, with the case on its other side.
#[derive(Debug, Clone, PartialEq)]
struct Change {
    label: Rc<str>,
    case: Rc<Case>,
}

impl History {
    /// What an undo takes back.
    pub fn undoes(&self) -> Option<&str> {
        self.past.last().map(|change| &*change.label)
    }

    /// What a redo makes again.
    pub fn redoes(&self) -> Option<&str> {
        self.future.last().map(|change| &*change.label)
    }

    /// Remembers the case before a change.
    pub(super) fn push(&mut self, label: &str, before: Rc<Case>) {
        if self.past.len() == CHANGES {
            self.past.remove(0);
        }
        self.past.push(Change { label: label.into(), case: before });
        self.future.clear();
    }

    /// The case before the last change; `shown` is kept for [`History::redo`].
    pub(super) fn undo(&mut self, shown: Rc<Case>) -> Option<Rc<Case>> {
        let change = self.past.pop()?;
        self.future.push(Change { label: change.label, case: shown });
        Some(change.case)
    }

    /// The case after the change that was taken back last; `shown` is kept for [`History::undo`].
    pub(super) fn redo(&mut self, shown: Rc<Case>) -> Option<Rc<Case>> {
        let change = self.future.pop()?;
        self.past.push(Change { label: change.label, case: shown });
        Some(change.case)
    }
}
