//! The reducer, action by action.

use admit_core::fabric::{CERTIFICATES, MANIFEST};

use super::*;
use crate::sample;
use crate::state::*;

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

fn of(id: &str, case: &Case) -> Example {
    Example::new(id, serde_json::from_str(&case.to_json()).expect("JSON")).expect("a case")
}

fn example(id: &str, manifest: &str) -> Example {
    let mut case = sample::case();
    put(&mut case, MANIFEST, manifest.to_owned());
    of(id, &case)
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
fn what_is_being_typed_is_not_answered_yet() {
    let state = answered(shown());
    let text = state.document(MANIFEST).to_owned();
    let typing = state.clone().reduce(Action::Typing);
    assert!(!typing.is_current() && typing.revision == state.revision);
    let fix = sample::report().findings[0].fixes[0].clone();
    assert_eq!(typing.clone().reduce(Action::Fixed(fix)).case, state.case, "a fix waits for what is typed");
    // Taken back before it was read: the answer is still the answer.
    assert_eq!(typing.clone().reduce(Action::Typed(MANIFEST, text)), state);
    let typed = typing.reduce(Action::Typed(MANIFEST, "<b/>".to_owned()));
    assert_eq!((typed.typing, typed.revision, typed.document(MANIFEST)), (false, state.revision + 1, "<b/>"));
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
fn what_a_first_visit_shows_comes_alone() {
    let one = example("peer/one", "<one/>");
    let state = blank().reduce(Action::First(one.clone()));
    assert_eq!((state.document(MANIFEST), state.example.as_deref()), ("<one/>", Some("peer/one")));
    let whole = state.clone().reduce(Action::Examples(vec![example("peer/zero", "<zero/>"), one.clone()]));
    assert_eq!(whole.case, state.case, "the gallery changes nothing that is shown");
    let typed = blank().reduce(Action::Typed(MANIFEST, "<mine/>".to_owned())).reduce(Action::First(one.clone()));
    assert_eq!(typed.document(MANIFEST), "<mine/>");
    let wanted = blank().reduce(Action::Example("peer/two".to_owned())).reduce(Action::First(one));
    assert!(wanted.is_blank());
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
fn documents_that_are_not_placed_are_kept() {
    let mut case = sample::case();
    case.trust.roots = "none".to_owned();
    let state = blank().reduce(Action::Restored(Box::new(case)));
    let state = state.reduce(Action::Placed(Place::Document(MANIFEST), "<a/>".to_owned()));
    assert_eq!(state.document("trust.roots"), "none");
}

#[test]
fn going_to_the_same_place_twice_goes_twice() {
    let span = sample::report().findings[0].span.clone().expect("a place");
    let once = shown().reduce(Action::Go(span.clone()));
    let twice = once.clone().reduce(Action::Go(span));
    assert_ne!(once.gone, twice.gone);
}

#[test]
fn a_control_changes_what_is_asked() {
    let state = answered(shown());
    let control = state.bench.controls.iter().find(|control| control.id == "platform").expect("a control");
    let chosen = state.reduce(Action::Chosen(control, "linux".to_owned()));
    assert_eq!(((control.get)(&chosen.case), chosen.is_current()), ("linux".into(), false));
}

#[test]
fn benches_keep_what_was_left_on_them() {
    let state = answered(shown());
    let before = Rc::clone(&state.case);
    let revision = state.revision;
    let chain = Bench::of(Kind::Chain);
    let state = state.reduce(Action::Bench(chain));
    assert_eq!((state.bench, state.is_blank(), state.answer.is_none()), (chain, true, true));

    let late = Reply::Report(Box::new(sample::report()));
    let state = state.reduce(Action::Answered(revision, Box::new(late)));
    assert_eq!(state.answer, None, "an answer of the bench that was left");

    let state = state.reduce(Action::Typed("trust.roots", "none".to_owned()));
    let state = state.reduce(Action::Bench(Bench::of(Kind::Peer)));
    assert_eq!(state.case, before);
    assert_eq!(state.reduce(Action::Bench(chain)).document("trust.roots"), "none");
}

#[test]
fn a_case_of_another_kind_turns_to_its_bench() {
    let chain = Bench::of(Kind::Chain);
    let mut case = chain.case(Time::from_unix(1));
    put(&mut case, "trust.roots", "none".to_owned());
    let example = of("chain/one", &case);
    let state = shown().reduce(Action::Examples(vec![example.clone()]));
    assert_eq!(state.bench.kind, Kind::Peer);
    let opened = state.clone().reduce(Action::Example("chain/one".to_owned()));
    assert_eq!((opened.bench, opened.case.at), (chain, case.at));
    assert_eq!(opened.reduce(Action::Undo).bench.kind, Kind::Peer);

    let first = state.reduce(Action::Bench(chain));
    assert_eq!(first.example.as_deref(), Some("chain/one"), "a bench that was never used shows a worked case");
    let pasted = shown().reduce(Action::Placed(Place::Case, case.to_json()));
    assert_eq!(pasted.bench, chain);
}

/// A case of the bench of enclaves with an artefact.
fn of_enclave() -> State {
    let bench = BENCHES.into_iter().find(|bench| bench.id == "enclave").expect("the bench");
    blank().reduce(Action::Bench(bench)).reduce(Action::Placed(Place::New("run"), "docker run a/b".to_owned()))
}

#[test]
fn artefacts_are_added_named_and_removed() {
    let state = of_enclave();
    assert_eq!(state.document("subject.artefacts.run"), "docker run a/b");
    let state = state.reduce(Action::Placed(Place::New("run"), "docker run c/d".to_owned()));
    assert_eq!(state.document("subject.artefacts.run-2"), "docker run c/d");
    let second = artefact::document("run-2").expect("an artefact");
    let state = state.reduce(Action::Renamed(second, "other".to_owned()));
    assert_eq!(state.document("subject.artefacts.other"), "docker run c/d");
    let other = artefact::document("other").expect("an artefact");
    let state = state.reduce(Action::Removed(other));
    assert_eq!(state.document("subject.artefacts.other"), "");
    assert_eq!(state.history.undoes(), Some(text::change::REMOVED));
    assert_eq!(state.reduce(Action::Undo).document("subject.artefacts.other"), "docker run c/d");
}

#[test]
fn a_policy_that_is_none_stays_and_decides_nothing() {
    let state = of_enclave().reduce(Action::Policy("{ \"debug\": true }".to_owned()));
    let debug = |state: &State| match &state.case.question {
        Question::Enclave(policy, _) => policy.debug,
        _ => false,
    };
    assert!(debug(&state) && state.policy_is_readable());
    let state = state.reduce(Action::Policy("{ \"debg\": false }".to_owned()));
    assert!(debug(&state) && !state.policy_is_readable() && !state.is_current());
    let help = state.policy.as_ref().and_then(|typed| typed.error.as_ref()).and_then(|error| error.help.clone());
    assert!(help.is_some_and(|help| help.contains("debug")));
    // An artefact that comes keeps what was typed; a case that comes brings its own.
    let state = state.reduce(Action::Placed(Place::New("run"), "docker run e/f".to_owned()));
    assert!(!state.policy_is_readable());
    let state = state.reduce(Action::Starter("{ \"debug\": false }".to_owned()));
    assert!(!debug(&state) && state.policy.is_none());
    assert_eq!(state.history.undoes(), Some(text::change::POLICY));
}
