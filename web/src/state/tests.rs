//! The reducer, action by action.

use super::*;
use crate::sample;

fn blank() -> State {
    State::new(Time::from_unix(0))
}

fn shown() -> State {
    blank().reduce(Action::Restored(Box::new(sample::case())))
}

fn answered(state: State) -> State {
    let revision = state.revision;
    state.reduce(Action::Answered(revision, Box::new(Reply::Report(Box::new(sample::report())))))
}

fn example(id: &str, manifest: &str) -> Example {
    let mut case = sample::case();
    put(&mut case, MANIFEST, manifest.to_owned());
    Example { id: id.to_owned(), case }
}

#[test]
fn typing_makes_the_answer_old_and_keeps_it() {
    let state = answered(shown());
    assert!(state.is_current());
    let state = state.reduce(Action::Typed(MANIFEST, "<a/>".to_owned()));
    assert_eq!(state.document(MANIFEST), "<a/>");
    assert!(!state.is_current());
    assert!(state.answer.is_some());
    assert!(answered(state).is_current());
}

#[test]
fn stale_answers_are_dropped() {
    let state = answered(shown());
    let newest = state.revision;
    let report = Report { summary: "old".to_owned(), ..sample::report() };
    let state = state.reduce(Action::Answered(newest - 1, Box::new(Reply::Report(Box::new(report)))));
    assert_eq!(state.answer.map(|(revision, report)| (revision, report.summary == "old")), Some((newest, false)));
}

#[test]
fn a_failure_belongs_to_its_revision() {
    let state = shown();
    let revision = state.revision;
    let old = state.clone().reduce(Action::Failed(revision - 1, Trouble::Versions));
    assert_eq!(old.trouble(), None);
    let state = state.reduce(Action::Failed(revision, Trouble::Stopped("trap".to_owned())));
    assert_eq!(state.trouble(), Some(&Trouble::Stopped("trap".to_owned())));
    let typed = state.clone().reduce(Action::Typed(MANIFEST, String::new()));
    assert_eq!(typed.trouble(), None);
    let again = state.reduce(Action::Again);
    assert_eq!((again.trouble(), again.revision), (None, revision + 1));
    assert_eq!(answered(again).trouble, None);
}

#[test]
fn a_fix_is_applied_and_taken_back() {
    let state = answered(shown());
    let before = Rc::clone(&state.case);
    let fix = sample::report().findings[0].fixes[0].clone();
    let fixed = state.reduce(Action::Fixed(fix.clone()));
    assert!(!fixed.document(MANIFEST).contains('\u{200e}'));
    assert_eq!(fixed.history.undoes(), Some(fix.title.as_str()));

    let stale = fixed.clone().reduce(Action::Fixed(fix));
    assert_eq!(stale, fixed, "a fix of an old report is not applied to another text");

    let undone = fixed.clone().reduce(Action::Undo);
    assert_eq!(undone.case, before);
    assert_eq!(undone.reduce(Action::Redo).case, fixed.case);
}

#[test]
fn undo_loses_nothing_that_was_typed_since() {
    let state = answered(shown());
    let fix = sample::report().findings[0].fixes[0].clone();
    let typed = state.reduce(Action::Fixed(fix)).reduce(Action::Typed(CERTIFICATES, "typed".to_owned()));
    let back = typed.reduce(Action::Undo).reduce(Action::Redo);
    assert_eq!(back.document(CERTIFICATES), "typed");
}

#[test]
fn a_first_visit_shows_the_first_example() {
    let examples = vec![example("peer/one", "<one/>"), example("peer/two", "<two/>")];
    let state = blank().reduce(Action::Examples(examples.clone()));
    assert_eq!((state.document(MANIFEST), state.example.as_deref()), ("<one/>", Some("peer/one")));
    assert_eq!(state.history.undoes(), None, "there is nothing to go back to");

    let wanted = blank().reduce(Action::Example("peer/two".to_owned())).reduce(Action::Examples(examples.clone()));
    assert_eq!(wanted.document(MANIFEST), "<two/>");

    let typed = blank().reduce(Action::Typed(MANIFEST, "<mine/>".to_owned())).reduce(Action::Examples(examples));
    assert_eq!(typed.document(MANIFEST), "<mine/>");
}

#[test]
fn an_example_replaces_and_comes_back() {
    let state = shown().reduce(Action::Examples(vec![example("peer/one", "<one/>")]));
    let state = state.reduce(Action::Open(Some(Dialog::Examples))).reduce(Action::Example("peer/one".to_owned()));
    assert_eq!((state.document(MANIFEST), state.dialog), ("<one/>", None));
    let state = state.reduce(Action::Typed(MANIFEST, "<changed/>".to_owned()));
    assert_eq!(state.example, None);
    assert_eq!(state.reduce(Action::Undo).case, shown().case);
}

#[test]
fn an_unreadable_instant_keeps_the_last_and_says_so() {
    let state = answered(shown());
    let revision = state.revision;
    let state = state.reduce(Action::At("tomorrow".to_owned()));
    assert_eq!((state.at.as_str(), state.revision), ("tomorrow", revision));
    assert!(!state.at_is_readable() && !state.is_current());
    let state = state.reduce(Action::At("2030-01-01".to_owned()));
    assert_eq!(state.case.at.to_string(), "2030-01-01T00:00:00Z");
    assert_eq!(state.revision, revision + 1);
}

#[test]
fn a_pasted_case_that_cannot_be_read_changes_nothing_but_the_notice() {
    let state = shown();
    let after = state.clone().reduce(Action::Placed(Place::Case, r#"{ "admit": 1, "kind": "per" }"#.to_owned()));
    let asked = after.pasted.clone().expect("the engine is asked");
    let error = admit_core::Case::from_json(&asked).expect_err("not a case");
    let revision = after.revision;
    let after = after.reduce(Action::Answered(revision, Box::new(Reply::Unreadable(Box::new(error)))));
    assert!(after.notice.as_ref().is_some_and(|notice| notice.contains("expected a kind")), "{:?}", after.notice);
    assert_eq!(after.pasted, None);
    assert_eq!(after.revision, revision + 1, "what the fields hold is asked about again");
    assert_eq!(State { notice: None, revision: state.revision, ..after }, state);
}

#[test]
fn documents_beyond_the_two_fields_are_kept() {
    let mut case = sample::case();
    case.trust.roots = "none".to_owned();
    let state = blank().reduce(Action::Restored(Box::new(case)));
    let state = state.reduce(Action::Placed(Place::Manifest, "<a/>".to_owned()));
    assert_eq!(state.document("trust.roots"), "none");
}

#[test]
fn going_to_the_same_place_twice_goes_twice() {
    let span = sample::report().findings[0].span.clone().expect("a place");
    let once = shown().reduce(Action::Go(span.clone()));
    let twice = once.clone().reduce(Action::Go(span));
    assert_ne!(once.gone, twice.gone);
}
