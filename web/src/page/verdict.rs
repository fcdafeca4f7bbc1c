//! The verdict: in a word, in a sentence, and announced to those who listen.

use admit_core::fabric::{Cell, Connection};
use admit_core::{Answer, Finding, Report, Severity, Verdict};
use yew::prelude::*;

use super::Dispatch;
use super::mark::{mark, tone};
use super::place::place;
use super::prose::prose;
use crate::prose::each_once;
use crate::state::{Action, State, Trouble};
use crate::text;
use crate::text::ui;

/// The first thing that is read. It stays in sight while the rest scrolls.
pub(super) fn headline(dispatch: &Dispatch, state: &State) -> Html {
    if let Some(trouble) = state.trouble() {
        let dispatch = dispatch.clone();
        let again = Callback::from(move |_: MouseEvent| dispatch.dispatch(Action::Again));
        return html! {
            <section id="verdict" class="verdict trouble" tabindex="-1" aria-label={ui::VERDICT} role="alert"
                data-testid="verdict">
                <h2>{ ui::NO_VERDICT }</h2>
                <p class="summary">{ explain(trouble) }</p>
                <p class="actions"><button type="button" onclick={again}>{ ui::ASK_AGAIN }</button></p>
            </section>
        };
    }
    let Some((_, report)) = state.answer.as_ref().filter(|_| !state.is_blank()) else {
        let waiting = if state.is_blank() { state.bench.begin } else { "" };
        return html! {
            <section id="verdict" class="verdict empty" tabindex="-1" aria-label={ui::VERDICT}>
                <h2>{ state.bench.question }</h2>
                <p class="summary">{ waiting }</p>
            </section>
        };
    };
    let busy = (!state.is_current()).then_some("true");
    html! {
        <section id="verdict" class={classes!("verdict", tone(report.verdict))} tabindex="-1" aria-label={ui::VERDICT}
            aria-busy={busy} data-testid="verdict" data-verdict={tone(report.verdict)}>
            <h2>
                { mark(report.verdict) }
                { text::verdict(report.verdict) }
                if let Some(roles) = roles(report) { <span class="roles">{ roles }</span> }
            </h2>
            <p class="summary">{ prose(text::reason(report)) }</p>
            <p class="away" role="status">
                if state.is_current() { { &report.summary } }
            </p>
        </section>
    }
}

fn explain(trouble: &Trouble) -> String {
    match trouble {
        Trouble::Unreadable(error) => error.to_string(),
        Trouble::Versions => ui::VERSIONS.to_owned(),
        Trouble::Stopped(why) if why.is_empty() => ui::NO_ANSWER.to_owned(),
        Trouble::Stopped(why) => ui::stopped(why),
    }
}

/// The cells of the verdict. A client that judges the cluster is reported apart, unless it is all that was asked about.
fn counted(report: &Report) -> impl Iterator<Item = &Cell> {
    let cells: &[Cell] = match &report.answer {
        Answer::Peer(answer) => &answer.cells,
        _ => &[],
    };
    let is_peer = |cell: &&Cell| cell.connection != Connection::Server;
    let any = cells.iter().any(|cell| is_peer(&cell));
    cells.iter().filter(move |cell| !any || is_peer(cell))
}

/// "as cluster peer, admin client": the roles that are granted somewhere.
fn roles(report: &Report) -> Option<String> {
    let admitted = counted(report).filter(|cell| cell.verdict == Verdict::Admitted);
    let roles = each_once(admitted.filter_map(|cell| cell.role).map(text::role));
    (report.verdict == Verdict::Admitted && !roles.is_empty()).then(|| ui::as_roles(&roles))
}

/// What follows the sentence: the fix, the place, the code; then what would settle it and what was assumed.
/// Fixes can be applied while the report is `current`.
pub(super) fn details(dispatch: &Dispatch, report: &Report, current: bool) -> Html {
    let weighs = |finding: &&Finding| finding.severity != Severity::Info && finding.span.is_some();
    let heaviest = report.findings.iter().find(weighs);
    let fixes = || report.findings.iter().flat_map(|finding| &finding.fixes);
    let helps = |fix: &&admit_core::Fix| fix.then == Some(Verdict::Admitted) && fix.lets_in.is_empty();
    let fix = fixes().find(helps).filter(|_| report.verdict != Verdict::Admitted);
    let codes: Vec<&str> = match &report.answer {
        Answer::Peer(_) => {
            let refused = counted(report).filter(|_| report.verdict == Verdict::Refused);
            each_once(refused.filter_map(|cell| cell.code.as_deref()))
        }
        Answer::Chain(answer) => answer.errors.iter().map(AsRef::as_ref).collect(),
        Answer::Presentation(answer) => {
            each_once(answer.presentations.iter().flat_map(|one| &one.codes).map(AsRef::as_ref))
        }
        _ => Vec::new(),
    };
    let apply = fix.cloned().map(|fix| {
        let dispatch = dispatch.clone();
        Callback::from(move |_: MouseEvent| dispatch.dispatch(Action::Fixed(fix.clone())))
    });
    let item = |text: &String| html! { <li>{ prose(text) }</li> };
    html! {
        <>
            if fix.is_some() || (report.verdict != Verdict::Admitted && (heaviest.is_some() || !codes.is_empty())) {
                <p class="actions">
                    if let Some((fix, apply)) = fix.zip(apply) {
                        <button type="button" class="primary" onclick={apply} disabled={!current}>{ &fix.title }</button>
                        <span class="then">{ ui::THEN }{ mark(Verdict::Admitted) }{ text::verdict_in_words(Verdict::Admitted) }</span>
                    }
                    if let Some(span) = heaviest.and_then(|finding| finding.span.clone()) { { place(dispatch, &span) } }
                    { for codes.into_iter().map(|code| html! { <code class="code">{ code.to_owned() }</code> }) }
                </p>
            }
            if !report.settle.is_empty() {
                <h3>{ ui::SETTLE }</h3>
                <ul class="plain-list">{ for report.settle.iter().map(item) }</ul>
            }
            if !report.assumptions.is_empty() {
                <h3>{ ui::ASSUMED }</h3>
                <ul class="plain-list quiet">{ for report.assumptions.iter().map(item) }</ul>
            }
        </>
    }
}
