//! The one function that changes the state, action by action.

use std::rc::Rc;

use admit_core::{Case, Question, enclave};

use super::{Action, History, State, Trouble, Typed};
use crate::bench::{Bench, artefact};
use crate::example::Example;
use crate::recognise::Place;
use crate::reply::Reply;
use crate::{instant, json, text};

impl State {
    /// The state after an action.
    #[must_use]
    pub fn reduce(mut self, action: Action) -> Self {
        match action {
            Action::Typing => self.typing = true,
            // Typed and taken back before it rested.
            Action::Typed(document, text) if self.typing && self.document(document) == text => self.typing = false,
            Action::Typed(document, text) => self.edit(|case| put(case, document, text)),
            Action::Placed(Place::Case, text) => match serde_json::from_str(&text).ok().and_then(json::case) {
                Some(case) => self.replace(text::change::CASE, case),
                // The engine says where and why.
                None => {
                    self.revision += 1;
                    self.pasted = Some(text.into());
                }
            },
            Action::Placed(Place::Document(document), text) => self.place(text::change::REPLACED, document, text),
            Action::Placed(Place::New(like), text) => self.add(like, text),
            Action::Placed(Place::Elsewhere(bench, document), text) => {
                let left = self.aside.remove(&bench.kind).map(Rc::unwrap_or_clone);
                let mut case = left.unwrap_or_else(|| bench.case(self.case.at));
                put(&mut case, document, text);
                self.replace(text::change::REPLACED, case);
            }
            Action::Added => self.add(artefact::name_of(""), String::new()),
            Action::Renamed(document, name) => self.edit(|case| artefact::rename(case, document, &name)),
            Action::Removed(document) => {
                let mut case = Case::clone(&self.case);
                artefact::remove(&mut case, document);
                self.exchange(text::change::REMOVED, case);
            }
            Action::Policy(text) => self.set_policy(text),
            Action::Starter(text) => {
                // With a way back, as everything that comes whole.
                self.history.push(text::change::POLICY, Rc::clone(&self.case));
                self.set_policy(text);
                self.policy = None;
            }
            Action::Cleared(document) => self.place(text::change::CLEARED, document, String::new()),
            Action::At(written) => {
                let time = instant::read(&written);
                self.at = written;
                if let Some(time) = time.filter(|time| *time != self.case.at) {
                    self.edit(|case| case.at = time);
                }
            }
            Action::Chosen(control, value) => self.edit(|case| (control.set)(case, &value)),
            Action::Bench(bench) => self.turn(bench),
            Action::Restored(case) => self.adopt(*case),
            Action::First(example) => {
                // Unless somebody was faster.
                if self.is_blank() && self.wanted.is_none() && self.bench.owns(&example.id) {
                    self.show_one(&example);
                }
            }
            Action::Examples(examples) => {
                self.examples = examples.into();
                match self.wanted.take() {
                    Some(id) => self.show(id),
                    // A first visit shows a worked case.
                    None if self.is_blank() => self.show_first(),
                    None => {}
                }
            }
            Action::Rules(rules) => self.rules = rules.into(),
            Action::Example(id) => self.show(id),
            Action::Fixed(fix) => {
                if let Some(case) = self.case.edited(&fix).filter(|_| self.is_current()) {
                    self.replace(&fix.title, case);
                }
            }
            Action::Undo => self.travel(History::undo),
            Action::Redo => self.travel(History::redo),
            Action::Answered(revision, reply) => self.answered(revision, *reply),
            Action::Failed(revision, trouble) => {
                if revision == self.revision {
                    self.trouble = Some((revision, trouble));
                }
            }
            Action::Again => self.revision += 1,
            Action::Go(span) => self.gone = Some((self.gone.as_ref().map_or(0, |(number, _)| number + 1), span)),
            Action::Point(span) => self.pointed = span,
            Action::Open(dialog) => self.dialog = dialog,
            Action::Theme(theme) => self.theme = theme,
            Action::Shortcuts(on) => self.shortcuts = on,
            Action::Say(notice) => self.notice = notice,
        }
        self
    }

    /// Changes the case without leaving a way back: the browser's own undo covers typing.
    fn edit(&mut self, change: impl FnOnce(&mut Case)) {
        change(Rc::make_mut(&mut self.case));
        self.revision += 1;
        self.typing = false;
        self.pasted = None;
        self.example = None;
        self.notice = None;
        self.pointed = None;
        self.gone = None;
    }

    /// Changes the case as a whole, with a way back.
    fn replace(&mut self, label: &str, case: Case) {
        if !self.is_blank() {
            self.history.push(label, Rc::clone(&self.case));
        }
        self.adopt(case);
    }

    /// Adds an artefact under a name that is free.
    fn add(&mut self, like: &str, text: String) {
        if let Some(document) = artefact::document(&artefact::free_name(&self.case, like)) {
            let mut case = Case::clone(&self.case);
            put(&mut case, document, text);
            self.exchange(text::change::ADDED, case);
        }
    }

    /// Changes the case as a whole and keeps the policy as it was typed.
    fn exchange(&mut self, label: &str, case: Case) {
        let typed = self.policy.take();
        self.replace(label, case);
        self.policy = typed;
    }

    /// Takes a policy if it can be read; what was typed stays either way.
    fn set_policy(&mut self, text: String) {
        let Question::Enclave(before, _) = &self.case.question else { return };
        let read = enclave::Policy::from_json(&text);
        let changed = read.as_ref().is_ok_and(|policy| policy != before);
        let error = match read {
            Ok(policy) if changed => {
                self.edit(|case| {
                    if let Question::Enclave(place, _) = &mut case.question {
                        *place = policy;
                    }
                });
                None
            }
            Ok(_) => None,
            Err(error) => Some(error),
        };
        self.policy = Some(Typed { text, error });
    }

    /// Shows a case as a whole, on its bench.
    fn adopt(&mut self, case: Case) {
        self.leave_for(Bench::of(case.kind()));
        self.at = instant::write(case.at);
        self.policy = None;
        self.edit(|before| *before = case);
    }

    /// Puts what is on the bench aside, if another is wanted. An answer of one bench is not shown on another.
    fn leave_for(&mut self, bench: &'static Bench) {
        if bench == self.bench {
            return;
        }
        if !self.is_blank() {
            self.aside.insert(self.bench.kind, Rc::clone(&self.case));
        }
        self.bench = bench;
        self.answer = None;
        self.trouble = None;
    }

    /// Turns to a bench: to what was left there, or to its first example.
    fn turn(&mut self, bench: &'static Bench) {
        if bench == self.bench {
            return;
        }
        match self.aside.remove(&bench.kind) {
            Some(case) => self.adopt(Rc::unwrap_or_clone(case)),
            None => {
                self.adopt(bench.case(self.case.at));
                self.show_first();
            }
        }
    }

    fn show_first(&mut self) {
        if let Some(first) = self.examples.iter().find(|example| self.bench.owns(&example.id)) {
            self.show(first.id.clone());
        }
    }

    fn place(&mut self, label: &str, document: &str, text: String) {
        let mut case = Case::clone(&self.case);
        put(&mut case, document, text);
        self.exchange(label, case);
    }

    fn show(&mut self, id: String) {
        match self.examples.iter().find(|example| example.id == id).cloned() {
            Some(example) => self.show_one(&example),
            // Not there yet: the gallery is still on its way.
            None => self.wanted = Some(id).filter(|_| self.examples.is_empty()),
        }
    }

    fn show_one(&mut self, example: &Example) {
        if let Some(case) = example.case() {
            self.replace(text::change::EXAMPLE, case);
            self.example = Some(example.id.clone());
            self.dialog = None;
        }
    }

    fn travel(&mut self, step: fn(&mut History, Rc<Case>) -> Option<Rc<Case>>) {
        if let Some(case) = step(&mut self.history, Rc::clone(&self.case)) {
            self.adopt(Rc::unwrap_or_clone(case));
        }
    }

    /// Takes an answer, unless a newer one is there. An answer to an older revision is better than none: it is dimmed.
    fn answered(&mut self, revision: u32, reply: Reply) {
        if self.answer.as_ref().is_some_and(|(newest, _)| *newest >= revision) {
            return;
        }
        match reply {
            Reply::Unreadable(error) if self.pasted.is_some() && revision == self.revision => {
                self.pasted = None;
                self.notice = Some(error.to_string());
                // What the fields hold is asked about again.
                self.revision += 1;
            }
            Reply::Report(_) if self.pasted.is_some() && revision == self.revision => {
                self.trouble = Some((revision, Trouble::Versions));
            }
            // Of the bench that was left.
            Reply::Report(report) if report.kind != self.case.kind() => {}
            Reply::Report(report) => {
                self.answer = Some((revision, Rc::from(report)));
                self.trouble = self.trouble.take().filter(|(failed, _)| *failed > revision);
            }
            Reply::Unreadable(error) if revision == self.revision => {
                self.trouble = Some((revision, Trouble::Unreadable(error)));
            }
            Reply::Unreadable(_) => {}
        }
    }
}

fn put(case: &mut Case, document: &str, text: String) {
    if artefact::put(case, document, &text) {
        return;
    }
    if let Some(place) = case.document_mut(document) {
        *place = text;
    }
}

#[cfg(test)]
mod tests;
